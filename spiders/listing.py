"""HTML lists, page after page, with selectors or without."""

from __future__ import annotations

from newsbot.model import Role
from spiders.walks import WalkSpider


class ListingSpider(WalkSpider):
    """Walks a list of news: scrapy crawl listing -a url=https://example.com/news/"""

    name = "listing"
    start_role = Role.LIST
