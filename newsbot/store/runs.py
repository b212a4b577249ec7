"""Runs: who crawls what since when, and how it ended. One run of a source at a time."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsbot.errors import SourceBusyError
from newsbot.outcome import RunOutcome
from newsbot.store.connection import transaction
from newsbot.times import stamp

COMPLETE = tuple(outcome for outcome in RunOutcome if outcome.complete)
GOOD = tuple(outcome for outcome in RunOutcome if outcome.good or outcome is RunOutcome.PARTIAL)
PAST = 60
"""How many runs make up what is usual for a source."""

FOREIGN_HOLD = timedelta(hours=12)
"""How long the hold of a process on another machine is believed, which cannot be asked whether it lives."""

GONE = ("Z", "X")
"""States of processes that do nothing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source as the database remembers it."""

    name: str
    title: str | None = None
    kind: str | None = None
    language: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a run ended, what it counted, and until when its site asked to be left alone."""

    outcome: str
    detail: str | None = None
    counts: Mapping[str, int]
    wait_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run. `counts` says how many pages had which outcome; `outcome` is None while it goes on.

    `wait_until` is set when the site asked to be left alone until then.
    """

    id: int
    command: str
    spider: str | None
    source: str | None
    pid: int
    started: datetime
    finished: datetime | None
    outcome: str | None
    detail: str | None
    counts: dict[str, int]
    wait_until: datetime | None = None


def start_run(
    connection: sqlite3.Connection, command: str, spider: str | None, source: SourceRow | None, now: datetime
) -> int:
    """The id of a new run. Raises SourceBusyError while another living run holds the source.

    The hold of a run whose process is gone is taken over, and that run is marked as crashed.
    """
    with transaction(connection):
        if source is not None:
            _free(connection, source.name, now)
            _remember(connection, source, now)
        sql = "insert into runs (command, spider, source, pid, machine, started) values (?, ?, ?, ?, ?, ?)"
        name = source.name if source else None
        cursor = connection.execute(
            sql, (command, spider, name, os.getpid(), socket.gethostname(), stamp(now))
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid


def finish_run(
    connection: sqlite3.Connection,
    run: int,
    ending: Ending,
    now: datetime,
) -> None:
    """Write how a run ended. A run that was marked as crashed meanwhile is put right."""
    until = stamp(ending.wait_until) if ending.wait_until else None
    with transaction(connection):
        connection.execute(
            "update runs set finished = ?, outcome = ?, detail = ?, counts = ?, wait_until = ? where id = ?",
            (stamp(now), ending.outcome, ending.detail, json.dumps(dict(ending.counts)), until, run),
        )


def _remember(connection: sqlite3.Connection, source: SourceRow, now: datetime) -> None:
    connection.execute(
        "insert into sources (name, title, kind, language, country, first_used) values (?, ?, ?, ?, ?, ?)"
        " on conflict (name) do update set title = excluded.title, kind = excluded.kind,"
        " language = excluded.language, country = excluded.country",
        (source.name, source.title, source.kind, source.language, source.country, stamp(now)),
    )


def _free(connection: sqlite3.Connection, source: str, now: datetime) -> None:
    sql = "select id, pid, machine, started from runs where source = ? and finished is null"
    for run, pid, machine, started in connection.execute(sql, (source,)).fetchall():
        if lives(pid, machine, datetime.fromisoformat(started), now):
            raise SourceBusyError(source, run, pid)
        crashed = (
            "update runs set finished = ?, outcome = 'crashed', detail = 'its process is gone' where id = ?"
        )
        connection.execute(crashed, (stamp(now), run))


def lives(pid: int, machine: str, started: datetime, now: datetime) -> bool:
    """Whether the process of a run that began then is still there; of another machine's, whether it may be."""
    if machine != socket.gethostname():
        return now - started < FOREIGN_HOLD
    begun = process_start(pid)
    return begun is not None and begun <= started + timedelta(seconds=2)


def process_start(pid: int) -> datetime | None:
    """When the process of that number began, None if there is none. A number is used again after a while.

    One that has ended and whose parent has not asked how (a zombie, proc(5)) is none.

    Where the system does not tell (no /proc), a living process counts as an old one.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    try:
        state, *values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks = int(values[18])
        boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime"))
    except (OSError, StopIteration, IndexError, ValueError):
        return datetime.min.replace(tzinfo=UTC)
    if state in GONE:
        return None
    return datetime.fromtimestamp(int(boot.split()[1]) + ticks / os.sysconf("SC_CLK_TCK"), UTC)


def list_runs(connection: sqlite3.Connection, limit: int, source: str | None = None) -> list[Run]:
    """The newest runs first."""
    sql = "select * from runs where ? is null or source = ? order by id desc limit ?"
    return [_run(row) for row in connection.execute(sql, (source, source, limit))]


def completed(connection: sqlite3.Connection, source: str) -> bool:
    """Whether the last finished run of a source got through everything it found."""
    sql = (
        "select outcome from runs where source = ? and command = 'crawl' and finished is not null"
        " order by id desc limit 1"
    )
    row = connection.execute(sql, (source,)).fetchone()
    return row is not None and row[0] in COMPLETE


def past_counts(connection: sqlite3.Connection, source: str, limit: int = PAST) -> list[dict[str, int]]:
    """The counts of a source's last runs that brought what they should, the newest last."""
    outcomes = ", ".join("?" * len(GOOD))
    sql = (
        f"select counts from runs where source = ? and command = 'crawl' and outcome in ({outcomes})"
        " and counts is not null order by id desc limit ?"
    )
    rows = connection.execute(sql, (source, *GOOD, limit)).fetchall()
    return [json.loads(row[0]) for row in reversed(rows)]


def _run(row: sqlite3.Row) -> Run:
    return Run(
        id=row["id"],
        command=row["command"],
        spider=row["spider"],
        source=row["source"],
        pid=row["pid"],
        started=datetime.fromisoformat(row["started"]),
        finished=datetime.fromisoformat(row["finished"]) if row["finished"] else None,
        outcome=row["outcome"],
        detail=row["detail"],
        counts=json.loads(row["counts"]) if row["counts"] else {},
        wait_until=datetime.fromisoformat(row["wait_until"]) if row["wait_until"] else None,
    )
