"""The article without the furniture that stands in it: every block kept, or removed by a named rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from newsbot.extraction.blocks import RawBlock, Reading
from newsbot.extraction.body import LONG_HEADING, Choice
from newsbot.extraction.byline import is_alone
from newsbot.extraction.dates import dates_in
from newsbot.extraction.phrases import Place, Reach, Rule, candidates
from newsbot.extraction.rules import FURNITURE_MARKS
from newsbot.model import BlockKind

HEAD, TAIL = 0.15, 0.6
"""Head and tail of an article: before and after these shares of its prose."""

LONG_LIST = 10
"""So many links in a row, in the midst of the text, are a list of the article's own."""

REPLY = re.compile(
    r"(?:.{0,25}\W)?(?:reply|upvote|downvote|report abuse)(?:\W.{0,25})?(?<!\w)(?:\d{1,3} \w{3,8} ago)?\W{0,3}|"
    r".{0,20}\W(?:reply|upvote)\W.{0,6}\d{1,3} \w{3,8} ago|"
    r"(?:支持|顶|赞|踩|反对|举报)?\s?[(（\[]?\d{0,6}[)）\]]?\s?(?:回复|回应|举报|盖楼)\s?(?:[(（]?\d{0,5}[)）]?)?",
    re.IGNORECASE,
)
LONGEST_REPLY = 50
FEWEST_REPLIES = 3
WIDEST_COMMENT = 5

TO_THE_END = frozenset(("comments", "next article"))
"""Rules behind whose phrase nothing belongs to the article."""

FEWEST_TEASERS = 3
SHORTEST_TITLE = 12
LONGEST_OFFER = 800
FEWEST_ENTRIES = 5
ENTRIES_SHARE = 0.6
"""The part of the linked titles of a list that have a day or a text cut short below them."""

LONGEST_LEAD = 250
LONGEST_ENTRY = 6
LONGEST_DAY = 40
CUT_SHORT = ("...", "…", "[…]", "[...]")
MORE = re.compile(
    r"(?<![A-Za-z])(?:(?:read|learn|see|view|find out|discover|know) (?:more|full story|the full story|details)"
    r"|continue reading|more|details|weiterlesen|mehr(?: lesen| erfahren)?|lire la suite"
    r"|en savoir plus|leer más|leggi tutto"
    r"|查看(?:详情|更多|全文)|阅读(?:全文|更多)|了解(?:更多|详情)|更多|详情|详细)\W{0,3}$",
    re.IGNORECASE,
)
SHORTEST_TEASER = 30
LONGEST_TEASER = 450
TEASERS_AFTER = 0.6
"""Behind so much of the prose, other articles may begin."""

BIOGRAPHIES = 0.25
LONGEST_BIOGRAPHY = 900
LONGEST_NAME = 100
SPOKEN_OF = (" ", ",", "’", "'", "，", "是", "毕", "（", "(")
PRONOUNS = ("He ", "She ", "They ", "His ", "Her ", "Their ", "When she", "When he", "When not", "Prior to ")
"""How a biography goes on."""

ADDRESS = ("http://", "https://", "www.")

SHORTEST_TEXT = 80
"""A paragraph of so many Western characters ends a box of teasers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The blocks that make up the body, and which rule took each of the others, by block index."""

    kept: list[RawBlock]
    removed: dict[int, str]


def clean_body(
    reading: Reading, choice: Choice, consumed: Mapping[int, str], authors: Sequence[str] = ()
) -> Cleaned:
    """What is left of the chosen region when metadata and furniture are taken out."""
    inside = reading.blocks[choice.first : choice.end]
    removed = {block.index: consumed[block.index] for block in inside if block.index in consumed}
    removed |= marked(rest(inside, removed), choice)
    removed |= teasers(rest(inside, removed), choice.plain)
    removed |= linked(rest(inside, removed), choice.plain)
    removed |= biographies(rest(inside, removed), choice.plain, authors)
    removed |= phrased(rest(inside, removed), choice.plain)
    removed |= discussion(rest(inside, removed))
    removed |= offers(rest(inside, removed), inside, removed)
    removed |= left_over(rest(inside, removed), choice.sizes)
    kept = rest(inside, removed)
    if choice.standfirst is not None and choice.standfirst not in consumed:
        above = reading.blocks[choice.standfirst]
        kept[:0] = [] if match(above, 0.0) else [above]
    return Cleaned(kept=kept, removed=removed)


def rest(blocks: Iterable[RawBlock], removed: Mapping[int, str]) -> list[RawBlock]:
    return [block for block in blocks if block.index not in removed]


def marked(blocks: Sequence[RawBlock], choice: Choice) -> dict[int, str]:
    """Blocks that stand under furniture inside the region."""
    inner = FURNITURE_MARKS - choice.region.marks
    return {
        block.index: min(inner & choice.marks[block.index])
        for block in blocks
        if not inner.isdisjoint(choice.marks[block.index])
    }


