"""The measures themselves: a gate that measures wrong is no gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from newsbot.model import Article, Block, BlockKind, Section, Zone
from tests import builders
from tests.quality.floors import read_floors, to_raise, too_low
from tests.quality.report import complaint, table
from tests.quality.scoring import FIELDS, Score, compare, figures, score
from tests.quality.truth import Truth

PARAGRAPHS = (
    "The first paragraph of a page has some words.",
    "The second has other words than that one.",
    "The third one ends it.",
)
TRUTH = Truth(
    name="a_page",
    kind="made up",
    url=builders.URL,
    language="en",
    title="A title",
    body=(*(Block(kind=BlockKind.PARAGRAPH, text=text) for text in PARAGRAPHS),),
    must_not_remain=("Subscribe", "# # #"),
    published=date(2024, 3, 1),
)


def answer(*texts: str, **fields: object) -> Article:
    when = builders.published(datetime(2024, 3, 1, 23, 30, tzinfo=UTC), Zone.STATED)
    return builders.article("\n".join(texts), "A title!", **{"published": when, **fields})


def test_the_right_answer_is_perfect() -> None:
    perfect = score(TRUTH, answer(*PARAGRAPHS))
    assert (perfect.f1, perfect.exact, perfect.kinds, perfect.wrong) == (1.0, True, 1.0, {})
    assert complaint(perfect) == ""


def test_missing_and_stray_blocks_are_told_apart() -> None:
    found = score(TRUTH, answer(PARAGRAPHS[0], "Subscribe to our letter, it is free.", PARAGRAPHS[2]))
    assert found.missing == (PARAGRAPHS[1],)
    assert found.stray == ("Subscribe to our letter, it is free.",)
    assert (found.leaks, found.lost) == (("Subscribe",), (PARAGRAPHS[1],))
    assert complaint(found).splitlines()[1:] == [
        f"  missing: {PARAGRAPHS[1]}",
        "  too many: Subscribe to our letter, it is free.",
        "  must not remain: Subscribe",
    ]


@pytest.mark.parametrize(
    ("truth", "answered", "precision", "recall"),
    [
        ("a b c d", "a b c d", 1.0, 1.0),
        ("a b c d", "", 0.0, 0.0),
        ("a b c d", "a b c d e", 0.5, 1.0),
        ("药品审评中心公告", "药品审评中心", 1.0, 0.6),
        ("a b c d a b c d", "a b c d", 1.0, 0.2),
    ],
)
def test_bodies_are_compared_by_shingles(truth: str, answered: str, precision: float, recall: float) -> None:
    assert compare(truth, answered)[:2] == (precision, recall)


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("day", {"published": None}),
        ("day", {"published": builders.published(date(2024, 3, 2))}),
        ("author", {"authors": ("Jo Doe",)}),
        ("source", {"source": "Reuters"}),
        ("title", {"title": None}),
        ("wire", {"wire": "Reuters"}),
        ("correction", {"correction": "It was not so."}),
        ("language", {"language": "de"}),
    ],
)
def test_a_wrong_field_is_named_and_what_is_unknown_must_stay_so(
    field: str, fields: dict[str, object]
) -> None:
    article = replace(answer(*PARAGRAPHS), **fields)  # type: ignore[arg-type]  # the fields of Article, by name
    assert set(score(TRUTH, article).wrong) == {field}
    assert score(replace(TRUTH, open=frozenset((field,))), article).wrong == {}


def test_an_open_field_is_neither_right_nor_wrong() -> None:
    found = score(replace(TRUTH, open=frozenset(("source",))), answer(*PARAGRAPHS, source="Reuters"))
    assert "source" not in found.right | found.wrong.keys()


def test_captions_are_left_out_of_the_score_but_must_be_kept() -> None:
    caption = Block(kind=BlockKind.CAPTION, text="A crab on a beach.")
    truth = replace(TRUTH, body=(*TRUTH.body, caption))
    without = score(truth, answer(*PARAGRAPHS))
    assert (without.f1, without.lost, without.kinds) == (1.0, (caption.text,), 0.0)
    whole = answer(*PARAGRAPHS)
    assert score(truth, replace(whole, blocks=(*whole.blocks, caption))).kinds == 1.0


def test_blocks_in_the_wrong_section_count() -> None:
    article = answer(*PARAGRAPHS)
    first = replace(article.blocks[0], section=Section.ABOUT)
    found = score(TRUTH, replace(article, blocks=(first, *article.blocks[1:])))
    assert found.sections == pytest.approx(2 / 3)
    assert "sections" in complaint(found)


def good_and_bad() -> list[Score]:
    return [score(TRUTH, answer(*PARAGRAPHS)), score(TRUTH, answer("Nothing of this is there at all."))]


def test_figures_are_means_over_pages() -> None:
    found = figures(good_and_bad())
    assert found["exact"] == found["good"] == found["whole"] == 0.5
    assert found["clean"] == found["title"] == 1.0
    assert "dateline" not in found


def test_a_figure_may_lie_on_its_floor_but_neither_below_nor_far_above() -> None:
    floors = {"f1": 0.9}
    assert (
        too_low({"f1": 0.9}, floors) == to_raise({"f1": 0.9}, floors) == to_raise({"f1": 0.93}, floors) == []
    )
    assert too_low({"f1": 0.899}, floors)
    assert to_raise({"f1": 0.94}, floors)


def test_a_raised_floor_is_not_to_be_raised_again() -> None:
    for hundredths in range(10, 101):
        figure = {"f1": hundredths / 100}
        sentence = to_raise(figure, {"f1": 0.0})[0]
        floor = {"f1": float(sentence.rsplit(" ", 1)[1])}
        assert too_low(figure, floor) == to_raise(figure, floor) == []


def test_the_table_names_every_page_and_figure() -> None:
    scores = good_and_bad()
    text = table(scores, read_floors())
    assert text.count("a_page") == len(scores)
    assert all(name in text for name in figures(scores))
    assert set(FIELDS) >= set(scores[0].right)
