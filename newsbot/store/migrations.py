"""The schema, as named migrations. A released migration is never edited; a change is a new one."""

from __future__ import annotations

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

migrations = Migrations("newsbot")

TOKENIZER = "unicode61 remove_diacritics 2"

ARTICLES_LATEST = """
select articles.id as id, articles.url as url, articles.source as source, sites.host as host,
       versions.title as title, versions.published as published,
       versions.published_text as published_text, versions.published_zone as published_zone,
       versions.credited_source as credited_source, versions.authors as authors,
       versions.editors as editors, versions.category as category, versions.language as language,
       versions.publisher as publisher, versions.lead_image as lead_image, versions.body as body,
       articles.sort_time as sort_time, articles.first_seen as first_seen,
       articles.last_seen as last_seen, articles.story_id as story_id, articles.copy_of as copy_of,
       versions.number as version, versions.id as version_id
  from articles
  join versions on versions.id = articles.version_id
  join sites on sites.id = articles.site_id
"""


def _table(db: Database, name: str) -> Table:
    return db.table(name)


@migrations(name="0001_sources_sites_runs")
def sources_sites_runs(db: Database) -> None:
    """Who is crawled, what is known of their sites, and each run."""
    _table(db, "sources").create(
        {"name": str, "title": str, "kind": str, "language": str, "country": str, "first_used": str},
        pk="name",
        not_null={"name", "first_used"},
        strict=True,
    )
    _table(db, "sites").create(
        {"id": int, "key": str, "host": str, "first_seen": str},
        pk="id",
        not_null={"key", "first_seen"},
        strict=True,
    ).create_index(["key"], unique=True)
    _table(db, "site_facts").create(
        {"site_id": int, "kind": str, "value": str, "first_seen": str, "last_seen": str},
        pk=("site_id", "kind", "value"),
        not_null={"first_seen", "last_seen"},
        foreign_keys=[("site_id", "sites", "id")],
        strict=True,
    )
    _table(db, "runs").create(
        {
            "id": int,
            "command": str,
            "spider": str,
            "source": str,
            "pid": int,
            "machine": str,
            "started": str,
            "finished": str,
            "outcome": str,
            "detail": str,
            "counts": str,
        },
        pk="id",
        not_null={"command", "pid", "machine", "started"},
        foreign_keys=[("source", "sources", "name")],
        strict=True,
    ).create_index(["source", "id"])


@migrations(name="0002_pages_fetches")
def pages_fetches(db: Database) -> None:
    """Every address seen, every response kept, and why a page was refused."""
    _table(db, "pages").create(
        {
            "id": int,
            "url": str,
            "site_id": int,
            "source": str,
            "role": str,
            "first_fetched": str,
            "last_fetched": str,
            "last_checked": str,
            "status": int,
            "failures": int,
            "etag": str,
            "last_modified": str,
            "listed_for": str,
            "context": str,
            "fetch_id": int,
            "refusal": str,
            "refusal_detail": str,
        },
        pk="id",
        not_null={"url", "role", "last_checked", "failures"},
        defaults={"failures": 0},
        foreign_keys=[("site_id", "sites", "id"), ("source", "sources", "name")],
        strict=True,
    )
    _table(db, "pages").create_index(["url"], unique=True)
    _table(db, "pages").create_index(["source", "role"])
    _table(db, "pages").create_index(["refusal"])
    _table(db, "aliases").create(
        {"url": str, "page_id": int},
        pk="url",
        not_null={"page_id"},
        foreign_keys=[("page_id", "pages", "id")],
        strict=True,
    )
    _table(db, "fetches").create(
        {
            "id": int,
            "page_id": int,
            "run_id": int,
            "url": str,
            "fetched": str,
            "status": int,
            "content_type": str,
            "size": int,
            "digest": bytes,
            "warc_file": str,
            "warc_offset": int,
            "context": str,
        },
        pk="id",
        not_null={"page_id", "url", "fetched", "status", "size", "digest"},
        foreign_keys=[("page_id", "pages", "id"), ("run_id", "runs", "id")],
        strict=True,
    )
    _table(db, "fetches").create_index(["page_id"])


