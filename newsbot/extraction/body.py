"""Which part of a page is the article: the region whose blocks, weighed one by one, sum up highest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, takewhile

from newsbot.extraction.blocks import NOTHING, REGIONS, RawBlock, Reading, Region
from newsbot.extraction.rules import FURNITURE, FURNITURE_MARKS
from newsbot.model import BlockKind

HEADING, LIST_ITEM, TABLE_ROW = BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
CJK_WEIGHT = 3
"""One character of Chinese says about as much as three of a Western language."""

SENTENCE_END = tuple('.!?。！？…:：;；"”’」』)）')
PAGE_WIDE = frozenset(("html", "body", "table", "tbody", "tr", "td", "form", "center"))
PARTS = frozenset(("ul", "ol", "dl", "blockquote"))
"""A list or quotation is part of an article, however large."""

LONG_BLOCK = 80
LONG_HEADING = 200
MOST = 1200.0
LINK_COST = 25.0
SHORT_COST = 3.0
FURNITURE_COST = 20.0
BODY_BONUS = 2.0
NEARLY_ALL = 0.8
SURE = frozenset(("comments", "related"))
SMALL_PART = 0.25
MUCH_HIDDEN = 0.25
HEADLINE_SHARE = 0.9
HEADLINE_BONUS = 1.0
BEFORE_HEADLINE = 0.3
LONGEST_SIGNATURE = 4
SIBLINGS = 0.1
SHORTEST_ASKING = 40
FEWEST_ASKING, MOST_ASKING = 2, 60
CONSENT = frozenset(("consent",))
PLAIN_CONSENT_WORDS = (
    *("our partners", "legitimate interest", "browsing data", "store and access information"),
    *("unsere Partner", "nos partenaires", "nuestros socios", "i nostri partner", "onze partners"),
)
CONSENT_WORDS = (*PLAIN_CONSENT_WORDS, "cookie", "Cookie")
"""Words of dialogs that ask for consent; articles about cookies lack the plain ones."""

WIDEST_GAP = 120.0
SHORTEST_STANDFIRST = 180
SHORTEST_LINE = 60
STANDFIRST_REACH = 9
STANDFIRST_KINDS = (BlockKind.PARAGRAPH, HEADING)
NO_STANDFIRST = FURNITURE_MARKS | {"caption", "figure", "table", "byline"}
MAIN_HEADING = 2
MOST_BODIES = 60
CONTINUED_LEVELS = 3
"""How many elements round the article's region may hold boxes that go on with it."""

Path = tuple[tuple[str, frozenset[str]], ...]
NO_INDEXES: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Where the article is: a region of the page, and in it the blocks from `first` up to, without, `end`.

    By block index: `marks`, what can be believed of the class names round a block; `weights`, how much it counts
    for its region; `plain`, how much running text it holds; `sizes`, how long it is in Western characters.
    `standfirst` is the paragraph under the headline that says what the article is about, when it stands apart
    from the run.
    """

    region: Region
    first: int
    end: int
    marks: list[frozenset[str]]
    weights: list[float]
    plain: list[float]
    sizes: list[int]
    standfirst: int | None = None


def choose_body(
    reading: Reading, headline: int | None = None, known: AbstractSet[int] = NO_INDEXES
) -> Choice:
    """The region of a page with the article; its weight may be nought or less when there is none.

    Blocks that are `known` to recur over the site (by index) have no weight.

    Class names are believed at first; when that leaves only a small part of the prose, only those of comments
    and of other articles are.
    """
    sizes = [weigh(block.text) for block in reading.blocks]
    plain = [prose(block, size) for block, size in zip(reading.blocks, sizes, strict=True)]
    for index in known:
        plain[index] = min(0.0, plain[index])
    measured = Measured(reading=reading, plain=plain, sizes=sizes)
    if headline is not None and not leads(plain, headline):
        headline = None
    choice = choose(measured, headline, overused(reading, plain))
    if run_weight(choice) >= SMALL_PART * sum(weight for weight in plain if weight > 0):
        return choice
    doubting = choose(measured, headline, FURNITURE_MARKS - SURE)
    return choice if run_weight(choice) >= SMALL_PART * run_weight(doubting) else doubting


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A page with the prose and the length of each of its blocks (see `Choice`)."""

    reading: Reading
    plain: list[float]
    sizes: list[int]


