"""A database of an earlier newsbot, brought up to date with what it holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database as Tables

from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.store.migrations import migrations
from tests.builders import LONG, accepted, later

EARLIER = "0006_sections"
ROWS = f"""
insert into sites (id, key, host, first_seen) values (1, 'a.test', 'a.test', 'x'), (2, 'b.test', 'b.test', 'x');
insert into pages (id, url, site_id, role, last_checked, failures, learnt)
  values (1, 'https://a.test/1', 1, 'article', '2026-01-01T00:00:00Z', 0, 0),
         (2, 'https://b.test/1', 2, 'article', '2026-01-01T00:00:00Z', 0, 0);
insert into fetches (id, page_id, url, fetched, status, size, digest)
  values (1, 1, 'https://a.test/1', '2026-01-01T00:00:00Z', 200, 1, x'00'),
         (2, 2, 'https://b.test/1#raw', '2026-01-01T00:00:00Z', 200, 1, x'00');
insert into stories (id, created) values (1, 'x'), (2, 'x');
insert into articles (id, page_id, url, site_id, story_id, version_id, fingerprint, sort_time, first_seen, last_seen)
  values (1, 1, 'https://a.test/1', 1, 1, 1, x'01', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z',
          '2026-01-01T00:00:00Z'),
         (2, 2, 'https://b.test/1', 2, 2, 2, x'02', '2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z',
          '2026-01-02T00:00:00Z');
insert into versions (id, article_id, number, fetch_id, seen, fingerprint, title, body, kinds, language, extractor)
  values (1, 1, 1, 1, '2026-01-01T00:00:00Z', x'01', '新藥獲批', '{LONG}', 'p', 'en', '1'),
         (2, 2, 1, 2, '2026-01-02T00:00:00Z', x'02', 'Told again', '{LONG} And more.', 'p', 'en', '1');
insert into article_text (id, title, body) values (1, '新 藥', 'x'), (2, 'Told', 'x');
"""


def earlier(path: Path) -> None:
    """Make a database as newsbot made it then, with two articles that are near copies."""
    connection = sqlite3.connect(path, isolation_level=None)
    tables = Tables(connection)
    migrations.apply(tables, stop_before="0007_dedupe")
    assert [m.name for m in migrations.applied(tables)][-1] == EARLIER
    connection.executescript(ROWS)
    connection.close()


def test_an_earlier_database_keeps_what_it_has_and_learns_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    earlier(path)
    with Database(path, Access.WRITE) as db:
        assert db.search("新药").hits[0].article.url == "https://a.test/1"
        assert db.query("select url from fetches order by id").rows == ((None,), ("https://b.test/1#raw",))
        assert db.check().problems == (
            "older articles were never compared as today; run 'newsbot dedupe --rebuild'",
        )
        list(db.rebuild_stories(later(0)))
        assert db.check().problems == ()
        assert [member.article.id for member in db.story(1)] == [1, 2]
        db.record(accepted("https://c.test/1"))
        assert db.count_stories() == 1
