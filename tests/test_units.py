"""Units and crontab lines that mean what they say, whatever the paths are called."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from newsbot.units import Place, cron_line, systemd_unit

ODD = "a b%d'e\""


def place(folder: Path) -> Place:
    return Place(
        command=[shutil.which("echo") or "/bin/echo"],
        user="root",
        folder=folder,
        environment={"NEWSBOT_CONFIG": str(folder / "n.toml")},
        writes=[folder],
        grace=90,
    )


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("name", ["plain", ODD])
def test_systemd_takes_the_unit(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    unit = tmp_path / "newsbot-demo.service"
    unit.write_text(systemd_unit(place(folder)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_stops_as_crawls_want_it() -> None:
    lines = systemd_unit(place(Path("/srv/news"))).splitlines()
    assert {"KillMode=mixed", "TimeoutStopSec=90", "Restart=on-failure"} <= set(lines)
    assert "ReadWritePaths=/srv/news" in lines


def test_a_shell_runs_the_crontab_line_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / ODD
    folder.mkdir()
    line = cron_line(place(folder))
    told = line.removeprefix("*/5 * * * * ").replace("\\%", "%")  # as cron hands it to the shell
    shown = told.replace("/usr/bin/logger -t newsbot", 'cat; pwd; echo "$NEWSBOT_CONFIG"')
    done = subprocess.run(["sh", "-c", shown], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "crawl --due"
    assert str(folder) in done.stdout
    assert "%" not in line.replace("\\%", "")
