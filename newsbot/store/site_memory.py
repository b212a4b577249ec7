"""What each site is known to repeat: read before a page is read, written in one transaction with its article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from newsbot.errors import InputError
from newsbot.model import Piece, Sighting, SiteMemory
from newsbot.recurrence import MEMORABLE, NOTHING_KNOWN, Tally, learnt, remembered
from newsbot.store.connection import transaction
from newsbot.urls import host_of

MOST_PIECES = 3000
"""Rows for a site at most; those seen least, and of these those seen longest ago, go first."""

TIDIED = 20
"""After every so many pages what is out of date is deleted."""

MOST_SITES = 256
LONGEST_USE = 32
USED_FOR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntPiece:
    """A piece that recurs: on how many pages it was seen, where it stands, and how it begins.

    `often`: on a good part of the site's pages, so that it is taken even out of the article's own box.
    """

    pages: int
    place: str
    text: str
    often: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntSite:
    """What is known of a site: how many pages taught it, how many pieces are kept, and those that recur."""

    host: str
    pages: int
    pieces: int
    recurring: tuple[LearntPiece, ...]


def learn(connection: sqlite3.Connection, site: int, page_id: int, sighting: Sighting) -> None:
    """Count what a page shows, once for each address. Inside a transaction only."""
    first_time = "update pages set learnt = 1 where id = ? and learnt = 0"
    if not connection.execute(first_time, (page_id,)).rowcount:
        return
    sql = "update sites set learnt = learnt + 1 where id = ? returning learnt"
    (count,) = connection.execute(sql, (site,)).fetchone()
    known = _tallies(connection, site, [sighting.title, *(piece.print for piece in sighting.pieces)])
    _write(connection, site, learnt(sighting, known, count), sighting.pieces)
    if count % TIDIED == 0:
        _tidy(connection, site, count)


TALLIES = """
select print, pages, alike, first, last from site_pieces
 where site_id = ? and print in (select value from json_each(?))
"""
RECURRING = "select print, pages, alike, first, last from site_pieces where site_id = ? and pages + alike > 1"


def _tallies(connection: sqlite3.Connection, site: int, prints: list[int]) -> dict[int, Tally]:
    return _read(connection.execute(TALLIES, (site, json.dumps(prints))))


def _read(rows: Iterable[sqlite3.Row]) -> dict[int, Tally]:
    return {row[0]: Tally(pages=row[1], alike=row[2], first=row[3], last=row[4]) for row in rows}


INSERT = "insert into site_pieces (site_id, print, pages, alike, first, last) values (?, ?, 1, 0, ?, ?)"
UPDATE = """
update site_pieces set pages = ?, alike = ?, last = ?, place = ?, text = ? where site_id = ? and print = ?
"""


def _write(
    connection: sqlite3.Connection, site: int, tallies: dict[int, Tally], pieces: Iterable[Piece]
) -> None:
    """Write the new tallies; those of pieces that come again with place and text, for people."""
    shown = {piece.print: (piece.place, piece.text) for piece in pieces}
    new = [(site, number, t.first, t.last) for number, t in tallies.items() if t.first == t.last]
    connection.executemany(INSERT, new)
    connection.executemany(
        UPDATE,
        [
            (t.pages, t.alike, t.last, *shown.get(number, TITLE), site, number)
            for number, t in tallies.items()
            if t.first < t.last
        ],
    )


TITLE = ("title", None)


def _tidy(connection: sqlite3.Connection, site: int, count: int) -> None:
    """Forget what the last pages no longer had, and what is too much."""
    connection.execute("delete from site_pieces where site_id = ? and last <= ?", (site, count - MEMORABLE))
    (held,) = connection.execute("select count(*) from site_pieces where site_id = ?", (site,)).fetchone()
    if held <= MOST_PIECES:
        return
    connection.execute(
        "delete from site_pieces where site_id = :site and print in (select print from site_pieces"
        " where site_id = :site order by pages + alike desc, last desc limit -1 offset :most)",
        {"site": site, "most": MOST_PIECES},
    )


def recall(connection: sqlite3.Connection, host: str) -> SiteMemory:
    """What a site is known to repeat."""
    row = connection.execute("select id, learnt from sites where key = ?", (host,)).fetchone()
    if row is None:
        return NOTHING_KNOWN
    return remembered(_read(connection.execute(RECURRING, (row["id"],))), row["learnt"])


def learnt_site(connection: sqlite3.Connection, host: str) -> LearntSite:
    """All that is known of what a site repeats, the most frequent first. Raises InputError for an unknown site."""
    site, count = _site(connection, host)
    memory = recall(connection, host)
    rows = connection.execute(
        "select print, pages + alike as pages, place, text from site_pieces where site_id = ?"
        " and text is not null order by pages + alike desc, text",
        (site,),
    )
    recurring = tuple(
        LearntPiece(
            pages=row["pages"], place=row["place"], text=row["text"], often=row["print"] in memory.often
        )
        for row in rows
        if row["print"] in memory.pieces
    )
    kept = connection.execute("select count(*) from site_pieces where site_id = ?", (site,)).fetchone()[0]
    return LearntSite(host=host, pages=count, pieces=kept, recurring=recurring)


def forget(connection: sqlite3.Connection, host: str) -> int:
    """Forget what a site repeats, and how many of its pages taught that. Raises InputError for an unknown site."""
    with transaction(connection):
        site, count = _site(connection, host)
        connection.execute("delete from site_pieces where site_id = ?", (site,))
        connection.execute("update sites set learnt = 0 where id = ?", (site,))
        connection.execute("update pages set learnt = 0 where site_id = ? and learnt", (site,))
    return count


def _site(connection: sqlite3.Connection, host: str) -> tuple[int, int]:
    row = connection.execute("select id, learnt from sites where host = ?", (host,)).fetchone()
    if row is None:
        raise InputError(f"No page of {host!r} was collected; 'newsbot sites' lists the sites.")
    return row["id"], row["learnt"]


class SiteMemories:
    """What sites are known to repeat, by address of a page; read again when some more pages were learnt.

    The more pages a site has taught, the longer an answer is used.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._held: dict[str, tuple[SiteMemory, int]] = {}

    def of(self, url: str) -> SiteMemory:
        """What the site of a page is known to repeat."""
        host = host_of(url)
        if not host:
            return NOTHING_KNOWN
        memory, uses = self._held.get(host, (NOTHING_KNOWN, 0))
        if uses < 1:
            memory = recall(self.connection, host)
            uses = min(LONGEST_USE, memory.count // USED_FOR)
        if host not in self._held and len(self._held) >= MOST_SITES:
            self._held.clear()
        self._held[host] = (memory, uses - 1)
        return memory
