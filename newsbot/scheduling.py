"""When each source is to be crawled next, and why. Pure: nothing here waits or starts anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from newsbot.catalogue import Source
from newsbot.outcome import RunOutcome
from newsbot.pulse import CRASHED, Pulse, RunNote, mean_gap

FASTEST = timedelta(minutes=15)
SLOWEST = timedelta(days=1)
"""Bounds of a pace that is learnt."""
UNKNOWN = timedelta(hours=6)
"""The pace while too little is known of a source."""
SOON = timedelta(minutes=15)
"""When a run that left something undone is followed by another."""
LONGEST_BACKOFF = timedelta(days=1)
DAY = timedelta(days=1)
SPREAD = 0.1
"""Sources of one pace drift apart by up to this part of it, so that they do not all come at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a source is due, at what pace, and why then. `running` while somebody crawls it."""

    source: str
    due: datetime
    pace: timedelta
    why: str
    running: bool = False

    def is_due(self, now: datetime) -> bool:
        """Whether it may be crawled now."""
        return self.due <= now and not self.running


def plan(source: Source, pulse: Pulse, now: datetime) -> Plan:
    """When a source is to be crawled next."""
    pace, why = pace_of(source, pulse, now)
    due, reason = _after_last(source, pulse, pace)
    for shift in (_after_wait, _within_budget, _outside_quiet):
        moved, because = shift(source, pulse, max(due, now), now)
        if moved > max(due, now):
            due, reason = moved, because
    return Plan(
        source=source.name,
        due=due,
        pace=pace,
        why=", ".join(filter(None, (why, reason))),
        running=pulse.running,
    )


def pace_of(source: Source, pulse: Pulse, now: datetime) -> tuple[timedelta, str]:
    """How long after a good run the next one comes: as told, or half the mean time between two articles."""
    if source.interval is not None:
        return source.interval, f"every {told(source.interval)} as its entry says"
    gap = mean_gap(pulse, now)
    if gap is None:
        return UNKNOWN, f"every {told(UNKNOWN)} until more is known of it"
    pace = min(max(gap / 2, FASTEST), SLOWEST)
    return pace, f"every {told(pace)}: an article in {told(gap)}"


def _after_last(source: Source, pulse: Pulse, pace: timedelta) -> tuple[datetime, str]:
    last = pulse.last
    if last is None:
        return datetime.min.replace(tzinfo=ZoneInfo("UTC")), "never crawled"
    if last.outcome == RunOutcome.STOPPED:
        return (last.finished or last.started) + min(SOON, pace), "its last run was stopped"
    if (failures := pulse.failures) > 0:
        wait = backoff(pace, last, failures)
        return last.started + wait, f"{times(failures)}: {last.outcome}; again after {told(wait)}"
    if last.outcome == RunOutcome.LIMITED:
        return last.started + min(SOON, pace), "its last run left something for the next"
    return last.started + pace * (1 + SPREAD * _place(source.name)), ""


def backoff(pace: timedelta, last: RunNote, failures: int) -> timedelta:
    """How long a failing source is left alone: twice as long after each failure, up to a day; never for good."""
    first = min(pace, SOON) if last.outcome in (CRASHED, RunOutcome.PARTIAL, RunOutcome.FAILED) else pace
    return min(first * (1 << min(failures, 12)), LONGEST_BACKOFF)


def _after_wait(source: Source, pulse: Pulse, due: datetime, now: datetime) -> tuple[datetime, str]:
    until = max((run.wait_until for run in pulse.runs if run.wait_until), default=due)
    return max(due, until), "the site asked to be left alone until then"


def _within_budget(source: Source, pulse: Pulse, due: datetime, now: datetime) -> tuple[datetime, str]:
    """The requests of a day; the oldest run of the day that was too much must be a day old."""
    if source.daily_budget is None:
        return due, ""
    spent = 0
    for run in pulse.runs:
        if run.started <= due - DAY:
            break
        spent += run.counts.get("requests", 0)
        if spent >= source.daily_budget:
            return run.started + DAY, f"its {source.daily_budget} requests a day are spent"
    return due, ""


def _outside_quiet(source: Source, pulse: Pulse, due: datetime, now: datetime) -> tuple[datetime, str]:
    if source.quiet_hours is None:
        return due, ""
    begin, end = source.quiet_hours
    local = due.astimezone(ZoneInfo(source.zone or "UTC"))
    clock = local.time().replace(tzinfo=None)
    inside = begin <= clock < end if begin <= end else clock >= begin or clock < end
    if not inside:
        return due, ""
    day = local.date() + timedelta(days=int(clock >= begin > end))
    until = datetime.combine(day, end, tzinfo=local.tzinfo)
    return until.astimezone(due.tzinfo), f"quiet hours ({source.quiet})"


def _place(name: str) -> float:
    """Where a name stands between 0 and 1, always at the same place."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) / 2**32


def told(period: timedelta) -> str:
    """A length of time in few words.

    >>> told(timedelta(minutes=95)), told(timedelta(days=3)), told(timedelta(seconds=20))
    ('1 h 35 min', '3 days', '20 s')
    """
    minutes, seconds = divmod(round(period.total_seconds()), 60)
    if minutes < 2:
        return f"{60 * minutes + seconds} s"
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return f"{round(hours / 24)} days"
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")))


def times(count: int) -> str:
    """How many failures, in words."""
    return "1 failure" if count == 1 else f"{count} failures in a row"
