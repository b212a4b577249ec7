"""Finds the lines round a headline that are bylines, and the dates in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from newsbot.extraction import byline_words as words
from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.byline import LONGEST_AGED, Byline, read_byline
from newsbot.extraction.dates import ages_in, dates_in, is_relative
from newsbot.extraction.names import is_question
from newsbot.extraction.published import time_is_modified
from newsbot.extraction.structured import Declared
from newsbot.extraction.titles import FURNITURE
from newsbot.model import BlockKind

LONGEST_LINE = 220
REACH_UP = 5
REACH_DOWN = 18
HEAD_BLOCKS = 60
SENTENCE_ENDS = ("。", ".", "：", ":", "；", "”", '"', "？", "?", "！", "!")
MOST_SENTENCES = 2
LONG_PARAGRAPH = 220
MOST_UNEXPLAINED = 30
"""Characters of a line that no field explains, up to which the line is still a byline."""

NEVER_BYLINE = frozenset({"comments", "related", "advert", "consent", "login"})
"""Furniture that no byline stands in. Below a headline other names mislead: a post's footer, a newsletter's page."""

_SIGNATURE = re.compile(
    r"(?:[12]\d{3}|"
    r"[〇○零一二三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日?"
)
_SIGNS = re.compile(r"[:：／|｜丨]|\w/\w|(?:19|20)\d\d|\d\s?[./-]\s?\d\d?\s?[./-]\s?\d\d")
_DIGIT = re.compile(r"\d")
_HAN_SIGNS = re.compile(r"记者|記者|通讯员|撰稿|实习生|执笔|昨天|今天|前天|发表于|发布于")
_FIRST_WORD = re.compile(r"\W{0,3}(\w{2,12})")
_FIRST_WORDS = frozenset(
    word.split("/")[0].split()[0]
    for phrase in (*words.LINE_OPENERS, *words.EDITOR_OPENERS, *words.BEFORE_BY)
    for word in (phrase,)
) | frozenset(
    ("yesterday", "today", "gestern", "heute", "update", "bywritten", "distributed", "provided", "issued")
)
_GLUED_BY = re.compile(r"(?:[Ww]ritten |[Pp]osted |[Pp]ublished )?[Bb][Yy][A-Z]|BY\s")
_BY = re.compile(r"\s[Bb][Yy]\s\S")
SHORT_SENTENCE = 110
"""Characters from which a line that ends like a sentence is text and no byline."""
_SENTENCE_ENDS = (".", "!", "?", "…", ".”", '."', "。", "！", "？", "。”")
_STRONG_LABEL = re.compile(
    r"发布|发表|发文|刊发|公布|添加|录入|published|posted|veröffentlicht|publi", re.IGNORECASE
)
_TIME_ALONE = re.compile(r"\d{1,2}[:：h]\d{2}(?:\s?[AaPp]\.?[Mm]\.?|\s?Uhr)?")
MANY_TIMES = 2
"""Lines that are a time of day alone, from which they are the entries of a running report."""
_LABEL_ALONE = re.compile(
    r"(?:(?:date |first )?(?:published|posted)(?: on| at| date)?|date|release date|publication date|(?:last |"
    r"recently )?"
    r"(?:updated|modified|reviewed|update)(?: on| at)?|by|written by|author|source|作者|来源|日期|时间|"
    r"发布时间|发布日期|更新时间|编辑|责任编辑"
    r"|veröffentlicht(?: am)?|datum|stand|aktualisiert(?: am)?|autor|quelle|publié le|fecha|von)\s?[:：]?",
    re.IGNORECASE,
)


NO_BYLINE = Byline()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A short block near the headline, its fields, and whether it is nothing but a byline."""

    block: RawBlock
    byline: Byline
    is_byline: bool


def read_lines(blocks: Sequence[RawBlock], title_blocks: Sequence[int]) -> list[Line]:
    """The lines below the headline down to the second long paragraph, then those just above it."""
    at = title_position(blocks, title_blocks)
    begin, end = (0, HEAD_BLOCKS) if at is None else (at + 1, at + 1 + REACH_DOWN)
    below = [line for p in _down_to_text(blocks, begin, end) if (line := _read(blocks, p, NEVER_BYLINE))]
    below = _without_signatures(blocks, below, begin)
    if not at:
        return below
    unwanted = FURNITURE - blocks[at].marks - {"hidden", "breadcrumb"}
    above = [
        line for p in range(at - 1, max(-1, at - 1 - REACH_UP), -1) if (line := _read(blocks, p, unwanted))
    ]
    return below + [line for line in above if _belongs_below(line, blocks, at)]


