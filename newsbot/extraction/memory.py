"""What recurs over a site's pages: recognised on a page, taken out of its article, and shown to the memory.

Pure: a page is read with what its site is known to repeat (`SiteMemory`) and gives what it shows itself
(`Sighting`). What of that counts is decided in `newsbot.recurrence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from newsbot.extraction.blocks import RawBlock, Reading
from newsbot.extraction.body import NO_INDEXES, Choice, choose_body, run_weight
from newsbot.extraction.cleaning import SHORTEST_TEXT, Cleaned, left_over
from newsbot.model import BlockKind, Piece, Sighting, SiteMemory

LEVELS = 4
"""How many elements round a block, from the inside, say where it stands."""

SHORTEST_PIECE = 40
MOST_PIECES = 400
LONGEST_EXAMPLE = 120
MOSTLY = 0.5
LINKED_PAGES, SURE_PAGES = 3, 4
"""On so many pages a piece must have been seen to be taken out, and to be taken out from among the article's own."""

OFFERING = 0.2
"""Share of links in the text of an offer, such as to subscribe; what informs with a link in it has less."""

BY_CHANCE = frozenset((BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CAPTION, BlockKind.CODE))
TABLE_ROW, HEADING = BlockKind.TABLE_ROW, BlockKind.HEADING


class Prints:
    """Places and fingerprints of a page's blocks, each made once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._places: dict[int, str] = {}
        self._prints: dict[int, int] = {}

    def place(self, block: RawBlock) -> str:
        """The innermost elements round a block, from the outside in, as tags and meanings of class names.

        Such as `div.content/ul.related`.
        """
        place = self._places.get(block.region)
        if place is None:
            place = self._places[block.region] = self._path(block.region)
        return place

    def of(self, block: RawBlock) -> int:
        """The fingerprint of a block's text in its place."""
        print_ = self._prints.get(block.index)
        if print_ is None:
            print_ = self._prints[block.index] = fingerprint(self.place(block), block.text)
        return print_

    def _path(self, index: int) -> str:
        steps: list[str] = []
        while index >= 0 and len(steps) < LEVELS:
            region = self.reading.regions[index]
            steps.append(step(region.tag, region.own))
            index = region.parent
        return "/".join(reversed(steps))


@lru_cache(maxsize=4096)
def step(tag: str, marks: frozenset[str]) -> str:
    """An element in a place: its tag and what its names mean.

    >>> step("aside", frozenset(("aside", "related")))
    'aside.related'
    """
    return ".".join((tag, *sorted(marks - {tag})))


def fingerprint(place: str, text: str) -> int:
    """A number that is equal for equal texts in equal places and fits SQLite's integers."""
    data = f"{place}\n{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def weighty(reading: Reading, choice: Choice) -> list[RawBlock]:
    """The blocks that may be taken for text of an article."""
    plain = choice.plain
    return [block for block in reading.blocks if plain[block.index] >= SHORTEST_PIECE]


