"""The command export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from newsbot.cli.common import Settings, clean, db_option, filter_options, opened_about, plural, query_from
from newsbot.errors import InputError
from newsbot.export import FORMATS, STREAMS, export_to, stream


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="A file (a folder for md-folder); else standard output.",
)
@click.option("--query", "text", help="Only what this finds; see 'newsbot search --help'.")
@filter_options
@db_option
@click.pass_obj
def export(
    settings: Settings, /, form: str, output: Path | None, text: str | None, db: Path | None, **filters: Any
) -> None:
    """Write articles for other programs, oldest first, one for each story unless --copies.

    \b
    newsbot export --format csv --since 30d -o month.csv
    newsbot export --format atom --query '"gene therapy" source:ema-news' > gene.xml
    newsbot export --format md-folder -o notes
    newsbot export --format parquet -o all.parquet --copies
    """
    if output is None and form not in STREAMS:
        raise click.UsageError(f"{form} is not for standard output: name where it goes with -o.")
    if text is not None and not text.strip():
        raise click.BadParameter("it is empty; leave it out for all articles.", param_hint="'--query'")
    query = query_from(text or "", **filters)
    for note in query.notes:
        click.echo(f"note: {clean(note)}", err=True)
    about = _about(text, **filters)
    with opened_about(settings.use(db), filters["source"]) as database:
        articles = database.every(query)
        if output is not None:
            count = export_to(form, articles, output, about)
        else:
            _require_text()
            count = stream(form, about)(articles, sys.stdout)
    click.echo(f"{plural(count, 'article')} written.", err=True)


def _about(text: str | None, *, source: str | None, lang: str | None, copies: bool, **_times: object) -> str:
    """What a feed is about, as one would search for it; the feed of one week and that of the next are one feed."""
    asked = (text, source and f"source:{source}", lang and f"lang:{lang}", copies and "copies:all")
    return " ".join(part for part in asked if part)


def _require_text() -> None:
    """Text in UTF-8 whatever the terminal's locale. Raises InputError where there is no standard output."""
    if sys.stdout is None:
        raise InputError("There is no standard output; name a file with --output.")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace", newline="")


COMMANDS: list[click.Command] = [export]
