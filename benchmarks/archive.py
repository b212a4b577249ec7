"""How the archive behaves as it grows: writing, size, memory and search, from 10,000 articles to a million.

    python -m benchmarks.archive --articles 1000000 --folder DIR --report out.json
    python -m benchmarks.archive --folder DIR --search-only

The articles are generated (see `benchmarks.archive_texts`) and fingerprinted in a process of their own, as the
crawl has them extracted, and handed to the one that writes, a batch a transaction. Killed and started
again, it goes on where it was. At 10,000, 30,000, 100,000 ... articles the writer waits while another
process asks 200 questions (see `benchmarks.archive_search`). The peak of memory is that of the process that
reached the checkpoint: of a run that went on, since it went on.

Beside it, in the same run, the first of the same articles go into a plain table with a full-text index, made
with sqlite-utils alone: one table, no versions, no copies, and Chinese that cannot be found by its words.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import queue
import sqlite3
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlite_utils import Database as PlainDatabase

from benchmarks.archive_search import PATIENCE, ask_all, summary, table
from benchmarks.archive_texts import FIRST, SEED, SOURCES, Teller, Told
from newsbot.model import (
    ArchivePlace,
    Article,
    Block,
    BlockKind,
    Extraction,
    Page,
    Piece,
    Processed,
    Published,
    Sighting,
    Zone,
)
from newsbot.processing import fingerprint
from newsbot.store import Database, Ending, SourceRow
from newsbot.store.connection import Access
from newsbot.urls import host_of

PROJECT = Path(__file__).resolve().parent.parent
CHECKPOINTS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
LATEST = 5_000
"""The rate now is that of so many last articles."""

AHEAD = 8
"""Batches that wait for the writer at most."""

PROGRESS_SECONDS = 5.0
FURNITURE = 8
"""Lines of its own that a site shows on each page beside the article."""

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Articles on their way to the writer: up to which number, and by how many bytes they make the text grow."""

    end: int
    text_bytes: int
    items: list[Processed]


@dataclass(slots=True, kw_only=True)
class State:
    """What a folder has seen so far. `active` is the time of the writer with waiting, `writing` without."""

    seed: int
    batch: int
    done: int = 0
    text_bytes: int = 0
    active: float = 0.0
    writing: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)
    checkpoints: list[dict[str, Any]] = field(default_factory=list)
    baseline: dict[str, Any] | None = None


SIGHTINGS = "NEWSBOT_SIGHTINGS" in os.environ
"""Whether the pages teach what their sites repeat, too: part of a crawl, not of the archive."""


# preparing, as the crawl does before the store


def prepare(told: Told) -> Processed:
    """The article as if it had been fetched, read and fingerprinted."""
    language = "zh" if told.chinese else "en"
    lines = told.body.split("\n")
    article = Article(
        url=told.url,
        title=told.title,
        published=Published(when=told.published, text=told.published.isoformat(), zone=Zone.STATED),
        source=None,
        authors=(told.author,),
        editors=(),
        category=("news",),
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in lines),
        language=language,
        lead_image=f"{told.url.removesuffix('.html')}.jpg",
        links=(),
        publisher=None,
        origins={"title": "h1", "published": "json-ld", "authors": "meta", "body": "page"},
    )
    page = Page(
        url=told.url,
        body=told.body.encode(),
        fetched=told.fetched,
        content_type="text/html; charset=utf-8",
        source=told.source,
        place=ArchivePlace(file=f"pages-{told.number // 20_000:05d}.warc.gz", offset=told.number * 9_000),
    )
    sighting = sight(told.url, told.title, lines) if SIGHTINGS else Sighting()
    extraction = Extraction(article=article, encoding="utf-8", sighting=sighting)
    return fingerprint(Processed(page=page, extraction=extraction))


def sight(url: str, title: str, lines: Sequence[str]) -> Sighting:
    """What the page teaches its site's memory: the paragraphs, and what stands on every page of the site."""
    shown = [Piece(number_of(line), len(line), True, "div.content/p", line[:120]) for line in lines]
    distinct = {piece.print: piece for piece in (*shown, *furniture(host_of(url) or ""))}
    return Sighting(title=number_of(title), pieces=tuple(distinct.values()))


