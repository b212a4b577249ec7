"""All that a source ever published: bounded, stopped, killed, and gone on with."""

from __future__ import annotations

import signal
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsbot.store import Database
from tests.crawl.test_manners import crawl, last_run, start
from tests.newsroom import Story, article_page, list_page
from tests.serving import Answer, serving

STORIES = [Story(number=number, day=date(2026, 11, 20) - timedelta(days=number)) for number in range(60)]
ON_A_PAGE = 6


def answer(path: str) -> Answer:
    """A list of ten pages."""
    pages = {story.path: story for story in STORIES}
    if path in pages:
        return Answer(body=article_page(pages[path]))
    name, _, query = path.partition("?page=")
    number = int(query or 1)
    shown = STORIES[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    if name != "/news/" or not shown:
        return Answer(status=404)
    following = f"<a href='/news/?page={number + 1}'>Next</a>" if number < 10 else ""
    return Answer(body=list_page(shown) + following)


def articles(folder: Path) -> int:
    with Database(folder / "news.db") as database:
        return int(database.query("select count(*) from articles").rows[0][0])


def waiting(folder: Path) -> int:
    with Database(folder / "news.db") as database:
        return int(database.query("select count(*) from frontier").rows[0][0])


def test_a_backfill_reads_all_pages_though_the_newest_are_known(tmp_path: Path) -> None:
    with serving(answer) as served:
        assert crawl(tmp_path, served, "--limit", "6")["counts"]["new"] == 6
        report = crawl(tmp_path, served, "--backfill")
        asked = Counter(served.paths())
    assert report["outcome"] == "ok"
    assert (articles(tmp_path), waiting(tmp_path)) == (60, 0)
    assert max(count for path, count in asked.items() if path != "/news/") == 1


def test_a_bounded_backfill_goes_on_where_it_stood(tmp_path: Path) -> None:
    with serving(answer) as served:
        outcomes = [crawl(tmp_path, served, "--backfill", "--limit", "25")["outcome"] for _ in range(3)]
        asked = Counter(served.paths())
    assert outcomes == ["limited", "limited", "ok"]
    assert (articles(tmp_path), waiting(tmp_path)) == (60, 0)
    assert max(asked.values()) <= 3
    assert all(asked[story.path] == 1 for story in STORIES)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_backfill_loses_nothing(tmp_path: Path, sign: signal.Signals) -> None:
    with serving(answer) as served:
        process = start(tmp_path, "crawl", f"{served.base_url}/news/", "--backfill")
        while len(served.paths()) < 30:
            time.sleep(0.01)
        process.send_signal(sign)
        process.communicate(timeout=30)
        assert 0 < articles(tmp_path) < 60
        report = crawl(tmp_path, served, "--backfill")
        asked = Counter(served.paths())
    assert report["outcome"] == "ok"
    assert (articles(tmp_path), waiting(tmp_path)) == (60, 0)
    twice = [path for path in asked if asked[path] > 1 and "page" not in path and path != "/news/"]
    assert len(twice) <= 20, "pages in hand at the stop are asked for again, no others"


def test_a_backfill_since_a_day_leaves_the_older_lists_alone(tmp_path: Path) -> None:
    with serving(answer) as served:
        crawl(tmp_path, served, "--backfill", "--since", "2026-11-01")
        lists = {path for path in served.paths() if path.startswith("/news/?")}
    assert articles(tmp_path) >= 20
    assert last_run(tmp_path).outcome == "limited"
    assert lists
