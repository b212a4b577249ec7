"""The settings of one user: a TOML file, environment variables, and sensible values where both are silent."""

from __future__ import annotations

import difflib
import math
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

from newsbot import __version__
from newsbot.errors import ConfigError

ENVIRONMENT = {
    "db": "NEWSBOT_DB",
    "sources_file": "NEWSBOT_SOURCES",
    "contact": "NEWSBOT_CONTACT",
    "browser": "NEWSBOT_BROWSER",
    "smtp_password": "NEWSBOT_SMTP_PASSWORD",
}
CONFIG_ENVIRONMENT = "NEWSBOT_CONFIG"
ENVIRONMENT_FILE = Path("environment")
"""What stands for the file in messages about environment variables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a user may set; `docs/operations.md` explains each."""

    db: Path
    sources_file: Path
    contact: str | None = None
    delay: float = 1.0
    concurrency: int = 8
    timeout: float = 30.0
    max_page_mib: int = 16
    list_pages: int = 20
    page_budget: int = 5000
    recheck_days: int = 14
    recheck_budget: int = 100
    warc_max_mib: int = 512
    browser: str | None = None
    log_level: str = "INFO"
    smtp_host: str | None = None
    smtp_port: int = 25
    smtp_user: str | None = None
    smtp_password: str | None = None
    mail_from: str | None = None

    @property
    def user_agent(self) -> str:
        """How newsbot names itself to sites, with the contact address when there is one."""
        contact = f" (+{self.contact})" if self.contact else ""
        return f"newsbot/{__version__}{contact}"


def default_config() -> Config:
    """The settings with no file and no environment: everything in the user's data and config folders."""
    return Config(
        db=user_data_path("newsbot") / "news.db",
        sources_file=user_config_path("newsbot") / "sources.toml",
    )


def find_config_file(environ: Mapping[str, str], folder: Path) -> Path | None:
    """The settings file to read: NEWSBOT_CONFIG, `newsbot.toml` in the folder, or the user's config folder."""
    if named := environ.get(CONFIG_ENVIRONMENT):
        return Path(named).expanduser()
    for candidate in (folder / "newsbot.toml", user_config_path("newsbot") / "newsbot.toml"):
        if candidate.is_file():
            return candidate
    return None


def load_config(file: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings: `file` or the one found, then environment variables over it.

    Raises ConfigError with the file and the key for anything that cannot be used.
    """
    file = file or find_config_file(environ, Path.cwd())
    config = default_config()
    if file is not None:
        config = replace(config, **_checked(file, _read(file)))
    overrides = {key: environ[name] for key, name in ENVIRONMENT.items() if environ.get(name)}
    return replace(config, **_checked(ENVIRONMENT_FILE, overrides))


def scrapy_values(config: Config) -> dict[str, object]:
    """The user's settings under Scrapy's names."""
    return {
        "NEWSBOT_DB": str(config.db),
        "NEWSBOT_SOURCES": str(config.sources_file),
        "NEWSBOT_LIST_PAGES": config.list_pages,
        "NEWSBOT_PAGE_BUDGET": config.page_budget,
        "NEWSBOT_RECHECK_DAYS": config.recheck_days,
        "NEWSBOT_RECHECK_BUDGET": config.recheck_budget,
        "NEWSBOT_CONTACT": config.contact,
        "NEWSBOT_BROWSER": config.browser,
        "NEWSBOT_WARC_MAX_MIB": config.warc_max_mib,
        "USER_AGENT": config.user_agent,
        "CONCURRENT_REQUESTS": config.concurrency,
        "DOWNLOAD_DELAY": config.delay,
        "DOWNLOAD_TIMEOUT": config.timeout,
        "DOWNLOAD_MAXSIZE": config.max_page_mib * 1024 * 1024,
        "LOG_LEVEL": config.log_level,
    }


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(file, "there is no such settings file") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(file, str(error)) from error


def _checked(file: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    types = {field.name: str(field.type) for field in fields(Config)}
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key not in types:
            near = difflib.get_close_matches(key, types, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigError(file, f"unknown setting {key!r}{hint}")
        checked[key] = _converted(file, key, types[key], value)
    return checked


def _converted(file: Path, key: str, kind: str, value: Any) -> Any:
    found = READERS[kind](value)
    if key in CHOICES and found not in CHOICES[key]:
        raise ConfigError(file, f"{key} = {value!r}: it is one of {', '.join(CHOICES[key])}")
    if found is None or (key in POSITIVE and found <= 0):
        above = " above 0" if key in POSITIVE else ""
        raise ConfigError(file, f"{key} = {value!r} is not a usable value; it takes {EXPECTED[kind]}{above}")
    return file.parent / found if kind == "Path" and file != ENVIRONMENT_FILE else found


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value and value.isprintable() else None


def _path(value: Any) -> Path | None:
    text = _text(value)
    try:
        return Path(text).expanduser() if text else None
    except RuntimeError:  # the home of somebody who has none
        return None


def _whole(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _number(value: Any) -> float | None:
    return float(value) if type(value) in (int, float) and 0 <= value < math.inf else None


READERS: dict[str, Callable[[Any], Any]] = {
    "Path": _path,
    "str": _text,
    "str | None": _text,
    "int": _whole,
    "float": _number,
}
"""For each type of setting, the usable value in what was written, or None."""

EXPECTED = {
    "Path": "a path",
    "str": "a text",
    "str | None": "a text",
    "int": "a whole number",
    "float": "a number",
}
POSITIVE = frozenset(("concurrency", "timeout", "max_page_mib", "warc_max_mib"))
CHOICES = {"log_level": ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")}
