"""Commands that look after the database, and shell completion."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from newsbot.cli.common import Settings, changing, db_option, json_option, show_json
from newsbot.errors import StoreError
from newsbot.store import Database


@click.group()
def db() -> None:
    """Find, check, copy and tidy the database.

    \b
    newsbot db check
    """


@db.command()
@db_option
@click.pass_obj
def path(settings: Settings, db: Path | None) -> None:
    """Print where the database lies.

    \b
    sqlite3 "$(newsbot db path)"
    """
    click.echo(settings.use(db).db)


@db.command()
@json_option
@db_option
@click.pass_obj
def check(settings: Settings, as_json: bool, db: Path | None) -> None:
    """Look the whole database over; exits with 1 if anything is wrong.

    \b
    newsbot db check
    """
    with changing(settings.use(db).db) as database:
        health = database.check()
    if as_json:
        show_json(asdict(health))
    else:
        click.echo(
            ", ".join(f"{count:,} in {name}" for name, count in health.counts.items()) or "not counted"
        )
        for problem in health.problems:
            click.echo(f"problem: {problem}")
        click.echo("The database is sound." if not health.problems else "The database needs attention.")
    if health.problems:
        raise click.exceptions.Exit(1)


@db.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@db_option
@click.pass_obj
def backup(settings: Settings, target: Path, db: Path | None) -> None:
    """Copy the database to a new file, also while a crawl writes.

    \b
    newsbot db backup news-2026-11-22.db
    """
    with Database(settings.use(db).db) as database:
        database.backup(target)
    click.echo(f"Copied to {target}. The kept pages lie in {database.archive}; copy that folder too.")


@db.command()
@db_option
@click.pass_obj
def vacuum(settings: Settings, db: Path | None) -> None:
    """Give free space back and tidy the search index.

    \b
    newsbot db vacuum
    """
    file = settings.use(db).db
    with changing(file) as database:
        before = file.stat().st_size
        database.vacuum()
    click.echo(f"{before:,} bytes before, {file.stat().st_size:,} now.")


@db.command()
@db_option
@click.pass_obj
def reindex(settings: Settings, db: Path | None) -> None:
    """Make the full-text index anew, if 'newsbot db check' asks for it.

    \b
    newsbot db reindex
    """
    with changing(settings.use(db).db) as database:
        database.reindex()
    click.echo("The search index was made anew.")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    newsbot completion bash >> ~/.bashrc
    """
    from newsbot.cli.root import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise StoreError(shell, "this shell is not known")
    click.echo(kind(cli, {}, "newsbot", "_NEWSBOT_COMPLETE").source())


COMMANDS: list[click.Command] = [db, completion]
