"""Saved searches: what is new for each since the last time, once, and what is still to be delivered.

What a run finds is written down together with the mark up to which was looked, before anything is sent: a delivery that
fails, or a machine that stops, loses nothing. Who delivers has claimed the delivery before; when nothing more is heard
of that run the claim ends, and the delivery is made again: at least once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsbot.errors import InputError
from newsbot.query import parse_query
from newsbot.store import finding
from newsbot.store.connection import transaction
from newsbot.store.index import last_version
from newsbot.store.rows import StoredArticle
from newsbot.times import stamp

MOST = 200
"""Articles in one delivery; of more, the newest."""

CLAIMED = timedelta(minutes=15)
"""How long a delivery is left to who has claimed it: longer than all its attempts take."""

ACTIONS = ("webhook", "command", "mail")
PRINTED = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved search and what is done with what it finds; without an action it is printed."""

    name: str
    query: str
    webhook: str | None = None
    command: str | None = None
    mail: str | None = None
    created: str = ""
    last_run: str | None = None
    waiting: int = 0

    @property
    def actions(self) -> dict[str, str]:
        """What is done, with whom."""
        named = {action: getattr(self, action) for action in ACTIONS}
        return {action: target for action, target in named.items() if target} or {PRINTED: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one watch has to tell one target. `left_out` counts what was too much; `tries` those that failed."""

    id: int
    watch: str
    query: str
    action: str
    target: str
    made: str
    tries: int
    left_out: int
    articles: tuple[StoredArticle, ...]

    @property
    def count(self) -> int:
        """How many articles are new, those left out too."""
        return len(self.articles) + self.left_out


def add(connection: sqlite3.Connection, watch: Watch, now: datetime, *, past: bool) -> None:
    """Save a search. With `past`, what is there already is told the first time. Raises InputError for a taken name."""
    with transaction(connection):
        if connection.execute("select 1 from watches where name = ?", (watch.name,)).fetchone():
            raise InputError(
                f"There is a watch {watch.name!r} already; remove it first, or choose another name."
            )
        mark = 0 if past else last_version(connection)
        connection.execute(
            "insert into watches (name, query, webhook, command, mail, mark, born, created)"
            " values (:name, :query, :webhook, :command, :mail, :mark, :mark, :created)",
            {
                **{name: getattr(watch, name) for name in ("name", "query", *ACTIONS)},
                "mark": mark,
                "created": stamp(now),
            },
        )


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Forget a saved search, and what it had still to deliver. Raises InputError when there is none."""
    with transaction(connection):
        if not connection.execute("delete from watches where name = ?", (name,)).rowcount:
            raise InputError(unknown(connection, name))


def unknown(connection: sqlite3.Connection, name: str) -> str:
    """What to say of a name that no watch has."""
    names = ", ".join(watch.name for watch in every(connection)) or "none"
    return f"There is no watch named {name!r} (there are: {names})."


def every(connection: sqlite3.Connection) -> list[Watch]:
    """All saved searches by name."""
    sql = (
        "select name, query, webhook, command, mail, created, last_run,"
        " (select count(*) from deliveries where watch = name and done is null) as waiting from watches order by name"
    )
    return [Watch(**dict(row)) for row in connection.execute(sql)]


def look(connection: sqlite3.Connection, name: str, now: datetime) -> None:
    """Write down what a saved search finds that it has not told. Raises InputError when there is none of that name."""
    with transaction(connection):
        found = [watch for watch in every(connection) if watch.name == name]
        if not found:
            raise InputError(unknown(connection, name))
        sql = "select mark, born from watches where name = ?"
        mark, born = connection.execute(sql, (name,)).fetchone()
        query = parse_query(found[0].query, now)
        fresh = [
            number
            for number in finding.arrived(connection, query, mark)
            if not _was_told(connection, name, number, query.copies)
            and not finding.was_found(connection, query, number, born)
        ]
        if fresh:
            _write(connection, found[0], fresh, now)
        connection.execute(
            "update watches set mark = ?, last_run = ? where name = ?",
            (last_version(connection), stamp(now), name),
        )


def _was_told(connection: sqlite3.Connection, name: str, version: int, copies: bool) -> bool:
    """Whether the article, or one of its story, was told before."""
    same = "told.article_id = versions.article_id"
    if not copies:
        same = (
            "told.article_id in (select mate.id from articles mate join articles ours"
            " on ours.story_id = mate.story_id where ours.id = versions.article_id)"
        )
    sql = f"select 1 from versions join watch_told told on {same} where versions.id = ? and told.watch = ? limit 1"
    return connection.execute(sql, (version, name)).fetchone() is not None


def _write(connection: sqlite3.Connection, watch: Watch, versions: Sequence[int], now: datetime) -> None:
    connection.executemany(
        "insert or ignore into watch_told (watch, article_id) select ?, article_id from versions where id = ?",
        [(watch.name, number) for number in versions],
    )
    told, left_out = list(versions[:MOST]), max(0, len(versions) - MOST)
    connection.executemany(
        "insert into deliveries (watch, action, target, versions, left_out, made) values (?, ?, ?, ?, ?, ?)",
        [
            (watch.name, action, target, json.dumps(told), left_out, stamp(now))
            for action, target in watch.actions.items()
        ],
    )


NEXT = """
update deliveries set claimed = :now where id = (
  select id from deliveries where watch = :watch and done is null and (claimed is null or claimed <= :ended)
     and not exists (select 1 from json_each(:dead) where value ->> 0 = action and value ->> 1 = target)
   order by id limit 1
) returning *
"""


def claim(
    connection: sqlite3.Connection, name: str, now: datetime, dead: Collection[tuple[str, str]]
) -> Delivery | None:
    """What a watch has to deliver next, the oldest first; None when there is no more.

    `dead`: actions and targets that are left out.
    """
    values = {
        "watch": name,
        "now": stamp(now),
        "ended": stamp(now - CLAIMED),
        "dead": json.dumps(list(dead)),
    }
    with transaction(connection):
        row = connection.execute(NEXT, values).fetchone()
        if row is None:
            return None
        query = connection.execute("select query from watches where name = ?", (name,)).fetchone()[0]
    return Delivery(
        id=row["id"],
        watch=row["watch"],
        query=query,
        action=row["action"],
        target=row["target"],
        made=row["made"],
        tries=row["tries"],
        left_out=row["left_out"],
        articles=tuple(finding.records(connection, json.loads(row["versions"]))),
    )


def told_last(connection: sqlite3.Connection, name: str, limit: int) -> list[StoredArticle]:
    """The articles that a watch told last, the newest first: what its feed shows."""
    sql = (
        "select version_id from watch_told join articles on articles.id = article_id where watch = ?"
        " order by version_id desc limit ?"
    )
    return finding.records(connection, [row[0] for row in connection.execute(sql, (name, limit)).fetchall()])


def settle(connection: sqlite3.Connection, delivery: int, error: str | None, now: datetime) -> None:
    """Write that a delivery was made or, with the error, that it is to be tried again; what was made stays made."""
    with transaction(connection):
        connection.execute(
            "update deliveries set tries = tries + 1, error = ?, done = iif(? is null, ?, null), claimed = null"
            " where id = ? and done is null",
            (error, error, stamp(now), delivery),
        )
