"""What the documents say is there, is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

import newsbot
from newsbot.cli import cli
from newsbot.config import Config
from newsbot.outcome import RunOutcome
from newsbot.store import Database
from newsbot.store.connection import Access

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        assert target.startswith("http") or (document.parent / target).exists(), target


def test_every_setting_and_outcome_is_explained() -> None:
    text = (PROJECT / "docs/operations.md").read_text(encoding="utf-8")
    assert [each.name for each in fields(Config) if f"| `{each.name}` |" not in text] == []
    assert [outcome for outcome in RunOutcome if f"\n| {outcome} |" not in text] == []


def test_every_command_is_in_the_readme_or_the_operations() -> None:
    text = "".join(
        (PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/operations.md")
    )
    named = [
        f"newsbot {name}" for name, command in cli.commands.items() if not isinstance(command, click.Group)
    ]
    db = cli.commands["db"]
    assert isinstance(db, click.Group)
    named += [f"newsbot db {name}" for name in db.commands]
    assert [command for command in named if command not in text] == []


def test_the_readme_s_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Database("news.db", Access.WRITE).close()
    (code,) = re.findall(
        r"```python\n(.*?)```", (PROJECT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    names: dict[str, object] = {}
    exec(code, names)
    assert names["article"].title == "A title"  # type: ignore[attr-defined]


def test_the_version_is_one() -> None:
    assert f'version = "{newsbot.__version__}"' in (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"## {newsbot.__version__}" in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
