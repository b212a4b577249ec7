"""The archive as one Markdown document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO
from urllib.parse import quote

from newsbot.store import StoredArticle

UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of what follows: nothing that a reader sees."""

SIGNS = re.compile(r"[\\`*_\[\]<>#|~]|&(?=#?\w{1,40};)")
"""What means something in Markdown wherever it stands; & where it begins an entity."""

LINE_START = re.compile(r"^(?:(?=[-+=](?:[-=\s]|$))|(\d{1,9})(?=[.)](?:\s|$)))")
"""What makes a line a list, a rule or the line under a heading."""

URL_SIGNS = "%/:?#[]@!$&'()*+,;=~"


def write_markdown(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """One document with a section for each article; the number written."""
    count = 0
    for article in articles:
        count += 1
        out.write(markdown(article) + "\n")
    return count


def markdown(article: StoredArticle) -> str:
    """One article as Markdown: heading, a line of facts, paragraphs."""
    facts = [
        article.published.isoformat() if article.published else "no date",
        article.credited_source or article.publisher or article.source or "",
        ", ".join(article.authors),
    ]
    address = quote(article.url, safe=URL_SIGNS, errors="replace")
    line = [*(plain_line(fact) for fact in facts if fact), f"<{address}>"]
    lines = [f"## {plain_line(article.title or article.url)}", " · ".join(line)]
    return "\n\n".join([*lines, *(plain_line(line) for line in article.body.split("\n"))]) + "\n"


def plain_line(text: str) -> str:
    r"""The text on one line, with no sign that means something in Markdown.

    >>> print(plain_line("1. *One*\n- two"), plain_line("- [x](y)"), plain_line("R&D &lt; -5"))
    1\. \*One\* - two \- \[x\](y) R&D \&lt; -5
    """
    line = " ".join(UNSEEN.sub("", text).split())
    return LINE_START.sub(r"\1\\", SIGNS.sub(r"\\\g<0>", line))
