"""Sitemaps: index and plain, gzipped, with Google News entries, or named in robots.txt."""

from __future__ import annotations

from newsbot.model import Role
from spiders.walks import WalkSpider


class SitemapSpider(WalkSpider):
    """Reads a sitemap, newest first: scrapy crawl sitemap -a url=https://example.com/sitemap.xml"""

    name = "sitemap"
    start_role = Role.SITEMAP
