"""A million different news articles by number: article n is the same in every run with the same seed.

What stands in an article is drawn word by word, in proportions like those of real news, so that two
articles share common words and stock phrases and nothing longer, unless one was made out of the other.

    python -m benchmarks.archive_texts 5000     how many a second, and what they come to
"""

from __future__ import annotations

import re
import sys
import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from random import Random

from benchmarks.archive_words import (
    DRUG_ENDS,
    EN_FUNCTION,
    EN_PHARMA,
    EN_TOP,
    FIRM_ENDS,
    MONTHS,
    NAMES,
    ZH_DRUG_ENDS,
    ZH_FIRM_ENDS,
    ZH_FUNCTION,
    ZH_PHARMA,
    ZH_TOP,
    en_coined,
    en_figures,
    en_name,
    en_phrases,
    zh_coined,
    zh_figures,
    zh_name,
    zh_phrases,
)

SEED = 1
FIRST = datetime(2023, 11, 20, tzinfo=UTC)
STEP = timedelta(days=3 * 365) / 1_000_000
"""When article 0 was fetched, and how long after it article 1: a million in three years."""

HOSTS, SOURCES = 500, 60
RECENT, EARLIER = 5_000, 50_000
"""How far back lies what an article copies, and what it is a new version of."""

CHINESE = 0.4
COINED = 5_000
LATE = 0.06
"""Share of articles that are found long after they were published."""


class Kind(StrEnum):
    """What an article is to an earlier one."""

    FRESH = "fresh"
    NEAR = "near copy"
    EXACT = "exact copy"
    ALIKE = "look-alike"
    VERSION = "new version"


SHARES = ((0.12, Kind.NEAR), (0.15, Kind.EXACT), (0.17, Kind.ALIKE), (0.18, Kind.VERSION))
"""Up to which number below 1 an article is what; above, it is a fresh one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One article. `base` is the number of the one that it was made out of; `replaced` the size of the text
    that a new version takes the place of, in bytes."""

    number: int
    kind: Kind
    base: int | None
    chinese: bool
    title: str
    body: str
    url: str
    source: str
    author: str
    published: datetime
    fetched: datetime
    replaced: int = 0

    @property
    def size(self) -> int:
        """Bytes of title and body."""
        return len(self.title.encode()) + len(self.body.encode())


PLACES = 1 << 18


