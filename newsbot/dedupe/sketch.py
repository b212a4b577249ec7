"""A small sample of a text, chosen by the text itself, so that texts which share a part of it share samples.

Every run of four words is hashed, and the sixteen smallest values are kept: a bottom-k sketch, the form of
MinHash that needs one hash function and also sees extracts. Which run is small is the same in every text, so
a copy cut to 40 % holds about six of the sixteen, and one with every fourth word changed about five. Each value is
a row of the table `clues`; texts that share one are candidates, and `newsbot.dedupe.likeness` compares them.
"""

from __future__ import annotations

from collections.abc import Sequence

from xxhash import xxh3_64_intdigest

SKETCH = "2"
"""Version of what is below; stored with the sketches. With another one, `newsbot dedupe --rebuild` is due."""

VALUES = 16
RUN = 4
BITS = 47
"""Of each value: what SQLite stores in six bytes with its sign; 100 million values still seldom meet by chance."""

FEW_WORDS = 50
"""Up to so many words the title belongs to the sample: short notices share their phrases with all others."""


def sketch(title: Sequence[str], said: Sequence[str]) -> tuple[int, ...]:
    """The sample of an article with these words, smallest first; empty for one without words."""
    sampled = [*title, *said] if len(said) <= FEW_WORDS else said
    values = {
        xxh3_64_intdigest(" ".join(run).encode("utf-8", "surrogatepass")) >> (64 - BITS)
        for run in runs(sampled, RUN)
    }
    return tuple(sorted(values)[:VALUES])


def runs(said: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """The runs of so many words, or the whole where it is shorter.

    >>> runs(["a", "b", "c"], 2), runs(["a"], 2), runs([], 2)
    ([('a', 'b'), ('b', 'c')], [('a',)], [])
    """
    length = min(length, len(said))
    return list(zip(*(said[start:] for start in range(length)), strict=False)) if length else []
