"""What recurs over a site's pages: recognised on a page, taken out of its article, and shown to the memory.

Pure: a page is read with what its site is known to repeat (`SiteMemory`) and gives what it shows itself
(`Sighting`). What of that counts is decided in `newsbot.recurrence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
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

MOST_LOST = 0.5
TABLE_ROW, HEADING = BlockKind.TABLE_ROW, BlockKind.HEADING


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
    site's pages, as must short lines before the article (datelines). Headings and other short lines without
    links (signatures) stay there, and rows of tables everywhere.
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
            if known[block.index] in memory.often or not is_line_before(block, choice, own):
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


def is_line_before(block: RawBlock, choice: Choice, own: Sequence[int]) -> bool:
    """Whether a block is a short line without links before the article's own text."""
    return block.index < own[0] and not block.link_length and choice.sizes[block.index] < SHORTEST_TEXT


def is_added(block: RawBlock, choice: Choice, own: Sequence[int]) -> bool:
    """Whether a recurring block among the article's own text is no part of it: linked, or long and at an edge."""
    if block.kind is HEADING:
        return False
    if block.link_length:
        return True
    return choice.sizes[block.index] >= SHORTEST_TEXT and not own[0] < block.index < own[-1]
