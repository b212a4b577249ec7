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

    def start_requests_for(self, url: str, role: Role) -> Iterator[Request]:
        """The article itself; what was asked for by address is always looked at, whatever is known of it."""
        self.tally.found += 1
        self.count("found")
        known = self.recall(url)
        yield from self.article_request(url, known.hints if known else Hints(), None)

    def rechecks(self) -> Iterator[Request]:
        """None: only what was asked for."""
        return iter(())
