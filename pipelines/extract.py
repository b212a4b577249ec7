"""Step 2: bytes to a record, beside the event loop once a crawl is long enough to pay for it."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler

from newsbot.errors import NewsbotError
from newsbot.model import Page, Processed, Refusal, Rejection, Signals, SiteMemory
from newsbot.processing import extract_page, has_article, process
from newsbot.recurrence import NOTHING_KNOWN
from newsbot.store import Database

log = logging.getLogger(__name__)

WARM_UP = 40
"""Pages read in this process before another one is started: it takes as long to start as these to read."""


class ExtractPipeline:
    """Reads the article out of the page.

    With NEWSBOT_EXTRACT_PROCESSES above 0, long crawls read in processes of their own, which also
    keeps a page that breaks the parser from ending the crawl.
    """

    def __init__(self, processes: int, path: Path | None = None) -> None:
        self.processes = processes
        self.path = path
        self.database: Database | None = None
        self.read = 0
        self.pool: ProcessPoolExecutor | None = None
        self.alone = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        path = Path(crawler.settings["NEWSBOT_DB"])
        return cls(crawler.settings.getint("NEWSBOT_EXTRACT_PROCESSES"), path)

    async def process_item(self, item: Page) -> Processed:
        """The page with what was read out of it."""
        if not has_article(item):
            return Processed(page=item)
        self.read += 1
        memory = self.memory(item)
        if self.processes < 1 or self.read <= WARM_UP:
            return extract_page(item, memory)
        return await self.extract_elsewhere(item, memory)

    def memory(self, page: Page) -> SiteMemory:
        """What the page's site is known to repeat; nothing where there is no database (a first dry run).

        A page can be read without it: a database that fails ends the run when the page is stored.
        """
        if self.path is None:
            return NOTHING_KNOWN
        try:
            if self.database is None:
                self.database = Database(self.path)
            return self.database.memory_of(page.url)
        except NewsbotError as error:
            log.info("read without what is known of the site: %s", error)
            self.path = None
            return NOTHING_KNOWN

    async def extract_elsewhere(self, page: Page, memory: SiteMemory = NOTHING_KNOWN) -> Processed:
        """What another process reads. When it dies, the pages in hand are read one by one, its killer refused."""
        if self.pool is None:
            self.pool = start_pool(self.processes)
        pool = self.pool
        try:
            read = await asyncio.get_running_loop().run_in_executor(pool, read_elsewhere, page, memory)
            return replace(read, page=page)
        except BrokenProcessPool:
            if self.pool is pool:
                self.pool = None
                pool.shutdown(wait=False)
        async with self.alone:
            return await extract_alone(page, memory)

    def close_spider(self) -> None:
        """End the other processes."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)
        if self.database is not None:
            self.database.close()


def read_elsewhere(page: Page, memory: SiteMemory = NOTHING_KNOWN) -> Processed:
    """All that is read out of a page and decided about it by itself, without what need not travel back."""
    item = process(page, memory)
    extraction = replace(item.extraction, signals=Signals()) if item.extraction else None
    return replace(item, page=replace(page, body=b""), extraction=extraction)


async def extract_alone(page: Page, memory: SiteMemory = NOTHING_KNOWN) -> Processed:
    """What a process of its own reads out of the page; a refusal if it dies over it."""
    pool = start_pool(1)
    try:
        read = await asyncio.get_running_loop().run_in_executor(pool, read_elsewhere, page, memory)
        return replace(read, page=page)
    except BrokenProcessPool:
        refusal = Refusal(reason=Rejection.EXTRACTION_FAILED, detail="the process that read it died")
        return Processed(page=page, refusal=refusal)
    finally:
        pool.shutdown(wait=False)


def start_pool(processes: int) -> ProcessPoolExecutor:
    """Processes that share nothing with this one, leave Ctrl-C to it, and end when it ends."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=settle)


def settle() -> None:
    """Begin in the new process: Ctrl-C is for the crawl, and a killed crawl leaves no orphan."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait until the crawl's process is gone, then go too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