@lru_cache(maxsize=1_000)
def furniture(host: str) -> tuple[Piece, ...]:
    """What stands on every page of a site."""
    lines = [
        f"This is line {number} of what {host} shows on each of its pages" for number in range(FURNITURE)
    ]
    return tuple(Piece(number_of(line), len(line), False, "footer/p", line) for line in lines)


def number_of(text: str) -> int:
    """A fingerprint that fits 64 bits."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def spans(start: int, stop: int, size: int, marks: Sequence[int]) -> Iterator[range]:
    """The numbers from start to stop in batches that end at every mark.

    >>> list(spans(0, 7, 3, [4]))
    [range(0, 3), range(3, 4), range(4, 7)]
    """
    while start < stop:
        ends = [mark for mark in marks if start < mark < start + size]
        end = min(start + size, stop, *ends)
        yield range(start, end)
        start = end


def batches(seed: int, numbers: Sequence[range]) -> Iterator[Batch]:
    """The articles with these numbers, ready for the store."""
    teller = Teller(seed)
    for span in numbers:
        told = [teller.tell(number) for number in span]
        grown = sum(each.size - each.replaced for each in told)
        yield Batch(end=span.stop, text_bytes=grown, items=[prepare(each) for each in told])


# in a process of its own


def produce(line: multiprocessing.Queue[Batch], seed: int, numbers: Sequence[range]) -> None:
    """Put all batches into the queue; ends when the writer is gone."""
    for batch in batches(seed, numbers):
        while not _put(line, batch):
            writer = multiprocessing.parent_process()
            if writer is None or not writer.is_alive():
                line.cancel_join_thread()
                return


def _put(line: multiprocessing.Queue[Batch], batch: Batch) -> bool:
    try:
        line.put(batch, timeout=2)
    except queue.Full:
        return False
    return True


def from_child(seed: int, numbers: Sequence[range]) -> Iterator[Batch]:
    """The same as `batches`, prepared by another process."""
    context = multiprocessing.get_context("spawn")
    line: multiprocessing.Queue[Batch] = context.Queue(AHEAD)
    child = context.Process(target=produce, args=(line, seed, numbers), daemon=True)
    child.start()
    for _ in numbers:
        yield _get(line, child)
    child.join()


def _get(line: multiprocessing.Queue[Batch], child: Any) -> Batch:
    while True:
        try:
            return line.get(timeout=2)
        except queue.Empty:
            if not child.is_alive():
                raise SystemExit("The process that prepares the articles has died.") from None


# the state beside the database


def load_state(folder: Path, seed: int, batch: int) -> State:
    """What was reached in this folder, or a new beginning. Ends the program for another seed."""
    path = folder / "state.json"
    if not path.exists():
        return State(seed=seed, batch=batch)
    state = State(**json.loads(path.read_text()))
    if state.seed != seed:
        raise SystemExit(f"{folder} was begun with --seed {state.seed}.")
    state.batch = batch
    return state


def save_state(folder: Path, state: State) -> None:
    """Write the state whole or not at all."""
    beside = folder / "state.json.new"
    beside.write_text(json.dumps(asdict(state), indent=1))
    beside.replace(folder / "state.json")


def catch_up(database: Database, state: State) -> None:
    """Count what was committed just before a kill: each article leaves one row in `fetches`.

    Its bytes of text are counted again; the time that it took is not known.
    """
    kept = int(str(database.query("select count(*) from fetches").rows[0][0]))
    if kept < state.done:
        raise SystemExit(f"{database.path} has {kept:,} articles, its state says {state.done:,}.")
    teller = Teller(state.seed)
    for number in range(state.done, kept):
        told = teller.tell(number)
        state.text_bytes += told.size - told.replaced
    state.done = kept


# writing


class Growth:
    """An archive that grows, with what it took."""

    def __init__(self, folder: Path, state: State, patience: float) -> None:
        self.folder = folder
        self.path = folder / "archive.db"
        self.state = state
        self.patience = patience
        self.recent: deque[tuple[int, float, float]] = deque([self._now()])
        self.told = time.monotonic()

    def run(self, database: Database, source: Iterator[Batch], marks: Sequence[int]) -> None:
        """Write all batches, and measure at the marks. The clock runs from the first batch that is there."""
        started: float | None = None
        for batch in source:
            begun = time.perf_counter()
            started = begun if started is None else started
            recorded = database.record_all(batch.items)
            ended = time.perf_counter()
            self._count(batch, Counter(each.outcome for each in recorded))
            self.state.writing += ended - begun
            self.state.active += ended - started
            started = time.perf_counter()
            self._note(time.monotonic())
            save_state(self.folder, self.state)
            if batch.end in marks:
                self.checkpoint()
                started = time.perf_counter()

    def _count(self, batch: Batch, outcomes: Counter[Any]) -> None:
        state = self.state
        state.done = batch.end
        state.text_bytes += batch.text_bytes
        for outcome, count in outcomes.items():
            state.outcomes[str(outcome)] = state.outcomes.get(str(outcome), 0) + count

    def _now(self) -> tuple[int, float, float]:
        return self.state.done, self.state.active, self.state.writing

    def _note(self, now: float) -> None:
        self.recent.append(self._now())
        while len(self.recent) > 2 and self.recent[1][0] <= self.state.done - LATEST:
            self.recent.popleft()
        if now - self.told >= PROGRESS_SECONDS:
            self.told = now
            rate, micros = self._rates(*self.recent[0])
            size = sum(self._sizes()) / MIB
            print(
                f"{self.state.done:,} articles, {rate:,.0f}/s, {micros:,.0f} us of the writer each,"
                f" {size:,.0f} MiB, peak {peak_rss():,.0f} MiB",
                file=sys.stderr,
                flush=True,
            )

    def _rates(self, done: int, active: float, writing: float) -> tuple[float, float]:
        """Articles a second and microseconds of the writer for each, since then."""
        count = self.state.done - done
        if not count or self.state.active <= active:
            return 0.0, 0.0
        return count / (self.state.active - active), 1e6 * (self.state.writing - writing) / count

    def _sizes(self) -> tuple[int, int]:
        return size_of(self.path), size_of(self.path.with_name(f"{self.path.name}-wal"))

    def checkpoint(self) -> None:
        """Measure where the archive stands, and ask it."""
        state = self.state
        print(f"{state.done:,} articles: asking 200 questions", file=sys.stderr, flush=True)
        last = state.checkpoints[-1] if state.checkpoints else {"articles": 0, "active": 0, "writing": 0}
        now_rate, now_micros = self._rates(*self.recent[0])
        rate, micros = self._rates(last["articles"], last["active"], last["writing"])
        size, wal = self._sizes()
        state.checkpoints.append(
            {
                "articles": state.done,
                "active": state.active,
                "writing": state.writing,
                "per_second_latest": round(now_rate, 1),
                "per_second_since": round(rate, 1),
                "writer_us_latest": round(now_micros, 1),
                "writer_us_since": round(micros, 1),
                "writer_us_all": round(1e6 * state.writing / state.done, 1),
                "writer_share": round(state.writing / state.active, 3),
                "peak_mib": round(peak_rss(), 1),
                "file_bytes": size,
                "wal_bytes": wal,
                "text_bytes": state.text_bytes,
                "size_by_text": round((size + wal) / state.text_bytes, 3),
                "outcomes": dict(state.outcomes),
                "search": search_elsewhere(self.folder, self.patience),
            }
        )
        save_state(self.folder, state)


def size_of(path: Path) -> int:
    """Bytes of a file, 0 if there is none."""
    return path.stat().st_size if path.exists() else 0


def peak_rss() -> float:
    """The most memory that this process ever held, in MiB."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def search_elsewhere(folder: Path, patience: float) -> dict[str, Any]:
    """What the questions took, asked by a fresh process."""
    report = folder / "search.json"
    module = [sys.executable, "-m", "benchmarks.archive", "--search-only", "--quiet"]
    options = [
        "--folder",
        str(folder.resolve()),
        "--report",
        str(report.resolve()),
        "--patience",
        str(patience),
    ]
    subprocess.run([*module, *options], cwd=PROJECT, check=True)
    found: dict[str, Any] = json.loads(report.read_text())["search"]
    return found


