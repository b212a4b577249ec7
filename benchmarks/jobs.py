"""What several processes give: four sources on four hosts, crawled by one process and by two.

    python -m benchmarks.jobs --pages 400 --rounds 2

Each round crawls four generated sites (`benchmarks.site`, each on a host of its own) into a new database with
`newsbot crawl --jobs 1` and `--jobs 2`, by turns first. Seconds are those of the whole command. Ends with 1 unless all
pages of all sites are in the database.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks.crawl import PROJECT

HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")


def crawl(addresses: list[str], jobs: int, pages: int) -> float:
    """Seconds that one command takes for all sites. Raises SystemExit if a page is missing."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "newsbot.toml"
        config.write_text('contact = "bench@example.org"\ndelay = 0.001\ndb = "news.db"\nlist_pages = 1000\n')
        command = [
            sys.executable,
            "-m",
            "newsbot",
            "--config",
            str(config),
            "crawl",
            *addresses,
            "--jobs",
            str(jobs),
        ]
        begin = time.perf_counter()
        done = subprocess.run(
            command, cwd=PROJECT, env=os.environ, capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - begin
        with closing(sqlite3.connect(Path(folder) / "news.db")) as connection:
            (stored,) = connection.execute("select count(*) from articles").fetchone()
    if stored != pages * len(addresses):
        raise SystemExit(f"{stored} of {pages * len(addresses)} articles came: {done.stderr[-500:]}")
    return seconds


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=400, help="of each of the four sites")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    servers = [serve(host, 8190 + place, options.pages) for place, host in enumerate(HOSTS)]
    addresses = [f"http://{host}:{8190 + place}/sitemap.xml" for place, host in enumerate(HOSTS)]
    try:
        time.sleep(5)
        times: dict[int, list[float]] = {1: [], 2: []}
        for turn in range(options.rounds):
            for jobs in (1, 2) if turn % 2 == 0 else (2, 1):
                times[jobs].append(crawl(addresses, jobs, options.pages))
    finally:
        for server in servers:
            server.terminate()
    one, two = median(times[1]), median(times[2])
    print(
        f"1 process {one:.1f} s, 2 processes {two:.1f} s: {one / two:.2f} times as fast; {os.cpu_count()} processors"
    )


def serve(host: str, port: int, pages: int) -> subprocess.Popen[bytes]:
    """A site on a host, each with pages of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.site",
        "--pages",
        str(pages),
        "--host",
        host,
        "--port",
        str(port),
    ]
    return subprocess.Popen([*command, "--seed", str(port)], cwd=PROJECT, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
