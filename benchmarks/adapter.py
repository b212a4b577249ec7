"""newsbot as a system under test: one page in, plain fields out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from newsbot.extraction.extract import extract
from newsbot.model import BlockKind, Page

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed time of fetching, so that two runs answer the same."""


def read(html: bytes, url: str | None) -> dict[str, Any]:
    """Title, published, authors, text and source of a page; captions of pictures are not running text."""
    found = extract(Page(url=url or "http://example.com/", body=html, fetched=WHEN)).article
    return {
        "title": found.title,
        "published": found.published.when.isoformat() if found.published else None,
        "authors": found.authors,
        "text": "\n".join(block.text for block in found.blocks if block.kind != BlockKind.CAPTION),
        "source": found.source,
    }
