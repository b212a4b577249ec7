"""All stories found again from the latest texts: after the rules have changed, or for an archive that had none.

Articles are taken in the order in which they came, some hundred in a transaction, into `regrouped`; when all are
there, one last transaction takes along what came, changed or was ruled meanwhile and puts the new stories in place. A
run that was interrupted goes on where it stood; the old stories stand until the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime

from newsbot.dedupe import Neighbour, decide, fingerprints
from newsbot.dedupe.sketch import SKETCH
from newsbot.store import clues, stories, twins
from newsbot.store.connection import transaction
from newsbot.store.stories import TEXTS, Told, stored_content
from newsbot.times import stamp

TOGETHER = 200
TABLE = """
create table if not exists regrouped (
  article_id integer primary key not null references articles (id),
  version_id integer not null,
  story integer not null
) strict
"""


def is_stale(connection: sqlite3.Connection) -> bool:
    """Whether articles were never compared as they are today: by an older newsbot, or in a rebuild that waits."""
    return _is_running(connection) or stories.state(connection, "sketch") != SKETCH


def _is_running(connection: sqlite3.Connection) -> bool:
    return connection.execute("select 1 from sqlite_master where name = 'regrouped'").fetchone() is not None


def rebuild(connection: sqlite3.Connection, now: datetime, fresh: bool) -> Iterator[tuple[int, int]]:
    """Find all stories again; yields (articles done, in all). `fresh` begins anew where one was interrupted."""
    _begin(connection, fresh)
    total = int(connection.execute("select count(*) from articles").fetchone()[0])
    done = int(connection.execute("select count(*) from regrouped").fetchone()[0])
    yield done, total
    while some := _next(connection):
        done += some
        yield done, max(total, done)
    _finish(connection, now)


def _begin(connection: sqlite3.Connection, fresh: bool) -> None:
    with transaction(connection):
        if _is_running(connection) and stories.state(connection, "sketch") == SKETCH and not fresh:
            return
        connection.execute("drop table if exists regrouped")
        connection.execute(TABLE)
        connection.execute("create index idx_regrouped_story on regrouped (story)")
        clues.forget_texts(connection)
        connection.execute("delete from links")
        stories.set_state(connection, "sketch", SKETCH)


NEXT = f"{TEXTS} where articles.id > (select coalesce(max(article_id), 0) from regrouped) order by articles.id limit ?"


def _next(connection: sqlite3.Connection) -> int:
    """Take some articles more; how many. None when another process has come to the end."""
    with transaction(connection):
        if not _is_running(connection):
            return 0
        rows = connection.execute(NEXT, (TOGETHER,)).fetchall()
        for row in rows:
            _regroup(connection, row)
    return len(rows)


def _regroup(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    content = stored_content(row)
    prints = fingerprints(content.headline, content.text)
    connection.execute("update articles set fingerprint = ? where id = ?", (prints.copy, row["id"]))
    told = Told(article=row["id"], prints=prints, content=content)
    own = _free(connection, row["id"])
    connection.execute(
        "insert into regrouped (article_id, version_id, story) values (?, ?, ?)",
        (row["id"], row["version"], own),
    )
    near = list(stories.neighbours(connection, told, group=_group(connection)))
    near += _ruled(connection, row["id"])
    groups = {n.story for n in near if n.likeness.same} | {own}
    decision = decide(None, near, _apart(connection, groups))
    stories.keep_links(connection, row["id"], decision, row["seen"])
    addresses = twins.clues_of(_address(connection, row["page"]), None)
    clues.keep(connection, row["id"], (*clues.of_prints(prints), *addresses))
    joined = [story for story in decision.stories if not _is_apart(connection, row["id"], story)]
    for story in joined:
        _unite(connection, row["id"], story)


def _free(connection: sqlite3.Connection, article: int) -> int:
    """The number of the article's own group; another one where a group is called so that was left to others."""
    if connection.execute("select 1 from regrouped where story = ?", (article,)).fetchone() is None:
        return article
    return int(connection.execute("select max(story) + 1 from regrouped").fetchone()[0])


def _address(connection: sqlite3.Connection, page: int) -> str:
    return str(connection.execute("select url from pages where id = ?", (page,)).fetchone()[0])


