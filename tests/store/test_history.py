"""What the schedule reads of the past."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from newsbot.store import Database, Ending, SourceRow
from newsbot.store.history import RUNS
from tests.builders import about, accepted, later, page, published

ACME = SourceRow(name="acme")


def crawled(db: Database, hour: float, outcome: str, *numbers: int, day: date | None = None) -> None:
    """A run that finds articles of these numbers."""
    run = db.start_run("crawl", "feed", ACME, later(hour))
    for number in numbers:
        where = page(f"https://news.test/{number}", source="acme", fetched=later(hour + number / 100))
        stated = published(day) if day else None
        db.record(accepted(where, about(number), f"Number {number}", published=stated), run)
    counts = {"requests": 3 + len(numbers)}
    db.finish_run(run, Ending(outcome=outcome, counts=counts, wait_until=later(99)), later(hour + 0.5))


def test_runs_come_with_what_counts_and_articles_with_how_they_came(db: Database) -> None:
    crawled(db, 0, "limited", 1, 2)
    crawled(db, 5, "ok", 3)
    crawled(db, 10, "nothing published", 4, day=date(2026, 11, 19))
    history = db.histories(["acme", "other"], later(20))["acme"]
    assert [run.outcome for run in history.runs] == ["limited", "ok", "nothing published"]
    assert [run.requests for run in history.runs] == [5, 4, 4]
    assert (history.runs[0].started, history.runs[0].finished) == (later(0), later(0.5))
    assert history.runs[0].wait_until == later(99)
    found = {(each.published, each.found, each.routine) for each in history.arrivals}
    assert found == {
        (None, later(0), False),
        (None, later(5), False),
        (date(2026, 11, 19), later(10), True),
    }


def test_an_import_is_no_routine(db: Database) -> None:
    crawled(db, 0, "ok")
    run = db.start_run("import", None, ACME, later(1))
    db.record(accepted(page(source="acme", fetched=later(-40))), run)
    db.finish_run(run, Ending(outcome="ok", counts={}), later(1))
    history = db.histories(["acme"], later(2))["acme"]
    assert len(history.runs) == 1
    assert [each.routine for each in history.arrivals] == [False]


def test_a_run_of_a_living_process_goes_on_and_of_a_dead_one_has_crashed(db: Database) -> None:
    db.start_run("crawl", "feed", ACME, datetime.now(UTC))
    db.start_run("crawl", "feed", SourceRow(name="old"), datetime(2020, 1, 1, tzinfo=UTC))
    found = db.histories(["acme", "old"], datetime.now(UTC))
    assert {name: [run.outcome for run in history.runs] for name, history in found.items()} == {
        "acme": [None],
        "old": ["crashed"],
    }


def test_of_a_long_past_the_last_runs_are_read(db: Database) -> None:
    for hour in range(RUNS + 5):
        crawled(db, hour, "ok")
    runs = db.histories(["acme"], later(0))["acme"].runs
    assert len(runs) == RUNS
    assert runs[-1].started == later(RUNS + 4)
    assert runs[0].started == runs[-1].started - timedelta(hours=RUNS - 1)


def test_nothing_is_known_of_what_was_never_crawled(db: Database) -> None:
    assert db.histories(["acme"], later(0)) == {}
