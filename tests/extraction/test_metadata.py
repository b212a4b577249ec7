"""Whole pages to metadata: Chinese company and government pages, Western news, plain text, and feeds' hints."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newsbot.extraction.blocks import RawBlock, read_blocks
from newsbot.extraction.decode import UNWANTED
from newsbot.extraction.metadata import Metadata, read_metadata
from newsbot.extraction.site_facts import read_site_facts, values_of
from newsbot.model import BlockKind, Hints, Page, Published, Zone

PAGES = Path(__file__).parent.parent / "pages"
FETCHED = datetime(2026, 1, 10, 4, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def page_of(
    body: bytes = b"", url: str = "https://health.example/a/1.html", hints: Hints | None = None
) -> Page:
    return Page(url=url, body=body, fetched=FETCHED, hints=hints or Hints())


def lines_of(text: str) -> list[RawBlock]:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return [RawBlock(index=i, kind=BlockKind.PARAGRAPH, text=line) for i, line in enumerate(lines)]


def read(markup: str, page: Page | None = None) -> tuple[Metadata, list[RawBlock]]:
    tree = html.document_fromstring(markup)
    blocks = read_blocks(tree)
    return read_metadata(tree, blocks, page or page_of()), blocks


def read_file(name: str) -> tuple[Metadata, list[RawBlock]]:
    return read((PAGES / name).read_text(encoding="utf-8"))


def consumed_texts(metadata: Metadata, blocks: list[RawBlock]) -> dict[str, str]:
    return {
        block.text: metadata.consumed[block.index] for block in blocks if block.index in metadata.consumed
    }


def test_a_chinese_company_page() -> None:
    metadata, blocks = read_file("meta_company_zh.html")

    assert metadata.title == "青禾生物细胞治疗产品获批开展临床试验"
    assert metadata.published is not None
    assert metadata.published.when == datetime(2023, 11, 17, 20, 52, 15, tzinfo=SHANGHAI)
    assert metadata.published.zone is Zone.ASSUMED
    assert metadata.source == "青禾生物"
    assert metadata.authors == ()
    assert metadata.editors == ("张三", "李四")
    assert metadata.category == ("新闻中心", "公司新闻")
    assert metadata.publisher == "青禾生物医药有限公司"
    consumed = consumed_texts(metadata, blocks)
    assert consumed["青禾生物细胞治疗产品获批开展临床试验"] == "title"
    assert consumed["（责编：张三、李四）"] == "byline"
    assert not any("021-00001111" in text or text == "2023年11月16日" for text in consumed)


def test_the_footer_of_a_chinese_company_page() -> None:
    _, blocks = read_file("meta_company_zh.html")
    found = read_site_facts(blocks)

    assert values_of(found.facts, "icp") == ("沪ICP备12345678号-2",)
    assert values_of(found.facts, "phone") == ("021-00002222",)
    assert values_of(found.facts, "fax") == ("021-00003333",)
    assert values_of(found.facts, "address") == ("上海市某某区某某路1号",)


def test_a_company_page_as_plain_text() -> None:
    blocks = lines_of((PAGES / "meta_company_en.txt").read_text(encoding="utf-8"))
    metadata = read_metadata(None, blocks, page_of())

    assert metadata.title == "A cell therapy for heart failure enters the clinic"
    assert metadata.published == Published(
        when=datetime(2024, 3, 5, 9, 12, 40, tzinfo=SHANGHAI), text="2024-03-05 09:12:40", zone=Zone.ASSUMED
    )
    assert metadata.source is None
    assert metadata.authors == ()
    assert metadata.category == ("News", "Industry News")
    assert sorted(metadata.consumed.values()) == ["breadcrumb", "byline", "title"]
    assert set(read_site_facts(blocks).consumed) == {5, 6, 7}


def test_a_chinese_government_page_is_believed_by_its_meta_elements() -> None:
    metadata, _ = read_file("meta_government_zh.html")

    assert metadata.title == "关于开展药品网络销售专项检查的通知"
    assert metadata.published is not None
    assert metadata.published.when == datetime(2020, 9, 11, 8, 38, tzinfo=SHANGHAI)
    assert metadata.source == "省局办公室"
    assert metadata.category == ("通知公告",)
    assert metadata.origins["published"] == "meta:pubdate"


def test_a_western_news_page_with_broken_json() -> None:
    metadata, blocks = read_file("meta_news_en.html")

    assert metadata.title == "Drug for rare anaemia wins approval"
    assert metadata.published is not None
    assert metadata.published.when == datetime(2024, 3, 5, 14, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert metadata.published.zone is Zone.STATED
    assert metadata.authors == ("Jane Doe", "John Roe")
    assert metadata.category == ("Approvals",)
    assert metadata.publisher == "Example Health News"
    assert metadata.canonical == "https://health.example/2024/03/05/drug-approval"
    assert metadata.lead_image == "https://health.example/img/lead.jpg"
    assert metadata.declared_type == "article"
    assert metadata.origins["authors"] == "json-ld"
    assert "The approval was expected by the end of June 2025, analysts had said." not in consumed_texts(
        metadata, blocks
    )


def test_a_german_page_without_any_declaration() -> None:
    metadata, _ = read_file("meta_blog_de.html")

    assert metadata.title == "Neues Enzym spart Energie"
    assert metadata.authors == ("Eva Muster",)
    assert metadata.published is not None
    assert metadata.published.text == "01. Dez. 2022 | 14:08 Uhr"
    assert metadata.published.when == datetime(2022, 12, 1, 14, 8, tzinfo=UTC)


ARTICLE = "<h1>A drug was approved</h1>{byline}<p>" + "The agency approved it after a trial. " * 8 + "</p>"


@pytest.mark.parametrize(
    ("head", "byline", "day"),
    [
        ("", "<p>Posted on 3 May 2024</p>", date(2024, 5, 3)),
        ("", "<time datetime='2024-05-03'>May 3</time>", date(2024, 5, 3)),
        ("", "<p>Published</p><p>3 May 2024</p>", date(2024, 5, 3)),
        ("<meta name='dc.date.issued' content='2024-05-03'>", "", date(2024, 5, 3)),
        ("<meta name='weibo: article:create_at' content='2024-05-03'>", "", date(2024, 5, 3)),
        ("<meta property='article:modified_time' content='2024-05-03'>", "", None),
        ("", "<time itemprop='dateModified' datetime='2024-05-03'>May 3</time>", None),
        (
            "",
            "<p>On 3 May 2024 the company filed for approval of the drug, and the agency took it up.</p>",
            None,
        ),
        ("", "", None),
        ("", f"<p>{'公司将召开年度会议，欢迎各界人士参加。' * 2}</p><p>时间：2024年5月3日</p>", None),
        ("", "<p>会议时间：2024年5月3日</p>", None),
        ("", "<p>发布时间：2024年5月3日</p>", date(2024, 5, 3)),
        ("<meta name='date' content='2031-05-03'>", "", None),
    ],
)
def test_who_is_believed_on_the_day(head: str, byline: str, day: date | None) -> None:
    metadata, _ = read(f"<html><head>{head}</head><body>{ARTICLE.format(byline=byline)}</body></html>")

    assert (metadata.published.when if metadata.published else None) == day


def test_a_signature_date_is_no_date_of_publication() -> None:
    metadata, _ = read(
        f"<html><body>{ARTICLE.format(byline='')}<p>某某公司</p><p>2023年11月16日</p></body></html>"
    )

    assert metadata.published is None


def test_a_shown_earlier_date_wins_over_a_declared_later_one() -> None:
    metadata, _ = read(
        "<html><head><meta property='article:published_time' content='2025-08-21'></head><body>"
        + ARTICLE.format(byline="<p>Published Apr 26, 2023</p>")
        + "</body></html>"
    )

    assert metadata.published is not None
    assert metadata.published.when == date(2023, 4, 26)


def test_a_declared_day_takes_its_time_from_the_byline() -> None:
    metadata, _ = read(
        "<html><head><meta name='pubdate' content='2024-05-03'></head><body>"
        + ARTICLE.format(byline="<p>2024-05-03 10:20 来源：某报</p>")
        + "</body></html>"
    )

    assert metadata.published is not None
    assert isinstance(metadata.published.when, datetime)
    assert (metadata.published.when.hour, metadata.published.when.minute) == (10, 20)


def test_the_address_names_the_day_where_nothing_else_does() -> None:
    page = page_of(url="https://news.example/art/2024/05/03/art_1_2.html")
    metadata, _ = read(f"<html><body>{ARTICLE.format(byline='')}</body></html>", page)

    assert metadata.published == Published(when=date(2024, 5, 3), text="2024/05/03", zone=None)
    assert metadata.origins["published"] == "url"


@pytest.mark.parametrize(
    "byline",
    [
        "发布时间：3天前",
        "3天前",
        "发布于3天前",
        "来源：药报 · 3天前",
        "Published 3 days ago",
        "By Jane Doe · 3 days ago",
        "vor 3 Tagen",
    ],
)
def test_an_age_is_reckoned_from_the_time_of_fetching_and_said_to_be_one(byline: str) -> None:
    page = page_of()
    metadata, _ = read(f"<html><body>{ARTICLE.format(byline=f'<p>{byline}</p>')}</body></html>", page)

    assert metadata.published is not None
    assert metadata.published.when == page.fetched.date() - timedelta(days=3)
    assert metadata.origins["published"].endswith(", relative")


def test_a_day_is_believed_before_an_age() -> None:
    byline = "<p>By Jane Doe – 47 minutes ago</p><p>Friday, 3 May 2024</p>"
    metadata, _ = read(f"<html><body>{ARTICLE.format(byline=byline)}</body></html>")

    assert metadata.published == Published(when=date(2024, 5, 3), text="3 May 2024")


@pytest.mark.parametrize("line", ["Founded 3 years ago, it makes pills.", "USA Today", "今日头条"])
def test_other_lines_with_an_age_or_a_named_day_are_no_date(line: str) -> None:
    metadata, _ = read(f"<html><body>{ARTICLE.format(byline=f'<p>{line}</p>')}</body></html>")

    assert metadata.published is None


LD_DATE = (
    """<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-09-26"}</script>"""
)


