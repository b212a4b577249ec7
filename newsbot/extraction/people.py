"""Decides who wrote and who edited an article, from what is declared and from its bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.byline import (
    Byline,
    read_byline,
    read_lead,
    read_tail,
    split_people,
    without_agencies,
)
from newsbot.extraction.decode import squeeze
from newsbot.extraction.head_lines import LONG_PARAGRAPH, Line, far_bylines
from newsbot.extraction.names import LONGEST_NAMES, MOST_WORDS, are_people, is_desk, is_outlet, is_question
from newsbot.extraction.structured import Declared, Node, inner_text, names_at
from newsbot.extraction.titles import FURNITURE, squash

# Declared people, the more trusted first. Values that are addresses are dropped.
AUTHOR_METAS = ("parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "article:author_name",
                "author", "article:author", "citation_author", "cxenseparse:author", "authors",
                "dable:author", "mediator_author", "rbauthors", "bt:author", "articleauthor", "article_author",
                "article-author")  # fmt: skip

_TAIL_SIGN = re.compile("[编責责审校撰]|供稿|[记記作笔]者|通讯员|文[/／：:｜]|执笔")
_MADE_BY = re.compile(
    r"模板|adminbuy|dedecms|discuz|wordpress|www\.|\.com|\.cn|http|技术|网络公司|织梦", re.IGNORECASE
)
_WRITTEN_BY = re.compile(
    r"written by|verfasst von|geschrieben von|écrit par|escrito por|author|scritto da|par|von", re.IGNORECASE
)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|contributors?|autor(?:en|es)?|auteurs?|writers?|people|staff|journalists?|reporters?|"
    r"profiles?|users?|bio|redaktion|team"
    r"|columnists?|members?|userprofile)/[^/]|[?&]author=|/@", re.IGNORECASE)  # fmt: skip
_EDITOR_BEFORE = re.compile(
    r"(?:edited|reviewed|checked|verified|updated|approved|translated|photos?|images?|illustrations?) by:?\W{0,3}$",
    re.IGNORECASE,
)
_BIO = re.compile(r"\s(?:is|was|has|writes|covers|joined|works|holds|reports|leads|ist|schreibt|est|es|è)\s")
_FAR_OPENER = re.compile(
    r"(?:(?:article\s|post\s)?written\sby|text\sby|words\sby|story\sby|article\sby|posted\sby|autorin/autor|"
    r"(?:last\s)?updated\s.{4,30}\sby)\s?:?\s?\S",
    re.IGNORECASE,
)


SHORT_LINE = 80
"""Characters up to which any line may hold links to authors."""

LONG_LINE = 120
SHORTEST_LEAD = 40
MOST_LEADS = 400
REACH_TOLD = 1500
"""Blocks below a name in which one looks for more of somebody."""

MOST_AGAIN = 2
"""How often somebody is named again: more, and it is a button or a label."""

NOT_BESIDE = frozenset(("nav", "caption", "figure", "breadcrumb", "tags", "search", "login"))
"""Furniture in which no author stands that nothing marks."""


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
    sites: Sequence[str],
) -> People:
    """Authors by the first that names a person, a desk or the site itself only if nobody does; editors likewise."""
    tails = _tails(blocks) if _is_han(lines, blocks) else []
    ours = frozenset(squash(site) for site in sites) - {""}
    page = _Page(declared=declared, article=article, lines=lines, blocks=blocks, props=props, tails=tails)
    origin, authors = _decide(_stated(page), ours)
    if origin is None:
        origin, authors = _decide(_far_stated(page, ours), ours)
    if origin not in (None, "byline") and any(_holds_more(line, authors[0]) for line in lines):
        byline = _people_of(_from_lines(lines, "author") or _unlabelled(lines, ()), ours)
        origin, authors = ("byline", byline) if _names_more(byline, authors) else (origin, authors)
    editors = _flat([_from_lines(lines, "editor"), *(tail.editors for _, tail in tails)])
    alone = tuple(index for index, tail in tails if not tail.rest)
    return People(
        authors=authors, author_origin=origin, editors=editors, blocks=alone + _name_blocks(lines, authors)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What may name an author."""

    declared: Declared
    article: Node | None
    lines: Sequence[Line]
    blocks: Sequence[RawBlock]
    props: Mapping[str, Sequence[str]]
    tails: Sequence[tuple[int, Byline]]


