"""Times as the database keeps them, and as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsbot.errors import InputError
from newsbot.times import from_iso, parse_when, sortable, stamp

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", datetime(2026, 11, 22, tzinfo=SHANGHAI)),
        ("Yesterday", datetime(2026, 11, 21, tzinfo=SHANGHAI)),
        ("12h", datetime(2026, 11, 21, 22, 30, tzinfo=SHANGHAI)),
        (" 7d ", datetime(2026, 11, 15, 10, 30, tzinfo=SHANGHAI)),
        ("4 w", datetime(2026, 10, 25, 10, 30, tzinfo=SHANGHAI)),
        ("1Y", datetime(2025, 11, 22, 10, 30, tzinfo=SHANGHAI)),
        ("2026-09-01", datetime(2026, 9, 1, tzinfo=SHANGHAI)),
        ("2026-09-01T12:00", datetime(2026, 9, 1, 12, tzinfo=SHANGHAI)),
        ("2026-09-01T12:00Z", datetime(2026, 9, 1, 12, tzinfo=UTC)),
    ],
)
def test_what_people_write(text: str, expected: datetime) -> None:
    assert parse_when(text, NOW) == expected


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "99999y", "-3d", "9" * 400 + "d", "3 days ago"])
def test_what_is_no_date_is_said_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match=r"^[^\n]*\.$"):
        parse_when(text, NOW)


@given(st.text() | st.from_regex(r"[0-9]{1,5} ?[hdwmy]|[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
@example("\ud800")
@example("0001-01-01")
@example("9999-12-31T23:59:59-23:00")
def test_any_text_is_a_storable_moment_or_an_input_error(text: str) -> None:
    try:
        found = parse_when(text, NOW)
    except InputError:
        return
    assert len(stamp(found)) == len("2026-09-01T00:00:00Z")
    if 1 < found.year < 9999:
        assert datetime.fromisoformat(stamp(found)) == found.replace(microsecond=0)


@given(
    st.lists(
        st.datetimes(
            min_value=datetime(1, 1, 3),
            max_value=datetime(9999, 12, 29),
            timezones=st.sampled_from([UTC, SHANGHAI]),
        )
    )
)
def test_stamps_sort_as_times_do(times: list[datetime]) -> None:
    whole = [when.replace(microsecond=0) for when in times]
    assert [stamp(when) for when in sorted(whole)] == sorted(stamp(when) for when in whole)


def test_a_date_counts_as_its_first_second() -> None:
    assert sortable(date(2026, 9, 1)) == "2026-09-01T00:00:00Z"
    assert sortable(datetime(2026, 9, 1, 7, 59, tzinfo=SHANGHAI)) == "2026-08-31T23:59:00Z"


@given(st.dates() | st.datetimes(timezones=st.just(SHANGHAI)))
def test_iso_round_trip_keeps_dates_dates(when: date) -> None:
    back = from_iso(when.isoformat())
    assert back == when
    assert type(back) is type(when)
