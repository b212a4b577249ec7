"""Saved pages taken in, and read again, through the whole way."""

from __future__ import annotations

import gzip
import io
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from newsbot.archive import ArchiveWriter
from newsbot.config import Config
from newsbot.errors import StoreError
from newsbot.importing import import_files
from newsbot.recleaning import reclean_all
from newsbot.store import Database
from tests.builders import LONG, page

QUIET = Console(file=io.StringIO())
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Trial met its endpoint</title></head>
<body><h1>Trial met its endpoint</h1><p>2026-09-01</p><p>{LONG}</p><p>{LONG.upper()}</p><p>{LONG[::-1]}</p>
</body></html>"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=tmp_path / "news.db", sources_file=tmp_path / "sources.toml")


def written(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_files_of_all_kinds_and_none(tmp_path: Path, config: Config) -> None:
    with ArchiveWriter(tmp_path / "old") as writer:
        writer.write(page("https://old.test/1", body=PAGE.encode()))
    files = [
        written(tmp_path, "a.html", PAGE.encode()),
        written(tmp_path, "empty.html", b""),
        *(tmp_path / "old").iterdir(),
        tmp_path / "missing.html",
        tmp_path,
        written(tmp_path, "broken.warc.gz", gzip.compress(b"WARC/1.0\r\nnothing")),
        written(tmp_path, "b.html", PAGE.encode()),
    ]
    results = list(import_files(files, config))
    assert [Path(result.file) for result in results] == files
    assert [result.outcome for result in results] == [
        *("new", "rejected", "copy", "failed", "failed", "failed", "copy"),
    ]
    assert all(result.reason for result in results if result.article is None)
    with Database(config.db) as database:
        (run,) = database.runs()
        assert (run.command, run.outcome) == ("import", "ok")
        assert run.counts == {"new": 1, "copy": 2, "rejected": 1, "failed": 3}
        assert "endpoint" in database.article(1).body


def test_importing_twice_is_importing_once(tmp_path: Path, config: Config) -> None:
    file = written(tmp_path, "a.html", PAGE.encode())
    for outcome in ("new", "same"):
        (result,) = import_files([file], config, url="https://news.test/1")
        assert (result.outcome, result.article, result.url) == (outcome, 1, "https://news.test/1")


def test_what_was_imported_can_be_read_again(tmp_path: Path, config: Config) -> None:
    files = [written(tmp_path, "a.html", PAGE.encode()), written(tmp_path, "empty.html", b"")]
    list(import_files(files, config))
    report = reclean_all(config.db, source=None, apply=True, console=QUIET)
    assert dict(report.effects) == {"same": 1, "still refused": 1}
    assert (report.changes, report.unreadable) == ([], [])
    with Database(config.db) as database:
        for file in database.archive.iterdir():
            file.unlink()
    report = reclean_all(config.db, source=None, apply=True, console=QUIET)
    assert len(report.unreadable) == 2
    assert report.as_json()["pages"] == {}


def test_reading_again_needs_a_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database here"):
        reclean_all(tmp_path / "none.db", source=None, apply=False, console=QUIET)


def test_ages_are_reckoned_from_when_a_file_was_written(tmp_path: Path, config: Config) -> None:
    text = "<p>" + "The plant was inspected again on Monday, and no fault was found this time. " * 6 + "</p>"
    file = written(
        tmp_path,
        "saved.html",
        f"<body><article><h1>Plant reopens</h1><p class=date>3 days ago</p>{text}</article></body>".encode(),
    )
    then = datetime(2024, 5, 20, 12, tzinfo=UTC).timestamp()
    os.utime(file, (then, then))
    (imported,) = import_files([file], config)
    with Database(config.db) as database:
        assert imported.article is not None
        article = database.versions(imported.article)[-1].article
    assert article.published is not None
    assert article.published.when == date(2024, 5, 17)
    assert article.origins["published"].endswith(", relative")
