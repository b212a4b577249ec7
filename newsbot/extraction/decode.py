"""Bytes to text, as browsers do it; and text without characters that no reader should meet."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from bs4.dammit import EncodingDetector
from w3lib.encoding import http_content_type_encoding, resolve_encoding

CONTROL_BYTES = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"
INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\xad"
"""Bidi overrides, zero-width characters and soft hyphens: nothing one can read, much that can deceive."""

UNWANTED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff{INVISIBLE}]")
WEB_ENCODINGS = (
    *(
        "utf-8",
        "utf-16",
        "utf-32",
        "gb",
        "big5",
        "cp",
        "shift_jis",
        "euc_",
        "iso2022",
        "iso8859",
        "koi8",
        "mac-",
        "hz",
    ),
    *("ascii", "tis", "johab", "latin"),
)
"""How Python's names of encodings begin that pages are written in; it has others, such as idna."""

WIDE_ENCODINGS = ("utf-16", "utf-32", "iso2022", "utf-7", "hz")

ZEROED_ENCODINGS = ("utf-16", "utf-32")

META_CHARSET = re.compile(
    rb"<\s{0,3}(?:meta\s[^<>]{0,300}?charset|\?xml\s[^<>]{0,300}?encoding)\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{2,40})",
    re.IGNORECASE,
)

COMMON_CHARACTERS = {
    "gb18030": "的一是了在不有人这中大国为上个来到时我们以和地要年生会对发业公司学日分行作用后能"
    "多经与新工、，。“”：（）",
    "big5": "的一是了在不有人這中大國為上個來到時我們以和地要年生會對發業公司學日分行作用後能"
    "多經與新工、，。「」：（）",
    "cp932": "のにはをたがでてとしれさいるもかなっらーンスルトリ、。年日人会「」",
    "euc_jp": "のにはをたがでてとしれさいるもかなっらーンスルトリ、。年日人会「」",
    "cp949": "이다의에는을를가고한은로하지도사기인대자어서시정일수과리해",
    "cp1255": "יוהלאתרמבשנכדעקחצפגזטסםןךףץ",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "cp1252": "éèàçêùüöäßñáíóúâîôëïøåæ’‘“”–—…£€«»°®©\xa0",
    "koi8_r": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "cp1253": "αοιετσνηρυπκμλςάίόέύώδγθχφβξζψ",
    "cp1254": "ıİşŞğĞçÇöÖüÜâîû’‘“”–\xa0",
    "cp1256": "اليمنورتبدعسقفهحكجشصضطظخغثذزءأإآةىئؤ،",
    "cp1250": "ěščřžýáíéůúąćęłńóśźżőűöüä’“”„–\xa0",
}
"""What the commonest characters of each language look like once its usual encoding is decoded.

Of equals the first wins: all of Hebrew can be Cyrillic letters too, but not the other way round.
"""

SINGLE_BYTE = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r")
"""Here nearly every character that is not ASCII is a common one; in any other text read so, few are."""


JAPANESE_ESCAPES = (b"\x1b$B", b"\x1b$@")
SIXTEEN_BITS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""How pages begin that no mark, header or meta tag could announce in a way that can be read."""

UNLIKELY, LIKELY = 0.03, 0.2
SECOND_LOOK = 12_000
MOJIBAKE = ("â€", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Ã³", "Â\xa0", "ã€", "ï¼Œ", "ä¸")
"""What UTF-8 looks like that was read as Latin-1 and written again, on so many places at least:"""
FEWEST_MOJIBAKE = 3
LOST_CHINESE = "锟斤拷"
MOJIBAKE_STARTS = {sign[0] for sign in (*MOJIBAKE, LOST_CHINESE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a page, the encoding it was read in, and how that was found: bom, header, meta, utf-8 or sniffed.

    `utf8` is the same text in UTF-8. Control characters are out; invisible ones are taken out piece by piece, see
    `squeeze`: next to nothing of a page is ever looked at.
    """

    text: str
    encoding: str
    note: str
    utf8: bytes


def decode(body: bytes, content_type: str | None) -> Decoded:
    """Text of `body`: by byte order mark, HTTP header, meta tag, else by what makes the most plausible text.

    Bytes that are valid UTF-8 are read so whatever is declared; GB2312 and GBK are read as GB18030.
    """
    bare, bom = EncodingDetector.strip_byte_order_mark(body)
    if bom:
        return decoded(bare, bom, "bom")
    encoding, note = declared_encoding(body, content_type)
    unannounced = self_evident(body)
    if unannounced is not None and (encoding is None or not encoding.startswith(WIDE_ENCODINGS)):
        return decoded(body, unannounced, "sniffed")
    if encoding is not None and encoding.startswith(ZEROED_ENCODINGS) and b"\0" not in body:
        encoding, note = "utf-8", "utf-8"  # As browsers do: who could read the declaration reads no UTF-16.
    if encoding is None or encoding == "utf-8" or not encoding.startswith(WIDE_ENCODINGS):
        found = strict_utf8(body, note if encoding == "utf-8" else "utf-8")
        if found is not None:
            return found
    if encoding is None or not is_plausible(body, encoding):
        encoding, note = sniff(body, encoding), "sniffed"
    elif (other := likelier(body, encoding)) is not None:
        encoding, note = other, "sniffed"
    return decoded(body, encoding, note)


