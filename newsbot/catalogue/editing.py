"""Changes to the user's catalogue file that keep what a person wrote there."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tomlkit
from tomlkit.items import Table

from newsbot.catalogue.loading import load_catalogue, merge_catalogue
from newsbot.catalogue.source import COUNTRY_ZONES, REQUIRED, Source, usual_hosts
from newsbot.errors import ConfigError, InputError

MAX_NAME = 48
LONG = 80
WORD = re.compile(r"[a-z0-9]{1,40}")
SUFFIXES = frozenset(("com", "co", "gov", "org", "net", "edu", "ac"))
PLAIN_WORDS = frozenset(
    ("www", "rss", "rss2", "feed", "feeds", "xml", "atom", "json", "index", "html", "htm", "shtml", "php", "aspx",
     "default", "list", "sitemap", "en", "txt", "gz")
)  # fmt: skip


def add_source(user_file: Path, source: Source, spiders: Collection[str] | None = None) -> None:
    """Writes a source's table at the end of the user's file, which is made if need be.

    Raises InputError if there is a source of that name, ConfigError if the file cannot be used.
    """
    if source.name in load_catalogue(user_file, spiders):
        raise InputError(f"There is a source named {source.name!r} already; change it in {user_file}.")
    _append(user_file, source.name, _table(source), spiders)


def set_enabled(user_file: Path, name: str, enabled: bool, spiders: Collection[str] | None = None) -> None:
    """Switches a source on or off in the user's file.

    Raises UnknownSourceError for a name that the catalogue does not have.
    """
    if load_catalogue(user_file, spiders).find(name).enabled == enabled:
        return
    document = tomlkit.parse(_text(user_file))
    sources = document.get("sources")
    if sources is None or name not in sources:
        _append(user_file, name, {"enabled": enabled}, spiders)
        return
    sources[name]["enabled"] = enabled
    _write(user_file, tomlkit.dumps(document), spiders)


def set_selectors(
    user_file: Path,
    name: str,
    tables: Mapping[str, Mapping[str, str]],
    spiders: Collection[str] | None = None,
) -> None:
    """Sets selectors of a source in the user's file; those that it has and that are not named stay.

    Raises UnknownSourceError for a name that the catalogue does not have.
    """
    source = load_catalogue(user_file, spiders).find(name)
    merged = {key: {**getattr(source, key), **values} for key, values in tables.items()}
    document = tomlkit.parse(_text(user_file))
    sources = document.get("sources")
    if sources is None or name not in sources:
        _append(user_file, name, merged, spiders)
        return
    for key, values in merged.items():
        sources[name][key] = _inline(values)
    _write(user_file, tomlkit.dumps(document), spiders)


def source_text(source: Source) -> str:
    """The source as TOML, as it stands in a sources file."""
    return _dumped(source.name, _toml(_table(source)))


def _table(source: Source) -> dict[str, Any]:
    """What of a source is not what it would be without saying so."""
    values: dict[str, Any] = {}
    for each in fields(Source):
        value = getattr(source, each.name)
        if each.name in REQUIRED or (each.name != "name" and value not in (each.default, {}, None)):
            values[each.name] = _plain(value)
    if source.country is not None and values["zone"] == COUNTRY_ZONES.get(source.country):
        del values["zone"]
    if source.allowed_hosts == usual_hosts(source.starts, source.home):
        del values["allowed_hosts"]
    return values


def _plain(value: Any) -> Any:
    """The value as TOML writes it: lists for tuples, one text for a tuple of one."""
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value) if isinstance(value, str) else value


def _append(user_file: Path, name: str, values: Mapping[str, Any], spiders: Collection[str] | None) -> None:
    table = _toml(values)
    before = _text(user_file)
    gap = "\n" if before.endswith("\n") else "\n\n" if before else ""
    _write(user_file, f"{before}{gap}{_dumped(name, table)}", spiders)


def _toml(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, _written(value))
    return table


def _written(value: Any) -> Any:
    """Lists of several long texts stand a line each."""
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list) and len(str(value)) > LONG:
        return tomlkit.array(tomlkit.item(value).as_string()).multiline(True)
    return value


def _inline(values: Mapping[str, Any]) -> tomlkit.items.InlineTable:
    inline = tomlkit.inline_table()
    inline.update(values)
    return inline


def _dumped(name: str, table: Table) -> str:
    document = tomlkit.document()
    document.add("sources", tomlkit.table(is_super_table=True).add(name, table))
    return tomlkit.dumps(document)


def _text(user_file: Path) -> str:
    try:
        return user_file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""


def _write(user_file: Path, text: str, spiders: Collection[str] | None) -> None:
    """Puts the text in the file's place in one step, if it makes a usable catalogue."""
    merge_catalogue(str(user_file), text, spiders)
    target = user_file.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, text)
    except OSError as error:
        raise ConfigError(user_file, f"cannot be written: {error.strerror or error}") from error


def _replace(target: Path, text: str) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def slug_for(url: str) -> str:
    """A name for a source at an address: its host and path without the words that every address has.

    >>> slug_for("https://www.example.com/news/rss.xml"), slug_for("https://pharma.example.com.cn/")
    ('example-news', 'pharma-example')
    """
    try:
        parts = urlsplit(url.lower())
        labels = (parts.hostname or "").removeprefix("www.").split(".")
    except ValueError:
        return "source"
    if not labels[-1].isdigit():
        labels = labels[:-1] or labels
        labels = labels[:-1] if len(labels) > 1 and labels[-1] in SUFFIXES else labels
    host = WORD.findall("-".join(labels))
    path = [word for word in WORD.findall(parts.path[:200]) if word not in PLAIN_WORDS and word not in host]
    return "-".join([*host, *dict.fromkeys(path)])[:MAX_NAME].strip("-") or "source"
