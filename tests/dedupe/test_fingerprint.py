"""Fingerprints: equal for the same words in another form, different for other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.dedupe import fingerprints
from newsbot.dedupe.fingerprint import SHORT
from tests.builders import LONG


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PD-1 inhibitor", "ＰＤ－１　ｉｎｈｉｂｉｔｏｒ"),
        ("Phase III", "phase  iii."),
        ("国家药监局，批准", "国家药监局 批准"),
        ("Strasse", "Straße"),
        ("two\nlines", "two lines"),
    ],
)
def test_forms_of_one_text(one: str, other: str) -> None:
    assert fingerprints(one, one) == fingerprints(other, other)


def test_a_long_text_is_a_copy_whatever_its_title() -> None:
    one, other = fingerprints("A title", LONG), fingerprints("Another title", LONG)
    assert one.copy == other.copy
    assert one.version != other.version


def test_a_short_text_is_a_copy_only_with_its_title() -> None:
    assert (
        fingerprints("Recall of A", "See the PDF.").copy != fingerprints("Recall of B", "See the PDF.").copy
    )
    assert fingerprints("Recall of A", "See the PDF.") == fingerprints("Recall of A", "See the PDF")


def test_where_short_ends() -> None:
    short, long = "药" * (SHORT - 1), "药" * SHORT
    assert fingerprints("a", short).copy != fingerprints("b", short).copy
    assert fingerprints("a", long).copy == fingerprints("b", long).copy


def test_the_bare_text_counts_as_a_version() -> None:
    cleaned = fingerprints("a", "text", "text and an offer")
    assert cleaned.bare == fingerprints("a", "text and an offer").version
    assert fingerprints("a", "text").bare is None


def test_title_and_body_are_kept_apart() -> None:
    assert fingerprints("ab", "c") != fingerprints("a", "bc")


@given(st.text(), st.text())
def test_any_text_has_fingerprints(title: str, body: str) -> None:
    prints = fingerprints(title, body)
    assert (len(prints.version), len(prints.copy)) == (16, 16)