_Named = tuple[tuple[str, str], ...]
"""Names with their schema.org types, "" where nothing is said of that."""


def _stated(page: _Page) -> Iterator[tuple[str, _Named]]:
    """Every statement on who wrote the article, the more trusted first; each is read only when its turn comes."""
    declared, lines = page.declared, page.lines
    yield "json-ld", _split(names_at(declared.nodes, page.article, "author"))
    yield "byline", _plain(_shown(lines) or _named_alone(lines))
    for name in AUTHOR_METAS:
        if name in declared.metas:
            yield f"meta:{name}", _plain(_from_meta(declared, name))
    yield "twitter", _plain(_from_twitter(declared))
    # Only the first: those who comment are authors too, of their comments.
    yield "microdata", _plain(_flat(map(split_people, page.props.get("author", ())[:1])))
    yield "byline", _plain(_unlabelled(lines, page.blocks))
    yield "byline", _plain(_far_opener(page.blocks))


def _far_stated(page: _Page, ours: frozenset[str]) -> Iterator[tuple[str, _Named]]:
    """Statements far from the headline, asked only where nobody else says anything."""
    yield "byline", _plain(_flat(byline.authors for byline in far_bylines(page.blocks)))
    if _is_han(page.lines, page.blocks):
        yield "byline", _plain(_in_lead(page.blocks))
    yield "byline", _plain(_desk_alone(page.lines, ours))
    yield "byline", _plain(_flat(tail.authors for _, tail in page.tails))


def _plain(names: Iterable[str]) -> _Named:
    return tuple((name, "") for name in names)


def _split(named: Sequence[tuple[str, str]]) -> _Named:
    """Declared names, lists in one string taken apart; addresses are no names."""
    pairs = [
        (one, kind)
        for name, kind in named
        if not name.startswith(("http", "www."))
        for one in split_people(name)
    ]
    return tuple(dict(pairs).items())


def _decide(stated: Iterable[tuple[str, _Named]], ours: frozenset[str]) -> tuple[str | None, tuple[str, ...]]:
    """The first statement that names a person; if none does, the first that names a desk.

    Agencies beside people are left out, but where a list of authors declares them for such.
    """
    desks: tuple[str | None, tuple[str, ...]] = (None, ())
    for origin, named in stated:
        if people := tuple(name for name, kind in named if not _is_desk(name, kind, ours)):
            return origin, people if origin == "json-ld" else tuple(without_agencies(people))
        if named and not desks[1]:
            desks = (origin, tuple(name for name, _ in named))
    return desks


def _people_of(names: Sequence[str], ours: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in names if not _is_desk(name, "", ours))


def _holds_more(line: Line, name: str) -> bool:
    """Whether a short line holds a name and something else."""
    return len(name) < len(line.block.text) < LONGEST_NAMES and name in line.block.text


def _names_more(byline: Sequence[str], authors: Sequence[str]) -> bool:
    """Whether the byline names everyone who is declared, and more: content systems have room for one author."""
    shown = [squash(name) for name in byline]
    return len(byline) > len(authors) and all(
        any(flat in name for name in shown) for flat in map(squash, authors)
    )


