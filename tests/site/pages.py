"""Every address of the site and what it answers with, for one edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache

from tests.site import feeds
from tests.site.content import Section, Story, sections
from tests.site.templates import company, press, regulator
from tests.site.templates.parts import Listing, anchor, items, listings

HTML = "text/html; charset=utf-8"
XML = "application/xml"
OLDEST = datetime(2026, 9, 1, tzinfo=UTC)
EDITIONS = {1: datetime(2026, 11, 20, 6, 0, tzinfo=UTC), 2: datetime(2026, 11, 21, 15, 0, tzinfo=UTC)}
"""When the lists and feeds of an edition were last changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What stands at one address."""

    body: bytes
    content_type: str = HTML
    modified: datetime = OLDEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How a section writes: `article(section, story, edition, base)`, `listing(section, listing)`.

    `number` is the address of a page of the list, relative to the section's root, with {} for the number.
    """

    article: Callable[..., str]
    listing: Callable[[Section, Listing], str]
    number: str = "?page={}"
    encoding: str = "utf-8"
    content_type: str = HTML


TEMPLATES = {
    "en_company": Template(article=company.english_article, listing=company.english_list),
    "zh_company": Template(
        article=company.chinese_article,
        listing=company.chinese_list,
        number="list_3_{}.html",
        encoding="gbk",
        content_type="text/html",
    ),
    "wire": Template(article=company.wire_article, listing=company.wire_list),
    "en_regulator": Template(article=regulator.english_article, listing=regulator.english_list),
    "zh_regulator": Template(article=regulator.chinese_article, listing=regulator.chinese_list),
    "press": Template(article=press.english_article, listing=press.english_list, number="page/{}/"),
    "zh_press": Template(article=press.chinese_article, listing=press.chinese_list),
}
WITH_BASE = frozenset(("en_regulator", "press"))
"""Sections whose pages name their own absolute address."""

OTHERS: Mapping[str, Callable[[Section], str]] = company.PAGES | regulator.PAGES | press.PAGES


@lru_cache(maxsize=16)
def build(edition: int, base: str) -> Mapping[str, Resource]:
    """All resources of an edition by path and query; `base` is scheme and host, without a slash."""
    changed = EDITIONS[edition]
    found = {"/": Resource(body=_front().encode()), "/robots.txt": _plain(feeds.robots(base))}
    for section in sections().values():
        found.update(_articles(section, edition, base))
        found.update(_lists(section, edition))
        found.update(_others(section))
    found.update((path, _xml(path, body, changed)) for path, body in _feeds(edition, base))
    earlier = build(edition - 1, base) if edition > 1 else {}
    return {path: _unless_same(page, earlier.get(path)) for path, page in found.items()}


def _unless_same(page: Resource, earlier: Resource | None) -> Resource:
    """What did not change keeps its time."""
    return earlier if earlier and earlier.body == page.body else page


def _articles(section: Section, edition: int, base: str) -> Iterator[tuple[str, Resource]]:
    template = TEMPLATES[section.key]
    extra = (base,) if section.key in WITH_BASE else ()
    for story in section.at(edition):
        page = template.article(section, story, edition, *extra)
        yield (
            story.path,
            Resource(
                body=page.encode(template.encoding),
                content_type=template.content_type,
                modified=_modified(story, edition),
            ),
        )


def _modified(story: Story, edition: int) -> datetime:
    when = story.changed(edition) or story.published or OLDEST
    return when if isinstance(when, datetime) else midnight(when)


def midnight(day: date) -> datetime:
    """The start of a day in UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def _lists(section: Section, edition: int) -> Iterator[tuple[str, Resource]]:
    template = TEMPLATES[section.key]
    for listing in listings(section, edition):
        resource = Resource(
            body=template.listing(section, listing).encode(template.encoding),
            content_type=template.content_type,
            modified=EDITIONS[edition],
        )
        yield section.root + template.number.format(listing.number), resource
        if listing.number == 1:
            yield section.root, resource


def _others(section: Section) -> Iterator[tuple[str, Resource]]:
    template = TEMPLATES[section.key]
    for other in section.others:
        page = OTHERS[other.kind](section).encode(template.encoding)
        yield other.path, Resource(body=page, content_type=template.content_type)


def _feeds(edition: int, base: str) -> Iterator[tuple[str, bytes]]:
    every = sections()
    agency, chinese = every["en_regulator"], every["zh_regulator"]
    recalls = feeds.sitemap(feeds.of_category(agency, "recalls", edition), edition, base)
    yield feeds.SITEMAPS[0], feeds.zipped(recalls)
    approvals = feeds.of_category(agency, "approvals", edition)
    yield feeds.SITEMAPS[1], feeds.sitemap(approvals, edition, base)
    yield "/en/regulator/sitemap-news.xml", feeds.news_sitemap(agency, edition, base)
    yield "/zh/regulator/sitemap.xml", feeds.sitemap(feeds.entries(chinese, edition), edition, base)
    changes = dict.fromkeys(feeds.SITEMAPS, EDITIONS[1]) | {feeds.SITEMAPS[0]: EDITIONS[edition]}
    news, notices = "/en/regulator/sitemap-news.xml", "/zh/regulator/sitemap.xml"
    yield "/en/regulator/sitemap_index.xml", feeds.index(changes | {news: EDITIONS[1]}, base)
    yield "/sitemap.xml", feeds.index(changes | {notices: EDITIONS[1]}, base)
    yield "/press/feed.xml", feeds.rss(every["press"], edition, base)
    yield "/press/atom.xml", feeds.atom(every["press"], edition, base)
    yield "/press/feed.json", feeds.json_feed(every["press"], edition, base)
    yield "/wire/feed.json", feeds.json_feed(every["wire"], edition, base)
    yield "/zh/press/rss.xml", feeds.rss(every["zh_press"], edition, base)


TYPES = (
    (".gz", "application/gzip"),
    ("feed.json", "application/feed+json"),
    ("atom.xml", "application/atom+xml; charset=utf-8"),
    ("feed.xml", "application/rss+xml; charset=utf-8"),
    ("rss.xml", "application/rss+xml; charset=utf-8"),
)


def _xml(path: str, body: bytes, changed: datetime) -> Resource:
    kinds = (kind for ending, kind in TYPES if path.endswith(ending))
    return Resource(body=body, content_type=next(kinds, XML), modified=changed)


def _plain(body: bytes) -> Resource:
    return Resource(body=body, content_type="text/plain; charset=utf-8")


def _front() -> str:
    links = items(anchor(section.root, section.name) for section in sections().values())
    return f'<!doctype html>\n<meta charset="utf-8"><title>Sections</title>\n<ul>\n{links}\n</ul>\n'