@pytest.mark.parametrize(
    "line",
    [
        "Quarter ended 30 June 2024",
        "As of June 30, 2024",
        "File photo from 12 March 2011",
        "Event date: March 3, 2024",
        "Record date: June 30, 2024",
        "Photo: 12 March 2011",
        "Version 2.1.20",
    ],
)
def test_a_day_of_something_else_is_no_date_of_publication(line: str) -> None:
    body = ARTICLE.format(byline=f"<p>{line}</p>")
    metadata, _ = read(f"<html><head>{LD_DATE}</head><body>{body}</body></html>")

    assert metadata.published is not None
    assert metadata.published.when == date(2024, 9, 26)


def test_a_timeline_is_text() -> None:
    entries = (
        "<ul><li>3 May 1998: the company is founded</li><li>12 March 2004: the first plant opens</li></ul>"
    )
    metadata, blocks = read(
        f"<html><head>{LD_DATE}</head><body>{ARTICLE.format(byline=entries)}</body></html>"
    )

    assert metadata.published is not None
    assert metadata.published.when == date(2024, 9, 26)
    assert not any("founded" in text for text in consumed_texts(metadata, blocks))


@pytest.mark.parametrize("name", ["unpublish_date", "book:release_date", "last-published-date"])
def test_a_meta_element_on_something_else_is_not_believed(name: str) -> None:
    body = ARTICLE.format(byline="<p>By Jane Doe | 26 September 2024</p>")
    metadata, _ = read(
        f"<html><head><meta property='{name}' content='2019-05-03'></head><body>{body}</body></html>"
    )

    assert metadata.published is not None
    assert metadata.published.when == date(2024, 9, 26)


