"""Reads the date of publication out of a short piece of text, in any of the forms that publishers use.

Nothing is invented: a date without a year, an age in weeks, a day that does not exist and a day out of range
are all unknown. A date without a time stays a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsbot.extraction import date_words as words
from newsbot.model import Published, Zone

EARLIEST_YEAR = 1990
LATEST_AHEAD = timedelta(days=2)
LONGEST_TEXT = 600
CHINESE_ZONES = frozenset({"Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Macau", "Asia/Chongqing"})

# Full-width forms, odd spaces and the digits of other scripts, one character to one, so that positions stay those
# of the original.
_FOLD: dict[int, int | str] = {
    **{0xFF01 + i: 0x21 + i for i in range(94)},
    **{zero + i: 0x30 + i for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for i in range(10)},
    **dict.fromkeys((0xA0, 0x3000, 0x2009, 0x202F, 0x200A, 9, 10, 13), " "),
}
_YEAR = r"((?:19|20)\d\d)"
_DAY = r"(0[1-9]|[12]\d|3[01]|[1-9])"
_WORD = r"([^\s\d.,،;:()/|<>\"+*=–-]{2,13})"  # marks of Indian scripts are no letters to `re`
_NOT_MID_NUMBER = r"(?!\d(?!\d?:\d\d))"  # a time may be glued to the day: 2019-09-3007:42


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePlace:
    """A day found in a text, and where. `month_first` is the same unless it reads otherwise in America: 3/4/2024."""

    day: date
    start: int
    end: int
    month_first: date


class Span(NamedTuple):
    """A piece of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePlace:
    """A time of day found beside a date, the zone it names, and the piece of text it covers."""

    at: time
    zone: tzinfo | None
    start: int
    end: int


def _ymd(match: re.Match[str], _: bool) -> tuple[int, int, int]:
    return int(match[1]), int(match[2]), int(match[3])


def _chinese_number(text: str) -> int:
    """The number that up to three Chinese numerals write: 十 10, 二十一 21, 三〇 30."""
    if "十" not in text:
        return int("".join(str(words.CHINESE_DIGITS[c]) for c in text))
    tens, _, ones = text.partition("十")
    return words.CHINESE_DIGITS.get(tens, 1) * 10 + (words.CHINESE_DIGITS.get(ones, 0) if ones else 0)


def _chinese(match: re.Match[str], _: bool) -> tuple[int, int, int]:
    return _chinese_number(match[1]), _chinese_number(match[2]), _chinese_number(match[3])


def _month(name: str) -> int:
    """The month's number, 0 (no month at all) for another word."""
    return words.MONTHS.get(name.lower(), 0)


def _month_name_day_year(match: re.Match[str], _: bool) -> tuple[int, int, int]:
    return int(match[3]), _month(match[1]), int(match[2])


def _year_month_name_day(match: re.Match[str], _: bool) -> tuple[int, int, int]:
    return int(match[1]), _month(match[2]), int(match[3])


