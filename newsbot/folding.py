"""Text as the full-text index sees it: one width, simplified script, every CJK character a word of its own.

SQLite's ordinary tokenizer takes a run of Chinese for one long word. With a space round each
character, and queries asked as phrases, words of one and two characters are found completely.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f"
CJK_CHARACTER = re.compile(f"[{CJK}]")
ASCII_WORD = re.compile(r"[a-z0-9]+")
LATIN_WORD = re.compile(r"[^\W_]+")
HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
"""Where characters lie that have a traditional and a simplified form."""


@cache
def _simplified_forms() -> dict[int, str]:
    """Each traditional character with its simplified one, after OpenCC's table of single characters."""
    from opencc import OpenCC

    characters = [chr(code) for first, end in HAN for code in range(first, end)]
    forms = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, forms, strict=True) if old != new and len(new) == 1}


class _Table(dict[int, str]):
    """What each character becomes, for `str.translate`; filled as characters come."""

    def __init__(self, cjk: str) -> None:
        super().__init__()
        self.cjk = cjk

    def __missing__(self, code: int) -> str:
        shown = unicodedata.normalize("NFKC", chr(code))
        if CJK_CHARACTER.match(shown):
            shown = "".join(self.cjk.format(_simplified_forms().get(ord(c), c)) for c in shown)
        self[code] = shown
        return shown


class _WordTable(_Table):
    """The same in lower case, with a space for everything that is no part of a word."""

    def __missing__(self, code: int) -> str:
        shown = "".join(c if c.isalnum() else " " for c in super().__missing__(code).lower() if c != " ")
        self[code] = f" {shown} " if CJK_CHARACTER.match(shown) else shown or " "
        return self[code]


_IN_PLACE, _APART, _IN_WORDS = _Table("{}"), _Table(" {} "), _WordTable("{}")
COMBINING = re.compile("[\u0300-\u036f\u1100-\u11ff\u3099\u309a\uff66-\uff9f]")
"""Signs that make one character with the one before; all others have their form by themselves."""


def _formed(text: str, table: _Table) -> str:
    if text.isascii() or (unicodedata.is_normalized("NFKC", text) and not CJK_CHARACTER.search(text)):
        return text
    if COMBINING.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(table)


@cache
def _formed_characters() -> re.Pattern[str]:
    traditional = "".join(map(chr, _simplified_forms()))
    return re.compile(f"[{re.escape(traditional)}\uff10-\uff5a\u00a0]")


def needs_form(text: str) -> bool:
    """Whether the words of a text are written in traditional script or in full width.

    >>> needs_form("药监局批准"), needs_form("藥監局批准新藥")
    (False, True)
    """
    return not text.isascii() and _formed_characters().search(text) is not None


def one_form(text: str) -> str:
    """The text in compatibility form (NFKC) and simplified script, character for character.

    >>> one_form("國藥ＰＤ－１")
    '国药PD-1'
    """
    return _formed(text, _IN_PLACE)


def fold(text: str) -> str:
    """The text in one form with CJK characters set apart.

    >>> fold("抗PD－1藥")
    ' 抗 PD-1 药 '
    """
    return _formed(text, _APART)


def words(text: str) -> list[str]:
    """The words that the index knows in a text, lower-cased.

    >>> words("Remestemcel-L 干细胞")
    ['remestemcel', 'l', '干', '细', '胞']
    """
    if text.isascii():
        return ASCII_WORD.findall(text.lower())
    if not CJK_CHARACTER.search(text):
        return LATIN_WORD.findall(one_form(text).lower())
    return _formed(text, _IN_WORDS).split()


def plain(text: str) -> str:
    """The text in one width and script and without accents, character for character, so that positions stay.

    >>> plain("ＰＤ－１ café 藥")
    'PD-1 cafe 药'
    """
    return text if text.isascii() else "".join(map(_plain_character, text))


@lru_cache(maxsize=30_000)
def _plain_character(character: str) -> str:
    base, *marks = list(unicodedata.normalize("NFKD", character))
    same_place = all(unicodedata.combining(mark) for mark in marks)
    return _simplified_forms().get(ord(base), base) if same_place else character