@migrations(name="0003_articles_versions_stories")
def articles_versions_stories(db: Database) -> None:
    """The clean records: an article, all its versions, and the story it belongs to."""
    _table(db, "stories").create({"id": int, "created": str}, pk="id", not_null={"created"}, strict=True)
    _table(db, "articles").create(
        {
            "id": int,
            "page_id": int,
            "url": str,
            "source": str,
            "site_id": int,
            "story_id": int,
            "copy_of": int,
            "version_id": int,
            "fingerprint": bytes,
            "sort_time": str,
            "first_seen": str,
            "last_seen": str,
        },
        pk="id",
        not_null={
            "page_id",
            "url",
            "site_id",
            "story_id",
            "fingerprint",
            "sort_time",
            "first_seen",
            "last_seen",
        },
        foreign_keys=[
            ("page_id", "pages", "id"),
            ("source", "sources", "name"),
            ("site_id", "sites", "id"),
            ("story_id", "stories", "id"),
            ("copy_of", "articles", "id"),
        ],
        strict=True,
    )
    articles = _table(db, "articles")
    articles.create_index(["page_id"], unique=True)
    articles.create_index(["url"], unique=True)
    for columns in (["fingerprint"], ["story_id"], ["copy_of"], ["sort_time"], ["source", "sort_time"]):
        articles.create_index(columns)
    _table(db, "versions").create(
        {
            "id": int,
            "article_id": int,
            "number": int,
            "fetch_id": int,
            "seen": str,
            "fingerprint": bytes,
            "title": str,
            "published": str,
            "published_text": str,
            "published_zone": str,
            "credited_source": str,
            "authors": str,
            "editors": str,
            "category": str,
            "body": str,
            "kinds": str,
            "language": str,
            "lead_image": str,
            "links": str,
            "publisher": str,
            "origins": str,
            "removed": str,
            "encoding": str,
            "extractor": str,
        },
        pk="id",
        not_null={"article_id", "number", "seen", "fingerprint", "body", "kinds", "extractor"},
        foreign_keys=[("article_id", "articles", "id"), ("fetch_id", "fetches", "id")],
        strict=True,
    )
    _table(db, "versions").create_index(["article_id", "number"], unique=True)
    _table(db, "versions").create_index(["fetch_id"])


@migrations(name="0004_search_index")
def search_index(db: Database) -> None:
    """The text of each article's latest version as the index sees it, and the full-text index over it."""
    _table(db, "article_text").create(
        {"id": int, "title": str, "body": str},
        pk="id",
        not_null={"title", "body"},
        foreign_keys=[("id", "articles", "id")],
        strict=True,
    )
    _table(db, "article_text").enable_fts(["title", "body"], create_triggers=True, tokenize=TOKENIZER)
    db.create_view("articles_latest", ARTICLES_LATEST)


SITE_PIECES = """
create table site_pieces (
  site_id integer not null references sites (id),
  print integer not null,
  pages integer not null,
  alike integer not null,
  first integer not null,
  last integer not null,
  place text,
  text text,
  primary key (site_id, print)
) strict, without rowid
"""


@migrations(name="0005_site_memory")
def site_memory(db: Database) -> None:
    """What recurs over the pages of a site, how many of its pages taught that, and which did."""
    db.execute(SITE_PIECES)
    db.execute("alter table sites add column learnt integer not null default 0")
    db.execute("alter table pages add column learnt integer not null default 0")


SECTIONS = "versions.sections as sections, versions.dateline as dateline, versions.wire as wire,"
CORRECTION = "versions.correction as correction"
ARTICLES_LATEST_2 = ARTICLES_LATEST.replace(
    "articles.sort_time as sort_time,", f"{SECTIONS}\n       {CORRECTION}, articles.sort_time as sort_time,"
)


@migrations(name="0006_sections")
def sections(db: Database) -> None:
    """The parts of press releases, datelines, wires and corrections."""
    for column in ("sections", "dateline", "wire", "correction"):
        db.execute(f"alter table versions add column {column} text")
    db.create_view("articles_latest", ARTICLES_LATEST_2, replace=True)
