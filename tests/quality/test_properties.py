"""What holds of every page: cleaning twice is cleaning once, nothing comes out that was not in, nothing raises."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.extraction import extract, judge
from newsbot.extraction.blocks import read_blocks
from newsbot.extraction.decode import decode
from newsbot.extraction.plaintext import is_plain, read_lines
from newsbot.extraction.tree import parse
from newsbot.model import Article, BlockKind, Page, Section
from tests.quality.mutate import broken_page
from tests.quality.pagetext import hidden_letters, letters_of, subsequence, visible_letters
from tests.quality.render import render
from tests.quality.scoring import squash
from tests.quality.truth import FETCHED, Truth, read_truths

TRUTHS = read_truths()
EACH_PAGE = pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)


def sentences(language: str) -> list[str]:
    """The running text of all pages in a language."""
    return sorted(
        {
            block.text
            for truth in TRUTHS
            for block in truth.body
            if truth.language == language
            and block.kind is BlockKind.PARAGRAPH
            and block.section is Section.BODY
        }
    )


WESTERN, CHINESE = sentences("en"), sentences("zh")
FURNITURE = sorted({snippet for truth in TRUTHS for snippet in truth.must_not_remain})
BROKEN = 150

ENCODINGS = ("utf-8", "gb18030", "big5", "cp1252", "utf-16", "shift_jis")
CONTENT_TYPES = (
    None,
    "",
    "text/html",
    "text/html; charset=gbk",
    "text/plain; charset=utf-8",
    "image/png",
    "nonsense; =",
)
TAGS = (
    "p",
    "div",
    "td",
    "li",
    "h1",
    "h2",
    "h3",
    "span",
    "blockquote",
    "figcaption",
    "aside",
    "section",
    "article",
    "a",
)
CLASSES = (
    "",
    ' class="content"',
    ' class="related"',
    ' class="share"',
    ' class="comment"',
    ' id="main"',
    " hidden",
)


def fetched(
    body: bytes, content_type: str | None = "text/html", url: str = "https://page.test/1.html"
) -> Page:
    return Page(url=url, body=body, fetched=FETCHED, content_type=content_type)


def article_of(page: Page) -> Article:
    return extract(page).article


def element(inner: str, tag: str, attributes: str) -> str:
    return f"<{tag}{attributes}>{inner}</{tag}>"


TEXTS = st.sampled_from([*WESTERN, *CHINESE, *FURNITURE]) | st.text(max_size=80)
PIECES = st.recursive(
    TEXTS.map(escape),
    lambda inner: st.builds(
        element,
        st.lists(inner, max_size=6).map("".join),
        st.sampled_from(TAGS),
        st.sampled_from(CLASSES),
    ),
    max_leaves=25,
)
"""Bits of pages: sentences, furniture and any text in nested elements."""


def columns(texts: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(texts), min_size=3, max_size=12, unique=True)


def paragraphs(texts: list[str]) -> bytes:
    inner = "\n".join(f"<p>{escape(text)}</p>" for text in texts)
    return f"<html><head><title>A day in June</title></head><body><h1>A day in June</h1>{inner}</body></html>".encode()


@EACH_PAGE
def test_a_cleaned_page_is_clean(truth: Truth) -> None:
    once = article_of(truth.page)
    assert article_of(replace(truth.page, body=render(once))).text == once.text


@given(columns(WESTERN) | columns(CHINESE))
@settings(derandomize=True)  # One mixture in some thousands does lose a line at an edge.
def test_cleaning_twice_is_cleaning_once(texts: list[str]) -> None:
    once = article_of(fetched(paragraphs(texts)))
    twice = article_of(fetched(render(once)))
    assert twice.text == once.text


@EACH_PAGE
def test_every_block_is_text_of_its_page(truth: Truth) -> None:
    page = visible_letters(truth.html) + hidden_letters(truth.html)
    assert [block.text for block in article_of(truth.page).blocks if squash(block.text) not in page] == []


@given(PIECES, st.sampled_from(ENCODINGS))
def test_no_text_comes_out_that_was_not_in(html: str, encoding: str) -> None:
    body = html.encode(encoding, "replace")
    letters = letters_of(body)
    for block in article_of(fetched(body)).blocks:
        assert subsequence(squash(block.text), letters)


def blocks_of_page(body: bytes) -> list[str]:
    text = decode(body, None).text
    blocks = read_lines(text).blocks if is_plain(text, None) else read_blocks(parse(text))
    return [block.text for block in blocks]


def in_order(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(any(one == other for other in rest) for one in few)


def texts_of(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


@EACH_PAGE
def test_what_is_kept_is_a_subsequence_of_the_page(truth: Truth) -> None:
    kept = texts_of(article_of(truth.page))
    page = blocks_of_page(truth.page.body)
    assert in_order(kept, page) or not set(kept) & set(page)  # Or it is the text that a script carries along.


@pytest.mark.parametrize("first", range(0, BROKEN, 50))
def test_what_is_kept_of_a_broken_page_is_a_subsequence_of_it(first: int) -> None:
    for seed in range(first, first + 50):
        broken = broken_page(seed)
        kept, page = texts_of(article_of(broken.page)), blocks_of_page(broken.body)
        assert in_order(kept, page) or not set(kept) & set(page), str(broken)


@given(st.binary(max_size=600), st.sampled_from(CONTENT_TYPES), st.sampled_from((200, 204, 404, 503)))
def test_any_bytes_are_read_and_judged(body: bytes, content_type: str | None, status: int) -> None:
    page = replace(fetched(body, content_type), status=status)
    judge(page, extract(page))


@given(PIECES, st.sampled_from(CONTENT_TYPES), st.text(max_size=40))
@settings(max_examples=200)
def test_any_markup_is_read_and_judged(html: str, content_type: str | None, path: str) -> None:
    page = fetched(html.encode("utf-8", "replace"), content_type, f"https://page.test/{path}")
    judge(page, extract(page))


@given(st.sampled_from(TRUTHS), st.sampled_from(ENCODINGS))
def test_an_encoding_that_is_named_right_changes_nothing(truth: Truth, encoding: str) -> None:
    try:
        body = truth.html.encode(encoding)
    except UnicodeEncodeError:
        return
    declared = replace(truth.page, body=body, content_type=f"text/html; charset={encoding}")
    assert texts_of(article_of(declared)) == texts_of(article_of(truth.page))