def linked(blocks: Sequence[RawBlock], plain: Sequence[float]) -> dict[int, str]:
    """Blocks that are nothing but links, but for those that stand in the text as a part of it."""
    links = [is_linked(block) for block in blocks]
    if True not in links:
        return {}
    prose = {block.region for block, link in zip(blocks, links, strict=True) if not link}
    last = max((n for n, block in enumerate(blocks) if plain[block.index] >= SHORTEST_TEXT), default=-1)
    removed: dict[int, str] = {}
    start = 0
    for is_run, run in groupby(range(len(blocks)), key=links.__getitem__):
        members = [blocks[n] for n in run]
        start += len(members)
        if is_run:
            follows = start < len(blocks) and plain[blocks[start].index] >= SHORTEST_TEXT
            inside = start <= last
            removed |= {
                block.index: "links"
                for block in members
                if not (inside and belongs(block, len(members), follows=follows, among=block.region in prose))
            }
    return removed


def teasers(blocks: Sequence[RawBlock], plain: Sequence[float]) -> dict[int, str]:
    """A series of other articles behind the article: linked titles, each with little text under it, to the end.

    An article that has such titles in its first part as well is a list of its own.
    """
    heads = [n for n, block in enumerate(blocks) if is_linked(block) and len(block.text) >= SHORTEST_TITLE]
    if len(heads) < FEWEST_TEASERS:
        return {}
    sums = [0.0, *accumulate(max(0.0, plain[block.index]) for block in blocks)]
    start, series = len(blocks), 0
    for head in reversed(heads):
        if sums[start] - sums[head] > LONGEST_TEASER:
            break
        series += sums[start] - sums[head] >= SHORTEST_TEASER
        start = head
    earlier = sum(head < start for head in heads)
    if series < FEWEST_TEASERS or 2 * earlier > series or sums[start] < TEASERS_AFTER * sums[-1]:
        return {}
    return {block.index: "related" for block in blocks[start:]}


def entries(blocks: Sequence[RawBlock], plain: Sequence[float]) -> int:
    """How many entries of a list a text has: linked titles with a day or a text cut short, or links to more.

    None where it begins with a text of its own, or where few of the titles have such: then it tells of others.
    """
    sums = [0.0, *accumulate(max(0.0, plain[block.index]) for block in blocks)]
    more = [n for n, block in enumerate(blocks) if block.link_length and MORE.match(block.text)]
    if len(more) >= FEWEST_ENTRIES and sums[more[0]] <= LONGEST_TEASER:
        return len(more)
    heads = [n for n, block in enumerate(blocks) if is_head_of_entry(block)]
    if len(heads) < FEWEST_ENTRIES or sums[heads[0]] > LONGEST_LEAD:
        return 0
    found = sum(
        has_day(blocks[head])
        or any(is_of_entry(block) for block in blocks[head + 1 : min(after, head + 1 + LONGEST_ENTRY)])
        for head, after in pairwise([*heads, len(blocks)])
    )
    return found if found >= max(FEWEST_ENTRIES, ENTRIES_SHARE * len(heads)) else 0


def is_head_of_entry(block: RawBlock) -> bool:
    """Whether a block is a linked title, or one with a day beside it."""
    if block.link_length < SHORTEST_TITLE:
        return False
    return is_linked(block) or has_day(block)


def has_day(block: RawBlock) -> bool:
    """Whether a block is mostly link, and a day besides."""
    besides = len(block.text) - block.link_length
    return block.link_length > besides and 6 <= besides <= LONGEST_DAY and bool(dates_in(block.text))


def is_of_entry(block: RawBlock) -> bool:
    """Whether a block is what stands below a title in a list only."""
    text = block.text
    if len(text) <= LONGEST_DAY and dates_in(text) and is_alone(text):
        return True
    if text.endswith(CUT_SHORT):
        return True
    return (
        0 < block.link_length <= LONGEST_DAY
        and MORE.search(text, max(0, len(text) - LONGEST_DAY)) is not None
    )


def biographies(blocks: Sequence[RawBlock], plain: Sequence[float], authors: Sequence[str]) -> dict[int, str]:
    """What the end of an article says of its authors: a short paragraph that begins with a name, and what goes on."""
    names = tuple(name.casefold() for name in authors if " " in name or not name.isascii())
    if not names:
        return {}
    total = sum(max(0.0, plain[block.index]) for block in blocks)
    removed = {block.index: "byline" for block in blocks if block.text.casefold() in names}
    behind = 0.0
    for block in reversed(blocks):
        behind += max(0.0, plain[block.index])
        if behind > BIOGRAPHIES * total:
            break
        if (
            block.index not in removed
            and len(block.text) <= LONGEST_BIOGRAPHY
            and begins_with(block.text, names)
        ):
            removed[block.index] = "author_bio"
    first = min((index for index, rule in removed.items() if rule == "author_bio"), default=None)
    if first is not None:
        later = (block for block in blocks if block.index > first and block.text.startswith(PRONOUNS))
        removed |= {block.index: "author_bio" for block in later}
    return removed


def begins_with(text: str, names: tuple[str, ...]) -> bool:
    """Whether a text begins with one of the names, as of who is spoken of, not of who speaks.

    >>> begins_with("Ann Lee is a reporter.", ("ann lee",)), begins_with("Ann Lee: hello.", ("ann lee",))
    (True, False)
    """
    start = text[:LONGEST_NAME].casefold()
    return any(start.startswith(name) and start[len(name) : len(name) + 1] in SPOKEN_OF for name in names)


