"""The questions that people ask: search, latest, filters, versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsbot.archive import ArchiveWriter
from newsbot.errors import ArchiveError, InputError
from newsbot.query import Query, parse_query
from newsbot.store import Database, SourceRow
from newsbot.store.connection import Access
from tests.builders import LONG, URL, about, accepted, later, page, published, refused

PIECES = (
    *(
        "cell",
        "-cell",
        '"cell therapy"',
        "OR",
        "药",
        "肺癌 OR cell",
        "title:works",
        "source:acme",
        "site:news.test",
    ),
    *(
        "-site:news.test",
        "lang:zh",
        "-lang:zh",
        "since:2026-09-02",
        "until:3d",
        "story:1",
        "copies:all",
        "NOT",
        "thera*",
    ),
)

ZH = "国家药品监督管理局批准了用于治疗非小细胞肺癌的新药上市，该药由本公司研发，三期临床试验达到主要终点。"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Five articles: dated, undated, Chinese, a copy, and one that mentions cells in the body only."""
    with Database(tmp_path_factory.mktemp("archive") / "news.db", Access.WRITE) as db:
        for name in ("acme", "wire"):
            db.start_run("crawl", "feed", SourceRow(name=name), later(0))
        for number, (source, text, title, when) in enumerate(
            (
                ("acme", LONG, "Cell therapy works", date(2026, 9, 1)),
                ("acme", f"{about(2)} cell", "Undated", None),
                ("wire", ZH, "新药获批", date(2026, 9, 3)),
                ("wire", LONG, "Cell therapy works", date(2026, 9, 4)),
                (None, "A cell is mentioned once in a text on tax.", "Tax", date(2026, 9, 5)),
            )
        ):
            item = page(f"https://news.test/{number + 1}", source=source)
            dated = published(when) if when else None
            language = "zh" if text == ZH else "en"
            db.record(accepted(item, text, title, published=dated, language=language))
        yield db


def ids(db: Database, filters: Query | None = None) -> list[int]:
    return [article.id for article in db.latest(filters)]


def test_the_newest_first_without_copies(archive: Database) -> None:
    assert ids(archive) == [2, 5, 3, 1]
    assert [a.id for a in archive.latest(limit=2)] == [2, 5]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Query(copies=True), [2, 5, 4, 3, 1]),
        (Query(sources=("acme",)), [2, 1]),
        (Query(sources=("nobody",)), []),
        (Query(languages=("zh",)), [3]),
        (Query(since=later(-24)), [2]),
        (Query(since=datetime.fromisoformat("2026-09-03T00:00Z")), [2, 5, 3]),
        (Query(until=datetime.fromisoformat("2026-09-03T00:00Z")), [1]),
        (Query(sources=("wire",), copies=True, since=datetime.fromisoformat("2026-09-04T00:00Z")), [4]),
    ],
)
def test_filters(archive: Database, filters: Query, expected: list[int]) -> None:
    assert ids(archive, filters) == expected
    assert sorted(a.id for a in archive.every(filters)) == sorted(expected)


def test_every_goes_oldest_first(archive: Database) -> None:
    assert [a.id for a in archive.every()] == [1, 3, 5, 2]


def test_the_title_weighs_more_than_the_body(archive: Database) -> None:
    found = archive.search("cell")
    assert found.total == 3
    assert found.hits[0].article.id == 1


def test_totals_count_all_hits_though_few_are_shown(archive: Database) -> None:
    found = archive.search("cell", limit=1)
    assert (found.total, len(found.hits)) == (3, 1)
    assert archive.search("cell copies:all").total == 4


def test_newest_hits_first_when_asked(archive: Database) -> None:
    assert [hit.article.id for hit in archive.search("cell", newest=True).hits] == [2, 5, 1]


@pytest.mark.parametrize("query", ["药", "肺癌", "非小细胞肺癌", "获批", "新药 肺癌"])
def test_chinese_is_found(archive: Database, query: str) -> None:
    found = archive.search(query)
    assert [hit.article.id for hit in found.hits] == [3]
    assert found.hits[0].snippet in ZH


def test_search_obeys_filters(archive: Database) -> None:
    assert archive.search("cell source:acme").total == 2
    assert [hit.article.id for hit in archive.search("cell source:wire").hits] == [4]


@pytest.mark.parametrize("query", ["", '"', "-药", "!!", "\0", "\udcff", "x " * 100_000, "OR", "since:never"])
def test_nothing_typed_is_an_error(archive: Database, query: str) -> None:
    assert archive.search(query).total >= 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), st.booleans())
def test_any_text_is_answered(archive: Database, text: str, newest: bool) -> None:
    found = archive.search(text, newest=newest, limit=3)
    assert len(found.hits) <= min(3, found.total)
    assert len({hit.article.story for hit in found.hits}) == len(found.hits) or "copies:all" in text
    assert len(list(archive.every(parse_query(text, later(0))))) <= 5


def test_an_unknown_article_is_an_input_error(archive: Database) -> None:
    for number in (0, 99, -1):
        with pytest.raises(InputError, match="There is no article"):
            archive.article(number)
    assert archive.versions(99) == []
    assert archive.copies(99) == []


def test_a_number_too_large_for_the_database_is_an_input_error(archive: Database) -> None:
    with pytest.raises(InputError, match="too large"):
        archive.article(2**70)
    with pytest.raises(InputError, match="too large"):
        archive.story(2**70)


def test_the_response_of_a_version_comes_back(tmp_path: Path) -> None:
    with Database(tmp_path / "news.db", Access.WRITE) as db:
        plain = page(URL, body="药".encode())
        with ArchiveWriter(db.archive) as writer:
            item = accepted(page(URL, body=plain.body, place=writer.write(plain)))
        db.record(item)
        db.record(accepted(page(URL, fetched=later(1)), title="Changed"))
        first, second = db.versions(1)
        assert db.response(first).body == "药".encode()
        with pytest.raises(InputError, match="No response was kept"):
            db.response(second)
        for file in db.archive.iterdir():
            file.unlink()
        with pytest.raises(ArchiveError, match="gone"):
            db.response(first)


def test_rejected_pages_the_last_one_first(db: Database) -> None:
    for hour in range(3):
        db.record(refused(page(f"https://news.test/{hour}", fetched=later(hour))))
    assert [rejected.checked for rejected in db.rejected(limit=2)] == [later(2), later(1)]
    assert db.rejected(source="acme") == []