def _day_month_year(match: re.Match[str], day_first: bool) -> tuple[int, int, int]:
    """Dots are always day first; with strokes and hyphens the caller's habit decides unless a number does."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if second > 12 or (first <= 12 and not day_first and match[2] != "."):
        first, second = second, first
    return year + 2000 if year < 100 else year, second, first


def _reiwa(match: re.Match[str], _: bool) -> tuple[int, int, int]:
    return 2018 + int(match[1]), int(match[2]), int(match[3])


def _thai(match: re.Match[str], _: bool) -> tuple[int, int, int]:
    """Years of the Buddhist era are 543 ahead."""
    return int(match[3]) - 543, _month(match[2].rstrip(".")), int(match[1])


_Reader = Callable[[re.Match[str], bool], tuple[int, int, int]]
_Form = tuple[re.Pattern[str], _Reader]
_YEAR_FIRST: _Form = (  # 2024-09-26, 2016-5-1, 2019年06月15日, 2024. 9. 26., 2023 11/ 17
    re.compile(
        rf"(?<!\d){_YEAR}(?:\s{{0,2}}[-/.年년–]\s{{0,2}}|\s)(\d{{1,2}})\s{{0,2}}[-/.月월–]\s{{0,2}}"
        rf"{_DAY}(?:\s?[日일])?{_NOT_MID_NUMBER}"
    ),
    _ymd,
)
_DAY_FIRST: _Form = (  # 26.09.2024, 26/09/24, 9/26/2024
    re.compile(
        rf"(?<![\d./-])(\d{{1,2}})\s?([./-])\s?(\d{{1,2}})\s?\2\s?({_YEAR[1:-1]}|\d\d)(?![\d./-]\d|\d)"
    ),
    _day_month_year,
)
_NAMED_MONTH: tuple[_Form, ...] = (
    # 26 September 2024, 01. Dez. 2022, 26 de septiembre de 2024, 1er mars 2024
    (
        re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°|\.)?[\s.\-–/]{{0,3}}(?:de |of |d[’'])?"
            rf"{_WORD}\.?[,،]?(?:/{_WORD})?[\s\-–/]{{0,3}}(?:de |del |of )?{_YEAR}(?!\d)"
        ),
        lambda match, _: (int(match[4]), _month(match[2]), int(match[1])),
    ),
    # September 26, 2024; Feb. 23, 2015; septiembre 26 de 2024
    (
        re.compile(rf"(?<!\w){_WORD}\.?[\s\-–/]{{0,3}}(\d{{1,2}})(?:st|nd|rd|th)?[,.]{{0,2}}[\s\-–/]{{0,3}}"
                   rf"(?:de |del )?{_YEAR}(?!\d)"),
        _month_name_day_year,
    ),
    # 2024 Sep 26, 2024. május 5., 2024 m. gegužės 5 d.
    (
        re.compile(rf"(?<!\d){_YEAR}[\s\-./,]{{1,3}}(?:m\.\s)?{_WORD}\.?[\s\-./]{{1,2}}(\d{{1,2}})(?!\d)"),
        _year_month_name_day,
    ),
    # 2024. gada 5. maijs
    (
        re.compile(rf"(?<!\d){_YEAR}\. gada (\d{{1,2}})\. {_WORD}"),
        lambda match, _: (int(match[1]), _month(match[3]), int(match[2])),
    ),
    # Sat Sep 28 10:11:12 CST 2024
    (
        re.compile(rf"(?<!\w){_WORD}\s(\d{{1,2}})(?=\s\d\d:\d\d:\d\d\s(?:[A-Z+\d:]{{2,6}}\s)?{_YEAR}(?!\d))"),
        _month_name_day_year,
    ),
)  # fmt: skip
_BY_SIGN: dict[str, _Form] = {
    "年": (  # 二〇一九年二月二日
        re.compile(
            r"([〇○零ОO一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
        ),
        _chinese,
    ),
    "令和": (re.compile(r"令和\s?(\d{1,2})年\s?(\d{1,2})月\s?(\d{1,2})日"), _reiwa),
    "tháng": (  # 26 tháng 9, 2024
        re.compile(rf"(?<!\d)(\d{{1,2}})\s(?:tháng|Tháng)\s(\d{{1,2}}),?\s(?:năm\s)?{_YEAR}(?!\d)"),
        lambda match, _: (int(match[3]), int(match[2]), int(match[1])),
    ),
    " 25": (re.compile(r"(?<!\d)(\d{1,2}) ([\u0e00-\u0e7f.]{3,12}) (25\d\d)(?!\d)"), _thai),
}
"""Forms that are tried only where a text holds this sign."""

_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_HAS_NUMBERS = re.compile(r"\d\s?[./-]\s?\d\d?\s?[./-]\s?\d\d")
_WORDS = re.compile(_WORD)
_COMPACT = re.compile(
    rf"{_YEAR}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(Z)?)?"
)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")

_HALF = r"上午|下午|晚上|晚|早上|凌晨|清晨|早晨|中午|傍晚|午前|午後|午后|오전|오후|[AaPp]\.?[Mm]\.?"
_ZONE = r"Z\b|(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|[+-]\d{2}\b|" + "|".join(
    sorted((re.escape(z) + r"\b" for z in (*words.ZONE_NAMES, "CST") if z != "Z"), key=len, reverse=True)
)
_TIME = re.compile(
    rf"(?<![\d.:])(?P<before>{_HALF})?\s?(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?:\s?(?P<minute>[0-5]\d)(?:\s?:\s?(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"|\s?[时時点點시]\s?(?P<minute_zh>[0-5]?\d)\s?[分분](?:(?P<second_zh>[0-5]?\d)[秒초])?"
    r"|[hH](?P<minute_h>[0-5]\d)"
    r"|\.(?P<minute_dot>[0-5]\d)(?=\s?(?:[Uu]hr|[AaPp]\.?[Mm]\b|[hH]\b|$|\s?[|)]))"
    r"|(?=\s?[AaPp]\.?[Mm]\b))(?!\d)"
    rf"(?:\s?(?P<after>{_HALF}))?(?:\s{{0,2}}[Uu]hr|\s?h\b)?\s{{0,2}}\(?(?P<zone>{_ZONE})?"
)
_GAP = re.compile(
    r"(?:[\s,;|·•()/.–—@-]|(?-i:T)|"
    + "|".join(sorted(map(re.escape, words.TIME_FILLERS), key=len, reverse=True))
    + r"){0,20}+",
    re.IGNORECASE,
)
_UNITS = "|".join(sorted(words.AGE_UNITS, key=len, reverse=True))
_AGE = re.compile(
    rf"(?<!\w)(?:{'|'.join(words.AGE_BEFORE)})\s(?P<count>\d{{1,4}}|{'|'.join(words.ONE)})\s(?P<unit>{_UNITS})s?(?!\w)"
    rf"|(?<![^\W\u3400-\u9fff])(?P<count_behind>\d{{1,4}}|{'|'.join(words.ONE)})\s?(?P<unit_behind>{_UNITS})s?\s?"
    rf"(?:前|전|(?:{'|'.join(words.AGE_BEHIND[2:])})(?!\w))",
    re.IGNORECASE,
)
# Only as a date of its own: "USA Today" and 今日头条 are names.
_NAMED_DAY = re.compile(
    rf"(?:^|[:：|,·•—–/-]|于)\s{{0,2}}({'|'.join(words.NAMED_DAYS)})(?=\s{{0,2}}(?:$|[,|]|at\b|um\b|\d{{1,2}}[:：]|"
    rf"上午|下午|晚))",
    re.IGNORECASE,
)


_FULL_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AGE_SIGNS = (*words.AGE_BEHIND, *words.AGE_BEFORE, *words.NAMED_DAYS)


def is_relative(text: str) -> bool:
    """Whether the publisher's words name an age (100天前, 3 days ago, yesterday) and not a day."""
    return bool(ages_in(text))


