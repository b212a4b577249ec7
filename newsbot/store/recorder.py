"""Writing: one processed page is one transaction, so that a kill at any moment leaves whole records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b

from newsbot.dedupe import Content, Decision, Fingerprints, Known, Verdict, is_same
from newsbot.model import Article, Extraction, Page, Processed, Refusal, Rejection, Role, SiteFact
from newsbot.store import clues, stories, twins
from newsbot.store.connection import transaction
from newsbot.store.index import index_after, last_version
from newsbot.store.rows import context_of, version_row
from newsbot.store.site_memory import learn
from newsbot.times import sortable, stamp
from newsbot.urls import canonicalise, host_of

EXTRACTOR = "3"
"""Raised when extraction changes so that the same bytes give another record."""


class Outcome(StrEnum):
    """What became of one processed page."""

    NEW = "new"
    COPY = "copy"
    CHANGED = "changed"
    SAME = "same"
    UNCHANGED = "not modified"
    LISTED = "listed"
    REFUSED = "rejected"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The outcome of recording a page, with the article's id where there is one."""

    outcome: Outcome
    article: int | None = None


OUTCOME_OF = {
    Verdict.NEW: Outcome.NEW,
    Verdict.COPY: Outcome.COPY,
    Verdict.CHANGED: Outcome.CHANGED,
    Verdict.SAME: Outcome.SAME,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    page_id: int
    site: int
    fetch: int
    page: Page
    article: Article
    prints: Fingerprints
    addresses: tuple[int, ...]


def record(connection: sqlite3.Connection, item: Processed, run: int | None) -> Recorded:
    """Keep one processed page: its fetch, the site's facts, and the article or the reason why there is none.

    Everything is read, decided and written inside one BEGIN IMMEDIATE. Raises sqlite3.Error when
    the store fails; nothing of the page is kept then.
    """
    (recorded,) = record_all(connection, [item], run)
    return recorded


def record_all(connection: sqlite3.Connection, items: Sequence[Processed], run: int | None) -> list[Recorded]:
    """Keep several processed pages in one BEGIN IMMEDIATE: all of them or, when the store fails, none.

    A page with something that cannot be written (half a character) is refused alone.
    """
    try:
        return _record_with(_record, connection, items, run)
    except UnicodeEncodeError:
        return _record_with(_record_or_refuse, connection, items, run)


Step = Callable[[sqlite3.Connection, Processed, int | None], Recorded]


def _record_with(
    step: Step, connection: sqlite3.Connection, items: Sequence[Processed], run: int | None
) -> list[Recorded]:
    with transaction(connection):
        before = last_version(connection)
        recorded = [step(connection, item, run) for item in items]
        index_after(connection, before)
    return recorded


def _record_or_refuse(connection: sqlite3.Connection, item: Processed, run: int | None) -> Recorded:
    connection.execute("savepoint page")
    try:
        recorded = _record(connection, item, run)
    except UnicodeEncodeError as error:
        connection.execute("rollback to page")
        refusal = Refusal(reason=Rejection.EXTRACTION_FAILED, detail=f"{error.reason}: {error.encoding}")
        recorded = _record(connection, Processed(page=item.page, refusal=refusal), run)
    connection.execute("release page")
    return recorded


def _record(connection: sqlite3.Connection, item: Processed, run: int | None) -> Recorded:
    page = item.page
    site = _site(connection, page, item.extraction)
    page_id = _page(connection, page, site, readable=item.refusal is None)
    if page.status == 304:
        return _unchanged(connection, page_id, page)
    if page.failure is not None:
        _refuse(connection, page_id, None, Rejection.UNREACHABLE, page.failure, failed=True)
        return Recorded(outcome=Outcome.FAILED)
    fetch = _fetch(connection, page, page_id, run)
    if item.extraction is not None and item.extraction.facts:
        keep_facts(connection, site, item.extraction.facts, stamp(page.fetched))
    if item.refusal is not None:
        failed = page.status >= 400 or item.refusal.reason is Rejection.BLOCK_PAGE
        _refuse(connection, page_id, fetch, item.refusal.reason, item.refusal.detail, failed=failed)
        return Recorded(outcome=Outcome.REFUSED)
    if item.extraction is None or item.prints is None:
        _accept(connection, page_id, fetch)
        return Recorded(outcome=Outcome.LISTED)
    return place_article(connection, item, page_id, site, fetch)


def place_article(
    connection: sqlite3.Connection, item: Processed, page_id: int, site: int, fetch: int
) -> Recorded:
    """Decide what an accepted article is to the archive and write that. Inside a transaction only."""
    assert item.extraction is not None
    assert item.prints is not None
    placed = _Placed(
        page_id=page_id,
        site=site,
        fetch=fetch,
        page=item.page,
        article=item.extraction.article,
        prints=item.prints,
        addresses=twins.clues_of(item.page.url, item.extraction.canonical),
    )
    recorded = _article(connection, placed, item.extraction.encoding)
    if host_of(item.page.url) and _has_article(connection, page_id):
        learn(connection, site, page_id, item.extraction.sighting)
    return recorded


def _has_article(connection: sqlite3.Connection, page_id: int) -> bool:
    """Whether the page is the address of an article, and not a twin of one that is."""
    return connection.execute("select 1 from articles where page_id = ?", (page_id,)).fetchone() is not None


def site_key(page: Page, extraction: Extraction | None) -> tuple[str, str | None]:
    """How a site is known: by its host or, for files without one, by its filing number or company."""
    host = host_of(page.url)
    if host:
        return host, host
    facts = {fact.kind: fact.value for fact in reversed(extraction.facts)} if extraction else {}
    for kind in ("icp", "company", "email"):
        if kind in facts:
            return f"{kind}:{facts[kind]}", None
    return "files", None


def _site(connection: sqlite3.Connection, page: Page, extraction: Extraction | None) -> int:
    key, host = site_key(page, extraction)
    row = connection.execute("select id from sites where key = ?", (key,)).fetchone()
    if row:
        return int(row[0])
    values = (key, host, stamp(page.fetched))
    return _inserted(connection.execute("insert into sites (key, host, first_seen) values (?, ?, ?)", values))


def _inserted(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None
    return cursor.lastrowid


PAGE_UPSERT = """
insert into pages (url, site_id, source, role, first_fetched, last_fetched, last_checked, status, etag, last_modified,
                   context)
values (:url, :site, :source, :role, :at, :at, :now, :status, :etag, :modified, :context)
on conflict (url) do update set
  source = coalesce(source, excluded.source),
  role = iif(role = 'article' and excluded.role <> 'article' and fetch_id is not null, role, excluded.role),
  first_fetched = coalesce(first_fetched, excluded.first_fetched),
  last_fetched = coalesce(excluded.last_fetched, last_fetched),
  last_checked = excluded.last_checked,
  context = coalesce(excluded.context, context),
  status = coalesce(excluded.status, status),
  etag = iif(:fetched, excluded.etag, etag),
  last_modified = iif(:fetched, excluded.last_modified, last_modified)
returning id
"""


def _page(connection: sqlite3.Connection, page: Page, site: int, *, readable: bool) -> int:
    """The row of a page. ETag and Last-Modified stay those of its last answer that was no refusal."""
    fetched = page.failure is None and page.status != 304
    headers = dict(page.headers)
    validators = fetched and readable and page.role is Role.ARTICLE
    values = {
        "url": canonicalise(page.url),
        "site": site,
        "source": page.source,
        "role": page.role,
        "at": stamp(page.fetched) if fetched else None,
        "now": stamp(page.fetched),
        "status": page.status if fetched else None,
        "etag": headers.get("etag") if validators else None,
        "modified": headers.get("last-modified") if validators else None,
        "fetched": validators,
        "context": context_of(page) if page.role is Role.ARTICLE else None,
    }
    page_id = int(connection.execute(PAGE_UPSERT, values).fetchone()[0])
    _alias(connection, page, values["url"], page_id)
    return page_id


def _alias(connection: sqlite3.Connection, page: Page, url: object, page_id: int) -> None:
    """Remember that another address leads to this page, so that it isn't asked again for nothing."""
    if page.requested_url and (asked := canonicalise(page.requested_url)) != url:
        connection.execute("insert or replace into aliases (url, page_id) values (?, ?)", (asked, page_id))
        solved = "update pages set refusal = null, refusal_detail = null, failures = 0 where url = ?"
        connection.execute(solved, (asked,))


def _unchanged(connection: sqlite3.Connection, page_id: int, page: Page) -> Recorded:
    """The page is what its validators stand for: whatever it answered in between is over."""
    _accept(connection, page_id, None)
    connection.execute(
        "update articles set last_seen = max(last_seen, ?) where page_id = ?", (stamp(page.fetched), page_id)
    )
    row = connection.execute("select id from articles where page_id = ?", (page_id,)).fetchone()
    return Recorded(outcome=Outcome.UNCHANGED, article=row[0] if row else None)


def _refuse(
    connection: sqlite3.Connection,
    page_id: int,
    fetch: int | None,
    reason: Rejection,
    detail: str | None,
    *,
    failed: bool,
) -> None:
    sql = (
        "update pages set fetch_id = coalesce(?, fetch_id), refusal = ?, refusal_detail = ?,"
        " failures = iif(?, failures + 1, 0) where id = ?"
    )
    connection.execute(sql, (fetch, reason, detail, failed, page_id))


def _accept(connection: sqlite3.Connection, page_id: int, fetch: int | None) -> None:
    sql = (
        "update pages set fetch_id = coalesce(?, fetch_id), refusal = null, refusal_detail = null, failures = 0"
        " where id = ?"
    )
    connection.execute(sql, (fetch, page_id))


FETCH_INSERT = """
insert into fetches (page_id, run_id, url, fetched, status, content_type, size, digest, warc_file, warc_offset, context)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def _fetch(connection: sqlite3.Connection, page: Page, page_id: int, run: int | None) -> int:
    place = (page.place.file, page.place.offset) if page.place else (None, None)
    digest = blake2b(page.body, digest_size=16).digest()
    values = (
        page_id,
        run,
        page.url if page.url != canonicalise(page.url) else None,
        stamp(page.fetched),
        page.status,
        page.content_type,
        len(page.body),
        digest,
    )
    return _inserted(connection.execute(FETCH_INSERT, (*values, *place, context_of(page))))


def keep_facts(connection: sqlite3.Connection, site: int, facts: tuple[SiteFact, ...], now: str) -> None:
    """Add what a page states about its site. Inside a transaction only."""
    connection.executemany(
        "insert into site_facts (site_id, kind, value, first_seen, last_seen) values (?, ?, ?, ?, ?)"
        " on conflict do update set last_seen = excluded.last_seen",
        [(site, fact.kind, fact.value, now, now) for fact in facts],
    )


def _article(connection: sqlite3.Connection, placed: _Placed, encoding: str | None) -> Recorded:
    _accept(connection, placed.page_id, placed.fetch)
    content = stories.content_of(placed.article, placed.site, placed.prints)
    known = _known(connection, placed.page_id) or _moved(connection, placed, content)
    if known is None:
        known = _twin(connection, placed, content)
    if known is not None and is_same(placed.prints, known):
        return _seen_again(connection, known.article, placed.page)
    if known is not None and stamp(placed.page.fetched) < known.seen:
        return _said_before(connection, placed, encoding, known)
    return _said_new(connection, placed, encoding, content, known)


def _twin(connection: sqlite3.Connection, placed: _Placed, content: Content) -> Known | None:
    """The article that is kept under a twin address of this page.

    The other address may show the article in another form, which is no change of it. What changes there, is.
    """
    before = twins.linked(connection, placed.page_id)
    twin = twins.find(connection, placed.page_id, placed.addresses, content)
    if twin is None:
        if before is not None:
            twins.unlink(connection, placed.page_id)
        return None
    twins.link(connection, placed.page_id, twin, placed.prints.version)
    known = _known(connection, twin.page_id)
    if known is None or (before is not None and not is_same(placed.prints, replace(known, version=before))):
        return known
    return replace(known, version=placed.prints.version)


def _moved(connection: sqlite3.Connection, placed: _Placed, content: Content) -> Known | None:
    """The article whose address now leads to this page; from now on it stands here."""
    twin = twins.find_origin(connection, placed.page, placed.page_id, content)
    if twin is None:
        return None
    twins.move(connection, placed.page_id, placed.site, twin)
    clues.keep(connection, twin.article, placed.addresses)
    return _known(connection, placed.page_id)


def _said_new(
    connection: sqlite3.Connection,
    placed: _Placed,
    encoding: str | None,
    content: Content,
    known: Known | None,
) -> Recorded:
    """Write an article that is new or says something new."""
    told = stories.Told(article=known.article if known else None, prints=placed.prints, content=content)
    decision = stories.settle(connection, told, known)
    version, count = last_version(connection) + 1, 1
    if known is not None:
        number, count = known.article, _versions(connection, known.article) + 1
        stories.forget_texts(connection, number)
        _point_at(connection, number, version, placed)
    else:
        number = _insert_article(connection, placed, decision, version)
    _add_version(connection, number, version, placed, encoding, count)
    clues.keep(connection, number, (*clues.of_prints(placed.prints), *placed.addresses))
    stories.join(connection, number, decision, stamp(placed.page.fetched))
    return Recorded(outcome=OUTCOME_OF[decision.verdict], article=number)


SEEN = """
update articles set
  sort_time = iif(sort_time = first_seen, min(sort_time, :now), sort_time),
  first_seen = min(first_seen, :now),
  last_seen = max(last_seen, :now),
  source = coalesce(source, :source)
 where id = :article
"""


def _seen_again(connection: sqlite3.Connection, article: int, page: Page) -> Recorded:
    now = stamp(page.fetched)
    connection.execute(SEEN, {"now": now, "source": page.source, "article": article})
    return Recorded(outcome=Outcome.SAME, article=article)


def _said_before(
    connection: sqlite3.Connection, placed: _Placed, encoding: str | None, known: Known
) -> Recorded:
    """Write what an article said before its latest version: a capture that was read late."""
    article, now = known.article, stamp(placed.page.fetched)
    _seen_again(connection, article, placed.page)
    sql = "select count(*), max(fingerprint = :print) from versions where article_id = :article and seen <= :now"
    values = {"print": placed.prints.version, "article": article, "now": now}
    earlier, told = connection.execute(sql, values).fetchone()
    if told:
        return Recorded(outcome=Outcome.SAME, article=article)
    for step in (
        "number = -number",
        "number = 1 - number",
    ):  # two steps: no number may stand twice in between
        connection.execute(
            f"update versions set {step} where article_id = ? and abs(number) > ?", (article, earlier)
        )
    version = last_version(connection) + 1
    _add_version(connection, article, version, placed, encoding, number=earlier + 1)
    return Recorded(outcome=Outcome.CHANGED, article=article)


def _known(connection: sqlite3.Connection, page_id: int) -> Known | None:
    sql = (
        "select articles.id, versions.fingerprint, story_id, versions.seen from articles"
        " join versions on versions.id = version_id where page_id = ?"
    )
    row = connection.execute(sql, (page_id,)).fetchone()
    return Known(article=row[0], version=row[1], story=row[2], seen=row[3]) if row else None


def _insert_article(connection: sqlite3.Connection, placed: _Placed, decision: Decision, version: int) -> int:
    now, published = stamp(placed.page.fetched), placed.article.published
    story = decision.stories[0] if decision.stories else stories.new(connection, now)
    sql = (
        "insert into articles (page_id, source, site_id, story_id, version_id, fingerprint, sort_time,"
        " first_seen, last_seen) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    values = (placed.page_id, placed.page.source, placed.site, story, version, placed.prints.copy)
    sort_time = sortable(published.when) if published else now
    return _inserted(connection.execute(sql, (*values, sort_time, now, now)))


def _add_version(
    connection: sqlite3.Connection,
    article: int,
    version: int,
    placed: _Placed,
    encoding: str | None,
    number: int = 1,
) -> None:
    row = {
        "id": version,
        "number": number,
        "article_id": article,
        "fetch_id": placed.fetch,
        "seen": stamp(placed.page.fetched),
        "fingerprint": placed.prints.version,
        "encoding": encoding,
        "extractor": EXTRACTOR,
        **version_row(placed.article),
    }
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"insert into versions ({columns}) values ({marks})", row)


def _versions(connection: sqlite3.Connection, article: int) -> int:
    """How many versions there are of an article."""
    sql = "select coalesce(max(number), 0) from versions where article_id = ?"
    return int(connection.execute(sql, (article,)).fetchone()[0])


def _point_at(connection: sqlite3.Connection, article: int, version: int, placed: _Placed) -> None:
    published = sortable(placed.article.published.when) if placed.article.published else None
    connection.execute(
        "update articles set fingerprint = ?, last_seen = ?, source = coalesce(source, ?),"
        " sort_time = coalesce(?, first_seen), version_id = ? where id = ?",
        (
            placed.prints.copy,
            stamp(placed.page.fetched),
            placed.page.source,
            published,
            version,
            article,
        ),
    )
