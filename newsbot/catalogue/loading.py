"""The catalogue: the sources that newsbot brings along, changed and extended by the user's file."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from newsbot.catalogue.source import FIELDS, STARTS, FieldError, Source, make_source, project_spiders
from newsbot.errors import ConfigError, UnknownSourceError

ERROR_LINE = re.compile(r"\(at line (\d{1,9}), column \d{1,9}\)")
HEADER = re.compile(r"^\s{0,50}\[")


@dataclass(frozen=True, slots=True)
class Catalogue(Mapping[str, Source]):
    """All sources by name."""

    sources: Mapping[str, Source]

    def __getitem__(self, name: str) -> Source:
        return self.sources[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)

    def find(self, name: str) -> Source:
        """The source of that name. Raises UnknownSourceError with the names most like it."""
        if name in self.sources:
            return self.sources[name]
        raise UnknownSourceError(name, similar_names(name, self.sources))

    def enabled(self) -> tuple[Source, ...]:
        """The sources that a crawl of everything takes."""
        return tuple(source for source in self.sources.values() if source.enabled)


def similar_names(name: str, names: Collection[str]) -> tuple[str, ...]:
    """Up to three names that a person may have meant: those spelled alike or that hold the word typed.

    >>> similar_names("ema", ["ema-news", "who-news"])
    ('ema-news',)
    """
    word = name.strip().lower()
    holding = [known for known in names if word and word in known.split("-")]
    alike = difflib.get_close_matches(word, names, n=3, cutoff=0.6)
    return tuple(dict.fromkeys([*holding, *alike]))[:3]


@dataclass(frozen=True, slots=True)
class _File:
    """A catalogue file: how to name it, its text, and the tables of its sources."""

    path: str
    text: str
    tables: Mapping[str, Mapping[str, Any]]

    def error(self, problem: str, source: str | None = None, key: str | None = None) -> ConfigError:
        """The error that names the file, the line where the source or its field stands, and the problem."""
        line = line_of(self.text, source, key) if source else None
        return ConfigError(f"{self.path}:{line}" if line else self.path, problem)


def load_catalogue(user_file: Path | None = None, spiders: Collection[str] | None = None) -> Catalogue:
    """The sources that newsbot brings along with the user's changes over them, field by field.

    A user's file that does not exist changes nothing. `spiders` are the names that `spider` may have. Raises
    ConfigError with file, line and field.
    """
    text = _read(user_file) if user_file is not None else None
    return merge_catalogue(str(user_file), text or "", spiders)


def merge_catalogue(path: str, text: str, spiders: Collection[str] | None = None) -> Catalogue:
    """The catalogue as it is with `text` in the user's file at `path`."""
    user = _parse(path, text)
    shipped = {name: (file, table) for file in _shipped() for name, table in file.tables.items()}
    sources: dict[str, Source] = {}
    for name, (file, table) in shipped.items():
        changes = user.tables.get(name)
        sources[name] = _make(user if changes else file, name, {**table, **(changes or {})}, spiders)
    for name, table in user.tables.items():
        if name not in sources:
            sources[name] = _make(user, name, table, spiders)
    return Catalogue(sources)


def _make(file: _File, name: str, values: Mapping[str, Any], spiders: Collection[str] | None) -> Source:
    try:
        return make_source(name, values, project_spiders() if spiders is None else spiders)
    except FieldError as problem:
        raise file.error(f"[sources.{name}] {problem}", name, problem.field) from None


def _shipped() -> Iterator[_File]:
    """The files beside this one, one for each kind of publisher."""
    folder = resources.files("newsbot.catalogue")
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield _parse(entry.name, entry.read_text(encoding="utf-8"))


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise ConfigError(path, "is no UTF-8 text") from None
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror or error}") from None


def _parse(path: str, text: str) -> _File:
    """The file. Raises ConfigError for its first key that means nothing, and for what is no TOML."""
    file, document = _parsed(path, text)
    for error in _key_errors(file, document):
        raise error
    return file


