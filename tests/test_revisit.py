"""Whether a known page is asked for again, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from newsbot.model import Role
from newsbot.revisit import MAX_FAILURES, KnownPage, Visit, decide_visit, most_overdue, overdue, too_old
from tests.builders import NOON, URL, later


def known(hours: float | None = 0, failures: int = 0, refusal: str | None = None) -> KnownPage:
    """A page fetched so many hours after NOON, or never."""
    fetched = None if hours is None else later(hours)
    return KnownPage(
        url=URL,
        role=Role.ARTICLE,
        first_fetched=fetched,
        last_fetched=fetched,
        last_checked=later(hours or 0),
        etag=None,
        last_modified=None,
        failures=failures,
        refusal=refusal,
    )


def seen(*, age: float, looked: float) -> KnownPage:
    """A page first fetched so many hours before NOON, and last looked at so many."""
    return replace(known(-age), last_checked=later(-looked))


@pytest.mark.parametrize(
    ("page", "modified", "visit"),
    [
        (None, None, Visit.FETCH),
        (known(None, failures=1), None, Visit.FETCH),
        (known(None, failures=MAX_FAILURES), None, Visit.SKIP),
        (known(), None, Visit.SKIP),
        (known(failures=1), None, Visit.FETCH),
        (known(failures=MAX_FAILURES), None, Visit.SKIP),
        (known(-25, failures=MAX_FAILURES), None, Visit.FETCH),
        (known(), later(1), Visit.ASK),
        (known(), later(0), Visit.SKIP),
        (known(), later(-1), Visit.SKIP),
        (known(), date(2026, 11, 21), Visit.ASK),
        (known(), date(2026, 11, 20), Visit.ASK),
        (known(), date(2026, 11, 19), Visit.SKIP),
        (known(refusal="list page"), None, Visit.SKIP),
        (known(refusal="list page"), later(1), Visit.ASK),
    ],
)
def test_what_a_link_is_worth(page: KnownPage | None, modified: datetime | date | None, visit: Visit) -> None:
    assert decide_visit(page, modified, NOON) is visit


@pytest.mark.parametrize(
    ("page", "due"),
    [
        (known(-1), True),
        (seen(age=10, looked=1), False),
        (seen(age=10, looked=2), True),
        (seen(age=24 * 10, looked=24 * 1.9), False),
        (seen(age=24 * 10, looked=24 * 2), True),
        (seen(age=24 * 40, looked=24 * 29), False),
        (seen(age=24 * 40, looked=24 * 30), True),
        (seen(age=24 * 1000, looked=24 * 100), False),
        (seen(age=24 * 1000, looked=24 * 200), True),
        (known(24), True),
        (known(refusal="list page"), False),
        (known(-9999, failures=1, refusal="unreachable"), True),
        (known(failures=MAX_FAILURES, refusal="unreachable"), False),
        (known(-24, failures=MAX_FAILURES, refusal="unreachable"), True),
        (known(None), False),
        (known(None, failures=2), True),
    ],
)
def test_what_is_looked_at_again(page: KnownPage, due: bool) -> None:
    assert (overdue(page, NOON, 14) >= 1) is due


def test_what_was_published_long_ago_is_old_though_it_came_today() -> None:
    page = replace(known(-1), published=later(-24 * 900))
    assert overdue(page, NOON, 14) < 1


def test_the_most_overdue_come_first_and_not_too_many() -> None:
    pages = [seen(age=100, looked=hours) for hours in (10, 90, 30, 60)]
    assert list(most_overdue(pages, NOON, 14, 2)) == [pages[1], pages[3]]


@pytest.mark.parametrize(
    ("published", "old"),
    [
        (None, False),
        (date(2026, 11, 20), False),
        (date(2026, 11, 19), True),
        (NOON - timedelta(hours=11), False),
    ],
)
def test_too_old(published: datetime | date | None, old: bool) -> None:
    assert too_old(published, NOON) is old
    assert too_old(published, None) is False


def test_a_page_in_another_zone_is_compared_in_time() -> None:
    assert not too_old(datetime(2026, 11, 20, tzinfo=UTC), NOON)
