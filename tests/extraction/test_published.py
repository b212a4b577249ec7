"""Who is believed when a page names several days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import pytest

from newsbot.extraction.published import Clock, day_of, decide_published
from newsbot.extraction.structured import Declared

CLOCK = Clock(zone=None, now=datetime(2026, 1, 10, tzinfo=UTC), day_first=False)
PAGE = "https://example.org/a"


def decided(
    url: str = PAGE,
    title: str | None = None,
    metas: Mapping[str, tuple[str, ...]] | None = None,
    **lines: Sequence[str],
) -> tuple[str, date] | None:
    """Origin and day of what is believed."""
    dated = decide_published(Declared(title=title, metas=metas or {}), None, lines, url, CLOCK)
    return (dated.origin, day_of(dated)) if dated else None


def test_the_address_settles_which_number_is_the_month() -> None:
    assert decided("https://example.org/2023/10/03/a", byline=("03/10/2023",)) == (
        "byline",
        date(2023, 10, 3),
    )
    assert decided(byline=("03/10/2023",)) == ("byline", date(2023, 3, 10))
    assert decided("https://example.org/2023/10/04/a", byline=("03/10/2023",)) == (
        "byline",
        date(2023, 3, 10),
    )


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2023/10/03/a", date(2023, 10, 3)),
        ("https://example.org/2023/october/03/a", date(2023, 10, 3)),
        ("https://example.org/2023/Oct/3/a", date(2023, 10, 3)),
        ("https://example.org/art/t20231003_17.html", date(2023, 10, 3)),
        ("https://example.org/2023/report/03/a", None),
        ("https://example.org/2023/POLITICS/10/03/a", date(2023, 10, 3)),
        ("https://example.org/2023/volume/33/44/a", None),
        ("https://example.org/2023/10/a", None),
        ("https://example.org/news/2023/1003/44.html", date(2023, 10, 3)),
        ("https://example.org/news/2023/1003.html", None),
        ("https://example.org/t20231003_1.html", date(2023, 10, 3)),
        ("https://example.org/id20231003771", None),
    ],
)
def test_an_address_may_carry_the_day(url: str, day: date | None) -> None:
    assert decided(url) == (("url", day) if day else None)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Plant opened | News | 28.04.2023", date(2023, 4, 28)),
        ("Plant opened – 28 April 2023", date(2023, 4, 28)),
        ("Plant opened on 28 April 2023", None),
        ("28.04.2023", None),
        ("Plant opened | Results of 28.04.2023", None),
    ],
)
def test_a_title_that_ends_with_a_day(title: str, day: date | None) -> None:
    assert decided(title=title) == (("title", day) if day else None)


def test_a_title_gives_way_to_a_byline_but_not_to_an_update() -> None:
    title = "Plant opened | News | 28.04.2023"
    assert decided(title=title, byline=("3 May 2023",)) == ("byline", date(2023, 5, 3))
    assert decided(title=title, modified=("3 May 2023",)) == ("title", date(2023, 4, 28))


def test_an_unlisted_meta_element_that_says_published() -> None:
    assert decided(metas={"acme:published_date": ("2024-05-06",)}) == (
        "meta:acme:published_date",
        date(2024, 5, 6),
    )
    assert decided(metas={"acme:revision_date": ("2024-05-06",)}) is None


def test_what_readers_see_is_kept_when_it_is_earlier() -> None:
    metas = {"article:published_time": ("2024-05-06T10:00:00Z",)}
    assert decided(metas=metas, byline=("3 May 2023",)) == ("byline", date(2023, 5, 3))
    assert decided(metas=metas, byline=("3 May 2025",)) == ("meta:article:published_time", date(2024, 5, 6))


def test_a_later_statement_of_the_same_day_adds_the_time() -> None:
    dated = decide_published(
        Declared(metas={"pubdate": ("2024-05-06",)}),
        None,
        {"byline": ("6 May 2024, 10:30 CET",)},
        PAGE,
        CLOCK,
    )
    assert dated is not None
    assert isinstance(dated.published.when, datetime)
