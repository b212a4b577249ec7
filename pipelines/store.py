"""Step 5: into the database, pages that come together in one transaction. Opens and closes the run."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem, NotConfigured

from newsbot.errors import NewsbotError, SourceBusyError
from newsbot.model import Page, Processed, Role
from newsbot.outcome import RunOutcome, counts_of, decide_outcome
from newsbot.store import Database, Outcome, Recorded, SourceRow, as_json
from newsbot.store.connection import Access
from pipelines.batch import Batch
from pipelines.fault import STAT, fault_of, stop_crawl

TOGETHER = 16
WAIT = 0.05
"""Pages that share a transaction at most, and seconds that the first of them waits for others."""

log = logging.getLogger(__name__)


class StorePipeline:
    """Records every page; hands on the stored article, and drops what is none."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.path = Path(crawler.settings["NEWSBOT_DB"])
        self.database: Database | None = None
        self.run: int | None = None
        self.batch: Batch[Processed, Recorded] = Batch(self._record, TOGETHER, WAIT)
        self.exports = bool(crawler.settings.getdict("FEEDS"))
        self.validators: dict[str, tuple[str | None, str | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Raises NotConfigured on a dry run."""
        if crawler.settings.getbool("NEWSBOT_DRY_RUN"):
            raise NotConfigured
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.closed, signals.spider_closed)
        return pipeline

    def open_spider(self) -> None:
        """Claim the source. Raises CloseSpider when another run holds it or the database fails."""
        spider: Any = self.crawler.spider
        try:
            self.database = Database(self.path, Access.WRITE)
            row = SourceRow(**spider.source_row())
            self.run = self.database.start_run("crawl", spider.name, row, datetime.now(UTC))
        except NewsbotError as error:
            assert self.crawler.stats
            self.crawler.stats.set_value(STAT, str(error))
            log.error("%s", error)
            raise CloseSpider("busy" if isinstance(error, SourceBusyError) else "store failed") from error

    async def process_item(self, item: Processed) -> dict[str, Any]:
        """The stored article as a flat record. Raises DropItem for everything that is no article."""
        if fault_of(self.crawler) is not None or self.database is None:
            raise DropItem("the store has failed")
        try:
            recorded = await self.batch.add(item)
            self._count(item, recorded.outcome)
            if recorded.article is None or recorded.outcome is Outcome.UNCHANGED:
                raise DropItem(f"{recorded.outcome}: {item.page.url}")
            return self._exported(item, recorded.article, recorded.outcome)
        except NewsbotError as error:
            stop_crawl(self.crawler, str(error))
            raise DropItem(str(error)) from error

    def _record(self, items: list[Processed]) -> list[Recorded]:
        assert self.database
        return self.database.record_all(items, self.run)

    def _exported(self, item: Processed, number: int, outcome: Outcome) -> dict[str, Any]:
        """The whole record where a feed export wants it, else what identifies it."""
        assert self.database
        if not self.exports:
            return {"id": number, "url": item.page.url, "outcome": str(outcome)}
        return {**as_json(self.database.article(number)), "outcome": str(outcome)}

    def _count(self, item: Processed, outcome: Outcome) -> None:
        assert self.crawler.stats
        page = item.page
        if page.role is not Role.ARTICLE:
            self._keep_validators(page)
            return
        self.crawler.stats.inc_value(f"newsbot/{outcome}")
        if item.refusal is not None:
            log.info("rejected %s: %s", page.url, item.refusal)
        elif page.failure is not None:
            log.warning("failed %s: %s", page.url, page.failure)
        else:
            log.info("%s %s", outcome, page.url)

    def _keep_validators(self, page: Page) -> None:
        if page.failure is None and 200 <= page.status < 300:
            headers = dict(page.headers)
            self.validators[page.url] = (headers.get("etag"), headers.get("last-modified"))

    def closed(self, reason: str) -> None:
        """Write how the run went."""
        assert self.crawler.stats
        spider: Any = self.crawler.spider
        outcome, detail = decide_outcome(spider.tally, reason, fault_of(self.crawler))
        fault = self._finish(outcome, detail)
        if fault is not None:
            outcome, detail = RunOutcome.FAILED, fault
        self.crawler.stats.set_value("newsbot_outcome", str(outcome))
        self.crawler.stats.set_value("newsbot_detail", detail or "")

    def _finish(self, outcome: RunOutcome, detail: str | None) -> str | None:
        """Close run and database; the fault if that fails."""
        if self.database is None:
            return None
        assert self.crawler.stats
        try:
            with self.database as database:
                if self.run is None:
                    return None
                if outcome is RunOutcome.OK:
                    spider: Any = self.crawler.spider
                    database.keep_validators(self.validators, spider.definition)
                counts = counts_of(self.crawler.stats.get_stats())
                database.finish_run(self.run, outcome, detail, counts, datetime.now(UTC))
        except NewsbotError as error:
            log.error("%s", error)
            return str(error)
        return None
