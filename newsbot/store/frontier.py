"""What a backfill has found and not yet read, so that it can be stopped and goes on where it stood."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from newsbot.model import Hints, Role
from newsbot.store.rows import dump, hints_as_json, hints_of

NO_HINTS = Hints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An address that a backfill is going to ask for. `id` orders them as they were found; 0 before it is kept."""

    url: str
    role: Role
    depth: int = 1
    hints: Hints = NO_HINTS
    id: int = 0


def keep(connection: sqlite3.Connection, source: str, found: Iterable[Waiting]) -> None:
    """Add what is not known yet."""
    connection.executemany(
        "insert or ignore into frontier (source, url, role, depth, hints) values (?, ?, ?, ?, ?)",
        [(source, each.url, each.role, each.depth, _hints(each.hints)) for each in found],
    )


def take(connection: sqlite3.Connection, source: str, after: int, limit: int) -> list[Waiting]:
    """The next that wait, in the order in which they were found."""
    sql = "select * from frontier where source = ? and id > ? and done = 0 order by id limit ?"
    return [_waiting(row) for row in connection.execute(sql, (source, after, limit))]


def finish(connection: sqlite3.Connection, source: str, urls: Iterable[str]) -> None:
    """Note that these were read."""
    connection.executemany(
        "update frontier set done = 1 where source = ? and url = ?", [(source, url) for url in urls]
    )


def clear(connection: sqlite3.Connection, source: str) -> None:
    """Forget a backfill that is through."""
    connection.execute("delete from frontier where source = ?", (source,))


def count(connection: sqlite3.Connection, source: str) -> int:
    """How many addresses still wait."""
    sql = "select count(*) from frontier where source = ? and done = 0"
    return int(connection.execute(sql, (source,)).fetchone()[0])


def _hints(hints: Hints) -> str | None:
    stated = hints_as_json(hints)
    return dump(stated) if stated else None


def _waiting(row: sqlite3.Row) -> Waiting:
    return Waiting(
        id=row["id"],
        url=row["url"],
        role=Role(row["role"]),
        depth=row["depth"],
        hints=hints_of({"hints": json.loads(row["hints"])}) if row["hints"] else Hints(),
    )
