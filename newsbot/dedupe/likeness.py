"""Do two articles tell the same in the same words? A pure comparison of two texts, with its reasons.

What counts is how much of each text stands in the other, run for run (three words). A copy shares most of both;
an extract is mostly contained in a longer text. Unrelated news share a tenth or two. What shares much and is no copy
is built alike: a recall of another batch, another day's prices. Where such texts are laid side by side, numbers, dates
and names stand against other ones in the same place; in a copy they agree, are left out, or are the odd changed word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Self

from newsbot.dedupe.contrast import (
    LONGEST,
    Alignment,
    Place,
    align,
    are_other_days,
    are_other_names,
    are_other_numbers,
    capitals_of,
    day_places,
    holds,
    is_day_only,
    is_name,
    number_places,
    other_names,
    shown,
    spelled,
    trim,
)
from newsbot.dedupe.sketch import FEW_WORDS, runs
from newsbot.dedupe.wording import wording
from newsbot.folding import needs_form, one_form


class Rule(StrEnum):
    """Why two articles are, or are not, one story."""

    EQUAL = "equal text"
    NEAR = "near copy"
    EXTRACT = "extract"
    NOTICE = "same notice"
    LITTLE = "too little in common"
    PHRASES = "the same phrases, put together otherwise"
    NUMBERS = "other numbers"
    DATES = "other dates"
    NAMES = "other names"
    DAY = "other day"


SAME = frozenset((Rule.EQUAL, Rule.NEAR, Rule.EXTRACT, Rule.NOTICE))

RUN = 3
MOST = 0.42
"""Of both texts in a copy, of one in an extract. With every fourth word changed, 0.58 was the least seen; two reports
on one event in their authors' own words have 0.2 at most.
"""

SURELY_LITTLE = 0.35
"""Of the shorter text, were no two of the shared runs to overlap; far from what a copy has."""

IN_ORDER, PIECE = 0.44, 8
"""What part of the shorter text stands in the other in order, or in pieces of eight words: forms are filled with the
same phrases in ever other order.
"""

PART = 0.3
"""Of the longer text in an extract: less is a quotation, or one piece of a round-up of many."""

NOTICE = 0.7
"""Of both texts in a copied notice of few words."""

DAYS_APART = 7
"""Notices of few words that are further apart say the same again of something else."""


class Content:
    """What is compared of an article: `title` and `text` (the news), `day` and `site` as far as known.

    Words are made when they are asked for.
    """

    def __init__(
        self, title: str | None, text: str, day: date | None = None, site: str | None = None
    ) -> None:
        self.headline = title
        self.text = text
        self.day = day
        self.site = site

    @cached_property
    def title(self) -> tuple[str, ...]:
        """The words of the title."""
        return wording(self.headline or "")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the text."""
        return wording(self.text)

    @cached_property
    def runs(self) -> list[int]:
        """The runs of three words, in order, each as a number that stands for it in this process."""
        return list(map(hash, runs(self.words, RUN)))

    @cached_property
    def run_set(self) -> frozenset[int]:
        """The same without order."""
        return frozenset(self.runs)

    @cached_property
    def probes(self) -> tuple[str, ...]:
        """Some runs from all over the text, of those that stand in it letter for letter."""
        step = max(1, len(self.words) // PROBES)
        starts = range(0, max(0, len(self.words) - RUN + 1), step)
        said = searchable(self.text)
        spelt = (spelled(self.words[start : start + RUN]) for start in starts)
        return tuple(probe for probe in spelt if probe in said)

    @cached_property
    def notice(self) -> Self:
        """The same with its title among its words, as notices are compared."""
        return type(self)(None, f"{self.headline or ''}\n{self.text}", self.day, self.site)

    @property
    def is_notice(self) -> bool:
        """Whether it has so few words that each counts."""
        return len(self.words) <= FEW_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The result: the rule, what share of each text stands in the other, and what stands against what."""

    rule: Rule
    left: float
    right: float
    against: tuple[tuple[str, str], ...] = ()

    @property
    def same(self) -> bool:
        """Whether the two are one story."""
        return self.rule in SAME


PROBES, FEWEST, FOUND = 32, 20, 8
"""Runs looked up in another text before its words are counted, if there are enough; of a copy's, a third is found. One
of eight is enough.
"""


def searchable(text: str) -> str:
    """A text in which runs of words are looked up: one form, one case, one space between words."""
    return " ".join((one_form(text) if needs_form(text) else text).lower().split())


def may_share(content: Content, text: str) -> bool:
    """Whether a text may have much of the content: whether some of its runs stand there, letter for letter."""
    probes = content.probes
    if len(probes) < FEWEST:
        return True
    searched = searchable(text)
    return FOUND * sum([probe in searched for probe in probes]) >= len(probes)


def compare(left: Content, right: Content) -> Likeness:
    """Whether two articles are copies of each other, or one an extract of the other; the same either way round."""
    if (right.words, right.title) < (left.words, left.title):
        found = _compare(right, left)
        turned = tuple((theirs, ours) for ours, theirs in found.against)
        return Likeness(rule=found.rule, left=found.right, right=found.left, against=turned)
    return _compare(left, right)


def _compare(left: Content, right: Content) -> Likeness:
    notices = left.is_notice and right.is_notice
    ours, theirs = _shares(left.notice, right.notice) if notices else _shares(left, right)
    rule = _by_shares(left, right, ours, theirs)
    found: Found = (rule, ())
    if rule in SAME and notices:
        found = _as_notices(left, right, rule)
    elif rule in (Rule.NEAR, Rule.EXTRACT):
        found = _as_texts(left, right, rule)
    return Likeness(rule=found[0], left=ours, right=theirs, against=found[1])


Found = tuple[Rule, tuple[tuple[str, str], ...]]


def _as_texts(left: Content, right: Content, rule: Rule) -> Found:
    """The rule, unless the texts are only built alike."""
    alignment = align(left.words, right.words)
    names = other_names(alignment, (left.title, right.title), (left.text, right.text))
    if not _is_in_order(left, right, alignment):
        return Rule.PHRASES, ()
    if is_day_only(alignment):
        return Rule.DATES, shown(day_places(alignment))
    if are_other_numbers(alignment, names):
        return Rule.NUMBERS, shown(number_places(alignment))
    if are_other_days(alignment, left.text, right.text):
        return Rule.DATES, shown(day_places(alignment))
    if are_other_names(alignment, names):
        return Rule.NAMES, shown(names)
    return rule, ()


def _is_in_order(left: Content, right: Content, alignment: Alignment) -> bool:
    """Whether much of the shorter text stands in the other in the same order, or in long pieces in another."""
    shorter, longer = sorted((left, right), key=lambda content: len(content.words))
    if len(alignment.common) >= IN_ORDER * min(len(shorter.words), LONGEST):
        return True
    pieces = frozenset(runs(longer.words, PIECE))
    starts = [start for start, run in enumerate(runs(shorter.words, PIECE)) if run in pieces]
    return len({start + step for step in range(PIECE) for start in starts}) >= IN_ORDER * len(shorter.words)


def _as_notices(left: Content, right: Content, rule: Rule) -> Found:
    """The rule, unless one number, name or word of the title is another, or they are days apart."""
    if left.day and right.day and abs((left.day - right.day).days) > _days_apart(left, right):
        return Rule.DAY, ((left.day.isoformat(), right.day.isoformat()),)
    if rule is Rule.EQUAL and left.title == right.title:
        return rule, ()
    alignment = align(left.title + left.words, right.title + right.words)
    if number_places(alignment):
        return Rule.NUMBERS, shown(number_places(alignment))
    others = [place for place in map(trim, alignment.places) if place.ours and place.theirs]
    named = [place for place in others if is_other_name(place, (left, right))]
    return (Rule.NAMES, shown(named)) if named else (rule, ())


def is_other_name(place: Place, contents: tuple[Content, Content]) -> bool:
    """Whether a place in a notice names something else: words of the title, or a name."""
    left, right = contents
    if holds(left.title, place.ours) or holds(right.title, place.theirs):
        return True
    capitals = capitals_of(left.text, right.text)
    return is_name(place.ours, capitals) and is_name(place.theirs, capitals)


def _days_apart(left: Content, right: Content) -> int:
    """How many days two notices in the same words may be apart: on one site each day says it of something else."""
    return 0 if left.site is not None and left.site == right.site else DAYS_APART


def _shares(left: Content, right: Content) -> tuple[float, float]:
    """What part of each text lies in runs that the other has too; where that is little, how many runs are shared."""
    shared = left.run_set & right.run_set
    lengths = max(1, len(left.words)), max(1, len(right.words))
    if RUN * len(shared) / min(lengths) < SURELY_LITTLE:
        return len(shared) / lengths[0], len(shared) / lengths[1]
    return _covered(left.runs, shared, lengths[0]), _covered(right.runs, shared, lengths[1])


def _covered(said: list[int], shared: frozenset[int], length: int) -> float:
    """The share of so many words that lie in shared runs."""
    starts = [start for start, run in enumerate(said) if run in shared]
    words = {start + step for step in range(RUN) for start in starts}
    return min(1.0, len(words) / length)


def _by_shares(left: Content, right: Content, ours: float, theirs: float) -> Rule:
    if left.words == right.words and left.words:
        return Rule.EQUAL
    if left.is_notice and right.is_notice:
        return Rule.NOTICE if min(ours, theirs) >= NOTICE else Rule.LITTLE
    if min(ours, theirs) >= MOST:
        return Rule.NEAR
    return Rule.EXTRACT if max(ours, theirs) >= MOST and min(ours, theirs) >= PART else Rule.LITTLE
