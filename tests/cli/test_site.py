"""`newsbot site HOST`, and what it shows at work: pages taken in, shown, forgotten, read again."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_commands import Shell
from tests.repeating import BOX, PROMO, html

HOST = "quillmoor.test"
PAGES = 6


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A database with some pages of a site that repeats something, taken in one by one."""
    made = Shell(tmp_path)
    for number in range(1, PAGES + 1):
        (tmp_path / f"{number}.html").write_bytes(html(number, amid=BOX))
        made.ok("import", f"{number}.html", "--url", f"https://{HOST}/news/{number}.html")
    return made


def bodies_with_promo(shell: Shell) -> int:
    return sum(PROMO in article["body"] for article in json.loads(shell.ok("latest", "--json")))


def test_what_a_site_repeats_is_shown(shell: Shell) -> None:
    done = shell("site", HOST.upper())
    pages, often, place, text = done.stdout.rstrip("\n").split("\t")
    assert (pages, often, text) == (str(PAGES), "yes", PROMO)
    assert place.endswith("section")
    assert done.stderr.startswith(f"{PAGES} pages taught, ")
    known = json.loads(shell.ok("site", HOST, "--json"))
    assert (known["host"], known["pages"]) == (HOST, PAGES)
    assert [piece["text"] for piece in known["recurring"]] == [PROMO]


def test_it_is_left_out_of_later_articles_and_told(shell: Shell) -> None:
    assert bodies_with_promo(shell) == 2
    newest = json.loads(shell.ok("latest", "--json"))[0]["id"]
    assert f"seen on {PAGES - 1} pages of this site" in shell.ok("show", str(newest), "--removed")


def test_reclean_takes_it_out_of_earlier_ones(shell: Shell) -> None:
    report = json.loads(shell.ok("reclean", "--dry-run", "--json"))
    assert report["fields"] == {"body": 2}
    assert bodies_with_promo(shell) == 2
    shell.ok("reclean")
    assert bodies_with_promo(shell) == 0
    assert json.loads(shell.ok("reclean", "--json"))["pages"] == {"same": PAGES}


def test_reclean_learns_what_was_forgotten(shell: Shell) -> None:
    done = shell("site", HOST, "--forget")
    assert (done.returncode, done.stderr) == (0, f"Forgot what {PAGES} pages of {HOST} had taught.\n")
    assert json.loads(shell.ok("site", HOST, "--json"))["pieces"] == 0
    rehearsed = json.loads(shell.ok("reclean", "--dry-run", "--json"))
    assert json.loads(shell.ok("site", HOST, "--json"))["pieces"] == 0
    assert bodies_with_promo(shell) == 2
    assert json.loads(shell.ok("reclean", "--json")) == rehearsed
    assert json.loads(shell.ok("site", HOST, "--json"))["pages"] == PAGES
    assert bodies_with_promo(shell) == 0
    assert "sound" in shell.ok("db", "check")


def test_a_site_nobody_knows_is_one_sentence(shell: Shell) -> None:
    for options in ((), ("--forget",), ("--json",)):
        done = shell("site", "nowhere.test", *options)
        assert done.returncode != 0
        assert "No page of 'nowhere.test' was collected" in done.stderr
        assert "Traceback" not in done.stderr


def test_without_a_database_none_is_made(tmp_path: Path) -> None:
    done = Shell(tmp_path)("site", HOST, "--forget")
    assert done.returncode != 0
    assert not (tmp_path / "news.db").exists()


def test_what_a_page_wrote_cannot_drive_a_terminal(shell: Shell, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "news.db") as connection:
        connection.execute("update site_pieces set text = ? where text is not null", ("\x1b[2J wiped",))
    connection.close()
    assert "\x1b" not in shell.ok("site", HOST)
