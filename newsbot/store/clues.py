"""Where to look for an article's like: numbers that stand for pieces of its text, for all of it, and for its address.

Each number (a clue) is a row with the article that has it. Clues lie anywhere in their table, so that writing one costs
a page of it; many at once share pages. New ones are gathered in a small table, moved together into a larger one, and
from there into the largest: `clues_new`, `clues_recent`, `clues`. A search looks into all three.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache

from xxhash import xxh3_64_intdigest

from newsbot.dedupe import Fingerprints

TABLES = ("clues_new", "clues_recent", "clues")
PER_ARTICLE = 18
"""Clues of an article, about: sixteen of its sketch, its whole text, its address."""

NEW_ARTICLES = 4_096
"""So many articles are gathered before their clues move for the first time."""

RECENT_ARTICLES, RECENT_SHARE = 16_384, 16
"""And so many, or a sixteenth of all, before they move for the second."""


def of_text(fingerprint: bytes) -> int:
    """The clue of a whole text: between -2**46 and -1."""
    return -1 - (int.from_bytes(fingerprint[:8], "big") >> 18)


def of_address(key: str) -> int:
    """The clue of an address in its plainest form: under -2**46."""
    return -1 - 2**46 - (xxh3_64_intdigest(key.encode()) >> 18)


def of_prints(prints: Fingerprints) -> tuple[int, ...]:
    """The clues of what an article says."""
    return (*prints.sketch, of_text(prints.copy))


BUCKET = (
    "select value, article_id from (select value, article_id from {table} where value = ?{number}"
    " order by article_id desc limit {most})"
)


@cache
def _find(count: int, most: int) -> str:
    buckets = [
        BUCKET.format(table=table, number=number, most=most)
        for number in range(1, count + 1)
        for table in TABLES
    ]
    return " union all ".join(buckets)


def find(connection: sqlite3.Connection, values: Sequence[int], most: int) -> list[tuple[int, int]]:
    """The articles that have these clues, as (clue, article): of each table the newest, `most` for a clue at most."""
    if not values:
        return []
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there are many
    return cursor.execute(_find(len(values), most), values).fetchall()


def keep(connection: sqlite3.Connection, article: int, values: Iterable[int]) -> None:
    """Let the article be found by these clues. Inside a transaction only."""
    connection.executemany(
        "insert or ignore into clues_new (value, article_id) values (?, ?)",
        [(value, article) for value in values],
    )
    if article % NEW_ARTICLES == 0:
        settle(connection, article)


def forget(connection: sqlite3.Connection, article: int, values: Iterable[int]) -> None:
    """Let the article be found by these clues no more. Inside a transaction only."""
    pairs = [(value, article) for value in values]
    for table in TABLES:
        connection.executemany(f"delete from {table} where value = ? and article_id = ?", pairs)


def forget_texts(connection: sqlite3.Connection) -> None:
    """Forget the clues of all texts, and keep those of addresses. Inside a transaction only."""
    for table in TABLES:
        connection.execute(f"delete from {table} where value >= ?", (-(2**46),))


def settle(connection: sqlite3.Connection, articles: int) -> None:
    """Move what was gathered into the larger tables, where it is much beside so many articles."""
    _move(connection, "clues_new", "clues_recent", NEW_ARTICLES // 2)
    _move(connection, "clues_recent", "clues", max(RECENT_ARTICLES, articles // RECENT_SHARE))


def _move(connection: sqlite3.Connection, table: str, into: str, articles: int) -> None:
    (gathered,) = connection.execute(f"select count(*) from {table}").fetchone()
    if gathered >= PER_ARTICLE * articles:
        connection.execute(
            f"insert or ignore into {into} (value, article_id) select value, article_id from {table}"
            " order by value, article_id"
        )
        connection.execute(f"delete from {table}")
