"""Pages that are no markup: their lines as the same blocks that a tree yields."""

from __future__ import annotations

import re
from itertools import pairwise

from newsbot.extraction.blocks import RawBlock, Reading, Region
from newsbot.extraction.body import SENTENCE_END
from newsbot.extraction.decode import squeeze
from newsbot.model import BlockKind

MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|table|span|meta|title|article|section|h[1-6]|br|a|ul|td|font|center|rss|feed)[\s>/]",
    re.I,
)
PAGE = re.compile(r"<(?:[hH][tT][mM][lL]|[bB][oO][dD][yY]|!(?:doctype|DOCTYPE))[\s>]")
SAMPLE = 20_000
WRAPPED = range(45, 90)
"""Lengths of lines that were broken to fit a screen."""


def is_plain(text: str, content_type: str | None) -> bool:
    """Whether a page is plain text: it says so, or nothing in it looks like HTML.

    >>> is_plain("a < b", None), is_plain("<p>a", None), is_plain("<p>a", "text/plain; charset=x")
    (True, False, True)
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    return kind == "text/plain" or (MARKUP.search(text[:SAMPLE]) or PAGE.search(text)) is None


def read_lines(text: str) -> Reading:
    """A block for every line, or for every paragraph where lines are broken at a fixed width."""
    pieces = [squeezed for piece in split(text) if (squeezed := squeeze(piece))]
    blocks = [
        RawBlock(index=index, kind=BlockKind.PARAGRAPH, text=piece) for index, piece in enumerate(pieces)
    ]
    page = Region(index=0, parent=-1, tag="body", end=len(blocks))
    return Reading(blocks=blocks, regions=[page])


def split(text: str) -> list[str]:
    lines = text.splitlines()
    if not is_wrapped(lines):
        return lines
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [" ".join(paragraph) for paragraph in paragraphs]


def is_wrapped(lines: list[str]) -> bool:
    """Whether lines that another one follows directly mostly end near the same right margin, and within a sentence."""
    followed = [line for line, after in pairwise(lines) if line.strip() and after.strip()]
    broken = sum(len(line) in WRAPPED and not line.rstrip().endswith(SENTENCE_END) for line in followed)
    return len(followed) > 3 and broken > 0.6 * len(followed)
