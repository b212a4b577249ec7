"""Reading: the questions that people ask the archive, and the SQL that answers them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from newsbot.errors import InputError
from newsbot.model import ArchivePlace
from newsbot.store.rows import StoredArticle, StoredVersion, article_of, stored_article


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedPage:
    """A page that was fetched, or tried, and did not become an article."""

    url: str
    source: str | None
    reason: str
    detail: str | None
    status: int | None
    checked: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site and the facts that its pages state about it, as (kind, value) pairs."""

    id: int
    host: str | None
    articles: int
    facts: tuple[tuple[str, str], ...]


def article(connection: sqlite3.Connection, number: int) -> StoredArticle:
    """One article. Raises InputError when there is none with this id."""
    row = connection.execute("select * from articles_latest where id = ?", (number,)).fetchone()
    if row is None:
        raise InputError(f"There is no article {number}; 'newsbot latest' and 'newsbot search' show ids.")
    return stored_article(row)


def versions(connection: sqlite3.Connection, number: int) -> list[StoredVersion]:
    """All versions of an article, the oldest first."""
    sql = (
        "select versions.*, pages.url from versions join articles on articles.id = article_id"
        " join pages on pages.id = page_id where article_id = ? order by number"
    )
    return [
        StoredVersion(
            id=row["id"],
            number=row["number"],
            seen=datetime.fromisoformat(row["seen"]),
            article=article_of(row, row["url"]),
            encoding=row["encoding"],
            extractor=row["extractor"],
            fetch=row["fetch_id"],
        )
        for row in connection.execute(sql, (number,))
    ]


def place(connection: sqlite3.Connection, fetch: int | None) -> ArchivePlace:
    """Where the response lies that a version was read from. Raises InputError when none was kept."""
    row = connection.execute("select warc_file, warc_offset from fetches where id = ?", (fetch,)).fetchone()
    if row is None or row[0] is None:
        raise InputError("No response was kept for this version.")
    return ArchivePlace(file=row[0], offset=row[1])


def copies(connection: sqlite3.Connection, number: int) -> list[StoredArticle]:
    """The articles that were recognised as copies of this one."""
    sql = "select * from articles_latest where copy_of = ? order by id"
    return [stored_article(row) for row in connection.execute(sql, (number,))]


def rejected(connection: sqlite3.Connection, limit: int, source: str | None = None) -> list[RejectedPage]:
    """The pages that are no articles, with the reason, the last one first."""
    sql = (
        "select url, source, refusal, refusal_detail, status, last_checked from pages"
        " where refusal is not null and (? is null or source = ?) order by last_checked desc, id desc limit ?"
    )
    return [
        RejectedPage(
            url=row["url"],
            source=row["source"],
            reason=row["refusal"],
            detail=row["refusal_detail"],
            status=row["status"],
            checked=datetime.fromisoformat(row["last_checked"]),
        )
        for row in connection.execute(sql, (source, source, limit))
    ]


def sites(connection: sqlite3.Connection) -> list[Site]:
    """Every site with what its footers state."""
    sql = "select id, host, (select count(*) from articles where site_id = sites.id) as n from sites order by id"
    facts = "select kind, value from site_facts where site_id = ? order by rowid"
    return [
        Site(
            id=row["id"],
            host=row["host"],
            articles=row["n"],
            facts=tuple((kind, value) for kind, value in connection.execute(facts, (row["id"],))),
        )
        for row in connection.execute(sql)
    ]


def source_counts(connection: sqlite3.Connection) -> dict[str, tuple[int, str | None]]:
    """For each source that was crawled: how many articles it gave, and when it was last run."""
    sql = (
        "select name, (select count(*) from articles where source = name),"
        " (select max(started) from runs where source = name) from sources"
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(sql)}