def add_sources(database: Database) -> None:
    """Make the sources known, as their first crawls do."""
    for number in range(1, SOURCES + 1):
        row = SourceRow(name=f"source{number}", title=f"Source {number}", kind="sitemap")
        run = database.start_run("crawl", None, row, FIRST)
        database.finish_run(run, Ending(outcome="ok", counts={}), FIRST)


# the plain table beside it


def measure_plain(folder: Path, seed: int, count: int, batch: int) -> dict[str, Any]:
    """What the first articles take in one table with a full-text index, by sqlite-utils alone.

    With the journal that newsbot uses, so that both wait for the disk as rarely.
    """
    path = folder / "plain.db"
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        (folder / name).unlink(missing_ok=True)
    teller, writing, text_bytes = Teller(seed), 0.0, 0
    with closing(sqlite3.connect(path)) as connection:
        db = plain_database(connection)
        for span in spans(0, count, batch, ()):
            told = [teller.tell(number) for number in span]
            text_bytes += sum(each.size - each.replaced for each in told)
            rows = [plain_row(each) for each in told]
            begun = time.perf_counter()
            db.table("articles").insert_all(rows, batch_size=batch, replace=True)
            writing += time.perf_counter() - begun
        size = size_of(path) + size_of(folder / f"{path.name}-wal")
    path.unlink()
    return {
        "articles": count,
        "per_second_written": round(count / writing, 1),
        "writer_us_all": round(1e6 * writing / count, 1),
        "file_bytes": size,
        "size_by_text": round(size / text_bytes, 3),
    }


