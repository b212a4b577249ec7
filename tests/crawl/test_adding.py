"""A source is added by the address of its site alone, and its crawl brings the news and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsbot.store import Database
from tests.crawl.test_manners import start
from tests.serving import serving
from tests.sites import SITES, BuiltSite, sitemap_only, without_news


def newsbot(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """A command's exit code and what it prints."""
    (folder / "n.toml").write_text("delay = 0\n")
    process = start(folder, *arguments)
    printed, said = process.communicate(timeout=120)
    return process.returncode, printed, said


def collected(folder: Path) -> set[str]:
    """The paths of the stored articles."""
    with Database(folder / "news.db") as database:
        return {urlsplit(row[0]).path for row in database.query("select url from articles_latest").rows}


def add_and_crawl(folder: Path, site: BuiltSite) -> set[str]:
    with serving(site.answer) as served:
        code, _, said = newsbot(folder, "sources", "add", f"{served.base_url}/", "--name", "x")
        assert code == 0, said
        code, _, said = newsbot(folder, "crawl", "x")
        assert code == 0, said
    return collected(folder)


QUICK = ("feed only", "sitemap only", "Chinese lists")


@pytest.mark.parametrize(
    "kind", [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.long) for kind in SITES]
)
def test_all_news_and_nothing_else_comes_of_a_home_page(kind: str, tmp_path: Path) -> None:
    site = SITES[kind]()
    found = add_and_crawl(tmp_path, site)
    assert (site.news - found, found - site.news) == (set(), set())


def test_a_site_without_news_is_said_to_have_none(tmp_path: Path) -> None:
    with serving(without_news().answer) as served:
        code, _, said = newsbot(tmp_path, "sources", "add", f"{served.base_url}/", "--name", "x")
    assert code == 1
    assert "No feed, sitemap or list of news was found" in said
    assert not (tmp_path / "sources.toml").exists()


def test_what_would_be_added_is_shown_and_not_written(tmp_path: Path) -> None:
    with serving(sitemap_only().answer) as served:
        code, printed, _ = newsbot(
            tmp_path, "sources", "add", f"{served.base_url}/", "--name", "x", "--dry-run", "--json"
        )
    shown = json.loads(printed)
    assert code == 0
    assert not (tmp_path / "sources.toml").exists()
    assert {each["role"] for each in shown["channels"]} == {"sitemap"}
    assert len([each for each in shown["articles"] if each["title"] and each["published"]]) == 10


def test_trying_a_source_leaves_no_trace(tmp_path: Path) -> None:
    site = SITES["numbered list"]()
    with serving(site.answer) as served:
        newsbot(tmp_path, "sources", "add", f"{served.base_url}/about/newsroom", "--name", "x")
        before = {path.name for path in tmp_path.iterdir()}
        code, printed, _ = newsbot(tmp_path, "sources", "try", "x", "--limit", "3", "--json")
    assert code == 0
    assert len(json.loads(printed)[0]["articles"]) == 3
    assert {path.name for path in tmp_path.iterdir()} == before
