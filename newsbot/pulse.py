"""How a source has been doing lately, as facts: its runs and its articles. What they mean is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile

from newsbot.outcome import RunOutcome

CRASHED = "crashed"
"""What a run is called whose process ended without a word."""

INTERRUPTED = (CRASHED, RunOutcome.STOPPED)
LATELY = timedelta(days=180)
FEWEST = 4
"""Articles without which nothing is said of how often a source publishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunNote:
    """One run. `outcome` is None while it goes on; "crashed" if its process is gone."""

    started: datetime
    finished: datetime | None = None
    outcome: str | None = None
    detail: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    wait_until: datetime | None = None

    @property
    def good(self) -> bool:
        """Whether it did what it was asked to."""
        return self.outcome in tuple(RunOutcome) and RunOutcome(str(self.outcome)).good

    @property
    def failed(self) -> bool:
        """Whether it ended because of the source, or of us; not one that somebody stopped."""
        return self.outcome is not None and self.outcome != RunOutcome.STOPPED and not self.good


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """When an article was published, None if that is not known, and when we first had it."""

    published: datetime | None
    seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """The last runs and the newest articles of a source, both the newest first."""

    runs: tuple[RunNote, ...] = ()
    arrivals: tuple[Arrival, ...] = ()

    @property
    def running(self) -> bool:
        """Whether it is being crawled."""
        return any(run.outcome is None for run in self.runs)

    @property
    def last(self) -> RunNote | None:
        """The last run that has ended."""
        return next((run for run in self.runs if run.outcome is not None), None)

    @property
    def failures(self) -> int:
        """How many runs have failed since the last good one; those that were stopped say nothing."""
        told = [run for run in self.runs if run.outcome not in (None, RunOutcome.STOPPED)]
        return sum(1 for _ in takewhile(lambda run: run.failed, told))


def times_published(pulse: Pulse, now: datetime) -> list[datetime]:
    """When the source published lately, the newest first, as far as that is known.

    What has no date counts from when we first had it; not what came with the first run, which brings everything
    that a source shows.
    """
    first = min((each.seen for each in pulse.arrivals), default=now)
    times = [
        each.published or each.seen
        for each in pulse.arrivals
        if each.published is not None or each.seen - first > timedelta(hours=1)
    ]
    return sorted((when for when in times if now - LATELY <= when <= now), reverse=True)


def mean_gap(pulse: Pulse, now: datetime) -> timedelta | None:
    """The mean time between two articles up to now; None where too few are known."""
    times = times_published(pulse, now)
    if len(times) < FEWEST:
        return None
    return (now - times[-1]) / len(times)
