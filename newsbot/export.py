"""The archive for other programs: JSON Lines, CSV, Markdown, Atom. Written as they are read, in constant memory."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import TextIO
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from newsbot.store import StoredArticle, as_json

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a cell can start a formula; the wide signs do in Chinese and Japanese spreadsheets."""

CSV_FIELDS = (
    "id",
    "url",
    "source",
    "host",
    "title",
    "published",
    "published_zone",
    "credited_source",
    "authors",
    "language",
    "category",
    "story",
    "copy_of",
    "version",
    "first_seen",
    "last_seen",
    "body",
)


def write_jsonl(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """One JSON object a line; the number written."""
    count = 0
    for article in articles:
        count += 1
        out.write(json.dumps(as_json(article), ensure_ascii=False) + "\n")
    return count


def write_csv(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """A table with headings, in which no cell can start a formula; the number of articles written."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_FIELDS)
    count = 0
    for article in articles:
        count += 1
        record = as_json(article)
        writer.writerow([safe_cell(record[name]) for name in CSV_FIELDS])
    return count


def safe_cell(value: object) -> str:
    """The text of a cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell(-3), safe_cell(["a", "b"])
    ("'=1+1", '-3', 'a; b')
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_markdown(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """One document with a section for each article; the number written."""
    count = 0
    for article in articles:
        count += 1
        out.write(markdown(article) + "\n")
    return count


def markdown(article: StoredArticle) -> str:
    """One article as Markdown: heading, a line of facts, paragraphs."""
    facts = [
        article.published.isoformat() if article.published else "no date",
        article.credited_source or article.publisher or article.source or "",
        ", ".join(article.authors),
    ]
    line = [*(_plain(fact) for fact in facts if fact), f"<{quote(article.url, safe=URL_SIGNS)}>"]
    lines = [f"## {_plain(article.title or article.url)}", " · ".join(line)]
    return "\n\n".join([*lines, *(_plain(line) for line in article.body.split("\n"))]) + "\n"


MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|"})


URL_SIGNS = "%/:?#[]@!$&'()*+,;=~"


def _plain(text: str) -> str:
    """The text on one line, with no sign that means something in Markdown."""
    return " ".join(text.split()).translate(MARKDOWN_SIGNS)


def write_atom(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """An Atom 1.0 feed; the number of entries written."""
    out.write('<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n')
    out.write("<id>urn:newsbot:export</id><title>newsbot</title><author><name>newsbot</name></author>\n")
    out.write(f"<updated>{_atom_time(datetime.now(UTC))}</updated>\n")
    count = 0
    for article in articles:
        count += 1
        out.write(atom_entry(article))
    out.write("</feed>\n")
    return count


def atom_entry(article: StoredArticle) -> str:
    """One entry: what came from a page is escaped text."""
    authors = article.authors or (article.credited_source or article.publisher or article.host or "unknown",)
    published = f"<published>{_atom_time(article.published)}</published>" if article.published else ""
    return (
        f"<entry><id>urn:newsbot:article:{article.id}</id><title>{_xml(article.title or article.url)}</title>"
        f"<link href={quoteattr(_xml_safe(article.url))}/>"
        f"<updated>{_atom_time(article.published or article.first_seen)}</updated>{published}"
        + "".join(f"<author><name>{_xml(name)}</name></author>" for name in authors)
        + f'<content type="text">{_xml(article.body)}</content></entry>\n'
    )


def _atom_time(value: datetime | date) -> str:
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value.isoformat(timespec="seconds")


SURROGATE_OR_NONE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def _xml_safe(text: str) -> str:
    """The text without characters that XML 1.0 has no way to write."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and not SURROGATE_OR_NONE.match(c)))


def _xml(text: str) -> str:
    return escape(_xml_safe(text))


FORMATS: dict[str, Callable[[Iterable[StoredArticle], TextIO], int]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "md": write_markdown,
    "atom": write_atom,
}
