"""Pages without markup."""

from __future__ import annotations

import pytest

from newsbot.extraction.plaintext import is_plain, read_lines


@pytest.mark.parametrize(
    ("text", "content_type", "plain"),
    [
        ("<html><p>x</p></html>", None, False),
        ("<p>x", "text/plain", True),
        ("if a < b and c > d", None, True),
        ("one\n\ntwo", "text/html", True),
        ("", None, True),
    ],
)
def test_plain_pages_are_known(text: str, content_type: str | None, plain: bool) -> None:
    assert is_plain(text, content_type) is plain


def test_every_line_is_a_block_and_padding_is_none() -> None:
    found = read_lines("Home > News\r\n\r\n\xa0\n First paragraph.\n \xa0 \n\u3000Second.\n").blocks
    assert [block.text for block in found] == ["Home > News", "First paragraph.", "Second."]


def test_lines_broken_at_a_margin_are_joined() -> None:
    line = "word " * 13 + "end"
    found = read_lines("\n".join([line] * 4) + "\n\n" + "\n".join([line] * 4)).blocks
    assert len(found) == 2
    assert found[0].text == " ".join([line] * 4)
