"""Shall a known page be asked for again? Pure decisions for the spiders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from newsbot.model import Hints, Role
from newsbot.times import sortable, stamp

MAX_FAILURES = 5
"""Failures in a row after which a page is left alone."""


class Visit(Enum):
    """What to do with a link."""

    FETCH = "fetch"
    ASK = "ask whether it changed"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """What the database remembers of a page that was fetched, or tried, before.

    `url` is the address as it was fetched; `hints` what the feed or list said of it then.
    """

    url: str
    role: Role
    first_fetched: datetime | None
    last_fetched: datetime | None
    etag: str | None
    last_modified: str | None
    failures: int
    refusal: str | None
    hints: Hints = field(default_factory=Hints)


def decide_visit(known: KnownPage | None, modified: datetime | date | None) -> Visit:
    """Whether a link leads to something new: unknown, failed before, or modified since it was fetched.

    `modified` is what the feed or sitemap says; None when it says nothing.
    """
    if known is None or known.last_fetched is None:
        return Visit.FETCH if known is None or known.failures < MAX_FAILURES else Visit.SKIP
    if 0 < known.failures < MAX_FAILURES:
        return Visit.FETCH
    if modified is not None and sortable(modified) > stamp(known.last_fetched):
        return Visit.ASK
    return Visit.SKIP


def is_due(known: KnownPage, now: datetime, recheck_days: int) -> bool:
    """Whether a page is looked at again though nothing points at it: young articles, and failures."""
    if 0 < known.failures < MAX_FAILURES:
        return True
    if known.first_fetched is None or known.refusal is not None:
        return False
    return now - known.first_fetched < timedelta(days=recheck_days)


def too_old(published: datetime | date | None, since: datetime | None) -> bool:
    """Whether a link is known to be older than what was asked for."""
    return since is not None and published is not None and sortable(published) < stamp(since)[:10]
