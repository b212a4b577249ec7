"""When a source is due: what teaches its pace, what keeps it away, and that no source is ever given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.catalogue import Source
from newsbot.outcome import RunOutcome
from newsbot.scheduling import (
    DAY,
    LEAST_PACE,
    MOST_PACE,
    UNKNOWN_PACE,
    Arrival,
    History,
    PastRun,
    after_quiet,
    pace_of,
    plan,
    plan_all,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OUTCOMES = [*map(str, RunOutcome), "crashed"]
ZONES = ("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")


def a_source(name: str = "demo", **values: Any) -> Source:
    facts: dict[str, Any] = {"title": "Demo", "kind": None, "language": None, "country": None, "zone": "UTC"}
    return Source(name=name, **{**facts, **values})


def run(ago: timedelta, outcome: str | None = "ok", lasted: timedelta = MINUTE, **values: Any) -> PastRun:
    started = NOW - ago
    return PastRun(started=started, finished=started + lasted if outcome else None, outcome=outcome, **values)


def timed(*hours: float, found: float | None = None) -> list[Arrival]:
    """Articles with a time, so many hours ago."""
    return [
        Arrival(
            published=NOW - HOUR * ago, found=NOW - HOUR * (ago if found is None else found), routine=True
        )
        for ago in hours
    ]


def due_in(source: Source, *runs: PastRun, arrivals: Sequence[Arrival] = ()) -> timedelta:
    return plan(source, History(runs=runs, arrivals=arrivals), NOW).due - NOW


# the pace


def test_a_source_without_a_past_is_due_and_comes_every_six_hours_at_first() -> None:
    assert due_in(a_source()) == timedelta()
    assert pace_of(a_source(), (), NOW)[0] == UNKNOWN_PACE == 6 * HOUR


def test_every_goes_before_what_is_learnt() -> None:
    assert pace_of(a_source(every="2d"), timed(1, 2, 3, 4), NOW)[0] == 2 * DAY
    assert pace_of(a_source(every="1min"), (), NOW)[0] == MINUTE


@pytest.mark.parametrize(
    ("hours", "pace"),
    [
        ((4, 8, 12, 16), 2 * HOUR),
        ((4, 4.1, 4.2, 8.2, 12.2), 2 * HOUR),
        ((0.4, 0.8, 1.2, 1.6), LEAST_PACE),
        ((100, 300, 500), MOST_PACE),
        ((1000, 1004, 1008), MOST_PACE),
        ((4, 8), UNKNOWN_PACE),
    ],
    ids=["half the gap", "batches are one", "not too quick", "once a day", "long silent", "too few"],
)
def test_the_pace_is_half_the_median_gap(hours: tuple[float, ...], pace: timedelta) -> None:
    assert pace_of(a_source(), timed(*hours), NOW)[0] == pace


def test_a_first_crawl_teaches_by_the_times_of_its_articles_alone() -> None:
    assert pace_of(a_source(), timed(10, 20, 30, found=1), NOW)[0] == 5 * HOUR
    undated = [Arrival(published=None, found=NOW - MINUTE * 20 * n, routine=False) for n in range(9)]
    assert pace_of(a_source(), undated, NOW)[0] == UNKNOWN_PACE


def test_dates_teach_days_and_routine_runs_the_time_of_day() -> None:
    days = [date(2026, 11, day) for day in (18, 19, 20, 21, 22)]
    backfilled = [Arrival(published=day, found=NOW - HOUR * n, routine=False) for n, day in enumerate(days)]
    assert pace_of(a_source(), backfilled, NOW)[0] == 12 * HOUR
    caught = [
        Arrival(published=date(2026, 11, 23), found=NOW - HOUR * n, routine=True) for n in (1, 1, 3, 5, 7)
    ]
    assert pace_of(a_source(), caught, NOW)[0] == HOUR


def test_dates_in_the_future_teach_nothing() -> None:
    ahead = [Arrival(published=NOW + HOUR * n, found=NOW - DAY, routine=False) for n in range(9)]
    assert pace_of(a_source(), ahead, NOW)[0] == UNKNOWN_PACE


# what comes between


def test_a_good_run_is_followed_by_the_pace() -> None:
    assert timedelta() <= due_in(a_source(every="4h"), run(HOUR)) - 3 * HOUR <= HOUR


@pytest.mark.parametrize("outcome", ["blocked", "unreachable", "robots", "layout changed", "failed"])
def test_failures_double_the_wait_up_to_a_day(outcome: str) -> None:
    waits = [
        due_in(a_source(every="1h"), *[run(MINUTE, outcome, lasted=MINUTE)] * count) for count in range(1, 9)
    ]
    for wait, hours in zip(waits, (2, 4, 8, 16, 24, 24, 24, 24), strict=True):
        assert HOUR * hours <= wait <= HOUR * hours + 10 * MINUTE
    assert due_in(a_source(every="3d"), run(MINUTE, outcome)) >= 2 * DAY


def test_one_good_run_ends_the_doubling() -> None:
    runs = [run(5 * HOUR, "blocked"), run(4 * HOUR, "blocked"), run(HOUR), run(MINUTE, "blocked")]
    assert 2 * HOUR <= due_in(a_source(every="1h"), *runs) < 2.2 * HOUR


def test_what_was_cut_short_comes_soon_and_less_soon_each_time() -> None:
    source = a_source(every="6h")
    assert due_in(source, run(HOUR), run(2 * MINUTE, "stopped")) <= timedelta()
    assert due_in(source, run(HOUR), run(2 * MINUTE, "crashed")) <= timedelta()
    waits = [due_in(source, *[run(MINUTE, "limited")] * count) for count in (1, 2, 3, 20)]
    assert [round(wait / (15 * MINUTE)) for wait in waits[:3]] == [1, 2, 4]
    assert 6 * HOUR <= waits[3] < 6.5 * HOUR


def test_a_run_that_goes_on_is_not_due() -> None:
    found = plan(a_source(every="1min"), History(runs=[run(HOUR, None)]), NOW)
    assert found.running
    assert not found.is_due(NOW)


def test_a_wait_is_kept_also_when_a_later_run_forgot_it() -> None:
    until = NOW + 5 * HOUR
    runs = [run(HOUR, "blocked", wait_until=until), run(2 * MINUTE, "stopped")]
    found = plan(a_source(every="1h"), History(runs=runs), NOW)
    assert found.due == until
    assert "left alone" in found.reason


def test_a_budget_is_free_again_when_enough_of_the_day_is_over() -> None:
    source = a_source(every="1h", daily_budget=100)
    runs = [run(20 * HOUR, requests=60), run(10 * HOUR, requests=30), run(3 * HOUR, requests=10)]
    found = plan(source, History(runs=runs), NOW)
    assert found.due == NOW + 4 * HOUR + MINUTE
    assert "100 requests" in found.reason
    assert due_in(source, *runs[1:]) <= timedelta()


def test_sources_of_one_pace_are_spread() -> None:
    history = {f"s{number}": History(runs=[run(HOUR)]) for number in range(70)}
    plans = plan_all([a_source(name, every="4h") for name in history], history, NOW)
    assert len({each.due for each in plans}) > 50
    assert [each.due for each in plans] == sorted(each.due for each in plans)


# quiet hours


@pytest.mark.parametrize(
    ("moment", "quiet", "zone", "until"),
    [
        ("2026-11-23T14:30Z", "22:00-06:00", "Asia/Shanghai", "2026-11-23T22:00Z"),
        ("2026-11-23T20:30Z", "22:00-06:00", "Asia/Shanghai", "2026-11-23T22:00Z"),
        ("2026-11-23T22:00Z", "22:00-06:00", "Asia/Shanghai", "2026-11-23T22:00Z"),
        ("2026-11-23T12:30Z", "12:00-14:00", "UTC", "2026-11-23T14:00Z"),
        ("2026-03-29T00:30Z", "01:00-02:30", "Europe/Berlin", "2026-03-29T01:30Z"),
        ("2026-10-25T00:10Z", "01:00-02:30", "Europe/Berlin", "2026-10-25T00:30Z"),
        ("2026-10-25T01:10Z", "01:00-02:30", "Europe/Berlin", "2026-10-25T01:30Z"),
        ("2026-11-23T12:30Z", "12:00-12:00", "UTC", "2026-11-23T12:30Z"),
    ],
    ids=["before midnight", "after", "at its end", "by day", "skipped", "first of two", "second", "never"],
)
def test_quiet_hours_push_to_their_end(moment: str, quiet: str, zone: str, until: str) -> None:
    source = a_source(quiet=quiet, zone=zone)
    assert after_quiet(source, timedelta(), datetime.fromisoformat(moment)) == datetime.fromisoformat(until)


clock_texts = st.times().map(lambda each: each.strftime("%H:%M"))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def is_quiet(source: Source, moment: datetime) -> bool:
    assert source.quiet_hours
    begin, end = source.quiet_hours
    shown = moment.astimezone(ZoneInfo(source.zone or "UTC")).time()
    return begin <= shown < end if begin <= end else not end <= shown < begin


@given(moments, clock_texts, clock_texts, st.sampled_from(ZONES))
def test_after_quiet_hours_it_is_not_quiet(moment: datetime, begin: str, end: str, zone: str) -> None:
    source = a_source(quiet=f"{begin}-{end}", zone=zone)
    found = after_quiet(source, 7 * MINUTE, moment)
    assert timedelta() <= found - moment <= DAY + HOUR + 7 * MINUTE
    assert not is_quiet(source, found)


# whatever happened

spans = st.timedeltas(timedelta(), 40 * DAY)
runs_of = st.lists(
    st.builds(
        lambda ago, outcome, requests, wait: run(
            ago, outcome, requests=requests, wait_until=NOW + wait if wait else None
        ),
        spans,
        st.sampled_from(OUTCOMES),
        st.integers(0, 500),
        st.none() | st.timedeltas(-DAY, 7 * DAY),
    ),
    max_size=12,
).map(lambda found: sorted(found, key=lambda each: each.started))
arrivals_of = st.lists(
    st.builds(
        lambda found, before, kind, routine: Arrival(
            found=NOW - found,
            routine=routine,
            published=(None, NOW - found - before, (NOW - found - before).date())[kind],
        ),
        spans,
        st.timedeltas(-DAY, 90 * DAY),
        st.integers(0, 2),
        st.booleans(),
    ),
    max_size=30,
)


@given(runs_of, arrivals_of, st.none() | clock_texts, st.sampled_from(ZONES), st.none() | st.integers(1, 900))
def test_every_source_comes_back_and_never_when_it_must_not(
    runs: list[PastRun], arrivals: list[Arrival], quiet: str | None, zone: str, budget: int | None
) -> None:
    hours = f"{quiet}-12:00" if quiet else None
    source = a_source(quiet=hours, zone=zone, daily_budget=budget)
    found = plan(source, History(runs=runs, arrivals=arrivals), NOW)
    assert LEAST_PACE <= found.pace <= MOST_PACE
    assert found.due <= NOW + 10 * DAY
    at = max(found.due, NOW)
    assert all(each.wait_until is None or each.wait_until <= at for each in runs)
    assert budget is None or sum(each.requests for each in runs if each.ended > at - DAY) < budget
    assert hours is None or not is_quiet(source, at)
    steady = replace(source, every="6h")
    then = max(plan(steady, History(runs=runs), NOW).due, NOW)
    assert plan(steady, History(runs=runs), then).is_due(then)
