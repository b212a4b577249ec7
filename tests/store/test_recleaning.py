"""History read again: what differs is told and written, and nothing is ever deleted."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.archive import ArchiveWriter
from newsbot.model import ArchivePlace, Hints, Processed, Rejection, SiteFact
from newsbot.query import Query
from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.store.recleaning import Effect, page_again
from tests.builders import (
    LONG,
    NOON,
    URL,
    about,
    accepted,
    article,
    failed,
    gone,
    later,
    listed,
    page,
    refused,
    with_article,
)

ALL = Query(copies=True)
OTHER = "https://other.test/b/2.html"


def keep(db: Database, item: Processed) -> None:
    """Record a page whose response is kept, in the folder where the check looks for it."""
    db.archive.mkdir(exist_ok=True)
    (db.archive / "a.warc.gz").touch()
    place = ArchivePlace(file="a.warc.gz", offset=0)
    fields = {
        name: getattr(item.page, name) for name in ("body", "fetched", "status", "headers", "role", "failure")
    }
    db.record(
        Processed(
            page=page(item.page.url, place=place, **fields),
            extraction=item.extraction,
            refusal=item.refusal,
            prints=item.prints,
        )
    )


def reread(db: Database, *items: Processed, apply: bool = True) -> list[Effect]:
    """The effects of reading the kept responses again, in order, with these results."""
    return [
        db.reclean(kept, item, apply=apply).effect for kept, item in zip(db.fetches(), items, strict=True)
    ]


def test_the_same_again(db: Database) -> None:
    keep(db, accepted())
    before = list(db.connection.iterdump())
    assert reread(db, accepted()) == [Effect.SAME]
    assert list(db.connection.iterdump()) == before


def test_a_change_is_told_field_by_field_and_written_only_when_asked(db: Database) -> None:
    keep(db, accepted(title="Old | Site", authors=("A",)))
    better = accepted(text=LONG + " More.", title="Old", authors=("A",))
    (kept,) = db.fetches()
    change = db.reclean(kept, better, apply=False)
    assert change.fields == {"title": ("Old | Site", "Old"), "body": (LONG, LONG + " More.")}
    assert db.article(1).title == "Old | Site"
    db.reclean(kept, better, apply=True)
    stored = db.article(1)
    assert (stored.title, stored.body, stored.version) == ("Old", LONG + " More.", 1)
    assert db.search("site").total == 0
    assert db.search("more").total == 1
    assert db.record(better).outcome == "same"


def test_an_older_version_is_rewritten_without_touching_the_latest(db: Database) -> None:
    keep(db, accepted(title="One"))
    keep(db, accepted(page(fetched=later(1)), title="Two"))
    assert reread(db, accepted(title="Uno"), accepted(title="Two")) == [Effect.CHANGED, Effect.SAME]
    assert [version.article.title for version in db.versions(1)] == ["Uno", "Two"]
    assert db.article(1).title == "Two"
    assert db.search("uno").total == 0


def test_a_refused_page_may_be_accepted(db: Database) -> None:
    keep(db, refused())
    assert reread(db, accepted(), apply=False) == [Effect.ACCEPTED]
    assert list(db.every()) == []
    assert reread(db, accepted()) == [Effect.ACCEPTED]
    assert db.article(1).first_seen == NOON
    assert db.rejected() == []
    assert reread(db, accepted()) == [Effect.SAME]


def test_an_article_that_would_be_refused_is_kept_and_named(db: Database) -> None:
    keep(db, accepted())
    (kept,) = db.fetches()
    change = db.reclean(kept, refused(reason=Rejection.LIST_PAGE), apply=True)
    assert (change.effect, change.detail) == (Effect.WOULD_REFUSE, "list page")
    assert db.article(1).body == LONG


def test_still_refused(db: Database) -> None:
    keep(db, refused())
    assert reread(db, refused()) == [Effect.STILL_REFUSED]
    assert len(db.rejected()) == 1


def test_what_was_never_read_is_not_read_again(db: Database) -> None:
    keep(db, listed())
    keep(db, gone())
    keep(db, failed("https://dead.test/"))
    db.record(accepted("https://unkept.test/"))
    assert db.fetches() == []


def test_a_page_is_read_again_as_it_was_read(db: Database) -> None:
    hints = Hints(title="From the feed", authors=("A",))
    first = page(body="药".encode(), zone="Asia/Shanghai", publisher="P", hints=hints, headers=(("x", "1"),))
    with ArchiveWriter(db.archive) as writer:
        place = writer.write(first)
    db.record(accepted(page(body=first.body, zone=first.zone, publisher="P", hints=hints, place=place)))
    (kept,) = db.fetches()
    again = page_again(kept, db.response(db.versions(1)[0]))
    assert (again.body, again.zone, again.publisher, again.hints) == (first.body, first.zone, "P", hints)
    assert (again.url, again.fetched, again.content_type) == (first.url, first.fetched, None)


def test_new_facts_of_a_site_are_kept(db: Database) -> None:
    keep(db, accepted())
    fact = SiteFact(kind="icp", value="沪ICP备11038445号-1")
    reread(db, with_article(page(), article(), (fact,)))
    assert db.sites()[0].facts == (("icp", fact.value),)


def test_texts_that_became_equal_are_joined(db: Database) -> None:
    keep(db, accepted(text=about(1)))
    keep(db, accepted(OTHER))
    assert [a.copy_of for a in db.every(ALL)] == [None, None]
    reread(db, accepted(), accepted(OTHER))
    first, copy = db.every(ALL)
    assert (copy.copy_of, copy.story) == (first.id, first.story)
    assert db.check().counts["stories"] == 1


def test_joining_takes_copies_and_stories_along(db: Database) -> None:
    urls = [f"https://h{n}.test/" for n in range(5)]
    for url, text in zip(urls, (1, 2, 2, 3, 3), strict=True):
        keep(db, accepted(url, about(text)))
    reread(db, *(accepted(url) for url in urls))
    assert [(a.copy_of, a.story) for a in sorted(db.every(ALL), key=lambda a: a.id)] == [
        (None, 1),
        *[(1, 1)] * 4,
    ]


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=15),
    st.lists(st.integers(0, 2), min_size=15, max_size=15),
)
def test_after_any_rereading_each_text_is_listed_once_at_most(
    steps: list[tuple[int, int]], texts: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "n.db", Access.WRITE) as db:
        for number, (where, text) in enumerate(steps):
            url = f"https://h{where}.test/"
            keep(db, accepted(page(url, fetched=later(number)), about(text), "T"))
        for kept, text in zip(db.fetches(), texts, strict=False):
            db.reclean(kept, accepted(kept.url, about(100 + text), "T"), apply=True)
        assert db.check().problems == ()
        stored = list(db.every(ALL))
        assert {a.story for a in stored} == {a.story for a in stored if a.copy_of is None}
        listed_texts = [a.body for a in stored if a.copy_of is None]
        assert len(listed_texts) == len(set(listed_texts))


@pytest.mark.parametrize("apply", [False, True])
def test_nothing_is_lost_by_rereading(db: Database, apply: bool) -> None:
    for number in range(4):
        keep(db, accepted(f"https://news.test/{number}", f"{about(number)} endpoint"))
    reread(db, *(refused(f"https://news.test/{number}") for number in range(4)), apply=apply)
    assert len(list(db.every())) == 4
    assert db.search("endpoint", limit=1).total == 4
    assert URL not in {a.url for a in db.every()}
