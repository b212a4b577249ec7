"""The schedule at work: what is due is crawled, each source in a process of its own, until it is told to stop.

It remembers nothing that counts: what is due follows from the database at every look, so that a kill loses nothing.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from newsbot.apart import STOPS, Child, surroundings
from newsbot.catalogue import Catalogue, load_catalogue
from newsbot.config import Config, load_config
from newsbot.contact import check_contact
from newsbot.errors import InputError, NewsbotError
from newsbot.jobs import Report, hosts_meet, read_plans, startable
from newsbot.scheduling import Plan
from newsbot.store import Database
from newsbot.store.connection import Access

LOOK = 2.0
"""Seconds between two looks at the clock and at the files."""

LEAST_LOOK = timedelta(seconds=30)
"""The database is read again after this time although nothing is due: others crawl, too."""

BRAKE = timedelta(minutes=1)
"""A source whose crawl did not go well is not started again sooner, whatever the database says."""

PATIENCE = 30.0
"""Seconds that crawls have to end in, beyond those that one page may take."""

Say = Callable[[str], None]


@contextmanager
def only_one(db: Path) -> Iterator[None]:
    """Be the only schedule that works on a database. Raises InputError if another does.

    The system lets go of the lock when the process is gone, however it ended.
    """
    db.parent.mkdir(parents=True, exist_ok=True)
    with db.with_name(f"{db.name}-schedule").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise InputError(
                f"Another schedule is at work on {db} (process {lock.read(20).strip() or 'unknown'})."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


class Files:
    """Settings and catalogue as they were last read without a fault, with copies for the crawls to read."""

    def __init__(self, file: Path | None, config: Config, copies: Path) -> None:
        self.file = file
        self.copies = copies
        self.given = config.db
        self.config = config
        self.seen = self._look()
        self.catalogue = load_catalogue(config.sources_file)
        self._take(config, self.catalogue)

    def read_again(self, say: Say) -> bool:
        """Whether a file has changed and was read; says what is wrong with one that cannot be, and keeps the old."""
        now = self._look()
        if now == self.seen:
            return False
        self.seen = now
        try:
            config = replace(load_config(self.file), db=self.given)
            self._take(config, load_catalogue(config.sources_file))
        except NewsbotError as error:
            say(f"{error}; going on with what was read before")
            return False
        self.seen = self._look()  # the settings may name another sources file now
        say("settings and sources were read again")
        return True

    def _take(self, config: Config, catalogue: Catalogue) -> None:
        """Raises ConfigError when strangers' sites are to be crawled without a contact address."""
        check_contact(config.contact, [url for source in catalogue.enabled() for url in source.starts])
        self.config, self.catalogue = config, catalogue
        _copy(self.file, self.copies / "newsbot.toml")
        _copy(config.sources_file, self.copies / "sources.toml")

    def _look(self) -> list[tuple[int, int, int] | None]:
        """What tells whether a file is another one."""
        return [_trace(path) for path in (self.file, self.config.sources_file) if path]

    @property
    def environment(self) -> dict[str, str]:
        """Where a crawl finds what was read."""
        config = replace(self.config, sources_file=self.copies / "sources.toml")
        return surroundings(config, self.copies / "newsbot.toml")


