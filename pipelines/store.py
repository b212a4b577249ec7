"""Step 5: into the database, pages that come together in one transaction. Opens and closes the run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem, NotConfigured

from newsbot.errors import NewsbotError, SourceBusyError
from newsbot.extraction.declared import all_found
from newsbot.model import Page, Processed, Rejection, Role
from newsbot.outcome import RunOutcome, counts_of, decide_outcome
from newsbot.store import Database, Ending, Outcome, Recorded, SourceRow, as_json
from newsbot.store.connection import Access
from newsbot.times import clock_from
from pipelines.batch import Batch
from pipelines.fault import STAT, fault_of, stop_crawl

TOGETHER = 16
WAIT = 0.05
"""Pages that share a transaction at most, and seconds that the first of them waits for others."""

TRAFFIC = {"requests": "downloader/request_count", "bytes": "downloader/response_bytes"}
"""What Scrapy counts of a run's traffic."""

log = logging.getLogger(__name__)


def counted(item: Processed, outcome: Outcome) -> Iterator[tuple[str, int]]:
    """What one article page adds to the counts of its run.

    `judged` are pages that could have been articles, `read` those that were; of these, how many have a date and
    an author, and their characters. `declared` are those whose source points at fields with selectors, `selected`
    those on which all of these found something.
    """
    yield str(outcome), 1
    if item.refusal is not None:
        yield f"rejected: {item.refusal.reason}", 1
        yield "judged", int(item.refusal.reason not in NO_VERDICT)
    elif item.extraction is not None:
        article = item.extraction.article
        yield from (("judged", 1), ("read", 1), ("chars", len(article.text)))
        yield "dated", int(article.published is not None)
        yield "authored", int(bool(article.authors))
        if item.page.fields:
            yield "declared", 1
            yield "selected", int(all_found(item.page.fields, article.origins))


NO_VERDICT = frozenset((Rejection.HTTP_STATUS, Rejection.UNREACHABLE, Rejection.BLOCK_PAGE))
"""Refusals that say nothing about how a source's pages are made."""


class StorePipeline:
    """Records every page; hands on the stored article, and drops what is none."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.path = Path(crawler.settings["NEWSBOT_DB"])
        self.now = clock_from(crawler.settings["NEWSBOT_NOW"])
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
            self.run = self.database.start_run("crawl", spider.name, row, self.now())
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
        for name, number in counted(item, outcome):
            self.crawler.stats.inc_value(f"newsbot/{name}", number)
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
        for name, stat in TRAFFIC.items():
            self.crawler.stats.set_value(f"newsbot/{name}", self.crawler.stats.get_value(stat, 0))
        spider: Any = self.crawler.spider
        outcome, detail = self._outcome(spider, reason)
        fault = self._finish(outcome, detail)
        if fault is not None:
            outcome, detail = RunOutcome.FAILED, fault
        self.crawler.stats.set_value("newsbot_outcome", str(outcome))
        self.crawler.stats.set_value("newsbot_detail", detail or "")

    def _outcome(self, spider: Any, reason: str) -> tuple[RunOutcome, str | None]:
        """How the run went, beside the source's earlier ones."""
        assert self.crawler.stats
        fault = fault_of(self.crawler)
        counts = counts_of(self.crawler.stats.get_stats())
        try:
            past = self.database.past_counts(spider.source.name) if self.database and self.run else []
        except NewsbotError as error:
            past, fault = [], fault or str(error)
        return decide_outcome(spider.tally, counts, past, reason, fault)

    def _finish(self, outcome: RunOutcome, detail: str | None) -> str | None:
        """Close run and database; the fault if that fails."""
        if self.database is None:
            return None
        assert self.crawler.stats
        try:
            with self.database as database:
                if self.run is None:
                    return None
                if outcome.complete:
                    spider: Any = self.crawler.spider
                    database.keep_validators(self.validators, spider.definition)
                counts = counts_of(self.crawler.stats.get_stats())
                until = self.crawler.spider.wait_until  # type: ignore[union-attr]  # a NewsSpider
                ending = Ending(outcome=outcome, detail=detail, counts=counts, wait_until=until)
                database.finish_run(self.run, ending, self.now())
        except NewsbotError as error:
            log.error("%s", error)
            return str(error)
        return None
