"""Between records and rows: what an article looks like in the tables, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from newsbot.model import Article, Block, BlockKind, Hints, Page, Published, Removed, Section, Zone
from newsbot.times import from_iso

KIND_CODES = {
    BlockKind.PARAGRAPH: "p",
    BlockKind.LIST_ITEM: "l",
    BlockKind.TABLE_ROW: "t",
    BlockKind.QUOTE: "q",
    BlockKind.CAPTION: "c",
    BlockKind.CODE: "k",
}
CODE_KINDS = {code: kind for kind, code in KIND_CODES.items()}
SECTION_CODES = {
    Section.BODY: "b",
    Section.ABOUT: "a",
    Section.FORWARD_LOOKING: "f",
    Section.SAFETY: "s",
    Section.CONTACTS: "c",
}
CODE_SECTIONS = {code: section for section, code in SECTION_CODES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as it lies in the database: the latest version, or the one asked for.

    `copy_of` is the id of the first article with the same text, None for that first one. `sections` has one
    character for each line of `body` (see `sections_of`), None when all of it is news. `changed`: when this version was
    seen first.
    """

    id: int
    url: str
    host: str | None
    source: str | None
    title: str | None
    published: datetime | date | None
    published_text: str | None
    published_zone: Zone | None
    credited_source: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    category: tuple[str, ...]
    language: str | None
    publisher: str | None
    lead_image: str | None
    dateline: str | None = None
    wire: str | None = None
    correction: str | None = None
    body: str
    sections: str | None = None
    story: int
    copy_of: int | None
    version: int
    version_id: int
    first_seen: datetime
    last_seen: datetime
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One version of an article with everything that was kept about how it was read."""

    id: int
    number: int
    seen: datetime
    article: Article
    encoding: str | None
    extractor: str
    fetch: int | None


def kinds_of(blocks: Iterable[Block]) -> str:
    """The kinds of blocks as one character each: p l t q c k, and 1 to 6 for headings."""
    return "".join(str(b.level or 2) if b.kind is BlockKind.HEADING else KIND_CODES[b.kind] for b in blocks)


def sections_of(blocks: Sequence[Block]) -> str | None:
    """The sections of blocks as one character each: b a f s c; None when all is body."""
    if all(block.section is Section.BODY for block in blocks):
        return None
    return "".join(SECTION_CODES[block.section] for block in blocks)


def blocks_of(body: str, kinds: str, sections: str | None = None) -> tuple[Block, ...]:
    """The blocks that were written as body lines, kinds and sections."""
    if not body:
        return ()
    lines = zip(body.split("\n"), kinds, sections or "b" * len(kinds), strict=True)
    return tuple(block_of(*line) for line in lines)


def block_of(text: str, kind: str, section: str) -> Block:
    """The block of a line with its codes."""
    if kind.isdigit():
        return Block(kind=BlockKind.HEADING, text=text, level=int(kind), section=CODE_SECTIONS[section])
    return Block(kind=CODE_KINDS[kind], text=text, section=CODE_SECTIONS[section])


def body_of(blocks: Iterable[Block]) -> str:
    """The body as text, one block a line."""
    return "\n".join(" ".join(block.text.split("\n")) for block in blocks)


ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(value: object) -> str | None:
    """JSON for a column, None for what is empty."""
    return ENCODER.encode(value) if value else None


def load(text: str | None) -> Any:
    """What `dump` wrote; an empty tuple for None."""
    return json.loads(text) if text else ()


def version_row(article: Article) -> dict[str, str | None]:
    """The columns of `versions` that the article itself fills."""
    published = article.published
    return {
        "title": article.title,
        "published": published.when.isoformat() if published else None,
        "published_text": published.text if published else None,
        "published_zone": published.zone if published else None,
        "credited_source": article.source,
        "authors": dump(article.authors),
        "editors": dump(article.editors),
        "category": dump(article.category),
        "body": body_of(article.blocks),
        "kinds": kinds_of(article.blocks),
        "sections": sections_of(article.blocks),
        "dateline": article.dateline,
        "wire": article.wire,
        "correction": article.correction,
        "language": article.language,
        "lead_image": article.lead_image,
        "links": dump(article.links),
        "publisher": article.publisher,
        "origins": dump(article.origins),
        "removed": dump([[item.rule, item.text] for item in article.removed]),
    }


def article_of(row: sqlite3.Row, url: str) -> Article:
    """The article that a row of `versions` keeps."""
    return Article(
        url=url,
        title=row["title"],
        published=published_of(row),
        source=row["credited_source"],
        authors=tuple(load(row["authors"])),
        editors=tuple(load(row["editors"])),
        category=tuple(load(row["category"])),
        blocks=blocks_of(row["body"], row["kinds"], row["sections"]),
        language=row["language"],
        lead_image=row["lead_image"],
        links=tuple(load(row["links"])),
        publisher=row["publisher"],
        origins=dict(load(row["origins"])),
        removed=tuple(Removed(rule=rule, text=text) for rule, text in load(row["removed"])),
        dateline=row["dateline"],
        wire=row["wire"],
        correction=row["correction"],
    )


def published_of(row: sqlite3.Row) -> Published | None:
    """The publication date in a row, or None."""
    if row["published"] is None:
        return None
    zone = Zone(row["published_zone"]) if row["published_zone"] else None
    return Published(when=from_iso(row["published"]), text=row["published_text"] or "", zone=zone)


def stored_article(row: sqlite3.Row) -> StoredArticle:
    """The record for a row of the view `articles_latest`."""
    published = published_of(row)
    return StoredArticle(
        id=row["id"],
        url=row["url"],
        host=row["host"],
        source=row["source"],
        title=row["title"],
        published=published.when if published else None,
        published_text=row["published_text"],
        published_zone=published.zone if published else None,
        credited_source=row["credited_source"],
        authors=tuple(load(row["authors"])),
        editors=tuple(load(row["editors"])),
        category=tuple(load(row["category"])),
        language=row["language"],
        publisher=row["publisher"],
        lead_image=row["lead_image"],
        dateline=row["dateline"],
        wire=row["wire"],
        correction=row["correction"],
        body=row["body"],
        sections=row["sections"],
        story=row["story_id"],
        copy_of=row["copy_of"],
        version=row["version"],
        version_id=row["version_id"],
        first_seen=datetime.fromisoformat(row["first_seen"]),
        last_seen=datetime.fromisoformat(row["last_seen"]),
        changed=datetime.fromisoformat(row["changed"]),
    )


def as_json(record: StoredArticle) -> dict[str, Any]:
    """The record as a JSON-ready mapping: times in ISO 8601, tuples as lists."""
    return {key: _plain(value) for key, value in asdict(record).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def context_of(page: Page) -> str | None:
    """What besides the bytes decided how a page was read, so that it can be read again the same way."""
    context = {"zone": page.zone, "publisher": page.publisher, "hints": hints_as_json(page.hints)}
    return dump({key: value for key, value in context.items() if value})


def hints_as_json(said: Hints) -> dict[str, object]:
    """What was said of a page, JSON-ready; empty if nothing was."""
    hints: dict[str, object] = {
        name: value for name in ("title", "authors", "source", "language") if (value := getattr(said, name))
    }
    if said.published:
        hints["published"] = [said.published.when.isoformat(), said.published.text, said.published.zone]
    return hints


def hints_of(context: dict[str, Any]) -> Hints:
    """The hints that `context_of` wrote."""
    hints = dict(context.get("hints", {}))
    published = hints.pop("published", None)
    authors = tuple(hints.pop("authors", ()))
    if published:
        zone = Zone(published[2]) if published[2] else None
        published = Published(when=from_iso(published[0]), text=published[1], zone=zone)
    return Hints(published=published, authors=authors, **hints)
