"""Trying again as sites ask for it: Retry-After, and longer pauses after each refusal."""

from __future__ import annotations

from typing import Any

import scrapy
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newsbot.manners import wait_of
from spiders.base import NewsSpider
from spiders.downloading.pace import Pace

OVERLOADED = (429, 503)


class PatientRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, with pauses: what a Retry-After says, else twice the delay, then four times, ...

    A site that asks for more patience than NEWSBOT_PATIENCE ends the run; it is asked again after that time.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Any:
        """Made by Scrapy."""
        made = super().from_crawler(crawler)
        made.patience = crawler.settings.getfloat("NEWSBOT_PATIENCE")
        return made

    patience: float

    def process_response(
        self, request: Request, response: Response, spider: scrapy.Spider | None = None
    ) -> Request | Response:
        """The same request once more after a pause, or the answer."""
        ours = self.crawler.spider
        if response.status not in OVERLOADED or not isinstance(ours, NewsSpider):
            return super().process_response(request, response)
        asked = wait_of((response.headers.get("Retry-After") or b"").decode("latin-1"), ours.now())
        if asked is not None and asked > self.patience:
            ours.asked_to_wait(urlparse_cached(request).hostname or "", asked)
            if (pace := self.pace) is not None:
                pace.let_go()
            return response
        self._pause(request, asked)
        return super().process_response(request, response)

    @property
    def pace(self) -> Pace | None:
        """The pace of this crawl."""
        return self.crawler.get_extension(Pace)

    def _pause(self, request: Request, asked: float | None) -> None:
        pace = self.pace
        host = urlparse_cached(request).hostname or ""
        if pace is None or host not in pace.slots:
            return
        times = request.meta.get("retry_times", 0) + 1
        pace.hold(host, asked if asked is not None else pace.slots[host].delay * 2**times)
