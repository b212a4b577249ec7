"""The group that all commands belong to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from newsbot import __version__
from newsbot.cli import (
    adding,
    asking,
    caring,
    catalogue,
    collecting,
    exporting,
    health,
    repairing,
    scheduling,
    sourcing,
    stories,
    watching,
)
from newsbot.cli.common import Settings

FILE = click.Path(path_type=Path, dir_okay=False)


PIPE_CLOSED = 141
"""The exit code when whoever reads what is printed has had enough: the shell's for a program that the signal ends."""


class InOrder(click.Group):
    """A group whose help lists commands as they were added: what one does first comes first."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; where its reader goes away, it ends without a word."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(PIPE_CLOSED) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", type=FILE, help="The database; else NEWSBOT_DB or the settings.")
@click.option(
    "--config",
    "config_file",
    type=FILE,
    help="The settings file; else newsbot.toml here or in your config folder.",
)
@click.version_option(__version__, prog_name="newsbot")
@click.pass_context
def cli(context: click.Context, db: Path | None, config_file: Path | None) -> None:
    """Pharma news as clean, dated, deduplicated records in one SQLite database.

    \b
    newsbot crawl ema-news who-news     collect
    newsbot latest --since 7d           what is new
    newsbot search "stem cell" 干细胞    find
    newsbot show 17                     read
    """
    context.obj = Settings(config_file, db)


assert {adding.add, catalogue.check, repairing.repair} <= {
    *sourcing.sources.commands.values()
}  # they add theirs to that group
for module in (collecting, asking, stories, exporting, watching, scheduling, sourcing, health, caring):
    for command in module.COMMANDS:
        cli.add_command(command)
