"""Step 2: bytes to a record."""

from __future__ import annotations

from newsbot.model import Page, Processed
from newsbot.processing import extract_page


class ExtractPipeline:
    """Reads the article out of the page."""

    def process_item(self, item: Page) -> Processed:
        """The page with what was read out of it."""
        return extract_page(item)
