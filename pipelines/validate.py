"""Step 3: is it an article at all?"""

from __future__ import annotations

from newsbot.model import Processed
from newsbot.processing import validate


class ValidatePipeline:
    """Marks what is no article with the reason; the store keeps both."""

    def process_item(self, item: Processed) -> Processed:
        """The item, with a refusal if it is no article."""
        return validate(item)
