"""Text and times from pages, as feeds may hold them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import format_datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from newsbot.store import StoredArticle
from newsbot.urls import is_web

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
"""What xml:lang may hold (BCP 47)."""

URL_SIGNS = "%/:?#[]@!$&'()*+,;=~"


def xml_safe(text: str) -> str:
    """The text without characters that XML 1.0 has no way to write."""
    return NOT_XML.sub("", text)


def xml(text: str) -> str:
    """The text as it stands between tags; a carriage return as a number, or parsers would make it a line feed."""
    return escape(xml_safe(text), {"\r": "&#13;"})


def heading(article: StoredArticle) -> str:
    """The title, or the address of an article that has none."""
    title = xml_safe(article.title or "")
    return title if title.strip() else xml_safe(article.url)


def people(article: StoredArticle) -> list[str]:
    """Who wrote it: its authors, else who published it; never nobody."""
    named = [name for name in map(xml_safe, article.authors) if name.strip()]
    others = (article.credited_source, article.publisher, article.host, "unknown")
    return named or [name for name in (xml_safe(other or "") for other in others) if name.strip()][:1]


def language_of(article: StoredArticle) -> str | None:
    """The language, where it is a code that XML knows."""
    return article.language if article.language and LANGUAGE.fullmatch(article.language) else None


def link_of(article: StoredArticle) -> str | None:
    """The address on the web, with what may not stand in one as %XX; None for a file or anything else."""
    return quote(xml_safe(article.url), safe=URL_SIGNS) if is_web(article.url) else None


def name_of(article: StoredArticle) -> str:
    """A name for ever: the same for the same address in every export of every archive."""
    return uuid5(NAMESPACE_URL, xml_safe(article.url)).urn


def moment(value: datetime | date) -> datetime:
    """A time that feeds can write: a day from its midnight, and an offset with seconds as UTC."""
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    offset = value.utcoffset()
    return value.astimezone(UTC) if offset is None or offset.total_seconds() % 60 else value


def rfc3339(value: datetime | date) -> str:
    """The time as Atom writes it.

    >>> rfc3339(date(2026, 9, 1))
    '2026-09-01T00:00:00+00:00'
    """
    return moment(value).isoformat(timespec="seconds")


def rfc822(value: datetime | date) -> str:
    """The time as RSS writes it.

    >>> rfc822(date(2026, 9, 1))
    'Tue, 01 Sep 2026 00:00:00 +0000'
    """
    return format_datetime(moment(value))
