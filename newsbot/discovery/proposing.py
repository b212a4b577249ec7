"""Selectors for a list or an article that was rebuilt, found by what was known before: addresses, titles, texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from lxml.etree import _Element

from newsbot.discovery.addresses import absolute
from newsbot.discovery.detection import looks_like_article
from newsbot.discovery.lists import ListSelectors, read_list, select
from newsbot.extraction.dates import parse_published
from newsbot.model import Published
from newsbot.urls import canonicalise, host_of

MOST_ELEMENTS = 20_000
MOST_CANDIDATES = 12
STABLE = re.compile(r"[A-Za-z][A-Za-z_-]{1,40}")
"""Names of classes and ids without digits: others change with each build of a site."""
LONGEST_VALUE = 300
FEW = 2
TWO_THIRDS = 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an article from before, or from the list that names it."""

    url: str
    title: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Selectors, and what speaks for them: of `of` known things they find `found`; `links` in all, for a list."""

    selectors: dict[str, str]
    found: int
    of: int
    links: int = 0


def squashed(text: str) -> str:
    """A text without case and blanks, to hold against another."""
    return "".join(text.lower().split())


# lists


def propose_list(tree: _Element, url: str, known: Sequence[Known]) -> Proposal | None:
    """The selectors of the list on a page that leads to known articles; None where fewer than two are named."""
    named = list(_named(tree, url, known))
    if len({address for _, address in named}) < FEW:
        named = list(_alike(tree, url, known))
    wanted = {address for _, address in named}
    if len(wanted) < FEW:
        return None
    tried = [(css, _found_by(tree, url, css, wanted)) for css in _item_selectors([each for each, _ in named])]
    good = [(css, found, links) for css, (found, links) in tried if found * 3 >= 2 * len(wanted)]
    if not good:
        return None
    css, found, links = max(good, key=lambda each: (each[1], -each[2], -len(each[0])))
    return Proposal(selectors={"item": css}, found=found, of=len(wanted), links=links)


def _links(tree: _Element, url: str) -> Iterator[tuple[_Element, str]]:
    for element in islice(tree.iter("a"), MOST_ELEMENTS):
        address = absolute(element.get("href"), url)
        if address is not None and host_of(address) == host_of(url) and address != url:
            yield element, canonicalise(address)


def _named(tree: _Element, url: str, known: Sequence[Known]) -> Iterator[tuple[_Element, str]]:
    """The links to known articles, by address or title."""
    addresses = {canonicalise(each.url) for each in known}
    titles = {squashed(each.title) for each in known if each.title}
    for element, address in _links(tree, url):
        if address in addresses or squashed("".join(map(str, element.itertext()))) in titles:
            yield element, address


def _alike(tree: _Element, url: str, known: Sequence[Known]) -> Iterator[tuple[_Element, str]]:
    """The links whose addresses are built like those of the known articles."""
    shapes = Counter(_shape(canonicalise(each.url)) for each in known)
    usual = {shape for shape, count in shapes.items() if 3 * count >= len(known)}
    for element, address in _links(tree, url):
        if _shape(address) in usual and looks_like_article(address):
            yield element, address


def _shape(url: str) -> str:
    """An address without its last part, and with a nought for each number."""
    return re.sub(r"\d{1,20}", "0", url.rpartition("/")[0])


def _item_selectors(anchors: Sequence[_Element]) -> Iterator[str]:
    """Selectors for the pieces of the page that hold one of the links each, from the outermost inwards."""
    pieces: list[list[_Element]] = [_pieces_of(anchor, anchors) for anchor in anchors]
    for depth in range(max(map(len, pieces))):
        items = [each[depth] for each in pieces if len(each) > depth]
        yield from islice(_shared_selectors(items), MOST_CANDIDATES)


def _pieces_of(anchor: _Element, anchors: Sequence[_Element]) -> list[_Element]:
    """The elements round a link that hold no other of the links, the outermost first."""
    others = {
        element
        for each in anchors
        if each.get("href") != anchor.get("href")
        for element in each.iterancestors()
    }
    own = [element for element in (anchor, *anchor.iterancestors()) if element not in others]
    return own[::-1]


def _shared_selectors(items: Sequence[_Element]) -> Iterator[str]:
    tags = Counter(str(item.tag) for item in items)
    tag, count = tags.most_common(1)[0]
    if 3 * count < 2 * len(items):
        return
    classes = Counter(name for item in items for name in set(_stable(item.get("class"))))
    shared = [name for name, times in classes.items() if 3 * times >= 2 * len(items)]
    around = Counter(
        own for item in items if (parent := item.getparent()) is not None for own in _own_selectors(parent)
    )
    for name in shared:
        yield f"{tag}.{name}"
    for outer, times in around.most_common(4):
        if 3 * times >= 2 * len(items):
            yield f"{outer} > {tag}"


def _found_by(tree: _Element, url: str, css: str, wanted: set[str]) -> tuple[int, int]:
    links = {canonicalise(link.url) for link in read_list(tree, url, ListSelectors(item=css)).links}
    return len(links & wanted), len(links)


# fields


def propose_fields(
    pages: Sequence[tuple[_Element, Known]], fields: Iterable[str], zone: str | None, now: datetime
) -> dict[str, Proposal]:
    """For each of the fields the selector that finds on most pages what is known of them."""
    found = {name: _propose_field(pages, TESTS[name](zone, now)) for name in fields if name in TESTS}
    return {
        name: Proposal(selectors={name: each[0]}, found=each[1], of=each[2])
        for name, each in found.items()
        if each
    }


Test = Callable[[_Element, Known], bool]


def _propose_field(pages: Sequence[tuple[_Element, Known]], holds: Test) -> tuple[str, int, int] | None:
    counts: Counter[str] = Counter()
    told = 0
    for tree, known in pages:
        elements = [each for each in islice(tree.iter("*"), MOST_ELEMENTS) if isinstance(each.tag, str)]
        matching = [each for each in elements if holds(each, known)]
        told += bool(matching)
        candidates = {css for each in _innermost(matching) for css in _own_selectors(each, within=True)}
        counts.update(css for css in candidates if _is_first(tree, css, known, holds))
    good = [(css, count) for css, count in counts.items() if count >= max(1, TWO_THIRDS * told)]
    if not good:
        return None
    css, count = max(good, key=lambda each: (each[1], "." in each[0] or "#" in each[0], -len(each[0])))
    return css, count, len(pages)


def _is_first(tree: _Element, css: str, known: Known, holds: Test) -> bool:
    found = select(tree, css)
    return bool(found) and holds(found[0], known)


def _innermost(elements: Sequence[_Element]) -> list[_Element]:
    """Those that hold none of the others."""
    around = {outer for each in elements for outer in each.iterancestors()}
    return [each for each in elements if each not in around][:MOST_CANDIDATES]


def _own_selectors(element: _Element, *, within: bool = False) -> Iterator[str]:
    """Short selectors for an element: its id, its classes, its tag; `within` also by what is round it."""
    tag = str(element.tag)
    names = _stable(element.get("id"))
    yield from (f"#{name}" for name in names)
    yield from (f"{tag}.{name}" for name in _stable(element.get("class")))
    if element.get("itemprop") and STABLE.fullmatch(element.get("itemprop") or ""):
        yield f'{tag}[itemprop="{element.get("itemprop")}"]'
    parent = element.getparent()
    if within and parent is not None:
        yield from (f"{outer} > {tag}" for outer in _own_selectors(parent))
    if tag in ("h1", "time", "article", "main") or not within:
        yield tag


def _stable(names: str | None) -> list[str]:
    return [name for name in (names or "")[:300].split() if STABLE.fullmatch(name)]


def _text(element: _Element) -> str:
    return " ".join("".join(map(str, islice(element.itertext(), 2000))).split())


def _says_title(_zone: str | None, _now: datetime) -> Test:
    def holds(element: _Element, known: Known) -> bool:
        return known.title is not None and squashed(_text(element)[: 2 * LONGEST_VALUE]) == squashed(
            known.title
        )

    return holds


def _says_time(zone: str | None, now: datetime) -> Test:
    def holds(element: _Element, known: Known) -> bool:
        text = element.get("datetime") or _text(element)
        if known.published is None or not text or len(text) > 100:
            return False
        found = parse_published(text, zone, now)
        return found is not None and _day(found.when) == _day(known.published.when)

    return holds


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _says_author(_zone: str | None, _now: datetime) -> Test:
    def holds(element: _Element, known: Known) -> bool:
        text = _text(element)
        return bool(known.authors) and len(text) <= 2 * len(known.authors[0]) and known.authors[0] in text

    return holds


def _says_body(_zone: str | None, _now: datetime) -> Test:
    def holds(element: _Element, known: Known) -> bool:
        if len(known.paragraphs) < FEW or element.tag in ("html", "body"):
            return False
        text = squashed(_text(element))
        return 3 * sum(squashed(each) in text for each in known.paragraphs) >= 2 * len(known.paragraphs)

    return holds


TESTS: dict[str, Callable[[str | None, datetime], Test]] = {
    "title": _says_title,
    "published": _says_time,
    "authors": _says_author,
    "body": _says_body,
}
"""How each field's element is recognised."""