def _belongs_below(line: Line, blocks: Sequence[RawBlock], at: int) -> bool:
    """Whether a line above the headline is its byline: a bare date further up is today's, in the page's header."""
    near = blocks[at].index - line.block.index <= 2
    return (
        near or bool(line.byline.labels) or "byline" in line.block.marks or _is_release_date(line, blocks, at)
    )


def _is_release_date(line: Line, blocks: Sequence[RawBlock], at: int) -> bool:
    """Whether a date stands beside what a press office calls its texts: 2024年5月1日 プレスリリース."""
    if not line.byline.dates:
        return False
    beside = (block for block in blocks[max(0, at - REACH_UP) : at] if not block.link_length)
    told = {block.text.lower() for block in beside if abs(block.index - line.block.index) == 1}
    return not words.KINDS_OF_TEXT.isdisjoint(told | {line.byline.rest.lower()})


def _down_to_text(blocks: Sequence[RawBlock], begin: int, end: int) -> Iterator[int]:
    """Positions of short blocks, ending at the second long or third prose block: the first may be a standfirst."""
    long_ones = sentences = 0
    for position in range(begin, min(end, len(blocks))):
        text = blocks[position].text
        sentences += _is_prose(text)
        if size_of(text) > LONG_PARAGRAPH:
            long_ones += 1
        if long_ones > 1 or sentences > MOST_SENTENCES:
            return
        if size_of(text) <= LONG_PARAGRAPH:
            yield position


def size_of(text: str) -> int:
    """How long a text is for the reader: a Chinese character counts as three."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _without_signatures(blocks: Sequence[RawBlock], lines: Sequence[Line], begin: int) -> list[Line]:
    """The lines without dates that belong to the text above them: a notice's own date, the time of an event."""
    text_at = next((p for p in range(begin, len(blocks)) if _is_prose(blocks[p].text)), len(blocks))
    start = blocks[text_at].index if text_at < len(blocks) else len(blocks)
    own = [line for line in lines if line.block.index < start or not _dates_the_text(line)]
    if not any(_TIME_ALONE.fullmatch(line.block.text) for line in own):
        return own
    times = sum(_TIME_ALONE.fullmatch(block.text) is not None for block in blocks[begin : begin + REACH_DOWN])
    return [line for line in own if times < MANY_TIMES or not _TIME_ALONE.fullmatch(line.block.text)]


def _dates_the_text(line: Line) -> bool:
    """Whether a line is a bare date or 时间：…, which under a text means something else than its publication."""
    text = line.block.text
    if _is_aged(line.byline):
        return True
    event = set(line.byline.labels) == {"date"} and not text.isascii() and not _STRONG_LABEL.search(text)
    return bool(_SIGNATURE.fullmatch(text)) or (event and size_of(text) > len(text))


def _is_aged(byline: Byline) -> bool:
    """Whether a line names an age without saying of what: in a text that is told, not dated."""
    return bool(byline.dates) and not byline.labels and not any(map(dates_in, byline.dates))


def _is_prose(text: str) -> bool:
    """Whether a block is text to read: long, or a sentence of some length."""
    return size_of(text) > LONG_PARAGRAPH or (size_of(text) > 60 and text.endswith(SENTENCE_ENDS))


def title_position(blocks: Sequence[RawBlock], title_blocks: Sequence[int]) -> int | None:
    """Where the headline stands: its last block before the first long paragraph that is no furniture."""
    places = [p for p in sorted(title_blocks) if p < min(len(blocks), 600)]
    free = [p for p in places if not blocks[p].marks & FURNITURE] or places
    if not free:
        free = [
            p for p, block in enumerate(blocks[:600]) if block.level == 1 and not block.marks & FURNITURE
        ][:1]
    headings = [p for p in free if blocks[p].level]
    return next(iter(headings or free), None)


def _read(blocks: Sequence[RawBlock], position: int, unwanted: frozenset[str]) -> Line | None:
    """A line with its fields; None for what is too long or stands in unwanted furniture.

    A label may stand in a block of its own above its value.
    """
    block = blocks[position]
    if len(block.text) > LONGEST_LINE or (block.marks & unwanted and "byline" not in block.marks):
        return None
    before = blocks[position - 1].text if position else ""
    alone = len(before) <= 24 and len(block.text) <= 60 and is_label(before)
    if not alone and (not _may_be_byline(block) or is_question(block.text)):
        return Line(block=block, byline=NO_BYLINE, is_byline=False)
    byline = read_byline(f"{before.rstrip(':： ')}: {block.text}" if alone else block.text)
    has_field = bool(any(byline.labels) or byline.dates or byline.authors or byline.modified)
    ends = _SENTENCE_ENDS if _is_aged(byline) else "。"
    if not byline.labels and block.text.endswith(ends):
        return Line(block=block, byline=NO_BYLINE, is_byline=False)
    if (
        block.kind is BlockKind.LIST_ITEM
        and byline.rest
        and not byline.labels
        and "byline" not in block.marks
    ):
        return Line(block=block, byline=NO_BYLINE, is_byline=False)  # An entry of a timeline.
    allowed = 2 * MOST_UNEXPLAINED if "byline" in block.marks else MOST_UNEXPLAINED
    return Line(block=block, byline=byline, is_byline=has_field and size_of(byline.rest) <= allowed)


