"""Text to a tree: nothing is lost, nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.blocks import read_blocks
from newsbot.extraction.tree import DEEPEST, parse, rescue


@pytest.mark.parametrize("levels", [300, 2_000, 5_000, 50_000])
def test_text_is_kept_however_deep_it_lies(levels: int) -> None:
    tree = parse("<html><body>before" + "<div>" * levels + "deep" + "</div>" * levels + "after</body></html>")
    assert "".join(tree.itertext()).split() == ["beforedeepafter"]
    assert [block.text for block in read_blocks(tree)] == ["before", "deep", "after"]


def test_text_behind_the_end_of_the_page_is_kept() -> None:
    tree = parse("<html><body><p>one</p></body></html><div><p>two</p></div></html>")
    assert [block.text for block in read_blocks(tree)] == ["one", "two"]


@pytest.mark.parametrize("end", ["</Html>", "</html >", "</HTML>", "</body></html>"])
def test_an_end_of_the_page_in_its_middle_is_none(end: str) -> None:
    tree = parse(f"<html><body><p>one</p>{end}<p>two</p></body></html>")
    assert [block.text for block in read_blocks(tree)] == ["one", "two"]


def test_a_title_that_is_never_closed_does_not_take_the_page_with_it() -> None:
    tree = parse("<html><head><title>One</tit></head><body><p>two</p>" + "<p>three</p>" * 400)
    assert [block.text for block in read_blocks(tree)][:3] == ["One", "two", "three"]


def test_a_rescued_tree_keeps_order_attributes_and_text() -> None:
    tree = rescue("<p class='a b' id=c>one<b>two</b>three</p><!-- no --><script>x()</script>four")
    assert "".join(tree.itertext()) == "onetwothreex()four"
    assert tree[0].get("class") == "a b"
    deepest = rescue("<div>" * (DEEPEST + 50) + "x&#1;")
    assert max(sum(1 for _ in element.iterancestors()) for element in deepest.iter()) == DEEPEST
    assert "".join(deepest.itertext()) == "x"
    assert "".join(rescue("a<![x[y]]>b").itertext()) == "ab"
    inner = "<p>a<b>b</b>c</p>" * 3
    assert "".join(rescue("<div>" * DEEPEST + inner).itertext()) == "abc" * 3


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "<!-- -->", "<?xml version='1.0' encoding='gbk'?>", "</p>", "<p>"]
)
def test_next_to_nothing_is_an_empty_page(text: str) -> None:
    assert read_blocks(parse(text)) == []


@pytest.mark.parametrize(
    "text", ["<", "<!-- never closed", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<![CDATA[", "<p", "&#0;&#x110000;"]
)
def test_broken_markup_gives_a_tree(text: str) -> None:
    assert len(read_blocks(parse(text))) <= 1


def test_entities_do_not_explode() -> None:
    bomb = (
        "<!DOCTYPE x ["
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9))
        + "]><p>&a8;</p>"
    )
    assert len("".join(parse(bomb).itertext())) < 1_000


@given(st.text(alphabet=st.sampled_from(list("<>/!-=\"' apdivtrbh&;#x0\n汉")), max_size=200))
def test_any_text_gives_a_tree(text: str) -> None:
    read_blocks(parse(text))