def plain_database(connection: sqlite3.Connection) -> PlainDatabase:
    """One table with a full-text index that triggers keep."""
    db = PlainDatabase(connection)
    db.enable_wal()
    connection.execute("pragma synchronous = normal")
    names = ("url", "title", "body", "published", "source", "author", "language", "fetched")
    db.table("articles").create(dict.fromkeys(names, str), pk="url")
    db.table("articles").enable_fts(["title", "body"], create_triggers=True)
    return db


def plain_row(told: Told) -> dict[str, str]:
    """The article as a row of the plain table."""
    return {
        "url": told.url,
        "title": told.title,
        "body": told.body,
        "published": told.published.isoformat(),
        "source": told.source,
        "author": told.author,
        "language": "zh" if told.chinese else "en",
        "fetched": told.fetched.isoformat(),
    }


def ratios(state: State) -> dict[str, float] | None:
    """newsbot by plain at the same number of articles; None where one of them was not measured."""
    plain = state.baseline
    ours = next((c for c in state.checkpoints if plain and c["articles"] == plain["articles"]), None)
    if plain is None or ours is None:
        return None
    return {
        "articles": plain["articles"],
        "writer_time_by_plain": round(ours["writer_us_all"] / plain["writer_us_all"], 2),
        "size_by_plain": round((ours["file_bytes"] + ours["wal_bytes"]) / plain["file_bytes"], 2),
    }


# telling

ROWS = (
    ("articles/s, last 5,000", "per_second_latest"),
    ("articles/s since the checkpoint before", "per_second_since"),
    ("writer, us an article, last 5,000", "writer_us_latest"),
    ("writer, us an article, since the checkpoint before", "writer_us_since"),
    ("writer busy, share of the time", "writer_share"),
    ("peak memory of the writer, MiB", "peak_mib"),
    ("database by bytes of text", "size_by_text"),
)
SEARCHED = ("p50", "p90", "p99", "max")


