"""The archive for other programs, with the worst that a page can put into it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsbot.export import (
    CSV_FIELDS,
    FORMATS,
    atom_entry,
    markdown,
    safe_cell,
    write_atom,
    write_csv,
    write_jsonl,
)
from newsbot.model import Zone
from newsbot.store import Database, StoredArticle
from newsbot.store.connection import Access
from tests.builders import LONG, accepted, later

PLAIN = StoredArticle(
    id=1,
    url="https://news.test/a?x=1&y=2",
    host="news.test",
    source="acme",
    title="新药获批",
    published=date(2026, 9, 1),
    published_text="2026-09-01",
    published_zone=None,
    credited_source="证券时报",
    authors=("A", "B"),
    editors=(),
    category=("News", "Industry"),
    language="zh",
    publisher="Acme",
    lead_image=None,
    body='One, two.\n"Three"\n药',
    story=1,
    copy_of=None,
    version=1,
    version_id=1,
    first_seen=later(0),
    last_seen=later(1),
)
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>&amp;<![CDATA[",
    "a\0b\x1b[31mc\x07",
    "lone \ud800 half",
    "\ufffe\uffff",
    '=HYPERLINK("http://evil.test")',
    "\r\nBCC: x",
    "\u202etxt.exe",
    "| a | *b* _c_ [d](javascript:alert(1)) `e` # f",
    '"quoted", with; signs',
    "",
)


def hostile() -> list[StoredArticle]:
    """Articles with one of the above in every text field."""
    return [
        replace(PLAIN, id=n, title=t or None, body=t, authors=(t,), credited_source=t or None, category=(t,))
        for n, t in enumerate(HOSTILE, 1)
    ]


def test_jsonl_comes_back() -> None:
    out = io.StringIO()
    assert write_jsonl([PLAIN, *hostile()], out) == 1 + len(HOSTILE)
    records = [json.loads(line) for line in out.getvalue().split("\n")[:-1]]
    assert [record["title"] for record in records] == [PLAIN.title, *(t or None for t in HOSTILE)]
    assert records[0]["published"] == "2026-09-01"
    assert records[0]["authors"] == ["A", "B"]
    assert records[0]["first_seen"] == "2026-11-20T12:00:00+00:00"


def test_csv_comes_back() -> None:
    out = io.StringIO()
    assert write_csv([PLAIN, *hostile()], out) == 1 + len(HOSTILE)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert len(rows) == 1 + len(HOSTILE)
    assert tuple(rows[0]) == CSV_FIELDS
    assert rows[0]["body"] == PLAIN.body
    assert (rows[0]["authors"], rows[0]["category"], rows[0]["copy_of"]) == ("A; B", "News; Industry", "")
    assert rows[6]["title"] == '\'=HYPERLINK("http://evil.test")'


@given(st.text())
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert cell.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]
)
def test_formulas_become_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell([text]) == f"'{text}"


ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_atom_is_valid_whatever_the_pages_say() -> None:
    out = io.StringIO()
    assert write_atom([PLAIN, *hostile()], out) == 1 + len(HOSTILE)
    feed = etree.fromstring(out.getvalue().encode())
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (feed, *feed.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
        assert element.findtext("a:id", namespaces=ATOM)
        when = element.findtext("a:updated", namespaces=ATOM)
        assert datetime.fromisoformat(str(when)).tzinfo is not None
        assert element.find("a:author/a:name", ATOM) is not None
    assert len(feed.findall("a:entry", ATOM)) == 1 + len(HOSTILE)
    assert not feed.findall(".//script")
    first = feed.find("a:entry", ATOM)
    assert first is not None
    assert first.findtext("a:title", namespaces=ATOM) == PLAIN.title
    assert first.findtext("a:content", namespaces=ATOM) == PLAIN.body
    assert first.findtext("a:published", namespaces=ATOM) == "2026-09-01T00:00:00+00:00"
    link = first.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == PLAIN.url


@given(st.text(), st.text())
def test_any_text_makes_a_well_formed_entry(title: str, url: str) -> None:
    entry = etree.fromstring(atom_entry(replace(PLAIN, title=title, url=url, body=title, authors=(title,))))
    assert entry.tag == "entry"


def test_an_entry_without_date_has_no_publication_time() -> None:
    entry = etree.fromstring(atom_entry(replace(PLAIN, published=None)))
    assert entry.find("published") is None
    assert entry.findtext("updated") == "2026-11-20T12:00:00+00:00"


def test_a_time_with_its_zone() -> None:
    when = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
    entry = etree.fromstring(atom_entry(replace(PLAIN, published=when, published_zone=Zone.STATED)))
    assert entry.findtext("published") == "2026-09-01T08:30:00+00:00"


def test_markdown() -> None:
    text = markdown(PLAIN)
    assert text.startswith(
        "## 新药获批\n\n2026-09-01 · 证券时报 · A, B · <https://news.test/a?x=1&y=2>\n\nOne, two.\n\n"
    )
    assert text.endswith("\n\n药\n")


@pytest.mark.parametrize("article", hostile(), ids=lambda article: ascii(article.title))
def test_markdown_shows_signs_as_signs(article: StoredArticle) -> None:
    text = markdown(article)
    assert "<script>" not in text
    assert "[d](" not in text.replace("\\[d\\](", "")
    assert not any(line.startswith("|") for line in text.splitlines())
    assert text.count("\n## ") + text.startswith("## ") == 1


def test_markdown_of_an_untitled_article_says_its_address() -> None:
    assert markdown(replace(PLAIN, title=None)).startswith("## https://news.test/a")
    assert "no date" in markdown(replace(PLAIN, published=None))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_writes_while_it_reads(name: str) -> None:
    out = io.StringIO()
    sizes = []

    def articles() -> Iterator[StoredArticle]:
        for number in range(5):
            sizes.append(out.tell())
            yield replace(PLAIN, id=number)

    assert FORMATS[name](articles(), out) == 5
    assert sizes == sorted(set(sizes))
    assert FORMATS[name]([], io.StringIO()) == 0


def test_the_whole_way_out_of_a_database(tmp_path: Path) -> None:
    with Database(tmp_path / "news.db", Access.WRITE) as db:
        for number in range(3):
            db.record(accepted(f"https://news.test/{number}", f"{LONG} {number}"))
        out = io.StringIO()
        assert write_jsonl(db.every(), out) == 3
    assert [json.loads(line)["url"][-1] for line in out.getvalue().splitlines()] == ["0", "1", "2"]
