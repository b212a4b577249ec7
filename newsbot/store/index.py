"""The full-text index: every version's title, body and authors, folded. Its text is not kept a second time.

`versions_fts` is an FTS5 table with `versions` as its content; what goes in is the folded text, so that what is taken
out must be folded the same way: `FOLDING` names it, and another one asks for the index to be made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from newsbot.folding import fold
from newsbot.store.rows import load

FOLDING = "2"
"""Raised when other text goes in. Kept with the database; with another one, 'newsbot db reindex' is due."""

BETWEEN_NAMES = " \ue000 "
"""A word of its own that nobody writes, so that no phrase reaches from one author's name into the next."""

INSERT = "insert into versions_fts (rowid, title, body, authors) values (?, ?, ?, ?)"
DELETE = "insert into versions_fts (versions_fts, rowid, title, body, authors) values ('delete', ?, ?, ?, ?)"


ROWS = "select id, title, body, authors from versions where id > ? order by id"


def last_version(connection: sqlite3.Connection) -> int:
    """The id of the newest version."""
    return int(connection.execute("select coalesce(max(id), 0) from versions").fetchone()[0])


def index_after(connection: sqlite3.Connection, version: int) -> None:
    """Make all versions after that one found by their words.

    The last thing in a transaction: FTS5 writes out what it has gathered whenever a later statement opens a savepoint.
    """
    for number, *texts in connection.execute(ROWS, (version,)).fetchall():
        index_version(connection, number, texts)


def index_version(connection: sqlite3.Connection, version: int, texts: Iterable[str | None]) -> None:
    """Make a version found by the words of its title, body and authors."""
    connection.execute(INSERT, (version, *_folded(*texts)))


def unindex_version(connection: sqlite3.Connection, version: int) -> None:
    """Take a version out of the index, before its row is written anew."""
    row = connection.execute("select title, body, authors from versions where id = ?", (version,)).fetchone()
    connection.execute(DELETE, (version, *_folded(*row)))


def _folded(title: str | None, body: str | None, authors: str | None) -> tuple[str, str, str]:
    names = BETWEEN_NAMES.join(fold(name) for name in load(authors))
    return fold(title or ""), fold(body or ""), names


def rebuild_index(connection: sqlite3.Connection) -> None:
    """Make the index anew from all versions. Inside a transaction only."""
    connection.execute("insert into versions_fts (versions_fts) values ('delete-all')")
    for number, *texts in connection.execute(ROWS, (0,)):
        index_version(connection, number, texts)
    connection.execute("insert or replace into state (name, value) values ('folding', ?)", (FOLDING,))


def is_other_folding(connection: sqlite3.Connection) -> bool:
    """Whether the index was made of text that was folded otherwise."""
    row = connection.execute("select value from state where name = 'folding'").fetchone()
    return row is None or row[0] != FOLDING
