"""Commands that fill the archive: crawl, fetch, import, reclean."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, track

from newsbot.catalogue import Catalogue, guess_spider, load_catalogue, project_spiders, usual_hosts
from newsbot.cli.common import (
    Moment,
    Settings,
    db_option,
    json_option,
    notes,
    opened_about,
    plural,
    show_json,
    show_table,
    when,
)
from newsbot.cli.reading import extraction_json, print_extraction, print_recleaned
from newsbot.config import Config
from newsbot.contact import check_contact
from newsbot.errors import FetchError, InputError
from newsbot.jobs import Job, Report, read_plans, shared_out, startable
from newsbot.model import Processed
from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.times import FORMS, sortable
from newsbot.urls import host_of, is_web

if TYPE_CHECKING:
    from newsbot.importing import Imported

FAILED = "failed"

PROGRESS = (
    SpinnerColumn(),
    TextColumn("{task.description}"),
    TextColumn("{task.fields[counts]}"),
    TimeElapsedColumn(),
)
LINE_SECONDS = 15.0
REPORT_COLUMNS: dict[str, tuple[str, ...]] = {
    "new": ("new",),
    "changed": ("changed",),
    "copies": ("copy",),
    "same": ("same", "not modified"),
    "rejected": ("rejected",),
    "failed": ("failed",),
}
"""What the table shows, and the outcomes that each column adds up."""
IMPORT_COLUMNS: list[tuple[str, dict[str, Any]]] = [
    ("file", {"ratio": 1, "overflow": "fold"}),
    ("outcome", {}),
    ("id", {"justify": "right"}),
    ("title", {"ratio": 2}),
]


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE|URL]...")
@click.option("--since", help=f"Only articles from then on, as far as feeds and lists tell: {FORMS}.")
@click.option("--limit", type=click.IntRange(1), help="At most this many articles for each source.")
@click.option(
    "--backfill",
    is_flag=True,
    help="All that a source ever published: lists and sitemaps to their end. Goes on where it was stopped.",
)
@click.option("--due", is_flag=True, help="Only sources that are due now; see 'newsbot schedule show'.")
@click.option(
    "--jobs",
    "processes",
    default=1,
    type=click.IntRange(1, 64),
    help="Crawl in so many processes; else in one.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be collected; keep nothing.")
@click.option(
    "--spider",
    help="How to walk a URL: feed, sitemap, listing, page; guessed if not given.",
)
@click.option("--verbose", "-v", is_flag=True, help="Log every page.")
@json_option
@db_option
@click.pass_obj
def crawl(
    settings: Settings,
    sources: tuple[str, ...],
    since: str | None,
    limit: int | None,
    backfill: bool,
    due: bool,
    processes: int,
    dry_run: bool,
    spider: str | None,
    verbose: bool,
    as_json: bool,
    db: Path | None,
) -> None:
    """Collect what is new from sources and addresses.

    \b
    newsbot crawl                                  all enabled sources
    newsbot crawl ema-news --since 7d
    newsbot crawl ema-news --backfill --since 2020-01-01
    newsbot crawl https://example.com/news/ --dry-run
    newsbot crawl --due --jobs 2                   for cron
    """
    config = settings.use(db)
    if since is not None:
        Moment().convert(since, None, click.get_current_context())
    if backfill and dry_run:
        raise InputError(
            "--backfill keeps what it has still to read in the database; a dry run keeps nothing."
        )
    if processes > 1 and dry_run:
        raise InputError("A dry run is shown by the process that reads the pages; it takes no --jobs.")
    given = {"since": since, "limit": limit, "backfill": "yes" if backfill else None}
    arguments = {name: str(value) for name, value in given.items() if value}
    catalogue = load_catalogue(config.sources_file)
    chosen = sources or tuple(source.name for source in catalogue.enabled())
    if not chosen:
        raise InputError("No source is enabled; name one, give an address, or see 'newsbot sources list'.")
    left = _due(chosen, catalogue, config) if due else dict.fromkeys(chosen)
    jobs = merged(
        job_for(name, catalogue, spider, {**arguments, **({"budget": str(budget)} if budget else {})})
        for name, budget in left.items()
    )
    check_contact(config.contact, [url for job in jobs for url in _starts(job, catalogue)])
    if processes > 1 and len(jobs) > 1:
        options = [*(["--due"] if due else []), *_as_options(arguments, spider, verbose)]
        reports = _run_apart(shared_out(jobs, processes), options, config, settings.file)
    else:
        reports = _run(jobs, config, dry_run=dry_run, verbose=verbose) if jobs else []
    if as_json:
        show_json([_report_json(report) for report in reports])
    elif reports:
        _show_reports(reports, dry_run)
    if not all(report.outcome.good for report in reports):
        raise click.exceptions.Exit(1)


def _due(names: Sequence[str], catalogue: Catalogue, config: Config) -> dict[str, int | None]:
    """Which of these sources are due now, with what is left of their requests a day; says so if none is."""
    now = datetime.now(UTC)
    if config.db.is_file():
        Database(config.db, Access.WRITE).close()  # up to date, as any crawl brings it
    plans = read_plans(config.db, [catalogue.find(name) for name in names], now)
    found = {plan.source: plan.left for plan in startable(plans, catalogue, now)}
    if not found:
        later = next((plan for plan in plans if not plan.running), None)
        coming = f"; {later.source} is next, {when(max(later.due, now))}" if later else ""
        click.echo(f"No source is due now{coming}.", err=True)
    return found


def _as_options(arguments: Mapping[str, str], spider: str | None, verbose: bool) -> list[str]:
    """The options of this call as another newsbot is given them."""
    given = {**arguments, "spider": spider} if spider else dict(arguments)
    flags = ["--backfill"] if given.pop("backfill", None) else []
    return [
        *flags,
        *(["--verbose"] if verbose else []),
        *(f"--{name}={value}" for name, value in given.items()),
    ]


def _run_apart(
    shares: Sequence[Sequence[Job]], options: Sequence[str], config: Config, file: Path | None
) -> list[Report]:
    from newsbot.apart import run_apart, surroundings

    told = [
        ([job.label for job in share], [*options, "--", *(name for job in share for name in job.names)])
        for share in shares
    ]
    return run_apart(told, surroundings(config, file))


def job_for(name: str, catalogue: Catalogue, spider: str | None, arguments: dict[str, str]) -> Job:
    """The crawl of a source or of an address. Raises UnknownSourceError or InputError."""
    if spider is not None and spider not in project_spiders():
        raise InputError(f"There is no spider {spider!r}; there are {', '.join(project_spiders())}.")
    if is_web(name):
        walker = spider or guess_spider(name)
        url = {"url": name, **arguments}
        return Job(
            label=host_of(name) or name, spider=walker, arguments=url, hosts=usual_hosts((name,), None)
        )
    if "://" in name:
        raise InputError(f"{name!r} is not a web address; it should start with http:// or https://.")
    source = catalogue.find(name)
    if spider is not None and spider != source.spider:
        raise InputError(
            f"Source {name!r} is walked by the {source.spider} spider; --spider is for addresses."
        )
    named = {"source": name, **arguments}
    return Job(label=name, spider=source.spider, arguments=named, hosts=source.allowed_hosts)


def merged(jobs: Iterable[Job]) -> list[Job]:
    """The jobs, with addresses of one host that are walked alike made one: one run holds a source at a time."""
    found: dict[tuple[str, str], Job] = {}
    for job in jobs:
        other = found.get((job.label, job.spider))
        found[job.label, job.spider] = _joined(other, job) if other and "url" in job.arguments else job
    return list(found.values())


def _joined(first: Job, second: Job) -> Job:
    urls = f"{first.arguments['url']} {second.arguments['url']}"
    return replace(second, arguments={**second.arguments, "url": urls})


def _starts(job: Job, catalogue: Catalogue) -> tuple[str, ...]:
    url = job.arguments.get("url")
    return tuple(url.split()) if url else catalogue.find(job.arguments["source"]).starts


def _run(jobs: Sequence[Job], config: Config, *, dry_run: bool, verbose: bool) -> list[Report]:
    """Crawl, with a line of progress for each source on a terminal."""
    from newsbot.crawling import project_settings, run_jobs

    level = "INFO" if verbose else "WARNING"
    settings = project_settings(config, dry_run=dry_run, log_level=level)
    screen = notes()
    if not screen.is_terminal or verbose:
        return run_jobs(jobs, settings, PlainLines(LINE_SECONDS))
    with Progress(*PROGRESS, console=screen, transient=True) as progress:
        tasks = {job.label: progress.add_task(job.label, total=None, counts="") for job in jobs}

        def update(label: str, counts: dict[str, int]) -> None:
            progress.update(tasks[label], counts=_counted(counts))

        return run_jobs(jobs, settings, update)


class PlainLines:
    """Progress for a log: a line for each source at most every so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.last: dict[str, float] = {}

    def __call__(self, label: str, counts: dict[str, int]) -> None:
        """Say how far a crawl is, if it has not been said lately."""
        now = time.monotonic()
        if now - self.last.setdefault(label, now) >= self.seconds:
            self.last[label] = now
            click.echo(f"{label}: {_counted(counts)}", err=True)


