"""Date strings of feeds and sitemaps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.discovery.dates import read_date
from newsbot.model import Published, Zone

CHINA = timezone(timedelta(hours=8))
EASTERN = timezone(timedelta(hours=-5))

STATED = {
    "Thu, 26 Sep 2024 15:56:19 +0800": datetime(2024, 9, 26, 15, 56, 19, tzinfo=CHINA),
    "Thu, 26 Sep 2024 15:56 GMT": datetime(2024, 9, 26, 15, 56, tzinfo=UTC),
    "26 Sep 24 15:56:19 EST": datetime(2024, 9, 26, 15, 56, 19, tzinfo=EASTERN),
    "Thursday, 26 September 2024 15:56:19 -0500": datetime(2024, 9, 26, 15, 56, 19, tzinfo=EASTERN),
    "2024-09-26T15:56:19Z": datetime(2024, 9, 26, 15, 56, 19, tzinfo=UTC),
    "2024-09-26T15:56:19.123456+08:00": datetime(2024, 9, 26, 15, 56, 19, tzinfo=CHINA),
    "2024-09-26T15:56+08": datetime(2024, 9, 26, 15, 56, tzinfo=CHINA),
    "Sep 26, 2024 3:56 PM EST": datetime(2024, 9, 26, 15, 56, tzinfo=EASTERN),
    "Thu, 26 Sep 2024 24:00:00 GMT": datetime(2024, 9, 27, tzinfo=UTC),
    "Thu, 26 Sep 2024 15:56:19 +0000 (Coordinated Universal Time)": datetime(
        2024, 9, 26, 15, 56, 19, tzinfo=UTC
    ),
}
ASSUMED = {
    "2024-09-26 15:56:19": datetime(2024, 9, 26, 15, 56, 19, tzinfo=CHINA),
    "2024/9/6 5:06": datetime(2024, 9, 6, 5, 6, tzinfo=CHINA),
    "2024年9月26日 15:56": datetime(2024, 9, 26, 15, 56, tzinfo=CHINA),
    "Thu, 26 Sep 2024 15:56:19 IST": datetime(2024, 9, 26, 15, 56, 19, tzinfo=CHINA),
}
DAYS = {
    "2024-09-26": date(2024, 9, 26),
    "20240926": date(2024, 9, 26),
    "26 September 2024": date(2024, 9, 26),
    "Thu, 26 Sep 2024": date(2024, 9, 26),
    "Feb. 3, 2015": date(2015, 2, 3),
    "二〇二四": None,
    "2024-09": None,
    "2024-13-45": None,
    "31 Foo 2024": None,
    "0001-01-01T00:00:00": None,
    "9999-12-31T23:59:59-12:00": None,
    "2024-09-26T99:00:00Z": None,
    "2024-09-26T10:00:00+99:99": None,
    "soon": None,
    "": None,
    None: None,
    "2024-09-26" + " " * 100 + "x": None,
}


@pytest.mark.parametrize(("text", "when"), STATED.items())
def test_a_stated_zone_is_kept(text: str, when: datetime) -> None:
    found = read_date(text, "Asia/Shanghai")
    assert found == Published(when=when, text=text, zone=Zone.STATED)
    assert found is not None
    assert found.when.utcoffset() == when.utcoffset()  # type: ignore[union-attr]  # all of these have a time


@pytest.mark.parametrize(("text", "when"), ASSUMED.items())
def test_a_missing_zone_is_assumed_and_said_to_be(text: str, when: datetime) -> None:
    assert read_date(text, "Asia/Shanghai") == Published(when=when, text=text, zone=Zone.ASSUMED)


def test_without_a_zone_to_assume_it_is_utc() -> None:
    found = read_date("2024-09-26 15:56")
    assert found == Published(
        when=datetime(2024, 9, 26, 15, 56, tzinfo=UTC), text="2024-09-26 15:56", zone=Zone.ASSUMED
    )


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_stays_a_day(text: str | None, day: date | None) -> None:
    found = read_date(text, "Asia/Shanghai")
    assert (found.when if found else None) == day
    assert found is None or (type(found.when) is date and found.zone is None)


@given(st.text(alphabet="0123456789 -:/+TZ,.年月日()GMTEST", max_size=60) | st.text(max_size=40))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = read_date(text, "Asia/Shanghai")
    if found is not None and isinstance(found.when, datetime):
        assert found.when.astimezone(UTC).year >= 1899
