"""Pharma news as clean, dated, deduplicated records.

import newsbot

extraction = newsbot.extract(html_bytes, "https://example.com/news/1.html")
extraction.article.title, extraction.article.published, extraction.article.text

with newsbot.open("news.db") as archive:
    for hit in archive.search("stem cell").hits:
        print(hit.article.title, hit.snippet)
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from newsbot.model import Extraction
    from newsbot.store import Database


def extract(
    html: bytes | str,
    url: str = "about:blank",
    *,
    content_type: str | None = None,
    zone: str | None = None,
    fetched: datetime | None = None,
) -> Extraction:
    """The clean record of one page, with everything that was read out of it.

    `html` may be plain text too. `zone` is the IANA zone to assume for times that state none;
    `fetched` (aware, else now) is what "3 days ago" is counted from. Never raises on any bytes.
    """
    from newsbot.extraction import extract as extract_page
    from newsbot.model import Page

    body = html.encode("utf-8", "replace") if isinstance(html, str) else html
    if isinstance(html, str):
        content_type = f"{(content_type or 'text/html').partition(';')[0]}; charset=utf-8"
    page = Page(
        url=url, body=body, content_type=content_type, zone=zone, fetched=fetched or datetime.now(UTC)
    )
    return extract_page(page)


def open(path: str | Path) -> Database:  # noqa: A001 - newsbot.open(path) is the name that reads best
    """An existing database for reading. Raises StoreError when there is none."""
    from newsbot.store import Database

    return Database(path)
