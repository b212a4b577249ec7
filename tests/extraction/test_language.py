"""The language of a text, by script, by small words, by the model, by declaration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.language import detect_language, primary_tag

TEXTS = [
    ("国家药品监督管理局批准了一款用于治疗肺癌的新药上市。", "zh"),
    ("この薬は肺がんの治療のために承認されたと発表しました。", "ja"),
    ("식품의약품안전처는 새로운 항암제를 허가했다고 밝혔다.", "ko"),
    (
        "The agency approved the drug for the treatment of adults with lung cancer, and it is now available.",
        "en",
    ),
    (
        "Die Behörde hat das Medikament für die Behandlung von Erwachsenen mit Lungenkrebs zugelassen, wie sie "
        "mitteilte.",
        "de",
    ),
    (
        "L’agence a approuvé le médicament pour le traitement des adultes atteints d’un cancer dans les pays "
        "de la région.",
        "fr",
    ),
    (
        "La agencia aprobó el medicamento para el tratamiento de los adultos con cáncer, según las autoridades "
        "del país.",
        "es",
    ),
    ("Агентство одобрило препарат для лечения взрослых пациентов с раком легких.", "ru"),
    ("NMPA批准PD-1抗体联合化疗用于NSCLC一线治疗", "zh"),
]


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_wrong_declaration_does_not_win_over_the_text() -> None:
    assert detect_language(TEXTS[3][0], "zh-CN") == "en"
    assert detect_language(TEXTS[0][0], "en") == "zh"


def test_a_short_text_is_what_it_is_declared_to_be() -> None:
    assert detect_language("PD-1", "de-DE") == "de"
    assert detect_language("PD-1") is None


@pytest.mark.parametrize(
    ("declared", "tag"),
    [("zh-CN", "zh"), ("en_US", "en"), ("nb-NO", "no"), ("", None), (None, None), ("english", None)],
)
def test_tags(declared: str | None, tag: str | None) -> None:
    assert primary_tag(declared) == tag


@given(st.text(max_size=200), st.sampled_from([None, "en", "zh-CN", "??"]))
def test_no_text_raises(text: str, declared: str | None) -> None:
    tag = detect_language(text, declared)

    assert tag is None or 2 <= len(tag) <= 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Агенція схвалила препарат для лікування дорослих пацієнтів із раком легенів.", "uk"),
        (
            "Агенцията одобри лекарството за лечение на възрастни пациенти с рак на белия дроб, съобщи тя.",
            "bg",
        ),
        ("Агенција је одобрила лијек за лијечење одраслих пацијената, саопштило је њено одјељење.", "sr"),
        ("وافقت الوكالة على الدواء لعلاج المرضى البالغين المصابين بسرطان الرئة.", "ar"),
        ("این سازمان دارو را برای درمان بیماران پزشکی گزارش کرد و چند پژوهشگر گفتند.", "fa"),
        ("Ο οργανισμός ενέκρινε το φάρμακο για τη θεραπεία ενηλίκων ασθενών.", "el"),
        ("สำนักงานอนุมัติยาสำหรับรักษาผู้ป่วยผู้ใหญ่ที่เป็นมะเร็งปอด", "th"),
    ],
)
def test_letters_decide_without_the_model(text: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsbot.extraction.language._by_model", lambda sample: "??")

    assert detect_language(text) == language


def test_a_declared_language_that_the_model_does_not_know_is_believed() -> None:
    text = (
        "Inhlangano yezempilo igunyaze umuthi wokwelapha iziguli ezineminyaka engaphezu kwengamashumi amabili"
    )

    assert detect_language(text, "zu-ZA") == "zu"
    assert detect_language(TEXTS[3][0] + " " + TEXTS[3][0], "zu-ZA") == "en"


def test_few_small_words_are_enough_for_what_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsbot.extraction.language._by_model", lambda sample: "??")
    text = "Bakanlık ilacı onayladı ve hastaların tedavisi gelecek hafta başlayacak, yetkililer dün açıkladı"

    assert detect_language(text, "tr") == "tr"
    assert detect_language(text) == "??"