def _parsed(path: str, text: str) -> tuple[_File, Mapping[str, Any]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = ERROR_LINE.search(str(error))
        line = found[1] if found else text.count("\n") + 1
        raise ConfigError(f"{path}:{line}", f"is no TOML: {error}") from None
    except RecursionError:
        raise ConfigError(path, "is no usable TOML: nested too deep") from None
    return _File(path, text, document.get("sources", {})), document


def _key_errors(file: _File, document: Mapping[str, Any]) -> Iterator[ConfigError]:
    """An error for each key that means nothing."""
    for key in document:
        if key != "sources":
            problem = f"unknown key {key!r}; sources are tables like [sources.{key}]"
            line = _line_of_key(file.text, key)
            yield ConfigError(f"{file.path}:{line}" if line else file.path, problem)
    if not isinstance(file.tables, dict):
        yield file.error("'sources' takes tables like [sources.my-source]")
        return
    for name, table in file.tables.items():
        if not isinstance(table, dict):
            yield file.error(f"'sources.{name}' takes a table: [sources.{name}]", name)
            continue
        for key in table:
            if key not in FIELDS:
                near = difflib.get_close_matches(key, FIELDS, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(FIELDS)}"
                yield file.error(f"[sources.{name}] unknown field {key!r}{hint}", name, key)


def check_file(path: Path, spiders: Collection[str] | None = None) -> list[ConfigError]:
    """All that is wrong with a sources file, by line. Raises ConfigError if there is no such file."""
    text = _read(path)
    if text is None:
        raise ConfigError(path, "there is no such sources file")
    try:
        file, document = _parsed(str(path), text)
    except ConfigError as error:
        return [error]
    errors = list(_key_errors(file, document))
    if isinstance(file.tables, dict):
        shipped = {name: table for each in _shipped() for name, table in each.tables.items()}
        tables = {name: table for name, table in file.tables.items() if isinstance(table, dict)}
        for name, table in tables.items():
            errors += _field_errors(file, name, {**shipped.get(name, {}), **table}, spiders)
    return sorted(errors, key=_place)


def _place(error: ConfigError) -> int:
    line = error.path.rpartition(":")[2]
    return int(line) if line.isdigit() else 0


STAND_INS = {
    "title": "A", "kind": "company", "language": "en", "country": "INT", "lists": "https://stand-in.example/",
}  # fmt: skip
"""What stands in for a field that cannot be used, so that the others are looked at, too."""


def _field_errors(
    file: _File, name: str, values: Mapping[str, Any], spiders: Collection[str] | None
) -> Iterator[ConfigError]:
    """An error for each field of a source that cannot be used."""
    rest = {key: value for key, value in values.items() if key in FIELDS}
    for _ in FIELDS:
        try:
            make_source(name, rest, project_spiders() if spiders is None else spiders)
        except FieldError as problem:
            yield file.error(f"[sources.{name}] {problem}", name, problem.field)
            if problem.field is None or problem.field not in rest:
                return
            del rest[problem.field]
            stand_in = STAND_INS.get("lists" if problem.field in STARTS else problem.field)
            if stand_in is not None:
                rest["lists" if problem.field in STARTS else problem.field] = stand_in
        else:
            return


def _line_of_key(text: str, key: str) -> int | None:
    """The number of the line where a top-level key or a table of that name stands first."""
    named = re.compile(rf"""^\s{{0,50}}\[{{0,2}}\s{{0,9}}["']?{re.escape(key)}["']?\s{{0,9}}[].=]""")
    return next((number for number, line in enumerate(text.splitlines(), start=1) if named.match(line)), None)


def line_of(text: str, source: str, key: str | None = None) -> int | None:
    """The number of the line where a source's table, or a field in it, begins.

    >>> line_of("[sources.a]\\ntitle = 'A'\\n", "a", "title")
    2
    """
    name = re.escape(source)
    table = re.compile(
        rf"""^\s{{0,50}}\[?\s{{0,9}}sources\s{{0,9}}\.\s{{0,9}}["']?{name}["']?\s{{0,9}}[].=]"""
    )
    value = re.compile(rf"""^\s{{0,50}}["']?{re.escape(key or "")}["']?\s{{0,50}}[=.]""") if key else None
    start = None
    for number, line in enumerate(text.splitlines(), start=1):
        if table.match(line):
            start = start or number
            if key and re.search(rf"\.\s{{0,9}}{re.escape(key)}\s{{0,9}}[]=.]", line):
                return number
        elif start and HEADER.match(line) and "=" not in line:
            value = None
        elif start and value and value.match(line):
            return number
    return start
