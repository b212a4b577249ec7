"""Text to an element tree, without ever losing text in silence."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import cast

import lxml.html
from lxml import etree

from newsbot.extraction.decode import UNWANTED

DEEPEST = 200
"""Levels of a rescued tree; what lies deeper is hung up at this level, in order."""

XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)
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

    lxml drops everything below some 2,000 levels; such a page is read again by a slower parser.
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
    """The tree that Python's own parser sees, at most `DEEPEST` levels deep."""
    rescuer = Rescuer()
    rescuer.feed(text)
    rescuer.close()
    return rescuer.root


class Rescuer(HTMLParser):
    """Builds a tree from tags as they come; an end tag without its start is ignored.

    What lies deeper than `DEEPEST` is hung up at that level, in order, each run of text in an element of its own.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = lxml.html.Element("html")
        self.open = [self.root]
        self.names = ["html"]
        self.counts = Counter(self.names)
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html" or not NAME.fullmatch(tag):
            return
        self.place_text()
        child = etree.SubElement(self.open[min(len(self.open), DEEPEST) - 1], tag)
        for name, value in attrs:
            if NAME.fullmatch(name):
                child.set(name, UNWANTED.sub("", value or ""))
        if tag not in VOID:
            self.open.append(child)
            self.names.append(tag)
            self.counts[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "html" or not self.counts[tag]:
            return
        self.place_text()
        name = None
        while name != tag:
            self.open.pop()
            name = self.names.pop()
            self.counts[name] -= 1

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """A marked section is passed over like a comment: Python's parser would give up at one it does not know."""
        return self.parse_bogus_comment(i)

    def close(self) -> None:
        super().close()
        self.place_text()

    def place_text(self) -> None:
        """Puts the text since the last tag where it belongs."""
        if not self.text:
            return
        text = UNWANTED.sub("", "".join(self.text))
        self.text.clear()
        parent = self.open[-1]
        if len(self.open) > DEEPEST and self.open[DEEPEST - 1][-1] is not parent:
            parent = etree.SubElement(self.open[DEEPEST - 1], self.names[-1])
        append_text(parent, text)


def append_text(parent: lxml.html.HtmlElement, text: str) -> None:
    """Adds `text` behind what `parent` holds so far."""
    last = next(parent.iterchildren(reversed=True), None)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
