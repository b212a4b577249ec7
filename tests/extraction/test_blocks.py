"""A tree to blocks: what a reader would call a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.blocks import RawBlock, read_blocks, read_page
from newsbot.extraction.rules import mark_words
from newsbot.extraction.tree import parse
from newsbot.model import BlockKind


def blocks(html: str) -> list[RawBlock]:
    return read_blocks(parse(f"<html><body>{html}</body></html>"))


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a <b>b</b>c</p><p>d</p>", ["a bc", "d"]),
        ("<div>a<p>b</p>c</div>", ["a", "b", "c"]),
        ("a<br>b<br><br>c", ["a", "b", "c"]),
        ("<p>\u3000\u3000一\xa0</p>&nbsp;<p>&nbsp;</p>", ["一"]),
        ("<h1>one<br>title</h1>", ["one title"]),
        ("a<!-- not b -->c", ["ac"]),
        ("<script>x</script>a<style>y</style>b<noscript>z</noscript>", ["ab"]),
        ("<div><embed src=x>a</div><p>b<wbr>c</p>", ["a", "bc"]),
        ("a<img src=x>b<input>c", ["abc"]),
        ("<h2><button>Question</button></h2><button>Send</button>", ["Question"]),
        ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", ["a", "b", "c"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", ["a", "b"]),
        ("<my-box>a</my-box><my-box>b</my-box>", ["a", "b"]),
        (
            "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>",
            ["x | y", "1 | 2"],
        ),
        (
            "<table><tr><td>menu</td><td><table><tr><td>text</td></tr></table></td></tr></table>",
            ["menu", "text"],
        ),
        (
            f"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>{'d ' * 200}</td></tr></table>",
            ["a", "b", "c", "d " * 199 + "d"],
        ),
    ],
)
def test_text_is_cut_where_a_reader_sees_a_cut(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("html", "kind", "level"),
    [
        ("<p>a</p>", BlockKind.PARAGRAPH, None),
        ("<h3><span>a</span></h3>", BlockKind.HEADING, 3),
        ("<ul><li><p>a</p></li></ul>", BlockKind.LIST_ITEM, None),
        ("<blockquote><p>a</p></blockquote>", BlockKind.QUOTE, None),
        ("<figure><figcaption>a</figcaption></figure>", BlockKind.CAPTION, None),
        ("<pre>a</pre>", BlockKind.CODE, None),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
            BlockKind.TABLE_ROW,
            None,
        ),
    ],
)
def test_a_block_knows_what_it_is(html: str, kind: BlockKind, level: int | None) -> None:
    found = blocks(html)[0]
    assert (found.kind, found.level) == (kind, level)


def test_links_are_measured_and_kept() -> None:
    found = blocks('<p>see <a href="/x">this <b>page</b></a> and <a href="y">that</a></p>')[0]
    assert found.link_length == len("this page that") - 1
    assert found.hrefs == ("/x", "y")


def test_a_link_round_several_blocks_is_a_link_in_each() -> None:
    found = blocks('a<a href="/x">b<p>c d</p>e</a>f')
    assert [(block.text, block.link_length) for block in found] == [("ab", 1), ("c d", 3), ("ef", 1)]


def test_ancestors_leave_their_marks() -> None:
    found = blocks(
        '<footer><div class="site-nav"><p>a</p></div></footer><p style="display: none">b</p><p>c</p>'
    )
    assert [block.marks for block in found] == [{"footer", "nav"}, {"hidden"}, set()]


def test_regions_hold_the_blocks_in_them() -> None:
    reading = read_page(
        parse("<html><body><div id=a><p>1</p><div id=b><p>2</p></div></div><p>3</p></body></html>")
    )
    held = [(region.first, region.end) for region in reading.regions if region.tag == "div"]
    assert held == [(0, 2), (1, 2)]
    assert all(block.element is not None for block in reading.blocks)


@pytest.mark.parametrize(
    ("names", "marks"),
    [
        ("article__body", {"content", "body"}),
        ("relatedPosts", {"related"}),
        ("sidebar-right", {"sidebar"}),
        ("bdsharebuttonbox", {"share"}),
        ("shadow header-image", set()),
    ],
)
def test_class_names_are_read_word_by_word(names: str, marks: set[str]) -> None:
    assert mark_words(names) == marks


@given(
    st.lists(
        st.tuples(st.sampled_from(["p", "div", "li", "td", "h2", "span", "br"]), st.sampled_from("abc 一")),
        max_size=30,
    )
)
def test_blocks_are_the_text_in_order(parts: list[tuple[str, str]]) -> None:
    tree = parse("<body>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts))
    whole = "".join("".join(tree.itertext()).split())
    assert "".join("".join(block.text.split()) for block in read_blocks(tree)).replace("|", "") == whole


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p>as shown before<sup><a href="#n1">1</a></sup>, it works</p>', "as shown before, it works"),
        ('<p>as shown before<a href="/x#n1"><sup>[12]</sup></a>, it works</p>', "as shown before, it works"),
        ("<p>10<sup>6</sup> cells per m<sup>2</sup></p>", "106 cells per m2"),
        ("<pre>10 m<sup>2</sup></pre>", "10 m2"),
    ],
)
def test_the_numbers_of_notes_are_no_text_and_powers_are(html: str, text: str) -> None:
    assert [block.text for block in read_blocks(parse(html))] == [text]


LONG = "The plant in the valley will be enlarged over the coming two years, the company said on Thursday."


@pytest.mark.parametrize("tag", ["svg", "object", "button", "select", "canvas", "map"])
def test_an_element_that_was_never_closed_takes_nothing_with_it(tag: str) -> None:
    assert [block.text for block in blocks(f"<p>{LONG}</p><{tag}>x<p>{LONG}</p>")][-1].endswith(LONG)


def test_a_question_on_a_button_and_a_template_that_is_shown_are_text() -> None:
    shown = f"<template shadowrootmode=open><p>{LONG}</p></template>"
    html = f"<button>What are the side effects?</button><div>{shown}</div>"
    assert [block.text for block in blocks(html)] == ["What are the side effects?", LONG]
    assert (
        blocks(
            f"<button>Subscribe</button><template><p>{LONG}</p></template><noscript><p>{LONG}</p></noscript>"
        )
        == []
    )


def test_where_a_picture_leads_is_not_where_the_next_paragraph_leads() -> None:
    [block] = blocks(f'<div><a href="/ad"><img src=x></a></div><p>{LONG}</p>')
    assert block.hrefs == ()
