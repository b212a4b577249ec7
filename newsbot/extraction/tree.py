"""Text to an element tree, without ever losing text in silence."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from lxml import etree

from newsbot.extraction.decode import UNWANTED

DEEPEST = 200
"""Levels of a rescued tree; what lies deeper is hung up at this level, in order."""

XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}\?>")
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)
LONGEST_TITLE = 2_000
TITLE_START = re.compile(rb"<title[^>]{0,200}>", re.IGNORECASE)
PAGE_END = re.compile(rb"</(?:html|body)\s{0,9}>", re.IGNORECASE)
FIRST_END = re.compile(rb"</[hH][tT][mM][lL]\s{0,9}>")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,60}")


def parse(page: str | bytes) -> etree._Element:
    """The `html` element of a page (bytes: UTF-8); an empty one of no markup at all.

    Plain elements, without lxml.html's methods, are a third faster to walk over. lxml drops everything below some
    2,000 levels; such a page is read again by a slower parser.
    """
    source = page if isinstance(page, bytes) else page.encode("utf-8", "ignore")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True, collect_ids=False
    )
    if source[:300].lstrip().startswith(b"<?xml"):
        source = XML_DECLARATION.sub(b"", source, count=1)
    source = without_early_end(source)
    try:
        root: etree._Element | None = etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return rescue(source.decode("utf-8", "replace"))
    if root is None or lost_text(parser):
        return rescue(source.decode("utf-8", "replace"))
    return parse(TITLE_START.sub(b"<div>", source, count=1)) if is_swallowed(root) else root


def without_early_end(page: bytes) -> bytes:
    """`page` without end tags of the page where more follows: lxml drops it, browsers do not.

    >>> without_early_end(b"<html>a</html><p>b</p></html>")
    b'<html>a<p>b</p>'
    """
    end = FIRST_END.search(page)
    return PAGE_END.sub(b"", page) if end is not None and page[end.end() :].strip() else page


def is_swallowed(root: etree._Element) -> bool:
    """Whether a title that is never closed has taken the page with it."""
    title = root.find("head/title")
    return title is not None and len(title.text or "") > LONGEST_TITLE and "</" in (title.text or "")


def lost_text(parser: etree.HTMLParser) -> bool:
    """Whether lxml gave up on a part of the page."""
    last = parser.error_log.last_error
    return last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


def rescue(text: str) -> etree._Element:
    """The tree that Python's own parser sees, at most `DEEPEST` levels deep.

    Comments that are never closed are opened: that parser looks for their ends again and again.
    """
    rescuer = Rescuer()
    closed = text.rfind("-->") + 1
    rescuer.feed(text[:closed] + text[closed:].replace("<!--", ""))
    rescuer.close()
    return rescuer.root


class Rescuer(HTMLParser):
    """Builds a tree from tags as they come; an end tag without its start is ignored.

    What lies deeper than `DEEPEST` is hung up at that level, in order, each run of text in an element of its own.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = etree.Element("html")
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


def append_text(parent: etree._Element, text: str) -> None:
    """Adds `text` behind what `parent` holds so far."""
    last = next(parent.iterchildren(reversed=True), None)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
