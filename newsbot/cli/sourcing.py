"""Commands about sources: list, enable, disable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from newsbot.catalogue import FIELDS, Source, load_catalogue, set_enabled
from newsbot.catalogue.describe import begins_with
from newsbot.cli.common import Settings, db_option, json_option, show_json, show_table
from newsbot.errors import StoreError
from newsbot.store import Database


@click.group()
def sources() -> None:
    """List, add, try, check, enable and disable sources.

    \b
    newsbot sources list --kind regulator
    """


@sources.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Disabled sources too, with the reason.")
@click.option("--kind", help="Only this kind, such as regulator or company.")
@json_option
@db_option
@click.pass_obj
def list_(settings: Settings, everything: bool, kind: str | None, as_json: bool, db: Path | None) -> None:
    """List the sources that a crawl would visit.

    \b
    newsbot sources list --all --kind regulator
    """
    config = settings.use(db)
    catalogue = load_catalogue(config.sources_file)
    chosen = [s for s in catalogue.values() if (everything or s.enabled) and kind in (None, s.kind)]
    counts = _counts(config.db)
    if as_json:
        show_json([{**plain(source), "articles": counts.get(source.name, (0, None))[0]} for source in chosen])
        return
    columns: list[tuple[str, dict[str, Any]]] = [
        ("name", {"overflow": "fold", "ratio": 2}),
        ("kind", {"no_wrap": True}),
        ("lang", {}),
        ("by", {"no_wrap": True}),
        ("articles", {"justify": "right"}),
        ("state", {"overflow": "fold", "ratio": 2}),
    ]
    show_table(columns, (_row(source, counts) for source in chosen))
    hidden = sum(not source.enabled for source in catalogue.values())
    if hidden and not everything:
        click.echo(f"{hidden} more are disabled; --all shows them with the reason.", err=True)


def plain(source: Source) -> dict[str, Any]:
    """The source for JSON."""
    tables = {"selectors": dict(source.selectors), "fields": dict(source.fields)}
    return {name: getattr(source, name) for name in ("name", *FIELDS)} | tables


def _row(source: Source, counts: dict[str, tuple[int, str | None]]) -> tuple[object, ...]:
    state = "enabled" if source.enabled else f"disabled: {source.access or 'not seen live'}"
    number = counts.get(source.name, (0, None))[0]
    return source.name, source.kind, source.language or "", begins_with(source), number, state


def _counts(db: Path) -> dict[str, tuple[int, str | None]]:
    """Articles by source; nothing before the first crawl."""
    try:
        with Database(db) as database:
            return database.source_counts()
    except StoreError:
        return {}


@sources.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.pass_obj
def disable(settings: Settings, names: tuple[str, ...]) -> None:
    """Leave sources out of 'newsbot crawl'; what was collected stays.

    \b
    newsbot sources disable ema-news
    """
    _switch(settings, names, enabled=False)


@sources.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.pass_obj
def enable(settings: Settings, names: tuple[str, ...]) -> None:
    """Let 'newsbot crawl' visit sources again.

    \b
    newsbot sources enable fda-press-releases
    """
    _switch(settings, names, enabled=True)


def _switch(settings: Settings, names: tuple[str, ...], *, enabled: bool) -> None:
    file = settings.config.sources_file
    catalogue = load_catalogue(file)
    for name in names:
        catalogue.find(name)
    for name in names:
        set_enabled(file, name, enabled)
        click.echo(f"{name} is {'enabled' if enabled else 'disabled'} ({file}).")


COMMANDS: list[click.Command] = [sources]
