"""The only place that speaks SQL: one SQLite file with everything that was collected."""

from newsbot.store.database import Database
from newsbot.store.frontier import Waiting
from newsbot.store.reading import RejectedPage, Site
from newsbot.store.recorder import Outcome, Recorded
from newsbot.store.rows import StoredArticle, StoredVersion, as_json
from newsbot.store.runs import Ending, Run, SourceRow
from newsbot.store.searching import Found, Hit
from newsbot.store.telling import Explanation, Member, Reason, difference

__all__ = [
    "Database",
    "Ending",
    "Explanation",
    "Found",
    "Hit",
    "Member",
    "Outcome",
    "Reason",
    "Recorded",
    "RejectedPage",
    "Run",
    "Site",
    "SourceRow",
    "StoredArticle",
    "StoredVersion",
    "Waiting",
    "as_json",
    "difference",
]
