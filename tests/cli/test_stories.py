"""Stories, saved searches and versions as a person would ask for them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from newsbot.store import Database
from newsbot.store.connection import Access
from tests.builders import LONG, about, accepted, later, page, published
from tests.cli.test_commands import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Five articles: a story of three, one of them cut; another text; and one of two versions."""
    made = Shell(tmp_path)
    with Database(tmp_path / "news.db", Access.WRITE) as db:
        db.record(accepted("https://first.test/1", published=published(later(-30))))
        db.record(
            accepted("https://second.test/1", title="As told elsewhere", published=published(later(-28.5)))
        )
        db.record(
            accepted("https://third.test/1", f"{LONG} {about(1)} {about(2)}", published=published(later(-2)))
        )
        db.record(accepted("https://other.test/1", about(3), "Something else"))
        db.record(
            accepted(page("https://other.test/1", fetched=later(2)), f"{about(3)} added", "Something else")
        )
    return made


def test_a_story_says_who_had_it_first_and_how_copies_differ(shell: Shell) -> None:
    shown = shell.ok("story", "show", "2")
    assert "first.test" in shown.split("had it first")[0]
    assert "second.test  +1 h 30 min" in shown
    assert "the same text; as “As told elsewhere”" in shown
    assert "third.test  +1 d 4 h" in shown
    members = json.loads(shell.ok("story", "show", "--story", "1", "--json"))
    assert [member["id"] for member in members] == [1, 2, 3]
    assert members[1]["seconds_after"] == 5400


def test_why(shell: Shell) -> None:
    shown = shell.ok("why", "2")
    assert shown.startswith("article 2: As told elsewhere\nIn story 1 with:\n  article 1     first.test: ")
    assert "equal text (100 % of this one in the other" in " ".join(shown.split())
    assert all(line.startswith(" " * 16) for line in shown.splitlines() if "this one in the other" in line)
    assert json.loads(shell.ok("why", "4", "--json"))["reasons"] == []


def test_a_story_is_put_right_by_hand(shell: Shell) -> None:
    assert shell.ok("story", "split", "3") == "It is story 3 now, and stays apart from the others.\n"
    told = shell("why", "3")
    assert "ruled another story" in told.stdout
    assert "alone in story 3: it was ruled apart" in told.stderr
    assert json.loads(shell.ok("search", "endpoint", "--json"))["total"] == 2
    shell.ok("dedupe", "--rebuild")
    assert shell.ok("sql", "select count(*) from stories") == "3\n"
    shell.ok("story", "merge", "1", "3")
    assert shell.ok("dedupe", "--rebuild") == "2 stories before, 2 stories now.\n"
    assert shell.ok("story", "split", "2", "3").startswith("They are story ")


@pytest.mark.parametrize("articles", [("1",), ("1", "1")])
def test_one_article_is_not_merged(shell: Shell, articles: tuple[str, ...]) -> None:
    done = shell("story", "merge", *articles)
    assert (done.returncode, done.stdout) == (1, "")
    assert "two articles or more" in done.stderr


def test_rulings_are_listed_and_withdrawn(shell: Shell) -> None:
    assert "Nothing was ruled" in shell("story", "rulings").stderr
    shell.ok("story", "split", "3")
    ruled = json.loads(shell.ok("story", "rulings", "--json"))
    assert [(each["article"], each["other"], each["together"]) for each in ruled] == [
        (1, 3, False),
        (2, 3, False),
    ]
    assert "article 1\tanother story than\tarticle 3" in shell.ok("story", "rulings")
    assert shell.ok("story", "undo", "3") == "2 rulings withdrawn; article 3 is in story 1 now.\n"
    assert "sound" in shell.ok("db", "check")
    shell.ok("story", "merge", "1", "4")
    done = shell("story", "undo", "4")
    assert done.stdout.endswith("article 4 is in story 4 now.\n")
    assert json.loads(shell.ok("show", "4", "--json"))["story"] == 4
    assert json.loads(shell.ok("story", "rulings", "--json")) == []
    assert shell("story", "undo", "4").returncode == 1
    shell.ok("dedupe", "--rebuild")
    assert "sound" in shell.ok("db", "check")


def test_an_article_that_is_alone_names_its_story(shell: Shell) -> None:
    assert "     story  2, alone\n" in shell.ok("show", "4")
    shown = shell.ok("show", "2")
    assert "     story  1\n  first in  article 1\n    copies  article 3 (third.test)\n" in shown


def test_one_article_for_each_story_is_found(shell: Shell) -> None:
    found = json.loads(shell.ok("search", "endpoint", "--json"))
    assert (found["total"], found["total_is_exact"], found["hits"][0]["copies"]) == (1, True, 2)
    assert json.loads(shell.ok("search", "endpoint copies:all", "--json"))["total"] == 3
    assert json.loads(shell.ok("search", "endpoint site:third.test", "--json"))["hits"][0]["id"] == 3


def test_as_the_archive_stood_then(shell: Shell) -> None:
    assert "1 story" in shell("search", "added").stderr
    then = later(1).isoformat()
    assert "Nothing found" in shell("search", "added", "--as-of", then).stderr
    assert json.loads(shell.ok("latest", "--as-of", then, "--json"))[0]["version"] == 1
    assert shell.ok("export", "--as-of", "2020-01-01") == ""


