"""Whole sources: their feeds, sitemaps and lists, each read as what it is."""

from __future__ import annotations

from collections.abc import Iterator

from newsbot.model import Role
from spiders.walks import WalkSpider


class SiteSpider(WalkSpider):
    """Reads all that a source of the catalogue begins with: scrapy crawl site -a source=NAME"""

    name = "site"

    def starts(self) -> Iterator[tuple[str, Role]]:
        """The feeds, which say most of their articles; then sitemaps and lists."""
        source = self.source
        yield from ((url, Role.FEED) for url in source.feeds)
        yield from ((url, Role.SITEMAP) for url in source.sitemaps)
        yield from ((url, Role.LIST) for url in source.lists)
