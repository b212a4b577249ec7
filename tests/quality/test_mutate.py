"""A few hundred of the pages that `make fuzz` breaks by the thousand: none raises, none shows what was not there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from newsbot.extraction import extract, judge
from tests.quality import mutate
from tests.quality.mutate import MUTATIONS, Mutation, Outcome, broken_page, failures, originals, save, summary
from tests.quality.pagetext import letters_of, subsequence
from tests.quality.scoring import squash

SEEDS = 300
A_FEW = 60


@pytest.mark.parametrize("first", range(0, SEEDS, 50))
def test_no_broken_page_raises(first: int) -> None:
    for seed in range(first, first + 50):
        page = broken_page(seed).page
        judge(page, extract(page))


def test_no_text_comes_out_of_a_broken_page_that_was_not_in() -> None:
    for seed in range(A_FEW):
        broken = broken_page(seed)
        letters = letters_of(broken.body)
        for block in extract(broken.page).article.blocks:
            assert subsequence(squash(block.text), letters), f"{broken}: {block.text}"


def test_a_broken_page_is_the_same_whenever_it_is_asked_for() -> None:
    assert [broken_page(seed) for seed in range(20)] == [broken_page(seed) for seed in range(20)]


def test_every_mutation_and_every_page_is_used() -> None:
    pages = [broken_page(seed) for seed in range(SEEDS)]
    assert set(Counter(name for page in pages for name in page.mutations)) == {
        each.__name__ for each in MUTATIONS
    }
    assert {page.name for page in pages} == {name for name, _ in originals()}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_mutation_changes_pages_and_bears_nothing(mutation: Mutation) -> None:
    body = originals()[0][1]
    assert any(mutation(Random(seed), body) != body for seed in range(10))
    for seed in range(20):
        mutation(Random(seed), b"")
        mutation(Random(seed), b"<")


def test_what_raises_is_told_and_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise ValueError("made to fail")

    monkeypatch.setattr(mutate, "extract", refuse)
    outcome = mutate.judged(7)
    assert failures([outcome]) == [outcome]
    assert "1 raised" in summary([outcome])
    assert save(outcome, tmp_path / "broken").read_bytes() == broken_page(7).body
    assert "made to fail" in (tmp_path / "broken" / "7.txt").read_text("utf-8")


def test_what_is_slow_fails() -> None:
    slow = Outcome(seed=1, label="seed 1", seconds=1.5)
    assert failures([slow, Outcome(seed=2, label="seed 2", seconds=0.5)]) == [slow]
