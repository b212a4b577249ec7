"""How fast newsbot crawls, beside a bare Scrapy spider that only downloads the same pages.

    python -m benchmarks.crawl --pages 2000 --rounds 3

Both fetch the generated site of `benchmarks.site`, which runs in a process of its own, with the same
settings (see SETTINGS). The full crawl extracts, checks, compares and stores every page, and archives
it as WARC. Each round starts each of the two as a fresh process, by turns first.

Time counts from the first request that the site sees to the end of the process, so that imports do
not count and closing the database does. CPU seconds are those of the whole process, imports included.
Ends with 1 unless every page is an article in the database.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS = {
    "CONCURRENT_REQUESTS": "16",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "ROBOTSTXT_OBEY": "True",
    "COOKIES_ENABLED": "False",
    "TELNETCONSOLE_ENABLED": "False",
    "LOG_LEVEL": "WARNING",
}
"""What both crawls are told; all else is Scrapy's own for the bare one and newsbot's for the full one."""

LOCATION = re.compile(rb"<loc>([^<]{1,2000})</loc>")
BARE, FULL = "bare", "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One crawl. `requests` are those that the site saw; `articles` is None for the bare one."""

    what: str
    round: int
    seconds: float
    cpu: float
    requests: int
    articles: int | None
    exit_code: int

    def pages_per_second(self, pages: int) -> float:
        """Pages of the site by the time the crawl took."""
        return pages / self.seconds


# the two crawls


def crawl_bare(url: str) -> None:
    """Download what the sitemap names and do nothing with it. Runs in a process of its own."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.http import Response

    class BareSpider(Spider):
        name = "bare"
        start_urls = (url,)

        def parse(self, response: Response) -> Iterator[Request]:
            for location in LOCATION.findall(response.body):
                yield Request(location.decode(), callback=self.drop)

        def drop(self, response: Response) -> None:
            """Nothing: the page was downloaded, and that is all."""

    process = AsyncCrawlerProcess(dict(SETTINGS))
    process.crawl(BareSpider)
    process.start()


def bare_command(base: str) -> list[str]:
    """The command line of the bare crawl."""
    return [sys.executable, "-m", "benchmarks.crawl", "--bare", f"{base}/sitemap.xml"]


def full_command(base: str, database: Path) -> list[str]:
    """The command line of the full crawl."""
    values = {**SETTINGS, "NEWSBOT_DB": str(database)}
    settings = [word for name, value in values.items() for word in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", "crawl", "sitemap", "-a", f"url={base}/sitemap.xml", *settings]


# measuring


@contextmanager
def running_site(pages: int) -> Iterator[str]:
    """The base address of the generated site, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.site", "--pages", str(pages)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as site:
        try:
            assert site.stdout
            base = site.stdout.readline().strip()
            if not base:
                raise SystemExit("The site did not start.")
            yield base
        finally:
            site.terminate()


def run(what: str, number: int, base: str, folder: Path) -> Result:
    """One crawl from start to end."""
    database = folder / f"{what}{number}.db"
    ask(base, "/_reset")
    command = bare_command(base) if what == BARE else full_command(base, database)
    process = subprocess.Popen(command, cwd=PROJECT, env=environment(folder))
    _, status, usage = os.wait4(process.pid, 0)
    ended = time.monotonic()
    process.returncode = os.waitstatus_to_exitcode(status)
    seen = ask(base, "/_stats")
    return Result(
        what=what,
        round=number,
        seconds=ended - seen["first"] if seen["first"] else float("nan"),
        cpu=usage.ru_utime + usage.ru_stime,
        requests=seen["requests"],
        articles=count_articles(database) if what == FULL else None,
        exit_code=process.returncode,
    )


def environment(folder: Path) -> dict[str, str]:
    """The environment of a crawl: nothing of the user's own settings."""
    settings = folder / "newsbot.toml"
    settings.touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSBOT_")}
    return {**kept, "NEWSBOT_CONFIG": str(settings)}


