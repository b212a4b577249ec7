"""The schema, as named migrations. A released migration is never edited; a change is a new one."""

from __future__ import annotations

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from newsbot.dedupe.sketch import SKETCH
from newsbot.folding import fold

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


DEDUPE = """
create table sketches (
  value integer not null,
  article_id integer not null references articles (id),
  primary key (value, article_id)
) strict, without rowid;
create table sketches_recent (
  value integer not null,
  article_id integer not null references articles (id),
  primary key (value, article_id)
) strict, without rowid;
create table links (
  article_id integer not null references articles (id),
  other_id integer not null references articles (id),
  rule text not null,
  ours real not null,
  theirs real not null,
  seen text not null,
  primary key (article_id, other_id)
) strict, without rowid;
create index idx_links_other_id on links (other_id);
create table rulings (
  article_id integer not null references articles (id),
  other_id integer not null references articles (id),
  together integer not null,
  made text not null,
  primary key (article_id, other_id)
) strict, without rowid;
create index idx_rulings_other_id on rulings (other_id);
create table page_keys (
  key integer not null,
  page_id integer not null references pages (id),
  primary key (key, page_id)
) strict, without rowid;
create table state (name text primary key not null, value text not null) strict, without rowid;
alter table pages add column twin_of integer references pages (id);
"""


@migrations(name="0007_dedupe")
def dedupe(db: Database) -> None:
    """What near copies are found by, why articles are one story, what people ruled, and twin addresses."""
    for statement in DEDUPE.split(";"):
        if statement.strip():
            db.execute(statement)
    if not db.execute("select exists (select 1 from articles)").fetchone()[0]:
        db.execute("insert into state (name, value) values ('sketch', ?)", (SKETCH,))


@migrations(name="0008_version_index")
def version_index(db: Database) -> None:
    """The full-text index over all versions, without another copy of their text."""
    for trigger in db.triggers:
        if trigger.table == "article_text":
            db.execute(f"drop trigger {trigger.name}")
    db.table("article_text_fts").drop()
    db.table("article_text").drop()
    db.execute(
        'create virtual table versions_fts using fts5 (title, body, authors, content="versions",'
        f" content_rowid='id', tokenize='{TOKENIZER}')"
    )
    rows = db.execute("select id, title, body, authors from versions order by id").fetchall()
    for number, *texts in rows:
        db.execute(
            "insert into versions_fts (rowid, title, body, authors) values (?, ?, ?, ?)",
            (number, *(fold(text or "") for text in texts)),
        )


@migrations(name="0009_lean_indexes")
def lean_indexes(db: Database) -> None:
    """Indexes that hold only the rows that are asked for, and none twice."""
    for name in ("idx_pages_refusal", "idx_articles_copy_of", "idx_articles_url", "idx_pages_source_role"):
        db.execute(f"drop index {name}")
    db.execute("create index idx_pages_refusal on pages (refusal) where refusal is not null")
    db.execute("create index idx_articles_copy_of on articles (copy_of) where copy_of is not null")
    db.execute("create index idx_pages_source on pages (source)")


ARTICLES_LATEST_3 = ARTICLES_LATEST_2.replace("articles.url as url", "pages.url as url").replace(
    "join sites on", "join pages on pages.id = articles.page_id\n  join sites on"
)

STORIES_LATEST = """
select stories.id as id, lead.id as lead_id, lead.title as title, lead.published as published,
       coalesce(lead.source, lead.host) as first_source, count(*) as articles,
       count(distinct coalesce(articles.source, articles.site_id)) as sources,
       min(articles.sort_time) as earliest, max(articles.sort_time) as latest
  from stories
  join articles on articles.story_id = stories.id
  join articles_latest lead on lead.story_id = stories.id and lead.copy_of is null
 group by stories.id
"""


@migrations(name="0010_one_url")
def one_url(db: Database) -> None:
    """Each address once: an article's is its page's, a response's is kept where it differs. Views with plain names."""
    db.execute("drop view articles_latest")
    db.execute("alter table articles drop column url")
    db.table("fetches").transform(not_null={"url": False})
    db.execute("update fetches set url = null where url = (select url from pages where pages.id = page_id)")
    db.create_view("articles_latest", ARTICLES_LATEST_3)
    db.create_view("stories_latest", STORIES_LATEST)