def choose(measured: Measured, headline: int | None, disbelieved: frozenset[str]) -> Choice:
    """The choice when some marks are not believed at all."""
    reading, plain = measured.reading, measured.plain
    trusted = with_dialogs(trusted_marks(reading, plain, headline, disbelieved), reading, plain, headline)
    clear = [marks.isdisjoint(FURNITURE_MARKS) for marks in trusted]
    marks = [trusted[block.region] for block in reading.blocks]
    weights = [
        weight if weight <= 0 or clear[block.region] else -FURNITURE_COST
        for weight, block in zip(plain, reading.blocks, strict=True)
    ]
    region = with_siblings(reading, weights, best_region(reading.regions, drawn(weights, headline)))
    first, end = best_run(weights, region.first, region.end)
    first, end = whole_home(reading, plain, first, end)
    first, end = same_home(reading, weights, marks, first, end)
    region, first, end = continued(reading, weights, region, first, end)
    end = with_signature(reading.blocks, marks, end, region.end)
    return Choice(
        region=region,
        first=first,
        end=end,
        marks=marks,
        weights=weights,
        plain=plain,
        sizes=measured.sizes,
        standfirst=standfirst(reading.blocks[:first], marks, measured.sizes, headline),
    )


def standfirst(
    blocks: Sequence[RawBlock], marks: Sequence[frozenset[str]], sizes: Sequence[int], headline: int | None
) -> int | None:
    """The first long block soon behind the headline, of those before the run, if it is a paragraph.

    Shorter lines there are second headlines, bylines and dates.
    """
    if headline is None:
        return None
    near = blocks[headline + 1 : headline + 1 + STANDFIRST_REACH]
    index = next((block.index for block in near if sizes[block.index] >= SHORTEST_LINE), None)
    if index is None or sizes[index] < SHORTEST_STANDFIRST or blocks[index].link_length:
        return None
    fitting = blocks[index].kind in STANDFIRST_KINDS and marks[index].isdisjoint(NO_STANDFIRST)
    return index if fitting else None


def run_weight(choice: Choice) -> float:
    return sum(choice.weights[choice.first : choice.end])


def overused(reading: Reading, plain: Sequence[float]) -> frozenset[str]:
    """Hiding, where a quarter of a page's prose is hidden: sections that open with a click."""
    total = sum(weight for weight in plain if weight > 0)
    hidden = sum(
        weight
        for block, weight in zip(reading.blocks, plain, strict=True)
        if weight > 0 and "hidden" in block.marks
    )
    return frozenset(("hidden",)) if hidden > MUCH_HIDDEN * total else frozenset()


def leads(plain: Sequence[float], headline: int) -> bool:
    """Whether a headline can be the article's: at least a third of the page's prose follows it."""
    behind = sum(weight for weight in plain[headline:] if weight > 0)
    before = sum(weight for weight in plain[:headline] if weight > 0)
    return behind >= before / 2


def trusted_marks(
    reading: Reading, plain: Sequence[float], headline: int | None, disbelieved: frozenset[str]
) -> list[frozenset[str]]:
    """For each region the marks of it and its ancestors, less those of furniture that holds too much of the page.

    `div class="has-sidebar"` round a whole page says nothing of what is in it.
    """
    sums = [0.0, *accumulate(weight if weight > 0 else 0.0 for weight in plain)]
    total = sums[-1] or 1.0
    found: list[frozenset[str]] = []
    for region in reading.regions:
        above = found[region.parent] if found else NOTHING
        own = region.own
        if own:
            if not own.isdisjoint(FURNITURE_MARKS):
                held = sums[region.end] - sums[region.first]
                if headline is not None and region.first <= headline < region.end:
                    held = max(held, HEADLINE_SHARE * total)
                if held or disbelieved:
                    own = own.difference(
                        [
                            mark
                            for mark in own & FURNITURE_MARKS
                            if mark in disbelieved or not is_believed(mark, held, total)
                        ]
                    )
            above = above | own
        found.append(above)
    return found


