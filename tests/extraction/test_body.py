"""Where the article is, on pages that make it hard."""

from __future__ import annotations

import pytest

from newsbot.extraction.blocks import read_page
from newsbot.extraction.body import best_run, choose_body
from newsbot.extraction.tree import parse

PROSE = (
    "The company said that the trial had met its main goal and that a larger study would follow next year."
)


def chosen(html: str) -> list[str]:
    reading = read_page(parse(f"<html><body>{html}</body></html>"))
    choice = choose_body(reading)
    return [block.text for block in reading.blocks[choice.first : choice.end]]


def test_the_densest_region_wins_over_longer_menus() -> None:
    menu = "<ul>" + "<li><a href='#'>A menu entry of some length</a></li>" * 40 + "</ul>"
    assert chosen(f"<div>{menu}</div><div><p>{PROSE}</p><p>{PROSE}</p></div><div>{menu}</div>") == [
        PROSE,
        PROSE,
    ]


def test_sections_of_one_article_stay_together() -> None:
    sections = "".join(f"<section><h2>Part {n}</h2><p>{PROSE}</p></section>" for n in range(3))
    assert chosen(f"<nav><a href='#'>x</a></nav><main>{sections}</main>").count(PROSE) == 3


def test_comments_are_not_the_article_even_when_they_are_most_of_the_page() -> None:
    comments = f"<div class='comment'><p>I think that {PROSE}</p></div>" * 12
    assert chosen(f"<div><p>{PROSE}</p><p>{PROSE}</p></div><div id='comments'>{comments}</div>") == [
        PROSE,
        PROSE,
    ]


def test_a_class_name_round_the_whole_page_says_nothing() -> None:
    assert chosen(f"<div class='sidebar-layout footer-sticky'><p>{PROSE}</p><p>{PROSE}</p></div>") == [
        PROSE,
        PROSE,
    ]


def test_sections_that_open_with_a_click_are_content() -> None:
    folded = "".join(f"<h3>Q{n}</h3><div style='display:none'><p>{PROSE}</p></div>" for n in range(4))
    assert chosen(f"<div>{folded}</div>").count(PROSE) == 4


def test_a_list_of_dates_at_the_end_belongs_to_the_article() -> None:
    dates = "<p>June 3 - Leeds</p><p>June 5 - York</p><p>June 9 - Hull</p>"
    assert (
        chosen(f"<div class='text'>{f'<p>{PROSE}</p>' * 4}{dates}</div><div><p>x</p></div>")[-1]
        == "June 9 - Hull"
    )


def test_unit_and_date_that_sign_a_notice_belong_to_it() -> None:
    notice = "各有关单位：现将本次专项检查的有关事项通知如下，请遵照执行，并于月底前书面报告。"
    signed = f"{notice}<br>示例市药监局<br>2024年5月6日"
    found = chosen(f"<table><tr><td><a href='#'>首页</a></td></tr><tr><td>{signed}</td></tr></table>")
    assert found == [notice, "示例市药监局", "2024年5月6日"]


@pytest.mark.parametrize(
    "ending",
    [
        ["示例省药品监督管理局", "2026年11月13日"],
        ["2026年11月17日至19日，16日下午报到。"],
    ],
)
@pytest.mark.parametrize("style", ["", ' style="text-align:right"', ' class="p1"'])
def test_short_last_lines_with_attributes_of_their_own_belong_to_the_notice(
    ending: list[str], style: str
) -> None:
    notice = "各有关单位：现将本次专项检查的有关事项通知如下，请遵照执行，并于月底前书面报告。"
    lines = "".join(f"<p{style}>{line}</p>" for line in ending)
    links = "<ul><li><a href='/a'>另一则通知</a></li><li><a href='/b'>再一则通知</a></li></ul>"
    page = f"<div id='nav'>{links}</div><div class='content'><p{style}>{notice}</p>{lines}</div><div>{links}</div>"
    assert chosen(page) == [notice, *ending]


def test_a_page_of_nothing_has_no_article() -> None:
    assert chosen("") == []
    assert best_run([], 0, 0) == (0, 0)


def numbered(first: int, count: int) -> str:
    """Paragraphs of a box, each under an element of its own, as many page builders make them."""
    return "".join(
        f"<div class=part><p>{number}. {PROSE}</p></div>" for number in range(first, first + count)
    )


HEADLINES = "<ul>" + "<li><a href='/x'>The headline of some other article of the day</a></li>" * 12 + "</ul>"


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        (
            f"<div>{numbered(0, 6)}</div>{HEADLINES}<div>{numbered(6, 1)}{HEADLINES}{numbered(7, 1)}</div>",
            range(8),
        ),
        (f"<div>{numbered(0, 2)}</div>{HEADLINES}<div>{numbered(2, 7)}</div>", range(9)),
        (f"<div>{numbered(0, 1)}</div>{HEADLINES}<div>{numbered(1, 7)}</div>", range(1, 8)),
        (
            f"<div>{numbered(0, 6)}</div>{HEADLINES}<h1>Another article</h1><div>{numbered(6, 1)}</div>",
            range(6),
        ),
        (f"<div>{numbered(0, 6)}</div>{HEADLINES}<ul><li>{numbered(6, 1)}</li></ul>", range(6)),
    ],
)
def test_an_article_goes_on_in_boxes_that_are_built_alike(page: str, numbers: range) -> None:
    found = chosen(f"<div><div>{page}</div></div>")
    assert [text for text in found if text.endswith(PROSE)] == [f"{number}. {PROSE}" for number in numbers]
