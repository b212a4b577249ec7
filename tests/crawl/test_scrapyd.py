"""A real scrapyd: the project is deployed as an egg, its jobs crawl, and the database says how they went."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from newsbot.catalogue import load_catalogue
from newsbot.query import Query
from newsbot.store import Database
from newsbot.store.runs import Run
from tests.crawl.conftest import PROJECT
from tests.crawl.test_faults import free_port, wait_for
from tests.site import Site, serve
from tests.site.expected import expected
from tests.site.sources import sources_toml

CONFIGURATION = """\
[scrapyd]
bind_address = 127.0.0.1
http_port = {port}
poll_interval = 0.2
eggs_dir = eggs
logs_dir = logs
dbs_dir = dbs
items_dir = items
jobs_dir = jobs
"""

EVERYTHING = """
[sources.everything]
title = "All sections"
kind = "news"
language = "en"
country = "US"
feeds = ["{0}/press/feed.xml", "{0}/zh/press/rss.xml", "{0}/wire/feed.json"]
sitemaps = ["{0}/en/regulator/sitemap_index.xml", "{0}/zh/regulator/sitemap.xml"]
lists = ["{0}/en/company/", "{0}/zh/company/list_3_1.html"]
exclude = ['/company/(?!news/\\d+|a/\\d+/\\d+)']
local = true
delay = 0

[sources.by-our-own-spider]
title = "A project's own spider"
kind = "news"
language = "en"
country = "US"
spider = "wire"
start = "{0}/wire/feed.json"
local = true
delay = 0
"""

OWN_SPIDER = """\
from spiders.feed import FeedSpider


class WireSpider(FeedSpider):
    name = "wire"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrapyd:
    """A running scrapyd in a folder of its own, and the site that its jobs crawl."""

    folder: Path
    url: str
    site: Site

    @property
    def db(self) -> Path:
        return self.folder / "news.db"

    def ask(self, service: str, **parameters: str) -> dict[str, Any]:
        """The answer to a GET."""
        with urlopen(f"{self.url}{service}.json?{urlencode(parameters)}", timeout=60) as answer:
            return dict(json.load(answer))

    def tell(self, service: str, **fields: str | list[str]) -> dict[str, Any]:
        """The answer to a POST for our project."""
        body = urlencode({"project": "newsbot", **fields}, doseq=True).encode()
        with urlopen(f"{self.url}{service}.json", body, timeout=60) as answer:
            return dict(json.load(answer))

    def schedule(self, spider: str, **fields: str | list[str]) -> str:
        """The id of a new job."""
        answer = self.tell("schedule", spider=spider, **fields)
        assert answer["status"] == "ok", answer
        return str(answer["jobid"])

    def finished(self, job: str) -> bool:
        jobs = self.ask("listjobs", project="newsbot")["finished"]
        return any(each["id"] == job for each in jobs)

    def crawl(self, spider: str, **fields: str | list[str]) -> str:
        """The id of a job that has finished."""
        job = self.schedule(spider, **fields)
        wait_for(lambda: self.finished(job), 90)
        return job

    def log(self, spider: str, job: str) -> str:
        return (self.folder / "logs" / "newsbot" / spider / f"{job}.log").read_text(encoding="utf-8")


def environment(folder: Path) -> dict[str, str]:
    """What scrapyd is started with: no settings of whoever runs the tests, and eggs before what is installed."""
    eggs = folder / "eggs" / "newsbot"
    ours = {
        "PYTHONPATH": str(eggs),
        "NEWSBOT_DB": str(folder / "news.db"),
        "NEWSBOT_SOURCES": str(folder / "sources.toml"),
        "XDG_CONFIG_HOME": str(folder),
    }
    return {**os.environ, **ours}


def answers(url: str) -> bool:
    try:
        with urlopen(f"{url}daemonstatus.json", timeout=5):
            return True
    except URLError:
        return False


def deploy(folder: Path, project: Path, *arguments: str) -> str:
    """What scrapyd answers to `scrapyd-deploy`, started in the project's folder."""
    environ = {**os.environ, "XDG_CONFIG_HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "scrapyd_client.deploy", *arguments],
        cwd=project,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_of(folder: Path) -> set[Path]:
    """What lies in a folder itself, and its packages."""
    return {path for path in folder.iterdir() if path.name != "__pycache__"}


def copy_of_project(folder: Path) -> Path:
    """The project with a spider of its own, which the checkout does not have."""
    copy = folder / "project"
    for package in ("newsbot", "spiders", "pipelines"):
        shutil.copytree(PROJECT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("scrapy.cfg", "setup.py", "pyproject.toml"):
        shutil.copy(PROJECT / file, copy)
    (copy / "spiders" / "wire.py").write_text(OWN_SPIDER)
    return copy


@pytest.fixture(scope="module")
def scrapyd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scrapyd]:
    """A scrapyd that has nothing deployed, with a site to crawl."""
    folder = tmp_path_factory.mktemp("scrapyd")
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    (folder / "scrapyd.conf").write_text(CONFIGURATION.format(port=port))
    (folder / "scrapy.cfg").write_text(f"[deploy:tests]\nurl = {url}\n")
    with (folder / "scrapyd.log").open("w") as log, serve() as site:
        sources = sources_toml(site.base_url) + EVERYTHING.format(site.base_url)
        (folder / "sources.toml").write_text(sources, encoding="utf-8")
        command = [sys.executable, "-m", "scrapyd"]
        process = subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=log, stderr=log)
        try:
            wait_for(lambda: answers(url))
            yield Scrapyd(folder=folder, url=url, site=site)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


