"""Opening one SQLite file safely: pragmas, migrations, and transactions that never lose a write."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from sqlite_utils import Database

from newsbot.errors import StoreError
from newsbot.store.migrations import migrations

BUSY_SECONDS = 60
AGAIN_SECONDS = 0.02
CACHE_KIB = 64 * 1024
PAGE_BYTES = 8192
"""Two or three articles fit on a page; with 4096 a quarter of the table is empty."""

CHECKPOINT_PAGES = 4000
"""32 MiB of changes before they are moved into the file: pages that change again and again are moved once."""


LOG_BYTES = 64 * 1024 * 1024
"""What the log may keep on disk when all of it is in the file."""


class Access(Enum):
    """How a database is opened."""

    READ = "read"
    WRITE = "write"


def connect(path: Path, access: Access) -> sqlite3.Connection:
    """An open connection with the schema up to date.

    With WRITE, a missing file is created and pending migrations are applied. With READ the
    file must exist, and nothing in it can be changed through the connection.
    Raises StoreError with the path and one sentence.
    """
    try:
        connection = _open(path, access)
    except (sqlite3.Error, OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise StoreError(path, explain(error)) from error
    try:
        _prepare_in_turn(connection, path, access)
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(path, explain(error)) from error
    except StoreError:
        connection.close()
        raise
    return connection


def explain(error: Exception) -> str:
    """What a storage fault means, in words for a person."""
    text = str(error)
    for sign, meaning in FAULTS:
        if sign in text:
            return meaning
    return text


FAULTS = (
    ("file is not a database", "this file is not an SQLite database"),
    ("malformed", "the database is damaged; run 'newsbot db check', and restore a backup if it agrees"),
    ("database is locked", f"another process kept the database locked for {BUSY_SECONDS} seconds; try again"),
    (
        "unable to open database file",
        "the database cannot be opened (is the folder there, and yours to write?)",
    ),
    ("readonly database", "the database cannot be written (no permission)"),
    ("disk is full", "the disk is full; nothing of the last article was kept half-way"),
)


def _open(path: Path, access: Access) -> sqlite3.Connection:
    if access is Access.READ:
        if not path.is_file():
            raise StoreError(
                path, "there is no database here yet; 'newsbot crawl' or 'newsbot import' makes one"
            )
        uri = f"{path.resolve().as_uri()}?mode=ro"
        return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    if path.is_dir():
        raise StoreError(path, "this is a folder, not a database file")
    if path.exists() and not os.access(path, os.W_OK):  # SQLite would open it and fail at the first page
        raise StoreError(path, "the database cannot be written (no permission)")
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)


def _prepare_in_turn(connection: sqlite3.Connection, path: Path, access: Access) -> None:
    """Prepare the connection, again while others are just making the file.

    SQLite calls no busy handler where waiting could end in a deadlock: several connections that switch
    one new file to WAL at once are told SQLITE_BUSY without having waited.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return _prepare(connection, path, access)
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
        time.sleep(AGAIN_SECONDS)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    """Whether another connection was in the way; extended codes have the primary one in their low byte."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _prepare(connection: sqlite3.Connection, path: Path, access: Access) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    connection.execute(f"pragma cache_size = -{CACHE_KIB}")
    check_schema(connection, path)
    if access is Access.READ:
        connection.execute("pragma query_only = on")
        if path.stat().st_size == 0:
            raise StoreError(
                path, "this file is empty; 'newsbot crawl' or 'newsbot import' makes a database of it"
            )
        if migrations.pending(Database(connection)):
            raise StoreError(path, "made by an older newsbot; 'newsbot db check' brings it up to date")
        return
    connection.execute(f"pragma page_size = {PAGE_BYTES}")  # of a new file only
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.execute(f"pragma wal_autocheckpoint = {CHECKPOINT_PAGES}")
    connection.execute(f"pragma journal_size_limit = {LOG_BYTES}")
    migrate(connection)


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError for a database that is not newsbot's, or is of a newer newsbot."""
    names = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    if not names:
        return
    applied = migrations.applied(Database(connection))
    if not applied:
        raise StoreError(path, "this SQLite file was not made by newsbot (it has other tables)")
    known = {migration.name for migration in migrations._migrations}
    newer = [migration.name for migration in applied if migration.name not in known]
    if newer:
        raise StoreError(path, f"made by a newer newsbot (it has {newer[0]!r}); install the newest version")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending; two processes may do so at once."""
    if migrations.pending(Database(connection)):
        with transaction(connection):
            migrations.apply(Database(connection))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One BEGIN IMMEDIATE ... COMMIT: what is read inside cannot be changed by others before it is written."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
    connection.execute("commit")
