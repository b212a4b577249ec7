"""HTML lists, page after page, with selectors or without."""

from __future__ import annotations

from scrapy.http import Response

from newsbot.discovery.lists import read_list
from newsbot.extraction.decode import decode
from newsbot.extraction.tree import parse
from newsbot.model import Role
from spiders.base import NewsSpider, Results


class ListingSpider(NewsSpider):
    """Walks a list of news: scrapy crawl listing -a url=https://example.com/news/"""

    name = "listing"
    start_role = Role.LIST

    def follow(self, response: Response, depth: int) -> Results:
        """The articles that are new; the list's other pages while they bring something new."""
        content_type = (response.headers.get("content-type") or b"").decode("latin-1")
        tree = parse(decode(response.body, content_type).text)
        found = read_list(tree, response.url, self.source.list_selectors, self.source.zone)
        news = self.walk_on or not self.knows_all(found.links)
        yield from self.visit(found.links)
        if news:
            yield from self.next_list(next(iter(found.next_pages), None), depth)
