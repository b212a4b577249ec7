"""The lists of articles on an HTML page, found without being told where.

A list is a group of links that stand at the same place of repeated pieces of the page. The one that looks
most like headlines wins: addresses of articles, headings, a date or a teaser beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element

from newsbot.discovery.addresses import absolute
from newsbot.discovery.headlines import (
    DATE,
    HEADING_TAGS,
    MAX_TEXT,
    headline_of,
    is_headed,
    text_of,
    width,
    words_in,
)
from newsbot.urls import host_of

MAX_SEEN = 8000
MAX_ANCHORS = 3000
MAX_DEPTH = 60
MIN_SCORE = 4.0
NEAR_BEST = 0.75
"""A page may carry several lists; those that score nearly as the best and are dated like it count too."""

LABEL_WIDTH = 16
"""Links narrower than this are labels of menus more often than headlines."""

FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "select", "button", "noscript"))
FURNITURE_NAMES = frozenset(
    (
        "foot", "bottom", "position", "location", "weizhi", "mbx", "links", "lang", "language", "languages",
        "search", "login", "side", "widget", "category", "categories", "tags", "pages", "rank", "popular",
    )
)  # fmt: skip
"""Whole class and id names of what surrounds a list; inside longer names (border-bottom) they mean nothing."""

FURNITURE_WORDS = frozenset(
    (
        "nav", "navbar", "navigation", "subnav", "topnav", "sitenav", "menu", "submenu", "dropdown",
        "header", "footer", "sidebar", "aside", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
        "related", "recommend", "recommended", "recommends", "tuijian", "hot", "ranking", "tagcloud",
        "copyright", "friendlink", "toolbar", "kefu", "share", "social", "cookie", "modal", "popup",
        "pagination", "paging", "pagenavi", "pagebar", "pager", "pagess", "pagelist",
        "banner", "slider", "swiper", "carousel",
    )
)  # fmt: skip
"""Words that mean the same in longer names, too, as DedeCMS, WordPress and Bootstrap themes have them."""

LAYOUT_WORDS = frozenset(("has", "with", "without", "no", "layout", "content"))
"""With these, a name speaks of the page round the furniture: has-sidebar, content-sidebar-wrap."""

TOPIC_PREFIXES = ("tag-", "category-")
"""WordPress puts what an article is about into the classes of its item: tag-social-media."""

PIECE_WORDS = frozenset(("card", "entry", "post", "item", "article", "list", "news", "box", "title"))
"""With these, a header or footer is that of one item: entry-header, card-footer."""

ITEM_TAGS = frozenset(("li", "article", "tr", "dd", "dt", "section"))
STATE_WORDS = frozenset(
    ("first", "last", "odd", "even", "active", "current", "cur", "on", "hover", "left", "right", "clearfix",
     "wow", "new", "top", "sticky", "selected")
)  # fmt: skip
"""Classes that tell one item of a list from the next."""

NEIGHBOUR = re.compile(
    r"^[【\[]?(?:上一[篇条页]|下一[篇条页]|(?:previous|next)(?: (?:post|article|story))?\s{0,2}[:：»›→])",
    re.IGNORECASE,
)
ENDING = r"(?:\.[sj]?html?|\.aspx?|\.php|\.jsp|/)?$"
ARTICLE_PATHS = (
    re.compile(r"(?:19|20)\d\d[-/]?[01]\d"),
    re.compile(rf"/[tc]?\d{{1,12}}(?:[_-]\d{{1,12}}){{0,2}}{ENDING}"),
    re.compile(r"(?<!\d)\d{3,12}[^/]{0,40}$"),
    re.compile(r"-\d{1,12}/?$"),
    re.compile(r"/[^/-]{1,60}(?:-[^/-]{1,60}){3,40}/?$"),
    re.compile(
        r"/(?!index|list|default|about|contact|login)[^/.]{1,120}\.(?:[sj]?html?|aspx?|php|jsp)$", re.I
    ),
)
"""Paths of articles: a date, a number, a slug of four words or more, a named document."""

NO_ARTICLE = re.compile(
    r"/(?:index|list|default)(?:[_-]\d{1,6}){0,3}\.[a-z]{3,5}$"
    r"|/(?:tags?|categor(?:y|ies)|author|topics?|search|login|register|users?|account|page)"
    r"/[^/]{0,80}/?(?:\d{1,6}/?)?$"
    r"|\.(?:jpe?g|png|gif|svg|webp|zip|rar|exe|mp4|mp3|apk|css|js|xml|rss)$",
    re.IGNORECASE,
)
ID_NAMES = frozenset(
    ("id", "aid", "nid", "newsid", "articleid", "article_id", "docid", "contentid", "infoid", "itemid",
     "p", "a", "tid", "sid", "newid")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchor:
    """One usable link: where it leads, and its place as the names of the elements round it."""

    element: _Element
    url: str
    place: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Links at the same place of repeated pieces; each has its item, its headline and its item's text."""

    anchors: tuple[Anchor, ...]
    items: tuple[_Element, ...]
    headlines: tuple[str | None, ...]
    texts: tuple[str, ...]

    @property
    def urls(self) -> frozenset[str]:
        """The distinct pages that the group leads to."""
        return frozenset(anchor.url for anchor in self.anchors)