@pytest.fixture(scope="module")
def deployed(scrapyd: Scrapyd) -> Scrapyd:
    """The same, with the project and a spider of its own deployed."""
    project = copy_of_project(scrapyd.folder)
    answer = json.loads(deploy(scrapyd.folder, project, "tests", "--version", "1"))
    assert answer["status"] == "ok", answer
    return scrapyd


def paths_of(db: Path, source: str | None = None) -> set[str]:
    with Database(db) as database:
        articles = database.every(Query(copies=True, sources=(source,) if source else ()))
        return {urlsplit(each.url).path for each in articles}


def paths_in(section: str) -> set[str]:
    return {each.path for each in expected() if each.section == section}


def last_run(db: Path, source: str | None = None) -> Run:
    with Database(db) as database:
        return database.runs(source=source)[0]


def test_the_checkout_is_deployed_and_left_as_it_was(scrapyd: Scrapyd) -> None:
    before = files_of(PROJECT)
    answer = json.loads(deploy(scrapyd.folder, PROJECT, "tests", "--version", "0", "--project", "checkout"))
    assert answer["status"] == "ok", answer
    assert files_of(PROJECT) == before
    found = scrapyd.ask("listspiders", project="checkout")["spiders"]
    assert {"feed", "listing", "page", "site", "sitemap"} <= set(found)


def test_a_feed_of_the_catalogue(deployed: Scrapyd) -> None:
    deployed.crawl("feed", source="demo-press")
    assert paths_of(deployed.db, "demo-press") == paths_in("press")
    run = last_run(deployed.db, "demo-press")
    assert (run.spider, run.outcome, run.finished is not None) == ("feed", "ok", True)


@pytest.mark.long
def test_an_address_into_a_database_of_its_own(deployed: Scrapyd) -> None:
    db = deployed.folder / "other.db"
    url = f"{deployed.site.base_url}/wire/feed.json"
    deployed.crawl("feed", url=url, limit="2", setting=[f"NEWSBOT_DB={db}", "LOG_LEVEL=DEBUG"])
    assert len(paths_of(db)) == 2
    assert paths_of(db) <= paths_in("wire")
    assert last_run(db).outcome == "limited"


@pytest.mark.long
def test_a_whole_site_is_read_in_another_process_and_exported(deployed: Scrapyd) -> None:
    db = deployed.folder / "whole.db"
    settings = [f"NEWSBOT_DB={db}", "NEWSBOT_EXTRACT_PROCESSES=1"]
    job = deployed.crawl("site", source="everything", setting=settings)
    assert paths_of(db) == {each.path for each in expected()}
    run = last_run(db)
    assert (run.spider, run.outcome) == ("site", "ok"), run.detail
    assert run.counts["judged"] > 50
    items = (deployed.folder / "items" / "newsbot" / "site" / f"{job}.jl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in items.splitlines()]
    assert {urlsplit(record["url"]).path for record in records} == {each.path for each in expected()}
    assert all(record["title"] and record["body"] for record in records)


@pytest.mark.long
def test_a_spider_of_ones_own_is_found_in_the_egg(deployed: Scrapyd) -> None:
    db = deployed.folder / "own.db"
    deployed.crawl("wire", source="by-our-own-spider", setting=f"NEWSBOT_DB={db}")
    assert paths_of(db) == paths_in("wire")
    assert last_run(db).spider == "wire"


@pytest.mark.long
@pytest.mark.parametrize("by", ["INT", "TERM"])
def test_a_cancelled_job_is_a_run_that_was_stopped(deployed: Scrapyd, by: str) -> None:
    db = deployed.folder / f"cancelled-{by}.db"
    slow = [f"{deployed.site.base_url}/slow?seconds=1&{by}={number}" for number in range(60)]
    job = deployed.schedule("page", url=" ".join(slow), setting=f"NEWSBOT_DB={db}")
    wait_for(lambda: any(by in path for path in deployed.site.paths(200)))
    answer = deployed.tell("cancel", job=job, signal=by)
    assert answer["prevstate"] == "running"
    wait_for(lambda: deployed.finished(job))
    answered = sum(by in path for path in deployed.site.paths(200))
    run = last_run(db)
    assert run.outcome == "stopped"
    assert run.counts["read"] == answered < len(slow)


@pytest.mark.parametrize(
    ("spider", "source", "said"),
    [("feed", "demo-pres", "Did you mean demo-press"), ("site", "demo-wire", "it is for the spider feed")],
)
def test_a_wrong_source_is_said_in_the_log_of_the_job(
    deployed: Scrapyd, spider: str, source: str, said: str
) -> None:
    job = deployed.crawl(spider, source=source)
    assert said in deployed.log(spider, job)


@pytest.fixture(scope="module")
def egg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The egg that `scrapyd-deploy` makes of the checkout."""
    folder = tmp_path_factory.mktemp("egg")
    deploy(folder, PROJECT, "--build-egg", str(folder / "newsbot.egg"))
    return folder / "newsbot.egg"


def said_by(egg: Path, code: str) -> str:
    """What code prints where the egg is the last thing on sys.path, as scrapyd puts it, and no checkout is."""
    other = egg.parent / "other" / "spiders"
    other.mkdir(parents=True, exist_ok=True)
    (other / "__init__.py").touch()
    paths = [path for path in sys.path if path and Path(path) != PROJECT]
    script = f"import sys; sys.path[:] = {[str(other.parent), *paths, str(egg)]!r}\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=egg.parent, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_another_package_named_spiders_does_not_win_over_the_egg(egg: Path) -> None:
    said = said_by(egg, "import newsbot.settings, spiders; print(spiders.__file__)")
    assert said.startswith(str(egg))


def test_the_catalogue_is_read_from_the_egg(egg: Path) -> None:
    said = said_by(egg, "from newsbot.catalogue import load_catalogue; print(*load_catalogue())")
    assert said.split() == list(load_catalogue())
