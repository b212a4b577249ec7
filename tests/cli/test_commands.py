"""Every command as a person would type it, wrong ones too."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from newsbot.cli import main
from tests.store.test_upgrading import earlier

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGE = """<html><head><title>Varnholt recalls two lots of Serulin | Varnholt AG</title></head><body>
<div class=nav><a href=/>Home</a> <a href=/news>News</a></div>
<h1>Varnholt recalls two lots of Serulin</h1><p class=date>12 March 2026</p>
<p>Varnholt AG is recalling two lots of Serulin 20 mg/ml after particles were seen in three vials during a
routine inspection at its plant in Karlow. No harm to patients has been reported so far.</p>
<p>Hospitals are asked to set lots KV118 and KV121 aside and to return them to their wholesaler. Other lots are
not affected, and supply will go on without a break, the company said.</p>
<div class=footer>Copyright © 2026 Varnholt AG. All rights reserved.</div></body></html>"""
NOTICE = """关于召回部分批次瑟芦林注射液的公告

发布时间：2026-03-15 10:00  来源：瓦伦药业

瓦伦药业在例行检查中发现三瓶注射液中有可见异物，决定主动召回两个批次的产品，目前未收到不良反应报告。

请各医疗机构立即停止使用相关批次，并联系经销商办理退货手续，其他批次不受影响。