def ages_in(text: str) -> tuple[Span, ...]:
    """Where a text without a year first names an age, with the time of day behind: 3天前, yesterday at 10:20."""
    clean = _fold(text)
    low = clean.lower()
    if not any(sign in low for sign in _AGE_SIGNS) or _FULL_YEAR.search(clean):
        return ()
    if match := _AGE.search(clean):
        return (Span(*match.span()),)
    if match := _NAMED_DAY.search(clean):
        at = _time_after(clean, match.end(), None)
        return (Span(match.start(1), at.end if at else match.end(1)),)
    return ()


def parse_published(
    text: str, zone: str | None, now: datetime, *, day_first: bool = True
) -> Published | None:
    """The first believable date in `text`, with its time if one stands beside it.

    `zone` (IANA) is assumed where the text names none, UTC where it is None. `day_first` settles 03/04/2024.
    """
    if exact := _parse_iso(text[:LONGEST_TEXT].strip(), zone, now):
        return exact
    clean = _fold(text)
    return (
        _parse_iso(clean.strip(), zone, now)
        or _parse_absolute(clean, text, zone, now, day_first)
        or _parse_age(clean, text, zone, now)
    )


def parse_compact(text: str, zone: str | None, now: datetime) -> Published | None:
    """The date that a machine wrote without separators, as the whole text: 20190930, 20200229183431, an epoch."""
    text = text.strip()
    if epoch := _EPOCH.fullmatch(text):
        return _believe(datetime.fromtimestamp(int(epoch[1]), UTC), Zone.STATED, text, now)
    match = _COMPACT.fullmatch(text)
    day = _make_day(int(match[1]), int(match[2]), int(match[3])) if match else None
    if match is None or day is None:
        return None
    if match[4] is None:
        return _believe(day, None, text, now)
    at = time(int(match[4]), int(match[5]), int(match[6] or 0))
    return _with_zone(day, at, UTC if match[7] else None, zone, text, now)


