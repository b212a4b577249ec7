"""Articles that a page holds only as data."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction import extract
from newsbot.extraction.embedded import bodies, load_state
from newsbot.model import Article, Page

LINES = tuple(
    f"The company said on Monday that the trial number {n} met its main goal in all four hundred patients."
    for n in range(4)
)
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)


def read(body: str, head: str = "") -> Article:
    html = f"<html><head><title>A trial</title>{head}</head><body><h1>A trial</h1>{body}</body></html>"
    return extract(Page(url="https://example.com/1", body=html.encode(), fetched=datetime.now(UTC))).article


def script(content: object, attributes: str) -> str:
    return f"<script {attributes}>{json.dumps(content)}</script>"


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        (script({"@type": "NewsArticle", "articleBody": "\n".join(LINES)}, 'type="application/ld+json"'), "json-ld"),
        (script({"@type": "NewsArticle", "articleBody": MARKUP}, 'type="application/ld+json"'), "json-ld"),
        (script({"props": {"post": {"content_html": MARKUP}}}, 'id="__NEXT_DATA__"'), "page state"),
        (script({"a": [{"body": [{"type": "p", "text": line} for line in LINES]}]}, 'type="application/json"'),
         "page state"),
        (f"<script>window.__INITIAL_STATE__ = {json.dumps({'detail': MARKUP})}; start()</script>", "page state"),
    ],
)  # fmt: skip
def test_a_body_in_data_is_read_where_nothing_is_visible(head: str, origin: str) -> None:
    article = read("<div id=app>Loading…</div>", head)
    assert tuple(block.text for block in article.blocks) == LINES
    assert article.origins["body"] == origin
    assert article.title == "A trial"


def test_a_visible_body_is_believed_before_data() -> None:
    other = "Another text that is longer than what can be seen on the page itself, for whatever reason. " * 20
    head = script({"@type": "NewsArticle", "articleBody": other}, 'type="application/ld+json"')
    article = read(MARKUP, head)
    assert tuple(block.text for block in article.blocks) == LINES
    assert "body" not in article.origins


def test_a_short_notice_stays_when_data_say_no_more() -> None:
    notice = "The office is closed from 1 to 5 May and opens again on 6 May at nine in the morning."
    head = script({"@type": "NewsArticle", "articleBody": notice}, 'type="application/ld+json"')
    assert [block.text for block in read(f"<p>{notice}</p>", head).blocks] == [notice]


@pytest.mark.parametrize(
    "text", ["", "{", "window.__X = ", '{"a": ' * 5000, "[" * 100_000, '{"body": "\\ud800"}', "null", "{]"]
)
def test_broken_states_hold_nothing(text: str) -> None:
    assert [body for body, _ in bodies(load_state(text)) if len(body) > 3] == []
    assert read("", f'<script id="__NEXT_DATA__">{text}{" " * 300}</script>').blocks == ()


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30)
)
def test_any_json_gives_texts(value: object) -> None:
    assert all(isinstance(body, str) and isinstance(headline, str) for body, headline in bodies(value))
