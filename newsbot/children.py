"""Crawls in processes of their own: started, told once to stop, and their reports read."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

PATIENCE = 100.0
"""Seconds in which a crawl that is told to stop has to finish its pages in hand."""
LONGEST_LINE = 64 * 1024 * 1024

Say = Callable[[str], None]


class Children:
    """Crawls that run now, each in a process and a session of its own, so that a signal reaches them once."""

    def __init__(self, command: Sequence[str], say: Say) -> None:
        self.command = tuple(command)
        self.say = say
        self.processes: set[asyncio.subprocess.Process] = set()
        self.stopping = False

    async def crawl(self, names: Sequence[str], options: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Crawl these to the end. One report for each, as `newsbot crawl --json` prints them."""
        process = await asyncio.create_subprocess_exec(
            *self.command, "crawl", *options, "--json", "--", *names,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            start_new_session=True, limit=LONGEST_LINE,
        )  # fmt: skip
        self.processes.add(process)
        if self.stopping:
            self._tell(process, signal.SIGTERM)
        try:
            said = asyncio.create_task(self._relay(process))
            assert process.stdout is not None
            printed = await process.stdout.read()
            last = await said
            return reports_of(printed, names, await process.wait(), last)
        finally:
            self.processes.discard(process)

    async def _relay(self, process: asyncio.subprocess.Process) -> str:
        """Say what a crawl says; the last line of it."""
        assert process.stderr is not None
        last = ""
        async for line in process.stderr:
            text = line.decode("utf-8", "replace").rstrip()
            if text:
                last = text
                self.say(text)
        return last

    def stop(self) -> None:
        """Tell all to finish the pages in hand and end; those that take longer than PATIENCE are ended."""
        if self.stopping:
            return
        self.stopping = True
        for process in tuple(self.processes):
            self._tell(process, signal.SIGTERM)
        asyncio.get_running_loop().call_later(PATIENCE, self._kill)

    def _kill(self) -> None:
        for process in tuple(self.processes):
            self._tell(process, signal.SIGKILL)

    @staticmethod
    def _tell(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            process.send_signal(number)


def reports_of(printed: bytes, names: Sequence[str], code: int, last: str) -> list[dict[str, Any]]:
    """The reports that a crawl printed; where it printed none, one for each name that says how it ended."""
    with suppress(ValueError):
        reports = json.loads(printed)
        if isinstance(reports, list) and all(isinstance(each, dict) for each in reports):
            return reports
    how = (
        f"its process was ended by signal {-code}"
        if code < 0
        else last or f"its process ended with code {code}"
    )
    return [
        {"source": name, "outcome": "failed", "detail": how, "counts": {}, "seconds": 0.0} for name in names
    ]


def on_signals(stop: Callable[[], None]) -> None:
    """Call `stop` for SIGTERM and SIGINT."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)


def shares(names: Sequence[str], hosts: Callable[[str], frozenset[str]], count: int) -> list[list[str]]:
    """The names in up to `count` shares of like size; those that ask the same hosts are in the same share.

    >>> shares(["a1", "b", "a2"], lambda name: frozenset(name[0]), 2)
    [['a1', 'a2'], ['b']]
    """
    groups: list[tuple[set[str], list[str]]] = []
    for name in names:
        asked = set(hosts(name))
        joined = [group for group in groups if group[0] & asked]
        members = [member for group in joined for member in group[1]]
        groups = [group for group in groups if group not in joined]
        groups.append((asked.union(*(group[0] for group in joined)), [*members, name]))
    found: list[list[str]] = [[] for _ in range(count)]
    for _, members in sorted(groups, key=lambda group: -len(group[1])):
        min(found, key=len).extend(members)
    return [share for share in found if share]
