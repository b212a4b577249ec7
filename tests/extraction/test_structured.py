"""What pages declare in markup for machines, broken or not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newsbot.extraction.structured import (
    article_node,
    is_news,
    names_at,
    read_declared,
    read_itemprops,
    read_json_ld,
    text_at,
)

ARTICLE = {"@type": "NewsArticle", "headline": "A drug was approved", "datePublished": "2024-05-03"}


def declared(head: str):  # type: ignore[no-untyped-def]  # the dataclass is named in the tests that use it
    return read_declared(html.document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>"))


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ARTICLE),
        json.dumps([{"@type": "WebSite", "name": "x"}, ARTICLE]),
        json.dumps({"@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE).replace("approved", "approved\n"),
        json.dumps(ARTICLE)[:-1] + ', "description": "a "quoted" word"}',
        json.dumps({**ARTICLE, "@type": ["https://schema.org/NewsArticle", "Report"]}),
        json.dumps({"@type": "WebSite", "name": "x"}) + "\n" + json.dumps(ARTICLE),
        json.dumps({"@type": "WebSite", "name": "x"}) + "," + json.dumps(ARTICLE) + ";",
        f"[{json.dumps({'@type': 'WebSite'})} {json.dumps(ARTICLE)}]",
        f"/* <![CDATA[ */ {json.dumps(ARTICLE)} /* ]]> */",
        f"<!--//<![CDATA[ {json.dumps(ARTICLE)} //]]>-->",
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps(ARTICLE)[:-1] + ', "image": , "wordCount": }',
        json.dumps(ARTICLE)[:-1] + r', "description": "the drug\'s price"}',
        '{"@type": "NewsArticle",\n"headline": "A drug was approved"\n"datePublished": "2024-05-03"}',
    ],
)
def test_the_article_is_found(text: str) -> None:
    node = article_node(declared(f"<script type='application/ld+json'>{text}</script>"))

    assert text_at(node, "headline") == "A drug was approved"
    assert text_at(node, "datePublished") == "2024-05-03"


def test_an_article_beats_a_page_and_a_video() -> None:
    nodes = [{"@type": "WebPage", "headline": "Section"}, {"@type": "VideoObject", "name": "Clip"}, ARTICLE]

    node = article_node(declared(f"<script type='application/ld+json'>{json.dumps(nodes)}</script>"))

    assert text_at(node, "headline") == "A drug was approved"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ({"@type": "Person", "name": "Jane Doe"}, ["Jane Doe"]),
        ([{"name": "Jane Doe"}, "John Roe"], ["Jane Doe", "John Roe"]),
        ({"@type": "Person", "name": ["Jane Doe", "John Roe"]}, ["Jane Doe", "John Roe"]),
        ({"@type": "Person", "givenName": "Jane", "familyName": "Doe"}, ["Jane Doe"]),
        ({"@id": "#j"}, ["Jane Doe"]),
        ({"@id": "#nobody"}, []),
        ({"@type": "Person", "name": ""}, []),
        (None, []),
        (7, []),
    ],
)
def test_names_of_people(author: object, names: list[str]) -> None:
    node = {**ARTICLE, "author": author}
    nodes = (node, {"@type": "Person", "@id": "#j", "name": "Jane Doe"})

    assert [name for name, _ in names_at(nodes, node, "author")] == names


def test_a_reference_to_itself_ends() -> None:
    node = {"@type": "Person", "@id": "#a", "author": {"@id": "#a"}}

    assert names_at((node,), node, "author") == ()


def test_meta_elements_by_any_of_their_names() -> None:
    found = declared(
        "<meta property='OG:Title' content=' A  title '><meta name='PubDate' content='2024-05-03'>"
        "<meta itemprop='headline' content='H'><meta name='empty' content=''><meta name='a' content='1'><meta "
        "name='a' content='2'>"
    )

    assert found.meta("og:title") == "A title"
    assert found.meta("missing", "pubdate") == "2024-05-03"
    assert found.meta("empty") is None
    assert found.metas["a"] == ("1", "2")


def test_microdata_reads_the_name_inside_an_author() -> None:
    tree = html.document_fromstring(
        "<div><span itemprop='author' itemscope><img><b itemprop='name'>Jane Doe</b> writes about health</span>"
        "<time itemprop='datePublished' datetime='2024-05-03'>May</time></div>"
    )

    found = read_itemprops(tree)

    assert found["author"] == ["Jane Doe"]
    assert found["datepublished"] == ["2024-05-03"]


def test_no_tree_declares_nothing() -> None:
    assert read_declared(None).metas == {}
    assert read_itemprops(None) == {}


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, '{"a":' * 50_000, "null", "7", '"text"', '{"@type": ' + "[" * 300]
)
def test_hostile_json_is_survived(text: str) -> None:
    assert read_json_ld(text) == []


@given(
    st.recursive(
        st.none() | st.text(max_size=9) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "author", "name", "@graph", "headline", "datePublished", "@id", "mainEntity"]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_no_json_raises(value: object) -> None:
    nodes = tuple(read_json_ld(json.dumps(value)))
    for node in nodes:
        names_at(nodes, node, "author")
        text_at(node, "headline", "name")


def test_a_person_that_refers_to_nothing_has_no_name() -> None:
    nodes = tuple(read_json_ld(json.dumps({"@type": None, "author": {"@id": None}, "name": None})))
    assert names_at(nodes, nodes[0], "author") == ()


def test_broken_beyond_repair_the_type_of_the_article_and_its_author_are_seen() -> None:
    text = (
        '{"@graph": [{"@type": "Organization"}, {"@type": "NewsArticle", "headline": "A "big" day", '
        '"headline": "A drug was approved", "datePublished": "2024-05-03", '
        '"author": [{"@type": "Person", "name": "Jane Doe"}]'
    )

    node = article_node(declared(f"<script type='application/ld+json'>{text}</script>"))

    assert node is not None
    assert node["@type"] == "NewsArticle"
    assert [name for name, _ in names_at((node,), node, "author")] == ["Jane Doe"]


@pytest.mark.parametrize(
    "place",
    [
        {"url": "http://www.health.example/a/1/"},
        {"@id": "https://health.example/a/1#article"},
        {"mainEntityOfPage": {"@id": "https://health.example/a/1"}},
    ],
)
def test_the_node_with_the_pages_address_is_its_article(place: dict[str, object]) -> None:
    others = [{**ARTICLE, "headline": f"Another {n}", "url": f"https://health.example/a/{n}"} for n in (2, 3)]
    nodes = [*others, {"@type": "Article", "headline": "A drug was approved", **place}]
    head = (
        "<link rel='canonical' href='https://health.example/a/1'>"
        f"<script type='application/ld+json'>{json.dumps(nodes)}</script>"
    )

    assert text_at(article_node(declared(head)), "headline") == "A drug was approved"


def test_a_page_with_the_address_does_not_beat_an_article_without() -> None:
    nodes = [{"@type": "WebPage", "headline": "Section", "url": "https://health.example/a/1"}, ARTICLE]
    head = (
        "<meta property='og:url' content='https://health.example/a/1'>"
        f"<script type='application/ld+json'>{json.dumps(nodes)}</script>"
    )

    assert text_at(article_node(declared(head)), "headline") == "A drug was approved"


@pytest.mark.parametrize(
    ("kind", "news"),
    [("NewsArticle", True), ("ReportageNewsArticle", True), ("BlogPosting", False), ("WebPage", False)],
)
def test_journalistic_types(kind: str, news: bool) -> None:
    assert is_news({"@type": kind}) is news


def test_a_parsely_page_is_taken_apart() -> None:
    value = json.dumps({"title": "A &amp; B", "author": "Jane Doe", "pub_date": "2024-05-03", "link": 7})

    found = declared(
        f"<meta name='parsely-page' content='{value}'><meta name='parsely-author' content='John Roe'>"
    )

    assert found.meta("parsely-title") == "A & B"
    assert found.meta("parsely-author") == "John Roe"
    assert found.meta("parsely-pub-date") == "2024-05-03"
    assert declared("<meta name='parsely-page' content='[broken'>").meta("parsely-title") is None


@pytest.mark.parametrize("piece", ['{"a":1}', '"a": , ', "\\'", '"author": [{"', "<!--", "&quot;"])
def test_a_megabyte_of_faults_is_survived(piece: str) -> None:
    assert isinstance(read_json_ld(piece * (900_000 // len(piece))), list)