def _flat(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _is_desk(name: str, kind: str, ours: frozenset[str]) -> bool:
    """Whether a name is a Chinese department's, the site's own, or an organisation's that is a form of it.

    Such as "STERN.de" and "The Shepherd Ltd".
    """
    if name > "\u2e7f" and (is_desk(name) or is_outlet(name)):
        return True
    flat = squash(name)
    if flat in ours or (" " not in name and _is_ours(name, ours)):
        return True
    return any(len(site) > 2 and (site in flat or flat in site) for site in ours) and (
        kind.endswith("organization") or any(flat.startswith(site) for site in ours)
    )


def _from_meta(declared: Declared, name: str) -> tuple[str, ...]:
    """Names in a meta element; addresses and the makers of templates are no authors."""
    values = [value for value in declared.metas.get(name, ()) if not _MADE_BY.search(value)]
    return _flat(split_people(value) for value in values[:8])


def _from_twitter(declared: Declared) -> tuple[str, ...]:
    """The label-and-value pair that blog systems make for cards: "Written by" and a name."""
    for number in ("1", "2"):
        if _WRITTEN_BY.search(declared.meta(f"twitter:label{number}") or ""):
            return split_people(declared.meta(f"twitter:data{number}") or "")
    return ()


def _from_lines(lines: Sequence[Line], field: str) -> tuple[str, ...]:
    """The people of the first line that names any, and of the lines right below it that name more."""
    names: tuple[str, ...] = ()
    last = -1
    for line in lines:
        found = line.byline.authors if field == "author" else line.byline.editors
        if found and (not names or line.block.index == last + 1):
            names, last = _flat([names, found]), line.block.index
    return names


def _shown(lines: Sequence[Line]) -> tuple[str, ...]:
    """Names that are links, or those of the byline if it has them all and more: not everybody has a page."""
    linked, labelled = _linked(lines), _from_lines(lines, "author")
    return labelled if set(linked) <= set(labelled) else linked


def _linked(lines: Sequence[Line]) -> tuple[str, ...]:
    """Names that are links to an author's page in the lines round the headline."""
    for line in lines:
        short = line.is_byline or len(line.block.text) <= SHORT_LINE
        if (
            short
            and line.block.element is not None
            and any(_AUTHOR_PAGE.search(href) for href in line.block.hrefs)
        ):
            links = [
                link for link in line.block.element.iter("a") if _AUTHOR_PAGE.search(link.get("href") or "")
            ]
            texts = [squeeze(inner_text(link)[:120]) for link in links[:12]]
            if names := _flat(split_people(text) for text in texts if _is_author(text, line)):
                return names
    return ()


def _is_author(text: str, line: Line) -> bool:
    """Whether the text of a link is a name, and not that of who edited or checked."""
    return are_people(text) and not _EDITOR_BEFORE.search(line.block.text.partition(text)[0][-30:])


def _named_alone(lines: Sequence[Line]) -> tuple[str, ...]:
    """A line of a byline class that is names and nothing else, near the top."""
    return next(
        (
            split_people(line.block.text)
            for line in lines[:8]
            if line.block.marks & {"byline", "author_bio"} and _is_names(line)
        ),
        (),
    )


def _desk_alone(lines: Sequence[Line], ours: frozenset[str]) -> tuple[str, ...]:
    """A line of a byline class that is, but for a date, the name of a desk or of the site."""
    marked = [line for line in lines[:8] if line.block.marks & {"byline", "author_bio"}]
    texts = [line.byline.rest or line.block.text for line in marked]
    return next(((text,) for text in texts if is_desk(text) or _is_ours(text, ours)), ())


def _is_ours(text: str, ours: frozenset[str]) -> bool:
    """Whether a short text is the first part or all of what the site goes by."""
    flat = squash(text) if len(text) < LONGEST_NAMES else ""
    return len(flat) > 3 and any(site.startswith(flat) for site in ours)


def _is_names(line: Line) -> bool:
    text = line.block.text
    named = text[0].isupper() or text[0] > "\u2e7f"
    return named and len(text) < LONGEST_NAMES and not line.byline.dates and are_people(text)


def _unlabelled(lines: Sequence[Line], blocks: Sequence[RawBlock]) -> tuple[str, ...]:
    """Names near the headline that nothing marks but their place or what is said of them further down.

    They stand in the line of the date, in a line beside it, or are those of somebody with a biography.
    """
    lines = [line for line in _above_text(lines) if line.block.marks.isdisjoint(NOT_BESIDE)]
    dated = {line.block.index for line in lines if line.byline.dates or line.byline.modified}
    for line in lines:
        if line.block.index in dated and are_people(line.byline.rest):
            return split_people(line.byline.rest)
    alone = [line for line in lines if line.block.level is None and _is_names(line)]
    return next(
        (
            split_people(line.block.text)
            for line in alone
            if not dated.isdisjoint((line.block.index - 1, line.block.index + 1))
            or _is_above_text(line, blocks)
            or _is_told_of(line, blocks)
        ),
        (),
    )


def _above_text(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines down to the second long one: the first may be a standfirst."""
    long_ones = 0
    for line in lines:
        long_ones += len(line.block.text) > LONG_LINE
        if long_ones > 1:
            return
        yield line


def _is_above_text(line: Line, blocks: Sequence[RawBlock]) -> bool:
    """Whether the article begins right below a line."""
    below = blocks[line.block.index + 1] if line.block.index + 1 < len(blocks) else None
    return below is not None and len(below.text) > LONG_PARAGRAPH and below.region == line.block.region


def _is_told_of(line: Line, blocks: Sequence[RawBlock]) -> bool:
    """Whether somebody is named again in a line of their own, or a later block says who they are.

    An entry of a table of contents is named again too, but as a heading.
    """
    name = line.block.text
    begin = line.block.index + 4
    later = [block for block in blocks[begin : begin + REACH_TOLD] if block.text.startswith(name)]
    again = [block for block in later if len(block.text) == len(name)]
    if any(block.level for block in again):
        return False
    return 0 < len(again) <= MOST_AGAIN or any(_BIO.match(block.text, len(name)) for block in later)


def _far_opener(blocks: Sequence[RawBlock]) -> tuple[str, ...]:
    """The one name behind "Written by" anywhere on the page."""
    found = {
        names
        for block in blocks
        if len(block.text) < 70
        and block.text[:1] in "aptswuAPTSWUL"
        and _FAR_OPENER.match(block.text)
        and not block.marks & {"related", "comments"}
        if (names := read_byline(block.text).authors) and all(map(_is_far_name, names))
    }
    return found.pop() if len(found) == 1 else ()


def _in_lead(blocks: Sequence[RawBlock]) -> tuple[str, ...]:
    """Who reports by the brackets in the first long paragraphs."""
    leads = (b.text for b in blocks[:MOST_LEADS] if len(b.text) > SHORTEST_LEAD and not b.marks & FURNITURE)
    return next((names for text in islice(leads, 2) if (names := read_lead(text))), ())


def _is_far_name(name: str) -> bool:
    """Whether a name that is far from the headline is short, and written as names are if it has several words."""
    words = name.split()
    return len(words) == 1 or (len(words) <= MOST_WORDS and not name[0].islower())


def _is_han(lines: Sequence[Line], blocks: Sequence[RawBlock]) -> bool:
    """Whether there is East Asian writing round the headline or in the first paragraph, or no knowing."""
    return not lines or any(_holds_han(line.block.text) for line in lines) or _holds_han(_first_text(blocks))


def _holds_han(text: str) -> bool:
    return not text.isascii() and max(text) > "\u2e7f"


def _first_text(blocks: Sequence[RawBlock]) -> str:
    """How the first long paragraph begins."""
    long_ones = (
        b.text for b in blocks[:MOST_LEADS] if len(b.text) > SHORTEST_LEAD and not b.marks & FURNITURE
    )
    return next(long_ones, "")[:SHORTEST_LEAD]


def _tails(blocks: Sequence[RawBlock]) -> list[tuple[int, Byline]]:
    """Chinese notes of authors and editors that end a block."""
    found = []
    for block in blocks:
        text = block.text
        if text[-1] < "\u2e80" and (text[-1] not in ")]" or text[-3:].isascii()):
            continue
        if (text[-1] in ")）" or _TAIL_SIGN.search(text, max(0, len(text) - 60))) and not (
            block.marks & FURNITURE or is_question(text)
        ):
            tail = read_tail(text)
            if tail.authors or tail.editors:
                found.append((block.index, tail))
    return found[:8]


def _name_blocks(lines: Sequence[Line], authors: Sequence[str]) -> tuple[int, ...]:
    """Blocks that hold nothing but the names of authors."""
    flat = {squash(name) for name in authors} | {squash("".join(authors))} - {""}
    return tuple(
        line.block.index for line in lines if len(line.block.text) < 120 and squash(line.block.text) in flat
    )
