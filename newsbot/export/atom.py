"""The archive as an Atom 1.0 feed (RFC 4287). What came from a page is escaped text; nothing in it runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO
from uuid import UUID, uuid5
from xml.sax.saxutils import quoteattr

from newsbot.export.xml_text import heading, language_of, link_of, name_of, people, rfc3339, xml
from newsbot.store import StoredArticle

FEEDS = UUID("20460c1a-40c5-56c3-b772-0f1b6cc10e55")


def feed_id(key: str) -> str:
    """The id of a feed of its own for each key: a watch, or a query. The same wherever it is made."""
    return f"urn:uuid:{uuid5(FEEDS, key) if key else FEEDS}"


def write_atom(
    articles: Iterable[StoredArticle], out: TextIO, *, title: str = "newsbot", key: str = ""
) -> int:
    """An Atom 1.0 feed with this title; the number of entries written."""
    out.write('<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n')
    out.write(f"<id>{feed_id(key)}</id><title>{xml(title)}</title><author><name>newsbot</name></author>\n")
    out.write(f"<generator>newsbot</generator><updated>{rfc3339(datetime.now(UTC))}</updated>\n")
    count = 0
    for article in articles:
        count += 1
        out.write(atom_entry(article))
    out.write("</feed>\n")
    return count


def atom_entry(article: StoredArticle) -> str:
    """One entry. Its id comes from the address, and stays when the text or the database changes."""
    language, link = language_of(article), link_of(article)
    opening = f'<entry xml:lang="{language}">' if language else "<entry>"
    published = f"<published>{rfc3339(article.published)}</published>" if article.published else ""
    return (
        f"{opening}<id>{name_of(article)}</id><title>{xml(heading(article))}</title>"
        + (f'<link rel="alternate" href={quoteattr(link)}/>' if link else "")
        + f"<updated>{rfc3339(article.changed)}</updated>{published}"
        + "".join(f"<author><name>{xml(name)}</name></author>" for name in people(article))
        + f'<content type="text">{xml(article.body)}</content></entry>\n'
    )
