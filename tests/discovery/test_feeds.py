"""Feeds of our own making, whole and broken."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.discovery.feeds import Feed, read_feed
from newsbot.errors import FeedError
from newsbot.model import Zone

URL = "https://feeds.example.com/news/rss.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>Harbour Biotech &amp;amp; Friends</title>
  <link>https://www.example.com/</link>
  <language>en-GB</language>
  <atom:link rel="self" href="https://feeds.example.com/news/rss.xml"/>
  <atom:link rel="next" href="rss.xml?page=2"/>
  <item>
    <title><![CDATA[Phase&nbsp;3 readout: p &lt; 0.05 in <i>EGFR</i> disease]]></title>
    <media:title>A picture's caption</media:title>
    <link> https://www.example.com/2024/09/readout </link>
    <guid isPermaLink="false">tag-1</guid>
    <pubDate>Thu, 26 Sep 2024 15:56:19 +0800</pubDate>
    <author>desk@example.com (Mei Lin)</author>
    <dc:creator>Jo Berg</dc:creator>
    <source url="https://wire.example.net/rss">Example Wire</source>
  </item>
  <item>
    <title>Relative</title>
    <link>/2024/09/relative</link>
    <pubDate>2024-09-25</pubDate>
    <author>desk@example.com</author>
  </item>
  <item>
    <title>Only a permanent guid</title>
    <guid>https://www.example.com/2024/09/guid</guid>
    <pubDate>soon</pubDate>
  </item>
  <item><title>No address</title><guid isPermaLink="false">nowhere</guid></item>
  <item><title>Not of the web</title><link>ftp://example.com/a</link></item>
  <item><title>Script</title><link>javascript:alert(1)</link></item>
  <item><title>Again</title><link>https://www.example.com/2024/09/readout</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title type="html">News &amp;amp; views</title>
  <link rel="self" href="https://atom.example.com/feed"/>
  <link rel="next" href="/feed?page=2"/>
  <entry xml:base="https://atom.example.com/a/">
    <id>tag:atom.example.com,2024:1</id>
    <title type="html">A &lt;b&gt;bold&lt;/b&gt; step</title>
    <link rel="enclosure" href="sound.mp3"/>
    <link rel="alternate" type="application/json" href="one.json"/>
    <link rel="alternate" type="text/html" href="one"/>
    <published>2024-09-26T08:00:00Z</published>
    <updated>2024-09-27T09:30:00+01:00</updated>
    <author><name>Ana Paz</name><email>ana@example.com</email></author>
    <source><id>x</id><title>Primary Journal</title></source>
  </entry>
  <entry xml:lang="zh-CN">
    <id>2</id>
    <title>x &lt; y and <![CDATA[<z>]]></title>
    <link href="https://atom.example.com/b"/>
    <updated>2024-09-27</updated>
  </entry>
</feed>"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://rdf.example.jp/"><title>お知らせ</title><link>https://rdf.example.jp/</link>
    <dc:language>ja</dc:language></channel>
  <item rdf:about="https://rdf.example.jp/1"><title>医薬品の安全性</title><link>https://rdf.example.jp/1</link>
    <dc:date>2024-09-26T10:00:00+09:00</dc:date></item>
  <item rdf:about="https://rdf.example.jp/2"><title>二番目</title></item>
</rdf:RDF>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Notes",
    "language": "en",
    "next_url": "https://json.example.com/2.json",
    "items": [
        {
            "id": 7,
            "url": "/a",
            "title": "A <note>",
            "date_published": "2024-09-26T08:00:00Z",
            "date_modified": "2024-09-27T08:00:00Z",
            "authors": [{"name": "Ana Paz"}, {"url": "https://x.example"}, "odd"],
        },
        {"id": "8", "external_url": "https://json.example.com/b", "author": {"name": "Old Style"}},
        {"id": "9", "url": 5},
        "odd",
    ],
}


def read(text: str, encoding: str = "utf-8", **more: str) -> Feed:
    return read_feed(text.encode(encoding), URL, **more)


def urls(feed: Feed) -> list[str]:
    return [link.url for link in feed.links]


def test_rss_entries_with_all_that_is_said_of_them() -> None:
    feed = read(RSS, zone="Asia/Shanghai")
    assert feed.title == "Harbour Biotech & Friends"
    assert feed.next_url == "https://feeds.example.com/news/rss.xml?page=2"
    assert urls(feed) == [
        f"https://www.example.com/2024/09/{name}" for name in ("readout", "relative", "guid")
    ]
    first, second, third = feed.links
    assert first.hints.title == "Phase 3 readout: p < 0.05 in EGFR disease"
    assert first.hints.published is not None
    assert first.hints.published.text == "Thu, 26 Sep 2024 15:56:19 +0800"
    assert first.hints.published.zone is Zone.STATED
    assert first.hints.authors == ("Mei Lin", "Jo Berg")
    assert (first.hints.source, first.hints.language, first.id) == ("Example Wire", "en-gb", "tag-1")
    assert second.hints.published is not None
    assert second.hints.published.when == date(2024, 9, 25)
    assert second.hints.authors == ()
    assert third.hints.published is None
    assert third.id == "https://www.example.com/2024/09/guid"


def test_atom_entries() -> None:
    feed = read_feed(ATOM.encode(), "https://atom.example.com/feed")
    first, second = feed.links
    assert (feed.title, feed.next_url) == ("News & views", "https://atom.example.com/feed?page=2")
    assert first.url == "https://atom.example.com/a/one"
    assert first.hints.title == "A bold step"
    assert first.hints.authors == ("Ana Paz",)
    assert first.hints.source == "Primary Journal"
    assert first.modified == datetime(2024, 9, 27, 8, 30, tzinfo=UTC)
    assert second.hints.title == "x < y and <z>"
    assert second.hints.published is None
    assert second.modified == date(2024, 9, 27)
    assert (first.hints.language, second.hints.language) == ("en", "zh-cn")


def test_rdf_entries() -> None:
    feed = read(RDF)
    assert urls(feed) == ["https://rdf.example.jp/1", "https://rdf.example.jp/2"]
    assert [link.hints.title for link in feed.links] == ["医薬品の安全性", "二番目"]
    assert feed.links[0].hints.language == "ja"
    assert feed.links[0].hints.published is not None


def test_json_entries() -> None:
    feed = read_feed(json.dumps(JSON).encode(), "https://json.example.com/1.json", "application/feed+json")
    first, second = feed.links
    assert (feed.title, feed.next_url) == ("Notes", "https://json.example.com/2.json")
    assert (first.url, first.id, first.hints.title) == ("https://json.example.com/a", "7", "A <note>")
    assert first.hints.authors == ("Ana Paz",)
    assert first.modified == datetime(2024, 9, 27, 8, tzinfo=UTC)
    assert (second.url, second.hints.authors) == ("https://json.example.com/b", ("Old Style",))


CHINESE = '<?xml version="1.0" encoding="{}"?><rss><channel><item><title>国家药监局：附条件批准上市</title><link>http://a.example.cn/1</link></item></channel></rss>'


@pytest.mark.parametrize(
    ("declared", "real", "content_type"),
    [
        ("gb2312", "gbk", None),
        ("GBK", "gb18030", "text/xml"),
        ("utf-8", "gbk", None),
        ("iso-8859-1", "utf-8", "text/xml; charset=iso-8859-1"),
        ("gb2312", "utf-8", None),
        ("utf-16", "utf-16", None),
        ("utf-16", "utf-16-le", None),
        ("utf-16", "utf-8", None),
        ("big5", "utf-8-sig", None),
        ("punycode", "utf-8", "text/xml; charset=zip"),
    ],
)
def test_chinese_titles_in_any_encoding(declared: str, real: str, content_type: str | None) -> None:
    feed = read_feed(CHINESE.format(declared).encode(real), URL, content_type)
    assert [link.hints.title for link in feed.links] == ["国家药监局：附条件批准上市"]


BROKEN = {
    "torn off": RSS[: RSS.index("<item><title>No address")] + "<item><title>Torn",
    "stray ampersand": RSS.replace("Relative", "Merck & Co &copy; &nosuch;"),
    "control characters": RSS.replace("Relative", "Rel\x08a\x00tive"),
    "namespaces undeclared": RSS.replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
    "words before it": "Warning: date() in /srv/x.php on line 3\n" + RSS,
    "blank lines before it": "\n\n  " + RSS,
    "closing tags missing": RSS.replace("</item>", ""),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_feed_gives_its_entries(text: str) -> None:
    found = urls(read(text))
    assert found[0] == "https://www.example.com/2024/09/readout"
    assert "https://www.example.com/2024/09/relative" in found or "closing" not in text
    assert read(text).links[0].hints.authors == ("Mei Lin", "Jo Berg")


NO_FEEDS = {
    b"": "is empty",
    b" \n\0": "is empty",
    b"<!DOCTYPE html><html><body><p>Not found</p></body></html>": "an HTML page, not a feed",
    b"Access denied": "is no feed",
    b"<urlset/>": "a <urlset> document",
    b"{": "JSON that breaks off",
    b'{"items": []}': "no JSON Feed",
    b"[" * 100_000: "JSON that breaks off",
    b"<": "is no XML",
    b"<a>" * 1_000_001: "more than 1,000,000 tags",
    b" " * (16 * 1024 * 1024 + 1): "larger than 16 MiB",
}


@pytest.mark.parametrize(("body", "problem"), NO_FEEDS.items(), ids=NO_FEEDS.values())
def test_what_is_no_feed_is_said_in_a_sentence(body: bytes, problem: str) -> None:
    with pytest.raises(FeedError, match=problem) as caught:
        read_feed(body, URL)
    assert caught.value.url == URL


def test_an_empty_feed_is_a_feed() -> None:
    assert read('<rss version="2.0"><channel><title>Quiet</title></channel></rss>') == Feed(
        title="Quiet", links=()
    )


def bomb(one_line: bool) -> str:
    lines = ["<!DOCTYPE rss [", '<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    text = ("" if one_line else "\n").join([*lines, "]>"])
    return f"{text}<rss><channel><item><title>&a11;</title><link>https://e.example/&a11;</link></item></channel></rss>"


@pytest.mark.parametrize("one_line", [True, False])
def test_an_entity_bomb_stays_unexploded(one_line: bool) -> None:
    feed = read(bomb(one_line))
    assert all(len(link.url) < 200 and len(link.hints.title or "") < 100 for link in feed.links)


def test_external_entities_are_not_read(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret"
    with open(secret, "w", encoding="utf-8") as file:
        file.write("the secret words")
    text = (
        f'<!DOCTYPE rss [<!ENTITY s SYSTEM "file://{secret}"><!ENTITY % p SYSTEM "file://{secret}"> %p;]>'
        "<rss><channel><item><title>got &s;</title><link>https://e.example/1</link></item></channel></rss>"
    )
    assert "secret words" not in str(read(text))


def test_markup_and_control_characters_do_not_reach_a_title() -> None:
    item = "<item><link>https://e.example/1</link><title>{}</title></item>"
    hostile = "a&lt;script&gt;alert(1)&lt;/script&gt; \u202eb\u0007&#27;[31m"
    title = read(f"<rss><channel>{item.format(hostile)}</channel></rss>").links[0].hints.title
    assert title == "aalert(1) b[31m"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_a_feed_error(body: bytes) -> None:
    for prefix in (
        b"",
        b"<rss><channel><item><link>",
        b'<?xml version="1.0" encoding="gbk"?><feed><entry>',
        b"{",
    ):
        try:
            read_feed(prefix + body, URL, "text/xml; charset=gb2312")
        except FeedError:
            continue


@given(st.data())
def test_a_damaged_feed_is_a_feed_or_a_feed_error(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from((RSS, ATOM, RDF, json.dumps(JSON), bomb(True)))).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 12))] = data.draw(
            st.sampled_from(
                (
                    b"",
                    b"<",
                    b"&#99999999999;",
                    b"http://[",
                    b"<![CDATA[",
                    b"\xed\xa0\x80",
                    b"9" * 30,
                    b"xml:base='['",
                )
            )
        )
    try:
        for link in read_feed(bytes(body), URL).links:
            assert link.url.startswith(("http://", "https://"))
    except FeedError:
        pass
