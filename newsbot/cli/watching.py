"""Saved searches on the command line: watch add, list, run, remove."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import click

from newsbot.cli.asking import ARTICLE_COLUMNS, article_row
from newsbot.cli.common import (
    Settings,
    changing,
    clean,
    db_option,
    json_option,
    json_text,
    opened,
    plural,
    show_json,
    show_table,
    when,
)
from newsbot.config import Config
from newsbot.delivering import ADDRESS, command_words, deliver, digest, mail_problem, payload
from newsbot.errors import InputError
from newsbot.export import write_atom
from newsbot.export.whole import writing
from newsbot.query import Query, parse_query
from newsbot.store import Database
from newsbot.store.watches import PRINTED, Delivery, Watch
from newsbot.urls import is_web

NAME = re.compile(r"[\w.][\w.-]{0,59}")
WEB_SIGNS = re.compile("[!-~]+")
"""What an address on the web is written with (RFC 3986); all else as %XX."""

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
@click.option(
    "--command",
    help="Run this program with JSON on its standard input: no shell, and what it prints goes nowhere;"
    " of its errors the end is shown when it fails.",
)
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
    if not NAME.fullmatch(name):
        raise InputError(
            f"{name!r} is no name for a watch: letters, digits, dots, _ and hyphens, at most 60."
        )
    _check_targets(settings.use(db), webhook, command, mail)
    asked = parse_query(query, datetime.now().astimezone())
    for note in asked.notes:
        click.echo(f"note: {clean(note)}", err=True)
    if replace(asked, notes=(), copies=False) == Query():
        raise InputError("This query asks for nothing: name words, a source, a site or a language.")
    saved = Watch(name=name, query=query, webhook=webhook, command=command, mail=mail)
    with changing(settings.use(db).db) as database:
        database.add_watch(saved, datetime.now(UTC), past=past)
    click.echo(f"Saved; 'newsbot watch run {name}' tells what is new.")


def _check_targets(config: Config, webhook: str | None, command: str | None, mail: str | None) -> None:
    """Raises InputError for what could never be told."""
    if webhook is not None and not (is_web(webhook) and WEB_SIGNS.fullmatch(webhook)):
        raise InputError(f"{webhook!r} is no web address: http or https; spaces and letters as 药 as %XX.")
    if mail is not None and not ADDRESS.fullmatch(mail):
        raise InputError(f"{mail!r} is no mail address.")
    if mail is not None and (problem := mail_problem(config)):
        raise InputError(f"{problem[0].upper()}{problem[1:]}.")
    try:
        command_words("true" if command is None else command)
    except ValueError as error:
        raise InputError(f"{command!r} is no command: {error}.") from error


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
    with changing(settings.use(db).db) as database:
        database.remove_watch(name)
    click.echo(f"Removed {name}.")


FORMATS = ("table", "json", "md", "atom")


@watch.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else a table, or with a file Markdown.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file; else standard output."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@db_option
@click.pass_obj
def run(
    settings: Settings,
    names: tuple[str, ...],
    form: str | None,
    output: Path | None,
    as_json: bool,
    db: Path | None,
) -> None:
    """Tell what is new for the saved searches, or those named, since the last time.

    Each story is told once. Those with a webhook, command or mail address are told there; what cannot be delivered is
    tried again by the next run, and the exit code is 1. With --format atom, FILE is a feed of what was told last.

    \b
    newsbot watch run
    newsbot watch run gene-therapy --format atom -o gene-therapy.xml
    """
    form = "json" if as_json else form or ("md" if output else "table")
    if form == "atom" and (output is None or len(names) != 1):
        raise click.UsageError(
            "A feed is of one watch, in a file: newsbot watch run NAME --format atom -o FILE"
        )
    if form == "table" and output is not None:
        raise click.UsageError("A table is for the terminal; a file is of --format md, json or atom.")
    config = settings.use(db)
    with changing(config.db) as database:
        waiting = _Run(database, config, form, output).of(list(dict.fromkeys(names)))
    if waiting:
        raise click.exceptions.Exit(1)


class _Run:
    """One run of saved searches: what is printed is printed together, and counts as told when that is done."""

    def __init__(self, database: Database, config: Config, form: str, output: Path | None) -> None:
        self.database = database
        self.config = config
        self.form = form
        self.output = output
        self.printed: list[Delivery] = []
        self.dead: set[tuple[str, str]] = set()
        """Whom no more is sent to in this run."""

    def of(self, names: Sequence[str]) -> int:
        """Run the watches named, or all; how many deliveries wait for the next run. Raises InputError."""
        names = names or [each.name for each in self.database.watches()]
        for name in names:
            self.database.look(name, datetime.now(UTC))
        try:
            waiting = sum(map(self._tell, names))
            self._show(names)
        except BaseException as error:
            self._settle(f"not printed: {str(error) or type(error).__name__}")
            raise
        self._settle(None)
        return waiting

    def _tell(self, name: str) -> int:
        """Deliver what is not to be printed; how many deliveries wait."""
        told = False
        while (delivery := self.database.claim_delivery(name, datetime.now(UTC), self.dead)) is not None:
            told = True
            if delivery.action == PRINTED:
                self.printed.append(delivery)
                continue
            error = self._deliver(delivery)
            said = f"not delivered, will be tried again: {error}" if error else f"told {delivery.target}"
            click.echo(f"{name}: {plural(delivery.count, 'article')} {clean(said)}", err=True)
        waiting = self._waiting(name)
        if waiting or not told:
            said = f"{plural(waiting, 'delivery')} waiting" if waiting else "nothing new"
            click.echo(f"{name}: {said}.", err=True)
        return waiting

    def _deliver(self, delivery: Delivery) -> str | None:
        """Deliver, and write how it went: None, or what went wrong."""
        error: str | None = "stopped"
        try:
            error = deliver(delivery, self.config)
        finally:
            self.database.settle_delivery(delivery.id, error, datetime.now(UTC))
        if error:
            self.dead.add((delivery.action, delivery.target))
        return error

    def _waiting(self, name: str) -> int:
        """How many deliveries wait for another run, or are in the hands of one."""
        waiting = sum(each.waiting for each in self.database.watches() if each.name == name)
        return waiting - sum(delivery.watch == name for delivery in self.printed)

    def _show(self, names: Sequence[str]) -> None:
        """Print or write what was found. Raises InputError where the file cannot be written."""
        text = self._text(names)
        if self.output is not None and text is not None:
            try:
                with writing(self.output) as part:
                    part.write_text(text, encoding="utf-8")
            except OSError as error:
                raise InputError(f"{self.output}: cannot be written ({error.strerror or error}).") from error
        elif text is not None:
            click.echo(text)
        for delivery in self.printed:
            self._summarise(delivery)

    def _text(self, names: Sequence[str]) -> str | None:
        """What is printed or written; None where nothing is, and for tables, which are shown as they are."""
        if self.form == "atom":
            return self._feed(names[0])
        if self.form == "json":
            return json_text([payload(delivery) for delivery in self.printed])
        if self.form == "md" and self.printed:
            return "\n".join(map(digest, self.printed))
        return None

    def _feed(self, name: str) -> str:
        """The feed of one watch."""
        query = next(each.query for each in self.database.watches() if each.name == name)
        feed = StringIO()
        articles = self.database.told_last(name, FEED_LENGTH)
        write_atom(articles, feed, title=f"newsbot: {name} ({query})", key=name)
        return feed.getvalue()

    def _summarise(self, delivery: Delivery) -> None:
        if self.form == "table" or self.output is not None:
            where = f", in {self.output}" if self.output else ""
            more = f" (the newest {len(delivery.articles):,} are told)" if delivery.left_out else ""
            click.echo(
                f"{delivery.watch}: {plural(delivery.count, 'article')} new{more}{clean(where)}", err=True
            )
        if self.form == "table":
            show_table(ARTICLE_COLUMNS, map(article_row, delivery.articles))

    def _settle(self, error: str | None) -> None:
        for delivery in self.printed:
            self.database.settle_delivery(delivery.id, error, datetime.now(UTC))


COMMANDS: list[click.Command] = [watch]
