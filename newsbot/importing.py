"""Taking in saved pages, through the same steps as fetched ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from newsbot.archive import ArchiveWriter, read_warc
from newsbot.catalogue import Source
from newsbot.config import Config
from newsbot.errors import ArchiveError, InputError
from newsbot.model import Page, Rejection
from newsbot.processing import process
from newsbot.store import Database, Ending, Outcome, SourceRow
from newsbot.store.connection import Access

GZIP, WARC = b"\x1f\x8b", b"WARC/"
TYPES = {
    ".txt": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one page in a file. `article` is None when it is no article; `reason` says why."""

    file: str
    url: str
    outcome: str
    article: int | None
    title: str | None
    reason: str | None


def read_file(file: Path, url: str | None, now: datetime) -> Iterator[Page]:
    """The pages in a file: one for HTML or text, any number for WARC.

    A page in a file of its own counts as fetched when the file was last written: "3 days ago" is reckoned from then.

    Raises InputError or ArchiveError for a file that cannot be read.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(5)
        if head.startswith((GZIP, WARC)):
            yield from read_warc(file)
            return
        body = file.read_bytes()
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError as error:
        raise InputError(f"{file}: {(error.strerror or str(error)).lower()}.") from error
    yield Page(
        url=url or file.resolve().as_uri(),
        body=body,
        fetched=min(now, written),
        content_type=TYPES.get(file.suffix.lower()),
    )


def import_files(
    files: Iterable[Path], config: Config, *, url: str | None = None, source: Source | None = None
) -> Iterator[Imported]:
    """Take the files in, one transaction a page, and say what became of each.

    A file that cannot be read is reported and the others are still taken in.
    """
    with Database(config.db, Access.WRITE) as database:
        max_bytes = config.warc_max_mib * 1024 * 1024
        row = _source_row(source) if source else None
        run = database.start_run("import", None, row, datetime.now(UTC))
        counts: dict[str, int] = {}
        outcome = "stopped"
        try:
            with ArchiveWriter(database.archive, max_bytes) as archive:
                for file in files:
                    for result in _import_file(file, url, source, database, archive, run):
                        counts[result.outcome] = counts.get(result.outcome, 0) + 1
                        yield result
            outcome = "ok"
        except OSError as error:
            raise ArchiveError(database.archive, f"the archive cannot be written ({error})") from error
        finally:
            database.finish_run(run, Ending(outcome=outcome, counts=counts), datetime.now(UTC))


def _import_file(
    file: Path, url: str | None, source: Source | None, database: Database, archive: ArchiveWriter, run: int
) -> Iterator[Imported]:
    seen = False
    try:
        for page in read_file(file, url, datetime.now(UTC)):
            seen = True
            yield _import_page(str(file), _with_source(page, source), database, archive, run)
    except (InputError, ArchiveError) as error:
        yield _unread(file, str(error))
        return
    if not seen:
        yield _unread(file, f"{file}: there is no page in this file.")


def _unread(file: Path, reason: str) -> Imported:
    return Imported(file=str(file), url="", outcome="failed", article=None, title=None, reason=reason)


def _with_source(page: Page, source: Source | None) -> Page:
    if source is None:
        return page
    return replace(page, source=source.name, zone=source.zone, publisher=source.title)


def _import_page(file: str, page: Page, database: Database, archive: ArchiveWriter, run: int) -> Imported:
    kept = replace(page, place=archive.write(page))
    item = process(kept, database.memory_of(page.url))
    recorded = database.record(item, run)
    is_text = item.refusal is None or item.refusal.reason is not Rejection.NOT_TEXT
    title = item.extraction.article.title if item.extraction and is_text else None
    return Imported(
        file=file,
        url=page.url,
        outcome=str(recorded.outcome),
        article=recorded.article if recorded.outcome is not Outcome.REFUSED else None,
        title=title,
        reason=str(item.refusal) if item.refusal else None,
    )


def _source_row(source: Source) -> SourceRow:
    return SourceRow(
        name=source.name,
        title=source.title,
        kind=source.kind,
        language=source.language,
        country=source.country,
    )