def sight(prints: Prints, choice: Choice, cleaned: Cleaned, title: str | None) -> Sighting:
    """What a page shows to its site's memory: its article's blocks and all others that could be taken for such.

    `cleaned` is the article before what recurs is taken out.
    """
    sizes = choice.sizes
    inside = {block.index for block in cleaned.kept}
    shown: dict[int, Piece] = {}
    for block in (*cleaned.kept, *weighty(prints.reading, choice))[:MOST_PIECES]:
        number, index = prints.of(block), block.index
        if number not in shown:
            text = block.text[:LONGEST_EXAMPLE]
            shown[number] = Piece(number, sizes[index], index in inside, prints.place(block), text)
    name = fingerprint("title", title.casefold()) if title else 0
    return Sighting(title=name, pieces=tuple(shown.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """The blocks of a page that recur over its site, by index: on how many pages; `often`: on a good part of them."""

    pages: Mapping[int, int]
    often: frozenset[int] = frozenset()

    def is_sure(self, index: int) -> bool:
        """Whether a block recurs so much that it can be none of the article's own."""
        return index in self.often and self.pages[index] >= SURE_PAGES

    def rules(self) -> dict[int, str]:
        """For each block why it is no part of the article."""
        return {index: f"seen on {pages} pages of this site" for index, pages in self.pages.items()}


def recognise(prints: Prints, blocks: Iterable[RawBlock], memory: SiteMemory) -> Recurring:
    """Those of the blocks that recur over the site."""
    if not memory.pieces:
        return Recurring(pages={})
    found = {block.index: number for block in blocks if (number := prints.of(block)) in memory.pieces}
    return Recurring(
        pages={index: memory.pieces[number] for index, number in found.items()},
        often=frozenset(index for index, number in found.items() if number in memory.often),
    )


def choose_again(choice: Choice, reading: Reading, headline: int | None, known: Recurring) -> Choice:
    """The choice, or another one elsewhere on the page where most of the first recurs over the site.

    A notice that repeats the words of earlier ones is still the article: when the second choice leaves out more
    of what recurs behind the headline than it holds itself, the first one stands.
    """
    if not known.pages:
        return choice
    held = {index: max(0.0, choice.plain[index]) for index in range(choice.first, choice.end)}
    recurring = sum(weight for index, weight in held.items() if index in known.pages)
    if recurring <= MOSTLY * sum(held.values()):
        return choice
    second = choose_body(reading, headline, known.pages.keys())
    if choice.first < second.end and second.first < choice.end:
        return choice
    start = 0 if headline is None else headline
    skipped = sum(second.sizes[index] for index in known.pages if start < index < second.first)
    return second if run_weight(second) >= max(SHORTEST_TEXT, skipped) else choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """An article before what recurs is taken out of it.

    `homes` are the places of its own text, that is, of what does not recur; `first` and `last` its ends.
    """

    choice: Choice
    prints: Prints
    known: Recurring
    homes: frozenset[str]
    first: int
    last: int


def without_furniture(
    cleaned: Cleaned,
    choice: Choice,
    prints: Prints,
    memory: SiteMemory,
    spared: AbstractSet[int] = NO_INDEXES,
) -> Cleaned:
    """The body without what recurs over the site, save for blocks that are `spared` (by index).

    All of it where it has no text of its own. What stands where the article's own text stands was written
    there, and goes only if most of the text is left. Headings that nothing follows any more go as well.
    """
    known = recognise(prints, (block for block in cleaned.kept if block.index not in spared), memory)
    own = [
        block
        for block in cleaned.kept
        if block.index not in known.pages
        and block.index not in spared
        and choice.plain[block.index] >= SHORTEST_TEXT
    ]
    if not known.pages or not own:
        return cleaned
    setting = Setting(
        choice=choice,
        prints=prints,
        known=known,
        homes=frozenset(prints.place(block) for block in own),
        first=own[0].index,
        last=own[-1].index,
    )
    recurring = [block for block in cleaned.kept if block.index in known.pages]
    added = set(written_in(recurring, setting))
    sizes = choice.sizes
    if sum(sizes[index] for index in added) > MOSTLY * sum(sizes[block.index] for block in cleaned.kept):
        added.clear()
    gone = added.union(built_in(recurring, setting))
    return taken_out(cleaned, gone, known, sizes) if gone else cleaned


def taken_out(cleaned: Cleaned, indexes: Iterable[int], known: Recurring, sizes: list[int]) -> Cleaned:
    """The body without these blocks, and without headings that nothing follows any more."""
    rules = known.rules()
    gone = {index: rules[index] for index in indexes}
    gone |= left_over([block for block in cleaned.kept if block.index not in gone], sizes)
    kept = [block for block in cleaned.kept if block.index not in gone]
    return Cleaned(kept=kept, removed={**cleaned.removed, **gone})


def built_in(recurring: Iterable[RawBlock], setting: Setting) -> Iterator[int]:
    """What recurs in places of its own: the template's. Rows of tables stay; lines before the text may be datelines.

    Short texts, entries of lists, quotations and captions recur by chance: they stay between the article's own
    paragraphs, and outside of them until they are on a good part of the site's pages.
    """
    for block in recurring:
        size = setting.choice.sizes[block.index]
        if block.kind is TABLE_ROW or setting.prints.place(block) in setting.homes:
            continue
        is_sure = setting.known.is_sure(block.index)
        is_short = not block.link_length and size < SHORTEST_TEXT
        if is_short or block.kind in BY_CHANCE:
            inside = setting.first < block.index < setting.last
            if inside or not is_sure or size < SHORTEST_PIECE:
                continue
        yield block.index


def written_in(recurring: Iterable[RawBlock], setting: Setting) -> Iterator[int]:
    """What recurs among the article's own text on many pages: offers with a link; or long and behind all of that.

    Headings, rows of tables and short lines without links (datelines, signatures) stay, and so do the words with
    which a publisher opens its notices.
    """
    for block in recurring:
        if block.index not in setting.known.often or block.kind in (HEADING, TABLE_ROW):
            continue
        if setting.prints.place(block) not in setting.homes:
            continue
        is_offer = block.link_length >= OFFERING * len(block.text)
        is_long = setting.choice.sizes[block.index] >= SHORTEST_TEXT
        behind = is_long and block.index > setting.last and setting.known.is_sure(block.index)
        if behind or (is_offer and setting.known.pages[block.index] >= LINKED_PAGES):
            yield block.index
