"""Two texts laid side by side: where one says something else in the same place, and whether that makes two stories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from newsbot.folding import CJK_CHARACTER, one_form

Words = Sequence[str]

LONGEST = 4000
"""Words of a text that are laid beside another's; what follows would only confirm it."""

WIDEST = 10
"""Words on each side of a place where texts that are built alike say something else; more is another passage."""

HEAD = 15
LONG = 60
"""Within the first 15 words of texts of more than 60, place and date are those of the outlet, not of the news."""

ALIKE = 0.3
"""Of all places where texts that are built alike differ, those with another number or name. Edits fall anywhere."""

ONLY = 0.8
"""When nothing else differs, two numbers are enough."""

MOSTLY = 0.34
"""Of all numbers, those that stand against another one; one among many may be a correction."""

SEVERAL, FAIRLY = 3, 0.15
"""Fewer tell as much where they are several."""

_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTHS = {
    **{name[:3]: number for number, name in enumerate(_NAMES, 1)},
    **{name: number for number, name in enumerate(_NAMES, 1)},
    "sept": 9,
}
MONTH_NAMES = "|".join(MONTHS)
DAY_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日号]",
        r"\d{4}[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        rf"\b(?P<m>{MONTH_NAMES})\b\.?\s(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m>{MONTH_NAMES})\b",
    )
)
DRUG = re.compile(
    r"(?:mab|nib|lisib|ciclib|parib|gliptin|gliflozin|glutide|tide|statin|vir|cillin|mycin|cycline|azole|olol|pril|sartan"
    r"|prazole|triptan|dipine|leucel|cel|parvovec|vec|sen|siran|stat|ase|kinra|limus|platin|taxel|rubicin|fungin)$"
)
CAPITALISED = re.compile(r"(?<=[\w,)] )[A-Z]\w{2,40}|(?<=[\u4e00-\u9fff])[A-Za-z]\w{2,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where two texts say something else between the same words; `at` counts words from the start of both."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The places where two texts differ, and the words that stand in both in the same order.

    `changes` counts the places, and besides them where a few words were added or left out.
    """

    places: tuple[Place, ...]
    common: tuple[str, ...]
    changes: int


def align(ours: Words, theirs: Words) -> Alignment:
    """Lay two texts side by side. What only one of them has is no place: it was added, or left out."""
    ours, theirs = with_days(ours[:LONGEST]), with_days(theirs[:LONGEST])
    places: list[Place] = []
    common: list[str] = []
    changes, start = 0, (0, 0)
    for left, right, length in _blocks(ours, theirs):
        place = Place(
            ours=tuple(ours[start[0] : left]),
            theirs=tuple(theirs[start[1] : right]),
            at=min(start),
        )
        changes += (
            len(place.ours) + len(place.theirs) > 0 and max(len(place.ours), len(place.theirs)) <= WIDEST
        )
        if 0 < len(place.ours) <= WIDEST and 0 < len(place.theirs) <= WIDEST:
            places.append(place)
        common += ours[left : left + length]
        start = (left + length, right + length)
    return Alignment(places=tuple(places), common=tuple(common), changes=changes)


def with_days(words: Words) -> list[str]:
    """The words with each day of the calendar as one of them: two days share no part, though they share a figure.

    >>> with_days(["on", "may", "3", "2026", "or", "2026", "年", "5", "月", "3", "日", "batch", "3"])
    ['on', 'may 3 2026', 'or', '2026年5月3日', 'batch', '3']
    """
    made: list[str] = []
    end = 0
    for place in [place for place, word in enumerate(words) if word in MONTHS or word[0].isdecimal()]:
        length = next((n for n in (6, 4, 3, 2) if _is_date(words[place : place + n], n)), 1)
        if length > 1 and place >= end:
            made += [*words[end:place], _as_one(words[place : place + length])]
            end = place + length
    return [*made, *words[end:]]


def _as_one(words: Words) -> str:
    return ("" if "月" in words else " ").join(words)


def _is_date(words: Words, length: int) -> bool:
    if len(words) != length:
        return False
    if length in (6, 4):
        return tuple(words[1::2]) in (("年", "月", "日"), ("月", "日"), ("月", "号")) and all(
            map(str.isdecimal, words[::2])
        )
    figures = [word for word in words if word.isdecimal() and len(word) in (1, 2, 4)]
    return len(figures) == length - 1 and any(word in MONTHS for word in words[:2])


def _blocks(ours: Words, theirs: Words) -> Iterator[tuple[int, int, int]]:
    """Where both say the same, as (start in ours, in theirs, words); a lone word between two changes is chance."""
    for block in LCSseq.opcodes(ours, theirs):
        if block.tag != "equal":
            continue
        length = block.src_end - block.src_start
        if length > 2 or not _is_chance(ours[block.src_start : block.src_end]):
            yield block.src_start, block.dest_start, length
    yield len(ours), len(theirs), 0


def _is_chance(words: Words) -> bool:
    """Whether so few words may stand in both texts by chance: a short one, or one or two Chinese characters."""
    if any(map(_is_number, words)):
        return False
    return all(CJK_CHARACTER.match(word) for word in words) or (len(words) == 1 and len(words[0]) < DISTINCT)


DISTINCT = 5


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word))


def number_places(alignment: Alignment) -> list[Place]:
    """The places where a number stands against another one, without those of the outlet's own first line."""
    return [
        place
        for place in alignment.places
        if has_other_number(trim(place)) and not _is_dateline(trim(place), alignment)
    ]


def _is_dateline(place: Place, alignment: Alignment) -> bool:
    """Whether a day in the first line of a longer text is that of the outlet."""
    return place.at < HEAD and len(alignment.common) > LONG and is_day(place)


def has_other_number(place: Place) -> bool:
    """Whether each side has a number where the other has another one, and not merely lost a digit.

    >>> has_other_number(Place(ours=("26",), theirs=("27",), at=0))
    True
    >>> has_other_number(Place(ours=("2022",), theirs=("202", "项"), at=0))
    False
    """
    if len(place.ours) != len(place.theirs):
        return all(map(_is_number, (*place.ours, *place.theirs))) and bool(place.ours and place.theirs)
    pairs = [pair for pair in zip(place.ours, place.theirs, strict=True) if any(map(_is_number, pair))]
    others = [pair for pair in pairs if pair[0] != pair[1] and not is_damaged(*sorted(pair, key=len))]
    return bool(others) and all(_is_number(one) and _is_number(other) for one, other in pairs)


def is_damaged(shorter: str, longer: str) -> bool:
    """Whether one number is the other without some of its digits.

    >>> is_damaged("198", "1978"), is_damaged("26", "27")
    (True, False)
    """
    if is_date_word(longer):
        return False
    signs = iter(longer)
    return len(shorter) < len(longer) and all(sign in signs for sign in shorter)


def are_other_numbers(alignment: Alignment, names: Sequence[Place] = ()) -> bool:
    """Whether so many numbers stand against other ones that the texts tell of different things."""
    against = len(number_places(alignment))
    share = against / max(1, against + sum(map(_is_number, alignment.common)))
    among = (against + len(names)) / max(1, alignment.changes)
    if against > 1 and among >= ONLY:
        return True
    return among >= ALIKE and ((against > 0 and share >= MOSTLY) or (against >= SEVERAL and share >= FAIRLY))


def days_named(text: str) -> set[tuple[int, int]]:
    """The days that a text names, as (month, day).

    >>> sorted(days_named("On Sept. 26 and 3 May; 2024年10月8日"))
    [(5, 3), (9, 26), (10, 8)]
    """
    text = one_form(text)
    found = (match for form in DAY_FORMS for match in form.finditer(text))
    return {(MONTHS.get(match["m"].lower()) or int(match["m"]), int(match["d"])) for match in found}


def are_other_days(alignment: Alignment, ours: str, theirs: str) -> bool:
    """Whether the texts name days in the same place, and none of them in both."""
    against = len(number_places(alignment)) + len(day_places(alignment))
    if against / max(1, alignment.changes) < ALIKE:
        return False
    left, right = days_named(ours), days_named(theirs)
    return bool(left) and bool(right) and not left & right


def day_places(alignment: Alignment) -> list[Place]:
    """The places where one day stands against another."""
    return [place for place in map(trim, alignment.places) if is_day(place)]


def is_day_only(alignment: Alignment) -> bool:
    """Whether the texts differ in days of the calendar and hardly anywhere else."""
    days = len(day_places(alignment))
    return days > 0 and days / alignment.changes >= ONLY


TO = frozenset(("至", "到", "to", "and", "及", "和"))


def is_day(place: Place) -> bool:
    """Whether a place has a day of the calendar, or a month, against another one."""
    said = (*place.ours, *place.theirs)
    parts = all(is_date_word(word) or word.isdecimal() or word in TO for word in said)
    return parts and all(any(map(is_date_word, side)) for side in (place.ours, place.theirs))


def is_date_word(word: str) -> bool:
    """Whether a word is a day, or the name of a month.

    >>> [is_date_word(word) for word in ("5月3日", "3 may", "june", "17")]
    [True, True, True, False]
    """
    return "月" in word[1:] or any(part in MONTHS for part in word.split(" "))


def other_names(alignment: Alignment, titles: tuple[Words, Words], texts: tuple[str, str]) -> list[Place]:
    """The places where a name stands throughout against another one: of a medicine, a company, a place.

    Throughout: in the titles and more than one place, or in several places while neither text has the other's name.
    """
    trimmed = [place for place in map(trim, alignment.places) if place.ours and place.theirs]
    often = Counter((place.ours, place.theirs) for place in trimmed)
    capitals = capitals_of(*texts)
    names = {
        (ours, theirs)
        for (ours, theirs), count in often.items()
        if _is_throughout(ours, theirs, count, titles, capitals)
        and (_is_new(ours, theirs, alignment) or (count > 1 and _in_titles(ours, theirs, titles)))
    }
    return [place for place in trimmed if (place.ours, place.theirs) in names]


def are_other_names(alignment: Alignment, names: Sequence[Place]) -> bool:
    """Whether names that stand against other ones are much of what differs."""
    facts = len(names) + len(number_places(alignment))
    return bool(names) and facts / max(1, alignment.changes) >= ALIKE


def capitals_of(*texts: str) -> set[str]:
    """The words that the texts write with a capital within a sentence, in lower case."""
    return {name.casefold() for text in texts for name in CAPITALISED.findall(one_form(text))}


def trim(place: Place) -> Place:
    """The place without the words with which both sides begin or end."""
    ours, theirs = place.ours, place.theirs
    while ours and theirs and ours[0] == theirs[0]:
        ours, theirs = ours[1:], theirs[1:]
    while ours and theirs and ours[-1] == theirs[-1]:
        ours, theirs = ours[:-1], theirs[:-1]
    return Place(ours=ours, theirs=theirs, at=place.at)


def _is_throughout(
    ours: Words, theirs: Words, count: int, titles: tuple[Words, Words], capitals: set[str]
) -> bool:
    if any(map(_is_number, (*ours, *theirs))) and not any(map(str.isalpha, (*ours, *theirs))):
        return False
    return _in_titles(ours, theirs, titles) or (
        count > 1 and (is_name(ours, capitals) or is_name(theirs, capitals))
    )


def _in_titles(ours: Words, theirs: Words, titles: tuple[Words, Words]) -> bool:
    """Whether each stands in its title; a lone Chinese character may be another form of the same."""
    if max(len(ours), len(theirs)) == 1 and CJK_CHARACTER.match(ours[0] + theirs[0]):
        return False
    return holds(titles[0], ours) and holds(titles[1], theirs)


def is_name(words: Words, capitals: set[str]) -> bool:
    """Whether the words may be a name: capitals, a medicine's ending, or two Chinese characters and more."""
    if all(CJK_CHARACTER.match(word) for word in words):
        return len(words) > 1
    return any(word in capitals or (len(word) > 5 and DRUG.search(word)) for word in words)


def _is_new(ours: Words, theirs: Words, alignment: Alignment) -> bool:
    return not (holds(alignment.common, ours) or holds(alignment.common, theirs))


def holds(words: Words, run: Words) -> bool:
    """Whether the run stands among the words.

    >>> holds(["a", "b", "c"], ["b", "c"]), holds(["a", "b"], ["b", "a"])
    (True, False)
    """
    joined = f" {' '.join(words)} "
    return f" {' '.join(run)} " in joined


def shown(places: Iterable[Place], most: int = 5) -> tuple[tuple[str, str], ...]:
    """The first places as pairs of text, for people."""
    pairs = [(spelled(place.ours), spelled(place.theirs)) for place in map(trim, places)]
    return tuple(dict.fromkeys(pairs))[:most]


def spelled(words: Words) -> str:
    """The words as text, Chinese without spaces.

    >>> spelled(("药", "监", "局", "fda"))
    '药监局 fda'
    """
    if all(map(CJK_CHARACTER.match, words)):
        return "".join(words)
    text = " ".join(words)
    return text if text.isascii() else BETWEEN_CJK.sub("", text)


BETWEEN_CJK = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
