"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A new empty file beside this one, to be written; it takes the place of `file` when the block ends well.

    With any fault, Ctrl-C too, it is gone and `file` as it was. Raises OSError where files cannot be made.
    """
    part = file.with_name(f".newsbot-{token_hex(8)}.part")
    try:
        part.open("xb").close()
        yield part
        _keep_mode(file, part)
        os.replace(part, file)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


@contextmanager
def writing(target: Path) -> Iterator[Path]:
    """What to write to for a file that a user named: it is there whole and on disk at the end, or as it was.

    A device or a pipe is written to as it is, and what a link leads to is replaced, not the link. Raises OSError.
    """
    if target.exists() and not target.is_file():
        yield target
        return
    with replacing(Path(os.path.realpath(target))) as part:
        yield part
        save(part)


def _keep_mode(file: Path, part: Path) -> None:
    """Let the new file be readable by whom the old one was."""
    if file.is_file() and not file.is_symlink():
        shutil.copymode(file, part)


def save(file: Path) -> None:
    """Have the system put a file on disk now: a power cut after it is renamed must not leave it empty."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())
