"""What a page says about itself in markup made for machines: JSON-LD, meta elements, microdata, time elements.

Reading only: which of several statements to believe is decided by the modules that know the field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

Node = Mapping[str, Any]

LONGEST_JSON = 1_000_000
MOST_NODES = 400
MOST_VALUES = 60
DEEPEST_NODE = 12

# schema.org types of one piece of writing, the more telling first.
ARTICLE_TYPES = (
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
    "reviewnewsarticle", "asknewsarticle", "advertisercontentarticle", "satiricalarticle", "liveblogposting",
    "article", "blogposting", "medicalscholarlyarticle", "scholarlyarticle", "techarticle", "report",
    "pressrelease", "socialmediaposting", "discussionforumposting", "videoobject_article", "recipe",
    "howto", "review", "creativework", "medicalwebpage", "itempage", "webpage",
)  # fmt: skip
WEAK_TYPES = frozenset({"creativework", "medicalwebpage", "itempage", "webpage"})

_COMMENT_MARKS = re.compile(
    r"^\s*(?:<!--|//\s?<!\[CDATA\[|<!\[CDATA\[|/\*\s?<!\[CDATA\[\s?\*/)|(?:-->|//\s?\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s{0,40}[}\]])")
_LOOSE_FIELDS = {
    name: re.compile(rf'"{name}"\s{{0,9}}:\s{{0,9}}"((?:[^"\\]|\\.){{1,400}})"')
    for name in ("@type", "headline", "datePublished", "articleSection", "image")
}
_WANTED_TAGS = ("meta", "link", "script", "title", "time", "base")
_ITEMPROPS = etree.XPath("descendant::*/@itemprop/..")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeElement:
    """A `time` element: its `datetime` attribute, its text, and the element for its place."""

    stamp: str | None
    text: str
    element: etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Everything a page declares. Names of meta elements are in lower case; `nodes` are flattened JSON-LD."""

    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    title: str | None = None
    canonical: str | None = None
    base: str | None = None
    language: str | None = None
    authors_linked: tuple[str, ...] = ()
    times: tuple[TimeElement, ...] = ()

    def meta(self, *names: str) -> str | None:
        """The first value of the first of these meta elements that has one."""
        return next((value for name in names for value in self.metas.get(name, ())), None)


def read_declared(tree: etree._Element | None) -> Declared:
    """One walk over the elements that carry declarations."""
    if tree is None:
        return Declared()
    metas: dict[str, tuple[str, ...]] = {}
    found: dict[str, str] = {}
    nodes: list[Node] = []
    times: list[TimeElement] = []
    for element in tree.iter(*_WANTED_TAGS):
        match element.tag:
            case "meta":
                _add_meta(metas, element)
            case "script" if "ld+json" in (element.get("type") or "").lower():
                nodes.extend(read_json_ld(inner_text(element)))
            case "title" if (parent := element.getparent()) is not None and parent.tag != "svg":
                found.setdefault("title", squeeze(inner_text(element)))
            case "link" if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
                found.setdefault("canonical", (element.get("href") or "").strip())
            case "base" if element.get("href"):
                found.setdefault("base", (element.get("href") or "").strip())
            case "time":
                times.append(_time_element(element))
    return Declared(
        metas=metas,
        nodes=tuple(nodes[:MOST_NODES]),
        title=found.get("title") or None,
        canonical=found.get("canonical"),
        base=found.get("base"),
        language=tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or tree.get("xml:lang"),
        times=tuple(times),
    )


def squeeze(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def inner_text(element: etree._Element) -> str:
    """All text below an element."""
    return "".join(cast("Iterator[str]", element.itertext()))


def _add_meta(metas: dict[str, tuple[str, ...]], element: etree._Element) -> None:
    name = (
        element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
    )
    content = squeeze(element.get("content") or "")
    if name and content:
        key = name.strip().lower()
        known = metas.get(key, ())
        if len(known) < MOST_VALUES:
            metas[key] = (*known, content)


def _time_element(element: etree._Element) -> TimeElement:
    return TimeElement(
        stamp=(element.get("datetime") or "").strip() or None,
        text=squeeze(inner_text(element)[:200]),
        element=element,
    )


def read_json_ld(text: str) -> list[Node]:
    """The objects of one script, nested ones included, outermost first; what can be saved of broken JSON."""
    if len(text) > LONGEST_JSON:
        return []
    for repair in (str, _repair):
        try:
            return list(_flatten(json.loads(repair(text), strict=False)))
        except (ValueError, RecursionError):
            continue
    return _loose_node(text)


def _repair(text: str) -> str:
    """JSON without comment marks, CDATA and trailing commas: what content systems get wrong."""
    return _TRAILING_COMMA.sub(
        r"\1", _COMMENT_MARKS.sub("", _COMMENT_MARKS.sub("", text)).strip().rstrip(";")
    )


def _loose_node(text: str) -> list[Node]:
    """One node of the plain string fields that can be seen in JSON that does not parse."""
    node = {
        name: match[1].replace('\\"', '"').replace("\\/", "/")
        for name, pattern in _LOOSE_FIELDS.items()
        if (match := pattern.search(text))
    }
    return [node] if "datePublished" in node or "headline" in node else []


def _flatten(value: Any, depth: int = 0) -> Iterator[Node]:
    """All objects with a type, outer before inner; those that hang below an article as its parts stay with it."""
    if depth > DEEPEST_NODE:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value or "datePublished" in value or "headline" in value:
            yield value
        for key in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "itemListElement",
            "breadcrumb",
            "hasPart",
            "article",
        ):
            if isinstance(value.get(key), dict | list):
                yield from _flatten(value[key], depth + 1)


