"""A walk through all that a source ever published, which can be stopped and goes on where it stood."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newsbot.store import Database, Waiting
from newsbot.store.connection import Access

TOGETHER = 64
"""Addresses taken out of the database at a time, so that a walk of any length needs no memory."""


class Frontier:
    """What one source's backfill has found and not yet read; it lives in the database.

    Articles are not ticked off here: what was fetched is known by its page. Lists are, once all that they name is kept.
    """

    def __init__(self, path: Path, source: str) -> None:
        self.database = Database(path, Access.WRITE)
        self.source = source
        self.last = 0
        self.taken: list[Waiting] = []

    def begin(self, starts: Iterable[Waiting]) -> None:
        """Start anew unless an earlier walk left something to do."""
        if self.database.count_waiting(self.source) == 0:
            self.database.clear_frontier(self.source)
        self.keep(starts)

    def keep(self, found: Iterable[Waiting]) -> None:
        """Add what was found."""
        self.database.keep_waiting(self.source, list(found))

    def finish(self, url: str) -> None:
        """Tick off a list that was read."""
        self.database.finish_waiting(self.source, [url])

    def next(self) -> Waiting | None:
        """What waits next, in the order in which it was found; each once in a run. None until more is found."""
        if not self.taken:
            self.taken = self.database.take_waiting(self.source, self.last, TOGETHER)[::-1]
        if not self.taken:
            return None
        self.last = self.taken[-1].id
        return self.taken.pop()

    def close(self, *, through: bool) -> None:
        """Let go of the database; forget the walk if it is through."""
        if through:
            self.database.clear_frontier(self.source)
        self.database.close()
