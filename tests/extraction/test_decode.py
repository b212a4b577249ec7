"""Bytes to text: whatever is declared, what a reader of the page would see."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.decode import UNWANTED, decode, is_mojibake, squeeze
from newsbot.extraction.extract import extract
from newsbot.model import Page

CHINESE = "国家药监局批准新药上市，公司表示这是重要的里程碑"
RUSSIAN = "Препарат был одобрен регулятором в прошлом году"


@pytest.mark.parametrize(
    ("text", "encoding", "content_type", "meta", "note"),
    [
        (CHINESE, "utf-8-sig", None, None, "bom"),
        (CHINESE, "utf-16", None, None, "bom"),
        (CHINESE, "gb18030", "text/html; charset=gb2312", None, "header"),
        (CHINESE, "gb18030", None, "gb2312", "meta"),
        (CHINESE, "gb18030", "text/html", "GBK", "meta"),
        (CHINESE, "utf-8", "text/html; charset=gb2312", None, "utf-8"),
        (CHINESE, "utf-8", None, None, "utf-8"),
        (CHINESE, "gb18030", None, None, "sniffed"),
        (CHINESE, "gb18030", "text/html; charset=utf-8", None, "sniffed"),
        ("國家藥監局批准新藥上市，公司表示這是重要的里程碑", "big5", None, None, "sniffed"),
        ("新しい薬が承認されました。これは会社にとって", "cp932", None, None, "sniffed"),
        ("새로운 약이 승인되었습니다. 이것은 회사에", "cp949", None, None, "sniffed"),
        (RUSSIAN, "cp1251", None, None, "sniffed"),
        ("Le médicament a été approuvé par l’agence à Genève", "cp1252", None, None, "sniffed"),
        ("Le médicament a été approuvé", "latin-1", "text/html; charset=iso-8859-1", None, "header"),
        (RUSSIAN, "koi8-r", "text/html; charset=koi8-r", None, "header"),
    ],
)
def test_text_is_read_as_it_was_written(
    text: str, encoding: str, content_type: str | None, meta: str | None, note: str
) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    found = decode((head + text).encode(encoding), content_type)
    assert found.text == head + text
    assert found.note == note


def test_characters_outside_gb2312_survive_a_page_that_declares_it() -> None:
    text = '<meta charset="gb2312">朱镕基、喆、①'
    assert decode(text.encode("gb18030"), None).text == text


def test_a_character_cut_off_at_the_end_does_not_spoil_the_page() -> None:
    assert decode(CHINESE.encode()[:-1], None).text == CHINESE[:-1]


def test_one_broken_byte_in_utf8_costs_one_character() -> None:
    body = b"<p>" + (CHINESE * 20).encode() + b"\xff" + CHINESE.encode()
    found = decode(body, "text/html; charset=utf-8")
    assert found.encoding == "utf-8"
    assert found.text.count("\ufffd") == 1


@pytest.mark.parametrize("charset", ["x-nonsense", "base64", "rot13", "", "utf-8; drop", "\x00"])
def test_unknown_charsets_do_no_harm(charset: str) -> None:
    assert decode(CHINESE.encode(), f"text/html; charset={charset}").text == CHINESE


def test_a_page_that_says_utf_16_in_readable_letters_is_none() -> None:
    found = decode(f"<meta charset=utf-16><p>{CHINESE}".encode(), None)
    assert (found.encoding, CHINESE in found.text) == ("utf-8", True)


@pytest.mark.parametrize("name", ["idna", "undefined", "punycode", "unicode_escape", "utf-7"])
def test_encodings_that_no_page_is_written_in_are_not_believed(name: str) -> None:
    body = b"<p>caf\xe9 cr\xe8me"
    assert decode(body, f"text/html; charset={name}") == decode(body, None)


def test_what_no_reader_should_meet_is_taken_out() -> None:
    assert decode(b"a\x00b\x1b[31mc", None).text == "ab[31mc"
    assert squeeze("x\u200by\u2066z\ud834 a\u202eb\xad") == "xyz ab"
    assert squeeze("\u3000a \xa0\n b\t") == "a b"


@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=utf-16", "text/html; charset=hz"]))
def test_any_bytes_give_text_without_control_characters(body: bytes, content_type: str | None) -> None:
    found = decode(body, content_type)
    assert found.utf8.decode("utf-8") == found.text
    assert not set(found.text) & set("\x00\x1b")


def test_no_field_holds_what_no_reader_should_meet() -> None:
    bad = "\u200b\u202e\xad"
    text = f"The plant{bad} was approved by the agency in spring, {bad}the company said in a statement."
    page = f"""<html><head><title>A{bad} plant is approved</title><meta name=author content="Jane{bad} Doe">
    <meta property="og:site_name" content="The{bad} Wire"><link rel=canonical href="/a{bad}b"></head><body>
    <h1>A{bad} plant is approved</h1><p>By Jane{bad} Doe, 2 May{bad} 2024</p>
    <p>{text}</p><p>{text} <a href="/x{bad}y">More</a>{bad}.</p><p>{text}</p></body></html>"""
    when = datetime(2026, 1, 1, tzinfo=UTC)
    found = extract(Page(url="https://example.com/a", body=page.encode(), fetched=when))
    assert not UNWANTED.search(repr(found.article).encode().decode("unicode_escape"))
    assert (found.article.title, found.article.authors) == ("A plant is approved", ("Jane Doe",))
    assert (found.article.links, found.canonical) == (("https://example.com/xy",), "https://example.com/ab")


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)


TEXTS = {
    "gb2312": "公司今日宣布，其三期临床试验达到主要终点，共有四百名患者入组，公司计划于年内递交上市申请。",
    "big5": "公司今日宣布，其三期臨床試驗達到主要終點，共有四百名患者入組，公司計劃於年內遞交上市申請。",
    "shift_jis": "厚生労働省は本日、新しい治療薬の製造販売を承認したと発表しました。会社は来月から販売を始めます。",
    "euc_jp": "厚生労働省は本日、新しい治療薬の製造販売を承認したと発表しました。会社は来月から販売を始めます。",
    "iso2022_jp": "厚生労働省は本日、新しい治療薬の製造販売を承認したと発表しました。",
    "euc_kr": "식품의약품안전처는 오늘 새로운 치료제의 품목허가를 승인했다고 밝혔다. 회사는 판매를 시작한다.",
    "windows-1251": "Компания сообщила в понедельник, что исследование достигло главной цели у всех пациентов.",
    "koi8-r": "Компания сообщила в понедельник, что исследование достигло главной цели у всех пациентов.",
    "windows-1253": "Η εταιρεία ανακοίνωσε τη Δευτέρα ότι η μελέτη πέτυχε τον κύριο στόχο της.",
    "windows-1250": "Spółka ogłosiła w poniedziałek, że badanie osiągnęło główny cel. Żółć, gęś, źdźbło.",
    "windows-1252": "L’entreprise a annoncé que l’étude avait atteint son objectif chez les patients traités.",
    "windows-1254": "Şirket pazartesi günü çalışmanın ana hedefine ulaştığını açıkladı; ilaç için başvuru yapılacak.",
    "windows-1255": "החברה הודיעה ביום שני כי הניסוי השיג את מטרתו העיקרית בכל החולים.",
    "windows-1256": "أعلنت الشركة يوم الاثنين أن التجربة حققت هدفها الرئيسي لدى جميع المرضى.",
    "utf-16-le": "公司今日宣布，其三期临床试验达到主要终点，共有四百名患者入组。",
}


@pytest.mark.parametrize("declared", ["", '<meta charset="utf-8">', "<meta charset=gb2312>", "its own"])
@pytest.mark.parametrize("encoding", TEXTS)
def test_texts_of_many_encodings_whatever_is_declared(encoding: str, declared: str) -> None:
    head = f"<meta charset={encoding}>" if declared == "its own" else declared
    body = f"<html><head>{head}<title>x</title></head><body><p>{TEXTS[encoding]}</p></body></html>"
    if encoding == "euc_jp" and "gb2312" in declared:
        pytest.skip("all of it is GB2312 as well")
    assert TEXTS[encoding] in decode(body.encode(encoding), None).text


@pytest.mark.parametrize(
    "encoding", ["gb18030", "big5", "shift_jis", "euc_kr", "windows-1250", "windows-1254"]
)
def test_a_template_that_says_latin_1_is_not_believed(encoding: str) -> None:
    text = TEXTS["gb2312" if encoding == "gb18030" else encoding] * 3
    body = f"<html><head><meta charset=iso-8859-1></head><body><p>{text}</p></body></html>"
    assert text in decode(body.encode(encoding), None).text


def test_mojibake_is_said_and_left() -> None:
    broken = "The company’s trial – “good” – results".encode().decode("cp1252", "replace") * 2
    assert decode(broken.encode(), None).text == broken
    assert is_mojibake(broken)
    assert not is_mojibake("The company’s café, naïve and good – “yes”")
    body = f"<html><body><h1>A trial</h1><p>{broken * 9}</p></body></html>".encode()
    found = extract(Page(url="https://example.com/a", body=body, fetched=datetime(2026, 1, 1, tzinfo=UTC)))
    assert (found.encoding, found.article.text) == ("utf-8, mojibake", " ".join([broken * 9]))
