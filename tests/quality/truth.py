"""What is known of a page of our own: NAME.toml beside NAME.html in `tests/pages`.

kind = "what kind of page this is and what is hard about it"
url = "https://example.test/1.html"
encoding = "gb18030"        # of the bytes that are served; the file itself is always UTF-8
language = "zh"
title = "..."
published = 2024-03-11      # no such line: the page has no date, and none may be found
source = "..."              # no such line: none is credited, and none may be found
authors = ["..."]           # no such line: nobody signs, and nobody may be found
category = ["News"]         # no such line: not asked for
open = ["source"]           # fields that can be answered either way
must_not_remain = ["..."]
body = '''
[heading] A heading
A paragraph, one a line
'''
[sections]                  # of a press release: they are no part of its body
about = ["..."]
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from newsbot.model import Block, BlockKind, Page, Section

PAGES = Path(__file__).parent.parent / "pages"
FETCHED = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""When all pages were fetched: "3 days ago" is the 17th."""

LABEL = re.compile(rf"\[((?:{'|'.join(Section)})?) ?((?:{'|'.join(BlockKind)})?)\] ")


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The right answers for one page; None and () are answers."""

    name: str
    kind: str
    url: str
    language: str
    title: str
    body: tuple[Block, ...]
    must_not_remain: tuple[str, ...]
    encoding: str = "utf-8"
    published: date | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    category: tuple[str, ...] | None = None
    open: frozenset[str] = frozenset()
    dateline: str | None = None
    wire: str | None = None
    correction: str | None = None

    @cached_property
    def html(self) -> str:
        """The page as it is kept in the project."""
        return (PAGES / f"{self.name}.html").read_text("utf-8")

    @property
    def page(self) -> Page:
        """The page as it would have come from the network."""
        body = self.html.encode(self.encoding)
        return Page(
            url=self.url, body=body, fetched=FETCHED, content_type="text/html", zone=ZONES[self.language]
        )


ZONES = {
    "zh": "Asia/Shanghai",
    "en": "America/New_York",
    "de": "Europe/Berlin",
    "es": "Europe/Madrid",
    "ja": "Asia/Tokyo",
    "ru": "Europe/Moscow",
}
"""The zone that the catalogue would name for a source in this language."""


def read_truths() -> list[Truth]:
    """All truths, by name."""
    return [read_truth(file) for file in sorted(PAGES.glob("*.toml"))]


def read_truth(file: Path) -> Truth:
    """The truth in a file."""
    fields = tomllib.loads(file.read_text("utf-8"))
    fields["body"] = tuple(block_of(line) for line in fields["body"].splitlines())
    for name in ("must_not_remain", "authors", "category"):
        if name in fields:
            fields[name] = tuple(fields[name])
    fields["open"] = frozenset(fields.get("open", ()))
    return Truth(name=file.stem, **fields)


def block_of(line: str) -> Block:
    """A line of a truth as a block; what it does not name is a paragraph of the body proper.

    >>> block_of("[heading] Results").kind, block_of("[about] We are.").section, block_of("[1] Results").text
    (<BlockKind.HEADING: 'heading'>, <Section.ABOUT: 'about'>, '[1] Results')
    """
    label = LABEL.match(line)
    if label is None:
        return Block(kind=BlockKind.PARAGRAPH, text=line)
    section, kind = label.groups()
    return Block(
        kind=BlockKind(kind or BlockKind.PARAGRAPH),
        text=line[label.end() :],
        section=Section(section or Section.BODY),
    )