版权所有：瓦伦药业 沪ICP备00000077号-1
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed and how it ended."""

    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Runs newsbot in a folder of its own: in this process, or in one of its own where it crawls."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = {"NEWSBOT_DB": str(folder / "news.db"), "NEWSBOT_SOURCES": str(folder / "sources.toml")}
        self.environment = {**os.environ, **own, "PYTHONPATH": str(PROJECT), "HOME": str(folder)}

    def __call__(self, *arguments: str) -> Done:
        crawls = arguments[0] in ("crawl", "fetch") and "--help" not in arguments
        return self.outside(*arguments) if crawls else self.inside(*arguments)

    def outside(self, *arguments: str) -> Done:
        command = [sys.executable, "-m", "newsbot", *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def inside(self, *arguments: str) -> Done:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with (
            mock.patch.dict(os.environ, self.environment, clear=True),
            mock.patch.object(sys, "argv", ["newsbot", *arguments]),
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        code = ended.value.code
        printed = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
        return Done(code if isinstance(code, int) else 0, *printed)

    def ok(self, *arguments: str) -> str:
        done = self(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A database with an English article from a page and a Chinese one from plain text."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    made = Shell(folder)
    made.ok("import", "page.html", "--url", "https://varnholt.example/news/1.html")
    made.ok("import", "notice.txt")
    return made


def test_latest_search_and_show(filled: Shell) -> None:
    articles = json.loads(filled.ok("latest", "--json"))
    assert [article["title"] for article in articles] == [
        "关于召回部分批次瑟芦林注射液的公告",
        "Varnholt recalls two lots of Serulin",
    ]
    assert articles[0]["published"] == "2026-03-15T10:00:00+08:00"
    assert articles[1]["published"] == "2026-03-12"
    for words in ("召回", "注射液", "药业"):
        assert json.loads(filled.ok("search", words, "--json"))["total"] == 1
    hit = json.loads(filled.ok("search", "KV118", "lots", "-spring", "--json"))["hits"][0]
    assert "lots" in hit["snippet"]
    shown = filled.ok("show", str(hit["id"]))
    assert "set lots KV118 and KV121 aside" in " ".join(shown.split())
    assert "All rights reserved" not in shown
    assert "All rights reserved" in filled.ok("show", str(hit["id"]), "--removed")
    assert filled.ok("show", str(hit["id"]), "--raw") == PAGE
    assert "version 1" in filled.ok("show", str(hit["id"]), "--versions")


def test_filters(filled: Shell) -> None:
    def count(*options: str) -> int:
        return len(json.loads(filled.ok("latest", "--json", *options)))

    assert count("--since", "2026-03-13") == 1
    assert count("--until", "2026-03-13") == 1
    assert count("--lang", "zh") == 1
    assert count("--source", "ema-news") == 0
    for command in (
        ["latest"],
        ["search", "trial"],
        ["export"],
        ["rejected"],
        ["runs"],
        ["reclean", "--dry-run"],
    ):
        assert "no source named 'nobody'" in filled(*command, "--source", "nobody").stderr


def test_sites_keep_what_footers_say(filled: Shell) -> None:
    sites = {site["host"]: dict(site["facts"]) for site in json.loads(filled.ok("sites", "--json"))}
    assert sites["varnholt.example"]["company"] == "Varnholt AG"
    assert sites[None]["icp"] == "沪ICP备00000077号-1"


def test_exports(filled: Shell) -> None:
    lines = filled.ok("export").splitlines()
    assert [json.loads(line)["language"] for line in lines] == ["en", "zh"]
    rows = list(csv.DictReader(io.StringIO(filled.ok("export", "--format", "csv"))))
    assert rows[0]["title"] == "Varnholt recalls two lots of Serulin"
    assert filled.ok("export", "--format", "md").startswith("## Varnholt recalls two lots of Serulin\n")
    assert "<title>Varnholt recalls two lots of Serulin</title>" in filled.ok("export", "--format", "atom")
    filled.ok("export", "-o", "out.jsonl")
    assert (filled.folder / "out.jsonl").read_text(encoding="utf-8").splitlines() == lines


def test_sql_reads_and_never_writes(filled: Shell) -> None:
    rows = json.loads(filled.ok("sql", "select count(*) as n from articles_latest", "--json"))
    assert rows == [{"n": 2}]
    for statement in (
        "delete from articles",
        "drop table articles",
        "pragma journal_mode = delete",
        "selekt",
    ):
        done = filled("sql", statement)
        assert "Traceback" not in done.stderr
    assert json.loads(filled.ok("sql", "select count(*) as n from articles", "--json")) == [{"n": 2}]


def test_sql_loses_no_column_and_shows_bytes(filled: Shell) -> None:
    assert json.loads(filled.ok("sql", "--json", "select 1 as a, 2 as a")) == [{"a": 1, "a_2": 2}]
    assert filled.ok("sql", "select x'00ff', 1") == "x'00ff'\t1\n"


def test_what_is_wider_than_the_screen_is_a_field_a_line(filled: Shell) -> None:
    screen = Shell(filled.folder)
    screen.environment |= {"FORCE_COLOR": "1", "COLUMNS": "30", "TERM": "xterm", "NO_COLOR": "1"}

    def shown(columns: str) -> str:
        return screen.ok("sql", f"select {columns} from articles_latest order by id limit 1")

    assert plain_text(shown("id, language")) == "id  language\n1   en\n"
    told = plain_text(shown("id, title, url"))
    assert told == (
        "row 1\nid     1\ntitle  Varnholt recalls two\n       lots of Serulin\n"
        "url    https://varnholt.example/news/1.html\n"
    )


def plain_text(printed: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", printed)


def test_importing_twice_makes_nothing_double(filled: Shell) -> None:
    outcome = json.loads(
        filled.ok("import", "page.html", "--url", "https://varnholt.example/news/1.html", "--json")
    )
    assert outcome[0]["outcome"] == "same"
    other = json.loads(filled.ok("import", "page.html", "--url", "https://mirror.example/1.html", "--json"))
    assert other[0]["outcome"] == "copy"
    assert len(json.loads(filled.ok("latest", "--json"))) == 2
    assert len(json.loads(filled.ok("latest", "--copies", "--json"))) == 3


def test_care(filled: Shell) -> None:
    assert filled.ok("db", "path").strip() == str(filled.folder / "news.db")
    assert "sound" in filled.ok("db", "check")
    filled.ok("db", "backup", "copy.db")
    assert "sound" not in filled("--db", "copy.db", "db", "check").stderr
    filled.ok("db", "vacuum")
    assert json.loads(filled.ok("runs", "--json"))[0]["command"] == "import"
    assert json.loads(filled.ok("rejected", "--json")) == []
    assert "_NEWSBOT_COMPLETE" in filled.ok("completion", "bash")


def test_an_archive_can_be_taken_in_elsewhere(filled: Shell, shell: Shell) -> None:
    warcs = [str(path) for path in (filled.folder / "news-warc").iterdir()]
    shell.ok("import", *warcs)
    titles = {article["title"] for article in json.loads(shell.ok("latest", "--json"))}
    assert titles == {"Varnholt recalls two lots of Serulin", "关于召回部分批次瑟芦林注射液的公告"}


def test_sources_are_listed_added_and_switched(shell: Shell) -> None:
    shell.ok(
        "sources",
        "add",
        "https://varnholt.example/feed.xml",
        "--as",
        "feed",
        "--name",
        "varnholt",
        "--country",
        "DE",
    )
    (added,) = [s for s in json.loads(shell.ok("sources", "list", "--json")) if s["name"] == "varnholt"]
    assert (added["feeds"], added["zone"], added["enabled"]) == (
        ["https://varnholt.example/feed.xml"],
        "Europe/Berlin",
        True,
    )
    shell.ok("sources", "disable", "varnholt", "ema-news")
    listed = {s["name"]: s["enabled"] for s in json.loads(shell.ok("sources", "list", "--all", "--json"))}
    assert listed["varnholt"] is False
    assert listed["ema-news"] is False
    shell.ok("sources", "enable", "varnholt")
    assert len(listed) > 60


COMMANDS = (
    *(
        "crawl",
        "fetch",
        "import",
        "reclean",
        "search",
        "latest",
        "show",
        "export",
        "runs",
        "rejected",
        "sites",
        "sql",
    ),
    *("sources list", "sources add", "sources try", "sources enable", "sources disable"),
    *("db path", "db check", "db backup", "db vacuum", "completion"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(shell: Shell, command: str) -> None:
    text = shell.ok(*command.split(), "--help")
    assert "newsbot " + command in text.partition("\n")[2]


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table theirs (x)")
    connection.commit()
    connection.close()


WRONG = [
    (("crawl", "ema-newz"), "ema-news"),
    (("crawl", "ftp://example.com/"), "http"),
    (("crawl", "ema-news"), "contact"),
    (("crawl", "http://127.0.0.1:9/", "--since", "soon"), "not a date"),
    (("crawl", "http://127.0.0.1:9/", "--limit", "0"), "limit"),
    (("crawl", "http://127.0.0.1:9/", "--spider", "tarantula"), "no spider 'tarantula'"),
    (("fetch", "http://127.0.0.1:9/a"), "refused"),
    (("fetch", "example"), "not a web address"),
    (("import", "missing.html"), "no such file"),
    (("import", "."), "directory"),
    (("import", "empty.html"), "empty"),
    (("import", "binary.html"), "not text"),
    (("import", "broken.warc.gz"), "WARC"),
    (("import", "page.html", "--url", "nonsense"), "--url"),
    (("import", "page.html", "--source", "nobody"), "nobody"),
    (("latest",), "no database here yet"),
    (("latest", "--since", "the day before"), "not a date"),
    (("--db", "text.db", "latest"), "not an SQLite database"),
    (("--db", "foreign.db", "latest"), "not made by newsbot"),
    (("--db", "text.db", "import", "page.html"), "not an SQLite database"),
    (("--db", "missing/folder.db", "latest"), "no database here yet"),
    (("--db", ".", "latest"), "directory"),
    (("--config", "none.toml", "latest"), "no such settings file"),
    (("--config", "bad.toml", "latest"), "conctact"),
    (("search", "--sinse", "x"), "--sinse"),
    (("search", "x", "--limit"), "requires an argument"),
    (("latest", "--lang", ""), "no language"),
    (("export", "--lang", "\udcff"), "no language"),
    (("export", "--query", ""), "is empty"),
    (("--db", "nothing.db", "latest"), "this file is empty"),
    (("show", "99"), "no article 99"),
    (("show", "one"), "one"),
    (("export", "--format", "xls"), "xls"),
    (("export", "-o", "no/such/folder/x.csv"), "cannot be written"),
    (("sql", "selekt"), "SQLite says"),
    (("sql", "delete from articles"), "SQLite says"),
    (("sql", ""), "Nothing is asked"),
    (("sql", "/* nothing */"), "Nothing is asked"),
    (("sql", "select 1; select 2"), "one statement at a time.\n"),
    (("sql", "select 1", "--seconds", "0"), "--seconds"),
    (("sql", "select 1", "--seconds", "-1"), "--seconds"),
    (("reclean",), "no database here yet"),
    (("sources", "add", "nonsense"), "not a web address"),
    (("sources", "add", "https://a.example/", "--zone", "Mars/Base"), "time zone"),
    (("sources", "disable", "nobody"), "nobody"),
    (("db", "check"), "no database here yet"),
    (("db", "vacuum"), "no database here yet"),
    (("why", "99"), "no article 99"),
    (("story", "show", "99"), "no article 99"),
    (("story", "show", "--story", "99"), "no story 99"),
    (("story", "show"), "--story"),
    (("story", "split", "99"), "no article 99"),
    (("story", "merge"), "ID"),
    (("dedupe",), "--rebuild"),
    (("watch", "run", "nobody"), "no watch named"),
    (("watch", "remove", "nobody"), "no watch named"),
    (("watch", "add", "a b", "x"), "no name for a watch"),
    (("watch", "add", "a", "x", "--webhook", "file:///x"), "no web address"),
    (("watch", "add", "a", "x", "--mail", "nobody"), "no mail address"),
    (("watch", "run", "--format", "atom"), "in a file"),
    (("export", "--format", "parquet"), "-o"),
    (("nonsense",), "nonsense"),
]
NEEDS_DATABASE = {"search", "show", "export", "sql", "why", "story", "dedupe", "watch"}


@pytest.mark.parametrize(("command", "said"), WRONG, ids=[" ".join(command) for command, _ in WRONG])
def test_wrong_input_gets_one_clear_sentence(shell: Shell, command: tuple[str, ...], said: str) -> None:
    folder = shell.folder
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "empty.html").write_bytes(b"")
    (folder / "binary.html").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.warc.gz").write_bytes(b"\x1f\x8b" + b"no" * 50)
    (folder / "text.db").write_text("this is no database, only a long enough line of text\n" * 20)
    (folder / "bad.toml").write_text('conctact = "x"\n')
    foreign(folder / "foreign.db")
    (folder / "nothing.db").touch()
    if command[0] in NEEDS_DATABASE or "--since" in command:
        shell.ok("import", "page.html")
    done = shell(*command)
    assert done.returncode not in (0, None)
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 5


@pytest.mark.parametrize(
    "command",
    [
        ("latest", "--since", "soon"),
        ("latest", "--until", ""),
        ("search", "lots", "--as-of", "then"),
        ("latest", "--source", "nobody"),
        ("latest", "--source", ""),
        ("crawl", "http://127.0.0.1:9/", "--since", ""),
    ],
)
def test_wrong_values_are_wrong_usage(filled: Shell, command: tuple[str, ...]) -> None:
    done = filled(*command)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["lots", "-health"], 1),
        (["lots", "-hospitals"], 0),
        (["lots", "-the"], 0),
        (["lots", "-phase"], 1),
        (["lots", "-lang:zh"], 1),
        (["lots", "-lang:en"], 0),
        (["lots", "-source:ema-news"], 1),
        (["lots", '-"health care"'], 1),
        (["lots", '-"two lots"'], 0),
        (["lots", "-lots two"], 1),
        (["lots", "-two lots"], 0),
        (["-site:varnholt.example", "-x", "-site:mirror.example"], 1),
        (["-5", "lots", "--sort", "new", "-l", "--limit=3"], 1),
        (["lots", "--limit", "5", "--", "-hospitals"], 0),
        (["--", "--lots"], 1),
    ],
)
def test_words_with_a_hyphen_are_words(filled: Shell, words: list[str], found: int) -> None:
    done = filled("search", "--json", *words)
    assert json.loads(done.stdout)["total"] == found, done


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_asked_for_in_full(filled: Shell, option: str) -> None:
    assert filled.ok("search", "lots", option).startswith("Usage:")


def test_dates_are_explained_alike(filled: Shell) -> None:
    said = filled("latest", "--since", "soon").stderr.partition("write ")[2].strip(" .\n")
    assert said in " ".join(filled.ok("latest", "--help").split())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["export", "search lots", "show 1", "latest --json"])
def test_a_full_disk_is_one_sentence(filled: Shell, command: str) -> None:
    newsbot = [sys.executable, "-m", "newsbot", *command.split()]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            newsbot,
            cwd=filled.folder,
            env=filled.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"No space left" in done.stderr


@pytest.mark.parametrize("command", ["export", "search lots", "show 1", "latest --json"])
def test_a_reader_may_go_away(filled: Shell, command: str) -> None:
    newsbot = [sys.executable, "-m", "newsbot", *command.split()]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        newsbot, cwd=filled.folder, env=filled.environment, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"rror" not in done.stderr


@pytest.mark.parametrize("command", ["dedupe --rebuild", "db check"])
def test_an_older_database_is_brought_up_to_date(shell: Shell, command: str) -> None:
    earlier(shell.folder / "news.db")
    assert "older newsbot" in shell("latest").stderr
    assert "Traceback" not in shell(*command.split()).stderr
    assert len(json.loads(shell.ok("latest", "--copies", "--json"))) == 2


def test_a_database_of_a_newer_newsbot_is_left_alone(shell: Shell) -> None:
    (shell.folder / "page.html").write_text(PAGE, encoding="utf-8")
    shell.ok("import", "page.html")
    connection = sqlite3.connect(shell.folder / "news.db")
    sql = "insert into _sqlite_migrations (migration_set, name, applied_at) values ('newsbot', '9999_later', '')"
    connection.execute(sql)
    connection.commit()
    connection.close()
    for command in (("latest",), ("import", "page.html"), ("db", "check")):
        done = shell(*command)
        assert done.returncode == 1
        assert "newer newsbot" in done.stderr


def test_nothing_stored_can_drive_a_terminal(shell: Shell) -> None:
    hostile = PAGE.replace("two lots", "two \x1b]0;owned\x07\x1b[2J\u202elots").replace(
        "Karlow", "=1+1 Karlow"
    )
    (shell.folder / "page.html").write_text(hostile, encoding="utf-8")
    shell.ok("import", "page.html")
    for command in (
        ("latest",),
        ("show", "1"),
        ("search", "recalls"),
        ("export",),
        ("export", "--format", "md"),
    ):
        output = shell.ok(*command)
        assert not {"\x1b", "\x07", "\u202e"} & set(output)
