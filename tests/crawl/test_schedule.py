"""The schedule at work: real crawls in processes of their own, told to stop, killed, and gone on with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newsbot.catalogue import load_catalogue
from newsbot.store import Database, Ending, SourceRow
from newsbot.store.connection import Access
from newsbot.store.runs import Run
from tests.crawl.conftest import PROJECT
from tests.crawl.test_faults import wait_for
from tests.newsroom import Story, article_page, list_page
from tests.serving import Answer, Served, serving

HERE, ALSO_HERE = "127.0.0.1", "localhost"
"""One server under two names, which are two hosts for us."""

STORIES = {
    name: [Story(number=first + number, day=date(2026, 11, number + 1)) for number in range(8)]
    for name, first in (("one", 0), ("two", 20), ("three", 40))
}
PAGES = {
    **{f"/{name}/": list_page(stories) for name, stories in STORIES.items()},
    **{story.path: article_page(story) for stories in STORIES.values() for story in stories},
}
SETTINGS = 'db = "news.db"\nsources_file = "sources.toml"\ndelay = 0\n'
SHIPPED_OFF = "".join(f"[sources.{name}]\nenabled = false\n" for name in load_catalogue())


def table(name: str, base: str, **values: str) -> str:
    """A source in TOML."""
    facts = {
        "title": name, "kind": "news", "language": "en", "country": "US", "every": "6h", "lists": f"{base}/{name}/"
    }  # fmt: skip
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**facts, **values}.items()]
    return "\n".join([f"[sources.{name}]", *lines, ""])


@dataclass(slots=True, kw_only=True)
class Room:
    """A folder with settings, sources and a database, and the site that the sources are about.

    `seconds` is how long an article takes to come.
    """

    folder: Path
    served: Served
    seconds: float = 0.0
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def at(self, host: str) -> str:
        """The site's address under that name."""
        return self.served.base_url.replace(HERE, host)

    def write(self, *tables: str) -> None:
        """Have these sources, and no others."""
        (self.folder / "sources.toml").write_text(SHIPPED_OFF + "".join(tables), encoding="utf-8")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start newsbot and leave it running."""
        with (self.folder / "out").open("a") as out, (self.folder / "err").open("a") as err:
            process = subprocess.Popen(
                [sys.executable, "-m", "newsbot", *arguments],
                cwd=PROJECT,
                env={**os.environ, "NEWSBOT_CONFIG": str(self.folder / "newsbot.toml")},
                stdout=out,
                stderr=err,
                text=True,
            )
        self.started.append(process)
        return process

    def run(self, *arguments: str) -> int:
        """Run newsbot to its end; its exit code."""
        (self.folder / "out").unlink(missing_ok=True)
        return self.start(*arguments).wait(timeout=90)

    def said(self, file: str = "out") -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def json(self) -> Any:
        return json.loads(self.said())

    def ran(self, source: str, hours: float, **counts: int) -> None:
        """Have a run of that source so many hours ago."""
        at = datetime.now(UTC) - timedelta(hours=hours)
        with Database(self.folder / "news.db", Access.WRITE) as database:
            run = database.start_run("crawl", "site", SourceRow(name=source), at)
            database.finish_run(run, Ending(outcome="ok", counts=counts), at + timedelta(minutes=1))

    def runs(self, source: str | None = None) -> list[Run]:
        """The runs, the newest first; none before there is a database."""
        if not (self.folder / "news.db").is_file():
            return []
        with Database(self.folder / "news.db", Access.WRITE) as database:
            return database.runs(source=source)

    def articles(self) -> int:
        with Database(self.folder / "news.db") as database:
            return int(database.query("select count(*) from articles").rows[0][0])

    def asked(self) -> list[str]:
        """The articles that were asked for."""
        return [path for path in self.served.paths() if path.startswith("/news/")]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Source one on one host, source two on another, both due every six hours."""

    def answer(path: str) -> Answer:
        if path.startswith("/news/"):
            time.sleep(made.seconds)
        return Answer(body=PAGES[path]) if path in PAGES else Answer(status=404)

    (tmp_path / "newsbot.toml").write_text(SETTINGS, encoding="utf-8")
    with serving(answer) as served:
        made = Room(folder=tmp_path, served=served)
        made.write(table("one", made.at(HERE)), table("two", made.at(ALSO_HERE)))
        yield made
        for process in made.started:
            process.kill()
            process.wait()


