"""The archive as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from newsbot.store import StoredArticle, as_json


def write_jsonl(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """One JSON object a line; the number written."""
    count = 0
    for article in articles:
        count += 1
        out.write(json.dumps(as_json(article), ensure_ascii=False) + "\n")
    return count
