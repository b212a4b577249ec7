"""Times as the database keeps them."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from newsbot.errors import InputError

AGO = re.compile(r"^(\d{1,5})\s?(h|d|w|m|y)$")
FORMS = "2026-09-01, 2026-09-01T12:00, today, yesterday, 12h, 7d, 4w, 6m or 1y"
"""How a moment may be written."""

AGO_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}


Clock = Callable[[], datetime]
"""What tells the time, aware and in UTC."""


def clock_from(start: str | None) -> Clock:
    """The real time, or a clock that shows the ISO time `start` now and goes on from there: for replays and tests."""
    if not start:
        return lambda: datetime.now(UTC)
    ahead = datetime.fromisoformat(start) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + ahead


@lru_cache(maxsize=1024)
def stamp(when: datetime) -> str:
    """An aware time as UTC text to the second, which sorts as time does.

    On the first and last day of the calendar, where UTC has no such time, the local one stands.

    >>> stamp(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    '2026-01-02T03:04:05Z'
    """
    with suppress(OverflowError):
        when = when.astimezone(UTC)
    return f"{when.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def sortable(when: datetime | date) -> str:
    """A time or date as UTC text for sorting: a date without a time counts as its first second."""
    if isinstance(when, datetime):
        return stamp(when)
    return f"{when.isoformat()}T00:00:00Z"


def from_iso(text: str) -> datetime | date:
    """The aware time or plain date that was written with `isoformat`."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def parse_when(text: str, now: datetime) -> datetime:
    """The moment that a person means by "2026-09-01", an ISO time, "today", "yesterday" or "7d".

    Raises InputError for anything else.

    >>> parse_when("2d", datetime(2026, 1, 3, tzinfo=UTC)).isoformat()
    '2026-01-01T00:00:00+00:00'
    """
    word = text.strip().lower()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if word in ("today", "yesterday"):
        return midnight - timedelta(days=word == "yesterday")
    if match := AGO.match(word):
        try:
            return now - timedelta(days=int(match[1]) * AGO_DAYS[match[2]])
        except OverflowError:
            raise InputError(f"{text!r} lies before the calendar begins.") from None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f"{text!r} is not a date; write {FORMS}.") from None
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
