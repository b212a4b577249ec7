"""What a source is: a publisher's channel that newsbot crawls, and how each of its fields is checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsbot.urls import is_allowed, is_web

if TYPE_CHECKING:
    from newsbot.discovery.lists import ListSelectors

SPIDERS = ("site", "feed", "sitemap", "listing", "page")
"""The ways of walking a source that newsbot brings along; a project may add spiders of its own."""
STARTS = ("start", "feeds", "sitemaps", "lists")
"""Where the addresses stand that a crawl begins with; a source has at least one of them."""
NO_SPIDERS = frozenset({"answers", "backfilling", "base", "failures", "survey", "walks"})
"""Files of the `spiders` folder that hold no spider."""


def project_spiders() -> tuple[str, ...]:
    """The names that `spider` may have: ours, and those of further files in the `spiders` folder.

    A spider of one's own has the name of its file. Nothing is imported to find out.
    """
    found = find_spec("spiders")
    folders = found.submodule_search_locations if found else None
    stems = {module.name for module in iter_modules(folders or ()) if not module.ispkg}
    return (*SPIDERS, *sorted(stems - NO_SPIDERS - set(SPIDERS)))


SELECTORS = ("item", "link", "title", "date", "next")
"""The parts of a list that a source may point at."""
FIELD_SELECTORS = ("title", "published", "authors", "source", "body")
"""The fields of an article that a source may point at."""
PERIOD = re.compile(r"(\d{1,5}) ?(min|h|d)")
UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
REPEATED_REPEAT = re.compile(r"\((?:[^()\\]|\\.){0,500}[+*}](?:[^()\\]|\\.){0,500}\)[+*{]")
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d) ?- ?([01]\d|2[0-3]):([0-5]\d)")

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
COUNTRY = re.compile(r"[A-Z]{2}|INT")
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,250}[a-z0-9_])?|\[[0-9a-f:.]{2,45}\]")

COUNTRY_ZONES = {
    "AT": "Europe/Vienna", "AU": "Australia/Sydney", "BE": "Europe/Brussels", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CH": "Europe/Zurich", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen", "ES": "Europe/Madrid", "EU": "Europe/Brussels", "FI": "Europe/Helsinki",
    "FR": "Europe/Paris", "GB": "Europe/London", "HK": "Asia/Hong_Kong", "IE": "Europe/Dublin",
    "IL": "Asia/Jerusalem", "IN": "Asia/Kolkata", "INT": "UTC", "IT": "Europe/Rome", "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul", "MY": "Asia/Kuala_Lumpur", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo",
    "NZ": "Pacific/Auckland", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon", "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore", "TH": "Asia/Bangkok", "TW": "Asia/Taipei", "US": "America/New_York",
    "ZA": "Africa/Johannesburg",
}  # fmt: skip
"""The zone to assume for a country's sources that name none: where its press and regulator sit."""


class Kind(StrEnum):
    """What sort of publisher a source is."""

    REGULATOR = "regulator"
    TRADE_PRESS = "trade press"
    NEWSWIRE = "newswire"
    COMPANY = "company"
    JOURNAL = "journal"
    ASSOCIATION = "association"
    NEWS = "news"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One publisher's channel.

    A crawl begins with its `feeds`, `sitemaps` and `lists`, or, with a spider other than `site`, with `start`.
    `allowed_hosts` are the hosts (and their subdomains) that it may fetch; `include` and `exclude` regular
    expressions that an article's address must or must not match somewhere. `selectors` point at the parts of a
    list, `fields` at fields of its articles, both in CSS. `zone` is the IANA zone of times that state none,
    `delay` the least seconds between requests, `budget` how many articles one run asks for at most,
    `daily_budget` how many requests a day the schedule makes, `every` how often it comes ("30min", "6h",
    "2d"; learnt from what the source publishes if None), `quiet` the hours of its zone in which it stays away
    ("22:00-06:00"). `browser` sources are fetched with a real browser. `access` is what is known of how open
    the source is, `seen_live` the day it was last seen answering.
    Kind, language, country and zone are None only for an address that is crawled without being in a catalogue.
    `local` sources may lie on private addresses; `verify_tls` False accepts any certificate.
    """

    name: str
    title: str
    kind: Kind | None
    language: str | None
    country: str | None
    zone: str | None
    spider: str = "site"
    start: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    home: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    selectors: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    delay: float | None = None
    budget: int | None = None
    daily_budget: int | None = None
    every: str | None = None
    quiet: str | None = None
    browser: bool = False
    enabled: bool = True
    access: str | None = None
    seen_live: date | None = None
    local: bool = False
    verify_tls: bool = True

    @property
    def starts(self) -> tuple[str, ...]:
        """All addresses that a crawl begins with."""
        return (*self.start, *self.feeds, *self.sitemaps, *self.lists)

    @property
    def interval(self) -> timedelta | None:
        """How often the schedule comes, None where that is learnt."""
        return period_of(self.every) if self.every else None

    @property
    def quiet_hours(self) -> tuple[time, time] | None:
        """From when to when the schedule stays away, in the source's zone."""
        return hours_of(self.quiet) if self.quiet else None

    @property
    def list_selectors(self) -> ListSelectors | None:
        """The selectors for `newsbot.discovery.lists.read_list`, None if the source declares none."""
        from newsbot.discovery.lists import ListSelectors

        return ListSelectors(**self.selectors) if self.selectors else None


