"""The further pages of a list that its page links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element

from newsbot.discovery.addresses import absolute
from newsbot.urls import host_of

MAX_SEEN = 8000
MAX_PAGES = 500
NEXT_WORDS = frozenset(
    (
        "next", "next page", "next >", "older", "older posts", "older entries", "older news",
        "older articles",
        "previous posts", "load more", "more news", "view more",
        "下一页", "下页", "后一页", "下一頁", "下頁", "加载更多",
        ">", ">>", "›", "»", "→", "❯", "▶", "﹥", "＞",
    )
)  # fmt: skip
TRIMMED = " \t\n>›»→[]()（）【】·|"
ARROWS = frozenset((">", ">>", "›", "»", "→", "❯", "▶", "﹥", "＞"))
LAST_WORDS = frozenset(("末页", "尾页", "最后一页", "last", "last page", "last »"))
PAGE_NAMES = frozenset(
    ("page", "p", "pg", "pn", "paged", "pageno", "page_no", "pageindex", "pagenum", "currentpage", "curpage",
     "pageid", "start", "offset", "from")
)  # fmt: skip
FOLDER_PAGE = re.compile(r"^(.{0,1000}?)/(?:page|seite|pagina)[/-]?(\d{1,6})/?$", re.IGNORECASE)
FILE_PAGE = re.compile(r"^(.{0,1000}/)([^/]{0,100}?)[_-]?(\d{1,6})(\.[A-Za-z]{3,5})?/?$")
INDEX_FILE = re.compile(r"/(?:index|default|list|main)\.[A-Za-z]{3,5}$", re.IGNORECASE)
DATE_ARCHIVE = re.compile(r"/(?:19|20)\d\d/\d{1,2}(?:/\d{1,2})?/?$")


def next_pages(tree: _Element, url: str, base: str | None = None) -> tuple[str, ...]:
    """The pages of the same list, on the same host, that come after this one; the nearest first.

    Read from rel=next, from "next" in words or arrows, and from page numbers.
    """
    here = page_number(url) or 1
    numbered: dict[str, int] = {}
    for element, address in _addresses(tree, url, base or url):
        number = _page(element, address, url)
        if number is not None and number > here:
            numbered.setdefault(address, number)
    return tuple(sorted(numbered, key=numbered.__getitem__)[:MAX_PAGES])


def _addresses(tree: _Element, url: str, base: str) -> Iterator[tuple[_Element, str]]:
    for element in islice(tree.iter("a", "link"), MAX_SEEN):
        address = absolute(element.get("href"), base)
        if address is not None and address != url and host_of(address) == host_of(url):
            yield element, address


def _page(element: _Element, address: str, url: str) -> int | None:
    """The number of the page of this list that a link leads to, None if it leads elsewhere."""
    following = (page_number(url) or 1) + 1
    if "next" in (element.get("rel") or "").lower().split():
        return page_number(address) or following
    if element.tag == "link" or DATE_ARCHIVE.search(urlsplit(address).path):
        return None
    words = " ".join("".join(str(piece) for piece in element.itertext())[:60].lower().split())
    words = words or (element.get("aria-label") or element.get("title") or "")[:60].lower()
    if words in ARROWS or words.strip(TRIMMED) in NEXT_WORDS:
        return (page_number(address) or following) if _is_beside(address, url) else None
    label = words.strip(TRIMMED).removeprefix("page ").removeprefix("第").removesuffix("页")
    if label in LAST_WORDS or words in LAST_WORDS:
        return page_number(address) if _is_beside(address, url) else None
    if label.isascii() and label.isdigit() and len(label) <= 5:
        return _numbered(int(label), address, url)
    return None


def _numbered(label: int, address: str, url: str) -> int | None:
    if _is_same_list(address, url):
        return label
    shown = page_number(address)
    return label if shown is not None and abs(shown - label) <= 1 and _is_beside(address, url) else None


def page_number(url: str) -> int | None:
    """Which page of a list an address names, if it does.

    >>> page_number("https://example.com/a/list_12_2.html"), page_number("https://example.com/news?page=3")
    (2, 3)
    """
    parts = urlsplit(url[:2000])
    for name, value in parse_qsl(parts.query):
        if name.lower() in PAGE_NAMES and value.isascii() and value.isdigit() and len(value) <= 6:
            return int(value)
    if match := FOLDER_PAGE.match(parts.path):
        return int(match[2])
    if (match := FILE_PAGE.match(parts.path)) and match[2]:
        return int(match[3])
    return None


def _identity(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What all pages of one list share: the address without its page number."""
    parts = urlsplit(url[:2000])
    query = tuple(sorted(pair for pair in parse_qsl(parts.query) if pair[0].lower() not in PAGE_NAMES))
    path = INDEX_FILE.sub("/", parts.path)
    if match := FOLDER_PAGE.match(path):
        path = match[1]
    elif (match := FILE_PAGE.match(path)) and match[2]:
        path = match[1] + ("" if match[2].lower() in ("index", "list", "default") else match[2])
    return path.rstrip("/"), query


def _is_same_list(address: str, url: str) -> bool:
    return page_number(address) is not None and _identity(address) == _identity(url)


def _is_beside(address: str, url: str) -> bool:
    """Whether an address lies in the folder of the list or right below it."""
    ours, theirs = urlsplit(url).path, urlsplit(address).path
    folder = ours.rpartition("/")[0]
    while FOLDER_PAGE.match(folder + "/"):
        folder = folder.rpartition("/")[0].removesuffix("/page")
    return theirs.startswith(folder + "/") or theirs.rstrip("/") == folder
