"""All history read again without the network, with a report field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import track

from newsbot.archive import read_page
from newsbot.errors import ArchiveError
from newsbot.model import Processed
from newsbot.processing import process
from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.store.recleaning import Change, Effect, Kept, page_again


@dataclass(slots=True, kw_only=True)
class Recleaned:
    """The report: how many pages had which effect, which fields changed how often, and each change."""

    effects: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def add(self, change: Change) -> None:
        """Count one page; keep it when something about it differs."""
        self.effects[change.effect] += 1
        self.fields.update(change.fields.keys())
        if change.effect not in (Effect.SAME, Effect.STILL_REFUSED):
            self.changes.append(change)

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "pages": dict(self.effects),
            "fields": dict(self.fields),
            "changes": [
                {
                    "url": c.kept.url,
                    "article": c.kept.article,
                    "effect": c.effect,
                    "detail": c.detail,
                    "fields": c.fields,
                }
                for c in self.changes
            ],
            "unreadable": self.unreadable,
        }


Fields = Mapping[str, Mapping[str, str]]
"""For each source the selectors of its articles' fields, as the catalogue has them today."""


def reclean_all(
    db: Path, *, source: str | None, apply: bool, console: Console, fields: Fields | None = None
) -> Recleaned:
    """Read every kept page again and hold it against what is stored; write the difference if `apply`.

    Pages that never taught what their sites repeat do so first; without `apply`, in a copy that is thrown away, so
    that the report is what the real run would say. A kept page that is gone or torn is named in the report and its
    record left alone.
    """
    with Database(db, Access.READ) as database:  # an InputError where there is no such file
        archive, rehearsed = database.archive, not apply and bool(_untaught(database, source))
    if not rehearsed:
        return _reclean(db, archive, fields or {}, source=source, apply=apply, console=console)
    with TemporaryDirectory(prefix="newsbot-") as folder:
        copy = Path(folder) / db.name
        with Database(db, Access.READ) as database:
            database.backup(copy)
        return _reclean(copy, archive, fields or {}, source=source, apply=False, console=console)


def _reclean(
    db: Path, archive: Path, fields: Fields, *, source: str | None, apply: bool, console: Console
) -> Recleaned:
    """The same for pages kept in an archive that need not be beside the database."""
    report = Recleaned()
    with Database(db, Access.WRITE) as database:
        for item in _tracked(_untaught(database, source), "learn", console):
            with suppress(ArchiveError):  # named when it is read again
                database.teach(item, _read_again(database, archive, item, fields))
        for item in _tracked(_kept(database, source), "reclean", console):
            _reclean_one(database, archive, item, fields, report, apply)
    return report


def _kept(database: Database, source: str | None) -> list[Kept]:
    return [item for item in database.fetches() if source in (None, item.source)]


def _tracked(kept: Sequence[Kept], label: str, console: Console) -> Iterable[Kept]:
    return track(kept, label, console=console, transient=True, disable=not console.is_terminal)


def _untaught(database: Database, source: str | None) -> list[Kept]:
    """The articles of which their sites' memories know nothing yet."""
    return [item for item in _kept(database, source) if item.version is not None and not item.learnt]


def _read_again(database: Database, archive: Path, kept: Kept, fields: Fields) -> Processed:
    """What a kept page gives today. Raises ArchiveError."""
    page = page_again(kept, read_page(archive, kept.place))
    page = replace(page, fields=fields.get(kept.source or "", {}))
    return process(page, database.memory_of(kept.url))


def _reclean_one(
    database: Database, archive: Path, kept: Kept, fields: Fields, report: Recleaned, apply: bool
) -> None:
    try:
        item = _read_again(database, archive, kept, fields)
    except ArchiveError as error:
        report.unreadable.append(str(error))
        return
    report.add(database.reclean(kept, item, apply=apply))
