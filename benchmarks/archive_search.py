"""How long the archive takes to answer: 200 questions of many kinds, each asked once."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from threading import Timer
from typing import Any

from benchmarks.archive_texts import (
    EN_COMMON,
    EN_CONTENT,
    EN_PHRASES,
    SEED,
    SOURCES,
    ZH_CONTENT,
    ZH_PHRASES,
    Teller,
    arrival,
)
from newsbot.errors import NewsbotError
from newsbot.store import Database
from newsbot.store.connection import Access

LIMIT = 20
PATIENCE = 30.0
"""Seconds after which an answer is no longer waited for; it counts with the time waited."""

EARLY = 10_000
"""Rare words are taken out of so many first articles, so that every archive has them."""

COMMON_ZH = ("的", "在", "和", "为", "是", "公司", "患者", "药物", "治疗", "临床")
SINGLE_ZH = ("药", "癌", "年", "医", "疗")
PREFIXES = ("immun*", "onc*", "pharma*", "bre*", "regulat*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is typed, and what kind of question it is."""

    category: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How long one question took; `total` hits, None when there was no answer, and then `fault` says why."""

    category: str
    text: str
    seconds: float
    total: int | None
    fault: str | None = None


# what is asked


def questions(latest: datetime, now: datetime, seed: int = SEED) -> list[Question]:
    """The 200 questions in an order of their own; `latest` is when the last article was fetched."""
    random = Random(f"questions:{seed}")
    asked = [Question(category=name, text=text) for name, text in _by_category(random, latest, now, seed)]
    random.shuffle(asked)
    return asked


def _by_category(random: Random, latest: datetime, now: datetime, seed: int) -> Iterator[tuple[str, str]]:
    common, medium = [*EN_COMMON[:30], *EN_CONTENT[:30]], EN_CONTENT[200:1_500]
    zh_words = [word for word in ZH_CONTENT[:2_500] if 2 <= len(word) <= 5]
    zh_long = [word for word in (*ZH_CONTENT[:1_000], *ZH_PHRASES) if 4 <= len(word) <= 5]
    sets: dict[str, Sequence[str]] = {
        "common English word": EN_COMMON[:10],
        "common Chinese word": COMMON_ZH,
        "two common words": [" ".join(random.sample(common, 2)) for _ in range(20)],
        "medium word": random.sample(medium, 40),
        "rare word": list(islice(_rare(seed), 30)),
        "English phrase": [f'"{phrase}"' for phrase in random.sample(EN_PHRASES, 20)],
        "Chinese word": [*random.sample(zh_words, 24), *random.sample(zh_long, 6)],
        "one Chinese character": SINGLE_ZH,
        "word -word": [f"{random.choice(medium)} -{random.choice(common)}" for _ in range(10)],
        "OR": [" OR ".join(random.sample(medium[:400], 2)) for _ in range(5)],
        "prefix*": PREFIXES,
        "with filters": list(_filtered(random, latest, now)),
    }
    for category, texts in sets.items():
        for text in texts:
            yield category, text


def _rare(seed: int) -> Iterator[str]:
    """Names of medicines that stand in few articles, one of them among the first."""
    teller, random = Teller(seed), Random(f"rare:{seed}")
    while True:
        name = teller.rare_name(random.randrange(EARLY))
        if name is not None:
            yield name


def _filtered(random: Random, latest: datetime, now: datetime) -> Iterator[str]:
    """Words of all kinds with a source, a time or a language; the time reaches 30 days before the last article."""
    days = max(1, (now - latest + timedelta(days=30)).days)
    words = [EN_COMMON[0], *random.sample(EN_CONTENT[:50], 2), *random.sample(EN_CONTENT[200:1_500], 2)]
    zh_words = ["的", "患者", *random.sample([word for word in ZH_CONTENT[20:800] if len(word) > 1], 3)]
    for word in words:
        yield f"{word} source:source{random.randint(1, SOURCES)}"
    for word in (*words[:3], *zh_words[:2]):
        yield f"{word} since:{days}d"
    for word in zh_words:
        yield f"{word} lang:zh"


# asking


def ask_all(path: Path, count: int, patience: float = PATIENCE, seed: int = SEED) -> list[Answer]:
    """Ask an archive of so many articles everything once. Opens the database for reading only."""
    asked = questions(arrival(count), datetime.now(UTC), seed)
    with Database(path, Access.READ) as database:
        return [_ask(database, question, patience) for question in asked]


def _ask(database: Database, question: Question, patience: float) -> Answer:
    timer = Timer(patience, database.connection.interrupt)
    timer.daemon = True
    timer.start()
    total, fault = None, None
    started = time.perf_counter()
    try:
        total = database.search(question.text, limit=LIMIT).total
    except NewsbotError as error:
        fault = str(error)
    seconds = time.perf_counter() - started
    timer.cancel()
    return Answer(category=question.category, text=question.text, seconds=seconds, total=total, fault=fault)


# what it comes to


def summary(answers: Sequence[Answer], patience: float = PATIENCE) -> dict[str, Any]:
    """Times in milliseconds, overall and by category, and the slowest ten questions."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer.category].append(answer)
    slowest = sorted(answers, key=lambda answer: answer.seconds, reverse=True)[:10]
    return {
        "overall": figures(answers, patience),
        "categories": {name: figures(group, patience) for name, group in sorted(groups.items())},
        "slowest": [asdict(answer) for answer in slowest],
    }


def figures(answers: Sequence[Answer], patience: float) -> dict[str, float]:
    """Count, quantiles in milliseconds, the median of hits, and how many had no hit or no answer."""
    times = sorted(1000 * answer.seconds for answer in answers)
    late = sum(answer.fault is not None and answer.seconds >= patience for answer in answers)
    return {
        "count": len(answers),
        "p50": round(quantile(times, 0.5), 3),
        "p90": round(quantile(times, 0.9), 3),
        "p99": round(quantile(times, 0.99), 3),
        "max": round(times[-1], 3),
        "hits": median(answer.total or 0 for answer in answers),
        "none": sum(answer.total == 0 for answer in answers),
        "late": late,
        "refused": sum(answer.fault is not None for answer in answers) - late,
    }


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that such a share of all does not exceed.

    >>> [quantile([1, 2, 3, 4], share) for share in (0.5, 0.9)]
    [2, 4]
    """
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def table(found: dict[str, Any]) -> str:
    """The figures as a Markdown table."""
    names = ("count", "p50", "p90", "p99", "max", "hits", "none", "late", "refused")
    lines = ["| questions | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for name, group in (("all", found["overall"]), *found["categories"].items()):
        lines.append(f"| {name} | " + " | ".join(f"{group[column]:,.6g}" for column in names) + " |")
    return "\n".join(lines)
