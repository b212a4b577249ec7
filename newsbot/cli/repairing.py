"""The command that proposes selectors for a source that was rebuilt."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import tomlkit

from newsbot.catalogue import load_catalogue, set_selectors
from newsbot.cli.common import Settings, db_option, json_option, plural, show_json
from newsbot.cli.sourcing import sources
from newsbot.errors import InputError
from newsbot.times import clock_from

if TYPE_CHECKING:
    from newsbot.repairing import Repair


@sources.command()
@click.argument("name")
@click.option("--write", is_flag=True, help="Put what is proposed into your sources file.")
@json_option
@db_option
@click.pass_obj
def repair(settings: Settings, name: str, write: bool, as_json: bool, db: Path | None) -> None:
    """Propose selectors for a source whose layout changed, from its pages kept before and after.

    \b
    newsbot sources repair acme-news
    newsbot sources repair acme-news --write
    """
    from newsbot.repairing import propose  # it brings extraction along, which takes a second to load

    config = settings.use(db)
    source = load_catalogue(config.sources_file).find(name)
    found = propose(config.db, source, clock_from(os.environ.get("NEWSBOT_NOW"))())
    if as_json:
        show_json(_as_json(found))
    elif found.selectors:
        _show(name, found)
    if not found.selectors:
        raise InputError(_why_not(name, found))
    if write:
        set_selectors(config.sources_file, name, found.selectors)
        click.echo(
            f"Written to {config.sources_file}. Next: newsbot crawl {name}, newsbot reclean --source {name}",
            err=True,
        )
    else:
        click.echo("Nothing was written; --write puts it into your sources file.", err=True)


def _show(name: str, found: Repair) -> None:
    if each := found.list_proposal:
        click.echo(
            f"# the list: {each.found} of {each.of} known articles, {plural(each.links, 'link')} in all"
        )
    for field, each in found.fields.items():
        click.echo(
            f"# {field}: not read any more on {found.lost[field]} of {found.pages} pages; found on {each.found}"
        )
    click.echo(f"[sources.{name}]")
    for table, values in found.selectors.items():
        inline = tomlkit.inline_table()
        inline.update(values)
        click.echo(f"{table} = {inline.as_string()}")


def _why_not(name: str, found: Repair) -> str:
    if not found.lists and not found.pages:
        return f"Nothing is kept of {name} to compare; crawl it first."
    if not found.lost and found.read:
        return f"Nothing to repair: {name} reads as before ({plural(found.read, 'link')} on its lists)."
    return f"No selector was found that reads the new pages of {name}; a person must look: newsbot sources try {name}."


def _as_json(found: Repair) -> dict[str, Any]:
    proposals = {"list": found.list_proposal, **found.fields}
    return {
        "lists": found.lists,
        "pages": found.pages,
        "links_now": found.read,
        "lost": dict(found.lost),
        "proposals": {
            name: {"selectors": each.selectors, "found": each.found, "of": each.of, "links": each.links}
            for name, each in proposals.items()
            if each is not None
        },
    }
