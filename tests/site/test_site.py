"""The test site itself: it must misbehave only where it is asked to."""

from __future__ import annotations

import gzip
import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html

from newsbot.catalogue import load_catalogue
from newsbot.model import Rejection
from tests.site import Site, serve
from tests.site.content import sections
from tests.site.expected import ADDED, ARTICLES, CORRECTED, Expected, expected, listed, refused
from tests.site.pages import build
from tests.site.sources import SOURCES, sources_toml

BASE = "http://news.test"
LISTS = (
    "/",
    "/en/company/",
    "/en/company/?page=2",
    "/zh/company/list_3_1.html",
    "/zh/company/list_3_2.html",
    "/en/regulator/",
    "/zh/regulator/",
    "/press/",
    "/press/page/2/",
    "/zh/press/",
    "/wire/",
)
SITEMAPS = ("/sitemap.xml", "/en/regulator/sitemap_index.xml")
NBSP = re.compile(r"[\s\u00a0]+")


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


def get(site: Site, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    client = http.client.HTTPConnection(urlsplit(site.base_url).netloc, timeout=10)
    try:
        client.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = client.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        client.close()


def text_of(body: bytes, encoding: str = "utf-8") -> str:
    """All text of a page with single spaces, as a careless reader would take it."""
    tree = html.document_fromstring(body.decode(encoding))
    return NBSP.sub(" ", tree.text_content())


def flat(text: str) -> str:
    return NBSP.sub(" ", text).strip()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.path)
def test_an_article_page_holds_its_text_and_the_noise_round_it(article: Expected) -> None:
    page = build(1, BASE)[article.path]
    text = text_of(page.body, "gbk" if article.section == "zh_company" else "utf-8")
    for block in (article.title, *article.blocks, *article.tail, *article.standing):
        for cell in block.split(" | "):
            assert flat(cell) in text
    noise = [line for line in article.absent if flat(line) in text]
    assert len(noise) >= 12


def test_every_link_of_every_list_resolves(site: Site) -> None:
    pages = [get(site, path) for path in LISTS]
    assert [status for status, _, _ in pages] == [200] * len(LISTS)
    for path, (_, _, body) in zip(LISTS, pages, strict=True):
        for href in html.document_fromstring(body).xpath("//a/@href"):
            target = urljoin(site.base_url + path, href)
            if href.startswith(("javascript:", "#")):
                continue
            assert get(site, target.removeprefix(site.base_url))[0] == 200, target


@pytest.mark.parametrize("section", sections())
def test_the_lists_lead_to_every_article_of_the_section(section: str) -> None:
    pages = build(1, BASE)
    root = sections()[section].root
    linked = {
        urlsplit(urljoin(BASE + path, href)).path
        for path in LISTS
        if path.startswith(root)
        for href in html.document_fromstring(pages[path].body).xpath("//a/@href")
    }
    assert set(listed(section)) <= linked


def test_the_sitemaps_lead_to_both_agencies() -> None:
    pages = build(1, BASE)
    found: set[str] = set()
    for start in SITEMAPS:
        for child in etree.fromstring(pages[start].body).xpath("//*[local-name()='loc']/text()"):
            body = pages[child.removeprefix(BASE)].body
            plain = gzip.decompress(body) if child.endswith(".gz") else body
            locations = etree.fromstring(plain).xpath("//*[local-name()='loc']/text()")
            found.update(address.removeprefix(BASE) for address in locations)
    assert found == {*listed("en_regulator"), *listed("zh_regulator")}


def test_the_feeds_agree_and_carry_dates_and_authors() -> None:
    pages = build(1, BASE)
    rss = feedparser.parse(pages["/press/feed.xml"].body)
    atom = feedparser.parse(pages["/press/atom.xml"].body)
    items = json.loads(pages["/press/feed.json"].body)["items"]
    assert not rss.bozo
    assert not atom.bozo
    addresses = {BASE + path for path in listed("press")}
    assert {entry.link for entry in rss.entries} == {item["url"] for item in items} == addresses
    assert {entry.link for entry in atom.entries} == {
        BASE + path for path in listed("press") if "corrections-week" not in path
    }
    assert rss.entries[1].author == "Maren Okafor"
    assert rss.entries[1].published == "Thu, 19 Nov 2026 16:22:00 -0500"


def test_feed_links_name_the_host_that_was_asked(site: Site) -> None:
    _, _, body = get(site, "/press/feed.xml")
    assert site.base_url.encode() + b"/press/2026/11/19/" in body
    _, _, body = get(site, "/press/feed.xml", Host="elsewhere.test:81")
    assert b"http://elsewhere.test:81/press/2026/11/19/" in body


def test_the_chinese_company_says_gb2312_and_sends_gbk(site: Site) -> None:
    _, headers, body = get(site, "/zh/company/a/20261028/155.html")
    assert headers["content-type"] == "text/html"
    assert b"charset=gb2312" in body
    assert "周昇" in body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")


