"""What a page says about itself in markup made for machines: JSON-LD, meta elements, microdata, time elements.

Reading only: which of several statements to believe is decided by the modules that know the field.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

from lxml import etree

from newsbot.extraction.decode import squeeze

Node = Mapping[str, Any]

LONGEST_JSON = 1_000_000
MOST_TEXTS = 200
MOST_NODES = 400
MOST_VALUES = 60
MOST_NAMES = 60
MOST_TYPES = 12
LONGEST_TYPE = 200
DEEPEST_TEXT = 8
MOST_PARTS = 400
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

_OPENERS = ("<!--", "//<![CDATA[", "// <![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "\ufeff")
_CLOSERS = ("-->", "//]]>", "// ]]>", "]]>", "/*]]>*/", "/* ]]> */", "//", ";")
# What content systems get wrong, and what was meant.
REPAIRS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (",", re.compile(r",(?=\s{0,40}[}\]])"), ""),
    (":", re.compile(r":(?=\s{0,40}[,}])"), ": null"),
    ("\\", re.compile(r'\\(?![\\"/bfnrtu])'), ""),
    ("}", re.compile(r"\}(?=\s{0,40}\{)"), "},"),
    ('"', re.compile(r'"(?=\s{0,40}\n\s{0,40}"[\w@]{1,40}"\s{0,9}:)'), '",'),
)
MOST_OBJECTS = 20
DEEPEST_WRAPPING = 4
PARSELY_FIELDS = {
    "title": "parsely-title",
    "author": "parsely-author",
    "section": "parsely-section",
    "pub_date": "parsely-pub-date",
    "image_url": "parsely-image-url",
}
_LOOSE_FIELDS = {
    name: re.compile(rf'"{name}"\s{{0,9}}:\s{{0,9}}"((?:[^"\\]|\\.){{1,400}})"')
    for name in ("headline", "datePublished", "dateModified", "articleSection", "image")
}
_LOOSE_TYPE = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([\w:/.]{1,60})"')
_LOOSE_AUTHOR = re.compile(
    r'"author"\s{0,9}:\s{0,9}\[?\s{0,9}(?:"([^"]{2,100})"|\{[^{}]{0,300}?"name"\s{0,9}:\s{0,9}"([^"]{2,100})")'
)
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
            case "script" if (kind := element.get("type")) and "ld+json" in kind.lower():
                nodes.extend(read_json_ld(element.text or ""))
            case "title" if (parent := element.getparent()) is not None and parent.tag != "svg":
                found.setdefault("title", squeeze(inner_text(element)))
            case "link" if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
                found.setdefault("canonical", squeeze(element.get("href") or ""))
            case "base" if element.get("href"):
                found.setdefault("base", squeeze(element.get("href") or ""))
            case "time":
                times.append(_time_element(element))
    if "parsely-page" in metas:
        _add_parsely(metas)
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


def inner_text(element: etree._Element) -> str:
    """The text below an element, of its first pieces: times nested in times would take for ever."""
    return "".join(islice(cast("Iterator[str]", element.itertext()), MOST_TEXTS))


def _add_meta(metas: dict[str, tuple[str, ...]], element: etree._Element) -> None:
    get = element.get
    if not (content := get("content")) or not (content := squeeze(content)):
        return
    if name := get("property") or get("name") or get("itemprop") or get("http-equiv"):
        key = name.strip().lower()
        known = metas.get(key)
        if known is None:
            metas[key] = (content,)
        elif len(known) < MOST_VALUES:
            metas[key] = (*known, content)


def _add_parsely(metas: dict[str, tuple[str, ...]]) -> None:
    """The fields of a parsely-page element, which is JSON, as elements of their own."""
    try:
        values = json.loads(metas["parsely-page"][0], strict=False)
    except (ValueError, RecursionError):
        return
    for field_name, meta in PARSELY_FIELDS.items():
        value = values.get(field_name) if isinstance(values, dict) else None
        if isinstance(value, str) and value.strip():
            metas.setdefault(meta, (squeeze(html.unescape(value)),))


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
    for repair in (str, _bare, _repair):
        try:
            return list(_flatten(_load(repair(text))))
        except (ValueError, RecursionError):
            continue
    return _loose_node(text)


def _load(text: str) -> Any:
    """The value in a text of JSON, raw line breaks in strings allowed; of several in a row a list."""
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        if not error.msg.startswith("Extra data"):
            raise
    decoder, at = json.JSONDecoder(strict=False), 0
    values: list[Any] = []
    while at < len(text) and len(values) < MOST_OBJECTS:
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,;"))
    return values


def _bare(text: str) -> str:
    """JSON without the marks of comments and CDATA round it; entities read where it has no quotes."""
    text = text.strip()
    for _ in range(DEEPEST_WRAPPING):
        text = next((text[len(mark) :] for mark in _OPENERS if text.startswith(mark)), text).lstrip()
        text = next((text[: -len(mark)] for mark in _CLOSERS if text.endswith(mark)), text).rstrip()
    return html.unescape(text) if "&quot;" in text and '"' not in text else text


def _repair(text: str) -> str:
    """JSON with the usual faults of content systems mended: see `REPAIRS`."""
    text = _bare(text)
    for sign, fault, meant in REPAIRS:
        if sign in text:
            text = fault.sub(meant, text)
    return text


def _loose_node(text: str) -> list[Node]:
    """One node of the plain string fields that can be seen in JSON that does not parse."""
    node: dict[str, Any] = {
        name: match[1].replace('\\"', '"').replace("\\/", "/")
        for name, pattern in _LOOSE_FIELDS.items()
        if (match := pattern.search(text))
    }
    if "datePublished" not in node and "headline" not in node:
        return []
    names = [match[1] for match in _LOOSE_TYPE.finditer(text)]
    named = [name for name in names if name.rsplit("/", 1)[-1].lower() in ARTICLE_TYPES]
    if found := (named or names)[:1]:
        node["@type"] = found[0]
    if author := _LOOSE_AUTHOR.search(text):
        node["author"] = author[1] or author[2]
    return [node]


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
    names = found[:MOST_TYPES] if isinstance(found, list) else [found]
    return tuple(
        squeeze(name[:LONGEST_TYPE]).rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str)
    )


def article_node(declared: Declared, url: str | None = None) -> Node | None:
    """The node that describes this page's article; `url` is where the page was fetched.

    Those of writings go before those of pages, then those with this page's address, as lists of other articles may
    stand before it; then the best type, those with a headline, the first.
    """
    ranked = [
        (rank, position)
        for position, node in enumerate(declared.nodes)
        if (rank := _type_rank(node)) is not None
    ]
    if len(ranked) > 1:
        ranked = [pair for pair in ranked if not is_weak(declared.nodes[pair[1]])] or ranked
    if len(ranked) < 2:
        return declared.nodes[ranked[0][1]] if ranked else None
    here = {_plain_address(text) for text in (declared.canonical, declared.meta("og:url"), url) if text}
    return declared.nodes[min((*_standing(declared.nodes[at], rank, here), at) for rank, at in ranked)[-1]]


def _standing(node: Node, rank: int, here: set[str]) -> tuple[bool, int, bool]:
    """How far behind others a node comes; `here` are the page's own addresses."""
    addresses = [node.get(key) for key in ("url", "mainEntityOfPage", "@id")] if here else []
    addresses += [value.get("@id") for value in addresses if isinstance(value, dict)]
    is_here = any(isinstance(text, str) and _plain_address(text) in here for text in addresses)
    return not is_here, rank, not _text_of(node.get("headline"))


