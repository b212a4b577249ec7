"""What every spider shares: its source, what it remembers, and how a response becomes a `Page`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self, TypeAlias

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from newsbot.catalogue import Source, load_catalogue, source_for_urls
from newsbot.contact import check_contact
from newsbot.discovery import Link
from newsbot.errors import InputError
from newsbot.model import Hints, Page, Role
from newsbot.outcome import WAIT, Tally, Trouble, trouble_of
from newsbot.revisit import KnownPage, Visit, decide_visit, most_overdue, too_old
from newsbot.store import Database, Waiting
from newsbot.times import clock_from, parse_when, stamp
from newsbot.urls import canonicalise, host_of, is_allowed, is_web
from spiders.answers import conditions, failure_page, page_of
from spiders.backfilling import TOGETHER, Frontier
from spiders.downloading.browser import browser_meta, use_browser
from spiders.failures import STOPPED, explain_failure, trouble_behind

MOST_WAIT = timedelta(days=7)
"""No Retry-After keeps a source away for longer."""

Results: TypeAlias = Iterator[Page | Request]


class NewsSpider(Spider):
    """Base of all spiders. Arguments: `source` (a name in the catalogue) or `url`, `since`, `limit`.

    `budget` is what the schedule has left of a day's requests: like `limit`, and known articles are looked at again.

    Subclasses say what the start addresses are (`start_role`) and what to do with such a page
    (`parse_start`).
    """

    start_role = Role.LIST
    source: Source
    definition: str
    budget: int
    list_pages: int
    recheck_days: int
    recheck_budget: int

    def __init__(
        self,
        source: str | None = None,
        url: str | None = None,
        since: str | None = None,
        limit: str | int | None = None,
        backfill: str | None = None,
        budget: str | int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if (source is None) == (url is None):
            raise InputError(f"The {self.name} spider takes either source=NAME or url=URL.")
        self.asked_source = source
        self.urls = tuple((url or "").split())
        self.since = parse_when(since, datetime.now().astimezone()) if since else None
        self.now = clock_from(None)
        self.asked_limit = _whole_number(limit)
        self.left = _whole_number(budget)
        self.tally = Tally(limited=self.since is not None)
        self.backfills = bool(backfill)
        self.frontier: Frontier | None = None
        self.memory: Database | None = None
        self.seen: set[str] = set()
        self.lists_seen: set[str] = set()
        self.looked_again = False
        self.wait_until: datetime | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider with its source looked up and the source's pace set."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.source = spider.find_source(Path(settings["NEWSBOT_SOURCES"]))
        if not any(spider.starts()):
            raise InputError(nowhere_to_begin(spider.source, spider.name))
        spider.definition = definition_of(spider.source)
        check_contact(settings["NEWSBOT_CONTACT"], [*spider.source.starts, *spider.urls])
        spider.now = clock_from(settings["NEWSBOT_NOW"])
        budget = spider.source.budget or settings.getint("NEWSBOT_PAGE_BUDGET")
        spider.budget = min(spider.asked_limit or budget, spider.left or budget, budget)
        spider.recheck_days = settings.getint("NEWSBOT_RECHECK_DAYS")
        recheck_budget = settings.getint("NEWSBOT_RECHECK_BUDGET")
        spider.recheck_budget = min(spider.left or recheck_budget, recheck_budget)
        spider.list_pages = settings.getint("NEWSBOT_LIST_PAGES")
        if spider.source.browser:
            use_browser(settings, spider.source.allowed_hosts)
        if spider.source.delay is not None:
            settings.set("DOWNLOAD_DELAY", spider.source.delay, priority="spider")
        crawler.signals.connect(spider.look_again, signals.spider_idle)
        crawler.signals.connect(spider.note_error, signals.spider_error)
        crawler.signals.connect(spider.note_error, signals.item_error)
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
        """The start pages. Known pages that are due for another look come when these are done."""
        self.memory = self._open_memory()
        if self.backfills:
            self._begin_backfill()
            for request in self.next_waiting():
                yield request
            return
        for url, role in self.starts():
            for request in self.start_requests_for(url, role):
                yield request

    def _begin_backfill(self) -> None:
        assert self.crawler
        self.frontier = Frontier(Path(self.crawler.settings["NEWSBOT_DB"]), self.source.name)
        self.frontier.begin(Waiting(url=url, role=role) for url, role in self.starts())

    def next_waiting(self) -> list[Request]:
        """Requests for the next addresses that a backfill has found; none when it is through, or its budget is."""
        requests: list[Request] = []
        while self.frontier is not None and len(requests) < TOGETHER and not self.full:
            each = self.frontier.next()
            if each is None:
                break
            requests += self._request_waiting(each)
        self.tally.limited = self.tally.limited or self.full
        return requests

    def _request_waiting(self, each: Waiting) -> Iterator[Request]:
        if each.role is not Role.ARTICLE:
            yield from self._list(each.url, each.depth, each.role)
            return
        known = self.recall(each.url)
        if decide_visit(known, None, self.now()) is not Visit.SKIP:
            yield from self.article_request(each.url, each.hints, known)

    def starts(self) -> Iterator[tuple[str, Role]]:
        """The addresses that the walk begins with, and what each of them is."""
        return ((url, self.start_role) for url in self.source.start)

    def _open_memory(self) -> Database | None:
        """What earlier runs left, or None before the first run of all."""
        assert self.crawler
        path = Path(self.crawler.settings["NEWSBOT_DB"])
        return Database(path) if path.is_file() else None

    def closed(self, reason: str) -> None:
        """Let go of the database."""
        if self.frontier is not None:
            whole = reason == "finished" and not self.full and not self.tally.lists_failed
            self.frontier.close(through=whole)
        if self.memory is not None:
            self.memory.close()

    def start_requests_for(self, url: str, role: Role) -> Iterator[Request]:
        """The requests for a start page."""
        yield from self.list_request(url, 1, role)

    def list_request(self, url: str, depth: int, role: Role) -> Iterator[Request]:
        """The request for a list, feed or sitemap, once in a run; conditional if nothing it named was left undone."""
        if url in self.lists_seen or (self.full and self.frontier is None):
            return
        if not is_allowed(url, self.source.allowed_hosts):
            self.list_failed(f"{url}: is on a host that is not among the source's allowed_hosts")
            return
        if self.frontier is not None:
            self.lists_seen.add(url)
            self.frontier.keep([Waiting(url=url, role=role, depth=depth)])
            return
        yield from self._list(url, depth, role)

    def _list(self, url: str, depth: int, role: Role) -> Iterator[Request]:
        self.lists_seen.add(url)
        yield Request(
            url,
            callback=self.parse_list,
            errback=self.failed,
            headers={} if self.frontier else self._list_conditions(url),
            meta=self._browsing(role),
            cb_kwargs={"role": role, "depth": depth},
            priority=1,
            dont_filter=True,
        )

    def _browsing(self, role: Role) -> dict[str, Any]:
        """What marks a request of a source that needs a browser."""
        assert self.crawler
        most = self.crawler.settings.getint("DOWNLOAD_MAXSIZE")
        return browser_meta(role, most) if self.source.browser else {}

    def _list_conditions(self, url: str) -> dict[str, str]:
        """Ask for a list only if it changed: when it was read for this very definition of the source."""
        assert self.crawler
        known = self.recall(url)
        if (
            known is None
            or self.source.browser
            or known.listed_for != self.definition
            or self.crawler.settings.getbool("NEWSBOT_DRY_RUN")
        ):
            return {}
        return conditions(known)

    def parse_list(self, response: Response, role: Role, depth: int) -> Results:
        """Keep the list itself, then follow what it names."""
        page = page_of(response, role, self.source, self.now())
        yield page
        trouble = trouble_of(page.status, page.url, dict(page.headers))
        if not is_allowed(response.url, self.source.allowed_hosts):
            self.list_failed(f"{response.url}: was redirected to a host that is not among the allowed_hosts")
        elif response.status == 304:
            self.tally.lists_unchanged += 1
            self.count("lists")
        elif trouble is not None or response.status >= 300:
            self.list_failed(f"{response.url}: {told(response.status, trouble)}", trouble)
        else:
            self.count("lists")
            yield from self.follow(response, role, depth)
            self._tick_off(response)

    def _tick_off(self, response: Response) -> None:
        if self.frontier is not None and response.request is not None:
            self.frontier.finish(response.request.meta.get("redirect_urls", [response.request.url])[0])

    def follow(self, response: Response, role: Role, depth: int) -> Results:
        """Requests for what a list names. For subclasses."""
        raise NotImplementedError

    def next_list(self, url: str | None, depth: int, role: Role) -> Iterator[Request]:
        """The request for the next page of a list, as far as the settings let it go."""
        if url is None:
            return
        if len(self.lists_seen) >= self.list_pages and self.frontier is None:
            self.tally.limited = True
            return
        yield from self.list_request(url, depth + 1, role)

    def visit(self, links: Iterable[Link]) -> Iterator[Request]:
        """Requests for the links that lead to something new, each once in a run, within the limit.

        A backfill keeps them for later.
        """
        now = self.now()
        for link in links:
            if not self.wanted(link):
                continue
            self.tally.found += 1
            self.count("found")
            known = self.recall(link.url)
            if self.is_old(link) or decide_visit(known, link.modified, now) is Visit.SKIP:
                continue
            if self.frontier is not None:
                self.frontier.keep([Waiting(url=link.url, role=Role.ARTICLE, hints=link.hints)])
                continue
            if self.full:
                self.tally.limited = True
                return
            yield from self.article_request(link.url, link.hints, known)

    def wanted(self, link: Link) -> bool:
        """Whether a link is one of this source's articles. Links to other hosts are counted."""
        if self.is_wanted(link) and not is_allowed(link.url, self.source.allowed_hosts):
            self.tally.offsite += 1
            self.tally.elsewhere = self.tally.elsewhere or host_of(link.url)
            self.count("offsite")
            return False
        return self.is_wanted(link)

    def is_wanted(self, link: Link) -> bool:
        """Whether a link's address is one that the source's patterns want."""
        source = self.source
        if not is_web(link.url) or any(re.search(pattern, link.url) for pattern in source.exclude):
            return False
        return not source.include or any(re.search(pattern, link.url) for pattern in source.include)

    def is_old(self, link: Link) -> bool:
        """Whether a link is known to be older than what was asked for."""
        published = link.hints.published
        return too_old(published.when if published else link.modified, self.since)

    @property
    def full(self) -> bool:
        """Whether as many articles were asked for as may be."""
        return self.tally.asked >= self.budget

    def goes_on(self, links: Sequence[Link]) -> bool:
        """Whether further pages of a list may bring something: not after a page of known items, or of old ones."""
        if self.since is not None and links and all(self.is_old(link) for link in links):
            return False
        return self.walk_on or self.frontier is not None or not self.knows_all(links)

    def knows_all(self, links: Iterable[Link]) -> bool:
        """Whether nothing in a list is new, so that older pages of it need not be read."""
        return all(self.recall(link.url) is not None for link in links if self.is_wanted(link))

    @property
    def walk_on(self) -> bool:
        """Whether lists are read to their end although they bring nothing new: the last run did not get through."""
        return self.memory is None or not self.memory.completed(self.source.name)

    def recall(self, url: str) -> KnownPage | None:
        """What earlier runs, and this one so far, know of an address."""
        return self.memory.recall(url) if self.memory else None

    def article_request(self, url: str, hints: Hints, known: KnownPage | None) -> Iterator[Request]:
        """The request for an article page, once in a run; conditional when we have it already."""
        if canonicalise(url) in self.seen:
            return
        self.seen.add(canonicalise(url))
        self.tally.asked += 1
        yield self._article(url, hints, known, again=False)

    def _article(self, url: str, hints: Hints, known: KnownPage | None, *, again: bool) -> Request:
        fresh = known is None or known.failures > 0
        return Request(
            url,
            callback=self.parse_article,
            errback=self.failed,
            headers={} if fresh or self.source.browser else conditions(known),
            meta=self._browsing(Role.ARTICLE),
            cb_kwargs={"role": Role.ARTICLE, "hints": hints, "again": again},
            dont_filter=True,
        )

    def parse_article(self, response: Response, role: Role, hints: Hints, again: bool) -> Results:
        """The page, as it came."""
        page = page_of(response, role, self.source, self.now(), hints)
        self.seen.add(canonicalise(page.url))
        trouble = trouble_of(page.status, page.url, dict(page.headers))
        if not is_allowed(page.url, self.source.allowed_hosts) and trouble is None:
            why = f"redirects to {host_of(page.url)}, which is not among the allowed_hosts"
            page = failure_page(response.request, self.source, self.now(), why)
            trouble = Trouble.BROKEN
        if trouble is not None:
            self.page_failed(page.url, page.failure or told(page.status, trouble), trouble, again)
        if trouble is Trouble.BLOCKED and page.status < 400:
            why = "blocked: the site answers robots with another page"
            page = failure_page(response.request, self.source, self.now(), why)
        yield page

    def look_again(self) -> None:
        """When all else is done: the rest of a backfill; else known articles that may have changed, and failures."""
        if self.frontier is not None:
            self._crawl(self.next_waiting())
            return
        if self.looked_again or self.memory is None or self.asked_limit is not None or self.since is not None:
            return
        self.looked_again = True
        self._crawl(list(self.rechecks()))

    def _crawl(self, requests: list[Request]) -> None:
        """Go on with these; raises DontCloseSpider if there are any."""
        assert self.crawler
        assert self.crawler.engine
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def rechecks(self) -> Iterator[Request]:
        """Requests for known articles that may have been corrected; none while the source itself fails."""
        if self.memory is None or self.tally.lists_failed or self.is_refused:
            return
        known = (
            page
            for page in self.memory.pages_of(self.source.name)
            if is_allowed(page.url, self.source.allowed_hosts) and canonicalise(page.url) not in self.seen
        )
        for page in most_overdue(known, self.now(), self.recheck_days, self.recheck_budget):
            yield self._article(page.url, page.hints, page, again=True)

    # what went wrong

    @property
    def is_refused(self) -> bool:
        """Whether the site lets us in no more, so that asking on would only annoy it."""
        return self.tally.page_troubles[Trouble.BLOCKED] > 0

    def asked_to_wait(self, host: str, seconds: float) -> None:
        """End the run: the site asks for more patience than a run has. The schedule comes back after that time."""
        assert self.crawler
        assert self.crawler.engine
        until = self.now() + timedelta(seconds=min(seconds, MOST_WAIT.total_seconds()))
        if self.wait_until is None:
            self.tally.trouble(f"{host} asks to be left alone until {stamp(until)} (Retry-After)")
            task = asyncio.get_running_loop().create_task(self.crawler.engine.close_spider_async(reason=WAIT))
            task.add_done_callback(lambda done: done.exception())
        self.wait_until = max(self.wait_until or until, until)

    def failed(self, failure: Failure) -> Results:
        """A page for what could not be fetched, so that it is counted and tried again."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        why = explain_failure(failure)
        if why == STOPPED:
            return
        page = failure_page(request, self.source, self.now(), why)
        if page.role is Role.ARTICLE:
            self.page_failed(page.url, why, trouble_behind(failure), request.cb_kwargs.get("again", False))
        else:
            self.list_failed(f"{page.url}: {why}", trouble_behind(failure))
        yield page

    def page_failed(self, url: str, why: str, trouble: Trouble, again: bool) -> None:
        """Note an article page that did not come; pages looked at again do not decide how a run went."""
        self.tally.trouble(f"{url}: {why}")
        self.tally.asked_failed += not again
        self.tally.page_troubles[trouble] += not again
        self.count(str(trouble))

    def list_failed(self, problem: str, trouble: Trouble | None = None) -> None:
        """Note a list, feed or sitemap that could not be read."""
        self.logger.warning("%s", problem)
        self.tally.lists_failed += 1
        self.tally.list_troubles[trouble or Trouble.BROKEN] += 1
        self.tally.trouble(problem)

    def note_error(self, failure: Failure) -> None:
        """Note a fault of ours in a spider or a step: the run did not get through."""
        self.tally.errors += 1
        self.tally.trouble(
            f"{failure.type.__name__}: {failure.getErrorMessage()}" if failure.type else "a fault"
        )

    def count(self, name: str) -> None:
        """Add one to a counter of the run."""
        assert self.crawler
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"newsbot/{name}")


LIST_READER = "1"
"""Raised when lists are read so differently that unchanged ones should be read again."""


def definition_of(source: Source) -> str:
    """What decides which pages of a list are wanted, as a short digest."""
    parts = (LIST_READER, source.spider, source.include, source.exclude, sorted(source.selectors.items()))
    return blake2b(repr((*parts, source.allowed_hosts)).encode("utf-8", "replace"), digest_size=8).hexdigest()


def nowhere_to_begin(source: Source, spider: str) -> str:
    """What is wrong when a source is given to a spider that it has no addresses for."""
    others = source.spider if source.spider != spider else "feed, sitemap, listing or page"
    return f"{source.name} has nothing for the {spider} spider to begin with; it is for the spider {others}."


def told(status: int, trouble: Trouble | None) -> str:
    """An answer that is of no use, in a phrase."""
    return f"HTTP {status}, blocked" if trouble is Trouble.BLOCKED else f"HTTP {status}"


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