@pytest.mark.parametrize("path", ["/press/feed.xml", ARTICLES[0].path, "/sitemap.xml", "/en/company/?page=2"])
def test_an_unchanged_page_is_not_sent_again(site: Site, path: str) -> None:
    status, headers, _ = get(site, path)
    assert status == 200
    tag, time = headers["etag"], headers["last-modified"]
    assert get(site, path, If_None_Match=tag)[::2] == (304, b"")
    assert get(site, path, If_Modified_Since=time)[0] == 304
    assert get(site, path, If_None_Match='"other"', If_Modified_Since=time)[0] == 200
    assert get(site, path, If_Modified_Since="Tue, 01 Sep 2020 00:00:00 GMT")[0] == 200
    assert get(site, path, If_Modified_Since="yesterday")[0] == 200
    assert site.paths(304) == [path, path]


def test_edition_2_corrects_one_article_and_adds_one_to_two_sections() -> None:
    first, second = build(1, BASE), build(2, BASE)
    changed = {path for path, page in second.items() if page != first.get(path)}
    lists = {
        "/en/company/",
        "/en/company/?page=1",
        "/en/company/?page=2",
        "/press/",
        "/press/page/1/",
        "/press/page/2/",
    }
    feeds = {"/press/feed.xml", "/press/atom.xml", "/press/feed.json"}
    maps = {*SITEMAPS, "/en/regulator/sitemap-recalls.xml.gz"}
    assert first.keys() <= second.keys()
    assert changed == {*CORRECTED, *ADDED, *lists, *feeds, *maps}
    assert len(CORRECTED) == 1
    assert len(ADDED) == 2


def test_the_edition_can_be_switched_while_the_site_runs(site: Site) -> None:
    path = CORRECTED[0]
    _, headers, body = get(site, path)
    site.edition = 2
    status, _, corrected = get(site, path, If_None_Match=headers["etag"])
    assert status == 200
    assert b"Correction, 21 November 2026" not in body
    assert b"Correction, 21 November 2026" in corrected
    assert get(site, ADDED[0])[0] == 200


def test_the_same_text_stands_in_several_sections() -> None:
    groups: dict[str, list[Expected]] = {}
    for article in expected(2):
        if article.copies:
            groups.setdefault(article.copies, []).append(article)
    assert {name: len(group) for name, group in groups.items()} == {"phase3": 3, "xingshen": 2, "priority": 2}
    for group in groups.values():
        assert len({article.blocks for article in group}) == 1
        assert len({article.section for article in group}) == len(group)


def test_the_facts_of_an_article_come_from_its_content() -> None:
    article = next(article for article in ARTICLES if article.path == "/zh/company/a/20261028/155.html")
    assert article.published is not None
    assert article.published.isoformat() == "2026-10-28T18:05:00+08:00"
    assert (article.source, article.authors) == ("证券部", ("周昇",))
    assert article.first_sentence == "10月28日晚，砚池药业发布2026年第三季度报告。"
    assert article.last_sentence == "截至报告期末，公司货币资金为16.4亿元，资产负债率为27.1%。"
    assert article.paragraphs == 5


def test_the_reasons_for_refusal_are_ones_that_newsbot_knows(site: Site) -> None:
    assert set(refused().values()) <= set(Rejection)
    assert all(get(site, path)[0] == 200 for path in refused())


def test_the_site_misbehaves_on_demand(site: Site) -> None:
    assert get(site, "/status/503")[0] == 503
    assert get(site, "/gone")[0] == 410
    assert get(site, "/nowhere")[0] == 404
    assert get(site, "/slow?seconds=0.01")[0] == 200
    assert get(site, "/redirect/2")[1]["location"] == "/redirect/1"
    assert get(site, "/redirect/1")[1]["location"] == "/"
    assert get(site, "/redirect/to?url=http://10.0.0.1/")[1]["location"] == "http://10.0.0.1/"
    assert len(get(site, "/big?bytes=200000")[2]) == 200_000
    assert len(get(site, "/big?bytes=200000&length=no")[2]) == 200_000
    assert get(site, "/drip?seconds=0.2")[2] == b"  "
    assert b"Disallow: /private/" in get(site, "/robots.txt")[2]
    assert [status for _, status in site.log[:3]] == [503, 410, 404]


def test_one_connection_serves_many_requests(site: Site) -> None:
    client = http.client.HTTPConnection(urlsplit(site.base_url).netloc, timeout=10)
    for _ in range(3):
        client.request("GET", "/wire/")
        assert client.getresponse().read()
        assert client.sock is not None
    client.close()


def test_the_catalogue_takes_the_sources(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(sources_toml(BASE), "utf-8")
    catalogue = load_catalogue(file)
    for name in SOURCES:
        source = catalogue.find(name)
        assert source.enabled
        assert source.local
        assert source.delay == 0
        assert source.allowed_hosts == ("news.test",)


def test_the_sources_name_pages_that_exist(site: Site) -> None:
    addresses = re.findall(rf'"({re.escape(site.base_url)}[^"]*)"', sources_toml(site.base_url))
    assert len(addresses) >= 7
    assert all(get(site, address.removeprefix(site.base_url))[0] == 200 for address in addresses)
