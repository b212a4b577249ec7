"""`docs/schema.md`, generated from the schema itself: `python -m newsbot.store.describe`."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from newsbot.store.migrations import migrations
from newsbot.store.schema_words import COLUMNS, INTRODUCTION, TABLES


def describe() -> str:
    """The tables, what each is for, and what each column holds, as Markdown.

    Raises KeyError for a table or column that nobody has described: a schema change needs words.
    """
    database = Database(sqlite3.connect(":memory:"))
    migrations.apply(database)
    parts = [INTRODUCTION]
    for name, purpose in TABLES.items():
        parts.append(f"## {name}\n\n{purpose}\n\n{_columns(database, name)}\n")
    undescribed = set(_own_tables(database)) - set(TABLES)
    if undescribed:
        raise KeyError(f"no words for {sorted(undescribed)}")
    applied = "\n".join(f"- `{migration.name}`" for migration in migrations.applied(database))
    return "\n".join([*parts, f"## Migrations\n\n{applied}\n"])


def _own_tables(database: Database) -> list[str]:
    names = [*database.table_names(), *database.view_names()]
    return [name for name in names if "_fts" not in name and not name.startswith(("_", "sqlite_"))]


def _columns(database: Database, table: str) -> str:
    references = {}
    if table in database.table_names():
        references = {key.column: f" → {key.other_table}" for key in database.table(table).foreign_keys}
    rows = database.execute(f"select name, type from pragma_table_info('{table}')").fetchall()
    lines = ["| column | type | what it holds |", "|---|---|---|"]
    for name, kind in rows:
        words = COLUMNS.get(f"{table}.{name}") or COLUMNS[name]
        lines.append(f"| {name} | {kind.lower()}{references.get(name, '')} | {words} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(describe(), end="")
