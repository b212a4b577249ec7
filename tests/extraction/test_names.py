"""Names of people told from other words with capitals."""

from __future__ import annotations

import pytest

from newsbot.extraction.byline import is_chinese_name
from newsbot.extraction.names import are_people, is_desk, is_person


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe",
        "JANE DOE",
        "Dr. Jane Q. Doe",
        "Ana van der Berg",
        "Jörg Müller-Beispiel",
        "Seán O’Example",
        "Ева Примерова",
        "Ελένη Παράδειγμα",
        "王小明",
        "欧阳小明",
    ],
)
def test_names_of_people(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Press Release",
        "Breaking News",
        "View Full Profile",
        "New York",
        "Health Desk",
        "Jane",
        "jane doe",
        "Jane Doe is a writer",
        "Neue Studie",
        "Jane Doe 2024",
        "全文完",
        "图",
        "健康报",
        "",
    ],
)
def test_other_words(text: str) -> None:
    assert not is_person(text)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Jane Doe, John Roe, Ana Maria Poe & Bo Loe", True),
        ("Jane Doe/John Roe", True),
        ("Jane Doe, MD, PhD", True),
        ("Jane Doe and John Roe", True),
        ("王小明 李红", False),
        ("Jane Doe, Berlin", False),
        ("Jane Doe | News", False),
        (", ", False),
    ],
)
def test_lists_of_names(text: str, people: bool) -> None:
    assert are_people(text) is people


@pytest.mark.parametrize(
    ("text", "name"), [("张三", True), ("完", False), ("张三摄", False), ("司马光", True), ("本文", False)]
)
def test_chinese_names_begin_with_a_surname(text: str, name: bool) -> None:
    assert is_chinese_name(text) is name


@pytest.mark.parametrize(
    ("text", "desk"),
    [
        ("Example Staff", True),
        ("EX-Redaktion", True),
        ("Team Example", True),
        ("Staff", False),
        ("Meet the Team", False),
        ("Jane Doe", False),
    ],
)
def test_desks(text: str, desk: bool) -> None:
    assert is_desk(text) is desk
