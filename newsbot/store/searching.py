"""Search: from a query to the best articles, in bounded time however many there are.

While every term stands in at most `COMMON` versions all hits are ranked by the index (BM25). With a commoner word the
`POOL` hits that were collected last are ranked, the closest of them by their texts, and older ones follow in the order
of their collection. Totals beyond `COUNTED` are given as "more than".
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from newsbot.folding import fold
from newsbot.query import Query, Term, hit_pattern, phrase, snippet
from newsbot.store.asking import HAS, MATCHING, Clause, clause_of, excluded, hosts, patterns
from newsbot.store.finding import RECORD
from newsbot.store.rows import StoredArticle, stored_article

TITLE_WEIGHT, BODY_WEIGHT = 4.0, 1.0

PULL, HALF_DAYS = 0.5, 30
"""An article of today counts half as much again as one of long ago; after 30 days half of that is left."""

COMMON, COMMON_PHRASE = 1_000, 300
"""Versions in which a word may stand so that all hits are ranked by the index; a phrase takes longer to be counted."""

COUNTED = 1_000
"""Stories (or copies) that are counted; of more it is only said that there are more."""

POOL = 500
"""Of the hits of commoner words, those collected last from which the best are chosen."""

READ = 40
"""Of these, how many are read to be ranked."""

SELECTIVE = 4_000
"""Articles that filters may leave for each of them to be looked up in the index."""

WALKED = 20_000
"""Of the newest articles, those that are asked one by one for a common word, before all hits are put in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A search result: the article, the piece of it where the words stand, and how many copies it has."""

    article: StoredArticle
    snippet: str
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The hits asked for, and how many there are in all: stories, or articles where all copies were asked for.

    `exact` False: there are more than `total`. `notes` say what of the query was not understood.
    """

    total: int
    exact: bool = True
    hits: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()


class _Candidate(NamedTuple):
    """What is needed of a hit to rank it; a tuple, since there are thousands."""

    version: int
    article: int
    story: int
    when: str
    first: int | None
    score: float = 0.0


def search(
    connection: sqlite3.Connection, query: Query, *, limit: int, offset: int, newest: bool, now: datetime
) -> Found:
    """The hits from `offset` on, best first (BM25, title weighted, with a pull to the recent) or newest first."""
    candidates, total, exact = _candidates(connection, query, limit + offset, newest, now)
    page = candidates[offset : offset + limit]
    found = Found(total=total, exact=exact, notes=(*query.notes, *_unknown(connection, query)))
    return replace(found, hits=tuple(_hit(connection, query, candidate) for candidate in page))


def _unknown(connection: sqlite3.Connection, query: Query) -> Iterator[str]:
    """What the query names and the archive has never seen."""
    parts = [query, *(part for group in query.either for part in group)]
    for source in dict.fromkeys(source for part in parts for source in (*part.sources, *part.not_sources)):
        if not connection.execute("select 1 from sources where name = ?", (source,)).fetchone():
            yield f"nothing was collected from a source named {source}; 'newsbot sources' lists them"
    for site in dict.fromkeys(site for part in parts for site in (*part.sites, *part.not_sites)):
        sql = f"select 1 from sites where {hosts((site,))}"
        if not connection.execute(sql, patterns((site,))).fetchone():
            yield f"nothing was collected from {site}; 'newsbot sites' lists the sites"


Candidates = tuple[list[_Candidate], int, bool]


def _candidates(
    connection: sqlite3.Connection, query: Query, needed: int, newest: bool, now: datetime
) -> Candidates:
    clause = clause_of(query)
    if clause.match is None:
        return _listed(connection, query, clause, needed)
    if clause.narrow and _is_few(connection, clause):
        return _looked_up(connection, query, clause, newest, now)
    counts = _counts(connection, (*query.terms, *query.unwanted))
    if all(count <= _most(term) for term, count in counts.items()):
        return _ranked(connection, query, clause, newest, now)
    if newest:
        return _walked(connection, query, clause, needed)
    return _pooled(connection, query, clause, counts, (needed, now))


def _is_few(connection: sqlite3.Connection, clause: Clause) -> bool:
    sql = f"select count(*) from (select 1 {clause.source} where {clause.sql} limit {SELECTIVE + 1})"
    return int(connection.execute(sql, clause.values).fetchone()[0]) <= SELECTIVE


def _counts(connection: sqlite3.Connection, terms: Iterable[Term]) -> dict[Term, int]:
    """In how many versions each term stands, counted no further than one above what makes it common."""
    sql = f"select count(*) from ({MATCHING} limit ?)"
    return {
        term: int(connection.execute(sql, (phrase(term), _most(term) + 1)).fetchone()[0]) for term in terms
    }


def _most(term: Term) -> int:
    return COMMON_PHRASE if len(term.words) > 1 or term.prefix else COMMON