def types_of(node: Node) -> tuple[str, ...]:
    """The types of a node in lower case, without the vocabulary's address."""
    found = node.get("@type")
    names = found if isinstance(found, list) else [found]
    return tuple(name.rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str))


def article_node(declared: Declared) -> Node | None:
    """The node that describes this page's article: the best type; of equals the one with a headline, then the first."""
    ranked = [
        (rank, not _text_of(node.get("headline")), position)
        for position, node in enumerate(declared.nodes)
        if (rank := _type_rank(node)) is not None
    ]
    return declared.nodes[min(ranked)[2]] if ranked else None


def _type_rank(node: Node) -> int | None:
    ranks = [ARTICLE_TYPES.index(name) for name in types_of(node) if name in ARTICLE_TYPES]
    if ranks:
        return min(ranks)
    return len(ARTICLE_TYPES) if not types_of(node) and "datePublished" in node else None


def is_news(node: Node) -> bool:
    """Whether a node is of a news site's own making: its type is one of the journalistic ones."""
    return any("news" in name or name == "liveblogposting" for name in types_of(node))


def is_weak(node: Node) -> bool:
    """Whether a node speaks of the page in general and not of an article."""
    return all(name in WEAK_TYPES for name in types_of(node))


def _text_of(value: Any) -> str | None:
    """The first string in a JSON-LD value: itself, in a list, or as its @value, name or url."""
    if isinstance(value, str):
        return squeeze(value) or None
    if isinstance(value, list):
        return next((text for item in value[:5] if (text := _text_of(item))), None)
    if isinstance(value, dict):
        return next((text for key in ("@value", "name", "url") if (text := _text_of(value.get(key)))), None)
    return None


def text_at(node: Node | None, *keys: str) -> str | None:
    """The first text under one of these keys of a node."""
    return next((text for key in keys if node and (text := _text_of(node.get(key)))), None)


def names_at(nodes: tuple[Node, ...], node: Node | None, key: str) -> tuple[tuple[str, str], ...]:
    """(name, type) of every person or organisation under a key, references by @id followed."""
    if node is None:
        return ()
    value = node.get(key)
    items = value if isinstance(value, list) else [value]
    return tuple(pair for item in items[:40] for pair in _name_of(nodes, item))


def _name_of(nodes: tuple[Node, ...], item: Any) -> list[tuple[str, str]]:
    if isinstance(item, str):
        return [(squeeze(item), "")] if item.strip() else []
    if not isinstance(item, dict):
        return []
    kind = next(iter(types_of(item)), "")
    name = (
        item.get("name")
        or item.get("alternateName")
        or " ".join(part for key in ("givenName", "familyName") if isinstance(part := item.get(key), str))
    )
    names = name if isinstance(name, list) else [name]
    found = [(squeeze(one), kind) for one in names if isinstance(one, str) and one.strip()]
    if found or "@id" not in item:
        return found
    target = next(
        (node for node in nodes if node.get("@id") == item["@id"] and node is not item and "name" in node),
        None,
    )
    return _name_of(nodes, {key: value for key, value in target.items() if key != "@id"}) if target else []


def read_itemprops(tree: etree._Element | None) -> dict[str, list[str]]:
    """Microdata and RDFa in its simplest form: every itemprop with its values, in order of the page."""
    found: dict[str, list[str]] = {}
    items = cast("list[etree._Element]", _ITEMPROPS(tree)) if tree is not None else []
    for element in items:
        if element.tag == "meta" and element.get("content") is None:
            continue
        value = element.get("content") or element.get("datetime") or _item_text(element)
        if value:
            for name in (element.get("itemprop") or "").lower().split()[:3]:
                found.setdefault(name, []).append(squeeze(value))
    return found


def _item_text(element: etree._Element) -> str:
    """The text of an item; of a person only the name that is marked up inside."""
    if "author" in (element.get("itemprop") or ""):
        for part in element.iterdescendants():
            if part.get("itemprop") == "name":
                return part.get("content") or squeeze(inner_text(part)[:200])
    return squeeze(inner_text(element)[:400])