def find_lists(tree: _Element, url: str, base: str) -> list[Group]:
    """The groups of links that make up the page's lists of articles; none where nothing looks like one."""
    scored = [(group, score(group, url)) for group in _groups(_anchors(tree, url, base))]
    lists = [(group, points) for group, points in scored if points >= MIN_SCORE and _is_list(group)]
    if not lists:
        return []
    best, most = max(lists, key=lambda pair: pair[1])
    found = [group for group, points in lists if group is best or _is_as_good(group, points, best, most)]
    return found + [group for group, _ in scored if group not in found and _carries_on(group, best)]


def _is_as_good(group: Group, points: float, best: Group, most: float) -> bool:
    return points >= NEAR_BEST * most and min(_dated(group), _dated(best)) >= 0.5


def _anchors(tree: _Element, url: str, base: str) -> Iterator[Anchor]:
    """The links that could lead to an article: on this host, elsewhere than here, in no furniture."""
    host, count = host_of(url), 0
    for element in islice(tree.iter("a"), MAX_SEEN):
        address = absolute(element.get("href"), base)
        if address is None or address == url or host_of(address) != host:
            continue
        place = _place(element)
        if place is not None and (count := count + 1) <= MAX_ANCHORS:
            yield Anchor(element, address, place)


def _place(element: _Element) -> tuple[str, ...] | None:
    """The names of the elements from the link outwards; None inside furniture or too deep."""
    ancestors = islice(element.iterancestors(), MAX_DEPTH + 3)
    outer = [around for around in ancestors if around.tag not in ("body", "html")]
    if len(outer) > MAX_DEPTH or any(_is_furniture(around) for around in outer):
        return None
    return tuple(_name(around) for around in (element, *outer))


def _is_furniture(element: _Element) -> bool:
    if element.tag in FURNITURE_TAGS:
        return True
    if element.tag == "header":
        return not any(outer.tag in ("article", "li") for outer in element.iterancestors())
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:200].split()
    return element.tag not in HEADING_TAGS and any(_is_furniture_name(name) for name in names)


def _is_furniture_name(name: str) -> bool:
    """Whether a class or id names what surrounds a list.

    >>> _is_furniture_name("mainNav"), _is_furniture_name("has-sidebar"), _is_furniture_name("entry-header")
    (True, False, False)
    """
    if name.lower() in FURNITURE_NAMES:
        return True
    words = words_in(name)
    found = words & FURNITURE_WORDS
    if not found or words & LAYOUT_WORDS or name.lower().startswith(TOPIC_PREFIXES):
        return False
    return not (found <= {"header", "footer"} and words & PIECE_WORDS)


def _name(element: _Element) -> str:
    """The element's tag and those classes that its like share: no numbers, no first, last or odd."""
    classes = (element.get("class") or "")[:200].lower().split()
    lasting = sorted(name for name in classes if name.isalpha() and name not in STATE_WORDS)
    return ".".join([str(element.tag), *lasting])


def _groups(anchors: Iterable[Anchor]) -> list[Group]:
    places: dict[tuple[str, ...], list[Anchor]] = {}
    for anchor in anchors:
        places.setdefault(anchor.place, []).append(anchor)
    return [_group(_without_sections(members)) for members in places.values()]


def _without_sections(anchors: list[Anchor]) -> tuple[Anchor, ...]:
    """The links without those to a folder that others of them lead into: sections named beside headlines."""
    folders = {anchor.url.rpartition("/")[0] + "/" for anchor in anchors if not anchor.url.endswith("/")}
    return tuple(anchor for anchor in anchors if anchor.url not in folders)


def _group(anchors: tuple[Anchor, ...]) -> Group:
    items = _items(anchors)
    headlines = [headline_of(anchor.element, item) for anchor, item in zip(anchors, items, strict=True)]
    return Group(anchors, items, tuple(headlines), tuple(_item_text(item) for item in items))


def _items(anchors: tuple[Anchor, ...]) -> tuple[_Element, ...]:
    """For each anchor the largest element round it that holds no other page's link of the group."""
    held: dict[_Element, str] = {}
    for anchor in anchors:
        for outer in (anchor.element, *anchor.element.iterancestors()):
            held[outer] = anchor.url if held.get(outer, anchor.url) == anchor.url else ""
    if len({anchor.url for anchor in anchors}) == 1:
        return tuple(_lone_item(anchor.element) for anchor in anchors)
    return tuple(_item(anchor.element, held) for anchor in anchors)


