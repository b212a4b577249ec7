"""Are two articles one story? Labelled pairs of texts, put through the real store; how often it is right.

    python -m benchmarks.second_pairs [--seed 1] [--show-wrong] [--json]

Half of the pairs are English, half Chinese. Copies are made from articles of our own by the changes that
outlets make (edits, cuts, other leads and tails, other script); pairs that are no copies are texts built alike.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import opencc

from benchmarks.pair_forms import (
    LONG_NOTICES,
    NAMES,
    RECALLS,
    SHELLS,
    SHORT_NOTICES,
    Form,
    make_days,
    make_file,
    make_prices,
    make_slots,
    move_prices,
)
from benchmarks.pair_texts import (
    DRUGS,
    GENERAL,
    HEADLINES,
    LEADS,
    SECOND,
    SOUNDS,
    TAILS,
    Base,
    bases,
    length_of,
    titled,
)
from newsbot.dedupe import Content, compare
from newsbot.model import Article, Block, BlockKind, Extraction, Page, Processed, Published
from newsbot.processing import fingerprint
from newsbot.store import Database
from newsbot.store.connection import Access

LANGUAGES = ("en", "zh")
FIRST = date(2026, 11, 2)
FETCHED = datetime(2026, 12, 20, 12, 0, tzinfo=UTC)
HOSTS = ("www.ledger.example", "news.harbour.example", "yaoxun.example.cn", "daily.pillbox.example")
AGENCY = {"en": "agency.example", "zh": "yjj.example.cn"}
"""Where notices, recalls and price lists stand, day after day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One article of a pair; the paragraphs of `text` are joined by a line break."""

    title: str
    text: str
    day: date | None
    host: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles and whether they are one story."""

    kind: str
    same: bool
    left: Version
    right: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the store made of a pair."""

    pair: Pair
    joined: bool

    @property
    def right(self) -> bool:
        """Whether it is what the label says."""
        return self.joined == self.pair.same


def pairs(seed: int = 1) -> list[Pair]:
    """All pairs; the same for the same seed. Every second one has its sides turned."""
    made: list[Pair] = []
    for language in LANGUAGES:
        for kind in KINDS:
            if language not in kind.languages:
                continue
            random = Random(f"{seed}/{language}/{kind.name}")
            for number in range(kind.count[LANGUAGES.index(language)]):
                left, right = kind.make(random, language, number)
                sides = (left, right) if number % 2 == 0 else (right, left)
                made.append(Pair(kind=kind.name, same=kind.same, left=sides[0], right=sides[1]))
    return made


# versions


def original(base: Base, number: int) -> Version:
    """An article as its publisher has it."""
    day = FIRST + timedelta(days=number % 20)
    return Version(title=base.title, text=base.text, day=day, host="first.example", language=base.language)


def elsewhere(version: Version, number: int, **changes: Any) -> Version:
    """The version as another outlet has it: on its host, on the same or the next day, changed as told."""
    day = version.day + timedelta(days=number % 2) if version.day else None
    return replace(version, host=HOSTS[number % len(HOSTS)], day=None if number % 7 == 6 else day, **changes)


def chosen(language: str, number: int) -> Base:
    """The article with this number, beginning again after the last."""
    return bases(language)[number % len(bases(language))]


Sides = tuple[Version, Version]
Make = Callable[[Random, str, int], Sides]


def copied(change: Callable[[Random, str, str], str]) -> Make:
    """Pairs of an article and what is left of its text after a change."""

    def make(random: Random, language: str, number: int) -> Sides:
        ours = original(chosen(language, number), number)
        return ours, elsewhere(ours, number, text=change(random, ours.text, language))

    return make


# copies


def unchanged(random: Random, text: str, language: str) -> str:
    """The same text."""
    return text


def edits(share: float) -> Callable[[Random, str, str], str]:
    """A change of this share of a text's words."""

    def change(random: Random, text: str, language: str) -> str:
        return "\n".join(_edit(random, line, language, share) for line in text.split("\n"))

    return change


UNITS = {"en": re.compile(r"\S+\s*"), "zh": re.compile(r"[\u4e00-\u9fff]{1,2}|[A-Za-z0-9.%-]+|.")}
"""What edits change: words with the space behind them; one or two characters, Western words, signs."""


def _edit(random: Random, line: str, language: str, share: float) -> str:
    space = " " if language == "en" else ""
    edited: list[str] = []
    for unit in UNITS[language].findall(line):
        if random.random() >= share:
            edited.append(unit)
            continue
        word = random.choice(GENERAL[language]) + space
        edited += random.choice(([word], [], [unit, word]))
    return "".join(edited).strip()


