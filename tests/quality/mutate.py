"""Pages broken on purpose: ours, cut, doubled, swapped, flipped, nested, with tags and quotes where none belong.

`python -m tests.quality.mutate --pages 10000` reads so many and says which took longest; one that raises is
saved, and so is one that takes longer than a second of CPU.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from pathlib import Path
from random import Random

from newsbot.extraction import extract, judge
from newsbot.model import Page
from tests.quality.truth import FETCHED, read_truths

Mutation = Callable[[Random, bytes], bytes]

LONGEST = 300_000
"""No broken page is longer, in bytes."""

DEEPEST = 3000
SLOW = 1.0
SHOWN = 10
NAMES = (
    "div p br table tr td th tbody ul ol li dl dt dd a span b font center h1 h2 h6 article aside main section "
    "header footer nav form select option button textarea title head body html script style noscript template svg "
    "iframe object figure figcaption blockquote pre sup time meta base frameset plaintext x-box !-- ![CDATA[ ?php"
)
TAGS = NAMES.split()
JUNK = (
    b"<",
    b">",
    b'"',
    b"'",
    b"=",
    b"&",
    b"&#x110000;",
    b"&#0;",
    b"</",
    b"<!",
    b"-->",
    b"]]>",
    b"\x00",
    b"\xff",
)
FILLERS = tuple(
    filler.encode()
    for filler in (
        "",
        "",
        "\u200b",
        "\u3000",
        "By",
        "By ",
        "：",
        "来源：",
        "记者",
        "发布时间：",
        "2024-13-45",
        "12:61",
        "©",
        "|",
        "/author/x",
        "\U0001f600",
    )
)
CHARSETS = (b"gb2312", b"big5", b"utf-16", b"utf-7", b"shift_jis", b"windows-1251", b"x-none", b"iso-2022-jp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A page of ours after some mutations."""

    seed: int
    name: str
    mutations: tuple[str, ...]
    body: bytes

    @property
    def page(self) -> Page:
        """As if it had been fetched."""
        return Page(url=f"https://broken.test/{self.seed}.html", body=self.body, fetched=FETCHED)

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.name}, {len(self.body)} bytes, {' + '.join(self.mutations)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What reading the broken page of this number took, in seconds of CPU, and what it raised."""

    seed: int
    label: str
    seconds: float
    error: str | None = None


def span(random: Random, body: bytes, longest: int) -> tuple[int, int]:
    """Somewhere in the bytes: begin and end."""
    start = random.randrange(len(body) + 1)
    return start, min(len(body), start + random.randrange(1, longest + 1))


def cut(random: Random, body: bytes) -> bytes:
    """Without a piece, which may be all of the end."""
    start, end = span(random, body, random.choice((20, 2000, LONGEST)))
    return body[:start] + body[end:]


def duplicate(random: Random, body: bytes) -> bytes:
    """With a piece twice."""
    start, end = span(random, body, 4000)
    return body[:end] + body[start:]


def swap(random: Random, body: bytes) -> bytes:
    """With two pieces in each other's place."""
    places = sorted(random.randrange(len(body) + 1) for _ in range(4))
    a, b, c, d = places
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def flip_bytes(random: Random, body: bytes) -> bytes:
    """With some bytes changed."""
    changed = bytearray(body)
    for _ in range(random.randrange(1, 60) if changed else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def insert(random: Random, body: bytes, pieces: Iterator[bytes]) -> bytes:
    """With each piece put in somewhere."""
    for piece in pieces:
        place = random.randrange(len(body) + 1)
        body = body[:place] + piece + body[place:]
    return body


def insert_tags(random: Random, body: bytes) -> bytes:
    """With tags, open or closing, anywhere."""
    count = random.randrange(1, 40)
    return insert(
        random, body, (f"<{random.choice(('', '/'))}{random.choice(TAGS)}>".encode() for _ in range(count))
    )


def insert_junk(random: Random, body: bytes) -> bytes:
    """With bits of markup that mean nothing where they are."""
    return insert(random, body, (random.choice(JUNK) for _ in range(random.randrange(1, 40))))


def break_attributes(random: Random, body: bytes) -> bytes:
    """With quotes and equals signs lost, or a very long value."""
    for _ in range(random.randrange(1, 12)):
        place = body.find(random.choice((b'="', b'"', b"=")), random.randrange(len(body) + 1))
        filler = random.choice((b"", b'"', b"'", b'="' + b"share comment article " * random.randrange(200)))
        body = body if place < 0 else body[:place] + filler + body[place + 1 :]
    return body


def drop_closing(random: Random, body: bytes) -> bytes:
    """Without the closing tags of one name."""
    return body.replace(f"</{random.choice(TAGS)}>".encode(), b"")


def nest_deep(random: Random, body: bytes) -> bytes:
    """With thousands of elements opened round the rest."""
    opened = random.choice(
        (b"<div>", b"<table><tr><td>", b"<ul><li>", b"<b>", b"<section class=related>", b"<a>")
    )
    place = random.randrange(len(body) + 1)
    return body[:place] + opened * random.randrange(1, DEEPEST) + body[place:]


def repeat(random: Random, body: bytes) -> bytes:
    """With a short piece hundreds of times."""
    start, end = span(random, body, 200)
    return body[:end] + body[start:end] * random.randrange(1, 1500) + body[end:]


def redeclare(random: Random, body: bytes) -> bytes:
    """Declared to be in some other encoding."""
    return b"<meta charset=" + random.choice(CHARSETS) + b">" + body


def scatter(random: Random, body: bytes, pattern: re.Pattern[bytes], fillers: Sequence[bytes]) -> bytes:
    """With some of the places of a pattern filled with something else."""
    share = random.random() / 2
    return pattern.sub(lambda match: random.choice(fillers) if random.random() < share else match[0], body)


def replace_texts(random: Random, body: bytes) -> bytes:
    """With the texts of some elements empty, or a word that means much to a reader of bylines."""
    return scatter(random, body, re.compile(rb"(?<=>)[^<]+(?=<)"), FILLERS)


def replace_values(random: Random, body: bytes) -> bytes:
    """With the values of some attributes empty, or such a word."""
    return scatter(random, body, re.compile(rb'(?<==")[^"]*(?=")'), FILLERS)


def rename(random: Random, body: bytes) -> bytes:
    """With some elements opened as others."""
    names = [f"<{name}".encode() for name in TAGS if name.isalnum()]
    return scatter(random, body, re.compile(rb"<(?:div|p|span|a|h1|h2|li|td|time|section)\b"), names)


MUTATIONS: tuple[Mutation, ...] = (
    cut,
    duplicate,
    swap,
    flip_bytes,
    insert_tags,
    insert_junk,
    break_attributes,
    drop_closing,
    nest_deep,
    repeat,
    redeclare,
    replace_texts,
    replace_values,
    rename,
)
MOST_AT_ONCE = 4


@cache
def originals() -> tuple[tuple[str, bytes], ...]:
    """Our pages, by name."""
    return tuple((truth.name, truth.page.body) for truth in read_truths())


def broken_page(seed: int) -> Broken:
    """The broken page of that number: the same whenever it is asked for."""
    random = Random(seed)
    name, body = random.choice(originals())
    chosen = random.choices(MUTATIONS, k=random.randrange(1, MOST_AT_ONCE + 1))
    for mutation in chosen:
        body = mutation(random, body)[:LONGEST]
    return Broken(seed=seed, name=name, mutations=tuple(each.__name__ for each in chosen), body=body)


def try_page(broken: Broken) -> Outcome:
    """Reads a broken page as the crawler would, and takes the time."""
    page, error = broken.page, None
    start = time.process_time()
    try:
        judge(page, extract(page))
    except Exception:  # noqa: BLE001  # whatever it is, it is what we are looking for
        error = traceback.format_exc()
    return Outcome(seed=broken.seed, label=str(broken), seconds=time.process_time() - start, error=error)


def judged(seed: int) -> Outcome:
    """The broken page of that number tried; one that is slow twice: the first may have paid for what is loaded once."""
    outcome = try_page(broken_page(seed))
    return try_page(broken_page(seed)) if outcome.seconds > SLOW else outcome


def failures(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those that raised or were too slow."""
    return [each for each in outcomes if each.error or each.seconds > SLOW]


def save(outcome: Outcome, folder: Path) -> Path:
    """Writes a broken page, and beside it what it raised."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{outcome.seed}.html"
    file.write_bytes(broken_page(outcome.seed).body)
    told = f"{outcome.label}\n{outcome.seconds:.3f} s\n{outcome.error or ''}"
    file.with_suffix(".txt").write_text(told, "utf-8")
    return file


def summary(outcomes: Sequence[Outcome]) -> str:
    """How long they took, and the slowest."""
    times = sorted(each.seconds for each in outcomes)
    slowest = nlargest(SHOWN, outcomes, key=lambda each: each.seconds)
    return "\n".join(
        (
            f"{len(times)} broken pages, {sum(times):.1f} s of CPU: median {times[len(times) // 2] * 1000:.1f} ms, "
            f"99 % below {times[len(times) * 99 // 100] * 1000:.0f} ms, "
            f"{sum(each.error is not None for each in outcomes)} raised",
            *(f"{each.seconds:7.3f} s  {each.label}" for each in slowest),
        )
    )


def main() -> None:
    """Reads broken pages, prints the slowest, exits with 1 if one raised or took more than a second."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.mutate")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first page")
    parser.add_argument(
        "--folder", type=Path, default=Path("broken"), help="where pages that failed are saved"
    )
    given = parser.parse_args()
    seeds = range(given.first, given.first + max(1, given.pages))
    outcomes = [judged(seed) for seed in seeds]
    failed = failures(outcomes)
    print(summary(outcomes))
    for outcome in failed:
        print(f"saved {save(outcome, given.folder)}: {outcome.label}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
