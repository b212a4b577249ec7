"""What a search found, on the screen and for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click
from rich.text import Text

from newsbot.cli.common import clean, console, plural, when
from newsbot.cli.wrapping import print_wrapped
from newsbot.folding import plain
from newsbot.query import Query, Term, hit_pattern
from newsbot.store import Found, Hit, as_json


def found_as_json(found: Found) -> dict[str, Any]:
    """A search result for programs."""
    hits = [{**as_json(hit.article), "snippet": hit.snippet, "copies": hit.copies} for hit in found.hits]
    return {"total": found.total, "total_is_exact": found.exact, "notes": list(found.notes), "hits": hits}


def show_hits(found: Found, query: Query, offset: int = 0) -> None:
    """Print hits with the words marked; one clear line when there are none."""
    out = console()
    for hit in found.hits:
        title = mark(Text(clean(hit.article.title), style="bold"), query.terms)
        print_wrapped(out, title, first=f"{hit.article.id:>5}  ", indent=7)
        print_wrapped(out, Text(facts_line(hit), style="dim"), indent=7)
        print_wrapped(out, mark(Text(clean(hit.snippet)), query.terms), indent=7)
    for note in found.notes:
        click.echo(f"note: {clean(note)}", err=True)
    click.echo(_summary(found, query, offset), err=not out.is_terminal)


def facts_line(hit: Hit) -> str:
    """When, where, and with how many copies an article stands."""
    article = hit.article
    copies = f"  +{plural(hit.copies, 'copy')}" if hit.copies else ""
    return f"{when(article.published)}  {clean(article.source or article.host or '')}{copies}"


def _summary(found: Found, query: Query, offset: int) -> str:
    if not found.total:
        return "Nothing found."
    total = plural(found.total, "article" if query.copies else "story")
    total = total if found.exact else f"more than {total}"
    shown = len(found.hits)
    if not shown:
        return f"No more; there are {total}."
    if found.exact and shown == found.total:
        return total
    first = f"{offset + 1:,} to {offset + shown:,}" if offset else f"{shown:,}"
    return f"{first} of {total}"


def mark(text: Text, terms: tuple[Term, ...]) -> Text:
    """The text with the words asked for made visible, in whatever script, width or accents it has them."""
    searched = plain(text.plain)
    for term in terms:
        pattern = hit_pattern(replace(term, words=tuple(map(plain, term.words))))
        for match in pattern.finditer(searched):
            text.stylize("yellow", *match.span())
    return text
