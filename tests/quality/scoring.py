"""One page's answer against its truth, and the figures over all pages.

The body is scored as article extractors are: shingles of four tokens, a Chinese or Japanese character a
token. Captions are of their own kind and no running text: they are left out of the score on both sides,
but must have been kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from statistics import fmean

from newsbot.extraction import extract
from newsbot.extraction.verdict import judge
from newsbot.model import Article, Block, BlockKind, Refusal
from tests.quality.truth import Truth

TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
SHINGLE = 4
GOOD = 0.9
FIELDS = ("title", "day", "author", "source", "category", "language", "dateline", "wire", "correction")


@dataclass(frozen=True, kw_only=True)
class Score:
    """How one page was read. A field that the truth leaves open is in neither `right` nor `wrong`.

    `missing` and `stray` are the texts of blocks that should be in the body and are not, or the other way round.
    """

    name: str
    precision: float
    recall: float
    exact: bool
    kinds: float
    sections: float
    refusal: str | None
    right: frozenset[str]
    wrong: dict[str, str]
    leaks: tuple[str, ...]
    lost: tuple[str, ...]
    missing: tuple[str, ...]
    stray: tuple[str, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)


def harmonic(one: float, other: float) -> float:
    """The harmonic mean of two shares, nought where both are."""
    return 2 * one * other / (one + other) if one + other else 0.0


def score_page(truth: Truth) -> Score:
    """How the page is read now."""
    page = truth.page
    extraction = extract(page)
    return score(truth, extraction.article, judge(page, extraction))


def score(truth: Truth, article: Article, refusal: Refusal | None = None) -> Score:
    """An article that was read out of the page against the truth; all our pages are articles."""
    want, got = running(truth.body), running(article.blocks)
    precision, recall, exact = compare("\n".join(want), "\n".join(got))
    answers = {name: answer for name, answer in asked(truth, article).items() if name not in truth.open}
    text, letters = folded(article.text), squash(article.text)
    missing, stray = difference(want, got)
    return Score(
        name=truth.name,
        precision=precision,
        recall=recall,
        exact=exact,
        kinds=kinds_share(truth.body, article.blocks),
        sections=sections_share(truth.body, article.blocks),
        refusal=str(refusal) if refusal else None,
        right=frozenset(name for name, (known, found) in answers.items() if known == found),
        wrong={
            name: f"{found!r}, not {known!r}" for name, (known, found) in answers.items() if known != found
        },
        leaks=tuple(snippet for snippet in truth.must_not_remain if folded(snippet) in text),
        lost=tuple(block.text for block in truth.body if squash(block.text) not in letters),
        missing=missing,
        stray=stray,
    )


def running(blocks: Iterable[Block]) -> list[str]:
    """The texts of a body without its captions."""
    return [block.text for block in blocks if block.kind is not BlockKind.CAPTION]


def compare(truth: str, answer: str) -> tuple[float, float, bool]:
    """Precision, recall and exactness of a text, by shingles.

    >>> compare("a b c d e", "a b c d e"), compare("one two three four five", "one two three four")
    ((1.0, 1.0, True), (1.0, 0.5, False))
    """
    want, got = TOKEN.findall(truth), TOKEN.findall(answer)
    known, found = shingles(want), shingles(got)
    hits = (known & found).total()
    return ratio(hits, found.total()), ratio(hits, known.total()), want == got


def shingles(tokens: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Every run of four tokens, and how often; a shorter text is one run."""
    if not tokens:
        return Counter()
    return Counter(
        tuple(tokens[start : start + SHINGLE]) for start in range(max(1, len(tokens) - SHINGLE + 1))
    )


def ratio(part: float, whole: float) -> float:
    """A share, nought of nothing."""
    return part / whole if whole else 0.0


def squash(text: str | None) -> str:
    """Letters and digits only, lower case, compatible forms made one.

    >>> squash("Ａ “Title” – 2")
    'atitle2'
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "").lower())


def folded(text: str) -> str:
    """Lower case, compatible forms made one, single blanks: what a reader would take for the same words.

    >>> folded("Ａ  “Title”\\n")
    'a “title”'
    """
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def asked(truth: Truth, article: Article) -> dict[str, tuple[object, object]]:
    """By field, the true answer and the one given, made comparable."""
    published = article.published.when if article.published else None
    day = published.date() if isinstance(published, datetime) else published
    pairs: dict[str, tuple[object, object]] = {
        "title": (squash(truth.title), squash(article.title)),
        "day": (truth.published, day),
        "author": (people(truth.authors), people(article.authors)),
        "source": (squash(truth.source), squash(article.source)),
        "language": (truth.language, (article.language or "")[:2]),
        "wire": (truth.wire, article.wire),
        "correction": (squash(truth.correction), squash(article.correction)),
    }
    if truth.category is not None:
        pairs["category"] = (truth.category, article.category)
    if truth.dateline is not None:
        pairs["dateline"] = (squash(truth.dateline), squash(article.dateline))
    return pairs


def people(names: Iterable[str]) -> frozenset[str]:
    """Names without their order."""
    return frozenset(squash(name) for name in names)


def kinds_share(want: Sequence[Block], got: Sequence[Block]) -> float:
    """Of the blocks that are more than a paragraph, the share that was found with its kind."""
    special = [(block.kind, squash(block.text)) for block in want if block.kind is not BlockKind.PARAGRAPH]
    found = {(block.kind, squash(block.text)) for block in got}
    return ratio(sum(block in found for block in special), len(special)) if special else 1.0


def sections_share(want: Sequence[Block], got: Sequence[Block]) -> float:
    """Of the blocks that both have, the share that is in its section of the release."""
    known = {squash(block.text): block.section for block in want}
    pairs = [(known[text], block.section) for block in got if (text := squash(block.text)) in known]
    return ratio(sum(one == other for one, other in pairs), len(pairs)) if pairs else 1.0


def difference(want: Sequence[str], got: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Blocks that only the truth has, and blocks that only the answer has, in order.

    >>> difference(["a", "b", "c"], ["a", "x", "c"])
    (('b',), ('x',))
    """
    ours, theirs = [squash(text) for text in want], [squash(text) for text in got]
    missing: list[str] = []
    stray: list[str] = []
    for tag, start, end, begin, stop in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            missing += want[start:end]
            stray += got[begin:stop]
    return tuple(missing), tuple(stray)


def figures(scores: Sequence[Score]) -> dict[str, float]:
    """What the floors are set under, each a share from 0 to 1.

    `good` are pages with an F1 of GOOD, `clean` and `whole` those without a leak or a loss.
    """
    answers = {
        name: [name in each.right for each in scores if name in each.right or name in each.wrong]
        for name in FIELDS
    }
    return {
        "f1": harmonic(fmean(each.precision for each in scores), fmean(each.recall for each in scores)),
        "good": fmean(each.f1 >= GOOD for each in scores),
        "exact": fmean(each.exact for each in scores),
        "kinds": fmean(each.kinds for each in scores),
        "sections": fmean(each.sections for each in scores),
        **{name: fmean(given) for name, given in answers.items() if given},
        "accepted": fmean(each.refusal is None for each in scores),
        "clean": fmean(not each.leaks for each in scores),
        "whole": fmean(not each.lost for each in scores),
    }
