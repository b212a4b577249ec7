"""The command that says how the sources are doing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from newsbot.catalogue import load_catalogue
from newsbot.cli.common import Settings, clean, db_option, json_option, plural, show_json, show_table
from newsbot.config import Config
from newsbot.errors import InputError
from newsbot.health import Health, Vitals, health_of, prometheus, sparkline
from newsbot.scheduling import in_words
from newsbot.store import Database
from newsbot.times import clock_from, stamp

COLUMNS: list[tuple[str, dict[str, Any]]] = [
    ("source", {"overflow": "fold", "ratio": 1}),
    ("state", {"no_wrap": True}),
    ("last run", {"no_wrap": True, "justify": "right"}),
    ("newest", {"no_wrap": True, "justify": "right"}),
    ("14 days", {"no_wrap": True}),
]


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--prometheus", "metrics", is_flag=True, help="Print it as metrics for Prometheus.")
@json_option
@db_option
@click.pass_obj
def health(settings: Settings, names: tuple[str, ...], metrics: bool, as_json: bool, db: Path | None) -> None:
    """How the sources are doing, and what to do; exits with 1 if one needs somebody.

    \b
    newsbot health
    newsbot health ema-news --json
    newsbot health --prometheus > /var/lib/node_exporter/newsbot.prom
    """
    if metrics and as_json:
        raise InputError("Print either --json or --prometheus.")
    now = clock_from(os.environ.get("NEWSBOT_NOW"))()
    found = look(settings.use(db), names, now)
    if metrics:
        click.echo(prometheus(found), nl=False)
    elif as_json:
        show_json([_as_json(each) for each in found])
    else:
        _show(found, now)
    if any(each.state.needs_somebody for each in found):
        raise click.exceptions.Exit(1)


def look(config: Config, names: Sequence[str], now: datetime) -> list[Health]:
    """How these sources do, or all that are enabled; those that need somebody first. Raises UnknownSourceError."""
    catalogue = load_catalogue(config.sources_file)
    sources = [catalogue.find(name) for name in names] or list(catalogue.enabled())
    vitals: dict[str, Vitals] = {}
    if config.db.is_file():
        with Database(config.db) as database:
            vitals = database.vitals([source.name for source in sources], now)
    found = [health_of(source, vitals.get(source.name, Vitals()), now) for source in sources]
    return sorted(found, key=lambda each: (not each.state.needs_somebody, each.last_run is None, each.source))


def _show(found: Sequence[Health], now: datetime) -> None:
    show_table(COLUMNS, [_row(each, now) for each in found])
    for each in found:
        if each.why:
            click.echo(f"\n{each.source}: {clean(each.why)}", err=True)
        if each.remedy:
            click.echo(f"  -> {each.remedy}", err=True)
    wrong = sum(each.state.needs_somebody for each in found)
    said = "needs somebody" if wrong == 1 else "need somebody"
    click.echo(f"\n{plural(len(found), 'source')}, {wrong or 'none'} {said}.", err=True)


def _row(each: Health, now: datetime) -> tuple[str, ...]:
    return (
        each.source,
        each.state if each.why is None or each.outcome is None else _word(each),
        _ago(each.last_run, now),
        _ago(each.newest, now),
        sparkline(each.new),
    )


def _word(each: Health) -> str:
    """The state; of a failing source what its runs say."""
    return str(each.outcome) if each.failures else str(each.state)


def _ago(when: datetime | None, now: datetime) -> str:
    return f"{in_words(max(now - when, now - now))} ago" if when else "–"


def _as_json(each: Health) -> dict[str, Any]:
    times = {
        "last_run": each.last_run,
        "last_good_run": each.last_good,
        "newest": each.newest,
        "due": each.plan.due,
    }
    return {
        "source": each.source,
        "state": each.state,
        "needs_somebody": each.state.needs_somebody,
        "outcome": each.outcome,
        "why": each.why,
        "remedy": each.remedy,
        "failures": each.failures,
        **{name: stamp(when) if when else None for name, when in times.items()},
        "schedule": each.plan.reason,
        "articles": each.articles,
        "new_by_day": list(each.new),
        "counts": dict(each.counts),
    }


COMMANDS: list[click.Command] = [health]
