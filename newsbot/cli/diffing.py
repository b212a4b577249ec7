"""What changed from one version of an article to the next, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.text import Text

from newsbot.cli.common import clean, console, when
from newsbot.folding import CJK
from newsbot.model import Article
from newsbot.store import StoredVersion
from newsbot.store.recleaning import differences

PIECE = re.compile(rf"[{CJK}]|\s+|[^\s{CJK}]+")
CONTEXT = 80
"""Characters of unchanged text that are shown beside a change."""


def is_silent(earlier: Article, later: Article) -> bool:
    """Whether an article says something else without saying so: no new correction, no other date."""
    said_so = earlier.correction != later.correction or earlier.published != later.published
    return not said_so and (earlier.title, earlier.text) != (later.title, later.text)


def print_diff(history: Sequence[StoredVersion]) -> None:
    """Every version after the first with what is new and what is gone, in colours or between signs."""
    out = console()
    for earlier, later in pairwise(history):
        silent = (
            " · a silent edit: the page does not say that it changed"
            if is_silent(earlier.article, later.article)
            else ""
        )
        out.print(
            Text(f"version {earlier.number} to {later.number}, seen {when(later.seen)}{silent}", style="bold")
        )
        for line in changes_between(earlier.article, later.article):
            out.print(shown(line, plain=not out.is_terminal))


Change = tuple[str, str]
"""What a piece of text is (" " kept, "-" gone, "+" new) and the piece."""


def changes_between(earlier: Article, later: Article) -> Iterator[list[Change]]:
    """The changed fields and paragraphs, as pieces."""
    fields = differences(earlier, later)
    body = fields.pop("body", None)
    fields.pop("links", None)
    for name, (old, new) in fields.items():
        yield [(" ", f"{name}: "), *words_changed(old or "unknown", new or "unknown")]
    if body is not None:
        yield from paragraphs_changed((body[0] or "").split("\n"), (body[1] or "").split("\n"))


def paragraphs_changed(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Change]]:
    """The paragraphs that differ; those that stand in the same place are held against each other word by word."""
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        for step in range(pairs):
            yield words_changed(old[i1 + step], new[j1 + step])
        for line in old[i1 + pairs : i2]:
            yield [("-", line)]
        for line in new[j1 + pairs : j2]:
            yield [("+", line)]


def words_changed(old: str, new: str) -> list[Change]:
    """One text against another, word by word, Chinese character by character.

    >>> words_changed("batch 4411 only", "batch 4412 only")
    [(' ', 'batch '), ('-', '4411'), ('+', '4412'), (' ', ' only')]
    """
    ours, theirs = PIECE.findall(old), PIECE.findall(new)
    changes: list[Change] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            changes.append((" ", "".join(ours[i1:i2])))
            continue
        changes += [
            (sign, text)
            for sign, text in (("-", "".join(ours[i1:i2])), ("+", "".join(theirs[j1:j2])))
            if text
        ]
    return changes


STYLES = {"-": "red strike", "+": "green", " ": ""}
SIGNS = {"-": "[-{}-]", "+": "{{+{}+}}", " ": "{}"}


def shown(changes: Sequence[Change], *, plain: bool) -> Text:
    """A changed paragraph on a terminal: colours, or signs where there are none; long unchanged parts are cut."""
    line = Text("  ")
    for number, (sign, text) in enumerate(changes):
        kept = cut(text, number == 0, number == len(changes) - 1) if sign == " " else text
        line.append(SIGNS[sign].format(clean(kept)) if plain else clean(kept), style=STYLES[sign])
    return line


def cut(text: str, first: bool, last: bool) -> str:
    """Unchanged text with only what stands beside the change.

    >>> cut("x" * 100, True, False) == "…" + "x" * 80
    True
    """
    if first and last:
        return text
    if len(text) <= CONTEXT * (1 if first or last else 2):
        return text
    if first:
        return f"…{text[-CONTEXT:]}"
    return f"{text[:CONTEXT]}…" if last else f"{text[:CONTEXT]}…{text[-CONTEXT:]}"
