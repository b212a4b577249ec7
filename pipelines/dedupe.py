"""Step 4: the fingerprints by which copies and changes are recognised.

The decision itself is `newsbot.dedupe.decide`; it is taken by the store inside the transaction that
acts on it, because between reading and writing another process may have written.
"""

from __future__ import annotations

from newsbot.model import Processed
from newsbot.processing import fingerprint


class DedupePipeline:
    """Adds the fingerprints."""

    def process_item(self, item: Processed) -> Processed:
        """The item with its fingerprints if it is an article."""
        return fingerprint(item)
