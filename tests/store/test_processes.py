"""Several real processes on one database: nothing lost, nothing doubled, nothing half."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from newsbot.query import Query
from newsbot.store import Database
from newsbot.store.connection import Access
from tests.builders import LONG, accepted
from tests.store.processes import finish, first_line, worker
from tests.store.worker import FILES

PAGES = 300
ROUNDS = 5


def test_eight_processes_make_the_same_databases_at_once(tmp_path: Path) -> None:
    """Thirty files: the collision of several switches to WAL showed in about one file of ten."""
    with ExitStack() as stack:
        start = time.time() + 4
        for process in [stack.enter_context(worker("create", tmp_path, start)) for _ in range(8)]:
            finish(process)
    paths = list(tmp_path.glob("*.db"))
    assert len(paths) == FILES
    for path in paths:
        with Database(path, Access.WRITE) as database:
            assert database.check().problems == ()


def test_two_processes_recording_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with worker("record", path, PAGES) as one, worker("record", path, PAGES) as other:
        finish(one)
        finish(other)
    with Database(path, Access.WRITE) as database:
        stored = list(database.every(Query(copies=True)))
        assert sorted(a.url for a in stored) == sorted(f"https://news.test/{n}" for n in range(PAGES))
        assert {a.version for a in stored} == {1}
        assert len({a.story for a in stored}) == PAGES // 3
        assert len([a for a in stored if a.copy_of is None]) == PAGES // 3
        health = database.check()
        assert health.problems == ()
        assert (health.counts["fetches"], health.counts["versions"]) == (2 * PAGES, PAGES)


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    acknowledged: set[int] = set()
    for _ in range(ROUNDS):
        acknowledged |= _recorded_until_killed(path, len(acknowledged) + 1000)
        with Database(path, Access.WRITE) as database:
            assert database.check().problems == ()
            kept = {a.url for a in database.every(Query(copies=True))}
        assert {f"https://news.test/{number}" for number in acknowledged} <= kept
    assert len(acknowledged) > 20 * ROUNDS


def _recorded_until_killed(path: Path, first: int) -> set[int]:
    """The numbers that a worker acknowledged before it was killed in the middle of its work."""
    with worker("forever", path, first) as process:
        for _ in range(30):
            first_line(process)
        process.kill()
        rest, _ = process.communicate()
    whole = rest.split("\n")[:-1]
    return set(range(first, first + 30)) | {int(line) for line in whole}


def test_a_locked_database_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with worker("lock", path, 1) as process:
        assert first_line(process) == "locked"
        with Database(path, Access.WRITE) as database:
            database.record(accepted())
            assert database.article(1).body == LONG
        finish(process)


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Database(path, Access.WRITE) as database:
        database.record(accepted())
    with worker("lock", path, 600) as process:
        assert first_line(process) == "locked"
        with Database(path) as reader:
            assert reader.search("endpoint").total == 1


def test_a_database_that_stays_locked_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsbot.errors import StoreError

    path = tmp_path / "news.db"
    monkeypatch.setattr("newsbot.store.connection.BUSY_SECONDS", 0.2)
    with worker("lock", path, 600) as process:
        assert first_line(process) == "locked"
        with (
            Database(path, Access.WRITE) as database,
            pytest.raises(StoreError, match="kept the database locked"),
        ):
            database.record(accepted())