def _counted(counts: dict[str, int]) -> str:
    shown = {"found": counts.get("found", 0), **_columns(counts)}
    return ", ".join(f"{count} {name}" for name, count in shown.items() if count)


def _columns(counts: dict[str, int]) -> dict[str, int]:
    return {name: sum(counts.get(each, 0) for each in outcomes) for name, outcomes in REPORT_COLUMNS.items()}


def _report_json(report: Report) -> dict[str, Any]:
    return {
        "source": report.label,
        "outcome": report.outcome,
        "detail": report.detail,
        "counts": report.counts,
        "seconds": round(report.seconds, 3),
        "articles": [_summary(item) for item in _articles(report.items)],
    }


def _articles(items: Iterable[Processed]) -> list[Processed]:
    """The articles among the pages of a dry run, the newest first."""
    found = [item for item in items if item.extraction is not None and item.refusal is None]

    def time_of(item: Processed) -> str:
        published = item.extraction.article.published if item.extraction else None
        return sortable(published.when) if published else ""

    return sorted(found, key=time_of, reverse=True)


def _summary(item: Processed) -> dict[str, Any]:
    assert item.extraction is not None
    article = item.extraction.article
    published = article.published.when.isoformat() if article.published else None
    return {"url": article.url, "title": article.title, "published": published}


