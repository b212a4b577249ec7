"""What can go wrong, each as one sentence that a user can act on."""

from __future__ import annotations


class NewsbotError(Exception):
    """Root of every error that newsbot raises on purpose.

    Subclasses keep their facts as attributes and say them in one sentence; the command
    line prints that sentence and exits with `exit_code`: 2 where only what was typed is wrong.
    """

    exit_code = 1


class ConfigError(NewsbotError):
    """A settings or sources file that cannot be used."""

    def __init__(self, path: object, problem: str) -> None:
        self.path = str(path)
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class UnknownSourceError(NewsbotError):
    """A source name that the catalogue does not have."""

    exit_code = 2

    def __init__(self, source: str, similar: tuple[str, ...] = ()) -> None:
        self.source = source
        self.similar = similar
        hint = f" Did you mean {' or '.join(similar)}?" if similar else ""
        super().__init__(f"There is no source named {source!r}.{hint} 'newsbot sources list' shows them all.")


class StoreError(NewsbotError):
    """A database that cannot be opened, read or written."""

    def __init__(self, path: object, problem: str) -> None:
        self.path = str(path)
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class ArchiveError(NewsbotError):
    """A WARC file that cannot be read where the database says a record lies."""

    def __init__(self, path: object, problem: str) -> None:
        self.path = str(path)
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class InputError(NewsbotError):
    """A file or argument that a person gave and that cannot be used."""


class FetchError(NewsbotError):
    """A page that could not be fetched."""

    def __init__(self, url: str, problem: str) -> None:
        self.url = url
        self.problem = problem
        super().__init__(f"{url}: {problem}")


class SourceBusyError(NewsbotError):
    """A source that another running crawl holds."""

    def __init__(self, source: str, run: int, pid: int) -> None:
        self.source = source
        self.run = run
        self.pid = pid
        super().__init__(
            f"Source {source!r} is being crawled by run {run} (process {pid}); try again when it ends."
        )


class FeedError(NewsbotError):
    """Bytes that should be a feed or a sitemap and cannot be read as one."""

    def __init__(self, url: str, problem: str) -> None:
        self.url = url
        self.problem = problem
        super().__init__(f"{url}: {problem}")
