"""What recurs over a site goes, by a named rule; an article that is published twice, or in parts, stays."""

from __future__ import annotations

import pickle

import pytest

from newsbot.extraction import extract
from newsbot.extraction.memory import LEVELS, MOST_PIECES
from newsbot.model import BlockKind, Section, SiteMemory
from newsbot.recurrence import MEMORABLE, NOTHING_KNOWN
from tests.repeating import (
    ABOUT,
    BOX,
    NOTICE,
    OFFER,
    OFFER_TEXT,
    PROMO,
    SIGNATURE,
    Site,
    html,
    page,
    rules,
    sentences,
)


def texts(number: int) -> list[str]:
    """The paragraphs of a page that are its own."""
    return [sentences(100 * number + part) for part in range(4)]


def test_one_page_cannot_tell() -> None:
    assert PROMO in Site().article(page(1)).text


def test_the_template_s_text_goes_from_the_second_page_on() -> None:
    site = Site()
    site.read(page(1), page(2))
    found = site.article(page(3))
    assert found.text.split("\n") == texts(3)
    assert rules(found)[PROMO] == "seen on 2 pages of this site"
    assert extract(page(1), site.memory).article.text.split("\n") == texts(1)


def test_the_same_text_in_another_place_stays() -> None:
    site = Site()
    site.read(page(1), page(2), page(3))
    assert PROMO in site.article(page(4, after=f"<p>{PROMO}</p>")).text


def test_an_article_that_is_published_twice_stays() -> None:
    site = Site()
    site.read(page(1), page(2), page(3))
    for copy in range(20):
        assert site.article(page(100 + copy, html(1, amid=BOX))).text.split("\n") == texts(1)
    assert site.article(page(1)).text.split("\n") == texts(1)


def test_a_later_edition_and_the_first_one_stay() -> None:
    site = Site()
    for edition in range(4):
        changed = html(1, head=f"Edition {edition} of the report on the plant", amid=BOX)
        found = site.article(page(edition, changed))
        assert texts(1) == [line for line in found.text.split("\n") if line != PROMO]


def test_what_the_pages_of_one_article_share_stays() -> None:
    site = Site()
    standfirst = f"<p>{sentences(7777)}</p>"
    for part in range(1, 5):
        found = site.article(page(part, html(part, head="The long read on the valve", before=standfirst)))
    assert texts(4)[0] in found.text
    assert sentences(7777) in extract(page(1, html(1, before=standfirst)), site.memory).article.text


@pytest.mark.parametrize("count", [3, 12])
def test_a_notice_that_repeats_its_words_keeps_them(count: int) -> None:
    """Monthly notices: the month alone differs."""
    site = Site()
    for month in range(1, count + 1):
        body = f"<p>{NOTICE[0]}</p><p>This is notice {month}.</p><p>{NOTICE[1]}</p>"
        found = site.article(page(month, html(month, head=f"Figures for month {month}", body=body)))
        assert found.text.split("\n") == [NOTICE[0], f"This is notice {month}.", NOTICE[1]]


def test_signatures_headings_and_rows_stay() -> None:
    table = "<table><tr><td>Strength</td><td>Packs</td></tr><tr><td>5 mg</td><td>30</td></tr></table>"
    amid = f"<h2>What was decided</h2>{table}"
    site = Site()
    for number in range(1, 9):
        found = site.article(page(number, amid=amid, after=f"<p>{SIGNATURE}</p>"))
    kinds = [block.kind for block in found.blocks]
    assert kinds.count(BlockKind.HEADING) == 1
    assert kinds.count(BlockKind.TABLE_ROW) == 2
    assert found.text.endswith(SIGNATURE)


def test_a_dateline_before_the_text_stays_until_it_is_on_many_pages() -> None:
    site = Site()
    for number in range(1, 4):
        found = site.article(page(number, before="<section><span>NORTHAVEN</span></section>"))
    assert "seen on" not in str(found.removed)


def test_the_company_s_own_paragraph_goes_when_most_pages_end_with_it() -> None:
    site = Site()
    after = f"<p>{ABOUT}</p>"
    for number in range(1, 5):
        assert ABOUT in site.article(page(number, after=after)).text
    found = site.article(page(5, after=after))
    assert found.text.split("\n") == texts(5)
    assert rules(found)[ABOUT] == "seen on 4 pages of this site"


def test_a_section_of_a_press_release_stays_however_often_it_comes() -> None:
    site = Site()
    after = f"<h3>About Quillmoor</h3><p>{ABOUT}</p>"
    for number in range(1, 9):
        found = site.article(page(number, after=after))
    assert [block.text for block in found.blocks if block.section is Section.ABOUT] == [
        "About Quillmoor",
        ABOUT,
    ]
    assert found.news.split("\n") == texts(8)


def test_the_same_paragraph_in_the_midst_of_the_text_stays() -> None:
    """Background that a reporter repeats from story to story."""
    site = Site()
    for number in range(1, 9):
        assert ABOUT in site.article(page(number, amid=f"<p>{ABOUT}</p>")).text