def _group(connection: sqlite3.Connection) -> Callable[[int], int | None]:
    def group(article: int) -> int | None:
        row = connection.execute("select story from regrouped where article_id = ?", (article,)).fetchone()
        return row[0] if row else None

    return group


def _ruled(connection: sqlite3.Connection, article: int) -> list[Neighbour]:
    """The articles with which somebody has said that this one belongs, as far as they were taken."""
    sql = (
        "select regrouped.article_id, story from rulings join regrouped"
        " on regrouped.article_id = iif(rulings.article_id = :id, other_id, rulings.article_id)"
        " where together and (rulings.article_id = :id or other_id = :id) and regrouped.article_id <> :id"
    )
    rows = connection.execute(sql, {"id": article}).fetchall()
    return [Neighbour(article=row[0], story=row[1], likeness=stories.RULED) for row in rows]


APART = """
select ours.story, theirs.story from rulings
  join regrouped ours on ours.article_id = rulings.article_id
  join regrouped theirs on theirs.article_id = rulings.other_id
 where not together and ours.story in ({marks}) and theirs.story in ({marks})
"""


def _apart(connection: sqlite3.Connection, groups: set[int]) -> frozenset[frozenset[int]]:
    rows = connection.execute(APART.format(marks=", ".join(map(str, groups)))).fetchall()
    return frozenset(frozenset(row) for row in rows)


def _is_apart(connection: sqlite3.Connection, article: int, story: int) -> bool:
    current = connection.execute("select story from regrouped where article_id = ?", (article,)).fetchone()[0]
    return frozenset((current, story)) in _apart(connection, {current, story})


def _unite(connection: sqlite3.Connection, article: int, story: int) -> None:
    """Make two groups the one with the lower number."""
    current = connection.execute("select story from regrouped where article_id = ?", (article,)).fetchone()[0]
    low, high = sorted((current, story))
    connection.execute("update regrouped set story = ? where story = ?", (low, high))


FIRST_FREE = """
select regrouped.story as made, min(articles.story_id) as old
  from regrouped join articles on articles.id = article_id group by regrouped.story order by regrouped.story
"""


def _finish(connection: sqlite3.Connection, now: datetime) -> None:
    """Put the new stories in place; a story keeps the lowest number that its articles had, as far as it is free."""
    with transaction(connection):
        if not _is_running(connection):
            return
        for row in connection.execute(NEXT, (-1,)).fetchall():
            _regroup(connection, row)
        _regroup_changed(connection)
        taken: set[int] = set()
        for made, old in connection.execute(FIRST_FREE).fetchall():
            number = old if old not in taken else stories.new(connection, stamp(now))
            taken.add(number)
            connection.execute(
                "update articles set story_id = ? where story_id <> ?"
                " and id in (select article_id from regrouped where story = ?)",
                (number, number, made),
            )
        stories.keep_last(connection)
        connection.execute("delete from stories where id not in (select story_id from articles)")
        for (story,) in connection.execute("select id from stories").fetchall():
            stories.lead(connection, story)
        connection.execute("drop table regrouped")


CHANGED = """
select story from regrouped join articles on articles.id = article_id
 where regrouped.version_id <> articles.version_id
union
select iif(side, ours.story, theirs.story) from rulings
  join regrouped ours on ours.article_id = rulings.article_id
  join regrouped theirs on theirs.article_id = rulings.other_id
  join (select 0 as side union all select 1)
 where together <> (ours.story = theirs.story)
"""
"""Groups with an article that says something else since it was taken, or that a later ruling speaks against."""


def _regroup_changed(connection: sqlite3.Connection) -> None:
    """Take the articles of such groups once more."""
    marks = ", ".join(str(row[0]) for row in connection.execute(CHANGED).fetchall())
    again = f"select article_id from regrouped where story in ({marks})"
    numbers = [row[0] for row in connection.execute(again).fetchall()]
    for statement in ("delete from links where article_id = ?", "delete from regrouped where article_id = ?"):
        connection.executemany(statement, [(number,) for number in numbers])
    for row in stories.texts(connection, sorted(numbers)):
        _regroup(connection, row)
