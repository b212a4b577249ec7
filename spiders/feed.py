"""Feeds: RSS 0.9 to 2.0, Atom, RDF, JSON Feed."""

from __future__ import annotations

from scrapy.http import Response

from newsbot.discovery.feeds import read_feed
from newsbot.errors import FeedError
from newsbot.model import Role
from spiders.base import NewsSpider, Results


class FeedSpider(NewsSpider):
    """Reads the entries of a feed: scrapy crawl feed -a url=https://example.com/feed.xml"""

    name = "feed"
    start_role = Role.FEED

    def follow(self, response: Response, depth: int) -> Results:
        """The entries that are new, and the feed's next page if it has one and all here was new."""
        content_type = (response.headers.get("content-type") or b"").decode("latin-1")
        try:
            feed = read_feed(response.body, response.url, content_type, self.source.zone)
        except FeedError as error:
            self.list_failed(str(error))
            return
        news = self.walk_on or not self.knows_all(feed.links)
        yield from self.visit(feed.links)
        if news:
            yield from self.next_list(feed.next_url, depth)
