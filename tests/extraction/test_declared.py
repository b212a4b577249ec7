"""Fields that a source points at."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newsbot.extraction import extract
from newsbot.model import Article, Page

BODY = "".join(f"<p>{sentence}</p>" for sentence in (
    "Halvern said on Tuesday that its plant in Brennhavn had passed the inspection of the agency without remarks.",
    "The plant makes four of the company's seven medicines, and had been closed since the flood in the spring.",
    "Deliveries to hospitals in the north begin in March, those to pharmacies two weeks after that, it said.",
))  # fmt: skip
PAGE = f"""<!doctype html><html lang="en"><title>Halvern</title><body>
<h1>Welcome to Halvern</h1><div class="x7-head">Plant in Brennhavn passes inspection</div>
<div class="stamp">Stand: 17.11.2026</div><b class="who">Aldona Brisk</b><i class="who">Imre Solvang</i>
<div class="x7-text">{BODY}<p>Share this page with your friends</p></div>
<div class="other">{BODY.replace("Halvern", "Varnholt")}{BODY.replace("plant", "ship")}</div>
</body></html>"""


def read(**fields: str) -> Article:
    page = Page(
        url="https://a.example/1",
        body=PAGE.encode(),
        fetched=datetime(2026, 11, 20, tzinfo=UTC),
        fields=fields,
    )
    return extract(page).article


def test_each_selector_has_the_last_word_and_says_so() -> None:
    article = read(title=".x7-head", published=".stamp", authors=".who")
    assert article.title == "Plant in Brennhavn passes inspection"
    assert article.published is not None
    assert article.published.when == date(2026, 11, 17)
    assert article.authors == ("Aldona Brisk", "Imre Solvang")
    assert {article.origins[name] for name in ("title", "published", "authors")} == {"selector"}


def test_a_body_that_is_pointed_at_is_cleaned_as_every_other() -> None:
    article = read(body=".x7-text")
    assert "Varnholt" not in article.text
    assert "Deliveries to hospitals" in article.text
    assert "Share this page" not in article.text
    assert article.origins["body"] == "selector"


@pytest.mark.parametrize("field", ["title", "published", "authors", "source", "body"])
def test_where_a_selector_finds_nothing_the_page_is_read_as_any_other(field: str) -> None:
    assert read(**{field: ".gone"}) == read()
