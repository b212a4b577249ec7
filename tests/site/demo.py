"""A first look, by `make demo`: crawl the small site that ships with newsbot, and show what a user gets.

The first time the site is as published; every time after that an article has been corrected and a new
one added, so that a second run shows what newsbot fetches then: only what changed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

from newsbot.catalogue import load_catalogue
from newsbot.errors import NewsbotError
from newsbot.store import Database
from newsbot.urls import host_of
from tests.site.server import serve
from tests.site.sources import SOURCES, sources_toml

FOLDER = Path("demo")
DB, SOURCES_FILE, PORT_FILE = FOLDER / "news.db", FOLDER / "sources.toml", FOLDER / "port"
COPIES = (
    "select c.id as copy, c.source as by, f.id as first, f.source as by, f.title as title"
    " from articles_latest c join articles_latest f on f.id = c.copy_of order by c.id"
)


def main() -> int:
    """Run the demo; the exit code."""
    FOLDER.mkdir(exist_ok=True)
    first = not DB.exists()
    port = 0 if first or not PORT_FILE.exists() else int(PORT_FILE.read_text())
    try:
        with serve(edition=1 if first else 2, port=port) as site:
            PORT_FILE.write_text(site.base_url.rpartition(":")[2])
            SOURCES_FILE.write_text(sources_toml(site.base_url), encoding="utf-8")
            say(f"A small news site of our own now runs at {site.base_url}/ ({len(SOURCES)} sections).")
            say("Crawling it with the real spiders and pipelines:" if first else SECOND_RUN)
            code = newsbot("crawl", *SOURCES)
            fetched = len([path for path in site.paths(200) if not path.endswith("robots.txt")])
            say(
                f"The site answered {fetched} requests with a page and {len(site.paths(304))} with 'not modified'."
            )
    except OSError as error:
        print(
            f"Port {port} of the first demo is taken ({error.strerror}); 'rm -r demo' starts afresh.",
            file=sys.stderr,
        )
        return 1
    if code == 0:
        show_first(host_of(site.base_url)) if first else show_changes()
        name_real_sources()
    return code


SECOND_RUN = "Since the first run an article was corrected and a new one published. Crawling again:"


def show_first(host: str) -> None:
    """What the first run gave."""
    say("The newest articles:")
    newsbot("latest", "--limit", "12")
    with Database(DB) as database:
        copied = database.query("select copy_of from articles where copy_of is not null order by id").rows[0][
            0
        ]
    say("One article in full:")
    newsbot("show", str(copied))
    say("What was stripped from its page, and by which rule:")
    newsbot("show", str(copied), "--removed")
    say("What was recognised as a copy of a text we had already:")
    newsbot("sql", COPIES)
    say(
        "A story: who had it first, by how long, and how each copy differs; and why one of them belongs to it."
    )
    with Database(DB) as database:
        (row,) = database.query("select id from stories_latest order by articles desc, id limit 1").rows
    newsbot("story", "show", str(row[0]))
    newsbot("why", str(copied))
    say("What was fetched and is no article:")
    newsbot("rejected")
    show_memory(host)
    say("Run 'make demo' again: the site will have changed, and only that is fetched. Or ask it things:")
    suggest(
        'search "biliary tract"',
        "search 肝病 药",
        "latest --lang zh --since 30d",
        "sites",
        "export --format csv",
    )


def show_memory(host: str) -> None:
    """What reading the kept pages again gains now that the site is known, and what is known of it."""
    say(
        "The agency has set a paragraph about itself into all of its notices, in a box without a name."
        " The first pages were read before any other had shown it; all pages read again, without the network:"
    )
    newsbot("reclean", "--examples", "1")
    say("What recurs over the site's pages, by which it was known:")
    newsbot("site", host, "--limit", "6")


def show_changes() -> None:
    """What a later run gave."""
    with Database(DB) as database:
        changed = database.query(
            "select id from articles where version_id in (select id from versions where number > 1)"
        )
    say("The newest articles:")
    newsbot("latest", "--limit", "5")
    for (number,) in changed.rows:
        say("An article that was corrected on the site; both versions are kept:")
        newsbot("show", str(number), "--versions")
    say("The runs so far:")
    newsbot("runs", "--limit", str(2 * len(SOURCES)))
    suggest("reclean --dry-run", "db check", "show 1 --json", 'sql "select count(*) from articles_latest"')


def name_real_sources() -> None:
    """The sources that a crawl visits where there is internet."""
    try:
        real = [source.title for source in load_catalogue().enabled()]
    except NewsbotError as error:
        say(str(error))
        return
    say(f"With internet, 'newsbot crawl' would visit {len(real)} real sources: {', '.join(real)}.")


def newsbot(*arguments: str) -> int:
    """Run a newsbot command as a user would, and show it."""
    print(f"\n$ newsbot {shlex.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "newsbot", "--db", str(DB), *arguments]
    return subprocess.run(command, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """The settings of the demo. Tables are drawn, also into a file."""
    plain = {} if sys.stdout.isatty() else {"TTY_COMPATIBLE": "1", "TTY_INTERACTIVE": "0", "TERM": "dumb"}
    return {**os.environ, "NEWSBOT_SOURCES": str(SOURCES_FILE), **plain}


def suggest(*commands: str) -> None:
    """Commands to type next, ready to be copied."""
    program = Path(sys.executable).parent / "newsbot"
    shown = os.path.relpath(program) if program.exists() else "python -m newsbot"
    print()
    for command in commands:
        print(f"    {shown} --db {DB} {command}")


def say(text: str) -> None:
    """A line between commands."""
    print("\n" + textwrap.fill(text, 78, initial_indent="# ", subsequent_indent="# "), flush=True)


if __name__ == "__main__":
    sys.exit(main())
