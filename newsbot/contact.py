"""Who crawls must be reachable: strangers' sites are asked for pages under a contact address only."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from newsbot.errors import ConfigError
from newsbot.urls import is_loopback


def check_contact(contact: str | None, addresses: Sequence[str]) -> None:
    """Raise ConfigError when strangers' sites are to be crawled without a contact address."""
    real = [url for url in addresses if not is_loopback(url)]
    if real and not contact:
        raise ConfigError(
            "newsbot.toml",
            f"sites such as {urlsplit(real[0]).hostname} should know whom to write to; set contact ="
            ' "you@example.org" there, or NEWSBOT_CONTACT in the environment',
        )
