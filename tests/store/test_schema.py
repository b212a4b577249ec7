"""The schema, its description, and the index over it."""

from __future__ import annotations

from pathlib import Path

from newsbot.store import Database
from newsbot.store.describe import describe

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