def _listed(connection: sqlite3.Connection, query: Query, clause: Clause, needed: int) -> Candidates:
    """The newest articles that the filters leave."""
    outside, values = excluded(query, clause.number)
    where, chosen = f"{clause.sql}{outside}", (*clause.values, *values)
    order = "order by sorted desc, article desc"
    rows = connection.execute(f"select {clause.columns} {clause.source} where {where} {order}", chosen)
    found = list(_first(_told_once(connection, query, rows, clause.source, where, chosen), needed))
    column = "articles.id" if query.copies else "distinct articles.story_id"
    sql = f"select count(*) from (select {column} {clause.source} where {where} limit {COUNTED + 1})"
    total = int(connection.execute(sql, chosen).fetchone()[0])
    return found, min(total, COUNTED), total <= COUNTED


def _told_once(
    connection: sqlite3.Connection,
    query: Query,
    rows: Iterable[sqlite3.Row],
    source: str,
    where: str,
    values: Sequence[object],
) -> Iterator[_Candidate]:
    """The rows without those whose story is told by another: the one that had it first, if `where` holds for it too."""
    sql = f"select 1 {source} where articles.id = ? and {where}"
    told: set[int] = set()
    for candidate in map(_candidate, rows):
        if not query.copies:
            leads = candidate.first is None
            if candidate.story in told or (
                not leads and connection.execute(sql, (candidate.first, *values)).fetchone()
            ):
                continue
            told.add(candidate.story)
        yield candidate


def _first(candidates: Iterable[_Candidate], needed: int) -> Iterator[_Candidate]:
    for number, candidate in enumerate(candidates, 1):
        yield candidate
        if number >= needed:
            return


def _candidate(row: sqlite3.Row) -> _Candidate:
    return _Candidate(row["version"], row["article"], row["story"], row["sorted"], row["first"])


def _in_order(candidates: Iterable[_Candidate], query: Query, newest: bool) -> list[_Candidate]:
    """The candidates in order; of each story the one that had it first, as high as its best, if it is among them."""
    found = list(candidates) if query.copies else _leading(candidates)
    found.sort(key=lambda c: (c.when, c.article) if newest else (c.score, c.when, c.article), reverse=True)
    return found


