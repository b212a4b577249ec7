"""How a run went, told apart from its counts. Pure, so that each outcome can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RunOutcome(StrEnum):
    """How a run ended."""

    OK = "ok"
    LIMITED = "limited"
    NOTHING_FOUND = "nothing found"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def good(self) -> bool:
        """Whether the run did what it was asked to."""
        return self in (RunOutcome.OK, RunOutcome.LIMITED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnd:
    """What is known when a run ends. `found` counts links to articles and the articles asked for by address."""

    reason: str
    found: int
    pages_failed: int
    lists_failed: int
    lists_unchanged: int
    limited: bool
    fault: str | None
    problem: str | None


def decide_outcome(end: RunEnd) -> tuple[RunOutcome, str | None]:
    """The outcome and a detail for people."""
    if end.fault:
        return RunOutcome.FAILED, end.fault
    if end.reason != "finished":
        return RunOutcome.STOPPED, end.reason
    listed = end.found + end.lists_unchanged
    none_came = end.found > 0 and end.pages_failed >= end.found
    if none_came or (end.lists_failed and not listed):
        return RunOutcome.UNREACHABLE, end.problem
    if not listed:
        return RunOutcome.NOTHING_FOUND, "no links to articles"
    if end.limited:
        return RunOutcome.LIMITED, None
    return RunOutcome.OK, end.problem


def counts_of(stats: Mapping[str, object], prefix: str = "newsbot/") -> dict[str, int]:
    """The run's own counters out of Scrapy's statistics."""
    return {
        name.removeprefix(prefix): value
        for name, value in sorted(stats.items())
        if name.startswith(prefix) and isinstance(value, int)
    }
