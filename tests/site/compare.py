"""How an article that newsbot read differs from what it should have read."""

from __future__ import annotations

from collections.abc import Iterator

from newsbot.model import Article
from tests.site.expected import Expected


def differences(expected: Expected, article: Article) -> list[str]:
    """A sentence for each difference; none at all is the aim.

    What ends a press release, and what stands in all articles of a publisher, may be in the body or not: it
    is neither asked for nor minded here.
    """
    return [*_facts(expected, article), *_body(expected, article)]


def _facts(expected: Expected, article: Article) -> Iterator[str]:
    when = article.published.when if article.published else None
    language = (article.language or "")[:2]
    pairs = {
        "title": (article.title, expected.title),
        "published": (when, expected.published),
        "source": (article.source, expected.source),
        "authors": (article.authors, expected.authors),
        "editors": (article.editors, expected.editors),
        "language": (language, expected.language),
    }
    for name, (read, right) in pairs.items():
        if read != right:
            yield f"{expected.path}: {name} is {read!r}, not {right!r}"


def _body(expected: Expected, article: Article) -> Iterator[str]:
    read = [_flat(block.text) for block in article.blocks]
    wanted = [_flat(text) for text in expected.blocks]
    known = {*wanted, *map(_flat, (*expected.tail, *expected.standing))}
    for text in (text for text in wanted if text not in read):
        yield f"{expected.path}: lost {text!r}"
    for text in (text for text in read if text not in known):
        yield f"{expected.path}: has {text!r} too much"
    kept = [text for text in read if text in wanted]
    if sorted(kept) == sorted(wanted) and kept != wanted:
        yield f"{expected.path}: the blocks are out of order"


def _flat(text: str) -> str:
    return " ".join(text.split())