def _leading(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    best: dict[int, _Candidate] = {}
    for candidate in candidates:
        held = best.get(candidate.story)
        if held is None:
            best[candidate.story] = candidate
            continue
        ours, other = sorted(
            (candidate, held), key=lambda c: (c.first is not None, -c.score, c.when, c.article)
        )
        best[candidate.story] = ours._replace(score=max(ours.score, other.score))
    return list(best.values())


BM25 = f"bm25(versions_fts, {TITLE_WEIGHT}, {BODY_WEIGHT}, 0.0)"


def _ranked(
    connection: sqlite3.Connection, query: Query, clause: Clause, newest: bool, now: datetime
) -> Candidates:
    """All hits, ranked by the index."""
    score = "0.0" if newest else f"-{BM25}"
    rows = connection.execute(f"select {clause.columns}, {score} as score {clause.hits}", clause.asked)
    found = [_Candidate._make((*row[:5], row["score"] * _pull(row["sorted"][:10], now))) for row in rows]
    ordered = _in_order(found, query, newest)
    return ordered, len(ordered), True


@lru_cache(maxsize=4096)
def _pull(day: str, now: datetime) -> float:
    """How much more an article of a day (ISO 8601) counts for being recent."""
    try:
        age = max(0, (now.date() - date.fromisoformat(day)).days)
    except ValueError:
        return 1.0
    return 1 + PULL / (1 + age / HALF_DAYS)


def _looked_up(
    connection: sqlite3.Connection, query: Query, clause: Clause, newest: bool, now: datetime
) -> Candidates:
    """The few articles that the filters leave, each asked whether it has the words."""
    rows = connection.execute(
        f"select {clause.columns} {clause.source} where {clause.sql}", clause.values
    ).fetchall()
    hits = [row for row in rows if connection.execute(HAS, (clause.match, row["version"])).fetchone()]
    counts = _counts(connection, query.terms)
    few = [_candidate(row) for row in hits]
    ordered = _in_order(few if newest else _read(connection, few, counts, query, now), query, newest)
    return ordered, len(ordered), True


def _walked(connection: sqlite3.Connection, query: Query, clause: Clause, needed: int) -> Candidates:
    """The newest hits of a common word: the newest articles, each asked whether it has it, then all hits in order."""
    where = f"{clause.sql} and exists ({MATCHING} and rowid = {clause.number})"
    chosen = (*clause.values, clause.match)
    newest = f"select {clause.columns} {clause.source} where {clause.sql} order by sorted desc, article desc"
    rows = connection.execute(f"{newest} limit {WALKED}", clause.values)
    hits = (row for row in rows if connection.execute(HAS, (clause.match, row["version"])).fetchone())
    found = list(_first(_told_once(connection, query, hits, clause.source, where, chosen), needed))
    if len(found) < needed:
        every = f"select {clause.columns} {clause.hits} order by sorted desc, article desc"
        rows = connection.execute(every, clause.asked)
        found = list(_first(_told_once(connection, query, rows, clause.source, where, chosen), needed))
    return found, *_counted(connection, query, clause)


def _counted(connection: sqlite3.Connection, query: Query, clause: Clause) -> tuple[int, bool]:
    """How many stories (or copies) there are, and whether that is all."""
    column = "articles.id" if query.copies else "distinct articles.story_id"
    sql = f"select count(*) from (select {column} {clause.hits} limit {COUNTED + 1})"
    total = int(connection.execute(sql, clause.asked).fetchone()[0])
    return min(total, COUNTED), total <= COUNTED


def _pooled(
    connection: sqlite3.Connection,
    query: Query,
    clause: Clause,
    counts: Mapping[Term, int],
    wish: tuple[int, datetime],
) -> Candidates:
    """The hits that were collected last, ranked, and the older ones after them; `wish`: how many, and the time."""
    needed, now = wish
    rows = connection.execute(
        f"select {clause.columns} {clause.hits} order by versions_fts.rowid desc", clause.asked
    )
    pool = rows.fetchmany(POOL)
    in_title = _in_titles(connection, query)
    close = [
        _Candidate._make((*row[:5], (1 + in_title.get(row["version"], 0)) * _pull(row["sorted"][:10], now)))
        for row in pool
    ]
    best = _in_order(close, query, newest=False)
    read = _in_order(_read(connection, best[:READ], counts, query, now), query, newest=False)
    found = read + best[READ:]
    if len(pool) < POOL:
        return found, len(found), True
    key = "article" if query.copies else "story"
    told = {getattr(candidate, key) for candidate in found}
    for row in rows:
        if row[key] not in told:
            told.add(row[key])
            if len(found) < needed:
                found.append(_candidate(row))
        if len(told) > COUNTED and len(found) >= needed:
            break
    return found, min(len(told), COUNTED), len(told) <= COUNTED


def _in_titles(connection: sqlite3.Connection, query: Query) -> dict[int, int]:
    """How many of the terms stand in the titles of the versions that were collected last."""
    counts: dict[int, int] = {}
    sql = f"select rowid from versions_fts where versions_fts match ? order by rowid desc limit {POOL}"
    for term in query.terms[:8]:
        for (version,) in connection.execute(sql, (phrase(replace(term, column="title")),)):
            counts[version] = counts.get(version, 0) + 1
    return counts


K1, B = 1.2, 0.75


def _read(
    connection: sqlite3.Connection,
    candidates: Sequence[_Candidate],
    counts: Mapping[Term, int],
    query: Query,
    now: datetime,
) -> Iterator[_Candidate]:
    """The candidates with their scores: BM25 with the words counted in the texts themselves."""
    if not candidates:
        return
    total = max(1, int(connection.execute("select max(id) from versions").fetchone()[0]))
    weights = {term: _rarity(counts[term], total) for term in query.terms}
    patterns = {term: hit_pattern(term) for term in weights}
    sql = "select title, body from versions where id = ?"
    texts = [connection.execute(sql, (candidate.version,)).fetchone() for candidate in candidates]
    mean = sum(len(row["body"]) for row in texts) / len(texts) or 1
    for candidate, row in zip(candidates, texts, strict=True):
        title, body = fold(row["title"] or ""), fold(row["body"])
        size = K1 * (1 - B + B * len(body) / mean)
        score = 0.0
        for term, pattern in patterns.items():
            hits = TITLE_WEIGHT * len(pattern.findall(title)) + BODY_WEIGHT * len(pattern.findall(body))
            score += weights[term] * hits * (K1 + 1) / (hits + size)
        yield candidate._replace(score=score * _pull(candidate.when[:10], now))


def _rarity(count: int, total: int) -> float:
    """The weight of a term that stands in so many of all versions (BM25's idf, never below a little)."""
    return max(0.01, math.log((total - count + 0.5) / (count + 0.5)))


def _hit(connection: sqlite3.Connection, query: Query, candidate: _Candidate) -> Hit:
    row = connection.execute(f"{RECORD} where versions.id = ?", (candidate.version,)).fetchone()
    sql = "select count(*) - 1 from articles where story_id = ?"
    copies = 0 if query.copies else int(connection.execute(sql, (candidate.story,)).fetchone()[0])
    article = stored_article(row)
    return Hit(article=article, snippet=snippet(article.body, query.terms), copies=copies)
