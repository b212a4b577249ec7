"""When a source is due next, and why: decided from what the database holds of its past. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from hashlib import blake2b
from itertools import pairwise, takewhile
from statistics import median
from zoneinfo import ZoneInfo

from newsbot.catalogue import Source
from newsbot.outcome import RunOutcome

UNKNOWN_PACE = timedelta(hours=6)
LEAST_PACE = timedelta(minutes=15)
MOST_PACE = timedelta(hours=24)
DAY = timedelta(days=1)

LOOKS_BACK = timedelta(days=28)
"""How far back articles teach a pace: what a source did long ago says little."""

TOGETHER = timedelta(minutes=15)
"""Articles that come closer to each other are one arrival: a batch of releases at four o'clock."""

FRESH = timedelta(days=2)
"""An article with a date and no time was seen when it came if it was seen this soon after its day began."""

CRASHED = "crashed"
INTERRUPTED = (RunOutcome.STOPPED, CRASHED)
CUT_SHORT = (RunOutcome.LIMITED, RunOutcome.PARTIAL, *INTERRUPTED)
"""Runs that left something to do: the next one comes soon, and less soon each time in a row."""

SPREAD = 10
"""A source comes up to a tenth of its pace later than it might, so that not all come in the same second."""
MOST_SPREAD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """What counts of a run: `outcome` is None while it goes on, `requests` how many it made."""

    started: datetime
    finished: datetime | None
    outcome: str | None
    wait_until: datetime | None = None
    requests: int = 0

    @property
    def ended(self) -> datetime:
        """When it ended; when it began if nobody wrote that down."""
        return self.finished or self.started


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article that came: when its page says that it was published, and when the run began that found it.

    `routine` says that that run and the one before it got through everything: what they find is new. What a
    first crawl or a backfill finds may be of any age.
    """

    published: datetime | date | None
    found: datetime
    routine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the database holds of a source: its last runs, the newest last, and its last articles."""

    runs: Sequence[PastRun] = ()
    arrivals: Sequence[Arrival] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a source is due next, at what pace it is crawled, and why, in words; `running` while a run holds it.

    `left` is how many requests its budget of a day has left, None without one.
    """

    source: str
    due: datetime
    pace: timedelta
    reason: str
    running: bool = False
    left: int | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it should be crawled now."""
        return self.due <= now and not self.running


NOTHING = History()


def plan_all(sources: Iterable[Source], histories: Mapping[str, History], now: datetime) -> list[Plan]:
    """The plans of these sources, the one that is due first first."""
    plans = [plan(source, histories.get(source.name, NOTHING), now) for source in sources]
    return sorted(plans, key=lambda each: (each.due, each.source))


def plan(source: Source, history: History, now: datetime) -> Plan:
    """When a source is due."""
    pace, why = pace_of(source, history.arrivals, now)
    left = _left(history.runs, source.daily_budget, now)
    found = Plan(source=source.name, due=now, pace=pace, reason=why, left=left)
    if not history.runs:
        return _pushed(replace(found, reason="never crawled"), source, history, now, timedelta())
    if history.runs[-1].outcome is None:
        last = history.runs[-1].started
        return replace(found, due=last + pace, reason=f"{why}; a run goes on", running=True)
    since, wait, said = _wait(history.runs, pace)
    spread = _spread(source.name, wait)
    found = replace(found, due=since + wait + spread, reason=f"{why}; {said}" if said else why)
    return _pushed(found, source, history, now, spread)


def pace_of(source: Source, arrivals: Sequence[Arrival], now: datetime) -> tuple[timedelta, str]:
    """How often a source is crawled that does well, and why."""
    if source.interval is not None:
        return source.interval, f"every {source.every}"
    times = arrival_times(arrivals, now)
    recent = [each for each in times if each > now - LOOKS_BACK]
    if len(times) < 3:
        return UNKNOWN_PACE, f"every {in_words(UNKNOWN_PACE)} until its pace is known"
    if len(recent) < 3:
        return MOST_PACE, f"hardly anything in {in_words(LOOKS_BACK)}"
    gap = timedelta(seconds=median((after - before).total_seconds() for before, after in pairwise(recent)))
    return min(max(gap / 2, LEAST_PACE), MOST_PACE), f"news about every {in_words(gap)}"


def arrival_times(arrivals: Iterable[Arrival], now: datetime) -> list[datetime]:
    """The moments at which news came, in order; what came together is one."""
    moments = sorted(moment for each in arrivals if (moment := _moment(each)) is not None and moment <= now)
    kept: list[datetime] = []
    for moment in moments:
        if not kept or moment - kept[-1] >= TOGETHER:
            kept.append(moment)
    return kept


def _moment(arrival: Arrival) -> datetime | None:
    """When an article came, None if that cannot be told."""
    published, found = arrival.published, arrival.found
    if isinstance(published, datetime) and published <= found:
        return published.astimezone(UTC)
    if published is None or isinstance(published, datetime):
        return found if arrival.routine else None
    day = datetime.combine(published, time(), UTC)
    return found if arrival.routine and found - day <= FRESH else day


