"""How each source is doing, decided from its runs, its articles and its schedule; and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile

from newsbot.catalogue import Source
from newsbot.outcome import RunOutcome
from newsbot.scheduling import CRASHED, History, Plan, arrival_times, in_words, plan

DAYS = 14
"""Days that a sparkline shows, today the last."""

RARE = 6.9
"""How many mean gaps a source that publishes at random is silent for once in a thousand times: -ln(1/1000)."""
LONGEST = 1.5
"""And how many of its own longest gaps."""
GAPS = 6
"""Gaps between articles without which nothing is called silence."""

PATIENCE = 2
"""Troubles that often pass by themselves need somebody from so many runs in a row on."""
PASSING = (RunOutcome.UNREACHABLE, RunOutcome.FAILED, RunOutcome.PARTIAL, CRASHED)


class State(StrEnum):
    """How a source is doing."""

    OK = "ok"
    NEW = "never crawled"
    TRYING = "trying again"
    FAILING = "failing"
    SILENT = "silent"
    LATE = "late"

    @property
    def needs_somebody(self) -> bool:
        """Whether a person should look."""
        return self in (State.FAILING, State.SILENT, State.LATE)


REMEDIES: Mapping[str, str] = {
    RunOutcome.BLOCKED: "the site refuses robots: make it rarer (every, delay), try browser = true, or ask the site",
    RunOutcome.ROBOTS: "its robots.txt forbids it: take another address of it, or disable it",
    RunOutcome.LAYOUT: "see what changed: newsbot sources repair {name}",
    RunOutcome.NOTHING_FOUND: "see what it shows: newsbot sources try {name}",
    RunOutcome.UNREACHABLE: "open {start} in a browser; if it moved, change its address",
    RunOutcome.PARTIAL: "see which address fails: newsbot runs --source {name}",
    RunOutcome.FAILED: "see the fault: newsbot runs --source {name}",
    CRASHED: "its process was killed: look for too little memory or disk",
}
SILENCE = "look whether {home} still publishes there"
LATENESS = "is the schedule at work? newsbot schedule run, or crawl --due in cron"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What the database holds of a source, for `health_of`.

    `days` are the articles first seen on each day, `articles` all that it has, `detail` and `counts` those of its
    last run that came to an end by itself.
    """

    history: History = field(default_factory=History)
    days: Mapping[date, int] = field(default_factory=dict)
    articles: int = 0
    detail: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How one source is doing. `why` and `remedy` are None while it does well.

    `newest` is when it published last as far as that is known, `new` the articles of each of the last days.
    """

    source: str
    state: State
    outcome: str | None
    last_run: datetime | None
    last_good: datetime | None
    failures: int
    newest: datetime | None
    new: tuple[int, ...]
    articles: int
    plan: Plan
    counts: Mapping[str, int]
    why: str | None = None
    remedy: str | None = None


def health_of(source: Source, vitals: Vitals, now: datetime) -> Health:
    """How a source is doing now."""
    ended = [run for run in vitals.history.runs if run.outcome not in (None, RunOutcome.STOPPED)]
    last = ended[-1] if ended else None
    due = plan(source, vitals.history, now)
    times = arrival_times(vitals.history.arrivals, now)
    failures = failures_of([str(run.outcome) for run in ended])
    state, why = _state(last.outcome if last else None, vitals.detail, due, times, failures, now)
    return Health(
        source=source.name,
        state=state,
        outcome=last.outcome if last else None,
        last_run=last.ended if last else None,
        last_good=next((run.ended for run in reversed(ended) if is_good(str(run.outcome))), None),
        failures=failures,
        newest=times[-1] if times else None,
        new=tuple(
            vitals.days.get(now.astimezone(UTC).date() - timedelta(days=back), 0) for back in range(DAYS)
        )[::-1],
        articles=vitals.articles,
        plan=due,
        counts=vitals.counts,
        why=why,
        remedy=_remedy(source, state, last.outcome if last else None),
    )


def _state(
    outcome: str | None,
    detail: str | None,
    due: Plan,
    times: Sequence[datetime],
    failures: int,
    now: datetime,
) -> tuple[State, str | None]:
    """The state, and why it is not ok."""
    if outcome is None:
        return State.NEW, None
    if failures:
        said = f"{outcome}{f' {failures} times in a row' if failures > 1 else ''}"
        passes = outcome in PASSING and failures < PATIENCE
        return (State.TRYING if passes else State.FAILING), f"{said}{f': {detail}' if detail else ''}"
    if not due.running and now - due.due > max(2 * due.pace, timedelta(hours=1)):
        return State.LATE, f"due {in_words(now - due.due)} ago, and not crawled"
    if (usual := usual_silence(times)) is not None and now - times[-1] > usual:
        return (
            State.SILENT,
            f"nothing for {in_words(now - times[-1])}; never more than {in_words(usual)} was usual",
        )
    return State.OK, None


def usual_silence(times: Sequence[datetime]) -> timedelta | None:
    """How long a source that published at these times is silent at most, short of a rare chance.

    None where too few are known.
    """
    gaps = [after - before for before, after in pairwise(times)]
    if len(gaps) < GAPS:
        return None
    return max(RARE * sum(gaps, timedelta()) / len(gaps), LONGEST * max(gaps))


def failures_of(outcomes: Sequence[str]) -> int:
    """How many of the last runs failed in a row; those that somebody stopped say nothing."""
    told = [outcome for outcome in outcomes if outcome != RunOutcome.STOPPED]
    return sum(1 for _ in takewhile(lambda outcome: not is_good(outcome), reversed(told)))


def is_good(outcome: str) -> bool:
    """Whether a run did what it was asked to."""
    return outcome in tuple(RunOutcome) and RunOutcome(outcome).good


def _remedy(source: Source, state: State, outcome: str | None) -> str | None:
    if state is State.FAILING:
        text = REMEDIES.get(outcome or "")
    else:
        text = {State.SILENT: SILENCE, State.LATE: LATENESS}.get(state)
    start = next(iter(source.starts), "its address")
    return text.format(name=source.name, start=start, home=source.home or start) if text else None


BARS = "▁▂▃▄▅▆▇█"


def sparkline(counts: Sequence[int]) -> str:
    """The counts as little bars, the highest of them full; a dot for none.

    >>> sparkline([0, 1, 4, 8])
    '·▁▄█'
    """
    most = max([*counts, 1])
    return "".join(BARS[max(0, -(-count * len(BARS) // most) - 1)] if count else "·" for count in counts)


METRICS: tuple[tuple[str, str, str], ...] = (
    ("newsbot_source_up", "gauge", "1 if the last run of the source did what it should"),
    ("newsbot_source_attention", "gauge", "1 if somebody should look at the source"),
    ("newsbot_source_failures", "gauge", "Runs that failed in a row"),
    ("newsbot_source_articles", "gauge", "Articles of the source"),
    ("newsbot_source_new_today", "gauge", "Articles first seen today (UTC)"),
    ("newsbot_source_last_run_timestamp_seconds", "gauge", "When the last run ended"),
    (
        "newsbot_source_last_good_run_timestamp_seconds",
        "gauge",
        "When the last run ended that did what it should",
    ),
    ("newsbot_source_newest_timestamp_seconds", "gauge", "When the source published last"),
    ("newsbot_source_due_timestamp_seconds", "gauge", "When the source is to be crawled next"),
    ("newsbot_source_last_run_requests", "gauge", "Requests of the last run"),
    ("newsbot_source_last_run_bytes", "gauge", "Bytes that the last run fetched"),
)


def prometheus(found: Sequence[Health]) -> str:
    """The same for Prometheus, in its text format 0.0.4."""
    lines: list[str] = []
    values = [(each, _values(each)) for each in found]
    for name, kind, text in METRICS:
        lines += [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
        lines += [
            f'{name}{{source="{each.source}"}} {given[name]:.15g}' for each, given in values if name in given
        ]
    lines += ["# HELP newsbot_source_state How the source is doing", "# TYPE newsbot_source_state gauge"]
    lines += [
        f'newsbot_source_state{{source="{each.source}",state="{each.state}",outcome="{each.outcome or ""}"}} 1'
        for each in found
    ]
    return "\n".join(lines) + "\n"


def _values(each: Health) -> dict[str, float]:
    times = {
        "newsbot_source_last_run_timestamp_seconds": each.last_run,
        "newsbot_source_last_good_run_timestamp_seconds": each.last_good,
        "newsbot_source_newest_timestamp_seconds": each.newest,
        "newsbot_source_due_timestamp_seconds": each.plan.due,
    }
    return {
        "newsbot_source_up": float(each.outcome is not None and is_good(each.outcome)),
        "newsbot_source_attention": float(each.state.needs_somebody),
        "newsbot_source_failures": each.failures,
        "newsbot_source_articles": each.articles,
        "newsbot_source_new_today": each.new[-1],
        "newsbot_source_last_run_requests": each.counts.get("requests", 0),
        "newsbot_source_last_run_bytes": each.counts.get("bytes", 0),
        **{name: when.timestamp() for name, when in times.items() if when is not None},
    }
