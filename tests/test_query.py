"""What people type, and what the full-text index makes of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsbot.folding import fold, words
from newsbot.query import (
    MAX_QUERY,
    MAX_TERMS,
    Query,
    Term,
    hit_pattern,
    match_expression,
    parse_query,
    snippet,
)
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
    connection.execute(f"create virtual table t using fts5(title, body, authors, tokenize = '{TOKENIZER}')")
    yield connection
    connection.close()


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def asked(text: str) -> Query:
    """The query, as it is understood at NOW."""
    return parse_query(text, NOW)


def found(connection: sqlite3.Connection, text: str, query: str) -> bool:
    """Whether a text is found by a query, in the real index."""
    connection.execute("delete from t")
    connection.execute("insert into t values ('a headline', ?, 'Jane Doe')", (fold(text),))
    expression = match_expression(asked(query))
    return bool(connection.execute("select 1 from t where t match ?", (expression,)).fetchone())


@given(HOSTILE)
@example('"')
@example("-")
@example('-"a')
@example("a" * (MAX_QUERY + 1))
@example("title:")
@example("since:99999d until:x -story:1 copies:some")
@example("a OR OR b AND NOT | c")
def test_any_text_is_understood(index: sqlite3.Connection, text: str) -> None:
    query = asked(text)
    expression = match_expression(query)
    if expression is not None:
        index.execute("select 1 from t where t match ?", (expression,)).fetchall()
    for note in query.notes:
        assert note


@pytest.mark.parametrize(
    "query", ["a " * 500, "-a " * 300 + "b", '"' + "药" * 1900 + '"', "-药 " * 330 + "b", "ab OR " * 300]
)
def test_long_queries_are_answered_and_the_rest_is_named(index: sqlite3.Connection, query: str) -> None:
    understood = asked(query)
    index.execute("select 1 from t where t match ?", (match_expression(understood) or "a",)).fetchall()
    assert len(understood.terms) + len(understood.unwanted) <= MAX_TERMS
    assert understood.notes or len(understood.terms) == 1


def term(*words: str, **fields: object) -> Term:
    return Term(words=words, **fields)  # type: ignore[arg-type]  # the fields of Term, by name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", Query(wanted=((term("a"),), (term("b"),)))),
        ('"a b"', Query(wanted=((term("a", "b"),),))),
        ("“a b”", Query(wanted=((term("a", "b"),),))),
        ("a -b", Query(wanted=((term("a"),),), unwanted=(term("b"),))),
        ("a NOT b", Query(wanted=((term("a"),),), unwanted=(term("b"),))),
        ("a －b", Query(wanted=((term("a"),),), unwanted=(term("b"),))),
        ("a OR b c", Query(wanted=((term("a"), term("b")), (term("c"),)))),
        ("a AND b", Query(wanted=((term("a"),), (term("b"),)))),
        ("immuno*", Query(wanted=((term("immuno", prefix=True),),))),
        ("recall OR title:pulled", Query(wanted=((term("recall"), term("pulled", column="title")),))),
        ("source:a OR source:b", Query(sources=("a", "b"))),
        ("source:a source:b", Query(sources=("a", "b"))),
        (
            "stem OR source:a OR -b",
            Query(
                either=(
                    (
                        Query(wanted=((term("stem"),),)),
                        Query(sources=("a",)),
                        Query(unwanted=(term("b"),)),
                    ),
                )
            ),
        ),
        ("source:www.example.com", Query(sources=("www.example.com",))),
        ("site:https://www.example.com/news/", Query(sites=("example.com",))),
        ("title:a", Query(wanted=((term("a", column="title"),),))),
        ('author:"Jane Doe"', Query(wanted=((term("jane", "doe", column="authors"),),))),
        ("source:EMA-news -source:x", Query(sources=("ema-news",), not_sources=("x",))),
        ("site:www.example.com", Query(sites=("example.com",))),
        ("lang:ZH", Query(languages=("zh",))),
        ("story:17 copies:all", Query(story=17, copies=True)),
        ("since:2026-09-01", Query(since=datetime(2026, 9, 1, tzinfo=UTC))),
        ("until:1d", Query(until=NOW - timedelta(days=1))),
        ("source：wire", Query(sources=("wire",))),
        ("臨床試驗", Query(wanted=((term("临", "床", "试", "验"),),))),
    ],
)
def test_what_a_query_means(text: str, expected: Query) -> None:
    assert asked(text) == expected


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("since:banana a", "since:banana was looked for as words"),
        ("foo:bar", "foo:bar was looked for as words"),
        ("source: a", "source: was looked for as words"),
        ("lang:chinese", "lang:chinese was looked for as words"),
        ("im*", "im*: * stands after three letters or more"),
        ("*cell", "*cell: * stands after three letters or more"),
        ("a OR", "OR joins nothing here"),
        ("OR", "OR joins nothing here"),
        ("a AND OR b", "OR joins nothing here"),
        ("since:2026-11-20 until:2026-11-01", "nothing lies between since: and until:"),
        ('"a b', 'a " is not closed: all after it belongs together'),
        ("story:x", "story:x was looked for as words"),
        ("%%% a", "%%% has no letters or digits"),
        ("copies:some a", "copies:some was looked for as words"),
        ("a " * 2000, "only the first 2,000 characters were read"),
    ],
)
def test_what_was_not_understood_is_said(text: str, note: str) -> None:
    assert note in asked(text).notes


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
        ("臨床試驗達到終點", "临床试验"),
        ("临床试验达到终点", "臨床試驗"),
        ("the stem cell trial", "recall OR trial"),
        ("an immunotherapy", "immuno*"),
        ("any", "title:headline author:doe"),
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
        ("any", "headline title:jane"),
        ("any", "doe"),
        ("the stem cell trial", "trial OR recall missing"),
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
    assert piece in snippet(text, asked(query).terms)


@pytest.mark.parametrize("width", range(20, 90, 7))
def test_a_snippet_is_of_whole_words(width: int) -> None:
    text = (
        "Many diseases of the liver were treated in 1,200 adults with remestemcel over twenty-four weeks. "
        * 4
    )
    shown = snippet(text, asked("remestemcel").terms, width).removeprefix("… ").removesuffix(" …")
    assert "remestemcel" in shown
    assert set(shown.split()) <= set(text.split())


@given(HOSTILE, st.integers(1, 300))
def test_a_snippet_is_one_bounded_line(text: str, width: int) -> None:
    piece = snippet(text * 20, asked("药 PD-1 -a").terms, width)
    assert len(piece) <= width + 4
    assert piece.splitlines() in ([piece], [])


@given(st.text(alphabet="ab1 药癌-.", min_size=1))
def test_the_hit_pattern_finds_a_text_in_itself(text: str) -> None:
    if not words(text):
        return
    (only,) = asked(f'"{text}"').terms
    flat = "-".join(words(text))
    assert hit_pattern(only).search(f"x {flat} x")


@pytest.mark.parametrize("text", ["a" * 300_000, "药" * 100_000, "-a" * 150_000, "_ " * 150_000])
def test_long_text_is_folded_and_searched(text: str) -> None:
    assert len(fold(text)) >= len(text) // 2
    assert snippet(text, asked("PD-1 药a 肺癌").terms)
