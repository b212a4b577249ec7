"""Check, backup, vacuum, and read-only SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsbot.errors import InputError, StoreError
from newsbot.model import ArchivePlace
from newsbot.query import Query
from newsbot.store import Database
from newsbot.store.connection import Access
from tests.builders import about, accepted, page
from tests.store.processes import first_line, worker


@pytest.fixture
def loose(tmp_path: Path) -> Iterator[Database]:
    """A database with two articles that a test may damage."""
    with Database(tmp_path / "loose.db", Access.WRITE) as database:
        database.record(accepted())
        database.record(accepted("https://other.test/", about(2)))
        yield database


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (
            "update versions set title = 'else', body = 'something else altogether' where id = 1",
            "does not agree",
        ),
        (
            "insert into versions_fts (versions_fts) values ('delete-all')",
            "2 versions that search does not know",
        ),
        ("delete from state", "run 'newsbot dedupe --rebuild'"),
        ("update articles set story_id = 1", "exactly one article that had it first"),
        ("update articles set version_id = null where id = 1", "1 articles without a version"),
        ("update articles set version_id = 2 where id = 1", "point at another article's version"),
        ("insert into stories (created) values ('now')", "1 stories without articles"),
        ("update articles set copy_of = 3 - id", "2 copies of copies"),
        ("update articles set copy_of = id where id = 1", "copies of copies"),
        ("pragma foreign_keys = off; update articles set story_id = 77", "points nowhere"),
        ("update fetches set warc_file = 'lost.warc.gz'", "the WARC file lost.warc.gz is gone"),
    ],
)
def test_check_finds(loose: Database, damage: str, problem: str) -> None:
    assert loose.check().problems == ()
    loose.connection.executescript(damage)
    assert any(problem in found for found in loose.check().problems)


def test_check_counts(loose: Database) -> None:
    counts = loose.check().counts
    assert (counts["articles"], counts["versions"], counts["stories"], counts["sites"]) == (2, 2, 2, 2)


def test_check_is_content_with_what_is_there(loose: Database) -> None:
    loose.archive.mkdir()
    (loose.archive / "kept.warc.gz").touch()
    loose.record(
        accepted(page("https://a.test/", place=ArchivePlace(file="kept.warc.gz", offset=0)), "x", "y")
    )
    assert loose.check().problems == ()


def test_check_without_the_right_to_write_is_a_clear_error_not_a_false_alarm(loose: Database) -> None:
    with Database(loose.path) as reader, pytest.raises(StoreError, match="cannot be written"):
        reader.check()


def test_a_backup_while_another_process_writes(tmp_path: Path) -> None:
    path, target = tmp_path / "news.db", tmp_path / "copy.db"
    with worker("forever", path, 0) as process:
        for _ in range(50):
            acknowledged = int(first_line(process))
        with Database(path) as database:
            database.backup(target)
    with Database(target, Access.WRITE) as copy:
        assert copy.check().problems == ()
        kept = {a.url for a in copy.every(Query(copies=True))}
    assert {f"https://news.test/{number}" for number in range(acknowledged + 1)} <= kept
    assert not list(tmp_path.glob("*.part*"))


def test_a_backup_is_equal(loose: Database, tmp_path: Path) -> None:
    loose.backup(tmp_path / "copy.db")
    with Database(tmp_path / "copy.db") as copy:
        assert list(copy.connection.iterdump()) == list(loose.connection.iterdump())
        assert copy.search("endpoint").total == 2


def test_a_backup_overwrites_nothing(loose: Database, tmp_path: Path) -> None:
    target = tmp_path / "mine.txt"
    target.write_text("mine")
    with pytest.raises(StoreError, match="already exists"):
        loose.backup(target)
    assert target.read_text() == "mine"
    with pytest.raises(StoreError, match="could not be written"):
        loose.backup(tmp_path / "no" / "folder" / "copy.db")


def test_vacuum_keeps_everything(loose: Database) -> None:
    before = list(loose.every())
    loose.vacuum()
    assert list(loose.every()) == before
    assert loose.check().problems == ()


def test_a_query(loose: Database) -> None:
    table = loose.query("select id, url from articles_latest order by id", limit=1)
    assert table.columns == ("id", "url")
    assert table.rows == ((1, "https://news.test/a/1.html"),)
    assert loose.query("select count(*) from versions_fts where versions_fts match '\"cell\"'").rows == (
        (2,),
    )
    assert loose.query("with t as (select 1 as a) select * from t").rows == ((1,),)
    assert len(loose.query("select name from pragma_table_info('articles')").rows) == 11
    assert len(loose.query("pragma table_info(articles)").rows) == 11
    assert loose.query("explain query plan select * from articles").columns


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"


def test_a_query_of_a_reader_that_never_searched(loose: Database) -> None:
    with Database(loose.path) as reader:
        sql = "select count(*) from versions_fts where versions_fts match 'endpoint'"
        assert reader.query(sql).rows == ((2,),)
        assert reader.query("select snippet(versions_fts, 1, '', '', '', 3) from versions_fts('cell')").rows


def test_an_endless_query_is_stopped(loose: Database) -> None:
    with pytest.raises(InputError, match=r"more than 0\.2 seconds"):
        loose.query(ENDLESS, seconds=0.2)
    assert loose.query("select 1").rows == ((1,),)


@pytest.mark.parametrize("access", list(Access))
@pytest.mark.parametrize(
    "sql",
    [
        "",
        "-- nothing is asked",
        "select",
        "select 1; select 2",
        "select \0",
        "select '\ud800'",
        "select cast(x'ff' as text)",
        "delete from articles",
        "insert into stories (created) values ('x') returning id",
        "drop table articles",
        "create table mine (a)",
        "create temp table mine (a)",
        "attach 'FOLDER/other.db' as other",
        "vacuum",
        "vacuum into 'FOLDER/other.db'",
        "begin immediate",
        "savepoint here",
        "pragma journal_mode = delete",
        "pragma query_only = off",
        "pragma writable_schema = on",
        "pragma user_version = 7",
        "pragma foreign_keys = off",
        "insert into versions_fts (versions_fts) values ('delete-all')",
        "select load_extension('x')",
        "select writefile('FOLDER/other.db', 'x')",
    ],
)
def test_what_is_no_reading_query_is_refused(loose: Database, access: Access, sql: str) -> None:
    with Database(loose.path, access) as database:
        with pytest.raises(InputError) as caught:
            database.query(sql.replace("FOLDER", str(loose.path.parent)))
        assert "\n" not in str(caught.value)
        assert not database.connection.in_transaction
    assert not (loose.path.parent / "other.db").exists()
    assert loose.check().problems == ()
    assert loose.query("pragma journal_mode").rows == (("wal",),)
    assert len(list(loose.every())) == 2


def test_writing_goes_on_after_a_query(loose: Database) -> None:
    loose.query("select 1")
    with pytest.raises(InputError):
        loose.query("delete from articles")
    loose.record(accepted("https://third.test/", about(3)))
    assert len(list(loose.every())) == 3


def test_an_export_of_a_broken_database_is_a_store_error(loose: Database) -> None:
    with Database(loose.path) as reader:
        loose.connection.execute("alter table sites rename to places")
        with pytest.raises(StoreError):
            list(reader.every())


def test_sqlite_is_new_enough() -> None:
    assert sqlite3.sqlite_version_info >= (3, 37)  # STRICT tables
