"""Opening what is a newsbot database, and what is not."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
import sqlite_utils

import newsbot
from newsbot.errors import StoreError
from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.store.migrations import migrations
from tests.builders import accepted

BOTH = pytest.mark.parametrize("access", list(Access))


def refusal(path: Path, access: Access) -> str:
    """What is said on opening, which must be one sentence with the path in it."""
    with pytest.raises(StoreError) as caught:
        Database(path, access)
    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    return said


def made(path: Path) -> sqlite3.Connection:
    """A connection of our own to a new newsbot database."""
    Database(path, Access.WRITE).close()
    return sqlite3.connect(path, isolation_level=None)


def test_a_new_database_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "news.db"
    with Database(path, Access.WRITE) as database:
        database.record(accepted())
    with newsbot.open(path) as reader:
        assert reader.article(1).id == 1
        assert reader.archive == tmp_path / "a" / "b" / "news-warc"


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Database(path, Access.WRITE).close()
    before = path.read_bytes()
    Database(path, Access.WRITE).close()
    Database(path).close()
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    Database(path, Access.WRITE).close()
    Database(path).close()


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    database = Database(tmp_path / "news.db", Access.WRITE)
    database.close()
    database.close()


def test_a_missing_file_is_not_made_by_reading(tmp_path: Path) -> None:
    assert "no database here yet" in refusal(tmp_path / "news.db", Access.READ)
    assert not (tmp_path / "news.db").exists()


@BOTH
def test_a_folder(tmp_path: Path, access: Access) -> None:
    assert "folder" in refusal(tmp_path, access)


@BOTH
def test_a_text_file_stays_as_it_is(tmp_path: Path, access: Access) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes.\n" * 100)
    assert "not an SQLite database" in refusal(path, access)
    assert path.read_text() == "These are my notes.\n" * 100


@BOTH
def test_somebody_elses_database_stays_as_it_is(tmp_path: Path, access: Access) -> None:
    path = tmp_path / "bookmarks.db"
    with sqlite3.connect(path) as other:
        other.execute("create table articles (id integer)")
    other.close()
    before = path.read_bytes()
    assert "not made by newsbot" in refusal(path, access)
    assert path.read_bytes() == before


@BOTH
def test_a_database_with_migrations_of_somebody_else(tmp_path: Path, access: Access) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute(
            "create table _sqlite_migrations (id integer primary key, migration_set, name, applied_at)"
        )
        other.execute("insert into _sqlite_migrations values (1, 'other', '0001', 'now')")
        other.execute("create table articles (id integer)")
    other.close()
    assert "not made by newsbot" in refusal(path, access)


@BOTH
def test_a_newer_database(tmp_path: Path, access: Access) -> None:
    path = tmp_path / "news.db"
    connection = made(path)
    connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('newsbot', '9999_later', '')"
    )
    connection.close()
    assert "newer newsbot" in refusal(path, access)


@pytest.mark.parametrize("missing", [each.name for each in migrations._migrations[1:]])
def test_an_older_database_is_brought_up_to_date_by_writing_only(tmp_path: Path, missing: str) -> None:
    path = tmp_path / "news.db"
    migrations.apply(sqlite_utils.Database(path), stop_before=missing)
    assert "older newsbot" in refusal(path, Access.READ)
    with Database(path, Access.WRITE) as database:
        database.record(accepted())
    with Database(path) as reader:
        assert reader.search("endpoint").total == 1


@BOTH
def test_a_torn_database(tmp_path: Path, access: Access) -> None:
    path = tmp_path / "news.db"
    made(path).close()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(StoreError), Database(path, access) as database:
        database.latest()


@BOTH
def test_a_name_that_no_file_can_have(tmp_path: Path, access: Access) -> None:
    refusal(tmp_path / ("n" * 300 + ".db"), access)
    refusal(tmp_path / "a\0b.db", access)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refusal(tmp_path / "file" / "news.db", Access.WRITE)


def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    made(path).close()
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write everywhere")
    assert "cannot be written" in refusal(path, Access.WRITE)
    Database(path).close()


def test_rows_must_have_the_right_types(tmp_path: Path) -> None:
    connection = made(tmp_path / "news.db")
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER column"):
        connection.execute(
            "insert into runs (command, pid, machine, started) values ('crawl', 'one', '', '')"
        )
    tables = connection.execute("select name, strict from pragma_table_list where type = 'table'").fetchall()
    connection.close()
    loose = [name for name, strict in tables if not strict and not name.startswith(("sqlite_", "_"))]
    assert loose == []
