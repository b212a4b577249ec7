"""Crawls in processes of their own: started, told to stop, and heard out."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import newsbot
from newsbot.config import CONFIG_ENVIRONMENT, ENVIRONMENT, Config
from newsbot.errors import StoreError
from newsbot.jobs import Report
from newsbot.outcome import RunOutcome
from newsbot.store import Database

STOPS = (signal.SIGTERM, signal.SIGINT)


def command() -> list[str]:
    """What starts newsbot as it was started now: from a checkout, or from where it is installed.

    Python looks for a module in the current folder first; a folder of the user's must not be taken for ours.
    """
    here = Path(newsbot.__file__).resolve().parent.parent == Path.cwd().resolve()
    return [sys.executable, *(() if here else ("-P",)), "-m", "newsbot"]


def surroundings(config: Config, file: Path | None) -> dict[str, str]:
    """The environment in which another newsbot has these settings; no progress bars, also on a terminal."""
    ours = {
        ENVIRONMENT["db"]: str(config.db.absolute()),
        ENVIRONMENT["sources_file"]: str(config.sources_file.absolute()),
    }
    named = {CONFIG_ENVIRONMENT: str(file.absolute())} if file else {}
    return {**os.environ, **ours, **named, "TTY_COMPATIBLE": "0"}


class Child:
    """A process that crawls; not of our process group, so that a Ctrl-C reaches it through us, and once."""

    def __init__(self, process: Process, labels: Sequence[str], db: Path) -> None:
        self.process = process
        self.labels = labels
        self.db = db

    @classmethod
    async def start(
        cls, labels: Sequence[str], arguments: Sequence[str], environment: Mapping[str, str]
    ) -> Self:
        """Start `newsbot crawl` with these arguments; `labels` are the crawls that it will report."""
        process = await asyncio.create_subprocess_exec(
            *(*command(), "crawl", "--json", *arguments),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=PIPE,
            env=environment,
            start_new_session=True,
        )
        return cls(process, labels, Path(environment[ENVIRONMENT["db"]]))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Have it finish what it has in hand, and end."""
        with suppress(ProcessLookupError):
            self.process.send_signal(how)

    async def reports(self) -> list[Report]:
        """What it reports when it ends; if it dies without a word, what the database knows.

        Nothing of a source that was not due any more.
        """
        out, _ = await self.process.communicate()
        try:
            told = {report.label: report for report in map(_report, json.loads(out))}
        except (ValueError, TypeError, KeyError):
            return [self._of_the_silent(label) for label in self.labels]
        return [told[label] for label in self.labels if label in told]

    def _of_the_silent(self, label: str) -> Report:
        code = self.process.returncode or 0
        stopped = -code in STOPS
        how = f"ended with signal {-code}" if code < 0 else f"ended with exit code {code}"
        with suppress(StoreError), Database(self.db) as database:
            for run in database.runs(limit=1, source=label):
                if run.pid == self.process.pid and run.outcome in set(RunOutcome):
                    return Report(
                        label=label, outcome=RunOutcome(run.outcome), detail=run.detail, counts=run.counts
                    )
        outcome = RunOutcome.STOPPED if stopped else RunOutcome.FAILED
        return Report(label=label, outcome=outcome, detail=f"its process {how} without a report")


def _report(told: dict[str, Any]) -> Report:
    return Report(
        label=told["source"],
        outcome=RunOutcome(told["outcome"]),
        detail=told["detail"],
        counts=told["counts"],
        seconds=told["seconds"],
    )


def run_apart(
    shares: Sequence[tuple[Sequence[str], Sequence[str]]], environment: Mapping[str, str]
) -> list[Report]:
    """Crawl in one process for each share, (labels, arguments), and report all; SIGTERM and SIGINT are passed on."""
    return asyncio.run(_run_apart(shares, environment))


async def _run_apart(
    shares: Sequence[tuple[Sequence[str], Sequence[str]]], environment: Mapping[str, str]
) -> list[Report]:
    children = [await Child.start(labels, arguments, environment) for labels, arguments in shares]

    def stop_all() -> None:
        for child in children:
            child.stop()

    for each in STOPS:
        asyncio.get_running_loop().add_signal_handler(each, stop_all)
    found = await asyncio.gather(*(child.reports() for child in children))
    return [report for reports in found for report in reports]
