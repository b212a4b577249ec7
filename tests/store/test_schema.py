"""The schema, its description, and the index over it."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database as Tables

from newsbot.store import Database
from newsbot.store.connection import Access
from newsbot.store.describe import describe
from tests.builders import accepted

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_schema_page_says_what_the_schema_is() -> None:
    assert (DOCS / "schema.md").read_text(encoding="utf-8") == describe()


def test_every_table_is_described_with_all_its_columns(db: Database) -> None:
    page = describe()
    tables = db.query(
        "select name from sqlite_master where type in ('table', 'view')"
        " and name not like 'sqlite%' and name not like '%_fts%' and name not like '\\_%' escape '\\'"
    )
    for (name,) in tables.rows:
        section = page.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
        for (column,) in db.query(f"select name from pragma_table_info('{name}')").rows:
            assert f"\n| {column} | " in section


def test_foreign_keys_hold(db: Database) -> None:
    assert db.query("pragma foreign_keys").rows == ((1,),)


def test_the_example_in_the_page_runs(db: Database) -> None:
    example = describe().split("    select", 1)[1].split("\n\n", 1)[0]
    assert db.query(f"select {example}").columns == ("id", "title")


def test_other_tools_find_the_index_and_search_it(tmp_path: Path) -> None:
    with Database(tmp_path / "n.db", Access.WRITE) as db:
        db.record(accepted(title="Cell therapy", text="细胞治疗获批"))
    tables = Tables(tmp_path / "n.db")
    assert tables.table("versions").detect_fts() == "versions_fts"
    assert [row["title"] for row in tables.table("versions").search('"获 批"')] == ["Cell therapy"]
    assert [row["articles"] for row in tables.query("select articles from stories_latest")] == [1]
    tables.close()
