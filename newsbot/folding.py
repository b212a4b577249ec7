"""Text as the full-text index sees it: one width, and every CJK character a word of its own.

SQLite's ordinary tokenizer takes a run of Chinese for one long word. With a space round each
character, and queries asked as phrases, words of one and two characters are found completely.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f"
CJK_CHARACTER = re.compile(f"([{CJK}])")
WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")


def fold(text: str) -> str:
    """The text in compatibility form with CJK characters set apart.

    >>> fold("抗PD－1药")
    '抗 PD-1 药'
    """
    pieces = CJK_CHARACTER.split(unicodedata.normalize("NFKC", text))
    return text if len(pieces) == 1 and pieces[0] == text else " ".join(filter(None, pieces))


def words(text: str) -> list[str]:
    """The words that the index knows in a text, lower-cased.

    >>> words("Remestemcel-L 干细胞")
    ['remestemcel', 'l', '干', '细', '胞']
    """
    return [word.lower() for word in WORD.findall(unicodedata.normalize("NFKC", text))]


def plain(text: str) -> str:
    """The text in one width and without accents, character for character, so that positions stay.

    >>> plain("ＰＤ－１ café")
    'PD-1 cafe'
    """
    return text if text.isascii() else "".join(map(_plain_character, text))


@lru_cache(maxsize=10_000)
def _plain_character(character: str) -> str:
    base, *marks = list(unicodedata.normalize("NFKD", character))
    return base if all(unicodedata.combining(mark) for mark in marks) else character