def test_pages_of_hits_do_not_overlap(shell: Shell) -> None:
    pages = [
        json.loads(shell.ok("search", "lang:en", "--limit", "1", "--offset", str(n), "--json"))
        for n in range(3)
    ]
    assert [len(page["hits"]) for page in pages] == [1, 1, 0]
    assert len({page["hits"][0]["id"] for page in pages[:2]}) == 2


def test_what_changed_word_by_word(shell: Shell) -> None:
    shown = shell.ok("show", "4", "--diff")
    assert "{+added+}" in shown
    shell.environment |= {"FORCE_COLOR": "1"}
    assert "{+added+}" in shell.ok("show", "4", "--diff")
    assert "a silent edit" in shown
    assert json.loads(shell.ok("show", "4", "--json"))["versions"][1]["silent"]


def test_a_saved_search_tells_once(shell: Shell, tmp_path: Path) -> None:
    shell.ok("watch", "add", "cells", "endpoint", "--past")
    assert "Phase 3 trial" in shell.ok("watch", "run", "cells")
    assert shell.ok("watch", "run") == ""
    shell.ok("watch", "run", "cells", "--format", "atom", "-o", "cells.xml")
    feed = (tmp_path / "cells.xml").read_text("utf-8")
    assert "<entry" in feed
    assert "<title>newsbot: cells (endpoint)</title>" in feed
    assert "endpoint" in shell.ok("watch", "list")
    shell.ok("watch", "add", "failing", "endpoint", "--past", "--command", "false")
    done = shell("watch", "run", "failing")
    assert (done.returncode, "will be tried again" in done.stderr) == (1, True)
    assert json.loads(shell.ok("watch", "list", "--json"))[1]["waiting"] == 1
    shell.ok("watch", "remove", "cells")


def test_what_could_not_be_written_is_told_the_next_time(shell: Shell, tmp_path: Path) -> None:
    for name in ("one", "two"):
        shell.ok("watch", "add", name, "endpoint", "--past")
    for form in ("md", "json"):
        done = shell("watch", "run", "--format", form, "-o", "nowhere/news.md")
        assert (done.returncode, "cannot be written" in done.stderr) == (1, True)
    assert shell("watch", "run", "one", "--format", "atom", "-o", "nowhere/news.xml").returncode == 1
    shell.ok("watch", "run", "--json", "-o", "news.json")
    assert [each["watch"] for each in json.loads((tmp_path / "news.json").read_text("utf-8"))] == [
        "one",
        "two",
    ]
    assert json.loads(shell.ok("watch", "run", "--json")) == []


def test_a_run_that_breaks_off_leaves_all_for_the_next(shell: Shell) -> None:
    shell.ok("watch", "add", "one", "endpoint", "--past")
    assert "no watch named 'none'" in shell("watch", "run", "one", "none").stderr
    assert "Phase 3 trial" in shell.ok("watch", "run", "one")


def test_a_pipe_is_written_to_and_not_replaced(shell: Shell, tmp_path: Path) -> None:
    shell.ok("watch", "add", "one", "endpoint", "--past")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    done = shell("watch", "run", "-o", "pipe")
    assert (done.returncode, "one: 1 article new, in pipe" in done.stderr) == (0, True)
    assert b"Phase 3 trial" in os.read(reader, 10_000)
    os.close(reader)
    assert pipe.is_fifo()


def test_one_watch_that_fails_does_not_stop_the_others(shell: Shell) -> None:
    shell.ok("watch", "add", "a", "endpoint", "--past", "--webhook", "http://127.0.0.1:1/")
    shell.ok("watch", "add", "b", "endpoint", "--past", "--webhook", "http://127.0.0.1:1/")
    shell.ok("watch", "add", "c", "endpoint", "--past")
    done = shell("watch", "run")
    assert (done.returncode, "Phase 3 trial" in done.stdout) == (1, True)
    assert "a: 1 article not delivered" in done.stderr
    assert "b: 1 delivery waiting" in done.stderr
    assert done.stderr.count("not delivered") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ("-x", "cell"),
        ("a\n", "cell"),
        ("a", ""),
        ("a", "*"),
        ("a", "cell", "--webhook", "http://h.test/a b"),
        ("a", "cell", "--webhook", "http://h.test/药"),
        ("a", "cell", "--command", ""),
        ("a", "cell", "--command", "'"),
        ("a", "cell", "--mail", "me@example.org"),
    ],
)
def test_a_watch_that_could_not_work_is_refused(shell: Shell, wrong: tuple[str, ...]) -> None:
    name, query, *options = wrong
    done = shell("watch", "add", *options, "--", name, query)
    assert (done.returncode, "newsbot: " in done.stderr) == (1, True)


def test_feeds_of_two_queries_are_two(shell: Shell) -> None:
    heads = {
        shell.ok("export", "--format", "atom", "--query", query)[:300] for query in ("endpoint", "trial")
    }
    heads |= {shell.ok("export", "--format", "atom", "--lang", lang)[:300] for lang in ("en", "zh")}
    assert len(heads) == len({head.partition("</id>")[0] for head in heads}) == 4


def test_an_export_of_what_a_search_finds(shell: Shell) -> None:
    lines = shell.ok("export", "--query", "endpoint copies:all").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 2, 3]
    assert shell.ok("export", "--query", '"no such words"') == ""
