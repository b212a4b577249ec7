"""How each source has been doing lately: its last runs, and when its articles came."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from newsbot.pulse import Arrival, Pulse, RunNote
from newsbot.store.runs import lives

RUNS = 40
"""Runs of a source that are looked at."""
ARRIVALS = 60
"""Articles of a source that are looked at: the newest."""


def pulses(connection: sqlite3.Connection, now: datetime) -> dict[str, Pulse]:
    """The pulse of every source that was ever crawled."""
    names = [row[0] for row in connection.execute("select name from sources order by name")]
    return {
        name: Pulse(runs=_runs(connection, name, now), arrivals=_arrivals(connection, name)) for name in names
    }


def _runs(connection: sqlite3.Connection, source: str, now: datetime) -> tuple[RunNote, ...]:
    """The last runs, the newest first; one whose process is gone counts as crashed."""
    sql = "select * from runs where source = ? and command = 'crawl' order by id desc limit ?"
    return tuple(_note(row, now) for row in connection.execute(sql, (source, RUNS)))


def _note(row: sqlite3.Row, now: datetime) -> RunNote:
    started = datetime.fromisoformat(row["started"])
    goes_on = row["finished"] is None and lives(row["pid"], row["machine"], started, now)
    return RunNote(
        started=started,
        finished=datetime.fromisoformat(row["finished"]) if row["finished"] else None,
        outcome=row["outcome"] or (None if goes_on else "crashed"),
        detail=row["detail"],
        counts=json.loads(row["counts"]) if row["counts"] else {},
        wait_until=datetime.fromisoformat(row["wait_until"]) if row["wait_until"] else None,
    )


def _arrivals(connection: sqlite3.Connection, source: str) -> tuple[Arrival, ...]:
    """The newest articles, the newest first."""
    sql = "select sort_time, first_seen from articles where source = ? order by sort_time desc limit ?"
    return tuple(
        Arrival(
            published=datetime.fromisoformat(when) if when != seen else None,
            seen=datetime.fromisoformat(seen),
        )
        for when, seen in connection.execute(sql, (source, ARRIVALS))
    )
