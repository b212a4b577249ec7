"""The articles that a query finds, unranked: all of them in order, those that are new, those that were there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from newsbot.query import Query
from newsbot.store.asking import (
    ANY_VERSION,
    FOR_ONE,
    clause_of,
    excluded,
    of_any_version,
    of_standing_version,
)
from newsbot.store.rows import StoredArticle, stored_article

RECORD = """
select articles.id as id, pages.url as url, articles.source as source, sites.host as host,
       versions.title as title, versions.published as published, versions.published_text as published_text,
       versions.published_zone as published_zone, versions.credited_source as credited_source,
       versions.authors as authors, versions.editors as editors, versions.category as category,
       versions.language as language, versions.publisher as publisher, versions.lead_image as lead_image,
       versions.body as body, versions.sections as sections, versions.dateline as dateline,
       versions.wire as wire, versions.correction as correction, articles.sort_time as sort_time,
       articles.first_seen as first_seen, articles.last_seen as last_seen, versions.seen as changed,
       articles.story_id as story_id, articles.copy_of as copy_of,
       versions.number as version, versions.id as version_id,
       exists (select 1 from articles mate where mate.story_id = articles.story_id and mate.id <> articles.id) as shared
  from versions join articles on articles.id = versions.article_id join pages on pages.id = articles.page_id
  join sites on sites.id = articles.site_id
"""
"""The columns of `articles_latest`, for any version."""


def every(connection: sqlite3.Connection, query: Query) -> Iterator[StoredArticle]:
    """All articles that a query finds, oldest first, one at a time; of each story one unless all are asked for."""
    where, values = of_standing_version(query)
    sql = f"{RECORD} where {where} order by articles.sort_time, articles.id"
    lead = f"select 1 {ANY_VERSION['source']} where articles.id = ? and {where}"
    for row in connection.execute(sql, values):
        copied = row["copy_of"] is not None and not query.copies
        if copied and connection.execute(lead, (row["copy_of"], *values)).fetchone():
            continue
        if not copied or _is_first(connection, row, where, values):
            yield stored_article(row)


def _is_first(connection: sqlite3.Connection, row: sqlite3.Row, where: str, values: Sequence[object]) -> bool:
    """Whether no earlier article of the story is found, where the one that had it first is not."""
    sql = (
        f"select 1 {ANY_VERSION['source']} where articles.story_id = ? and {where}"
        " and (articles.sort_time, articles.id) < (?, ?)"
    )
    before = (row["story_id"], *values, row["sort_time"], row["id"])
    return connection.execute(sql, before).fetchone() is None


def arrived(connection: sqlite3.Connection, query: Query, after: int) -> list[int]:
    """The versions after that one which a query finds, the newest first."""
    clause = clause_of(query)
    outside, values = excluded(query, clause.number) if clause.match is None else ("", ())
    source = clause.source if clause.match is None else clause.in_index
    inside = (
        f"{clause.number} > ?" if clause.match is None else "versions_fts match ? and versions_fts.rowid > ?"
    )
    asked = (after,) if clause.match is None else (clause.match, after)
    sql = f"select {clause.columns} {source} where {inside} and {clause.sql}{outside} order by version desc"
    rows = connection.execute(sql, (*asked, *clause.values, *values))
    told: set[int] = set()
    found = []
    for row in rows:
        if query.copies or row["story"] not in told:
            told.add(row["story"])
            found.append(row["version"])
    return found


def was_found(connection: sqlite3.Connection, query: Query, version: int, until: int) -> bool:
    """Whether a query found the version's article (or one of its story, unless copies are asked for) up to then.

    `until` is the last version of that time.
    """
    where, values = of_any_version(query, FOR_ONE)
    told = "select {} from versions told join articles on articles.id = told.article_id where told.id = ?"
    mates = (
        f"articles.id = ({told.format('articles.id')})"
        if query.copies
        else f"articles.story_id = ({told.format('story_id')})"
    )
    sql = f"select 1 {ANY_VERSION['source']} where {mates} and versions.id <= ? and {where}"
    return connection.execute(sql, (version, until, *values)).fetchone() is not None


def records(connection: sqlite3.Connection, versions: Iterable[int]) -> list[StoredArticle]:
    """The articles as these versions have them."""
    rows = (
        connection.execute(f"{RECORD} where versions.id = ?", (number,)).fetchone() for number in versions
    )
    return [stored_article(row) for row in rows if row is not None]
