"""What stands on the site: sections and their stories, read from the files in content/."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.site.markup import Piece, pieces

FOLDER = Path(__file__).parent / "content"
KEYS = ("en_company", "zh_company", "en_regulator", "zh_regulator", "press", "zh_press", "wire")
FURNITURE = (
    "nav",
    "breadcrumb",
    "share",
    "tools",
    "side_title",
    "side_lines",
    "newsletter",
    "related_title",
    "disclaimers",
    "comments",
    "cookies",
    "friends",
    "footer",
)
"""The parts of a section's `[site]` table that stand round every article."""

STANDING = "standing"
"""The part that stands inside every article in a box without a name: that it recurs is all that gives it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of one section. `body_2` is its text from edition 2 on; `edition` the first that has it.

    Stories of the same `copies` group have the same text word for word; those of the same `near`
    group differ in what stands behind the text.
    """

    path: str
    title: str
    published: datetime | date | None
    modified: datetime | None
    source: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    tags: tuple[str, ...]
    category: str | None
    body: str
    body_2: str | None
    tail: bool
    copies: str | None
    near: str | None
    edition: int

    def blocks(self, edition: int) -> tuple[Piece, ...]:
        """The text as it stands in an edition."""
        return pieces(self.body_2 if edition > 1 and self.body_2 else self.body)

    def changed(self, edition: int) -> datetime | None:
        """When the text was corrected, if it has been by this edition."""
        return self.modified if edition > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A page that is no article; `listed` is the headline under which the lists link to it, if they do."""

    path: str
    kind: str
    title: str
    refusal: str
    listed: str | None
    published: datetime | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One publisher's part of the site. `furniture` is its `[site]` table, `tail` what ends its releases."""

    key: str
    name: str
    root: str
    language: str
    zone: ZoneInfo
    page_size: int
    furniture: Mapping[str, Any]
    tail: Mapping[str, Any]
    stories: tuple[Story, ...]
    others: tuple[Other, ...]

    def at(self, edition: int) -> tuple[Story, ...]:
        """The stories of an edition, newest first; those without a date come last."""
        present = [story for story in self.stories if story.edition <= edition]
        return tuple(sorted(present, key=_newness, reverse=True))

    def words(self, part: str) -> list[str]:
        """A part of the furniture as a list; empty if the section has none."""
        value = self.furniture.get(part, [])
        return [value] if isinstance(value, str) else list(value)


def _newness(story: Story | Other) -> str:
    return story.published.isoformat() if story.published else ""


def newest_first(entries: list[Story | Other]) -> list[Story | Other]:
    """Entries of a list in the order in which a site shows them."""
    return sorted(entries, key=_newness, reverse=True)


@cache
def sections() -> Mapping[str, Section]:
    """All sections by key."""
    texts = {name: text["body"] for name, text in _load("shared")["texts"].items()}
    return {key: _section(key, _load(key), texts) for key in KEYS}


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def _section(key: str, data: dict[str, Any], texts: Mapping[str, str]) -> Section:
    site = data["site"]
    zone = ZoneInfo(site["zone"])
    return Section(
        key=key,
        name=site["name"],
        root=site["root"],
        language=site["language"],
        zone=zone,
        page_size=site["page_size"],
        furniture={part: site[part] for part in (*FURNITURE, STANDING) if part in site},
        tail=data.get("tail", {}),
        stories=tuple(_story(entry, site, zone, texts) for entry in data["article"]),
        others=tuple(_other(entry, zone) for entry in data.get("other", [])),
    )


def _story(entry: dict[str, Any], site: dict[str, Any], zone: ZoneInfo, texts: Mapping[str, str]) -> Story:
    modified = _when(entry.get("modified"), zone)
    return Story(
        path=site["root"] + site["path"].format(entry["slug"]),
        title=entry["title"],
        published=_when(entry.get("published"), zone),
        modified=modified if isinstance(modified, datetime) else None,
        source=entry.get("source"),
        authors=tuple(entry.get("authors", ())),
        editors=tuple(entry.get("editors", ())),
        tags=tuple(entry.get("tags", ())),
        category=entry.get("category"),
        body=texts[entry["text"]] if "text" in entry else entry["body"],
        body_2=entry.get("body_2"),
        tail=entry.get("tail", False),
        copies=entry.get("copies"),
        near=entry.get("near"),
        edition=entry.get("edition", 1),
    )


def _other(entry: dict[str, Any], zone: ZoneInfo) -> Other:
    return Other(
        path=entry["path"],
        kind=entry["kind"],
        title=entry["title"],
        refusal=entry["refusal"],
        listed=entry.get("listed"),
        published=_when(entry.get("published"), zone),
    )


def _when(text: str | None, zone: ZoneInfo) -> datetime | date | None:
    if text is None:
        return None
    if "T" in text:
        return datetime.fromisoformat(text).replace(tzinfo=zone)
    return date.fromisoformat(text)
