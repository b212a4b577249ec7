"""Shall a known page be asked for again? Pure decisions for the spiders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from heapq import nlargest
from operator import itemgetter

from newsbot.model import Hints, Rejection, Role
from newsbot.times import sortable, stamp

MAX_FAILURES = 5
RETRY_AFTER = timedelta(days=1)
"""After so many failures in a row a page is tried once in that time: hosts come back."""


class Visit(Enum):
    """What to do with a link."""

    FETCH = "fetch"
    ASK = "ask whether it changed"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """What the database remembers of a page that was fetched, or tried, before.

    `url` is the address as it was fetched; `hints` what the feed or list said of it then. `listed_for` is set
    for lists that were read to their end: the definition of the source that they were read for;
    `published` for articles: when they were published, as far as that is known.
    """

    url: str
    role: Role
    first_fetched: datetime | None
    last_fetched: datetime | None
    last_checked: datetime
    etag: str | None
    last_modified: str | None
    failures: int
    refusal: str | None
    listed_for: str | None = None
    published: datetime | None = None
    hints: Hints = field(default_factory=Hints)


def may_retry(known: KnownPage, now: datetime) -> bool:
    """Whether a page that failed is tried again: at once the first times, then once a day."""
    return known.failures < MAX_FAILURES or now - known.last_checked >= RETRY_AFTER


def decide_visit(known: KnownPage | None, modified: datetime | date | None, now: datetime) -> Visit:
    """Whether a link leads to something new: unknown, failed before, or modified since we last looked.

    `modified` is what the feed or sitemap says; None when it says nothing. On a day without a time,
    a page that was looked at that same day may have changed later.
    """
    if known is None:
        return Visit.FETCH
    if known.failures or known.last_fetched is None:
        return Visit.FETCH if may_retry(known, now) else Visit.SKIP
    return Visit.ASK if _is_newer(modified, known.last_checked) else Visit.SKIP


def _is_newer(modified: datetime | date | None, checked: datetime) -> bool:
    if modified is None:
        return False
    if isinstance(modified, datetime):
        return sortable(modified) > stamp(checked)
    return modified >= checked.date()


AGE_SHARE = 5
"""A young article is looked at again when a fifth of its age has passed since the last look."""

MAY_PASS = (None, Rejection.EMPTY, Rejection.NO_TITLE, Rejection.ERROR_PAGE, Rejection.LOGIN_PAGE,
            Rejection.BLOCK_PAGE, Rejection.EXTRACTION_FAILED)  # fmt: skip
"""Refusals of pages that may be articles tomorrow: a site was being mended, or kept us out. A list stays a list."""

RARELY = timedelta(days=30)
"""How often an old article is looked at again."""


def overdue(known: KnownPage, now: datetime, young_days: int) -> float:
    """By how many of its own intervals a page's next look is late; below 1 it is not yet due, 0 means never.

    Nothing points at these pages: young articles may be corrected, old ones rarely are, failures may be mended.
    The interval grows with the age since we first had it; beyond `young_days`, and for what was already old when it
    came, it is at least a month.
    """
    if known.failures:
        return 1.0 if may_retry(known, now) else 0.0
    if known.first_fetched is None or known.refusal not in MAY_PASS:
        return 0.0
    young = timedelta(days=young_days)
    was_old = known.published is not None and known.first_fetched - known.published > young
    age = now - (known.published if was_old and known.published else known.first_fetched)
    interval = age / AGE_SHARE
    if age > young:
        interval = max(interval, RARELY)
    return (now - known.last_checked) / interval if interval > timedelta(0) else 1.0


def most_overdue(
    pages: Iterable[KnownPage], now: datetime, young_days: int, limit: int
) -> Iterator[KnownPage]:
    """The pages that are due for another look, the most overdue first, at most `limit`."""
    due = [(late, page) for page in pages if (late := overdue(page, now, young_days)) >= 1]
    for _, page in nlargest(limit, due, key=itemgetter(0)):
        yield page


def too_old(published: datetime | date | None, since: datetime | None) -> bool:
    """Whether a link is known to be older than what was asked for."""
    return since is not None and published is not None and sortable(published) < stamp(since)[:10]