def self_evident(body: bytes) -> str | None:
    """The encoding of bytes that can be nothing else: Japanese mail's, or two bytes for each sign."""
    for start, encoding in SIXTEEN_BITS:
        if body.startswith(start) and body[2:8].count(0) == 3:
            return encoding
    return "iso2022_jp" if b"\x1b" in body and any(escape in body for escape in JAPANESE_ESCAPES) else None


def likelier(body: bytes, declared: str) -> str | None:
    """Another encoding, where what is declared makes no text of any language and the other does.

    Latin-1 and GB2312 are often declared by templates that nobody looked at.
    """
    if declared not in COMMON_CHARACTERS:
        return None
    sample = body[:SECOND_LOOK]
    if sample.isascii() or plausibility(sample, declared) > UNLIKELY:
        return None
    other = sniff(sample, declared)
    return other if other != declared and plausibility(sample, other) >= LIKELY else None


def is_mojibake(text: str) -> bool:
    """Whether a text came broken: UTF-8 read as another encoding and written again.

    >>> is_mojibake("the companyâ€™s results â€“ and donâ€™t"), is_mojibake("the company’s café")
    (True, False)
    """
    if text.isascii() or not any(first in text for first in MOJIBAKE_STARTS):
        return False
    return LOST_CHINESE in text or sum(map(text.count, MOJIBAKE)) >= FEWEST_MOJIBAKE


def decoded(body: bytes, encoding: str, note: str) -> Decoded:
    """`body` read in `encoding`, what cannot be read replaced."""
    if encoding.startswith(WIDE_ENCODINGS):
        text = UNWANTED.sub("", body.decode(encoding, "replace"))
    else:
        text = body.translate(None, CONTROL_BYTES).decode(encoding, "replace")
    return Decoded(text=text, encoding=encoding, note=note, utf8=text.encode("utf-8", "ignore"))


def strict_utf8(body: bytes, note: str) -> Decoded | None:
    """Valid UTF-8 (a character cut off at the very end is forgiven), None of anything else."""
    bare = body.translate(None, CONTROL_BYTES)
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start <= len(bare) - 4 or error.reason != "unexpected end of data":
            return None
        bare = bare[: error.start]
        text = bare.decode("utf-8")
    return Decoded(text=text, encoding="utf-8", note=note, utf8=bare)


def declared_encoding(body: bytes, content_type: str | None) -> tuple[str | None, str]:
    """The encoding that header or meta tag name, by Python's name for what browsers use, and which of them did."""
    header = http_content_type_encoding(content_type)
    if header and (known := known_encoding(header)):
        return known, "header"
    match = META_CHARSET.search(body[:8192])
    return (known_encoding(match[1].decode("ascii", "replace")) if match else None), "meta"


def known_encoding(label: str) -> str | None:
    """Python's name for a charset label (gb2312 and gbk: gb18030, latin-1: cp1252), None for an unknown one.

    >>> known_encoding("GB2312"), known_encoding("iso-8859-1"), known_encoding("x-nonsense")
    ('gb18030', 'cp1252', None)
    """
    name = resolve_encoding(label)
    try:
        info = codecs.lookup(name) if name else None
    except LookupError:
        return None
    return info.name if info is not None and info.name.startswith(WEB_ENCODINGS) else None


def is_plausible(body: bytes, encoding: str) -> bool:
    """Whether `body` can be what it is declared to be: at most one unreadable place in a hundred."""
    text = body[:200_000].decode(encoding, "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") * 100 <= max(foreign, 100)


def sniff(body: bytes, declared: str | None) -> str:
    """The encoding that makes the most plausible text of undeclared or wrongly declared bytes."""
    sample = body[:60_000]
    candidates = [*COMMON_CHARACTERS, "utf-8"]
    if declared is not None and declared not in candidates:
        candidates.append(declared)
    return max(candidates, key=lambda encoding: plausibility(sample, encoding))


def plausibility(sample: bytes, encoding: str) -> float:
    """Share of common characters among all that are not ASCII, less what is unreadable or private."""
    foreign = [c for c in sample.decode(encoding, "replace") if c > "\x7f"]
    if not foreign:
        return 1.0 if encoding == "cp1252" else 0.0
    if encoding == "utf-8":
        return 1 - 3 * foreign.count("\ufffd") / len(foreign)
    common = set(COMMON_CHARACTERS.get(encoding, ""))
    good = sum(c in common for c in foreign)
    bad = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or "\x80" <= c <= "\x9f" for c in foreign)
    odd = len(foreign) - good if encoding in SINGLE_BYTE else 0
    return (good - 3 * bad - 2 * odd) / len(foreign)


def squeeze(text: str) -> str:
    """`text` with every run of white space (also non-breaking and ideographic) as one blank.

    Control characters, lone surrogates, bidi overrides, soft hyphens and zero-width characters are out.

    >>> squeeze(" a\\xa0\\u3000 b\\n"), squeeze("a\\u202eb\\x00c\\ud800")
    ('a b', 'abc')
    """
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(UNWANTED.sub("", text).split())
