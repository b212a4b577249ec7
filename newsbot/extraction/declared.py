"""Fields that a source points at with selectors of its own; where they find nothing, a page is read as any other."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace

from lxml.cssselect import CSSSelector
from lxml.etree import _Element

from newsbot.extraction.blocks import read_page
from newsbot.extraction.dates import parse_published
from newsbot.extraction.embedded import Stated
from newsbot.extraction.metadata import Metadata
from newsbot.model import Page

ORIGIN = "selector"
LONGEST = 300
MOST_PEOPLE = 20


def with_declared(metadata: Metadata, tree: _Element | None, page: Page) -> Metadata:
    """The metadata with what the source's selectors find in place of what was found without them."""
    if tree is None or not page.fields:
        return metadata
    found: dict[str, object] = {}
    if title := _line(tree, page.fields.get("title")):
        found["title"] = title
    if source := _line(tree, page.fields.get("source")):
        found["source"] = source
    if people := _lines(tree, page.fields.get("authors")):
        found["authors"] = people
    stated = (
        parse_published(text, page.zone, page.fetched) for text in _dates(tree, page.fields.get("published"))
    )
    if published := next(filter(None, stated), None):
        found["published"] = published
    origins = metadata.origins | dict.fromkeys(found, ORIGIN)
    return replace(metadata, **found, origins=origins)  # type: ignore[arg-type]  # each is of its field's type


def declared_body(tree: _Element | None, page: Page) -> Stated | None:
    """The body that the source's selector finds; None without one, or where it finds no text."""
    found = _select(tree, page.fields.get("body")) if tree is not None else []
    outermost = [
        each for each in found if not any(each is not other and each in _within(other) for other in found)
    ]
    if not any("".join(map(str, each.itertext())).strip() for each in outermost):
        return None
    root = tree.makeelement("html") if tree is not None else found[0].makeelement("html")
    body = root.makeelement("body")
    root.append(body)
    body.extend(_alone(each) for each in outermost)
    return Stated(reading=read_page(root), origin=ORIGIN)


def _within(element: _Element) -> set[_Element]:
    return set(element.iter())


def _alone(element: _Element) -> _Element:
    """A copy without the text that follows it."""
    found = copy.deepcopy(element)
    found.tail = None
    return found


def _select(tree: _Element, css: str | None) -> list[_Element]:
    if css is None:
        return []
    found = CSSSelector(css, translator="html")(tree)
    return [each for each in found if isinstance(each, _Element)] if isinstance(found, list) else []


def _text(element: _Element) -> str:
    """An element's text on one line; of a meta element what it says."""
    text = element.get("content") if element.tag == "meta" else " ".join(map(str, element.itertext()))
    return " ".join((text or "").split())[:LONGEST]


def _lines(tree: _Element, css: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_text, _select(tree, css)[:MOST_PEOPLE]))))


def _line(tree: _Element, css: str | None) -> str | None:
    return next(iter(_lines(tree, css)), None)


def _dates(tree: _Element, css: str | None) -> Iterable[str]:
    """What the found elements say of a time: for programs, then for people."""
    for element in _select(tree, css)[:MOST_PEOPLE]:
        yield from filter(None, (element.get("datetime"), _text(element)))
