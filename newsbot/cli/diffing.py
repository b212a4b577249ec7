"""What changed from one version of an article to the next, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq
from rich.cells import cell_len
from rich.text import Text

from newsbot.cli.common import clean, console, when
from newsbot.cli.wrapping import print_wrapped
from newsbot.folding import CJK
from newsbot.model import Article
from newsbot.store import StoredVersion
from newsbot.store.recleaning import differences

PIECE = re.compile(rf"(?:[{CJK}]|[^\s{CJK}]+)\s*|^\s+")
"""A word, or a Chinese character, with the space behind it."""

MOST = 100_000_000
"""Words of one text times those of the other that are laid side by side; what is beyond is all new."""

CHANCE = 3
"""So few letters, or a Chinese character, between two changes are in both texts by chance."""

CONTEXT = 80
"""Characters of unchanged text that are shown beside a change."""


def is_silent(earlier: Article, later: Article) -> bool:
    """Whether an article says something else without saying so: no new correction, no other date."""
    said_so = earlier.correction != later.correction or earlier.published != later.published
    if said_so or (earlier.title, earlier.text) == (later.title, later.text):
        return False
    from newsbot.extraction.sections import is_correction

    new = set(later.text.split("\n")) - set(earlier.text.split("\n"))
    return not any(is_correction(line, later.title) for line in new)


def print_diff(history: Sequence[StoredVersion]) -> None:
    """Every version after the first with what is new and what is gone, between signs."""
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
        changes = list(changes_between(earlier.article, later.article))
        for line in changes:
            print_wrapped(out, shown(line), first="  ", indent=4)
        if not changes:
            out.print("  only links, or the form of its paragraphs")


Change = tuple[str, str]
"""What a piece of text is (" " kept, "-" gone, "+" new) and the piece."""


def changes_between(earlier: Article, later: Article) -> Iterator[list[Change]]:
    """The changed fields and paragraphs, as pieces."""
    fields = differences(earlier, later)
    body = fields.pop("body", None)
    for unread in ("links", "kinds", "sections"):
        fields.pop(unread, None)
    for name, (old, new) in fields.items():
        yield [(" ", f"{name}: "), *words_changed(old or "unknown", new or "unknown")]
    if body is not None:
        yield from paragraphs_changed((body[0] or "").split("\n"), (body[1] or "").split("\n"))


def paragraphs_changed(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Change]]:
    """The paragraphs that differ; those that stand in the same place are held against each other word by word."""
    for ours, theirs, _ in apart(old, new):
        pairs = min(len(ours), len(theirs))
        for one, other in zip(ours, theirs, strict=False):
            yield words_changed(one, other)
        for line in ours[pairs:]:
            yield [("-", line)]
        for line in theirs[pairs:]:
            yield [("+", line)]


def words_changed(old: str, new: str) -> list[Change]:
    """One text against another, word by word, Chinese character by character.

    >>> words_changed("batch 4411 only", "batch 4412 only")
    [(' ', 'batch '), ('-', '4411'), ('+', '4412'), (' ', ' only')]
    """
    ours, theirs = PIECE.findall(old), PIECE.findall(new)
    words = [piece.strip() for piece in ours], [piece.strip() for piece in theirs]
    if words[0] == words[1]:
        return [("-", old), ("+", new)] if old != new else [(" ", new)]
    changes: list[Change] = []
    left = right = 0
    for gone, come, same in without_chance(apart(*words)):
        out, into = "".join(ours[left : left + len(gone)]), "".join(theirs[right : right + len(come)])
        left, right = left + len(gone), right + len(come)
        both = zip(ours[left : left + len(same)], theirs[right : right + len(same)], strict=True)
        kept = "".join(max(pair) for pair in both)
        left, right = left + len(same), right + len(same)
        space = " " if kept and all(side.endswith(" ") for side in (out or into, into or out)) else ""
        pieces = [("-", out.removesuffix(space)), ("+", into.removesuffix(space)), (" ", space + kept)]
        changes += [(sign, text) for sign, text in pieces if text]
    return changes


Step = tuple[Sequence[str], Sequence[str], Sequence[str]]
"""What only the one has, what only the other has, and what both have behind it."""


def apart(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Step]:
    """Two rows laid side by side.

    >>> list(apart("abc", "axc"))
    [('', '', 'a'), ('b', 'x', 'c')]
    """
    left = right = 0
    for block in LCSseq.opcodes(ours, theirs) if len(ours) * len(theirs) < MOST else ():
        if block.tag == "equal":
            yield (
                ours[left : block.src_start],
                theirs[right : block.dest_start],
                ours[block.src_start : block.src_end],
            )
            left, right = block.src_end, block.dest_end
    if left < len(ours) or right < len(theirs):
        yield ours[left:], theirs[right:], ours[:0]


def without_chance(steps: Iterable[Step]) -> list[Step]:
    """The steps, with what stands between two changes by chance in both counted to them.

    >>> without_chance([(["old"], ["new"], ["a"]), (["text"], ["words"], [])])
    [(['old', 'a', 'text'], ['new', 'a', 'words'], [])]
    """
    made: list[Step] = []
    for step in steps:
        torn = made and any(made[-1][:2]) and any(step[:2]) and _is_chance(made[-1][2])
        made.append(_joined(made.pop(), step) if torn else step)
    return made


def _joined(first: Step, second: Step) -> Step:
    between = first[2]
    return [*first[0], *between, *second[0]], [*first[1], *between, *second[1]], second[2]


def _is_chance(words: Sequence[str]) -> bool:
    text = "".join(words)
    return cell_len(text) <= CHANCE and not any(map(str.isdigit, text))


STYLES = {"-": "red strike", "+": "green", " ": ""}
SIGNS = {"-": "[-{}-]", "+": "{{+{}+}}", " ": "{}"}


def shown(changes: Sequence[Change]) -> Text:
    """A changed paragraph between signs, on a terminal also in colours; long unchanged parts are cut."""
    line = Text()
    for number, (sign, text) in enumerate(changes):
        kept = cut(text, number == 0, number == len(changes) - 1) if sign == " " else text
        line.append(SIGNS[sign].format(clean(kept)), style=STYLES[sign])
    return line


def cut(text: str, first: bool, last: bool) -> str:
    """Unchanged text with only what stands beside the change.

    >>> cut("x" * 100, True, False) == "…" + "x" * 80
    True
    """
    if (first and last) or len(text) <= CONTEXT * (1 if first or last else 2):
        return text
    head, tail = HALF_AT_END.sub("", text[:CONTEXT]), HALF_AT_START.sub("", text[-CONTEXT:])
    return f"{'' if first else head or text[:CONTEXT]}…{'' if last else tail or text[-CONTEXT:]}"


HALF_AT_END = re.compile(rf"\s*[^\s{CJK}]*$")
HALF_AT_START = re.compile(rf"^[^\s{CJK}]*\s*")
