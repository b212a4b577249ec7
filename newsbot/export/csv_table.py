"""The archive as a table of comma-separated values."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from newsbot.store import StoredArticle, as_json

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a cell can start a formula; the wide signs do in Chinese and Japanese spreadsheets."""

CSV_FIELDS = (
    "id",
    "url",
    "source",
    "host",
    "title",
    "published",
    "published_zone",
    "credited_source",
    "authors",
    "language",
    "category",
    "story",
    "copy_of",
    "version",
    "first_seen",
    "last_seen",
    "body",
)


def write_csv(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """A table with headings, in which no cell can start a formula; the number of articles written."""
    writer = csv.writer(out, lineterminator="\n")
    quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(CSV_FIELDS)
    count = 0
    for article in articles:
        count += 1
        record = as_json(article)
        cells = [safe_cell(record[name]) for name in CSV_FIELDS]
        broken = any(
            "\r" in cell for cell in cells
        )  # it ends a line for readers, and only \n is quoted by itself
        (quoting if broken else writer).writerow(cells)
    return count


def safe_cell(value: object) -> str:
    """The text of a cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell(-3), safe_cell(["a", "b"])
    ("'=1+1", '-3', 'a; b')
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