def dates_in(text: str, *, day_first: bool = True) -> tuple[DatePlace, ...]:
    """Every day written out in a text, in order of place; of two that overlap the first."""
    found: list[DatePlace] = []
    for place in _places(_fold(text)):
        if not found or place.start >= found[-1].end:
            found.append(place if day_first else replace(place, day=place.month_first))
    return tuple(found)


def _fold(text: str) -> str:
    """As much of a text as is read, in the characters that the patterns know."""
    text = text[:LONGEST_TEXT]
    return text.translate(_FOLD) if not text.isascii() or "\n" in text or "\t" in text else text


def is_believable(day: date, now: datetime) -> bool:
    """Whether a page could have been published on this day: since 1990 and not after tomorrow."""
    return day.year >= EARLIEST_YEAR and day <= (now + LATEST_AHEAD).date()


def _parse_iso(text: str, zone: str | None, now: datetime) -> Published | None:
    """ISO 8601 as `datetime` reads it: what most structured data says."""
    if len(text) < 10 or not text[:4].isdigit() or text[4] != "-" or text[7] != "-":
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == 10:
        return _believe(when.date(), None, text, now)
    return _with_zone(when.date(), when.time(), when.tzinfo, zone, text, now)


def _parse_absolute(
    clean: str, text: str, zone: str | None, now: datetime, day_first: bool
) -> Published | None:
    """The first day written out in `clean`; `text` is the same in the publisher's characters."""
    dated = ((place, day) for place in _places(clean) if (day := _day_of(place, now, day_first)))
    place, day = next(dated, (None, None))
    if place is None or day is None:
        return None
    found = _time_after(clean, place.end, zone) or _time_before(clean, place.start, zone)
    if found is None:
        return _believe(day, None, text[place.start : place.end], now)
    said = text[min(place.start, found.start) : max(place.end, found.end)]
    return _with_zone(day, found.at, found.zone, zone, said, now)


def _day_of(place: DatePlace, now: datetime, day_first: bool) -> date | None:
    """The believable reading of a day: a page cannot be from a day to come, so that 11/12 is the one that is past."""
    readings = (place.day, place.month_first) if day_first else (place.month_first, place.day)
    return next((day for day in readings if is_believable(day, now)), None)


@lru_cache(maxsize=512)
def _places(clean: str) -> tuple[DatePlace, ...]:
    """All days in a text, those that overlap too, in order of place, the longer first."""
    found: list[DatePlace] = []
    years = len(_HAS_YEAR.findall(clean))
    for pattern, read in _forms_for(clean, years):
        for match in pattern.finditer(clean):
            day, other = _make_day(*read(match, True)), _make_day(*read(match, False))
            if day and other:
                found.append(DatePlace(day=day, start=match.start(), end=match.end(), month_first=other))
        if years and len(found) == years:
            break
    return tuple(sorted(found, key=lambda place: (place.start, -place.end)))


def _forms_for(clean: str, years: int) -> Iterator[_Form]:
    """The forms that a text with so many years may have, by cheap signs: most lines hold no date at all."""
    if not clean.isascii():
        yield from (form for sign, form in _BY_SIGN.items() if sign in clean)
    numbers = _HAS_NUMBERS.search(clean)
    if years:
        yield _YEAR_FIRST
    if numbers:
        yield _DAY_FIRST
    if years and not words.MONTHS.keys().isdisjoint(_WORDS.findall(clean.lower())):
        yield from _NAMED_MONTH


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time_after(text: str, end: int, zone: str | None) -> TimePlace | None:
    tail = text[end : end + 48]
    match = _TIME.search(tail)
    if match is None or not _GAP.fullmatch(tail[: match.start()]):
        return None
    return _read_time(match, end, zone)


