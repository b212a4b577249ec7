"""How fast a site is asked: as fast as it answers, never faster than it or the settings allow."""

from __future__ import annotations

from time import monotonic
from typing import Any

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.httpobj import urlparse_cached

from newsbot.manners import LONGEST_DELAY
from spiders.failures import STOPPED

LOOK = 0.5
"""Seconds between looks whether the crawl is being stopped."""


class Pace(AutoThrottle):
    """AutoThrottle with the crawl-delay of robots.txt as the least delay of its host.

    When a crawl is stopped, requests that still wait for their turn are given up, so that it ends with the
    pages in hand and not after all delays.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.floors: dict[str, float] = {}
        self.throttles = crawler.settings.getbool("AUTOTHROTTLE_ENABLED")
        self.looking = create_looping_call(self.give_up_waiting)
        if self.throttles:
            super().__init__(crawler)
        self.crawler = crawler
        crawler.signals.connect(self.note_crawl_delay, signals.robots_parsed)
        crawler.signals.connect(self.begin, signals.spider_opened)
        crawler.signals.connect(self.end, signals.spider_closed)

    def begin(self) -> None:
        """Look from time to time whether the crawl goes on."""
        self.looking.start(LOOK, now=False)

    def end(self) -> None:
        """Look no more."""
        if self.looking.running:
            self.looking.stop()

    def note_crawl_delay(self, robotparser: Any, request: Request) -> None:
        """Keep to the delay that a site's robots.txt asks for."""
        settings = self.crawler.settings
        delay = robotparser.crawl_delay(settings["ROBOTSTXT_USER_AGENT"])
        host = urlparse_cached(request).hostname or ""
        if delay is None or not host:
            return
        self.floors[host] = min(delay, LONGEST_DELAY)
        slot = self.slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, self.floors[host])

    @property
    def slots(self) -> dict[str, Slot]:
        """Scrapy's queues, one for each host."""
        assert self.crawler.engine
        return self.crawler.engine.downloader.slots

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        host = urlparse_cached(response).hostname or ""
        slot.delay = max(slot.delay, self.floors.get(host, 0.0))

    def hold(self, host: str, seconds: float) -> None:
        """Ask this host for nothing for so many seconds."""
        slot = self.slots.get(host)
        if slot is not None:
            slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)

    def give_up_waiting(self) -> None:
        """Once the crawl is being stopped: let go of the requests that only wait for their turn."""
        engine = self.crawler.engine
        assert engine
        stopping = not self.crawler.crawling or (
            engine._slot is not None and engine._slot.closing is not None
        )
        if stopping:
            self.let_go()

    def let_go(self) -> None:
        """Give up what waits for its turn."""
        for slot in self.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(IgnoreRequest(STOPPED))
