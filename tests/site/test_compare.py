"""The comparison sees each kind of fault."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newsbot.model import Article, Block, BlockKind, Published
from tests.site.compare import differences
from tests.site.expected import ARTICLES

RIGHT = next(article for article in ARTICLES if article.section == "press" and article.authors)


def read(texts: tuple[str, ...] = RIGHT.blocks, **changes: Any) -> Article:
    assert RIGHT.published is not None
    article = Article(
        url="http://x" + RIGHT.path,
        title=RIGHT.title,
        published=Published(when=RIGHT.published, text=""),
        source=None,
        authors=RIGHT.authors,
        editors=(),
        category=(),
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts),
        language="en",
        lead_image=None,
        links=(),
        publisher=None,
    )
    return replace(article, **changes)


def test_an_article_read_rightly_has_no_differences() -> None:
    assert differences(RIGHT, read()) == []


@pytest.mark.parametrize(
    ("article", "word"),
    [
        (read(title="Other"), "title"),
        (read(published=None), "published"),
        (read(source="Somebody"), "source"),
        (read(authors=()), "authors"),
        (read(editors=("A",)), "editors"),
        (read(language=None), "language"),
        (read(RIGHT.blocks[1:]), "lost"),
        (read((*RIGHT.blocks, "Related stories")), "too much"),
        (read(RIGHT.blocks[::-1]), "order"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_is_told_in_one_sentence(article: Article, word: str) -> None:
    found = differences(RIGHT, article)
    assert len(found) == 1
    assert word in found[0]
