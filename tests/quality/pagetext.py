"""All text of a page by another way than the extractor's own walk, to hold its answers against."""

from __future__ import annotations

import json
import re
from html import unescape

from newsbot.extraction.decode import decode
from newsbot.extraction.plaintext import is_plain
from tests.quality.scoring import squash

TAG = re.compile(r"<[^<>]*>")


def letters_of(body: bytes) -> str:
    """Every letter and digit of the page, its scripts and attributes included."""
    text = decode(body, None).text
    return squash(text if is_plain(text, None) else unescape(text))


def subsequence(few: str, many: str) -> bool:
    """Whether all characters of one text are in the other, in order.

    >>> subsequence("ace", "abcde"), subsequence("ca", "abc")
    (True, False)
    """
    rest = iter(many)
    return all(character in rest for character in few)


def visible_letters(html: str) -> str:
    """The letters of a well-formed page that a reader can see, tags and scripts left out.

    >>> visible_letters("<p>One &amp; <b>two</b></p><script>three</script>")
    'onetwo'
    """
    bare = re.sub(r"<(script|style|noscript)\b.*?</\1>", "", html, flags=re.DOTALL | re.IGNORECASE)
    return squash(unescape(TAG.sub("", bare)))


def hidden_letters(html: str) -> str:
    """The letters in the JSON that a page carries along, as a reader would be shown them."""
    found = re.findall(r"<script[^>]*json[^>]*>(.*?)</script>", html, re.DOTALL | re.IGNORECASE)
    values = " ".join(" ".join(strings(json.loads(text))) for text in found)
    return squash(unescape(TAG.sub(" ", values)))


def strings(value: object) -> list[str]:
    """Every string in a value of JSON.

    >>> strings({"a": ["x", {"b": "y"}], "n": 1})
    ['x', 'y']
    """
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []
