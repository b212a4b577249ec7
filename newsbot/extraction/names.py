"""Tells the names of people from other words that begin with capitals: desks, places, parts of a site."""

from __future__ import annotations

import re

from newsbot.extraction.byline import is_chinese_name
from newsbot.extraction.byline_words import SPEECH

LONGEST_NAMES = 120
MOST_WORDS = 5

PARTICLES = frozenset(
    ("de", "van", "von", "der", "den", "del", "della", "la", "le", "al", "el", "bin", "ibn", "di", "da", "dos", "du",
     "ten", "ter", "zu", "af", "av", "y", "e", "bint", "do", "das", "dalla", "st.", "d'", "op", "het", "ben")
)  # fmt: skip
"""Small words inside names."""

_OTHER_WORDS = (
    # sections of sites, buttons, kinds of text, roles, institutions, places, months
    "news newsroom press release releases blog blogs home article articles story stories post posts "
    "health business sport sports tech technology science politics opinion world local national "
    "international regional economy finance money market markets breaking latest live video videos "
    "photo photos gallery share print email save listen read view views more all follow subscribe "
    "sign log login comments comment newsletter about contact us privacy policy terms media center "
    "centre company companies corporate investor investors relations events event resources research "
    "insights insight case study studies guide guides review reviews best top how what why when "
    "where who the a an your our my this that these we you is are for from with and or to in on at "
    "of by new editorial team staff desk update updated published posted written edited reviewed min "
    "minutes profile author authors editor editors writer reporter correspondent contributor "
    "columnist journalist director manager president officer professor senior chief copyright rights "
    "reserved advertisement sponsored partner partners product products services service solutions "
    "industry travel food style life lifestyle culture arts entertainment music movies books games "
    "education university college school institute hospital clinic association foundation society "
    "group agency department ministry office bank inc ltd llc gmbh corp co exclusive analysis "
    "explained report reports special series feature features interview table contents image source "
    "credit getty reuters associated monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december north south "
    "east west united york angeles francisco washington london paris berlin tokyo beijing shanghai "
    "kong street park city county state states republic kingdom europe asia africa america american "
    "european global daily weekly times tribune gazette journal herald magazine today tips tricks "
    "ideas trends facts results part day week year free learn start text "
    "download certificate link links button click here expert experts reviewer "
    "advisor analyst risk risks questions goals plan "
    # the same in other languages
    "redaktion nachrichten wirtschaft politik sport kultur wissen gesundheit panorama lokales "
    "meinung kommentar neue neuer neues der die das ein eine und im am aus foto bild video mehr "
    "artikel teilen drucken startseite actualités économie société santé politique culture monde le "
    "la les un une des rédaction partager redacción noticias economía sociedad salud política "
    "cultura mundo los las el redazione notizie economia salute politica cronaca redação redactie "
    "nieuws redakce redakcja haber haberler gündem ekonomi spor editör"
)
NOT_IN_NAMES = frozenset(_OTHER_WORDS.split())
"""Words that no name of a person has, in lower case."""

DESKS = frozenset(
    ("team", "staff", "editors", "editorial", "newsroom", "desk", "redaktion", "redazione", "redacción", "redaccion",
     "rédaction", "redação", "redactie", "redakce", "redakcja", "redaksi", "редакция")
)  # fmt: skip
"""Words of which one is in the name of a desk, in lower case."""

CHINESE_DESKS = (
    "部",
    "科",
    "处",
    "處",
    "中心",
    "办公室",
    "编辑室",
    "小组",
    "组",
    "委员会",
    "公司",
    "医院",
    "学院",
    "局",
)
"""How names of departments and institutions end in Chinese."""

OUTLETS = (
    "报",
    "報",
    "通讯社",
    "新华社",
    "中新社",
    "网",
    "網",
    "电视台",
    "电台",
    "客户端",
    "杂志",
    "频道",
    "在线",
    "日报社",
    "晚报社",
)
"""How names of outlets end in Chinese."""

_SEPARATORS = re.compile(r"\s?[,;/|&]\s?|\s(?:and|und|et|y|e|og|och|en)\s")
_DEGREE = re.compile(
    r"(?:Dr|Prof|MD|PhD|Ph\.D|M\.D|PharmD|RN|MPH|MSc|BSc|MA|MBA|RD|DO|FACP|FNP|DDS|JD|CFP|CPA)\.?"
)
_ASKING = re.compile(r"[\u3400-\u9fff]{0,4}(?:记者|記者|主持人)\s?[:：\s]")
_WORD = re.compile(r"[^\W\d_][\w’'.-]{0,24}(?<![’']s)")


def is_person(text: str) -> bool:
    """Whether a text has the form of one person's name and none of the words that no name has.

    >>> is_person("Ana van der Berg"), is_person("Dr. Jane Q. Doe"), is_person("王小明"), is_person("Press Release")
    (True, True, True, False)
    """
    words = [word for word in text.split() if not _DEGREE.fullmatch(word)]
    if len(words) == 1:
        return is_chinese_name(text)
    if not 2 <= len(words) <= MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    if not all(word[0].isupper() or word.lower() in PARTICLES for word in words):
        return False
    unlike = (word.lower().strip(".") for word in words if word not in PARTICLES)
    return words[-1][0].isupper() and NOT_IN_NAMES.isdisjoint(unlike)


def are_people(text: str) -> bool:
    """Whether a text is a list of names and nothing else.

    >>> are_people("Jane Doe, John Q. Roe & Ana Berg"), are_people("Jane Doe, Berlin")
    (True, False)
    """
    parts = [part for part in _SEPARATORS.split(text[:LONGEST_NAMES]) if part and not _DEGREE.fullmatch(part)]
    return len(text) <= LONGEST_NAMES and bool(parts) and all(map(is_person, parts))


def is_desk(text: str) -> bool:
    """Whether a text is the name of a desk and nothing else.

    >>> is_desk("Example Staff"), is_desk("Our team of experts"), is_desk("医务部")
    (True, False, True)
    """
    if text > "\u2e7f":
        return len(text) > 2 and text.endswith(CHINESE_DESKS)
    words = text.replace("-", " ").split()
    named = all(word[0].isupper() for word in words)
    return 2 <= len(words) <= MOST_WORDS and named and not DESKS.isdisjoint(word.lower() for word in words)


def is_outlet(text: str) -> bool:
    """Whether a Chinese name is that of a paper, an agency, a station or a site.

    >>> is_outlet("新京报"), is_outlet("示例网"), is_outlet("王报")
    (True, True, False)
    """
    return len(text) > 2 and text.endswith(OUTLETS) and not is_chinese_name(text)


def is_question(text: str) -> bool:
    """Whether an interviewer speaks in a line: behind 记者 stands what is said, not who they are.

    >>> is_question("记者：您怎么看"), is_question("记者：张三"), is_question("记者：这会持续多久？")
    (True, False, True)
    """
    if text.isascii() or not _ASKING.match(text):
        return False
    return text.endswith(("？", "?", "！", "!", "。")) or any(word in text for word in SPEECH)
