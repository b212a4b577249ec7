"""The archive for other programs, with the worst that a page can put into it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsbot.cli.root import cli
from newsbot.errors import InputError, StoreError
from newsbot.export import (
    FORMATS,
    STREAMS,
    atom_entry,
    export_to,
    markdown,
    safe_cell,
    write_csv,
    write_jsonl,
)
from newsbot.export.csv_table import CSV_FIELDS
from newsbot.export.folder import file_name, front_matter
from newsbot.model import Zone
from newsbot.store import Database, StoredArticle, as_json
from newsbot.store.connection import Access
from tests.builders import about, accepted, later

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
    changed=later(1),
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
    "../../etc/passwd",
    "x" * 300,
    "药" * 300,
    "👩‍🔬 \U0001f389",
    "",
)


def hostile() -> list[StoredArticle]:
    """Articles with one of the above in every text field."""
    return [
        replace(
            PLAIN,
            id=n,
            url=f"https://news.test/{n}",
            title=t or None,
            body=t,
            authors=(t,),
            credited_source=t or None,
            category=(t,),
        )
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


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_comes_out_of_csv(title: str, body: str) -> None:
    """A lone carriage return too, which ends a line for those who read tables."""
    out = io.StringIO()
    write_csv([replace(PLAIN, title=title, body=body), PLAIN], out)
    row, after = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert (row["title"], row["body"]) == (safe_cell(title), safe_cell(body))
    assert after["body"] == PLAIN.body


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
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FORBIDDEN_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(form: str, articles: Iterable[StoredArticle]) -> bytes:
    """The bytes of a feed."""
    out = io.StringIO()
    STREAMS[form](articles, out)
    return out.getvalue().encode()


def parsed(content: bytes) -> Any:
    """What a reader of feeds makes of it, without complaint."""
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def kept(text: str) -> str:
    """What of a text XML can hold."""
    return FORBIDDEN_IN_XML.sub("", text)


def test_atom_is_valid_whatever_the_pages_say() -> None:
    tree = etree.fromstring(feed("atom", [PLAIN, *hostile()]))
    entries = tree.findall("a:entry", ATOM)
    assert tree.tag == "{http://www.w3.org/2005/Atom}feed"
    assert len(entries) == 1 + len(HOSTILE)
    for element in (tree, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
            assert str(element.findtext(f"a:{name}", namespaces=ATOM)).strip()
        assert RFC_3339.fullmatch(str(element.findtext("a:updated", namespaces=ATOM)))
        assert all(str(name.text).strip() for name in element.findall("a:author/a:name", ATOM))
        assert element.find("a:author/a:name", ATOM) is not None
    assert len({entry.findtext("a:id", namespaces=ATOM) for entry in entries}) == len(entries)
    assert not tree.findall(".//script")


RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


def test_an_atom_entry() -> None:
    (entry,) = etree.fromstring(feed("atom", [PLAIN])).findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == PLAIN.title
    assert entry.findtext("a:content", namespaces=ATOM) == PLAIN.body
    assert entry.findtext("a:published", namespaces=ATOM) == "2026-09-01T00:00:00+00:00"
    assert entry.findtext("a:updated", namespaces=ATOM) == PLAIN.changed.isoformat()
    assert [name.text for name in entry.findall("a:author/a:name", ATOM)] == ["A", "B"]
    assert entry.get(LANG) == "zh"
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert (link.get("href"), link.get("rel")) == (PLAIN.url, "alternate")


def test_the_id_of_an_entry_stays() -> None:
    """It is made of the address, so that a rebuilt database and another archive say the same."""
    entry = etree.fromstring(atom_entry(PLAIN))
    assert entry.findtext("id") == "urn:uuid:1ae85d01-4011-5bba-82d9-025d4af83b2b"
    assert atom_entry(replace(PLAIN, id=77, version=3)) == atom_entry(PLAIN)
    other = etree.fromstring(atom_entry(replace(PLAIN, url="https://news.test/b")))
    assert other.findtext("id") != entry.findtext("id")


def test_an_rss_item() -> None:
    tree = etree.fromstring(feed("rss", [PLAIN]))
    assert (tree.tag, tree.get("version")) == ("rss", "2.0")
    assert all(tree.findtext(f"channel/{name}") for name in ("title", "link", "description"))
    item = tree.find("channel/item")
    assert item is not None
    assert item.findtext("title") == PLAIN.title
    assert item.findtext("link") == item.findtext("guid") == PLAIN.url
    assert item.find("guid").get("isPermaLink") == "true"  # type: ignore[union-attr]  # it is there, see above
    assert item.findtext("pubDate") == "Tue, 01 Sep 2026 00:00:00 +0000"
    assert [name.text for name in item.findall(CREATOR)] == ["A", "B"]
    assert [name.text for name in item.findall("category")] == ["News", "Industry"]
    assert item.findtext("description") == '<p>One, two.</p><p>"Three"</p><p>药</p>'


def test_rss_is_valid_whatever_the_pages_say() -> None:
    items = etree.fromstring(feed("rss", [PLAIN, *hostile()])).findall("channel/item")
    assert len(items) == 1 + len(HOSTILE)
    for item in items:
        assert str(item.findtext("title")).strip()
        assert parsedate_to_datetime(str(item.findtext("pubDate"))).tzinfo is not None
        assert "<script>" not in str(item.findtext("description"))


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_reader_of_feeds_is_content(form: str) -> None:
    found = parsed(feed(form, [PLAIN, *hostile()]))
    assert found.version == {"atom": "atom10", "rss": "rss20"}[form]
    assert len(found.entries) == 1 + len(HOSTILE)
    first = found.entries[0]
    assert (first.title, first.link, first.author) == ("新药获批", PLAIN.url, first.authors[-1].name)
    assert first.published_parsed[:3] == (2026, 9, 1)
    assert all(entry.id and entry.title and entry.author for entry in found.entries)
    assert len(parsed(feed(form, [])).entries) == 0


ANY = st.text(st.characters())
"""Any characters, halves of characters and such as XML cannot write too."""


@given(ANY, ANY)
def test_any_text_comes_out_of_atom(text: str, url: str) -> None:
    article = replace(PLAIN, title=text, url=url, body=text, authors=(text,))
    entry = etree.fromstring(atom_entry(article).encode())
    assert entry.findtext("content") == kept(text)
    if kept(text).strip():
        assert entry.findtext("title") == entry.findtext("author/name") == kept(text)
    parsed(feed("atom", [article]))


@given(ANY, ANY)
def test_any_text_comes_out_of_rss(text: str, url: str) -> None:
    article = replace(PLAIN, title=text, url=url, body=text, authors=(text,), category=(text,))
    content = feed("rss", [article])
    item = etree.fromstring(content).find("channel/item")
    assert item is not None
    if kept(text).strip():
        assert item.findtext("title") == item.findtext(CREATOR) == item.findtext("category") == kept(text)
    paragraphs = str(item.findtext("description")).removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    assert "\n".join(map(html_text, paragraphs)) == kept(text)
    parsed(content)


def html_text(escaped: str) -> str:
    """What a browser shows for text without tags."""
    assert not re.search("[<>]", escaped)
    return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&#13;", "\r").replace("&amp;", "&")


@given(ANY.filter(lambda text: "/" not in text))
def test_any_address_on_the_web_makes_a_link_of_ascii(text: str) -> None:
    entry = etree.fromstring(atom_entry(replace(PLAIN, url=f"https://news.test/{text}")))
    link = entry.find("link")
    assert link is not None
    assert re.fullmatch(r"https://news\.test/[!-~]*", str(link.get("href")))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "notice.txt", "data:text/html,x"]
)
def test_only_addresses_on_the_web_become_links(url: str) -> None:
    article = replace(PLAIN, url=url)
    assert etree.fromstring(atom_entry(article)).find("link") is None
    item = etree.fromstring(feed("rss", [article])).find("channel/item")
    assert item is not None
    assert item.find("link") is None
    guid = item.find("guid")
    assert guid is not None
    assert (guid.get("isPermaLink"), str(guid.text)[:9]) == ("false", "urn:uuid:")


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "zh"), ("pt-BR", "pt-BR"), (None, None), ('" x="', None)]
)
def test_the_language_of_an_entry(language: str | None, said: str | None) -> None:
    assert etree.fromstring(atom_entry(replace(PLAIN, language=language))).get(LANG) == said


def test_an_article_without_authors_is_by_its_publisher() -> None:
    entry = etree.fromstring(atom_entry(replace(PLAIN, authors=("", "\0"))))
    assert [name.text for name in entry.findall("author/name")] == ["证券时报"]
    nobody = replace(PLAIN, authors=(), credited_source=None, publisher=None, host=None)
    assert etree.fromstring(atom_entry(nobody)).findtext("author/name") == "unknown"


def test_an_entry_without_date_has_no_publication_time() -> None:
    undated = replace(PLAIN, published=None)
    entry = etree.fromstring(atom_entry(undated))
    assert entry.find("published") is None
    assert entry.findtext("updated") == "2026-11-20T13:00:00+00:00"
    assert b"pubDate" not in feed("rss", [undated])


BEIJING = timezone(timedelta(hours=8))
SHANGHAI_1900 = timezone(timedelta(hours=8, minutes=5, seconds=43))


@pytest.mark.parametrize(
    ("when", "atom", "rss"),
    [
        (
            datetime(2026, 9, 1, 8, 30, tzinfo=UTC),
            "2026-09-01T08:30:00+00:00",
            "Tue, 01 Sep 2026 08:30:00 +0000",
        ),
        (
            datetime(2026, 9, 1, 8, 30, tzinfo=BEIJING),
            "2026-09-01T08:30:00+08:00",
            "Tue, 01 Sep 2026 08:30:00 +0800",
        ),
        (
            datetime(1900, 1, 1, 8, 5, 43, tzinfo=SHANGHAI_1900),
            "1900-01-01T00:00:00+00:00",
            "Mon, 01 Jan 1900 00:00:00 +0000",
        ),
    ],
)
def test_a_time_with_its_zone(when: datetime, atom: str, rss: str) -> None:
    article = replace(PLAIN, published=when, published_zone=Zone.STATED)
    assert etree.fromstring(atom_entry(article)).findtext("published") == atom
    assert etree.fromstring(feed("rss", [article])).findtext("channel/item/pubDate") == rss


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


@pytest.mark.parametrize(
    "line",
    ["---", "===", "- x", "+ x", "1. x", "12) x", "~~~", "```", "> x", "# x", "| x |", "    x", "&lt;b&gt;"],
)
def test_a_line_of_a_body_stays_a_paragraph(line: str) -> None:
    shown = markdown(replace(PLAIN, body=f"One.\n{line}\nTwo.")).split("\n\n")[3]
    assert shown == line.strip() or "\\" in shown[:4]
    assert shown.replace("\\", "") == line.strip()


@pytest.mark.parametrize("line", ["R&D rose 5%", "-5 °C", "3.5 million", "a + b = c", "新药—获批", "👩‍🔬"])
def test_a_plain_line_is_left_as_it_is(line: str) -> None:
    assert markdown(replace(PLAIN, body=line)).endswith(f"\n\n{line}\n")


@pytest.mark.parametrize("name", sorted(STREAMS))
def test_every_format_writes_while_it_reads(name: str) -> None:
    out = io.StringIO()
    sizes = []

    def articles() -> Iterator[StoredArticle]:
        for number in range(5):
            sizes.append(out.tell())
            yield replace(PLAIN, id=number)

    assert STREAMS[name](articles(), out) == 5
    assert sizes == sorted(set(sizes))
    assert STREAMS[name]([], io.StringIO()) == 0


TITLES = [
    ("新药获批", "新药获批"),
    ("FDA approves PD-1 药!", "fda-approves-pd-1-药"),
    ("../../etc/passwd", "etc-passwd"),
    ("..\\..\\C:\\Windows", "c-windows"),
    ("／．．／ＡＢＣ", "abc"),
    ("CON", "con"),
    ("a\0b\x1b[31m", "a-b-31m"),
    ("\u202etxt.exe", "txt-exe"),
    ("<script>alert(1)</script>", "script-alert-1-script"),
    ("👩‍🔬 🎉", "untitled"),
    ("\ud800", "untitled"),
    ("-rf *", "rf"),
    (None, "untitled"),
    ("é" * 300, "é" * 60),
    ("药" * 300, "药" * 40),
    ("\U00020000" * 300, "\U00020000" * 30),
]


@pytest.mark.parametrize(("title", "slug"), TITLES, ids=[ascii(title)[:20] for title, _ in TITLES])
def test_the_name_of_a_file(title: str | None, slug: str) -> None:
    assert file_name(replace(PLAIN, title=title)) == f"2026-09-01-{slug}-1.md"
    assert file_name(replace(PLAIN, title=title, published=None)) == f"undated-{slug}-1.md"


@given(ANY)
def test_any_title_makes_a_name_that_stays_in_the_folder(title: str) -> None:
    name = file_name(replace(PLAIN, title=title, id=2**63))
    assert len(name.encode()) < 200
    assert Path(name).name == name
    assert not re.search(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\s\u202a-\u202e]', name)
    assert name.count(".") == 1


def test_a_folder_of_markdown(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    assert export_to("md-folder", [PLAIN, *(replace(a, id=a.id + 1) for a in hostile())], folder) == 1 + len(
        HOSTILE
    )
    (folder / "mine.md").write_text("mine")
    (folder / "2026-09-01-新药获批-1.md").write_text("old")
    assert export_to("md-folder", [PLAIN], folder) == 1
    assert (folder / "mine.md").read_text() == "mine"
    assert len(list(folder.iterdir())) == 2 + len(HOSTILE)
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes"]
    text = (folder / "2026-09-01-新药获批-1.md").read_text(encoding="utf-8")
    assert text.startswith('---\ntitle: "新药获批"\nid: 1\nurl: "https://news.test/a?x=1&y=2"\n')
    assert text.partition("\n---\n\n")[2] == markdown(PLAIN)


@given(ANY)
def test_front_matter_gives_any_text_back(text: str) -> None:
    article = replace(PLAIN, title=text, url=text, authors=(text, text))
    lines = front_matter(article).split("\n")
    assert (lines[0], lines[-2:]) == ("---", ["---", ""])
    facts = {name: json.loads(value) for name, _, value in (line.partition(": ") for line in lines[1:-2])}
    assert (facts["title"], facts["url"], facts["authors"]) == (text, text, [text, text])
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]", "".join(lines))


def test_a_link_in_the_folder_leads_nowhere(tmp_path: Path) -> None:
    """Who may write into the folder must not choose another file that is written."""
    other = tmp_path / "other"
    other.write_text("other")
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / file_name(PLAIN)).symlink_to(other)
    export_to("md-folder", [PLAIN], folder)
    assert other.read_text() == "other"
    assert not (folder / file_name(PLAIN)).is_symlink()


def test_parquet_comes_back(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    when = datetime(2026, 9, 1, 1, 30, 0, 5, tzinfo=BEIJING)
    timed = replace(PLAIN, id=100, published=when, published_zone=Zone.STATED, copy_of=1)
    undated = replace(PLAIN, id=101, published=None, title=None, authors=())
    file = tmp_path / "all.parquet"
    articles = [PLAIN, timed, undated, *hostile()]
    assert export_to("parquet", articles, file) == len(articles)
    rows = parquet.read_table(file).to_pylist()
    assert [row["id"] for row in rows] == [article.id for article in articles]
    assert rows[0]["published"] is None
    assert rows[0]["published_day"] == date(2026, 9, 1)
    assert rows[1]["published"] == when
    assert rows[1]["published_day"] == date(2026, 9, 1)
    assert rows[1]["published_zone"] == "stated"
    assert (rows[2]["published_day"], rows[2]["title"], rows[2]["authors"]) == (None, None, [])
    assert (rows[0]["authors"], rows[0]["first_seen"], rows[1]["copy_of"]) == (
        ["A", "B"],
        PLAIN.first_seen,
        1,
    )
    assert [row["body"] for row in rows[3:]] == [text.replace("\ud800", "?") for text in HOSTILE]
    assert set(rows[0]) == {*as_json(PLAIN), "published_day"}
    kinds = {field.name: str(field.type) for field in parquet.read_schema(file)}
    assert (kinds["id"], kinds["published"]) == ("int64", "timestamp[us, tz=UTC]")
    assert (kinds["published_day"], kinds["authors"][:5]) == ("date32[day]", "list<")


def test_row_groups_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("newsbot.export.parquet.ROWS", 4)
    monkeypatch.setattr("newsbot.export.parquet.CHARACTERS", 100)
    bodies = ["x"] * 10 + ["x" * 60] * 3
    export_to("parquet", [replace(PLAIN, id=n, body=b) for n, b in enumerate(bodies)], tmp_path / "a")
    about = parquet.read_metadata(tmp_path / "a")
    assert [about.row_group(n).num_rows for n in range(about.num_row_groups)] == [4, 4, 4, 1]
    assert export_to("parquet", [], tmp_path / "none") == 0
    assert parquet.read_table(tmp_path / "none").num_rows == 0


def test_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    def unread() -> Iterator[StoredArticle]:
        pytest.fail("read before it was known that it can be written")
        yield

    with pytest.raises(InputError, match=r"pip install 'newsbot\[parquet\]'"):
        export_to("parquet", unread(), tmp_path / "all.parquet")
    assert list(tmp_path.iterdir()) == []


def interrupted(fault: BaseException) -> Iterator[StoredArticle]:
    """Some articles, and then a fault."""
    for number in range(5_000):
        yield replace(PLAIN, id=number)
    raise fault


FILES = [*STREAMS, "parquet"]
FAULTS = [KeyboardInterrupt(), StoreError("news.db", "it broke"), OSError(28, "No space left on device")]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize("form", FILES)
def test_an_interrupted_export_keeps_the_old_file(form: str, fault: BaseException, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    file = tmp_path / "old"
    file.write_text("old")
    said = InputError if isinstance(fault, OSError) else type(fault)
    with pytest.raises(said) as raised:
        export_to(form, interrupted(fault), file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
    if isinstance(fault, OSError):
        assert str(raised.value) == f"{file}: cannot be written (No space left on device)."


def test_an_interrupted_folder_holds_whole_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_part: object, _file: object) -> None:
        raise OSError(28, "No space left on device")

    export_to("md-folder", [PLAIN], tmp_path)
    monkeypatch.setattr("os.replace", full)
    with pytest.raises(InputError, match="No space left"):
        export_to("md-folder", [replace(PLAIN, body="new"), replace(PLAIN, id=2)], tmp_path)
    (file,) = tmp_path.iterdir()
    assert file.read_text(encoding="utf-8").endswith(markdown(PLAIN))


def test_a_file_keeps_its_mode_and_the_link_to_it(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    export_to("jsonl", [PLAIN], link)
    assert link.is_symlink()
    assert json.loads(file.read_text(encoding="utf-8"))["id"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    fresh, plain = tmp_path / "fresh", tmp_path / "plain"
    plain.touch()
    export_to("jsonl", [PLAIN], fresh)
    assert fresh.stat().st_mode == plain.stat().st_mode


def test_nothing_takes_the_place_of_a_device() -> None:
    export_to("jsonl", [PLAIN], Path(os.devnull))
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("form", "target", "said"),
    [
        ("jsonl", "folder", "this is a folder"),
        ("md-folder", "file", "this is a file"),
        ("jsonl", "no/such/file", r"cannot be written \(No such file or directory\)"),
        ("md-folder", "no/such/folder", r"cannot be written \(No such file or directory\)"),
        ("jsonl", "file/x", r"cannot be written \(Not a directory\)"),
    ],
)
def test_a_target_that_cannot_be(form: str, target: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old")
    with pytest.raises(InputError, match=said):
        export_to(form, [PLAIN], tmp_path / target)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A database with three articles, two of them about gene therapy."""
    file = tmp_path / "news.db"
    with Database(file, Access.WRITE) as db:
        for number in range(3):
            topic = "Serulin tablets" if number else "gene therapy"
            db.record(
                accepted(f"https://news.test/{number}", f"{topic}. {about(number)}", f"Of {topic} {number}")
            )
    return file


