"""One page to everything that can be read out of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from lxml import etree

from newsbot.extraction.blocks import RawBlock, Reading, read_page
from newsbot.extraction.body import Choice, choose_body, weigh
from newsbot.extraction.captions import finished
from newsbot.extraction.cleaning import Cleaned, clean_body, entries
from newsbot.extraction.dates import parse_published
from newsbot.extraction.declared import declared_body, with_declared
from newsbot.extraction.decode import decode, is_mojibake
from newsbot.extraction.embedded import Stated, stated_body
from newsbot.extraction.language import detect_language
from newsbot.extraction.links import outgoing_links
from newsbot.extraction.memory import Prints, choose_again, recognise, sight, weighty, without_furniture
from newsbot.extraction.metadata import Metadata, read_metadata
from newsbot.extraction.plaintext import is_plain, read_lines
from newsbot.extraction.rules import FURNITURE_MARKS
from newsbot.extraction.sections import find_dateline, is_correction, sectioned, with_contacts
from newsbot.extraction.site_facts import read_site_facts
from newsbot.extraction.tree import parse
from newsbot.model import Article, Extraction, Page, Published, Removed, Section, Signals, SiteMemory
from newsbot.recurrence import NOTHING_KNOWN

MOST_REMOVED = 200
LONGEST_REMOVED = 500
NEIGHBOURS = " · "
MOST_VISIBLE = 3000
CORRECTED = "correction"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LEAST_VISIBLE = 250


def extract(page: Page, memory: SiteMemory = NOTHING_KNOWN) -> Extraction:
    """Article, site facts and signals of one page, whatever its bytes are; `memory` is what its site repeats."""
    decoded = decode(page.body, page.content_type)
    tree = None if is_plain(decoded.text, page.content_type) else parse(decoded.utf8)
    reading = read_lines(decoded.text) if tree is None else read_page(tree)
    facts = read_site_facts(reading.blocks)
    metadata = with_declared(read_metadata(tree, reading.blocks, page, facts), tree, page)
    consumed = {**facts.consumed, **metadata.consumed}
    prints = Prints(reading)
    head = headline(reading, metadata.consumed)
    choice = choose_body(reading, head)
    known = recognise(prints, weighty(reading, choice), memory)
    choice = with_contacts(choose_again(choice, reading, head, known), reading.blocks)
    cleaned = without_corrections(clean_body(reading, choice, consumed, metadata.authors), metadata.title)
    visible = Body(reading=reading, choice=choice, cleaned=cleaned)
    instead = body_instead(tree, page, metadata, visible)
    replaced: tuple[tuple[str, str], ...] = ()
    if instead is not None:
        replaced = tuple(("in place of the body", block.text) for block in reading.blocks)
        reading, choice, cleaned, consumed = instead.reading, instead.choice, instead.cleaned, {}
        prints = Prints(reading)
        metadata = replace(metadata, origins={**metadata.origins, "body": instead.origin or ""})
    sighting = sight(prints, choice, cleaned, metadata.title)
    bare = cleaned
    if memory.pieces:
        cleaned = without_furniture(bare, choice, prints, memory, in_sections(bare, choice))
    consumed = {**known.rules(), **consumed}
    record = article(
        page,
        tree,
        metadata,
        Parts(reading=reading, choice=choice, cleaned=cleaned, consumed=consumed, replaced=replaced),
    )
    return Extraction(
        article=record,
        facts=facts.facts,
        signals=signals(reading, choice, cleaned, metadata.declared_type),
        canonical=metadata.canonical,
        encoding=f"{decoded.encoding}, mojibake" if is_mojibake(record.text) else decoded.encoding,
        sighting=sighting,
        bare=None if bare is cleaned else "\n".join(block.text for block in bare.kept),
    )


def in_sections(cleaned: Cleaned, choice: Choice) -> set[int]:
    """Indexes of the blocks that are sections of a press release: many releases share them, and they are kept."""
    blocks = sectioned(finished(cleaned.kept, choice))
    return {
        raw.index
        for raw, block in zip(cleaned.kept, blocks, strict=True)
        if block.section is not Section.BODY
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as it was read; `origin` says who pointed at it, None for what shows on the page by itself."""

    reading: Reading
    choice: Choice
    cleaned: Cleaned
    origin: str | None = None

    @property
    def size(self) -> int:
        """Western characters that were kept."""
        return sum(self.choice.sizes[block.index] for block in self.cleaned.kept)


def body_instead(tree: etree._Element | None, page: Page, metadata: Metadata, visible: Body) -> Body | None:
    """The body to take in place of the visible one: the source's own, if anything of it is left when it is clean."""
    declared = declared_body(tree, page)
    if declared is not None and (body := read_alone(declared, metadata)).cleaned.kept:
        return body
    stated = stated_instead(tree, visible.size, metadata.title)
    return read_alone(stated, metadata) if stated is not None else None


def read_alone(stated: Stated, metadata: Metadata) -> Body:
    """A body that stands by itself, cleaned as every other."""
    choice = choose_body(stated.reading)
    cleaned = clean_body(stated.reading, choice, {}, metadata.authors)
    return Body(
        reading=stated.reading,
        choice=choice,
        cleaned=without_corrections(cleaned, metadata.title),
        origin=stated.origin,
    )


def stated_instead(tree: etree._Element | None, visible: int, title: str | None) -> Stated | None:
    """The body in the page's data, where the visible one has next to no text, in Western characters."""
    if tree is None or visible >= LEAST_VISIBLE:
        return None
    stated = stated_body(tree, title, visible)
    if stated is None or sum(weigh(block.text) for block in stated.reading.blocks) < 2 * visible:
        return None
    return stated