def ask(base: str, path: str) -> dict[str, float]:
    """What the site says of itself. Its clock is ours: both read the machine's monotonic one."""
    with urlopen(base + path) as answer:
        return json.load(answer)


def count_articles(database: Path) -> int:
    """How many articles the database holds; 0 when there is none."""
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("select count(*) from articles").fetchone()[0]


def measure(pages: int, rounds: int) -> Iterator[Result]:
    """All crawls, one after the other; who goes first changes with each round."""
    with tempfile.TemporaryDirectory(prefix="newsbot-crawl-") as folder, running_site(pages) as base:
        for number in range(1, rounds + 1):
            for what in (BARE, FULL) if number % 2 else (FULL, BARE):
                yield run(what, number, base, Path(folder))


# telling


def faults(results: Sequence[Result], pages: int) -> list[str]:
    """What went wrong, a sentence each."""
    found = []
    for result in results:
        name = f"round {result.round}, {result.what}"
        if result.exit_code:
            found.append(f"{name}: ended with {result.exit_code}")
        if result.requests < pages:
            found.append(f"{name}: {result.requests} requests for {pages} pages")
        if result.articles not in (None, pages):
            found.append(f"{name}: {result.articles} articles of {pages} pages")
    return found


def summary(results: Sequence[Result], pages: int) -> dict[str, float]:
    """Medians over the rounds, and full by bare."""
    rates = {what: _median(results, what, lambda each: each.pages_per_second(pages)) for what in (BARE, FULL)}
    cpu = {what: _median(results, what, lambda each: each.cpu) for what in (BARE, FULL)}
    return {
        "bare_pages_per_second": round(rates[BARE], 1),
        "full_pages_per_second": round(rates[FULL], 1),
        "full_by_bare": round(rates[FULL] / rates[BARE], 3),
        "bare_cpu_seconds": round(cpu[BARE], 2),
        "full_cpu_seconds": round(cpu[FULL], 2),
        "full_by_bare_cpu": round(cpu[FULL] / cpu[BARE], 2),
        "full_cpu_ms_per_page": round(1000 * cpu[FULL] / pages, 2),
    }


def _median(results: Sequence[Result], what: str, value: Callable[[Result], float]) -> float:
    return median(value(each) for each in results if each.what == what)


def show(result: Result, pages: int) -> None:
    """One line for one crawl."""
    stored = "" if result.articles is None else f"  {result.articles:,} articles"
    print(
        f"round {result.round}  {result.what}  {result.seconds:7.2f} s  "
        f"{result.pages_per_second(pages):7.1f} pages/s  cpu {result.cpu:6.2f} s{stored}",
        flush=True,
    )


def report(results: Sequence[Result], pages: int) -> None:
    """The medians, in words."""
    told = summary(results, pages)
    print(
        f"median bare {told['bare_pages_per_second']} pages/s, full {told['full_pages_per_second']} pages/s"
    )
    print(
        f"full/bare {told['full_by_bare']}; the full crawl took {told['full_cpu_ms_per_page']} ms CPU a page"
    )


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description="Measure the crawl.")
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--bare", metavar="URL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        crawl_bare(options.bare)
        return
    results = []
    for result in measure(options.pages, options.rounds):
        results.append(result)
        if not options.json:
            show(result, options.pages)
    wrong = faults(results, options.pages)
    if options.json:
        print(json.dumps(_record(results, options.pages, wrong), indent=1))
    else:
        report(results, options.pages)
        for fault in wrong:
            print(f"FAIL {fault}")
    sys.exit(1 if wrong else 0)


def _record(results: Sequence[Result], pages: int, wrong: list[str]) -> dict[str, object]:
    return {
        "pages": pages,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "settings": SETTINGS,
        **summary(results, pages),
        "rounds": [asdict(result) for result in results],
        "failures": wrong,
    }


if __name__ == "__main__":
    main()