def with_dialogs(
    trusted: list[frozenset[str]], reading: Reading, plain: Sequence[float], headline: int | None
) -> list[frozenset[str]]:
    """The marks, with those of consent for dialogs that their words give away, whatever their classes are called."""
    blocks, regions = reading.blocks, reading.regions
    asking = {
        block.index
        for block in blocks
        if plain[block.index] >= SHORTEST_ASKING and any(word in block.text for word in CONSENT_WORDS)
    }
    plainly = [index for index in asking if any(word in blocks[index].text for word in PLAIN_CONSENT_WORDS)]
    if len(asking) < FEWEST_ASKING or not plainly:
        return trusted
    found = list(trusted)
    prosaic = [index for index, weight in enumerate(plain) if weight >= SHORTEST_ASKING]
    for holder in dict.fromkeys(blocks[index].region for index in plainly):
        region = None if found[holder] >= CONSENT else dialog(regions, holder, asking, prosaic, headline)
        if region is not None:
            index = region.index
            while index < len(regions) and regions[index].first < region.end:
                found[index] |= CONSENT
                index += 1
    return found


def dialog(
    regions: Sequence[Region],
    inner: int,
    asking: AbstractSet[int],
    prosaic: Sequence[int],
    headline: int | None,
) -> Region | None:
    """The outermost region, from an inner one on, of which most prose asks for consent, without the headline.

    `prosaic` are the indexes of all blocks of prose.
    """
    found = None
    while inner > 0 and regions[inner].tag not in PAGE_WIDE:
        region = regions[inner]
        if headline is not None and region.first <= headline < region.end:
            break
        prose = prosaic[bisect_left(prosaic, region.first) : bisect_left(prosaic, region.end)]
        if len(prose) > MOST_ASKING or 2 * len(asking & set(prose)) < len(prose):
            break
        found, inner = region, region.parent
    return found


def drawn(weights: Sequence[float], headline: int | None) -> Sequence[float]:
    """Weights that fall off with the distance behind the headline, and count little before it."""
    if headline is None:
        return weights
    span = len(weights) - headline
    return [
        weight
        if weight <= 0
        else weight * BEFORE_HEADLINE
        if index < headline
        else weight * (1 + HEADLINE_BONUS * (1 - (index - headline) / span))
        for index, weight in enumerate(weights)
    ]


def is_believed(mark: str, held: float, total: float) -> bool:
    """Whether a mark of furniture can be true of a region that holds so much of all the prose."""
    belief = FURNITURE[mark]
    return held <= belief.share * total and held <= belief.length


def best_region(regions: Sequence[Region], weights: Sequence[float]) -> Region:
    """The region with the highest sum of weights, or one inside it that holds nearly all of that."""
    sums = [0.0, *accumulate(weights)]
    worth = [region_weight(region, sums) for region in regions]
    best = len(worth) - 1 - worth[::-1].index(max(worth))
    for region in regions[best + 1 :]:
        if region.first >= regions[best].end:
            break
        if (
            worth[region.index] >= NEARLY_ALL * worth[best]
            and region.end <= regions[best].end
            and region.tag not in PARTS
        ):
            best = region.index
    return regions[best]


def with_siblings(reading: Reading, weights: Sequence[float], best: Region) -> Region:
    """The region, or the one round it that also holds other boxes marked as body: text, advert, text.

    A main heading between them begins another article.
    """
    bodies = other_bodies(reading.regions, best)
    if not bodies:
        return best
    sums = [0.0, *accumulate(weights)]
    enough = SIBLINGS * max(0.0, sums[best.end] - sums[best.first])
    outer = best
    while outer.parent > 0 and (outer := reading.regions[outer.parent]).tag not in PAGE_WIDE:
        inside = [body for body in bodies if outer.first <= body.first and body.end <= outer.end]
        if sum(max(0.0, sums[body.end] - sums[body.first]) for body in inside) > enough:
            return best if begins_anew(reading.blocks, best, inside) else outer
    return best


