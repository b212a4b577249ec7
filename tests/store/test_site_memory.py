"""What a site repeats lies in the database with its articles: whole, bounded, each page counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from newsbot.errors import InputError
from newsbot.model import Page, Piece, Processed, Sighting
from newsbot.processing import process
from newsbot.recurrence import MEMORABLE, NOTHING_KNOWN
from newsbot.store import Database, Outcome
from newsbot.store.connection import Access
from newsbot.store.site_memory import MOST_PIECES, TIDIED, recall
from tests import repeating
from tests.builders import about, accepted, later, page, refused
from tests.store.processes import finish, first_line, worker
from tests.store.worker import COMMON

HOST = "news.test"
PROMO = 7
LEARNT = "select learnt from sites where host = 'news.test'"
ROWS = "select print, pages, alike, first, last, text from site_pieces order by print"


def showing(
    number: int, prints: Iterable[int], title: int | None = None, where: Page | None = None
) -> Processed:
    """An accepted page number `number` of the site, whose body shows these pieces."""
    item = accepted(where or page(f"https://{HOST}/{number}"), about(number), f"Title {number}")
    assert item.extraction is not None
    pieces = tuple(Piece(print_, 100, True, "div/section", f"piece {print_}") for print_ in prints)
    sighting = Sighting(title=-number if title is None else title, pieces=pieces)
    return replace(item, extraction=replace(item.extraction, sighting=sighting))


def fill(db: Database, count: int, first: int = 1) -> None:
    """Pages with two pieces of their own and one that all have."""
    for number in range(first, first + count):
        db.record(showing(number, (1000 + number, 50_000 + number, PROMO)))


def test_what_recurs_is_told_and_survives_a_restart(db: Database) -> None:
    assert db.memory_of(f"https://{HOST}/") == NOTHING_KNOWN
    fill(db, 1)
    assert db.memory_of(f"https://{HOST}/").pieces == {}
    fill(db, 1, first=2)
    memory = db.memory_of(f"https://{HOST}/")
    assert (memory.count, memory.pieces, memory.often) == (2, {PROMO: 2}, {PROMO})
    with Database(db.path) as again:
        assert again.memory_of(f"https://{HOST}/x") == memory
        assert again.memory_of("https://other.test/") == NOTHING_KNOWN


def test_a_page_counts_once_however_often_it_is_fetched(db: Database) -> None:
    fill(db, 2)
    before = db.query(ROWS)
    for hour in range(5):
        where = page(f"https://{HOST}/1", fetched=later(hour))
        db.record(showing(1, (1, 2, PROMO), where=where))
    db.record(replace(showing(1, (9,)), page=page(f"https://{HOST}/1?utm_source=x#top")))
    assert db.query(ROWS) == before
    assert db.query(LEARNT).rows == ((2,),)


def test_a_twin_at_another_address_counts_for_nothing(db: Database) -> None:
    fill(db, 2)
    for number in range(3, 9):
        db.record(showing(number, (1001, 50_001, PROMO), title=-1))
    assert db.memory_of(f"https://{HOST}/").pieces == {PROMO: 2}


def test_only_articles_teach_and_files_have_no_site(db: Database) -> None:
    item = refused(f"https://{HOST}/list")
    assert item.extraction is not None
    shown = Sighting(title=1, pieces=(Piece(1, 100, True, "div", "text"),))
    db.record(replace(item, extraction=replace(item.extraction, sighting=shown)))
    db.record(showing(1, (1,), where=page("file:///saved/1.html")))
    assert db.query("select count(*) from site_pieces").rows == ((0,),)


def test_examples_are_kept_of_what_came_twice(db: Database) -> None:
    fill(db, 2)
    texts = {row[0]: row[5] for row in db.query(ROWS).rows}
    assert {number: text for number, text in texts.items() if text} == {PROMO: f"piece {PROMO}"}


def test_what_is_shown_of_a_site(db: Database) -> None:
    fill(db, 3)
    known = db.learnt_site(HOST)
    assert (known.host, known.pages, known.pieces) == (HOST, 3, 3 * 3 + 1)
    assert [(p.pages, p.place, p.text, p.often) for p in known.recurring] == [
        (3, "div/section", f"piece {PROMO}", True)
    ]


def test_forgetting_begins_anew(db: Database) -> None:
    fill(db, 3)
    assert db.forget_site(HOST) == 3
    known = db.learnt_site(HOST)
    assert (known.pages, known.pieces, known.recurring) == (0, 0, ())
    fill(db, 2)
    assert recall(db.connection, HOST).pieces == {PROMO: 2}


@pytest.mark.parametrize("ask", [Database.learnt_site, Database.forget_site])
def test_an_unknown_site_is_named(db: Database, ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=r"nowhere\.test"):
        ask(db, "nowhere.test")


def test_a_changed_layout_is_forgotten(db: Database) -> None:
    fill(db, 3)
    for number in range(4, 4 + MEMORABLE + TIDIED):
        db.record(showing(number, (1000 + number, PROMO + 1)))
    assert set(recall(db.connection, HOST).pieces) == {PROMO + 1}
    assert db.query(f"select count(*) from site_pieces where print = {PROMO}").rows == ((0,),)


def test_the_rows_of_a_site_are_bounded_and_what_recurs_outlives_the_rest(db: Database) -> None:
    for number in range(1, 2 * TIDIED + 1):
        own = range(number * 1000, number * 1000 + 350)
        db.record(showing(number, (*own, PROMO)))
        if number % TIDIED == 0:
            (held,) = db.query("select count(*) from site_pieces").rows[0]
            assert held <= MOST_PIECES
    assert recall(db.connection, HOST).pieces[PROMO] == 2 * TIDIED


def test_an_article_that_is_fetched_again_has_not_changed_for_what_was_learnt_since(db: Database) -> None:
    for number in range(1, 5):
        db.record(process(repeating.page(number)))
    again = process(replace(repeating.page(1), fetched=later(9)), recall(db.connection, "quillmoor.test"))
    assert again.extraction is not None
    assert repeating.PROMO not in again.extraction.article.text
    assert db.record(again).outcome is Outcome.SAME
    assert len(db.versions(1)) == 1


def test_an_answer_is_used_for_a_while_and_then_asked_for_again(db: Database) -> None:
    fill(db, 40)
    held = db.memory_of(f"https://{HOST}/")
    fill(db, 1, first=41)
    assert db.memory_of(f"https://{HOST}/") is held
    for _ in range(10):
        memory = db.memory_of(f"https://{HOST}/")
    assert memory.count == 41


def test_a_page_that_cannot_be_stored_teaches_nothing(db: Database) -> None:
    fill(db, 2)
    before = db.query(ROWS)
    db.connection.execute(
        "create trigger full before insert on versions begin select raise(abort, 'no'); end"
    )
    with pytest.raises(Exception, match="no"):
        db.record_all([showing(3, (3, PROMO)), showing(4, (4, PROMO))])
    db.connection.execute("drop trigger full")
    assert (db.query(ROWS), db.query(LEARNT).rows) == (before, ((2,),))


def test_two_processes_teach_one_site(tmp_path: Path) -> None:
    path, pages = tmp_path / "news.db", 100
    with worker("record", path, pages) as one, worker("record", path, pages) as other:
        finish(one)
        finish(other)
    with Database(path, Access.WRITE) as database:
        assert database.check().problems == ()
        known = database.learnt_site(HOST)
        assert known.pages == pages
        tally = database.query(f"select pages + alike, first from site_pieces where print = {COMMON}")
        assert tally.rows == ((pages, 1),)


def test_article_and_memory_survive_kill_9_together(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    for turn in range(4):
        with worker("forever", path, 1000 * turn) as process:
            for _ in range(15):
                first_line(process)
            process.kill()
            process.communicate()
        with Database(path, Access.WRITE) as database:
            assert database.check().problems == ()
            articles = database.query("select count(*) from articles").rows[0][0]
            assert database.learnt_site(HOST).pages == articles
            (last,) = database.query(f"select last from site_pieces where print = {COMMON}").rows[0]
            assert last == articles
