"""Addresses of one article: which may be, and which are surely two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.twins import page_keys, trusted_canonical, twin_key
from newsbot.urls import canonicalise

ONE = "https://example.com/news/1.html"


@pytest.mark.parametrize(
    "twin",
    [
        "http://example.com/news/1.html",
        "https://www.example.com/news/1.html",
        "https://m.example.com/news/1.html",
        "https://wap.example.com/news/1.html?utm_source=x",
        "https://amp.example.com/news/1.html",
        "https://example.com/amp/news/1.html",
        "https://example.com/m/news/1.html",
        "https://example.com/news/1.html/",
        "https://example.com/news/1.html/amp",
        "https://example.com/news/1.html/amp/",
        "https://example.com/news/1.amp.html",
        "https://example.com/news/1.html?amp",
        "https://example.com/news/1.html?amp=1",
        "https://example.com/news/1.html?outputType=amp",
        "https://example.com/news/1.html?print=1",
        "https://example.com/news/1.html/print",
        "https://www.google.com/amp/s/example.com/news/1.html",
        "https://example-com.cdn.ampproject.org/c/s/example.com/news/1.html",
    ],
)
def test_twins(twin: str) -> None:
    assert twin_key(twin) == twin_key(ONE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ONE, "https://example.com/news/2.html"),
        (ONE, "https://example.com/news/1_2.html"),
        (ONE, "https://example.org/news/1.html"),
        (ONE, "https://news.example.com/news/1.html"),
        ("https://example.com/?id=1", "https://example.com/?id=2"),
        ("https://example.com/a?id=1", "https://example.com/a"),
        ("https://example.com/#!/a/1", "https://example.com/#!/a/2"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/a"),
        ("https://m.com/a", "https://com/a"),
    ],
)
def test_no_twins(one: str, other: str) -> None:
    assert twin_key(one) != twin_key(other)


def test_what_is_no_address_has_no_key() -> None:
    assert twin_key("file:///a/b.html") is None
    assert page_keys("file:///a/b.html", ONE) == ()


@given(st.text(), st.text())
def test_any_text_is_answered(one: str, other: str) -> None:
    twin_key(one)
    trusted_canonical(one, other)
    twin_key(f"https://{one}/{other}")
    trusted_canonical(f"https://{one}/a", f"https://{one}/{other}")


@given(st.from_regex(r"https?://(www\.|m\.)?[a-z]{1,5}\.test/[a-z0-9/._?=&-]{0,30}", fullmatch=True))
def test_a_key_is_that_of_the_canonical_address(url: str) -> None:
    assert twin_key(canonicalise(url)) == twin_key(url)
    assert canonicalise(canonicalise(url)) == canonicalise(url)


@pytest.mark.parametrize(
    ("page", "declared", "trusted"),
    [
        ("https://m.example.com/a/12345.html", "https://www.example.com/a/12345.html", True),
        ("https://example.com/a/12345.html?x=1", "https://example.com/a/12345.html", True),
        (
            "https://www.example.com.cn/c/t20260101_5555.html",
            "http://example.com.cn/c/t20260101_5555.html",
            True,
        ),
        ("http://127.0.0.1:8123/a?p=1", "http://127.0.0.1:8123/a", True),
        ("https://example.com/a/12345/amp", "https://example.com/a/12345", True),
        ("https://example.com/a/12345.html", "https://example.com/", False),
        ("https://example.com/a/12345.html", "https://example.com/index.html", False),
        ("https://example.com/a/12345.html", "https://example.com/en/", False),
        ("https://example.com/a/12345.html", "https://example.com/a/", False),
        ("https://example.com/a/12345.html", "https://example.com/list_2.html", False),
        ("https://example.com/a/12345.html", "https://example.com/category/drugs", False),
        ("https://example.com/a/12345.html", "https://example.com/news?page=2", False),
        ("https://example.com/a/12345.html", "https://example.com/404", False),
        ("https://example.com/a/12345.html", "https://example.com/a/67890.html", False),
        ("https://example.com/a/123_2.html", "https://example.com/a/123.html", False),
        ("https://example.com/a/12345.html", "https://elsewhere.test/a/12345.html", False),
        ("https://a.com.cn/a/12345.html", "https://b.com.cn/a/12345.html", False),
        ("https://example.com/a/12345.html", "https://example.com/a/12345.html", False),
        ("https://example.com/a/12345.html", "javascript:alert(1)", False),
        ("https://example.com/a/12345.html", None, False),
    ],
)
def test_what_a_page_declares(page: str, declared: str | None, trusted: bool) -> None:
    assert (trusted_canonical(page, declared) is not None) is trusted
