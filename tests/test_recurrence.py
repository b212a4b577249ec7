"""What a page teaches its site's memory, and what the counts come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.model import Piece, Sighting
from newsbot.recurrence import (
    MEMORABLE,
    MOST_TOLD,
    Likeness,
    Tally,
    compare,
    is_often,
    learnt,
    needed,
    recurs,
    remembered,
)


def piece(number: int, size: int = 100, *, inside: bool = True) -> Piece:
    return Piece(number, size, inside, "div", str(number))


def shown(title: int, *numbers: int) -> Sighting:
    """A page with this title and a body of pieces of one size."""
    return Sighting(title=title, pieces=tuple(map(piece, numbers)))


def after(*pages: Sighting) -> dict[int, Tally]:
    """The tallies that pages leave, one after the other."""
    tallies: dict[int, Tally] = {}
    for count, each in enumerate(pages, 1):
        tallies |= learnt(each, tallies, count)
    return tallies


FIRST = shown(1, 10, 11, 12, 13)


@pytest.mark.parametrize(
    ("later", "likeness"),
    [
        (shown(2, 20, 21, 22, 23), Likeness.DIFFERENT),
        (shown(2, 20, 21, 12, 13), Likeness.DIFFERENT),
        (shown(2, 20, 11, 12, 13), Likeness.ALIKE),
        (shown(2, 10, 11, 12, 13), Likeness.ALIKE),
        (shown(1, 20, 21, 22, 23), Likeness.ALIKE),
        (shown(1, 20, 11, 12, 13), Likeness.TWIN),
        (FIRST, Likeness.TWIN),
        (shown(0, 10, 11, 12, 13), Likeness.TWIN),
        (shown(0, 20, 21, 22, 23), Likeness.ALIKE),
    ],
    ids=str,
)
def test_what_a_page_is_to_an_earlier_one(later: Sighting, likeness: Likeness) -> None:
    assert compare(later, after(FIRST)) is likeness


def test_text_outside_the_body_makes_no_twin() -> None:
    around = tuple(piece(number, inside=False) for number in range(10, 14))
    assert compare(Sighting(title=2, pieces=(piece(20), *around)), after(FIRST)) is Likeness.DIFFERENT


def test_what_stands_on_different_pages_makes_no_twin() -> None:
    """Press releases are mostly boilerplate: a page of one new paragraph and three known ones is its own."""
    common = (50, 51, 52)
    earlier = after(shown(1, 10, 11, 12, 13, *common), shown(2, 20, 21, 22, 23, *common))
    assert earlier[50].pages == 2
    assert compare(shown(3, 30, *common), earlier) is Likeness.DIFFERENT


def test_a_twin_counts_for_nothing_however_often_it_comes() -> None:
    tallies = after(*[FIRST] * 20)
    assert {(tally.pages, tally.alike) for tally in tallies.values()} == {(1, 0)}
    assert remembered(tallies, 20).pieces == {}


def test_later_editions_count_for_little() -> None:
    editions = [shown(title, 10, 11, 12, 13) for title in range(1, 6)]
    assert remembered(after(*editions), 5).pieces == {}


def test_text_taken_for_the_article_on_every_page_is_found_out() -> None:
    pages = [shown(title, 10, 11) for title in range(1, 8)]
    assert set(remembered(after(*pages), 7).pieces) == {10, 11}


def test_two_different_pages_are_enough_at_first() -> None:
    tallies = after(FIRST, shown(2, 20, 21, 22, 13))
    assert remembered(tallies, 2).pieces == {13: 2}


@pytest.mark.parametrize(("count", "pages"), [(1, 2), (9, 2), (10, 3), (49, 3), (50, 4), (249, 4), (250, 5)])
def test_the_more_pages_the_more_are_needed(count: int, pages: int) -> None:
    assert needed(count) == pages
    assert recurs(Tally(pages=pages, alike=0, first=1, last=count), count)
    assert not recurs(Tally(pages=pages - 1, alike=0, first=1, last=count), count)


def test_what_the_last_pages_no_longer_have_is_forgotten() -> None:
    tally = Tally(pages=50, alike=0, first=1, last=100)
    assert recurs(tally, 100 + MEMORABLE - 1)
    assert not recurs(tally, 100 + MEMORABLE)


def test_often_is_a_share_of_the_pages_since_it_was_first_seen() -> None:
    assert is_often(Tally(pages=4, alike=0, first=91, last=100), 100)
    assert not is_often(Tally(pages=4, alike=0, first=90, last=100), 100)
    assert not is_often(Tally(pages=2, alike=0, first=99, last=100), 100)


def test_what_is_told_is_bounded_and_the_most_frequent() -> None:
    tallies = {n: Tally(pages=5 + (n < 10), alike=0, first=1, last=9) for n in range(2 * MOST_TOLD)}
    told = remembered(tallies, 9)
    assert len(told.pieces) == MOST_TOLD
    assert set(range(10)) <= set(told.pieces)
    assert told.often <= set(told.pieces)


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(10, 20), max_size=6)), max_size=20))
def test_counts_never_pass_the_pages_there_were(pages: list[tuple[int, list[int]]]) -> None:
    tallies = after(*(shown(title, *numbers) for title, numbers in pages))
    for number, tally in tallies.items():
        seen = [n for n, (title, numbers) in enumerate(pages, 1) if number in (*numbers, title)]
        assert 1 <= tally.pages + tally.alike <= len(seen)
        assert (tally.first, tally.last) == (seen[0], seen[-1])
    assert remembered(tallies, len(pages)) == remembered(dict(reversed(tallies.items())), len(pages))