def other_bodies(regions: Sequence[Region], best: Region) -> list[Region]:
    """The regions apart from a body that are marked as body too; none if there are too many to be parts of one."""
    if "body" not in best.own:
        return []
    others = [
        region
        for region in regions
        if "body" in region.own
        and region.first < region.end
        and (region.end <= best.first or best.end <= region.first)
    ]
    return others if len(others) <= MOST_BODIES else []


def begins_anew(blocks: Sequence[RawBlock], best: Region, others: Sequence[Region]) -> bool:
    """Whether a main heading stands between bodies, outside of them."""
    first = min(best.end, *(other.end for other in others))
    last = max(best.first, *(other.first for other in others))
    return any(
        block.kind is HEADING
        and (block.level or 9) <= MAIN_HEADING
        and not any(body.first <= block.index < body.end for body in (best, *others))
        for block in blocks[first:last]
    )


def region_weight(region: Region, sums: Sequence[float]) -> float:
    weight = sums[region.end] - sums[region.first]
    if region.tag not in REGIONS:
        return -MOST
    return weight * BODY_BONUS if "body" in region.own and weight > 0 else weight


def best_run(weights: Sequence[float], first: int, end: int) -> tuple[int, int]:
    """The stretch of blocks with the highest sum of weights between `first` and `end`.

    What stands between two paragraphs takes `WIDEST_GAP` at most, however many links it has.

    >>> best_run([-3, 5, -1, 4, -2], 0, 5)
    (1, 4)
    """
    best, most = (first, end), 0.0
    start, running, floor = first, 0.0, -WIDEST_GAP
    for index in range(first, end):
        if running <= 0:
            start, running = index, 0.0
        weight = weights[index]
        if weight > 0:
            running += weight
            floor = running - WIDEST_GAP
        else:
            running = max(running + weight, floor)
        if running > most:
            best, most = (start, index + 1), running
    return best


def whole_home(reading: Reading, plain: Sequence[float], first: int, end: int) -> tuple[int, int]:
    """The run, widened to all of the region that directly holds its prose, when it is most of that region already.

    Lists of dates and names that end an article have little weight, but belong to it.
    """
    home = reading.regions[home_region(reading.blocks[first:end], plain)]
    if home.tag in PAGE_WIDE or 2 * (min(end, home.end) - max(first, home.first)) < home.end - home.first:
        return first, end
    return min(first, home.first), max(end, home.end)


def same_home(
    reading: Reading, weights: Sequence[float], marks: Sequence[frozenset[str]], first: int, end: int
) -> tuple[int, int]:
    """The run, widened to the prose that stands in the very same region, and then to its neighbours there.

    Between two paragraphs may stand many small boxes: pictures, prices, addresses.
    """
    home = reading.regions[home_region(reading.blocks[first:end], weights)]
    if home.tag in PAGE_WIDE:
        return first, end
    mine = [
        block.index
        for block in reading.blocks[home.first : home.end]
        if block.region == home.index and weights[block.index] >= LONG_BLOCK
    ]
    if mine:
        first, end = min(first, mine[0]), max(end, mine[-1] + 1)
    while first > home.first and is_plain_part(reading.blocks[first - 1], marks[first - 1], home):
        first -= 1
    while end < home.end and is_plain_part(reading.blocks[end], marks[end], home):
        end += 1
    return first, end


