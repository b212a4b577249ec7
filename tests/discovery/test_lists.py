"""List pages of our own making, in the builds that news sites use, with the noise that stands round a list."""

from __future__ import annotations

from datetime import UTC, date, datetime

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element

from newsbot.discovery.lists import ListPage, ListSelectors, read_list
from newsbot.extraction.tree import parse

URL = "https://www.example.com/news/index.html"

NAV = """<header id="header"><a href="/">Home</a><ul id="nav">
<li><a href="/news/">News</a><ul class="subnav"><li><a href="/news/company/">Company news</a></li>
<li><a href="/team/21.html">Our team of experienced clinical researchers</a></li></ul></li>
<li><a href="/products/7.html">Products</a></li><li><a href="/zh/news/index.html">中文</a></li></ul></header>
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/about.html">About the company and its people</a></div>"""
ASIDE = """<div class="sidebar"><h3>Most read</h3><ul class="hot-list">
<li><a href="/news/901.html">The most read article of the whole year on this site</a> 2024-01-01</li>
<li><a href="/news/902.html">The second most read article of the whole year here</a> 2024-01-02</li></ul></div>
<aside><h4><a href="/news/903.html">An article that an editor would recommend to you</a></h4></aside>"""
FOOT = """<div class="footer"><ul><li><a href="/service/3.html">Contract research services for small companies</a></li>
<li><a href="/legal/privacy-and-cookie-policy-of-the-company.html">Privacy policy</a></li></ul>
<a href="https://beian.miit.gov.cn/">沪ICP备00000000号-1</a>
<a href="https://de.example.com/news/11.html">Die Nachrichten dieser Firma in deutscher Sprache</a></div>"""


def page(main: str) -> _Element:
    """The tree that the spider makes of a page."""
    return parse(f"<html><body>{NAV}<div class='wrap'>{main}</div>{ASIDE}{FOOT}</body></html>")


def urls(found: ListPage) -> list[str]:
    return [link.url.removeprefix("https://www.example.com") for link in found.links]


def titles(found: ListPage) -> list[str | None]:
    return [link.hints.title for link in found.links]


HEADLINES = (
    "Harbour reports phase 3 results in lung cancer",
    "Regulator accepts the filing for review",
    "A licence deal worth 300 million dollars, and more to come",
)
CHINESE = (
    "港湾生物公布肺癌三期临床研究结果",
    "国家药监局受理其上市申请",
    "公司与某跨国药企达成三亿美元的授权合作协议",
)


def repeated(piece: str, words: tuple[str, ...] = HEADLINES) -> str:
    """The piece once for each headline: %(n)s counts from 11, %(t)s is the headline."""
    return "".join(piece % {"n": n, "t": words[n - 11]} for n in (11, 12, 13))


