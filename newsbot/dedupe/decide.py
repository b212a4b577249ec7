"""The decision between what was read now and what is kept already."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from newsbot.dedupe.fingerprint import Fingerprints


class Verdict(StrEnum):
    """What an extracted article is to the archive."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    COPY = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The article that is kept under the same canonical address. `leads`: others are copies of it."""

    article: int
    version: bytes
    copy_of: int | None
    story: int
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The first article kept under another address with the same text."""

    article: int
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do: `copy_of` and `story` are what the row shall say; `story` None asks for a new one."""

    verdict: Verdict
    article: int | None
    copy_of: int | None
    story: int | None


def decide(prints: Fingerprints, known: Known | None, twin: Twin | None) -> Decision:
    """What the article is. `known` has the same address, `twin` the same text at another one.

    An article that is kept already stays in its story, whatever its new text resembles:
    stories are only joined, never torn, by an exact match. What others are copies of stays the
    first one, so that no chain or circle of copies can hide it. What was learnt of the site since is no
    change of the article.
    """
    if known is None and twin is None:
        return Decision(verdict=Verdict.NEW, article=None, copy_of=None, story=None)
    if known is None:
        assert twin is not None
        return Decision(verdict=Verdict.COPY, article=None, copy_of=twin.article, story=twin.story)
    if known.version in (prints.version, prints.bare):
        return Decision(verdict=Verdict.SAME, article=known.article, copy_of=known.copy_of, story=known.story)
    follows = twin is not None and twin.story == known.story and twin.article != known.article
    copy_of = twin.article if twin is not None and follows and not known.leads else None
    return Decision(verdict=Verdict.CHANGED, article=known.article, copy_of=copy_of, story=known.story)
