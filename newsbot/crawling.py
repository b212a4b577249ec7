"""Running spiders from Python: several sources in one process, with progress and a report for each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from newsbot.config import Config, scrapy_values
from newsbot.errors import InputError
from newsbot.jobs import Job, Report, hosts_meet
from newsbot.model import Processed
from newsbot.outcome import RunOutcome, counts_of, decide_outcome

if TYPE_CHECKING:
    from newsbot.surveying import Survey

AT_ONCE = 8
"""Sources crawled at the same time in one process."""


LOGGER_LEVELS = {
    "scrapy": logging.WARNING,
    "scrapy.downloadermiddlewares.robotstxt": logging.CRITICAL,
    "scrapy.downloadermiddlewares.retry": logging.CRITICAL,
    "scrapy-playwright": logging.CRITICAL,
}
"""Scrapy's own remarks about every start, and loggers that say with a traceback what the run says in a sentence."""

Progress = Callable[[str, dict[str, int]], None]
"""Called with a job's label and its counts so far, after each page."""


def project_settings(config: Config, *, dry_run: bool, log_level: str) -> Settings:
    """Scrapy's settings for crawls that are started by newsbot itself, wherever it is started."""
    settings = Settings()
    settings.setmodule("newsbot.settings", priority="project")
    values = {
        **scrapy_values(config),
        "NEWSBOT_DRY_RUN": dry_run,
        "LOG_LEVEL": log_level,
        "STATS_DUMP": False,
        "LOG_VERSIONS": [],
    }
    settings.setdict(values, priority="project")
    return settings


def run_jobs(jobs: Sequence[Job], settings: Settings, progress: Progress | None = None) -> list[Report]:
    """Crawl, some at once, and report each in the order of the jobs. Once in a process only.

    Raises NewsbotError when a spider cannot be made (unknown source, wrong argument).
    """
    process = AsyncCrawlerProcess(settings)
    for name, level in LOGGER_LEVELS.items():
        logging.getLogger(name).setLevel(level)
    crawls = _Crawls(process, jobs, progress)
    crawls.begin()
    process.start()
    for failure in crawls.failures:
        raise failure
    return crawls.reports


def run_survey(url: str, settings: Settings, say: Callable[[str], None]) -> Survey:
    """Look for what a crawl of the site at an address can begin with. Once in a process only.

    Raises FetchError if the address cannot be read, InputError if it is stopped.
    """
    process = AsyncCrawlerProcess(settings)
    for name, level in LOGGER_LEVELS.items():
        logging.getLogger(name).setLevel(level)
    found: list[Survey | BaseException] = []
    task = process.crawl(process.create_crawler("survey"), url=url, say=say, done=found.append)
    task.add_done_callback(
        lambda done: found.append(done.exception() or InputError("Stopped before the end."))
    )
    process.start()
    first = found[0]
    if isinstance(first, BaseException):
        raise first
    return first


class _Crawls:
    """Crawls that run and that wait: a few at once, and never two that ask the same host."""

    def __init__(self, process: AsyncCrawlerProcess, jobs: Sequence[Job], progress: Progress | None) -> None:
        self.process = process
        self.progress = progress
        self.reports = [Report(label=job.label) for job in jobs]
        self.waiting = list(zip(jobs, self.reports, strict=True))
        self.running: list[Job] = []
        self.failures: list[BaseException] = []

    def begin(self) -> None:
        """Start what may run now."""
        for job, report in list(self.waiting):
            if len(self.running) >= AT_ONCE:
                return
            if not any(hosts_meet(job.hosts, other.hosts) for other in self.running):
                self.waiting.remove((job, report))
                self._start(job, report)

    def _start(self, job: Job, report: Report) -> None:
        crawler = self.process.create_crawler(job.spider)
        _listen(crawler, report, self.progress)
        self.running.append(job)
        task = self.process.crawl(crawler, **job.arguments)

        def done(finished: Any) -> None:
            self.running.remove(job)
            if error := finished.exception():  # a spider that was never made has no stats either
                self.failures.append(error)
            else:
                _fill(report, crawler)
                if crawler.stats is not None and crawler.stats.get_value("finish_reason") == "shutdown":
                    self._stop()
            self.begin()

        task.add_done_callback(done)

    def _stop(self) -> None:
        """Begin no more."""
        for _, report in self.waiting:
            report.outcome, report.detail = RunOutcome.STOPPED, "not begun"
        self.waiting.clear()


def _listen(crawler: Crawler, report: Report, progress: Progress | None) -> None:
    """Fill the report from the crawl's signals. Scrapy holds handlers weakly, so the crawler keeps them."""

    def page_done(item: Any) -> None:
        if isinstance(item, Processed):
            report.items.append(item)
        if progress and crawler.stats:
            progress(report.label, counts_of(crawler.stats.get_stats()))

    crawler.newsbot_handlers = page_done  # type: ignore[attr-defined]  # keeps them alive
    crawler.signals.connect(page_done, signals.item_scraped)
    crawler.signals.connect(page_done, signals.item_dropped)


def _fill(report: Report, crawler: Crawler) -> None:
    """Take the outcome and the counts over from a crawl that has ended."""
    stats = crawler.stats
    spider: Any = getattr(crawler, "spider", None)
    if stats is None:
        return
    if stats.get_value("newsbot_outcome"):
        report.outcome = RunOutcome(stats.get_value("newsbot_outcome"))
        report.detail = stats.get_value("newsbot_detail") or None
    elif spider is not None:
        report.outcome, report.detail = decide_outcome(
            spider.tally, counts_of(stats.get_stats()), (), stats.get_value("finish_reason", ""), None
        )
    report.counts = counts_of(stats.get_stats())
    report.seconds = float(stats.get_value("elapsed_time_seconds") or 0)
