"""Addresses as they stand in feeds, sitemaps and pages, made absolute and safe to fetch."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urldefrag, urljoin

from w3lib.url import safe_url_string

from newsbot.discovery import Link
from newsbot.urls import is_web

MAX_ADDRESS = 4096


def absolute(address: str | None, base: str) -> str | None:
    """The address as an absolute http or https URL without fragment; None for anything else.

    >>> absolute(" ../a 1.html#top", "https://example.com/news/")
    'https://example.com/a%201.html'
    >>> absolute("javascript:;", "https://example.com/") is None
    True
    """
    if address is None or not (address := address.strip()) or len(address) > MAX_ADDRESS:
        return None
    try:
        joined = urldefrag(urljoin(base, address)).url
        return safe_url_string(joined) if is_web(joined) else None
    except ValueError:
        return None


def without_repeats(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links in their order, each address once: the first mention stands."""
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(link.url, link)
    return tuple(first.values())
