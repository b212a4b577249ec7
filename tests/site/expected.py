"""What a reader should find in each article, worked out from the content files and not from the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from tests.site.content import FURNITURE, STANDING, Section, Story, sections
from tests.site.templates.company import tail

ABBREVIATIONS = r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bInc\.)(?<!\bLtd\.)(?<!\bNo\.)"
SENTENCE_END = re.compile(
    rf"(?<=[.!?]){ABBREVIATIONS}\s+(?=[A-Z\"“])|(?<=[.!?]\"){ABBREVIATIONS}\s+(?=[A-Z])"
)
CHINESE_SENTENCE = re.compile(r"[^。！？]*[。！？]?[”’]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The facts of one article.

    `blocks` are the texts of its body in order, `tail` what ends a press release behind it (to be kept
    or split off, never lost), `standing` what the publisher has set into all of its articles: known for
    furniture once the site is known, and not before. `source` and `authors` are what its page says, None
    and () where it says nothing. `absent` are strings of the page that must not stand in its text. Articles
    with the same `copies` are the same text word for word; those with the same `near` differ only in their
    tail.
    """

    section: str
    path: str
    title: str
    published: datetime | date | None
    source: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    language: str
    blocks: tuple[str, ...]
    tail: tuple[str, ...]
    standing: tuple[str, ...]
    absent: tuple[str, ...]
    copies: str | None
    near: str | None

    @property
    def paragraphs(self) -> int:
        """How many blocks the body has: paragraphs, headings, list items and table rows."""
        return len(self.blocks)

    @property
    def first_sentence(self) -> str:
        return _sentences(self.blocks[0], self.language)[0]

    @property
    def last_sentence(self) -> str:
        return _sentences(self.blocks[-1], self.language)[-1]


def _sentences(text: str, language: str) -> list[str]:
    if language == "zh":
        return [sentence for sentence in CHINESE_SENTENCE.findall(text) if sentence]
    return SENTENCE_END.split(text)


def expected(edition: int = 1) -> tuple[Expected, ...]:
    """The facts of every article of an edition."""
    return tuple(
        _expected(section, story, edition) for section in sections().values() for story in section.at(edition)
    )


def _expected(section: Section, story: Story, edition: int) -> Expected:
    blocks = tuple(piece.text for piece in story.blocks(edition))
    end = tuple(piece.text for piece in tail(section, story))
    own = "\n".join((story.title, *blocks, *end))
    others = [other.title for other in section.at(edition) if other is not story]
    furniture = [line for part in FURNITURE for line in section.words(part)]
    return Expected(
        section=section.key,
        path=story.path,
        title=story.title,
        published=story.published,
        source=story.source,
        authors=story.authors,
        editors=story.editors,
        language=section.language,
        blocks=blocks,
        tail=end,
        standing=tuple(section.words(STANDING)),
        absent=tuple(line for line in (*furniture, *others) if line not in own),
        copies=story.copies,
        near=story.near,
    )


def refused() -> dict[str, str]:
    """Addresses that are no article, and the reason that newsbot should give (a value of `Rejection`)."""
    return {other.path: other.refusal for section in sections().values() for other in section.others}


def listed(section: str, edition: int = 1) -> tuple[str, ...]:
    """The addresses that a section's lists and feeds name, articles or not."""
    chosen = sections()[section]
    linked = [other.path for other in chosen.others if other.listed]
    return (*(story.path for story in chosen.at(edition)), *linked)


ARTICLES = expected(1)
"""Every article of edition 1."""

CORRECTED = tuple(story.path for section in sections().values() for story in section.stories if story.body_2)
"""Addresses whose text differs in edition 2."""

ADDED = tuple(
    story.path for section in sections().values() for story in section.stories if story.edition == 2
)
"""Addresses that only edition 2 has."""
