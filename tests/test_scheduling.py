"""When a source is due: at its own pace, later where it fails, asks for rest, sleeps, or has had its share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.catalogue import Source, make_source
from newsbot.children import shares
from newsbot.pulse import Arrival, Pulse, RunNote
from newsbot.scheduling import LONGEST_BACKOFF, SPREAD, Plan, plan

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def source(**values: Any) -> Source:
    facts = {
        "title": "A",
        "kind": "company",
        "language": "en",
        "country": "CN",
        "lists": "https://a.example/news/",
    }
    return make_source("a", facts | values, ("site",))


def runs(*outcomes: str | None, every: timedelta = 6 * HOUR, **facts: Any) -> tuple[RunNote, ...]:
    """Runs, the newest first, the last of them begun just now."""
    return tuple(
        RunNote(started=NOW - place * every, outcome=each, **facts) for place, each in enumerate(outcomes)
    )


def articles(gap: timedelta, count: int = 40) -> tuple[Arrival, ...]:
    """One article in each gap, the newest of them a gap ago."""
    times = [NOW - (place + 1) * gap for place in range(count)]
    return tuple(Arrival(published=when, seen=when + HOUR) for when in times)


def wait(found: Plan) -> timedelta:
    return found.due - NOW


def test_what_was_never_crawled_is_due() -> None:
    assert plan(source(), Pulse(), NOW).is_due(NOW)


@pytest.mark.parametrize(
    ("gap", "least", "most"),
    [
        (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=17)),
        (4 * HOUR, 2 * HOUR, 2.2 * HOUR),
        (7 * DAY, DAY, 1.1 * DAY),
    ],
)
def test_the_pace_is_half_the_time_between_articles_within_bounds(
    gap: timedelta, least: timedelta, most: timedelta
) -> None:
    found = plan(source(), Pulse(runs=runs("ok"), arrivals=articles(gap)), NOW)
    assert least <= wait(found) <= most


def test_a_source_that_pauses_is_looked_at_less_often() -> None:
    busy = Pulse(runs=runs("ok"), arrivals=articles(HOUR))
    later = NOW + 30 * DAY
    assert plan(source(), busy, later).pace > 5 * plan(source(), busy, NOW).pace


def test_what_the_first_run_brought_without_dates_teaches_no_pace() -> None:
    at_once = tuple(Arrival(published=None, seen=NOW - DAY) for _ in range(40))
    assert plan(source(), Pulse(runs=runs("ok"), arrivals=at_once), NOW).pace == 6 * HOUR


def test_the_entry_of_a_source_has_the_last_word() -> None:
    found = plan(source(every="2h"), Pulse(runs=runs("ok"), arrivals=articles(7 * DAY)), NOW)
    assert found.pace == 2 * HOUR


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    waits = [
        wait(plan(source(every="2h"), Pulse(runs=runs(*["blocked"] * count, "ok")), NOW))
        for count in range(1, 9)
    ]
    assert waits[:3] == [4 * HOUR, 8 * HOUR, 16 * HOUR]
    assert set(waits[3:]) == {DAY}


def test_a_run_that_somebody_stopped_is_no_failure() -> None:
    pulse = Pulse(runs=runs("stopped", "ok", every=timedelta(0), finished=NOW))
    assert wait(plan(source(), pulse, NOW)) <= timedelta(minutes=15)
    assert pulse.failures == 0


@pytest.mark.parametrize("outcome", ["limited", "crashed"])
def test_what_was_left_undone_comes_soon(outcome: str) -> None:
    assert wait(plan(source(), Pulse(runs=runs(outcome, "ok")), NOW)) <= HOUR


def test_a_site_that_asks_to_be_left_alone_is() -> None:
    pulse = Pulse(runs=runs("blocked", wait_until=NOW + 3 * DAY))
    assert wait(plan(source(every="15min"), pulse, NOW)) == 3 * DAY


def test_a_running_source_is_not_due() -> None:
    found = plan(source(), Pulse(runs=runs(None, "ok", every=10 * DAY)), NOW)
    assert found.running
    assert not found.is_due(NOW)


@pytest.mark.parametrize(
    ("quiet", "now", "due"),
    [
        ("22:00-06:00", "2026-11-20T15:30:00+00:00", "2026-11-20T22:00:00+00:00"),
        ("22:00-06:00", "2026-11-20T20:00:00+00:00", "2026-11-20T22:00:00+00:00"),
        ("22:00-06:00", "2026-11-20T23:00:00+00:00", "2026-11-20T23:00:00+00:00"),
        ("09:00-18:00", "2026-11-20T02:00:00+00:00", "2026-11-20T10:00:00+00:00"),
    ],
)
def test_quiet_hours_are_those_of_the_source(quiet: str, now: str, due: str) -> None:
    moment = datetime.fromisoformat(now)
    found = plan(source(quiet=quiet), Pulse(), moment)
    assert max(found.due, moment) == datetime.fromisoformat(due)


def test_quiet_hours_end_by_the_clock_on_the_wall_when_it_is_put_forward() -> None:
    moment = datetime(
        2026, 3, 29, 0, 30, tzinfo=UTC
    )  # 01:30 in Berlin, half an hour before clocks go forward
    found = plan(source(country="DE", quiet="22:00-06:00"), Pulse(), moment)
    assert found.due == datetime(2026, 3, 29, 4, tzinfo=UTC)


def test_a_spent_budget_frees_itself_when_the_day_is_over() -> None:
    spent = runs("ok", "ok", "ok", "ok", every=2 * HOUR, counts={"requests": 40})
    found = plan(source(every="1h", daily_budget=100), Pulse(runs=spent), NOW)
    assert found.due == NOW - 4 * HOUR + DAY


OUTCOMES = st.sampled_from(["ok", "nothing published", "limited", "partial", "blocked", "robots", "unreachable",
                            "layout changed", "failed", "stopped", "crashed"])  # fmt: skip


@given(
    st.lists(OUTCOMES, max_size=12),
    st.integers(1, 60 * 24 * 30),
    st.sampled_from([None, "30min", "3h", "7d"]),
)
def test_no_source_is_ever_given_up(outcomes: list[str], gap: int, every: str | None) -> None:
    told = source(every=every) if every else source()
    pulse = Pulse(runs=runs(*outcomes), arrivals=articles(timedelta(minutes=gap)))
    found = plan(told, pulse, NOW)
    assert found.due <= NOW + max(LONGEST_BACKOFF, found.pace) * (1 + SPREAD)


@given(st.lists(st.integers(0, 20), unique=True, max_size=12), st.integers(1, 5))
def test_shares_hold_all_and_keep_hosts_together(numbers: list[int], count: int) -> None:
    names = [str(number) for number in numbers]
    parts = shares(names, lambda name: frozenset({f"host{int(name) % 4}"}), count)
    assert sorted(name for part in parts for name in part) == sorted(names)
    assert len(parts) <= count
    places = {(place, int(name) % 4) for place, part in enumerate(parts) for name in part}
    assert len(places) == len({host for _, host in places})
