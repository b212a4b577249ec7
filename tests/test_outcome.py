"""How a run went, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from newsbot.outcome import RunOutcome, Tally, Trouble, counts_of, decide_outcome, trouble_of

GOOD = Tally(found=10, asked=10)
COUNTS = {
    "new": 10,
    "judged": 10,
    "read": 10,
    "dated": 10,
    "authored": 5,
    "chars": 20_000,
    "found": 10,
    "declared": 10,
    "selected": 10,
}
PAST = [{**COUNTS, "found": 12}] * 4


def tally_of(**changes: Any) -> Tally:
    return replace(GOOD, list_troubles=Counter(), page_troubles=Counter(), **changes)


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
    counts = {} if changes.get("asked_failed") == 10 else COUNTS
    assert decide_outcome(tally_of(**changes), counts, (), reason, fault) == (outcome, detail)


def outcome_of(
    tally: Tally,
    counts: Mapping[str, int] = COUNTS,
    past: Sequence[Mapping[str, int]] = PAST,
    reason: str = "finished",
) -> RunOutcome:
    return decide_outcome(tally, counts, past, reason, None)[0]


def test_a_run_that_brings_nothing_new_is_told_from_one_that_fails() -> None:
    assert outcome_of(tally_of(asked=0), {"found": 10, "same": 3}) is RunOutcome.QUIET
    assert outcome_of(tally_of(asked=0, found=0, lists_unchanged=1), {}) is RunOutcome.QUIET


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (Trouble.BLOCKED, RunOutcome.BLOCKED),
        (Trouble.ROBOTS, RunOutcome.ROBOTS),
        (Trouble.UNREACHABLE, RunOutcome.UNREACHABLE),
        (Trouble.BROKEN, RunOutcome.UNREACHABLE),
        (Trouble.UNREADABLE, RunOutcome.LAYOUT),
    ],
)
def test_a_list_that_fails_says_how(trouble: Trouble, outcome: RunOutcome) -> None:
    tally = tally_of(found=0, asked=0, lists_failed=1)
    tally.list_troubles[trouble] += 1
    assert outcome_of(tally, {}) is outcome


def test_articles_that_all_fail_say_how() -> None:
    tally = tally_of(asked_failed=10)
    tally.page_troubles.update({Trouble.ROBOTS: 7, Trouble.BROKEN: 3})
    assert outcome_of(tally, {"found": 10}) is RunOutcome.ROBOTS


def test_half_of_the_articles_refused_is_blocked() -> None:
    tally = tally_of(asked_failed=3)
    tally.page_troubles[Trouble.BLOCKED] = 3
    assert outcome_of(tally, {"read": 4, "new": 4, "rejected: block page": 1}) is not RunOutcome.BLOCKED
    assert outcome_of(tally, {"read": 4, "new": 4, "rejected: block page": 2}) is RunOutcome.BLOCKED


def test_one_dead_or_refused_page_in_a_known_list_is_no_failure() -> None:
    tally = tally_of(asked=1, asked_failed=1, problem="HTTP 404")
    tally.page_troubles[Trouble.BROKEN] = 1
    assert outcome_of(tally, {"found": 10}) is RunOutcome.QUIET
    refused = {"found": 10, "not modified": 9, "rejected: block page": 1}
    assert outcome_of(tally_of(asked=1), refused) is RunOutcome.QUIET


def test_a_site_that_asks_for_much_patience_is_blocked() -> None:
    assert outcome_of(tally_of(), reason="asked to wait") is RunOutcome.BLOCKED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"read": 0, "judged": 6}, "only 0 of 6 pages are articles, where 100 % did"),
        ({"dated": 1}, "only 1 of 10 pages have a date, where 100 % did"),
        ({"selected": 0}, "only 0 of 10 pages have what the source's selectors point at, where 100 % did"),
        ({"chars": 2_000}, "bodies have 200 characters in the mean, where they had 2000"),
    ],
)
def test_pages_that_fall_short_of_their_past_are_a_new_layout(changes: dict[str, int], said: str) -> None:
    counts = {**COUNTS, **changes}
    assert decide_outcome(tally_of(), counts, PAST, "finished", None) == (RunOutcome.LAYOUT, said)
    assert decide_outcome(tally_of(), counts, (), "finished", None)[0] is RunOutcome.OK


def test_what_was_never_there_is_not_missed() -> None:
    undated = [{**COUNTS, "dated": 1}] * 4
    assert outcome_of(tally_of(), {**COUNTS, "dated": 0}, undated) is RunOutcome.OK


def test_few_pages_are_judged_with_those_before_them() -> None:
    one = {"new": 1, "found": 10, "judged": 1, "read": 1, "chars": 2_000, "dated": 0}
    assert outcome_of(tally_of(asked=1), one, PAST) is RunOutcome.OK
    assert outcome_of(tally_of(asked=1), one, [*PAST, one, one, one]) is RunOutcome.LAYOUT


def test_a_list_that_had_links_and_has_none_was_rebuilt() -> None:
    outcome, detail = decide_outcome(tally_of(found=0, asked=0), {}, PAST, "finished", None)
    assert outcome is RunOutcome.LAYOUT
    assert detail == "no links to articles, where there were 12"


@pytest.mark.parametrize(
    ("status", "url", "headers", "trouble"),
    [
        (200, "https://a.test/news/", {}, None),
        (304, "https://a.test/news/", {}, None),
        (403, "https://a.test/news/", {}, Trouble.BLOCKED),
        (429, "https://a.test/news/", {}, Trouble.BLOCKED),
        (503, "https://a.test/news/", {}, Trouble.BROKEN),
        (503, "https://a.test/news/", {"cf-mitigated": "challenge"}, Trouble.BLOCKED),
        (200, "https://a.test/news/", {"cf-mitigated": "no"}, None),
        (202, "https://a.test/list", {"content-type": "text/html"}, Trouble.BLOCKED),
        (200, "https://a.test/apology_objects/abuse-detection-apology.html", {}, Trouble.BLOCKED),
        (404, "https://a.test/news/", {}, Trouble.BROKEN),
    ],
)
def test_what_the_head_of_an_answer_tells(
    status: int, url: str, headers: dict[str, str], trouble: Trouble | None
) -> None:
    assert trouble_of(status, url, headers) is trouble


def test_links_that_all_lead_elsewhere_are_named() -> None:
    tally = Tally(offsite=3, elsewhere="cdn.test")
    outcome, detail = decide_outcome(tally, {}, (), "finished", None)
    assert outcome is RunOutcome.NOTHING_FOUND
    assert detail is not None
    assert "all 3 links lead to other hosts, such as cdn.test" in detail


def test_three_outcomes_are_good() -> None:
    good = [outcome for outcome in RunOutcome if outcome.good]
    assert good == [RunOutcome.OK, RunOutcome.QUIET, RunOutcome.LIMITED]


def test_own_counts() -> None:
    stats = {"newsbot/new": 2, "newsbot/x": "text", "item_scraped_count": 9, "newsbot/copy": 1}
    assert counts_of(stats) == {"copy": 1, "new": 2}
