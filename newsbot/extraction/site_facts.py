"""Reads what a footer says of the site: filings, licences, company, contact. Contact lines count in the footer only,
for notices and press releases carry such lines inside their body, where they are content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsbot.extraction.blocks import RawBlock
from newsbot.model import SiteFact

FOOTER_LINES = 60
SHORTEST_TOLD, SIGN_BEHIND = 40, 3
MOST_FACTS = 100
LONGEST_FOOTER_BLOCK = 1200
FOOTER_REACH = 8
"""How many blocks before the first filing or copyright line still belong to the footer."""

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬蘇粵陝"
_HAN = "\u3400-\u9fff"
_FOLD = (
    {0xFF01 + i: 0x21 + i for i in range(94)}
    | dict.fromkeys((0xA0, 0x3000, 9, 10, 13), " ")
    | {0x3010: "[", 0x3011: "]"}
)
_FOLDABLE = re.compile("[" + "".join(map(re.escape, map(chr, _FOLD))) + "]")
_IS_CHINESE = re.compile(f"[{_HAN}]")
_INNER_SPACE = re.compile(
    rf"(?<=[{_HAN}])\s{{1,9}}(?=[{_HAN}A-Za-z\d(:*])|(?<=[\dA-Za-z):*])\s{{1,9}}(?=[{_HAN}])"
)
_DASHED = re.compile(r"(?<=号)\s{0,3}-\s{0,3}(?=\d)")
_NUMBER = r"(?:\d{4,12}|[*xX×]{4,12})"

# Kind -> the forms of filings and licences in text without inner spaces; group 1 is what is kept.
LEGAL_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("icp_licence", re.compile(rf"([{_PROVINCES}]?ICP[证證]\s?:?\s?(?:[{_PROVINCES}]?[AB][12]-\d{{8}}(?"
        rf":-\d{{1,3}})?|\d{{4,8}}(?:-\d{{1,3}})?)号?)", re.I)),
    ("icp", re.compile(rf"([{_PROVINCES}]?ICP[备備]案?号?\s?:?\s?{_NUMBER}[号號]?(?:-\d{{1,3}})?[A-Z]?)", re.I)),
    ("icp", re.compile(rf"([{_PROVINCES}]ICP{_NUMBER}号?(?:-\d{{1,3}})?)", re.I)),
    ("police", re.compile(rf"([{_PROVINCES}]?公(?:网安|安网)备号?\s?:?\s?(?:\d{{8,16}}|[*xX×]{{4,16}})号?)")),
    ("police", re.compile(r"公安(?:机关)?(?:联网)?备案(?:号|编号)?:?\s?(\d{8,16}(?:-\d{1,6})?号?)")),
    ("drug_information_licence", re.compile(rf"(\([{_PROVINCES}]\)\s?-?\s?(?:非)?经营性-\d{{4}}-\d{{3,5}})")),
    ("drug_information_licence", re.compile(rf"互联网药品(?:信息|交易)服务(?:资格)?证?书?(?:编号|"
        rf"号)?:?\s?([{_PROVINCES}]?[A-Z]?\d{{6,12}}号?)")),
    ("drug_information_licence", re.compile(rf"(\(?[{_PROVINCES}]\)?网械平台备字[\[(]\d{{4}}[\])]第?\d{{3,8}}号?)")),
    ("other_licence", re.compile(rf"((?:增值电信业务)?(?:经营)?许可证(?:编号|"
        rf"号)?:?\s?[{_PROVINCES}]?[AB][12]\.?[AB]?[12]?-\d{{8}}(?:-\d{{1,3}})?)")),
    ("other_licence", re.compile(r"(网信算备\d{12,24}号?(?:-\d{1,3})?)")),
    ("other_licence", re.compile(r"(组织机构代码(?:证)?:?\s?[\dA-Z]{8}-?[\dA-Z])")),
    ("other_licence", re.compile(rf"([{_HAN}]{{2,12}}(?:许可证|备案证|经营备案|资格证书?|登记证书?)(?:编号|"
        rf"号)?\s?:?\s?[\(\[]?[{_PROVINCES}]?[\)\]]?[{_HAN}]{{0,8}}[\dA-Z][\dA-Z\-]{{4,24}}号?)")),
)  # fmt: skip
_LEGAL_HINTS = (
    "ICP",
    "icp",
    "安备",
    "安网备",
    "安 备",
    "公安备案",
    "经营性",
    "许可证",
    "网械平台",
    "网信算备",
    "组织机构代码",
    "药品信息服务",
    "药品交易服务",
)

_YEARS = r"(?:19|20)\d\d(?:\s?[-–—~至/,]\s?(?:(?:19|20)\d\d|present|now|今))?"
_COPYRIGHT_PARTS = ("©", "opyright", "OPYRIGHT", "opy right", "版", "eserved", "ESERVED", "(c)", "(C)")
_COPYRIGHT_SIGN = re.compile(
    r"copy\s?right|©|\(c\)\s?(?:19|20)\d\d|版权所有|版權所有|版\s权\s所\s有|all rights reserved", re.I
)
_NAME_END = re.compile(
    rf"all\srights?\s?reserv\w{{0,3}}|版权所有|版權所有|保留所有权利|保留一切权利|不得转载|技术支持|"
    rf"power(?:ed)?\s?by|design(?:ed)?\s?by|"
    rf"[{_PROVINCES}]?ICP|[{_PROVINCES}]公网|备案|许可证|\||网站地图|地址|电话|邮编|联系|TEL\b|FAX\b|E-?mail|ADD\b|"
    r"privacy|terms\b|cookie|use\sof\sthis|site\s?map|主办|承办|未经|如有|法律声明|隐私|©|copyright|\.\s",
    re.I,
)
_COPYRIGHT_NAME = re.compile(
    rf"(?:copy\s?rights?|©|\(c\)|版权所有|版權所有|reserved)[\s:©.,|"
    rf"\-]{{0,6}}(?:\(c\)\s?)?(?:by\s)?(?:{_YEARS})?(?:年)?[\s.,:\-©|]{{0,6}}(?:by\s)?",
    re.I,
)
# The bare word "copyright" is followed by a name only where that begins like one.
_NAME_START = re.compile(rf"[A-Z{_HAN}]")
_NAME_BEFORE = re.compile(rf"([{_HAN}A-Za-z(（][{_HAN}A-Za-z()（）·&.,\s]{{2,40}}?)\s?(?:版权所有|版權所有)")
_NO_COMPANY = re.compile(
    r"^(?:www\.|https?:|欢迎|welcome|your\s|and\b|for\b|the\b$|本站|未经)|rights\sreserved|官方微博|website",
    re.IGNORECASE,
)
_EDGE = " \t|,，;；:：.。-–—©·•/\\[]<>"

CONTACT_LABELS: dict[str, str] = {
    "phone": "TEL|Tel|tel|Telephone|Phone|PHONE|电话|联系电话|公司电话|服务电话|客服电话|咨询电话|客服热线|"
    "服务热线|全国服务热线|"
    "全国免费服务热线|咨询热线|免费热线|热线电话|服务热线电话|销售热线|热线|总机|電話|座机|手机|手机号码|"
    "Mobile|Mob|Hotline",
    "fax": "FAX|Fax|fax|传真|公司传真|傳真|传真电话",
    "email": "E-mail|E-MAIL|Email|EMAIL|email|e-mail|E-Mail|Mail|邮箱|电子邮箱|电子邮件|公司邮箱|企业邮箱|"
    "联系邮箱|信箱|邮件|電子郵件",
    "address": "ADD|Add|Address|ADDRESS|地址|公司地址|联系地址|通讯地址|总部地址|办公地址|单位地址|工厂地址|"
    "厂址|医院地址|地 址|地址1",
    "postcode": "Code|CODE|Post code|Postcode|Zip code|Zip|ZIP|P.C|邮编|邮政编码|邮 编|郵編",
    "": "QQ|微信|联系人|网址|网站|Web|Website|Http|http|https|传真号|技术支持|主办单位|承办单位|主办|承办|支持|"
    "备案号|网站标识码|开户行|账号|Contact|Skype|WhatsApp|WeChat|工作时间|举报电话|监督电话|投诉电话|版权所有",
}  # fmt: skip
_KIND_OF = {
    form: kind
    for kind, labels in CONTACT_LABELS.items()
    for label in labels.split("|")
    for form in (label, label.replace(" ", ""))
}
_LABELS_BY_END = {
    last: sorted((label for label in _KIND_OF if label[-1] == last), key=len, reverse=True)
    for last in {label[-1] for label in _KIND_OF}
}
_LETTER = re.compile("[A-Za-z]")
_PHONE = re.compile(r"[+(]?\d[\d\s()+\-–—/、,;转ext.A-Z]{4,70}")
_EMAIL = re.compile(r"[A-Za-z\d_.+\-]{1,64}@[A-Za-z\d\-]{1,63}(?:\.[A-Za-z\d\-]{1,63}){1,4}")
_POSTCODE = re.compile(r"[A-Z]{0,2}\d[\dA-Z \-]{2,9}")
_ADDRESS_END = re.compile(rf"copyright|©|[{_PROVINCES}]?ICP|版权所有|\||公网安备|备案|邮编|Tel\b|TEL\b", re.I)


_FIRST_SIGN = re.compile(
    rf"ICP|copyright|©|\(c\)|公\s?网\s?安|经营性|[{_HAN}]{{0,4}}许可证|服务资格|组织机构", re.I
)
_RESERVED = re.compile(r"all rights reserved|版权所有|版權所有|未经|转载|仅供参考|本站|本网", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """Facts in order of the page, each once, the blocks they were read from, and the company that signs the page."""

    facts: tuple[SiteFact, ...] = ()
    company: str | None = None
    consumed: dict[int, str]


def read_site_facts(blocks: Sequence[RawBlock]) -> SiteFacts:
    """Filings from anywhere; company and contact from the footer: its elements, and the lines round its legal ones."""
    start = max(0, len(blocks) - FOOTER_LINES)
    foreign, low, marked = _sorted_out(blocks, start)
    legal = _positions_with(foreign, _LEGAL_HINTS)
    signed = {p for p in _signed_positions(low) if not _is_told(blocks[p].text)}
    footer = marked | _last_lines(blocks, sorted(p for p in legal | signed if p >= start))
    companies = {p: read_company(compact(blocks[p].text)) for p in signed}
    facts: dict[SiteFact, None] = {}
    consumed: dict[int, str] = {}
    for position in sorted(legal | footer):
        text, index = blocks[position].text, blocks[position].index
        is_signed = position in signed and position in footer
        if not (is_signed or position in legal or ":" in text or "：" in text or "@" in text):
            continue
        if _is_told(text):
            continue
        short = compact(text)
        found = list(_legal_facts(short)) if position in legal else []
        if is_signed and (company := companies[position]):
            found.append(SiteFact(kind="company", value=company))
        if position in footer:
            found += _contact_facts(short, blocks[position + 1].text if position + 1 in footer else "")
        facts.update(dict.fromkeys(found[: max(0, MOST_FACTS - len(facts))]))
        if found or is_signed:
            consumed[index] = f"site {found[0].kind}" if found else "copyright"
    last = max((p for p in companies if p >= start and companies[p]), default=None)
    return SiteFacts(facts=tuple(facts), company=None if last is None else companies[last], consumed=consumed)


def footer_company(blocks: Sequence[RawBlock]) -> str | None:
    """The company that the last lines of a page name behind a copyright sign."""
    start = max(0, len(blocks) - FOOTER_LINES)
    signed = [p for p in _signed_positions(_sorted_out(blocks, start)[1]) if p >= start]
    names = (read_company(compact(blocks[position].text)) for position in sorted(signed, reverse=True))
    return next((name for name in names if name), None)


def _is_told(text: str) -> bool:
    """Whether a text speaks of a licence or a copyright in sentences, as news does, and is none of a footer's lines.

    >>> _is_told("The court found that the firm had copied © 2019 Example material and must pay for all of it.")
    True
    >>> _is_told("© 2019 Example Ltd. All rights reserved. The content of this site may not be used otherwise.")
    False
    """
    if len(text) < SHORTEST_TOLD or not text.rstrip().endswith((".", "。", "”", "；")):
        return False
    first = _FIRST_SIGN.search(text)
    return first is not None and first.start() >= SIGN_BEHIND and not _RESERVED.search(text)


def compact(text: str) -> str:
    """Full-width forms folded, spaces inside Chinese and between label and number dropped: 京 ICP 备 1 号 - 1."""
    if text.isascii():
        return text[:LONGEST_FOOTER_BLOCK]
    folded = text[:LONGEST_FOOTER_BLOCK]
    if _FOLDABLE.search(folded):
        folded = folded.translate(_FOLD)
    if not _IS_CHINESE.search(folded):
        return folded
    if "号" in folded and "-" in folded:
        folded = _DASHED.sub("-", folded)
    return _INNER_SPACE.sub("", _INNER_SPACE.sub("", folded)) if " " in folded else folded


Texts = list[tuple[int, str]]
"""Positions of blocks and their texts."""


def _sorted_out(blocks: Sequence[RawBlock], start: int) -> tuple[Texts, Texts, set[int]]:
    """Of the blocks short enough: those with more than ASCII, as filings have; those from `start` on or in footer
    elements; the positions in footer elements."""
    foreign: Texts = []
    low: Texts = []
    marked: set[int] = set()
    for position, block in enumerate(blocks):
        text = block.text
        if len(text) > LONGEST_FOOTER_BLOCK:
            continue
        if not text.isascii():
            foreign.append((position, text))
        if "footer" in block.marks:
            marked.add(position)
            low.append((position, text))
        elif position >= start:
            low.append((position, text))
    return foreign, low, marked


def _signed_positions(texts: Texts) -> set[int]:
    """Positions of those texts that have a copyright sign."""
    found = _positions_with(texts, _COPYRIGHT_PARTS)
    return {position for position, text in texts if position in found and _COPYRIGHT_SIGN.search(text)}


def _positions_with(texts: Texts, hints: Sequence[str]) -> set[int]:
    """Positions of texts with one of the hints; most pages are done with one look at the whole."""
    whole = "\n".join([text for _, text in texts])
    present = [hint for hint in hints if hint in whole]
    return {position for hint in present for position, text in texts if hint in text}


def _last_lines(blocks: Sequence[RawBlock], last: Sequence[int]) -> set[int]:
    """Positions from a little before the `last` legal or copyright lines on."""
    if not last:
        return set()
    first = begin = _first_of_cluster(last)
    if "footer" in blocks[first].marks:
        return {p for p in range(first, len(blocks)) if len(blocks[p].text) <= LONGEST_FOOTER_BLOCK}
    while begin > max(0, first - FOOTER_REACH) and _is_contact_like(blocks[begin - 1]):
        begin -= 1
    return {p for p in range(begin, len(blocks)) if len(blocks[p].text) <= LONGEST_FOOTER_BLOCK}


def _first_of_cluster(signs: Sequence[int]) -> int:
    """The first of the last signs that lie close together."""
    first = signs[-1]
    for sign in reversed(signs):
        if first - sign > 12:
            break
        first = sign
    return first


def _is_contact_like(block: RawBlock) -> bool:
    """Whether a line above the legal ones is footer too: short, and a labelled contact or only links."""
    text = block.text
    return len(text) <= 200 and (
        block.link_length * 2 > len(text) or ((":" in text or "：" in text) and bool(_labels(compact(text))))
    )


def _legal_facts(text: str) -> Iterator[SiteFact]:
    """Each filing once: what an earlier form has taken, a later one does not see."""
    for kind, pattern in LEGAL_FORMS:
        for match in pattern.finditer(text):
            yield SiteFact(kind=kind, value=match[1].strip())
        text = pattern.sub(" ", text)


def read_company(text: str) -> str | None:
    """The name in a copyright line: "Copyright © 2017-2020 X CO.,LTD 沪ICP备…" -> "X CO.,LTD"."""
    if "所有" in text and (match := _NAME_BEFORE.search(text)) and (name := _clean_company(match[1])):
        return name
    for match in _COPYRIGHT_NAME.finditer(text):
        rest = text[match.end() : match.end() + 120]
        if match[0].strip().isalpha() and match[0].isascii() and not _NAME_START.match(rest):
            continue
        end = _NAME_END.search(rest)
        if name := _clean_company(rest[: end.start()] if end else rest):
            return name
    return None


def _clean_company(text: str) -> str | None:
    text = re.sub(
        rf"copy\s?rights?|©|\(c\)|all\srights?\sreserved|{_YEARS}|^by\s|^本(?:网站|站|网)",
        " ",
        text,
        flags=re.I,
    )
    name = " ".join(text.split()).strip(_EDGE)
    if (
        len(name) < 2
        or len(name) > 80
        or _NO_COMPANY.search(name)
        or not re.search(rf"[{_HAN}A-Za-z]{{2}}", name)
    ):
        return None
    return f"{name}." if re.search(r"\b(?:Inc|Ltd|Co|Corp)$", name) and f"{name}." in text else name


def _contact_facts(text: str, following: str) -> Iterator[SiteFact]:
    """Labelled contacts, a phone's number perhaps in the block that follows; addresses of mail also without a label."""
    labels = _labels(text) if ":" in text else []
    ends = [*(begin for begin, _, _ in labels[1:]), len(text)]
    for (_, begin, kind), end in zip(labels, ends, strict=False):
        value = text[begin:end].strip()
        if not value and end == len(text) and kind == "phone":
            value = compact(following)
        if kind and (clean := _clean_contact(kind, value)):
            yield SiteFact(kind=kind, value=clean)
    if "@" in text and not any(kind == "email" for _, _, kind in labels):
        yield from (SiteFact(kind="email", value=match[0]) for match in _EMAIL.finditer(text))


