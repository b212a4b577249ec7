"""The service that crawls what is due. All that it knows is in the database, so that it can be killed at any time."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from newsbot.catalogue import Catalogue, Source, load_catalogue
from newsbot.children import Children, on_signals
from newsbot.config import Config, find_config_file, load_config
from newsbot.contact import check_contact
from newsbot.errors import NewsbotError, StoreError
from newsbot.pulse import Pulse
from newsbot.scheduling import Plan, plan
from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.times import Clock
from newsbot.urls import hosts_of

LONGEST_SLEEP = 5.0
"""Seconds after which the files and the database are looked at again: others crawl, too."""
AGAIN = timedelta(minutes=1)
"""A crawl that ended without leaving a run in the database is not started again before."""

Say = Callable[[str], None]


def plans_of(sources: Sequence[Source], pulses: Mapping[str, Pulse], now: datetime) -> list[Plan]:
    """When each source is due, the most overdue first."""
    plans = [plan(source, pulses.get(source.name, Pulse()), now) for source in sources]
    return sorted(plans, key=lambda each: (each.due, each.source))


def bring_up_to_date(db: Path) -> None:
    """Let a database that an older newsbot made be brought up to date before it is read. Raises StoreError."""
    if db.is_file():
        Database(db, Access.WRITE).close()


def read_pulses(db: Path, now: datetime) -> dict[str, Pulse]:
    """How the sources do; nothing before the first crawl."""
    if not db.is_file():
        return {}
    with Database(db) as database:
        return database.pulses(now)


@contextmanager
def only_one(db: Path) -> Iterator[None]:
    """Hold the schedule of a database. Raises StoreError while another process does."""
    file = db.with_name(f"{db.name}.schedule")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(file, error.strerror or str(error)) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(handle, 32).decode("ascii", "replace").strip()
        os.close(handle)
        raise StoreError(db, f"process {holder or 'unknown'} keeps its schedule already") from None
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
    try:
        yield
    finally:
        os.close(handle)


class Files:
    """The settings and the catalogue, read again when their files change."""

    def __init__(self, config: Config, config_file: Path | None, say: Say) -> None:
        self.config = config
        self.config_file = config_file or find_config_file(os.environ, Path.cwd())
        self.say = say
        self.catalogue: Catalogue = load_catalogue(config.sources_file)
        self.seen = self._stamps()

    def look(self) -> None:
        """Take changes over; a file that cannot be used is said once, and what was known goes on."""
        stamps = self._stamps()
        if stamps == self.seen:
            return
        self.seen = stamps
        try:
            config = load_config(self.config_file)
            self.catalogue = load_catalogue(config.sources_file)
            self.say("the settings or sources changed and were read again")
        except NewsbotError as error:
            self.say(f"{error}; going on with what was known before")

    def _stamps(self) -> tuple[tuple[int, int] | None, ...]:
        return tuple(_stamp(file) for file in (self.config_file, self.config.sources_file))


def _stamp(file: Path | None) -> tuple[int, int] | None:
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found is not None else None


class Scheduler:
    """Starts a crawl for each source that is due, at most `jobs` at once and one for a host."""

    def __init__(self, files: Files, command: Sequence[str], jobs: int, say: Say, now: Clock) -> None:
        self.files = files
        self.db = files.config.db
        self.jobs = jobs
        self.say = say
        self.now = now
        self.children = Children(command, say)
        self.running: dict[str, asyncio.Task[None]] = {}
        self.not_before: dict[str, datetime] = {}
        self.stopping = asyncio.Event()

    async def serve(self) -> None:
        """Crawl what is due until SIGTERM or SIGINT."""
        on_signals(self.stop)
        waiting = asyncio.create_task(self.stopping.wait())
        while not self.stopping.is_set():
            sleep = self.start_due()
            await asyncio.wait(
                {waiting, *self.running.values()}, timeout=sleep, return_when=asyncio.FIRST_COMPLETED
            )
        if self.running:
            self.say(f"stopping: {', '.join(self.running)} finish the pages in hand")
            await asyncio.wait(self.running.values())

    def stop(self) -> None:
        """End, once the crawls in hand have."""
        self.stopping.set()
        self.children.stop()

    def start_due(self) -> float:
        """Start what is due and may run. Seconds until something may be due."""
        self.files.look()
        now = self.now()
        try:
            plans = plans_of(self.files.catalogue.enabled(), read_pulses(self.db, now), now)
        except StoreError as error:
            self.say(f"{error}; trying again")
            return LONGEST_SLEEP
        asked = self._hosts([*self.running, *(each.source for each in plans if each.running)])
        for each in plans:
            if each.is_due(now) and self._may_start(each.source, asked, now):
                asked |= self._hosts([each.source])
                self.running[each.source] = asyncio.create_task(self._crawl(each))
        return self._sleep(plans, now)

    def _sleep(self, plans: Sequence[Plan], now: datetime) -> float:
        coming = [(each.due - now).total_seconds() for each in plans if each.due > now]
        return max(0.5, min([LONGEST_SLEEP, *coming]))

    def _may_start(self, source: str, asked: frozenset[str], now: datetime) -> bool:
        free = len(self.running) < self.jobs and source not in self.running
        return free and not self._hosts([source]) & asked and self.not_before.get(source, now) <= now

    def _hosts(self, names: Sequence[str]) -> frozenset[str]:
        catalogue = self.files.catalogue
        return hosts_of(url for name in names if name in catalogue for url in catalogue[name].starts)

    async def _crawl(self, due: Plan) -> None:
        self.say(f"{due.source}: begins ({due.why})")
        self.not_before[due.source] = self.now() + AGAIN
        try:
            (report,) = await self.children.crawl([due.source])
            self.say(told(report))
        except (OSError, ValueError) as error:
            self.say(f"{due.source}: could not be started: {error}")
        finally:
            del self.running[due.source]


def told(report: Mapping[str, Any]) -> str:
    """One crawl in a line of the log."""
    counts = report["counts"]
    words = [f"{counts[name]} {name}" for name in ("new", "changed", "copy", "rejected") if counts.get(name)]
    detail = f" ({report['detail']})" if report.get("detail") else ""
    brought = ", ".join(words) or "nothing new"
    return f"{report['source']}: {report['outcome']}{detail}, {brought}, {report['seconds']:.0f} s"


async def keep_schedule(files: Files, command: Sequence[str], jobs: int, say: Say, now: Clock) -> None:
    """The service, until it is told to stop. Raises ConfigError, StoreError."""
    check_contact(
        files.config.contact, [url for source in files.catalogue.enabled() for url in source.starts]
    )
    with only_one(files.config.db):
        Database(files.config.db, Access.WRITE).close()
        await Scheduler(files, command, jobs, say, now).serve()
