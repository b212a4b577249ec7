"""What an article is to the archive: the whole decision as a table."""

from __future__ import annotations

import pytest

from newsbot.dedupe import Decision, Fingerprints, Known, Twin, Verdict, decide

PRINTS = Fingerprints(version=b"new version", copy=b"text")
TWIN = Twin(article=3, story=30)


def known(
    version: bytes = b"old version", copy_of: int | None = None, story: int = 70, leads: bool = False
) -> Known:
    """Article 7, kept under the same address."""
    return Known(article=7, version=version, copy_of=copy_of, story=story, leads=leads)


def decision(verdict: Verdict, article: int | None, copy_of: int | None, story: int | None) -> Decision:
    return Decision(verdict=verdict, article=article, copy_of=copy_of, story=story)


@pytest.mark.parametrize(
    ("kept", "twin", "expected"),
    [
        (None, None, decision(Verdict.NEW, None, None, None)),
        (None, TWIN, decision(Verdict.COPY, None, 3, 30)),
        (known(PRINTS.version), None, decision(Verdict.SAME, 7, None, 70)),
        (known(PRINTS.version), TWIN, decision(Verdict.SAME, 7, None, 70)),
        (known(PRINTS.version, copy_of=3, story=30), TWIN, decision(Verdict.SAME, 7, 3, 30)),
        (known(), None, decision(Verdict.CHANGED, 7, None, 70)),
        (known(), TWIN, decision(Verdict.CHANGED, 7, None, 70)),
        (known(copy_of=3, story=30), None, decision(Verdict.CHANGED, 7, None, 30)),
        (known(story=30), TWIN, decision(Verdict.CHANGED, 7, 3, 30)),
        (known(story=30, leads=True), TWIN, decision(Verdict.CHANGED, 7, None, 30)),
        (known(), Twin(article=7, story=70), decision(Verdict.CHANGED, 7, None, 70)),
    ],
    ids=[
        "nothing like it",
        "same text elsewhere",
        "same address and text",
        "same, and the same text elsewhere in another story",
        "a copy seen again",
        "changed",
        "changed into a text of another story",
        "a copy that changed leaves its first one, not the story",
        "changed into a text of its own story",
        "what has copies stays the first one",
        "its own copy's first one is itself",
    ],
)
def test_decision(kept: Known | None, twin: Twin | None, expected: Decision) -> None:
    assert decide(PRINTS, kept, twin) == expected


def test_what_was_learnt_of_the_site_since_is_no_change() -> None:
    learnt = Fingerprints(version=b"new version", copy=b"text", bare=b"old version")
    assert decide(learnt, known(), None).verdict is Verdict.SAME
    assert decide(learnt, known(b"another"), None).verdict is Verdict.CHANGED