def _time_before(text: str, start: int, zone: str | None) -> TimePlace | None:
    offset = max(0, start - 36)
    for match in _TIME.finditer(text[offset:start]):
        if _GAP.fullmatch(text[offset + match.end() : start]):
            return _read_time(match, offset, zone)
    return None


def _read_time(match: re.Match[str], offset: int, zone: str | None) -> TimePlace | None:
    minute = match["minute"] or match["minute_zh"] or match["minute_h"] or match["minute_dot"] or "0"
    hour = _hour_of_day(int(match["hour"]), (match["before"] or match["after"] or "").lower())
    if hour > 23:
        return None
    at = time(hour, int(minute), int(match["second"] or match["second_zh"] or 0))
    stated = _zone_of(match["zone"], zone) if match["zone"] else None
    end = match.end("zone") if stated else len(match[0].rstrip(" (")) + match.start()
    return TimePlace(at=at, zone=stated, start=offset + match.start(), end=offset + end)


def _hour_of_day(hour: int, half: str) -> int:
    if half in words.AFTERNOON and hour < 12:
        return hour + 12
    if half in words.MORNING and hour == 12:
        return 0
    if half in words.NOON and hour < 3:
        return hour + 12
    return hour


@lru_cache(maxsize=256)
def _zone_of(name: str, page_zone: str | None) -> tzinfo | None:
    """The zone that an abbreviation or offset names; what CST means depends on where the page is from."""
    if name == "CST":
        hours = words.CHINESE_CST if page_zone in CHINESE_ZONES else words.AMERICAN_CST
        return timezone(timedelta(hours=hours))
    known = words.ZONE_NAMES.get(name)
    if isinstance(known, str):
        return ZoneInfo(known)
    if known is not None:
        return timezone(timedelta(hours=known)) if known else UTC
    return _offset(name.removeprefix("GMT").removeprefix("UTC").strip())


def _offset(text: str) -> tzinfo | None:
    """+08:00, -0500, +8, +01 as a zone; None if no zone on earth has it."""
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


@lru_cache(maxsize=64)
def _assumed_zone(name: str | None) -> tzinfo:
    """The named zone, UTC for none or for a name that does not exist."""
    try:
        return ZoneInfo(name) if name else UTC
    except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError on odd names only
        return UTC
    except KeyError:
        return UTC


def _with_zone(
    day: date, at: time, stated: tzinfo | None, assumed: str | None, said: str, now: datetime
) -> Published | None:
    zone = Zone.STATED if stated else Zone.ASSUMED
    try:
        when = datetime.combine(day, at, stated or _assumed_zone(assumed))
        return _believe(when, zone, said, now)
    except (OverflowError, ValueError):
        return None


def _believe(when: datetime | date, zone: Zone | None, said: str, now: datetime) -> Published | None:
    day = when.date() if isinstance(when, datetime) else when
    if not is_believable(day, now):
        return None
    if isinstance(when, datetime) and when > now + LATEST_AHEAD:
        return None
    return Published(when=when, text=" ".join(said.split()), zone=zone)


def _parse_age(clean: str, text: str, zone: str | None, now: datetime) -> Published | None:
    """A day that is named by how long ago it was, counted back from `now`."""
    if match := _AGE.search(clean):
        count = match["count"] or match["count_behind"]
        unit = words.AGE_UNITS[(match["unit"] or match["unit_behind"]).lower()]
        age = unit * (int(count) if count.isdigit() else 1)
        return _ago(age, unit >= timedelta(days=1), text[match.start() : match.end()], zone, now)
    if match := _NAMED_DAY.search(clean):
        day = (
            now.astimezone(_assumed_zone(zone)) - timedelta(days=words.NAMED_DAYS[match[1].lower()])
        ).date()
        at = _time_after(clean, match.end(), zone)
        said = text[match.start(1) : at.end if at else match.end()]
        return _with_zone(day, at.at, at.zone, zone, said, now) if at else _believe(day, None, said, now)
    return None


def _ago(age: timedelta, whole_days: bool, said: str, zone: str | None, now: datetime) -> Published | None:
    when = now.astimezone(_assumed_zone(zone)) - age
    if whole_days:
        return _believe(when.date(), None, said, now)
    return _believe(when.replace(second=0, microsecond=0), Zone.ASSUMED, said, now)
