"""How a run went, told apart from its counts. Pure, so that each outcome can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RunOutcome(StrEnum):
    """How a run ended."""

    OK = "ok"
    LIMITED = "limited"
    PARTIAL = "partial"
    NOTHING_FOUND = "nothing found"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def good(self) -> bool:
        """Whether the run did what it was asked to."""
        return self in (RunOutcome.OK, RunOutcome.LIMITED)


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a spider notes while it walks.

    `found` counts links to articles of the source, `offsite` those that lead to other hosts, `asked` the
    articles newly asked for (not those looked at again) and `asked_failed` those of them that were refused or
    did not answer. `errors` are faults of ours. `problem` is the first thing that went wrong, in words.
    """

    found: int = 0
    offsite: int = 0
    asked: int = 0
    asked_failed: int = 0
    lists_failed: int = 0
    lists_unchanged: int = 0
    errors: int = 0
    limited: bool = False
    problem: str | None = None
    elsewhere: str | None = None

    def trouble(self, problem: str) -> None:
        """Keep the first problem."""
        self.problem = self.problem or problem


def decide_outcome(tally: Tally, reason: str, fault: str | None) -> tuple[RunOutcome, str | None]:
    """The outcome of a run and a detail for people.

    `reason` is Scrapy's for closing the spider, `fault` the storage fault that ended the run, if one did.
    """
    listed = tally.found + tally.lists_unchanged
    none_came = tally.asked > 0 and tally.asked_failed >= tally.asked
    verdicts: tuple[tuple[bool, RunOutcome, str | None], ...] = (
        (fault is not None, RunOutcome.FAILED, fault),
        (tally.errors > 0, RunOutcome.FAILED, tally.problem),
        (reason != "finished", RunOutcome.STOPPED, reason),
        (none_came, RunOutcome.UNREACHABLE, tally.problem),
        (tally.lists_failed > 0 and not listed, RunOutcome.UNREACHABLE, tally.problem),
        (not listed, RunOutcome.NOTHING_FOUND, _nothing(tally)),
        (tally.lists_failed > 0, RunOutcome.PARTIAL, tally.problem),
        (tally.limited, RunOutcome.LIMITED, tally.problem),
    )
    return next(
        ((outcome, detail) for holds, outcome, detail in verdicts if holds), (RunOutcome.OK, tally.problem)
    )


def _nothing(tally: Tally) -> str:
    if tally.offsite:
        return f"all {tally.offsite} links lead to other hosts, such as {tally.elsewhere}; add it to allowed_hosts"
    return "no links to articles"


def counts_of(stats: Mapping[str, object], prefix: str = "newsbot/") -> dict[str, int]:
    """The run's own counters out of Scrapy's statistics."""
    return {
        name.removeprefix(prefix): value
        for name, value in sorted(stats.items())
        if name.startswith(prefix) and isinstance(value, int)
    }
