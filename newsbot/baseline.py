"""What a source's pages are usually like, and whether today's are worse than chance explains. Pure.

Nothing here is a fixed threshold of how good a source must be: each is held against its own past.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb

Counts = Mapping[str, int]

UNLIKELY = 0.001
"""A fall that chance brings about less often than this is one."""

LEAST_PAST = 8
"""Pages that a source must have shown before its past says anything."""

POOL = 5
"""Runs that bring fewer pages than this are judged together with those just before them."""

SHORTER = 4.0
"""Bodies that are shorter than usual by this factor, in the mean, were cut."""

SHARES = (
    ("read", "judged", "are articles"),
    ("dated", "read", "have a date"),
    ("authored", "read", "name an author"),
    ("selected", "declared", "have what the source's selectors point at"),
)
"""What is counted, out of what, and how it is said."""


def what_fell(counts: Counts, past: Sequence[Counts]) -> str | None:
    """What of this run's pages fell against the source's own past, in words; None if nothing did.

    `past` holds the counts of earlier runs, the newest last.
    """
    now, before = pooled(counts, past)
    for part, whole, words in SHARES:
        if fell(now.get(part, 0), now.get(whole, 0), before.get(part, 0), before.get(whole, 0)):
            usual = round(100 * before[part] / before[whole])
            return f"only {now.get(part, 0)} of {now[whole]} pages {words}, where {usual} % did"
    if min(now.get("read", 0), before.get("read", 0)) >= 3:
        mean, usual = now.get("chars", 0) // now["read"], before.get("chars", 0) // before["read"]
        if before["read"] >= LEAST_PAST and SHORTER * mean < usual:
            return f"bodies have {mean} characters in the mean, where they had {usual}"
    return None


def pooled(counts: Counts, past: Sequence[Counts]) -> tuple[dict[str, int], dict[str, int]]:
    """This run's counts with those of the runs just before it while there are few, and the sum of all others."""
    now, rest = dict(counts), list(past)
    while rest and 0 < now.get("judged", 0) < POOL and rest[-1].get("judged", 0) < POOL:
        now = added(now, rest.pop())
    before: dict[str, int] = {}
    for each in rest:
        before = added(before, each)
    return now, before


def added(one: Counts, other: Counts) -> dict[str, int]:
    """Two runs' counts as those of one.

    >>> added({"read": 1}, {"read": 2, "dated": 1})
    {'read': 3, 'dated': 1}
    """
    return {name: one.get(name, 0) + other.get(name, 0) for name in dict.fromkeys((*one, *other))}


def fell(part: int, whole: int, past_part: int, past_whole: int) -> bool:
    """Whether so few of so many are fewer than the past makes likely, and less than half of what was usual.

    >>> fell(0, 3, 40, 40), fell(0, 1, 40, 40), fell(0, 20, 3, 40)
    (True, False, False)
    """
    if past_whole < LEAST_PAST or whole < 1:
        return False
    usual = (past_part + 1) / (past_whole + 2)
    return part / whole < usual / 2 and _at_most(part, whole, usual) < UNLIKELY


def _at_most(part: int, whole: int, share: float) -> float:
    """The chance of at most `part` out of `whole` (at most 300 count), each with the chance `share`."""
    if whole > 300:
        part, whole = part * 300 // whole, 300
    return sum(comb(whole, k) * share**k * (1 - share) ** (whole - k) for k in range(part + 1))
