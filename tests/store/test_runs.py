"""Runs: one at a time for each source, and a dead one's hold is taken over."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsbot.errors import SourceBusyError
from newsbot.store import Database, Ending, SourceRow
from newsbot.store.connection import Access
from newsbot.store.runs import FOREIGN_HOLD, process_start
from tests.builders import later
from tests.store.processes import first_line, worker

ACME = SourceRow(name="acme", title="Acme", kind="company", language="en", country="DE")


def test_a_run_from_start_to_end(db: Database) -> None:
    number = db.start_run("crawl", "feed", ACME, later(0))
    (running,) = db.runs()
    assert (running.finished, running.outcome, running.counts) == (None, None, {})
    db.finish_run(number, Ending(outcome="ok", counts={"new": 3}), later(1))
    (run,) = db.runs()
    assert (run.started, run.finished, run.outcome) == (later(0), later(1), "ok")
    assert (run.command, run.spider, run.source, run.counts) == ("crawl", "feed", "acme", {"new": 3})
    assert db.source_counts() == {"acme": (0, "2026-11-20T12:00:00Z")}


def test_the_newest_runs_come_first(db: Database) -> None:
    for hour, name in enumerate(("a", "b", "a")):
        run = db.start_run("crawl", "feed", SourceRow(name=name), later(hour))
        db.finish_run(run, Ending(outcome="ok", counts={}), later(hour))
    assert [run.id for run in db.runs(limit=2)] == [3, 2]
    assert [run.id for run in db.runs(source="a")] == [3, 1]


def test_a_source_that_is_crawled_is_not_crawled_twice(db: Database) -> None:
    first = db.start_run("crawl", "feed", ACME, datetime.now(UTC))
    with pytest.raises(SourceBusyError) as caught:
        db.start_run("crawl", "feed", ACME, datetime.now(UTC))
    assert (caught.value.run, caught.value.source) == (first, "acme")
    db.start_run("crawl", "feed", SourceRow(name="other"), later(1))
    db.finish_run(first, Ending(outcome="ok", counts={}), later(2))
    db.start_run("crawl", "feed", ACME, later(3))


def test_a_run_from_before_this_process_began_is_dead_though_the_number_lives(db: Database) -> None:
    db.start_run("crawl", "feed", ACME, datetime(2020, 1, 1, tzinfo=UTC))
    db.start_run("crawl", "feed", ACME, datetime.now(UTC))
    assert [run.outcome for run in db.runs(source="acme")] == [None, "crashed"]


def test_a_process_that_ended_unnoticed_is_dead() -> None:
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as ended:
        assert ended.stdout
        ended.stdout.read()
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)  # leaves it a zombie
        assert process_start(ended.pid) is None


def test_an_import_says_nothing_of_a_crawl_that_was_stopped(db: Database) -> None:
    crawl = db.start_run("crawl", "feed", ACME, datetime.now(UTC))
    db.finish_run(crawl, Ending(outcome="stopped", counts={}), datetime.now(UTC))
    taken_in = db.start_run("import", None, ACME, datetime.now(UTC))
    db.finish_run(taken_in, Ending(outcome="ok", counts={}), datetime.now(UTC))
    assert not db.completed("acme")


def test_runs_without_a_source_hold_nothing(db: Database) -> None:
    assert db.start_run("import", None, None, later(0)) != db.start_run("import", None, None, later(0))


def test_another_process_holds_a_source_until_it_is_dead(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with worker("hold", path, "acme") as process:
        held = int(first_line(process))
        with Database(path, Access.WRITE) as database:
            with pytest.raises(SourceBusyError, match=f"run {held} .process {process.pid}."):
                database.start_run("crawl", "feed", ACME, later(0))
            process.kill()
            process.wait()
            taken = database.start_run("crawl", "feed", ACME, later(0))
            after, before = database.runs()
    assert (after.id, after.outcome) == (taken, None)
    assert (before.id, before.outcome, before.detail) == (held, "crashed", "its process is gone")


@pytest.mark.parametrize(
    ("age", "held"), [(timedelta(0), True), (FOREIGN_HOLD, False), (-timedelta(days=1), True)]
)
def test_a_run_on_another_machine_is_believed_for_a_while(db: Database, age: timedelta, held: bool) -> None:
    db.start_run("crawl", "feed", ACME, later(0))
    db.connection.execute("update runs set machine = 'elsewhere', pid = 1")
    if held:
        with pytest.raises(SourceBusyError):
            db.start_run("crawl", "feed", ACME, later(0) + age)
    else:
        db.start_run("crawl", "feed", ACME, later(0) + age)


def test_a_source_is_remembered_as_it_was_last_described(db: Database) -> None:
    for hour, row in enumerate((ACME, SourceRow(name="acme", title="Acme Bio"))):
        db.finish_run(
            db.start_run("crawl", "feed", row, later(hour)), Ending(outcome="ok", counts={}), later(hour)
        )
    row = db.connection.execute("select title, kind, first_used from sources").fetchone()
    assert tuple(row) == ("Acme Bio", None, "2026-11-20T12:00:00Z")


@pytest.mark.parametrize(
    ("outcomes", "complete"),
    [([], False), (["ok"], True), (["ok", "stopped"], False), (["failed", "ok"], True), (["ok", None], True)],
)
def test_whether_the_last_run_got_through(db: Database, outcomes: list[str | None], complete: bool) -> None:
    for hour, outcome in enumerate(outcomes):
        run = db.start_run("crawl", "feed", ACME, later(hour))
        if outcome is not None:
            db.finish_run(run, Ending(outcome=outcome, counts={}), later(hour))
    assert db.completed("acme") is complete
