"""What a feed, a sitemap and a list lead to: the articles that are new, and further lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scrapy.http import Response

from newsbot.discovery import Link
from newsbot.discovery.feeds import read_feed
from newsbot.discovery.lists import read_list
from newsbot.discovery.sitemaps import read_sitemap, sitemaps_in_robots
from newsbot.errors import FeedError
from newsbot.extraction.decode import decode
from newsbot.extraction.tree import parse
from newsbot.model import Rejection, Role
from newsbot.outcome import Trouble
from newsbot.revisit import too_old
from newsbot.times import sortable
from spiders.answers import page_of
from spiders.base import NewsSpider, Results

DEEPEST = 4
"""Levels of indexes inside indexes that are followed."""


def follow_feed(spider: NewsSpider, response: Response, depth: int) -> Results:
    """The entries that are new, and the feed's next page if it has one and not all here was known."""
    try:
        feed = read_feed(response.body, response.url, content_type_of(response), spider.source.zone)
    except FeedError as error:
        spider.list_failed(str(error), what_came(spider, response) or Trouble.UNREADABLE)
        return
    further = spider.goes_on(feed.links)
    yield from spider.visit(feed.links)
    if further:
        yield from spider.next_list(feed.next_url, depth, Role.FEED)


def follow_list(spider: NewsSpider, response: Response, depth: int) -> Results:
    """The articles that are new; the list's other pages while they bring something new."""
    tree = parse(decode(response.body, content_type_of(response)).text)
    found = read_list(tree, response.url, spider.source.list_selectors, spider.source.zone)
    if not found.links:
        note_empty(spider, response)
    further = spider.goes_on(found.links)
    yield from spider.visit(found.links)
    if further:
        yield from spider.next_list(next(iter(found.next_pages), None), depth, Role.LIST)


def follow_sitemap(spider: NewsSpider, response: Response, depth: int) -> Results:
    """The pages that are new, newest first, and the sitemaps inside an index."""
    if response.url.endswith("/robots.txt"):
        for url in sitemaps_in_robots(response.body):
            yield from spider.list_request(response.urljoin(url), depth + 1, Role.SITEMAP)
        return
    try:
        sitemap = read_sitemap(response.body, response.url, spider.source.zone)
    except FeedError as error:
        spider.list_failed(str(error), what_came(spider, response) or Trouble.UNREADABLE)
        return
    for child in newest_first(sitemap.children):
        if depth < DEEPEST and not too_old(child.modified, spider.since):
            yield from spider.list_request(child.url, depth + 1, Role.SITEMAP)
    yield from spider.visit(newest_first(sitemap.links))


WALKS = {Role.FEED: follow_feed, Role.SITEMAP: follow_sitemap, Role.LIST: follow_list}
"""How each kind of start page is read."""


REFUSALS = {
    Rejection.BLOCK_PAGE: Trouble.BLOCKED,
    Rejection.LOGIN_PAGE: Trouble.BLOCKED,
    Rejection.ERROR_PAGE: Trouble.BROKEN,
}
"""What a page that stands in the place of a list means."""


def what_came(spider: NewsSpider, response: Response) -> Trouble | None:
    """What a page says of itself that came in the place of a list; None if it does not look like a refusal."""
    from newsbot.processing import process  # it brings extraction along, which takes a second to load

    refusal = process(page_of(response, Role.ARTICLE, spider.source, spider.now())).refusal
    return REFUSALS.get(refusal.reason) if refusal else None


def note_empty(spider: NewsSpider, response: Response) -> None:
    """Note a list without links that says it is no list."""
    trouble = what_came(spider, response)
    if trouble is not None:
        spider.list_failed(f"{response.url}: answers with a page that says it is {trouble}", trouble)


class WalkSpider(NewsSpider):
    """A spider that reads its start pages as what they are."""

    def follow(self, response: Response, role: Role, depth: int) -> Results:
        """What a feed, sitemap or list leads to."""
        yield from WALKS[role](self, response, depth)


def content_type_of(response: Response) -> str:
    """The media type that the answer states, as text."""
    return (response.headers.get("content-type") or b"").decode("latin-1")


def newest_first(links: Iterable[Link]) -> list[Link]:
    """The links by what the sitemap says of their time; those it says nothing of come last."""

    def time_of(link: Link) -> str:
        published = link.hints.published
        when: date | None = published.when if published else link.modified
        return sortable(when) if when else ""

    return sorted(links, key=time_of, reverse=True)
