"""What the schedule needs to know of every source's past, in a few reads that stay small however long it is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from newsbot.outcome import RunOutcome
from newsbot.scheduling import CRASHED, Arrival, History, PastRun
from newsbot.store.runs import lives
from newsbot.times import from_iso

RUNS = 120
ARTICLES = 200
"""How many runs and articles of a source are looked at: a day of runs at the quickest pace, and more."""

# cross join: SQLite would walk through all runs there ever were
LAST_RUNS = """
select runs.source, started, finished, outcome, wait_until, counts, pid, machine
  from sources cross join runs on runs.source = sources.name
 where runs.command = 'crawl' and runs.id > coalesce(
   (select id from runs last where last.source = sources.name order by id desc limit 1 offset ?), 0)
 order by runs.source, runs.id
"""

ROUTINE = (RunOutcome.OK, RunOutcome.QUIET, RunOutcome.PARTIAL)

ARRIVALS = """
select versions.published as published, coalesce(runs.started, articles.first_seen) as found,
       runs.outcome as outcome,
       (select outcome from runs before where before.source = runs.source and before.id < runs.id
         and before.command = 'crawl' order by before.id desc limit 1) as outcome_before
  from articles
  join versions on versions.id = articles.version_id
  left join versions first on first.article_id = articles.id and first.number = 1
  left join fetches on fetches.id = first.fetch_id
  left join runs on runs.id = fetches.run_id and runs.command = 'crawl'
 where articles.source = ? order by articles.sort_time desc limit ?
"""


def histories(connection: sqlite3.Connection, sources: Sequence[str], now: datetime) -> dict[str, History]:
    """For each of the sources that was ever crawled: its last runs and its last articles."""
    wanted = set(sources)
    rows = connection.execute(LAST_RUNS, (RUNS,))
    return {
        name: History(
            runs=[_past_run(row, now) for row in of_source], arrivals=list(_arrivals(connection, name))
        )
        for name, of_source in groupby(rows, key=lambda row: str(row["source"]))
        if name in wanted
    }


def _past_run(row: sqlite3.Row, now: datetime) -> PastRun:
    """A run; one that has no ending is going on if its process lives, and has crashed if not."""
    started = datetime.fromisoformat(row["started"])
    outcome = row["outcome"]
    if row["finished"] is None:
        outcome = None if lives(row["pid"], row["machine"], started, now) else CRASHED
    return PastRun(
        started=started,
        finished=datetime.fromisoformat(row["finished"]) if row["finished"] else None,
        outcome=outcome,
        wait_until=datetime.fromisoformat(row["wait_until"]) if row["wait_until"] else None,
        requests=json.loads(row["counts"]).get("requests", 0) if row["counts"] else 0,
    )


def _arrivals(connection: sqlite3.Connection, source: str) -> Iterator[Arrival]:
    for row in connection.execute(ARRIVALS, (source, ARTICLES)):
        yield Arrival(
            published=from_iso(row["published"]) if row["published"] else None,
            found=datetime.fromisoformat(row["found"]),
            routine=row["outcome"] in ROUTINE and row["outcome_before"] in ROUTINE,
        )
