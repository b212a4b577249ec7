"""What sites ask of robots is done: robots.txt, crawl-delay, Retry-After, and an end without delay."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsbot.store import Database
from newsbot.store.runs import Run
from tests.crawl.conftest import PROJECT
from tests.newsroom import Story, article_page, list_page
from tests.serving import Answer, Served, serving

STORIES = [Story(number=number, day=date(2026, 11, number + 1)) for number in range(8)]
PAGES = {"/news/": list_page(STORIES), **{each.path: article_page(each) for each in STORIES}}


def site(robots: Answer) -> Callable[[str], Answer]:
    """A newsroom with that robots.txt."""

    def answer(path: str) -> Answer:
        if path == "/robots.txt":
            return robots
        return Answer(body=PAGES[path]) if path in PAGES else Answer(status=404)

    return answer


def rules(text: str) -> Answer:
    return Answer(body=text, content_type="text/plain")


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "NEWSBOT_DB": str(folder / "news.db"),
        "NEWSBOT_CONFIG": str(folder / "n.toml"),
        "NEWSBOT_SOURCES": str(folder / "sources.toml"),
    }
    (folder / "n.toml").touch()
    return subprocess.Popen(
        [sys.executable, "-m", "newsbot", *arguments],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def crawl(folder: Path, served: Served, *options: str) -> dict[str, Any]:
    process = start(folder, "crawl", f"{served.base_url}/news/", "--json", *options)
    out, _ = process.communicate(timeout=90)
    (report,) = json.loads(out)
    return report


def last_run(folder: Path) -> Run:
    with Database(folder / "news.db") as database:
        return database.runs(limit=1)[0]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_nothing_is_fetched_while_robots_txt_cannot_be_had(tmp_path: Path, status: int) -> None:
    with serving(site(Answer(status=status))) as served:
        report = crawl(tmp_path, served)
    assert served.paths() == []
    assert report["outcome"] == "unreachable"
    assert f"robots.txt answers HTTP {status}" in report["detail"]


@pytest.mark.parametrize("status", [404, 403])
def test_a_site_without_robots_txt_has_no_rules(tmp_path: Path, status: int) -> None:
    with serving(site(Answer(status=status))) as served:
        report = crawl(tmp_path, served)
    assert report["counts"]["new"] == len(STORIES)


def test_what_robots_txt_forbids_is_told_as_that(tmp_path: Path) -> None:
    with serving(site(rules("User-agent: newsbot\nDisallow: /news/\n"))) as served:
        report = crawl(tmp_path, served)
    assert served.paths() == []
    assert report["outcome"] == "robots"


def test_the_crawl_delay_of_robots_txt_is_kept(tmp_path: Path) -> None:
    with serving(site(rules("User-agent: *\nCrawl-delay: 0.7\n"))) as served:
        report = crawl(tmp_path, served, "--limit", "3")
    assert report["counts"]["new"] == 3
    assert min(served.gaps()) > 0.6


def test_a_site_that_asks_for_a_short_wait_gets_it(tmp_path: Path) -> None:
    refused: list[str] = []

    def answer(path: str) -> Answer:
        if path == STORIES[3].path and path not in refused:
            refused.append(path)
            return Answer(status=503, headers={"Retry-After": "1"})
        return site(Answer(status=404))(path)

    with serving(answer) as served:
        report = crawl(tmp_path, served)
    assert report["outcome"] == "ok"
    assert report["counts"]["new"] == len(STORIES)
    assert max(served.gaps()) > 0.9


def test_a_site_that_asks_for_a_long_wait_ends_the_run_and_is_left_alone(tmp_path: Path) -> None:
    def answer(path: str) -> Answer:
        if path == STORIES[3].path:
            return Answer(status=429, headers={"Retry-After": "7200"})
        return site(Answer(status=404))(path)

    with serving(answer) as served:
        report = crawl(tmp_path, served)
    assert report["outcome"] == "blocked"
    assert "asks to be left alone until" in report["detail"]
    assert len(served.paths()) < len(STORIES)
    run = last_run(tmp_path)
    assert run.wait_until is not None
    assert 7100 < (run.wait_until - run.started).total_seconds() < 7300
    with Database(tmp_path / "news.db") as database:
        assert database.source_counts()


def test_a_stopped_run_does_not_sit_out_its_delays(tmp_path: Path) -> None:
    with serving(site(rules("User-agent: *\nCrawl-delay: 60\n"))) as served:
        process = start(tmp_path, "crawl", f"{served.base_url}/news/")
        while not served.log:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 1
    assert last_run(tmp_path).outcome == "stopped"


def test_a_strangers_site_is_asked_under_a_contact_address_only(tmp_path: Path) -> None:
    process = start(tmp_path, "crawl", "https://news.example.com/")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "set contact" in err
