"""The archive as one object: what the spiders, the pipelines, the command line and Python users hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from newsbot.archive import archive_folder, read_page
from newsbot.errors import InputError, StoreError
from newsbot.health import Vitals
from newsbot.model import Page, Processed, SiteMemory
from newsbot.query import Query, parse_query
from newsbot.revisit import KnownPage
from newsbot.scheduling import History
from newsbot.store import (
    finding,
    frontier,
    history,
    index,
    maintenance,
    memory,
    reading,
    rebuilding,
    recleaning,
    recorder,
    rulings,
    runs,
    searching,
    site_memory,
    telling,
    vitals,
    watches,
)
from newsbot.store.connection import Access, connect, explain, transaction
from newsbot.store.rows import StoredArticle, StoredVersion
from newsbot.store.runs import Ending, Run, SourceRow
from newsbot.store.watches import Delivery, Watch

P = ParamSpec("P")
T = TypeVar("T")


def guarded(
    method: Callable[Concatenate[Database, P], T],
) -> Callable[Concatenate[Database, P], T]:
    """The method with SQLite's faults as StoreError: one sentence with the path in it."""

    @wraps(method)
    def call(database: Database, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(database, *args, **kwargs)
        except sqlite3.Error as error:
            raise StoreError(database.path, explain(error)) from error
        except OverflowError:
            raise InputError(
                "A number is too large: the database counts to 9,223,372,036,854,775,807."
            ) from None
        except UnicodeEncodeError as error:
            raise StoreError(
                database.path, f"half a character (surrogate) cannot be looked up or kept: {error}"
            ) from error

    return call


class Database:
    """An open newsbot database. A context manager; closing twice is harmless.

    Every method raises StoreError when the file cannot be read or written.
    """

    def __init__(self, path: Path | str, access: Access = Access.READ) -> None:
        self.path = Path(path)
        self.connection = connect(self.path, access)
        self._memories = site_memory.SiteMemories(self.connection)

    @property
    def archive(self) -> Path:
        """The folder of WARC files that goes with this database."""
        return archive_folder(self.path)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # questions

    @guarded
    def search(
        self,
        question: str | Query,
        *,
        limit: int = 20,
        offset: int = 0,
        newest: bool = False,
        now: datetime | None = None,
    ) -> searching.Found:
        """The hits for a question; see `newsbot.query` for what may be typed. Nothing typed is an error."""
        now = now or datetime.now(UTC)
        query = parse_query(question, now) if isinstance(question, str) else question
        return searching.search(self.connection, query, limit=limit, offset=offset, newest=newest, now=now)

    @guarded
    def latest(self, query: Query | None = None, *, limit: int = 20, offset: int = 0) -> list[StoredArticle]:
        """The newest articles that a query finds; without one, of all."""
        query = query or Query()
        found = self.search(query, limit=limit, offset=offset, newest=True)
        return [hit.article for hit in found.hits]

    def every(self, query: Query | None = None) -> Iterator[StoredArticle]:
        """All articles that a query finds, oldest first, one at a time: for exports of any size."""
        try:
            yield from finding.every(self.connection, query or Query())
        except sqlite3.Error as error:
            raise StoreError(self.path, explain(error)) from error
        except UnicodeEncodeError as error:
            raise InputError(f"Half a character (surrogate) cannot be looked up: {error}.") from error

    @guarded
    def article(self, number: int) -> StoredArticle:
        """One article by its id. Raises InputError when there is none."""
        return reading.article(self.connection, number)

    @guarded
    def versions(self, number: int) -> list[StoredVersion]:
        """All versions of an article, the oldest first."""
        return reading.versions(self.connection, number)

    @guarded
    def response(self, version: StoredVersion) -> Page:
        """The response that a version was read from, as it came. Raises InputError or ArchiveError."""
        return read_page(self.archive, reading.place(self.connection, version.fetch))

    @guarded
    def copies(self, number: int) -> list[StoredArticle]:
        """The articles that were recognised as copies of this one."""
        return reading.copies(self.connection, number)

    @guarded
    def story(self, number: int) -> tuple[telling.Member, ...]:
        """The articles of a story, the one that had it first first. Raises InputError when there is none."""
        return telling.story_of(self.connection, number)

    @guarded
    def why(self, number: int) -> telling.Explanation:
        """Why an article is in its story and in no other. Raises InputError when there is none with this id."""
        return telling.why(self.connection, reading.article(self.connection, number))

    @guarded
    def rejected(self, *, limit: int = 50, source: str | None = None) -> list[reading.RejectedPage]:
        """Pages that are no articles, with the reason."""
        return reading.rejected(self.connection, limit, source)

    @guarded
    def sites(self) -> list[reading.Site]:
        """Every site with what its footers state about it."""
        return reading.sites(self.connection)

    @guarded
    def source_counts(self) -> dict[str, tuple[int, str | None]]:
        """For each source: its number of articles and the time of its last run."""
        return reading.source_counts(self.connection)

    @guarded
    def runs(self, *, limit: int = 20, source: str | None = None) -> list[Run]:
        """The newest runs first."""
        return runs.list_runs(self.connection, limit, source)

    @guarded
    def query(self, sql: str, *, seconds: float = 10, limit: int | None = None) -> maintenance.Table:
        """The answer to one read-only statement."""
        return maintenance.query(self.connection, sql, seconds, limit)

    @guarded
    def recall(self, url: str) -> KnownPage | None:
        """What is known of an address."""
        return memory.recall(self.connection, url)

    @guarded
    def pages_of(self, source: str) -> list[KnownPage]:
        """All article pages of a source."""
        return list(memory.pages_of(self.connection, source))

    @guarded
    def completed(self, source: str) -> bool:
        """Whether the last finished run of a source got through everything it found."""
        return runs.completed(self.connection, source)

    @guarded
    def past_counts(self, source: str) -> list[dict[str, int]]:
        """The counts of a source's last good runs, the newest last."""
        return runs.past_counts(self.connection, source)

    @guarded
    def histories(self, sources: Sequence[str], now: datetime) -> dict[str, History]:
        """What the schedule goes by, for each of the sources that was ever crawled."""
        return history.histories(self.connection, sources, now)

    @guarded
    def vitals(self, sources: Sequence[str], now: datetime) -> dict[str, Vitals]:
        """What the health of each of the sources is told by."""
        return vitals.vitals(self.connection, sources, now)

    @guarded
    def memory_of(self, url: str) -> SiteMemory:
        """What the site of a page is known to repeat; not always to the very last page."""
        return self._memories.of(url)

    @guarded
    def learnt_site(self, host: str) -> site_memory.LearntSite:
        """All that is known of what a site repeats. Raises InputError for an unknown site."""
        return site_memory.learnt_site(self.connection, host)

    # changes

    @guarded
    def record(self, item: Processed, run: int | None = None) -> recorder.Recorded:
        """Keep one processed page in one transaction."""
        return recorder.record(self.connection, item, run)

    @guarded
    def record_all(self, items: Sequence[Processed], run: int | None = None) -> list[recorder.Recorded]:
        """Keep several processed pages in one transaction: all or none."""
        return recorder.record_all(self.connection, items, run)

    @guarded
    def start_run(self, command: str, spider: str | None, source: SourceRow | None, now: datetime) -> int:
        """The id of a new run. Raises SourceBusyError while another run holds the source."""
        return runs.start_run(self.connection, command, spider, source, now)

    @guarded
    def finish_run(
        self,
        run: int,
        ending: Ending,
        now: datetime,
    ) -> None:
        """Write how a run ended."""
        runs.finish_run(self.connection, run, ending, now)

    @guarded
    def keep_validators(self, validators: dict[str, tuple[str | None, str | None]], definition: str) -> None:
        """Remember ETag and Last-Modified of lists and feeds whose links were all fetched."""
        with transaction(self.connection):
            memory.keep_validators(self.connection, validators, definition)

    @guarded
    def keep_waiting(self, source: str, found: Sequence[frontier.Waiting]) -> None:
        """Add what a backfill found and has still to read."""
        with transaction(self.connection):
            frontier.keep(self.connection, source, found)

    @guarded
    def take_waiting(self, source: str, after: int, limit: int) -> list[frontier.Waiting]:
        """What a backfill has still to read, as it was found, after the one of that number."""
        return frontier.take(self.connection, source, after, limit)

    @guarded
    def finish_waiting(self, source: str, urls: Sequence[str]) -> None:
        """Tick off what a backfill has read."""
        with transaction(self.connection):
            frontier.finish(self.connection, source, urls)

    @guarded
    def count_waiting(self, source: str) -> int:
        """How much a source's backfill has still to read."""
        return frontier.count(self.connection, source)

    @guarded
    def clear_frontier(self, source: str) -> None:
        """Forget a source's backfill."""
        with transaction(self.connection):
            frontier.clear(self.connection, source)

    @guarded
    def fetches(self) -> list[recleaning.Kept]:
        """Every kept response that an article was, or may be, read from; the oldest first."""
        return recleaning.fetches(self.connection)

    @guarded
    def kept_lists(self, source: str) -> list[recleaning.Kept]:
        """The last kept response of each list of a source."""
        return recleaning.kept_lists(self.connection, source)

    @guarded
    def first_and_last(self, source: str) -> list[tuple[recleaning.Kept, recleaning.Kept]]:
        """For each article page of a source its first kept response and its last."""
        return recleaning.first_and_last(self.connection, source)

    @guarded
    def reclean(self, kept: recleaning.Kept, item: Processed, *, apply: bool) -> recleaning.Change:
        """Hold what extraction reads today against what is kept, and write it if `apply`."""
        return recleaning.reclean(self.connection, kept, item, apply)

    @guarded
    def teach(self, kept: recleaning.Kept, item: Processed) -> None:
        """Let a page that was collected before teach what its site repeats."""
        recleaning.teach(self.connection, kept, item)

    @guarded
    def forget_site(self, host: str) -> int:
        """Forget what a site repeats; how many pages had taught that. Raises InputError for an unknown site."""
        return site_memory.forget(self.connection, host)

    @guarded
    def merge_stories(self, articles: Sequence[int], now: datetime) -> int:
        """Make the stories of these articles one, for good; its number. Raises InputError."""
        return rulings.merge(self.connection, articles, now)

    @guarded
    def split_story(self, articles: Sequence[int], now: datetime) -> int:
        """Take articles out of their story into one of their own, for good; its number. Raises InputError."""
        return rulings.split(self.connection, articles, now)

    @guarded
    def withdraw_rulings(self, article: int, now: datetime) -> rulings.Withdrawn:
        """Take back what was ruled about an article and find its story again. Raises InputError if nothing was."""
        return rulings.withdraw(self.connection, article, now)

    @guarded
    def list_rulings(self, *, limit: int = 100) -> list[rulings.Ruling]:
        """What was ruled about stories by hand, the last first."""
        return rulings.every(self.connection, limit)

    @guarded
    def count_stories(self) -> int:
        """How many stories there are."""
        return int(self.connection.execute("select count(*) from stories").fetchone()[0])

    def rebuild_stories(self, now: datetime, *, fresh: bool = False) -> Iterator[tuple[int, int]]:
        """Find all stories again, as (articles done, in all); goes on where an interrupted one stood unless `fresh`."""
        try:
            yield from rebuilding.rebuild(self.connection, now, fresh)
        except sqlite3.Error as error:
            raise StoreError(self.path, explain(error)) from error

    @guarded
    def watches(self) -> list[Watch]:
        """The saved searches by name."""
        return watches.every(self.connection)

    @guarded
    def add_watch(self, watch: Watch, now: datetime, *, past: bool = False) -> None:
        """Save a search; with `past` what is there already is told too. Raises InputError for a taken name."""
        watches.add(self.connection, watch, now, past=past)

    @guarded
    def remove_watch(self, name: str) -> None:
        """Forget a saved search. Raises InputError when there is none."""
        watches.remove(self.connection, name)

    @guarded
    def look(self, name: str, now: datetime) -> None:
        """Write down what a saved search finds that it has not told. Raises InputError when there is none."""
        watches.look(self.connection, name, now)

    @guarded
    def claim_delivery(
        self, name: str, now: datetime, dead: Collection[tuple[str, str]] = ()
    ) -> Delivery | None:
        """What a saved search has to deliver next, but to those targets; nobody else gets it for some minutes."""
        return watches.claim(self.connection, name, now, dead)

    @guarded
    def told_last(self, name: str, limit: int) -> list[StoredArticle]:
        """The articles that a saved search told last."""
        return watches.told_last(self.connection, name, limit)

    @guarded
    def settle_delivery(self, delivery: int, error: str | None, now: datetime) -> None:
        """Write how a delivery went; with an error it is tried again."""
        watches.settle(self.connection, delivery, error, now)

    @guarded
    def reindex(self) -> None:
        """Make the full-text index anew."""
        with transaction(self.connection):
            index.rebuild_index(self.connection)

    # care

    @guarded
    def check(self) -> maintenance.Health:
        """Look the whole database over."""
        return maintenance.check(self.connection, self.archive)

    @guarded
    def backup(self, target: Path) -> None:
        """Copy the database, also while others write."""
        maintenance.backup(self.connection, target)

    @guarded
    def vacuum(self) -> None:
        """Give free space back."""
        maintenance.vacuum(self.connection)


@contextmanager
def writing(path: Path) -> Iterator[Database]:
    """A database open for writing, made or brought up to date if need be."""
    with Database(path, Access.WRITE) as database:
        yield database
