"""Stories: which articles tell the same. Neighbours are found and compared in the transaction that keeps an article."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from newsbot.dedupe import (
    Content,
    Decision,
    Fingerprints,
    Known,
    Likeness,
    Neighbour,
    Rule,
    compare,
    decide,
    may_share,
)
from newsbot.dedupe.sketch import sketch
from newsbot.model import Article, Section
from newsbot.store import clues
from newsbot.store.rows import CODE_SECTIONS

MOST_FOR_A_VALUE = 16
"""Articles looked at that share one value of a sketch, the newest: what more share is a phrase, or one story."""

MOST_EQUAL = 12
"""Articles looked at that have the same text."""

HELD, HELD_TEXTS = 8_000, 32
"""Characters of a text whose words are held in memory for the next that is compared with it, and how many texts: each
character takes some 300 bytes at worst.
"""

MOST_COMPARED = 8
"""Texts that are compared with a new one."""

ENOUGH, MANY = 0.5, 4
"""What candidates must share: a value that one other has, commoner ones that weigh as much, or any four."""

TEXTS = """
select articles.id as id, articles.page_id as page, articles.story_id as story, articles.site_id as site,
       articles.fingerprint as fingerprint, articles.version_id as version, versions.seen as seen,
       versions.title as title, versions.body as body, versions.sections as sections, versions.published as published
  from articles join versions on versions.id = articles.version_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article as it is compared: its id where it is kept already, its fingerprints, and what it says."""

    article: int | None
    prints: Fingerprints
    content: Content


def content_of(article: Article, site: int, prints: Fingerprints) -> Content:
    """What is compared of an article that was read now."""
    day = article.published.when if article.published else None
    content = _content(article.title, article.news, day.isoformat()[:10] if day else None, site)
    if prints.said is not None:
        content.words = tuple(prints.said.split())
    return content


def _content(title: str | None, news: str, day: str | None, site: int) -> Content:
    make = _content_again if len(news) < HELD else _content_once
    return make(title, news, day, site)


def _content_once(title: str | None, news: str, day: str | None, site: int) -> Content:
    return Content(title, news, date.fromisoformat(day) if day else None, str(site))


_content_again = lru_cache(maxsize=HELD_TEXTS)(_content_once)
"""Copies come close together; the words of some texts are held."""


def stored_content(row: sqlite3.Row) -> Content:
    """What is compared of an article that is kept."""
    day = row["published"][:10] if row["published"] else None
    return _content(row["title"], news_of(row["body"], row["sections"]), day, row["site"])


def news_of(body: str, sections: str | None) -> str:
    """The lines of a body that are news, as `Article.news` has them."""
    if sections is None:
        return body
    lines = zip(body.split("\n"), sections, strict=True)
    return "\n".join(line for line, code in lines if CODE_SECTIONS[code] is Section.BODY)


def settle(connection: sqlite3.Connection, told: Told, known: Known | None) -> Decision:
    """What an article with a new text is to the archive. Inside a transaction only."""
    near = list(neighbours(connection, told))
    found = {n.story for n in near if n.likeness.same} | ({known.story} if known else set())
    return decide(known, near, _apart(connection, found) if len(found) > 1 else ())


Group = Callable[[int], int | None]


def neighbours(
    connection: sqlite3.Connection, told: Told, *, group: Group | None = None, skip_joined: bool = True
) -> Iterator[Neighbour]:
    """Articles with the same text or, if there are none, those that share a part, compared.

    `group` says in which story an article counts, None to leave it out; without it, in its own. One of each story that
    is the same is enough unless `skip_joined` is False.
    """
    equal = [_equal(told.content, row) for row in _with_equal_text(connection, told)]
    yield from (placed for neighbour in equal if (placed := _placed(neighbour, group)))
    if skip_joined and any(neighbour.likeness.same for neighbour in equal) and not told.content.is_notice:
        return
    joined: set[int] = set()
    for row in texts(connection, _candidates(connection, told)):
        if (skip_joined and row["story"] in joined and group is None) or not may_share(
            told.content, row["body"]
        ):
            continue
        neighbour = Neighbour(
            article=row["id"], story=row["story"], likeness=compare(told.content, stored_content(row))
        )
        if neighbour.likeness.same:
            joined.add(row["story"])
        if placed := _placed(neighbour, group):
            yield placed


def _placed(neighbour: Neighbour, group: Group | None) -> Neighbour | None:
    story = neighbour.story if group is None else group(neighbour.article)
    return None if story is None else replace(neighbour, story=story)


def _with_equal_text(connection: sqlite3.Connection, told: Told) -> Iterator[sqlite3.Row]:
    found = clues.find(connection, (clues.of_text(told.prints.copy),), MOST_EQUAL)
    for row in texts(connection, sorted({article for _, article in found} - {told.article})):
        if row["fingerprint"] == told.prints.copy:
            yield row


def _equal(content: Content, row: sqlite3.Row) -> Neighbour:
    likeness = Likeness(rule=Rule.EQUAL, left=1.0, right=1.0)
    if content.is_notice:
        likeness = compare(content, stored_content(row))
    return Neighbour(article=row["id"], story=row["story"], likeness=likeness)


def _candidates(connection: sqlite3.Connection, told: Told) -> list[int]:
    """The articles whose sketches share most with this one. A value counts the more, the fewer articles have it."""
    rows = clues.find(connection, told.prints.sketch, MOST_FOR_A_VALUE)
    counts = Counter([value for value, _ in rows])
    weights, shared = defaultdict[int, float](float), Counter([article for _, article in rows])
    for value, article in rows:
        weights[article] += 1 / counts[value]
    shared.pop(told.article or 0, None)
    close = [
        (weights[article], article)
        for article, count in shared.items()
        if count >= MANY or weights[article] >= ENOUGH
    ]
    return [article for _, article in sorted(close, reverse=True)[:MOST_COMPARED]]


def texts(connection: sqlite3.Connection, articles: Iterable[int]) -> Iterator[sqlite3.Row]:
    """What is compared of these articles, one after the other."""
    for article in articles:
        yield from connection.execute(f"{TEXTS} where articles.id = ?", (article,))


def _apart(connection: sqlite3.Connection, stories: Iterable[int]) -> frozenset[frozenset[int]]:
    """The pairs of these stories that somebody has ruled to be two."""
    marks = ", ".join(str(int(story)) for story in stories)
    sql = (
        "select ours.story_id, theirs.story_id from rulings join articles ours on ours.id = rulings.article_id"
        " join articles theirs on theirs.id = rulings.other_id where not together"
        f" and ours.story_id in ({marks}) and theirs.story_id in ({marks})"
    )
    return frozenset(frozenset(pair) for pair in connection.execute(sql).fetchall())


RULED = Likeness(rule=Rule.EQUAL, left=1.0, right=1.0)
"""Stands for what somebody has said, where it counts like the same text."""


def join(connection: sqlite3.Connection, article: int, decision: Decision, now: str) -> None:
    """Write what was decided: the links, and one story where there were several. Inside a transaction only."""
    keep_links(connection, article, decision, now)
    if len(decision.stories) > 1:
        unite(connection, decision.stories)
    if decision.stories:
        lead(connection, decision.stories[0])


def keep_links(connection: sqlite3.Connection, article: int, decision: Decision, now: str) -> None:
    """Write of which articles this one was found to be a copy, and by which rule."""
    if not decision.links:
        return
    connection.executemany(
        "insert or replace into links (article_id, other_id, rule, ours, theirs, seen) values (?, ?, ?, ?, ?, ?)",
        [
            (article, n.article, n.likeness.rule, round(n.likeness.left, 3), round(n.likeness.right, 3), now)
            for n in decision.links
            if n.likeness is not RULED
        ],
    )


def state(connection: sqlite3.Connection, name: str) -> str | None:
    """A value that the database keeps about itself."""
    row = connection.execute("select value from state where name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_state(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a value about the database itself. Inside a transaction only."""
    connection.execute("insert or replace into state (name, value) values (?, ?)", (name, value))


