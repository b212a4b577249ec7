"""Pages of a made-up site whose template repeats text that nothing but its recurrence gives away."""

from __future__ import annotations

import random
from datetime import timedelta

from newsbot.extraction import extract
from newsbot.extraction.verdict import judge
from newsbot.model import Article, Extraction, Page, SiteMemory
from newsbot.recurrence import NOTHING_KNOWN, Tally, learnt, remembered
from tests.builders import NOON

PROMO = "Our morning call goes through the day's readouts in ten minutes, and is free for readers who work in a ward."
ABOUT = (
    "Quillmoor is a maker of inhaled medicines with plants in three countries. It has sold its powders since 1987,"
    " employs four thousand people, and is listed on the exchange of its home town."
)
OFFER = 'Readers of the letter knew this first: <a href="/letter">have it sent to you</a> each Friday before noon.'
OFFER_TEXT = "Readers of the letter knew this first: have it sent to you each Friday before noon."
SIGNATURE = "Office of the Registrar"
NOTICE = (
    "Holders of an authorisation send their figures for the month to the registry on the form that is in force,"
    " together with the name of the person who answers for them.",
    "Figures that come late are published as missing. A correction is possible until the end of the quarter, and"
    " must name the line that it concerns.",
)
SUBJECTS = [
    "The trial",
    "A plant in the north",
    "The regulator",
    "Its partner",
    "One of the rivals",
    "The new inhaler",
    "A ward",
]
VERBS = ["reported", "delayed", "opened", "described", "reviewed", "expected", "paid for", "gave up"]
OBJECTS = [
    "a second dose in older adults",
    "two lines for sterile filling",
    "the figures of the last quarter",
    "a licence for the compound",
    "the endpoint that matters",
    "a warning about the valve",
    "results in forty patients",
    "a cheaper device",
]
ENDS = [
    "after a long review",
    "in the autumn",
    "without giving a reason",
    "for the first time",
    "with some doubts",
]


def sentences(number: int, count: int = 3) -> str:
    """A paragraph of which there is no other: the number of the page chooses its words, and is in it."""
    chosen = random.Random(number)
    said = [
        f"{chosen.choice(SUBJECTS)} {chosen.choice(VERBS)} {chosen.choice(OBJECTS)} {chosen.choice(ENDS)}"
        for _ in range(count)
    ]
    return f"{'. '.join(said)}, in case {number}."


def title(number: int) -> str:
    """The headline of a page."""
    return f"{sentences(number, 1).split(',')[0]} ({number})"


def html(
    number: int,
    *,
    head: str | None = None,
    before: str = "",
    amid: str = "",
    after: str = "",
    body: str | None = None,
) -> bytes:
    """A page of the site; the promotion stands in a box without a name in the midst of the text."""
    paragraphs = [f"<p>{sentences(100 * number + part)}</p>" for part in range(4)]
    text = body if body is not None else f"{''.join(paragraphs[:2])}{amid}{''.join(paragraphs[2:])}{after}"
    name = head or title(number)
    return (
        f"<html><head><title>{name}</title></head><body><div class=nav><a href=/>Home</a></div>"
        f"<h1>{name}</h1>{before}<div><div>{text}</div></div><p><a href=/next>Next</a></p></body></html>"
    ).encode()


BOX = f"<section><span>{PROMO}</span></section>"


def page(number: int, body: bytes | None = None, host: str = "quillmoor.test", **parts: str) -> Page:
    """A fetched page of the site, with the promotion in it if nothing else is asked for."""
    content = body if body is not None else html(number, **(parts or {"amid": BOX}))
    return Page(
        url=f"https://{host}/news/{number}.html",
        body=content,
        fetched=NOON + timedelta(minutes=number),
        content_type="text/html; charset=utf-8",
    )


class Site:
    """What pages have taught, in memory only."""

    def __init__(self) -> None:
        self.count = 0
        self.tallies: dict[int, Tally] = {}
        self.memory: SiteMemory = NOTHING_KNOWN

    def read(self, *pages: Page) -> Extraction:
        """What is read out of the last of these pages; each teaches."""
        for each in pages:
            found = extract(each, self.memory)
            assert judge(each, found) is None
            self.count += 1
            self.tallies |= learnt(found.sighting, self.tallies, self.count)
            self.memory = remembered(self.tallies, self.count)
        return found

    def article(self, *pages: Page) -> Article:
        """The article of the last of these pages."""
        return self.read(*pages).article


def rules(article: Article) -> dict[str, str]:
    """For each piece that was removed by which rule."""
    return {removed.text: removed.rule for removed in article.removed}
