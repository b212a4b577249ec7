"""Saved searches on the command line: watch add, list, run, remove."""

from __future__ import annotations

import os
import re
from dataclasses import asdict
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import click

from newsbot.cli.asking import ARTICLE_COLUMNS, article_row
from newsbot.cli.common import (
    Settings,
    clean,
    db_option,
    json_option,
    opened,
    plural,
    show_json,
    show_table,
    when,
)
from newsbot.config import Config
from newsbot.delivering import deliver, digest, payload
from newsbot.errors import InputError
from newsbot.export import write_atom
from newsbot.query import parse_query
from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.store.watches import PRINTED, Delivery, Watch
from newsbot.urls import is_web

NAME = re.compile(r"^[\w.-]{1,60}$")
FEED_LENGTH = 100


@click.group()
def watch() -> None:
    """Keep a search, and be told what is new for it, once.

    \b
    newsbot watch add gene-therapy '"gene therapy" -recall' --webhook https://example.org/hook
    newsbot watch run
    """


@watch.command()
@click.argument("name")
@click.argument("query")
@click.option("--webhook", help="Post what is new to this address, as JSON.")
@click.option("--command", help="Run this program with what is new on its standard input, as JSON.")
@click.option("--mail", help="Send what is new to this address; see smtp_host in docs/operations.md.")
@click.option("--past", is_flag=True, help="Tell the first time also what is in the database already.")
@db_option
@click.pass_obj
def add(
    settings: Settings,
    name: str,
    query: str,
    webhook: str | None,
    command: str | None,
    mail: str | None,
    past: bool,
    db: Path | None,
) -> None:
    """Save a search under a name. QUERY is what 'newsbot search' takes, in one piece.

    Without an option, 'newsbot watch run' prints what is new.

    \b
    newsbot watch add gene-therapy '"gene therapy" -recall'
    newsbot watch add nmpa 'source:nmpa-news lang:zh' --mail me@example.org
    """
    if not NAME.match(name):
        raise InputError(f"{name!r} is no name for a watch: letters, digits, dots and hyphens, at most 60.")
    if webhook is not None and not is_web(webhook):
        raise InputError(f"{webhook!r} is no web address (http or https).")
    if mail is not None and not re.fullmatch(r"[^\s@]+@[^\s@]+", mail):
        raise InputError(f"{mail!r} is no mail address.")
    for note in parse_query(query, datetime.now().astimezone()).notes:
        click.echo(f"note: {clean(note)}", err=True)
    saved = Watch(name=name, query=query, webhook=webhook, command=command, mail=mail)
    with _changing(settings.use(db).db) as database:
        database.add_watch(saved, datetime.now(UTC), past=past)
    click.echo(f"Saved; 'newsbot watch run {name}' tells what is new.")


@watch.command("list")
@json_option
@db_option
@click.pass_obj
def list_watches(settings: Settings, as_json: bool, db: Path | None) -> None:
    """List the saved searches, when each last ran, and what waits to be delivered.

    \b
    newsbot watch list
    """
    with opened(settings.use(db).db) as database:
        watches = database.watches()
    if as_json:
        show_json([asdict(each) for each in watches])
        return
    columns: list[tuple[str, dict[str, object]]] = [
        ("name", {"no_wrap": True}),
        ("query", {"overflow": "fold", "ratio": 1}),
        ("tells", {"overflow": "fold"}),
        ("last run", {"no_wrap": True}),
        ("waiting", {"justify": "right"}),
    ]
    show_table(columns, (_row(each) for each in watches))


def _row(each: Watch) -> tuple[object, ...]:
    ran = when(datetime.fromisoformat(each.last_run)) if each.last_run else "never"
    return (
        each.name,
        each.query,
        ", ".join(" ".join(pair).strip() for pair in each.actions.items()),
        ran,
        each.waiting,
    )


@watch.command()
@click.argument("name")
@db_option
@click.pass_obj
def remove(settings: Settings, name: str, db: Path | None) -> None:
    """Forget a saved search.

    \b
    newsbot watch remove gene-therapy
    """
    with _changing(settings.use(db).db) as database:
        database.remove_watch(name)
    click.echo(f"Removed {name}.")


FORMATS = ("table", "json", "md", "atom")


@watch.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file; else standard output."
)
@db_option
@click.pass_obj
def run(settings: Settings, names: tuple[str, ...], form: str, output: Path | None, db: Path | None) -> None:
    """Tell what is new for the saved searches, or those named, since the last time.

    Each story is told once. Those with a webhook, command or mail address are told there; what cannot be delivered is
    tried again by the next run, and the exit code is 1. With --format atom, FILE is a feed of what was told last.

    \b
    newsbot watch run
    newsbot watch run gene-therapy --format atom -o gene-therapy.xml
    """
    if form == "atom" and (output is None or len(names) != 1):
        raise click.UsageError(
            "A feed is of one watch, in a file: newsbot watch run NAME --format atom -o FILE"
        )
    failed = run_watches(settings.use(db), names, form, output)
    if failed:
        raise click.exceptions.Exit(1)


def run_watches(
    config: Config, names: tuple[str, ...], form: str = "table", output: Path | None = None
) -> int:
    """Run the watches named, or all; how many deliveries failed. Also what `newsbot crawl --watch` does afterwards."""
    failed = 0
    with _changing(config.db) as database:
        for name in names or [each.name for each in database.watches()]:
            database.look(name, datetime.now(UTC))
            waiting = database.waiting(name)
            for delivery in waiting:
                failed += _tell(database, config, delivery, form, output)
            if form == "atom" and output is not None:
                _write_feed(database, name, output)
            elif not waiting:
                click.echo(f"{name}: nothing new.", err=True)
    return failed


def _tell(database: Database, config: Config, delivery: Delivery, form: str, output: Path | None) -> bool:
    if delivery.action == PRINTED:
        _print(delivery, form, output)
        error = None
    else:
        error = deliver(delivery, config)
        told = f"not delivered, will be tried again: {error}" if error else f"told {delivery.target}"
        click.echo(f"{delivery.watch}: {plural(len(delivery.articles), 'article')} {clean(told)}", err=True)
    database.settle_delivery(delivery.id, error, datetime.now(UTC))
    return error is not None


def _print(delivery: Delivery, form: str, output: Path | None) -> None:
    if form == "atom":
        return
    if output is not None:
        _replace(output, digest(delivery) if form != "json" else f"{_json(delivery)}\n")
    elif form == "json":
        show_json(payload(delivery))
    elif form == "md":
        click.echo(digest(delivery))
    else:
        click.echo(f"{delivery.watch}: {plural(len(delivery.articles), 'article')} new", err=True)
        show_table(ARTICLE_COLUMNS, map(article_row, delivery.articles))


def _json(delivery: Delivery) -> str:
    import json

    return json.dumps(payload(delivery), ensure_ascii=False, indent=1, default=str)


def _write_feed(database: Database, name: str, output: Path) -> None:
    text = StringIO()
    write_atom(database.told_last(name, FEED_LENGTH), text)
    _replace(output, text.getvalue())


def _replace(file: Path, text: str) -> None:
    """Write a file so that its readers never see half of it."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{file}: cannot be written ({error.strerror}).") from error


def _changing(path: Path) -> Database:
    opened(path).close()
    return Database(path, Access.WRITE)


COMMANDS: list[click.Command] = [watch]
