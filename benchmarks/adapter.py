"""newsbot as a system under test: one page in, plain fields out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from newsbot.extraction.dates import is_relative
from newsbot.extraction.extract import extract
from newsbot.extraction.verdict import judge
from newsbot.model import Article, BlockKind, Extraction, Page, SiteMemory
from newsbot.recurrence import NOTHING_KNOWN, Tally, learnt, remembered

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
"""A fixed time of fetching, later than every page, so that two runs answer the same."""


def read(html: bytes, url: str | None) -> dict[str, Any]:
    """Title, published, authors, text and source of a page of which nothing else is known."""
    return answer(extract(page_of(html, url)).article)


def read_site(pages: Sequence[tuple[bytes, str | None]]) -> list[dict[str, Any]]:
    """The same for all pages of a site, with what the site was found to repeat, as `newsbot reclean` reads them."""
    site = Site()
    for html, url in pages:
        site.take_in(page_of(html, url))
    return [answer(extract(page_of(html, url), site.memory).article) for html, url in pages]


def read_site_in_turn(pages: Sequence[tuple[bytes, str | None]]) -> list[dict[str, Any]]:
    """The same, each page with what the ones before it have taught, as a first crawl reads them."""
    site = Site()
    return [answer(site.take_in(page_of(html, url)).article) for html, url in pages]


class Site:
    """What a site has taught, in memory only."""

    def __init__(self) -> None:
        self.count = 0
        self.tallies: dict[int, Tally] = {}
        self.memory: SiteMemory = NOTHING_KNOWN

    def take_in(self, page: Page) -> Extraction:
        """What is read out of a page; it teaches, if it is an article."""
        extraction = extract(page, self.memory)
        if judge(page, extraction) is None:
            self.count += 1
            self.tallies |= learnt(extraction.sighting, self.tallies, self.count)
            self.memory = remembered(self.tallies, self.count)
        return extraction


def page_of(html: bytes, url: str | None) -> Page:
    """A saved page as if it had been fetched."""
    return Page(url=url or "http://example.com/", body=html, fetched=WHEN)


def answer(found: Article) -> dict[str, Any]:
    """The fields that are scored; captions of pictures are not running text."""
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
