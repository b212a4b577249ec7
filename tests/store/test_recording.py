"""One processed page into the database, and what the database then says."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.errors import StoreError
from newsbot.model import (
    ArchivePlace,
    Block,
    BlockKind,
    Hints,
    Published,
    Rejection,
    Removed,
    Role,
    SiteFact,
    Zone,
)
from newsbot.query import Query
from newsbot.store import Database, Outcome, Recorded, StoredArticle
from newsbot.store.connection import Access
from tests.builders import (
    LONG,
    NOON,
    URL,
    about,
    accepted,
    article,
    failed,
    gone,
    later,
    listed,
    page,
    published,
    refused,
    unchanged,
    with_article,
)

OTHER = "https://other.test/b/2.html"
THIRD = "https://third.test/c/3.html"
ALL = Query(copies=True)


def count(db: Database, table: str) -> int:
    return int(db.connection.execute(f"select count(*) from {table}").fetchone()[0])


def column(db: Database, sql: str) -> list[object]:
    return [row[0] for row in db.connection.execute(sql)]


def everything(db: Database) -> list[StoredArticle]:
    return list(db.every(ALL))


# new, same, changed


def test_a_new_article_can_be_read_back_whole(db: Database) -> None:
    shanghai = timezone(timedelta(hours=8))
    full = article(
        url=URL,
        published=published(datetime(2026, 9, 1, 8, 30, tzinfo=shanghai), Zone.ASSUMED),
        source="证券时报",
        authors=("李在山", 'O\'Neil, "Jo"'),
        editors=("张三",),
        category=("News", "Industry"),
        blocks=(
            Block(kind=BlockKind.HEADING, text="One", level=3),
            Block(kind=BlockKind.PARAGRAPH, text="A line\nthat was broken."),
            Block(kind=BlockKind.LIST_ITEM, text="药"),
            Block(kind=BlockKind.TABLE_ROW, text="a | b"),
            Block(kind=BlockKind.QUOTE, text="said"),
            Block(kind=BlockKind.CAPTION, text="picture"),
            Block(kind=BlockKind.CODE, text="x = 1"),
        ),
        language="zh",
        lead_image="https://news.test/a.png",
        links=("https://clinic.test/NCT01234567",),
        publisher="News Test",
        origins={"title": "h1"},
        removed=(Removed(rule="footer", text="沪ICP备11038445号-1"),),
    )
    recorded = db.record(with_article(page(), full))
    assert recorded == Recorded(outcome=Outcome.NEW, article=1)
    (version,) = db.versions(1)
    kept = version.article
    assert kept.blocks[1].text == "A line that was broken."
    assert [block.kind for block in kept.blocks] == [block.kind for block in full.blocks]
    assert kept.blocks[0].level == 3
    for name in ("title", "published", "source", "authors", "editors", "category", "language", "lead_image"):
        assert getattr(kept, name) == getattr(full, name)
    for name in ("links", "publisher", "origins", "removed"):
        assert getattr(kept, name) == getattr(full, name)
    assert (version.number, version.encoding, version.seen) == (1, "utf-8", later(0))


def test_an_article_without_body_or_title_is_kept_as_unknown(db: Database) -> None:
    db.record(with_article(page(), article("", None, blocks=())))
    stored = db.article(1)
    assert stored.title is None
    assert stored.body == ""
    assert stored.authors == ()
    assert db.versions(1)[0].article.blocks == ()


def test_the_same_again_is_seen_again_and_nothing_more(db: Database) -> None:
    db.record(accepted())
    assert db.record(accepted(page(fetched=later(5)))).outcome is Outcome.SAME
    (stored,) = everything(db)
    assert (stored.version, stored.first_seen, stored.last_seen) == (1, later(0), later(5))
    assert (count(db, "versions"), count(db, "stories"), count(db, "fetches")) == (1, 1, 2)


def test_another_spelling_of_the_address_is_the_same_page(db: Database) -> None:
    db.record(accepted())
    assert db.record(accepted(URL + "?utm_source=mail#top")).outcome is Outcome.SAME
    assert count(db, "pages") == 1


def test_a_change_is_a_new_version_and_the_old_one_stays(db: Database) -> None:
    db.record(accepted(title="First"))
    changed = db.record(accepted(page(fetched=later(3)), LONG + " Corrected.", "First"))
    assert changed == Recorded(outcome=Outcome.CHANGED, article=1)
    assert [version.number for version in db.versions(1)] == [1, 2]
    assert db.versions(1)[0].article.text == LONG
    stored = db.article(1)
    assert (stored.version, stored.body[-10:]) == (2, "Corrected.")
    assert [hit.article.id for hit in db.search("corrected").hits] == [1]


def test_a_change_back_is_a_third_version(db: Database) -> None:
    for hour, title in enumerate(("One", "Two", "One")):
        db.record(accepted(page(fetched=later(hour)), title=title))
    assert [version.article.title for version in db.versions(1)] == ["One", "Two", "One"]
    assert db.article(1).title == "One"


def test_the_old_words_are_no_longer_found(db: Database) -> None:
    db.record(accepted(title="Aspirin news"))
    db.record(accepted(title="Ibuprofen news"))
    assert db.search("aspirin").total == 0
    assert db.search("ibuprofen").total == 1


def test_running_again_makes_no_duplicates(db: Database) -> None:
    items = [accepted(f"https://news.test/{n}", f"{LONG} {n % 7}", f"Title {n}") for n in range(30)]
    first = [db.record(item).outcome for item in items]
    before = (count(db, "articles"), count(db, "versions"), count(db, "stories"), count(db, "pages"))
    assert [db.record(item).outcome for item in items] == [Outcome.SAME] * 30
    assert (count(db, "articles"), count(db, "versions"), count(db, "stories"), count(db, "pages")) == before
    assert (first.count(Outcome.NEW), first.count(Outcome.COPY)) == (7, 23)


# copies


def test_the_same_text_elsewhere_is_a_copy_in_one_story(db: Database) -> None:
    db.record(accepted())
    assert db.record(accepted(OTHER, title="Another headline")).outcome is Outcome.COPY
    first, copy = everything(db)
    assert (copy.copy_of, copy.story) == (first.id, first.story)
    assert [stored.id for stored in db.latest()] == [first.id]
    assert [stored.id for stored in db.copies(first.id)] == [copy.id]


def test_a_copy_of_a_copy_is_a_copy_of_the_first(db: Database) -> None:
    for url in (URL, OTHER, THIRD):
        db.record(accepted(url))
    assert [stored.copy_of for stored in everything(db)] == [None, 1, 1]


def test_a_copy_stays_linked_when_its_original_changes(db: Database) -> None:
    db.record(accepted())
    db.record(accepted(OTHER))
    db.record(accepted(URL, LONG + " Corrected."))
    first, copy = everything(db)
    assert (copy.copy_of, copy.story) == (first.id, first.story)
    assert db.record(accepted(THIRD)).outcome is Outcome.COPY
    assert db.article(3).copy_of == first.id


def test_a_copy_that_says_something_new_is_found_by_it_and_stays_in_the_story(db: Database) -> None:
    db.record(accepted())
    db.record(accepted(OTHER))
    db.record(accepted(OTHER, LONG + " And more."))
    first, second = everything(db)
    assert (second.copy_of, second.story) == (first.id, first.story)
    assert db.search("and more").hits[0].article.id == second.id


def test_an_original_that_changes_and_changes_back_is_no_copy_of_itself(db: Database) -> None:
    for url, text in ((URL, LONG), (OTHER, LONG), (URL, LONG + " x"), (URL, LONG)):
        db.record(accepted(url, text))
    assert [stored.copy_of for stored in everything(db)] == [None, 1]
    assert [stored.id for stored in db.latest()] == [1]


def test_two_that_change_into_each_other_do_not_hide_each_other(db: Database) -> None:
    steps = ((URL, 1), (OTHER, 1), (THIRD, 1), (OTHER, 2), (URL, 2), (OTHER, 1))
    for url, text in steps:
        db.record(accepted(url, f"{LONG} {text}"))
    assert any(stored.copy_of is None for stored in everything(db))
    assert db.check().problems == ()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=25), st.booleans())
def test_whatever_is_recorded_every_story_shows_an_article(
    steps: list[tuple[int, int]], rebuild: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "n.db", Access.WRITE) as db:
        latest = {}
        for number, (where, text) in enumerate(steps):
            latest[where] = text
            url = f"https://h{where}.test/"
            db.record(accepted(page(url, fetched=later(number)), about(text), "T"))
        if rebuild:
            list(db.rebuild_stories(later(0)))
        assert db.check().problems == ()
        stored = everything(db)
        assert {a.url: a.body for a in stored} == {
            f"https://h{where}.test/": about(text) for where, text in latest.items()
        }
        assert {a.story for a in stored} == {a.story for a in stored if a.copy_of is None}
        assert len(stored) == len(latest)


# what is no article


def test_a_refused_page_is_kept_with_its_reason(db: Database) -> None:
    assert db.record(refused(reason=Rejection.LIST_PAGE, detail="40 links")).outcome is Outcome.REFUSED
    (rejected,) = db.rejected()
    assert (rejected.url, rejected.reason, rejected.detail) == (URL, "list page", "40 links")
    assert count(db, "fetches") == 1
    assert count(db, "articles") == 0


def test_a_refused_page_that_later_becomes_an_article(db: Database) -> None:
    db.record(refused())
    assert db.record(accepted(page(fetched=later(1)))).outcome is Outcome.NEW
    assert db.rejected() == []
    known = db.recall(URL)
    assert known is not None
    assert (known.refusal, known.failures) == (None, 0)
    assert known.first_fetched == later(0)


@pytest.mark.parametrize(
    "answer",
    [gone(), gone(status=500), failed(), refused(reason=Rejection.BLOCK_PAGE)],
    ids=["404", "500", "dead", "block"],
)
def test_an_article_outlives_what_its_address_answers_later(db: Database, answer: object) -> None:
    db.record(accepted())
    db.record(answer)  # type: ignore[arg-type]  # a Processed
    (stored,) = everything(db)
    assert (stored.body, stored.version) == (LONG, 1)
    assert db.search("endpoint").total == 1
    assert len(db.rejected()) == 1
    known = db.recall(URL)
    assert known is not None
    assert known.failures == 1
    assert db.record(accepted()).outcome is Outcome.SAME
    assert db.rejected() == []


def test_failures_are_counted_in_a_row(db: Database) -> None:
    for _ in range(3):
        assert db.record(failed()).outcome is Outcome.FAILED
    known = db.recall(URL)
    assert known is not None
    assert (known.failures, known.last_fetched, known.refusal) == (3, None, "unreachable")
    assert count(db, "fetches") == 0
    db.record(accepted())
    known = db.recall(URL)
    assert known is not None
    assert known.failures == 0


def test_a_list_is_remembered_without_a_refusal(db: Database) -> None:
    assert db.record(listed()).outcome is Outcome.LISTED
    known = db.recall("https://news.test/")
    assert known is not None
    assert (known.role, known.refusal, known.etag) == (Role.LIST, None, None)


def test_validators_of_a_list_are_kept_only_when_asked_to(db: Database) -> None:
    db.record(listed(headers=(("etag", '"1"'),)))
    db.keep_validators({"https://NEWS.test/#x": ('"1"', "Mon, 02 Nov 2026 10:00:00 GMT")}, "definition")
    known = db.recall("https://news.test/")
    assert known is not None
    assert (known.etag, known.last_modified) == ('"1"', "Mon, 02 Nov 2026 10:00:00 GMT")


# "not modified"


def test_not_modified_is_seen_again(db: Database) -> None:
    db.record(accepted(page(headers=(("etag", '"1"'),))))
    assert db.record(unchanged(fetched=later(9))) == Recorded(outcome=Outcome.UNCHANGED, article=1)
    assert db.article(1).last_seen == later(9)
    known = db.recall(URL)
    assert known is not None
    assert (known.etag, known.last_fetched) == ('"1"', later(0))
    assert count(db, "fetches") == 1


@pytest.mark.parametrize(
    "answer", [failed(), gone(headers=(("etag", '"404"'),)), refused(reason=Rejection.BLOCK_PAGE)]
)
def test_not_modified_ends_a_row_of_failures(db: Database, answer: object) -> None:
    db.record(accepted(page(headers=(("etag", '"1"'),))))
    db.record(answer)  # type: ignore[arg-type]  # a Processed
    known = db.recall(URL)
    assert known is not None
    assert known.etag == '"1"'  # still that of the article, not of the error
    db.record(unchanged(fetched=later(9)))
    known = db.recall(URL)
    assert known is not None
    assert (known.failures, known.refusal) == (0, None)


def test_not_modified_of_an_unknown_page_is_no_article(db: Database) -> None:
    assert db.record(unchanged()) == Recorded(outcome=Outcome.UNCHANGED, article=None)


# addresses and sites


def test_a_redirect_is_remembered_under_both_addresses(db: Database) -> None:
    db.record(accepted(page(OTHER, requested_url=URL)))
    known = db.recall(URL + "?utm_source=x")
    assert known is not None
    assert known.url == OTHER
    assert db.record(accepted(page(OTHER, requested_url=URL))).outcome is Outcome.SAME
    assert column(db, "select url from aliases") == [URL]


def test_no_alias_for_another_spelling(db: Database) -> None:
    db.record(accepted(page(URL, requested_url=URL + "#top")))
    assert count(db, "aliases") == 0


def fact(kind: str, value: str) -> SiteFact:
    return SiteFact(kind=kind, value=value)


def test_facts_belong_to_the_site_of_the_page(db: Database) -> None:
    icp = fact("icp", "沪ICP备11038445号-1")
    for hour, (url, facts) in enumerate(((URL, (icp, fact("phone", "1"))), (OTHER, ()), (URL, (icp,)))):
        db.record(with_article(page(url, fetched=later(hour)), article(f"{LONG} {hour}", url=url), facts))
    news, other = db.sites()
    assert (news.host, news.articles, news.facts) == ("news.test", 1, (("icp", icp.value), ("phone", "1")))
    assert (other.host, other.facts) == ("other.test", ())
    assert column(db, "select last_seen from site_facts order by kind") == [
        "2026-11-20T14:00:00Z",
        "2026-11-20T12:00:00Z",
    ]


def test_files_are_told_apart_by_what_their_footer_states(db: Database) -> None:
    pages = (
        ("file:///a.txt", (fact("icp", "沪ICP备1号"), fact("company", "A"))),
        ("file:///b.txt", (fact("company", "A"), fact("icp", "沪ICP备1号"))),
        ("file:///c.txt", (fact("company", "B"),)),
        ("file:///d.txt", ()),
        ("file:///e.txt", ()),
    )
    for url, facts in pages:
        db.record(with_article(page(url), article(f"{LONG} {url}", url=url), facts))
    assert column(db, "select key from sites order by id") == ["icp:沪ICP备1号", "company:B", "files"]
    assert [site.articles for site in db.sites()] == [2, 1, 2]
    assert db.article(1).host is None


def test_an_article_gets_its_source_when_one_is_known(db: Database) -> None:
    db.start_run("crawl", "page", source_row("acme"), later(0))
    db.record(accepted())
    db.record(accepted(page(source="acme")))
    assert db.article(1).source == "acme"


def source_row(name: str):  # type: ignore[no-untyped-def]
    from newsbot.store import SourceRow

    return SourceRow(name=name)


# time


def test_an_undated_article_sorts_by_when_it_was_first_seen_over_all_versions(db: Database) -> None:
    for hour in range(3):
        db.record(accepted(page(fetched=later(hour)), f"{LONG} {hour}"))
    assert column(db, "select sort_time from articles") == ["2026-11-20T12:00:00Z"]
    assert db.article(1).published is None


def test_a_dated_article_sorts_by_its_own_time_in_utc(db: Database) -> None:
    shanghai = timezone(timedelta(hours=8))
    db.record(accepted(URL, published=published(datetime(2026, 9, 1, 7, 0, tzinfo=shanghai))))
    db.record(accepted(OTHER, LONG + "2", published=published(date(2026, 9, 1))))
    assert column(db, "select sort_time from articles order by id") == [
        "2026-08-31T23:00:00Z",
        "2026-09-01T00:00:00Z",
    ]
    first, second = (db.article(number).published for number in (1, 2))
    assert first == datetime(2026, 9, 1, 7, 0, tzinfo=shanghai)
    assert isinstance(second, date)
    assert not isinstance(second, datetime)


@pytest.mark.parametrize(
    "when",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=8))),
    ],
)
def test_the_ends_of_the_calendar_can_be_stored(db: Database, when: datetime) -> None:
    db.record(accepted(published=published(when)))
    assert db.article(1).published == when


# what is kept for later


def test_what_decided_how_a_page_was_read_is_kept(db: Database) -> None:
    hints = Hints(
        title="药",
        authors=("A", "B"),
        published=Published(when=datetime(2026, 9, 1, tzinfo=UTC), text="yesterday", zone=Zone.STATED),
    )
    place = ArchivePlace(file="a.warc.gz", offset=7)
    db.record(accepted(page(hints=hints, zone="Asia/Shanghai", publisher="P", place=place)))
    (kept,) = db.fetches()
    assert (kept.place, kept.version, kept.article) == (place, 1, 1)
    from newsbot.store.rows import hints_of

    assert kept.context is not None
    assert hints_of(json.loads(kept.context)) == hints
    db.connection.execute("update fetches set warc_file = null")  # it was never written


# faults


def test_a_page_of_an_unknown_source_leaves_nothing_behind(db: Database) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        db.record(accepted(page(source="nobody")))
    assert [count(db, table) for table in ("pages", "fetches", "articles", "sites")] == [0, 0, 0, 0]


def test_a_page_with_text_that_cannot_be_written_is_refused_alone(db: Database) -> None:
    bad, good = accepted(page(url=OTHER), title="lone \ud800"), accepted()
    outcomes = [recorded.outcome for recorded in db.record_all([bad, good])]
    assert outcomes == [Outcome.REFUSED, Outcome.NEW]
    assert [found.reason for found in db.rejected()] == [Rejection.EXTRACTION_FAILED]
    assert [found.url for found in everything(db)] == [URL]


def test_a_reader_cannot_write(db: Database) -> None:
    with Database(db.path) as reader, pytest.raises(StoreError, match="cannot be written"):
        reader.record(accepted())
    assert count(db, "pages") == 0


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
)
@settings(max_examples=40)
def test_any_text_is_stored_and_read_back(title: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "n.db", Access.WRITE) as db:
        db.record(accepted(URL, text, title or None))
        stored = db.article(1)
        assert (stored.title, stored.body) == (title or None, text)
        assert db.check().problems == ()


def test_a_page_is_asked_for_again_as_it_was_and_with_what_its_feed_said(db: Database) -> None:
    address = "https://news.test/a?z=1&a=2&utm_source=feed"
    said = Hints(title="As the feed has it", published=published(NOON), authors=("A. Writer",))
    db.record(accepted(page(address, hints=said, source=None)))
    known = db.recall("https://news.test/a?a=2&z=1")
    assert known is not None
    assert known.url == address
    assert known.hints == said


def test_an_alias_leads_to_the_page(db: Database) -> None:
    db.record(accepted(page("https://news.test/new", requested_url="https://news.test/old")))
    known = db.recall("https://news.test/old")
    assert known is not None
    assert known.url == "https://news.test/new"
