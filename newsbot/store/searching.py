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
from newsbot.query import Query, Term, alternatives, hit_pattern, match_expression, phrase, snippet
from newsbot.store.rows import StoredArticle, stored_article
from newsbot.times import stamp

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

RECORD = """
select articles.id as id, pages.url as url, articles.source as source, sites.host as host,
       versions.title as title, versions.published as published, versions.published_text as published_text,
       versions.published_zone as published_zone, versions.credited_source as credited_source,
       versions.authors as authors, versions.editors as editors, versions.category as category,
       versions.language as language, versions.publisher as publisher, versions.lead_image as lead_image,
       versions.body as body, versions.sections as sections, versions.dateline as dateline,
       versions.wire as wire, versions.correction as correction, articles.sort_time as sort_time,
       articles.first_seen as first_seen, articles.last_seen as last_seen, versions.seen as changed,
       articles.story_id as story_id, articles.copy_of as copy_of,
       versions.number as version, versions.id as version_id,
       exists (select 1 from articles mate where mate.story_id = articles.story_id and mate.id <> articles.id) as shared
  from versions join articles on articles.id = versions.article_id join pages on pages.id = articles.page_id
  join sites on sites.id = articles.site_id
"""
"""The columns of `articles_latest`, for any version."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """Conditions on articles, with their values, the words as FTS5 has them, and the tables that they are about.

    `narrow`: they may leave few articles. `source` starts from the articles, `in_index` from the hits of a match.
    """

    sql: str
    values: tuple[object, ...]
    match: str | None
    narrow: bool

    @property
    def hits(self) -> str:
        """The hits of the words that meet the conditions, with `asked` as their values."""
        return f"{self.in_index} where versions_fts match ? and {self.sql}"

    @property
    def asked(self) -> tuple[object, ...]:
        """The values of `hits`."""
        return (self.match, *self.values)

    number: str
    columns: str
    source: str
    in_index: str


OF_ARTICLES = (
    "articles.id as article, articles.story_id as story, articles.sort_time as sorted,"
    " articles.copy_of as first"
)
LATEST = {
    "number": "articles.version_id",
    "columns": f"articles.version_id as version, {OF_ARTICLES}",
    "source": "from articles",
    "in_index": "from versions_fts cross join articles on articles.version_id = versions_fts.rowid",
}
"""Of what stands now only the articles are asked, through an index that holds all that is needed."""

ANY_VERSION = {
    "number": "versions.id",
    "columns": f"versions.id as version, {OF_ARTICLES}",
    "source": "from articles join versions on versions.article_id = articles.id",
    "in_index": (
        "from versions_fts cross join versions on versions.id = versions_fts.rowid"
        " cross join articles on articles.id = versions.article_id"
    ),
}
"""Languages, and what stood at another time, stand in the versions."""


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
        sql = f"select 1 from sites where {_hosts((site,))}"
        if not connection.execute(sql, _patterns((site,))).fetchone():
            yield f"nothing was collected from {site}; 'newsbot sites' lists the sites"


def every(connection: sqlite3.Connection, query: Query) -> Iterator[StoredArticle]:
    """All articles that a query finds, oldest first, one at a time; of each story one unless all are asked for."""
    clause = clause_of(query)
    where, values = _all_of(query, clause)
    sql = f"{RECORD} where {where} order by articles.sort_time, articles.id"
    lead = f"select 1 {ANY_VERSION['source']} where articles.id = ? and {where}"
    for row in connection.execute(sql, values):
        copied = row["copy_of"] is not None and not query.copies
        if copied and connection.execute(lead, (row["copy_of"], *values)).fetchone():
            continue
        if not copied or _is_first(connection, row, where, values):
            yield stored_article(row)


def _all_of(query: Query, clause: _Clause) -> Part:
    """All that a query asks, words too, as one condition on articles and versions."""
    current = "1" if query.as_of else "articles.version_id = versions.id"
    where, values = f"{current} and {clause.sql}", clause.values
    if clause.match is not None:
        return f"{where} and versions.id in ({MATCHING})", (*values, clause.match)
    outside, unwanted = _excluded(query, "versions.id")
    return f"{where}{outside}", (*values, *unwanted)


def _is_first(connection: sqlite3.Connection, row: sqlite3.Row, where: str, values: Sequence[object]) -> bool:
    """Whether no earlier article of the story is found, where the one that had it first is not."""
    sql = (
        f"select 1 {ANY_VERSION['source']} where articles.story_id = ? and {where}"
        " and (articles.sort_time, articles.id) < (?, ?)"
    )
    before = (row["story_id"], *values, row["sort_time"], row["id"])
    return connection.execute(sql, before).fetchone() is None


def arrived(connection: sqlite3.Connection, query: Query, after: int) -> list[int]:
    """The versions after that one which a query finds, the newest first."""
    clause = clause_of(query)
    outside, values = _excluded(query, clause.number) if clause.match is None else ("", ())
    source = clause.source if clause.match is None else clause.in_index
    inside = (
        f"{clause.number} > ?" if clause.match is None else "versions_fts match ? and versions_fts.rowid > ?"
    )
    asked = (after,) if clause.match is None else (clause.match, after)
    sql = f"select {clause.columns} {source} where {inside} and {clause.sql}{outside} order by version desc"
    rows = connection.execute(sql, (*asked, *clause.values, *values))
    return [candidate.version for candidate in _of_stories(map(_candidate, rows), query)]


def was_found(connection: sqlite3.Connection, query: Query, version: int, until: int) -> bool:
    """Whether a query found the version's article (or its story, unless copies are asked for) up to that version."""
    mates = "mate.id = ours.id" if query.copies else "mate.story_id = ours.story_id"
    sql = (
        "select versions.id from articles ours join versions told on told.article_id = ours.id"
        f" join articles mate on {mates} join versions on versions.article_id = mate.id"
        " where told.id = ? and versions.id <= ?"
    )
    match = match_expression(query)
    return any(
        match is None or connection.execute(HAS, (match, number)).fetchone() is not None
        for (number,) in connection.execute(sql, (version, until)).fetchall()
    )


