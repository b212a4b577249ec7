"""Press releases taken apart, and articles that only look like them left whole."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from newsbot.extraction import extract
from newsbot.extraction.sections import (
    CONFESSION,
    CORRECTION,
    SECTIONS,
    is_correction,
    read_dateline,
    sectioned,
)
from newsbot.model import Article, Block, BlockKind, Page, Section

NEWS = "The company said that its trial met the main goal in all four hundred patients, and that it will file soon."
ABOUT = "Example Pharma is a maker of medicines with seats in Basel and Shanghai, founded in 1990 by two chemists."
RISKS = "This press release contains forward-looking statements that involve risks, and results may differ from them."
NEWS_ZH = "公司今日宣布，其三期临床试验达到主要终点，共有四百名患者入组，公司计划于年内递交上市申请，并将公布全部数据。"


def read(*lines: str, title: str = "Example Pharma reports results") -> Article:
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    html = f"<html><body><article><h1>{title}</h1>{body}</article></body></html>"
    return extract(
        Page(url="https://example.com/news/1", body=html.encode(), fetched=datetime.now(UTC))
    ).article


def sections(article: Article) -> list[Section]:
    return [block.section for block in article.blocks]


def test_an_english_release_is_taken_apart() -> None:
    article = read(
        f"BASEL, Switzerland, Sept. 26, 2024 (GLOBE NEWSWIRE) -- {NEWS}",
        NEWS,
        NEWS,
        "<h3>Important Safety Information</h3>",
        "Do not take it if you are allergic to any of its parts. Tell your doctor of all your medicines.",
        "<p><strong>About Example Pharma</strong></p>",
        ABOUT,
        "Forward-Looking Statements",
        RISKS,
        "<h4>Media contact</h4>",
        "Ann Example, +41 00 000 00 00, press@example.com",
    )
    body, about, risks, safety, contacts = (
        Section.BODY,
        Section.ABOUT,
        Section.FORWARD_LOOKING,
        Section.SAFETY,
        Section.CONTACTS,
    )
    assert sections(article) == [body] * 3 + [safety] * 2 + [about] * 2 + [risks] * 2 + [contacts] * 2
    assert article.news.endswith(NEWS)
    assert (article.dateline, article.wire) == ("BASEL, Switzerland, Sept. 26, 2024", "GlobeNewswire")


def test_the_box_of_contacts_beside_a_release_belongs_to_it() -> None:
    box = "<div><h2>Contacts</h2><p>Ann Example</p><p>press@example.com</p></div><h2>More releases</h2>"
    article = read(NEWS, NEWS, NEWS, "</article>", box)
    assert [block.text for block in article.blocks][3:] == ["Contacts", "Ann Example", "press@example.com"]
    assert sections(article)[3:] == [Section.CONTACTS] * 3
    site = read(NEWS, NEWS, NEWS, "</article>", box.replace("Contacts", "Contact us"))
    assert [block.text for block in site.blocks] == [NEWS] * 3


def test_a_chinese_release_is_taken_apart() -> None:
    article = read(
        f"中国上海，2024年9月26日 /美通社/ -- {NEWS_ZH}",
        NEWS_ZH,
        NEWS_ZH,
        "<p><b>关于示例医药</b></p>",
        "示例医药是一家创新药企业，成立于二〇一〇年，总部位于上海，在北京和苏州设有研发中心。",
        "前瞻性声明",
        "本新闻稿包含前瞻性陈述，实际结果可能与之不同，公司不承担更新的义务。",
        "媒体联系：王女士 021-55550100",
        title="示例医药公布三期临床结果",
    )
    assert sections(article) == (
        [Section.BODY] * 3 + [Section.ABOUT] * 2 + [Section.FORWARD_LOOKING] * 2 + [Section.CONTACTS]
    )
    assert (article.dateline, article.wire) == ("中国上海，2024年9月26日", "PR Newswire")


def test_a_statement_without_heading_is_known_by_what_it_says() -> None:
    article = read(NEWS, NEWS, NEWS, RISKS, "SOURCE Example Pharma Inc.")
    assert sections(article)[-2:] == [Section.FORWARD_LOOKING, Section.CONTACTS]


def test_an_article_with_a_heading_of_such_words_at_its_start_is_all_news() -> None:
    article = read("<h2>About the disease</h2>", NEWS, "<h2>Contacts between patients</h2>", NEWS, NEWS)
    assert set(sections(article)) == {Section.BODY}


def test_an_ordinary_heading_leads_back_to_the_news() -> None:
    article = read(NEWS, NEWS, "<h2>About Example Pharma</h2>", ABOUT, "<h2>What comes next</h2>", NEWS)
    assert sections(article)[-2:] == [Section.BODY] * 2


def test_a_sentence_that_begins_with_about_is_news() -> None:
    article = read(
        NEWS, NEWS, NEWS, "About 300 people took part, most of them women over sixty years of age."
    )
    assert set(sections(article)) == {Section.BODY}


@pytest.mark.parametrize(
    ("text", "dateline", "wire"),
    [
        ("BURLINGTON, Mass.--(BUSINESS WIRE)--Example said", "BURLINGTON, Mass", "Business Wire"),
        (
            "INDIANAPOLIS, Dec. 9, 2024 /PRNewswire/ -- Example said",
            "INDIANAPOLIS, Dec. 9, 2024",
            "PR Newswire",
        ),
        ("LONDON (Reuters) - Shares rose", "LONDON", "Reuters"),
        ("CAMBRIDGE, Mass., January 7, 2025 – Example said", "CAMBRIDGE, Mass., January 7, 2025", None),
        ("中新网北京5月20日电 记者从", "北京5月20日", "China News Service"),
        ("The drug (a tablet) -- taken daily -- works.", None, None),
        ("Two years ago - when nobody", None, None),
        ("公司称，该药物已获批准。", None, None),
    ],
)
def test_datelines(text: str, dateline: str | None, wire: str | None) -> None:
    found = read_dateline(text)
    assert (found.text.rstrip(".") if found else None, found.wire if found else None) == (dateline, wire)


CORRECTED = "Correction: an earlier version gave the wrong number of patients. It was four hundred."


def test_a_correction_is_a_field_and_no_body() -> None:
    article = read(NEWS, NEWS, CORRECTED)
    assert article.correction == CORRECTED
    assert CORRECTED not in article.text
    assert ("correction", CORRECTED) in [(item.rule, item.text) for item in article.removed]


def test_an_article_that_is_a_correction_keeps_its_body() -> None:
    article = read(CORRECTED, NEWS, title="Correction: Example Pharma results")
    assert (article.correction, CORRECTED in article.text) == (None, True)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("This article was corrected on Monday.", True),
        ("An earlier version of this story misstated the dose.", True),
        ("更正：原文误将患者人数写为四十人。", True),
        ("Correction, 21 November 2026: an earlier version of this notice named one batch.", True),
        ("Correction (Nov. 21): the name of the drug was misspelt.", True),
        ("Corrected on 2026-11-21: the price is in euros.", True),
        ("Updated 21 November 2026 at 10:15: the second batch was added.", True),
        ("更正（2026年11月21日）：原文患者人数有误。", True),
        ("更新于11月21日：增加了第二个批次。", True),
        ("修訂（2026年11月21日）：批號更正。", True),
        ("Updated 21 November 2026: 10:15", False),
        ("Updated 21 November 2026", False),
        ("Updated guidance: sponsors may file by post.", False),
        ("Update: the agency has approved the drug.", False),
        ("更新：公司已向药监局提交申请。", False),
        ("修订说明：本标准代替2015年版。", False),
        ("Corrections officers went on strike.", False),
        ("This article describes a new class of drugs.", False),
    ],
)
def test_corrections_are_known_by_how_they_begin(text: str, is_one: bool) -> None:
    assert is_correction(text, "A title") is is_one


def test_no_section_is_found_twice() -> None:
    blocks = [
        Block(kind=BlockKind.PARAGRAPH, text=text) for text in (NEWS, NEWS, "About Example Pharma", ABOUT)
    ]
    once = sectioned(blocks)
    assert sectioned(once) == once


@pytest.mark.parametrize(
    "seed",
    [
        "About ",
        "forward",
        "this ",
        "(",
        "A, ",
        "correct ",
        "联系",
        "important safety ",
        "updated 1 ",
        "更正1月",
    ],
)
def test_no_pattern_takes_long_on_a_megabyte(seed: str) -> None:
    text = seed * (1_000_000 // len(seed))
    for pattern in (CONFESSION, CORRECTION, *(pattern for _, pattern in SECTIONS)):
        started = time.process_time()
        pattern.match(text)
        assert time.process_time() - started < 1.0
