"""Who may import whom, walked over the real files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(file for area in ("newsbot", "spiders", "pipelines") for file in (ROOT / area).rglob("*.py"))

CATALOGUE = "newsbot/catalogue/source.py"
"""It asks lxml whether a selector can be used, and reads no page."""

FORBIDDEN = (
    ("newsbot", (), ("spiders", "pipelines", "tests")),
    ("spiders", (), ("pipelines", "tests")),
    ("pipelines", (), ("spiders", "tests")),
    ("", ("newsbot/store/",), ("sqlite3", "sqlite_utils")),
    ("", ("newsbot/extraction/", "newsbot/discovery/", CATALOGUE), ("lxml", "bs4")),
    ("newsbot", ("newsbot/settings.py", "newsbot/crawling.py", "newsbot/cli/"), ("scrapy", "twisted")),
    *(
        (
            area,
            (),
            (
                *(
                    "time",
                    "logging",
                    "random",
                    "socket",
                    "urllib.request",
                    "os",
                    "subprocess",
                    "scrapy",
                    "sqlite3",
                ),
                *(
                    "newsbot.store",
                    "newsbot.config",
                    "newsbot.settings",
                    "newsbot.archive",
                    "newsbot.catalogue",
                ),
            ),
        )
        for area in ("newsbot/extraction", "newsbot/discovery", "newsbot/dedupe")
    ),
)
"""Under this folder, save for these places, none of these is imported."""

PURE = ("newsbot/extraction", "newsbot/discovery", "newsbot/dedupe")
CLOCK = {"now", "utcnow", "today"}


def place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere in a file, with the names taken out of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


@pytest.mark.parametrize("file", FILES, ids=place)
def test_imports_point_the_right_way(file: Path) -> None:
    names = set(imported(ast.parse(file.read_text(encoding="utf-8"))))
    wrong = [
        f"{place(file)} imports {name}"
        for area, excepted, modules in FORBIDDEN
        if place(file).startswith(area) and not place(file).startswith(tuple(excepted))
        for name in sorted(names)
        if any(within(name, module) for module in modules)
    ]
    assert wrong == []


@pytest.mark.parametrize("file", [file for file in FILES if place(file).startswith(PURE)], ids=place)
def test_deciding_reads_no_clock_and_prints_nothing(file: Path) -> None:
    calls = [
        node.func
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    clocks = [ast.unparse(call) for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCK]
    prints = [
        call.id for call in calls if isinstance(call, ast.Name) and call.id in ("print", "open", "input")
    ]
    assert clocks + prints == []


def test_the_walk_sees_the_project() -> None:
    seen = {place(file) for file in FILES}
    assert {"newsbot/model.py", "newsbot/store/recorder.py", "spiders/feed.py", "pipelines/store.py"} <= seen
    assert set(imported(ast.parse("def f():\n    import a.b\n    from c import d"))) == {"a.b", "c.d"}
