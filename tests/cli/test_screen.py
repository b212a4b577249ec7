"""What the screen shows: lines, snippets, changes and tables, as a reader sees them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from newsbot.cli.diffing import is_silent, shown, words_changed
from newsbot.cli.hits import mark
from newsbot.cli.wrapping import line_bounds, print_wrapped
from newsbot.query import parse_query
from tests.builders import LONG, article

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@given(st.text(alphabet="ab1 9.,药（）。… \n", max_size=200), st.integers(20, 40))
def test_lines_hold_all_words_whole(text: str, width: int) -> None:
    bounds = list(line_bounds(text, width))
    assert "".join("".join(text[start:end] for start, end in bounds).split()) == "".join(text.split())
    for (_, end), (start, _) in pairwise(bounds):
        assert end < start or not (text[end - 1] in "ab19" and text[start] in "ab19")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("批号为260312的复方青叶片，实施主动召回。", ["批号为260312的复方青", "叶片，实施主动召回。"]),
        ("公司的研发投入约有三亿元，增长了一成", ["公司的研发投入约有三", "亿元，增长了一成"]),
        (
            "see https://example.com/a/very/long/path now",
            ["see", "https://example.com/a/very/long/path", "now"],
        ),
        ("… people live in Norland …", ["… people live in", "Norland …"]),
    ],
)
def test_lines_are_broken_between_words(text: str, lines: list[str]) -> None:
    out = Console(file=io.StringIO(), width=24)
    print_wrapped(out, Text(text), first="- ", indent=4)
    printed = out.file.getvalue()  # type: ignore[attr-defined]
    assert printed == "- " + "\n    ".join(lines) + "\n"
    assert all(cell_len(line) <= 24 for line in printed.splitlines() if "https" not in line)


@pytest.mark.parametrize(("typed", "text"), [("café", "a cafe"), ("cafe", "a café"), ("药", "a 藥")])
def test_words_are_marked_in_any_spelling(typed: str, text: str) -> None:
    (span,) = mark(Text(text), parse_query(typed, NOW).terms).spans
    assert (span.start, span.end) == (2, len(text))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("one", "two", "[-one-]{+two+}"),
        ("one two", "one", "one [-two-]"),
        ("a cell of old kind ends", "a cell of new kin ends", "a cell of [-old kind-]{+new kin+} ends"),
        ("第三批共9盒", "第四批共9盒", "第[-三-]{+四+}批共9盒"),
        ("a  b", "a b", "[-a  b-]{+a b+}"),
    ],
)
def test_changes_stand_between_signs(old: str, new: str, told: str) -> None:
    assert shown(words_changed(old, new)).plain == told


@given(st.text(alphabet="ab 1药片", max_size=60), st.text(alphabet="ab 1药片", max_size=60))
def test_changes_hold_both_texts(old: str, new: str) -> None:
    changes = words_changed(old, new)
    for text, signs in ((old, " -"), (new, " +")):
        told = "".join(piece for sign, piece in changes if sign in signs)
        assert "".join(told.split()) == "".join(text.split())


def test_an_edit_that_says_so_is_not_silent() -> None:
    first = article()
    assert is_silent(first, article(f"{LONG} Edited."))
    said = f"{LONG} Edited.\nCorrection, 21 November 2026: an earlier version of this notice named one batch."
    assert not is_silent(first, article(said))
    assert not is_silent(first, replace(article(f"{LONG} Edited."), correction="Correction: one batch."))
