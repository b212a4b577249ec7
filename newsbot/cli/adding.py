"""Commands that make a source of an address: sources add, sources try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from newsbot.catalogue import (
    FieldError,
    Kind,
    Source,
    add_source,
    country_of,
    kind_of,
    load_catalogue,
    make_source,
    project_spiders,
    slug_for,
    source_text,
)
from newsbot.cli.collecting import crawl
from newsbot.cli.common import Settings, clean, json_option, notes, plural, show_json, show_table, when
from newsbot.cli.sourcing import sources
from newsbot.config import Config
from newsbot.contact import check_contact
from newsbot.errors import InputError
from newsbot.model import Processed, Role
from newsbot.urls import host_of, is_web

if TYPE_CHECKING:
    from newsbot.discovery.choosing import Channel
    from newsbot.surveying import Survey

AS_FIELD = {"feed": "feeds", "sitemap": "sitemaps", "list": "lists"}
KINDS = [str(kind) for kind in Kind]
TITLES: list[tuple[str, dict[str, Any]]] = [
    ("published", {"no_wrap": True}),
    ("title", {"ratio": 1, "overflow": "fold"}),
]


@sources.command()
@click.argument("url")
@click.option("--name", help="Its short name; made from the address if not given.")
@click.option("--title", help="Its name for people; what the site calls itself if not given.")
@click.option(
    "--kind", type=click.Choice(KINDS), help="What it is; company, or regulator at .gov, if not given."
)
@click.option("--language", help="Its language, such as en or zh; read from its pages if not given.")
@click.option(
    "--country", help="Its country, such as CN, or INT; from its address and language if not given."
)
@click.option("--zone", help="The time zone of its dates; the country's if not given.")
@click.option(
    "--as", "what", type=click.Choice(list(AS_FIELD)), help="What the address is; then nobody looks."
)
@click.option("--spider", help="A spider of your own that walks it; then nobody looks.")
@click.option("--dry-run", is_flag=True, help="Show what would be added; write nothing.")
@json_option
@click.pass_obj
def add(
    settings: Settings,
    /,
    url: str,
    name: str | None,
    what: str | None,
    spider: str | None,
    dry_run: bool,
    as_json: bool,
    **facts: str | None,
) -> None:
    """Add a source by its address: its feeds, sitemaps and lists of news are found.

    \b
    newsbot sources add https://example.com/
    newsbot sources add https://example.com/news/feed.xml --as feed --name example --language en
    """
    if not is_web(url):
        raise InputError(f"{url!r} is not a web address; it should start with http:// or https://.")
    config = settings.config
    given = {key: value for key, value in facts.items() if value is not None}
    name = _free_name(config, name or slug_for(url))
    _made(name, _as_told(url, "list", None) | given)  # what was typed wrong is said before anybody looks
    found = None
    if what is None and spider is None:
        found = _look(url, config)
        told = _facts_of(found, url)
    else:
        told = _as_told(url, what, spider)
    source = _made(name, told | given)
    if not dry_run:
        add_source(config.sources_file, source)
    if as_json:
        show_json(_as_json(source, found))
        return
    if found is not None:
        _show(found)
    done = "Would add" if dry_run else "Added"
    click.echo(f"{done} {name} to {config.sources_file}:\n\n{source_text(source)}")
    click.echo(f"Next: newsbot crawl {name}" if not dry_run else "Nothing was written.")


@sources.command(name="try")
@click.argument("name")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Articles to read.")
@json_option
@click.pass_context
def try_(context: click.Context, name: str, limit: int, as_json: bool) -> None:
    """Show what a crawl of a source would collect now, and leave no trace.

    \b
    newsbot sources try ema-news --limit 5
    """
    load_catalogue(context.obj.config.sources_file).find(name)
    context.invoke(crawl, sources=(name,), limit=limit, dry_run=True, as_json=as_json)


def _free_name(config: Config, name: str) -> str:
    if name in load_catalogue(config.sources_file):
        raise InputError(f"There is a source named {name!r} already; choose another with --name.")
    return name


def _as_told(url: str, what: str | None, spider: str | None) -> dict[str, Any]:
    """The values of a source that nobody looks at."""
    begins = {"spider": spider, "start": [url]} if spider else {AS_FIELD[what or "list"]: [url]}
    return {
        "title": host_of(url),
        "kind": kind_of(url),
        "language": "en",
        "country": country_of(url, None),
        **begins,
    }


def _facts_of(found: Survey, url: str) -> dict[str, Any]:
    """The values that a survey gives."""
    if not found.channels:
        raise InputError(f"No feed, sitemap or list of news was found at {url}. {found.note}")
    starts = {field: list(found.addresses(Role(role))) for role, field in AS_FIELD.items()}
    language = found.language or "en"
    return {
        "title": found.title or host_of(url),
        "kind": kind_of(found.url),
        "language": language,
        "country": country_of(found.url, language),
        **({"home": found.url} if all(found.url not in urls for urls in starts.values()) else {}),
        **{field: urls for field, urls in starts.items() if urls},
        **({"include": list(found.include)} if found.include else {}),
    }


def _made(name: str, values: dict[str, Any]) -> Source:
    try:
        return make_source(name, values, project_spiders())
    except FieldError as problem:
        raise InputError(f"{str(problem).capitalize()}.") from None


def _look(url: str, config: Config) -> Survey:
    """The survey, with a line of progress on a terminal."""
    from newsbot.crawling import project_settings, run_survey

    check_contact(config.contact, [url])
    settings = project_settings(config, dry_run=True, log_level="ERROR")
    screen = notes()
    if not screen.is_terminal:
        return run_survey(url, settings, lambda _: None)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task(f"looking at {url}", total=None)
        return run_survey(url, settings, lambda step: progress.update(task, description=clean(step)[:70]))


def _show(found: Survey) -> None:
    """What was found, and the newest of it."""
    for channel in found.channels:
        click.echo(f"{channel.role:8} {channel.url}  ({_size(channel)})")
    click.echo("")
    show_table(TITLES, [_row(item) for item in found.articles])
    click.echo("")


def _size(channel: Channel) -> str:
    further = ", goes on" if channel.paged else ""
    only = f", only {' '.join(channel.include)}" if channel.include else ""
    return f"{plural(len(channel.links), 'article')}{further}{only}"


def _row(item: Processed) -> tuple[str, str]:
    if item.extraction is None or item.refusal is not None:
        why = item.refusal.reason if item.refusal else item.page.failure or f"HTTP {item.page.status}"
        return "refused", f"{item.page.url}: {why}"
    article = item.extraction.article
    return when(article.published.when if article.published else None), article.title or ""


def _as_json(source: Source, found: Survey | None) -> dict[str, Any]:
    return {
        "name": source.name,
        "toml": source_text(source),
        "fetched": found.fetched if found else 0,
        "channels": [
            {
                "role": each.role,
                "url": each.url,
                "links": len(each.links),
                "paged": each.paged,
                "include": each.include,
            }
            for each in (found.channels if found else ())
        ],
        "articles": [_article_json(item) for item in (found.articles if found else ())],
    }


def _article_json(item: Processed) -> dict[str, Any]:
    read = item.extraction.article if item.extraction and item.refusal is None else None
    return {
        "url": item.page.url,
        "title": read.title if read else None,
        "published": read.published.when.isoformat() if read and read.published else None,
        "refused": item.refusal.reason if item.refusal else None,
    }
