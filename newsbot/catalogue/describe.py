"""The page of the sources that newsbot brings along: `python -m newsbot.catalogue.describe > docs/sources.md`."""

from __future__ import annotations

from collections.abc import Iterator

from newsbot.catalogue.loading import load_catalogue
from newsbot.catalogue.source import Kind, Source

HEAD = """# Sources

Generated from the catalogue in `newsbot/catalogue`; `make docs` writes this page anew. Enabled is only what was seen
answering and is open to robots. `newsbot sources enable NAME` switches another one on, your own sources file changes
any field of it, and `newsbot sources try NAME` shows what it would collect.
"""


def describe() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, *(line for kind in Kind for line in _section(kind))])


def _section(kind: Kind) -> Iterator[str]:
    sources = [source for source in load_catalogue().values() if source.kind is kind]
    enabled = sum(source.enabled for source in sources)
    yield f"## {str(kind).capitalize()}: {len(sources)}, {enabled} enabled\n"
    yield "| name | title | language | country | begins with | state |"
    yield "|---|---|---|---|---|---|"
    for source in sources:
        cells = (source.title, source.language, source.country, begins_with(source), _state(source))
        yield f"| `{source.name}` | " + " | ".join(_cell(cell or "") for cell in cells) + " |"
    yield ""


def begins_with(source: Source) -> str:
    """What a crawl of a source begins with, in a word or two."""
    if source.spider != "site":
        return source.spider
    words = {"feed": source.feeds, "sitemap": source.sitemaps, "list": source.lists}
    browser = [" in a browser"] if source.browser else []
    return "".join([", ".join(word for word, urls in words.items() if urls), *browser])


def _state(source: Source) -> str:
    if not source.enabled:
        return f"disabled: {source.access or 'not seen answering'}"
    return f"enabled, seen {source.seen_live}" if source.seen_live else "enabled"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(describe(), end="")
