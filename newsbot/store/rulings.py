"""What people rule about stories: these are one, that one is another. It stays so, whatever comes later."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from newsbot.dedupe import Known, fingerprints
from newsbot.errors import InputError
from newsbot.store import stories
from newsbot.store.connection import transaction
from newsbot.store.stories import TEXTS, Told, lead, stored_content, unite
from newsbot.times import stamp

MOST = 20_000
"""Pairs that one ruling may write."""


def merge(connection: sqlite3.Connection, articles: Sequence[int], now: datetime) -> int:
    """Make the stories of these articles one, for good, and return its number. Raises InputError."""
    if len(set(articles)) < 2:
        raise InputError("One article is one story already; name two articles or more to be merged.")
    with transaction(connection):
        found = _stories(connection, articles)
        before: list[int] = []
        for story in sorted(set(found)):
            ours = _members(connection, story)
            _unrule(connection, ours, before)
            before += ours
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


UNRULE = """
delete from rulings where article_id in (select value from json_each(?1))
  and other_id in (select value from json_each(?2))
"""


def _unrule(connection: sqlite3.Connection, ours: Iterable[int], theirs: Iterable[int]) -> None:
    """Take back what was ruled between two groups."""
    groups = json.dumps(list(ours)), json.dumps(list(theirs))
    connection.executemany(UNRULE, [groups, groups[::-1]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What was said of two articles: that they are, or are not, one story."""

    article: int
    other: int
    together: bool
    made: datetime
    title: str | None
    other_title: str | None


RULINGS = """
select article_id, other_id, together, made, ours.title as title, theirs.title as other_title
  from rulings join articles_latest ours on ours.id = article_id join articles_latest theirs on theirs.id = other_id
 order by made desc, article_id, other_id limit ?
"""


def every(connection: sqlite3.Connection, limit: int) -> list[Ruling]:
    """What was ruled by hand, the last first."""
    return [
        Ruling(
            article=row["article_id"],
            other=row["other_id"],
            together=bool(row["together"]),
            made=datetime.fromisoformat(row["made"]),
            title=row["title"],
            other_title=row["other_title"],
        )
        for row in connection.execute(RULINGS, (limit,))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """How many rulings about an article were withdrawn, and the story in which it is now.

    `held`: it had been ruled one story with others, and a rebuild may find what is left to be several.
    """

    rulings: int
    story: int
    held: bool


def withdraw(connection: sqlite3.Connection, article: int, now: datetime) -> Withdrawn:
    """Take back all that was ruled about an article and find its story again by its text. Raises InputError."""
    with transaction(connection):
        (story,) = _stories(connection, (article,))
        sql = "delete from rulings where article_id = ?1 or other_id = ?1 returning together"
        gone = [row[0] for row in connection.execute(sql, (article,)).fetchall()]
        if not gone:
            raise InputError(
                f"Nothing was ruled about article {article}; 'newsbot story rulings' lists what was."
            )
        if len(_members(connection, story)) > 1:
            own = stories.new(connection, stamp(now))
            connection.execute("update articles set story_id = ? where id = ?", (own, article))
            lead(connection, story)
        _find_again(connection, article, stamp(now))
        (found,) = _stories(connection, (article,))
        held = any(gone) and any(len(_members(connection, one)) > 1 for one in (story, found))
    return Withdrawn(rulings=len(gone), story=found, held=held)


def _find_again(connection: sqlite3.Connection, article: int, now: str) -> None:
    """Join an article's story to those that tell the same. What it was a copy of is found by its latest text."""
    row = connection.execute(f"{TEXTS} where articles.id = ?", (article,)).fetchone()
    content = stored_content(row)
    told = Told(article=article, prints=fingerprints(content.headline, content.text), content=content)
    known = Known(article=article, version=row["fingerprint"], story=row["story"])
    stories.join(connection, article, stories.settle(connection, told, known), now)
