"""newsbot as a system under test: one page in, plain fields out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from newsbot.extraction.dates import is_relative
from newsbot.extraction.extract import extract
from newsbot.model import BlockKind, Page

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
"""A fixed time of fetching, later than every page, so that two runs answer the same."""


def read(html: bytes, url: str | None) -> dict[str, Any]:
    """Title, published, authors, text and source of a page; captions of pictures are not running text."""
    found = extract(Page(url=url or "http://example.com/", body=html, fetched=WHEN)).article
    published = found.published
    if published and is_relative(published.text):
        published = None  # Nobody knows when a saved page was fetched: "3 days ago" says nothing.
    return {
        "title": found.title,
        "published": published.when.isoformat() if published else None,
        "authors": found.authors,
        "text": "\n".join(block.text for block in found.blocks if block.kind != BlockKind.CAPTION),
        "source": found.source,
    }
