"""Sources for addresses that stand in no catalogue, and how an address is likely to be walked."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsbot.catalogue.source import COUNTRY_ZONES, Kind, Source, usual_hosts
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


COUNTRY_ENDINGS = {"uk": "GB", "eu": "EU"}
REGULATOR_ENDING = re.compile(r"\.(?:gov|gouv|gob|go)(?:\.[a-z]{2})?$|\.europa\.eu$")
LANGUAGE_COUNTRIES = {"zh": "CN", "ja": "JP", "ko": "KR"}
"""Countries that a language names; the others are spoken in many."""


def country_of(url: str, language: str | None) -> str:
    """The country of a site by its address, else by its language, else INT.

    >>> country_of("https://www.example.co.uk/", "en"), country_of("https://example.com/", "zh")
    ('GB', 'CN')
    """
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    country = COUNTRY_ENDINGS.get(ending, ending.upper())
    return country if country in COUNTRY_ZONES else LANGUAGE_COUNTRIES.get(language or "", "INT")


def kind_of(url: str) -> Kind:
    """What a site probably is: an agency at an address of a government, else a company.

    >>> kind_of("https://www.nmpa.gov.cn/"), kind_of("https://example.com/")
    (<Kind.REGULATOR: 'regulator'>, <Kind.COMPANY: 'company'>)
    """
    return Kind.REGULATOR if REGULATOR_ENDING.search(urlsplit(url).hostname or "") else Kind.COMPANY


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
