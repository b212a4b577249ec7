"""Looking after the file: check, backup, vacuum, and read-only SQL with a time limit."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsbot.errors import InputError, StoreError
from newsbot.folding import words
from newsbot.store import rebuilding
from newsbot.store.index import is_other_folding


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a check found: nothing in `problems` means that the database is sound."""

    counts: dict[str, int]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The answer to a query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


COUNTED = ("sources", "sites", "pages", "fetches", "articles", "versions", "stories", "runs")

INVARIANTS = (
    ("articles without a version", "select count(*) from articles where version_id is null"),
    (
        "versions that search does not know; 'newsbot db reindex' makes the index anew",
        "select count(*) from versions where id not in (select id from versions_fts_docsize)",
    ),
    (
        "articles that point at another article's version",
        "select count(*) from articles join versions on versions.id = version_id where article_id <> articles.id",
    ),
    (
        "stories without exactly one article that had it first",
        "select count(*) from (select story_id from articles group by story_id having sum(copy_of is null) <> 1)",
    ),
    (
        "articles in another story than the one they are copies of",
        "select count(*) from articles a join articles b on b.id = a.copy_of where a.story_id <> b.story_id",
    ),
    (
        "copies of copies",
        "select count(*) from articles a join articles b on b.id = a.copy_of where b.copy_of is not null",
    ),
    (
        "stories without articles",
        "select count(*) from stories where id not in (select story_id from articles)",
    ),
    (
        "sites that count other pages than those that taught what they repeat",
        "select count(*) from sites left join (select site_id, sum(learnt) as taught from pages group by site_id)"
        " on site_id = sites.id where sites.learnt <> coalesce(taught, 0)",
    ),
    (
        "pages that taught what their site repeats and are no article",
        "select count(*) from pages where learnt and twin_of is null and id not in (select page_id from articles)",
    ),
)


def check(connection: sqlite3.Connection, archive: Path) -> Health:
    """Look the whole database over: SQLite's own checks, the index against the text, rows against each other."""
    problems = [row[0] for row in connection.execute("pragma integrity_check") if row[0] != "ok"]
    if not problems:
        problems += [
            f"{row[0]}: row {row[1]} points nowhere" for row in connection.execute("pragma foreign_key_check")
        ]
        problems += _index_problems(connection)
        problems += [
            f"{count} {what}" for what, sql in INVARIANTS if (count := connection.execute(sql).fetchone()[0])
        ]
        problems += _missing_archives(connection, archive)
        if rebuilding.is_stale(connection):
            problems.append("older articles were never compared as today; run 'newsbot dedupe --rebuild'")
    counts = {} if problems else {name: _count(connection, name) for name in COUNTED}
    return Health(counts=counts, problems=tuple(problems))


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchone()[0])


def _index_problems(connection: sqlite3.Connection) -> list[str]:
    try:
        connection.execute("insert into versions_fts (versions_fts) values ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return ["the full-text index is damaged; 'newsbot db reindex' makes it anew"]
    if is_other_folding(connection):
        return ["the full-text index was made by another newsbot; 'newsbot db reindex' makes it anew"]
    return _foreign_index(connection)


SAMPLE = "select id, title, body from versions where id >= ? limit 1"


CLEAR = re.compile(r"[\n -~\u2010-\u201d\u3000-\u3020\u4e00-\u9fa5\uff01-\uff5d]*")
"""Text of which all agree where its words begin and end."""


def _foreign_index(connection: sqlite3.Connection, sampled: int = 200) -> list[str]:
    """A problem when versions are not found by their own words: other tools index Chinese without its word bounds."""
    last = connection.execute("select coalesce(max(id), 0) from versions").fetchone()[0]
    for number in range(1, last + 1, max(1, last // sampled)):
        row = connection.execute(SAMPLE, (number,)).fetchone()
        told = f"{row['title'] or ''} {row['body'][-200:]}"
        said = words(told)[-8:-2]
        asked = ('"' + " ".join(said) + '"', row["id"])
        sql = "select 1 from versions_fts where versions_fts match ? and rowid = ?"
        if said and CLEAR.fullmatch(told) and connection.execute(sql, asked).fetchone() is None:
            return ["the full-text index does not agree with the text; 'newsbot db reindex' makes it anew"]
    return []


def _missing_archives(connection: sqlite3.Connection, archive: Path) -> list[str]:
    names = connection.execute("select distinct warc_file from fetches where warc_file is not null")
    return [f"the WARC file {name} is gone" for (name,) in names if not (archive / name).is_file()]


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the database as it stands, also while others write. Raises StoreError if the target exists."""
    if target.exists():
        raise StoreError(target, "already exists; choose another name")
    part = target.with_name(f"{target.name}.part")
    try:
        with sqlite3.connect(part) as copy:
            connection.backup(copy)
        copy.close()
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise StoreError(target, f"the backup could not be written ({error})") from error


def vacuum(connection: sqlite3.Connection) -> None:
    """Give free space back and tidy the index."""
    connection.execute("insert into versions_fts (versions_fts) values ('optimize')")
    connection.execute("vacuum")
    connection.execute("pragma wal_checkpoint(truncate)")


DENIED = frozenset(
    (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT)
)
"""What `query_only` lets pass. VACUUM, also INTO a file, attaches."""

TELLING_PRAGMAS = frozenset(
    {
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo"),
        *("foreign_key_list", "foreign_key_check", "integrity_check", "quick_check", "database_list"),
        *("function_list", "compile_options", "data_version"),
    }
)
STATE_PRAGMAS = frozenset(
    ("journal_mode", "foreign_keys", "user_version", "page_count", "page_size", "freelist_count", "encoding")
)
"""Pragmas that tell something when they have no value and change it when they have one."""


def _authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """SQLite's question for each thing that a statement does."""
    pragma = (first or "").lower()
    tells = pragma in TELLING_PRAGMAS or (pragma in STATE_PRAGMAS and second is None)
    fine = tells if action == sqlite3.SQLITE_PRAGMA else action not in DENIED
    return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY


@contextmanager
def _only_reading(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Nothing is changed through the connection meanwhile, and each statement ends in time."""
    end = time.monotonic() + seconds
    writable = connection.execute("pragma query_only").fetchone()[0] == 0
    connection.execute("pragma query_only = on")
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    connection.set_authorizer(_authorise)
    try:
        yield
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
        if writable:
            connection.execute("pragma query_only = off")


def query(connection: sqlite3.Connection, sql: str, seconds: float, limit: int | None = None) -> Table:
    """The answer to one statement that reads, within a time limit.

    Raises InputError with SQLite's own words for a statement that is wrong, empty, does anything but
    read (a read-only connection alone still lets VACUUM INTO and ATTACH write), or takes too long.
    """
    try:
        with _only_reading(connection, seconds):
            cursor = connection.execute(sql)
            if cursor.description is None:
                raise InputError("Nothing is asked: the statement is empty, or gives no rows.")
            columns = tuple(column[0] for column in cursor.description)
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit)
            cursor.close()
    except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError) as error:
        if str(error) == "interrupted":
            raise InputError(f"The query took more than {seconds:g} seconds and was stopped.") from None
        if str(error) == "not authorized":
            raise InputError("Only statements that read are answered.") from None
        raise InputError(f"SQLite says: {str(error).rstrip('.')}.") from None
    return Table(columns=columns, rows=tuple(tuple(row) for row in rows))
