"""A newsroom made to order: a list and its articles, in the layout and of the age that a test wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SUBJECTS = ("Quelsotinib", "Tamorvimab", "Lisorvan", "Emvarra", "Corvane", "Halvern", "Brennhavn", "Dorvexa")
EVENTS = ("enters phase 2", "meets its endpoint", "is filed in Norland", "gets a new plant", "is recalled")
PLACES = ("liver", "lung", "kidney", "skin", "heart", "nerve", "bone", "eye", "blood", "joint", "gut")
SENTENCES = (
    "{subject} was given to {n} adults with {place} disease in {m} hospitals of the northern region.",
    "The company expects to report what became of them in the {q} quarter, after the last of {n} visits.",
    "Side effects led {m} patients to stop, most of them in the first {q} weeks of the {place} study.",
    "A second study with {n} volunteers compares {subject} with the usual {place} treatment over {m} weeks.",
    "Its chief scientist said that lot {n}-{m} of {subject} had been made on the new line without loss.",
    "Analysts had looked for {m} million; the {place} business brought in {n} million instead.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of the newsroom; everything in it follows from its number."""

    number: int
    day: date

    @property
    def path(self) -> str:
        return f"/news/{self.day.year}/{1000 + self.number}.html"

    @property
    def title(self) -> str:
        subject, event = SUBJECTS[self.number % 8], EVENTS[self.number % 5]
        return f"{subject} {event} for {PLACES[self.number % 11]} disease, trial {100 + self.number}"

    @property
    def paragraphs(self) -> list[str]:
        seed = self.number * 37 + 11
        facts = {
            "subject": SUBJECTS[self.number % 8],
            "place": PLACES[self.number % 11],
            "n": 200 + seed % 789,
            "m": 11 + seed % 83,
            "q": ("first", "second", "third", "fourth")[self.number % 4],
        }
        turned = SENTENCES[self.number % 6 :] + SENTENCES[: self.number % 6]
        return [sentence.format(**facts) for sentence in turned]


def list_page(stories: Sequence[Story]) -> str:
    """The list, the newest first, with dates."""
    items = "".join(
        f'<li class="item"><h3><a href="{each.path}">{each.title}</a></h3><span>{each.day}</span></li>'
        for each in stories
    )
    return f"<!doctype html><title>News</title><h1>News</h1><ul class='list'>{items}</ul>"


def article_page(story: Story) -> str:
    """An article as the newsroom makes it."""
    body = "".join(f"<p>{text}</p>" for text in story.paragraphs)
    return (
        f"<!doctype html><html lang='en'><title>{story.title} - Newsroom</title><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{story.title}</h1><p class='date'>Published: {story.day}</p>{body}</article>"
        "<footer>Copyright 2026 Newsroom</footer></html>"
    )
