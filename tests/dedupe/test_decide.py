"""What an article is to the archive: the whole decision as a table."""

from __future__ import annotations

import pytest

from newsbot.dedupe import Decision, Fingerprints, Known, Likeness, Neighbour, Rule, Verdict, decide, is_same

KNOWN = Known(article=7, version=b"old version", story=70)


def near(article: int, story: int, share: float = 0.9, rule: Rule = Rule.NEAR) -> Neighbour:
    """An article in a story, with how much it has in common with the one decided on."""
    return Neighbour(article=article, story=story, likeness=Likeness(rule=rule, left=share, right=share))


LITTLE = near(3, 30, 0.1, Rule.LITTLE)
OTHER_NUMBERS = near(3, 30, 0.95, Rule.NUMBERS)


@pytest.mark.parametrize(
    ("known", "neighbours", "verdict", "linked", "stories"),
    [
        (None, [], Verdict.NEW, [], ()),
        (None, [LITTLE], Verdict.NEW, [], ()),
        (None, [OTHER_NUMBERS], Verdict.NEW, [], ()),
        (None, [near(3, 30)], Verdict.COPY, [3], (30,)),
        (None, [near(3, 30), LITTLE], Verdict.COPY, [3], (30,)),
        (None, [near(3, 30), near(4, 20)], Verdict.COPY, [3, 4], (20, 30)),
        (None, [near(3, 30, 0.6), near(4, 30, 0.8)], Verdict.COPY, [4, 3], (30,)),
        (KNOWN, [], Verdict.CHANGED, [], (70,)),
        (KNOWN, [near(3, 30)], Verdict.CHANGED, [3], (30, 70)),
        (KNOWN, [near(3, 70)], Verdict.CHANGED, [3], (70,)),
    ],
    ids=[
        "nothing like it",
        "little like it",
        "built alike",
        "a copy",
        "a copy, and something else",
        "a copy of two joins their stories",
        "the closest first",
        "changed",
        "changed into a copy joins the stories",
        "changed within its story",
    ],
)
def test_decision(
    known: Known | None,
    neighbours: list[Neighbour],
    verdict: Verdict,
    linked: list[int],
    stories: tuple[int, ...],
) -> None:
    found = decide(known, neighbours)
    assert found.verdict is verdict
    assert [neighbour.article for neighbour in found.links] == linked
    assert found.stories == stories


def test_stories_that_were_ruled_two_are_not_joined_by_a_third() -> None:
    found = decide(None, [near(3, 30, 0.7), near(4, 40, 0.9)], {frozenset((30, 40))})
    assert found == Decision(verdict=Verdict.COPY, article=None, links=(near(4, 40, 0.9),), stories=(40,))


def test_an_article_stays_in_the_story_from_which_another_was_split() -> None:
    assert decide(KNOWN, [near(3, 30)], {frozenset((70, 30))}).stories == (70,)


@pytest.mark.parametrize(
    ("prints", "same"),
    [
        (Fingerprints(version=b"old version", copy=b"text"), True),
        (Fingerprints(version=b"new version", copy=b"text"), False),
        (Fingerprints(version=b"new version", copy=b"text", bare=b"old version"), True),
    ],
    ids=["equal", "changed", "only what was learnt of the site since"],
)
def test_what_is_no_change(prints: Fingerprints, same: bool) -> None:
    assert is_same(prints, KNOWN) is same
