"""Records made by hand, so that tests of the store and what lies behind it need no extraction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from newsbot.dedupe import fingerprints
from newsbot.model import (
    Article,
    Block,
    BlockKind,
    Extraction,
    Page,
    Processed,
    Published,
    Refusal,
    Rejection,
    Role,
    SiteFact,
    Zone,
)

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""When the pages of these tests were fetched, unless a test says otherwise."""

URL = "https://news.test/a/1.html"
TITLE = "Phase 3 trial of a cell therapy met its endpoint"
LONG = (
    "The company said on Monday that its cell therapy met the main endpoint of a late-stage trial"
    " in adults, and that it would file for approval in the coming year. Doctors who treat the disease had"
    " waited for the result since the spring, when an earlier study ended without a clear answer and two rivals"
    " gave up; the safety board saw nothing new, and full data will be shown at a meeting in the autumn."
)
"""A body long enough to be recognised without its title."""


def about(number: int) -> str:
    """A body of some sixty words that shares hardly any with that of another number."""
    random = Random(number)
    words = [
        "".join(random.choices("bcdfgklmnprstv", k=2)) + random.choice("aeiou") + str(number)
        for _ in range(6)
    ]
    vowels = ["".join(random.choices("aeioulmnrst", k=7)) for _ in range(54)]
    return " ".join([*words, *vowels])


def later(hours: float) -> datetime:
    """A time that many hours after NOON."""
    return NOON + timedelta(hours=hours)


def page(url: str = URL, **fields: object) -> Page:
    """A page fetched at NOON."""
    plain = Page(url=url, body=b"<p>as it came</p>", fetched=NOON, content_type="text/html")
    return replace(plain, **fields)  # type: ignore[arg-type]  # the fields of Page, by name


def published(when: datetime | date, zone: Zone | None = None) -> Published:
    """A publication date in its ISO words."""
    if isinstance(when, datetime):
        zone = zone or Zone.STATED
    return Published(when=when, text=when.isoformat(), zone=zone)


def article(text: str = LONG, title: str | None = TITLE, **fields: object) -> Article:
    """An article with one paragraph a line of the text, and nothing else known."""
    plain = Article(
        url=URL,
        title=title,
        published=None,
        source=None,
        authors=(),
        editors=(),
        category=(),
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in text.split("\n")),
        language="en",
        lead_image=None,
        links=(),
        publisher=None,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # the fields of Article, by name


def accepted(
    where: Page | str = URL, text: str = LONG, title: str | None = TITLE, **fields: object
) -> Processed:
    """A page that became an article; `fields` are the article's."""
    where = page(where) if isinstance(where, str) else where
    return with_article(where, article(text, title, url=where.url, **fields))


def with_article(where: Page, what: Article, facts: tuple[SiteFact, ...] = ()) -> Processed:
    """A page that became this article."""
    extraction = Extraction(article=what, facts=facts, encoding="utf-8")
    return Processed(page=where, extraction=extraction, prints=fingerprints(what.title, what.text))


def refused(
    where: Page | str = URL, reason: Rejection = Rejection.EMPTY, detail: str | None = None
) -> Processed:
    """A page that was read and is no article."""
    where = page(where) if isinstance(where, str) else where
    extraction = Extraction(article=article("", None, url=where.url, blocks=()))
    return Processed(page=where, extraction=extraction, refusal=Refusal(reason=reason, detail=detail))


def gone(url: str = URL, status: int = 404, **fields: object) -> Processed:
    """A page that answered with an error."""
    refusal = Refusal(reason=Rejection.HTTP_STATUS, detail=f"HTTP {status}")
    return Processed(page=page(url, status=status, **fields), refusal=refusal)


def failed(url: str = URL, **fields: object) -> Processed:
    """A page that did not answer."""
    return Processed(page=page(url, body=b"", status=0, failure="connection refused", **fields))


def unchanged(url: str = URL, **fields: object) -> Processed:
    """A page that answered "not modified"."""
    return Processed(page=page(url, body=b"", status=304, **fields))


def listed(url: str = "https://news.test/", **fields: object) -> Processed:
    """A page of links."""
    return Processed(page=page(url, role=Role.LIST, **fields))
