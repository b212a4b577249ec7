"""Pages read in other processes: what dies there, and what is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsbot.model import Page, Processed, Rejection
from newsbot.processing import process
from newsbot.store import Database
from pipelines.extract import ExtractPipeline, extract_alone, start_pool
from tests import repeating

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGE = Page(
    url="https://example.com/1.html",
    body=b"<h1>A headline of some length</h1><p>" + b"A sentence that is long enough to be read. " * 5,
    fetched=datetime(2026, 11, 22, tzinfo=UTC),
    content_type="text/html",
)
PARENT = """
import sys, time
from pipelines.extract import start_pool
import os
if __name__ == "__main__":
    pool = start_pool(1)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


def alive(pid: int) -> bool:
    """Whether a process runs (one that has ended and waits to be collected does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_another_process_reads_what_this_one_would() -> None:
    pipeline = ExtractPipeline(1)
    try:
        elsewhere = asyncio.run(pipeline.extract_elsewhere(PAGE))
    finally:
        pipeline.close_spider()
    here = process(PAGE)
    assert (elsewhere.page, elsewhere.refusal, elsewhere.prints) == (PAGE, here.refusal, here.prints)
    assert elsewhere.extraction is not None
    assert here.extraction is not None
    assert elsewhere.extraction.article == here.extraction.article


@pytest.mark.parametrize("elsewhere", [False, True])
def test_pages_are_read_with_what_the_database_knows_of_their_site(db: Database, elsewhere: bool) -> None:
    for number in range(1, 4):
        db.record(process(repeating.page(number)))

    async def read() -> Processed:
        if elsewhere:
            return await pipeline.extract_elsewhere(page, pipeline.memory(page))
        return await pipeline.process_item(page)

    page = repeating.page(4)
    pipeline = ExtractPipeline(1, db.path)
    try:
        item = asyncio.run(read())
    finally:
        pipeline.close_spider()
    assert item.extraction is not None
    assert repeating.PROMO not in item.extraction.article.text
    here = process(page, db.memory_of(page.url)).extraction
    assert here is not None
    assert (item.extraction.article, item.extraction.sighting) == (here.article, here.sighting)


def test_without_a_database_pages_are_read_all_the_same(tmp_path: Path) -> None:
    pipeline = ExtractPipeline(0, tmp_path / "none.db")
    item = asyncio.run(pipeline.process_item(PAGE))
    pipeline.close_spider()
    assert item.extraction == process(PAGE).extraction
    assert not (tmp_path / "none.db").exists()


def test_a_process_that_dies_takes_no_page_with_it() -> None:
    async def crawl() -> tuple[object, object]:
        pipeline.pool = start_pool(1)
        victim = await asyncio.wrap_future(pipeline.pool.submit(os.getpid))
        os.kill(victim, signal.SIGKILL)
        return (await pipeline.extract_elsewhere(PAGE)).extraction, (
            await pipeline.extract_elsewhere(PAGE)
        ).extraction

    pipeline = ExtractPipeline(1)
    try:
        read_alone, read_next = asyncio.run(crawl())
    finally:
        pipeline.close_spider()
    assert read_alone is not None
    assert read_next == read_alone


def die(*_: object) -> None:
    """What a page does that kills its reader."""
    os._exit(1)


def test_a_page_that_kills_its_reader_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.extract.read_elsewhere", die)
    refusal = asyncio.run(extract_alone(PAGE)).refusal
    assert refusal is not None
    assert refusal.reason is Rejection.EXTRACTION_FAILED


def test_a_killed_crawl_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert alive(child)
        parent.kill()
        parent.wait()
    end = time.monotonic() + 20
    while alive(child):
        assert time.monotonic() < end, "the child lives on"
        time.sleep(0.05)
