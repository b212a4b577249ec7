"""What the processes in these tests do: `python -m tests.store.worker TASK DATABASE [ARGUMENTS]`."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from newsbot.errors import NewsbotError
from newsbot.model import Piece, Sighting
from newsbot.store import Database, SourceRow
from newsbot.store.connection import Access
from tests.builders import about, accepted

FILES = 30
COMMON = 2**62
"""The fingerprint of what all pages show."""


def create(folder: Path, start: str) -> None:
    """Open databases that may not be there, one after the other, at moments that all processes were told."""
    for number in range(FILES):
        time.sleep(max(0.0, float(start) + 0.1 * number - time.time()))
        Database(folder / f"{number}.db", Access.WRITE).close()


def record(path: Path, pages: str) -> None:
    """Record pages by number: two pages share an address, three a text."""
    with Database(path, Access.WRITE) as database:
        for number in range(int(pages)):
            database.record(item(number))


def item(number: int):  # type: ignore[no-untyped-def]
    """Page `number` of those that the recording processes share: all show one piece, each one of its own."""
    plain = accepted(f"https://news.test/{number}", about(number // 3), f"Title {number}")
    assert plain.extraction is not None
    pieces = tuple(Piece(print_, 100, True, "div", "piece") for print_ in (COMMON, number + 1))
    sighting = Sighting(title=-number - 1, pieces=pieces)
    return replace(plain, extraction=replace(plain.extraction, sighting=sighting))


def forever(path: Path, first: str) -> None:
    """Record new pages until killed, and print the number of each after it is acknowledged."""
    with Database(path, Access.WRITE) as database:
        for number in count(int(first)):
            database.record(item(number))
            print(number, flush=True)


def hold(path: Path, source: str) -> None:
    """Claim a source, say so, and stay."""
    with Database(path, Access.WRITE) as database:
        print(database.start_run("crawl", "feed", SourceRow(name=source), datetime.now(UTC)), flush=True)
        time.sleep(600)


def lock(path: Path, seconds: str) -> None:
    """Keep the database locked for a while."""
    with Database(path, Access.WRITE) as database:
        database.connection.execute("begin immediate")
        print("locked", flush=True)
        time.sleep(float(seconds))
        database.connection.execute("commit")


TASKS = {task.__name__: task for task in (create, record, forever, hold, lock)}


if __name__ == "__main__":
    try:
        TASKS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
    except NewsbotError as error:
        sys.exit(str(error))