FIELDS = tuple(each.name for each in fields(Source) if each.name != "name")
"""What a source's table may hold."""

REQUIRED = ("title", "kind", "language", "country")


class FieldError(ValueError):
    """A value that a field cannot have. `field` is its name."""

    def __init__(self, field: str | None, problem: str) -> None:
        self.field = field
        super().__init__(problem)


def make_source(name: str, values: Mapping[str, Any], spiders: Collection[str]) -> Source:
    """The source with the given values, as TOML has them. Raises FieldError for the first bad one."""
    if not NAME.fullmatch(name):
        raise FieldError(None, f"{name!r} is no source name; use small letters, digits and hyphens")
    for missing in (required for required in REQUIRED if required not in values):
        raise FieldError(None, f"has no {missing!r}")
    checked = {key: _checked(key, value) for key, value in values.items()}
    if checked.get("spider", "site") not in spiders:
        raise FieldError(
            "spider", f"there is no spider {checked['spider']!r}; there are {', '.join(spiders)}"
        )
    _check_starts(checked)
    checked.setdefault("zone", _zone_of(checked["country"]))
    starts = tuple(url for key in STARTS for url in checked.get(key, ()))
    checked.setdefault("allowed_hosts", usual_hosts(starts, checked.get("home")))
    for url in starts:
        if not is_allowed(url, checked["allowed_hosts"]):
            raise FieldError("allowed_hosts", f"{url} lies on a host that is not among the allowed_hosts")
    return Source(name=name, **checked)


def _check_starts(checked: Mapping[str, Any]) -> None:
    """Raises FieldError unless the source begins somewhere, as its spider takes it."""
    if "start" in checked and "spider" not in checked:
        raise FieldError(
            "start", "start goes with a spider; feeds, sitemaps and lists say by themselves what they are"
        )
    begins = STARTS if checked.get("spider", "site") == "site" else ("start",)
    if not any(checked.get(key) for key in begins):
        raise FieldError("spider" if "spider" in checked else None, f"has no {' or '.join(begins[-3:])}")


def _zone_of(country: str) -> str:
    if country not in COUNTRY_ZONES:
        raise FieldError(
            "country", f"no usual time zone is known for {country!r}; add a 'zone' to the source"
        )
    return COUNTRY_ZONES[country]


def usual_hosts(start: tuple[str, ...], home: str | None) -> tuple[str, ...]:
    """The hosts that a source may fetch if it names none: those of its own addresses.

    >>> usual_hosts(("https://www.example.com/feed", "https://example.com/b"), None)
    ('example.com',)
    """
    hosts = [urlsplit(url).hostname or "" for url in (*start, home) if url]
    return tuple(dict.fromkeys(host.removeprefix("www.") for host in hosts))


def _checked(key: str, value: object) -> Any:
    try:
        return CHECKS[key](value)
    except (ValueError, re.error) as error:
        raise FieldError(key, f"{key} = {_shown(value)}: {error}") from None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:97]}..."


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("it takes a text of one line")
    return value.strip()


