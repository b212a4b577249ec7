"""The only place that speaks SQL: one SQLite file with everything that was collected."""

from newsbot.store.database import Database
from newsbot.store.reading import Filters, Found, Hit, RejectedPage, Site
from newsbot.store.recorder import Outcome, Recorded
from newsbot.store.rows import StoredArticle, StoredVersion, as_json
from newsbot.store.runs import Run, SourceRow

__all__ = [
    "Database",
    "Filters",
    "Found",
    "Hit",
    "Outcome",
    "Recorded",
    "RejectedPage",
    "Run",
    "Site",
    "SourceRow",
    "StoredArticle",
    "StoredVersion",
    "as_json",
]
