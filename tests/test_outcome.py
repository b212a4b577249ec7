"""How a run went, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsbot.outcome import RunEnd, RunOutcome, counts_of, decide_outcome

GOOD = RunEnd(
    reason="finished",
    found=10,
    pages_failed=0,
    lists_failed=0,
    lists_unchanged=0,
    limited=False,
    fault=None,
    problem=None,
)


@pytest.mark.parametrize(
    ("changes", "outcome", "detail"),
    [
        ({}, RunOutcome.OK, None),
        ({"pages_failed": 3, "problem": "a: timeout"}, RunOutcome.OK, "a: timeout"),
        ({"limited": True}, RunOutcome.LIMITED, None),
        ({"fault": "disk full", "reason": "store failed"}, RunOutcome.FAILED, "disk full"),
        ({"reason": "shutdown"}, RunOutcome.STOPPED, "shutdown"),
        ({"found": 0}, RunOutcome.NOTHING_FOUND, "no links to articles"),
        ({"found": 0, "lists_unchanged": 1}, RunOutcome.OK, None),
        ({"found": 0, "lists_failed": 1, "problem": "HTTP 500"}, RunOutcome.UNREACHABLE, "HTTP 500"),
        ({"found": 5, "lists_failed": 1, "problem": "HTTP 500"}, RunOutcome.OK, "HTTP 500"),
        ({"found": 1, "pages_failed": 1, "problem": "refused"}, RunOutcome.UNREACHABLE, "refused"),
        ({"found": 0, "limited": True}, RunOutcome.NOTHING_FOUND, "no links to articles"),
    ],
)
def test_outcome(changes: dict[str, object], outcome: RunOutcome, detail: str | None) -> None:
    end = replace(GOOD, **changes)  # type: ignore[arg-type]  # fields by name
    assert decide_outcome(end) == (outcome, detail)


def test_only_two_outcomes_are_good() -> None:
    assert [outcome for outcome in RunOutcome if outcome.good] == [RunOutcome.OK, RunOutcome.LIMITED]


def test_own_counts() -> None:
    stats = {"newsbot/new": 2, "newsbot/x": "text", "item_scraped_count": 9, "newsbot/copy": 1}
    assert counts_of(stats) == {"copy": 1, "new": 2}
