"""Where an article points to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.decode import UNWANTED

MOST_LINKS = 200
ABSOLUTE = re.compile(r"https?://[\w.-]{1,250}(?:/[^\s\[\]]{0,2000})?$", re.ASCII)
"""What needs no joining."""


def outgoing_links(blocks: Iterable[RawBlock], base: str) -> tuple[str, ...]:
    """Absolute http(s) addresses in the blocks, each once, in reading order, at most `MOST_LINKS`."""
    found: dict[str, None] = {}
    for block in blocks:
        for href in block.hrefs:
            link = absolute(href, base)
            if link is not None:
                found.setdefault(link)
            if len(found) == MOST_LINKS:
                return tuple(found)
    return tuple(found)


def absolute(href: str, base: str) -> str | None:
    """`href` as an absolute http(s) address without fragment; None for anything else.

    >>> absolute("../b?x=1#y", "https://example.com/a/c.html")
    'https://example.com/b?x=1'
    >>> absolute("javascript:void(0)", "https://example.com/"), absolute("#top", "https://example.com/")
    (None, None)
    """
    href = href.strip()
    if not href.isprintable():
        href = UNWANTED.sub("", href)
    if not href or href.startswith("#"):
        return None
    if ABSOLUTE.match(href):
        return href.partition("#")[0]
    try:
        link = urljoin(base, href).partition("#")[0]
        parts = urlsplit(link)
    except ValueError:
        return None
    return link if parts.scheme in ("http", "https") and parts.netloc else None