SENTENCE_ENDS = {
    "en": re.compile(
        r"(?<=[.!?])(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)(?<!\b[A-Z][a-z]{3}\.)\s|(?<=[.!?][\"”])\s"
    ),
    "zh": re.compile(r"(?<=[。！？])(?![”」])"),
}
"""Where a sentence ends; not after Oct., Ltd. or Dr."""


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text; a line ends one."""
    found = (part for line in text.split("\n") for part in SENTENCE_ENDS[language].split(line))
    return [sentence.strip() for sentence in found if sentence.strip()]


def cut(share: float, random: Random, text: str, language: str) -> str:
    """Sentences on end that are at least so much of the text: half of the time the first, else from the middle."""
    said = sentences(text, language)
    wanted = share * length_of(text, language)
    fitting = [
        start for start in range(len(said)) if length_of(_join(said[start:], language), language) >= wanted
    ]
    start = 0 if random.random() < 0.5 else random.choice(fitting)
    end = start + 1
    while length_of(_join(said[start:end], language), language) < wanted:
        end += 1
    return _join(said[start:end], language)


def _join(said: Sequence[str], language: str) -> str:
    return (" " if language == "en" else "").join(said)


def cut_down(random: Random, text: str, language: str) -> str:
    """Two fifths of a text."""
    return cut(0.4, random, text, language)


def wrap(random: Random, text: str, language: str) -> str:
    """The text with another outlet's lead before it and its last words after it."""
    return "\n".join((random.choice(LEADS[language]), text, random.choice(TAILS[language])))


def cut_and_wrap(random: Random, text: str, language: str) -> str:
    """Half of a text between another outlet's words."""
    return wrap(random, cut(0.5, random, text, language), language)


def retitled(random: Random, language: str, number: int) -> Sides:
    """An article under another title."""
    ours = original(chosen(language, number), number)
    return ours, elsewhere(ours, number, title=random.choice(HEADLINES[language]))


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def script_converted(random: Random, language: str, number: int) -> Sides:
    """A text in traditional characters."""
    ours = original(chosen(language, number), number)
    convert = _traditional().convert
    return ours, elsewhere(ours, number, title=convert(ours.title), text=convert(ours.text))


def insert_pinyin(random: Random, text: str, language: str) -> str:
    """A text with the sound of some characters behind them; every second one in traditional characters."""
    brackets = random.choice(("()", "（）"))
    signs = (
        f"{sign}{brackets[0]}{SOUNDS[sign]}{brackets[1]}"
        if sign in SOUNDS and random.random() < 0.3
        else sign
        for sign in text
    )
    sounded = "".join(signs)
    return _traditional().convert(sounded) if random.random() < 0.5 else sounded


WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in map(chr, range(0x30, 0x7B)) if sign.isalnum()}
NARROW = str.maketrans(
    {"，": ", ", "：": ": ", "；": "; ", "（": " (", "）": ") ", "“": '"', "”": '"', "。": ". ", "、": ", "}
)
CURLY = str.maketrans({'"': "”", "'": "’", " ": "\u00a0", "-": "\u2010"})


def repunctuate(random: Random, text: str, language: str) -> str:
    """A text with other signs, spaces and widths, and nothing else."""
    if language == "en":
        return random.choice(
            (text.translate(CURLY), text.replace(" -- ", " — ").replace(" ", "  "), text.translate(WIDE))
        )
    spaced = re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])", " ", text)
    return random.choice((text.translate(WIDE), text.translate(NARROW), spaced))


DATELINES = {"en": "{place} -- {text}", "zh": "本报{place}讯 {text}"}


def notice_copied(random: Random, language: str, number: int) -> Sides:
    """A short notice that another outlet has on the same day; every third with a place before it."""
    form = SHORT_NOTICES[language][number % 4]
    ours = notice(form, make_slots(random, language, FIRST), language, FIRST)
    text = ours.text
    if number % 3 == 2:
        text = DATELINES[language].format(place=random.choice(NAMES["place"][language].split("|")), text=text)
    return ours, replace(ours, host=HOSTS[number % len(HOSTS)], text=text)


# texts that are built alike


def notice(form: Form, slots: dict[str, str], language: str, day: date | None) -> Version:
    """A filled form as the agency has it."""
    title, text = form.fill(slots)
    return Version(title=title, text=text, day=day, host=AGENCY[language], language=language)


