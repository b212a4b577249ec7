"""The archive for other programs. Written as it is read, in constant memory; a file is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TextIO

from newsbot.errors import InputError
from newsbot.export.atom import atom_entry, write_atom
from newsbot.export.csv_table import safe_cell, write_csv
from newsbot.export.folder import write_folder
from newsbot.export.jsonl import write_jsonl
from newsbot.export.markdown import markdown, write_markdown
from newsbot.export.parquet import check_parquet, write_parquet
from newsbot.export.rss import rss_item, write_rss
from newsbot.export.whole import writing
from newsbot.store import StoredArticle

Articles = Iterable[StoredArticle]

STREAMS: dict[str, Callable[[Articles, TextIO], int]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "md": write_markdown,
    "atom": write_atom,
    "rss": write_rss,
}
"""Formats that may go to standard output."""

FEEDS: dict[str, Callable[..., int]] = {"atom": write_atom, "rss": write_rss}
FORMATS = (*STREAMS, "md-folder", "parquet")


def stream(form: str, about: str = "") -> Callable[[Articles, TextIO], int]:
    """What writes a format; a feed is named after what it is about, and has an id of its own for that."""
    if not about or form not in FEEDS:
        return STREAMS[form]
    return partial(FEEDS[form], title=f"newsbot: {about}", key=f"query {about}")


def export_to(form: str, articles: Articles, target: Path, about: str = "") -> int:
    """Write the articles to a file, or a folder for md-folder; how many. Raises InputError where that is impossible.

    A file is written under another name and renamed at the end: a fault leaves the old one as it was. So is each
    file of a folder.
    """
    if form == "parquet":
        check_parquet()
    try:
        return (
            write_folder(articles, target) if form == "md-folder" else _to_file(form, articles, target, about)
        )
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror or error}).") from error


def _to_file(form: str, articles: Articles, target: Path, about: str) -> int:
    if target.is_dir():
        raise InputError(f"{target}: this is a folder; name a file.")
    with writing(target) as part:
        return _write(form, articles, part, about)


def _write(form: str, articles: Articles, file: Path, about: str) -> int:
    if form == "parquet":
        return write_parquet(articles, file)
    with file.open("w", encoding="utf-8", errors="replace", newline="") as out:
        return stream(form, about)(articles, out)


__all__ = [
    "FORMATS",
    "STREAMS",
    "atom_entry",
    "export_to",
    "markdown",
    "rss_item",
    "safe_cell",
    "write_atom",
    "write_csv",
    "write_jsonl",
    "write_markdown",
    "write_rss",
]