def _trace(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _copy(path: Path | None, copy: Path) -> None:
    """Put a copy in place at once; an empty one of what is not there."""
    part = copy.with_suffix(".part")
    if path is not None and path.is_file():
        shutil.copyfile(path, part)
    else:
        part.write_bytes(b"")
    part.replace(copy)


class Service:
    """A schedule at work: up to `most` crawls at once, never two that ask the same host."""

    def __init__(self, files: Files, most: int, say: Say) -> None:
        self.files = files
        self.most = most
        self.say = say
        self.children: dict[str, Child] = {}
        self.tasks: dict[str, asyncio.Task[list[Report]]] = {}
        self.brakes: dict[str, datetime] = {}
        self.plans: list[Plan] = []
        self.looked: datetime | None = None
        self.stopping = asyncio.Event()
        self.went_well = True
        self.fault: str | None = None

    async def run(self, *, once: bool) -> bool:
        """Crawl what is due, until told to stop, or with `once` until that is done; whether all went well."""
        for each in STOPS:
            asyncio.get_running_loop().add_signal_handler(each, self.stopping.set)
        enabled = self.files.catalogue.enabled()
        self.say(f"schedule of {len(enabled)} sources begins, database {self.files.config.db}")
        self.look()
        due = {plan.source for plan in self.plans if plan.is_due(_now())}
        while not self.stopping.is_set():
            await self._begin(due if once else None)
            if once and not self.tasks:
                return self.went_well
            await self._pause()
            self._hear_ended()
            if self.files.read_again(self.say) or self._is_time():
                self.look()
        await self._end()
        return True

    def look(self) -> None:
        """Read what is due when; a database that cannot be read is said once, and read again later."""
        config, catalogue = self.files.config, self.files.catalogue
        self.looked = _now()
        try:
            self.plans = read_plans(config.db, catalogue.enabled(), self.looked)
            self.fault = None
        except NewsbotError as error:
            if str(error) != self.fault:
                self.say(str(error))
            self.plans, self.fault = [], str(error)

    def _is_time(self) -> bool:
        now = _now()
        coming = any(self.looked and self.looked < plan.due <= now for plan in self.plans)
        return coming or self.looked is None or not timedelta() <= now - self.looked < LEAST_LOOK

    async def _begin(self, only: set[str] | None) -> None:
        """Start what is due, as far as there is room."""
        now = _now()
        plans = [replace(each, running=each.running or each.source in self.tasks) for each in self.plans]
        for plan in startable(plans, self.files.catalogue, now):
            if len(self.tasks) >= self.most or self.stopping.is_set():
                return
            braked = self.brakes.get(plan.source, now) > now
            if not braked and (only is None or plan.source in only) and not self._meets(plan.source):
                await self._start(plan)
                if only is not None:
                    only.discard(plan.source)

    def _meets(self, name: str) -> bool:
        """Whether a crawl of ours asks a host of that source."""
        catalogue = self.files.catalogue
        hosts = catalogue[name].allowed_hosts
        return any(
            hosts_meet(hosts, catalogue[other].allowed_hosts) for other in self.tasks if other in catalogue
        )

    async def _start(self, plan: Plan) -> None:
        try:
            arguments = ["--due", "--", plan.source]
            child = await Child.start([plan.source], arguments, self.files.environment)
        except OSError as error:
            self.brakes[plan.source] = _now() + BRAKE
            self.say(f"{plan.source}: cannot be started ({error.strerror or error})")
            return
        self.children[plan.source] = child
        self.tasks[plan.source] = asyncio.create_task(child.reports())
        self.say(f"{plan.source}: started ({plan.reason})")

    async def _pause(self) -> None:
        """Wait until a crawl ends, a signal comes, or it is time for another look."""
        stop = asyncio.create_task(self.stopping.wait())
        await asyncio.wait({stop, *self.tasks.values()}, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()

    def _hear_ended(self) -> None:
        """Say how crawls ended, and when their sources are due again."""
        ended = [name for name, task in self.tasks.items() if task.done()]
        if not ended:
            return
        reports = [next(iter(self.tasks.pop(name).result()), None) for name in ended]
        self.look()
        for name, report in zip(ended, reports, strict=True):
            del self.children[name]
            if report is None or not report.outcome.good:
                self.brakes[name] = _now() + BRAKE
            self.went_well &= report is None or report.outcome.good
            how = told(report) if report else "another crawl was quicker"
            self.say(f"{name}: {how}{self._following(name)}")

    def _following(self, name: str) -> str:
        """When a source is due next, to be said."""
        due = next((plan.due for plan in self.plans if plan.source == name), None)
        if due is None:
            return ""
        return f"; next {_local(max(due, self.brakes.get(name, due)))}"

    async def _end(self) -> None:
        """Have the crawls finish what they have in hand; those that take too long are killed."""
        if self.tasks:
            self.say(f"stopping: {', '.join(sorted(self.tasks))} finish what they have in hand")
        for child in self.children.values():
            child.stop()
        if self.tasks:
            await asyncio.wait(self.tasks.values(), timeout=grace(self.files.config))
        for name, task in self.tasks.items():
            if not task.done():
                self.say(f"{name}: took too long to stop, and was killed")
                self.children[name].stop(signal.SIGKILL)
        if self.tasks:
            await asyncio.wait(self.tasks.values())
        self._hear_ended()
        self.say("stopped")


def grace(config: Config) -> float:
    """Seconds that crawls have to end in."""
    return config.timeout + PATIENCE


def told(report: Report) -> str:
    """How a crawl went, in a line."""
    shown = [name for name in ("new", "changed", "copy", "failed") if name in report.counts]
    counts = ", ".join(f"{report.counts[name]} {name}" for name in shown)
    detail = f" ({report.detail})" if report.detail else ""
    return f"{report.outcome}{detail}{f', {counts}' if counts else ''} in {report.seconds:.0f} s"


def run_service(file: Path | None, config: Config, most: int, *, once: bool, say: Say) -> bool:
    """Work until told to stop; whether all went well. Raises NewsbotError if that cannot begin."""
    with only_one(config.db), TemporaryDirectory(prefix="newsbot-") as copies:
        files = Files(file, config, Path(copies))
        Database(config.db, Access.WRITE).close()
        return asyncio.run(_run(files, most, once, say))


async def _run(files: Files, most: int, once: bool, say: Say) -> bool:
    return await Service(files, most, say).run(once=once)


def _now() -> datetime:
    return datetime.now(UTC)


def _local(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
