"""What spiders ask the database: have we seen this page, and which ones should be looked at again?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime

from newsbot.model import Hints, Role
from newsbot.revisit import KnownPage
from newsbot.store.rows import hints_of
from newsbot.urls import canonicalise

COLUMNS = (
    "coalesce(fetches.url, pages.url) as address, role, first_fetched, last_fetched, last_checked, etag,"
    " last_modified, failures, refusal, listed_for, pages.context as context, sort_time"
)
PAGES = (
    "pages left join fetches on fetches.id = pages.fetch_id left join articles on articles.page_id = pages.id"
)


def recall(connection: sqlite3.Connection, url: str) -> KnownPage | None:
    """What is known of an address, or of the page it leads to."""
    canonical = canonicalise(url)
    alias = connection.execute("select page_id from aliases where url = ?", (canonical,)).fetchone()
    column, value = ("id", alias[0]) if alias else ("url", canonical)
    sql = f"select {COLUMNS} from {PAGES} where pages.{column} = ?"
    row = connection.execute(sql, (value,)).fetchone()
    return _known(row) if row else None


def pages_of(connection: sqlite3.Connection, source: str) -> Iterator[KnownPage]:
    """All article pages of a source."""
    sql = f"select {COLUMNS} from {PAGES} where pages.source = ? and role = 'article'"
    for row in connection.execute(sql, (source,)):
        yield _known(row)


def keep_validators(
    connection: sqlite3.Connection, validators: dict[str, tuple[str | None, str | None]], definition: str
) -> None:
    """Remember ETag and Last-Modified of lists, feeds and sitemaps, by address.

    `definition` stands for the source as it was defined then: with other patterns a list names other pages.

    Called when a run has fetched all that they named: a list that is remembered as unchanged
    is not read again, so remembering it too early would lose its links.
    """
    connection.executemany(
        "update pages set etag = ?, last_modified = ?, listed_for = ? where url = ?",
        [(etag, modified, definition, canonicalise(url)) for url, (etag, modified) in validators.items()],
    )


def _known(row: sqlite3.Row) -> KnownPage:
    return KnownPage(
        url=row["address"],
        role=Role(row["role"]),
        first_fetched=_time(row["first_fetched"]),
        last_fetched=_time(row["last_fetched"]),
        last_checked=datetime.fromisoformat(row["last_checked"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        failures=row["failures"],
        refusal=row["refusal"],
        listed_for=row["listed_for"],
        published=_time(row["sort_time"]),
        hints=hints_of(json.loads(row["context"])) if row["context"] else Hints(),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
