"""Text to an element tree, without ever losing text in silence."""

from __future__ import annotations

import re
from typing import cast

import lxml.html
from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from lxml import etree

from newsbot.extraction.decode import UNWANTED

DEEPEST = 200
"""Levels of a rescued tree; what lies deeper is hung up at this level, in order."""

XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
LONGEST_TITLE = 2_000
TITLE_START = re.compile(r"<title[^>]{0,200}>", re.IGNORECASE)
PAGE_END = re.compile(r"</(?:html|body)>", re.IGNORECASE)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,60}")


def parse(text: str) -> lxml.html.HtmlElement:
    """The `html` element of a page, with lxml.html's methods on every element; an empty one of no markup at all."""
    return cast("lxml.html.HtmlElement", grow(text, lxml.html.HTMLParser))


def parse_bare(text: str) -> etree._Element:
    """The `html` element of a page; elements without those methods are a third faster to walk over."""
    return grow(text, etree.HTMLParser)


def grow(text: str, kind: type[etree.HTMLParser]) -> etree._Element:
    """The tree that a kind of parser makes.

    lxml drops everything below some 2,000 levels; such a page is read again by BeautifulSoup.
    """
    parser = kind(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    source = without_early_end(XML_DECLARATION.sub("", text[:300]) + text[300:])
    try:
        root: etree._Element | None = etree.fromstring(source.encode("utf-8", "ignore"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return cast("etree._Element", rescue(text))
    if root is None or lost_text(parser):
        return cast("etree._Element", rescue(text))
    return grow(TITLE_START.sub("<div>", source, count=1), kind) if is_swallowed(root) else root


def without_early_end(text: str) -> str:
    """`text` without end tags of the page where more follows: lxml drops it, browsers do not.

    >>> without_early_end("<html>a</html><p>b</p></html>")
    '<html>a<p>b</p>'
    """
    early = any(0 <= text.find(tag) < len(text.rstrip()) - len(tag) for tag in ("</html>", "</HTML>"))
    return PAGE_END.sub("", text) if early else text


def is_swallowed(root: etree._Element) -> bool:
    """Whether a title that is never closed has taken the page with it."""
    title = root.find("head/title")
    return title is not None and len(title.text or "") > LONGEST_TITLE and "</" in (title.text or "")


def lost_text(parser: etree.HTMLParser) -> bool:
    """Whether lxml gave up on a part of the page."""
    last = parser.error_log.last_error
    return last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


def rescue(text: str) -> lxml.html.HtmlElement:
    """The tree as BeautifulSoup sees it, at most `DEEPEST` levels deep."""
    root = lxml.html.Element("html")
    places: dict[int, tuple[lxml.html.HtmlElement, int]] = {}
    soup = BeautifulSoup(text, "html.parser")
    places[id(soup)] = (root, 0)
    for node in soup.descendants:
        parent, depth = places[id(node.parent)]
        if isinstance(node, Tag):
            places[id(node)] = hang(parent, depth, node)
        elif not isinstance(node, PreformattedString):
            append_text(parent, UNWANTED.sub("", str(node)))
    return root


def hang(parent: lxml.html.HtmlElement, depth: int, tag: Tag) -> tuple[lxml.html.HtmlElement, int]:
    """`tag` as a new child of `parent`, or of its parent where that is already deep enough."""
    if tag.name == "html" or not NAME.fullmatch(tag.name):
        return parent, depth
    above = parent.getparent() if depth >= DEEPEST else None
    holder = above if above is not None else parent
    child = etree.SubElement(holder, tag.name)
    for name, value in tag.attrs.items():
        if NAME.fullmatch(name):
            joined = " ".join(value) if isinstance(value, list) else str(value or "")
            child.set(name, UNWANTED.sub("", joined))
    return child, min(depth + 1, DEEPEST)


def append_text(parent: lxml.html.HtmlElement, text: str) -> None:
    """Adds `text` behind what `parent` holds so far."""
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
