"""Whole pages: what must be in the article, what must not, what is known of the site."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.extraction import extract
from newsbot.extraction.blocks import read_page
from newsbot.extraction.body import choose_body
from newsbot.extraction.cleaning import clean_body
from newsbot.extraction.decode import decode
from newsbot.extraction.plaintext import is_plain, read_lines
from newsbot.extraction.tree import parse
from newsbot.model import Article, BlockKind, Extraction, Page

PAGES = Path(__file__).parent.parent / "pages"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(name: str, encoding: str = "utf-8", url: str = "https://example.com/news/gs/10.html") -> Extraction:
    body = (PAGES / name).read_text("utf-8").encode(encoding)
    return extract(Page(url=url, body=body, fetched=NOW, content_type="text/html"))


def kinds(article: Article) -> list[BlockKind]:
    return [block.kind for block in article.blocks]


def test_a_chinese_company_page() -> None:
    found = read("company_news_zh.html", "gb18030")
    article = found.article
    assert article.title == "青禾生物完成首例受试者给药"
    assert article.text.splitlines() == [
        "青禾生物今日宣布，其自主研发的注射液QH-101已在临床试验中完成首例受试者给药。",
        "该试验是一项多中心、随机、双盲研究，计划入组一百二十名中重度患者，主要终点为第十二周的应答率。",
        "试验登记信息可在公示平台查询，编号CTR20230001。",
        "公司负责人表示，感谢每一位参与研究的患者和医生，公司将按照计划推进后续工作。",
        "队列 | 剂量",
        "一 | 50 毫克",
        "联系人：王女士 电话：021-55550100",
        "青禾生物医药有限公司",
        "2023年5月18日",
    ]
    assert article.links == ("http://www.example.org/trial",)
    assert found.encoding == "gb18030"
    assert {"related", "disclaimer"} <= {removed.rule for removed in article.removed}


def test_an_english_article_in_a_modern_page() -> None:
    article = read("press_article_en.html").article
    assert article.title == "Harbour Bio reports mid-stage results"
    assert kinds(article) == [
        BlockKind.CAPTION,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.QUOTE,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]
    assert article.blocks[-1].text.endswith("statement to investors.")
    assert article.links == ("https://example.org/study",)


@pytest.mark.parametrize(
    "leak",
    ["cookies", "Skip to", "Facebook", "Advertisement", "Related stories", "hires", "Sign up", "Tags", "covers",
     "Comments", "followed this", "Most read", "Copyright", "never to be seen", "Registered"],
)  # fmt: skip
def test_furniture_of_the_english_page_is_not_in_the_body(leak: str) -> None:
    assert leak not in read("press_article_en.html").article.text


def test_an_old_page_of_tables() -> None:
    article = read("layout_table_zh.html", "gb18030").article
    assert article.title == "制药企业完成工厂扩建"
    assert [block.text[:6] for block in article.blocks] == ["本报讯 一家", "据介绍，新生", "当地有关部门"]


def test_a_plain_text_page() -> None:
    body = (
        "Your current location:Home > News\n\nExample drug reaches patients\n\n"
        "Time:2024-02-03 10:20:30  Source:  Author:\n \n"
        "The first patient has received the example drug in a small trial, the company said on its website.\n\xa0\n"
        "A second trial is planned for the coming year and will take place in three hospitals in the region.\n\n"
        "Copyright © 2017 EXAMPLE PHARMA CO.,LTD 沪ICP备00000000号-1\nTEL:+86-21-55550100 Code:200000"
    ).encode()
    article = extract(
        Page(url="https://example.com/n/1.html", body=body, fetched=NOW, content_type="text/plain")
    ).article
    assert article.title == "Example drug reaches patients"
    assert len(article.blocks) == 2
    assert article.category == ("News",)
    assert article.source is None
    assert article.authors == ()
    assert article.published is not None
    assert article.published.when != date(2024, 2, 3)


def test_what_was_removed_is_said_and_bounded() -> None:
    body = (
        "<p>word</p>" * 600
        + "<p>"
        + "long " * 400
        + "</p><div class=share><p>"
        + "share " * 300
        + "</p></div>"
    )
    removed = extract(Page(url="https://example.com/", body=body.encode(), fetched=NOW)).article.removed
    assert 0 < len(removed) <= 200
    assert max(len(entry.text) for entry in removed) <= 500


FRAGMENTS = [
    "<p>", "</p>", "<div class='share'>", "</div>", "<br>", "<h1>", "</h1>", "<table><tr><td>", "</table>",
    "<a href='x'>", "</a>", "版权所有 沪ICP备1号-1", "上一篇：",
    "A sentence that is long enough to be taken for a part of the text. ",
    "2024-05-06 10:00", "来源：", "<script>", "<!--", "\x00", "Related articles", "相关阅读",
]  # fmt: skip


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_read_without_an_exception(body: bytes) -> None:
    extract(Page(url="https://example.com/a", body=body, fetched=NOW))


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
@settings(deadline=None, max_examples=80)
def test_the_body_is_a_subsequence_of_the_page(html: str) -> None:
    page = Page(url="https://example.com/a", body=html.encode(), fetched=NOW)
    text = decode(page.body, None).text
    reading = read_lines(text) if is_plain(text, None) else read_page(parse(text))
    texts = iter([block.text for block in reading.blocks])
    assert all(any(block.text == text for text in texts) for block in extract(page).article.blocks)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
@settings(deadline=None, max_examples=60)
def test_what_is_kept_would_be_kept_again(html: str) -> None:
    reading = read_page(parse(html))
    choice = choose_body(reading)
    first = clean_body(reading, choice, {})
    again = clean_body(reading, choice, dict(first.removed))
    assert [block.index for block in again.kept] == [block.index for block in first.kept]


def test_neighbours_that_one_rule_removed_are_one_entry() -> None:
    menu = "<nav><ul><li><a href=/>Home</a></li><li><a href=/a>About us</a></li></ul></nav>"
    text = "The company said that the trial had met its main goal and that more would follow. " * 3
    body = f"<html><title>Trial</title><body>{menu}<h1>Trial</h1><p>{text}</p><p>{text}</p><p># # #</p></body></html>"
    page = Page(url="https://example.com/1", body=body.encode(), fetched=datetime(2026, 1, 1, tzinfo=UTC))
    removed = [(each.rule, each.text) for each in extract(page).article.removed]
    assert ("nav", "Home · About us") in removed
    assert ("end mark", "# # #") in removed


@pytest.mark.parametrize(
    "line", ["By Ann Lee, 3 November 2025", "By Ann Lee | Nov 3, 2025", "3 November 2025"]
)
@pytest.mark.parametrize("tag", ["p", "div", "b"])
def test_a_line_of_names_and_days_is_no_title(tag: str, line: str) -> None:
    head = "".join(
        f"<div><{tag}>{text}</{tag}></div>" for text in ("Halden plant may open again, agency says", line)
    )
    text = (
        "<p>The agency said on Monday that the plant in Halden may open again, for all was well there.</p>"
        * 5
    )
    article = extract(Page(url="https://example.org/1", body=f"{head}{text}".encode(), fetched=NOW)).article
    assert article.title == "Halden plant may open again, agency says"
    assert article.published is not None
    assert str(article.published.when) == "2025-11-03"
    assert article.authors == (("Ann Lee",) if "Ann" in line else ())


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("CAMBRIDGE, Mass., October 17, 2025 (GLOBE NEWSWIRE) --", "2025-10-17"),
        ("CAMBRIDGE, Mass., Oct. 17 --", None),
    ],
)
def test_a_dateline_is_the_last_to_say_when(dateline: str, day: str | None) -> None:
    text = "the plant in Halden may open again, for all was well there. " * 6
    page = f"<h1>Plant may open again</h1><p>{dateline} Acme Bio said today that {text}</p><p>It added that {text}</p>"
    article = extract(Page(url="https://example.org/1", body=page.encode(), fetched=NOW)).article
    assert (str(article.published.when) if article.published else None) == day
    assert article.origins.get("published") == ("dateline" if day else None)
