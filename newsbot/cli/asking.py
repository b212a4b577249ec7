"""Commands that ask the archive: search, latest, show, runs, rejected, sites, site, sql."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import click

from newsbot.cli.common import (
    Settings,
    changing,
    clean,
    db_option,
    filter_options,
    json_option,
    opened,
    opened_about,
    plural,
    query_from,
    show_json,
    show_lines,
    show_records,
    show_table,
    when,
)
from newsbot.cli.diffing import is_silent, print_diff
from newsbot.cli.hits import found_as_json, show_hits
from newsbot.cli.reading import print_article, print_removed, print_versions
from newsbot.cli.words import QueryCommand, joined
from newsbot.query import HELP
from newsbot.store import Run, StoredArticle, StoredVersion, as_json
from newsbot.urls import host_of, is_web

LIMIT = click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 100_000), help="How many at most."
)
ARTICLE_COLUMNS: list[tuple[str, dict[str, Any]]] = [
    ("id", {"justify": "right", "no_wrap": True}),
    ("published", {"no_wrap": True}),
    ("source", {"overflow": "ellipsis", "no_wrap": True, "max_width": 16}),
    ("title", {"overflow": "fold", "ratio": 1}),
]


def article_row(article: StoredArticle) -> tuple[object, ...]:
    """A row of a table of articles."""
    return article.id, when(article.published), article.source or "–", article.title


OFFSET = click.option(
    "--offset",
    default=0,
    show_default=True,
    type=click.IntRange(0, 10_000_000),
    help="Leave so many out first.",
)


@click.command(cls=QueryCommand)
@click.argument("words", nargs=-1, required=True)
@filter_options
@LIMIT
@OFFSET
@click.option("--sort", type=click.Choice(["relevance", "new"]), default="relevance", show_default=True)
@json_option
@db_option
@click.pass_obj
def search(
    settings: Settings,
    /,
    words: tuple[str, ...],
    limit: int,
    offset: int,
    sort: str,
    as_json: bool,
    db: Path | None,
    **filters: Any,
) -> None:
    query = query_from(joined(words), **filters)
    with opened_about(settings.use(db), filters["source"]) as database:
        found = database.search(query, limit=limit, offset=offset, newest=sort == "new")
    if as_json:
        show_json(found_as_json(found))
        return
    show_hits(found, query, offset)


search.help = f"""Find articles by words, English and Chinese, and list one for each story.

{HELP}

Traditional and simplified script, full and half width, accents and capitals make no difference. The best come first
(BM25, the title four times the text, and up to half as much again for recent ones), or with --sort new the newest.

