"""Press releases taken apart: news, about the company, forward-looking statements, safety, contacts; the dateline.

Source of the forms: releases of Western and Chinese drug makers on their own sites and on newswires.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.body import CJK, Choice, weigh
from newsbot.extraction.rules import FURNITURE_MARKS
from newsbot.model import Block, BlockKind, Section

SECTIONS: tuple[tuple[Section, re.Pattern[str]], ...] = tuple(
    (section, re.compile(pattern, re.IGNORECASE))
    for section, pattern in (
        (
            Section.FORWARD_LOOKING,
            r"(?:cautionary (?:note|statement|language)|safe harbou?r)\b.{0,60}|"
            r".{0,60}\bforward[ -]looking (?:statements?|information)\b.{0,60}|"
            r".{0,10}前瞻性?(?:声明|陈述|聲明|陳述).{0,10}",
        ),
        (
            Section.SAFETY,
            r"(?:u\.?s\.? )?(?:important|select(?:ed)?|additional|"
            r"full)? ?(?:important )?safety (?:information|considerations).{0,60}|"
            r"indications? (?:and|&) .{0,60}|(?:boxed )?warnings?(?: and precautions)?|"
            r"prescribing information.{0,40}|"
            r"(?:重要)?安全(?:性)?信息.{0,20}|适应症(?:和|与|及).{0,20}",
        ),
        (
            Section.CONTACTS,
            r"(?:media|press|investors?|company|corporate|public|news|agency|europe|"
            r"u\.?s\.?)?(?: (?:&|and|/) (?:media|investors?|press))?"
            r" ?(?:relations|contacts?|inquiries|enquiries)(?: (?:information|details|persons?|us))?|"
            r"for (?:further|more|additional) information.{0,40}|"
            r"(?:媒体|投资者|新闻|公司|企业|业务|商务|媒體|投資者)?(?:联系|联络|垂询|咨询|聯絡|聯繫)(?:我们|人|方式|资料|信息)?",
        ),
        (
            Section.ABOUT,
            r"about (?!(?:this|us$|the (?:author|expert|writer|reporter|study authors)))\S.{0,100}|"
            r"(?:关于|關於)(?!本文|我们)\S.{0,40}",
        ),
    )
)
"""Headings that begin a section of a release."""

SIGNS = (
    *(
        "about ",
        "forward",
        "safe",
        "cautionary",
        "indication",
        "warning",
        "prescribing",
        "contact",
        "relations",
    ),
    *(
        "inquiries",
        "enquiries",
        " information",
        "关于",
        "關於",
        "前瞻",
        "安全",
        "适应症",
        "联",
        "聯",
        "垂询",
        "咨询",
    ),
)
"""One of these is in every such heading: one quick look that most lines pass by."""

CONFESSION = re.compile(
    r"(?:this|these|certain|some|any|all|the|except|statements?|to the extent|"
    r"in addition).{0,220}?\bforward[ -]looking\b|"
    r"本(?:新闻稿|公告|文|报告).{0,40}前瞻性",
    re.IGNORECASE,
)
ABOUT_RUN_IN = re.compile(r"about [A-Z][^.:]{1,60}[:：–—]\s|(?:关于|關於)[^。，：]{2,30}[:：]", re.IGNORECASE)
CONTACT_LINE = re.compile(
    r"(?:(?:media|press|investor)s?(?: relations)? (?:contact|inquiries|enquiries)s?|SOURCE|"
    r"联系人|联系方式|媒体联系|垂询)"
    r"\s?[:：]?\s?\S|SOURCE\s+[A-Z]",
)
LONGEST_HEADING = 120
LEAST_NEWS = 200
LEAST_SHARE = 0.25
"""So many Western characters, and so much of the whole, stand before the first section of a release."""

WIRES: dict[str, str] = {
    "globenewswire": "GlobeNewswire",
    "globenewswirevianewsfile": "GlobeNewswire",
    "businesswire": "Business Wire",
    "prnewswire": "PR Newswire",
    "prnewswireviacomtex": "PR Newswire",
    "prnewswireusnewswire": "PR Newswire",
    "accesswire": "ACCESS Newswire",
    "accessnewswire": "ACCESS Newswire",
    "newsfilecorp": "Newsfile",
    "newsfile": "Newsfile",
    "marketwired": "Marketwired",
    "marketwire": "Marketwired",
    "einpresswire": "EIN Presswire",
    "prweb": "PRWeb",
    "cision": "Cision",
    "eqs": "EQS",
    "acn": "ACN Newswire",
    "acnnewswire": "ACN Newswire",
    "reuters": "Reuters",
    "ap": "AP",
    "afp": "AFP",
    "upi": "UPI",
    "dpa": "dpa",
    "bloomberg": "Bloomberg",
    "xinhua": "Xinhua",
    "kyodo": "Kyodo",
    "yonhap": "Yonhap",
    "tass": "TASS",
    "ians": "IANS",
    "pti": "PTI",
    "ani": "ANI",
    "bernama": "Bernama",
    "cnw": "CNW",
    "ots": "ots",
    "美通社": "PR Newswire",
    "新华社": "Xinhua",
    "新華社": "Xinhua",
    "新华网": "Xinhua",
    "中新社": "China News Service",
    "中新网": "China News Service",
    "中国新闻网": "China News Service",
    "人民网": "People's Daily Online",
    "央视网": "CCTV",
    "财联社": "Cailian Press",
    "商业资讯": "Business Wire",
    "美国商业资讯": "Business Wire",
}
"""Newswires and agencies by the letters of their name as printed, and how we write them."""

DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^()/\n]{1,90}?)\s{0,2}(?:(?:--|—|–)\s?)?"
    r"(?:[(/（]\s?(?P<wire>[^()/（）]{2,30}?)\s?[)/）])?\s{0,2}(?:/?(?:--|——|—|–|－)|\s-\s)"
)
DATELINE_ENDS = ("--", "—", "–", "－", " -")
CHINESE_DATELINE = re.compile(
    r"[（(【]?(?P<wire>[\u4e00-\u9fff]{2,6}?(?:社|网|"
    r"網))(?P<place>[\u4e00-\u9fff·]{0,12}?(?:\d{1,2}月)?\d{1,2}日)(?:电|讯|電|訊|消息)"
)
PLACE_CASE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,}(?:,|$)|[\u4e00-\u9fff]{2,}")
NAMED_PLACE = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’'-]{1,24}[,\s/]{1,3}){1,5}"
    r"(?:\d{1,2}\.?\s[A-ZÀ-Þ][a-zà-ÿ]{2,9}|[A-Z][a-z]{2,8}\.?\s\d{1,2}),?\s(?:19|20)\d\d"
)
"""A place in small letters is believed with a day and its year: Basel, Switzerland, 17 October 2026."""

DATED = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}|"
    r"\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec)|\d{1,2}月\d{1,2}日",
    re.IGNORECASE,
)
DATELINE_REACH = 160
LONGEST_CHINESE_PLACE = 30

_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
    r"(?:\s\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s\d{4})?|"
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|(?:\d{4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?日"
)
_NOTED = (
    r"\s?[,，]?\s?(?:(?:of|on|dated|issued|added|made)\s|[于於])?"
    rf"[(（\[]?(?:{_DAY})(?:,?\s(?:at\s)?\d{{1,2}}[:.]\d{{2}}(?:\s?[ap]\.?m\.?)?)?[)）\]]?"
)
"""The day of a note: Correction, 21 November 2026: or 更正（2026年11月21日）："""

CORRECTION = re.compile(
    r"[【\[(（*]{0,2}\s?(?:corrections?(?: (?:and|&) clarifications?)?|clarifications?|"
    r"corrected|erratum|更正|勘误|更正说明|更正启事|勘誤)"
    rf"(?:{_NOTED})?\s?[:：\]】—–]|"
    rf"[【\[(（*]{{0,2}}\s?(?:updated|更新|修订|修訂){_NOTED}\s?[:：](?!\s?\d{{1,2}}[:：.]\d)\s?\S|"
    r"(?:(?:editor.s note|note to readers)\s?[:：]\s?)?(?:this|an earlier|a previous|"
    r"the original) (?:article|story|version|release|headline|post)\b"
    r".{0,120}?\b(?:correct(?:ed|s|ion)?|incorrectly|misstated|misspelled|misidentified|inaccurate)\b|"
    r"编者注[:：].{0,60}更正",
    re.IGNORECASE,
)
"""How a note begins that says what was put right. "Updated" and 更新 only with a day: news is updated, too."""

CONTACTS_BOX = re.compile(
    r"contacts|inquiries|enquiries|(?:media|press|news|investors?|corporate|company|agency)"
    r"(?: (?:&|and|/) (?:media|investors?|press))? (?:relations|contacts?|inquiries|enquiries)"
    r"|(?:pressekontakt|ansprechpartner für (?:die )?(?:medien|presse)|contacts? presse|contacto de prensa)"
    r"|(?:媒体|投资者|新闻|媒體|投資者)(?:联系|联络|垂询|咨询|聯絡|聯繫)(?:人|方式)?|本件に関する(?:お)?問い?合わせ先?",
    re.IGNORECASE,
)
"""Headings of boxes with a release's contacts. (Contact us and 联系我们 head the site's own.)"""

REACHABLE = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.|\+?\d[\d() -]{5,18}\d")
LARGEST_BOX = 16
LONGEST_CONTACT = 160
LONGEST_CORRECTION = 800
CORRECTION_TITLE = re.compile(
    r".{0,30}\b(?:correct(?:ion|s|ed)|erratum|corrigendum)\b|.{0,20}(?:更正|勘误|勘誤)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place and date as printed, and the newswire or agency as we write it."""

    text: str
    wire: str | None = None


