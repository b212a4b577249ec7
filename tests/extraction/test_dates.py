"""Every form of date that publishers write, and what must not be taken for one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.dates import dates_in, is_relative, parse_compact, parse_published
from newsbot.model import Zone

NOW = datetime(2026, 1, 10, 4, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
INDIA = timezone(timedelta(hours=5, minutes=30))
NEW_YORK = ZoneInfo("America/New_York")

DAYS = [
    ("2016-5-1", date(2016, 5, 1)),
    ("2016-5-1来源:某某医药科技", date(2016, 5, 1)),
    ("二〇一九年二月二日", date(2019, 2, 2)),
    ("二○二一年十二月三十一日", date(2021, 12, 31)),
    ("令和6年9月26日", date(2024, 9, 26)),
    ("27 Nov 2016", date(2016, 11, 27)),
    ("Feb. 23, 2015 --", date(2015, 2, 23)),
    ("September 26th, 2024", date(2024, 9, 26)),
    ("26 de septiembre de 2024", date(2024, 9, 26)),
    ("1er mars 2024", date(2024, 3, 1)),
    ("14. desember 2023", date(2023, 12, 14)),
    ("26 września 2024", date(2024, 9, 26)),
    ("5 Ağustos 2024", date(2024, 8, 5)),
    ("8 maggio 2023", date(2023, 5, 8)),
    ("3 maart 2022", date(2022, 3, 3)),
    ("3. märz 2022", date(2022, 3, 3)),
    ("12 de março de 2021", date(2021, 3, 12)),
    ("2024 Sep 26", date(2024, 9, 26)),
    ("26.09.24", date(2024, 9, 26)),
    ("26/09/2024", date(2024, 9, 26)),
    ("9/26/2024", date(2024, 9, 26)),
    ("2024. 9. 26.", date(2024, 9, 26)),
    ("26. září 2024", date(2024, 9, 26)),
    ("5. svibnja 2024.", date(2024, 5, 5)),
    ("2024. május 5.", date(2024, 5, 5)),
    ("2024 m. gegužės 5 d.", date(2024, 5, 5)),
    ("2024. gada 5. maijs", date(2024, 5, 5)),
    ("26 septembrie 2024", date(2024, 9, 26)),
    ("26. syyskuuta 2024", date(2024, 9, 26)),
    ("26 Σεπτεμβρίου 2024", date(2024, 9, 26)),
    ("26 сентября 2024", date(2024, 9, 26)),
    ("26 листопада 2024", date(2024, 11, 26)),
    ("26 de març de 2024", date(2024, 3, 26)),
    ("septiembre 26 de 2024", date(2024, 9, 26)),
    ("٢٦ سبتمبر ٢٠٢٤", date(2024, 9, 26)),
    ("26 سبتمبر/أيلول 2024", date(2024, 9, 26)),
    ("26 בספטמבר 2024", date(2024, 9, 26)),
    ("26 जनवरी 2024", date(2024, 1, 26)),
    ("২৬ মে ২০২৪", date(2024, 5, 26)),
    ("26 กันยายน 2567", date(2024, 9, 26)),
    ("26 ก.ย. 2567", date(2024, 9, 26)),
    ("26 tháng 9, 2024", date(2024, 9, 26)),
    ("26 Oktoba 2024", date(2024, 10, 26)),
    ("26 Ogos 2024", date(2024, 8, 26)),
    ("il y a 3 jours", date(2026, 1, 7)),
    ("há 2 dias", date(2026, 1, 8)),
    ("3 giorni fa", date(2026, 1, 7)),
    ("2 dagen geleden", date(2026, 1, 8)),
    ("2 gün önce", date(2026, 1, 8)),
    ("3 дня назад", date(2026, 1, 7)),
    ("100天前", date(2025, 10, 2)),
    ("3 days ago", date(2026, 1, 7)),
    ("vor 2 Tagen", date(2026, 1, 8)),
    ("昨天", date(2026, 1, 9)),
]

TIMES = [
    ("2024-09-26 15:56:19", datetime(2024, 9, 26, 15, 56, 19, tzinfo=SHANGHAI)),
    ("2019年10月31日 23:00", datetime(2019, 10, 31, 23, 0, tzinfo=SHANGHAI)),
    ("2019年06月15日08:18", datetime(2019, 6, 15, 8, 18, tzinfo=SHANGHAI)),
    ("2024年04月24日23:52 |", datetime(2024, 4, 24, 23, 52, tzinfo=SHANGHAI)),
    ("2023 11/ 17 20:52:15", datetime(2023, 11, 17, 20, 52, 15, tzinfo=SHANGHAI)),
    ("2019-09-3007:42", datetime(2019, 9, 30, 7, 42, tzinfo=SHANGHAI)),
    ("2020-09-11 08:38", datetime(2020, 9, 11, 8, 38, tzinfo=SHANGHAI)),
    ("2024年9月26日 下午3:56", datetime(2024, 9, 26, 15, 56, tzinfo=SHANGHAI)),
    ("2024年9月26日 上午12:05", datetime(2024, 9, 26, 0, 5, tzinfo=SHANGHAI)),
    ("2024年9月26日 星期四 15时30分", datetime(2024, 9, 26, 15, 30, tzinfo=SHANGHAI)),
    ("２０２４－０９－２６　１５：５６", datetime(2024, 9, 26, 15, 56, tzinfo=SHANGHAI)),
    ("2024년 9월 26일 오후 3:56", datetime(2024, 9, 26, 15, 56, tzinfo=SHANGHAI)),
    ("Nov 23, 2020 at 5:02 AM", datetime(2020, 11, 23, 5, 2, tzinfo=SHANGHAI)),
    ("01. Dez. 2022 | 14:08 Uhr", datetime(2022, 12, 1, 14, 8, tzinfo=SHANGHAI)),
    ("8. März 2024, 9.30 Uhr", datetime(2024, 3, 8, 9, 30, tzinfo=SHANGHAI)),
    ("26/09/2024 à 14h08", datetime(2024, 9, 26, 14, 8, tzinfo=SHANGHAI)),
    ("15:56, 26 September 2024", datetime(2024, 9, 26, 15, 56, tzinfo=SHANGHAI)),
    ("1小时前", datetime(2026, 1, 10, 3, 30, tzinfo=UTC)),
    ("vor 2 Stunden", datetime(2026, 1, 10, 2, 30, tzinfo=UTC)),
    ("昨天 14:03", datetime(2026, 1, 9, 14, 3, tzinfo=SHANGHAI)),
]

STATED = [
    ("April 07, 2020 03:49 pm IST (India)", datetime(2020, 4, 7, 15, 49, tzinfo=INDIA)),
    ("Dec. 16, 2024 6:45 am ET", datetime(2024, 12, 16, 6, 45, tzinfo=NEW_YORK)),
    ("5:30 PM EDT, September 26th, 2024", datetime(2024, 9, 26, 21, 30, tzinfo=UTC)),
    ("Thu, 26 Sep 2024 15:56:19 +0800", datetime(2024, 9, 26, 7, 56, 19, tzinfo=UTC)),
    ("Thu, 26 Sep 2024 15:56:19 GMT", datetime(2024, 9, 26, 15, 56, 19, tzinfo=UTC)),
    ("2024-11-22T10:00:00.000+01:00", datetime(2024, 11, 22, 9, 0, tzinfo=UTC)),
    ("2024-11-22T10:00:00Z", datetime(2024, 11, 22, 10, 0, tzinfo=UTC)),
    ("22.11.2024 10:00 CET", datetime(2024, 11, 22, 9, 0, tzinfo=UTC)),
    ("Sat Sep 28 10:11:12 CST 2024", datetime(2024, 9, 28, 2, 11, 12, tzinfo=UTC)),
    ("2024-11-22 10:00 北京时间", datetime(2024, 11, 22, 2, 0, tzinfo=UTC)),
    ("2024-11-22 10:00 GMT+8", datetime(2024, 11, 22, 2, 0, tzinfo=UTC)),
    ("2024-11-22 10:00 CST", datetime(2024, 11, 22, 2, 0, tzinfo=UTC)),
]

NOT_BELIEVED = [
    "9999-01-01",
    "1970-01-01T00:00:00Z",
    "2026-01-13",
    "2024-02-31",
    "Sept 26",
    "09-26 15:56",
    "2 months ago",
    "3周前",
    "May 2024",
    "12:30",
    "Version 2.10.2024.1",
    "",
    "no date at all",
    "ISO 9001:2015",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_date_without_a_time_stays_a_date(text: str, day: date) -> None:
    published = parse_published(text, "Asia/Shanghai", NOW)

    assert published is not None
    assert published.when == day
    assert not isinstance(published.when, datetime)
    assert published.zone is None


@pytest.mark.parametrize(("text", "when"), TIMES)
def test_a_time_without_a_zone_has_the_assumed_one(text: str, when: datetime) -> None:
    published = parse_published(text, "Asia/Shanghai", NOW)

    assert published is not None
    assert published.when == when
    assert published.zone is Zone.ASSUMED


@pytest.mark.parametrize(("text", "when"), STATED)
def test_a_stated_zone_is_kept(text: str, when: datetime) -> None:
    published = parse_published(text, "Asia/Shanghai", NOW)

    assert published is not None
    assert published.when == when
    assert published.zone is Zone.STATED


@pytest.mark.parametrize("text", NOT_BELIEVED)
def test_nothing_is_invented(text: str) -> None:
    assert parse_published(text, None, NOW) is None


def test_the_publishers_words_are_kept() -> None:
    published = parse_published("发布时间：2019年10月31日　23:00  来源：某报", "Asia/Shanghai", NOW)

    assert published is not None
    assert published.text == "2019年10月31日 23:00"


def test_no_zone_at_all_is_utc_and_says_that_it_was_assumed() -> None:
    published = parse_published("2024-09-26 15:56", None, NOW)

    assert published is not None
    assert published.when == datetime(2024, 9, 26, 15, 56, tzinfo=UTC)
    assert published.zone is Zone.ASSUMED


def test_an_unknown_zone_name_is_utc() -> None:
    published = parse_published("2024-09-26 15:56", "Nowhere/At_All", NOW)

    assert published is not None
    assert published.when == datetime(2024, 9, 26, 15, 56, tzinfo=UTC)


def test_american_central_time_outside_china() -> None:
    published = parse_published("Nov. 22, 2024 10:00 CST", None, NOW)

    assert published is not None
    assert published.when == datetime(2024, 11, 22, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(("day_first", "day"), [(True, date(2024, 4, 3)), (False, date(2024, 3, 4))])
def test_strokes_follow_the_habit_of_the_page(day_first: bool, day: date) -> None:
    published = parse_published("03/04/2024", None, NOW, day_first=day_first)

    assert published is not None
    assert published.when == day


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("20190930", date(2019, 9, 30)),
        ("20200229183431", datetime(2020, 2, 29, 18, 34, 31, tzinfo=SHANGHAI)),
        ("20200229T183431Z", datetime(2020, 2, 29, 18, 34, 31, tzinfo=UTC)),
        ("1564704000", datetime(2019, 8, 2, 0, 0, tzinfo=UTC)),
        ("1564704000000", datetime(2019, 8, 2, 0, 0, tzinfo=UTC)),
    ],
)
def test_machine_dates(text: str, when: date) -> None:
    published = parse_compact(text, "Asia/Shanghai", NOW)

    assert published is not None
    assert published.when == when


@pytest.mark.parametrize("text", ["20191330", "4001112222", "2019093", "99999999999999"])
def test_numbers_that_are_no_dates(text: str) -> None:
    assert parse_compact(text, None, NOW) is None


@pytest.mark.parametrize(
    ("text", "relative"),
    [("100天前", True), ("3 days ago", True), ("2024-09-26", False), ("Yesterday", True)],
)
def test_ages_are_told_from_days(text: str, relative: bool) -> None:
    assert is_relative(text) is relative


def test_all_days_of_a_line_in_order() -> None:
    places = dates_in("Published 3 May 2024, updated 2024-05-06")

    assert [place.day for place in places] == [date(2024, 5, 3), date(2024, 5, 6)]


def test_the_name_of_a_paper_is_no_day() -> None:
    assert parse_published("By Jane Doe, USA TODAY", None, NOW) is None
    assert parse_published("今日头条", None, NOW) is None


@given(st.text(max_size=120), st.sampled_from([None, "Asia/Shanghai", "x"]))
def test_no_text_raises(text: str, zone: str | None) -> None:
    published = parse_published(text, zone, NOW)

    assert published is None or published.text
    parse_compact(text, zone, NOW)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2026, 1, 10)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%d.%m.%Y}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        published = parse_published(text, None, NOW)
        assert published is not None
        assert published.when == day


@pytest.mark.parametrize("day_first", [True, False])
def test_of_two_readings_the_one_to_come_is_none(day_first: bool) -> None:
    published = parse_published("11/01/2026", None, NOW, day_first=day_first)
    assert published is not None
    assert published.when == date(2026, 1, 11)


@pytest.mark.parametrize(
    "text", ["26 Ordinary 2024", "26 of 2024", "for 3 days", "3 days", "26 สุขสันต์ 2567", "26 tháng 19, 2024"]
)
def test_other_words_are_no_dates(text: str) -> None:
    assert parse_published(text, None, NOW) is None
