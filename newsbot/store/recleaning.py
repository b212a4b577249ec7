"""History read again with today's extraction: what would change, field by field, and the change itself."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from newsbot.dedupe import Fingerprints, Known
from newsbot.model import ArchivePlace, Article, Page, Processed
from newsbot.store import clues, stories
from newsbot.store.connection import transaction
from newsbot.store.index import index_after, index_version, last_version, unindex_version
from newsbot.store.recorder import EXTRACTOR, keep_facts, place_article
from newsbot.store.rows import article_of, hints_of, version_row
from newsbot.store.site_memory import learn
from newsbot.times import sortable, stamp
from newsbot.urls import host_of

COMPARED = (
    "title",
    "published",
    "published_zone",
    "credited_source",
    "authors",
    "editors",
    "category",
    "body",
    "kinds",
    "sections",
    "dateline",
    "wire",
    "correction",
    "language",
    "lead_image",
    "links",
    "publisher",
)


class Effect(StrEnum):
    """What reading a kept response again comes to."""

    SAME = "same"
    CHANGED = "changed"
    ACCEPTED = "accepted"
    WOULD_REFUSE = "would refuse"
    STILL_REFUSED = "still refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A response in the archive that a version was read from, or that was refused."""

    fetch: int
    page_id: int
    site_id: int
    url: str
    source: str | None
    fetched: datetime
    place: ArchivePlace
    context: str | None
    version: int | None
    article: int | None
    learnt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`fields` maps each field that differs to its old and new value as stored."""

    kept: Kept
    effect: Effect
    fields: dict[str, tuple[str | None, str | None]]
    detail: str | None = None


FETCHES = """
select fetches.id as fetch, pages.id as page_id, pages.site_id as site_id, coalesce(fetches.url, pages.url) as url,
       pages.source as source, fetches.fetched as fetched, warc_file, warc_offset, fetches.context as context,
       versions.id as version, versions.article_id as article, pages.learnt as learnt
  from fetches
  join pages on pages.id = fetches.page_id
  left join versions on versions.fetch_id = fetches.id
 where warc_file is not null
   and (versions.id is not null
        or (pages.fetch_id = fetches.id and pages.refusal is not null and fetches.status between 200 and 299))
 order by fetches.id
"""


def fetches(connection: sqlite3.Connection) -> list[Kept]:
    """Every response that a version was read from or that was refused last, the oldest first."""
    return [_kept(row) for row in connection.execute(FETCHES)]


LISTS = """
select fetches.id as fetch, pages.id as page_id, pages.site_id as site_id, coalesce(fetches.url, pages.url) as url,
       pages.source as source, fetches.fetched as fetched, warc_file, warc_offset, fetches.context as context,
       null as version, null as article, 0 as learnt
  from pages join fetches on fetches.id = pages.fetch_id
 where pages.source = ? and pages.role = 'list' and warc_file is not null and fetches.status between 200 and 299
"""


def kept_lists(connection: sqlite3.Connection, source: str) -> list[Kept]:
    """The last response of each list of a source."""
    return [_kept(row) for row in connection.execute(LISTS, (source,))]


ARTICLE_FETCHES = """
select fetches.id as fetch, pages.id as page_id, pages.site_id as site_id, coalesce(fetches.url, pages.url) as url,
       pages.source as source, fetches.fetched as fetched, warc_file, warc_offset, fetches.context as context,
       null as version, null as article, 0 as learnt
  from pages join fetches on fetches.page_id = pages.id
 where pages.source = ? and pages.role = 'article' and warc_file is not null and fetches.status between 200 and 299
 order by pages.id, fetches.id
