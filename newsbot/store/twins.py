"""Two addresses of one article: the second leads to the first, when their texts agree."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from newsbot.dedupe import Content, compare
from newsbot.model import Page
from newsbot.store import clues, stories
from newsbot.store.stories import TEXTS, stored_content
from newsbot.twins import page_keys
from newsbot.urls import canonicalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """An article that is kept under another address of the same page."""

    article: int
    page_id: int


def clues_of(url: str, declared: str | None) -> tuple[int, ...]:
    """The clues of a page's address, and of the one that it declares."""
    return tuple(clues.of_address(key) for key in page_keys(url, declared))


MOST = 8
"""Articles looked at whose addresses have one plainest form."""


def find(
    connection: sqlite3.Connection, page_id: int, addresses: tuple[int, ...], content: Content
) -> Twin | None:
    """The article that is kept under a twin address with an agreeing text. Inside a transaction only."""
    found = sorted({article for _, article in clues.find(connection, addresses, MOST)})
    rows = [row for row in stories.texts(connection, found) if row["page"] != page_id]
    return _agreeing(rows, content)


def find_origin(connection: sqlite3.Connection, page: Page, page_id: int, content: Content) -> Twin | None:
    """The article, with an agreeing text, that was kept under the address which now leads to this one."""
    if page.requested_url is None:
        return None
    sql = f"{TEXTS} where articles.page_id = (select id from pages where url = ?) and articles.page_id <> ?"
    asked = canonicalise(page.requested_url)
    return _agreeing(connection.execute(sql, (asked, page_id)).fetchall(), content)


def _agreeing(rows: list[sqlite3.Row], content: Content) -> Twin | None:
    for row in rows:
        if compare(content, stored_content(row)).same:
            return Twin(article=row["id"], page_id=row["page"])
    return None


def link(connection: sqlite3.Connection, page_id: int, twin: Twin) -> None:
    """Remember that a page is another address of an article."""
    connection.execute("update pages set twin_of = ? where id = ?", (twin.page_id, page_id))


def move(connection: sqlite3.Connection, page_id: int, site: int, twin: Twin) -> None:
    """Let an article stand at the address to which its former one leads."""
    connection.execute(
        "update articles set page_id = ?, site_id = ? where id = ?", (page_id, site, twin.article)
    )
    connection.execute("update pages set twin_of = ? where id = ?", (page_id, twin.page_id))