def _matching(pattern: re.Pattern[str], expected: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = _text(value)
        if not pattern.fullmatch(text):
            raise ValueError(f"it takes {expected}")
        return text

    return check


def _kind(value: object) -> Kind:
    try:
        return Kind(_text(value))
    except ValueError:
        raise ValueError(f"it takes one of {', '.join(Kind)}") from None


def _zone(value: object) -> str:
    name = _text(value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("there is no such time zone; write one like Asia/Shanghai") from None
    return name


def _url(value: object) -> str:
    address = _text(value)
    if not is_web(address) or any(c.isspace() for c in address):
        raise ValueError("it takes an http or https address")
    return address


def _several(check: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    """The check for one text or a list of them."""

    def check_all(value: object) -> tuple[str, ...]:
        values = value if isinstance(value, list | tuple) else [value]
        return tuple(check(each) for each in values)

    return check_all


def _urls(value: object) -> tuple[str, ...]:
    found = _several(_url)(value)
    if not found:
        raise ValueError("it takes at least one address")
    return found


def _pattern(value: object) -> str:
    text = _text(value)
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression ({error})") from None
    if REPEATED_REPEAT.search(text):
        raise ValueError(
            f"{text!r} repeats a repetition, like (a+)+, which may take for ever on some address"
        )
    return text


def _selectors(names: tuple[str, ...]) -> Callable[[object], Mapping[str, str]]:
    """The check for a table of CSS selectors with these names."""

    def check(value: object) -> Mapping[str, str]:
        if not isinstance(value, Mapping):
            raise ValueError(f"it takes a table with any of {', '.join(names)}")
        unknown = [key for key in value if key not in names]
        if unknown:
            raise ValueError(f"there is no selector {unknown[0]!r}; there are {', '.join(names)}")
        return {key: _selector(css) for key, css in value.items()}

    return check


def _selector(value: object) -> str:
    from lxml.cssselect import CSSSelector

    css = _text(value)
    try:
        CSSSelector(css, translator="html")
    except Exception as error:  # noqa: BLE001 (cssselect and lxml share no error class)
        raise ValueError(f"{css!r} is no CSS selector ({error})") from None
    return css


def _delay(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 86_400:
        raise ValueError("it takes a number of seconds")
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 10_000_000:
        raise ValueError("it takes a whole number from 1 on")
    return value


def period_of(text: str) -> timedelta:
    """The time that a text like 30min, 6h or 2d names. Raises ValueError.

    >>> period_of("90min")
    datetime.timedelta(seconds=5400)
    """
    found = PERIOD.fullmatch(text)
    if found is None or int(found[1]) == 0:
        raise ValueError("it takes a time like 30min, 6h or 2d")
    return int(found[1]) * UNITS[found[2]]


def hours_of(text: str) -> tuple[time, time]:
    """The hours that a text like 22:00-06:00 names. Raises ValueError."""
    found = HOURS.fullmatch(text)
    if found is None:
        raise ValueError("it takes hours like 22:00-06:00")
    hour, minute, until_hour, until_minute = (int(each) for each in found.groups())
    return time(hour, minute), time(until_hour, until_minute)


def _readable(read: Callable[[str], object]) -> Callable[[object], str]:
    """The check for a text that `read` understands."""

    def check(value: object) -> str:
        text = _text(value)
        read(text)
        return text

    return check


def _yes_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("it takes true or false")
    return value


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("it takes a date like 2026-09-27, without quotes")
    return value


CHECKS: dict[str, Callable[[object], Any]] = {
    "title": _text,
    "kind": _kind,
    "language": _matching(LANGUAGE, "a language code like en, zh or pt-BR"),
    "country": _matching(COUNTRY, "a country code like US or CN, EU, or INT"),
    "zone": _zone,
    "spider": _text,
    "start": _urls,
    "feeds": _urls,
    "sitemaps": _urls,
    "lists": _urls,
    "home": _url,
    "allowed_hosts": _several(_matching(HOST, "a host name in small letters, without http:// and port")),
    "include": _several(_pattern),
    "exclude": _several(_pattern),
    "selectors": _selectors(SELECTORS),
    "fields": _selectors(FIELD_SELECTORS),
    "delay": _delay,
    "budget": _count,
    "daily_budget": _count,
    "every": _readable(period_of),
    "quiet": _readable(hours_of),
    "browser": _yes_no,
    "enabled": _yes_no,
    "access": _text,
    "seen_live": _day,
    "local": _yes_no,
    "verify_tls": _yes_no,
}
