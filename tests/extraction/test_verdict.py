"""Articles and what only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsbot.extraction import extract, judge
from newsbot.model import Page, Rejection

PAGES = Path(__file__).parent.parent / "pages"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def verdict(
    body: bytes | str, url: str = "https://example.com/news/1.html", **fields: Any
) -> Rejection | None:
    raw = body.encode() if isinstance(body, str) else body
    page = Page(url=url, body=raw, fetched=NOW, **fields)
    refusal = judge(page, extract(page))
    return refusal.reason if refusal else None


def html(title: str, *paragraphs: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("company_news_zh.html", "gb18030"),
        ("press_article_en.html", "utf-8"),
        ("layout_table_zh.html", "gb18030"),
    ],
)
def test_articles_are_accepted(page: str, encoding: str) -> None:
    assert verdict((PAGES / page).read_text("utf-8").encode(encoding)) is None


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("根据国家规定，我公司定于5月1日至5月5日放假，5月6日正常上班。",),
        ("接上级通知，因线路检修，厂区将于本周六停电一天，请各部门提前做好准备。", "行政部", "2024年5月6日"),
        ("The company will publish its half-year results on 14 August 2025 before markets open.",),
    ],
)
def test_short_real_notices_are_accepted(paragraphs: tuple[str, ...]) -> None:
    assert verdict(html("关于放假安排的通知", *paragraphs)) is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"failure": "connection refused"}, Rejection.UNREACHABLE),
        ({"status": 404}, Rejection.HTTP_STATUS),
        ({"status": 500}, Rejection.HTTP_STATUS),
        ({"status": 304}, Rejection.HTTP_STATUS),
    ],
)
def test_a_page_that_did_not_come_is_refused(fields: dict[str, Any], reason: Rejection) -> None:
    assert verdict(html("A title", "A paragraph of text that would do."), **fields) == reason


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 x",
        b"PK\x03\x04zip",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0",
        b"\x1f\x8b\x08",
        b"\x00\x01\x02\x03" * 100,
    ],
)
def test_files_that_are_no_pages_are_refused(body: bytes) -> None:
    assert verdict(body) == Rejection.NOT_TEXT


@pytest.mark.parametrize(
    "body", ["", " \n", "<html><body></body></html>", "<script>render()</script><div id=app></div>"]
)
def test_empty_pages_are_refused(body: str) -> None:
    assert verdict(body) == Rejection.EMPTY


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Just a moment...", "Checking your browser before accessing the site.", Rejection.BLOCK_PAGE),
        ("安全验证", "请完成下方验证后继续访问。", Rejection.BLOCK_PAGE),
        (
            "Pardon Our Interruption",
            "Something about your browser made us think you were a bot.",
            Rejection.BLOCK_PAGE,
        ),
        ("404 Not Found", "The page you requested could not be found.", Rejection.ERROR_PAGE),
        ("提示信息", "您访问的页面不存在，三秒后返回首页。", Rejection.ERROR_PAGE),
        ("示例网", "该文章已被删除。文章不存在，请返回。", Rejection.ERROR_PAGE),
        ("Member area", "Please log in to continue. Forgot your password?", Rejection.LOGIN_PAGE),
        ("会员中心", "请先登录，登录后查看全文内容。", Rejection.LOGIN_PAGE),
    ],
)
def test_pages_that_say_what_they_are_are_believed(title: str, text: str, reason: Rejection) -> None:
    assert verdict(html(title, text)) == reason


def test_a_challenge_under_an_error_status_is_a_block_page() -> None:
    body = html("Just a moment...", "Enable JavaScript and cookies to continue")
    assert verdict(body, status=403) == Rejection.BLOCK_PAGE


def test_an_article_about_errors_is_an_article() -> None:
    text = (
        "The regulator's page was not found by thousands of visitors on Monday after a failed update. " * 12
    )
    assert verdict(html("Why so many visitors met a 404", text)) is None


def test_a_list_is_refused_whatever_its_address() -> None:
    page = (PAGES / "news_list_zh.html").read_bytes()
    for url in (
        "https://example.com/news/",
        "https://example.com/news/list_2.html",
        "https://example.com/x?id=3",
    ):
        assert verdict(page, url) in (Rejection.LIST_PAGE, Rejection.SECTION_PAGE, Rejection.EMPTY)
    assert verdict(page, "https://example.com/news/list_2.html") == Rejection.LIST_PAGE


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("联系我们", "https://example.com/lx.html"),
        ("关于我们 - 示例公司", "https://example.com/1.html"),
        ("Contact us", "https://example.com/x"),
        ("中文 / 新闻中心 / 公司新闻", "https://example.com/x"),
        ("示例医生", "https://example.com/team/25.html"),
        ("示例产品", "https://example.com/products/"),
    ],
)
def test_pages_about_the_company_are_refused(title: str, url: str) -> None:
    text = "示例公司成立于二〇〇一年，是一家专注于医药研发的企业，拥有多项自主知识产权和完善的质量体系。"
    assert verdict(html(title, text, text), url) == Rejection.SECTION_PAGE


@pytest.mark.parametrize(
    "body",
    [
        bytes(range(256)) * 40,
        bytes((n * 7919 + n // 251) % 256 for n in range(20_000)),
        b"<html><body><p>" + bytes(range(1, 9)) * 500 + b"</p>",
        ("<html><body><h1>T</h1><p>" + "\ufffd" * 400 + "</p>").encode(),
    ],
)
def test_bytes_that_are_no_text_are_refused_whatever_they_are_called(body: bytes) -> None:
    assert verdict(body, content_type="text/html; charset=utf-8") == Rejection.NOT_TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "cp1251", "iso2022_jp"])
def test_text_in_any_encoding_is_text(encoding: str) -> None:
    words = {"gb18030": "公司公布临床试验结果，", "cp1251": "Компания сообщила, "}
    page = html("Results", words.get(encoding, "The company reports results, ") * 20)
    raw = page.encode(encoding)
    assert verdict(raw, content_type=f"text/html; charset={encoding}") is None


SENTENCE = "The company said that the trial had met its main goal and that a larger study would follow."


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"<title>Example</title><body><p>{SENTENCE}</p><p>{SENTENCE}</p>", "Example"),
        (f"<meta property=og:title content=Example><body><p>{SENTENCE}</p><p>{SENTENCE}</p>", "Example"),
        (
            f"<title>News</title><body><h4>What happened</h4><p>{SENTENCE}</p><p>{SENTENCE}</p>",
            "What happened",
        ),
        (f"<body><p>A short line</p><p>{SENTENCE}</p><p>{SENTENCE}</p>", "A short line"),
        (f"<title>News</title><body><p>{SENTENCE * 4}</p>", "News"),
    ],
)
def test_a_page_with_a_body_is_not_refused_for_want_of_a_headline(page: str, title: str) -> None:
    raw = f"<html>{page}".encode()
    found = Page(url="https://example.com/a/1.html", body=raw, fetched=NOW)
    extraction = extract(found)
    assert extraction.article.title == title
    assert extraction.article.text


OFFER = (
    "CAS No.: 50-00-0",
    "Molecular formula: C2H4",
    "Purity: 98%",
    "MOQ: 1 kg",
    "Send inquiry to our sales team for a price within a working day.",
)
OFFER_ZH = (
    "产品名称：示例中间体",
    "CAS号：50-00-0",
    "纯度：98%",
    "起订量：1公斤",
    "立即询价，我们将尽快回复。",
)


@pytest.mark.parametrize("lines", [OFFER, OFFER_ZH])
def test_an_offer_of_a_product_is_no_article(lines: tuple[str, ...]) -> None:
    assert verdict(html("Example intermediate 50-00-0", *lines)) == Rejection.PRODUCT_PAGE


def test_a_page_declared_as_a_product_is_no_article() -> None:
    page = html("Example capsules", "Capsules for those who need them, in packs of thirty.")
    declared = page.replace("<head>", '<head><meta property="og:type" content="product">')
    assert verdict(declared) == Rejection.PRODUCT_PAGE


def test_news_about_a_product_is_an_article() -> None:
    lines = (*OFFER[:2], "The company launched the intermediate on Monday.", "May 5, 2025")
    page = html("Company launches an intermediate", *lines)
    dated = page.replace("<head>", '<head><meta property="article:published_time" content="2025-05-05">')
    assert verdict(dated) is None
    assert verdict(html("A launch", *OFFER[:3], "The company launched the intermediate on Monday.")) is None


def test_an_excuse_behind_a_redirect_is_a_block_page() -> None:
    page = html("A title", "A paragraph of text that would do for an article, were it one.")
    asked = "https://example.com/news/1.html"
    assert verdict(page, "https://example.com/apology_objects/abuse.html", requested_url=asked) == (
        Rejection.BLOCK_PAGE
    )
    assert verdict(page, "https://example.com/news/2.html", requested_url=asked) is None


TEASER = (
    "<p>The agency said on Monday that it may be sold to adults. It follows a review of two studies{}</p>"
)
ENTRY = "<h3><a href=/n/{0}>Regulator clears drug {0} for use in adults</a></h3>"


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (f"<li>{ENTRY}<span>2026-11-{{0:02d}}</span>{TEASER.format('.')}</li>", Rejection.LIST_PAGE),
        (f"<div>{ENTRY}{TEASER.format(' ...')}</div>", Rejection.LIST_PAGE),
        (
            f"<div><h3>Drug {{0}} cleared</h3>{TEASER.format('.')}<a href=/n/{{0}}>Read more</a></div>",
            Rejection.LIST_PAGE,
        ),
        (f"<div>{ENTRY}{TEASER.format('. <a href=/n/{0}>Read more</a>')}</div>", Rejection.LIST_PAGE),
        (f"<div>{ENTRY}{TEASER.format('.')}</div>", None),
    ],
)
def test_titles_with_days_or_texts_cut_short_are_a_list(item: str, reason: Rejection | None) -> None:
    items = "".join(item.format(number) for number in range(1, 13))
    assert verdict(f"<html><body><h1>What the agency did in autumn</h1>{items}</body></html>") == reason


def test_a_text_with_such_a_list_behind_it_is_an_article() -> None:
    items = "".join(
        f"<li>{ENTRY}<span>2026-11-{{0:02d}}</span></li>".format(number) for number in range(1, 13)
    )
    text = (
        "<p>The agency cleared the drug on Monday after two studies in adults, it said in a notice.</p>" * 8
    )
    assert (
        verdict(f"<html><body><div><h1>Drug cleared</h1>{text}<ul>{items}</ul></div></body></html>") is None
    )
