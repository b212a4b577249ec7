"""Tells captions from the text of an article: kept apart in the record, so that a reader can have them or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.body import Choice
from newsbot.model import Block, BlockKind

CAPTIONS = frozenset(("caption", "figure"))
PICTURES = frozenset(("img", "picture"))
TEXT_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
LONGEST_CAPTION = 400
CREDIT_LENGTH = 80
CREDIT = re.compile(
    r"\((?:image|photo|picture|pic|credit|foto)s?(?: by| credit)?\s?[:/][^()]{1,60}\)$"
    r"|\b(?:bildrechte|bildquelle|fotocredit|photo credit|image credit|foto|photo|image|bild|credit)s?\s?:"
    r"\s?[^.:]{2,50}$"
    r"|\((?:archivbild|symbolbild|symbolfoto|archivfoto|"
    r"file (?:photo|image)|foto d.archivio|资料图片?|資料照片|资料照片)\)\W{0,2}$"
    r"|\bfile (?:photo|image|picture)\W{0,2}$",
    re.IGNORECASE,
)
PICTURED = re.compile(
    r"[（(【]?(?:图为|圖為|图\s?\d{1,2}[\s:：.、]|资料图|資料照|题图\s?[:：]|配图\s?[:：])"
    r"|.{4,100}[（(](?:资料图|资料照|資料圖|資料照|档案图|檔案照)"
)
LONGEST_CHINESE_CAPTION = 120

LENGTHS_IN_BOX = range(16, LONGEST_CAPTION + 1)
"""Characters of a caption that only its place tells: shorter ones are labels of tiles."""

BOXES_ROUND = 2
"""How many elements round a block may be the box that it shares with a picture."""

MOST_IN_BOX = 16
"""Elements in such a box: with more it is no box of a picture."""

MOST_BOXES = 5
"""Boxes of picture and text in an article: with more they are its parts."""

NO_CAPTION_ENDS = ("?", "？", ":", "：", "…")


def finished(blocks: Sequence[RawBlock], choice: Choice) -> list[Block]:
    """The blocks of a body as they are recorded.

    A caption is text in a figure, under a class for captions, in one box with a picture, or with words that say so.
    """
    boxed = in_picture_boxes(blocks)
    return [_finished(block, choice, block.index in boxed) for block in blocks]


def _finished(block: RawBlock, choice: Choice, boxed: bool) -> Block:
    if block.kind not in TEXT_KINDS:
        return Block(kind=block.kind, text=block.text, level=block.level)
    pictured = CAPTIONS & choice.marks[block.index]
    is_caption = (
        boxed
        or (pictured and not pictured <= choice.region.marks)
        or ends_in_credit(block.text)
        or begins_as_caption(block.text)
    )
    return Block(kind=BlockKind.CAPTION if is_caption else block.kind, text=block.text)


def in_picture_boxes(blocks: Sequence[RawBlock]) -> frozenset[int]:
    """Indexes of the paragraphs that share a box with a picture and with nothing else, if there are few."""
    found = frozenset(block.index for block in blocks if _is_boxed(block))
    return found if len(found) <= MOST_BOXES else frozenset()


def _is_boxed(block: RawBlock) -> bool:
    if (
        len(block.text) not in LENGTHS_IN_BOX
        or block.element is None
        or block.kind is not BlockKind.PARAGRAPH
        or block.text.endswith(NO_CAPTION_ENDS)
    ):
        return False
    box = block.element
    for _ in range(BOXES_ROUND):
        parent = box.getparent()
        if parent is None or len(parent) >= MOST_IN_BOX:
            return False
        box = parent
        inside = list(islice(box.iter(), MOST_IN_BOX))
        if len(inside) == MOST_IN_BOX or _letters(box.itertext()) > _letters((block.text,)):
            return False
        if any(each.tag in PICTURES for each in inside):
            return True
    return False


def _letters(texts: Iterable[str | bytes]) -> int:
    return sum(len("".join(str(text).split())) for text in texts)


def begins_as_caption(text: str) -> bool:
    """Whether a short text says that it is under a picture.

    >>> begins_as_caption("图为签约仪式现场。"), begins_as_caption("图书馆今日开放。")
    (True, False)
    """
    return len(text) <= LONGEST_CHINESE_CAPTION and PICTURED.match(text) is not None


def ends_in_credit(text: str) -> bool:
    """Whether a text is a caption by its end: who took the picture, or that it is an old one.

    >>> ends_in_credit("The plant in spring. (Photo: A. Example)"), ends_in_credit("It opens in spring.")
    (True, False)
    """
    if len(text) > LONGEST_CAPTION:
        return False
    end = text[-CREDIT_LENGTH:]
    colon = end.rfind(":")
    may_be = (colon >= 0 and "." not in end[colon:]) or ")" in end[-3:] or "file " in end.lower()
    return may_be and CREDIT.search(end) is not None
