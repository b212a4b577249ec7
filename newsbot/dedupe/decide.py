"""The decision between what was read now and what is kept already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsbot.dedupe.fingerprint import Fingerprints
from newsbot.dedupe.likeness import Likeness


class Verdict(StrEnum):
    """What an extracted article is to the archive."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    COPY = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The article that is kept under the same address, with its latest version and when that was seen."""

    article: int
    version: bytes
    story: int
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An article kept under another address whose text was compared with this one's."""

    article: int
    story: int
    likeness: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do: `links` are the articles that it is a copy of, `stories` those that become one, the oldest first."""

    verdict: Verdict
    article: int | None
    links: tuple[Neighbour, ...] = ()
    stories: tuple[int, ...] = ()


def is_same(prints: Fingerprints, known: Known) -> bool:
    """Whether nothing changed. What was learnt of the site since is no change of the article."""
    return known.version in (prints.version, prints.bare)


def decide(
    known: Known | None, neighbours: Sequence[Neighbour], apart: Collection[frozenset[int]] = ()
) -> Decision:
    """What an article with a new text is. `known` has the same address; `apart`: pairs of stories that were ruled two.

    Stories are groups of articles in which each is a copy of some other: whatever order they come in, the groups are
    the same. They are only joined here, never torn: an article that changes stays in its story.
    """
    alike = sorted((n for n in neighbours if n.likeness.same), key=_closest_first)
    stories = [known.story] if known else []
    for neighbour in alike:
        if neighbour.story not in stories and not _forbidden(neighbour.story, stories, apart):
            stories.append(neighbour.story)
    links = tuple(n for n in alike if n.story in stories)
    found = Verdict.COPY if links else Verdict.NEW
    return Decision(
        verdict=Verdict.CHANGED if known else found,
        article=known.article if known else None,
        links=links,
        stories=tuple(sorted(stories)),
    )


def _closest_first(neighbour: Neighbour) -> tuple[float, int]:
    return -min(neighbour.likeness.left, neighbour.likeness.right), neighbour.article


def _forbidden(story: int, others: Sequence[int], apart: Collection[frozenset[int]]) -> bool:
    return any(frozenset((story, other)) in apart for other in others)