BUILDS = {
    "bare list": repeated('<li><a href="/news/%(n)s.html">%(t)s</a></li>').join(
        ("<ul class='list'>", "</ul>")
    ),
    "dates beside": "<ul>"
    + repeated('<li><span>2024-09-%(n)s</span><a href="%(n)s.html">%(t)s</a></li>')
    + "</ul>",
    "chinese": "<ul>"
    + repeated('<li><a href="%(n)s.html">%(t)s</a><em>09-%(n)s</em></li>', CHINESE)
    + "</ul>",
    "table": "<table>"
    + repeated('<tr><td>·</td><td><a href="/news/%(n)s.html">%(t)s</a></td><td>2024/9/%(n)s</td></tr>')
    + "</table>",
    "table for each": repeated(
        '<table class="tbspan"><tr><td><b><a href="/news/%(n)s.html" class="ulink">%(t)s</a></b></td></tr>'
        "<tr><td>日期：2024-09-%(n)s 点击：5 好评：0</td></tr>"
        "<tr><td>A teaser of the article in some words.</td></tr></table>"
    ),
    "definition list": "<dl>"
    + repeated(
        '<dt><a href="/news/%(n)s.html">%(t)s</a></dt><dd>Sept %(n)s, 2024 - A teaser of the article.</dd>'
    )
    + "</dl>",
    "whole card is the link": repeated(
        '<div class="item"><a class="card" href="/news/%(n)s.html"><p class="date">2024-09-%(n)s</p>'
        '<p class="title">%(t)s</p><p class="desc">The teaser tells in many more words what this is about...</p></a>'
        '<a href="/news/%(n)s.html" class="details">more</a></div>'
    ),
    "picture, title and more": repeated(
        '<article class="post-%(n)s post"><header><a href="/news/%(n)s.html"><img src="a.jpg"></a>'
        '<h2 class="entry-title"><a href="/news/%(n)s.html" rel="bookmark">%(t)s</a></h2>'
        '<a href="/author/jo/">Jo Berg</a> <a href="/category/deals/">Deals</a><time>September %(n)s, 2024</time>'
        '</header><p>The teaser.</p><a href="/news/%(n)s.html">Continue reading →</a></article>'
    ),
    "only more is a link": repeated(
        '<div class="post"><h4>%(t)s</h4><p>The teaser tells in many words what the article is about.</p>'
        '<a href="/news/%(n)s.html">Read more</a></div>'
    ),
    "rows of cards": "<div class='row'>"
    + repeated('<div class="col"><h3><a href="/news/%(n)s.html">%(t)s</a></h3></div>').replace(
        '<div class="col"><h3><a href="/news/13',
        '</div><div class="row"><div class="col"><h3><a href="/news/13',
    )
    + "</div>",
    "no structure": "<div class='content'>"
    + repeated('<a href="/news/%(n)s.html">%(t)s</a> 2024-09-%(n)s<br>')
    + "</div>",
    "states in classes": "<ul>"
    + repeated('<li class="odd n%(n)s"><a href="/news/%(n)s.html">%(t)s</a></li>').replace(
        "odd n12", "even first"
    )
    + "</ul>",
    "wordpress classes": '<div class="site-content has-sidebar">'
    + repeated(
        '<div class="post type-post category-deals tag-hot-topic%(n)s"><div class="entry-header position-relative">'
        '<h2><a href="/news/%(n)s.html">%(t)s</a></h2></div><p>The teaser.</p></div>'
    )
    + "</div>",
    "page builder classes": '<div class="elementor-widget elementor-widget-posts"><div class="border-bottom mb-3">'
    + repeated('<div class="card"><div class="card-header"><a href="/news/%(n)s.html">%(t)s</a></div></div>')
    + "</div></div>",
    "titles cut, whole in the attribute": "<ul>"
    + repeated('<li><a href="/news/%(n)s.html" title="%(t)s">%(t).20s...</a></li>')
    + "</ul>",
}


@pytest.mark.parametrize("main", BUILDS.values(), ids=BUILDS.keys())
def test_every_build_gives_its_articles_and_nothing_else(main: str) -> None:
    found = read_list(page(main), URL)
    assert urls(found) == ["/news/11.html", "/news/12.html", "/news/13.html"]
    expected = CHINESE if "港湾" in main else HEADLINES
    assert titles(found) == list(expected)
    assert all(link.hints.published is None for link in found.links)


ADDRESSES = {
    "slugs": "/2024/harbour-reports-phase-{n}-results-in-lung-cancer/",
    "ids in the query": "/show.aspx?id={n}",
    "dates in the path": "/art/2024/9/26/art_{n}_1.html",
    "far away": "/a/b/t20240926_{n}.shtml",
}