def test_the_whole_way_out_of_a_database(filled: Path) -> None:
    with Database(filled) as db:
        out = io.StringIO()
        assert write_jsonl(db.every(), out) == 3
    assert [json.loads(line)["url"][-1] for line in out.getvalue().splitlines()] == ["0", "1", "2"]


def run(db: Path, *arguments: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(cli, ["--db", str(db), "export", *arguments])


def test_the_command_takes_a_query(filled: Path) -> None:
    def urls(*arguments: str) -> list[str]:
        done = run(filled, *arguments)
        assert done.exit_code == 0, done.output
        return [json.loads(line)["url"][-1] for line in done.stdout.splitlines()]

    assert urls() == ["0", "1", "2"]
    assert urls("--query", "serulin") == ["1", "2"]
    assert urls("--query", "title:gene") == ["0"]
    assert urls("--query", "-serulin") == ["0"]
    assert urls("--query", "serulin", "--since", "2999-01-01") == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_every_format(form: str, filled: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    target = filled.with_name("target")
    done = run(filled, "--format", form, "--query", "serulin", "-o", str(target))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "2 articles written.\n")
    assert target.is_dir() if form == "md-folder" else target.stat().st_size > 0


@pytest.mark.parametrize("form", ["md-folder", "parquet"])
def test_not_every_format_is_for_standard_output(form: str, filled: Path) -> None:
    done = run(filled, "--format", form)
    assert done.exit_code != 0
    assert f"{form} is not for standard output" in done.stderr
