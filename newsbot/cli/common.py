"""What commands share: the settings in force, options, and printing that is safe and plain."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsbot.catalogue import load_catalogue
from newsbot.cli.wrapping import print_wrapped
from newsbot.config import Config, find_config_file, load_config
from newsbot.errors import InputError
from newsbot.query import LANGUAGE, Query, parse_query
from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.times import FORMS, parse_when

F = TypeVar("F", bound=Callable[..., Any])
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Settings:
    """The settings in force for one call; subcommands may still name another database."""

    def __init__(self, config_file: Path | None, db: Path | None) -> None:
        self.file = config_file or find_config_file(os.environ, Path.cwd())
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


class Moment(click.ParamType[datetime]):
    """A date or time as people write it; see `newsbot.times.parse_when`."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment that is meant."""
        if isinstance(value, datetime):
            return value
        try:
            return parse_when(value, datetime.now().astimezone())
        except InputError as error:
            self.fail(str(error), param, ctx)


class Language(click.ParamType[str]):
    """The code of a language."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code in small letters."""
        code = str(value).lower()
        if not LANGUAGE.match(code):
            self.fail(f"{value!r} is no language; write a code such as en, zh or pt-br.", param, ctx)
        return code


def filter_options(command: F) -> F:
    """`--since --until --source --lang --copies --as-of`."""
    for option in (
        click.option("--as-of", type=Moment(), help="As the archive stood then (same forms)."),
        click.option("--copies", is_flag=True, help="List every copy, not one article for each story."),
        click.option("--lang", type=Language(), help="Only articles in this language, such as en or zh."),
        click.option("--source", help="Only articles of this source."),
        click.option("--until", type=Moment(), help="Only articles before then (same forms)."),
        click.option("--since", type=Moment(), help=f"Only articles from then on: {FORMS}."),
    ):
        command = option(command)
    return command


def query_from(
    text: str,
    *,
    since: datetime | None,
    until: datetime | None,
    source: str | None,
    lang: str | None,
    copies: bool,
    as_of: datetime | None = None,
) -> Query:
    """What a text and the options ask together; an option counts more than the same in the text."""
    query = parse_query(text, datetime.now().astimezone())
    return replace(
        query,
        since=since or query.since,
        until=until or query.until,
        as_of=as_of,
        sources=(source,) if source else query.sources,
        languages=(lang,) if lang else query.languages,
        copies=copies or query.copies,
    )


def opened(db: Path) -> Database:
    """The database for reading. Raises StoreError when there is none, or one of another version."""
    return Database(db, Access.READ)


def changing(db: Path) -> Database:
    """The database for writing, brought up to date if need be. Raises StoreError when there is none."""
    if not db.is_file():
        opened(db).close()
    return Database(db, Access.WRITE)


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


class Screen(Console):
    """A console that tells the command when its reader has gone, and does not end the program itself."""

    def on_broken_pipe(self) -> None:
        """Called while the error is handled."""
        raise  # noqa: PLE0704


def console() -> Screen:
    """Where results go: colours only on a terminal, as wide as it is."""
    return Screen(highlight=False, soft_wrap=False)


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


def show_lines(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table whose cells stay whole: the last column may be longer than the screen, which it leaves to it."""
    out = console()
    if not out.is_terminal:
        show_table([(heading, {}) for heading in headings], rows)
        return
    table = [
        tuple(map(clean, headings)),
        *(tuple(clean(cell).replace("\n", " ") for cell in row) for row in rows),
    ]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    for number, row in enumerate(table):
        cells = [set_cell_size(cell, width) for cell, width in zip(row, widths, strict=True)]
        line = "  ".join([*cells[:-1], row[-1]]).rstrip()
        out.print(Text(line, style="" if number else "bold"), soft_wrap=True)


def show_records(names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table where it fits on the screen, else one field a line."""
    out = console()
    table = [tuple(map(clean, names)), *(tuple(clean(cell) for cell in row) for row in rows)]
    width = sum(max(map(cell_len, column)) + 2 for column in zip(*table, strict=True)) - 2
    if not out.is_terminal or (width <= out.width and not any("\n" in cell for row in table for cell in row)):
        show_lines(names, rows)
        return
    margin = max(map(cell_len, table[0])) + 2
    for number, row in enumerate(table[1:], 1):
        out.print(Text(f"row {number:,}", style="dim"))
        for name, cell in zip(table[0], row, strict=True):
            print_wrapped(out, Text(cell), first=(set_cell_size(name, margin), "bold"), indent=margin)


def show_json(value: object) -> None:
    """Print JSON, readable and in the text's own script."""
    click.echo(json_text(value))
