"""Sources whose pages scripts build, with a real browser."""

from __future__ import annotations

import json
import os
import shutil
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
from tests.crawl.conftest import PROJECT
from tests.newsroom import Story, article_page, list_page
from tests.serving import Answer, Served, serving

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


def write_sources(folder: Path, sources: dict[str, tuple[str, bool]]) -> None:
    """The sources file: for each name, an address, and whether it takes a browser."""
    fixed = 'title = "Room"\nkind = "company"\nlanguage = "en"\ncountry = "INT"'
    tables = [
        f'[sources.{name}]\n{fixed}\nlists = "{url}/news/"\nbrowser = {str(browser).lower()}\n'
        for name, (url, browser) in sources.items()
    ]
    (folder / "sources.toml").write_text("\n".join(tables), encoding="utf-8")


def start_all(folder: Path, *names: str, **environment: str) -> subprocess.Popen[str]:
    """A crawl of sources that the folder's file has."""
    (folder / "n.toml").write_text("delay = 0\ntimeout = 10\n")
    files = {"DB": "news.db", "SOURCES": "sources.toml", "CONFIG": "n.toml"}
    ours = {f"NEWSBOT_{key}": str(folder / name) for key, name in files.items()}
    return subprocess.Popen(
        [sys.executable, "-m", "newsbot", "crawl", *names, "--json"],
        cwd=PROJECT,
        env={**os.environ, **ours, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start(folder: Path, url: str, *, browser: bool, **environment: str) -> subprocess.Popen[str]:
    write_sources(folder, {"room": (url, browser)})
    return start_all(folder, "room", **environment)


def reports_of(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    printed, said = process.communicate(timeout=120)
    assert printed, said
    return [dict(each) for each in json.loads(printed)]


def crawl(folder: Path, url: str, *, browser: bool) -> dict[str, Any]:
    (report,) = reports_of(start(folder, url, browser=browser))
    return report


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


@pytest.mark.parametrize("body", ["<h1>Access denied</h1>", ""])
@pytest.mark.long
def test_a_refusal_is_one_with_a_browser_too(tmp_path: Path, body: str) -> None:
    def refusing(path: str) -> Answer:
        return answer(path) if path == "/robots.txt" else Answer(status=403, body=body)

    with serving(refusing) as served:
        assert crawl(tmp_path, served.base_url, browser=True)["outcome"] == "blocked"


ODD = STORIES[2]
"""The article whose page is made otherwise in the tests below."""


def odd(page: Answer) -> Callable[[str], Answer]:
    """The newsroom with another page in the place of one article; what lies in /private/ is forbidden."""

    def answering(path: str) -> Answer:
        if path == "/robots.txt":
            return Answer(body="User-agent: *\nDisallow: /private/", content_type="text/plain")
        return page if path == ODD.path else answer(path)

    return answering


@pytest.mark.parametrize(
    "page",
    [
        Answer(status=302, headers={"Location": "/private/a"}),
        Answer(body="<title>x</title><script>location = '/private/a'</script>"),
        Answer(body="<title>x</title><meta http-equiv='refresh' content='0; url=/private/a'>"),
    ],
    ids=["redirect", "script", "refresh"],
)
@pytest.mark.long
def test_nothing_leads_a_browser_to_what_robots_txt_forbids(tmp_path: Path, page: Answer) -> None:
    with serving(odd(page)) as served:
        found = crawl(tmp_path, served.base_url, browser=True)
    assert "/private/a" not in served.paths()
    assert found["counts"]["robots"] == 1
    assert found["counts"]["new"] == len(STORIES) - 1


@pytest.mark.long
def test_a_redirect_is_followed_where_it_may_be(tmp_path: Path) -> None:
    new = STORIES[5].path
    with serving(odd(Answer(body=f"<title>x</title><script>location = '{new}'</script>"))) as served:
        found = crawl(tmp_path, served.base_url, browser=True)
    assert found["outcome"] == "ok"
    assert titles(tmp_path) == {each.title: str(each.day) for each in STORIES if each != ODD}


@pytest.mark.parametrize(
    "script", ["setTimeout(() => { while (true) {} }, 300)", "location.reload()"], ids=["loop", "reload"]
)
@pytest.mark.long
def test_a_page_that_never_ends_is_given_up_and_the_others_come(tmp_path: Path, script: str) -> None:
    with serving(odd(Answer(body=f"<title>x</title><script>{script}</script>"))) as served:
        found = crawl(tmp_path, served.base_url, browser=True)
        assert served.paths().count(ODD.path) <= 3
    assert "no answer in time" in found["detail"]
    assert found["counts"]["new"] == len(STORIES) - 1


@pytest.mark.long
def test_what_a_browser_shows_is_utf_8_whatever_came(tmp_path: Path) -> None:
    with serving(odd(Answer(body=SHELL, content_type="text/html; charset=gbk"))) as served:
        crawl(tmp_path, served.base_url, browser=True)
    with Database(tmp_path / "news.db") as database:
        kinds = database.query("select distinct content_type from fetches").rows
    assert list(kinds) == [("text/html; charset=utf-8",)]


def elsewhere(served: Served) -> str:
    """The server's address under another name: what asks one host is crawled one after the other."""
    return served.base_url.replace("127.0.0.1", "localhost")


@pytest.mark.long
def test_sources_with_and_without_a_browser_are_crawled_at_once(tmp_path: Path) -> None:
    others = [Story(number=number, day=date(2026, 10, number)) for number in range(10, 14)]
    plain = {"/news/": Answer(body=list_page(others))}
    plain |= {each.path: Answer(body=article_page(each)) for each in others}
    with serving(answer) as built, serving(lambda path: plain.get(path, Answer(status=404))) as other:
        write_sources(tmp_path, {"built": (built.base_url, True), "plain": (elsewhere(other), False)})
        reports = reports_of(start_all(tmp_path, "built", "plain"))
        assert not [path for path in other.paths() if path.startswith("/api/")]
    assert {each["source"]: each["counts"]["new"] for each in reports} == {"built": 5, "plain": 4}, reports


def test_the_extra_that_is_missing_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['scrapy_playwright'] = None\n")
    process = start(tmp_path, "http://127.0.0.1:1", browser=True, PYTHONPATH=str(tmp_path))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.strip().splitlines()[-1].endswith("pip install 'newsbot[browser]'.")


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
