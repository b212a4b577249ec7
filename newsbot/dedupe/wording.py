"""The words of a text as texts are compared: simplified script, no bracketed pinyin, no punctuation, one case."""

from __future__ import annotations

import re
import unicodedata

from newsbot.folding import CJK, words

PINYIN = re.compile(
    rf"(?<=[{CJK}])\s?[(（]\s?(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouüv][aeiouünrg\u0300-\u036f]{{0,5}}\s?[)）]",
    re.IGNORECASE,
)
"""當(dāng)前: one syllable in brackets after a character, as copying sites insert them; with tone marks set apart."""


def wording(text: str) -> tuple[str, ...]:
    """The words of a text, each CJK character for itself.

    >>> wording("當(dāng)前的PD－1藥，三期")
    ('当', '前', '的', 'pd', '1', '药', '三', '期')
    """
    return tuple(words(without_pinyin(text) if text.isascii() else without_pinyin(text).casefold()))


def without_pinyin(text: str) -> str:
    """The text without syllables in brackets after Chinese characters."""
    if text.isascii() or not ("(" in text or "（" in text):
        return text
    return unicodedata.normalize("NFC", PINYIN.sub("", unicodedata.normalize("NFD", text)))
