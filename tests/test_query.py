"""What people type, and what the full-text index makes of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsbot.errors import InputError
from newsbot.folding import fold, words
from newsbot.query import MAX_QUERY, hit_pattern, match_expression, parse_query, snippet
from newsbot.store.migrations import TOKENIZER

HOSTILE = st.text() | st.lists(
    st.sampled_from(
        [
            *(
                '"',
                "'",
                "-",
                "--",
                '""',
                "*",
                "(",
                ")",
                ":",
                "^",
                "+",
                " ",
                "NEAR",
                "AND",
                "OR",
                "NOT",
                "title:",
            ),
            *(
                "\0",
                "\ud800",
                "\udcff",
                "😀",
                "𠀀",
                "𰀀",
                "が",
                "한",
                "药",
                "PD-1",
                "ＰＤ",
                "é",
                "e\u0301",
                "हिन्दी",
                "\t",
            ),
        ]
    ),
    max_size=12,
).map("".join)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"create virtual table t using fts5(body, tokenize = '{TOKENIZER}')")
    yield connection
    connection.close()


def found(connection: sqlite3.Connection, text: str, query: str) -> bool:
    """Whether a text is found by a query, in the real index."""
    connection.execute("delete from t")
    connection.execute("insert into t values (?)", (fold(text),))
    expression = match_expression(parse_query(query))
    return bool(connection.execute("select 1 from t where t match ?", (expression,)).fetchone())


@given(HOSTILE)
@example('"')
@example("-")
@example('-"a')
@example("a" * (MAX_QUERY + 1))
def test_any_text_is_understood_or_refused(index: sqlite3.Connection, text: str) -> None:
    try:
        terms = parse_query(text)
    except InputError:
        return
    index.execute("select 1 from t where t match ?", (match_expression(terms),)).fetchall()


@pytest.mark.parametrize("query", ["a " * 500, "-a " * 300 + "b", '"' + "药" * 990 + '"', "-药 " * 330 + "b"])
def test_long_queries_are_answered(index: sqlite3.Connection, query: str) -> None:
    index.execute("select 1 from t where t match ?", (match_expression(parse_query(query)),)).fetchall()


@given(HOSTILE)
def test_what_stands_in_a_text_is_found_by_its_own_words(text: str) -> None:
    assert words(fold(text)) == words(text)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("国家药监局批准了非小细胞肺癌新药", "药"),
        ("国家药监局批准了非小细胞肺癌新药", "肺癌"),
        ("国家药监局批准了非小细胞肺癌新药", "非小细胞肺癌"),
        ("注射用VUM02获批", "VUM02"),
        ("注射用VUM02获批", "用VUM02获"),
        ("用于COVID-19的疫苗", "COVID-19"),
        ("用于ＣＯＶＩＤ－１９的疫苗", "covid-19"),
        ("a PD-1/PD-L1 inhibitor", "PD-1/PD-L1"),
        ("a PD-1/PD-L1 inhibitor", "ＰＤ－１"),
        ("Dr. O'Neil said", "O'Neil"),
        ("a rise of 3.5% in sales", "3.5%"),
        ("the café trial", "cafe"),
        ("Remestemcel-L", "remestemcel-l"),
        ("the stem cell trial", '"stem cell"'),
        ("the stem cell trial", "trial stem"),
        ("the stem cell trial", "trial -recall"),
        ("the stem cell trial", '"stem cell'),
        ("细胞𠀀治疗", "𠀀"),
    ],
)
def test_found(index: sqlite3.Connection, text: str, query: str) -> None:
    assert found(index, text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("肺炎与癌症", "肺癌"),
        ("a PD-L1 inhibitor", "PD-1"),
        ("cells from the stem", '"stem cell"'),
        ("a recall of the drug", "drug -recall"),
        ("非小细胞肺癌", "细胞 -肺癌"),
        ("the stem cell trial", "trial OR recall"),
    ],
)
def test_not_found(index: sqlite3.Connection, text: str, query: str) -> None:
    assert not found(index, text, query)


LEAD = "Nothing to see in this long opening sentence. " * 8


@pytest.mark.parametrize(
    ("text", "query", "piece"),
    [
        (LEAD + "The PD-1 antibody was approved.", "PD-1", "PD-1 antibody"),
        (LEAD + "上市许可：用于ＣＯＶＩＤ－１９的疫苗，获批。", "covid-19", "ＣＯＶＩＤ－１９的疫苗，获批"),
        ("An updated file. " + LEAD + "The PD programme.", "pd", "The PD programme"),
        (LEAD + "国家药监局批准", "药监局", "国家药监局批准"),
        (LEAD + "The café trial ended.", "cafe", "café trial"),
        ("国家药监局updated资料。" * 30 + "注射用PD获批", "PD", "注射用PD获批"),
        (LEAD + "The cell\nand stem\ncells.", "stem", "and stem cells"),
        (LEAD + "It fell. " * 60 + "It rose.", "missing -rose", "Nothing to see"),
    ],
)
def test_a_snippet_shows_the_hit(text: str, query: str, piece: str) -> None:
    assert piece in snippet(text, parse_query(query))


@given(HOSTILE, st.integers(1, 300))
def test_a_snippet_is_one_bounded_line(text: str, width: int) -> None:
    piece = snippet(text * 20, parse_query("药 PD-1 -a"), width)
    assert len(piece) <= width + 4
    assert piece.splitlines() in ([piece], [])


@given(st.text(alphabet="ab1 药癌-.", min_size=1))
def test_the_hit_pattern_finds_a_text_in_itself(text: str) -> None:
    if not words(text):
        return
    (term,) = parse_query(f'"{text}"')
    flat = "-".join(words(text))
    assert hit_pattern(term).search(f"x {flat} x")


@pytest.mark.parametrize("text", ["a" * 300_000, "药" * 100_000, "-a" * 150_000, "_ " * 150_000])
def test_long_text_is_folded_and_searched(text: str) -> None:
    assert len(fold(text)) >= len(text) // 2
    assert snippet(text, parse_query("PD-1 药a 肺癌"))
