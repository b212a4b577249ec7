"""Stories: the same whatever the order, put right by hand, found again from the texts."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.dedupe import Rule
from newsbot.errors import InputError
from newsbot.store import Database, Outcome
from newsbot.store.connection import Access
from newsbot.times import stamp
from tests.builders import LONG, about, accepted, later, page, published

WRAPPED = f"{about(50)}\n{LONG}"
NUMBERED = "Sales rose by {} percent to {} million in the quarter that ended on March {}. " + about(60)
TEXTS = (
    LONG,
    LONG.replace("Monday", "Tuesday"),
    WRAPPED,
    about(1),
    about(2),
    f"{about(2)} more words at the end",
    NUMBERED.format(3, 41, 30),
    NUMBERED.format(7, 59, 31),
)


def stored(db: Database, texts: Sequence[str]) -> None:
    for text in texts:
        db.record(accepted(f"https://h{TEXTS.index(text)}.test/a", text, "A title"))


def groups(db: Database) -> set[frozenset[str]]:
    """The stories as sets of hosts."""
    rows = db.query("select story_id, host from articles_latest order by story_id").rows
    return {frozenset(str(row[1]) for row in some) for _, some in groupby(rows, key=lambda row: row[0])}


EXPECTED = {
    frozenset(("h0.test", "h1.test", "h2.test")),
    frozenset(("h3.test",)),
    frozenset(("h4.test", "h5.test")),
    frozenset(("h6.test",)),
    frozenset(("h7.test",)),
}


@settings(max_examples=30)
@given(st.permutations(TEXTS), st.booleans())
def test_in_any_order_the_stories_are_the_same(texts: list[str], rebuild: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "n.db", Access.WRITE) as db:
        stored(db, texts)
        if rebuild:
            list(db.rebuild_stories(later(0)))
        assert groups(db) == EXPECTED
        assert db.check().problems == ()


def test_a_copy_joins_two_stories_into_the_older_one(db: Database) -> None:
    first, second = about(3), about(4)
    for number, text in enumerate((first, second, f"{first} {second}")):
        db.record(accepted(f"https://h{number}.test/", text))
    assert db.query("select distinct story_id from articles").rows == ((1,),)


def test_who_had_it_first_is_told_by_publication(db: Database) -> None:
    for number, day in enumerate((date(2026, 9, 3), date(2026, 9, 1), None)):
        db.record(accepted(f"https://h{number}.test/", published=published(day) if day else None))
    members = db.story(1)
    assert [member.article.id for member in members] == [2, 1, 3]
    assert [member.article.copy_of for member in members] == [None, 2, 2]
    assert members[1].likeness is not None
    assert members[1].likeness.rule is Rule.EQUAL


def test_split_and_merge_stay(db: Database) -> None:
    stored(db, TEXTS[:5])
    assert db.split_story([3], later(1)) != 1
    apart = {frozenset(("h0.test", "h1.test")), frozenset(("h2.test",))}
    assert apart <= groups(db)
    db.record(accepted("https://new.test/", LONG + " And a little more."))  # near to both
    assert frozenset(("h2.test",)) in groups(db) or frozenset(("h0.test", "h1.test")) in groups(db)
    db.merge_stories([4, 5], later(2))
    list(db.rebuild_stories(later(3)))
    assert frozenset(("h3.test", "h4.test")) in groups(db)
    assert not any({"h0.test", "h2.test"} <= group for group in groups(db))
    assert db.check().problems == ()


def test_merging_takes_back_a_split(db: Database) -> None:
    stored(db, TEXTS[:2])
    db.split_story([2], later(1))
    assert len(groups(db)) == 2
    db.merge_stories([1, 2], later(2))
    list(db.rebuild_stories(later(3)))
    assert len(groups(db)) == 1


def test_what_cannot_be_ruled_is_said(db: Database) -> None:
    stored(db, TEXTS[:4])
    with pytest.raises(InputError, match="no other articles"):
        db.split_story([4], later(1))
    with pytest.raises(InputError, match="different stories"):
        db.split_story([1, 4], later(1))
    with pytest.raises(InputError, match="There is no article 99"):
        db.merge_stories([1, 99], later(1))


def test_why_names_rule_neighbour_and_what_speaks_against(db: Database) -> None:
    stored(db, TEXTS)
    reasons = {reason.other.id: reason for reason in db.why(1).reasons}
    assert reasons[2].together
    assert reasons[2].likeness.rule is Rule.NEAR
    (other,) = [r for r in db.why(7).reasons if r.other.id == 8]
    assert (other.together, other.likeness.rule) == (False, Rule.DATES)
    assert ("march 30", "march 31") in other.likeness.against


def test_a_rebuild_that_was_interrupted_goes_on(db: Database) -> None:
    for number in range(450):
        db.record(accepted(f"https://news.test/{number}", about(number % 420), "T"))
    before = db.count_stories()
    steps = db.rebuild_stories(later(0))
    assert [next(steps), next(steps)] == [(0, 450), (200, 450)]
    steps.close()
    assert db.count_stories() == before
    db.record(accepted("https://meanwhile.test/", about(5), "T"))
    assert next(db.rebuild_stories(later(0))) == (200, 451)
    assert list(db.rebuild_stories(later(0)))[-1] == (451, 451)
    assert db.count_stories() == before == 420
    assert db.check().problems == ()


def test_a_rebuild_takes_along_what_changed_and_was_ruled_meanwhile(db: Database) -> None:
    for number in range(300):
        db.record(accepted(f"https://news.test/{number}", about(number), "T"))
    for number in (300, 301):
        db.record(accepted(f"https://news.test/{number}", about(2), "T"))
    steps = db.rebuild_stories(later(0))
    assert [next(steps), next(steps)] == [(0, 302), (200, 302)]
    assert "db check" not in "".join(db.check().problems)
    assert db.check().problems
    merged = db.merge_stories([1, 2], later(1))
    alone = db.split_story([301], later(1))
    db.record(accepted(page("https://news.test/9", fetched=later(1)), about(7), "T"))
    list(steps)
    where = dict(tuple(row) for row in db.query("select id, story_id from articles").rows)
    assert where[1] == where[2] == merged
    assert where[301] == alone != where[302] == where[3]
    assert where[10] == where[8]
    assert db.check().problems == ()


def test_the_number_of_a_story_is_not_used_again(db: Database) -> None:
    stored(db, [LONG, LONG.replace("Monday", "Tuesday"), about(1)])
    first = db.split_story([2], later(1))
    db.merge_stories([1, 2], later(2))
    assert db.split_story([2], later(3)) > first


# twin addresses


@pytest.mark.parametrize(
    "twin",
    [
        "http://news.test/a/1.html",
        "https://m.news.test/a/1.html",
        "https://www.news.test/a/1.html",
        "https://news.test/a/1.html?amp=1",
        "https://amp.news.test/a/1.amp.html",
    ],
)
def test_a_twin_address_is_the_same_article(db: Database, twin: str) -> None:
    db.record(accepted("https://news.test/a/1.html"))
    assert db.record(accepted(page(twin, fetched=later(1)))).outcome is Outcome.SAME
    assert db.query("select count(*) from articles").rows == ((1,),)
    assert db.record(accepted(page(twin, fetched=later(2)))).outcome is Outcome.SAME
    assert db.check().problems == ()


def test_a_twin_address_with_another_text_is_another_article(db: Database) -> None:
    db.record(accepted("https://news.test/a/1.html"))
    assert db.record(accepted("https://m.news.test/a/1.html", about(1))).outcome is Outcome.NEW


def test_an_article_moves_to_where_its_address_leads(db: Database) -> None:
    db.record(accepted("http://news.test/a/1.html"))
    moved = page("https://news.test/b/1.html", requested_url="http://news.test/a/1.html", fetched=later(1))
    assert db.record(accepted(moved, LONG + " Corrected.")).outcome is Outcome.CHANGED
    assert (db.article(1).url, db.article(1).version) == ("https://news.test/b/1.html", 2)
    assert db.query("select count(*) from articles").rows == ((1,),)
    assert db.check().problems == ()


HTTP, HTTPS = "http://news.test/a/7.html", "https://news.test/a/7.html"
CORRECTED = f"{LONG} Correction: an earlier version named another board."


def versions(db: Database) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.query("select number, seen, body from versions order by number").rows]


def test_a_correction_at_a_twin_address_is_a_version(db: Database) -> None:
    db.record(accepted(page(HTTP)))
    shorter = LONG.replace("late-stage ", "")
    assert db.record(accepted(page(HTTPS, fetched=later(1)), shorter)).outcome is Outcome.SAME
    assert db.record(accepted(page(HTTPS, fetched=later(2)), CORRECTED)).outcome is Outcome.CHANGED
    assert db.record(accepted(page(HTTPS, fetched=later(3)), CORRECTED)).outcome is Outcome.SAME
    assert [row[2] for row in versions(db)] == [LONG, CORRECTED]


def test_a_twin_address_that_shows_something_else_is_no_twin_any_more(db: Database) -> None:
    db.record(accepted(page(HTTP)))
    db.record(accepted(page(HTTPS, fetched=later(1))))
    assert db.record(accepted(page(HTTPS, fetched=later(2)), about(9), "Other")).outcome is Outcome.NEW
    assert db.query("select count(*) from pages where twin_of is not null").rows[0][0] == 0


def test_twins_of_a_moved_article_point_where_it_stands(db: Database) -> None:
    for hours, url in enumerate((HTTP, "http://m.news.test/a/7.html", HTTPS)):
        db.record(accepted(page(url, fetched=later(hours))))
    db.record(accepted(page(HTTPS, requested_url=HTTP, fetched=later(4))))
    found = db.query(
        "select pages.url, home.url from pages left join pages home on home.id = pages.twin_of order by pages.id"
    ).rows
    assert [tuple(row) for row in found] == [
        (HTTP, HTTPS),
        ("http://m.news.test/a/7.html", HTTPS),
        (HTTPS, None),
    ]


def test_a_capture_that_is_read_late_is_an_earlier_version(db: Database) -> None:
    for hours, text in ((50, CORRECTED), (0, LONG), (60, CORRECTED), (10, f"{LONG} More."), (1, LONG)):
        db.record(accepted(page(fetched=later(hours)), text))
    assert [(row[0], row[2]) for row in versions(db)] == [(1, LONG), (2, f"{LONG} More."), (3, CORRECTED)]
    latest = db.query("select body, first_seen, last_seen from articles_latest").rows
    assert [tuple(row) for row in latest] == [(CORRECTED, stamp(later(0)), stamp(later(60)))]


def test_twins_of_articles_without_clues_are_found_after_a_rebuild(db: Database) -> None:
    db.record(accepted(page(HTTP)))
    for table in ("clues", "clues_recent", "clues_new"):
        db.connection.execute(f"delete from {table}")
    list(db.rebuild_stories(later(1)))
    assert db.record(accepted(page(HTTPS, fetched=later(2)))).outcome is Outcome.SAME


def test_the_articles_of_a_story_stand_in_the_order_of_time(tmp_path: Path) -> None:
    east = timezone(timedelta(hours=8))
    with Database(tmp_path / "news.db", Access.WRITE) as db:
        for name, when in (("first", 1), ("third", 3), ("second", 2)):
            moment = datetime(2026, 11, 20, when, tzinfo=UTC)
            told = moment.astimezone(east) if name == "second" else moment
            db.record(accepted(f"https://{name}.test/1", published=published(told)))
        assert [member.article.host for member in db.story(1)] == ["first.test", "second.test", "third.test"]


def test_a_ruling_on_many_takes_back_only_what_was_between_them(tmp_path: Path) -> None:
    with Database(tmp_path / "news.db", Access.WRITE) as db:
        for number in range(6):
            db.record(accepted(f"https://h{number}.test/a", LONG))
        db.split_story([4, 5, 6], later(0))
        db.split_story([6], later(0))
        assert db.count_stories() == 3
        db.merge_stories([1, 4], later(1))
        apart = {(each.article, each.other) for each in db.list_rulings() if not each.together}
        assert apart == {(1, 6), (2, 6), (3, 6), (4, 6), (5, 6)}
        assert db.withdraw_rulings(6, later(2)).story == db.article(1).story
        assert (db.count_stories(), db.check().problems) == (1, ())
