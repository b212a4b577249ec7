"""What a person types, as a question that the archive always understands.

Nothing that is typed is an error: what cannot be read as meant is looked for as words, and `Query.notes` says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from newsbot.errors import InputError
from newsbot.folding import CJK, CJK_CHARACTER, one_form, plain, words
from newsbot.times import parse_when
from newsbot.urls import host_of

MAX_QUERY = 2_000
"""Characters of a query that are read; nobody types more, and time stays bounded."""

MAX_TERMS = 32
SHORTEST_PREFIX = 3
"""Letters before a *: with fewer, half of all words begin so."""

HELP = """
\b
word word        both, anywhere in title and body, English and Chinese alike
"two words"      next to each other; so are the parts of PD-1 and 非小细胞肺癌
-word            not with this word
one OR other     either, of words and fields alike; binds closer than a space
immuno*          words that begin so (three letters or more)
title:word       in the title           author:name      by this person
source:ema-news  of this source         site:example.com on this site or below it
lang:zh          in this language       story:17         of this story
since:7d         from that time on      until:2026-09-01 before it
copies:all       every copy, not one article for each story
source:a source:b  of either; the same for site: and lang:
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that stand together, in this order; `prefix`: the last one is a beginning. `column` None: title or body."""

    words: tuple[str, ...]
    prefix: bool = False
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question: of each group of `wanted` one term must be there, none of `unwanted`; the rest narrows it down.

    Of each group of `either` one question must hold. Several sources, sites or languages: any of them. An article
    without a date counts with the time when it was first seen. `copies` False asks for one article a story.
    """

    wanted: tuple[tuple[Term, ...], ...] = ()
    either: tuple[tuple[Query, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()
    sources: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    not_sources: tuple[str, ...] = ()
    not_sites: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    story: int | None = None
    copies: bool = False
    as_of: datetime | None = None
    notes: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms that are wanted."""
        plain = tuple(term for group in self.wanted for term in group)
        return plain + tuple(term for group in self.either for query in group for term in query.terms)


PIECE = re.compile(r'(-?)(?:([^\W\d_]{2,10}):)?(?:"([^"]*)"?|(\S+))')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"') | {"−": "-", "–": "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """One thing that was typed, in the words of the person."""

    text: str
    minus: bool
    field: str
    value: str
    quoted: bool


def parse_query(text: str, now: datetime) -> Query:
    """The question that a text asks. `now` (aware) is what "7d" counts from.

    >>> from datetime import UTC
    >>> query = parse_query('"stem cell" PD-1 -recall', datetime(2026, 1, 1, tzinfo=UTC))
    >>> [[term.words for term in group] for group in query.wanted], query.unwanted[0].words
    ([[('stem', 'cell')], [('pd', '1')]], ('recall',))
    """
    query = Query()
    if len(text) > MAX_QUERY:
        text = text[:MAX_QUERY].rpartition(" ")[0] or text[:MAX_QUERY]
        query = _noted(query, f"only the first {MAX_QUERY:,} characters were read")
    if text.translate(QUOTES).count('"') % 2:
        query = _noted(query, 'a " is not closed: all after it belongs together')
    groups, notes = _grouped(_pieces(text))
    for note in notes:
        query = _noted(query, note)
    for group in groups:
        query = _add(query, group[0], now) if len(group) == 1 else _with_either(query, group, now)
    if query.since and query.until and query.until <= query.since:
        query = _noted(query, "nothing lies between since: and until:")
    return query


def _grouped(pieces: Iterable[_Piece]) -> tuple[list[list[_Piece]], list[str]]:
    """The pieces in groups that OR joins, and what of OR, AND and NOT joins nothing."""
    groups: list[list[_Piece]] = []
    notes: list[str] = []
    said = ""
    for piece in pieces:
        word = SIGNS.get(piece.text) if not piece.quoted else None
        if word:
            if said or (word == "OR" and not groups):
                notes.append(f"{piece.text} joins nothing here")
            said = word if word != "OR" or groups else ""
            continue
        meant = replace(piece, minus=piece.minus or said == "NOT")
        if said == "OR":
            groups[-1].append(meant)
        else:
            groups.append([meant])
        said = ""
    if said:
        notes.append(f"{said} joins nothing here")
    return groups, notes


SIGNS = {"OR": "OR", "|": "OR", "AND": "AND", "NOT": "NOT"}


def _with_either(query: Query, group: Sequence[_Piece], now: datetime) -> Query:
    """The query with a group of which one must hold."""
    parts = [_add(Query(), piece, now) for piece in group]
    for note in (note for part in parts for note in part.notes):
        query = _noted(query, note)
    parts = [replace(part, notes=()) for part in parts if replace(part, notes=()) != Query()]
    if len(query.terms) + len(query.unwanted) + len(parts) > MAX_TERMS:
        return _noted(query, f"only the first {MAX_TERMS} terms were looked for")
    if all(part == Query(wanted=part.wanted) for part in parts):
        return replace(query, wanted=(*query.wanted, tuple(term for part in parts for term in part.terms)))
    for name in ("sources", "sites", "languages"):
        named = tuple(value for part in parts for value in getattr(part, name))
        if len(named) == len(parts) and parts == [_only(name, value) for value in named]:
            return _only(name, *getattr(query, name), *named, query=query)
    return replace(query, either=(*query.either, tuple(parts)))


def _only(name: str, *values: str, query: Query = Query()) -> Query:
    changes: dict[str, Any] = {name: values}
    return replace(query, **changes)


def _pieces(text: str) -> list[_Piece]:
    found = PIECE.finditer(unicodedata.normalize("NFKC", text.translate(QUOTES)))
    return [
        _Piece(
            text=match[0],
            minus=bool(match[1]),
            field=(match[2] or "").lower(),
            value=match[4] if match[3] is None else match[3],
            quoted=match[3] is not None,
        )
        for match in found
    ]


def _add(query: Query, piece: _Piece, now: datetime) -> Query:
    """The query with one piece more."""
    if reader := FIELDS.get(piece.field):
        try:
            return reader(query, piece, now)
        except (InputError, ValueError):
            query = _noted(query, f"{piece.text} was looked for as words")
    elif piece.field or (not piece.quoted and piece.value[:-1].lower() in FIELDS and piece.value[-1] == ":"):
        query = _noted(query, f"{piece.text} was looked for as words")
    return _with_term(query, piece, None)


def _with_term(query: Query, piece: _Piece, column: str | None) -> Query:
    term = _term(piece, column)
    if term is None:
        return _noted(query, f"{piece.text} has no letters or digits")
    if "*" in piece.value and not term.prefix and not piece.quoted:
        query = _noted(query, f"{piece.text}: * stands after three letters or more")
    if len(query.terms) + len(query.unwanted) >= MAX_TERMS:
        return _noted(query, f"only the first {MAX_TERMS} terms were looked for")
    if piece.minus:
        return replace(query, unwanted=(*query.unwanted, term))
    return replace(query, wanted=(*query.wanted, (term,)))


def _term(piece: _Piece, column: str | None) -> Term | None:
    value = (
        piece.value if column or piece.field in FIELDS or not piece.field else f"{piece.field} {piece.value}"
    )
    found = tuple(words(value))
    if not found:
        return None
    starred = piece.value.endswith("*") and not re.match(f"[{CJK}]", found[-1])
    return Term(words=found, prefix=starred and len(found[-1]) >= SHORTEST_PREFIX, column=column)


def _noted(query: Query, note: str) -> Query:
    return query if note in query.notes else replace(query, notes=(*query.notes, note))


Reader = Callable[[Query, _Piece, datetime], Query]


def _in_column(column: str) -> Reader:
    return lambda query, piece, now: _with_term(query, piece, column)


def _listed(name: str) -> Reader:
    def read(query: Query, piece: _Piece, now: datetime) -> Query:
        value = piece.value.strip().lower()
        if name == "sites":
            value = (host_of(value) or value.partition("/")[0]).removeprefix("www.")
        if not value or (name == "languages" and not LANGUAGE.match(value)):
            raise ValueError(piece.text)
        where = f"not_{name}" if piece.minus else name
        changes: dict[str, Any] = {where: (*getattr(query, where), value)}
        return replace(query, **changes)

    return read


def _since(query: Query, piece: _Piece, now: datetime) -> Query:
    if piece.minus:
        raise ValueError(piece.text)
    return replace(query, since=parse_when(piece.value, now))


def _until(query: Query, piece: _Piece, now: datetime) -> Query:
    if piece.minus:
        raise ValueError(piece.text)
    return replace(query, until=parse_when(piece.value, now))


LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z]{2,8})*$")
LARGEST = 2**63 - 1


def _story(query: Query, piece: _Piece, now: datetime) -> Query:
    number = int(piece.value)
    if piece.minus or not piece.value.isascii() or not 0 < number <= LARGEST:
        raise ValueError(piece.text)
    return replace(query, story=number)


def _copies(query: Query, piece: _Piece, now: datetime) -> Query:
    if piece.value.lower() not in ("all", "one") or piece.minus:
        raise ValueError(piece.text)
    return replace(query, copies=piece.value.lower() == "all")


FIELDS: dict[str, Reader] = {
    "title": _in_column("title"),
    "author": _in_column("authors"),
    "source": _listed("sources"),
    "site": _listed("sites"),
    "lang": _listed("languages"),
    "since": _since,
    "until": _until,
    "story": _story,
    "copies": _copies,
}


def match_expression(query: Query) -> str | None:
    """The FTS5 expression: every word quoted, so that none can be taken for syntax; None when no word is wanted.

    >>> match_expression(Query(wanted=((Term(words=("药",)),),), unwanted=(Term(words=("recall",)),)))
    '({title body} : "药") NOT ({title body} : "recall")'
    """
    if not query.wanted:
        return None
    wanted = " AND ".join(f"({alternatives(group)})" for group in query.wanted)
    unwanted = alternatives(query.unwanted)
    return f"{wanted} NOT ({unwanted})" if unwanted else wanted


def alternatives(terms: tuple[Term, ...]) -> str:
    """The FTS5 expression for any of the terms."""
    return " OR ".join(map(phrase, terms))


def phrase(term: Term) -> str:
    """The FTS5 expression for one term."""
    return f'{term.column or "{title body}"} : "{" ".join(term.words)}"{" *" if term.prefix else ""}'


def snippet(text: str, terms: tuple[Term, ...], width: int = 160) -> str:
    """A piece of the text round the first hit, on one line, of whole words, with … where it was cut.

    `width` in characters; of CJK characters, which are wider and say more, five eighths.
    """
    flat = " ".join(text.split())
    searched = one_form(flat)
    if len(searched) != len(flat) or not any(hit_pattern(term).search(searched) for term in terms):
        searched = plain(flat)
    at = min((p for term in terms if (p := _find(searched, term)) >= 0), default=0)
    if CJK_CHARACTER.match(flat[at : at + 1]):
        width = max(1, width * 5 // 8)
    start, end = max(0, at - width // 3), max(0, at - width // 3) + width
    if start and (rest := IN_WORD.match(flat, start)):
        start = min(at, rest.end())
    if end < len(flat) and IN_WORD.match(flat, end) and (begun := WORD_END.search(flat, start, end)):
        end = begun.start() if begun.start() > at else end
    piece = flat[start:end].strip()
    return ("… " if start else "") + piece + (" …" if end < len(flat) else "")


SIGN = rf"[^\s{CJK}，。、；：！？]"
IN_WORD = re.compile(rf"(?<={SIGN}){SIGN}{{1,40}}")
"""The rest of a word from its middle on."""

WORD_END = re.compile(rf"{SIGN}{{1,40}}$")


def _find(text: str, term: Term) -> int:
    found = hit_pattern(term).search(text)
    return found.start() if found else -1


LETTER = "[0-9A-Za-z\\u00aa-\\u024f\\u0370-\\u1fff]"
"""A letter or digit of a script with spaces between its words; a class of few ranges, quick to compile."""


@lru_cache(maxsize=512)
def hit_pattern(term: Term) -> re.Pattern[str]:
    """A pattern for the term's words in running text, with up to three signs between them.

    Whole words only, save for CJK characters, which have no such bounds, and beginnings.
    """
    inner = r"[\W_]{0,3}".join(re.escape(word) for word in term.words)
    before = rf"(?<!{LETTER})" if re.match(LETTER, term.words[0]) else ""
    after = rf"(?!{LETTER})" if re.match(LETTER, term.words[-1]) and not term.prefix else ""
    return re.compile(f"{before}{inner}{after}", re.IGNORECASE)
