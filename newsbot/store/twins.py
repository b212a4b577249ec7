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


def linked(connection: sqlite3.Connection, page_id: int) -> bytes | None:
    """The fingerprint of what a page showed when it was last found to be another address of an article."""
    row = connection.execute("select twin_print from pages where id = ?", (page_id,)).fetchone()
    return row[0] if row else None


def link(connection: sqlite3.Connection, page_id: int, twin: Twin, version: bytes) -> None:
    """Remember that a page is another address of an article, and what it showed."""
    sql = "update pages set twin_of = ?, twin_print = ? where id = ?"
    connection.execute(sql, (twin.page_id, version, page_id))


def unlink(connection: sqlite3.Connection, page_id: int) -> None:
    """Take back that a page is another address of an article: it shows something else now."""
    connection.execute("update pages set twin_of = null, twin_print = null where id = ?", (page_id,))


def move(connection: sqlite3.Connection, page_id: int, site: int, twin: Twin) -> None:
    """Let an article stand at the address to which its former one leads."""
    values = {"page": page_id, "site": site, "article": twin.article, "former": twin.page_id}
    connection.execute("update articles set page_id = :page, site_id = :site where id = :article", values)
    unlink(connection, page_id)
    connection.execute("update pages set twin_of = :page where id = :former or twin_of = :former", values)
