"""A month in the life of a source, a day a run: each day's outcome is named as what it is, and nothing is lost."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsbot.catalogue import load_catalogue
from newsbot.cli import cli
from newsbot.health import Health, State, health_of
from newsbot.store import Database
from tests.newsroom import Story, article_page, list_page
from tests.serving import Answer, serving

BEGIN = date(2026, 6, 1)
BEFORE = 12
"""Articles that the source has on the first day."""
SHELL = "<!doctype html><title>Newsroom</title><div id='app'></div><script src='/app.js'></script>"

CALENDAR = (
    # from day, what the source does, articles a day, the outcome, how it is doing
    (0, "well", 1, "ok", State.OK),
    (10, "well", 0, "nothing published", State.OK),
    (13, "well", 1, "ok", State.OK),
    (15, "list of scripts", 1, "layout changed", State.FAILING),
    (17, "well", 1, "ok", State.OK),
    (19, "articles of scripts", 5, "layout changed", State.FAILING),
    (20, "well", 1, "ok", State.OK),
    (22, "refuses", 1, "blocked", State.FAILING),
    (23, "apologises", 1, "blocked", State.FAILING),
    (24, "gone", 1, "unreachable", State.FAILING),
    (26, "forbids", 1, "robots", State.FAILING),
    (27, "well", 1, "ok", State.OK),
    (28, "well", 0, "nothing published", State.OK),
)
LAST = 30


class Source:
    """The site as it is on each day."""

    def __init__(self) -> None:
        self.stories = [
            Story(number=number, day=BEGIN - timedelta(days=BEFORE - number)) for number in range(BEFORE)
        ]
        self.does = "well"

    def publish(self, day: date, count: int) -> None:
        first = len(self.stories)
        self.stories += [Story(number=first + more, day=day) for more in range(count)]

    def answer(self, path: str) -> Answer:
        if path == "/robots.txt":
            rules = "User-agent: *\nDisallow: /" if self.does == "forbids" else ""
            return Answer(body=rules, content_type="text/plain")
        if path.startswith("/apology"):
            return Answer(body="<h1>We are sorry</h1><p>Your request looked like that of a robot.</p>")
        if self.does == "refuses":
            return Answer(status=403, body="<h1>Access denied</h1>")
        if self.does == "apologises":
            return Answer(status=302, headers={"Location": "/apology_objects/abuse-detection-apology.html"})
        if path == "/news/":
            shown = list(reversed(self.stories))[:15]
            return Answer(body=SHELL if self.does == "list of scripts" else list_page(shown))
        pages = {story.path: article_page(story) for story in self.stories}
        if path not in pages:
            return Answer(status=404)
        return Answer(body=SHELL if self.does == "articles of scripts" else pages[path])


def crawl(folder: Path, now: datetime) -> dict[str, Any]:
    """A day's crawl, in a process of its own that has all modules loaded already."""
    given = {"DB": "news.db", "SOURCES": "sources.toml", "CONFIG": "n.toml"}
    environment = {f"NEWSBOT_{key}": str(folder / name) for key, name in given.items()}
    report = folder / "report.json"
    process = PROCESSES.Process(target=_crawl, args=(environment | {"NEWSBOT_NOW": now.isoformat()}, report))
    process.start()
    process.join(90)
    (found,) = json.loads(report.read_text(encoding="utf-8"))
    return dict(found)


def _crawl(environment: dict[str, str], report: Path) -> None:
    os.environ.update(environment)
    with report.open("w", encoding="utf-8") as out, redirect_stdout(out):
        cli(["crawl", "room", "--json"], standalone_mode=False)


PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["newsbot.cli", "newsbot.crawling", "spiders.site", "pipelines.extract", "pipelines.store"]
)


def health(folder: Path, now: datetime) -> Health:
    source = load_catalogue(folder / "sources.toml")["room"]
    with Database(folder / "news.db") as database:
        return health_of(source, database.vitals(["room"], now)["room"], now)


def days() -> Iterator[tuple[int, tuple[str, int, str, State]]]:
    ends = [*(start for start, *_ in CALENDAR[1:]), LAST]
    for (start, does, count, outcome, state), end in zip(CALENDAR, ends, strict=True):
        for day in range(start, end):
            yield day, (does, count, outcome, state)


@pytest.mark.long
def test_each_day_of_a_month_is_named_as_what_it_is(tmp_path: Path) -> None:
    source = Source()
    with serving(source.answer) as served:
        url = served.base_url
    (tmp_path / "sources.toml").write_text(
        f'[sources.room]\ntitle = "Room"\nkind = "company"\nlanguage = "en"\ncountry = "INT"\nlists = "{url}/news/"\n'
    )
    (tmp_path / "n.toml").write_text("delay = 0\n")
    found: dict[int, tuple[str, State]] = {}
    for day, (does, count, _, _) in days():
        now = datetime.combine(BEGIN + timedelta(days=day), datetime.min.time(), UTC) + timedelta(hours=8)
        source.does = does
        source.publish(now.date(), count)
        with ExitStack() as stack:
            if does != "gone":
                stack.enter_context(serving(source.answer, int(url.rpartition(":")[2])))
            report = crawl(tmp_path, now)
        found[day] = (report["outcome"], health(tmp_path, now + timedelta(minutes=5)).state)
    expected = {day: (outcome, state) for day, (_, _, outcome, state) in days()}
    assert found == expected
    with Database(tmp_path / "news.db") as database:
        stored = int(database.query("select count(*) from articles").rows[0][0])
    assert stored == len(source.stories)
