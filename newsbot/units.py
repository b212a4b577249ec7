"""The schedule as systemd and cron take it: ready files with the paths of this installation. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where newsbot is run: by whom, in which folder, with which environment, and what it must be let write."""

    command: Sequence[str]
    user: str
    folder: Path
    environment: Mapping[str, str]
    writes: Sequence[Path]
    grace: int


UNIT = """\
[Unit]
Description=newsbot: pharma news, collected on schedule
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
User={user}
WorkingDirectory={folder}
{environment}ExecStart={command} schedule run
Restart=on-failure
RestartSec=30
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec={grace}
UMask=0027
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writes}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
"""


def systemd_unit(place: Place) -> str:
    """The service. KillMode=mixed: the crawls are told to stop by newsbot, once."""
    settings = (f"{name}={value}" for name, value in place.environment.items())
    return UNIT.format(
        user=place.user,
        folder=_doubled(str(place.folder)),
        environment="".join(f"Environment={_quoted(each)}\n" for each in settings),
        command=" ".join(_quoted(each).replace("$", "$$") for each in place.command),
        writes=" ".join(_quoted(str(path)) for path in place.writes),
        grace=place.grace,
    )


def _doubled(text: str) -> str:
    """Text in which systemd sees no specifier."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """One word as systemd reads it back: quoted where it has to be (systemd.syntax)."""
    word = _doubled(word)
    if not any(char in word for char in " \t\"'\\;"):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def cron_line(place: Place, minutes: int = 5) -> str:
    """The line for `crontab -e`, by full paths: cron knows a short PATH only, and takes % for the end of a line.

    >>> cron_line(Place(command=["/n"], user="", folder=Path("/d"), environment={"A": "b c"}, writes=(), grace=1))
    "*/5 * * * * cd /d && A='b c' /n crawl --due 2>&1 | /usr/bin/logger -t newsbot"
    """
    settings = [f"{name}={shlex.quote(value)}" for name, value in place.environment.items()]
    crawl = " ".join([*settings, shlex.join(place.command), "crawl", "--due"])
    line = f"cd {shlex.quote(str(place.folder))} && {crawl} 2>&1 | /usr/bin/logger -t newsbot"
    return f"*/{minutes} * * * * {line.replace('%', chr(92) + '%')}"
