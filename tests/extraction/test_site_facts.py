"""What a footer says of the site, in all its spellings, and what a body says that is no footer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.site_facts import read_company, read_site_facts, values_of
from newsbot.model import SITE_FACT_KINDS, BlockKind

LEGAL = [
    ("沪ICP备12345678号-1", "icp", "沪ICP备12345678号-1"),
    ("京ICP备12345678号", "icp", "京ICP备12345678号"),
    ("京 ICP 备 12345678 号 - 1", "icp", "京ICP备12345678号-1"),
    ("苏ICP12345678", "icp", "苏ICP12345678"),
    ("ICP备********号", "icp", "ICP备********号"),
    ("备案序号：粤ICP备12345678号-3", "icp", "粤ICP备12345678号-3"),
    ("京ICP证000000号", "icp_licence", "京ICP证000000号"),
    ("鄂ICP证:020000-5", "icp_licence", "鄂ICP证:020000-5"),
    ("沪ICP证：沪B2-20170000", "icp_licence", "沪ICP证:沪B2-20170000"),
    ("京 ICP 证 140000 号", "icp_licence", "京ICP证140000号"),
    ("京公网安备11000000000000号", "police", "京公网安备11000000000000号"),
    ("沪公网安备 31010000000000号", "police", "沪公网安备31010000000000号"),
    ("湘公安网备号43010000000000号", "police", "湘公安网备号43010000000000号"),
    ("公安备案：川公网安备51010000000000", "police", "川公网安备51010000000000"),
    (
        "互联网药品信息服务资格证书编号：（浙)-经营性-2018-0000",
        "drug_information_licence",
        "(浙)-经营性-2018-0000",
    ),
    ("(沪)-非经营性-2016-0000", "drug_information_licence", "(沪)-非经营性-2016-0000"),
    ("互联网药品交易服务资格证：沪C20160000", "drug_information_licence", "沪C20160000"),
    ("(浙)网械平台备字[2018]第00000号", "drug_information_licence", "(浙)网械平台备字[2018]第00000号"),
    ("增值电信业务经营许可证：粤B2-20080000", "other_licence", "增值电信业务经营许可证:粤B2-20080000"),
    ("网信算备610100000000000000000号", "other_licence", "网信算备610100000000000000000号"),
    ("互联网新闻信息服务许可证10120170000", "other_licence", "互联网新闻信息服务许可证10120170000"),
]

COMPANIES = [
    ("Copyright © 2017-2020 EXAMPLE BIOPHARMA CO.,LTD 沪ICP备12345678号-1", "EXAMPLE BIOPHARMA CO.,LTD"),
    ("Copyright © 2002-2011 某某健康 版权所有", "某某健康"),
    ("版权所有：某某制药有限公司", "某某制药有限公司"),
    ("版权所有 © 2019 某某制药有限公司 技术支持：某网络", "某某制药有限公司"),
    ("某 某 网 版 权 所 有", "某某网"),
    ("Copyright©2015 某某医药科技版权所有.   All Rights Reserved", "某某医药科技"),
    ("© 1997-2020 某某公司版权所有", "某某公司"),
    ("© 2024 Example Media Ltd. | Privacy", "Example Media Ltd"),
    ("All rights reserved.", None),
    ("Copyright notice", None),
    ("No sign at all", None),
]


def blocks_of(*lines: str, marks: frozenset[str] = frozenset()) -> list[RawBlock]:
    return [
        RawBlock(index=i, kind=BlockKind.PARAGRAPH, text=line, marks=marks) for i, line in enumerate(lines)
    ]


@pytest.mark.parametrize(("text", "kind", "value"), LEGAL)
def test_filings_and_licences(text: str, kind: str, value: str) -> None:
    facts = read_site_facts(blocks_of("Text of an article.", text)).facts

    assert [(fact.kind, fact.value) for fact in facts] == [(kind, value)]


@pytest.mark.parametrize(("text", "name"), COMPANIES)
def test_the_company_behind_the_copyright_sign(text: str, name: str | None) -> None:
    found = read_site_facts(blocks_of("Text.", "More text.", text)).facts

    assert (values_of(found, "company") or (None,))[0] == name


def test_three_lines_of_a_company_footer() -> None:
    found = read_site_facts(
        blocks_of(
            "The company announced its results.",
            "Copyright © 2017-2020 EXAMPLE BIOPHARMA CO.,LTD 沪ICP备12345678号-1",
            "TEL:+86-21-00000000(DDT)、00000001 FAX:+86-21-00000002",
            "E-mail:info@example.com ADD:1 Example Road, Minhang District, Shanghai Code:200000",
        )
    )

    assert {fact.kind: fact.value for fact in found.facts} == {
        "company": "EXAMPLE BIOPHARMA CO.,LTD",
        "icp": "沪ICP备12345678号-1",
        "phone": "+86-21-00000000(DDT)、00000001",
        "fax": "+86-21-00000002",
        "email": "info@example.com",
        "address": "1 Example Road, Minhang District, Shanghai",
        "postcode": "200000",
    }
    assert set(found.consumed) == {1, 2, 3}


def test_one_line_with_inner_spaces() -> None:
    found = read_site_facts(
        blocks_of(
            "地 址：某市某路1号 邮编：100000 电 话：010-00000000 传 真：010-00000001", "© 2020 某某公司"
        )
    )

    assert values_of(found.facts, "address") == ("某市某路1号",)
    assert values_of(found.facts, "postcode") == ("100000",)
    assert values_of(found.facts, "phone") == ("010-00000000",)
    assert values_of(found.facts, "fax") == ("010-00000001",)


def test_a_label_whose_number_stands_in_the_next_block() -> None:
    found = read_site_facts(
        blocks_of("客服热线：", "400-000-0000", "© 2020 某某公司", marks=frozenset({"footer"}))
    )

    assert values_of(found.facts, "phone") == ("400-000-0000",)


def test_contact_lines_of_a_notice_are_content() -> None:
    body = ["联系人：张三", "电话：010-00000000", "地址：某市某路1号", "附件：申报表"]
    found = read_site_facts(blocks_of("关于申报的通知", *body, *["正文" * 50] * 10, "© 2020 某某公司"))

    assert [fact.kind for fact in found.facts] == ["company"]
    assert not set(found.consumed) & {1, 2, 3, 4}


def test_a_press_contact_without_any_footer_is_content() -> None:
    found = read_site_facts(
        blocks_of("The trial met its goal.", "Media contact", "Phone: +1 555 0100", "E-mail: a@example.com")
    )

    assert found.facts == ()
    assert found.consumed == {}


def test_a_sentence_about_filings_is_not_consumed() -> None:
    found = read_site_facts(blocks_of("网站应当办理ICP备案手续，并在首页标明。", "正文"))

    assert found.facts == ()


@given(st.lists(st.text(min_size=1, max_size=80), max_size=8))
def test_no_text_raises(lines: list[str]) -> None:
    found = read_site_facts(blocks_of(*lines, "Copyright © 2020 沪ICP备12345678号"))

    assert all(fact.kind in SITE_FACT_KINDS and fact.value for fact in found.facts)


@given(st.text(max_size=200))
def test_a_company_is_never_empty(text: str) -> None:
    assert read_company(f"© {text}") != ""