def test_the_node_with_the_page_s_address_is_believed() -> None:
    url = "https://news.example/a"
    other = {"@type": "NewsArticle", "url": "https://news.example/b", "datePublished": "2019-01-02"}
    own = {"@type": "Article", "url": url, "datePublished": "2024-09-26"}
    listed = {"@type": "ItemList", "itemListElement": [other]}
    markup = f"<html><head>{script([listed, own])}</head><body>{ARTICLE.format(byline='')}</body></html>"
    metadata, _ = read(markup, page_of(url=url))

    assert metadata.published is not None
    assert metadata.published.when == date(2024, 9, 26)


def test_nothing_in_the_page_s_data_reaches_a_field_uncleaned() -> None:
    node = {
        "@type": ["NewsArticle", "x\ud800"],
        "image": "https://a.example/\ud800\x1b.png",
        "articleSection": "News\x1b[2J\u202e\ud800",
        "headline": "A drug was approved \ud800",
        "author": {"name": [f"Jane Doe the {number}" for number in range(200)]},
    }
    metadata, _ = read(f"<html><head>{script(node)}</head><body><p>Text.</p></body></html>")

    assert not UNWANTED.search("".join((*metadata.category, metadata.lead_image or "", metadata.title or "")))
    assert len(metadata.authors) < 100


def script(value: object) -> str:
    """JSON-LD in a page; json escapes what is not ASCII."""
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_hints_fill_what_the_page_does_not_say() -> None:
    told = Published(when=date(2024, 5, 3), text="Fri, 03 May 2024")
    hints = Hints(title="From the feed", published=told, authors=("Jane Doe",), source="Wire")
    metadata, _ = read("<html><body><p>Text only.</p></body></html>", page_of(hints=hints))

    assert (metadata.title, metadata.published, metadata.authors, metadata.source) == (
        "From the feed",
        told,
        ("Jane Doe",),
        "Wire",
    )
    assert {metadata.origins[name] for name in ("title", "published", "authors", "source")} == {"feed"}


def test_the_page_is_believed_before_its_feed() -> None:
    metadata, _ = read(
        f"<html><body>{ARTICLE.format(byline='<p>By John Roe</p>')}</body></html>",
        page_of(hints=Hints(title="Teaser", authors=("Jane Doe",))),
    )

    assert (metadata.title, metadata.authors) == ("A drug was approved", ("John Roe",))


