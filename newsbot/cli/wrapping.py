"""Text in lines as wide as the screen, broken between words: Chinese at any character, never within a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, repeat

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from newsbot.folding import CJK

CLOSING = "，。、；：？！）》」』】〉”’…％%,.;:?!)]}"
"""What does not begin a line."""

OPENING = "（《「『【〈“‘([{"
"""What does not end one."""

NARROWEST = 20

PIECE = re.compile(
    rf"(?:… )?[{re.escape(OPENING)}]*(?:[{CJK}]|[^\s{CJK}{re.escape(OPENING)}]+|(?<=[{re.escape(OPENING)}])(?=\s|$))"
    rf"[{re.escape(CLOSING)}]*(?: …$)?"
)
"""A word, or a Chinese character, with the signs that stay with it."""


def print_wrapped(out: Console, text: Text, *, first: str | tuple[str, str] = "", indent: int = 0) -> None:
    """Print a text in lines, the first behind `first` (with its style), the others `indent` in, no spaces at the ends.

    A word that is longer than a line stands on one of its own, whole.
    """
    leads: Iterator[str | tuple[str, str]] = chain([first] if first else [], repeat(" " * indent))
    for line in text.split("\n", allow_blank=True):
        for start, end in line_bounds(line.plain, max(NARROWEST, out.width - indent)):
            told = Text.assemble(next(leads), line[start:end])
            told.rstrip()
            out.print(told, soft_wrap=True)


def line_bounds(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line of a text begins and ends.

    >>> text = "入组1200例患者，at 24 weeks"
    >>> [text[start:end] for start, end in line_bounds(text, 12)]
    ['入组1200例患', '者，at 24', 'weeks']
    """
    start = end = 0
    for piece in PIECE.finditer(text):
        if piece.start() > start and cell_len(text[start : piece.end()]) > width:
            yield start, end
            start = piece.start()
        end = piece.end()
    yield start, len(text.rstrip())