def _labels(text: str) -> list[tuple[int, int, str]]:
    """(begin of a label, end of its colon, kind) of every label with a colon behind it: the longest that fits."""
    found = []
    colon = text.find(":")
    while colon >= 0:
        end = colon - text[:colon].endswith(" ")
        for label in _LABELS_BY_END.get(text[end - 1 : end], ()):
            begin = end - len(label)
            if text.startswith(label, max(0, begin)) and not _LETTER.match(text, begin - 1, begin):
                found.append((begin, colon + 1, _KIND_OF[label]))
                break
        colon = text.find(":", colon + 1)
    return found


def _clean_contact(kind: str, value: str) -> str | None:
    """The value without what follows it; None where it is no phone, address or code at all."""
    if kind in ("phone", "fax"):
        match = _PHONE.match(value)
        found = match[0].rstrip(_EDGE + "(+") if match else ""
        return found if sum(c.isdigit() for c in found) >= 5 else None
    if kind in ("email", "postcode"):
        match = (_EMAIL if kind == "email" else _POSTCODE).search(value[:120])
        return match[0].strip() if match else None
    end = _ADDRESS_END.search(value)
    address = (value[: end.start()] if end else value).strip(_EDGE)
    return address if 5 <= len(address) <= 160 else None


def values_of(facts: Iterable[SiteFact], kind: str) -> tuple[str, ...]:
    """All values of one kind."""
    return tuple(fact.value for fact in facts if fact.kind == kind)
