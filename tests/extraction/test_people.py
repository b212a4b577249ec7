"""Who wrote an article, in the ways that pages say it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newsbot.extraction.blocks import read_blocks
from newsbot.extraction.metadata import Metadata, read_metadata
from newsbot.extraction.tree import parse
from newsbot.model import Page

TEXT = (
    "The company said on Monday that the trial in adults had met its main goal and that the data would be shown at a "
    "meeting in the autumn. It expects to file for approval before the end of the year in Europe and in the States, "
    "where some two million people live with the disease. Analysts had expected as much after the data of the spring."
)
CHINESE = (
    "该公司周一宣布，这项在成人中进行的临床试验达到了主要终点，详细数据将在秋季的学术会议上公布。公司计划在年底之前向监管部门"
    "递交上市申请，目前约有两百万患者受这种疾病影响，市场此前对此已有预期，股价当日上涨百分之三。"
)


def read(top: str = "", bottom: str = "", head: str = "", text: str = TEXT) -> Metadata:
    """Metadata of an article page with lines below its headline and below its text."""
    markup = (
        f"<html><head><title>A drug was approved for adults</title>"
        f"<meta property='og:site_name' content='Example Post'>{head}</head>"
        f"<body><div><h1>A drug was approved for adults</h1>{top}</div>"
        f"<div><p>{text}</p><p>{text}</p></div>{bottom}</body></html>"
    )
    tree = parse(markup)
    page = Page(url="https://example.org/a", body=markup.encode(), fetched=datetime(2026, 1, 10, tzinfo=UTC))
    return read_metadata(tree, read_blocks(tree), page)


def ld(*names: str, kind: str = "Person") -> str:
    authors = [{"@type": kind, "name": name} for name in names]
    node = {"@type": "NewsArticle", "headline": "A drug was approved for adults", "author": authors}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    ("top", "authors"),
    [
        ("<p>Jane Doe</p><p>26 September 2024</p>", ("Jane Doe",)),
        ("<p>Jane Doe | 26 September 2024</p>", ("Jane Doe",)),
        ("<p>Jane Doe, John Roe & Ana Poe</p><p>26 September 2024</p>", ("Jane Doe", "John Roe", "Ana Poe")),
        ("<p>Press Release</p><p>26 September 2024</p>", ()),
        ("<p>Press Release | 26 September 2024</p>", ()),
        ("<h3>Jane Doe</h3><p>26 September 2024</p>", ()),
        ("<p>Jane Doe</p><p>Some other short line</p>", ()),
        ("<p class='byline'>Example Staff</p>", ("Example Staff",)),
        ("<p>Example Staff</p>", ()),
        ("<p class='byline'>Example Post - 2025/4/29</p>", ("Example Post",)),
        (
            "<p>By <a href='/author/jane'>Jane Doe</a> | Fact-checked by <a href='/author/bo'>Bo Loe</a></p>",
            ("Jane Doe",),
        ),
        ("<p>By <a href='/author/jane'>View full profile</a></p>", ()),
        ("<p>By <a href='/author/jane'></a><a href='/author/jane'>Jane Doe</a></p>", ("Jane Doe",)),
        ("<p>By <a href='/author/jane'>Jane Doe</a> Yesterday</p>", ("Jane Doe",)),
        ("<p>Text Link</p>", ()),
    ],
)
def test_lines_below_the_headline(top: str, authors: tuple[str, ...]) -> None:
    assert read(top).authors == authors


def test_a_name_that_has_a_biography() -> None:
    bio = "<p>Jane Doe is a writer who has covered drugs for ten years.</p>"
    assert read("<p>Jane Doe</p><p>Drug news of the day</p>", bio).authors == ("Jane Doe",)
    assert (
        read(
            "<p>Jane Doe</p><p>Drug news of the day</p>", "<p>Jane Doe, who ran the trial, left.</p>"
        ).authors
        == ()
    )


def test_an_entry_of_a_table_of_contents_is_nobody() -> None:
    assert read("<p>Known Risks</p><p>Who paid for it</p>", "<h2>Known Risks</h2>").authors == ()


def test_a_person_comes_before_the_site_itself() -> None:
    top = "<p>By Jane Doe</p>"
    assert read(top, head=ld("Example Post", kind="Organization")).authors == ("Jane Doe",)
    assert read(head=ld("Example Post", kind="Organization")).authors == ("Example Post",)
    assert read("<p>By Example Post</p>", head="<meta name='author' content='Jane Doe'>").authors == (
        "Jane Doe",
    )


def test_the_site_behind_a_person_is_no_author() -> None:
    assert read(head=ld("Jane Doe and John Roe, Example Post")).authors == ("Jane Doe", "John Roe")


def test_a_byline_that_names_more_than_is_declared() -> None:
    top = "<p>By Dr Jane Doe, John Roe and Ana Poe</p>"
    assert read(top, head=ld("Jane Doe")).authors == ("Dr Jane Doe", "John Roe", "Ana Poe")
    assert read(top, head=ld("Bo Loe")).authors == ("Bo Loe",)


@pytest.mark.parametrize(
    ("bottom", "authors"),
    [
        ("<p>Written by Jane Doe</p>", ("Jane Doe",)),
        ("<p>Last updated March 3, 2025 by Jane Doe</p>", ("Jane Doe",)),
        ("<p>Written by Jane Doe</p><p>Written by John Roe</p>", ()),
        ("<p>Jane Doe</p>", ()),
    ],
)
def test_lines_far_from_the_headline(bottom: str, authors: tuple[str, ...]) -> None:
    assert read(bottom=bottom).authors == authors


@pytest.mark.parametrize(
    ("bottom", "authors"),
    [
        ("<p>duscho 发表于 2005-9-15 11:46:00</p>", ("duscho",)),
        ("<p>〓 某版 发布时间 2005/03/15 22:36:13 by duscho 〓</p>", ("duscho",)),
        (
            "<p>甲乙 发表于 2005-9-15 11:46</p><p>回复内容</p><p>丙丁 发表于 2005-9-17 10:02</p>",
            ("甲乙",),
        ),
        ("<p>甲乙 发表于 2005-9-17 11:46</p><p>丙丁 发表于 2005-9-15 10:02</p>", ()),
        ("<p>患者已经出院。（常书香 马丹阳 ）</p>", ("常书香", "马丹阳")),
        ("<p>患者已经出院。（完）</p>", ()),
        ("<p>患者已经出院。（全文 完）</p>", ()),
    ],
)
def test_chinese_pages(bottom: str, authors: tuple[str, ...]) -> None:
    assert read(bottom=bottom, text=CHINESE).authors == authors


def test_a_thread_is_dated_by_its_first_post() -> None:
    bottom = "<p>甲 发表于 2005-9-15 11:46</p><p>回复内容</p><p>乙 发表于 2005-9-17 10:02</p>"
    published = read(bottom=bottom, text=CHINESE).published
    assert published is not None
    assert published.when.isoformat() == "2005-09-15T11:46:00+08:00"


def test_a_label_above_a_date_far_from_the_headline() -> None:
    published = read(bottom="<aside><div>Published</div><div>Feb 2, 2023</div></aside>").published
    assert published is not None
    assert published.when.isoformat() == "2023-02-02"
    assert read(bottom="<div>Conference</div><div>Feb 2, 2023</div>").published is None


def test_the_date_beside_the_author_comes_before_a_label_below() -> None:
    published = read(
        "<p>by Jane Doe · Dec 20, 2025</p><p>Released: June 17, 2025 by Example Books</p>"
    ).published
    assert published is not None
    assert published.when.isoformat() == "2025-12-20"


@pytest.mark.parametrize(
    "lead", ["本报讯（记者 张三）", "新华社北京1月9日电（记者张三）", "【記者张三／台北報導】"]
)
def test_who_reports_stands_in_brackets_before_the_first_words(lead: str) -> None:
    found = read(text=f"{lead}{CHINESE}", top="<p>来源：某报</p>")

    assert found.authors == ("张三",)
    assert found.source == "某报"


def test_a_chinese_department_gives_way_to_a_person() -> None:
    assert read(text=CHINESE, top="<p>供稿：医务部 张三</p>").authors == ("张三",)
    assert read(text=CHINESE, top="<p>供稿：医务部</p>").authors == ("医务部",)


@pytest.mark.parametrize("mark", ["{}（记者张三）", "{}（供稿：张三）", "【記者张三／台北報導】{}"])
def test_who_reports_is_read_where_only_a_date_stands_below_the_headline(mark: str) -> None:
    assert read(text=mark.format(CHINESE), top="<p>2024-05-03</p>").authors == ("张三",)