WATCHES = """
create table watches (
  name text primary key not null,
  query text not null,
  webhook text,
  command text,
  mail text,
  mark integer not null,
  created text not null,
  last_run text
) strict;
create table watch_told (
  watch text not null references watches (name) on delete cascade,
  article_id integer not null references articles (id),
  primary key (watch, article_id)
) strict, without rowid;
create index idx_watch_told_article_id on watch_told (article_id);
create table deliveries (
  id integer primary key,
  watch text not null references watches (name) on delete cascade,
  action text not null,
  target text not null,
  versions text not null,
  left_out integer not null,
  made text not null,
  tries integer not null default 0,
  done text,
  error text
) strict;
create index idx_deliveries_open on deliveries (watch) where done is null;
"""


@migrations(name="0011_watches")
def watches(db: Database) -> None:
    """Saved searches, what they have told, and what is still to be delivered."""
    for statement in WATCHES.split(";"):
        if statement.strip():
            db.execute(statement)


@migrations(name="0012_hits")
def hits(db: Database) -> None:
    """What a search needs of each hit, dense and in the order of the full-text index."""
    db.execute(
        "create index idx_articles_version on articles (version_id, story_id, sort_time, copy_of, source, site_id)"
    )


CLUES = """
create table {} (
  value integer not null,
  article_id integer not null references articles (id),
  primary key (value, article_id)
) strict, without rowid
"""


@migrations(name="0013_clues")
def clues(db: Database) -> None:
    """What is looked up to find an article's like, in one place: pieces of texts, whole texts, addresses."""
    from newsbot.store.clues import TABLES, of_text

    for table in TABLES:
        db.execute(CLUES.format(table))
    db.conn.create_function("clue_of_text", 1, of_text, deterministic=True)
    db.execute(
        "insert or ignore into clues (value, article_id)"
        " select value >> 1, article_id from (select * from sketches union all select * from sketches_recent)"
        " union all select clue_of_text(fingerprint), id from articles"
        " union all select -1 - (1 << 46) - (((key >> 1) + (1 << 62)) >> 17), articles.id"
        " from page_keys join articles using (page_id)"
        " order by 1, 2"
    )
    db.execute("update state set value = '2' where name = 'sketch' and value = '1'")
    for table in ("sketches", "sketches_recent", "page_keys"):
        db.execute(f"drop table {table}")
    db.execute("drop index idx_articles_fingerprint")


@migrations(name="0014_twin_print")
def twin_print(db: Database) -> None:
    """What a page showed that is another address of an article: what changes there is a change of the article."""
    db.execute("alter table pages add column twin_print blob")
    db.execute("drop table if exists regrouped")
    db.execute(
        "update pages set twin_of = null where id in (select page_id from articles) and twin_of is not null"
    )


@migrations(name="0015_author_names")
def author_names(db: Database) -> None:
    """The index anew: no phrase reaches from one author's name into the next."""
    from newsbot.store.index import rebuild_index

    rebuild_index(db.conn)


@migrations(name="0016_claims")
def claims(db: Database) -> None:
    """Who delivers claims first; what was there before a watch is not told as new."""
    db.execute("alter table deliveries add column claimed text")
    db.execute("alter table watches add column born integer not null default 0")
    db.execute("drop view stories_latest")
    db.execute("drop view articles_latest")
    last_seen = "articles.last_seen as last_seen, "
    latest = ARTICLES_LATEST_3.replace(last_seen, f"{last_seen}versions.seen as changed, ")
    db.create_view("articles_latest", latest)
    db.create_view("stories_latest", STORIES_LATEST)


FRONTIER = """
create table frontier (
  id integer primary key,
  source text not null references sources (name),
  url text not null,
  role text not null,
  depth integer not null,
  hints text,
  done integer not null default 0,
  unique (source, url)
) strict
"""


@migrations(name="0017_frontier")
def frontier(db: Database) -> None:
    """What a backfill has still to read, and until when a site asked to be left alone."""
    db.execute(FRONTIER)
    db.execute("alter table runs add column wait_until text")


@migrations(name="0018_sources_lately")
def sources_lately(db: Database) -> None:
    """What schedule and health ask of each source: its last runs, its newest articles."""
    db.execute("create index idx_articles_source on articles (source, sort_time, first_seen)")
    db.execute("create index idx_runs_source on runs (source, id)")