NEW = """
insert into stories (id, created) select 1 + max(
  (select coalesce(max(id), 0) from stories),
  coalesce((select cast(value as integer) from state where name = 'last_story'), 0)
), ?
"""


def new(connection: sqlite3.Connection, now: str) -> int:
    """A story with a number that none had before. Inside a transaction only."""
    number = connection.execute(NEW, (now,)).lastrowid
    assert number is not None
    return number


def keep_last(connection: sqlite3.Connection) -> None:
    """Remember the highest number of a story, before stories are deleted. Inside a transaction only."""
    last = connection.execute("select coalesce(max(id), 0) from stories").fetchone()[0]
    set_state(connection, "last_story", str(max(last, int(state(connection, "last_story") or 0))))


def unite(connection: sqlite3.Connection, stories: Sequence[int]) -> None:
    """Make several stories the first of them."""
    first, *others = stories
    if others:
        keep_last(connection)
    for other in others:
        connection.execute("update articles set story_id = ? where story_id = ?", (first, other))
        connection.execute("delete from stories where id = ?", (other,))


LEAD = """
select articles.id from articles join versions on versions.id = version_id where story_id = ?
 order by iif(length(published) = 10, published || 'T23:59:59Z', sort_time), articles.first_seen, articles.id limit 1
"""
"""Who had it first: by publication (a day without a time counts as its end), or by when it was first seen."""


def lead(connection: sqlite3.Connection, story: int) -> None:
    """Let all articles of a story but the first point at that one."""
    row = connection.execute(LEAD, (story,)).fetchone()
    if row:
        connection.execute(
            "update articles set copy_of = iif(id = :lead, null, :lead)"
            " where story_id = :story and copy_of is not iif(id = :lead, null, :lead)",
            {"lead": row[0], "story": story},
        )


def forget_texts(connection: sqlite3.Connection, article: int) -> None:
    """Let an article be found by its latest version no more, before it gets another. Inside a transaction only."""
    for row in connection.execute(f"{TEXTS} where articles.id = ?", (article,)).fetchall():
        content = stored_content(row)
        values = (*sketch(content.title, content.words), clues.of_text(row["fingerprint"]))
        clues.forget(connection, article, values)