"""


def first_and_last(connection: sqlite3.Connection, source: str) -> list[tuple[Kept, Kept]]:
    """For each article page of a source its first kept response and its last, by the time of the last."""
    pages: dict[int, list[Kept]] = {}
    for row in connection.execute(ARTICLE_FETCHES, (source,)):
        pages.setdefault(row["page_id"], []).append(_kept(row))
    return sorted(((kept[0], kept[-1]) for kept in pages.values()), key=lambda pair: pair[1].fetch)


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(
        fetch=row["fetch"],
        page_id=row["page_id"],
        site_id=row["site_id"],
        url=row["url"],
        source=row["source"],
        fetched=datetime.fromisoformat(row["fetched"]),
        place=ArchivePlace(file=row["warc_file"], offset=row["warc_offset"]),
        context=row["context"],
        version=row["version"],
        article=row["article"],
        learnt=bool(row["learnt"]),
    )


def page_again(kept: Kept, archived: Page) -> Page:
    """The page as it was handed to extraction when it was fetched."""
    context = json.loads(kept.context) if kept.context else {}
    return replace(
        archived,
        url=kept.url,
        fetched=kept.fetched,
        source=kept.source,
        zone=context.get("zone"),
        publisher=context.get("publisher"),
        hints=hints_of(context),
        place=kept.place,
    )


def teach(connection: sqlite3.Connection, kept: Kept, item: Processed) -> None:
    """Let a page that was collected before teach what its site repeats, if it is an article."""
    if item.refusal is None and item.extraction is not None and host_of(kept.url):
        with transaction(connection):
            learn(connection, kept.site_id, kept.page_id, item.extraction.sighting)


def reclean(connection: sqlite3.Connection, kept: Kept, item: Processed, apply: bool) -> Change:
    """What the response gives today against what is kept; written in one transaction if `apply`.

    An article that today's rules would refuse is kept and reported: nothing is deleted.
    """
    with transaction(connection):
        change = _compare(connection, kept, item)
        if apply and change.effect is Effect.CHANGED:
            _rewrite(connection, kept, item)
        if apply and change.effect is Effect.ACCEPTED:
            before = last_version(connection)
            place_article(connection, item, kept.page_id, kept.site_id, kept.fetch)
            index_after(connection, before)
        if apply and item.extraction is not None:
            keep_facts(connection, kept.site_id, item.extraction.facts, stamp(kept.fetched))
    return change


def _compare(connection: sqlite3.Connection, kept: Kept, item: Processed) -> Change:
    accepted = item.refusal is None and item.extraction is not None
    if kept.version is None:
        effect = Effect.ACCEPTED if accepted else Effect.STILL_REFUSED
        return Change(kept=kept, effect=effect, fields={})
    if not accepted:
        reason = str(item.refusal.reason) if item.refusal else None
        return Change(kept=kept, effect=Effect.WOULD_REFUSE, fields={}, detail=reason)
    assert item.extraction is not None
    row = connection.execute("select * from versions where id = ?", (kept.version,)).fetchone()
    fields = differences(article_of(row, kept.url), item.extraction.article)
    return Change(kept=kept, effect=Effect.CHANGED if fields else Effect.SAME, fields=fields)


def differences(old: Article, new: Article) -> dict[str, tuple[str | None, str | None]]:
    """The fields in which two readings of a page differ, with both values as they are stored."""
    before, after = version_row(old), version_row(new)
    found = {name: (before[name], after[name]) for name in COMPARED if before[name] != after[name]}
    if "body" in found:  # with other lines their kinds and sections are others, too
        found.pop("kinds", None)
        found.pop("sections", None)
    return found


def _rewrite(connection: sqlite3.Connection, kept: Kept, item: Processed) -> None:
    assert item.extraction is not None
    assert item.prints is not None
    article = item.extraction.article
    latest = "select story_id from articles where id = ? and version_id = ?"
    story = connection.execute(latest, (kept.article, kept.version)).fetchone()
    if story and kept.article is not None:
        stories.forget_texts(connection, kept.article)
    assert kept.version is not None
    unindex_version(connection, kept.version)
    said = version_row(article)
    row = {**said, "fingerprint": item.prints.version, "extractor": EXTRACTOR}
    sets = ", ".join(f"{name} = :{name}" for name in row)
    connection.execute(f"update versions set {sets} where id = :id", {**row, "id": kept.version})
    index_version(connection, kept.version, (said["title"], said["body"], said["authors"]))
    if story and kept.article is not None:
        known = Known(article=kept.article, version=item.prints.version, story=story[0])
        _rewrite_article(connection, known, kept, article, item.prints)


def _rewrite_article(
    connection: sqlite3.Connection, known: Known, kept: Kept, article: Article, prints: Fingerprints
) -> None:
    """Let an article say what its latest version says now, and find its copies: its story may grow, not shrink."""
    published = sortable(article.published.when) if article.published else None
    connection.execute(
        "update articles set fingerprint = ?, sort_time = coalesce(?, first_seen) where id = ?",
        (prints.copy, published, known.article),
    )
    content = stories.content_of(article, kept.site_id, prints)
    told = stories.Told(article=known.article, prints=prints, content=content)
    decision = stories.settle(connection, told, known)
    clues.keep(connection, known.article, clues.of_prints(prints))
    stories.join(connection, known.article, decision, stamp(kept.fetched))
