"""What sites ask of robots, as rules: robots.txt (RFC 9309), Retry-After (RFC 9110). Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_DELAY = 300.0
"""Seconds between requests beyond which a crawl-delay is not believed to be meant."""

ALWAYS = 10**9
"""Seconds to wait that stand for a Retry-After without bounds."""


def robots_allow_all(status: int) -> bool | None:
    """What the status of robots.txt means: True = no rules, False = all is forbidden, None = read its rules.

    RFC 9309, 2.3.1: 4xx means that there is none; 5xx that nothing may be fetched until it answers again.
    429 says "later", so that it counts as unreachable, too.

    >>> robots_allow_all(404), robots_allow_all(503), robots_allow_all(200)
    (True, False, None)
    """
    if status == 429 or status >= 500:
        return False
    return None if 200 <= status < 300 else True


def wait_of(retry_after: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for: a number or a date. None if it says neither.

    >>> wait_of("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:10]), ALWAYS))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