@pytest.mark.parametrize("form", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_addresses_of_articles_come_in_many_forms(form: str) -> None:
    wanted = [form.format(n=n) for n in (11, 12, 13)]
    items = "".join(f'<li><a href="{a}">{t}</a></li>' for a, t in zip(wanted, HEADLINES, strict=True))
    assert urls(read_list(page(f"<ul>{items}</ul>"), URL)) == wanted


def test_a_featured_article_built_differently_belongs_to_the_list() -> None:
    lead = (
        '<div class="lead"><a href="/news/10.html"><h2>The featured article of this very week</h2></a></div>'
    )
    items = repeated('<li><a href="/news/%(n)s.html">%(t)s</a> 2024-09-%(n)s</li>')
    found = read_list(page(f'<div class="news">{lead}<ul>{items}</ul></div>'), URL)
    assert urls(found) == [f"/news/{n}.html" for n in (10, 11, 12, 13)]


def test_two_dated_lists_on_a_home_page_both_count() -> None:
    piece = '<li><a href="/{}/%(n)s.html">%(t)s</a><i>2024-09-%(n)s</i></li>'
    main = "".join(
        f'<ul class="{name}">{repeated(piece.format(name))}</ul>' for name in ("company", "industry")
    )
    assert len(read_list(page(main), "https://www.example.com/").links) == 6


NO_LISTS = {
    "empty list": "<ul class='list'></ul>",
    "categories": "<ul>"
    + "".join(f'<li><a href="/news/{name}/">{name}</a></li>' for name in ("company", "industry", "events"))
    + "</ul>",
    "product names": "<ul>" + repeated('<li><a href="/p/%(n)s.html">Pump</a></li>') + "</ul>",
    "an article with neighbours": '<p>Text.</p><p>上一篇：<a href="/news/10.html">国家药监局受理其上市申请</a></p>'
    '<p>下一篇：<a href="/news/12.html">港湾生物公布肺癌三期临床研究结果</a></p>',
    "links of scripts": "<ul>"
    + repeated('<li><a href="javascript:go(%(n)s)">%(t)s</a> 2024-09-%(n)s</li>')
    + "</ul>",
    "another host": "<ul>"
    + repeated('<li><a href="https://other.example/%(n)s.html">%(t)s</a></li>')
    + "</ul>",
}


@pytest.mark.parametrize("main", NO_LISTS.values(), ids=NO_LISTS.keys())
def test_a_page_without_a_list_gives_none(main: str) -> None:
    assert read_list(page(main), URL).links == ()


def test_a_list_of_one() -> None:
    main = '<ul class="list"><li><a href="/news/11.html">Regulator accepts the filing</a><i>2024-09-26</i></li></ul>'
    assert urls(read_list(page(main), URL)) == ["/news/11.html"]


def test_dates_and_teasers_beat_a_longer_list_of_products() -> None:
    products = "".join(
        f'<li><a href="/p/{n}.html">Three-phase isolation pump {n}</a></li>' for n in range(20, 40)
    )
    articles = repeated(
        '<li><h3><a href="/news/%(n)s.html">%(t)s</a></h3><p>A teaser. 2024-09-%(n)s</p></li>'
    )
    found = read_list(page(f"<ul class='goods'>{products}</ul><ul class='list'>{articles}</ul>"), URL)
    assert urls(found) == ["/news/11.html", "/news/12.html", "/news/13.html"]


TITLES = {
    "Harbour reports phase 3 results in...": None,
    "Harbour reports phase 3 results in…": None,
    "国内出国医疗中介公司超千家 专家：小心虚假“": None,
    "《药品管理法": None,
    "<span>2024-09-26</span> Harbour reports results": None,
    "<b>1</b> Harbour reports phase 3 results": None,
    "Harbour reports <em>phase 3</em> results": "Harbour reports phase 3 results",
    "“领跑”行业的新药": "“领跑”行业的新药",
}


@pytest.mark.parametrize(("shown", "title"), TITLES.items())
def test_only_whole_titles_are_handed_on(shown: str, title: str | None) -> None:
    other = '<li><a href="/news/12.html">Other news of ours</a> 2024-09-25</li>'
    main = f'<ul><li><a href="/news/11.html">{shown}</a> 2024-09-26</li>{other}</ul>'
    assert read_list(page(main), URL).links[0].hints.title == title


def test_titles_that_a_site_cuts_in_silence_are_not_handed_on() -> None:
    cut = (
        "有的人说美国绝大多数的癌症患者是在当地诊",
        "国内出国医疗中介公司超千家专家要小心虚假",
        "癌症患者如何选择美国医院？",
    )
    main = "<ul>" + repeated('<li><a href="/news/%(n)s.html">%(t)s</a> 2024-09-%(n)s</li>', cut) + "</ul>"
    assert titles(read_list(page(main), URL)) == [None, None, cut[2]]


LIST = "<ul>" + repeated('<li><a href="/news/%(n)s.html">%(t)s</a> 2024-09-%(n)s</li>') + "</ul>"


def numbers(*addresses: str) -> str:
    """Links to pages, each with the last digit of its address for text."""
    return "".join(f"<a href='{a}'>{[*filter(str.isdigit, a)][-1]}</a>" for a in addresses)


PAGES = [
    # the list's address, what stands below it, the pages that come after
    (
        "/a/news/",
        "<ul class='pagess'><li>首页</li><li class='thisclass'>1</li><li><a href='list_10_2.html'>2</a></li>"
        "<li><a href='list_10_2.html'>下一页</a></li><li><a href='list_10_3.html'>末页</a></li></ul>",
        ["/a/news/list_10_2.html", "/a/news/list_10_3.html"],
    ),
    (
        "/a/news/list_10_2.html",
        "<a href='list_10_1.html'>首页</a><a href='list_10_1.html'>上一页</a><b>2</b>"
        + numbers("list_10_1.html", "list_10_3.html")
        + "<a href='list_10_3.html'>下一页</a>",
        ["/a/news/list_10_3.html"],
    ),
    (
        "/news/index.html",
        "<a href='index_1.html'>2</a><a href='index_2.html'>3</a>",
        ["/news/index_1.html", "/news/index_2.html"],
    ),
    (
        "/news/index_2.html",
        "<a href='index.html'>1</a><a href='index_3.html'>下页</a>",
        ["/news/index_3.html"],
    ),
    (
        "/news?cat=3",
        "<a href='?cat=3&amp;page=2'>2</a><a href='?cat=3&amp;page=2'>Next</a>",
        ["/news?cat=3&page=2"],
    ),
    ("/news?page=2", "<a href='?page=1'>Prev</a><a href='?page=3'>›</a>", ["/news?page=3"]),
    (
        "/blog/",
        numbers("/blog/page/2/")
        + "<a href='/blog/page/9/'>Last »</a><a href='/blog/page/2/'>Older posts</a>",
        ["/blog/page/2/", "/blog/page/9/"],
    ),
    ("/blog/page/2/", "<a href='/blog/'>1</a>" + numbers("/blog/page/3/"), ["/blog/page/3/"]),
    ("/news/", "<link rel='next' href='/news/more/b'>", ["/news/more/b"]),
    ("/news/", "<a rel='nofollow next' href='/news/more/b'>weiter</a>", ["/news/more/b"]),
    ("/news/", "<a href='/news/?p=2' aria-label='Next page'><i class='icon'></i></a>", ["/news/?p=2"]),
    ("/news.html", numbers("/news-2.html", "/news-3.html"), ["/news-2.html", "/news-3.html"]),
    ("/news/", "<a href='javascript:next()'>Next</a><a href='#'>2</a>", []),
    ("/news/", numbers("https://other.example/news/?page=2", "/shop/?page=2", "/news/2024/09/05/"), []),
    ("/news/", "<a href='/events/next'>Next</a>", []),
    ("/news/index.html", numbers("/news/?page=2", "/news/page/3"), ["/news/?page=2", "/news/page/3"]),
]


@pytest.mark.parametrize(
    ("address", "paging", "further"), PAGES, ids=[f"{row[0]} {n}" for n, row in enumerate(PAGES)]
)
def test_further_pages_of_the_same_list(address: str, paging: str, further: list[str]) -> None:
    found = read_list(
        page(LIST + f"<div class='pagination'>{paging}</div>"), f"https://www.example.com{address}"
    )
    assert [url.removeprefix("https://www.example.com") for url in found.next_pages] == further
    assert urls(found) == ["/news/11.html", "/news/12.html", "/news/13.html"]


DECLARED = """<base href="https://www.example.com/base/"><div class="box"><div class="row">
<a class="pic" href="11"><img></a><a class="t" href="11">Short…</a><h5>The title that stands apart</h5>
<i>发布：2024-09-26 10:00</i></div>
<div class="row"><a class="t" href="12">Another title</a><i>Sep 25, 2024</i></div>
<div class="row"><a class="t" href="https://other.example/13">Another host</a></div><div class="row">none</div></div>
<a class="older" href="/base/p2">further down</a>"""


def test_declared_selectors() -> None:
    selectors = ListSelectors(item=".row", link="a.t", title="h5", date="i", next="a.older")
    found = read_list(page(DECLARED), URL, selectors, "Asia/Shanghai")
    assert urls(found) == ["/base/11", "/base/12"]
    assert titles(found) == ["The title that stands apart", "Another title"]
    first, second = (link.hints.published for link in found.links)
    assert first is not None
    assert second is not None
    assert first.when == datetime(2024, 9, 26, 2, tzinfo=UTC)
    assert second.when == date(2024, 9, 25)
    assert found.next_pages == ("https://www.example.com/base/p2",)


@pytest.mark.parametrize("selectors", [ListSelectors(item=".row"), ListSelectors(link=".row a.t")])
def test_some_selectors_are_enough(selectors: ListSelectors) -> None:
    assert urls(read_list(page(DECLARED), URL, selectors)) == ["/base/11", "/base/12"]


def test_only_the_next_page_declared() -> None:
    found = read_list(
        page(LIST + "<p class='x'><a href='/news/z'>z</a></p>"), URL, ListSelectors(next=".x a")
    )
    assert len(found.links) == 3
    assert found.next_pages == ("https://www.example.com/news/z",)


PIECES = st.lists(
    st.sampled_from(
        ("<ul>", "</ul>", "<li>", "<a href='/news/1.html'>", "<a href='http://['>", "<a href='/news/?page=2'>2</a>",
         "<a href='3.html'>", "</a>", "<h2>", "</h2>", "2024-09-26", "国家药监局受理其上市申请",
         "<article>", "<table><tr><td>", "<div class='nav'>", "</div>", "<base href='//'>",
         "<dl><dt>", "<dd>", "next", "<!-- -->")
    ),
    max_size=40,
)  # fmt: skip


@given(PIECES)
def test_any_page_gives_links_of_its_own_host(pieces: list[str]) -> None:
    tree = lxml.html.document_fromstring(f"<html><body>{''.join(pieces)}<p>.</p></body></html>")
    found = read_list(tree, URL)
    for address in [*(link.url for link in found.links), *found.next_pages]:
        assert address.startswith("https://www.example.com/")
    assert len(set(urls(found))) == len(found.links)
