"""Pages that scripts build, fetched with a real browser: for sources that say `browser = true`, and only for them."""

from __future__ import annotations

import ipaddress
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import DownloadCancelledError
from scrapy.settings import BaseSettings

from newsbot.errors import InputError
from newsbot.model import Role
from newsbot.urls import is_allowed

HANDLER = "spiders.downloading.rendering.BrowserHandler"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
NEEDLESS = frozenset(("image", "media", "font", "websocket", "eventsource", "manifest", "ping", "beacon"))
"""What a page asks for that changes none of its text."""
FROM_OTHERS = frozenset(("script", "xhr", "fetch", "preflight"))
"""What a page may need from hosts that are not the source's: its scripts, and what these ask for."""
TRACKERS = (
    *("google-analytics.com", "googletagmanager.com", "doubleclick.net", "googlesyndication.com"),
    *("googleadservices.com", "facebook.net", "hotjar.com", "clarity.ms", "hm.baidu.com", "cnzz.com"),
    *("omtrdc.net", "demdex.net", "scorecardresearch.com", "nr-data.net", "chartbeat.com", "quantserve.com"),
    *("segment.io", "mixpanel.com", "snap.licdn.com", "taboola.com", "outbrain.com", "criteo.com"),
)
"""Hosts that only count or watch readers, or sell them."""
QUIET_MILLISECONDS = 5000
"""How long scripts may go on loading once the page is there; what is on it then is taken."""


def use_browser(settings: BaseSettings, allowed_hosts: Collection[str]) -> None:
    """Have a crawl fetch with a browser what is marked for that.

    Raises InputError if the extra is not installed, or no browser is found.
    """
    if find_spec("scrapy_playwright") is None:
        raise InputError(
            "This source needs a browser; install newsbot with it: pip install 'newsbot[browser]'."
        )
    options: dict[str, Any] = {
        "executable_path": find_browser(settings["NEWSBOT_BROWSER"]),
        "headless": True,
        "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses its sandbox to root
        "args": ["--disable-dev-shm-usage"],
    }
    context = {
        "user_agent": settings["USER_AGENT"],
        "accept_downloads": False,
        "service_workers": "block",
        "ignore_https_errors": not settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES", True),
    }
    hosts = tuple(allowed_hosts)
    values = {
        "DOWNLOAD_HANDLERS": {**settings.getdict("DOWNLOAD_HANDLERS"), "http": HANDLER, "https": HANDLER},
        "NEWSBOT_BROWSER_CONTEXT": context,
        "NEWSBOT_BROWSER_NEEDLESS": partial(is_needless, hosts),
        "PLAYWRIGHT_LAUNCH_OPTIONS": options,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.getfloat("DOWNLOAD_TIMEOUT") * 1000,
        "PLAYWRIGHT_ABORT_REQUEST": partial(is_frame_needless, hosts),
    }
    settings.setdict(values, priority="spider")


def find_browser(named: str | None) -> str:
    """The path of the browser: the one that the settings name, else the system's. Raises InputError."""
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if found is None:
        missing = (
            f"There is no browser at {named!r}" if named else "This source needs a browser, and none is found"
        )
        raise InputError(
            f"{missing}; install chromium (apt-get install chromium) or set browser in newsbot.toml."
        )
    return found


def is_needless(allowed_hosts: Collection[str], kind: str, url: str) -> bool:
    """Whether something that a page asks for is not fetched: it changes no text, watches readers, or lies inside.

    >>> is_needless(["a.test"], "script", "https://cdn.test/x.js"), is_needless(["a.test"], "image", "https://a.test/i")
    (False, True)
    >>> is_needless(["a.test"], "script", "https://www.google-analytics.com/a.js")
    True
    """
    if kind in NEEDLESS or is_inside(url, allowed_hosts):
        return True
    return not is_allowed(url, allowed_hosts) and (kind not in FROM_OTHERS or is_allowed(url, TRACKERS))


def is_frame_needless(allowed_hosts: Collection[str], request: Any) -> bool:
    """Whether a frame in a page, and what it asks for, is not fetched. The page itself is asked for by Scrapy."""
    if request.resource_type == "document":
        return bool(request.frame.parent_frame) and is_needless(allowed_hosts, "document", request.url)
    return is_needless(allowed_hosts, request.resource_type, request.url)


def is_inside(url: str, allowed_hosts: Collection[str]) -> bool:
    """Whether an address lies on this machine or in a private network, and is not the source's own.

    >>> is_inside("http://169.254.169.254/latest", ["a.test"]), is_inside("https://cdn.test/x.js", ["a.test"])
    (True, False)
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return True
    if allowed_hosts and is_allowed(url, allowed_hosts):
        return False
    if host == "localhost" or host.endswith((".localhost", ".internal", ".local")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def browser_meta(role: Role, most_bytes: int) -> dict[str, Any]:
    """What marks a request for the browser; feeds and sitemaps are fetched without one."""
    if role not in (Role.LIST, Role.ARTICLE):
        return {}
    from scrapy_playwright.page import PageMethod

    return {"playwright": True, "playwright_page_methods": [PageMethod(partial(_settle, most_bytes))]}


async def _settle(most_bytes: int, page: Any) -> None:
    """Wait until the page's scripts have loaded what they want, but not for ever. A page may be too large."""
    from playwright.async_api import TimeoutError as TookTooLong

    with suppress(TookTooLong):
        await page.wait_for_load_state("networkidle", timeout=QUIET_MILLISECONDS)
    if await page.evaluate("document.documentElement.outerHTML.length") > most_bytes:
        raise DownloadCancelledError("the page is larger than is allowed")
