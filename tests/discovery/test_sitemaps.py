"""Sitemaps of our own making: XML, gzip, text; and the lines of robots.txt that name them."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.discovery import trees
from newsbot.discovery.sitemaps import Sitemap, read_sitemap, sitemaps_in_robots
from newsbot.errors import FeedError

URL = "https://www.example.com/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

PAGES = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {SPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
 <url><loc>https://www.example.com/a?x=1&amp;y=2</loc><lastmod>2024-09-26</lastmod>
   <xhtml:link rel="alternate" hreflang="de" href="https://www.example.com/de/a"/>
   <image:image><image:loc>https://www.example.com/a.jpg</image:loc></image:image></url>
 <url>
   <loc> https://www.example.com/b </loc>
   <news:news>
     <news:publication><news:name>Example Daily</news:name><news:language>en</news:language></news:publication>
     <news:publication_date>2024-09-26T08:00:00+00:00</news:publication_date>
     <news:title>Merck &amp;amp; Co: a  deal</news:title>
   </news:news></url>
 <url><loc>https://www.example.com/a?x=1&amp;y=2</loc></url>
 <url><loc>mailto:desk@example.com</loc></url>
 <url><lastmod>2024-09-26</lastmod></url>
</urlset>"""

INDEX = f"""<sitemapindex {SPACE}>
 <sitemap><loc>https://www.example.com/s1.xml.gz</loc><lastmod>2024-09-26T08:00:00Z</lastmod></sitemap>
 <sitemap><loc>/s2.xml</loc></sitemap>
</sitemapindex>"""


def urls(sitemap: Sitemap) -> list[str]:
    return [link.url for link in sitemap.links]


def test_pages_with_what_google_news_says_of_them() -> None:
    found = read_sitemap(PAGES.encode(), URL)
    assert urls(found) == ["https://www.example.com/a?x=1&y=2", "https://www.example.com/b"]
    assert found.children == ()
    first, second = found.links
    assert first.modified == date(2024, 9, 26)
    assert second.hints.title == "Merck & Co: a deal"
    assert second.hints.published is not None
    assert second.hints.published.when == datetime(2024, 9, 26, 8, tzinfo=UTC)
    assert (second.hints.source, second.hints.language) == (None, "en")


def test_an_index_names_further_sitemaps() -> None:
    found = read_sitemap(INDEX.encode(), URL)
    assert [child.url for child in found.children] == [
        "https://www.example.com/s1.xml.gz",
        "https://www.example.com/s2.xml",
    ]
    assert found.children[0].modified == datetime(2024, 9, 26, 8, tzinfo=UTC)
    assert found.links == ()


FORMS = {
    "gzip": gzip.compress(PAGES.encode()),
    "two gzip members": gzip.compress(PAGES[:400].encode()) + gzip.compress(PAGES[400:].encode()),
    "no namespace": PAGES.replace(SPACE, "").encode(),
    "wrong namespace": PAGES.replace(SPACE, 'xmlns="http://www.google.com/schemas/sitemap/0.84"').encode(),
    "prefixed": PAGES.replace("<url>", "<s:url>").replace("</url>", "</s:url>").encode(),
    "torn off": PAGES[: PAGES.index("<url><lastmod>")].encode(),
    "gzip torn off": gzip.compress(PAGES.encode() + b" " * 10)[:-20],
    "utf-16": PAGES.replace("UTF-8", "UTF-16").encode("utf-16"),
    "text": b"\xef\xbb\xbfhttps://www.example.com/a?x=1&y=2\r\nnonsense\r\n\r\nHTTPS://www.example.com/b\r\n",
    "a feed": b"<rss><channel><item><link>https://www.example.com/a?x=1&amp;y=2</link></item>"
    b"<item><link>https://www.example.com/b</link></item></channel></rss>",
}


@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS.keys())
def test_all_forms_give_the_same_pages(body: bytes) -> None:
    assert urls(read_sitemap(body, URL))[:2] == [
        "https://www.example.com/a?x=1&y=2",
        "https://www.example.com/b",
    ]


def test_fifty_thousand_pages() -> None:
    lines = "".join(f"<url><loc>https://www.example.com/{n}</loc></url>" for n in range(50_000))
    found = read_sitemap(gzip.compress(f"<urlset {SPACE}>{lines}</urlset>".encode()), URL)
    assert len(found.links) == 50_000
    assert found.links[-1].url == "https://www.example.com/49999"


NO_SITEMAPS = {
    b"": "is empty",
    b"\x1f\x8b": "is empty",
    b"<html><body>404</body></html>": "an HTML page",
    b"not found": "neither XML nor a list",
    b"<rdfs/>": "not a sitemap",
}


@pytest.mark.parametrize(("body", "problem"), NO_SITEMAPS.items(), ids=NO_SITEMAPS.values())
def test_what_is_no_sitemap_is_said_in_a_sentence(body: bytes, problem: str) -> None:
    with pytest.raises(FeedError, match=problem):
        read_sitemap(body, URL)


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MAX_UNPACKED", 1024 * 1024)
    with pytest.raises(FeedError, match="unpacks to more than 1 MiB"):
        read_sitemap(gzip.compress(b" " * 1024 * 1024 * 3), URL)
    many = gzip.compress(b" " * 300_000) * 8
    with pytest.raises(FeedError, match="unpacks to more than 1 MiB"):
        read_sitemap(many, URL)


def test_entities_are_not_resolved() -> None:
    text = f'<!DOCTYPE u [<!ENTITY e "https://evil.example/">]><urlset {SPACE}><url><loc>&e;a</loc></url></urlset>'
    assert "evil" not in str(read_sitemap(text.encode(), URL))


def test_robots_lines() -> None:
    robots = b"""User-agent: *
Disallow: /search
sitemap:https://www.example.com/s1.xml
 Sitemap : https://www.example.com/s2.xml # news
Sitemap: https://www.example.com/s1.xml
Sitemap: /relative.xml
Sitemap: ftp://www.example.com/s3.xml
# Sitemap: https://www.example.com/no.xml
"""
    assert sitemaps_in_robots(robots) == ("https://www.example.com/s1.xml", "https://www.example.com/s2.xml")
    assert sitemaps_in_robots(b"\xff\xfe\0") == ()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_sitemap_or_a_feed_error(body: bytes) -> None:
    packed = gzip.compress(body)
    for whole in (body, b"<urlset><url><loc>" + body, packed, packed[:-5], b"\x1f\x8b" + body):
        try:
            read_sitemap(whole, URL)
        except FeedError:
            continue
    sitemaps_in_robots(b"Sitemap: " + body)
