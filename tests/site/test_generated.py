"""The generated site of the benchmarks: the same at every time, with what it promises on its pages."""

from __future__ import annotations

from benchmarks.crawl import Result, faults, summary
from benchmarks.site import Store, make_items, render, sitemap

COUNT = 100


def test_the_pages_are_the_same_at_every_time_and_differ_from_each_other() -> None:
    first, second = render(make_items(COUNT)), render(make_items(COUNT))
    assert first == second
    assert len(set(first.values())) == COUNT


def test_three_in_a_hundred_texts_are_exact_copies() -> None:
    texts = [item.text for item in make_items(COUNT)]
    assert len(texts) == COUNT
    assert len(set(texts)) == COUNT - 3
    assert {text.chinese for text in texts} == {True, False}
    assert all(8 <= len(text.paragraphs) <= 20 for text in texts)


def test_the_pages_have_the_size_of_real_ones() -> None:
    sizes = [len(page) for page in render(make_items(COUNT)).values()]
    assert min(sizes) > 12_000
    assert max(sizes) < 45_000


def test_the_sitemap_names_every_page() -> None:
    items = make_items(COUNT)
    body = sitemap(items, "http://x").decode()
    assert body.count("<loc>http://x/") == COUNT
    assert all(f"<loc>http://x{path}</loc>" in body for path in render(items))


def test_the_server_knows_its_tags_and_counts() -> None:
    store = Store()
    store.add("/a", b"text", "text/html")
    full = store.answer(b"GET /a HTTP/1.1\r\nHost: x")
    assert full.endswith(b"\r\n\r\ntext")
    tag = full.split(b"ETag: ")[1].split(b"\r\n")[0]
    assert store.answer(b"GET /a HTTP/1.1\r\nIf-None-Match: " + tag).startswith(b"HTTP/1.1 304")
    assert store.answer(b"GET /b HTTP/1.1").startswith(b"HTTP/1.1 404")
    assert b'"requests": 3' in store.answer(b"GET /_stats HTTP/1.1")
    assert b'"requests": 0, "first": null' in store.answer(b"GET /_reset HTTP/1.1")


def result(what: str, seconds: float, articles: int | None, **changes: int) -> Result:
    facts = {"round": 1, "requests": COUNT + 2, "exit_code": 0, **changes}
    return Result(what=what, seconds=seconds, cpu=seconds, articles=articles, **facts)


def test_a_lost_article_is_a_failure_of_the_benchmark() -> None:
    good = [result("bare", 1.0, None), result("full", 4.0, COUNT)]
    assert faults(good, COUNT) == []
    assert summary(good, COUNT)["full_by_bare"] == 0.25
    assert faults([result("full", 4.0, COUNT - 1)], COUNT) == ["round 1, full: 99 articles of 100 pages"]
    assert faults([result("full", 4.0, COUNT, exit_code=1)], COUNT) == ["round 1, full: ended with 1"]
    assert faults([result("bare", 4.0, None, requests=7)], COUNT) == [
        "round 1, bare: 7 requests for 100 pages"
    ]
