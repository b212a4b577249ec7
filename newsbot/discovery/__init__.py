"""Where links to articles are read out of feeds, sitemaps and list pages. Pure: nothing here fetches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from newsbot.model import Hints

NO_HINTS = Hints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address worth fetching, and what was said of it where it was found.

    `modified` is the last change that a feed or sitemap states, `id` the feed's own name for the entry.
    """

    url: str
    hints: Hints = NO_HINTS
    modified: datetime | date | None = None
    id: str | None = None