\b
newsbot search stem cell
newsbot search '"stem cell" -recall' --since 30d
newsbot search 干细胞 PD-1 source:ema-news
newsbot search semaglutide --as-of 2026-09-01 --sort new
"""


@click.command()
@filter_options
@LIMIT
@json_option
@db_option
@click.pass_obj
def latest(settings: Settings, /, limit: int, as_json: bool, db: Path | None, **filters: Any) -> None:
    """List the newest articles.

    Those without a date stand where they were first seen.

    \b
    newsbot latest --since yesterday
    newsbot latest --source ema-news --limit 50 --json
    """
    with opened_about(settings.use(db), filters["source"]) as database:
        articles = database.latest(query_from("", **filters), limit=limit)
    if as_json:
        show_json([_record(article) for article in articles])
    elif articles:
        copies = [("first in", {"justify": "right"})] if filters["copies"] else []
        rows = (article_row(a)[:3] + ((a.copy_of or "",) if copies else ()) + (a.title,) for a in articles)
        show_table([*ARTICLE_COLUMNS[:3], *copies, ARTICLE_COLUMNS[3]], rows)
    else:
        click.echo("No articles.", err=True)


def _record(article: StoredArticle) -> dict[str, Any]:
    return as_json(article)


@click.command()
@click.argument("article_id", metavar="ID", type=int)
@click.option("--versions", is_flag=True, help="List its versions and what changed from one to the next.")
@click.option("--diff", is_flag=True, help="What changed from version to version, word by word.")
@click.option(
    "--removed", is_flag=True, help="List what was stripped from the page, with the rule that did it."
)
@click.option("--raw", is_flag=True, help="Write the page as it came, byte for byte.")
@json_option
@db_option
@click.pass_obj
def show(
    settings: Settings,
    article_id: int,
    versions: bool,
    diff: bool,
    removed: bool,
    raw: bool,
    as_json: bool,
    db: Path | None,
) -> None:
    """Read one article.

    \b
    newsbot show 17
    newsbot show 17 --diff
    newsbot show 17 --removed
    newsbot show 17 --raw > page.html
    """
    if raw + removed + versions + diff + as_json > 1:
        raise click.UsageError(
            "--raw, --removed, --versions, --diff and --json show different things: name one of them."
        )
    with opened(settings.use(db).db) as database:
        article = database.article(article_id)
        history = database.versions(article_id)
        copies = database.copies(article.copy_of or article_id)
        if raw:
            sys.stdout.buffer.write(database.response(history[-1]).body)
            return
    if as_json:
        show_json(_everything(article, history, copies))
    elif removed:
        print_removed(history[-1])
    elif versions:
        print_versions(history)
    elif diff and len(history) > 1:
        print_diff(history)
    elif diff:
        click.echo("There is one version: nothing has changed.", err=True)
    else:
        print_article(article, history, [copy for copy in copies if copy.id != article_id])


def _everything(
    article: StoredArticle, history: list[StoredVersion], copies: list[StoredArticle]
) -> dict[str, Any]:
    newest = history[-1].article
    return {
        **as_json(article),
        "blocks": [asdict(block) for block in newest.blocks],
        "links": list(newest.links),
        "origins": newest.origins,
        "removed": [asdict(item) for item in newest.removed],
        "versions": [
            {"number": v.number, "seen": v.seen.isoformat(), "title": v.article.title, "silent": silent}
            for v, silent in zip(history, silents(history), strict=True)
        ],
        "copies": [{"id": copy.id, "url": copy.url, "source": copy.source} for copy in copies],
    }


def silents(history: list[StoredVersion]) -> list[bool]:
    """For each version whether it is a silent edit of the one before."""
    later = [is_silent(one.article, other.article) for one, other in pairwise(history)]
    return [False, *later]


@click.command()
@click.option("--source", help="Only runs of this source.")
@LIMIT
@json_option
@db_option
@click.pass_obj
def runs(settings: Settings, source: str | None, limit: int, as_json: bool, db: Path | None) -> None:
    """List the newest runs and how they ended.

    \b
    newsbot runs --limit 5
    """
    with opened_about(settings.use(db), source) as database:
        found = database.runs(limit=limit, source=source)
    if as_json:
        show_json([asdict(run) for run in found])
        return
    columns: list[tuple[str, dict[str, Any]]] = [
        ("run", {"justify": "right"}),
        ("started", {"no_wrap": True}),
        ("source", {}),
        ("outcome", {}),
        ("counts", {"ratio": 1}),
    ]
    show_table(columns, map(_run_row, found))


def _run_row(run: Run) -> tuple[object, ...]:
    return run.id, when(run.started), run.source or run.command, _ended(run), _counted(run)


def _ended(run: Run) -> str:
    return f"{run.outcome or 'running'}{': ' + run.detail if run.detail else ''}"


def _counted(run: Run) -> str:
    return ", ".join(f"{count} {name}" for name, count in run.counts.items())


@click.command()
@click.option("--source", help="Only pages of this source.")
@LIMIT
@json_option
@db_option
@click.pass_obj
def rejected(settings: Settings, source: str | None, limit: int, as_json: bool, db: Path | None) -> None:
    """List pages that became no articles, and why.

    \b
    newsbot rejected --source ema-news
    """
    with opened_about(settings.use(db), source) as database:
        pages = database.rejected(limit=limit, source=source)
    if as_json:
        show_json([asdict(page) for page in pages])
        return
    reasons = (page.detail if page.reason == "http status" else page.reason for page in pages)
    rows = [(when(page.checked), reason, page.url) for page, reason in zip(pages, reasons, strict=True)]
    show_lines(("checked", "reason", "url"), rows)


@click.command()
@json_option
@db_option
@click.pass_obj
def sites(settings: Settings, as_json: bool, db: Path | None) -> None:
    """List what sites' footers state about them.

    Company, licences and contacts belong to the site, not to its articles. What its pages repeat is shown by
    'newsbot site HOST'.

    \b
    newsbot sites --json
    """
    with opened(settings.use(db).db) as database:
        found = database.sites()
    if as_json:
        show_json([asdict(site) for site in found])
        return
    for site in found:
        click.echo(f"{clean(site.host or 'files')}: {plural(site.articles, 'article')}")
        for kind, value in site.facts:
            click.echo(f"  {kind.replace('_', ' ')}: {clean(value)}")


@click.command()
@click.argument("host")
@click.option("--forget", is_flag=True, help="Forget all of it; later pages teach it anew.")
@LIMIT
@json_option
@db_option
@click.pass_obj
def site(settings: Settings, host: str, forget: bool, limit: int, as_json: bool, db: Path | None) -> None:
    """Show what the pages of a site were found to repeat.

    It is left out of articles where it stands in a box of its own, and if it comes often also behind the text, or
    with a link among it; other paragraphs among the text stay. Only what could be taken for text is remembered: menus
    and lists of links are known without. Places are elements and the meanings of class names. What was forgotten is
    learnt anew by later pages, and by 'newsbot reclean' from all that are kept; articles stay as they are.

    \b
    newsbot site www.example.com
    newsbot site www.example.com --forget
    """
    path, host = settings.use(db).db, ((is_web(host) and host_of(host)) or host).lower()
    if forget:
        with changing(path) as database:
            pages = database.forget_site(host)
        told = (
            f"Forgot what {plural(pages, 'page')} of {host} had taught."
            if pages
            else f"Nothing was known of {host}."
        )
        click.echo(told, err=True)
        return
    with opened(path) as database:
        known = database.learnt_site(host)
    if as_json:
        show_json(asdict(known))
        return
    from newsbot.extraction.memory import LONGEST_EXAMPLE

    columns: list[tuple[str, dict[str, Any]]] = [
        ("pages", {"justify": "right"}),
        ("often", {}),
        ("place", {"overflow": "fold", "ratio": 1}),
        ("text", {"overflow": "fold", "ratio": 3}),
    ]
    rows = [
        (p.pages, "yes" if p.often else "", p.place, p.text + "…" * (len(p.text) >= LONGEST_EXAMPLE))
        for p in known.recurring[:limit]
    ]
    show_table(columns, rows)
    total = len(known.recurring)
    click.echo(
        f"{plural(known.pages, 'page')} taught, {plural(known.pieces, 'piece')} kept, {total:,} of them recur.",
        err=True,
    )


@click.command()
@click.argument("statement")
@click.option(
    "--seconds",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0, 86_400, min_open=True),
    help="Stop after this long.",
)
@json_option
@db_option
@click.pass_obj
def sql(settings: Settings, statement: str, seconds: float, as_json: bool, db: Path | None) -> None:
    """Ask the database in SQL, read-only.

    docs/schema.md describes the tables; articles_latest is where to start. What is wider than the screen is shown one
    field a line.

    \b
    newsbot sql "select source, count(*) from articles_latest group by source"
    """
    with opened(settings.use(db).db) as database:
        table = database.query(statement, seconds=seconds)
    names = told_apart(table.columns)
    if as_json:
        show_json([dict(zip(names, map(_jsonable, row), strict=True)) for row in table.rows])
        return
    show_records(names, [tuple(map(_printable, row)) for row in table.rows])


def told_apart(names: Iterable[str]) -> list[str]:
    """The names of columns, none of them twice.

    >>> told_apart(["a", "b", "a", "a_2", "a"])
    ['a', 'b', 'a_2', 'a_2_2', 'a_3']
    """
    made: dict[str, None] = {}
    for name in names:
        others = (f"{name}_{number}" for number in count(2))
        made[name if name not in made else next(other for other in others if other not in made)] = None
    return list(made)


def _jsonable(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def _printable(value: object) -> object:
    return f"x'{value.hex()}'" if isinstance(value, bytes) else value


COMMANDS: list[click.Command] = [search, latest, show, runs, rejected, sites, site, sql]