def test_what_is_due_is_crawled_and_nothing_else(room: Room) -> None:
    room.ran("one", 7)
    room.ran("two", 1)
    assert room.run("crawl", "--due", "--json") == 0
    assert [(report["source"], report["outcome"]) for report in room.json()] == [("one", "ok")]
    assert room.run("crawl", "--due") == 0
    assert "No source is due now; two is next" in room.said("err")
    assert room.run("schedule", "run", "--once") == 0
    assert len(room.runs()) == 3


@pytest.mark.long
def test_one_pass_of_the_schedule_says_what_it_does(room: Room) -> None:
    assert room.run("schedule", "run", "--once") == 0
    lines = room.said()
    assert "one: started (never crawled)" in lines
    assert "two: ok, 8 new in" in lines
    assert "; next 20" in lines
    assert room.articles() == 16
    assert len({run.pid for run in room.runs()}) == 2


@pytest.mark.long
def test_a_run_asks_for_no_more_than_is_left_of_the_day(room: Room) -> None:
    room.write(table("one", room.at(HERE)) + "daily_budget = 11\n")
    room.ran("one", 20, requests=8)
    assert room.run("schedule", "run", "--once") == 0
    assert len(room.asked()) == 3
    assert room.run("schedule", "show", "--json") == 0
    (plan,) = room.json()
    assert "11 requests a day are used up" in plan["reason"]


@pytest.mark.long
def test_a_failing_source_makes_the_pass_fail_and_comes_later(room: Room) -> None:
    room.write(table("one", room.at(HERE), lists=f"{room.at(HERE)}/gone/"))
    assert room.run("schedule", "run", "--once") == 1
    assert room.run("schedule", "show", "--json") == 0
    (plan,) = room.json()
    assert "once unreachable" in plan["reason"]
    due = datetime.fromisoformat(plan["due"])
    assert timedelta(hours=11) < due - datetime.now(UTC) < timedelta(hours=14)


@pytest.mark.long
def test_several_processes_share_the_sources(room: Room) -> None:
    assert room.run("crawl", "--jobs", "2", "--json") == 0
    assert {report["source"]: report["counts"]["new"] for report in room.json()} == {"one": 8, "two": 8}
    assert len({run.pid for run in room.runs()}) == 2


@pytest.mark.parametrize("command", [("crawl", "--jobs=3"), ("crawl",), ("schedule", "run", "--once")])
def test_no_host_is_asked_by_two_crawls_at_once(room: Room, command: tuple[str, ...]) -> None:
    room.write(*(table(name, room.at(HERE)) for name in STORIES))
    assert room.run(*command) == 0
    owners = {story.path: name for name, stories in STORIES.items() for story in stories}
    order = [owners[path] for path in room.asked()]
    assert len(order) == 24
    assert sum(before != after for before, after in pairwise(order)) == 2


@pytest.mark.long
def test_one_bad_child_does_not_lose_the_others(room: Room) -> None:
    room.seconds = 0.3
    process = room.start("crawl", "--jobs", "2", "--json")
    wait_for(lambda: bool(room.runs("one")) and bool(room.runs("two")))
    os.kill(room.runs("one")[0].pid, signal.SIGKILL)
    assert process.wait(timeout=60) == 1
    reports = {report["source"]: report for report in room.json()}
    assert reports["one"]["outcome"] == "failed"
    assert "signal 9" in reports["one"]["detail"]
    assert (reports["two"]["outcome"], reports["two"]["counts"]["new"]) == ("ok", 8)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.long
def test_a_signal_reaches_all_processes_of_a_crawl(room: Room, sign: signal.Signals) -> None:
    room.seconds = 0.3
    process = room.start("crawl", "--jobs", "2", "--json")
    wait_for(lambda: len(room.asked()) >= 4)
    process.send_signal(sign)
    assert process.wait(timeout=60) == 1
    assert [report["outcome"] for report in room.json()] == ["stopped", "stopped"]
    assert {run.outcome for run in room.runs()} == {"stopped"}


def stopped_service(room: Room, stop: Callable[[subprocess.Popen[str]], None]) -> int:
    """Have a schedule stopped in the midst of two crawls; its exit code."""
    room.seconds = 0.2
    process = room.start("schedule", "run")
    wait_for(lambda: len(room.asked()) >= 6)
    stop(process)
    return process.wait(timeout=60)


