"""The command line: `newsbot --help`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from newsbot.cli.root import PIPE_CLOSED, cli
from newsbot.errors import NewsbotError


def main() -> None:
    """Run the command line; every fault that newsbot knows is one sentence and a non-zero exit."""
    try:
        code = cli(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - what is not ours is raised again by _report
        code = _report(error)
    sys.exit(code if isinstance(code, int) else 0)


def _report(error: Exception) -> int:
    import click

    with suppress(OSError):  # standard error may be full, or gone
        if isinstance(error, click.Abort):
            click.echo("Stopped.", err=True)
        elif isinstance(error, click.ClickException):
            error.show()
        elif isinstance(error, NewsbotError):
            click.echo(f"newsbot: {error}", err=True)
        elif isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            what = error.filename or "what was to be printed cannot be written"
            click.echo(f"newsbot: {what}: {error.strerror or error}.", err=True)
    if isinstance(error, OSError):
        _let_go()
        return PIPE_CLOSED if isinstance(error, BrokenPipeError) else 1
    if isinstance(error, click.Abort):
        return 130
    if isinstance(error, click.ClickException | NewsbotError):
        return error.exit_code
    raise error


def _let_go() -> None:
    """Leave what still waits to be printed: writing it at the end would fail once more."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


__all__ = ["cli", "main"]