def show(state: State) -> str:
    """The whole run in Markdown."""
    points = state.checkpoints
    head = ["| | " + " | ".join(f"{point['articles']:,}" for point in points) + " |"]
    head.append("|---|" + "---:|" * len(points))
    lines = [_row(name, [point[key] for point in points]) for name, key in ROWS]
    lines.append(_row("database, MiB", [(p["file_bytes"] + p["wal_bytes"]) / MIB for p in points]))
    for name in SEARCHED:
        values = [point["search"]["overall"][name] for point in points]
        lines.append(_row(f"search {name}, ms", values))
    for category in points[-1]["search"]["categories"] if points else ():
        values = [point["search"]["categories"][category]["p50"] for point in points]
        lines.append(_row(f"search p50, {category}, ms", values))
    parts = ["\n".join(head + lines)]
    if points:
        parts += [f"Search at {points[-1]['articles']:,}, ms:", table(points[-1]["search"])]
    return "\n\n".join([*parts, *_beside(state)])


def _row(name: str, values: Sequence[float]) -> str:
    return (
        f"| {name} | "
        + " | ".join(f"{value:,.4g}" if value < 1000 else f"{value:,.0f}" for value in values)
        + " |"
    )


def _beside(state: State) -> Iterator[str]:
    plain, by = state.baseline, ratios(state)
    if plain is not None:
        yield (
            f"Plain sqlite-utils table with a full-text index, {plain['articles']:,} articles:"
            f" {plain['writer_us_all']:,} us an article, {plain['size_by_text']} bytes a byte of text."
        )
    if by is not None:
        yield (
            f"newsbot by plain at {by['articles']:,}: {by['writer_time_by_plain']} times its writer's time,"
            f" {by['size_by_plain']} times its size."
        )


# the command


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.archive", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--folder", type=Path, required=True, help="where the database is, or will be")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=256, help="articles in one transaction")
    parser.add_argument("--baseline", type=int, default=20_000, help="articles of the plain table; 0: none")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--single", action="store_true", help="prepare and write in one process")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds an answer is waited for")
    parser.add_argument("--search-only", action="store_true", help="ask what is there")
    parser.add_argument("--quiet", action="store_true", help="no table")
    parser.add_argument("--report", type=Path, help="figures as JSON")
    return parser.parse_args(arguments)


def search_only(options: argparse.Namespace) -> dict[str, Any]:
    """Ask the archive in this folder."""
    state = load_state(options.folder, options.seed, options.batch)
    answers = ask_all(options.folder / "archive.db", state.done, options.patience, options.seed)
    found = summary(answers, options.patience)
    if not options.quiet:
        print(table(found))
    return {"articles": state.done, "search": found, "answers": [asdict(answer) for answer in answers]}


def grow(options: argparse.Namespace) -> dict[str, Any]:
    """Let the archive grow to the number of articles that is asked for."""
    folder = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    state = load_state(folder, options.seed, options.batch)
    count = min(options.baseline, options.articles)
    if count and (state.baseline is None or state.baseline["articles"] != count):
        print(f"the plain table: {count:,} articles", file=sys.stderr, flush=True)
        state.baseline = measure_plain(folder, options.seed, count, options.batch)
        save_state(folder, state)
    marks = sorted({*CHECKPOINTS, count, options.articles} - {0})
    with Database(folder / "archive.db", Access.WRITE) as database:
        write(database, state, options, marks)
    if not options.quiet:
        print(show(state))
    return {"made": datetime.now(UTC).isoformat(), **environment(), **asdict(state), "ratios": ratios(state)}


def write(database: Database, state: State, options: argparse.Namespace, marks: Sequence[int]) -> None:
    """Write what is missing, beginning where the last run ended."""
    catch_up(database, state)
    if not state.done:
        add_sources(database)
    growth = Growth(options.folder, state, options.patience)
    if state.done in marks and state.done not in [point["articles"] for point in state.checkpoints]:
        growth.checkpoint()
    numbers = list(spans(state.done, options.articles, options.batch, marks))
    if numbers:
        source = batches if options.single else from_child
        growth.run(database, source(options.seed, numbers), marks)


def environment() -> dict[str, Any]:
    """What the figures depend on beside the code."""
    return {"python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version, "cpus": os.cpu_count()}


def main() -> None:
    """Measure and tell."""
    options = parse()
    told = search_only(options) if options.search_only else grow(options)
    if options.report:
        options.report.write_text(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