def records(connection: sqlite3.Connection, versions: Iterable[int]) -> list[StoredArticle]:
    """The articles as these versions have them."""
    rows = (
        connection.execute(f"{RECORD} where versions.id = ?", (number,)).fetchone() for number in versions
    )
    return [stored_article(row) for row in rows if row is not None]


def clause_of(query: Query) -> _Clause:
    """What the query asks besides words, as SQL."""
    kind = ANY_VERSION if _asks_versions(query) else LATEST
    parts = [_current(query), *_times(query), *_named(query)]
    parts += [_one_of(group, kind["number"]) for group in query.either]
    narrow = any((query.sources, query.sites, query.story, query.since, query.until))
    return _Clause(
        sql=" and ".join(sql for sql, _ in parts),
        values=tuple(value for _, values in parts for value in values),
        match=match_expression(query),
        narrow=narrow,
        **kind,
    )


def _asks_versions(query: Query) -> bool:
    """Whether the versions must be asked, and not only the articles."""
    parts = [part for group in query.either for part in group]
    return bool(query.as_of or query.languages or query.not_languages) or any(map(_asks_versions, parts))


Part = tuple[str, tuple[object, ...]]

AS_OF = (
    "versions.seen <= ? and not exists (select 1 from versions later where later.article_id = versions.article_id"
    " and later.number = versions.number + 1 and later.seen <= ?)"
)


def _current(query: Query) -> Part:
    """The versions that stand now, or stood at the time asked for."""
    if query.as_of is None:
        return "articles.version_id = versions.id" if _asks_versions(query) else "1", ()
    moment = stamp(query.as_of)
    return AS_OF, (moment, moment)


FIRST_SINCE = (
    "(articles.copy_of is null"
    " or (select sort_time from articles first where first.id = articles.copy_of) >= ?)"
)
"""A copy made since then of what was told before is nothing new, unless one asks for what its source has."""


