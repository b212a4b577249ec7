"""One spelling for each address."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsbot.urls import canonicalise, host_of, is_web

PIECES = st.sampled_from(
    [
        *(
            "http://",
            "https://",
            "HTTP://",
            "//",
            "/",
            "?",
            "#",
            "&",
            "=",
            ";",
            ":",
            "@",
            ".",
            "..",
            "%",
            "%2F",
        ),
        *(
            "example.com",
            "EXAMPLE.com",
            ":80",
            ":443",
            "[::1]",
            "新闻.cn",
            "user",
            "a",
            "b c",
            "+",
            "%e6%96%b0",
        ),
        *("utm_source=x", "id=1", ";jsessionid=12", "%3Bjsessionid=1", "jsessionid", "PHPSESSID=9", "sid=2"),
        *("\ud800", "\0", "\t", "\n", "é", "İ", "ﬁ", "%00", "%ff", "%25", "%2575tm_x=1", "%3f", "[", "]"),
    ]
)
ADDRESSES = st.lists(PIECES, max_size=12).map("".join) | st.lists(PIECES, max_size=8).map(
    lambda parts: "http://h.test/" + "".join(parts)
)


@given(ADDRESSES | st.text())
@example("http://h/a%3Bjsessionid=1")
@example("http://h/;jsession;jsessionid=" + "x" * 200 + "id=zzz")
@example("http://h/?\ud800=1")
@example("http://[::1")
@example("http://h:99999/")
def test_canonicalising_is_a_fixed_point_and_never_raises(url: str) -> None:
    once = canonicalise(url)
    assert canonicalise(once) == once


@given(ADDRESSES | st.text())
def test_questions_about_an_address_never_raise(url: str) -> None:
    host_of(url)
    is_web(url)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://Example.com/News/1.html", "https://example.com/News/1.html"),
        ("https://example.com:443/", "https://example.com/"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a"),
        ("https://example.com/a?id=7&fbclid=z&spm=1.2", "https://example.com/a?id=7"),
        ("https://example.com/a;jsessionid=0A1B?id=7", "https://example.com/a?id=7"),
        ("https://example.com/a?PHPSESSID=0a1b&id=7", "https://example.com/a?id=7"),
        ("https://example.com/a?sid=0123456789abcdef0123456789abcdef", "https://example.com/a"),
        ("  https://example.com/a ", "https://example.com/a"),
        ("https://example.com/新闻", "https://example.com/%E6%96%B0%E9%97%BB"),
    ],
)
def test_spellings_of_one_address(url: str, same: str) -> None:
    assert canonicalise(url) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/article.php?sid=12", "https://example.com/article.php?sid=13"),
        ("https://example.com/a?page=1", "https://example.com/a?page=2"),
        ("https://example.com/a?id=", "https://example.com/a"),
        ("https://example.com/A", "https://example.com/a"),
        ("http://example.com/", "https://example.com/"),
        ("https://example.com/a/", "https://example.com/a"),
    ],
)
def test_addresses_that_stay_apart(one: str, other: str) -> None:
    assert canonicalise(one) != canonicalise(other)


@pytest.mark.parametrize(
    "url", ["file:///home/me/Seed.txt#x", "about:blank", "ftp://h/a?utm_source=1", "", "a b"]
)
def test_what_is_not_on_the_web_comes_back_as_it_is(url: str) -> None:
    assert canonicalise(url) == url
    assert not is_web(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.com:443/a", "example.com"),
        ("http://user:secret@example.com:8080/", "example.com:8080"),
        ("file:///a", None),
        ("about:blank", None),
        ("http://[", None),
    ],
)
def test_host(url: str, host: str | None) -> None:
    assert host_of(url) == host
