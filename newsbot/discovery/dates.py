"""The machine-written dates of feeds, sitemaps and declared list selectors."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from newsbot.model import Published, Zone

MAX_DATE_TEXT = 120
YEARS = range(1900, 9999)
"""Years outside are a program's empty value (0001-01-01), and overflow when moved to another zone."""

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}
ZONE_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "cest": 2, "eet": 2,
    "eest": 3, "msk": 3, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Zone names that RFC 822 defines or that mean one zone in practice; IST means three and is left out."""

DAY_NAME = r"(?:[A-Za-z]{2,9}\.?,?\s{1,3})?"
MONTH = r"(?P<month_name>[A-Za-z]{3})[a-z]{0,6}\.?"
TIME = (
    r"(?:[T,]?\s{0,3}(?:at\s)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?\s{0,2}(?P<zone>[A-Za-z]{1,5}|(?:GMT|UTC)?[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
SHAPES = tuple(
    re.compile(rf"^{DAY_NAME}{shape}{TIME}(?:\s{{0,2}}\([^()]{{0,40}}\))?$")
    for shape in (
        r"(?P<year>\d{4})[-/.年]\s?(?P<month>\d{1,2})[-/.月]\s?(?P<day>\d{1,2})日?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]{{1,2}}{MONTH}[\s-]{{1,2}}(?P<year>\d{{4}}|\d{{2}})",
        rf"{MONTH}\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<year>\d{{4}})",
    )
)


def read_date(text: str | None, zone: str | None = None) -> Published | None:
    """What a date string says: RFC 822, ISO 8601 and the forms that feeds use for them.

    A date without a time stays a date. A time without a zone is taken to be in `zone` (an IANA name;
    UTC without one) and marked as assumed. None where the text is no complete date.

    >>> read_date("Thu, 26 Sep 2024 15:56:19 +0800").when.isoformat()
    '2024-09-26T15:56:19+08:00'
    >>> read_date("2024-09-26").when
    datetime.date(2024, 9, 26)
    """
    stripped = (text or "").strip()
    if not stripped or len(stripped) > MAX_DATE_TEXT:
        return None
    words = " ".join(stripped.encode("utf-8", "replace").decode().split())
    for shape in SHAPES:
        if match := shape.match(words):
            return _published(words, match.groupdict(), zone)
    return None


def _published(words: str, parts: dict[str, str | None], zone: str | None) -> Published | None:
    try:
        day = date(_year(parts), _month(parts), int(parts["day"] or 0))
        if day.year not in YEARS:
            return None
        if parts["hour"] is None:
            return Published(when=day, text=words)
        stated = _stated_zone(parts["zone"])
        when = _moment(day, parts, stated or ZoneInfo(zone or "UTC"))
    except ValueError:
        return None
    return Published(when=when, text=words, zone=Zone.STATED if stated else Zone.ASSUMED)


def _year(parts: dict[str, str | None]) -> int:
    digits = parts["year"] or ""
    if len(digits) != 2:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _month(parts: dict[str, str | None]) -> int:
    if name := parts.get("month_name"):
        return MONTHS.get(name.lower(), 0)
    return int(parts["month"] or 0)


def _moment(day: date, parts: dict[str, str | None], zone: tzinfo) -> datetime:
    hour = int(parts["hour"] or 0)
    if half := parts["half"]:
        hour = hour % 12 + (12 if half in "pP" else 0)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    if hour == 24:
        return midnight + timedelta(days=1)
    second = min(int(parts["second"] or 0), 59)
    return midnight.replace(hour=hour, minute=int(parts["minute"] or 0), second=second)


def _stated_zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    lower = name.lower()
    if lower in ZONE_HOURS:
        return timezone(timedelta(hours=ZONE_HOURS[lower])) if ZONE_HOURS[lower] else UTC
    digits = lower.removeprefix("gmt").removeprefix("utc").replace(":", "")
    if digits[0] not in "+-":
        return None
    sign = -1 if digits[0] == "-" else 1
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5] or 0))
    return timezone(sign * offset) if offset else UTC
