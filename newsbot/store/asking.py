"""What a query asks, as SQL: conditions on articles and versions, and the tables that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsbot.query import Query, alternatives, match_expression, phrase
from newsbot.times import stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Conditions on articles, with their values, the words as FTS5 has them, and the tables that they are about.

    `narrow`: they may leave few articles. `source` starts from the articles, `in_index` from the hits of a match.
    """

    sql: str
    values: tuple[object, ...]
    match: str | None
    narrow: bool
    number: str
    columns: str
    source: str
    in_index: str

    @property
    def hits(self) -> str:
        """The hits of the words that meet the conditions, with `asked` as their values."""
        return f"{self.in_index} where versions_fts match ? and {self.sql}"

    @property
    def asked(self) -> tuple[object, ...]:
        """The values of `hits`."""
        return (self.match, *self.values)


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


def clause_of(query: Query) -> Clause:
    """What the query asks besides words, as SQL."""
    kind = ANY_VERSION if _asks_versions(query) else LATEST
    parts = [_current(query), *_besides_words(query, kind["number"])]
    narrow = any((query.sources, query.sites, query.story, query.since, query.until))
    return Clause(
        sql=" and ".join(sql for sql, _ in parts),
        values=tuple(value for _, values in parts for value in values),
        match=match_expression(query),
        narrow=narrow,
        **kind,
    )


def _besides_words(query: Query, number: str) -> Iterator[Part]:
    yield from _times(query)
    yield from _named(query)
    for group in query.either:
        yield _one_of(group, number)


def of_any_version(query: Query, has: str = "versions.id in ({})") -> Part:
    """All that a query asks, words too, as one condition on any version, whether it stands now or not.

    `has` takes the hits of the words: as they are, or asked for one version (`FOR_ONE`).
    """
    parts = [*_besides_words(query, "versions.id"), *_words(query, has)]
    return " and ".join(sql for sql, _ in parts) or "1", tuple(v for _, values in parts for v in values)


FOR_ONE = "exists ({} and rowid = versions.id)"


def of_standing_version(query: Query) -> Part:
    """The same of the version that stands now, or stood at the time asked for."""
    current = AS_OF if query.as_of else "articles.version_id = versions.id"
    moments = (stamp(query.as_of),) * 2 if query.as_of else ()
    asked, values = of_any_version(query)
    return f"{current} and {asked}", (*moments, *values)


def _words(query: Query, has: str) -> Iterator[Part]:
    match = match_expression(query)
    if match is not None:
        yield has.format(MATCHING), (match,)
    elif query.unwanted:
        yield f"not {has.format(MATCHING)}", (alternatives(query.unwanted),)


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
            f"articles.site_id in (select id from sites where {hosts(query.sites)})",
            patterns(query.sites),
        )
    if query.not_sites:
        sql = f"articles.site_id not in (select id from sites where {hosts(query.not_sites)})"
        yield sql, patterns(query.not_sites)


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


def hosts(sites: Sequence[str]) -> str:
    return " or ".join(["host = ? or host like ? escape '!' or host like ? escape '!'"] * len(sites))


def patterns(sites: Sequence[str]) -> tuple[str, ...]:
    """The host itself, hosts below it, and the same host with a port."""
    safe = [site.replace("!", "!!").replace("%", "!%").replace("_", "!_") for site in sites]
    return tuple(
        pattern
        for site, plain in zip(safe, sites, strict=True)
        for pattern in (plain, f"%.{site}", f"{site}:%")
    )


def excluded(query: Query, number: str) -> Part:
    if not query.unwanted:
        return "", ()
    return f" and {number} not in ({MATCHING})", (alternatives(query.unwanted),)
