"""Fields that a source points at with selectors of its own; where they find nothing, a page is read as any other."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.etree import _Element

from newsbot.extraction.blocks import Reading, read_page
from newsbot.extraction.byline import clean_source, read_byline, split_people
from newsbot.extraction.dates import is_relative
from newsbot.extraction.embedded import Stated
from newsbot.extraction.metadata import Metadata
from newsbot.extraction.published import Clock
from newsbot.model import Page

ORIGIN = "selector"
LONGEST = 300
MOST_FOUND = 20


def with_declared(metadata: Metadata, tree: _Element | None, page: Page) -> Metadata:
    """The metadata with what the source's selectors find in place of what was found without them."""
    if tree is None or not page.fields:
        return metadata
    clock = metadata.clock or Clock(zone=page.zone, now=page.fetched)
    texts = {name: list(_texts(tree, css)) for name, css in page.fields.items() if name != "body"}
    dates = filter(None, map(clock.read, _times(tree, page.fields.get("published"))))
    told = {
        "title": next(iter(texts.get("title", ())), None),
        "source": next(filter(None, map(_outlet, texts.get("source", ()))), None),
        "authors": tuple(dict.fromkeys(name for text in texts.get("authors", ()) for name in _people(text))),
        "published": next(dates, None),
    }
    found = {name: value for name, value in told.items() if value}
    origins = metadata.origins | dict.fromkeys(found, ORIGIN)
    published = told["published"]
    if published is not None and is_relative(published.text):  # type: ignore[union-attr]  # a Published
        origins["published"] = f"{ORIGIN}, relative"
    return replace(metadata, **found, origins=origins)  # type: ignore[arg-type]  # each is of its field's type


def all_found(fields: Iterable[str], origins: dict[str, str]) -> bool:
    """Whether each declared field was read with its selector."""
    return all(origins.get(name, "").startswith(ORIGIN) for name in fields)


def declared_body(tree: _Element | None, page: Page) -> Stated | None:
    """The body that the source's selector finds; None without one, or where it finds no text."""
    if tree is None or "body" not in page.fields:
        return None
    reading = _reading(_outermost(_select(tree, page.fields["body"])))
    return Stated(reading=reading, origin=ORIGIN) if reading.blocks else None


def _outermost(elements: Iterable[_Element]) -> Iterator[_Element]:
    """Those of the elements, in document order, that stand in none of the others."""
    taken: set[_Element] = set()
    for element in elements:
        if taken.isdisjoint(element.iterancestors()):
            taken.add(element)
            yield element


def _reading(elements: Iterable[_Element]) -> Reading:
    """The blocks of these elements as those of a page of their own."""
    root = etree.Element("html")
    body = etree.SubElement(root, "body")
    body.extend(map(_alone, elements))
    return read_page(root)


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


def _texts(tree: _Element, css: str | None) -> Iterator[str]:
    return filter(None, map(_text, _select(tree, css)[:MOST_FOUND]))


def _text(element: _Element) -> str:
    """An element's visible text on one line; of a meta element what it says."""
    if element.tag == "meta":
        text = element.get("content") or ""
    elif element.tag == "title":
        text = element.text or ""
    else:
        text = " ".join(block.text for block in _reading([element]).blocks)
    return " ".join(text.split())[:LONGEST]


def _outlet(text: str) -> str | None:
    return read_byline(text).source or clean_source(text)


def _people(text: str) -> tuple[str, ...]:
    """The people that a text names, with or without a label before them."""
    return read_byline(text).authors or split_people(text)


def _times(tree: _Element, css: str | None) -> Iterator[str]:
    """What the found elements say of a time: for programs, then for people."""
    for element in _select(tree, css)[:MOST_FOUND]:
        yield from filter(None, (element.get("datetime"), _text(element)))
