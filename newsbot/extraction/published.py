"""Decides when an article was published: who says it, in what order they are believed, and what is never believed.

A date of modification is no date of publication. A date inside the text or under a signature is none either: only
lines that are bylines are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from newsbot.extraction.byline import is_alone
from newsbot.extraction.dates import dates_in, is_relative, parse_compact, parse_published
from newsbot.extraction.structured import Declared, Node, TimeElement, is_weak, text_at
from newsbot.model import Published

# Meta elements that state a date of publication, the more trusted first (names in lower case).
PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "pubdate",
    "publishdate", "publish_date", "publish-date", "publishtime", "publish_time", "publicationdate",
    "publication_date", "publication-date", "datepublished", "date_published", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "weibo: article:create_at", "weibo:article:create_at", "bt:pubdate",
    "rnews:datepublished", "originalpublicationdate", "article_date_original", "displaydate", "article.published",
    "published_time_telegram", "dc.date.issued", "dcterms.issued", "dc.issued", "dcterms.date", "dcterms.created",
    "dc.date.created", "citation_publication_date", "citation_online_date", "citation_date", "article:create_at",
    "bytedance:published_time", "shareaholic:article_published_time", "ptime", "firstpublished", "og:pubdate",
    "mediator_published_time",
)  # fmt: skip
KNOWN_METAS = frozenset(PUBLISHED_METAS)
# Statements that are often a date of something else: asked last.
WEAK_METAS = (
    "dc.date",
    "date",
    "created",
    "og:release_date",
    "article:release_time",
    "creation_date",
    "search.date",
)

# Addresses that carry the day: /2024/09/26/, /20240926/, /2024-09/26/, t20240926_1.html, /art/2016/11/22/,
# /2023/october/03/, /2010/POLITICS/08/13/.
_URL_DAY = re.compile(
    r"[/_t-](?P<y>(?:19|20)\d\d)(?P<s>[/_-]?)(?P<m>0[1-9]|1[0-2])(?:[/_-]?)(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.t?-]|$)"
    r"|/(?P<y2>(?:19|20)\d\d)/(?P<m2>1[0-2]|[1-9])/(?P<d2>[12]\d|3[01]|[1-9])/"
    r"|/(?P<y4>(?:19|20)\d\d)/(?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z_-]{2,20}"
    r"/(?P<m4>1[0-2]|0?[1-9])/(?P<d4>[12]\d|3[01]|0?[1-9])/"
    r"|/(?P<y3>(?:19|20)\d\d)/(?P<m3>[a-z]{3,9})/(?P<d3>0[1-9]|[12]\d|3[01]|[1-9])(?=/|$)",
    re.IGNORECASE,
)
_MAY_BE_NUMBER = re.compile(r"/\d{4}/\d{4}")
"""A year and four digits: a day where it is a folder (/2018/0224/44.html), else as well a number (/2026/1005.html)."""
_FOUR_DIGITS = re.compile(r"\d{4}|[०-९٠-٩۰-۹๐-๙一二三四五六七八九〇○零]{4}|平成|昭和|令和")
_TITLE_PARTS = re.compile(r"\s[|·–—-]\s")
# Other meta names that can mean nothing else.
_META_NAME = re.compile(
    r"(?:^|(?<!last)(?<!next)[-_.:])(?:(?:publish|publication|pub|posted)(?:ed)?[-_.: ]?(?:date|time|on|at))"
    r"|^release[-_.: ]?(?:date|time)",
    re.IGNORECASE,
)
_MODIFIED_WORDS = re.compile(
    r"updat|modif|aktualis|更新|修改|actualiz|mis à jour|geändert|bijgewerkt|revis", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What reading a date needs: the zone to assume, the time of fetching, whether 3/4 is a day in April."""

    zone: str | None
    now: datetime
    day_first: bool = True

    def read(self, text: str | None) -> Published | None:
        """The date in a text, if there is one to believe."""
        if not text:
            return None
        return parse_published(text, self.zone, self.now, day_first=self.day_first) or parse_compact(
            text, self.zone, self.now
        )

    def read_with(self, text: str | None, day: date | None) -> Published | None:
        """The date in a text; one that can be read in two ways is read as `day` if it can be."""
        found = self.read(text)
        if found is None or day is None or _day(found) == day:
            return found
        other = replace(self, day_first=not self.day_first).read(text)
        return other if other and _day(other) == day else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A believed date and who says so."""

    published: Published
    origin: str


def decide_published(
    declared: Declared, article: Node | None, lines: Mapping[str, Sequence[str]], url: str, clock: Clock
) -> Dated | None:
    """The first believable statement, made more exact by a later one of the same day.

    `lines` are the byline texts by kind: "label" behind a label of publication, "byline" a date without one, "age"
    an age without one (3 days ago), "modified" behind a label of modification (content systems that know only
    更新时间 use it for publication).
    """
    first: Dated | None = None
    hint = _from_url(url, clock)
    for origin, texts in _statements(declared, article, lines, hint):
        if first is not None and _is_settled(first, origin):
            continue
        for text in texts:
            if first is not None and _is_exact(first) and not _may_be_earlier(text, first):
                continue
            published = hint if origin == "url" else clock.read_with(text, _day(hint) if hint else None)
            found = Dated(published=published, origin=origin) if published else None
            if found is None or (origin == "byline" and _is_doubtful(text or "")):
                continue
            earlier = first is not None and _shown_earlier(first, found) and is_alone(text or "")
            if first is None or earlier or _same_day_with_time(first, found):
                first = found
    return first


def _is_doubtful(text: str) -> bool:
    """Whether a date with a year of two digits stands among other words: a number, a version."""
    return not _FOUR_DIGITS.search(text) and not is_relative(text) and not is_alone(text)


def _is_settled(first: Dated, origin: str) -> bool:
    """Whether no statement of this origin can change what is known."""
    return _is_exact(first) and not (origin == "byline" and _is_declared(first))


def _is_exact(dated: Dated) -> bool:
    return isinstance(dated.published.when, datetime)


def _may_be_earlier(text: str | None, first: Dated) -> bool:
    """Whether a text holds a day before that of `first`, by a quick look."""
    return any(min(place.day, place.month_first) < day_of(first) for place in dates_in(text or ""))


def _is_declared(dated: Dated) -> bool:
    return dated.origin == "json-ld" or dated.origin.startswith("meta:")


def _shown_earlier(first: Dated, found: Dated) -> bool:
    """Whether a byline shows an earlier day than what is declared.

    Content systems overwrite the declared date when a page is published anew; what readers see is kept.
    """
    return _is_declared(first) and found.origin == "byline" and day_of(found) < day_of(first)


def _same_day_with_time(first: Dated, found: Dated) -> bool:
    """Whether a later statement names the same day and adds the time."""
    return _is_exact(found) and not _is_exact(first) and day_of(found) == day_of(first)


def day_of(dated: Dated) -> date:
    """The day of a date, on the publisher's clock."""
    return _day(dated.published)