def goes_on(room: Room) -> Counter[str]:
    """Have a new schedule go on until all is there; how often each article was asked for."""
    room.seconds = 0
    process = room.start("schedule", "run")
    wait_for(lambda: room.said().count("begins") == 2)
    wait_for(lambda: [run.outcome for run in room.runs() if run.outcome == "ok"] == ["ok", "ok"])
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    assert room.articles() == 16
    return Counter(room.asked())


def test_a_schedule_that_is_told_to_stop_finishes_what_is_in_hand(room: Room) -> None:
    assert stopped_service(room, lambda process: process.send_signal(signal.SIGTERM)) == 0
    assert [run.outcome for run in room.runs()] == ["stopped", "stopped"]
    assert room.said().count(": stopped (shutdown)") == 2
    assert room.articles() == len(room.asked())
    assert set(goes_on(room).values()) == {1}


def test_a_schedule_that_is_killed_with_its_crawls_goes_on(room: Room) -> None:
    def kill_all(process: subprocess.Popen[str]) -> None:
        process.kill()
        for run in room.runs():
            os.kill(run.pid, signal.SIGKILL)

    assert stopped_service(room, kill_all) == -signal.SIGKILL
    asked = goes_on(room)
    assert Counter(run.outcome for run in room.runs()) == {"crashed": 2, "ok": 2}
    assert max(asked.values()) <= 2
    assert len(asked) == 16


@pytest.mark.long
def test_a_crawl_that_outlives_its_schedule_is_not_begun_again(room: Room) -> None:
    assert stopped_service(room, lambda process: process.kill()) == -signal.SIGKILL
    assert set(goes_on(room).values()) == {1}
    assert len(room.runs()) == 2


def test_a_second_schedule_says_that_there_is_one(room: Room) -> None:
    first = room.start("schedule", "run")
    wait_for(lambda: "begins" in room.said())
    second = room.start("schedule", "run", "--once")
    assert second.wait(timeout=60) == 1
    assert f"(process {first.pid})" in room.said("err")
    first.kill()
    first.wait()
    third = room.start("schedule", "run", "--once")
    assert third.wait(timeout=60) == 0


@pytest.mark.long
def test_a_broken_file_is_said_once_and_a_mended_one_is_taken(room: Room) -> None:
    room.ran("one", 1)
    room.ran("two", 1)
    process = room.start("schedule", "run")
    wait_for(lambda: "begins" in room.said())
    with (room.folder / "sources.toml").open("a", encoding="utf-8") as file:
        file.write("[sources.three]\ntitel = 3\n")
    wait_for(lambda: "going on with" in room.said())
    (room.folder / "newsbot.toml").write_text("db = 5\n", encoding="utf-8")
    wait_for(lambda: room.said().count("going on with") == 2)
    assert process.poll() is None
    (room.folder / "newsbot.toml").write_text(SETTINGS, encoding="utf-8")
    room.write(table("three", room.at(HERE)))
    wait_for(lambda: "three: ok" in room.said())
    assert room.said().count("going on with") <= 3
    assert "did you mean 'title'" in room.said()


@pytest.mark.long
def test_a_source_runs_as_it_was_last_read_well(room: Room) -> None:
    room.seconds = 0.2
    process = room.start("schedule", "run", "--jobs", "1")
    wait_for(lambda: len(room.asked()) >= 2)
    (room.folder / "sources.toml").write_text("[", encoding="utf-8")
    room.seconds = 0
    wait_for(lambda: room.said().count(": ok, 8 new") == 2)
    assert process.poll() is None


def test_print_gives_what_starts_the_schedule(room: Room) -> None:
    assert room.run("schedule", "print") == 0
    unit = room.said()
    assert f"Environment=NEWSBOT_CONFIG={room.folder}/newsbot.toml\n" in unit
    assert f"WorkingDirectory={room.folder}\n" in unit
    assert "NEWSBOT_DB" not in unit
    assert {"KillSignal=SIGTERM", "Restart=on-failure", "NoNewPrivileges=yes"} <= set(unit.splitlines())
    assert room.run("schedule", "print", "--cron") == 0
    assert room.said().startswith("*/5 * * * * cd /")
    assert " crawl --due " in room.said()
