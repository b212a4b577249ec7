"""Tells the language of a text: by script, by its small words, and by a model only where these do not decide."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import Protocol

SAMPLE = 700
SCRIPT_SAMPLE = 300
MODEL_SAMPLE = 300
FEWEST_LETTERS = 24
SHARE, SHARE_IF_DECLARED, SHARE_IF_PLAIN = 10, 14, 5
"""One in so many words must be a small word of the language."""

_SCRIPTS = {
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+"),
    "kana": re.compile("[\u3040-\u30ff]+"),
    "hangul": re.compile("[\uac00-\ud7af]+"),
}
# Scripts that one language is written in, or one far more than others: its letters decide.
OWN_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")),
    ("he", re.compile("[\u0590-\u05ff]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
    ("ka", re.compile("[\u10a0-\u10ff]+")),
    ("hy", re.compile("[\u0530-\u058f]+")),
    ("bn", re.compile("[\u0980-\u09ff]+")),
    ("ta", re.compile("[\u0b80-\u0bff]+")),
)
# Scripts of several languages: (script, letters that only one of them has, the rarer first; the language without any).
SHARED_SCRIPTS: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...], str], ...] = (
    (re.compile("[\u0400-\u04ff]+"), (("sr", "јљњћђ"), ("uk", "іїєґ"), ("ru", "ыэё"), ("bg", "ъ")), "ru"),
    (re.compile("[\u0600-\u06ff]+"), (("ur", "ٹڈڑے"), ("fa", "پچژگ")), "ar"),
)
FEWEST_OWN = 2

# Words that are frequent in one language and rare in its neighbours.
SMALL_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(text.split())
    for language, text in {
        "en": "the of and to in is that for with as was by are this from have it be which has were",
        "de": "der die und das den von mit ist nicht ein eine auf für sich des dem auch als wird im",
        "fr": "le les des et est du une dans pour qui sur au pas avec par sont plus cette aux ont",
        "es": "el los las una por con del se su para más como pero sus está fue ha y según años",
        "it": "il di che è un della per sono con non gli nel alla dei delle anche più ha dal questo",
        "pt": "o os do da uma não com em dos para ao são pela mais como foi mas das no na você",
        "nl": "het een van en dat niet zijn voor met op aan ook wordt bij naar door maar uit deze",
        "sv": "och att det som en på är av för med den till inte ett har om ska från kan",
        "da": "og at det en er på af for med den til ikke der et har som blev vil fra også",
        "no": "og det som en på er av for med den til ikke et har om ble fra også etter skal",
        "pl": "w i na z się nie do to jest że o jak po przez dla od są oraz jego był",
        "tr": "ve bir bu için ile olarak daha çok olan da de en gibi sonra kadar göre olduğu ancak",
        "fi": "ja on ei se että oli hän mutta kun joka ovat myös sen tai ole mukaan kuin",
        "cs": "a se na v je že to s z do o jako po pro by jsou také nebo podle byl",
        "hu": "a az és hogy nem is egy meg van volt ez de azt már mint csak még",
        "ro": "și de la în a cu din pe care nu să este mai pentru sunt au fost această",
        "id": "yang dan di dengan untuk pada ini dari itu dalam akan tidak juga oleh adalah",
        "vi": "và của là có được cho các trong một với không những người đã khi này",
    }.items()
}
_LANGUAGES_OF: dict[str, list[str]] = {
    word: [language for language, small in SMALL_WORDS.items() if word in small]
    for words in SMALL_WORDS.values()
    for word in words
}
MODEL_LANGUAGES = [
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ka", "ko", "lt", "lv", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw",
    "ta", "th", "tr", "uk", "ur", "vi", "zh",
]  # fmt: skip
_ALIASES = {
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
    "cn": "zh",
    "jp": "ja",
    "kr": "ko",
    "gr": "el",
    "cz": "cs",
}


class _Model(Protocol):
    nb_classes: list[str]

    def set_languages(self, langs: list[str]) -> None: ...
    def classify(self, text: str) -> tuple[str, float]: ...


def primary_tag(declared: str | None) -> str | None:
    """ "zh-CN" -> "zh", "en_US" -> "en"; None for what is no language tag."""
    match = re.match(r"\s{0,3}([A-Za-z]{2,3})(?:[-_;,\s]|$)", declared or "")
    return _ALIASES.get(tag := match[1].lower(), tag) if match else None


def detect_language(text: str, declared: str | None = None) -> str | None:
    """The BCP-47 primary tag of the text's language; the declared one where the text is too short to tell."""
    sample = text[:SAMPLE] if len(text) <= 2 * SAMPLE else text[len(text) // 4 : len(text) // 4 + SAMPLE]
    tag = primary_tag(declared)
    if script := _by_script(sample[:SCRIPT_SAMPLE]):
        return script
    if sum(map(str.isalpha, sample[:200])) < FEWEST_LETTERS:
        return tag
    if letters := _by_letters(sample[:SCRIPT_SAMPLE]):
        return letters
    return _by_small_words(sample, tag) or _unmodelled(tag) or _by_model(sample) or tag


def _by_letters(sample: str) -> str | None:
    """The language of a text of which half is in a script that few languages share."""
    if len(sample.encode("latin-1", "ignore")) * 2 > len(sample):
        return None
    most = len(sample) // 2
    for language, script in OWN_SCRIPTS:
        if sum(map(len, script.findall(sample))) > most:
            return language
    for script, marks, plain in SHARED_SCRIPTS:
        if sum(map(len, script.findall(sample))) > most:
            lower = sample.lower()
            counts = [(sum(map(lower.count, letters)), language) for language, letters in marks]
            return next((language for count, language in counts if count >= FEWEST_OWN), plain)
    return None


def _unmodelled(tag: str | None) -> str | None:
    """A declared language that the model does not know, as it would name another."""
    return tag if tag and tag not in MODEL_LANGUAGES and tag not in SMALL_WORDS else None


def _by_script(sample: str) -> str | None:
    """Chinese, Japanese or Korean, where a tenth of the text is in their characters."""
    if sample.isascii():
        return None
    counts = {name: sum(map(len, pattern.findall(sample))) for name, pattern in _SCRIPTS.items()}
    if sum(counts.values()) < max(2, len(sample) // 10):
        return None
    if counts["hangul"] > counts["han"]:
        return "ko"
    return "ja" if counts["kana"] * 12 > counts["han"] else "zh"


def _by_small_words(sample: str, declared: str | None) -> str | None:
    """The language whose small words are frequent enough and clearly ahead of every other's."""
    found = sample.lower().split()
    if declared in SMALL_WORDS and _is_plain(found, SMALL_WORDS[declared]):
        return declared
    known = [languages for word in found if (languages := _LANGUAGES_OF.get(word))]
    if not known:
        return None
    counts = Counter(chain.from_iterable(known))
    (name, best), (_, second) = (*counts.most_common(2), ("", 0))[:2]
    if declared and counts[declared] >= 0.9 * best:
        name, second = declared, 0
    if name == declared and best * SHARE_IF_DECLARED >= len(found):
        return name
    return name if best * SHARE >= len(found) and best > 4 and best >= 1.5 * second else None


def _is_plain(found: list[str], small: frozenset[str]) -> bool:
    """Whether so many words are small words of the declared language that no other need be looked at."""
    return len(found) > 20 and sum([word in small for word in found]) * SHARE_IF_PLAIN >= len(found)


@lru_cache(maxsize=1)
def _model() -> _Model:
    """The statistical model, loaded once and only when a text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # 0.3 has the one name for its loader, 0.4 the other.
    load = getattr(LanguageIdentifier, "from_model_file", None) or LanguageIdentifier.from_pickled_model
    model: _Model = load(MODEL_FILE, norm_probs=True)
    model.set_languages([tag for tag in MODEL_LANGUAGES if tag in model.nb_classes])
    return model


def _by_model(sample: str) -> str | None:
    tag, probability = _model().classify(sample[:MODEL_SAMPLE])
    return _ALIASES.get(tag, tag) if probability > 0.5 else None
