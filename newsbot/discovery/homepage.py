"""What a page tells about where its site keeps its news: feeds, sections, the site's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element

from newsbot.discovery.addresses import absolute
from newsbot.discovery.detection import looks_like_article
from newsbot.discovery.headlines import text_of
from newsbot.discovery.naming import Name, name_of_label, name_of_section
from newsbot.discovery.paging import next_pages, page_number
from newsbot.urls import canonicalise, host_of

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
)
"""Where feeds lie when no page says so; asked for one by one."""

SITEMAP_PATHS = ("sitemap.xml", "sitemap_index.xml")
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
    """The links of a page that may lead to a list of news, the likeliest first: each address once."""
    pages = {canonicalise(page) for page in next_pages(tree, url)}
    found: dict[str, Section] = {}
    for element in islice(tree.iter("a"), MAX_ANCHORS):
        address = absolute(element.get("href"), url)
        if address is None or host_of(address) != host_of(url) or not _may_be_section(address, pages):
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


def site_name(tree: _Element) -> str | None:
    """What the site calls itself: its own statement, or the shortest end of its home page's title."""
    for element in tree.iter("meta"):
        if (element.get("property") or element.get("name") or "").lower() == "og:site_name" and element.get(
            "content"
        ):
            return " ".join((element.get("content") or "").split())[:120] or None
    title = next(
        (" ".join("".join(str(t) for t in element.itertext()).split()) for element in tree.iter("title")), ""
    )
    pieces = [piece.strip() for piece in _split(title) if piece.strip()]
    named = [
        piece for piece in pieces if name_of_label(piece) is Name.SILENT and piece.lower() not in HOME
    ] or pieces
    return min(named, key=len)[:120] if named else None


HOME = frozenset(("home", "homepage", "welcome", "首页", "主页", "官网"))


def _split(title: str) -> list[str]:
    for separator in (" | ", " – ", " — ", " - ", "_", "|", "-"):
        if separator in title:
            return title.split(separator)
    return [title]