def continued(
    reading: Reading, weights: Sequence[float], region: Region, first: int, end: int
) -> tuple[Region, int, int]:
    """The region and the run, widened to paragraphs of boxes built like the one with the run: text, advert, text.

    Such a paragraph stands under the same elements as most of the run, up to one round both, and no main heading
    stands between them. A single one before the run is a standfirst.
    """
    regions, blocks = reading.regions, reading.blocks
    home = home_region(blocks[first:end], weights)
    outer = region
    for _ in range(CONTINUED_LEVELS):
        if outer.parent <= 0 or regions[outer.parent].tag in PAGE_WIDE:
            break
        outer = regions[outer.parent]
        if (outer.first, outer.end) == (region.first, region.end):
            continue
        path = _path(regions, home, outer.index)

        def going_on(some: Iterable[RawBlock]) -> list[int]:
            prose = (b for b in some if weights[b.index] >= LONG_BLOCK and not b.link_length)
            return [b.index for b in prose if _stands_so(regions, b.region, outer.index, path)]  # noqa: B023

        before = going_on(takewhile(_is_no_main_heading, reversed(blocks[outer.first : first])))
        behind = going_on(takewhile(_is_no_main_heading, blocks[end : outer.end]))
        if behind or len(before) > 1:
            start = before[-1] if len(before) > 1 else first
            return outer, start, behind[-1] + 1 if behind else end
    return region, first, end


def _is_no_main_heading(block: RawBlock) -> bool:
    return block.kind is not HEADING or (block.level or 9) > MAIN_HEADING


def _path(regions: Sequence[Region], inner: int, outer: int) -> Path:
    """Tags and meanings of the elements from one up to, without, one round it."""
    steps = []
    while inner > outer:
        steps.append((regions[inner].tag, regions[inner].own))
        inner = regions[inner].parent
    return tuple(steps)


def _stands_so(regions: Sequence[Region], inner: int, outer: int, path: Path) -> bool:
    """Whether the elements from one up to one round it are those of a path."""
    for tag, own in path:
        if inner <= outer or (regions[inner].tag, regions[inner].own) != (tag, own):
            return False
        inner = regions[inner].parent
    return inner == outer


def is_plain_part(block: RawBlock, marks: frozenset[str], home: Region) -> bool:
    """Whether a block without links stands directly in a region, under no furniture."""
    return block.region == home.index and not block.link_length and marks.isdisjoint(FURNITURE_MARKS)


def home_region(blocks: Sequence[RawBlock], plain: Sequence[float]) -> int:
    """Index of the region that directly holds most of the prose."""
    held: dict[int, float] = {}
    for block in blocks:
        held[block.region] = held.get(block.region, 0) + max(0.0, plain[block.index])
    return max(held, key=lambda region: held[region], default=0)


def with_signature(blocks: Sequence[RawBlock], marks: Sequence[frozenset[str]], end: int, limit: int) -> int:
    """`end` moved behind the short lines after the last paragraph in the same region: who signs, and when."""
    last = blocks[end - 1] if end else None
    for index in range(end, min(limit, end + LONGEST_SIGNATURE)):
        block = blocks[index]
        if last is None or block.region != last.region or block.link_length or len(block.text) > LONG_BLOCK:
            return index
        if not marks[index].isdisjoint(FURNITURE_MARKS):
            return index
    return min(limit, end + LONGEST_SIGNATURE)


def prose(block: RawBlock, length: int) -> float:
    """How much running text there is in a block of so many Western characters; below nought for links and labels."""
    kind, linked = block.kind, 0.0
    if block.link_length:
        linked = block.link_length * length / len(block.text)
        if linked > 0.5 * length:
            return -min(LINK_COST, 5 + linked * 0.2)
        if kind is LIST_ITEM and linked > 0.2 * length:
            return 0.0
    if kind is HEADING and length < LONG_HEADING:
        return 2.0
    if length < LONG_BLOCK and not block.text.endswith(SENTENCE_END):
        return -SHORT_COST if kind is not TABLE_ROW else 1.0
    running = length - linked
    return running if running < MOST else MOST


def weigh(text: str) -> int:
    """Length of a text in Western characters."""
    if text.isascii():
        return len(text)
    return len(text) + (CJK_WEIGHT - 1) * sum(map(len, CJK.findall(text)))
