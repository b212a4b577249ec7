"""What a person types, as a question that the full-text index always understands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsbot.errors import InputError
from newsbot.folding import CJK, plain, words

MAX_QUERY = 1_000
"""Characters of a query that are read; nobody types more, and time stays bounded."""

TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing asked for: words that stand together, in this order, or that must not stand there."""

    words: tuple[str, ...]
    excluded: bool = False


def parse_query(text: str) -> tuple[Term, ...]:
    """The terms of a query: words and "phrases", all of them wanted; -word is not.

    A hyphenated or Chinese word is a phrase of its parts. Raises InputError when nothing is
    left to look for.

    >>> [term.words for term in parse_query('"stem cell" PD-1')]
    [('stem', 'cell'), ('pd', '1')]
    """
    if len(text) > MAX_QUERY:
        raise InputError(
            f"The query is {len(text):,} characters long; at most {MAX_QUERY:,} are searched for."
        )
    terms = []
    for sign, phrase, word in TERM.findall(text):
        found = tuple(words(phrase or word))
        if found:
            terms.append(Term(words=found, excluded=bool(sign)))
    if not any(not term.excluded for term in terms):
        raise InputError(f"There is no word to search for in {text!r}.")
    return tuple(terms)


def match_expression(terms: tuple[Term, ...]) -> str:
    """The FTS5 expression: every word quoted, so that none can be taken for syntax.

    >>> match_expression(parse_query("药 -recall"))
    '("药") NOT ("recall")'
    """
    wanted = " AND ".join(_phrase(term) for term in terms if not term.excluded)
    unwanted = " OR ".join(_phrase(term) for term in terms if term.excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else f"({wanted})"


def _phrase(term: Term) -> str:
    return '"' + " ".join(term.words) + '"'


def snippet(text: str, terms: tuple[Term, ...], width: int = 160) -> str:
    """A piece of the text round the first hit, on one line, with … where it was cut."""
    flat = " ".join(text.split())
    searched = plain(flat)
    at = min((p for term in terms if not term.excluded if (p := _find(searched, term)) >= 0), default=0)
    start = max(0, at - width // 3)
    piece = flat[start : start + width].strip()
    return ("… " if start else "") + piece + (" …" if start + width < len(flat) else "")


def _find(text: str, term: Term) -> int:
    found = hit_pattern(term).search(text)
    return found.start() if found else -1


LETTER = rf"[^\W_{CJK}]"


def hit_pattern(term: Term) -> re.Pattern[str]:
    """A pattern for the term's words in running text, with up to three signs between them.

    Whole words only, save for CJK characters, which have no such bounds.
    """
    inner = r"[\W_]{0,3}".join(re.escape(word) for word in term.words)
    before = rf"(?<!{LETTER})" if re.match(LETTER, term.words[0]) else ""
    after = rf"(?!{LETTER})" if re.match(LETTER, term.words[-1]) else ""
    return re.compile(f"{before}{inner}{after}", re.IGNORECASE)
