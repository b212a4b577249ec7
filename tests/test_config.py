"""The settings of one user: file, environment, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsbot import __version__
from newsbot.config import Config, load_config, scrapy_values
from newsbot.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    file = folder / "newsbot.toml"
    file.write_text(text, encoding="utf-8")
    return file


def problem(folder: Path, text: str) -> str:
    """What is said of a settings file: one sentence with the file in it."""
    file = written(folder, text)
    with pytest.raises(ConfigError) as caught:
        load_config(file, {})
    assert str(caught.value).startswith(f"{file}: ")
    return str(caught.value)


def test_without_file_and_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    config = load_config(environ={})
    assert config.db == tmp_path / "data" / "newsbot" / "news.db"
    assert config.sources_file == tmp_path / "config" / "newsbot" / "sources.toml"
    assert config.contact is None
    assert config.user_agent == f"newsbot/{__version__}"


def test_a_file_is_found_in_the_folder_and_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "delay = 3")
    assert load_config(environ={}).delay == 3.0
    other = tmp_path / "other.toml"
    other.write_text("delay = 4")
    assert load_config(environ={"NEWSBOT_CONFIG": str(other)}).delay == 4.0


def test_paths_in_a_file_are_relative_to_it(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, 'db = "a/news.db"\nsources_file = "/etc/sources.toml"'), {})
    assert config.db == tmp_path / "a" / "news.db"
    assert config.sources_file == Path("/etc/sources.toml")


def test_the_environment_stands_over_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'db = "a.db"\ncontact = "a@example.org"\ntimeout = 7.5')
    config = load_config(
        file, {"NEWSBOT_DB": "b.db", "NEWSBOT_CONTACT": "b@example.org", "NEWSBOT_SOURCES": ""}
    )
    assert (config.db, config.contact, config.timeout) == (Path("b.db"), "b@example.org", 7.5)
    assert config.user_agent.endswith("(+b@example.org)")


def test_an_unknown_key_gets_a_hint(tmp_path: Path) -> None:
    assert "unknown setting 'dely'; did you mean 'delay'?" in problem(tmp_path, "dely = 1")
    assert problem(tmp_path, "zzzzzz = 1").endswith("unknown setting 'zzzzzz'")


@pytest.mark.parametrize(
    "line",
    [
        "db = 7",
        'db = ""',
        'db = "a\\u0000b"',
        'db = "~nobody-has-this-name/news.db"',
        "db = []",
        "contact = 7",
        'contact = ""',
        'contact = "a\\nX-Header: b"',
        'delay = "1"',
        "delay = -1",
        "delay = true",
        "delay = nan",
        "delay = inf",
        "concurrency = 1.5",
        "concurrency = inf",
        "concurrency = 0",
        "timeout = 2026-01-01",
        'log_level = "LOUD"',
        "[delay]",
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, line: str) -> None:
    assert line.split(" =", maxsplit=1)[0].strip("[]") in problem(tmp_path, line)


@pytest.mark.parametrize("text", ["delay = ", "delay = 1\ndelay = 2", "= 1", "\0"])
def test_what_is_no_toml_is_said(tmp_path: Path, text: str) -> None:
    problem(tmp_path, text)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "newsbot.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="utf-8"):
        load_config(file, {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    with pytest.raises(ConfigError, match="no such settings file") as caught:
        load_config(None, {"NEWSBOT_CONFIG": str(missing)})
    assert caught.value.path == str(missing)
    with pytest.raises(ConfigError):
        load_config(tmp_path, {})


def test_a_wrong_environment_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^environment: contact"):
        load_config(Path("/dev/null"), {"NEWSBOT_CONTACT": "a\nb"})


def test_every_setting_reaches_scrapy(tmp_path: Path) -> None:
    config = Config(db=tmp_path / "n.db", sources_file=tmp_path / "s.toml", max_page_mib=2, log_level="DEBUG")
    values = scrapy_values(config)
    assert values["NEWSBOT_DB"] == str(tmp_path / "n.db")
    assert values["DOWNLOAD_MAXSIZE"] == 2 * 1024 * 1024
    assert values["LOG_LEVEL"] == "DEBUG"
