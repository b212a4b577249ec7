"""The headline, from what a page shows and declares, without the site's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.decode import squeeze
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
        declared, [block(i, text, 1) for i, text in enumerate(map(squeeze, texts)) if text], ("Site",), URL
    )

    assert found.text is None or found.text.strip()


def headline(declared: dict[str, str], *blocks: RawBlock, url: str = URL) -> str | None:
    return find_title(declared, blocks, ("Example News",), url).text


def test_an_h1_in_a_box_counts_where_it_is_like_what_is_declared() -> None:
    declared = {
        "og": "How do you set up a cold workstation?",
        "title": "How do you set up a cold workstation?",
    }
    furniture = frozenset({"advert", "nav"})

    found = headline(
        declared, block(0, "Open menu", 1), block(1, "Setting up a cold workspace", 1, marks=furniture)
    )

    assert found == "Setting up a cold workspace"


def test_a_site_name_in_the_footers_h1_is_no_headline() -> None:
    blocks = [
        block(0, "某某医疗集团公布新的中期结果"),
        block(1, "某某医疗集团", 1, marks=frozenset({"footer"})),
    ]

    assert (
        headline({"title": "某某医疗集团公布新的中期结果 - 某某医疗集团"}, *blocks)
        == "某某医疗集团公布新的中期结果"
    )


HEADLINES_BELOW = [
    ("Trial: vaccine and side effects – what we know", "Vaccine trial stopped for side effects", "Trial"),
    (
        "Trial: vaccine and side effects – what we know",
        "Opinion Vaccine trial stopped for side effects",
        None,
    ),
]


@pytest.mark.parametrize(("top", "below", "kicker"), HEADLINES_BELOW)
def test_a_headline_below_an_h1_for_search(top: str, below: str, kicker: str | None) -> None:
    blocks = [block(0, top, 1), *([block(1, kicker)] if kicker else []), block(2, below, 2)]
    declared = {"title": top, "og": top, "json-ld": "Vaccine trial stopped for side effects"}

    assert headline(declared, *blocks) == "Vaccine trial stopped for side effects"


def test_a_kicker_that_is_declared_goes_where_the_page_shows_the_headline_alone() -> None:
    blocks = [block(0, "Trial: vaccine and side effects", 1), block(1, "Vaccine trial was stopped", 2)]
    declared = {"og": "New twist: Vaccine trial was stopped", "title": "Trial: vaccine and side effects"}

    assert headline(declared, *blocks) == "Vaccine trial was stopped"


def test_a_subtitle_is_no_headline_though_declared_with_it() -> None:
    blocks = [block(0, "The big trial", 1), block(1, "How one vaccine changed it all", 2)]
    declared = {
        "og": "The big trial: How one vaccine changed it all",
        "title": "The big trial | Example News",
    }

    assert headline(declared, *blocks) == "The big trial"


def test_a_kicker_in_the_h1_goes_where_all_declare_the_headline_alone() -> None:
    declared = {"og": "Setback for a vaccine in phase 2", "title": "Setback for a vaccine in phase 2"}

    assert headline(declared, block(0, "Oncology Setback for a vaccine in phase 2", 1)) == declared["og"]


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("第二章 临床试验的结果241", "第二章 临床试验的结果"),
        ("Trial meets its goal (example.com) 87", "Trial meets its goal"),
        ("Trial meets its goal 2025", "Trial meets its goal 2025"),
    ],
)
def test_a_counter_behind_the_h1_goes(shown: str, title: str) -> None:
    assert headline({"title": f"{title.removesuffix(' 2025')} - Reader"}, block(0, shown, 1)) == title


@pytest.mark.parametrize(
    ("text", "url", "title"),
    [
        ("Trial meets its goal | District", "https://a.example/district/1234", "Trial meets its goal"),
        ("Trial meets its goal | Leeds News", "https://a.example/leeds/1234", "Trial meets its goal"),
        ("Trial meets its goal – DW – 13.06.2023", "https://www.dw.example/a/1", "Trial meets its goal"),
        ("abc.example | Trial meets its goal", "https://www.abc.example/x", "Trial meets its goal"),
        ("01/12/2008 | Trial meets its goal", "https://a.example/x", "Trial meets its goal"),
        (
            "Results 2019 | What they mean",
            "https://a.example/results-2019/",
            "Results 2019 | What they mean",
        ),
    ],
)
def test_sections_hosts_and_dates_go(text: str, url: str, title: str) -> None:
    assert headline({"og": text, "title": text, "twitter": text}, url=url) == title


def test_a_title_cut_for_want_of_room_is_told_in_full() -> None:
    declared = {"og": "A trial of a vaccine meets…", "twitter": "A trial of a vaccine meets all of its goals"}

    assert headline(declared) == "A trial of a vaccine meets all of its goals"


def test_small_letters_before_capitals() -> None:
    assert headline({"og": "Trial meets goal"}, block(0, "TRIAL MEETS GOAL", 1)) == "Trial meets goal"


def test_json_ld_for_search_does_not_outvote_the_h1() -> None:
    said = "Best vaccine trials of the year"
    shown = block(0, "The vaccine trials we liked", 1)

    assert headline({"json-ld~": said, "og": said, "title": said, "twitter": said}, shown) == shown.text
    found = find_title({"json-ld": said, "og": said, "title": said}, [shown], (), URL)
    assert (found.text, found.origin) == (said, "json-ld")


def test_a_headline_that_links_to_itself_is_no_section() -> None:
    blocks = [block(0, "Our blog", 1), block(1, "Small trials in large cities", 3, link=True)]

    assert headline({"og": "Small trials in large cities"}, *blocks) == "Small trials in large cities"


@pytest.mark.parametrize(
    ("tag", "shown", "title"),
    [
        ("The Daily: Sports | Rocket trial meets goal", "Rocket trial meets goal", "Rocket trial meets goal"),
        ("某博客 » 播客热潮迅速蔓延到医药界", "播客热潮迅速蔓延到医药界", "播客热潮迅速蔓延到医药界"),
        ("新药获批__某某热力设备工程有限公司", "某某热力设备工程有限公司", "新药获批"),
    ],
)
def test_a_paragraph_that_the_title_ends_with(tag: str, shown: str, title: str) -> None:
    assert headline({"title": tag}, block(0, "Text"), block(1, shown)) == title


@pytest.mark.parametrize("text", ["Example Daily example.org", "Sport", "快讯"])
def test_logos_and_sections_in_an_h1_are_no_headlines(text: str) -> None:
    found = headline(
        {"title": "Trial meets its goal - Reader"}, block(0, text, 1), url="https://www.example.org/a/1"
    )

    assert found == "Trial meets its goal"


def test_a_site_as_the_title_of_all_its_pages() -> None:
    blocks = [
        block(0, "新药临床试验取得进展"),
        block(1, "发布时间：2024-05-03 来源：某某报"),
        block(2, "正文" * 60),
    ]

    assert headline({"title": "某某企业信息网"}, *blocks) == "新药临床试验取得进展"
    assert (
        headline({"title": "甲公司收购乙公司"}, block(0, "甲公司收购乙公司"), *blocks) == "甲公司收购乙公司"
    )


def test_a_telephone_is_no_headline() -> None:
    assert is_generic("0311-1234567")


@pytest.mark.parametrize(
    ("marks", "title"), [({"nav"}, "Vaccine trial was stopped"), (set(), "Trial: vaccine")]
)
def test_an_h1_among_the_crumbs_may_stand_far_above_the_headline(marks: set[str], title: str) -> None:
    blocks = [
        block(0, "Trial: vaccine", 1, marks=frozenset(marks)),
        *[block(n, f"Menu {n}", link=True) for n in range(1, 20)],
        block(20, "Vaccine trial was stopped", 2),
    ]

    assert headline({"og": "Vaccine trial was stopped", "title": "Trial: vaccine"}, *blocks) == title


def test_brackets_behind_a_line_belong_to_the_title() -> None:
    declared = {"title": "Types of vaccine trials (Infographic) | Example News"}

    assert headline(declared, block(0, "Types of vaccine trials")) == "Types of vaccine trials (Infographic)"
