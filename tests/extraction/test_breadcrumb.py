"""The path of sections, as a line, as elements, as JSON-LD."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.breadcrumb import read_breadcrumb, split_path
from newsbot.extraction.structured import Declared
from newsbot.model import BlockKind

LINES = [
    ("Your current location:Home > News > Industry News", ("News", "Industry News")),
    ("当前位置：主页 > 新闻中心 > 公司新闻 >", ("新闻中心", "公司新闻")),
    ("您现在的位置： 首页 >> 药品监管 >> 正文", ("药品监管",)),
    ("首页 » 产业 » 行业", ("产业", "行业")),
    ("您当前的位置：网站首页>新闻动态", ("新闻动态",)),
    ("You are here: Home / News / A drug is approved for adults", ("News",)),
    ("当前位置：首页", ()),
    ("Home › Press › Home", ("Press",)),
]


def block(index: int, text: str, marks: frozenset[str] = frozenset()) -> RawBlock:
    return RawBlock(index=index, kind=BlockKind.PARAGRAPH, text=text, marks=marks)


@pytest.mark.parametrize(("line", "path"), LINES)
def test_lines(line: str, path: tuple[str, ...]) -> None:
    found = read_breadcrumb([block(0, "Menu"), block(1, line)], Declared(), "A drug is approved for adults")

    assert found.path == path
    assert found.blocks == (1,)


def test_elements_of_the_class_make_one_path() -> None:
    marks = frozenset({"breadcrumb"})
    blocks = [block(0, "Home", marks), block(1, "Medicines", marks), block(2, "Text of the article")]

    found = read_breadcrumb(blocks, Declared(), None)

    assert found.path == ("Medicines",)
    assert found.blocks == (0, 1)


def test_json_ld_without_home_and_title() -> None:
    node = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "item": {"@id": "/", "name": "Home"}},
            {"@type": "ListItem", "position": 2, "name": "Pipeline"},
            {"@type": "ListItem", "position": 3, "name": "Trial meets its goal"},
        ],
    }

    found = read_breadcrumb([], Declared(nodes=(node,)), "Trial meets its goal")

    assert (found.path, found.origin) == (("Pipeline",), "json-ld")


def test_prose_with_an_arrow_is_no_path() -> None:
    assert read_breadcrumb([block(0, "A ratio of 3 > 2 was seen in both arms")], Declared(), None).path == ()


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    assert all(part.strip() for part in split_path(text))


def test_a_box_of_the_class_with_prose_in_it_is_no_path() -> None:
    marks = frozenset({"breadcrumb"})
    texts = [
        "News",
        "26 September 2024",
        "The drug was approved for adults on Thursday, the agency said in a notice.",
    ]

    found = read_breadcrumb([block(n, text, marks) for n, text in enumerate(texts)], Declared(), None)

    assert (found.path, found.blocks) == ((), ())