def _plain_address(address: str) -> str:
    """An address without scheme, fragment and last slash."""
    return address.split("#", 1)[0].split("://", 1)[-1].removeprefix("www.").rstrip("/")


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


def _text_of(value: Any, depth: int = 0) -> str | None:
    """The first string in a JSON-LD value: itself, in a list, or as its @value, name or url."""
    if depth > DEEPEST_TEXT:
        return None
    if isinstance(value, str):
        return squeeze(value) or None
    if isinstance(value, list):
        return next((text for item in value[:5] if (text := _text_of(item, depth + 1))), None)
    if isinstance(value, dict):
        values = (value.get(key) for key in ("@value", "name", "url"))
        return next((text for inner in values if (text := _text_of(inner, depth + 1))), None)
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
    names = name[:MOST_NAMES] if isinstance(name, list) else [name]
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
                if len(values := found.setdefault(name, [])) < MOST_VALUES:
                    values.append(squeeze(value))
    return found


def _item_text(element: etree._Element) -> str:
    """The text of an item; of a person only the name that is marked up inside."""
    if "author" in (element.get("itemprop") or ""):
        for part in islice(element.iterdescendants(), MOST_PARTS):
            if part.get("itemprop") == "name":
                return squeeze(part.get("content") or "") or squeeze(inner_text(part)[:200])
    return squeeze(inner_text(element)[:400])