NUMBER = re.compile(r"(?<![A-Za-z0-9.,])(?<![A-Za-z]-)\d+(?:,\d{3})*(?:\.\d+)?(?=(月)?)|(?<=[A-Z])\d{6,}")
"""Figures and long numbers of registers; the digits in a name such as FGFR2 or CXB-118 are left out."""


def renumber(random: Random, text: str, others: dict[str, str]) -> str:
    """The text with all figures changed; the same figure becomes the same other one (kept in `others`)."""

    def other(found: re.Match[str]) -> str:
        key = found[0] + (found[1] or "")
        while others.setdefault(key, found[0]) == found[0]:
            others[key] = _other_figure(random, found[0], 12 if found[1] else 28)
        return others[key]

    return NUMBER.sub(other, text)


def _other_figure(random: Random, figure: str, most: int) -> str:
    if figure.isdigit() and int(figure) <= 31:
        return str(random.randint(1, most))
    if re.fullmatch(r"(?:19|20)\d\d", figure):
        return str(random.randint(2018, 2031))
    digits = (random.choice("123456789") if sign.isdigit() else sign for sign in figure)
    return "".join(digits)


def other_numbers(random: Random, language: str, number: int) -> Sides:
    """An article and the same with all figures changed, some weeks later."""
    rich = sorted(bases(language), key=lambda base: -len(NUMBER.findall(base.text)))[:10]
    ours = original(rich[number % len(rich)], number)
    others: dict[str, str] = {}
    title, text = renumber(random, ours.title, others), renumber(random, ours.text, others)
    host = ours.host if number % 2 else HOSTS[number % len(HOSTS)]
    day = FIRST + timedelta(days=number % 20 + random.choice((0, 30, 91)))
    return ours, replace(ours, title=title, text=text, host=host, day=day)


def other_dates(random: Random, language: str, number: int) -> Sides:
    """A notice and the same for other days; of every fourth the days of publication are unknown."""
    forms = (*SHORT_NOTICES[language], *LONG_NOTICES[language])
    form = forms[number % len(forms)]
    day = FIRST + timedelta(days=random.randint(14, 60))
    slots = make_slots(random, language, FIRST)
    again = {**slots, **make_days(random, language, day)}
    known = number % 4 < 3
    ours = notice(form, slots, language, FIRST if known else None)
    return ours, notice(form, again, language, day if known else None)


def other_drug(random: Random, language: str, number: int) -> Sides:
    """An article and the same with another medicine's name throughout."""
    base, names, others = _named(language)[number % len(_named(language))]
    ours = original(base, number)
    title, text = ours.title, ours.text
    for name, other in zip(names, others, strict=True):
        for old, new in (
            (name, other),
            (name.capitalize(), other.capitalize()),
            (name.lower(), other.lower()),
        ):
            title, text = title.replace(old, new), text.replace(old, new)
    return ours, elsewhere(ours, number, title=title, text=text)


LEAST_NAMED = 3
"""How often an article names a medicine that is replaced, in title and text."""


@cache
def _named(language: str) -> tuple[tuple[Base, tuple[str, ...], tuple[str, ...]], ...]:
    """Articles that are about a medicine, its names, and the names of another."""
    return tuple(
        (base, names, choices[turn])
        for turn in (0, 1, 2)
        for names, choices in DRUGS[language]
        for base in bases(language)
        if turn < len(choices) and _mentions(base, names) >= LEAST_NAMED
    )


def _mentions(base: Base, names: Sequence[str]) -> int:
    said = f"{base.title}\n{base.text}".casefold()
    return sum(said.count(name.casefold()) for name in names)


def other_company(random: Random, language: str, number: int) -> Sides:
    """A filing or a tender notice and that of another company, with its date and number."""
    form = SHELLS[language][number % 2]
    slots = make_slots(random, language, FIRST)
    day = FIRST + timedelta(days=random.randint(1, 40))
    firms = [firm for firm in NAMES["firm"][language].split("|") if firm != slots["firm"]]
    again = {
        **slots,
        **make_days(random, language, day),
        "firm": random.choice(firms),
        "file": make_file(random, language, day),
    }
    return notice(form, slots, language, FIRST), notice(form, again, language, day)


