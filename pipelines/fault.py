"""A store that fails ends the run: never log and go on."""

from __future__ import annotations

import asyncio
import logging

from scrapy.crawler import Crawler

log = logging.getLogger(__name__)
STAT = "newsbot_fault"


def fault_of(crawler: Crawler) -> str | None:
    """The first storage fault of this crawl, or None while all is well."""
    assert crawler.stats
    fault: str | None = crawler.stats.get_value(STAT)
    return fault


def stop_crawl(crawler: Crawler, fault: str) -> None:
    """Note the fault and close the spider once. Pages that were not recorded are fetched again next time."""
    if fault_of(crawler) is not None:
        return
    assert crawler.stats
    assert crawler.engine
    crawler.stats.set_value(STAT, fault)
    log.error("%s", fault)
    task = asyncio.get_running_loop().create_task(crawler.engine.close_spider_async(reason="store failed"))
    task.add_done_callback(lambda done: done.exception())