def _item(element: _Element, held: dict[_Element, str]) -> _Element:
    item = element
    for outer in element.iterancestors():
        if not held[outer]:
            break
        item = outer
    return item


def _lone_item(element: _Element) -> _Element:
    """The item of a list of one: the nearest list-like element, or three steps out."""
    outer = [around for around, _ in zip(element.iterancestors(), range(3), strict=False)]
    listed = [around for around in outer if around.tag in ITEM_TAGS]
    return listed[0] if listed else outer[-1] if outer else element


def _item_text(item: _Element) -> str:
    """The text of the item and of what follows it up to the next one (a <dd> after its <dt>)."""
    pieces = [text_of(item)]
    if item.tag in ("dt", "a", *HEADING_TAGS):
        pieces.append(item.tail or "")
        for sibling in item.itersiblings():
            if sibling.tag == item.tag or len(pieces) > 4:
                break
            if isinstance(sibling.tag, str):
                pieces += [text_of(sibling), sibling.tail or ""]
    return " ".join(pieces)[: 2 * MAX_TEXT]


def score(group: Group, url: str) -> float:
    """How much the group looks like a list of articles; each line weighs one kind of evidence."""
    widths = [width(headline or "") for headline in group.headlines]
    if not any(widths) or not any(looks_like_article(address) for address in group.urls):
        return 0.0
    return (
        2.5 * _share(looks_like_article(address) for address in group.urls)
        + 2.5 * _dated(group)
        + 1.5 * _share(is_headed(anchor.element) for anchor in group.anchors)
        + 1.5 * _teased(group)
        + 1.0 * _share(_is_below(address, url) for address in group.urls)
        + min(median(widths), 40) / 16
        + min(len(group.urls), 8) / 8
    )


def _share(facts: Iterable[bool]) -> float:
    listed = list(facts)
    return sum(listed) / len(listed) if listed else 0.0


def _dated(group: Group) -> float:
    return _share(bool(DATE.search(text)) for text in group.texts)


def _teased(group: Group) -> float:
    """For what share of the links more text stands beside them than a label or a date."""
    pairs = zip(group.texts, group.headlines, strict=True)
    return _share(width(text) - width(headline or "") >= 60 for text, headline in pairs)


def _is_below(address: str, url: str) -> bool:
    """Whether the address lies under the list's own folder."""
    folder = urlsplit(url).path.rpartition("/")[0] + "/"
    return len(folder) > 1 and urlsplit(address).path.startswith(folder)


def looks_like_article(url: str) -> bool:
    """Whether an address has the form of an article's.

    >>> looks_like_article("https://example.com/a/news/52.html"), looks_like_article("https://example.com/news/")
    (True, False)
    """
    parts = urlsplit(url[:1000])
    if NO_ARTICLE.search(parts.path):
        return False
    if any(shape.search(parts.path[-300:]) for shape in ARTICLE_PATHS):
        return True
    return any(
        name.lower() in ID_NAMES and any(c.isdigit() for c in value) for name, value in parse_qsl(parts.query)
    )


def _is_list(group: Group) -> bool:
    """Whether more than the address speaks for it: dates, headings, teasers, headlines and not labels."""
    if any(NEIGHBOUR.match(text) for text in group.texts):
        return False
    headed = _share(is_headed(anchor.element) for anchor in group.anchors)
    if max(_dated(group), _teased(group), headed) >= 0.5:
        return True
    return (
        len(group.urls) > 1 and median(width(headline or "") for headline in group.headlines) >= LABEL_WIDTH
    )


def _carries_on(group: Group, best: Group) -> bool:
    """Whether a group built differently (a featured article) stands beside the best, to pages like its."""
    shapes = {_shape(address) for address in best.urls}
    if not all(looks_like_article(address) and _shape(address) in shapes for address in group.urls):
        return False
    if median(width(headline or "") for headline in group.headlines) < LABEL_WIDTH:
        return False
    region = _region(best)
    return region is not None and all(region in anchor.element.iterancestors() for anchor in group.anchors)


def _region(group: Group) -> _Element | None:
    """The element round the whole list, one step out; None where that is the page."""
    first = group.items[0]
    rest = [set(item.iterancestors()) for item in group.items[1:]]
    for outer in first.iterancestors():
        if all(outer in around for around in rest):
            region = outer.getparent()
            return region if region is not None and region.tag not in ("body", "html") else None
    return None


def _shape(url: str) -> str:
    """The address with its numbers and last name taken out."""
    folder, _, name = urlsplit(url).path.rpartition("/")
    suffix = name.rpartition(".")[2] if "." in name else ""
    return re.sub(r"\d+", "9", folder) + "/*." + suffix
