"""Search: the same answer whichever way it is found, for common words and rare ones, few articles and many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from newsbot.query import parse_query
from newsbot.store import Database, searching
from newsbot.store.connection import Access
from tests.builders import LONG, NOON, about, accepted, later, page, published

NUMBER = 60
NOW = later(NUMBER * 24)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Sixty articles, one a day; some marked as Chinese, some copies, some changed."""
    path = tmp_path_factory.mktemp("many") / "n.db"
    with Database(path, Access.WRITE) as db:
        for number in range(NUMBER):
            text = about(number - (number % 5 == 0))
            fields = {
                "language": "zh" if number % 3 == 0 else "en",
                "authors": ("Ann Jane", "Doe Smith") if number % 2 else ("Jane Doe",),
                "published": published((NOON + timedelta(days=number, hours=number % 7)).date()),
            }
            where = page(f"https://h{number % 4}.test/{number}.html", fetched=later(number * 24))
            db.record(accepted(where, f"Common words. {text}", f"Title {number}", **fields))
            if number % 7 == 0:
                again = replace(where, fetched=later(number * 24 + 30))
                db.record(accepted(again, f"Common words, corrected. {text}", f"Title {number}", **fields))
        yield db


QUERIES = [
    "common",
    "common lang:zh",
    "common -lang:en",
    "common copies:all lang:zh",
    "common -corrected",
    "common -site:h1.test",
    "common site:h1.test OR corrected",
    "corrected OR lang:zh",
    "corrected OR -common",
    "common since:2026-12-01",
    "common until:2026-12-01",
    'author:"Jane Doe"',
    'common author:"Jane Doe" OR title:7',
    "title:7 OR title:9 OR site:h3.test",
    "common words since:40d until:20d copies:all",
]
WAYS = [
    {"COMMON": 0},
    {"COMMON": 0, "SELECTIVE": 0, "WALKED": 7, "POOL": 5, "READ": 2},
    {"SELECTIVE": 0},
]


@pytest.mark.parametrize("as_of", [None, later(30 * 24 + 1)])
@pytest.mark.parametrize("text", QUERIES)
def test_however_it_is_found_the_answer_is_the_same(
    many: Database, monkeypatch: pytest.MonkeyPatch, text: str, as_of: object
) -> None:
    query = replace(parse_query(text, NOW), as_of=as_of)  # type: ignore[arg-type]  # a time or None
    expected = many.search(query, limit=200, now=NOW)
    assert expected.exact
    stories = [hit.article.story for hit in expected.hits]
    assert stories
    assert query.copies or len(set(stories)) == len(stories)
    assert sorted(article.story for article in many.every(query)) == sorted(stories)
    newest = many.search(query, limit=200, newest=True, now=NOW)
    assert sorted(hit.article.id for hit in newest.hits) == sorted(hit.article.id for hit in expected.hits)
    for way in WAYS:
        with monkeypatch.context() as changed:
            for name, value in way.items():
                changed.setattr(searching, name, value)
            for by_time in (False, True):
                found = many.search(query, limit=200, newest=by_time, now=NOW)
                assert (found.total, found.exact) == (len(stories), True)
                assert sorted(hit.article.story for hit in found.hits) == sorted(stories)
                pages = [
                    hit.article.story
                    for offset in range(0, len(stories) + 3, 3)
                    for hit in many.search(query, limit=3, offset=offset, newest=by_time, now=NOW).hits
                ]
                assert pages == [hit.article.story for hit in found.hits]


def test_what_is_not_counted_to_the_end_is_said(many: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"COMMON": 0, "POOL": 5, "COUNTED": 10}.items():
        monkeypatch.setattr(searching, name, value)
    for newest in (False, True):
        found = many.search("common", limit=3, newest=newest, now=NOW)
        assert (found.total, found.exact) == (10, False)


def test_no_name_reaches_from_one_author_into_the_next(many: Database) -> None:
    assert {hit.article.authors for hit in many.search('author:"Jane Doe"', limit=99, now=NOW).hits} == {
        ("Jane Doe",)
    }
    assert many.search('author:"Doe Smith"', limit=99, now=NOW).hits


def test_search_and_export_name_the_same_article_of_a_story(db: Database) -> None:
    first = published(NOON - timedelta(hours=3))
    db.record(accepted("https://a.test/1.html", LONG, published=first))
    db.record(accepted("https://b.test/1.html", LONG, published=published(NOON.date())))
    (hit,) = db.search("trial", now=NOON).hits
    (article,) = db.every(parse_query("trial", NOON))
    assert article.id == hit.article.id == 1
