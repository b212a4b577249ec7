"""How a run went, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsbot.outcome import RunOutcome, Tally, counts_of, decide_outcome

GOOD = Tally(found=10, asked=10)


@pytest.mark.parametrize(
    ("changes", "reason", "fault", "outcome", "detail"),
    [
        ({}, "finished", None, RunOutcome.OK, None),
        ({"asked_failed": 3, "problem": "a: timeout"}, "finished", None, RunOutcome.OK, "a: timeout"),
        ({"limited": True}, "finished", None, RunOutcome.LIMITED, None),
        ({}, "store failed", "disk full", RunOutcome.FAILED, "disk full"),
        ({"errors": 1, "problem": "KeyError: 'url'"}, "finished", None, RunOutcome.FAILED, "KeyError: 'url'"),
        ({}, "shutdown", None, RunOutcome.STOPPED, "shutdown"),
        ({"found": 0, "asked": 0}, "finished", None, RunOutcome.NOTHING_FOUND, "no links to articles"),
        ({"found": 0, "asked": 0, "lists_unchanged": 1}, "finished", None, RunOutcome.OK, None),
        (
            {"found": 0, "asked": 0, "lists_failed": 1, "problem": "HTTP 500"},
            "finished",
            None,
            RunOutcome.UNREACHABLE,
            "HTTP 500",
        ),
        ({"lists_failed": 1, "problem": "HTTP 500"}, "finished", None, RunOutcome.PARTIAL, "HTTP 500"),
        ({"asked_failed": 10, "problem": "refused"}, "finished", None, RunOutcome.UNREACHABLE, "refused"),
        ({"asked": 0, "problem": "a recheck failed"}, "finished", None, RunOutcome.OK, "a recheck failed"),
    ],
)
def test_outcome(
    changes: dict[str, object], reason: str, fault: str | None, outcome: RunOutcome, detail: str | None
) -> None:
    tally = replace(GOOD, **changes)  # type: ignore[arg-type]  # fields by name
    assert decide_outcome(tally, reason, fault) == (outcome, detail)


def test_links_that_all_lead_elsewhere_are_named() -> None:
    tally = Tally(offsite=3, elsewhere="cdn.test")
    outcome, detail = decide_outcome(tally, "finished", None)
    assert outcome is RunOutcome.NOTHING_FOUND
    assert detail is not None
    assert "all 3 links lead to other hosts, such as cdn.test" in detail


def test_only_two_outcomes_are_good() -> None:
    assert [outcome for outcome in RunOutcome if outcome.good] == [RunOutcome.OK, RunOutcome.LIMITED]


def test_own_counts() -> None:
    stats = {"newsbot/new": 2, "newsbot/x": "text", "item_scraped_count": 9, "newsbot/copy": 1}
    assert counts_of(stats) == {"copy": 1, "new": 2}
