"""What people rule about stories: these are one, that one is another. It stays so, whatever comes later."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product

from newsbot.errors import InputError
from newsbot.store import stories
from newsbot.store.connection import transaction
from newsbot.store.stories import lead, unite
from newsbot.times import stamp

MOST = 20_000
"""Pairs that one ruling may write."""


def merge(connection: sqlite3.Connection, articles: Sequence[int], now: datetime) -> int:
    """Make the stories of these articles one, for good, and return its number. Raises InputError."""
    with transaction(connection):
        found = _stories(connection, articles)
        members = [_members(connection, story) for story in sorted(set(found))]
        for number, ours in enumerate(members):
            for theirs in members[:number]:
                _unrule(connection, ours, theirs)
        first, *others = articles
        _rule(connection, ((first, other) for other in others), True, now)
        unite(connection, sorted(set(found)))
        lead(connection, min(found))
    return min(found)


def split(connection: sqlite3.Connection, articles: Sequence[int], now: datetime) -> int:
    """Take these articles out of their story into one of their own, for good, and return its number.

    Raises InputError where they are in different stories, or all of theirs.
    """
    with transaction(connection):
        found = set(_stories(connection, articles))
        if len(found) > 1:
            raise InputError("These articles are in different stories; split takes articles out of one.")
        (story,) = found
        rest = [number for number in _members(connection, story) if number not in articles]
        if not rest:
            raise InputError(f"Story {story} has no other articles: there is nothing to split.")
        if len(rest) * len(articles) > MOST:
            raise InputError(f"Story {story} is too large to be split so: name fewer articles at a time.")
        _unrule(connection, articles, rest)
        _rule(connection, product(articles, rest), False, now)
        _rule(connection, ((articles[0], other) for other in articles[1:]), True, now)
        new = stories.new(connection, stamp(now))
        connection.executemany(
            "update articles set story_id = ? where id = ?", [(new, number) for number in articles]
        )
        lead(connection, story)
        lead(connection, new)
    return new


def _stories(connection: sqlite3.Connection, articles: Iterable[int]) -> list[int]:
    found = []
    for number in articles:
        row = connection.execute("select story_id from articles where id = ?", (number,)).fetchone()
        if row is None:
            raise InputError(f"There is no article {number}; 'newsbot latest' and 'newsbot search' show ids.")
        found.append(row[0])
    return found


def _members(connection: sqlite3.Connection, story: int) -> list[int]:
    sql = "select id from articles where story_id = ? order by id"
    return [row[0] for row in connection.execute(sql, (story,))]


RULE = (
    "insert into rulings (article_id, other_id, together, made) values (min(?1, ?2), max(?1, ?2), ?3, ?4)"
    " on conflict do update set together = excluded.together, made = excluded.made"
)


def _rule(
    connection: sqlite3.Connection, pairs: Iterable[tuple[int, int]], together: bool, now: datetime
) -> None:
    made = stamp(now)
    connection.executemany(RULE, [(one, other, int(together), made) for one, other in pairs if one != other])


def _unrule(connection: sqlite3.Connection, ours: Iterable[int], theirs: Iterable[int]) -> None:
    """Take back what was ruled between two groups."""
    connection.executemany(
        "delete from rulings where article_id = min(?1, ?2) and other_id = max(?1, ?2)",
        list(product(ours, theirs)),
    )
