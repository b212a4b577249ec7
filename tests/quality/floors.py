"""Floors under the figures: they only rise."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from math import floor
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.toml"
ROOM = 0.03
"""How far a figure may lie above its floor: about a page and a half of fifty."""

BELOW = 0.02


def read_floors() -> dict[str, float]:
    """The floor of each figure."""
    return {name: float(value) for name, value in tomllib.loads(FLOORS.read_text("utf-8")).items()}


def too_low(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """A sentence for each figure below its floor.

    >>> too_low({"f1": 0.94, "title": 0.9}, {"f1": 0.95, "title": 0.9})
    ['f1 fell to 0.940, its floor is 0.950']
    """
    return [
        f"{name} fell to {figures[name]:.3f}, its floor is {value:.3f}"
        for name, value in floors.items()
        if figures[name] < value
    ]


def to_raise(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """A sentence for each floor that lies too far below its figure.

    >>> to_raise({"f1": 0.97, "title": 0.9}, {"f1": 0.93, "title": 0.88})
    ['f1 is 0.970 now: raise its floor in tests/quality/floors.toml from 0.930 to 0.950']
    """
    return [
        f"{name} is {figures[name]:.3f} now: raise its floor in tests/quality/floors.toml "
        f"from {value:.3f} to {new_floor(figures[name]):.3f}"
        for name, value in floors.items()
        if figures[name] > value + ROOM
    ]


def new_floor(figure: float) -> float:
    """The floor to set under a figure: a page less, in whole hundredths.

    >>> new_floor(0.9765), new_floor(1.0)
    (0.95, 0.98)
    """
    return floor(round((figure - BELOW) * 100, 6)) / 100
