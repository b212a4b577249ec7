"""robots.txt as RFC 9309 has it: unreachable means that nothing may be fetched."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.internet.defer import Deferred

from newsbot.manners import robots_allow_all
from spiders.failures import FORBIDDEN, words_for


class Unreachable:
    """Stands for rules that could not be had: it allows nothing, and says why."""

    def __init__(self, why: str) -> None:
        self.why = why


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own, which takes an unreachable robots.txt for none, put right."""

    def process_request_2(self, rp: Any, request: Request) -> None:
        """Raises IgnoreRequest for what may not be fetched, with the reason."""
        if isinstance(rp, Unreachable):
            raise IgnoreRequest(rp.why)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise IgnoreRequest(FORBIDDEN) from None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        allowed = robots_allow_all(response.status)
        if allowed is None:
            await super()._parse_robots(response, netloc, request)
        elif allowed:
            self._settle(netloc, None)
        else:
            self._settle(netloc, Unreachable(f"robots.txt answers HTTP {response.status}"))

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._settle(netloc, Unreachable(words_for(exc)))

    def _settle(self, netloc: str, rules: Any) -> None:
        waiting = self._parsers[netloc]
        self._parsers[netloc] = rules
        assert isinstance(waiting, Deferred)
        waiting.callback(rules)
