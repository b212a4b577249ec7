"""What `newsbot.health` needs to know of every source."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from newsbot.health import DAYS, Vitals
from newsbot.scheduling import NOTHING
from newsbot.store.history import histories
from newsbot.times import stamp

LAST_ENDED = """
select detail, counts from runs where source = ? and command = 'crawl' and finished is not null and outcome <> 'stopped'
 order by id desc limit 1
"""


def vitals(connection: sqlite3.Connection, sources: Sequence[str], now: datetime) -> dict[str, Vitals]:
    """The vitals of each of the sources."""
    past = histories(connection, sources, now)
    days = _days(connection, now)
    totals = dict(
        connection.execute(
            "select source, count(*) from articles where source is not null group by source"
        ).fetchall()
    )
    found: dict[str, Vitals] = {}
    for name in sources:
        detail, counts = connection.execute(LAST_ENDED, (name,)).fetchone() or (None, None)
        found[name] = Vitals(
            history=past.get(name, NOTHING),
            days=days[name],
            articles=totals.get(name, 0),
            detail=detail,
            counts=json.loads(counts) if counts else {},
        )
    return found


def _days(connection: sqlite3.Connection, now: datetime) -> dict[str, dict[date, int]]:
    """For each source the articles first seen on each of the last days."""
    sql = (
        "select source, substr(first_seen, 1, 10), count(*) from articles"
        " where first_seen >= ? and source is not null group by 1, 2"
    )
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for source, day, count in connection.execute(sql, (stamp(now - timedelta(days=DAYS)),)):
        found[source][date.fromisoformat(day)] = count
    return found
