"""Reads what a page says of its article besides the body: headline, date, source, people, section, picture."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from newsbot.extraction import structured
from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.breadcrumb import Breadcrumb, clean_path, read_breadcrumb
from newsbot.extraction.byline import clean_source
from newsbot.extraction.dates import is_relative
from newsbot.extraction.decode import squeeze
from newsbot.extraction.head_lines import Line, date_lines, far_label, read_lines, title_position
from newsbot.extraction.language import primary_tag
from newsbot.extraction.people import People, find_people
from newsbot.extraction.published import Clock, Dated, decide_published
from newsbot.extraction.site_facts import SiteFacts, footer_company
from newsbot.extraction.structured import Declared, Node, text_at
from newsbot.extraction.titles import Title, find_title
from newsbot.model import Page, Published

SOURCE_METAS = ("contentsource", "source", "article:source", "og:source", "content-source", "mediaid")
TITLE_METAS: dict[str, tuple[str, ...]] = {
    "meta:ArticleTitle": ("articletitle",),
    "og": ("og:title",),
    "twitter": ("twitter:title",),
    "meta": (
        "parsely-title",
        "sailthru.title",
        "citation_title",
        "dc.title",
        "dcterms.title",
        "cxenseparse:title",
        "title",
        "headline",
    ),
}
SITE_METAS = (
    "og:site_name",
    "application-name",
    "sitename",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "copyright",
)
SECTION_METAS = (
    "columnname",
    "article:section",
    "parsely-section",
    "section",
    "article.section",
    "og:section",
    "cxenseparse:recs:category",
)
IMAGE_METAS = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
    "parsely-image-url",
    "sailthru.image.full",
    "sailthru.image.thumb",
    "image",
    "thumbnail",
)

PUBLISHER_METAS = ("og:site_name", "sitename", "application-name", "dc.publisher", "dcterms.publisher")
SITE_TYPES = frozenset({"website", "organization", "newsmediaorganization", "corporation"})

WEAK_ORIGINS = frozenset({"url", "updated"})
"""Who gives way to a labelled date elsewhere on the page."""

ITEM_SIGNS = (b"itemprop", b"ITEMPROP", b"itemProp", "itemprop".encode("utf-16-le"))
WEB = ("http://", "https://")
MOST_SECTIONS = 20
AMERICAN = frozenset({"en-us", "en_us", "en-ca", "en-ph"})
DAY_FIRST_HOSTS = (".uk", ".au", ".ie", ".nz", ".za", ".in", ".sg", ".my", ".hk", ".ng", ".ke", ".pk", ".eu")
_CHINESE = re.compile("[\u3400-\u9fff]+")
_KANA = re.compile("[\u3040-\u30ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """All of it; unknown is None or empty. `origins` says for each known field who said so; `consumed` which
    blocks are metadata and no part of the body, and by which rule; `clock` is what further dates of it are read with.
    """

    title: str | None = None
    published: Published | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    publisher: str | None = None
    lead_image: str | None = None
    canonical: str | None = None
    declared_type: str | None = None
    origins: dict[str, str] = field(default_factory=dict)
    consumed: dict[int, str] = field(default_factory=dict)
    clock: Clock | None = None


def read_metadata(
    tree: etree._Element | None, blocks: Sequence[RawBlock], page: Page, facts: SiteFacts | None = None
) -> Metadata:
    """Everything but the body; `tree` is None for plain text; `facts` are the footer's, where they are read already."""
    declared = structured.read_declared(tree)
    article = structured.article_node(declared, page.url)
    told = article is not None and not structured.is_weak(article)
    props = structured.read_itemprops(tree) if not told and _may_have_items(page) else {}
    company = facts.company if facts else footer_company(blocks)
    sites = _site_names(declared, page, company)
    sections = [name for meta in SECTION_METAS for name in declared.metas.get(meta, ())]
    title = find_title(_titles(declared, article, props), blocks, (*sites, *sections), page.url)
    lines = read_lines(blocks, title.blocks)
    crumbs = read_breadcrumb(blocks, declared, title.text)
    dates = date_lines(lines, declared, props)
    clock = _clock(page, declared, blocks)
    dated = decide_published(declared, article, dates, page.url, clock)
    if (dated is None or dated.origin in WEAK_ORIGINS) and (far := far_label(blocks)):
        dated = decide_published(declared, article, {**dates, "label": far}, page.url, clock)
    people = find_people(declared, article, lines, blocks, props, sites)
    fields: dict[str, tuple[Any, str | None]] = {
        "title": (title.text, title.origin) if title.text else (page.hints.title, "feed"),
        "published": (dated.published, _dated_by(dated)) if dated else (page.hints.published, "feed"),
        "authors": (people.authors, people.author_origin) if people.authors else (page.hints.authors, "feed"),
        "editors": (people.editors, "byline"),
        "source": _source(declared, lines) or (page.hints.source, "feed"),
        "category": _category(crumbs, declared, article, title.text),
        "publisher": _publisher(declared, article, page, company),
        "lead_image": _lead_image(declared, article, page),
        "canonical": (_absolute(declared.canonical, declared, page), "link"),
    }
    return Metadata(
        **{name: value for name, (value, _) in fields.items()},
        declared_type=declared.meta("og:type") or next(iter(structured.types_of(article)), None)
        if article
        else declared.meta("og:type"),
        origins={name: origin for name, (value, origin) in fields.items() if value and origin},
        consumed=_consumed(title, crumbs, lines, people, blocks),
        clock=clock,
    )


