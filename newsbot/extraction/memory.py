"""What recurs over a site's pages: recognised on a page, taken out of its article, and told to the memory.

All of it is pure. A page is read with what its site is known to repeat (`SiteMemory`) and gives what it shows
itself (`Sighting`). `is_different` says whether that counts, `remembered` what a site's counts come to; keeping them
is the store's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b

from newsbot.extraction.blocks import RawBlock, Reading
from newsbot.extraction.body import Choice, choose_body, run_weight
from newsbot.extraction.cleaning import SHORTEST_TEXT, Cleaned, left_over
from newsbot.model import BlockKind, Piece, Sighting, SiteMemory

LEVELS = 4
"""How many elements round a block, from the inside, say where it stands."""

SHORTEST_PIECE = 20
MOST_PIECES = 400
LONGEST_EXAMPLE = 120

NEEDED = ((10, 2), (50, 3), (250, 4))
MOST_NEEDED = 5
"""On how many different pages a piece must have been seen, by how many pages of the site were."""

OFTEN_PAGES, OFTEN_SHARE = 4, 0.4
ALIKE_PAGES, ALIKE_SHARE = 6, 0.5
MEMORABLE = 60
"""A piece that so many pages of its site no longer had is forgotten."""

COPIED = 0.5
"""A page whose article is known to such a share is a copy, a later edition or another view of an earlier one."""

MOST_LOST = 0.5
TABLE_ROW, HEADING = BlockKind.TABLE_ROW, BlockKind.HEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a site's memory keeps of a piece.

    On how many different pages it was seen, on how many others that were like an earlier one, and on which
    page of the site (counted from 1) first and last.
    """

    pages: int
    alike: int
    first: int
    last: int


# what recurs, by its counts


def remembered(tallies: Mapping[int, Tally], count: int) -> SiteMemory:
    """What a site of which `count` pages were seen repeats."""
    pieces = {print_: tally.pages + tally.alike for print_, tally in tallies.items() if recurs(tally, count)}
    often = frozenset(print_ for print_ in pieces if is_often(tallies[print_], count))
    return SiteMemory(pieces=pieces, often=often)


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


# what a page shows


class Places:
    """Where the blocks of a page stand: the elements round each, as tags and meanings of class names."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._known: dict[int, str] = {}

    def of(self, block: RawBlock) -> str:
        """The innermost elements round a block, from the outside in: `div.content/ul.related`."""
        place = self._known.get(block.region)
        if place is None:
            place = self._known[block.region] = self._path(block.region)
        return place

    def _path(self, index: int) -> str:
        steps: list[str] = []
        while index >= 0 and len(steps) < LEVELS:
            region = self.reading.regions[index]
            steps.append(".".join((region.tag, *sorted(region.own - {region.tag}))))
            index = region.parent
        return "/".join(reversed(steps))


def fingerprint(place: str, text: str) -> int:
    """A number that is equal for equal texts in equal places and fits SQLite's integers."""
    data = f"{place}\n{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def is_piece(block: RawBlock) -> bool:
    """Whether a block may be taken for text of the article: no label, and more than links."""
    return len(block.text) >= SHORTEST_PIECE and 2 * block.link_length < len(block.text)


def sight(places: Places, choice: Choice, cleaned: Cleaned, title: str | None) -> Sighting:
    """What a page shows to its site's memory: its article's blocks and all others that could be taken for such."""
    inside = {block.index for block in cleaned.kept}
    shown: dict[int, Piece] = {}
    for block in (*cleaned.kept, *filter(is_piece, places.reading.blocks)):
        if len(shown) >= MOST_PIECES:
            break
        place = places.of(block)
        number = fingerprint(place, block.text)
        if number not in shown:
            shown[number] = Piece(
                number,
                choice.sizes[block.index],
                block.index in inside,
                place,
                block.text[:LONGEST_EXAMPLE],
            )
    name = fingerprint("title", title.casefold()) if title else 0
    return Sighting(title=name, pieces=tuple(shown.values()))


# what a page has of what recurs


def recognise(blocks: Iterable[RawBlock], places: Places, memory: SiteMemory) -> dict[int, int]:
    """For each block that recurs over the site, by index, its fingerprint."""
    if not memory.pieces:
        return {}
    prints = ((block.index, fingerprint(places.of(block), block.text)) for block in blocks)
    return {index: number for index, number in prints if number in memory.pieces}


def choose(reading: Reading, headline: int | None, known: AbstractSet[int]) -> Choice:
    """The article's place when what recurs (`known`: indexes of blocks) has no weight.

    A notice that repeats the words of earlier ones is still the article: when the choice leaves out more of
    what recurs behind the headline than it holds itself, the page is read as if nothing were known.
    """
    if not known:
        return choose_body(reading, headline)
    choice = choose_body(reading, headline, known)
    start = 0 if headline is None else headline
    skipped = sum(choice.sizes[index] for index in known if start < index < choice.first)
    if run_weight(choice) >= max(SHORTEST_TEXT, skipped):
        return choice
    return choose_body(reading, headline)


def without_furniture(cleaned: Cleaned, choice: Choice, places: Places, memory: SiteMemory) -> Cleaned:
    """The body without what recurs over the site.

    What stands where the article's own text stands was written there: of that only what carries links, and
    long paragraphs before or behind all of the article's own, go, and only if they stand on a good part of the
    site's pages. Short lines without links (datelines, signatures), headings and rows of tables stay.
    """
    known = recognise(cleaned.kept, places, memory)
    own = [
        block.index
        for block in cleaned.kept
        if block.index not in known and choice.plain[block.index] >= SHORTEST_TEXT
    ]
    if not known or not own:
        return cleaned
    homes = {places.of(block) for block in cleaned.kept if block.index in own}
    built, written = [], []
    for block in cleaned.kept:
        if block.index not in known or block.kind is TABLE_ROW:
            continue
        if places.of(block) not in homes:
            built.append(block.index)
        elif known[block.index] in memory.often and is_added(block, choice, own):
            written.append(block.index)
    if sum(choice.sizes[i] for i in written) > MOST_LOST * sum(choice.sizes[b.index] for b in cleaned.kept):
        written = []
    gone = {i: f"seen on {memory.pieces[known[i]]} pages of this site" for i in (*built, *written)}
    kept = [block for block in cleaned.kept if block.index not in gone]
    gone |= left_over(kept, choice.sizes)
    kept = [block for block in kept if block.index not in gone]
    return Cleaned(kept=kept, removed={**cleaned.removed, **gone})


def is_added(block: RawBlock, choice: Choice, own: Sequence[int]) -> bool:
    """Whether a recurring block among the article's own text is no part of it: linked, or long and at an edge."""
    if block.kind is HEADING:
        return False
    if block.link_length:
        return True
    return choice.sizes[block.index] >= SHORTEST_TEXT and not own[0] < block.index < own[-1]
