"""Commands about stories: story show, merge and split, why, dedupe."""

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
    when,
)
from newsbot.dedupe import Likeness
from newsbot.store import Explanation, Member, Reason, StoredArticle, as_json, difference

ARTICLES = click.argument("articles", metavar="ID...", type=int, nargs=-1, required=True)


@click.group()
def story() -> None:
    """Read a story, or put right what belongs to it.

    A story is a group of articles that tell the same in the same words: copies, extracts, wrapped wire texts.

    \b
    newsbot story show 17
    newsbot story split 52
    """


@story.command("show")
@click.argument("number", metavar="STORY", type=int)
@json_option
@db_option
@click.pass_obj
def show_story(settings: Settings, number: int, as_json: bool, db: Path | None) -> None:
    """List the articles of a story: who had it first, by how long, and how each copy differs.

    'newsbot show ID' names the story of an article.

    \b
    newsbot story show 17
    """
    with opened(settings.use(db).db) as database:
        members = database.story(number)
    if as_json:
        show_json([_member_json(member) for member in members])
        return
    out = console()
    out.print(Text(clean(members[0].article.title), style="bold"))
    for member in members:
        article = member.article
        out.print(Text(f"{article.id:>6}  {when(article.published)}  {named(article)}{_lag(member)}"))
        out.print(Text(f"        {_differs(member, members[0])}", style="dim"))
    click.echo(plural(len(members), "article"), err=not out.is_terminal)


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
    with changing(settings.use(db).db) as database:
        number = database.split_story(list(dict.fromkeys(articles)), datetime.now(UTC))
    click.echo(f"They are story {number} now, and stay apart from the others.")


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
    out.print(Text(clean(found.article.title), style="bold"))
    for together in (True, False):
        reasons = [reason for reason in found.reasons if reason.together is together]
        head = f"In story {found.article.story} with" if together else "Compared, and another story"
        if reasons:
            out.print(f"{head}:")
        for reason in reasons:
            out.print(Text(f"{reason.other.id:>6}  {named(reason.other)}: {clean(reason.other.title)}"))
            out.print(Text(f"        {_because(reason)}", style="dim"))
    if not any(reason.together for reason in found.reasons):
        click.echo(
            f"It is alone in story {found.article.story}: no other article has much of its text.", err=True
        )


def _because(reason: Reason) -> str:
    ruled = ("ruled one story; " if reason.together else "ruled another story; ") if reason.ruled else ""
    return ruled + told(reason.likeness)


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
