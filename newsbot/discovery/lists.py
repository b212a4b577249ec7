"""Links to articles out of an HTML list page, with the selectors that a source declares or without any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.cssselect import CSSSelector
from lxml.etree import _Element

from newsbot.discovery import Link
from newsbot.discovery.addresses import absolute, without_repeats
from newsbot.discovery.dates import read_date
from newsbot.discovery.detection import find_lists
from newsbot.discovery.headlines import DATE, MORE, headline_of, text_of, whole_title, whole_titles
from newsbot.discovery.paging import next_pages
from newsbot.model import Hints, Published
from newsbot.urls import host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSelectors:
    """CSS selectors that a source declares; each may be left out.

    `item` is the piece of the page that holds one article; `link`, `title` and `date` are looked up inside
    it, or `link` in the whole page without `item`. `next` is the link to the next page.
    """

    item: str | None = None
    link: str | None = None
    title: str | None = None
    date: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The articles that a list page leads to, in its order, and the further pages of the same list."""

    links: tuple[Link, ...] = ()
    next_pages: tuple[str, ...] = ()


def read_list(
    tree: _Element, url: str, selectors: ListSelectors | None = None, zone: str | None = None
) -> ListPage:
    """The articles and further pages of the list in the tree of the page fetched from `url`.

    Only links on the page's own host count. Dates come from a declared `date` alone; `zone` is the IANA
    zone of those that state none.
    """
    selectors = selectors or ListSelectors()
    base = _base(tree, url)
    if selectors.item or selectors.link:
        links = _declared_links(tree, base, selectors, zone)
    else:
        links = _detected_links(tree, url, base)
    kept = without_repeats(link for link in links if _is_elsewhere_here(link.url, url))
    known = {link.url for link in kept}
    pages = _declared_pages(tree, base, selectors.next) if selectors.next else next_pages(tree, url, base)
    further = dict.fromkeys(page for page in pages if _is_elsewhere_here(page, url) and page not in known)
    return ListPage(links=kept, next_pages=tuple(further))


def _base(tree: _Element, url: str) -> str:
    """What the page's addresses are relative to: its <base>, or where it was."""
    stated = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    return absolute(stated, url) or url


def _is_elsewhere_here(address: str, url: str) -> bool:
    """Whether an address is another page of the same host."""
    return host_of(address) == host_of(url) and address != url


def select(tree: _Element, css: str) -> list[_Element]:
    """The elements that a CSS selector finds, in document order."""
    found = CSSSelector(css, translator="html")(tree)
    return [element for element in found if isinstance(element, _Element)] if isinstance(found, list) else []


def _declared_links(tree: _Element, base: str, selectors: ListSelectors, zone: str | None) -> Iterator[Link]:
    for item, anchor in _declared_anchors(tree, selectors):
        if (address := absolute(anchor.get("href"), base)) is not None:
            yield Link(url=address, hints=_declared_hints(item, anchor, selectors, zone))


def _declared_anchors(tree: _Element, selectors: ListSelectors) -> Iterator[tuple[_Element, _Element]]:
    """Each item with its link; without items each link with itself."""
    if selectors.item is None:
        yield from ((anchor, anchor) for anchor in select(tree, selectors.link or "a"))
        return
    for item in select(tree, selectors.item):
        anchors = select(item, selectors.link) if selectors.link else _own_anchors(item)
        yield from ((item, anchor) for anchor in anchors[:1])


def _own_anchors(item: _Element) -> list[_Element]:
    """The links of an item, those with a headline before those round a picture or "more"."""
    anchors = [anchor for anchor in item.iter("a") if anchor.get("href")]
    return sorted(anchors, key=lambda anchor: not text_of(anchor) or bool(MORE.match(text_of(anchor))))


def _declared_hints(item: _Element, anchor: _Element, selectors: ListSelectors, zone: str | None) -> Hints:
    return Hints(
        title=whole_title(_selected(item, selectors.title) or headline_of(anchor), anchor),
        published=_shown_date(_selected(item, selectors.date), zone),
    )


def _shown_date(text: str | None, zone: str | None) -> Published | None:
    """The date that a text is, ends with, or holds."""
    if text is None:
        return None
    shown = DATE.search(text)
    pieces = (text, text[shown.start() :], shown[0]) if shown else (text,)
    return next((found for piece in pieces if (found := read_date(piece, zone))), None)


def _selected(item: _Element, css: str | None) -> str | None:
    found = select(item, css) if css else []
    return (found[0].get("datetime") or text_of(found[0]) or None) if found else None


def _declared_pages(tree: _Element, base: str, css: str) -> Iterator[str]:
    addresses = (absolute(element.get("href"), base) for element in select(tree, css))
    return (address for address in addresses if address is not None)


def _detected_links(tree: _Element, url: str, base: str) -> Iterator[Link]:
    """The links of the lists found, in the order of the page."""
    order = {element: position for position, element in enumerate(tree.iter("a"))}
    links: list[tuple[int, Link]] = []
    for group in find_lists(tree, url, base):
        titles = whole_titles(group.headlines, [anchor.element for anchor in group.anchors])
        for anchor, title in zip(group.anchors, titles, strict=True):
            links.append((order[anchor.element], Link(url=anchor.url, hints=Hints(title=title))))
    return (link for _, link in sorted(links, key=lambda pair: pair[0]))
