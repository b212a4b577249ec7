"""How a source is doing: in trouble, silent, late, or well; and the same as metrics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from newsbot.catalogue import make_source
from newsbot.health import Health, State, Vitals, failures_of, health_of, prometheus, sparkline, usual_silence
from newsbot.scheduling import Arrival, History, PastRun

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOURCE = make_source(
    "a",
    {"title": "A", "kind": "company", "language": "en", "country": "CN", "lists": "https://a.example/news/"},
    ("site",),
)


def doing(
    *outcomes: str, ago: timedelta = HOUR, silent: timedelta = HOUR, detail: str | None = None
) -> Health:
    """The health of a source whose runs ended so, the newest last, so long ago; it published daily before."""
    count = len(outcomes)
    runs = [
        PastRun(started=NOW - ago - (count - place - 1) * 6 * HOUR, finished=NOW - ago, outcome=each)
        for place, each in enumerate(outcomes)
    ]
    articles = [
        Arrival(published=NOW - silent - number * DAY, found=NOW, routine=True) for number in range(20)
    ]
    return health_of(SOURCE, Vitals(history=History(runs=runs, arrivals=articles), detail=detail), NOW)


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (("ok",), State.OK),
        (("blocked", "ok", "nothing published"), State.OK),
        (("ok", "unreachable"), State.TRYING),
        (("ok", "unreachable", "stopped"), State.TRYING),
        (("unreachable", "unreachable"), State.FAILING),
        (("ok", "crashed"), State.TRYING),
        (("ok", "blocked"), State.FAILING),
        (("ok", "robots"), State.FAILING),
        (("ok", "layout changed"), State.FAILING),
    ],
)
def test_what_the_last_runs_say(outcomes: tuple[str, ...], state: State) -> None:
    assert doing(*outcomes).state is state


def test_trouble_comes_with_its_reason_and_with_what_to_do() -> None:
    found = doing("ok", "layout changed", detail="only 0 of 5 pages are articles")
    assert found.why == "layout changed: only 0 of 5 pages are articles"
    assert found.remedy == "see what changed: newsbot sources repair a"


@pytest.mark.parametrize(("days", "state"), [(1, State.OK), (6, State.OK), (8, State.SILENT)])
def test_silence_is_measured_by_the_past_of_the_source(days: int, state: State) -> None:
    found = doing("ok", silent=days * DAY)
    assert found.state is state
    assert (found.remedy is not None) == (state is State.SILENT)


def test_a_source_that_nobody_crawls_is_late() -> None:
    assert doing("ok", ago=5 * DAY).state is State.LATE
    assert health_of(SOURCE, Vitals(), NOW).state is State.NEW


@given(st.lists(st.integers(1, 10_000), min_size=6, max_size=60))
def test_no_gap_that_was_there_before_is_silence(minutes: list[int]) -> None:
    times = [NOW]
    for gap in minutes:
        times.append(times[-1] + timedelta(minutes=gap))
    usual = usual_silence(times)
    assert usual is not None
    assert usual > timedelta(minutes=max(minutes))


def test_few_articles_say_nothing_of_silence() -> None:
    assert usual_silence([NOW - number * DAY for number in range(6)][::-1]) is None


def test_a_stopped_run_is_no_failure_and_ends_no_series() -> None:
    assert failures_of(["ok", "blocked", "stopped", "blocked"]) == 2
    assert failures_of(["blocked", "ok", "stopped"]) == 0


@given(st.lists(st.integers(0, 10_000), max_size=14))
def test_a_sparkline_has_a_sign_for_each_day_and_none_for_nothing(counts: list[int]) -> None:
    line = sparkline(counts)
    assert len(line) == len(counts)
    assert [sign == "·" for sign in line] == [count == 0 for count in counts]
    ordered = sorted(zip(counts, line, strict=True))
    assert [sign for _, sign in ordered if sign != "·"] == sorted(sign for sign in line if sign != "·")


def test_metrics_are_what_prometheus_reads() -> None:
    found = [doing("ok"), health_of(SOURCE, Vitals(), NOW)]
    families = {family.name: family for family in text_string_to_metric_families(prometheus(found[:1]))}
    (up,) = families["newsbot_source_up"].samples
    (state,) = families["newsbot_source_state"].samples
    assert (up.labels, up.value) == ({"source": "a"}, 1.0)
    assert state.labels == {"source": "a", "state": "ok", "outcome": "ok"}
    (last,) = families["newsbot_source_last_run_timestamp_seconds"].samples
    assert last.value == (NOW - HOUR).timestamp()
    assert "newsbot_source_last_run_timestamp_seconds{" not in prometheus(found[1:])