def _times(query: Query) -> Iterator[Part]:
    if query.since is not None:
        yield "articles.sort_time >= ?", (stamp(query.since),)
        if not (query.copies or query.sources or query.sites):
            yield FIRST_SINCE, (stamp(query.since),)
    if query.until is not None:
        yield "articles.sort_time < ?", (stamp(query.until),)
    if query.story is not None:
        yield "articles.story_id = ?", (query.story,)


def _named(query: Query) -> Iterator[Part]:
    for column, wanted, unwanted in (
        ("articles.source", query.sources, query.not_sources),
        ("versions.language", query.languages, query.not_languages),
    ):
        if wanted:
            yield f"{column} in ({_marks(wanted)})", wanted
        if unwanted:
            yield f"coalesce({column}, '') not in ({_marks(unwanted)})", unwanted
    if query.sites:
        yield (
            f"articles.site_id in (select id from sites where {_hosts(query.sites)})",
            _patterns(query.sites),
        )
    if query.not_sites:
        sql = f"articles.site_id not in (select id from sites where {_hosts(query.not_sites)})"
        yield sql, _patterns(query.not_sites)


MATCHING = "select rowid from versions_fts where versions_fts match ?"
HAS = f"{MATCHING} and rowid = ?"


def _one_of(group: Sequence[Query], number: str) -> Part:
    """One question of a group, each of a word or a field."""
    found: list[Part] = []
    for query in group:
        wanted = [(f"{number} in ({MATCHING})", (alternatives(terms),)) for terms in query.wanted]
        outside = [(f"{number} not in ({MATCHING})", (phrase(term),)) for term in query.unwanted]
        parts = [*_times(query), *_named(query), *wanted, *outside]
        found.append(
            (" and ".join(sql for sql, _ in parts) or "1", tuple(v for _, values in parts for v in values))
        )
    return f"({' or '.join(sql for sql, _ in found)})", tuple(v for _, values in found for v in values)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _hosts(sites: Sequence[str]) -> str:
    return " or ".join(["host = ? or host like ? escape '!' or host like ? escape '!'"] * len(sites))


def _patterns(sites: Sequence[str]) -> tuple[str, ...]:
    """The host itself, hosts below it, and the same host with a port."""
    safe = [site.replace("!", "!!").replace("%", "!%").replace("_", "!_") for site in sites]
    return tuple(
        pattern
        for site, plain in zip(safe, sites, strict=True)
        for pattern in (plain, f"%.{site}", f"{site}:%")
    )


def _excluded(query: Query, number: str) -> Part:
    if not query.unwanted:
        return "", ()
    return f" and {number} not in ({MATCHING})", (alternatives(query.unwanted),)


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


def _is_few(connection: sqlite3.Connection, clause: _Clause) -> bool:
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


def _listed(connection: sqlite3.Connection, query: Query, clause: _Clause, needed: int) -> Candidates:
    """The newest articles that the filters leave."""
    excluded, values = _excluded(query, clause.number)
    where, chosen = f"{clause.sql}{excluded}", (*clause.values, *values)
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


def _of_stories(candidates: Iterable[_Candidate], query: Query) -> Iterator[_Candidate]:
    """The first of each story, or all where copies are asked for."""
    told: set[int] = set()
    for candidate in candidates:
        if query.copies or candidate.story not in told:
            told.add(candidate.story)
            yield candidate


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
    connection: sqlite3.Connection, query: Query, clause: _Clause, newest: bool, now: datetime
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
    connection: sqlite3.Connection, query: Query, clause: _Clause, newest: bool, now: datetime
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


def _walked(connection: sqlite3.Connection, query: Query, clause: _Clause, needed: int) -> Candidates:
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


def _counted(connection: sqlite3.Connection, query: Query, clause: _Clause) -> tuple[int, bool]:
    """How many stories (or copies) there are, and whether that is all."""
    column = "articles.id" if query.copies else "distinct articles.story_id"
    sql = f"select count(*) from (select {column} {clause.hits} limit {COUNTED + 1})"
    total = int(connection.execute(sql, clause.asked).fetchone()[0])
    return min(total, COUNTED), total <= COUNTED


def _pooled(
    connection: sqlite3.Connection,
    query: Query,
    clause: _Clause,
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