def sectioned(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the section that each belongs to.

    Sections stand at the end of a release; an ordinary heading behind one leads back to the news.
    """
    sizes = [weigh(block.text) for block in blocks]
    least = max(LEAST_NEWS, LEAST_SHARE * sum(sizes))
    before = 0
    section = Section.BODY
    found = []
    for block, size in zip(blocks, sizes, strict=True):
        if before >= least:
            section = next_section(block, section)
        found.append(block if section is Section.BODY else replace(block, section=section))
        before += size
    return tuple(found)


def with_contacts(choice: Choice, blocks: Sequence[RawBlock]) -> Choice:
    """The choice with the box of contacts behind a release: a heading that names them, then addresses and numbers."""
    start = choice.end
    if start >= len(blocks) or not CONTACTS_BOX.fullmatch(blocks[start].text.rstrip(" :：")):
        return choice
    end = start + 1
    for block in blocks[start + 1 : start + 1 + LARGEST_BOX]:
        fits = len(block.text) <= LONGEST_CONTACT and FURNITURE_MARKS.isdisjoint(choice.marks[block.index])
        if not fits or (
            block.kind is BlockKind.HEADING and not CONTACTS_BOX.fullmatch(block.text.rstrip(" :："))
        ):
            break
        end += 1
    reachable = any(REACHABLE.search(block.text) for block in blocks[start + 1 : end])
    return replace(choice, end=end) if reachable and start > 0 else choice


def next_section(block: Block, current: Section) -> Section:
    """The section that goes on with a block."""
    text = block.text
    if is_heading_like(block):
        named = section_named(text)
        if named is not None:
            return named
        if block.kind is BlockKind.HEADING and current is not Section.CONTACTS:
            return Section.BODY
    if block.kind is BlockKind.TABLE_ROW and current in (Section.ABOUT, Section.FORWARD_LOOKING):
        return Section.BODY  # Figures of a quarter stand behind what is said of the company.
    if CONTACT_LINE.match(text):
        return Section.CONTACTS
    if (
        block.kind is BlockKind.PARAGRAPH
        and ("orward" in text[:400] or "前瞻" in text[:60])
        and CONFESSION.match(text[:400])
    ):
        return Section.FORWARD_LOOKING
    return Section.ABOUT if current is not Section.BODY and ABOUT_RUN_IN.match(text[:120]) else current


def section_named(text: str) -> Section | None:
    """The section that a heading begins."""
    low = text.lower()
    if not any(sign in low for sign in SIGNS):
        return None
    return next((section for section, pattern in SECTIONS if pattern.fullmatch(text.rstrip(" :："))), None)


def is_heading_like(block: Block) -> bool:
    """Whether a block can name what follows it: short, and no sentence."""
    text = block.text
    return len(text) <= LONGEST_HEADING and text[-1] not in ".!?。！？;；,，"


def find_dateline(blocks: Sequence[Block]) -> Dateline | None:
    """The dateline before the first words of the first paragraphs."""
    paragraphs = [block.text for block in blocks if block.kind is BlockKind.PARAGRAPH][:4]
    return next((found for text in paragraphs if (found := read_dateline(text[:DATELINE_REACH]))), None)


def read_dateline(text: str) -> Dateline | None:
    """The dateline that a text begins with.

    >>> read_dateline("BASEL, Switzerland, Sept. 26, 2024 (GLOBE NEWSWIRE) -- Example said")
    Dateline(text='BASEL, Switzerland, Sept. 26, 2024', wire='GlobeNewswire')
    >>> read_dateline("Basel, 17 October 2026 – Example said")
    Dateline(text='Basel, 17 October 2026', wire=None)
    >>> read_dateline("The trial began on 3 May 2025 – a year late")
    >>> read_dateline("新华社北京3月17日电（记者 某某）")
    Dateline(text='北京3月17日', wire='Xinhua')
    """
    chinese = None if text[0].isascii() and text[0] not in "([" else CHINESE_DATELINE.match(text)
    if chinese is not None:
        return Dateline(text=chinese["place"], wire=wire_name(chinese["wire"]))
    found = DATELINE.match(text) if any(dash in text for dash in DATELINE_ENDS) else None
    if found is None:
        return None
    place, wire = found["place"].strip(" ,-–—"), wire_name(found["wire"])
    if len(place) > LONGEST_CHINESE_PLACE and not place.isascii() and CJK.search(place):
        return None
    if wire is None and not (
        DATED.search(place) and (PLACE_CASE.match(place) or NAMED_PLACE.fullmatch(place))
    ):
        return None
    return Dateline(text=place, wire=wire)


def wire_name(printed: str | None) -> str | None:
    """How we write the name of a newswire or agency; None for what is none.

    >>> wire_name("GLOBE NEWSWIRE"), wire_name("PRNewswire"), wire_name("a comment")
    ('GlobeNewswire', 'PR Newswire', None)
    """
    return WIRES.get(re.sub(r"[\W_]+", "", printed or "").casefold())


def is_correction(text: str, title: str | None) -> bool:
    """Whether a block says what was put right in the article, which is not a correction itself."""
    if len(text) > LONGEST_CORRECTION or not CORRECTION.match(text):
        return False
    return not (title and CORRECTION_TITLE.match(title))
