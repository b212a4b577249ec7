"""Single pages, by address."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy import Request

from newsbot.model import Hints, Role
from spiders.base import NewsSpider


class PageSpider(NewsSpider):
    """Fetches the addresses given: scrapy crawl page -a url="https://example.com/a https://example.com/b" """

    name = "page"
    start_role = Role.ARTICLE

    def start_request(self, url: str) -> Request:
        """The article itself; what was asked for by address is always looked at."""
        self.count("found")
        return self.article_request(url, Hints(), self.recall(url), 0)

    def rechecks(self) -> Iterator[Request]:
        """None: only what was asked for."""
        return iter(())
