"""How a run went, told apart from its counts and from what the source's earlier runs were like. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from newsbot.baseline import Counts, what_fell
from newsbot.model import Rejection


class RunOutcome(StrEnum):
    """How a run ended."""

    OK = "ok"
    QUIET = "nothing published"
    LIMITED = "limited"
    PARTIAL = "partial"
    NOTHING_FOUND = "nothing found"
    LAYOUT = "layout changed"
    BLOCKED = "blocked"
    ROBOTS = "robots"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def good(self) -> bool:
        """Whether the run did what it was asked to."""
        return self in (RunOutcome.OK, RunOutcome.QUIET, RunOutcome.LIMITED)

    @property
    def complete(self) -> bool:
        """Whether everything that was found was asked for."""
        return self in (RunOutcome.OK, RunOutcome.QUIET)


class Trouble(StrEnum):
    """Why a page did not come."""

    BLOCKED = "blocked"
    ROBOTS = "robots"
    UNREACHABLE = "unreachable"
    BROKEN = "broken"
    """It answers with an error: 404, 500."""
    UNREADABLE = "unreadable"
    """It answers, with something else than what is expected there."""


BLOCKING = frozenset((401, 403, 406, 412, 429, 451))
"""Statuses by which sites refuse robots; NMPA answers 412 with a script."""

CHALLENGE_HEADERS = (("cf-mitigated", "challenge"), ("x-amzn-waf-action", ""), ("x-datadome", ""))
"""Headers that only challenges carry: Cloudflare, AWS WAF, DataDome."""

APOLOGY = ("apology", "abuse-detection", "captcha", "/sorry/", "_incapsula_resource", "/distil_r_")
"""Parts of the addresses that refused robots are redirected to; fda.gov has one with "apology"."""


def trouble_of(status: int, url: str, headers: Mapping[str, str]) -> Trouble | None:
    """What is wrong with an answer as far as its head tells; None if nothing is.

    >>> trouble_of(412, "https://www.nmpa.gov.cn/", {}), trouble_of(404, "https://example.com/", {})
    (<Trouble.BLOCKED: 'blocked'>, <Trouble.BROKEN: 'broken'>)
    """
    challenged = any(name in headers and value in headers[name].lower() for name, value in CHALLENGE_HEADERS)
    scripted = status == 202 and "html" in headers.get("content-type", "html")
    if status in BLOCKING or challenged or scripted or any(sign in url.lower() for sign in APOLOGY):
        return Trouble.BLOCKED
    return Trouble.BROKEN if status >= 400 else None


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
    list_troubles: Counter[Trouble] = field(default_factory=Counter)
    page_troubles: Counter[Trouble] = field(default_factory=Counter)
    errors: int = 0
    limited: bool = False
    problem: str | None = None
    elsewhere: str | None = None

    def trouble(self, problem: str) -> None:
        """Keep the first problem."""
        self.problem = self.problem or problem


WAIT = "asked to wait"
"""Scrapy's reason for a run that ended because the site asked for more patience than a run has."""

FEW = 3
FINISHED = ("finished", WAIT)
BLOCK_PAGES = f"rejected: {Rejection.BLOCK_PAGE}"

AS_OUTCOME = {
    Trouble.BLOCKED: RunOutcome.BLOCKED,
    Trouble.ROBOTS: RunOutcome.ROBOTS,
    Trouble.UNREACHABLE: RunOutcome.UNREACHABLE,
    Trouble.BROKEN: RunOutcome.UNREACHABLE,
}


