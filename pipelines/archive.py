"""Step 1: every response into the WARC files beside the database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from newsbot.archive import ArchiveWriter, archive_folder
from newsbot.model import Page
from pipelines.fault import stop_crawl


class ArchivePipeline:
    """Keeps what came over the network and notes its place on the page."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        max_bytes = crawler.settings.getint("NEWSBOT_WARC_MAX_MIB") * 1024 * 1024
        self.writer = ArchiveWriter(archive_folder(Path(crawler.settings["NEWSBOT_DB"])), max_bytes)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Raises NotConfigured on a dry run, which leaves no trace."""
        if crawler.settings.getbool("NEWSBOT_DRY_RUN"):
            raise NotConfigured
        return cls(crawler)

    def process_item(self, item: Page) -> Page:
        """The page with its place; answers without a body have none."""
        if item.failure is not None or item.status == 304:
            return item
        try:
            return replace(item, place=self.writer.write(item))
        except OSError as error:
            fault = f"{self.writer.folder}: the archive cannot be written ({error})"
            stop_crawl(self.crawler, fault)
            raise DropItem(fault) from error

    def close_spider(self) -> None:
        """Put the file on the disk."""
        self.writer.close()
