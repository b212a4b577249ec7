"""XML of strangers as a tree: any encoding, broken or not; no entity is resolved and nothing is fetched.

feedparser was tried: one in ten damaged feeds raised TypeError, OverflowError, ValueError or another
error of its own, and it takes twice as long.
"""

from __future__ import annotations

import codecs
import html.entities
import re
import zlib

from lxml import etree
from w3lib.encoding import resolve_encoding

from newsbot.errors import FeedError

MIB = 1024 * 1024
MAX_UNPACKED = 64 * MIB
MAX_MEMBERS = 64
MAX_TAGS = 1_000_000
PROLOGUE = 65_536

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))
TEXT_CODECS = re.compile(
    r"utf-8(?:-sig)?|ascii|gb2312|gbk|gb18030|hz|big5(?:hkscs)?|shift_jis|cp932|euc_jp|iso2022_jp|euc_kr|cp949"
    r"|johab|iso8859-\d{1,2}|cp125\d|cp874|tis-620|koi8-[rut]|mac-\w{2,9}"
)
SINGLE_BYTE = re.compile(r"ascii|iso8859|cp125|cp874|tis|koi8|mac")
DECLARED = re.compile(rb"""^\s{0,9}<\?xml[^>]{0,200}?encoding\s{0,3}=\s{0,3}["']([\w.:-]{1,40})["']""")
CHARSET = re.compile(r"""charset\s{0,3}=\s{0,3}["']?([\w.:-]{1,40})""", re.IGNORECASE)
DECLARATION = re.compile(r"^\s{0,9}<\?xml[^>]{0,500}\?>")
DOCTYPE = re.compile(r"<!doctype", re.IGNORECASE)
SUBSET_END = re.compile(r"\]\s{0,50}>")
NAMED_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
XML_ENTITIES = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def unpack(body: bytes, url: str) -> bytes:
    """The bytes, unpacked if they are gzip. A torn archive gives what can be read of it.

    Raises FeedError beyond MAX_UNPACKED.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacked = b""
    for _ in range(MAX_MEMBERS):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            unpacked += unpacker.decompress(body, MAX_UNPACKED + 1 - len(unpacked))
        except zlib.error:
            break
        if len(unpacked) > MAX_UNPACKED:
            raise FeedError(url, f"unpacks to more than {MAX_UNPACKED // MIB} MiB")
        body = unpacker.unused_data
        if not body:
            break
    return unpacked


def decode(body: bytes, content_type: str | None) -> str:
    """The text of the bytes: byte order mark, declaration, header, then what decodes without a fault.

    UTF-8 comes before a declared single-byte encoding, which would accept any bytes.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for start, encoding in UNMARKED:
        if body.startswith(start):
            return body.decode(encoding, "replace")
    for encoding in _candidates(body, content_type):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode(_mostly(body, content_type), "replace")


def _candidates(body: bytes, content_type: str | None) -> list[str]:
    declared = _declared(body, content_type)
    wide = [name for name in declared if not SINGLE_BYTE.match(name)]
    narrow = [name for name in declared if SINGLE_BYTE.match(name)]
    return [*wide, "utf-8", *narrow, "gb18030"]


def _mostly(body: bytes, content_type: str | None) -> str:
    return next(iter(_declared(body, content_type)), "utf-8")


def _declared(body: bytes, content_type: str | None) -> list[str]:
    in_body = DECLARED.match(body)
    in_header = CHARSET.search(content_type or "")
    names = (in_body[1].decode("ascii", "replace") if in_body else None, in_header[1] if in_header else None)
    resolved = [resolve_encoding(name) for name in names if name]
    return [name for name in resolved if name and TEXT_CODECS.fullmatch(name)]


def parse_xml(text: str, url: str) -> etree._Element:
    """The root of the text's tree, with whatever a broken document still says.

    Raises FeedError for what is no XML at all, or has more than MAX_TAGS tags.
    """
    if text.count("<") > MAX_TAGS:
        raise FeedError(url, f"holds more than {MAX_TAGS:,} tags")
    clean = _without_doctype(DECLARATION.sub("", text, count=1).lstrip())
    clean = NOT_XML.sub("", NAMED_ENTITY.sub(_named, clean))
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(clean.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise FeedError(url, "is no XML")
    return root


def _named(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name in XML_ENTITIES else html.entities.html5.get(name, match[0])


def _without_doctype(text: str) -> str:
    """The document without its DOCTYPE, and so without any entity of its own."""
    found = DOCTYPE.search(text, 0, PROLOGUE)
    if found is None:
        return text
    close = text.find(">", found.end())
    subset = text.find("[", found.end(), close if close >= 0 else None)
    if subset >= 0 and (end := SUBSET_END.search(text, subset)):
        close = end.end() - 1
    return text[: found.start()] + text[close + 1 :] if close >= 0 else text


def local_name(element: etree._Element) -> str:
    """The element's name in lower case, without namespace or prefix.

    >>> local_name(etree.fromstring('<rdf:RDF xmlns:rdf="urn:x"/>'))
    'rdf'
    """
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def namespace_of(element: etree._Element) -> str:
    """The namespace of an element's name, "" without one. Broken names are taken as they are."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""
