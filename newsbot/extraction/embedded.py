"""Articles that a page holds only as data: JSON-LD, the state of a page that scripts draw, microdata in attributes.

Looked for only where next to nothing is visible.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from newsbot.extraction.blocks import Reading, read_page, words
from newsbot.extraction.body import weigh
from newsbot.extraction.plaintext import read_lines
from newsbot.extraction.structured import read_json_ld, text_at
from newsbot.extraction.titles import squash
from newsbot.extraction.tree import parse

LEAST_TEXT = 200
"""So many Western characters are an article rather than a summary."""

LARGEST_SCRIPT = 4_000_000
DEEPEST = 40
MOST_VALUES = 50_000
STATE_IDS = frozenset(
    ("__NEXT_DATA__", "__NUXT_DATA__", "__APOLLO_STATE__", "initial-state", "serverApp-state")
)
STATE_STARTS = ("window.__", "__NUXT__", "var __INITIAL", "self.__", "var initialState", "window.initial")
BODY_KEYS = words(
    "articlebody body bodyhtml bodytext content contenthtml contenttext html text richtext maintext articlecontent "
    "newscontent detail paragraphs"
)
"""Under what names, without case, dash and underscore, content systems keep the text of an article."""

HEADLINE_KEYS = words("title headline articletitle newstitle hed")
NEXT_TO_NOTHING = 60
MARKUP = ("<p", "<div", "<br", "<li", "<h2", "<section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A body that stands in the page's data, and where."""

    reading: Reading
    origin: str


def stated_body(tree: etree._Element, title: str | None, visible: int) -> Stated | None:
    """The longest text of this page's article in its data; None if there is none of some length.

    Data often holds other articles too: a text under another headline than the page's is none of it, and one under
    no headline only counts where next to nothing is `visible` (Western characters).
    """
    name = squash(title or "")
    found = [
        (text, origin)
        for text, headline, origin in (*_in_json_ld(tree), *_in_state(tree))
        if (_agree(squash(headline), name) if headline else visible < NEXT_TO_NOTHING or origin == "json-ld")
    ]
    text, origin = max(found, key=lambda each: weigh(each[0]), default=("", ""))
    return Stated(reading=read_text(text), origin=origin) if weigh(text) >= LEAST_TEXT else None


def _agree(headline: str, title: str) -> bool:
    """Whether a headline can be the page's: one holds the other, or the page has none."""
    return not title or headline in title or title in headline


def read_text(text: str) -> Reading:
    """The blocks of a text that may be markup."""
    low = text.lower()
    return read_page(parse(text)) if any(sign in low for sign in MARKUP) else read_lines(text)


def _in_json_ld(tree: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Texts with their headlines, "" for none, and where they are from."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for node in read_json_ld(script.text or ""):
                for key in ("articleBody", "reviewBody", "text"):
                    if isinstance(text := node.get(key), str):
                        yield text, text_at(node, "headline") or "", "json-ld"


def _in_state(tree: etree._Element) -> Iterator[tuple[str, str, str]]:
    for script in tree.iter("script"):
        text = script.text or ""
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind or not LEAST_TEXT <= len(text) <= LARGEST_SCRIPT:
            continue
        if (
            script.get("id") in STATE_IDS
            or kind == "application/json"
            or text.lstrip().startswith(STATE_STARTS)
        ):
            for body, headline in bodies(load_state(text)):
                yield body, headline, "page state"


def load_state(text: str) -> Any:
    """The value that a script holds, after what it is assigned to; None if it is no JSON.

    >>> load_state('window.__STATE__ = {"a": 1}; go()')
    {'a': 1}
    """
    start = min((index for sign in "{[" if (index := text.find(sign)) >= 0), default=-1)
    if start < 0:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def bodies(value: Any) -> Iterator[tuple[str, str]]:
    """The texts under names of bodies, and the lists of paragraphs there, in what JSON holds, with their headlines."""
    open_values = [(value, "", "", 0)]
    for _ in range(MOST_VALUES):
        if not open_values:
            return
        current, name, headline, depth = open_values.pop()
        if isinstance(current, str):
            if name in BODY_KEYS:
                yield current, headline
        elif depth < DEEPEST and isinstance(current, dict):
            headline = headline_in(current) or headline
            open_values += [(each, plain_name(key), headline, depth + 1) for key, each in current.items()]
        elif depth < DEEPEST and isinstance(current, list):
            if name in BODY_KEYS and (lines := texts(current)):
                yield "\n".join(lines), headline
            open_values += [
                (each, "" if isinstance(each, str) else name, headline, depth + 1) for each in current
            ]


def headline_in(value: dict[Any, Any]) -> str:
    """The headline that an object of JSON has, "" without one."""
    told = (each for key, each in value.items() if plain_name(key) in HEADLINE_KEYS)
    return next((text for text in told if isinstance(text, str) and text.strip()), "")


def texts(entries: list[Any]) -> list[str]:
    """The texts of a list of paragraphs: strings, or objects with a text of their own."""
    found = []
    for entry in entries[:MOST_VALUES]:
        text = (
            entry.get("text") or entry.get("content") or entry.get("html")
            if isinstance(entry, dict)
            else entry
        )
        if isinstance(text, str) and text.strip():
            found.append(text)
    return found


def plain_name(key: Any) -> str:
    """A key as it is compared.

    >>> plain_name("article_Body")
    'articlebody'
    """
    return str(key).replace("_", "").replace("-", "").lower()
