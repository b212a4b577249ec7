"""Sources whose pages scripts build, with a real browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsbot.store import Database
from tests.crawl.conftest import PROJECT
from tests.newsroom import Story, article_page, list_page
from tests.serving import Answer, serving

pytest.importorskip("scrapy_playwright")
if shutil.which("chromium") is None:
    pytest.skip("there is no chromium", allow_module_level=True)

STORIES = [Story(number=number, day=date(2026, 11, number + 1)) for number in range(6)]
SCRIPT = """
fetch('/api' + location.pathname).then(answer => answer.json()).then(found => {
  document.title = found.title
  document.getElementById('app').innerHTML = found.html
  new Image().src = '/pixel.png'
})
"""
SHELL = f"<!doctype html><html lang='en'><title>Newsroom</title><div id='app'></div><script>{SCRIPT}</script></html>"
PAGES = {"/news/": list_page(STORIES), **{each.path: article_page(each) for each in STORIES}}


def answer(path: str) -> Answer:
    """Shells for people's pages, what is in them as JSON."""
    if path == "/robots.txt":
        return Answer(body=f"User-agent: *\nDisallow: {STORIES[5].path}", content_type="text/plain")
    if path.startswith("/api/"):
        page = PAGES[path.removeprefix("/api")]
        shown = {"title": "Newsroom", "html": page.partition("</title>")[2]}
        return Answer(body=json.dumps(shown), content_type="application/json")
    return Answer(body=SHELL) if path in PAGES else Answer(status=404)


def start(folder: Path, url: str, *, browser: bool, **environment: str) -> subprocess.Popen[str]:
    entry = {"title": "Room", "kind": "company", "language": "en", "country": "INT", "lists": f"{url}/news/"}
    lines = [f'{key} = "{value}"' for key, value in entry.items()]
    text = "\n".join(["[sources.room]", *lines, f"browser = {str(browser).lower()}"])
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    (folder / "n.toml").write_text("delay = 0\n")
    names = {"DB": "news.db", "SOURCES": "sources.toml", "CONFIG": "n.toml"}
    return subprocess.Popen(
        [sys.executable, "-m", "newsbot", "crawl", "room", "--json"],
        cwd=PROJECT,
        env={
            **os.environ,
            **{f"NEWSBOT_{key}": str(folder / name) for key, name in names.items()},
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def crawl(folder: Path, url: str, *, browser: bool) -> dict[str, Any]:
    printed, said = start(folder, url, browser=browser).communicate(timeout=120)
    assert printed, said
    (report,) = json.loads(printed)
    return dict(report)


def titles(folder: Path) -> dict[str, str]:
    """Titles and dates of what is stored."""
    with Database(folder / "news.db") as database:
        rows = database.query("select title, published from articles_latest").rows
    return {str(title): str(published) for title, published in rows}


def test_articles_that_scripts_build_come_with_a_browser_and_only_with_one(tmp_path: Path) -> None:
    with serving(answer) as served:
        without = crawl(tmp_path, served.base_url, browser=False)
        found = crawl(tmp_path, served.base_url, browser=True)
        asked = served.paths()
    assert without["outcome"] == "nothing found"
    assert titles(tmp_path) == {each.title: str(each.day) for each in STORIES[:5]}
    assert found["counts"]["robots"] == 1
    assert STORIES[5].path not in asked
    assert "/pixel.png" not in asked


@pytest.mark.long
def test_a_refusal_is_one_with_a_browser_too(tmp_path: Path) -> None:
    def refusing(path: str) -> Answer:
        return answer(path) if path == "/robots.txt" else Answer(status=403, body="<h1>Access denied</h1>")

    with serving(refusing) as served:
        assert crawl(tmp_path, served.base_url, browser=True)["outcome"] == "blocked"


@pytest.mark.long
def test_a_browser_that_is_killed_ends_in_a_report(tmp_path: Path) -> None:
    def slowly(path: str) -> Answer:
        time.sleep(0.5)
        return answer(path)

    with serving(slowly) as served:
        process = start(tmp_path, served.base_url, browser=True)
        while not any(path.startswith("/api/") for path in served.paths()):
            time.sleep(0.05)
        for pid in descendants(process.pid):
            name = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"chromium" in name and b"--type=" not in name:
                os.kill(pid, signal.SIGKILL)
        printed, said = process.communicate(timeout=120)
    (report,) = json.loads(printed)
    assert report["outcome"] in ("ok", "partial", "unreachable"), said
    assert "Traceback" not in said


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout
    found = [int(line) for line in listed.split()]
    return [*found, *(below for each in found for below in descendants(each))]


def test_a_browser_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    process = start(tmp_path, "http://127.0.0.1:1", browser=True, NEWSBOT_BROWSER="/no/such/browser")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert (
        said.strip()
        .splitlines()[-1]
        .startswith("newsbot: There is no browser at '/no/such/browser'; install")
    )
