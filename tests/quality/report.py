"""Scores as text that a developer can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tests.quality.scoring import FIELDS, Score, figures

SHOWN = 90
WIDTH = 24


def table(scores: Sequence[Score], floors: Mapping[str, float]) -> str:
    """A line a page, worst first, then every figure beside its floor."""
    return "\n".join((*page_lines(scores), "", *figure_lines(scores, floors)))


def page_lines(scores: Sequence[Score]) -> Iterator[str]:
    """A line a page: body, counts of what is wrong, fields that are wrong."""
    yield f"{'page':{WIDTH}} {'F1':>6} {'prec.':>6} {'recall':>6} exact kinds leaks lost  wrong fields"
    for each in sorted(scores, key=lambda score: (score.f1, score.name)):
        wrong = ", ".join(name for name in FIELDS if name in each.wrong)
        yield (
            f"{each.name:{WIDTH}} {each.f1:6.3f} {each.precision:6.3f} {each.recall:6.3f} "
            f"{'yes' if each.exact else 'no':>5} {each.kinds:5.2f} {len(each.leaks):5} {len(each.lost):4}  {wrong}"
        ).rstrip()


def figure_lines(scores: Sequence[Score], floors: Mapping[str, float]) -> Iterator[str]:
    """A line a figure, with its floor."""
    yield f"{'figure':{WIDTH}} {'now':>6} {'floor':>6}   ({len(scores)} pages)"
    for name, value in figures(scores).items():
        yield f"{name:{WIDTH}} {value:6.3f} {floors.get(name, 0):6.3f}"


def complaint(score: Score) -> str:
    """What is wrong with one page, block by block; empty where nothing is."""
    lines = [
        *([f"  refused: {score.refusal}"] if score.refusal else []),
        *(f"  {name}: {text}" for name, text in score.wrong.items()),
        *(f"  missing: {shortened(text)}" for text in score.missing),
        *(f"  too many: {shortened(text)}" for text in score.stray),
        *(["  sections are mixed up"] if score.sections < 1 else []),
        *(f"  must not remain: {text}" for text in score.leaks),
        *(f"  lost: {shortened(text)}" for text in score.lost if text not in score.missing),
    ]
    return "\n".join((f"{score.name}: F1 {score.f1:.3f}", *lines)) if lines else ""


def complaints(scores: Iterable[Score]) -> str:
    """What is wrong with every page, worst first."""
    told = (complaint(each) for each in sorted(scores, key=lambda score: score.f1))
    return "\n".join(filter(None, told))


def shortened(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
