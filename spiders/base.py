"""What every spider shares: its source, what it remembers, and how a response becomes a `Page`."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeAlias
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from newsbot.catalogue import Source, load_catalogue
from newsbot.discovery import Link
from newsbot.errors import FeedError, InputError, StoreError
from newsbot.model import Hints, Page, Role
from newsbot.revisit import KnownPage, Visit, decide_visit, is_due, too_old
from newsbot.store import Database
from newsbot.times import parse_when
from newsbot.urls import host_of, is_loopback, is_web

Results: TypeAlias = Iterator[Page | Request]

RECHECK_PRIORITY = -10
"""Known articles are asked for after everything new."""


class NewsSpider(Spider):
    """Base of all spiders. Arguments: `source` (a name in the catalogue) or `url`, `since`, `limit`.

    Subclasses say what the start addresses are (`start_role`) and what to do with such a page
    (`parse_start`).
    """

    start_role = Role.LIST
    source: Source
    allowed_domains: list[str]
    budget: int
    list_pages: int
    recheck_days: int

    def __init__(
        self,
        source: str | None = None,
        url: str | None = None,
        since: str | None = None,
        limit: str | int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if (source is None) == (url is None):
            raise InputError(f"The {self.name} spider takes either source=NAME or url=URL.")
        self.asked_source = source
        self.urls = tuple((url or "").split())
        self.since = parse_when(since, datetime.now().astimezone()) if since else None
        self.asked_limit = _whole_number(limit)
        self.limited = self.since is not None
        self.requested = 0
        self.problem: str | None = None
        self.memory: Database | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider with its source looked up and the source's pace set."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.source = spider.find_source(Path(settings["NEWSBOT_SOURCES"]))
        hosts = (urlsplit(f"//{host}").hostname for host in spider.source.allowed_hosts)
        spider.allowed_domains = [host for host in hosts if host]
        spider.budget = min(spider.asked_limit or 10**9, settings.getint("NEWSBOT_PAGE_BUDGET"))
        spider.recheck_days = settings.getint("NEWSBOT_RECHECK_DAYS")
        spider.list_pages = settings.getint("NEWSBOT_LIST_PAGES")
        if spider.source.delay is not None:
            settings.set("DOWNLOAD_DELAY", spider.source.delay, priority="spider")
        return spider

    def find_source(self, user_file: Path) -> Source:
        """The source asked for: from the catalogue, or made for a bare address.

        Raises UnknownSourceError, ConfigError or InputError.
        """
        if self.asked_source is not None:
            return load_catalogue(user_file).find(self.asked_source)
        return source_for_urls(self.urls, self.name)

    def source_row(self) -> dict[str, str | None]:
        """What the database remembers of the source."""
        source = self.source
        return {
            "name": source.name,
            "title": source.title,
            "kind": source.kind,
            "language": source.language,
            "country": source.country,
        }

    # the walk

    async def start(self) -> AsyncIterator[Any]:
        """The start pages, then young articles and failures that are due for another look."""
        self.memory = self._open_memory()
        for url in self.source.start:
            yield self.start_request(url)
        for request in self.rechecks():
            yield request

    def _open_memory(self) -> Database | None:
        """What earlier runs left, or None on the first dry run of all."""
        assert self.crawler
        try:
            return Database(Path(self.crawler.settings["NEWSBOT_DB"]))
        except StoreError:
            return None

    def closed(self, reason: str) -> None:
        """Let go of the database."""
        if self.memory is not None:
            self.memory.close()

    def start_request(self, url: str) -> Request:
        """The request for a start page."""
        return self.list_request(url, depth=1)

    def list_request(self, url: str, depth: int) -> Request:
        """The request for a list, feed or sitemap, conditional if nothing it named was left undone."""
        return Request(
            url,
            callback=self.parse_list,
            errback=self.failed,
            headers=_conditions(self.recall(url)),
            cb_kwargs={"role": self.start_role, "depth": depth},
            priority=1,
            dont_filter=depth == 1,
        )

    def parse_list(self, response: Response, role: Role, depth: int) -> Results:
        """Keep the list itself, then follow what it names."""
        yield page_of(response, role, self.source)
        if response.status == 200:
            yield from self.follow(response, depth)

    def follow(self, response: Response, depth: int) -> Results:
        """Requests for what a list names. For subclasses."""
        raise NotImplementedError

    def rechecks(self) -> Iterator[Request]:
        """Requests for known articles that may have been corrected, and for pages that failed."""
        if self.memory is None or self.asked_limit is not None or self.since is not None:
            return
        now = datetime.now(UTC)
        for known in self.memory.pages_of(self.source.name):
            if is_due(known, now, self.recheck_days):
                yield self.article_request(known.url, known.hints, known, RECHECK_PRIORITY)

    def visit(self, links: Iterable[Link]) -> Iterator[Request]:
        """Requests for the links that lead to something new, within the limit."""
        for link in links:
            if not self.wanted(link):
                continue
            known = self.recall(link.url)
            if decide_visit(known, link.modified) is Visit.SKIP:
                continue
            if self.requested >= self.budget:
                self.limited = True
                return
            self.requested += 1
            yield self.article_request(link.url, link.hints, known, 0)

    def wanted(self, link: Link) -> bool:
        """Whether a link is one of this source's articles, young enough. Counts what was found."""
        source = self.source
        if not is_web(link.url) or any(re.search(pattern, link.url) for pattern in source.exclude):
            return False
        if source.include and not any(re.search(pattern, link.url) for pattern in source.include):
            return False
        self.count("found")
        published = link.hints.published
        return not too_old(published.when if published else link.modified, self.since)

    def knows_all(self, links: Iterable[Link]) -> bool:
        """Whether nothing in a list is new, so that older pages of it need not be read."""
        return all(self.recall(link.url) is not None for link in links)

    @property
    def walk_on(self) -> bool:
        """Whether lists are read to their end although they bring nothing new: the last run failed."""
        return self.memory is None or not self.memory.completed(self.source.name)

    def unreadable(self, response: Response, error: FeedError) -> None:
        """Note a feed or sitemap that is none."""
        self.logger.warning("%s", error)
        self.problem = self.problem or str(error)
        self.count("lists failed")

    def recall(self, url: str) -> KnownPage | None:
        """What earlier runs, and this one so far, know of an address."""
        return self.memory.recall(url) if self.memory else None

    def article_request(self, url: str, hints: Hints, known: KnownPage | None, priority: int) -> Request:
        """The request for an article page; conditional when we have it already."""
        fresh = known is None or known.failures > 0
        return Request(
            url,
            callback=self.parse_article,
            errback=self.failed,
            headers={} if fresh else _conditions(known),
            cb_kwargs={"role": Role.ARTICLE, "hints": hints},
            priority=priority,
        )

    def parse_article(self, response: Response, role: Role, hints: Hints) -> Results:
        """The page, as it came."""
        yield page_of(response, role, self.source, hints)

    def failed(self, failure: Failure) -> Results:
        """A page for what could not be fetched, so that it is counted and tried again."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        role = request.cb_kwargs.get("role", Role.ARTICLE)
        yield Page(
            url=request.url,
            body=b"",
            fetched=datetime.now(UTC),
            status=0,
            role=role,
            source=self.source.name,
            failure=explain_failure(failure),
        )

    def count(self, name: str) -> None:
        """Add one to a counter of the run."""
        assert self.crawler
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"newsbot/{name}")


def source_for_urls(urls: tuple[str, ...], spider: str) -> Source:
    """A source for addresses that no catalogue knows, named after the first one's host.

    Raises InputError for what is no web address.
    """
    for url in urls:
        if not is_web(url):
            raise InputError(f"{url!r} is not a web address; it should start with http:// or https://.")
    if not urls:
        raise InputError("There is no address to crawl.")
    hosts = tuple(dict.fromkeys(host for url in urls if (host := host_of(url))))
    return Source(
        name=hosts[0],
        title=hosts[0],
        kind=None,
        language=None,
        country=None,
        zone=None,
        spider=spider,
        start=urls,
        allowed_hosts=hosts,
        delay=0.0 if all(map(is_loopback, urls)) else None,
    )


def page_of(response: Response, role: Role, source: Source, hints: Hints | None = None) -> Page:
    """The response as the pipelines take it."""
    headers = tuple(
        (name.decode("latin-1").lower(), b", ".join(values).decode("latin-1"))
        for name, values in response.headers.items()
    )
    asked = response.request.meta.get("redirect_urls", [None])[0] if response.request else None
    return Page(
        url=response.url,
        body=response.body,
        fetched=datetime.now(UTC),
        content_type=dict(headers).get("content-type"),
        status=response.status,
        headers=headers,
        requested_url=asked,
        role=role,
        source=source.name,
        zone=source.zone,
        publisher=source.title if source.kind else None,
        hints=hints or Hints(),
    )


def _conditions(known: KnownPage | None) -> dict[str, str]:
    """The headers that ask for a page only if it changed."""
    if known is None:
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value}


FAILURES = (
    ("DNSLookupError", "the host name is not known"),
    ("CannotResolveHostError", "the host name is not known"),
    ("ConnectionRefused", "the connection was refused"),
    ("Timeout", "no answer in time"),
    ("ResponseDataLoss", "the answer was cut off"),
    ("TLS", "no safe connection"),
    ("SSL", "no safe connection"),
    ("Cancelled", "the page is larger than is allowed"),
    ("ConnectionLost", "the connection was lost"),
)


def explain_failure(failure: Failure) -> str:
    """One phrase for why nothing came."""
    error = failure.value
    if isinstance(error, IgnoreRequest):
        return "forbidden by robots.txt" if "robots" in str(error).lower() else str(error) or "not allowed"
    kind = type(error).__name__
    for sign, meaning in FAILURES:
        if sign in kind:
            return meaning
    return f"{kind}: {str(error)[:200]}" if str(error) else kind


def _whole_number(limit: str | int | None) -> int | None:
    if limit is None:
        return None
    try:
        number = int(limit)
    except ValueError:
        number = 0
    if number < 1:
        raise InputError(f"limit={limit!r} is not a number of articles; write 1 or more.")
    return number