def test_an_offer_with_a_link_among_the_text_goes() -> None:
    site = Site()
    for number in range(1, 5):
        found = site.article(page(number, amid=f"<p>{OFFER}</p>"))
    assert found.text.split("\n") == texts(4)
    assert rules(found)[OFFER_TEXT] == "seen on 3 pages of this site"


def test_a_body_that_would_lose_most_of_itself_keeps_what_was_written() -> None:
    site = Site()
    closing = "".join(f"<p>{paragraph} {ABOUT}</p>" for paragraph in NOTICE)
    for number in range(1, 9):
        body = f"<p>{sentences(number)}</p>{closing}"
        found = site.article(page(number, html(number, body=body)))
    assert found.text.split("\n")[1:] == [f"{paragraph} {ABOUT}" for paragraph in NOTICE]


def test_text_of_the_template_that_outweighs_the_article_is_not_taken_for_it() -> None:
    profile = "".join(f"<p>{paragraph} {ABOUT} {PROMO}</p>" for paragraph in NOTICE)

    def short(number: int) -> bytes:
        said = sentences(number, 2)
        return (
            f"<html><title>Case {number} is closed</title><body><h1>Case {number} is closed</h1>"
            f"<main><div><p>{said}</p></div></main><section>{profile}</section></body></html>"
        ).encode()

    site = Site()
    alone = extract(page(1, short(1))).article.text
    assert ABOUT in alone
    for number in range(1, 9):
        found = site.article(page(number, short(number)))
    assert found.text == sentences(8, 2)


def test_a_changed_layout_is_forgotten() -> None:
    site = Site()
    site.read(*(page(number) for number in range(1, 6)))
    assert PROMO not in site.article(page(6)).text
    site.read(*(page(number, html(number)) for number in range(7, 7 + MEMORABLE)))
    assert site.memory.pieces == {}
    assert PROMO in extract(page(999), site.memory).article.text


def test_what_is_known_is_small_and_so_is_what_a_page_shows() -> None:
    site = Site()
    found = site.read(*(page(number) for number in range(1, 40)))
    assert len(pickle.dumps(site.memory)) < 1000
    assert len(pickle.dumps(found.sighting)) < 3000
    assert pickle.loads(pickle.dumps(site.memory)) == site.memory


def test_a_page_shows_a_bounded_number_of_pieces() -> None:
    body = "".join(f"<p>{sentences(number)}</p>" for number in range(2 * MOST_PIECES))
    assert len(extract(page(1, html(1, body=body))).sighting.pieces) == MOST_PIECES


def test_what_the_body_would_be_without_memory_is_told() -> None:
    site = Site()
    site.read(page(1), page(2))
    found = extract(page(3), site.memory)
    assert found.bare == extract(page(3)).article.text
    assert found.bare != found.article.text
    assert extract(page(3)).bare is None


def test_reading_is_pure() -> None:
    site = Site()
    site.read(page(1), page(2))
    before = (dict(site.memory.pieces), site.memory.often)
    assert extract(page(3), site.memory) == extract(page(3), site.memory)
    assert (dict(site.memory.pieces), site.memory.often) == before


def test_without_memory_nothing_differs() -> None:
    unrelated = SiteMemory(count=9, pieces=dict.fromkeys(range(1000), 9), often=frozenset(range(1000)))
    assert extract(page(1), unrelated) == extract(page(1), NOTHING_KNOWN) == extract(page(1))


def test_places_say_where_a_piece_stands() -> None:
    (promo,) = [piece for piece in extract(page(1)).sighting.pieces if piece.text == PROMO]
    assert promo.place.split("/")[-1] == "section"
    assert len(promo.place.split("/")) == LEVELS
    assert promo.inside


def test_the_words_with_which_a_publisher_opens_its_notices_stay() -> None:
    site = Site()
    for number in range(1, 9):
        body = "".join(f"<p>{text}</p>" for text in (ABOUT, *texts(number)))
        found = site.article(page(number, html(number, body=body)))
    assert found.text.split("\n") == [ABOUT, *texts(8)]


def test_information_with_a_link_in_it_stays_however_often_it_is_given() -> None:
    informed = f'<p>{ABOUT} Side effects can be told <a href="/report">to the registry</a>.</p>'
    site = Site()
    for number in range(1, 9):
        found = site.article(page(number, amid=informed))
    assert ABOUT in found.text


@pytest.mark.parametrize(
    "amid",
    [
        "<ul><li>Headache and some nausea</li><li>Case {0}</li></ul>",
        f"<blockquote>{ABOUT}</blockquote>",
        "<details><summary>What was found in the end?</summary></details>",
    ],
)
def test_entries_quotations_and_questions_in_the_text_recur_by_chance(amid: str) -> None:
    site = Site()
    for number in range(1, 9):
        found = site.article(page(number, amid=amid.format(number)))
    assert not [item for item in found.removed if "seen on" in item.rule and item.text != PROMO]
