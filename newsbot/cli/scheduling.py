"""The schedule on the command line: schedule run, show, print."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from newsbot.catalogue import load_catalogue
from newsbot.cli.common import Settings, clean, db_option, json_option, show_json, show_table, when
from newsbot.config import CONFIG_ENVIRONMENT, ENVIRONMENT, Config, load_config
from newsbot.jobs import read_plans
from newsbot.scheduling import Plan, in_words
from newsbot.units import Place, cron_line, systemd_unit

JOBS = click.IntRange(1, 64)


@click.group()
def schedule() -> None:
    """Crawl each source when something new is likely there.

    \b
    newsbot schedule run
    newsbot schedule show
    """


@schedule.command()
@click.option("--jobs", default=2, show_default=True, type=JOBS, help="Sources crawled at once at most.")
@click.option("--once", is_flag=True, help="Crawl what is due now, then end; the exit code is that of crawl.")
@db_option
@click.pass_obj
def run(settings: Settings, jobs: int, once: bool, db: Path | None) -> None:
    """Crawl what is due, each source in a process of its own, until told to stop.

    Ctrl-C or SIGTERM finishes the pages in hand. What was stopped or killed goes on when this is started again.

    \b
    newsbot schedule run --jobs 4
    """
    from newsbot.service import run_service

    if not run_service(settings.file, settings.use(db), jobs, once=once, say=_say):
        raise click.exceptions.Exit(1)


def _say(line: str) -> None:
    click.echo(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {clean(line)}")


@schedule.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@json_option
@db_option
@click.pass_obj
def show(settings: Settings, sources: tuple[str, ...], as_json: bool, db: Path | None) -> None:
    """Show when each enabled source, or those named, is due next, and why; the first first.

    \b
    newsbot schedule show
    newsbot schedule show ema-news --json
    """
    config = settings.use(db)
    catalogue = load_catalogue(config.sources_file)
    chosen = [catalogue.find(name) for name in dict.fromkeys(sources)] or catalogue.enabled()
    now = datetime.now(UTC)
    plans = read_plans(config.db, chosen, now)
    if as_json:
        show_json([_plan_json(plan, now) for plan in plans])
        return
    columns: list[tuple[str, dict[str, Any]]] = [
        ("source", {"overflow": "fold", "ratio": 2}),
        ("due", {"no_wrap": True}),
        ("pace", {"no_wrap": True}),
        ("why", {"overflow": "fold", "ratio": 3}),
    ]
    show_table(columns, ((plan.source, _due(plan, now), in_words(plan.pace), plan.reason) for plan in plans))


def _due(plan: Plan, now: datetime) -> str:
    if plan.running:
        return "running"
    return "now" if plan.is_due(now) else when(plan.due)


def _plan_json(plan: Plan, now: datetime) -> dict[str, Any]:
    shown = {"due": plan.due.isoformat(), "pace": int(plan.pace.total_seconds()), "is_due": plan.is_due(now)}
    return {**asdict(plan), **shown}


@schedule.command(name="print")
@click.option(
    "--systemd", "form", flag_value="systemd", default=True, help="A unit for systemd (the default)."
)
@click.option("--cron", "form", flag_value="cron", help="A line for crontab.")
@db_option
@click.pass_obj
def print_(settings: Settings, form: str, db: Path | None) -> None:
    """Print what starts the schedule with the machine, for the settings in force now.

    \b
    newsbot schedule print --systemd | sudo tee /etc/systemd/system/newsbot.service
    newsbot schedule print --cron
    """
    place = place_of(settings.use(db), settings.file)
    click.echo(cron_line(place) if form == "cron" else systemd_unit(place), nl=form == "cron")


def place_of(config: Config, file: Path | None) -> Place:
    """This installation, with the settings in force: what the settings file does not say comes from the environment."""
    from newsbot.service import PATIENCE, grace

    written = load_config(file, {})
    db, sources = config.db.absolute(), config.sources_file.absolute()
    folder = file.absolute().parent if file else db.parent
    environment = {CONFIG_ENVIRONMENT: str(file.absolute())} if file else {}
    for key, value in (("db", db), ("sources_file", sources), ("contact", config.contact)):
        told = getattr(written, key)
        if value and (file is None or value != (told.absolute() if isinstance(told, Path) else told)):
            environment[ENVIRONMENT[key]] = str(value)
    return Place(
        command=_command(),
        user=getpass.getuser(),
        folder=folder,
        environment=environment,
        writes=[db.parent],
        grace=int(grace(config) + PATIENCE),
    )


def _command() -> list[str]:
    """What starts newsbot, by its full path."""
    script = Path(sys.executable).parent / "newsbot"
    return [str(script)] if os.access(script, os.X_OK) else [sys.executable, "-P", "-m", "newsbot"]


COMMANDS: list[click.Command] = [schedule]
