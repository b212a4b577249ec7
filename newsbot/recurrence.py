"""What recurs over the pages of a site: what a page teaches, and what a site's counts come to.

Pure decisions about fingerprints; `newsbot.extraction.memory` makes and uses them, the store keeps the counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newsbot.model import Sighting, SiteMemory

NOTHING_KNOWN = SiteMemory()
NEEDED = ((10, 2), (50, 3), (250, 4))
MOST_NEEDED = 5
"""On how many different pages a piece must have been seen, by how many pages of the site were."""

OFTEN_PAGES, OFTEN_SHARE = 4, 0.4
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
    return tally.pages >= OFTEN_PAGES and tally.pages >= OFTEN_SHARE * (count - tally.first + 1)


def is_different(sighting: Sighting, known: Mapping[int, int]) -> bool:
    """Whether a page has an article of its own; `known` says on how many pages each fingerprint was seen before.

    A copy, a second page, a print view and a later edition of an article share its headline or most of its
    text. What stands on several different pages already says nothing of that.
    """
    if sighting.title and sighting.title in known:
        return False
    body = [piece for piece in sighting.pieces if piece.inside and known.get(piece.print, 0) < NEEDED[0][1]]
    size = sum(piece.size for piece in body)
    return sum(piece.size for piece in body if piece.print in known) <= COPIED * size


def learnt(sighting: Sighting, known: Mapping[int, Tally], count: int) -> dict[int, Tally]:
    """What the tallies of a page's pieces and title come to; `known` are the earlier ones, the page is number `count`.

    What a page shares with one that it is like counts apart.
    """
    different = is_different(sighting, {number: tally.pages for number, tally in known.items()})
    numbers = [piece.print for piece in sighting.pieces]
    if sighting.title:
        numbers.append(sighting.title)
    return {number: seen_again(known.get(number), count, different=different) for number in numbers}


def seen_again(tally: Tally | None, count: int, *, different: bool) -> Tally:
    """The tally of a piece after one more page."""
    if tally is None:
        return Tally(pages=1, alike=0, first=count, last=count)
    return Tally(
        pages=tally.pages + different,
        alike=tally.alike + (not different),
        first=tally.first,
        last=count,
    )
