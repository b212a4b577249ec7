"""Fingerprints of text: equal for texts that differ only in form (width, case, spacing, punctuation)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

SHORT = 120
"""Normalised characters below which a body alone says too little, so that the title counts with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """`version` changes when title or body do; `copy` is shared by articles with the same text."""

    version: bytes
    copy: bytes


def normalise(text: str) -> str:
    """The letters and digits of a text, in one width and case.

    >>> normalise("ＰＤ－１ Inhibitor, Phase 3!")
    'pd1inhibitorphase3'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def fingerprints(title: str | None, text: str) -> Fingerprints:
    """The two fingerprints (16 bytes each) of an article with this title and body."""
    head, body = normalise(title or ""), normalise(text)
    named = _digest(f"{head}\n{body}")
    return Fingerprints(version=named, copy=named if len(body) < SHORT else _digest(body))


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
