"""What a page tells about where its site keeps its news: feeds, sections, the site's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.etree import _Element

from newsbot.discovery.addresses import absolute
from newsbot.discovery.detection import looks_like_article
from newsbot.discovery.headlines import text_of
from newsbot.discovery.naming import Name, name_of_label, name_of_section
from newsbot.discovery.paging import next_pages, page_number
from newsbot.extraction.tree import parse
from newsbot.urls import canonicalise, host_of, is_allowed

FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
)
JSON_TYPES = frozenset(("application/json", "text/xml", "application/xml"))
FEED_PATHS = (
    "feed/",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "rss",
    "index.xml",
    "feed.json",
    "news/feed/",
    "news/rss.xml",
    "?feed=rss2",
)
"""Where feeds lie when no page says so; asked for one by one."""

SITEMAP_PATHS = ("sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml", "sitemap-news.xml", "sitemap.xml.gz")
MAX_ANCHORS = 5000
LONGEST_LABEL = 40
NO_FEED = ("comment", "podcast", "评论", "oembed")
FEED_HINTS = ("rss", "/feed", "atom.xml")


@dataclass(frozen=True, slots=True)
class Section:
    """A link that may lead to a list: its address, its words, and what they say."""

    url: str
    label: str
    name: Name


def declared_feeds(tree: _Element, url: str) -> tuple[str, ...]:
    """The feeds that a page names, those of comments and podcasts left out."""
    found = [address for address, label in _feeds(tree, url) if not _is_no_feed(address, label)]
    return tuple(dict.fromkeys(found))


def _feeds(tree: _Element, url: str) -> Iterator[tuple[str, str]]:
    for element in tree.iter("link"):
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        rel = (element.get("rel") or "").lower().split()
        feed = kind in FEED_TYPES or (kind in JSON_TYPES and "feed" in (element.get("title") or "").lower())
        if feed and ("alternate" in rel or "feed" in rel) and (address := absolute(element.get("href"), url)):
            yield address, element.get("title") or ""
    for element in islice(tree.iter("a"), MAX_ANCHORS):
        address = absolute(element.get("href"), url)
        if (
            address
            and host_of(address) == host_of(url)
            and any(hint in address.lower() for hint in FEED_HINTS)
        ):
            yield address, text_of(element)[:100]


def _is_no_feed(address: str, label: str) -> bool:
    said = f"{address} {label}".lower()
    return any(word in said for word in NO_FEED)


def sections(tree: _Element, url: str) -> list[Section]:
    """The links of a page that may lead to a list of news, the likeliest first: each address once.

    On the page's own host or below it: many companies keep their news at investors.example.com.
    """
    pages = {canonicalise(page) for page in next_pages(tree, url)}
    site = (urlsplit(url).hostname or "").removeprefix("www.")
    found: dict[str, Section] = {}
    for element in islice(tree.iter("a"), MAX_ANCHORS):
        address = absolute(element.get("href"), url)
        if address is None or not is_allowed(address, (site,)) or not _may_be_section(address, pages):
            continue
        label = " ".join((text_of(element) or element.get("title") or "").split())
        if len(label) <= LONGEST_LABEL:
            section = Section(address, label, name_of_section(address, label))
            first = found.setdefault(canonicalise(address), section)
            if section.name > first.name:
                found[canonicalise(address)] = section
    return sorted(found.values(), key=lambda section: (-section.name, section.url.count("/"), section.url))


def _may_be_section(address: str, pages: set[str]) -> bool:
    if canonicalise(address) in pages or (page_number(address) or 1) > 1:
        return False
    return not looks_like_article(address) or address.rstrip("/").rpartition("/")[2].startswith(
        ("index", "list")
    )


def language_of(tree: _Element) -> str | None:
    """The language that a page says it is in, such as en or zh; None if it says none."""
    stated = next((element.get("lang") for element in tree.iter("html")), None) or ""
    code = stated.strip().lower().replace("_", "-").partition("-")[0]
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None


def site_name(texts: Sequence[str]) -> str | None:
    """What a site calls itself on some of its pages: what they state, else the part that most of their titles share.

    None where nothing is shared.
    """
    pages = [parse(text) for text in texts]
    stated = Counter(name for page in pages if (name := _stated_name(page)))
    if stated:
        return stated.most_common(1)[0][0][:MAX_NAME]
    pieces = Counter(piece for page in pages for piece in dict.fromkeys(_pieces(page)))
    shared = [
        piece for piece, times in pieces.most_common() if 2 * times > len(pages) > 1 and _may_be_name(piece)
    ]
    return min(shared, key=len)[:MAX_NAME] if shared else None


HOME = frozenset(("home", "homepage", "welcome", "首页", "主页", "官网"))
MAX_NAME = 120
SEPARATORS = re.compile(r"\s[|–—·:»-]\s|[_|｜—]|(?<=[^\x00-\x7f])-|-(?=[^\x00-\x7f])")
"""What stands between the parts of a title; a hyphen only beside spaces or a Chinese word."""


def _stated_name(page: _Element) -> str | None:
    for element in page.iter("meta"):
        if (element.get("property") or element.get("name") or "").lower() in (
            "og:site_name",
            "application-name",
        ):
            return " ".join((element.get("content") or "").split()) or None
    return None


def _pieces(page: _Element) -> list[str]:
    title = next((" ".join(text_of(element).split()) for element in page.iter("title")), "")
    return [piece.strip() for piece in SEPARATORS.split(title) if piece.strip()]


def _may_be_name(piece: str) -> bool:
    return piece.lower() not in HOME and name_of_label(piece) is not Name.NEWS
