"""Sources for addresses that stand in no catalogue, and how an address is likely to be walked."""

from __future__ import annotations

from urllib.parse import urlsplit

from newsbot.catalogue.source import Source, usual_hosts
from newsbot.errors import InputError
from newsbot.urls import host_of, is_loopback, is_web

FEED_SIGNS = ("rss", "atom", "feed", ".rdf")


def guess_spider(url: str) -> str:
    """The spider for an address that names itself: a sitemap, a feed, else a list.

    >>> guess_spider("https://example.com/news/"), guess_spider("https://example.com/feed/")
    ('listing', 'feed')
    """
    path = urlsplit(url).path.lower()
    if path.endswith("robots.txt") or "sitemap" in path:
        return "sitemap"
    last = path.rstrip("/").rpartition("/")[2]
    if last.endswith((".xml", ".json")) or any(sign in last for sign in FEED_SIGNS):
        return "feed"
    return "listing"


def source_for_urls(urls: tuple[str, ...], spider: str) -> Source:
    """A source for addresses that no catalogue knows, named after the first one's host.

    Raises InputError for what is no web address.
    """
    for url in urls:
        if not is_web(url):
            raise InputError(f"{url!r} is not a web address; it should start with http:// or https://.")
    if not urls:
        raise InputError("There is no address to crawl.")
    name = host_of(urls[0]) or urls[0]
    return Source(
        name=name,
        title=name,
        kind=None,
        language=None,
        country=None,
        zone=None,
        spider=spider,
        start=urls,
        allowed_hosts=usual_hosts(urls, None) if spider == "listing" else (),
        delay=0.0 if all(map(is_loopback, urls)) else None,
    )
