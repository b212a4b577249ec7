"""Two addresses of one article: mobile and AMP pages, http and https, what a page declares as its own address.

What is said here is a guess. The store takes two addresses for one article only when their texts agree too.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

from newsbot.urls import canonicalise, host_of, is_web

TWIN_HOSTS = re.compile(r"^(?:www\d?|m|mobile|wap|3g|touch|amp|h5|i)\.(?=[^.]+\.)")
TWIN_FOLDERS = re.compile(r"^/(?:m|mobile|wap|amp|h5)(?=/)", re.IGNORECASE)
TWIN_ENDS = re.compile(
    r"(?:/(?:amp|print)|\.amp|/(?:index|default)\.(?:s?html?|php|aspx?|jsp))$",
    re.IGNORECASE,
)
AMP_PAGE = re.compile(r"\.amp(?=\.html?$)", re.IGNORECASE)
TWIN_PARAMETERS = re.compile(
    r"^(?:amp(?:=(?:1|true)?)?|output(?:type)?=amp|print(?:=(?:1|true|y)?)?|view=print)$", re.IGNORECASE
)
GOOGLE_AMP = re.compile(r"^/amp/(?:s/)?(?P<page>[^/]+/.*)$")
AMP_CACHE = re.compile(r"^/[cv]/(?:s/)?(?P<page>[^/]+/.*)$")

SECOND_LEVEL = frozenset(["com", "co", "gov", "org", "net", "edu", "ac", "or", "ne", "go", "gob", "gouv"])
LIST_PATH = re.compile(
    r"(?:^|/)(?:list|index|page|p|default)?[_-]?\d{0,4}(?:\.(?:s?html?|php|aspx?|jsp))?$|/(?:category|tag|tags|topic|topics)/[^/]+/?$",
    re.IGNORECASE,
)
LIST_PARAMETER = re.compile(r"(?:^|&)(?:page|paged|p|pn|pageno|page_no)=\d{1,4}(?:&|$)", re.IGNORECASE)
LANGUAGE_HOME = re.compile(r"^/(?:[a-z]{2}(?:[-_][a-z]{2,4})?|cn|chinese|english)/?$", re.IGNORECASE)
ERROR_PATH = re.compile(r"/(?:404|error|notfound|not-found)(?:[./]|$)", re.IGNORECASE)
NUMBER = re.compile(r"\d{4,}")
PART = re.compile(r"_(\d{1,3})(?=\.s?html?$|$)")


def twin_key(url: str) -> str | None:
    """A key that is equal for addresses that may be one article's: without scheme, www, mobile and AMP forms.

    >>> twin_key("https://www.example.com/a/1.html?amp=1") == twin_key("http://m.example.com/a/1.html")
    True
    >>> twin_key("https://example.com/a/1_2.html") == twin_key("https://example.com/a/1.html")
    False
    """
    if not is_web(url):
        return None
    try:
        return _key(urlsplit(canonicalise(url)))
    except ValueError:
        return None


def _key(parts: SplitResult) -> str:
    parts = _unwrapped(parts)
    host = TWIN_HOSTS.sub("", parts.netloc)
    path = TWIN_ENDS.sub("", AMP_PAGE.sub("", TWIN_FOLDERS.sub("", parts.path)).rstrip("/")).rstrip("/")
    query = "&".join(piece for piece in parts.query.split("&") if piece and not TWIN_PARAMETERS.match(piece))
    return f"{host}{path}{'?' if query else ''}{query}{'#' if parts.fragment else ''}{parts.fragment}"


def _unwrapped(parts: SplitResult) -> SplitResult:
    """The publisher's address in one of an AMP cache."""
    form = None
    if parts.netloc.endswith(".cdn.ampproject.org"):
        form = AMP_CACHE.match(parts.path)
    elif parts.netloc.startswith(("www.google.", "google.")):
        form = GOOGLE_AMP.match(parts.path)
    return urlsplit(canonicalise(f"https://{unquote(form['page'])}")) if form else parts


def trusted_canonical(page_url: str, declared: str | None) -> str | None:
    """The address that a page declares as its own, if it can be believed: the same site, no list, no other article."""
    if declared is None or not is_web(declared) or not is_web(page_url):
        return None
    own, other = canonicalise(page_url), canonicalise(declared)
    try:
        ours, theirs = _unwrapped(urlsplit(own)), urlsplit(other)
    except ValueError:
        return None
    if own == other or not is_same_site(ours.netloc, theirs.netloc) or not _may_be_article(theirs):
        return None
    return None if _is_above(theirs, ours) or _is_other(ours, theirs) else other


def is_same_site(one: str, other: str) -> bool:
    """Whether two hosts belong together: the same name under the public suffix, and the same port.

    >>> is_same_site("m.news.example.com", "example.com"), is_same_site("a.com.cn", "b.com.cn")
    (True, False)
    """
    return one == other or (site_of(one) == site_of(other) and not site_of(one)[:1].isdigit())


def site_of(host: str) -> str:
    """The registered part of a host name, by its last two or three labels, with its port."""
    labels = host.split(".")
    count = (
        3 if len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1].partition(":")[0]) == 2 else 2
    )
    return ".".join(labels[-count:])


def _may_be_article(parts: SplitResult) -> bool:
    path = parts.path
    listed = LIST_PATH.search(path) and not NUMBER.search(path.rpartition("/")[2])
    return not (
        (listed and not parts.query)
        or LANGUAGE_HOME.match(path)
        or LIST_PARAMETER.search(parts.query)
        or ERROR_PATH.search(path)
    )


def _is_above(theirs: SplitResult, ours: SplitResult) -> bool:
    """Whether the declared address is a folder that the page lies in."""
    folder = theirs.path.rstrip("/") + "/"
    return ours.path.rstrip("/").startswith(folder) and not TWIN_ENDS.search(ours.path.rstrip("/"))


def _is_other(ours: SplitResult, theirs: SplitResult) -> bool:
    """Whether the addresses name two articles on their face, or a further page of one."""
    if PART.findall(ours.path) != PART.findall(theirs.path):
        return True
    mine, declared = NUMBER.findall(ours.path + ours.query), NUMBER.findall(theirs.path + theirs.query)
    return bool(mine) and bool(declared) and not set(mine) & set(declared)


def page_keys(url: str, declared: str | None) -> tuple[str, ...]:
    """The keys under which a page is looked for: of its own address, and of the one that it declares."""
    keys = (twin_key(url), twin_key(trusted_canonical(url, declared) or "") if host_of(url) else None)
    return tuple(dict.fromkeys(key for key in keys if key))
