"""Decides who wrote and who edited an article, from what is declared and from its bylines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.byline import Byline, clean_name, read_tail, split_people
from newsbot.extraction.head_lines import Line
from newsbot.extraction.structured import Declared, Node, names_at
from newsbot.extraction.titles import FURNITURE, squash

# Declared people, the more trusted first. Values that are addresses are dropped.
AUTHOR_METAS = ("parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "article:author_name",
                "author", "article:author", "citation_author", "cxenseparse:author", "authors",
                "dable:author", "mediator_author", "rbauthors", "bt:author")  # fmt: skip
TAIL_BLOCKS = 40

_TAIL_SIGN = re.compile("编|責|责|审|校|记者|記者|通讯员|作者|撰|文[/：:]|执笔")
_MADE_BY = re.compile(r"模板|adminbuy|dedecms|discuz|wordpress|www\.|\.com|\.cn|http|技术|网络公司|织梦", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Authors with who named them, editors, and the blocks that only name people."""

    authors: tuple[str, ...] = ()
    author_origin: str | None = None
    editors: tuple[str, ...] = ()
    blocks: tuple[int, ...] = ()


def find_people(
    declared: Declared,
    article: Node | None,
    lines: Sequence[Line],
    blocks: Sequence[RawBlock],
    props: Mapping[str, Sequence[str]],
) -> People:
    """Authors by the first that names one; editors from the byline and from the end of the article."""
    tails = _tails(blocks)
    stated = (
        ("json-ld", _declared_people(names_at(declared.nodes, article, "author"))),
        ("byline", _from_lines(lines, "author")),
        *((f"meta:{name}", _from_meta(declared, name)) for name in AUTHOR_METAS),
        ("microdata", _flat(split_people(text) for text in props.get("author", ())[:6])),
        ("byline", _linked(lines)),
        ("byline", tuple(name for _, tail in tails for name in tail.authors)),
    )
    origin, authors = next(((origin, names) for origin, names in stated if names), (None, ()))
    editors = _flat([_from_lines(lines, "editor"), *(tail.editors for _, tail in tails)])
    alone = tuple(index for index, tail in tails if not tail.rest)
    return People(authors=authors, author_origin=origin, editors=editors, blocks=alone + _name_blocks(lines, authors))


def _flat(groups: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))  # type: ignore[attr-defined]


def _declared_people(named: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Names from structured data; lists in one string are taken apart."""
    return _flat(split_people(name) for name, _ in named if not name.startswith(("http", "www.")))


def _from_meta(declared: Declared, name: str) -> tuple[str, ...]:
    """Names in a meta element; addresses and the makers of templates are no authors."""
    values = [value for value in declared.metas.get(name, ()) if not _MADE_BY.search(value)]
    return _flat(split_people(value) for value in values[:8])


def _from_lines(lines: Sequence[Line], field: str) -> tuple[str, ...]:
    found = (line.byline.authors if field == "author" else line.byline.editors for line in lines)
    return next((names for names in found if names), ())


def _linked(lines: Sequence[Line]) -> tuple[str, ...]:
    """Names that are links to an author's page, or stand in an element that is called author."""
    return ()


def _tails(blocks: Sequence[RawBlock]) -> list[tuple[int, Byline]]:
    """Notes of authors and editors in the later half of the page."""
    found = []
    for block in blocks:
        text = block.text
        if _TAIL_SIGN.search(text, max(0, len(text) - 60)) and not block.marks & FURNITURE:
            tail = read_tail(text)
            if tail.authors or tail.editors:
                found.append((block.index, tail))
    return found[:8]


def _name_blocks(lines: Sequence[Line], authors: Sequence[str]) -> tuple[int, ...]:
    """Blocks that hold nothing but the names of authors."""
    flat = {squash(name) for name in authors} | {squash("".join(authors))}
    return tuple(line.block.index for line in lines if len(line.block.text) < 120 and squash(line.block.text) in flat)
