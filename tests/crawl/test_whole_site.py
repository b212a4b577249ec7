"""The whole trip: a site of seven sections, crawled, read, stored, asked."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from newsbot.model import Article, Rejection
from newsbot.query import Query
from tests.crawl.conftest import Crawl
from tests.site.compare import differences
from tests.site.expected import ADDED, CORRECTED, Expected, expected, refused


def path_of(url: str) -> str:
    return urlsplit(url).path


@pytest.mark.parametrize("wanted", expected(), ids=lambda each: each.path)
def test_each_article_is_read_as_its_author_wrote_it(crawled: Crawl, wanted: Expected) -> None:
    with crawled.open() as database:
        stored = {path_of(each.url): each for each in database.every(Query(copies=True))}
        article = database.versions(stored[wanted.path].id)[-1].article
    assert differences(wanted, article) == []
    assert [text for text in wanted.absent if text in article.text] == []


def test_every_article_is_stored_once_and_nothing_else(crawled: Crawl) -> None:
    with crawled.open() as database:
        paths = [path_of(each.url) for each in database.every(Query(copies=True))]
    assert sorted(paths) == sorted(each.path for each in expected())


def test_what_is_no_article_says_why(crawled: Crawl) -> None:
    with crawled.open() as database:
        reasons = {path_of(page.url): page.reason for page in database.rejected()}
    assert reasons == {path: reason for path, reason in refused().items() if path in reasons}
    assert len(reasons) >= 3


def test_copies_are_linked_to_the_first_and_kept(crawled: Crawl) -> None:
    groups: dict[str, set[str]] = {}
    for each in expected():
        if group := each.copies or each.near:
            groups.setdefault(group, set()).add(each.path)
    with crawled.open() as database:
        articles = list(database.every(Query(copies=True)))
    stories: dict[int, set[str]] = {}
    for article in articles:
        stories.setdefault(article.story, set()).add(path_of(article.url))
    assert sorted(map(sorted, groups.values())) == sorted(sorted(s) for s in stories.values() if len(s) > 1)
    assert sum(article.copy_of is not None for article in articles) == sum(
        len(g) - 1 for g in groups.values()
    )


def test_the_database_is_sound_and_every_page_is_in_the_archive(crawled: Crawl) -> None:
    assert crawled.newsbot("db", "check").returncode == 0
    with crawled.open() as database:
        for article in database.every(Query(copies=True)):
            page = database.response(database.versions(article.id)[-1])
            assert page.url == article.url
            assert page.body


def test_footers_are_facts_of_the_site(crawled: Crawl) -> None:
    (site,) = crawled.json("sites")
    facts = dict(reversed(site["facts"]))
    assert {"company", "icp", "police", "drug_information_licence", "phone", "email", "address"} <= set(facts)


@pytest.mark.parametrize("query", ["quelsotinib", "药", "肝病", '"biliary tract"', "LANTERN-2", "ＦＧＦＲ２"])
def test_search_finds_english_and_chinese(crawled: Crawl, query: str) -> None:
    assert crawled.json("search", query)["total"] >= 1


def test_a_second_run_fetches_only_what_changed(crawl: Crawl) -> None:
    sources = ("demo-company", "demo-agency", "demo-press")
    assert crawl.newsbot("crawl", *sources).returncode == 0
    crawl.site.log.clear()
    assert crawl.newsbot("crawl", *sources).returncode == 0
    blocked = {path for path, reason in refused().items() if reason == Rejection.BLOCK_PAGE}
    assert set(crawl.site.paths(200)) <= {"/robots.txt", *blocked}

    crawl.site.edition = 2
    crawl.site.log.clear()
    reports = crawl.json("crawl", *sources)
    fetched = {path for path in crawl.site.paths(200) if path in {each.path for each in expected(2)}}
    assert fetched == {*CORRECTED, *ADDED}
    totals = {
        name: sum(r["counts"].get(name, 0) for r in reports) for name in ("new", "changed", "copy", "failed")
    }
    assert totals == {"new": 1, "changed": 1, "copy": 1, "failed": 0}
    with crawl.open() as database:
        (corrected,) = [each for each in database.every(Query(copies=True)) if path_of(each.url) in CORRECTED]
        assert [version.number for version in database.versions(corrected.id)] == [1, 2]


def test_reading_all_history_again_changes_nothing_but_what_the_site_repeats(crawled: Crawl) -> None:
    report = crawled.json("reclean", "--dry-run")
    assert report["unreadable"] == []
    assert report["pages"]["same"] + report["pages"]["changed"] == len(expected())
    assert report["fields"] == {"body": report["pages"]["changed"]}
    standing = {each.path: each.standing for each in expected() if each.standing}
    assert {path_of(change["url"]) for change in report["changes"]} <= standing.keys()


def test_what_an_agency_repeats_is_in_its_first_articles_and_after_a_second_reading_in_none(
    crawl: Crawl,
) -> None:
    wanted = {each.path: each for each in expected() if each.section == "en_regulator"}
    ((paragraph,),) = {each.standing for each in wanted.values()}
    assert crawl.newsbot("crawl", "demo-agency").returncode == 0
    holding = {path for path, article in articles_of(crawl).items() if paragraph in article.text}
    assert len(holding) >= 2, "no page says that the next one will have it too"

    report = crawl.json("reclean")
    assert {path_of(change["url"]) for change in report["changes"]} == holding
    assert report["fields"] == {"body": len(holding)}
    read_again = articles_of(crawl)
    assert read_again.keys() == wanted.keys()
    for path, article in read_again.items():
        assert tuple(block.text for block in article.blocks) == wanted[path].blocks
        assert differences(wanted[path], article) == []
    known = crawl.json("site", urlsplit(crawl.site.base_url).netloc)
    assert any(paragraph.startswith(piece["text"]) for piece in known["recurring"])
    assert crawl.json("reclean")["changes"] == []


def articles_of(crawl: Crawl) -> dict[str, Article]:
    """The article at each path, as it was read last."""
    with crawl.open() as database:
        stored = list(database.every(Query(copies=True)))
        return {path_of(each.url): database.versions(each.id)[-1].article for each in stored}
