"""The gate: over all pages of our own, no figure below its floor, and no floor far below its figure."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.quality.floors import read_floors, to_raise, too_low
from tests.quality.report import complaints
from tests.quality.scoring import Score, figures, folded, score_page, squash
from tests.quality.truth import Truth, read_truths

TRUTHS = read_truths()
FEWEST = 34


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    """All pages, read once."""
    return [score_page(truth) for truth in TRUTHS]


def test_no_figure_is_below_its_floor(scores: list[Score]) -> None:
    fallen = too_low(figures(scores), read_floors())
    assert not fallen, "\n".join((*fallen, "", complaints(scores)))


def test_floors_rise_with_the_figures(scores: list[Score]) -> None:
    risen = to_raise(figures(scores), read_floors())
    assert not risen, "\n".join(risen)


def test_every_figure_has_a_floor(scores: list[Score]) -> None:
    assert set(read_floors()) == set(figures(scores))


def test_there_are_pages_enough_of_both_languages() -> None:
    languages = [truth.language for truth in TRUTHS]
    assert len(TRUTHS) >= FEWEST
    assert min(languages.count("zh"), languages.count("en")) * 3 >= len(TRUTHS)
    assert len(set(languages)) >= 5


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)
def test_a_body_is_on_its_page(truth: Truth) -> None:
    page = squash(unescape(re.sub(r"<[^>]*>", "", truth.html)))
    assert [block.text for block in truth.body if squash(block.text) not in page] == []


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)
def test_a_truth_is_about_its_page(truth: Truth) -> None:
    page = folded(truth.html)
    body = folded("\n".join(block.text for block in truth.body))
    assert [snippet for snippet in truth.must_not_remain if folded(snippet) not in page] == []
    assert [snippet for snippet in truth.must_not_remain if folded(snippet) in body] == []
    assert len(truth.must_not_remain) >= 4
    assert len({block.text for block in truth.body}) == len(truth.body)