def monthly_recall(random: Random, language: str, number: int) -> Sides:
    """Two recalls in the same words of other products; the reason is often the same, and now and then the company."""
    form = RECALLS[language][number % 2]
    day = FIRST + timedelta(days=random.randint(20, 40))
    slots, again = make_slots(random, language, FIRST), make_slots(random, language, day)
    while again["drug"] == slots["drug"]:
        again["drug"] = random.choice(NAMES["drug"][language].split("|"))
    if number % 3:
        again["fault"] = slots["fault"]
    if number % 4 == 3:
        again["firm"] = slots["firm"]
    return notice(form, slots, language, FIRST), notice(form, again, language, day)


def price_list(random: Random, language: str, number: int) -> Sides:
    """The prices of a day and of one of the next."""
    prices = [[random.uniform(20, 400) for _ in range(10)]]
    for _ in range(4):
        prices.append(move_prices(random, prices[-1]))
    ours, theirs = (_priced(language, prices, day) for day in (1, 2 + number % 3))
    return ours, theirs


def _priced(language: str, prices: Sequence[Sequence[float]], number: int) -> Version:
    day = FIRST + timedelta(days=number)
    title, text = make_prices(language, day, prices[number], prices[number - 1])
    return Version(title=title, text=text, day=day, host=AGENCY[language], language=language)


WEEKLY = {"en": "Weekly summary", "zh": "每周要闻"}


def same_title(random: Random, language: str, number: int) -> Sides:
    """Two weeks' summaries with other contents."""
    leads = [sentences(base.text, language)[0] for base in bases(language)]
    random.shuffle(leads)
    ours = Version(
        title=WEEKLY[language], text="\n".join(leads[:6]), day=FIRST, host=AGENCY[language], language=language
    )
    return ours, replace(ours, text="\n".join(leads[6:12]), day=FIRST + timedelta(days=7))


def same_event(random: Random, language: str, number: int) -> Sides:
    """An article and another outlet's own report of the event; from the seventh on, beside a wrapped copy."""
    start, (title, *paragraphs) = list(SECOND[language].items())[number % len(SECOND[language])]
    ours = original(titled(language, start), number)
    if number >= len(SECOND[language]):
        ours = replace(ours, text=wrap(random, ours.text, language))
    return ours, elsewhere(ours, number, title=title, text="\n".join(paragraphs))


def unrelated(random: Random, language: str, number: int) -> Sides:
    """Two articles about other things, on the same day."""
    every = list(combinations(bases(language), 2))
    one, other = every[random.randrange(len(every))]
    ours = original(one, number)
    return ours, elsewhere(ours, number, title=other.title, text=other.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of pair, and how many are made in English and in Chinese."""

    name: str
    same: bool
    make: Make
    count: tuple[int, int] = (12, 12)
    languages: tuple[str, ...] = LANGUAGES


KINDS = (
    Kind(name="identical", same=True, make=copied(unchanged), count=(10, 10)),
    Kind(name="edits 5%", same=True, make=copied(edits(0.05)), count=(18, 16)),
    Kind(name="edits 10%", same=True, make=copied(edits(0.1)), count=(18, 16)),
    Kind(name="edits 25%", same=True, make=copied(edits(0.25)), count=(18, 16)),
    Kind(name="cut to 40%", same=True, make=copied(cut_down), count=(18, 16)),
    Kind(name="wrapped", same=True, make=copied(wrap), count=(18, 16)),
    Kind(name="cut and wrapped", same=True, make=copied(cut_and_wrap), count=(18, 16)),
    Kind(name="retitled", same=True, make=retitled),
    Kind(name="script converted", same=True, make=script_converted, languages=("zh",)),
    Kind(name="pinyin inserted", same=True, make=copied(insert_pinyin), languages=("zh",)),
    Kind(name="punctuation and width", same=True, make=copied(repunctuate)),
    Kind(name="short notice copied", same=True, make=notice_copied),
    Kind(name="other numbers", same=False, make=other_numbers),
    Kind(name="other dates", same=False, make=other_dates),
    Kind(name="other drug", same=False, make=other_drug),
    Kind(name="other company", same=False, make=other_company),
    Kind(name="monthly recall", same=False, make=monthly_recall),
    Kind(name="price list", same=False, make=price_list, count=(10, 10)),
    Kind(name="same title, other day", same=False, make=same_title, count=(10, 10)),
    Kind(name="same event, own words", same=False, make=same_event),
    Kind(name="unrelated", same=False, make=unrelated),
)
"""What is made, copies first."""


# the store


def judge_all(made: Sequence[Pair]) -> Iterator[Verdict]:
    """What the store makes of each pair, in a database of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = folder / "empty.db"
        Database(empty, Access.WRITE).close()
        for number, pair in enumerate(made):
            path = folder / f"{number}.db"
            shutil.copyfile(empty, path)
            yield Verdict(pair=pair, joined=is_joined(path, pair))
            for left_over in folder.glob(f"{number}.db*"):
                left_over.unlink()


def is_joined(path: Path, pair: Pair) -> bool:
    """Whether the store makes one story of both articles, when the left one comes first."""
    with Database(path, Access.WRITE) as database:
        for number, version in enumerate((pair.left, pair.right)):
            database.record_all([processed(version, number)])
        stories = [row[0] for row in database.connection.execute("select story_id from articles order by id")]
    if len(stories) != 2:
        raise AssertionError(f"{len(stories)} articles were kept of a pair: {pair.left.title}")
    return bool(stories[0] == stories[1])


def processed(version: Version, number: int) -> Processed:
    """The version as a page that was read without loss."""
    url = f"https://{version.host}/news/{number + 1}04{number}.html"
    page = Page(
        url=url, body=b"<p>made</p>", fetched=FETCHED + timedelta(hours=number), content_type="text/html"
    )
    return fingerprint(
        Processed(page=page, extraction=Extraction(article=article(version, url), encoding="utf-8"))
    )


def article(version: Version, url: str) -> Article:
    """The version as a record, a paragraph a line."""
    day = version.day
    return Article(
        url=url,
        title=version.title,
        published=Published(when=day, text=day.isoformat(), zone=None) if day else None,
        source=None,
        authors=(),
        editors=(),
        category=(),
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in version.text.split("\n")),
        language=version.language,
        lead_image=None,
        links=(),
        publisher=None,
    )


