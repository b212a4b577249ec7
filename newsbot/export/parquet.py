"""The archive as a Parquet file, for data frames. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from newsbot.errors import InputError
from newsbot.store import StoredArticle, as_json

ROWS = 2_000
"""Rows in memory at a time, and in a row group."""

CHARACTERS = 4_000_000
"""Characters of bodies in a row group: it is closed with fewer rows where they are long."""

NUMBERS = ("id", "story", "copy_of", "version", "version_id")
TEXTS = (
    *("url", "host", "source", "title", "published_text", "published_zone", "credited_source", "language"),
    *("publisher", "lead_image", "dateline", "wire", "correction", "sections", "body"),
)
LISTS = ("authors", "editors", "category")
TIMES = ("published", "first_seen", "last_seen", "changed")
DAYS = ("published_day",)
"""`published_day` is the day where it was published; `published` is null where the page names no time."""


def check_parquet() -> None:
    """Raise InputError where the library is missing."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise InputError("Parquet needs one more library: pip install 'newsbot[parquet]'.") from None


def write_parquet(articles: Iterable[StoredArticle], file: Path) -> int:
    """A row for each article, a row group at a time; the number written. Raises InputError without pyarrow."""
    check_parquet()
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(pa)
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in groups(articles):
            count += len(group)
            writer.write_table(pa.Table.from_pylist([row(article) for article in group], schema=schema))
    return count


def groups(articles: Iterable[StoredArticle]) -> Iterator[list[StoredArticle]]:
    """The articles in lists that are bounded in rows and characters."""
    group: list[StoredArticle] = []
    room = CHARACTERS
    for article in articles:
        group.append(article)
        room -= len(article.body)
        if len(group) == ROWS or room <= 0:
            yield group
            group, room = [], CHARACTERS
    if group:
        yield group


def row(article: StoredArticle) -> dict[str, Any]:
    """The record with times as times, and without halves of characters, for which UTF-8 has no bytes."""
    record = as_json(article)
    whole = {name: _whole(record[name]) for name in TEXTS}
    lists = {name: [_whole(text) for text in record[name]] for name in LISTS}
    seen = {"first_seen": article.first_seen, "last_seen": article.last_seen, "changed": article.changed}
    return {**record, **whole, **lists, **seen, **_published(article.published)}


def _published(when: datetime | date | None) -> dict[str, datetime | date | None]:
    """The time, where it is known, and the day."""
    if isinstance(when, datetime):
        return {"published": when.astimezone(UTC), "published_day": when.date()}
    return {"published": None, "published_day": when}


def _whole(text: str | None) -> str | None:
    return None if text is None else text.encode("utf-8", "replace").decode()


def _schema(pa: Any) -> Any:
    kinds = (
        (NUMBERS, pa.int64()),
        (TEXTS, pa.string()),
        (LISTS, pa.list_(pa.string())),
        (TIMES, pa.timestamp("us", tz="UTC")),
        (DAYS, pa.date32()),
    )
    return pa.schema([(name, kind) for names, kind in kinds for name in names])
