"""Is this article new, seen before, changed, or a copy? Pure decisions; the store asks and acts."""

from newsbot.dedupe.decide import Decision, Known, Neighbour, Verdict, decide, is_same
from newsbot.dedupe.fingerprint import Fingerprints, fingerprints
from newsbot.dedupe.likeness import Content, Likeness, Rule, compare, may_share

__all__ = [
    "Content",
    "Decision",
    "Fingerprints",
    "Known",
    "Likeness",
    "Neighbour",
    "Rule",
    "Verdict",
    "compare",
    "decide",
    "fingerprints",
    "is_same",
    "may_share",
]