def _show_reports(reports: Sequence[Report], dry_run: bool) -> None:
    for report in reports:
        if report.detail:
            click.echo(f"{report.label}: {report.outcome}: {report.detail}", err=True)
    if dry_run:
        rows = [
            (report.label, when(_when(item)), item.extraction.article.title)
            for report in reports
            for item in _articles(report.items)
            if item.extraction
        ]
        show_table(
            [("source", {"no_wrap": True}), ("published", {"no_wrap": True}), ("title", {"ratio": 1})], rows
        )
        click.echo(f"Dry run: {plural(len(rows), 'article')} read, nothing kept.", err=True)
        return
    right = {"justify": "right", "no_wrap": True}
    show_table(
        [
            ("source", {"ratio": 1}),
            ("outcome", {}),
            *((name, right) for name in REPORT_COLUMNS),
            ("secs", right),
        ],
        ((r.label, r.outcome, *_columns(r.counts).values(), f"{r.seconds:.1f}") for r in reports),
    )


def _when(item: Processed) -> datetime | date | None:
    published = item.extraction.article.published if item.extraction else None
    return published.when if published else None


@click.command()
@click.argument("url")
@json_option
@click.pass_obj
def fetch(settings: Settings, url: str, as_json: bool) -> None:
    """Print the clean record of one page; store nothing.

    \b
    newsbot fetch https://example.com/news/1.html
    newsbot fetch https://example.com/news/1.html --json
    """
    if not is_web(url):
        hint = " 'newsbot import' takes in files." if Path(url).exists() else ""
        raise InputError(f"{url!r} is not a web address; it should start with http:// or https://.{hint}")
    from newsbot.crawling import project_settings, run_jobs

    job = Job(label=url, spider="page", arguments={"url": url})
    crawler_settings = project_settings(settings.config, dry_run=True, log_level="ERROR")
    (report,) = run_jobs([job], crawler_settings)
    item = next(iter(report.items), None)
    if item is None or item.page.failure is not None:
        raise FetchError(url, item.page.failure or "nothing came" if item else "nothing came")
    if item.refusal is not None:
        raise FetchError(url, f"no article: {item.refusal}")
    assert item.extraction is not None
    if as_json:
        show_json(extraction_json(item.extraction))
    else:
        print_extraction(item.extraction)