def _dated_by(dated: Dated) -> str:
    """Who says when; an age was reckoned from the time of fetching, and that is said."""
    return f"{dated.origin}, relative" if is_relative(dated.published.text) else dated.origin


def _may_have_items(page: Page) -> bool:
    """Whether a look for microdata is worth its time; unknown where the page's bytes are not at hand."""
    return not page.body or any(sign in page.body for sign in ITEM_SIGNS)


def _titles(declared: Declared, article: Node | None, props: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What the page declares its headline to be, by origin (see `titles.WEIGHTS`)."""
    found: dict[str, str | None] = {origin: declared.meta(*names) for origin, names in TITLE_METAS.items()}
    if article is not None:
        found["json-ld" if structured.is_news(article) else "json-ld~"] = text_at(article, "headline")
    found["microdata"] = next(iter(props.get("headline", ())), None)
    found["title"] = declared.title
    return {origin: text for origin, text in found.items() if text}


def _site_names(declared: Declared, page: Page, company: str | None) -> tuple[str, ...]:
    """Every name that the site goes by."""
    named = [name for meta in SITE_METAS for name in declared.metas.get(meta, ())]
    for node in declared.nodes[:40]:
        if set(structured.types_of(node)) & SITE_TYPES and (name := text_at(node, "name")):
            named.append(name)
        named += [name for name, _ in structured.names_at(declared.nodes, node, "publisher")]
    return tuple(dict.fromkeys(name for name in (page.publisher, page.source, company, *named) if name))


def _publisher(
    declared: Declared, article: Node | None, page: Page, company: str | None
) -> tuple[str | None, str | None]:
    """Who runs the site: as the catalogue knows, as the article or the site says, as the copyright line says."""
    if page.publisher:
        return page.publisher, "catalogue"
    if named := structured.names_at(declared.nodes, article, "publisher"):
        return named[0][0], "json-ld"
    if found := _first_meta(declared, PUBLISHER_METAS):
        return found
    return company, "copyright"


def _lead_image(declared: Declared, article: Node | None, page: Page) -> tuple[str | None, str | None]:
    if (found := _first_meta(declared, IMAGE_METAS)) and (image := _absolute(found[0], declared, page)):
        return image, found[1]
    value = article.get("image") if article else None
    value = value[0] if isinstance(value, list) and value else value
    address = text_at(value, "url", "contentUrl") if isinstance(value, dict) else value
    return (_absolute(address, declared, page), "json-ld") if isinstance(address, str) else (None, None)


def _first_meta(declared: Declared, names: Sequence[str]) -> tuple[str, str] | None:
    """(value, origin) of the first of these meta elements that has a value."""
    for name in names:
        if value := declared.meta(name):
            family = name.partition(":")[0]
            return value, family if family in ("og", "twitter") else f"meta:{name}"
    return None


def _absolute(address: str | None, declared: Declared, page: Page) -> str | None:
    """An http(s) address made absolute; None for what is none."""
    if not address or len(address) > 2000:
        return None
    address = squeeze(address)
    if address.startswith(WEB) and "[" not in address:
        return address
    try:
        found = urljoin(urljoin(page.url, declared.base or ""), address)
    except ValueError:
        return None
    return found if found.startswith(WEB) else None


def _source(declared: Declared, lines: Sequence[Line]) -> tuple[str, str] | None:
    """The credited outlet: a government page's meta, then the byline."""
    for name in SOURCE_METAS:
        if (text := declared.meta(name)) and (source := clean_source(text)):
            return source, f"meta:{name}"
    return next(((line.byline.source, "byline") for line in lines if line.byline.source), None)


def _category(
    crumbs: Breadcrumb, declared: Declared, article: Node | None, title: str | None
) -> tuple[tuple[str, ...], str | None]:
    """The path of sections: the breadcrumb, else what is declared."""
    if crumbs.path:
        return crumbs.path, crumbs.origin
    for name in SECTION_METAS:
        if path := clean_path(declared.metas.get(name, ())[:1], title):
            return path, f"meta:{name}"
    section = article.get("articleSection") if article else None
    parts = section[:MOST_SECTIONS] if isinstance(section, list) else [section]
    return clean_path([squeeze(part) for part in parts if isinstance(part, str)], title), "json-ld"


def _clock(page: Page, declared: Declared, blocks: Sequence[RawBlock]) -> Clock:
    """The zone to assume: the source's, Shanghai's for a Chinese page; UTC for the rest."""
    language = (declared.language or "").lower()
    zone = page.zone or ("Asia/Shanghai" if _is_chinese(language, blocks) else None)
    american = language in AMERICAN or (
        primary_tag(language) in (None, "en") and not _host(page.url).endswith(DAY_FIRST_HOSTS)
    )
    return Clock(
        zone=zone,
        now=page.fetched,
        day_first=not american or language in ("en-gb", "en-au", "en-ie", "en-nz", "en-za", "en-in"),
    )


def _host(url: str) -> str:
    """The host of an address; empty of what is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_chinese(language: str, blocks: Sequence[RawBlock]) -> bool:
    """Whether a page is from China: by its script, if it does not say Taiwan or Hong Kong, or by its filing."""
    if language.startswith(("ja", "ko", "zh-tw", "zh-hk", "zh-hant")):
        return False
    sample = " ".join([block.text[:24] for block in blocks[:120]])
    if not sample.isascii() and sum(map(len, _CHINESE.findall(sample))) * 5 > len(sample):
        return not _KANA.search(sample)
    return any("ICP" in block.text for block in blocks[-15:] if len(block.text) < 600)


def _consumed(
    title: Title, crumbs: Breadcrumb, lines: Sequence[Line], people: People, blocks: Sequence[RawBlock]
) -> dict[int, str]:
    """Blocks that are metadata, each with its rule: "title" is the one headline, "title again" its repetitions."""
    found = dict.fromkeys(people.blocks, "byline")
    found |= {
        line.block.index: "byline" if line.byline.labels else "date" for line in lines if line.is_byline
    }
    found |= dict.fromkeys(crumbs.blocks, "breadcrumb") | dict.fromkeys(title.blocks, "title again")
    if title.blocks and (main := title_position(blocks, title.blocks)) is not None:
        found[blocks[main].index] = "title"
    return found
