"""The steps between a fetched page and the store, as plain functions that every way in shares.

Scrapy's pipelines call them one by one; `newsbot import`, `fetch` and `reclean` call `process`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec

from newsbot.dedupe import fingerprints
from newsbot.extraction import extract
from newsbot.extraction.verdict import judge
from newsbot.model import Page, Processed, Refusal, Rejection, Role, SiteMemory
from newsbot.recurrence import NOTHING_KNOWN

P = ParamSpec("P")


def has_article(page: Page) -> bool:
    """Whether there are bytes to read an article out of: no list, no failure, no "not modified"."""
    return page.role is Role.ARTICLE and page.failure is None and page.status != 304


def guarded(
    step: Callable[Concatenate[Processed, P], Processed],
) -> Callable[Concatenate[Processed, P], Processed]:
    """The step, with the page refused and kept when strangers' bytes break it: never lost."""

    @wraps(step)
    def call(item: Processed, /, *args: P.args, **kwargs: P.kwargs) -> Processed:
        try:
            return step(item, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - whatever happens, the page is kept with the reason
            detail = f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace").decode()
            refusal = Refusal(reason=Rejection.EXTRACTION_FAILED, detail=detail)
            return Processed(page=item.page, refusal=refusal)

    return call


def extract_page(page: Page, memory: SiteMemory = NOTHING_KNOWN) -> Processed:
    """Read the page, with what its site is known to repeat."""
    return _extract(Processed(page=page), memory)


@guarded
def _extract(item: Processed, memory: SiteMemory) -> Processed:
    if not has_article(item.page) or not 200 <= item.page.status < 300:
        return item
    return replace(item, extraction=extract(item.page, memory))


@guarded
def validate(item: Processed) -> Processed:
    """Decide whether what was read is an article, and say why if it is not."""
    page = item.page
    decided = item.refusal is not None or item.prints is not None
    if decided or page.failure is not None or page.status == 304:
        return item
    if not 200 <= page.status < 300:
        return replace(item, refusal=Refusal(reason=Rejection.HTTP_STATUS, detail=f"HTTP {page.status}"))
    if item.extraction is None:
        return item
    return replace(item, refusal=judge(page, item.extraction))


@guarded
def fingerprint(item: Processed) -> Processed:
    """Add the fingerprints by which the store recognises copies and changes."""
    if item.extraction is None or item.refusal is not None or item.prints is not None:
        return item
    article = item.extraction.article
    return replace(item, prints=fingerprints(article.title, article.text, item.extraction.bare, article.news))


def process(page: Page, memory: SiteMemory = NOTHING_KNOWN) -> Processed:
    """All steps before the store."""
    return fingerprint(validate(extract_page(page, memory)))