def outcome_of(result: Imported) -> str:
    """What became of a page, in a word or two; why a file could not be read is said apart."""
    return FAILED if result.outcome == FAILED else result.reason or result.outcome


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", help="The address that a single page was saved from.")
@click.option("--source", help="Count what comes in to this source of the catalogue.")
@json_option
@db_option
@click.pass_obj
def import_(
    settings: Settings,
    files: tuple[Path, ...],
    url: str | None,
    source: str | None,
    as_json: bool,
    db: Path | None,
) -> None:
    """Take in saved pages: HTML, plain text, and WARC files.

    \b
    newsbot import page.html --url https://example.com/news/1.html
    newsbot import crawl-2026.warc.gz
    """
    from newsbot.importing import import_files

    config = settings.use(db)
    if url is not None and (len(files) != 1 or not is_web(url)):
        raise InputError("--url takes one http or https address and goes with one page.")
    known = load_catalogue(config.sources_file).find(source) if source is not None else None
    progress = track(files, "import", console=notes(), transient=True, disable=not notes().is_terminal)
    results = list(import_files(progress, config, url=url, source=known))
    if as_json:
        show_json([asdict(result) for result in results])
    else:
        show_table(
            IMPORT_COLUMNS,
            ((r.file, outcome_of(r), r.article or "–", r.title or "–") for r in results),
        )
    for result in results:
        if result.outcome == FAILED:
            click.echo(f"newsbot: {result.reason}", err=True)
    if any(result.article is None for result in results):
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--source", help="Only pages of this source.")
@click.option("--dry-run", is_flag=True, help="Report what would change; change nothing.")
@click.option(
    "--examples", default=5, show_default=True, type=click.IntRange(0, 1000), help="Changes to show in full."
)
@json_option
@db_option
@click.pass_obj
def reclean(
    settings: Settings, source: str | None, dry_run: bool, examples: int, as_json: bool, db: Path | None
) -> None:
    """Read all kept pages again with today's rules.

    Without the network; what changed is reported field by field.

    \b
    newsbot reclean --dry-run
    newsbot reclean --source ema-news
    """
    from newsbot.recleaning import reclean_all

    screen = notes()
    opened_about(settings.use(db), source).close()
    config = settings.use(db)
    fields = {each.name: each.fields for each in load_catalogue(config.sources_file).values() if each.fields}
    result = reclean_all(config.db, source=source, apply=not dry_run, console=screen, fields=fields)
    if as_json:
        show_json(result.as_json())
    else:
        print_recleaned(result, examples)
        if dry_run:
            click.echo("Dry run: nothing was changed.", err=True)
    if result.unreadable:
        raise click.exceptions.Exit(1)


COMMANDS: list[click.Command] = [crawl, fetch, import_, reclean]
