"""The service and the crawl of what is due, with real processes that are stopped, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from newsbot.errors import StoreError
from newsbot.store import Database
from tests.crawl.test_manners import start
from tests.newsroom import Story, article_page, list_page
from tests.serving import Answer, serving

STORIES = [Story(number=number, day=date(2026, 11, 20) - timedelta(days=number)) for number in range(12)]
PAGES = {"/news/": list_page(STORIES), **{each.path: article_page(each) for each in STORIES}}
SLOW = 0.25
"""Seconds that a slow site takes for each article."""


def answer(path: str) -> Answer:
    return Answer(body=PAGES[path]) if path in PAGES else Answer(status=404)


def slowly(path: str) -> Answer:
    time.sleep(SLOW if path.startswith("/news/2") else 0)
    return answer(path)


def entry(name: str, url: str, **facts: str) -> str:
    lines = {
        "title": name,
        "kind": "company",
        "language": "en",
        "country": "INT",
        "lists": f"{url}/news/",
        **facts,
    }
    return f"[sources.{name}]\n" + "".join(f'{key} = "{value}"\n' for key, value in lines.items())


def only(folder: Path, *entries: str) -> None:
    """A sources file with these sources and none of those that newsbot brings along."""
    from newsbot.catalogue import load_catalogue

    shipped = "".join(f"[sources.{each.name}]\nenabled = false\n" for each in load_catalogue().enabled())
    (folder / "sources.toml").write_text(shipped + "".join(entries), encoding="utf-8")
    (folder / "n.toml").write_text("delay = 0\n", encoding="utf-8")


def outcomes(folder: Path) -> list[tuple[str | None, str | None]]:
    """Source and outcome of each run, the oldest first."""
    try:
        with Database(folder / "news.db") as database:
            return [(run.source, run.outcome) for run in reversed(database.runs(limit=100))]
    except StoreError:  # it is not made yet
        return []


def stored(folder: Path) -> int:
    try:
        with Database(folder / "news.db") as database:
            return int(database.query("select count(*) from articles").rows[0][0])
    except StoreError:
        return 0


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.1)


@contextmanager
def service(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    process = start(folder, "schedule", "run", *options)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def age_runs(folder: Path, by: timedelta) -> None:
    """Let all runs have begun so much earlier."""
    when = (datetime.now(UTC) - by).strftime("%Y-%m-%dT%H:%M:%SZ")
    with sqlite3.connect(folder / "news.db") as connection:
        connection.execute("update runs set started = ?, finished = ?", (when, when))
    connection.close()


def test_what_is_due_is_crawled_and_nothing_else(tmp_path: Path) -> None:
    with serving(answer) as served:
        only(tmp_path, entry("one", served.base_url, every="2h"), entry("two", served.base_url, every="2d"))
        first = start(tmp_path, "crawl", "--due", "--json").communicate(timeout=90)[0]
        again = start(tmp_path, "crawl", "--due", "--json").communicate(timeout=90)
        age_runs(tmp_path, timedelta(hours=5))
        later = start(tmp_path, "crawl", "--due", "--json").communicate(timeout=90)[0]
    assert {each["source"] for each in json.loads(first)} == {"one", "two"}
    assert json.loads(again[0]) == []
    assert "Nothing is due" in again[1]
    assert [each["source"] for each in json.loads(later)] == ["one"]


def test_the_service_crawls_each_source_once_and_ends_when_told(tmp_path: Path) -> None:
    with serving(answer) as served, serving(answer) as other:
        only(tmp_path, entry("one", served.base_url), entry("two", other.base_url))
        with service(tmp_path) as process:
            until(lambda: Counter(outcomes(tmp_path)) == {("one", "ok"): 1, ("two", "ok"): 1})
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "one: begins (every 6 h until more is known of it, never crawled)" in said
    assert "two: ok, 12 " in said


def test_told_to_stop_it_lets_the_article_in_hand_be_finished(tmp_path: Path) -> None:
    with serving(slowly) as served:
        only(tmp_path, entry("one", served.base_url))
        with service(tmp_path) as process:
            until(lambda: stored(tmp_path) > 0)
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
        asked = [path for path in served.paths() if path.startswith("/news/2")]
    assert process.returncode == 0
    assert outcomes(tmp_path) == [("one", "stopped")]
    assert len(asked) - 1 <= stored(tmp_path) < len(STORIES)


def test_killed_in_mid_run_it_goes_on_after_a_restart_and_loses_nothing(tmp_path: Path) -> None:
    with serving(slowly) as served:
        only(tmp_path, entry("one", served.base_url, every="1min"))
        with service(tmp_path) as process:
            until(lambda: stored(tmp_path) > 0)
            for child in children_of(process.pid):
                os.kill(child, signal.SIGKILL)
            process.kill()
            process.communicate()
        before = stored(tmp_path)
        assert before < len(STORIES)
        age_started(tmp_path, timedelta(minutes=40))
        with service(tmp_path) as process:
            until(lambda: stored(tmp_path) == len(STORIES))
            until(lambda: outcomes(tmp_path)[-1][1] == "ok")
        articles = Counter(path for path in served.paths() if path.startswith("/news/2"))
    assert outcomes(tmp_path) == [("one", "crashed"), ("one", "ok")]
    assert (
        sum(articles.values()) <= len(STORIES) + 1 + 16
    )  # what was fetched and not yet written when it was killed


def age_started(folder: Path, by: timedelta) -> None:
    when = (datetime.now(UTC) - by).strftime("%Y-%m-%dT%H:%M:%SZ")
    with sqlite3.connect(folder / "news.db") as connection:
        connection.execute("update runs set started = ?", (when,))
    connection.close()


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(line) for line in found.split()]


def test_a_crawl_that_goes_on_without_its_service_is_not_started_twice(tmp_path: Path) -> None:
    with serving(slowly) as served:
        only(tmp_path, entry("one", served.base_url))
        with service(tmp_path) as process:
            until(lambda: stored(tmp_path) > 0)
            process.kill()
            process.communicate()
        with service(tmp_path) as process:
            until(lambda: outcomes(tmp_path) == [("one", "ok")])
            time.sleep(1)
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=60)
    assert outcomes(tmp_path) == [("one", "ok")]
    assert "begins" not in said


def test_a_second_service_says_that_there_is_one(tmp_path: Path) -> None:
    with serving(answer) as served:
        only(tmp_path, entry("one", served.base_url))
        with service(tmp_path) as process:
            until(lambda: outcomes(tmp_path) == [("one", "ok")])
            second = start(tmp_path, "schedule", "run")
            _, said = second.communicate(timeout=60)
            assert second.returncode == 1
            assert f"process {process.pid} keeps its schedule already" in said


def test_a_source_written_while_it_runs_is_taken_over_and_a_broken_file_is_said(tmp_path: Path) -> None:
    with serving(answer) as served, serving(answer) as other:
        only(tmp_path, entry("one", served.base_url))
        with service(tmp_path) as process:
            until(lambda: outcomes(tmp_path) == [("one", "ok")])
            good = (tmp_path / "sources.toml").read_text()
            (tmp_path / "sources.toml").write_text(good + "[sources.two\n")
            time.sleep(7)
            (tmp_path / "sources.toml").write_text(good + entry("two", other.base_url))
            until(lambda: outcomes(tmp_path) == [("one", "ok"), ("two", "ok")])
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=60)
    assert "going on with what was known before" in said
    assert "were read again" in said


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_no_site_is_asked_by_two_crawls_at_once(tmp_path: Path, jobs: str) -> None:
    at_once: list[int] = [0, 0]

    def watched(path: str) -> Answer:
        at_once[0] += 1
        at_once[1] = max(at_once)
        time.sleep(0.02)
        at_once[0] -= 1
        return answer(path)

    with serving(watched) as served:
        only(tmp_path, *(entry(name, served.base_url) for name in ("one", "two", "three")))
        printed, said = start(tmp_path, "crawl", "one", "two", "three", "--jobs", jobs, "--json").communicate(
            timeout=90
        )
    assert [each["outcome"] for each in json.loads(printed)] == ["ok"] + ["nothing published"] * 2, said
    assert at_once[1] == 1


def test_several_processes_report_as_one(tmp_path: Path) -> None:
    with serving(answer) as served, serving(answer) as other:
        only(
            tmp_path,
            entry("one", served.base_url),
            entry("two", other.base_url),
            entry("gone", "http://127.0.0.1:1"),
        )
        process = start(tmp_path, "crawl", "one", "two", "gone", "--jobs", "2", "--json")
        printed, _ = process.communicate(timeout=90)
    found = {each["source"]: each["outcome"] for each in json.loads(printed)}
    assert list(found) == ["one", "two", "gone"]
    assert (found["one"], found["two"], found["gone"]) == ("ok", "ok", "unreachable")
    assert process.returncode == 1


@pytest.mark.parametrize(("flag", "part"), [("--systemd", "schedule run"), ("--cron", "crawl --due")])
def test_a_unit_and_a_crontab_are_printed_for_these_settings(tmp_path: Path, flag: str, part: str) -> None:
    printed, _ = start(tmp_path, "schedule", "print", flag).communicate(timeout=30)
    assert part in printed
    assert str(tmp_path / "news.db") in printed
