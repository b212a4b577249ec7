"""The archive as a folder of Markdown files, one for each article."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from newsbot.errors import InputError
from newsbot.export.markdown import markdown
from newsbot.export.whole import replacing
from newsbot.store import StoredArticle, as_json

LONGEST_SLUG = 120
"""Bytes: with day, id and ending far below the 255 that file systems allow, and the 143 of encrypted ones."""

FACTS = (
    "title",
    "id",
    "url",
    "source",
    "host",
    "published",
    "authors",
    "language",
    "category",
    "story",
    "copy_of",
    "version",
    "first_seen",
    "last_seen",
)

NOT_YAML = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""What JSON may hold as it is and YAML not, or takes for the end of a line; and what turns a line's direction."""


def write_folder(articles: Iterable[StoredArticle], folder: Path) -> int:
    """One file for each article, named after day, title and id; others in the folder stay. The number written.

    A file of the same name is replaced at once, never half; that of the same article under another title or day
    stays beside it. Raises InputError where the folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: this is a file; name a folder.")
    folder.mkdir(exist_ok=True)
    count = 0
    for article in articles:
        count += 1
        text = f"{front_matter(article)}\n{markdown(article)}"
        with replacing(folder / file_name(article)) as part:
            part.write_bytes(text.encode("utf-8", "replace"))
    return count


def file_name(article: StoredArticle) -> str:
    """The name of an article's file: nothing of the title can lead out of the folder.

    It begins with the day, so that it is no name that Windows keeps for itself, and ends with the id.
    """
    day = article.published.isoformat()[:10] if article.published else "undated"
    return f"{day}-{slug(article.title or '')}-{article.id}.md"


def slug(title: str) -> str:
    """Letters and digits of a title, with hyphens between its words.

    >>> slug("../../etc/passwd: FDA approves PD-1 药")
    'etc-passwd-fda-approves-pd-1-药'
    """
    kept = "".join(c if _is_letter(c) else " " for c in unicodedata.normalize("NFKC", title).lower())
    short = "-".join(kept.split()).encode()[:LONGEST_SLUG].decode("utf-8", "ignore")
    return short.strip("-") or "untitled"


def _is_letter(sign: str) -> bool:
    """Whether it is a letter, a digit, or a mark that belongs to a letter, as vowels in Hindi and Thai do."""
    return unicodedata.category(sign)[0] in "LMN"


def front_matter(article: StoredArticle) -> str:
    """The facts as YAML: every value is JSON, which YAML reads as the same whatever it holds."""
    record = as_json(article)
    return "\n".join(["---", *(f"{name}: {_yaml(record[name])}" for name in FACTS), "---", ""])


def _yaml(value: object) -> str:
    return NOT_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
