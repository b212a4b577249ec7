"""Sitemaps: index and plain, gzipped, with Google News entries, or named in robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scrapy.http import Response

from newsbot.discovery import Link
from newsbot.discovery.sitemaps import read_sitemap, sitemaps_in_robots
from newsbot.errors import FeedError
from newsbot.model import Role
from newsbot.revisit import too_old
from newsbot.times import sortable
from spiders.base import NewsSpider, Results

DEEPEST = 4
"""Levels of indexes inside indexes that are followed."""


class SitemapSpider(NewsSpider):
    """Reads a sitemap, newest first: scrapy crawl sitemap -a url=https://example.com/sitemap.xml"""

    name = "sitemap"
    start_role = Role.SITEMAP

    def follow(self, response: Response, depth: int) -> Results:
        """The pages that are new, and the sitemaps inside an index."""
        if response.url.endswith("/robots.txt"):
            for url in sitemaps_in_robots(response.body):
                yield from self.list_request(response.urljoin(url), depth + 1)
            return
        try:
            sitemap = read_sitemap(response.body, response.url, self.source.zone)
        except FeedError as error:
            self.list_failed(str(error))
            return
        for child in newest_first(sitemap.children):
            if depth < DEEPEST and not too_old(child.modified, self.since):
                yield from self.list_request(child.url, depth + 1)
        yield from self.visit(newest_first(sitemap.links))


def newest_first(links: Iterable[Link]) -> list[Link]:
    """The links by what the sitemap says of their time; those it says nothing of come last."""

    def time_of(link: Link) -> str:
        published = link.hints.published
        when: date | None = published.when if published else link.modified
        return sortable(when) if when else ""

    return sorted(links, key=time_of, reverse=True)
