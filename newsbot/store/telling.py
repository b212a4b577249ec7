"""What a story shows: who had it first, how each copy differs, and why articles are, or are not, one story."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsbot.dedupe import Content, Fingerprints, Likeness, Rule, compare, fingerprints
from newsbot.errors import InputError
from newsbot.store import stories
from newsbot.store.rows import StoredArticle, stored_article
from newsbot.store.stories import TEXTS, Told, stored_content
from newsbot.times import sortable


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story: how long after the first it came, and how it compares with that one.

    `after` is None where one of the two has no time of day, or is the first itself; `likeness` None for the first.
    """

    article: StoredArticle
    after: timedelta | None
    likeness: Likeness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One comparison: the other article, what was found, and whether it stands in the same story.

    `ruled`: somebody has said that the two are, or are not, one story.
    """

    other: StoredArticle
    likeness: Likeness
    together: bool
    ruled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why an article is in its story: the closest neighbours that were compared, nearest first."""

    article: StoredArticle
    reasons: tuple[Reason, ...]


def story_of(connection: sqlite3.Connection, number: int) -> tuple[Member, ...]:
    """The articles of a story, the first first. Raises InputError for one that is not there."""
    rows = connection.execute("select * from articles_latest where story_id = ?", (number,)).fetchall()
    if not rows:
        raise InputError(f"There is no story {number}; 'newsbot show ID' names an article's story.")
    articles = [stored_article(row) for row in rows]
    first = next(article for article in articles if article.copy_of is None)
    members = [_member(connection, article, first) for article in articles]
    return tuple(
        sorted(members, key=lambda m: (m.article.copy_of is not None, _time(m.article), m.article.id))
    )


def _member(connection: sqlite3.Connection, article: StoredArticle, first: StoredArticle) -> Member:
    if article.id == first.id:
        return Member(article=article, after=None, likeness=None)
    likeness = compare(_content(connection, first.id), _content(connection, article.id))
    return Member(article=article, after=_after(first, article), likeness=likeness)


def _time(article: StoredArticle) -> str:
    return sortable(article.published or article.first_seen)


def _after(first: StoredArticle, later: StoredArticle) -> timedelta | None:
    """How much later, where both name a time; days apart where one names only its day."""
    if isinstance(first.published, datetime) and isinstance(later.published, datetime):
        return later.published - first.published
    return None


def _content(connection: sqlite3.Connection, number: int) -> Content:
    return stored_content(connection.execute(f"{TEXTS} where articles.id = ?", (number,)).fetchone())


def why(connection: sqlite3.Connection, article: StoredArticle) -> Explanation:
    """What an article was compared with, and what came of it: its story's articles and those that come close."""
    content = _content(connection, article.id)
    told = Told(article=article.id, prints=_prints(content), content=content)
    near = [neighbour.article for neighbour in stories.neighbours(connection, told, skip_joined=False)]
    rulings = _rulings(connection, article.id)
    mates = "select id from articles where story_id = ? and id <> ? order by id limit 50"
    same = [row[0] for row in connection.execute(mates, (article.story, article.id))]
    reasons = [
        _reason(connection, article, content, other, rulings)
        for other in dict.fromkeys([*same, *rulings, *near])
    ]
    ordered = sorted(
        reasons, key=lambda r: (not r.together, -min(r.likeness.left, r.likeness.right), r.other.id)
    )
    return Explanation(article=article, reasons=tuple(ordered))


def _prints(content: Content) -> Fingerprints:
    return fingerprints(content.headline, content.text)


def _rulings(connection: sqlite3.Connection, article: int) -> dict[int, bool]:
    sql = (
        "select iif(article_id = :id, other_id, article_id), together from rulings"
        " where article_id = :id or other_id = :id"
    )
    return {row[0]: bool(row[1]) for row in connection.execute(sql, {"id": article})}


def _reason(
    connection: sqlite3.Connection,
    article: StoredArticle,
    content: Content,
    other: int,
    rulings: dict[int, bool],
) -> Reason:
    row = connection.execute("select * from articles_latest where id = ?", (other,)).fetchone()
    likeness = compare(content, _content(connection, other))
    return Reason(
        other=stored_article(row),
        likeness=likeness,
        together=row["story_id"] == article.story,
        ruled=other in rulings,
    )


def difference(likeness: Likeness) -> str:
    """How a copy differs from the first, in a few words.

    >>> difference(Likeness(rule=Rule.EXTRACT, left=0.41, right=1.0))
    'has 41 % of it'
    """
    left, right = (f"{share:.0%}".replace("%", " %") for share in (likeness.left, likeness.right))
    if likeness.rule is Rule.EQUAL:
        return "the same text"
    if likeness.rule is Rule.EXTRACT and likeness.left < likeness.right:
        return f"has {left} of it"
    if likeness.rule is Rule.EXTRACT:
        return f"{right} of it is that text"
    if likeness.same:
        return f"{right} the same words"
    return f"through others ({left} and {right} in common)"