@lru_cache(maxsize=1024)
def is_label(text: str) -> bool:
    """Whether a block is a label of a byline and nothing else."""
    return bool(_LABEL_ALONE.fullmatch(text))


def _may_be_byline(block: RawBlock) -> bool:
    """A cheap look at whether a line can have any field: a number, a colon, an opening word, somebody named."""
    text = block.text
    if len(text) > SHORT_SENTENCE and text.endswith(_SENTENCE_ENDS) and "byline" not in block.marks:
        return False
    if _SIGNS.search(text):
        return True
    first = _FIRST_WORD.match(text)
    if first and first[1].lower() in _FIRST_WORDS:
        return True
    if _GLUED_BY.match(text) or _BY.search(text) or (len(text) <= LONGEST_AGED and ages_in(text)):
        return True
    return not text.isascii() and bool(_DIGIT.search(text) or _HAN_SIGNS.search(text))


FAR_FURNITURE = FURNITURE - {"footer"}
_TELLING = frozenset(("date", "author"))
"""Fields that make the date in their line the article's: a label of publication, the author."""


def date_lines(
    lines: Sequence[Line], declared: Declared, props: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The texts that may hold the date of publication, by kind (see `published.decide_published`)."""
    bylines = [line for line in lines if line.is_byline]
    labelled = [line for line in bylines if not _TELLING.isdisjoint(line.byline.labels)]
    near: set[object] = {line.block.element for line in lines if line.block.element is not None}
    unlabelled = [
        (text, line) for line in bylines if "date" not in line.byline.labels for text in line.byline.dates
    ]
    ages = [text for text, _ in unlabelled if is_relative(text)]
    return {
        "label": [text for line in labelled for text in line.byline.dates if text not in ages],
        "byline": [text for text, line in unlabelled if line not in labelled and text not in ages],
        "age": ages,
        "modified": [text for line in bylines for text in line.byline.modified],
        "times": _near_times(declared, near),
        "microdata": [*props.get("datepublished", ()), *props.get("datecreated", ())],
    }


def _near_times(declared: Declared, near: set[object]) -> list[str]:
    """What time elements in the byline say."""
    found = []
    for time in declared.times[:20]:
        if any(
            above in near for above in [time.element, *_ancestors(time.element, 3)]
        ) and not time_is_modified(time):
            found.append(time.stamp or time.text)
    return found


def _ancestors(element: object, count: int) -> list[object]:
    found = []
    for _ in range(count):
        element = element.getparent() if element is not None else None  # type: ignore[attr-defined]
        if element is None:
            break
        found.append(element)
    return found


def far_label(blocks: Sequence[RawBlock]) -> list[str]:
    """The date of a labelled line elsewhere on the page: 发表于 below a post."""
    return [text for byline in far_bylines(blocks) for text in byline.dates][:1]


def far_bylines(blocks: Sequence[RawBlock]) -> list[Byline]:
    """The one line elsewhere on the page whose date is labelled as that of publication.

    Of several the first, if their days ascend: posts of a thread. The label may stand in a block of its own above.
    """
    found = [
        byline
        for before, block in pairwise((None, *blocks[:500]))
        if block is not None and len(block.text) < 120
        if (byline := _labelled(before.text if before else "", block)) is not None
    ]
    days = [dates_in(text)[0].day for byline in found for text in byline.dates[:1] if dates_in(text)]
    return found[:1] if len(found) == 1 or _is_thread(days) else []


def _is_thread(days: Sequence[date]) -> bool:
    return len(days) > 1 and days[0] < days[-1] and all(one <= next_one for one, next_one in pairwise(days))


def _labelled(before: str, block: RawBlock) -> Byline | None:
    """A line with the date behind a label of publication."""
    text = block.text
    if len(before) <= 24 and len(text) <= 40 and _STRONG_LABEL.search(before) and is_label(before):
        text = f"{before.rstrip(':： ')}: {text}"
    if not _STRONG_LABEL.search(text) or not _SIGNS.search(text) or block.marks & FAR_FURNITURE:
        return None
    byline = read_byline(text)
    return byline if "date" in byline.labels and byline.dates else None