def _wait(runs: Sequence[PastRun], pace: timedelta) -> tuple[datetime, timedelta, str]:
    """From when on and how long to wait after the last run, and why if not just the pace."""
    last = runs[-1]
    if last.outcome in CUT_SHORT:
        count = _in_a_row(runs, CUT_SHORT)
        soon = (
            timedelta() if last.outcome in INTERRUPTED and count == 1 else LEAST_PACE * 2 ** min(count - 1, 9)
        )
        return last.ended, min(soon, pace), f"the last run was {last.outcome}, so soon again"
    if last.outcome in DONE:
        return last.started, pace, ""
    count = _in_a_row(runs, BAD)
    wait = max(pace, min(pace * 2 ** min(count, 9), DAY))
    return last.ended, wait, f"{_times(count)} {last.outcome}, so only {in_words(wait)} after the last run"


DONE = tuple(outcome for outcome in RunOutcome if outcome.complete)
BAD = tuple(outcome for outcome in RunOutcome if outcome not in (*DONE, *CUT_SHORT))


def _in_a_row(runs: Sequence[PastRun], outcomes: Collection[str]) -> int:
    """How many of the last runs ended like that."""
    return sum(1 for _ in takewhile(lambda run: run.outcome in outcomes, reversed(runs)))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times in a row"


def _pushed(found: Plan, source: Source, history: History, now: datetime, spread: timedelta) -> Plan:
    """The plan, later if the site asked for that, the day's requests are used up, or it is quiet then or now."""
    moment, reasons = max(found.due, now), [found.reason]
    checks: tuple[tuple[Callable[[datetime], datetime], str], ...] = (
        (partial(_asked, history.runs), "the site asked to be left alone until then"),
        (
            partial(_budget_free, history.runs, source.daily_budget),
            f"its {source.daily_budget} requests a day are used up",
        ),
        (partial(after_quiet, source, spread), f"quiet from {source.quiet}"),
    )
    for later, why in checks:
        if (until := later(moment)) > moment:
            moment = until
            reasons.append(why)
    due = moment if len(reasons) > 1 else found.due
    return replace(found, due=due, reason="; ".join(reasons))


def _asked(runs: Sequence[PastRun], due: datetime) -> datetime:
    """Until when the site asked to be left alone, if that is later."""
    return max((run.wait_until for run in runs if run.wait_until), default=due)


def _budget_free(runs: Sequence[PastRun], budget: int | None, due: datetime) -> datetime:
    """The first moment from `due` on at which the requests of the 24 hours before are fewer than the budget."""
    if budget is None:
        return due
    ends = sorted(run.ended + DAY for run in runs if run.ended + DAY > due)
    return next((moment for moment in (due, *ends) if _left(runs, budget, moment)), due)


def _left(runs: Sequence[PastRun], budget: int | None, moment: datetime) -> int | None:
    """How many requests the budget has left after the 24 hours before a moment."""
    if budget is None:
        return None
    return max(0, budget - sum(run.requests for run in runs if run.ended > moment - DAY))


def after_quiet(source: Source, spread: timedelta, moment: datetime) -> datetime:
    """The moment, or, if it falls into the source's quiet hours, their end, a little later if that is not quiet."""
    hours = source.quiet_hours
    zone = ZoneInfo(source.zone or "UTC")
    if hours is None or not _is_quiet(moment, hours, zone):
        return moment
    end = _next(hours[1], moment, zone)
    return end if _is_quiet(end + spread, hours, zone) else end + spread


def _is_quiet(moment: datetime, hours: tuple[time, time], zone: ZoneInfo) -> bool:
    """Whether the clock shows one of the hours then, across midnight if they end before they begin."""
    begin, end = hours
    shown = moment.astimezone(zone).time()
    return begin <= shown < end if begin <= end else shown >= begin or shown < end


def _next(clock: time, moment: datetime, zone: ZoneInfo) -> datetime:
    """When the zone's clocks show that time next; where it is skipped, when they would have."""
    today = moment.astimezone(zone).date()
    candidates = (
        datetime.combine(today + timedelta(days=days), clock.replace(fold=fold), zone).astimezone(UTC)
        for days in (0, 1)
        for fold in (0, 1)
    )
    return min(each for each in candidates if each > moment)


def _spread(name: str, wait: timedelta) -> timedelta:
    """How much later a source comes than it might: always the same, and another for each name."""
    share = int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) / 2**32
    return timedelta(seconds=int(min(wait / SPREAD, MOST_SPREAD).total_seconds() * share))


def in_words(span: timedelta) -> str:
    """A time span for people, to one unit.

    >>> in_words(timedelta(minutes=15)), in_words(timedelta(hours=30)), in_words(timedelta(days=28))
    ('15 min', '30 h', '28 days')
    """
    minutes = round(span.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes <= 48 * 60 else f"{round(minutes / 1440)} days"
