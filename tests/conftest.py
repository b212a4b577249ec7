"""What all tests share: a fresh database, and properties tried without a clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from newsbot.store import Database
from newsbot.store.connection import Access

settings.register_profile("newsbot", deadline=None, print_blob=True)
settings.load_profile("newsbot")


LONGEST = ("test_schedule", "test_adding", "test_scrapyd", "test_month", "test_browser", "test_whole_site")
"""Files of real crawls, the longest first: where processes share the tests, none begins with these at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real crawls first."""

    def place(item: pytest.Item) -> int:
        if item.path.stem in LONGEST:
            return LONGEST.index(item.path.stem)
        return len(LONGEST) + ("crawl" not in item.path.parts)

    items.sort(key=place)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A new database, open for writing, that is sound when the test ends."""
    with Database(tmp_path / "news.db", Access.WRITE) as database:
        yield database
        health = database.check()
        assert health.problems == ()