# the report


def summary(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Counts by kind and language, and precision and recall of "one story"."""
    counts = Counter((v.pair.kind, v.pair.left.language, v.right) for v in verdicts)
    order = dict.fromkeys((v.pair.kind, v.pair.left.language) for v in verdicts)
    rows = [
        {"kind": kind, "language": language, "pairs": yes + no, "right": yes, "wrong": no}
        for kind, language in sorted(order, key=lambda key: [k.name for k in KINDS].index(key[0]))
        for yes, no in ((counts[kind, language, True], counts[kind, language, False]),)
    ]
    return {"pairs": len(verdicts), "rows": rows, **rates(verdicts)}


def rates(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Precision: of the pairs that were joined, those that are one story. Recall: of one story, those joined."""
    hits = sum(v.joined and v.pair.same for v in verdicts)
    joined, same = sum(v.joined for v in verdicts), sum(v.pair.same for v in verdicts)
    return {"precision": hits / max(1, joined), "recall": hits / max(1, same)}


def table(found: dict[str, Any]) -> str:
    """The summary for people."""
    lines = [f"{'kind':<24}{'':<4}{'pairs':>6}{'right':>7}{'wrong':>7}"]
    lines += [
        f"{row['kind']:<24}{row['language']:<4}{row['pairs']:>6}{row['right']:>7}{row['wrong'] or '':>7}"
        for row in found["rows"]
    ]
    total = f"{found['pairs']} pairs: precision {found['precision']:.4f}, recall {found['recall']:.4f}"
    return "\n".join([*lines, total])


def explain(verdict: Verdict) -> str:
    """A wrong verdict with the comparison's reasons. If that says the same as the label, no candidate was found."""
    sides = verdict.pair.left, verdict.pair.right
    left, right = (Content(v.title, v.text, v.day, v.host) for v in sides)
    likeness = compare(left, right)
    lines = [
        f"\n{verdict.pair.kind}: {'one story' if verdict.joined else 'two stories'}, which is wrong;"
        f" compared: {likeness.rule}, {likeness.left:.2f} and {likeness.right:.2f}, {likeness.against}"
    ]
    lines += [
        f"  {side.host} {side.day}: {side.title}\n    " + side.text.replace("\n", "\n    ") for side in sides
    ]
    return "\n".join(lines)


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.second_pairs", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show-wrong", action="store_true", help="the texts of pairs that were judged wrongly"
    )
    parser.add_argument("--json", action="store_true", help="the counts as JSON")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the pairs, ask the store, print how often it is right."""
    options = parse(arguments)
    verdicts = list(judge_all(pairs(options.seed)))
    found = summary(verdicts)
    if options.show_wrong:
        found["wrong"] = [explain(verdict) for verdict in verdicts if not verdict.right]
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join([table(found), *found.get("wrong", ())]))


if __name__ == "__main__":
    main()