class Vocabulary:
    """Words and phrases with weights. `mean` is the mean size of what is drawn.

    Each stands in as many of the PLACES of a table as its weight asks for: drawing is looking up random numbers.
    """

    def __init__(self, weighted: Iterable[tuple[str, float]], size: Callable[[str], int]) -> None:
        pairs = list(weighted)
        sums = list(accumulate(weight for _, weight in pairs))
        step = sums[-1] / PLACES
        self.table = [pairs[bisect(sums, (place + 0.5) * step)][0] for place in range(PLACES)]
        self.mean = sum(size(unit) * weight for unit, weight in pairs) / sums[-1]

    def draw(self, random: Random, count: int) -> list[str]:
        """That many units, each independent of the one before."""
        table, mask = self.table, PLACES - 1
        return [table[number & mask] for number in memoryview(random.randbytes(4 * count)).cast("I")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How articles in a language are made. Sizes are words in English and characters in Chinese."""

    running: Vocabulary
    heads: Vocabulary
    body: tuple[float, float, float]
    title: tuple[int, int]
    clause: tuple[int, ...]
    clauses: tuple[int, ...]
    between: str
    comma: str
    stop: str
    edits: Sequence[str]
    measure: Callable[[str], int]


def zipf(words: Sequence[str], total: float, offset: float = 3) -> list[tuple[str, float]]:
    """The words with weights that fall with their rank and sum up to `total`."""
    raw = [1 / (rank + offset) for rank in range(len(words))]
    scale = total / sum(raw)
    return [(word, weight * scale) for word, weight in zip(words, raw, strict=True)]


def evenly(words: Sequence[str], total: float) -> list[tuple[str, float]]:
    """The words with equal weights that sum up to `total`."""
    return [(word, total / len(words)) for word in words]


def scaled(pairs: Sequence[tuple[str, float]], total: float) -> list[tuple[str, float]]:
    """The pairs with their weights scaled to sum up to `total`."""
    scale = total / sum(weight for _, weight in pairs)
    return [(word, weight * scale) for word, weight in pairs]


SUBJECTS = ("{drug}", "{firm}", "{person}", "{topic}", "{theme}")
"""Filled in once for an article: what it is about comes again and again in it."""

EN_RARER = list(dict.fromkeys(EN_FUNCTION))
EN_CONTENT = [*dict.fromkeys(EN_PHARMA), *en_coined(COINED)]
EN_PHRASES = en_phrases()
EN_COMMON = [*(word for word, _ in EN_TOP), *EN_RARER]
ZH_RARER = list(dict.fromkeys(ZH_FUNCTION))
ZH_CONTENT = list(dict.fromkeys([*ZH_PHARMA, *zh_coined(COINED)]))
ZH_PHRASES = zh_phrases()


def _english() -> Language:
    commas = [(f"{word},", weight) for word, weight in zipf(EN_CONTENT, 0.04, 20)]
    content = [*zipf(EN_CONTENT, 0.36, 20), *commas]
    phrases, figures = zipf(EN_PHRASES, 0.05, 10), evenly(en_figures(), 0.05)
    subjects = evenly(SUBJECTS, 0.05)
    common = [*scaled(EN_TOP, 0.34), *zipf(EN_RARER, 0.11, 10)]
    heads = [*zipf(EN_CONTENT, 0.55, 20), *scaled(EN_TOP, 0.2), *evenly(SUBJECTS, 0.2), *figures]
    return Language(
        running=Vocabulary([*common, *content, *phrases, *figures, *subjects], _words),
        heads=Vocabulary(heads, _words),
        body=(120, 500, 220),
        title=(8, 14),
        clause=tuple(range(9, 28)),
        clauses=(1,),
        between=" ",
        comma="",
        stop=".",
        edits=EN_CONTENT[:2_000],
        measure=_words,
    )


def _chinese() -> Language:
    content = zipf(ZH_CONTENT, 0.56, 15)
    phrases, figures = zipf(ZH_PHRASES, 0.05, 10), evenly(zh_figures(), 0.05)
    subjects = evenly(SUBJECTS, 0.07)
    common = [*scaled(ZH_TOP, 0.17), *zipf(ZH_RARER, 0.1, 10)]
    heads = [*zipf(ZH_CONTENT, 0.7, 15), *evenly(SUBJECTS, 0.2), *figures]
    return Language(
        running=Vocabulary([*common, *content, *phrases, *figures, *subjects], _signs),
        heads=Vocabulary(heads, _signs),
        body=(300, 1200, 300),
        title=(15, 30),
        clause=tuple(range(4, 10)),
        clauses=(2, 3, 4),
        between="",
        comma="，",
        stop="。",
        edits=[word for word in ZH_CONTENT if len(word) == 2],
        measure=_signs,
    )


def _words(unit: str) -> int:
    return 2 if unit in ("{firm}", "{person}") else unit.count(" ") + 1


def _signs(unit: str) -> int:
    return 5 if unit.startswith("{") else len(unit)


ENGLISH, CHINESE_LANGUAGE = _english(), _chinese()


class Teller:
    """Tells articles by their numbers."""

    def __init__(self, seed: int = SEED) -> None:
        self.seed = seed

    def tell(self, number: int) -> Told:
        """The article with this number."""
        random = Random(f"{self.seed}:{number}")
        kind = kind_of(random.random()) if number else Kind.FRESH
        if kind is Kind.FRESH:
            return self._fresh(number, random)
        reach = EARLIER if kind is Kind.VERSION else RECENT
        base = self.tell(number - random.randint(1, min(number, reach)))
        return MAKERS[kind](base, self._place(number, kind, base, random), random)

    def rare_name(self, number: int) -> str | None:
        """The medicine of an article if few others have it, and None if many have, or if it is not English."""
        told = self.tell(number)
        if told.chinese:
            return None
        found = (word.lower() for word in told.body.split() if word.lower().endswith(DRUG_ENDS))
        return next((word for word in found if word not in WELL_KNOWN), None)

    def _fresh(self, number: int, random: Random) -> Told:
        chinese = random.random() < CHINESE
        language = CHINESE_LANGUAGE if chinese else ENGLISH
        names = subjects(random, chinese)
        body = write(random, language, random.triangular(*language.body))
        title = headline(random, language)
        for mark, name in names.items():
            body, title = body.replace(mark, name), title.replace(mark, name)
        return place(
            Told(
                number=number,
                kind=Kind.FRESH,
                base=None,
                chinese=chinese,
                title=title[:1].upper() + title[1:],
                body=body,
                url="",
                source="",
                author=names["{person}"],
                published=FIRST,
                fetched=FIRST,
            ),
            random,
        )

    def _place(self, number: int, kind: Kind, base: Told, random: Random) -> Told:
        moved = place(replace(base, number=number, kind=kind, base=base.number, replaced=0), random)
        if kind is Kind.VERSION:
            return replace(
                moved, url=base.url, source=base.source, published=base.published, replaced=base.size
            )
        return moved


def kind_of(share: float) -> Kind:
    """What an article is, by a number below 1.

    >>> [kind_of(share).value for share in (0.1, 0.13, 0.175, 0.5)]
    ['near copy', 'exact copy', 'new version', 'fresh']
    """
    return next((kind for most, kind in SHARES if share < most), Kind.FRESH)


def arrival(number: int) -> datetime:
    """When an article is fetched."""
    return (FIRST + number * STEP).replace(microsecond=0)


def place(told: Told, random: Random) -> Told:
    """The article at an address of its own, with the times that go with its number."""
    fetched = arrival(told.number)
    late = random.random() < LATE
    delay = timedelta(days=random.uniform(2, 300)) if late else timedelta(hours=random.expovariate(0.5))
    published = (fetched - delay).replace(microsecond=0)
    host = min(int(HOSTS ** random.uniform(0, 1.02)), HOSTS)
    url = f"https://www.site{host}.example/{published:%Y/%m/%d}/{slug(random)}-{100_000 + told.number}.html"
    return replace(told, url=url, source=f"source{host % SOURCES + 1}", published=published, fetched=fetched)


def en_drug(number: int) -> str:
    """The medicine with this number."""
    return en_name(number) + DRUG_ENDS[number % len(DRUG_ENDS)]


WELL_KNOWN = frozenset(map(en_drug, range(2_000)))


def slug(random: Random) -> str:
    """Some words for an address."""
    return "-".join(random.choices(SLUGS, k=4))


SLUGS = [word.lower() for word in EN_CONTENT if word.isalpha()][:1_500]


def rank(random: Random, most: int) -> int:
    """A number below `most`, the small ones as much more often as Zipf has it."""
    return int(most ** random.random()) - 1


def subjects(random: Random, chinese: bool) -> dict[str, str]:
    """What an article is about: the marks of SUBJECTS with what is to stand there."""
    drug, firm, person = (rank(random, NAMES) for _ in range(3))
    if chinese:
        topic, theme = (ZH_CONTENT[rank(random, len(ZH_CONTENT))] for _ in range(2))
        names = (
            zh_name(drug) + ZH_DRUG_ENDS[drug % len(ZH_DRUG_ENDS)],
            zh_name(firm)[:2] + ZH_FIRM_ENDS[firm % len(ZH_FIRM_ENDS)],
            zh_name(person),
            topic,
            theme,
        )
    else:
        topic, theme = (EN_CONTENT[rank(random, len(EN_CONTENT))] for _ in range(2))
        names = (
            en_drug(drug),
            f"{en_name(firm).title()} {FIRM_ENDS[firm % len(FIRM_ENDS)]}",
            f"{en_name(person)[:4].title()} {en_name(NAMES - person).title()}",
            topic,
            theme,
        )
    return dict(zip(SUBJECTS, names, strict=True))


def write(random: Random, language: Language, size: float) -> str:
    """About so many words or characters in paragraphs, one a line; subjects are still marks."""
    units = language.running.draw(random, int(size / language.running.mean))
    between, comma, stop = language.between, language.comma, language.stop
    lengths = iter(random.choices(language.clause, k=len(units) // language.clause[0] + 1))
    counts = iter(random.choices(language.clauses, k=len(units) // language.clause[0] + 1))
    breaks = iter(random.choices((" ", " ", "\n"), k=len(units) // language.clause[0] + 1))
    gap = {" ": between, "\n": "\n"}
    pieces: list[str] = []
    at = 0
    while at < len(units):
        clauses = []
        for _ in range(next(counts)):
            length = next(lengths, 5)
            clauses.append(between.join(units[at : at + length]))
            at += length
        sentence = comma.join(filter(None, clauses)).rstrip(",")
        pieces += (sentence[0].upper(), sentence[1:], stop, gap[next(breaks)])
    return "".join(pieces[:-1])


def headline(random: Random, language: Language) -> str:
    """A title; subjects are still marks."""
    least, most = language.title
    size, units, reached = random.randint(least, most), [], 0
    for unit in language.heads.draw(random, most):
        reached += language.measure(unit)
        units.append(unit)
        if reached >= size:
            break
    return language.between.join(units)


# articles out of earlier ones


def exact(_base: Told, told: Told, _random: Random) -> Told:
    """The same text at another address."""
    return told


def alike(base: Told, told: Told, random: Random) -> Told:
    """The same text with other numbers and dates: another article of the same mould."""

    def other(match: re.Match[str]) -> str:
        old = match[0]
        if not old.isdigit():
            return random.choice(MONTHS)
        low = 10 ** (len(old) - 1)
        return str(random.randrange(low, low * 10))

    return replace(told, title=FIGURE.sub(other, base.title), body=FIGURE.sub(other, base.body))


FIGURE = re.compile("[0-9]+|" + "|".join(MONTHS))


def version(base: Told, told: Told, random: Random) -> Told:
    """The article as its publisher changed it."""
    note = "编者注：本文已更新。" if base.chinese else "Editor's note: this article was updated."
    return replace(told, body=f"{edit(base, random, 0.03)}\n{note}")


def near(base: Told, told: Told, random: Random) -> Told:
    """The article as another publisher tells it."""
    return random.choice((retitled, edited, cut, wrapped))(base, told, random)


def retitled(base: Told, told: Told, random: Random) -> Told:
    """Another title, and a line that says where the text comes from."""
    credit = f"来源：第{random.randint(1, HOSTS)}站" if base.chinese else f"By staff of {slug(random)}."
    return replace(told, title=new_title(base, random), body=f"{base.body}\n{credit}")


def edited(base: Told, told: Told, random: Random) -> Told:
    """5 to 10 in 100 words replaced."""
    return replace(told, body=edit(base, random, random.uniform(0.05, 0.1)))


def cut(base: Told, told: Told, random: Random) -> Told:
    """The first 40 to 60 in 100 of the text, to the end of a sentence."""
    stop = "。" if base.chinese else "."
    end = base.body.find(stop, int(len(base.body) * random.uniform(0.4, 0.6)))
    return replace(told, body=base.body[: end + 1] if end > 0 else base.body)


def wrapped(base: Told, told: Told, random: Random) -> Told:
    """Another title, and a lead and a tail of the publisher's own."""
    language = CHINESE_LANGUAGE if base.chinese else ENGLISH
    names = subjects(random, base.chinese)
    lead, tail = (write(random, language, language.body[0] / 3) for _ in range(2))
    for mark, name in names.items():
        lead, tail = lead.replace(mark, name), tail.replace(mark, name)
    return replace(told, title=new_title(base, random), body=f"{lead}\n{base.body}\n{tail}")


def new_title(base: Told, random: Random) -> str:
    """A title of another editor."""
    title = headline(random, CHINESE_LANGUAGE if base.chinese else ENGLISH)
    for mark, name in subjects(random, base.chinese).items():
        title = title.replace(mark, name)
    return title[:1].upper() + title[1:]


def edit(base: Told, random: Random, share: float) -> str:
    """The text with such a share of its words replaced."""
    return (
        _edit_chinese(base.body, random, share) if base.chinese else _edit_english(base.body, random, share)
    )


def _edit_english(body: str, random: Random, share: float) -> str:
    words = body.split(" ")
    count = int(len(words) * share) + 1
    chosen = random.sample(range(len(words)), count)
    for at, new in zip(chosen, random.choices(ENGLISH.edits, k=count), strict=True):
        if words[at].isalpha():
            words[at] = new
    return " ".join(words)


def _edit_chinese(body: str, random: Random, share: float) -> str:
    signs = list(body)
    count = int(len(signs) * share / 2) + 1
    chosen = random.sample(range(len(signs) - 1), count)
    for at, new in zip(chosen, random.choices(CHINESE_LANGUAGE.edits, k=count), strict=True):
        if signs[at].isalpha() and signs[at + 1].isalpha():
            signs[at : at + 2] = new
    return "".join(signs)


MAKERS: dict[Kind, Callable[[Told, Told, Random], Told]] = {
    Kind.NEAR: near,
    Kind.EXACT: exact,
    Kind.ALIKE: alike,
    Kind.VERSION: version,
}


def main() -> None:
    """Say how fast articles are told, and what they are like."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    teller = Teller()
    started = time.perf_counter()
    told = [teller.tell(number) for number in range(count)]
    seconds = time.perf_counter() - started
    print(f"{count / seconds:,.0f} articles/s; {Counter(each.kind for each in told)}")
    for chinese, size in ((False, lambda text: len(text.split())), (True, len)):
        bodies = sorted(size(each.body) for each in told if each.chinese is chinese)
        titles = sorted(size(each.title) for each in told if each.chinese is chinese)
        print(f"{'Chinese' if chinese else 'English'}: {len(bodies):,}")
        for name, sizes in (("bodies", bodies), ("titles", titles)):
            mean = sum(sizes) / len(sizes)
            print(f"  {name} {sizes[len(sizes) // 20]} to {sizes[-len(sizes) // 20]}, mean {mean:.0f}")


if __name__ == "__main__":
    main()
