"""Commands about the schedule: run, show, print."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from newsbot.catalogue import load_catalogue
from newsbot.cli.common import Settings, db_option, json_option, show_json, show_table
from newsbot.config import Config, find_config_file
from newsbot.errors import InputError
from newsbot.scheduler import Files, keep_schedule, plans_of, read_pulses
from newsbot.scheduling import Plan, told
from newsbot.times import clock_from, stamp

COLUMNS: list[tuple[str, dict[str, Any]]] = [
    ("source", {"overflow": "fold", "ratio": 2}),
    ("due", {"no_wrap": True}),
    ("why", {"overflow": "fold", "ratio": 4}),
]

SERVICE = """\
# {target}
# systemctl --user enable --now newsbot.service
[Unit]
Description=newsbot crawls what is due
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
WorkingDirectory={folder}
{environment}ExecStart={command} schedule run
Restart=on-failure
RestartSec=30
KillMode=mixed
TimeoutStopSec=120
Nice=10
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=full

[Install]
WantedBy=default.target
"""

CRON = """\
# {target}
# Every ten minutes, what is due. A crawl that is still running is not started twice.
PATH={path}
{environment}*/10 * * * * cd {folder} && {command} crawl --due 2>&1 | logger -t newsbot
"""


@click.group()
def schedule() -> None:
    """Crawl each source at its own pace.

    \b
    newsbot schedule run                 a service that crawls what is due
    newsbot schedule show                when each source is due, and why
    newsbot schedule print --systemd     a unit for it; or --cron
    """


@schedule.command()
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 64), help="Crawls at once.")
@db_option
@click.pass_obj
def run(settings: Settings, jobs: int, db: Path | None) -> None:
    """Crawl what is due, until SIGTERM or Ctrl-C; then the pages in hand are finished.

    \b
    newsbot schedule run --jobs 4
    """
    config = settings.use(db)

    def say(line: str) -> None:
        click.echo(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {line}", err=True)

    files = Files(config, settings.config_file, say)
    enabled = files.catalogue.enabled()
    if not enabled:
        raise InputError("No source is enabled; see 'newsbot sources list --all'.")
    say(f"keeps the schedule of {len(enabled)} sources in {config.db}")
    now = clock_from(os.environ.get("NEWSBOT_NOW"))
    asyncio.run(keep_schedule(files, settings.command(config), jobs, say, now))
    say("stopped")


@schedule.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@json_option
@db_option
@click.pass_obj
def show(settings: Settings, names: tuple[str, ...], as_json: bool, db: Path | None) -> None:
    """When each source is due, and why then.

    \b
    newsbot schedule show ema-news
    """
    config = settings.use(db)
    catalogue = load_catalogue(config.sources_file)
    sources = [catalogue.find(name) for name in names] or list(catalogue.enabled())
    now = clock_from(os.environ.get("NEWSBOT_NOW"))()
    plans = plans_of(sources, read_pulses(config.db, now), now)
    if as_json:
        show_json([_as_json(each) for each in plans])
        return
    show_table(COLUMNS, [(each.source, due_in_words(each, now), each.why) for each in plans])


def due_in_words(each: Plan, now: datetime) -> str:
    """When a source is due, for people."""
    if each.running:
        return "running"
    return "now" if each.due <= now else f"in {told(each.due - now)}"


def _as_json(each: Plan) -> dict[str, Any]:
    return {
        "source": each.source,
        "due": stamp(each.due) if each.due.year > 1 else None,
        "running": each.running,
        "pace_seconds": round(each.pace.total_seconds()),
        "why": each.why,
    }


@schedule.command(name="print")
@click.option("--systemd", "kind", flag_value="systemd", help="A unit for 'newsbot schedule run'.")
@click.option("--cron", "kind", flag_value="cron", help="A line for 'newsbot crawl --due'.")
@click.pass_obj
def print_(settings: Settings, kind: str | None) -> None:
    """Print a systemd unit or a crontab for these settings.

    \b
    newsbot schedule print --systemd > ~/.config/systemd/user/newsbot.service
    newsbot schedule print --cron | crontab -
    """
    if kind is None:
        raise InputError("Which one? Write --systemd or --cron.")
    click.echo(unit_for(settings.config, settings.config_file, kind), nl=False)


def unit_for(config: Config, config_file: Path | None, kind: str) -> str:
    """The unit or crontab that runs this newsbot with these settings."""
    file = config_file or find_config_file(os.environ, Path.cwd())
    given = {
        "NEWSBOT_CONFIG": str(file.absolute()) if file else None,
        "NEWSBOT_DB": str(config.db.absolute()),
        "NEWSBOT_SOURCES": str(config.sources_file.absolute()),
        "NEWSBOT_CONTACT": config.contact,
    }
    values = {name: value for name, value in given.items() if value}
    installed = shutil.which("newsbot")
    command = [installed] if installed else [sys.executable, "-m", "newsbot"]
    if kind == "cron":
        return CRON.format(
            target="for crontab(1)",
            path=os.environ.get("PATH", "/usr/local/bin:/usr/bin:/bin"),
            environment="".join(f"{name}={value}\n" for name, value in values.items()),
            folder=_cron(str(Path.cwd())),
            command=" ".join(_cron(part) for part in command),
        )
    return SERVICE.format(
        target="~/.config/systemd/user/newsbot.service",
        folder=_unit(str(Path.cwd())),
        environment="".join(f'Environment="{name}={_unit(value)}"\n' for name, value in values.items()),
        command=" ".join(f'"{_unit(part)}"' for part in command),
    )


def _unit(text: str) -> str:
    """A text as it stands in a unit file, where % and quotes mean something."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _cron(text: str) -> str:
    """A word of a command in a crontab, where % ends a line."""
    return shlex.quote(text).replace("%", "\\%")


COMMANDS: list[click.Command] = [schedule]
