"""One page in a browser: what it may ask for, how long it may take, and what of its answer is Scrapy's to judge.

A browser follows redirects by itself, and scripts lead it elsewhere. Here both come back as redirects, so that
robots.txt, the pace and the allowed hosts hold for them as for any other request.
"""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers, Response, TextResponse
from scrapy.responsetypes import responsetypes

RELOADS = 2
"""How often a page may load itself anew: some set a cookie first."""
CLOSING_SECONDS = 5
STARTING_SECONDS = 60
"""For the browser to start and open a page."""
SCRIPT_SECONDS = 10
"""For scripts, beyond the time that any answer may take."""
ANOTHER_BODY = ("Content-Encoding", "Content-Length", "Transfer-Encoding")
"""What the headers say of the bytes that came, and that is not so of the page that was made of them."""
NO_WINDOWS = "window.open = () => null"
PATTERNS = [{"urlPattern": "*"}, {"resourceType": "Document", "requestStage": "Response"}]

Event = Mapping[str, Any]
IsNeedless = Callable[[str, str], bool]
"""Whether a kind of thing, at an address, is not to be fetched."""


class RenderTimeoutError(Exception):
    """A page that was not done in time: scripts can run for ever."""


class BrowserHandler:
    """Scrapy's requests that are marked for it, fetched with a browser; the others as always.

    One for a crawl, whatever the scheme: each has a browser of its own.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

        settings = crawler.settings
        self.fetching = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
        self.context = settings.getdict("NEWSBOT_BROWSER_CONTEXT")
        self.is_needless: IsNeedless = settings["NEWSBOT_BROWSER_NEEDLESS"]
        self.most_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self.seconds = SCRIPT_SECONDS + settings.getfloat("DOWNLOAD_TIMEOUT")
        self.is_open = True

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The crawl's handler."""
        made = getattr(crawler, "newsbot_browser", None) or cls(crawler)
        crawler.newsbot_browser = made  # type: ignore[attr-defined]  # http and https share it
        return made

    async def close(self) -> None:
        """End the browser."""
        if self.is_open:
            self.is_open = False
            await self.fetching.close()

    async def download_request(self, request: Request) -> Response:
        """The answer. Raises RenderTimeoutError and Playwright's errors."""
        if not request.meta.get("playwright"):
            found: Response = await self.fetching.download_request(request)
            return found
        guard = PageGuard(request, self.is_needless, self.most_bytes)
        marks = {"playwright_page_init_callback": guard.begin, "playwright_context_kwargs": self.context}
        request.meta.update(marks)
        try:
            return await self._rendered(request, guard)
        finally:
            for mark in marks:
                request.meta.pop(mark, None)

    async def _rendered(self, request: Request, guard: PageGuard) -> Response:
        from playwright.async_api import Error as BrowserError

        try:
            async with asyncio.timeout(STARTING_SECONDS) as limit:
                guard.on_begin = lambda: limit.reschedule(asyncio.get_running_loop().time() + self.seconds)
                shown = await self.fetching.download_request(request)
        except BrowserError:
            if guard.answer is None and guard.fault is None:
                raise
            shown = None
        except TimeoutError:
            await guard.end()
            raise RenderTimeoutError from None
        if guard.fault is not None:
            raise guard.fault
        return guard.answer or as_utf8(shown)


