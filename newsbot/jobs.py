"""Crawls to be made: which may run at the same time, how they are shared out, and what is reported of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from newsbot.catalogue import Catalogue, Source
from newsbot.model import Processed
from newsbot.outcome import RunOutcome
from newsbot.scheduling import Plan, plan_all
from newsbot.store import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One crawl: which spider, its arguments by name, and the hosts that it asks."""

    label: str
    spider: str
    arguments: dict[str, str]
    hosts: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """What `newsbot crawl` is told to crawl the same."""
        return self.arguments["url"].split() if "url" in self.arguments else [self.arguments["source"]]


@dataclass(slots=True, kw_only=True)
class Report:
    """How one crawl went. `items` are the pages read on a dry run, else empty."""

    label: str
    outcome: RunOutcome = RunOutcome.FAILED
    detail: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    items: list[Processed] = field(default_factory=list)


def hosts_meet(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether one host is in both, or below one of the other.

    >>> hosts_meet(["example.com"], ["news.example.com"]), hosts_meet(["a.test"], ["b.test"])
    (True, False)
    """
    return any(
        one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
        for one in ours
        for other in theirs
    )


def shared_out(jobs: Sequence[Job], processes: int) -> list[list[Job]]:
    """The jobs for each of at most so many processes: those that share a host stay together."""
    shares: list[list[Job]] = [[] for _ in range(processes)]
    for together in sorted(_together(jobs), key=len, reverse=True):
        min(shares, key=len).extend(together)
    return [share for share in shares if share]


def _together(jobs: Iterable[Job]) -> list[list[Job]]:
    """The jobs, those that share a host, also through a third one, in one list."""
    found: list[list[Job]] = []
    for job in jobs:
        meeting = [each for each in found if any(hosts_meet(job.hosts, other.hosts) for other in each)]
        rest = [each for each in found if each not in meeting]
        found = [*rest, [*(other for each in meeting for other in each), job]]
    return found


def read_plans(db: Path, sources: Sequence[Source], now: datetime) -> list[Plan]:
    """When each of the sources is due, the first first. Without a database, all are."""
    if not db.is_file():
        return plan_all(sources, {}, now)
    with Database(db) as database:
        return plan_all(sources, database.histories([source.name for source in sources], now), now)


def startable(plans: Iterable[Plan], catalogue: Catalogue, now: datetime) -> list[Plan]:
    """The plans that are due now, without those whose host a run of another source is asking."""
    plans = list(plans)
    busy = [catalogue[plan.source].allowed_hosts for plan in plans if plan.running]
    return [
        plan
        for plan in plans
        if plan.is_due(now)
        and not any(hosts_meet(catalogue[plan.source].allowed_hosts, hosts) for hosts in busy)
    ]