def test_a_site_that_signs_itself_gives_way_to_a_person() -> None:
    metadata, _ = read(
        "<html><head><meta property='og:site_name' content='Example Times'><script type='application/ld+json'>"
        '{"@type":"NewsArticle","headline":"A drug was approved",'
        '"author":{"@type":"Organization","name":"Example Times"}}'
        "</script></head><body>" + ARTICLE.format(byline="<p>By Jane Doe</p>") + "</body></html>"
    )

    assert metadata.authors == ("Jane Doe",)


def test_a_dateline_stays_in_the_body() -> None:
    dateline = (
        "BASEL, Switzerland, Sept. 26, 2024 (EXAMPLE WIRE) -- The company announced results of its trial."
    )
    metadata, blocks = read(
        f"<html><body><h1>A drug was approved</h1><p>{dateline}</p><p>More.</p></body></html>"
    )

    assert dateline not in consumed_texts(metadata, blocks)


@given(st.lists(st.text(min_size=1, max_size=60), max_size=8), st.text(max_size=40))
def test_no_text_raises(lines: list[str], title: str) -> None:
    blocks = [RawBlock(index=i, kind=BlockKind.PARAGRAPH, text=line) for i, line in enumerate(lines)]
    metadata = read_metadata(None, blocks, page_of(url=f"https://x.example/{title}"))

    assert metadata.title is None or metadata.title.strip()
    assert set(metadata.consumed) <= set(range(len(blocks)))


@given(st.text(max_size=200))
def test_no_declaration_raises(text: str) -> None:
    clean = "".join(c for c in text if c >= " " and not 0xD800 <= ord(c) <= 0xDFFF)
    tree = html.document_fromstring(
        "<html><body><script type='application/ld+json'></script><p>x</p></body></html>"
    )
    for script in tree.iter("script"):
        script.text = clean
    metadata = read_metadata(tree, read_blocks(tree), page_of())

    assert metadata.title != ""


PUBLISHERS = [
    ("<meta property='og:site_name' content='Health'>", "Health", "og"),
    ("<meta name='SiteName' content='某某省药品监督管理局'>", "某某省药品监督管理局", "meta:sitename"),
    ("<meta name='DC.publisher' content='Health Press'>", "Health Press", "meta:dc.publisher"),
]


@pytest.mark.parametrize(("head", "publisher", "origin"), PUBLISHERS)
def test_who_says_the_publisher_is_said(head: str, publisher: str, origin: str) -> None:
    metadata, _ = read(f"<html><head>{head}</head><body><h1>A drug was approved</h1></body></html>")

    assert (metadata.publisher, metadata.origins["publisher"]) == (publisher, origin)


@pytest.mark.parametrize(
    ("head", "image", "origin"),
    [
        ("<meta property='og:image' content='/a.jpg'>", "https://health.example/a.jpg", "og"),
        ("<meta name='Image' content='b.jpg'>", "https://health.example/a/b.jpg", "meta:image"),
        (
            "<meta name='sailthru.image.full' content='//i.example/c.jpg'>",
            "https://i.example/c.jpg",
            "meta:sailthru.image.full",
        ),
        ("<meta property='og:image' content='data:x'>", None, None),
        (
            "<meta name='twitter:image' content='https://i.example/d.jpg'>",
            "https://i.example/d.jpg",
            "twitter",
        ),
        ("<meta name='twitter:image' content='https://[broken/d.jpg'>", None, None),
    ],
)
def test_who_says_the_picture_is_said(head: str, image: str | None, origin: str | None) -> None:
    metadata, _ = read(f"<html><head>{head}</head><body><h1>A drug was approved</h1></body></html>")

    assert (metadata.lead_image, metadata.origins.get("lead_image")) == (image, origin)


def test_titles_of_every_vocabulary_with_their_origin() -> None:
    for head, origin in (
        ("<meta name='ArticleTitle' content='新药获批上市的通知'>", "meta:ArticleTitle"),
        ("<meta name='citation_title' content='新药获批上市的通知'>", "meta"),
        ("<meta name='parsely-page' content='{&quot;title&quot;: &quot;新药获批上市的通知&quot;}'>", "meta"),
        ("<base href='/'><b itemprop='headline'>新药获批上市的通知</b>", "microdata"),
    ):
        metadata, _ = read(f"<html><head><title>某某局</title>{head}</head><body><p>正文</p></body></html>")
        assert (metadata.title, metadata.origins["title"]) == ("新药获批上市的通知", origin)


def test_microdata_is_not_looked_for_where_the_bytes_have_none() -> None:
    markup = "<html><body><p itemprop='author'>Jane Doe</p><h1>A drug was approved</h1></body></html>"

    assert read(markup, page_of(markup.encode()))[0].authors == ("Jane Doe",)
    assert read(markup, page_of(b"<html>"))[0].authors == ()
