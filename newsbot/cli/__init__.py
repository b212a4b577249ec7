"""The command line: `newsbot --help`."""

from __future__ import annotations

import os
import sys

from newsbot.cli.root import cli
from newsbot.errors import NewsbotError


def main() -> None:
    """Run the command line; every fault that newsbot knows is one sentence and a non-zero exit."""
    try:
        code = cli(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:  # noqa: BLE001 - what is not ours is raised again by _report
        sys.exit(_report(error))


def _report(error: Exception) -> int:
    import click

    if isinstance(error, click.Abort):
        click.echo("Stopped.", err=True)
        return 130
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, NewsbotError):
        click.echo(f"newsbot: {error}", err=True)
        return error.exit_code
    raise error


__all__ = ["cli", "main"]
