"""What a link of a list page says: its headline, and whether that is the whole title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from lxml.etree import _Element

MAX_TEXT = 600
MAX_INNER = 60
CUT_FROM = 28
"""Narrower titles are not suspected of having been cut in silence."""

HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TITLE_WORDS = frozenset(("title", "titles", "tit", "bt", "headline", "heading", "name", "subject", "biaoti"))
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NAME_PARTS = re.compile(r"[A-Za-z]{2,30}")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?[-/.年]\s?[01]?\d\s?[-/.月]\s?[0-3]?\d"
    r"|(?<![\d/.-])(?:\d\d[-/])?[01]\d[-/][0-3]\d(?![\d/-])|(?<!\d)[01]?\d月[0-3]?\d日"
    r"|\d{1,3}\s?(?:天|小时|分钟)前"
    rf"|\b[0-3]?\d\.?\s{MONTH},?\s(?:19|20)\d\d|\b{MONTH}\s[0-3]?\d(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"
    r"|\b\d{1,3}\s(?:minute|hour|day|week|month)s?\sago",
    re.IGNORECASE,
)
MORE = re.compile(
    r"^[\[(（【<>+»›…\s]{0,4}(?:more|read more|learn more|continue reading|details?|view"
    r"|full (?:story|article)|更多|查看更多|了解更多|阅读更多|查看详情|查看|详情|详细|详细内容|阅读全文|全文|点击查看"
    r"|查看全文|继续阅读)"
    r"[\])）】<>+»›→….\s]{0,4}$",
    re.IGNORECASE,
)
TRUNCATED = re.compile(r"(?:…|\.{2,3}|。{2,3})\s{0,3}$")
RANKED = re.compile(r"^\d{1,2}[\s.、]")
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("【", "】"), ("「", "」"))


def text_of(element: _Element) -> str:
    """The start of the element's text on one line."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(str(piece)[:MAX_TEXT])
        length += len(pieces[-1].strip())
        if length > MAX_TEXT:
            break
    return " ".join(" ".join(pieces).split())[:MAX_TEXT]


def width(text: str) -> int:
    """The width in columns: a Chinese character counts two.

    >>> width("PD-1 药")
    7
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def name_words(element: _Element) -> frozenset[str]:
    """The words in the element's class and id names."""
    return words_in(f"{element.get('class') or ''} {element.get('id') or ''}"[:200])


def words_in(name: str) -> frozenset[str]:
    """The words of a name written with hyphens, underscores, numbers or humps.

    >>> sorted(words_in("newsList2_top"))
    ['list', 'news', 'top']
    """
    return frozenset(word.lower() for word in NAME_PARTS.findall(CAMEL.sub(" ", name)))


def headline_of(anchor: _Element, item: _Element | None = None) -> str | None:
    """The headline of a link: the heading or title element in it, its text, or the heading of its item.

    "More" and its like are no headline.
    """
    inner = inner_title(anchor)
    text = text_of(anchor if inner is None else inner)
    if text and not MORE.match(text):
        return text
    beside = inner_title(item) if item is not None else None
    return (text_of(beside) or None) if beside is not None else None


def inner_title(element: _Element) -> _Element | None:
    """The heading in an element or else what its class names call a title."""
    inner = list(_some_inner(element))
    for is_title in (_is_heading, _is_named_title):
        for candidate in inner:
            if is_title(candidate) and text_of(candidate):
                return candidate
    return None


def _some_inner(element: _Element) -> Iterator[_Element]:
    for count, inner in enumerate(element.iterdescendants()):
        if count >= MAX_INNER:
            return
        if isinstance(inner.tag, str):
            yield inner


def _is_heading(element: _Element) -> bool:
    return element.tag in HEADING_TAGS


def _is_named_title(element: _Element) -> bool:
    return bool(name_words(element) & TITLE_WORDS)


def is_headed(anchor: _Element) -> bool:
    """Whether a link stands in a heading or holds a title element."""
    outer = [around for around, _ in zip(anchor.iterancestors(), range(2), strict=False)]
    return any(around.tag in HEADING_TAGS for around in outer) or inner_title(anchor) is not None


def whole_title(headline: str | None, anchor: _Element) -> str | None:
    """The title if it is complete: not torn off, no bracket or quote left open, no date or rank mixed in.

    The link's `title` attribute stands in for a headline that was cut.
    """
    stated = _stated_title(anchor)
    if stated and headline and stated.startswith(TRUNCATED.sub("", headline)[:10]):
        headline = stated
    if not headline or TRUNCATED.search(headline) or not 4 <= width(headline) <= 300:
        return None
    if any(headline.count(left) != headline.count(right) for left, right in PAIRS):
        return None
    is_plain = inner_title(anchor) is not None or len(anchor) == 0
    return headline if is_plain or not (DATE.search(headline) or RANKED.match(headline)) else None


def whole_titles(headlines: Sequence[str | None], anchors: Sequence[_Element]) -> list[str | None]:
    """The titles that a detected list surely gives whole, None in the place of the others.

    Where several headlines share the greatest width, the site cuts them there without saying so.
    """
    cut = _cut_width([headline for headline in headlines if headline])
    titles = [whole_title(headline, anchor) for headline, anchor in zip(headlines, anchors, strict=True)]
    return [
        title if title and (width(title) < cut or title == _stated_title(anchor)) else None
        for title, anchor in zip(titles, anchors, strict=True)
    ]


def _cut_width(headlines: Sequence[str]) -> float:
    widths = sorted((width(headline) for headline in headlines), reverse=True)
    is_cut = len(widths) > 1 and widths[0] >= CUT_FROM and widths[1] >= widths[0] - 1
    return widths[0] - 1 if is_cut else float("inf")


def _stated_title(anchor: _Element) -> str | None:
    title = " ".join((anchor.get("title") or "")[:MAX_TEXT].split())
    return title if title and not TRUNCATED.search(title) else None
