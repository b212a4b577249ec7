"""The headline, from what a page shows and declares, without the site's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.titles import cut_tail, find_title, is_generic, strip_site
from newsbot.model import BlockKind

URL = "https://www.example-news.org/a/1.html"


def block(
    index: int, text: str, level: int | None = None, link: bool = False, marks: frozenset[str] = frozenset()
) -> RawBlock:
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    return RawBlock(
        index=index, kind=kind, text=text, level=level, link_length=len(text) if link else 0, marks=marks
    )


STRIPPED = [
    ("Trial meets its goal | Example News", "Trial meets its goal"),
    ("Trial meets its goal - Example News", "Trial meets its goal"),
    ("Trial meets its goal – Oncology – Example News", "Trial meets its goal – Oncology"),
    ("Example News » Trial meets its goal", "Trial meets its goal"),
    ("Example News: Trial", "Example News: Trial"),
    ("新药获批上市_Example News", "新药获批上市"),
    ("Phase 2-3 trial", "Phase 2-3 trial"),
    ("Anti-PD-1 antibody", "Anti-PD-1 antibody"),
    ("Example News", "Example News"),
]


@pytest.mark.parametrize(("text", "title"), STRIPPED)
def test_a_known_site_name_goes(text: str, title: str) -> None:
    assert strip_site(text, ["Example News"]) == title


def test_a_host_name_goes() -> None:
    assert strip_site("Trial meets its goal | Example-News", [], "example-news") == "Trial meets its goal"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("国产新药获批上市_行业新闻_某某医药网", "国产新药获批上市"),
        ("赫曼医院_专业就医机构", "赫曼医院"),
        ("国产新药获批上市-某某集团", "国产新药获批上市"),
        ("新闻中心_国产新药获批上市", "新闻中心_国产新药获批上市"),
    ],
)
def test_an_unknown_site_name_behind_separators(text: str, title: str) -> None:
    assert cut_tail(text) == title


@pytest.mark.parametrize(
    "text", ["新闻详情", "新闻中心", "News", "首页", "Untitled Document", "正文", "News Details"]
)
def test_names_of_sections_are_no_headlines(text: str) -> None:
    assert is_generic(text)


def test_the_h1_beats_a_title_written_for_search() -> None:
    found = find_title(
        {"title": "Best trial results 2024 | Example"}, [block(0, "The trial met its goal", 1)], (), URL
    )

    assert (found.text, found.origin, found.blocks) == ("The trial met its goal", "h1", (0,))


def test_a_logo_in_an_h1_is_no_headline() -> None:
    blocks = [block(0, "Example News", 1), block(1, "Trial meets its goal", 1), block(2, "Text")]

    found = find_title({"og": "Trial meets its goal"}, blocks, ("Example News",), URL)

    assert found.text == "Trial meets its goal"
    assert found.blocks == (1,)


def test_agreeing_statements_outvote_one() -> None:
    declared = {
        "json-ld": "Trial meets its goal",
        "og": "Trial meets its goal",
        "title": "Trial meets its goal | Example",
    }

    assert find_title(declared, [block(0, "Our newsroom today", 1)], (), URL).text == "Trial meets its goal"


def test_a_paragraph_that_the_title_begins_with() -> None:
    blocks = [block(0, "首页", link=True), block(1, "出国看病的几个问题"), block(2, "正文" * 60)]

    found = find_title({"title": "出国看病的几个问题_某某专业机构"}, blocks, (), URL)

    assert (found.text, found.blocks) == ("出国看病的几个问题", (1,))


def test_the_line_above_the_byline_where_title_is_the_section() -> None:
    blocks = [
        block(0, "首页", link=True),
        block(1, "关于我们", link=True),
        block(2, "柔性体温贴亮相消费电子展", 2),
        block(3, "日期：2016-5-1来源:某某医药科技"),
        block(4, "正文" * 60),
    ]

    found = find_title({"title": "某某医药科技-关于我们"}, blocks, ("某某医药科技",), URL)

    assert (found.text, found.blocks) == ("柔性体温贴亮相消费电子展", (2,))


def test_plain_text_without_any_markup() -> None:
    blocks = [
        block(0, "Home > News"),
        block(1, "A trial met its goal"),
        block(2, "Time:2024-09-26 Source: Author:"),
    ]

    assert find_title({}, blocks, (), URL).text == "A trial met its goal"


def test_nothing_is_unknown() -> None:
    assert find_title({}, [], (), URL).text is None


@given(
    st.dictionaries(st.sampled_from(["og", "title", "json-ld", "h1", "meta"]), st.text(max_size=60)),
    st.lists(st.text(min_size=1, max_size=40), max_size=5),
)
def test_no_text_raises(declared: dict[str, str], texts: list[str]) -> None:
    found = find_title(
        declared, [block(i, text, 1) for i, text in enumerate(texts) if text.strip()], ("Site",), URL
    )

    assert found.text is None or found.text.strip()
