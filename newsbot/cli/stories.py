"""Commands about stories: story show, merge, split, rulings and undo, why, dedupe."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.progress import Progress
from rich.text import Text

from newsbot.cli.common import (
    Settings,
    changing,
    clean,
    console,
    db_option,
    json_option,
    notes,
    opened,
    plural,
    show_json,
    show_lines,
    when,
)
from newsbot.cli.wrapping import print_wrapped
from newsbot.dedupe import Likeness
from newsbot.store import Explanation, Member, Reason, StoredArticle, as_json, difference

ARTICLES = click.argument("articles", metavar="ID...", type=int, nargs=-1, required=True)


@click.group()
def story() -> None:
    """Read a story, or put right what belongs to it.

    A story is a group of articles that tell the same in the same words: copies, extracts, wrapped wire texts.

    \b
    newsbot story show 52
    newsbot story split 52
    newsbot story undo 52
    """


@story.command("show")
@click.argument("article_id", metavar="[ID]", type=int, required=False)
@click.option("--story", "number", type=int, help="The story with this number, instead of an article's.")
@json_option
@db_option
@click.pass_obj
def show_story(
    settings: Settings, article_id: int | None, number: int | None, as_json: bool, db: Path | None
) -> None:
    """List the articles of the story that an article is in: who had it first, by how long, how each copy differs.

    \b
    newsbot story show 52
    newsbot story show --story 17
    """
    if (article_id is None) == (number is None):
        raise click.UsageError("Name an article by its ID, or a story with --story.")
    with opened(settings.use(db).db) as database:
        found = number if article_id is None else database.article(article_id).story
        assert found is not None
        members = database.story(found)
    if as_json:
        show_json([_member_json(member) for member in members])
        return
    out = console()
    print_wrapped(out, Text(f"story {found}: {clean(members[0].article.title)}", style="bold"))
    for member in members:
        told = f"{when(member.article.published)}  {named(member.article)}{_lag(member)}"
        print_wrapped(out, Text(told), first=_label(member.article), indent=16)
        print_wrapped(out, Text(_differs(member, members[0]), style="dim"), indent=16)
    click.echo(plural(len(members), "article"), err=not out.is_terminal)


def _label(article: StoredArticle) -> str:
    return f"  article {article.id}".ljust(14) + "  "


def named(article: StoredArticle) -> str:
    """The source of an article, or its site."""
    return clean(article.source or article.host or article.url)


def _lag(member: Member) -> str:
    return f"  +{spelled_out(member.after)}" if member.after and member.after > timedelta(0) else ""


def spelled_out(span: timedelta) -> str:
    """A span of time in its two largest units.

    >>> spelled_out(timedelta(hours=26, minutes=5)), spelled_out(timedelta(minutes=7))
    ('1 d 2 h', '7 min')
    """
    minutes = int(span.total_seconds()) // 60
    parts = [(minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min")]
    while len(parts) > 1 and not parts[0][0]:
        parts = parts[1:]
    return " ".join(f"{count} {unit}" for count, unit in parts[:2] if count) or "0 min"


def _differs(member: Member, first: Member) -> str:
    if member.likeness is None:
        return "had it first"
    said = difference(member.likeness)
    return (
        said if member.article.title == first.article.title else f"{said}; as “{clean(member.article.title)}”"
    )


def _member_json(member: Member) -> dict[str, Any]:
    return {
        **as_json(member.article),
        "seconds_after": member.after.total_seconds() if member.after is not None else None,
        "likeness": asdict(member.likeness) if member.likeness else None,
    }


@story.command()
@ARTICLES
@db_option
@click.pass_obj
def merge(settings: Settings, articles: tuple[int, ...], db: Path | None) -> None:
    """Make the stories of these articles one, and keep them so.

    \b
    newsbot story merge 17 52
    """
    with changing(settings.use(db).db) as database:
        number = database.merge_stories(list(dict.fromkeys(articles)), datetime.now(UTC))
    click.echo(f"They are story {number} now, and stay so.")


@story.command()
@ARTICLES
@db_option
@click.pass_obj
def split(settings: Settings, articles: tuple[int, ...], db: Path | None) -> None:
    """Take articles out of their story into one of their own, and keep them apart.

    \b
    newsbot story split 52
    newsbot story split 52 53
    """
    chosen = list(dict.fromkeys(articles))
    with changing(settings.use(db).db) as database:
        number = database.split_story(chosen, datetime.now(UTC))
    they, stay = ("It is", "stays") if len(chosen) == 1 else ("They are", "stay")
    click.echo(f"{they} story {number} now, and {stay} apart from the others.")


@story.command("rulings")
@click.option(
    "--limit", default=100, show_default=True, type=click.IntRange(1, 100_000), help="How many at most."
)
@json_option
@db_option
@click.pass_obj
def list_rulings(settings: Settings, limit: int, as_json: bool, db: Path | None) -> None:
    """List what was ruled by hand: which articles are, or are not, one story.

    'newsbot story undo ID' withdraws what was ruled of an article.

    \b
    newsbot story rulings
    """
    with opened(settings.use(db).db) as database:
        found = database.list_rulings(limit=limit)
    if as_json:
        show_json([asdict(ruling) for ruling in found])
        return
    if not found:
        click.echo("Nothing was ruled.", err=True)
        return
    said = {True: "one story with", False: "another story than"}
    rows = (
        (
            when(each.made),
            f"article {each.article}",
            said[each.together],
            f"article {each.other}",
            each.title if each.title == each.other_title else f"{each.title} / {each.other_title}",
        )
        for each in found
    )
    show_lines(("ruled", "", "is", "", "titles"), rows)


@story.command()
@click.argument("article_id", metavar="ID", type=int)
@db_option
@click.pass_obj
def undo(settings: Settings, article_id: int, db: Path | None) -> None:
    """Withdraw all that was ruled of an article, and find its story again by its text.

    \b
    newsbot story undo 52
    """
    with changing(settings.use(db).db) as database:
        done = database.withdraw_rulings(article_id, datetime.now(UTC))
    click.echo(
        f"{plural(done.rulings, 'ruling')} withdrawn; article {article_id} is in story {done.story} now."
    )
    if done.held:
        click.echo(
            "Others that were one story only by that are found with 'newsbot dedupe --rebuild'.", err=True
        )


@click.command()
@click.argument("article_id", metavar="ID", type=int)
@json_option
@db_option
@click.pass_obj
def why(settings: Settings, article_id: int, as_json: bool, db: Path | None) -> None:
    """Say why an article is in its story: which rule, which neighbour, how much they have in common.

    Also what was compared and found to be another story, with what speaks against it.

    \b
    newsbot why 52
    """
    with opened(settings.use(db).db) as database:
        found = database.why(article_id)
    if as_json:
        show_json(_explanation_json(found))
        return
    out = console()
    print_wrapped(out, Text(f"article {article_id}: {clean(found.article.title)}", style="bold"))
    for together in (True, False):
        reasons = [reason for reason in found.reasons if reason.together is together]
        head = f"In story {found.article.story} with" if together else "Compared, and another story"
        if reasons:
            out.print(f"{head}:")
        for reason in reasons:
            title = Text(f"{named(reason.other)}: {clean(reason.other.title)}")
            print_wrapped(out, title, first=_label(reason.other), indent=16)
            print_wrapped(out, Text(_because(reason), style="dim"), indent=16)
    if not any(reason.together for reason in found.reasons):
        click.echo(f"It is alone in story {found.article.story}: {_alone(found)}", err=True)


def _alone(found: Explanation) -> str:
    if any(reason.ruled for reason in found.reasons):
        return "it was ruled apart from what has its text; 'newsbot story undo' withdraws that."
    if found.reasons:
        return "what comes close is another story."
    return "no other article has much of its text."


def _because(reason: Reason) -> str:
    if not reason.ruled:
        return told(reason.likeness)
    agrees = reason.likeness.same is reason.together
    ruled = "ruled one story" if reason.together else "ruled another story"
    return f"{ruled}{'; ' if agrees else '; by the texts alone: '}{told(reason.likeness)}"


def told(likeness: Likeness) -> str:
    """A comparison in words: the rule, the shares, and what stands against what.

    >>> from newsbot.dedupe import Rule
    >>> told(Likeness(rule=Rule.NUMBERS, left=0.9, right=0.92, against=(("26", "27"),)))
    'other numbers: 26 / 27 (90 % of this one in the other, 92 % of that one here)'
    """
    against = ", ".join(f"{clean(ours)} / {clean(theirs)}" for ours, theirs in likeness.against)
    shares = f"{likeness.left:.0%} of this one in the other, {likeness.right:.0%} of that one here"
    return f"{likeness.rule}{': ' if against else ''}{against} ({shares.replace('%', ' %')})"


def _explanation_json(found: Explanation) -> dict[str, Any]:
    return {
        "article": found.article.id,
        "story": found.article.story,
        "reasons": [
            {
                "other": reason.other.id,
                "url": reason.other.url,
                "title": reason.other.title,
                "together": reason.together,
                "ruled": reason.ruled,
                **asdict(reason.likeness),
            }
            for reason in found.reasons
        ],
    }


@click.command()
@click.option("--rebuild", is_flag=True, required=True, help="Find all stories again.")
@click.option("--fresh", is_flag=True, help="Begin anew where a rebuild was interrupted.")
@db_option
@click.pass_obj
def dedupe(settings: Settings, rebuild: bool, fresh: bool, db: Path | None) -> None:
    """Find all stories again from the latest texts, after an upgrade or reclean.

    What was ruled by hand stays. Interrupted, it goes on where it stood; the old stories stand until the end.

    \b
    newsbot dedupe --rebuild
    """
    out = notes()
    with changing(settings.use(db).db) as database:
        before = database.count_stories()
        with Progress(console=out, transient=True, disable=not out.is_terminal) as progress:
            task = progress.add_task("compare")
            for done, total in database.rebuild_stories(datetime.now(UTC), fresh=fresh):
                progress.update(task, completed=done, total=total)
        after = database.count_stories()
    click.echo(f"{plural(before, 'story')} before, {plural(after, 'story')} now.")


COMMANDS: list[click.Command] = [story, why, dedupe]
