"""Decides when an article was published: who says it, in what order they are believed, and what is never believed.

A date of modification is no date of publication. A date inside the text or under a signature is none either: only
lines that are bylines are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newsbot.extraction.dates import parse_compact, parse_published
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

# Addresses that carry the day: /2024/09/26/, /20240926/, /2024-09/26/, t20240926_1.html, /art/2016/11/22/.
_URL_DAY = re.compile(
    r"[/_t-](?P<y>(?:19|20)\d\d)(?P<s>[/_-]?)(?P<m>0[1-9]|1[0-2])(?:[/_-]?)(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.t?-]|$)"
    r"|/(?P<y2>(?:19|20)\d\d)/(?P<m2>1[0-2]|[1-9])/(?P<d2>[12]\d|3[01]|[1-9])/"
)
# Other meta names that can mean nothing else.
_META_NAME = re.compile(
    r"(?:publish|publication|pub|posted|release)(?:ed)?[-_.: ]?(?:date|time|on|at)", re.IGNORECASE
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A believed date and who says so."""

    published: Published
    origin: str


def decide_published(
    declared: Declared, article: Node | None, lines: Mapping[str, Sequence[str]], url: str, clock: Clock
) -> Dated | None:
    """The first believable statement, made more exact by a later one of the same day.

    `lines` are the byline texts by kind: "label" behind a label of publication, "byline" a date without one,
    "modified" behind a label of modification (content systems that know only 更新时间 use it for publication).
    """
    first: Dated | None = None
    for found in _statements(declared, article, lines, url, clock):
        if first is None or _shown_earlier(first, found) or _same_day_with_time(first, found):
            first = found
    return first


def _shown_earlier(first: Dated, found: Dated) -> bool:
    """Whether a byline shows an earlier day than what is declared.

    Content systems overwrite the declared date when a page is published anew; what readers see is kept.
    """
    declared = first.origin == "json-ld" or first.origin.startswith("meta:")
    return declared and found.origin == "byline" and day_of(found) < day_of(first)


def _same_day_with_time(first: Dated, found: Dated) -> bool:
    """Whether a later statement names the same day and adds the time."""
    exact = isinstance(found.published.when, datetime) and not isinstance(first.published.when, datetime)
    return exact and day_of(found) == day_of(first)


def day_of(dated: Dated) -> date:
    """The day of a date, on the publisher's clock."""
    when = dated.published.when
    return when.date() if isinstance(when, datetime) else when


def _statements(
    declared: Declared, article: Node | None, lines: Mapping[str, Sequence[str]], url: str, clock: Clock
) -> Iterator[Dated]:
    """Every statement in the order of trust."""
    strong = article if article is not None and not is_weak(article) else None
    yield from _dated("json-ld", [text_at(strong, "datePublished")], clock)
    for name in PUBLISHED_METAS:
        if name in declared.metas:
            yield from _dated(f"meta:{name}", declared.metas[name], clock)
    for name, values in declared.metas.items():
        if name not in KNOWN_METAS and _META_NAME.search(name):
            yield from _dated(f"meta:{name}", values, clock)
    yield from _dated("byline", lines.get("label", ()), clock)
    yield from _dated("time", _time_texts(declared.times, lines.get("times", ())), clock)
    yield from _dated("byline", lines.get("byline", ()), clock)
    yield from _dated("microdata", lines.get("microdata", ()), clock)
    yield from _dated("json-ld", [text_at(article, "datePublished", "dateCreated", "uploadDate")], clock)
    yield from _from_url(url, clock)
    for name in WEAK_METAS:
        yield from _dated(f"meta:{name}", declared.metas.get(name, ()), clock)
    yield from _dated("updated", lines.get("modified", ()), clock)


def _dated(origin: str, texts: Iterable[str | None], clock: Clock) -> Iterator[Dated]:
    for text in texts:
        if published := clock.read(text):
            yield Dated(published=published, origin=origin)


def _time_texts(times: Sequence[TimeElement], near: Sequence[str]) -> list[str]:
    """What the time elements say that stand by the headline or call themselves published; never a modification."""
    found = list(near)
    for time in times[:8]:
        about = " ".join(
            filter(
                None,
                (
                    time.element.get("class"),
                    time.element.get("itemprop"),
                    time.element.get("property"),
                    time.element.get("pubdate"),
                ),
            )
        )
        if (
            time.element.get("pubdate") is not None
            or "datepublished" in about.lower()
            or "entry-date" in about
        ):
            found.append(time.stamp or time.text)
    return found


def time_is_modified(time: TimeElement) -> bool:
    """Whether a time element, or what stands round it, speaks of a modification."""
    parent = time.element.getparent()
    about = [time.element.get("class") or "", time.element.get("itemprop") or ""]
    if parent is not None:
        about += [parent.get("class") or "", (parent.text or "")[-40:]]
    return bool(_MODIFIED_WORDS.search(" ".join(about)))


def _from_url(url: str, clock: Clock) -> Iterator[Dated]:
    match = _URL_DAY.search(url[:500])
    if match is None:
        return
    text = "-".join(f"{int(match[a] or match[b]):02}" for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2")))
    published = clock.read(text)
    if published is not None and isinstance(published.when, date):
        yield Dated(
            published=Published(when=published.when, text=match[0].strip("/_-.t?"), zone=None), origin="url"
        )
