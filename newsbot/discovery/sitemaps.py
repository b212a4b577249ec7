"""Links out of sitemaps (sitemaps.org, Google News, plain text, gzip), and what robots.txt names of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from newsbot.discovery import Link
from newsbot.discovery.addresses import absolute, without_repeats
from newsbot.discovery.dates import read_date
from newsbot.discovery.feeds import FEED_ROOTS, feed_of_tree, language_tag, unmarked
from newsbot.discovery.trees import MAX_UNPACKED, MIB, decode, local_name, parse_xml, unpack
from newsbot.errors import FeedError
from newsbot.model import Hints

MAX_ROBOTS = 500 * 1024
"""RFC 9309, 2.5: a crawler may stop reading robots.txt after 500 KiB."""

SITEMAP_ROOTS = frozenset(("urlset", "sitemapindex", "url", "sitemap"))
ROBOTS_LINE = re.compile(r"^[ \t]{0,20}sitemap[ \t]{0,20}:[ \t]{0,20}(\S{1,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap lists: further sitemaps (of an index) and pages."""

    children: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()


def read_sitemap(body: bytes, url: str, zone: str | None = None) -> Sitemap:
    """The sitemap in the bytes: index or page list in XML, one URL a line, or a feed; gzipped or not.

    One that breaks off gives what stands before that. Raises FeedError for what is no sitemap.
    """
    raw = unpack(body, url)
    if len(raw) > MAX_UNPACKED:
        raise FeedError(url, f"is larger than {MAX_UNPACKED // MIB} MiB")
    text = decode(raw, None).strip("\ufeff\0 \t\r\n")
    if not text:
        raise FeedError(url, "is empty, where a sitemap should be")
    if not text.startswith("<"):
        return _read_lines(text, url)
    root = parse_xml(text, url)
    if local_name(root) in FEED_ROOTS:
        return Sitemap(links=feed_of_tree(root, url, zone).links)
    return _read_tree(root, url, zone)


def _read_tree(root: etree._Element, url: str, zone: str | None) -> Sitemap:
    name = local_name(root)
    if name not in SITEMAP_ROOTS:
        kind = "an HTML page" if name in ("html", "head", "body") else f"a <{name[:40]}> document"
        raise FeedError(url, f"is {kind}, not a sitemap")
    return Sitemap(
        children=without_repeats(_links(_named(root, "sitemap"), url, zone)),
        links=without_repeats(_links(_named(root, "url"), url, zone)),
    )


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter(etree.Element) if local_name(element) == name)


def _links(elements: Iterable[etree._Element], url: str, zone: str | None) -> Iterator[Link]:
    for element in elements:
        texts = _texts(element)
        if (address := absolute(texts.get("loc"), url)) is not None:
            modified = read_date(texts.get("lastmod"), zone)
            yield Link(
                url=address, hints=_news_hints(element, zone), modified=modified.when if modified else None
            )


def _texts(element: etree._Element) -> dict[str, str]:
    """The texts of the children by local name; the first of a name stands."""
    texts: dict[str, str] = {}
    for child in element.iterchildren(etree.Element):
        if child.text:
            texts.setdefault(local_name(child), child.text)
    return texts


def _news_hints(element: etree._Element, zone: str | None) -> Hints:
    """What Google's news extension says of the page. The publication it names is the site itself, no credit."""
    news = next((child for child in element.iterchildren(etree.Element) if local_name(child) == "news"), None)
    if news is None:
        return Hints()
    texts = _texts(news)
    publication = next((child for child in news if local_name(child) == "publication"), None)
    about = _texts(publication) if publication is not None else {}
    return Hints(
        title=_line(texts.get("title")),
        published=read_date(texts.get("publication_date"), zone),
        language=language_tag(about.get("language") or texts.get("language")),
    )


def _line(text: str | None) -> str | None:
    return " ".join(unmarked(text or "").split()) or None


def _read_lines(text: str, url: str) -> Sitemap:
    """A sitemap of one URL a line."""
    lines = (
        line for line in text.splitlines() if line.lstrip()[:8].lower().startswith(("http://", "https://"))
    )
    links = without_repeats(Link(url=found) for line in lines if (found := absolute(line, url)) is not None)
    if not links:
        raise FeedError(url, "is no sitemap: neither XML nor a list of addresses")
    return Sitemap(links=links)


def sitemaps_in_robots(body: bytes) -> tuple[str, ...]:
    """The absolute addresses that a robots.txt gives for the site's sitemaps.

    >>> sitemaps_in_robots(b"User-agent: *" + bytes([10]) + b"Sitemap: https://example.com/sitemap.xml")
    ('https://example.com/sitemap.xml',)
    """
    lines = body[:MAX_ROBOTS].decode("utf-8", "replace").splitlines()
    named = (match[1] for line in lines if (match := ROBOTS_LINE.match(line.lstrip("\ufeff"))))
    found = (absolute(address, "") for address in named)
    return tuple(dict.fromkeys(address for address in found if address))
