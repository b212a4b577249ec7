"""Fields that a source points at."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newsbot.extraction import extract
from newsbot.extraction.declared import all_found
from newsbot.model import Article, Page

BODY = "".join(f"<p>{sentence}</p>" for sentence in (
    "Halvern said on Tuesday that its plant in Brennhavn had passed the inspection of the agency without remarks.",
    "The plant makes four of the company's seven medicines, and had been closed since the flood in the spring.",
    "Deliveries to hospitals in the north begin in March, those to pharmacies two weeks after that, it said.",
))  # fmt: skip
PAGE = f"""<!doctype html><html lang="en"><title>Halvern</title><body>
<h1>Welcome to Halvern</h1><div class="x7-head">Plant in Brennhavn passes inspection</div>
<div class="stamp">Stand: 17.11.2026</div><b class="who">Aldona Brisk</b><i class="who">Imre Solvang</i>
<div class="x7-text">{BODY}<p>Share this page with your friends</p></div>
<div class="other">{BODY.replace("Halvern", "Varnholt")}{BODY.replace("plant", "ship")}</div>
</body></html>"""


def read(html: str = PAGE, **fields: str) -> Article:
    page = Page(
        url="https://a.example/1",
        body=html.encode(),
        fetched=datetime(2026, 11, 20, tzinfo=UTC),
        fields=fields,
    )
    return extract(page).article


def test_each_selector_has_the_last_word_and_says_so() -> None:
    article = read(title=".x7-head", published=".stamp", authors=".who")
    assert article.title == "Plant in Brennhavn passes inspection"
    assert article.published is not None
    assert article.published.when == date(2026, 11, 17)
    assert article.authors == ("Aldona Brisk", "Imre Solvang")
    assert {article.origins[name] for name in ("title", "published", "authors")} == {"selector"}


def test_a_body_that_is_pointed_at_is_cleaned_as_every_other() -> None:
    article = read(body=".x7-text")
    assert "Varnholt" not in article.text
    assert "Deliveries to hospitals" in article.text
    assert "Share this page" not in article.text
    assert article.origins["body"] == "selector"


@pytest.mark.parametrize("field", ["title", "published", "authors", "source", "body"])
def test_where_a_selector_finds_nothing_the_page_is_read_as_any_other(field: str) -> None:
    assert read(**{field: ".gone"}) == read()


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("en-GB", "03/04/2026", date(2026, 4, 3)),
        ("en-US", "03/04/2026", date(2026, 3, 4)),
    ],
)
def test_a_date_that_is_pointed_at_is_read_as_the_page_writes_dates(
    language: str, text: str, when: date
) -> None:
    html = PAGE.replace('lang="en"', f'lang="{language}"').replace("Stand: 17.11.2026", text)
    published = read(html, published=".stamp").published
    assert published is not None
    assert published.when == when


def test_a_time_on_a_chinese_page_is_shanghais() -> None:
    text = "公司今日宣布其新药已获国家药品监督管理局批准上市，用于治疗成人患者。" * 6
    html = (
        f"<html lang='zh-CN'><h1>新药获批上市</h1><p>{text}</p><i class='at'>2026年11月17日 08:30</i></html>"
    )
    published = read(html, published=".at").published
    assert published is not None
    assert published.when == datetime(2026, 11, 17, 0, 30, tzinfo=UTC)


def test_an_age_that_is_pointed_at_is_said_to_be_one() -> None:
    article = read(PAGE.replace("Stand: 17.11.2026", "2 hours ago"), published=".stamp")
    assert article.origins["published"] == "selector, relative"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Aldona Brisk and Imre Solvang", ("Aldona Brisk", "Imre Solvang")),
        ("记者：王小明 李四", ("王小明", "李四")),
        ("Halvern Press Office", ("Halvern Press Office",)),
    ],
)
def test_people_are_named_without_labels(text: str, names: tuple[str, ...]) -> None:
    assert read(PAGE.replace("Stand: 17.11.2026", text), authors=".stamp").authors == names


def test_an_outlet_is_named_without_its_label() -> None:
    html = PAGE.replace("Stand: 17.11.2026", "Source: Halvern Press Office")
    assert read(html, source=".stamp").source == "Halvern Press Office"


def test_what_is_not_shown_is_no_part_of_a_field() -> None:
    html = PAGE.replace("Plant in Brennhavn", "<script>var plant = 1</script>Plant in <b>Brenn</b>havn")
    assert read(html, title=".x7-head").title == "Plant in Brennhavn passes inspection"


def test_where_nothing_of_a_body_is_left_the_page_is_read_as_any_other() -> None:
    html = PAGE.replace("</h1>", "</h1><div class='tools'>Share this page with your friends</div>")
    article = read(html, body=".tools")
    assert article.text == read(html).text
    assert "body" not in article.origins


def test_a_correction_in_a_body_that_is_pointed_at_is_kept_as_one() -> None:
    note = "Correction: an earlier version of this article misstated the month in which deliveries begin."
    html = PAGE.replace('<div class="x7-text">', f'<div class="x7-text"><p>{note}</p>')
    article = read(html, body=".x7-text")
    assert article.correction == note
    assert note not in article.text


def test_elements_inside_one_another_and_side_by_side_are_read_once() -> None:
    article = read(body=".x7-text, .x7-text p")
    assert [block.text for block in article.blocks] == [
        block.text for block in read(body=".x7-text p").blocks
    ]
    assert article.text.count("Deliveries to hospitals") == 1


def test_all_is_found_only_when_each_field_is() -> None:
    fields = {"title": ".x7-head", "published": ".gone"}
    assert not all_found(fields, read(**fields).origins)
    assert all_found({"title": ".x7-head"}, read(**fields).origins)