class PageGuard:
    """Looks at all that a page asks for, redirects too, and keeps what is to be given to Scrapy instead of the page."""

    def __init__(self, request: Request, is_needless: IsNeedless, most_bytes: int) -> None:
        self.request = request
        self.is_needless = is_needless
        self.most_bytes = most_bytes
        self.answer: Response | None = None
        self.fault: Exception | None = None
        self.reloads = 0
        self.frame: str | None = None
        self.page: Any = None
        self.session: Any = None
        self.on_begin: Callable[[], None] = lambda: None

    async def begin(self, page: Any, request: Request) -> None:
        """Look at this page from now on."""
        self.page, self.frame = page, None
        self.on_begin()
        try:
            await page.add_init_script(NO_WINDOWS)
            self.session = await page.context.new_cdp_session(page)
            self.session.on("Fetch.requestPaused", self.paused)
            await self.session.send("Fetch.enable", {"patterns": PATTERNS})
        except Exception:
            await page.close()  # a page that nobody looks at is none of ours
            raise

    async def end(self) -> None:
        """Close the page, which may be hanging."""
        from playwright.async_api import Error as BrowserError

        if self.page is not None:
            with suppress(BrowserError, TimeoutError):
                await asyncio.wait_for(self.page.close(), CLOSING_SECONDS)

    async def paused(self, event: Event) -> None:
        """Decide on a request or on an answer to one."""
        from playwright.async_api import Error as BrowserError

        with suppress(BrowserError):  # the page was closed meanwhile
            if "responseStatusCode" in event:
                await self._answered(event)
            elif "responseErrorReason" in event or self._may_ask(event):
                await self._tell("continueRequest", event)
            else:
                await self._tell("failRequest", event, errorReason="BlockedByClient")

    def _may_ask(self, event: Event) -> bool:
        url, kind = event["request"]["url"], event["resourceType"]
        if kind == "Document" and self.frame is None:
            self.frame = event["frameId"]
            return True
        if kind != "Document" or event["frameId"] != self.frame:
            return not self.is_needless(kind.lower(), url)
        if urldefrag(url).url == urldefrag(self.request.url).url:
            return self._may_reload()
        self.answer = self.answer or redirect_to(url, self.request)
        return False

    def _may_reload(self) -> bool:
        self.reloads += 1
        if self.reloads > RELOADS:
            self.fault = RenderTimeoutError("the page loads itself again and again")
        return self.reloads <= RELOADS

    async def _answered(self, event: Event) -> None:
        headers = headers_of(event)
        if event["frameId"] != self.frame or is_to_render(event["responseStatusCode"], headers):
            await self._tell("continueRequest", event)
            return
        body = await self._body(event, headers)
        self.answer = plain_response(self.request, event["responseStatusCode"], headers, body)
        await self._tell("fulfillRequest", event, responseCode=200, body="")

    async def _body(self, event: Event, headers: Headers) -> bytes:
        from playwright.async_api import Error as BrowserError

        stated = (headers.get("Content-Length") or b"0").decode("latin-1")
        if stated.isdecimal() and int(stated) > self.most_bytes:
            self.fault = DownloadCancelledError("the answer is larger than is allowed")
            return b""
        try:
            found = await self.session.send("Fetch.getResponseBody", {"requestId": event["requestId"]})
        except BrowserError:  # a redirect has none
            return b""
        body = b64decode(found["body"]) if found["base64Encoded"] else found["body"].encode()
        if len(body) > self.most_bytes:
            self.fault = DownloadCancelledError("the answer is larger than is allowed")
        return body

    async def _tell(self, what: str, event: Event, **more: Any) -> None:
        await self.session.send(f"Fetch.{what}", {"requestId": event["requestId"], **more})


def headers_of(event: Event) -> Headers:
    """The headers of an answer, a name for each value."""
    headers = Headers()
    for each in event.get("responseHeaders", ()):
        for value in each["value"].split("\n"):
            headers.appendlist(each["name"], value)
    return headers


def is_to_render(status: int, headers: Headers) -> bool:
    """Whether an answer is a page for the browser: refusals, redirects and other files are taken as they are."""
    kind = (headers.get("Content-Type") or b"text/html").lower()
    return status // 100 == 2 and status != 204 and b"html" in kind


def redirect_to(url: str, request: Request) -> Response:
    """The redirect that stands for a script's going to another address."""
    return plain_response(request, 302, Headers({"Location": url}), b"")


def plain_response(request: Request, status: int, headers: Headers, body: bytes) -> Response:
    """An answer as Scrapy has it, its bytes no longer packed."""
    for name in ANOTHER_BODY:
        headers.pop(name, None)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    return kind(url=request.url, status=status, headers=headers, body=body, request=request)


def as_utf8(shown: Response) -> Response:
    """The page that a browser shows, in UTF-8 and with headers that say so."""
    headers = Headers(shown.headers)
    for name in ANOTHER_BODY:
        headers.pop(name, None)
    if not isinstance(shown, TextResponse):
        return shown.replace(headers=headers)
    headers["Content-Type"] = "text/html; charset=utf-8"
    return shown.replace(body=shown.text.encode("utf-8", "replace"), headers=headers, encoding="utf-8")