def is_linked(block: RawBlock) -> bool:
    return block.link_length > 0.8 * len(block.text)


def belongs(block: RawBlock, run: int, *, follows: bool, among: bool) -> bool:
    """Whether a block of nothing but links, with prose before and behind it, is part of the text.

    `run` is how many such blocks stand together, `follows` that prose comes next, `among` that its own list or
    box holds text as well. Headings over text, entries of a list that has other entries too, long lists such
    as a table of contents, and addresses that are written out do; teasers stand alone or by twos and threes.
    """
    if block.kind is BlockKind.HEADING:
        return run == 1 and (follows or among)
    if block.kind is BlockKind.LIST_ITEM:
        return among or run >= LONG_LIST
    return block.text.startswith(ADDRESS)


def offers(
    blocks: Sequence[RawBlock], inside: Sequence[RawBlock], removed: Mapping[int, str]
) -> dict[int, str]:
    """What else is in a short list of which an entry was an offer to subscribe or register."""
    lists = {
        block.region
        for block in inside
        if block.kind is BlockKind.LIST_ITEM and removed.get(block.index) == "paywall"
    }
    entries: dict[int, list[RawBlock]] = {region: [] for region in lists}
    for block in blocks:
        if block.kind is BlockKind.LIST_ITEM and block.region in entries:
            entries[block.region].append(block)
    return {
        block.index: "paywall"
        for found in entries.values()
        if sum(len(block.text) for block in found) <= LONGEST_OFFER
        for block in found
    }


def discussion(blocks: Sequence[RawBlock]) -> dict[int, str]:
    """What readers say behind an article: from the first line that answers a comment, and the comment above it, on.

    Such lines stand at even distances, with a name and a text between them.
    """
    lines = [n for n, block in enumerate(blocks) if len(block.text) <= LONGEST_REPLY and is_reply(block.text)]
    if len(lines) < FEWEST_REPLIES:
        return {}
    gap = min(later - earlier for earlier, later in pairwise(lines))
    start = max(0, lines[0] - min(gap, WIDEST_COMMENT) + 1)
    return {block.index: "comments" for block in blocks[start:]} if start else {}


def is_reply(text: str) -> bool:
    """Whether a line is what stands under a comment.

    >>> is_reply("upvote · Reply · 2 days ago"), is_reply("支持(12) 回复"), is_reply("Reply from the agency")
    (True, True, False)
    """
    return REPLY.fullmatch(text) is not None


def phrased(blocks: Sequence[RawBlock], plain: Sequence[float]) -> dict[int, str]:
    """Blocks that a phrase gives away, and what follows one that ends the article; `plain` as in `Choice`.

    Positions are reckoned by the prose of blocks without any phrase: what is left does not move to an edge when
    its neighbour goes.
    """
    removed: dict[int, str] = {}
    hits = [matches(block) for block in blocks]
    prose = [0.0 if hit else max(0.0, plain[block.index]) for block, hit in zip(blocks, hits, strict=True)]
    total = sum(prose) or 1.0
    before = 0.0
    ending: Rule | None = None
    for block, hit, weight in zip(blocks, hits, prose, strict=True):
        position, passed = before / total, before
        before += weight
        if ending is not None and (ending.name in TO_THE_END or not is_text(block, plain)):
            removed[block.index] = ending.name
            continue
        ending = None
        found = next((rule for rule in hit if stands(rule.place, position)), None)
        if found is not None and passed >= found.after:
            removed[block.index] = found.name
            ending = found if found.reach == Reach.REST else None
    return removed


def is_text(block: RawBlock, plain: Sequence[float]) -> bool:
    """Whether a block is a paragraph of running text, and no teaser."""
    return block.kind is BlockKind.PARAGRAPH and plain[block.index] >= SHORTEST_TEXT and not block.link_length


def match(block: RawBlock, position: float) -> Rule | None:
    """The first rule whose phrase is in a block at this position (0 to 1, by prose before it)."""
    return next((rule for rule in matches(block) if stands(rule.place, position)), None)


def matches(block: RawBlock) -> list[Rule]:
    """All rules whose phrase is in a block, wherever it stands."""
    text = block.text
    return [rule for rule in candidates(text) if len(text) <= rule.longest and rule.pattern.match(text)]


def stands(place: Place, position: float) -> bool:
    match place:
        case Place.HEAD:
            return position <= HEAD
        case Place.TAIL:
            return position >= TAIL
        case Place.EDGE:
            return position <= HEAD or position >= TAIL
        case _:
            return True


def left_over(blocks: Sequence[RawBlock], sizes: Sequence[int]) -> dict[int, str]:
    """Headings left over behind the last piece of prose."""
    removed: dict[int, str] = {}
    for block in reversed(blocks):
        if block.kind is not BlockKind.HEADING or sizes[block.index] >= LONG_HEADING:
            break
        removed[block.index] = "heading without text"
    return removed
