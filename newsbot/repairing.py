"""What changed in a source's pages, by what is kept of before and after, and which selectors would read them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from newsbot.archive import read_page
from newsbot.catalogue import Source
from newsbot.discovery.lists import read_list
from newsbot.discovery.proposing import Known, Proposal, propose_fields, propose_list, squashed
from newsbot.errors import ArchiveError
from newsbot.extraction.decode import decode
from newsbot.extraction.tree import parse
from newsbot.model import Article, Page, Processed
from newsbot.processing import process
from newsbot.store import Database
from newsbot.store.recleaning import Kept, page_again
from newsbot.urls import canonicalise

MOST_ARTICLES = 40
MOST_PAGES = 12
SHORTER = 4
"""A body that is shorter than before by this factor was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What is proposed: for the list, and for each field that fell empty.

    `lists` and `pages` are the kept lists and the articles that were looked at, `read` how many links are found
    today without any change, `lost` how often each field is not read any more.
    """

    lists: int
    pages: int
    read: int
    lost: Mapping[str, int] = field(default_factory=dict)
    list_proposal: Proposal | None = None
    fields: Mapping[str, Proposal] = field(default_factory=dict)

    @property
    def selectors(self) -> dict[str, dict[str, str]]:
        """The tables for the source's entry."""
        tables = {
            "selectors": self.list_proposal.selectors if self.list_proposal else {},
            "fields": {name: css for each in self.fields.values() for name, css in each.selectors.items()},
        }
        return {name: table for name, table in tables.items() if table}


def propose(db: Path, source: Source, now: datetime) -> Repair:
    """Compare the pages kept of a source. Raises StoreError if the database cannot be read."""
    with Database(db) as database:
        archive = database.archive
        pairs = database.first_and_last(source.name)
        lists = _starting(list(_pages(archive, database.kept_lists(source.name))), source)
    first = [before for before, _ in pairs]
    known = [_known(item) for item in _read(archive, first[-MOST_ARTICLES:], source) if item.refusal is None]
    later = _later(archive, source, pairs)
    lost = _lost(later)
    trees = [
        (parse(decode(after.page.body, after.page.content_type).text), before) for before, after in later
    ]
    found, proposal = _look_at_lists(lists, source, known)
    return Repair(
        lists=len(lists),
        pages=len(later),
        read=found,
        lost=lost,
        list_proposal=proposal,
        fields=propose_fields(trees, lost, source.zone, now),
    )


def _starting(lists: list[Page], source: Source) -> list[Page]:
    """The lists that a crawl begins with, not their further pages; all of them where they were redirected."""
    starts = {canonicalise(url) for url in source.starts}
    return [page for page in lists if canonicalise(page.url) in starts] or lists


def _pages(archive: Path, kept: Iterable[Kept]) -> list[Page]:
    found: list[Page] = []
    for each in kept:
        with suppress(ArchiveError):
            found.append(page_again(each, read_page(archive, each.place)))
    return found


def _read(archive: Path, kept: Iterable[Kept], source: Source) -> list[Processed]:
    return [process(replace(page, fields=source.fields)) for page in _pages(archive, kept)]


def _later(
    archive: Path, source: Source, pairs: Sequence[tuple[Kept, Kept]]
) -> list[tuple[Known, Processed]]:
    """What was known of articles, and how their pages read that came last: those read twice, else the newest."""
    twice = [(before, after) for before, after in pairs if before.fetch != after.fetch][-MOST_PAGES:]
    if twice:
        both = (_read(archive, pair, source) for pair in twice)
        return [(_known(read[0]), read[1]) for read in both if len(read) == len(twice[0])]
    newest = _read(archive, [each for _, each in pairs[-MOST_PAGES:]], source)
    return [(_told(item.page), item) for item in newest]


def _told(page: Page) -> Known:
    """What a list or feed said of a page."""
    return Known(url=page.url, title=page.hints.title, published=page.hints.published)


def _known(item: Processed) -> Known:
    article = item.extraction.article if item.extraction else None
    if article is None or item.refusal is not None:
        return Known(url=item.page.url)
    paragraphs = tuple(block.text for block in article.blocks if len(block.text) > 40)[:6]
    return Known(
        url=article.url,
        title=article.title,
        published=article.published,
        authors=article.authors,
        paragraphs=paragraphs,
    )


def _lost(later: Iterable[tuple[Known, Processed]]) -> dict[str, int]:
    """For each field on how many pages it was known before and is not read now."""
    lost: dict[str, int] = defaultdict(int)
    for before, after in later:
        now = after.extraction.article if after.extraction and after.refusal is None else None
        for name, is_lost in _compared(before, now).items():
            lost[name] += is_lost
    return {name: count for name, count in lost.items() if count}


def _compared(before: Known, now: Article | None) -> dict[str, bool]:
    size = sum(map(len, before.paragraphs))
    return {
        "title": before.title is not None
        and (now is None or now.title is None or squashed(now.title) != squashed(before.title)),
        "published": before.published is not None and (now is None or now.published is None),
        "authors": bool(before.authors) and (now is None or not now.authors),
        "body": size > 0 and (now is None or SHORTER * len(now.text) < size),
    }


def _look_at_lists(lists: Iterable[Page], source: Source, known: list[Known]) -> tuple[int, Proposal | None]:
    """How many known articles the lists lead to as they are read now, and what would read them better."""
    found, best = 0, None
    wanted = {canonicalise(each.url) for each in known}
    for page in lists:
        tree = parse(decode(page.body, page.content_type).text)
        links = {
            canonicalise(link.url)
            for link in read_list(tree, page.url, source.list_selectors, source.zone).links
        }
        found += len(links & wanted) or len(links)
        proposal = propose_list(tree, page.url, known)
        if (
            proposal is not None
            and proposal.found > len(links & wanted)
            and (best is None or proposal.found > best.found)
        ):
            best = proposal
    return found, best
