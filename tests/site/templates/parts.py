"""Pieces that several templates share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from tests.site.content import Other, Section, Story, newest_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a section's list; `number` counts from 1."""

    entries: tuple[Story | Other, ...]
    number: int
    total: int


def listings(section: Section, edition: int) -> tuple[Listing, ...]:
    """The section's list in an edition, cut into pages; pages that are no article stand among the others."""
    others = [other for other in section.others if other.listed]
    entries = newest_first([*section.at(edition), *others])
    cuts = range(0, len(entries), section.page_size)
    pages = [tuple(entries[cut : cut + section.page_size]) for cut in cuts]
    return tuple(Listing(entries=page, number=n, total=len(pages)) for n, page in enumerate(pages, 1))


def headline(entry: Story | Other) -> str:
    """What a list calls the entry."""
    return entry.title if isinstance(entry, Story) else entry.listed or entry.title


def teaser(entry: Story | Other, length: int = 120) -> str:
    """The beginning of a story's text, cut as lists cut it."""
    if isinstance(entry, Other):
        return ""
    first = entry.blocks(1)[0].text
    return first if len(first) <= length else first[:length].rstrip() + "..."


def neighbours(section: Section, story: Story | None, count: int = 5) -> list[Story]:
    """Other stories for a side bar. They never change with the edition, so that other pages stay as they are."""
    return [other for other in section.at(1) if other is not story][:count]


def anchor(path: str, text: str, attributes: str = "") -> str:
    """A link."""
    return f'<a href="{path}"{attributes}>{escape(text)}</a>'


def items(lines: Iterable[str], tag: str = "li") -> str:
    """Each line, which is markup, in a tag of its own."""
    return "\n".join(f"<{tag}>{line}</{tag}>" for line in lines)


def menu(section: Section, part: str = "nav") -> str:
    """Menu entries, each a link to the section's front page or to a page that is no article."""
    targets = {other.title: other.path for other in section.others}
    return items(anchor(targets.get(word, section.root), word) for word in section.words(part))


def lines(section: Section, part: str, tag: str = "p") -> str:
    """The lines of a part of the furniture, each in a tag of its own."""
    return items((escape(line) for line in section.words(part)), tag)


def side_links(section: Section, story: Story | None, count: int = 5) -> str:
    """Links to other stories."""
    return items(anchor(other.path, other.title) for other in neighbours(section, story, count))


def day(when: datetime | date | None) -> str:
    """2026-11-03, or nothing."""
    return when.strftime("%Y-%m-%d") if when else ""


def stamp(when: datetime | date | None, form: str = "%Y-%m-%d %H:%M") -> str:
    """2026-11-03 09:30; a date without a time stays one; nothing stays nothing."""
    return when.strftime(form) if isinstance(when, datetime) else day(when)


def iso(when: datetime | date | None) -> str | None:
    """2026-11-03T09:30:00+08:00, or the date alone."""
    return when.isoformat() if when else None
