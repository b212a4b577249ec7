"""Starting the worker in processes of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def worker(task: str, database: Path, argument: object) -> Iterator[subprocess.Popen[str]]:
    """A running worker, killed at the end if it still runs."""
    command = [sys.executable, "-m", "tests.store.worker", task, str(database), str(argument)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    """What the worker says first."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for a worker that must end well."""
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
