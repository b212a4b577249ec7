"""Fingerprints of text: equal for texts that differ only in form (width, case, script, spacing, punctuation)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from hashlib import blake2b

from newsbot.dedupe.sketch import sketch
from newsbot.dedupe.wording import wording

SHORT = 120
"""Normalised characters below which a body alone says too little, so that the title counts with it."""

NO_SIGN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """`version` changes when title or body do; `copy` is shared by articles with the same news.

    `bare` is the version as it would be if nothing were known of what the site repeats; None if it is the same.
    `sketch` is a sample of the news by which texts that share a part of it are found (see `newsbot.dedupe.sketch`).
    `said` is the news in the words that are compared, with spaces between them.
    """

    version: bytes
    copy: bytes
    bare: bytes | None = None
    sketch: tuple[int, ...] = ()
    said: str | None = field(default=None, compare=False, repr=False)


def normalise(text: str) -> str:
    """The letters and digits of a text, in one width and case.

    >>> normalise("ＰＤ－１ Inhibitor, Phase 3!")
    'pd1inhibitorphase3'
    """
    return NO_SIGN.sub("", unicodedata.normalize("NFKC", text).casefold())


def fingerprints(
    title: str | None, text: str, bare: str | None = None, news: str | None = None
) -> Fingerprints:
    """The fingerprints (16 bytes each) of an article with this title and body.

    `bare` is the body before what the site repeats was taken out, if anything was; `news` the body without what a
    press release says of its company, risks and contacts, by which copies are recognised; else all of it.
    """
    head, body = normalise(title or ""), normalise(text)
    said = wording(text if news is None else news)
    named = wording(title or "")
    letters = "".join(said)
    return Fingerprints(
        version=_digest(f"{head}\n{body}"),
        copy=_digest(f"{''.join(named)}\n{letters}" if len(letters) < SHORT else letters),
        bare=None if bare is None else _digest(f"{head}\n{normalise(bare)}"),
        sketch=sketch(named, said),
        said=" ".join(said),
    )


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
