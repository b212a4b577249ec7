"""One spelling for each address, so that one page is one row."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import SplitResult, unquote_plus, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

TRACKING_PREFIXES = (
    *(
        "utm_",
        "mtm_",
        "pk_",
        "piwik_",
        "matomo_",
        "hsa_",
        "_hs",
        "vero_",
        "at_custom",
        "at_medium",
        "at_campaign",
    ),
    *("ns_", "wt_", "wt.", "oly_", "mkt_", "share_", "wxshare", "sc_cid", "__hs", "trk_", "ga_"),
)
TRACKING_NAMES = frozenset(
    {
        *(
            "fbclid",
            "gclid",
            "dclid",
            "gbraid",
            "wbraid",
            "msclkid",
            "yclid",
            "twclid",
            "ttclid",
            "li_fat_id",
        ),
        *(
            "igshid",
            "igsh",
            "mc_cid",
            "mc_eid",
            "_ga",
            "_gl",
            "srsltid",
            "epik",
            "s_kwcid",
            "ef_id",
            "rb_clickid",
        ),
        *(
            "spm",
            "scm",
            "cmpid",
            "ncid",
            "sr_share",
            "smid",
            "smtyp",
            "partner_id",
            "ocid",
            "icid",
            "ito",
            "cid_source",
        ),
        *(
            "isappinstalled",
            "nsukey",
            "wx_header",
            "tdsourcetag",
            "share_token",
            "__twitter_impression",
            "_branch_match_id",
        ),
    }
)
"""Analytics, advertisements, mail campaigns, shares to networks, Chinese portals."""

SHARED_FROM = frozenset(
    {"timeline", "singlemessage", "groupmessage", "weixin", "weibo", "qq", "qzone", "rss", "feed", "twitter"}
)
"""Values of `from` that say where a reader came from; with others it may choose the page."""

SESSION_NAME = re.compile(
    r"^(?:jsessionid|phpsessid|aspsessionid\w{0,40}|sessionid|session_id|cfid|cftoken|zenid|oscsid)$",
    re.IGNORECASE,
)
SESSION_VALUE = re.compile(r"^[0-9a-z]{20,200}$", re.IGNORECASE)
"""What `sid` must look like to be a session: with a short number it chooses the article in many systems."""

PATH_SESSION = re.compile(r"(?:;|%3B)(?:jsessionid|phpsessid)=[^/?#;]*", re.IGNORECASE)
ASP_SESSION = re.compile(r"/\([A-Z]\([a-z0-9]{10,40}\)\)(?=/)", re.IGNORECASE)
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def is_noise(name: str, value: str) -> bool:
    """Whether a query parameter only tracks the visitor and does not choose the page."""
    lower = name.lower()
    if lower == "sid":
        return bool(SESSION_VALUE.match(value))
    if lower == "from":
        return value.lower() in SHARED_FROM
    return lower in TRACKING_NAMES or lower.startswith(TRACKING_PREFIXES) or bool(SESSION_NAME.match(lower))


PLAIN = re.compile(r"^https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w~-][\w.~-]*)+/?$", re.ASCII)
"""Addresses in which there is nothing to change."""


@lru_cache(maxsize=8192)
def canonicalise(url: str) -> str:
    """The address without fragment, tracking and session parameters, default port or letter case of the host.

    A fixed point: canonicalising twice changes nothing more. Addresses that are not http or
    https (files given to `newsbot import`) come back as they are.

    >>> canonicalise("HTTP://Example.com:80/a/?utm_source=x&id=2#top")
    'http://example.com/a/?id=2'
    """
    if PLAIN.match(url):
        return url
    try:
        return _canonical(urlsplit(url.strip())) if is_web(url.strip()) else url
    except ValueError:
        return url


def _is_noisy(piece: str) -> bool:
    """Whether name=value only tracks. What is kept stays as it is: its bytes may be in any encoding."""
    name, _, value = piece.partition("=")
    return is_noise(unquote_plus(name), unquote_plus(value))


def _canonical(parts: SplitResult) -> str:
    """Raises ValueError for what is no address after all."""
    query = "&".join(piece for piece in parts.query.split("&") if piece and not _is_noisy(piece))
    scheme = parts.scheme.lower()
    netloc = _netloc(parts.netloc.lower(), scheme)
    path = ASP_SESSION.sub("", PATH_SESSION.sub("", parts.path)) or "/"
    route = parts.fragment if parts.fragment.startswith("!/") else ""
    return canonicalize_url(urlunsplit((scheme, netloc, path, query, route)), keep_fragments=bool(route))


def _netloc(netloc: str, scheme: str) -> str:
    """The host without its default port, and without the dot that ends a full name."""
    host, colon, port = netloc.removesuffix(DEFAULT_PORTS[scheme]).partition(":")
    return f"{host.rstrip('.')}{colon}{port}" if host.rstrip(".") and "[" not in host else netloc


@lru_cache(maxsize=512)
def host_of(url: str) -> str | None:
    """The host with its port (when it is not the default one), or None for an address without one.

    >>> host_of("https://www.example.com/news")
    'www.example.com'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if not parts.netloc:
        return None
    return parts.netloc.rpartition("@")[2].lower().removesuffix(DEFAULT_PORTS.get(parts.scheme, "\0"))


def is_allowed(url: str, hosts: Collection[str]) -> bool:
    """Whether an address lies on one of the hosts or below it; without hosts, all are allowed.

    >>> is_allowed("https://news.example.com:8443/a", ["example.com"]), is_allowed("https://a.test/", ["b.test"])
    (True, False)
    """
    if not hosts:
        return True
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return any(name == host or name.endswith(f".{host}") for host in hosts)


def is_loopback(url: str) -> bool:
    """Whether an address names this machine itself.

    >>> is_loopback("http://127.0.0.1:8000/a"), is_loopback("http://example.com/")
    (True, False)
    """
    try:
        return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")
    except ValueError:
        return False


def is_web(url: str) -> bool:
    """Whether an address is one that newsbot may fetch: http or https, with a host.

    >>> is_web("ftp://example.com/a"), is_web("https://example.com/a")
    (False, True)
    """
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in DEFAULT_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
