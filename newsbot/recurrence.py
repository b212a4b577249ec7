"""What recurs over the pages of a site: what a page teaches, and what a site's counts come to.

Pure decisions about fingerprints; `newsbot.extraction.memory` makes and uses them, the store keeps the counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from newsbot.model import Sighting, SiteMemory

NOTHING_KNOWN = SiteMemory()
NEEDED = ((10, 2), (50, 3), (250, 4))
MOST_NEEDED = 5
"""On how many different pages a piece must have been seen, by how many pages of the site were."""

OFTEN_SHARE = 0.4
ALIKE_PAGES, ALIKE_SHARE = 6, 0.5
MEMORABLE = 60
"""A piece that so many pages of its site no longer had is forgotten."""

COPIED = 0.5
"""A page whose article is known to such a share is a copy, a later edition or another view of an earlier one."""

MOST_TOLD = 1000
"""So many pieces of a site are told to extraction at most, those that stand on most pages."""


class Tally(NamedTuple):
    """What a site's memory keeps of a piece.

    On how many different pages it was seen, on how many others that were like an earlier one, and on which
    page of the site (counted from 1) first and last.
    """

    pages: int
    alike: int
    first: int
    last: int


def remembered(tallies: Mapping[int, Tally], count: int) -> SiteMemory:
    """What a site of which `count` pages were seen repeats."""
    recurring = [(number, tally) for number, tally in tallies.items() if recurs(tally, count)]
    recurring.sort(key=lambda entry: entry[1].pages + entry[1].alike, reverse=True)
    told = recurring[:MOST_TOLD]
    return SiteMemory(
        count=count,
        pieces={number: tally.pages + tally.alike for number, tally in told},
        often=frozenset(number for number, tally in told if is_often(tally, count)),
    )


def recurs(tally: Tally, count: int) -> bool:
    """Whether a piece is seen again and again, and was of late.

    >>> recurs(Tally(pages=2, alike=0, first=1, last=3), 3), recurs(Tally(pages=2, alike=0, first=1, last=3), 90)
    (True, False)
    """
    if count - tally.last >= MEMORABLE:
        return False
    seen = tally.pages + tally.alike
    alike = seen >= ALIKE_PAGES and seen >= ALIKE_SHARE * (count - tally.first + 1)
    return alike or tally.pages >= needed(count)


def needed(count: int) -> int:
    """On how many different pages a piece must have stood to be one that recurs."""
    return next((pages for most, pages in NEEDED if count < most), MOST_NEEDED)


def is_often(tally: Tally, count: int) -> bool:
    """Whether a piece stands on a good part of the pages since it was first seen."""
    return tally.pages >= needed(count) and tally.pages >= OFTEN_SHARE * (count - tally.first + 1)


class Likeness(Enum):
    """What a page is to the earlier ones of its site."""

    DIFFERENT = "another article"
    ALIKE = "shares its headline or its text with an earlier one, not both"
    TWIN = "an earlier one again"


def compare(sighting: Sighting, known: Mapping[int, Tally]) -> Likeness:
    """Whether a page has an article of its own; `known` are the tallies of what it shows and was seen before.

    A copy and a print view share headline and text with an earlier page; a second page shares the headline; a
    later edition, and an article that is not found because furniture was taken for it, mostly the text. What
    stands on several different pages already says nothing of that.
    """
    same_title = not sighting.title or sighting.title in known
    body = [piece for piece in sighting.pieces if piece.inside and not is_common(known.get(piece.print))]
    shared = sum(piece.size for piece in body if piece.print in known)
    same_text = shared > COPIED * sum(piece.size for piece in body)
    if same_title and same_text:
        return Likeness.TWIN
    return Likeness.ALIKE if same_title or same_text else Likeness.DIFFERENT


def is_common(tally: Tally | None) -> bool:
    """Whether a piece stands on several different pages."""
    return tally is not None and tally.pages > 1


def learnt(sighting: Sighting, known: Mapping[int, Tally], count: int) -> dict[int, Tally]:
    """What the tallies of a page's pieces and title come to; `known` are the earlier ones, the page is number `count`.

    What a page shares with one that it is like counts apart, and that of a twin not at all.
    """
    likeness = compare(sighting, known)
    numbers = [piece.print for piece in sighting.pieces]
    if sighting.title:
        numbers.append(sighting.title)
    return {number: seen_again(known.get(number), count, likeness) for number in numbers}


def seen_again(tally: Tally | None, count: int, likeness: Likeness) -> Tally:
    """The tally of a piece after one more page."""
    if tally is None:
        return Tally(pages=1, alike=0, first=count, last=count)
    pages = tally.pages + (likeness is Likeness.DIFFERENT)
    alike = tally.alike + (likeness is Likeness.ALIKE)
    return Tally(pages=pages, alike=alike, first=tally.first, last=count)
