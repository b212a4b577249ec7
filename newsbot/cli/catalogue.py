"""Commands that look at the catalogue itself: sources show, sources check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from newsbot.catalogue import Source, check_file, load_catalogue, source_text
from newsbot.cli.common import Settings, clean, json_option, plural, show_json
from newsbot.cli.sourcing import plain, sources
from newsbot.scheduling import in_words


@sources.command()
@click.argument("name")
@json_option
@click.pass_obj
def show(settings: Settings, name: str, as_json: bool) -> None:
    """All that is known of a source, as it would stand in your own sources file.

    \b
    newsbot sources show ema-news
    """
    config = settings.config
    source = load_catalogue(config.sources_file).find(name)
    if as_json:
        show_json(plain(source))
        return
    click.echo(clean(source_text(source)), nl=False)
    click.echo("")
    for line in follows(source, config.delay):
        click.echo(f"# {clean(line)}")


def follows(source: Source, delay: float) -> list[str]:
    """What follows from a source's fields, in words."""
    pace = source.delay if source.delay is not None else delay
    often = f"every {in_words(source.interval)}" if source.interval else "as often as it publishes"
    return [
        f"{'enabled' if source.enabled else 'disabled'}; may fetch {', '.join(source.allowed_hosts)} and hosts below",
        f"one request at a time, {pace:g} s or more between two; times without a zone are in {source.zone}",
        f"the schedule comes {often}" + (f", not from {source.quiet}" if source.quiet else ""),
    ]


@sources.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@json_option
@click.pass_obj
def check(settings: Settings, file: Path | None, as_json: bool) -> None:
    """All that is wrong with your sources file, or with FILE, by line; exits with 1 if anything is.

    \b
    newsbot sources check
    """
    path = file or settings.config.sources_file
    errors = check_file(path) if file or path.is_file() else []
    if as_json:
        show_json([_as_json(error.path, error.problem) for error in errors])
    elif errors:
        for error in errors:
            click.echo(clean(str(error)))
        click.echo(f"{plural(len(errors), 'error')}.", err=True)
    else:
        catalogue = load_catalogue(path)
        click.echo(f"{plural(len(catalogue), 'source')}, {len(catalogue.enabled())} enabled: no errors.")
    if errors:
        raise click.exceptions.Exit(1)


def _as_json(place: str, problem: str) -> dict[str, Any]:
    path, _, line = place.rpartition(":")
    found = line.isdigit()
    return {"file": path if found else place, "line": int(line) if found else None, "problem": problem}