def decide_outcome(
    tally: Tally, counts: Counts, past: Sequence[Counts], reason: str, fault: str | None
) -> tuple[RunOutcome, str | None]:
    """The outcome of a run and a detail for people.

    `counts` are the run's own (`counts_of`), `past` those of the source's earlier runs, the newest last.
    `reason` is Scrapy's for closing the spider, `fault` the storage fault that ended the run, if one did.
    """
    listed = tally.found + tally.lists_unchanged
    fell = what_fell(counts, past) if listed else None
    verdicts: tuple[tuple[bool, RunOutcome, str | None], ...] = (
        (fault is not None, RunOutcome.FAILED, fault),
        (tally.errors > 0, RunOutcome.FAILED, tally.problem),
        (reason not in FINISHED, RunOutcome.STOPPED, reason),
        (
            reason == WAIT or _is_blocked(tally, counts),
            RunOutcome.BLOCKED,
            tally.problem or _apologies(counts),
        ),
        (_none_came(tally, counts), _worst(tally.page_troubles), tally.problem),
        (tally.lists_failed > 0 and not listed, _list_outcome(tally, past), tally.problem),
        (not listed, _without_links(tally, past), _nothing(tally, past)),
        (fell is not None, RunOutcome.LAYOUT, fell),
        (tally.lists_failed > 0, RunOutcome.PARTIAL, tally.problem),
        (tally.limited, RunOutcome.LIMITED, tally.problem),
        (not _published(counts), RunOutcome.QUIET, tally.problem),
    )
    return next(
        ((outcome, detail) for holds, outcome, detail in verdicts if holds), (RunOutcome.OK, tally.problem)
    )


def _published(counts: Counts) -> int:
    return sum(counts.get(name, 0) for name in ("new", "changed", "copy"))


def _answered(counts: Counts) -> int:
    return counts.get("read", 0) + counts.get("not modified", 0)


def _none_came(tally: Tally, counts: Counts) -> bool:
    """Whether all articles failed: more than the odd dead link in a list of known ones."""
    many = tally.asked >= FEW or tally.asked >= tally.found
    return 0 < tally.asked <= tally.asked_failed and many and not _answered(counts)


def _is_blocked(tally: Tally, counts: Counts) -> bool:
    """Whether at least half of the articles asked for, and most answers, were refusals or pages that say so."""
    refused = tally.page_troubles[Trouble.BLOCKED] + counts.get(BLOCK_PAGES, 0)
    return tally.asked > 0 and 2 * refused >= tally.asked and refused > _answered(counts)


def _apologies(counts: Counts) -> str | None:
    pages = counts.get(BLOCK_PAGES, 0)
    return f"{pages} pages say that robots are not let in" if pages else None


def _worst(troubles: Mapping[Trouble, int]) -> RunOutcome:
    """The outcome for the most frequent trouble."""
    most = max(troubles, key=lambda each: troubles[each], default=Trouble.UNREACHABLE)
    return AS_OUTCOME.get(most, RunOutcome.UNREACHABLE)


def _list_outcome(tally: Tally, past: Sequence[Counts]) -> RunOutcome:
    if set(tally.list_troubles) == {Trouble.UNREADABLE}:
        return _without_links(tally, past)
    return _worst({each: count for each, count in tally.list_troubles.items() if each in AS_OUTCOME})


def _without_links(tally: Tally, past: Sequence[Counts]) -> RunOutcome:
    """A list that had links before and has none now was rebuilt; one that never had any is no list."""
    had_links = any(counts.get("found", 0) for counts in past)
    return RunOutcome.LAYOUT if had_links and not tally.offsite else RunOutcome.NOTHING_FOUND


def _nothing(tally: Tally, past: Sequence[Counts]) -> str:
    if tally.offsite:
        return f"all {tally.offsite} links lead to other hosts, such as {tally.elsewhere}; add it to allowed_hosts"
    usual = next((counts["found"] for counts in reversed(past) if counts.get("found")), None)
    return f"no links to articles, where there were {usual}" if usual else "no links to articles"


def counts_of(stats: Mapping[str, object], prefix: str = "newsbot/") -> dict[str, int]:
    """The run's own counters out of Scrapy's statistics."""
    return {
        name.removeprefix(prefix): value
        for name, value in sorted(stats.items())
        if name.startswith(prefix) and isinstance(value, int)
    }
