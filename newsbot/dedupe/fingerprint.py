"""Fingerprints of text: equal for texts that differ only in form (width, case, spacing, punctuation)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

SHORT = 120
"""Normalised characters below which a body alone says too little, so that the title counts with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """`version` changes when title or body do; `copy` is shared by articles with the same text.

    `bare` is the version as it would be if nothing were known of what the site repeats; None if it is the same.
    """

    version: bytes
    copy: bytes
    bare: bytes | None = None


def normalise(text: str) -> str:
    """The letters and digits of a text, in one width and case.

    >>> normalise("ＰＤ－１ Inhibitor, Phase 3!")
    'pd1inhibitorphase3'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def fingerprints(title: str | None, text: str, bare: str | None = None) -> Fingerprints:
    """The fingerprints (16 bytes each) of an article with this title and body.

    `bare` is the body before what the site repeats was taken out, if anything was.
    """
    head, body = normalise(title or ""), normalise(text)
    named = _digest(f"{head}\n{body}")
    return Fingerprints(
        version=named,
        copy=named if len(body) < SHORT else _digest(body),
        bare=None if bare is None else _digest(f"{head}\n{normalise(bare)}"),
    )


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
