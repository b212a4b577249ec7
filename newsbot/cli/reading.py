"""One article on the terminal: the text, what was stripped, and its versions."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from newsbot.cli.common import clean, console, plural, when
from newsbot.cli.wrapping import print_wrapped
from newsbot.model import Article, Block, BlockKind, Extraction, Section
from newsbot.store import StoredArticle, StoredVersion
from newsbot.store.recleaning import differences

if TYPE_CHECKING:
    from newsbot.recleaning import Recleaned

STYLES = {"-": "red", "+": "green"}
LEADS = {
    BlockKind.LIST_ITEM: "• ",
    BlockKind.QUOTE: "> ",
    BlockKind.TABLE_ROW: "| ",
    BlockKind.CAPTION: "[caption] ",
}


ORIGIN_OF = {"credited": "source", "source": ""}
"""Fields of the record whose names are others on the screen: there "source" is what was crawled."""


def print_article(article: StoredArticle, history: list[StoredVersion], copies: list[StoredArticle]) -> None:
    """The title, the facts that are known, and the body."""
    out = console()
    print_wrapped(out, Text(clean(article.title), style="bold"))
    origins = history[-1].article.origins
    for name, value in facts_of(article, history, copies):
        origin = origins.get(ORIGIN_OF.get(name, name))
        said = f"  [{origin.removesuffix(', relative')}]" if origin else ""
        print_wrapped(
            out, Text(clean(value)).append(said, style="dim"), first=(f"{name:>10}  ", "dim"), indent=12
        )
    print_blocks(out, history[-1].article.blocks)


def print_blocks(out: Console, blocks: Sequence[Block]) -> None:
    """The body; where another section of a press release begins, its name."""
    section = Section.BODY
    for block in blocks:
        if block.section is not section:
            section = block.section
            out.print()
            out.print(Text("news" if section is Section.BODY else f"[{section}]", style="dim"))
        out.print()
        print_wrapped(out, printable(block))


def facts_of(
    article: StoredArticle, history: list[StoredVersion], copies: list[StoredArticle]
) -> list[tuple[str, str]]:
    """What is known besides the text, as (name, value); unknown fields are left out."""
    facts = [
        ("published", stated(article) + reckoned(history[-1].article)),
        ("credited", article.credited_source or ""),
        ("authors", ", ".join(article.authors)),
        ("editors", ", ".join(article.editors)),
        ("category", " > ".join(article.category)),
        ("publisher", article.publisher or ""),
        ("dateline", article.dateline or ""),
        ("wire", article.wire or ""),
        ("corrected", article.correction or ""),
        ("language", article.language or ""),
        ("source", article.source or ""),
        ("address", article.url),
        ("seen", f"{when(article.first_seen)} to {when(article.last_seen)}"),
        ("versions", str(len(history)) if len(history) > 1 else ""),
        ("story", f"{article.story}{'' if copies else ', alone'}"),
        ("first in", f"article {article.copy_of}" if article.copy_of else ""),
        ("copies", ", ".join(f"article {copy.id} ({copy.source or copy.host})" for copy in copies)),
    ]
    return [(name, value) for name, value in facts if value]


def stated(article: StoredArticle) -> str:
    """The publication time as the publisher has it, with its zone and whether that was assumed."""
    if article.published is None:
        return "unknown"
    zone = f" (zone {article.published_zone})" if article.published_zone else ""
    return article.published.isoformat().replace("T", " ") + zone


def reckoned(article: Article) -> str:
    """What the publisher said, where that was an age: the day is reckoned from when the page was fetched."""
    if article.published is None or not article.origins.get("published", "").endswith(", relative"):
        return ""
    return f" (reckoned from “{clean(article.published.text)}”)"


def printable(block: Block) -> Text:
    """A block as it is shown."""
    text = LEADS.get(block.kind, "") + clean(block.text)
    return Text(text, style="bold" if block.kind is BlockKind.HEADING else "")


def print_removed(version: StoredVersion) -> None:
    """What was stripped, and by which rule."""
    out = console()
    for item in version.article.removed:
        told = Text(f"{clean(item.rule)}: ", style="bold").append(clean(item.text), style="not bold")
        print_wrapped(out, told, indent=0)
    click.echo(f"{plural(len(version.article.removed), 'piece')} stripped.", err=True)


def print_versions(history: list[StoredVersion]) -> None:
    """Each version with what it changed."""
    out = console()
    for earlier, later in zip([None, *history], history, strict=False):
        out.print(Text(f"version {later.number}, seen {when(later.seen)}", style="bold"))
        if earlier is not None:
            for line in changes(earlier, later):
                shown = Text(clean(line[2:]), style=STYLES.get(line[0], ""))
                print_wrapped(out, shown, first=line[:2], indent=2)


def changes(earlier: StoredVersion, later: StoredVersion) -> list[str]:
    """The changed fields, and the changed lines of the body with - and + before them."""
    fields = differences(earlier.article, later.article)
    body = fields.pop("body", None)
    for unread in ("links", "kinds", "sections"):
        fields.pop(unread, None)
    lines = [f"  {name}: {old or 'unknown'} -> {new or 'unknown'}" for name, (old, new) in fields.items()]
    if body is not None:
        diff = difflib.ndiff((body[0] or "").split("\n"), (body[1] or "").split("\n"))
        lines += [line for line in diff if line[0] in "+-"]
    return lines


def print_extraction(extraction: Extraction) -> None:
    """A record that is not stored: the title, every field with where it came from, the body, what was stripped."""
    out = console()
    article = extraction.article
    out.print(Text(clean(article.title), style="bold"))
    for name, value in fields_of(article):
        origin = f"  [{article.origins[name]}]" if name in article.origins else ""
        out.print(
            Text(f"{name:>10}  ", style="dim").append(clean(value), style="").append(origin, style="dim")
        )
    print_blocks(out, article.blocks)
    for fact in extraction.facts:
        out.print(Text(f"site: {fact.kind.replace('_', ' ')}: {clean(fact.value)}", style="dim"))
    click.echo(f"{plural(len(article.removed), 'piece')} stripped; nothing was stored.", err=True)


def fields_of(article: Article) -> list[tuple[str, str]]:
    """The known fields of a record as text, under their names."""
    published = article.published
    stated = f" ({published.zone})" if published and published.zone else ""
    fields = [
        ("published", f"{published.when.isoformat()}{stated}" if published else "unknown"),
        ("source", article.source or ""),
        ("authors", ", ".join(article.authors)),
        ("editors", ", ".join(article.editors)),
        ("category", " > ".join(article.category)),
        ("publisher", article.publisher or ""),
        ("dateline", article.dateline or ""),
        ("wire", article.wire or ""),
        ("correction", article.correction or ""),
        ("language", article.language or ""),
        ("lead_image", article.lead_image or ""),
    ]
    return [(name, value) for name, value in fields if value]


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """A record that is not stored, for programs."""
    record = asdict(extraction.article)
    published = extraction.article.published
    record["published"] = published.when.isoformat() if published else None
    record["published_text"] = published.text if published else None
    record["published_zone"] = published.zone if published else None
    record["body"] = extraction.article.text
    record["site_facts"] = [asdict(fact) for fact in extraction.facts]
    record["canonical"] = extraction.canonical
    record["encoding"] = extraction.encoding
    return record


MOST_PROBLEMS = 10
MOST_CHANGES = 8
LONGEST_CHANGE = 160


def print_recleaned(report: Recleaned, examples: int) -> None:
    """What reading history again came to; examples are wrapped on a terminal."""
    out = console()
    for effect, count in report.effects.most_common():
        click.echo(f"{count:>7} pages: {effect}")
    for name, count in report.fields.most_common():
        click.echo(f"{count:>7} times changed: {name}")
    for change in report.changes[:examples]:
        click.echo(
            f"\n{change.effect}: {clean(change.kept.url)}{f' ({change.detail})' if change.detail else ''}"
        )
        for name, (old, new) in change.fields.items():
            sides = Text("\n".join([f"  {name}", *(f"    {clean(line)}" for line in parted(old, new))]))
            out.print(sides, soft_wrap=not out.is_terminal)
    for problem in report.unreadable[:MOST_PROBLEMS]:
        click.echo(f"newsbot: {problem}", err=True)
    if report.unreadable:
        pages = plural(len(report.unreadable), "kept page")
        click.echo(f"newsbot: {pages} could not be read; the records stay as they are.", err=True)


def parted(old: str | None, new: str | None) -> list[str]:
    """The lines that were taken out, with - before them, and those that came, with +; long ones and many are cut."""
    lines = difflib.ndiff((old or "unknown").split("\n"), (new or "unknown").split("\n"))
    found = [
        line if len(line) <= LONGEST_CHANGE else f"{line[:LONGEST_CHANGE]}…"
        for line in lines
        if line[0] in "+-"
    ]
    more = [f"… {plural(len(found) - MOST_CHANGES, 'more line')}"] if len(found) > MOST_CHANGES else []
    return found[:MOST_CHANGES] + more