def headline(reading: Reading, consumed: Mapping[int, str]) -> int | None:
    """Index of the block that is the title."""
    return next((index for index in sorted(consumed) if consumed[index] == "title"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A page taken apart: its blocks, where the article is, what was cleaned out of it, what is metadata."""

    reading: Reading
    choice: Choice
    cleaned: Cleaned
    consumed: Mapping[int, str]
    replaced: tuple[tuple[str, str], ...] = ()
    """Rules and texts of what a page shows in place of the body that is in its data."""


def article(page: Page, tree: etree._Element | None, metadata: Metadata, parts: Parts) -> Article:
    """The clean record."""
    blocks = sectioned(finished(parts.cleaned.kept, parts.choice))
    text = "\n".join(block.text for block in blocks)
    dateline = find_dateline(blocks)
    published, origins = metadata.published, metadata.origins
    if published is None and dateline and (published := dated_in(dateline.text, page)):
        origins = {**origins, "published": "dateline"}
    return Article(
        url=page.url,
        title=metadata.title,
        published=published,
        source=metadata.source,
        authors=metadata.authors,
        editors=metadata.editors,
        category=metadata.category,
        blocks=blocks,
        language=detect_language(text, None if tree is None else tree.get("lang")),
        lead_image=metadata.lead_image,
        links=outgoing_links(parts.cleaned.kept, page.url),
        publisher=metadata.publisher,
        origins=origins,
        removed=removed(parts),
        dateline=dateline.text if dateline else None,
        wire=dateline.wire if dateline else None,
        correction=correction(parts),
    )


def dated_in(dateline: str, page: Page) -> Published | None:
    """The day of a dateline that names its year: the last to be asked, for a release may be printed later."""
    return parse_published(dateline, page.zone, page.fetched) if YEAR.search(dateline) else None


def without_corrections(cleaned: Cleaned, title: str | None) -> Cleaned:
    """The body less what the publisher says it has put right."""
    found = {block.index: CORRECTED for block in cleaned.kept if is_correction(block.text, title)}
    if not found or len(found) == len(cleaned.kept):
        return cleaned
    kept = [block for block in cleaned.kept if block.index not in found]
    return Cleaned(kept=kept, removed={**cleaned.removed, **found})


def correction(parts: Parts) -> str | None:
    """What the publisher says it has put right, one note a line."""
    notes = [index for index, rule in parts.cleaned.removed.items() if rule == CORRECTED]
    return "\n".join(parts.reading.blocks[index].text for index in notes) or None


def removed(parts: Parts) -> tuple[Removed, ...]:
    """What is not in the body and which rule took it: first what stood in the article, then what stood round it.

    What stood in the article is whole, however long; what stood round it is bounded, and how much was left out is
    said. Neighbours round it that one rule took are one entry, like the words of a menu: Home · About us · Contact.
    """
    kept = {block.index for block in parts.cleaned.kept}
    inside, known, marks = parts.cleaned.removed, parts.consumed, parts.choice.marks
    here: list[Removed] = []
    told: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    for block in parts.reading.blocks:
        index = block.index
        if index in kept:
            continue
        if index in inside:
            here.append(Removed(rule=inside[index], text=block.text))
        elif index in known:
            told.append((known[index], block.text))
        else:
            rest.append((furniture(marks[index]), block.text))
    rest += parts.replaced
    runs = groupby((*told, *rest), key=itemgetter(0))
    around = [Removed(rule=rule, text=shortened([text for _, text in run])) for rule, run in runs]
    if len(around) > MOST_REMOVED:
        left = f"{len(around) - MOST_REMOVED} more boxes"
        around[MOST_REMOVED:] = [Removed(rule="not kept", text=left)]
    return (*here, *around)


def shortened(texts: list[str]) -> str:
    """Neighbours in a line, cut where it gets long.

    >>> shortened(["Home", "About us"])
    'Home · About us'
    """
    joined = NEIGHBOURS.join(texts)
    return joined if len(joined) <= LONGEST_REMOVED else f"{joined[: LONGEST_REMOVED - 1]}…"


@lru_cache(maxsize=1024)
def furniture(marks: frozenset[str]) -> str:
    """Which mark of furniture names a block that no rule took."""
    return min(marks & FURNITURE_MARKS, default="outside the article")


def signals(reading: Reading, choice: Choice, cleaned: Cleaned, declared_type: str | None) -> Signals:
    """Weight of the body, links outside furniture (in Western characters and items), what one sees first."""
    unwanted = FURNITURE_MARKS - {"related"}
    main = [
        block
        for block in reading.blocks
        if block.link_length and unwanted.isdisjoint(choice.marks[block.index])
    ]
    visible = "\n".join(block.text for block in reading.blocks[:150])
    return Signals(
        text_length=sum(choice.sizes[block.index] for block in cleaned.kept),
        link_text_length=sum(block.link_length for block in main),
        linked_items=sum(is_item(block, choice.sizes[block.index]) for block in main),
        entries=entries(reading.blocks[choice.first : choice.end], choice.plain),
        declared_type=declared_type,
        visible_text=visible[:MOST_VISIBLE],
    )


SHORTEST_ITEM = 15


def is_item(block: RawBlock, size: int) -> bool:
    """Whether a block of so many Western characters is like an entry of a list: mostly link, no mere word."""
    return block.link_length > 0.5 * len(block.text) and size >= SHORTEST_ITEM
