"""What commands share: the settings in force, options, and printing that is safe and plain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsbot.catalogue import load_catalogue
from newsbot.config import Config, load_config
from newsbot.query import Query, parse_query
from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.times import parse_when

F = TypeVar("F", bound=Callable[..., Any])
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Settings:
    """The settings in force for one call; subcommands may still name another database."""

    def __init__(self, config_file: Path | None, db: Path | None) -> None:
        config = load_config(config_file)
        self.config: Config = replace(config, db=db) if db else config

    def use(self, db: Path | None) -> Config:
        """The settings, with the database that a subcommand named."""
        return replace(self.config, db=db) if db else self.config


def db_option(command: F) -> F:
    """`--db PATH`, on every command that touches the database."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The database; else NEWSBOT_DB or the settings.",
    )(command)


def json_option(command: F) -> F:
    """`--json`, on every command that a program may read."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(command)


def filter_options(command: F) -> F:
    """`--since --until --source --lang --copies --as-of`."""
    for option in (
        click.option("--as-of", help="As the archive stood then: 2026-09-01, 7d."),
        click.option("--copies", is_flag=True, help="List every copy, not one article for each story."),
        click.option("--lang", help="Only articles in this language, such as en or zh."),
        click.option("--source", help="Only articles of this source."),
        click.option("--until", help="Only articles before this day (same forms)."),
        click.option("--since", help="Only articles from this day on: 2026-09-01, yesterday, 7d, 4w."),
    ):
        command = option(command)
    return command


def query_from(
    text: str,
    *,
    since: str | None,
    until: str | None,
    source: str | None,
    lang: str | None,
    copies: bool,
    as_of: str | None = None,
) -> Query:
    """What a text and the options ask together. Raises InputError for an option's date that is none."""
    now = datetime.now().astimezone()
    query = parse_query(text, now)
    return replace(
        query,
        since=parse_when(since, now) if since else query.since,
        until=parse_when(until, now) if until else query.until,
        as_of=parse_when(as_of, now) if as_of else None,
        sources=(source,) if source else query.sources,
        languages=(lang.lower(),) if lang else query.languages,
        copies=copies or query.copies,
    )


def opened(db: Path) -> Database:
    """The database for reading. Raises StoreError when there is none, or one of another version."""
    return Database(db, Access.READ)


def opened_about(config: Config, source: str | None) -> Database:
    """The database for reading about a source, or about all. Raises UnknownSourceError for one that nobody knows."""
    database = opened(config.db)
    if source is not None and source not in database.source_counts():
        try:
            load_catalogue(config.sources_file).find(source)
        except BaseException:
            database.close()
            raise
    return database


def console() -> Console:
    """Where results go: colours only on a terminal, as wide as it is."""
    return Console(highlight=False, soft_wrap=False)


def notes() -> Console:
    """Where progress and remarks go."""
    return Console(stderr=True, highlight=False)


def clean(text: object) -> str:
    """Text without anything that could drive a terminal."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", "" if text is None else str(text))


def when(value: datetime | date | None) -> str:
    """A time to the minute in the reader's own zone, a date as it is, a dash for unknown."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    return value.isoformat()


def plural(count: int, word: str) -> str:
    """A count with its word.

    >>> plural(1, "article"), plural(2, "story")
    ('1 article', '2 stories')
    """
    if count != 1:
        word = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{count:,} {word}"


def show_table(columns: Sequence[tuple[str, dict[str, Any]]], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headings; on a pipe as tab-separated lines without headings."""
    out = console()
    if not out.is_terminal:
        for row in rows:
            click.echo("\t".join(clean(cell).replace("\t", " ").replace("\n", " ") for cell in row))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, style in columns:
        table.add_column(heading, **style)
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    out.print(table)


def json_text(value: object) -> str:
    """JSON, readable and in the text's own script."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def show_json(value: object) -> None:
    """Print JSON, readable and in the text's own script."""
    click.echo(json_text(value))