def _day(published: Published) -> date:
    when = published.when
    return when.date() if isinstance(when, datetime) else when


def _statements(
    declared: Declared, article: Node | None, lines: Mapping[str, Sequence[str]], hint: Published | None
) -> Iterator[tuple[str, Iterable[str | None]]]:
    """Every statement in the order of trust: who makes it, and in which words."""
    metas = declared.metas
    strong = article if article is not None and not is_weak(article) else None
    yield "json-ld", (text_at(strong, "datePublished"),)
    for name in PUBLISHED_METAS:
        if name in metas:
            yield f"meta:{name}", metas[name]
    for name, values in metas.items():
        if _is_publishing(name):
            yield f"meta:{name}", values
    yield "byline", lines.get("label", ())
    yield "time", _time_texts(declared.times, lines.get("times", ()))
    yield "byline", lines.get("byline", ())
    yield "microdata", lines.get("microdata", ())
    yield "json-ld", (text_at(article, "datePublished", "dateCreated", "uploadDate"),)
    yield "url", (hint.text,) if hint else ()
    for name in WEAK_METAS:
        if name in metas:
            yield f"meta:{name}", metas[name]
    yield "title", _title_end(declared.title)
    yield "byline", lines.get("age", ())
    yield "updated", lines.get("modified", ())


@lru_cache(maxsize=1024)
def _is_publishing(name: str) -> bool:
    """Whether a meta element that is in no table says by its name when something was published."""
    return name not in KNOWN_METAS and bool(_META_NAME.search(name[:80]))


def _title_end(title: str | None) -> tuple[str, ...]:
    """The last part of the page's title if it is a day and nothing else: "Headline | News | 28.04.2023"."""
    parts = _TITLE_PARTS.split((title or "")[-120:])
    places = dates_in(parts[-1]) if len(parts) > 1 else ()
    return (parts[-1],) if places and places[0].end - places[0].start == len(parts[-1].strip()) else ()


def _time_texts(times: Sequence[TimeElement], near: Sequence[str]) -> Iterator[str]:
    """What the time elements say that stand by the headline or call themselves published; never a modification."""
    yield from near
    for time in times[:8]:
        get = time.element.get
        about = f"{get('class') or ''} {get('itemprop') or ''} {get('property') or ''}".lower()
        if get("pubdate") is not None or "datepublished" in about or "entry-date" in about:
            yield time.stamp or time.text


def time_is_modified(time: TimeElement) -> bool:
    """Whether a time element, or what stands round it, speaks of a modification."""
    parent = time.element.getparent()
    about = [time.element.get("class") or "", time.element.get("itemprop") or ""]
    if parent is not None:
        about += [parent.get("class") or "", (parent.text or "")[-40:]]
    return bool(_MODIFIED_WORDS.search(" ".join(about)))


def _from_url(url: str, clock: Clock) -> Published | None:
    """The day that the address of the page carries."""
    match = _URL_DAY.search(url[:500])
    if match is None or (_MAY_BE_NUMBER.fullmatch(match[0]) and url[match.end() : match.end() + 1] != "/"):
        return None
    year, month, day = (
        next(filter(None, (match[k], match[f"{k}2"], match[f"{k}3"], match[f"{k}4"]))) for k in "ymd"
    )
    published = clock.read(f"{year}-{month:0>2}-{day:0>2}" if month.isdigit() else f"{day} {month} {year}")
    return published and Published(when=published.when, text=match[0].strip("/_-.t?"), zone=published.zone)
