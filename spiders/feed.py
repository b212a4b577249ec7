"""Feeds: RSS 0.9 to 2.0, Atom, RDF, JSON Feed."""

from __future__ import annotations

from newsbot.model import Role
from spiders.walks import WalkSpider


class FeedSpider(WalkSpider):
    """Reads the entries of a feed: scrapy crawl feed -a url=https://example.com/feed.xml"""

    name = "feed"
    start_role = Role.FEED
