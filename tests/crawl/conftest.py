"""Real crawls of a real site by real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsbot.store import Database
from tests.site import Site, serve
from tests.site.sources import SOURCES, sources_toml

PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """A folder with a database and a sources file, and the site that they are about."""

    folder: Path
    site: Site

    @property
    def db(self) -> Path:
        return self.folder / "news.db"

    def environment(self) -> dict[str, str]:
        sources = self.folder / "sources.toml"
        return {**os.environ, "NEWSBOT_DB": str(self.db), "NEWSBOT_SOURCES": str(sources)}

    def run(self, *command: str, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
        """Run `python -m ...` to its end."""
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=cwd,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def newsbot(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("newsbot", *arguments)

    def json(self, *arguments: str) -> Any:
        done = self.newsbot(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def open(self) -> Database:
        return Database(self.db)

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start `python -m ...` and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=PROJECT,
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )


def crawl_of(folder: Path, site: Site) -> Crawl:
    (folder / "sources.toml").write_text(sources_toml(site.base_url), encoding="utf-8")
    return Crawl(folder=folder, site=site)


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    """A site of its own and an empty database."""
    with serve() as site:
        yield crawl_of(tmp_path, site)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """A site that was crawled once, all of it. Tests must not change it."""
    with serve() as site:
        made = crawl_of(tmp_path_factory.mktemp("crawled"), site)
        done = made.newsbot("crawl", *SOURCES)
        assert done.returncode == 0, done.stderr
        yield made
