"""Reads who wrote, edited and supplied an article out of the lines round its headline and at its end.

Labels and values are often glued (日期：2016-5-1来源:X) or empty (Source:  Author:): a value ends where the
next label begins, and an empty value is unknown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from newsbot.extraction import byline_words as words
from newsbot.extraction.dates import DatePlace, Span, ages_in, dates_in
from newsbot.extraction.decode import squeeze

LONGEST_BYLINE = 400
LONGEST_NAME = 60
LONGEST_SOURCE = 60
LONGEST_LEAD = 80
LONGEST_TAIL_LINE = 40
LONGEST_AGED = 80
"""Characters of a line in which an age (3 days ago) may be that of the article."""

_CJK = "\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff"
_HAN = re.compile(f"[{_CJK}]")
_FIELD_OF = {
    label.lower(): name for name, labels in words.COLON_LABELS.items() for label in labels.split("|")
}


def _alternatives(labels: Iterable[str]) -> str:
    return "|".join(re.escape(label).replace(r"\ ", r"\s") for label in sorted(labels, key=len, reverse=True))


_COLON = re.compile("[:：]")
_LONGEST_LABEL = max(map(len, _FIELD_OF))
_SPACED_LABEL = re.compile(r"(来|作|时|日|编|稿|责)[\s\u3000\xa0]{1,4}(源|者|间|期|辑|编)(?=\s{0,2}[:：])")
_REPORTER = re.compile(
    rf"(?:[{_CJK}]{{0,10}}?(?:记者|記者|通讯员|实习生|特约撰稿人?|撰稿人?|执笔人?)|"
    rf"(?<![{_CJK}])[文图](?=\s?[/／|｜丨:：]))"
    rf"[\s/／|｜丨:：]{{1,3}}(?P<names>[{_CJK}·、\s]{{2,40}})"
)
_BRACKETED_REPORTER = re.compile(
    rf"[（(【\[〔]\s?[{_CJK}]{{0,12}}?(?:记者|記者|通讯员|通訊員)\s?[:：／/]?\s?(?P<names>[{_CJK}·、，\s]{{2,40}}?)"
    rf"\s?(?:[／/][{_CJK}]{{2,10}})?\s?[）)】\]〕]"
)
"""Who reports, in brackets before the first words: （记者 张三）, 【記者張三／台北報導】."""

_PIPED_LABEL = re.compile(
    r"(?:^|(?<=\s))(作者|记者|記者|撰文|撰稿|编辑|編輯|责编|責編|来源|來源|供稿|采写|整理|通讯员)\s?[|｜丨]\s?"
)
"""A label as magazines set it: 作者｜张三."""

_TAIL_REPORTER = re.compile(
    rf"[（(【\[]\s?(?:[{_CJK}·]{{0,12}}?(?:记者|記者|通讯员|作者|撰稿|撰文|供稿|"
    rf"文)[\s/／:：]{{0,3}})(?P<names>[{_CJK}·、，\s]{{2,40}}?)"
    rf"(?:\s?[摄文图报道/／]{{1,4}})?\s?[）)】\]]\s?$"
)
_ASKS = ("？", "！", "?", "!")
LONGEST_CHINESE_NAME = 6
"""Characters of a name that is written without a dot between its parts."""

_EDITOR_NOTE = re.compile(
    r"[（(【\[]?\s?(?:责任编辑|責任編輯|责编|責編|编辑|編輯|编审|审核|校对|值班编辑|本文编辑)\s?[:：]\s?"
    r"(?P<names>[\w·、，,\s]{1,40}?)\s?[)）】\]]?\s?$"
)
_NAME_SEPARATORS = re.compile(
    rf"\s?[、，,;；|/／&•·](?=\s)\s?|[、，;；|/／]|\s(?:{'|'.join(words.JOINERS)})\s", re.IGNORECASE
)
_ADDRESS = re.compile(r"\S{1,80}@\S{1,80}|https?://\S{1,200}|www\.\S{1,100}|@\w{1,40}")
_BY = re.compile(
    rf"^(?:{_alternatives(words.LINE_OPENERS)})(?!\w)[\s:：]{{0,3}}|(?<=\s)by\s(?=[\w@])"
    r"|^(?:written |posted |published )?by(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_OPENING = frozenset(opener.partition(" ")[0] for opener in words.LINE_OPENERS)
_EDITING = frozenset(opener.partition(" ")[0] for opener in words.EDITOR_OPENERS)
_HANDLE = re.compile(r"@?[\w.-]{2,25}")
_EDITED = re.compile(rf"^(?:{_alternatives(words.EDITOR_OPENERS)})\b[\s:：]{{0,3}}", re.IGNORECASE)
_MODIFIED_BEFORE = re.compile(rf"(?:{_alternatives(words.MODIFIED_WORDS)})[^.]{{0,12}}$", re.IGNORECASE)
_TODAY_BEFORE = re.compile(r"(?:今天是|今天|今日|today is|heute ist)[^.]{0,6}$", re.IGNORECASE)
_PUBLISHED_BEFORE = re.compile(
    rf"(?:{_alternatives(words.PUBLISHED_WORDS)}|(?<![\u4e00-\u9fff])(?:时间|日期))[^.]{{0,12}}$",
    re.IGNORECASE,
)
_LETTERS = re.compile("[a-z]+")
_KINDS = {
    "today": frozenset(("today", "heute")),
    "modified": frozenset(words.MODIFIED_WORDS),
    "date": frozenset(words.PUBLISHED_WORDS),
}
_OTHER_ROLE = re.compile(
    r"\b(?:(?P<editing>(?:medically |clinically )?(?:reviewed|edited|checked|verified))|photos?|photographs?|"
    r"photography|pictures?|illustrations?|illustrated|translated|translation|approved)\s(?:by\s|.{4,30}\sby\s)",
    re.IGNORECASE,
)
"""Whom a line names besides authors; "approved" says who allowed what the article is about."""

_OF_SOMETHING_ELSE = re.compile(
    r"(?:\b(?:ended|ending|as of|since|until|till|founded|established|est\.?|deadline|effective|expires?|version|"
    r"tel\.?|phone|from|between|seit|bis|ab)|截至|截止|截止到|自|至)\s?[:：]?\s?$",
    re.IGNORECASE,
)
"""Words in front of a date that is not the article's."""

_POSTER = re.compile(
    r"(?:^|(?P<by>由)|[^\w]{1,3})(?P<name>(?:(?!由)[\w.-]){1,20}?)\s?(?P<verb>发表|发布|發表|發佈|提交|张贴|发帖|上传)?[于於]\s?$"
)
_POSTS = re.compile("发表|发布|發表|發佈|提交|张贴|发帖|上传")
_IN_BRACKETS = re.compile(
    r"[\[【（(]\s?([\u4e00-\u9fff]{2,4}(?:[\s、][\u4e00-\u9fff]{2,4}){0,3})\s?(?:[)）】\]]|$)"
)
_TAIL_NAMES = re.compile(
    r"[。”！？][（(]\s?([\u4e00-\u9fff]{2,4}(?:[\s、][\u4e00-\u9fff]{2,4}){0,3}\s?)[)）]$"
)
_REPORTS = re.compile(r"\s\S{0,10}(?:报道|報道|电|電|摄|攝)$")
_DIGIT = re.compile(r"\d")
_LAST_WORD = re.compile(r"([A-Za-z]{2,15})\s$")
_COUNT = re.compile(r"\s?\d[\d.,]{0,9}\s?万?\+?\s{0,2}$")
_FILLERS = re.compile(
    r"\b\d{1,3}\s?-?\s?min(?:ute|uten|utes|s)?\b\.?(?:\s(?:read|lesezeit))?|\b\d{1,4}\s(?:comments?|views?|shares?)\b",
    re.IGNORECASE,
)
_FILLER_WORDS = frozenset(
    word for phrase in (*words.MODIFIED_WORDS, *words.PUBLISHED_WORDS) for word in phrase.split()
) | frozenset(words.BESIDE_DATES.split())
_GLUED = re.compile(r"(?<=[a-z])(?=(?:Updated|Published|Posted)\b)")
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_NAME_END = re.compile(
    r"(?<=[\w,])\s(?:in|on|at|for|from|is|was|has|im|am|für|training|published|posted|updated|reviewed|edited"
    r"|Published|Updated|Reviewed|Yesterday|Today|\d+)\b(?!\s(?:and|&)\s)"
    rf"|(?:(?<=\w)\s|(?<=[a-z])){_MONTHS}\.?(?=\s\d)|\s[–—|·•⋅-]\s|\.\s(?=[A-Z][a-z]+\s[a-z])"
)
_ROLE_BEHIND = re.compile(
    r"(?<=\w)\s(?:(?:In|On|At|For|Staff|News|Health|Medical|Science|Business|Political|Technology)(?=\s)"
    r"|(?:Former|Senior|Junior|Chief|Lead|Deputy|Managing|Contributing|Executive|Associate|Guest|Special"
    r"|Writer|Reporter|Editor|Correspondent|Contributor|Founder|Director|CEO)\b(?!\s(?:and|&)\s))"
    r"|(?<=\w),?\s(?:[Cc]orrespondante?|[Ee]nvoyée?s?\ss?[Ss]?pécia(?:le?s?|ux)|[Ee]nviad[oa]s?\s[Ee]special(?:es)?)\b"
)
_EDGE = " \t|,，;；、·•-–—/[]【】()（）〖〗《》「」<>\"'“”:：.。*_~"
NO_SOURCES = frozenset(
    ("none", "null", "n/a", "未知", "网络", "互联网", "本站", "本网", "本网站", "本站原创", "原创", "佚名")
)
"""What stands where a source is credited, and is none: unknown, the net, the site itself."""

_FORM = re.compile(r"\b(?:Inc|Ltd|Corp|Co|Cos|LP|S\.A|N\.V|B\.V|S\.p\.A)$")
"""Forms of companies that end in a stop."""

_PROVIDED = re.compile(r"(?:news |content )?(?:provided|distributed|issued) by\s", re.IGNORECASE)
"""How newswires credit the company that pays for a release."""

LONGEST_BEFORE_BY = 40
"""Characters before "by" in a byline: a section, a day. With more, it is a sentence."""

_TIME_OF_DAY = re.compile(r"\d{1,2}[:hH]\d{2}(?::\d{2})?")
_REPORTER_ROLE = re.compile(
    r"(?:本报|本网|特约|首席|见习|实习)?(?:记者|記者|通讯员|实习生|撰稿人?|执笔人?|文|图)$"
)
_REPORTING = re.compile(
    r"^(?:本报|本网|新华社|人民网|央广网|中新社|[^\s]{1,8}(?:日报|晚报|网|社|报))?(?:全媒体|首席|特约|实习|"
    r"见习|驻\w{1,6})?(?:记者|記者|通讯员)\s?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What one line says. `dates` are texts with a day in them; `rest` is what no field explains."""

    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    rest: str = ""


def read_byline(text: str) -> Byline:
    """The fields of a line such as "Time:2024-09-26  Source:  Author:" or "By Jane Doe | 26 Sep 2024"."""
    text = " ".join(text[:LONGEST_BYLINE].split())
    if not text.isascii():
        if text.endswith(_ASKS) and _HAN.search(text):
            return Byline(rest=text)
        text = _SPACED_LABEL.sub(r"\1\2", text)
        if "|" in text or "｜" in text or "丨" in text:
            text = _PIPED_LABEL.sub(r"\1：", text)
    elif "dated" in text or "ublished" in text or "osted" in text:
        text = _GLUED.sub(" ", text)
    marks = _find_labels(text)
    if not marks:
        return _unlabelled(text)
    fields: dict[str, list[str]] = {}
    ends = [*(start for start, _, _ in marks[1:]), len(text)]
    for (_, begin, name), end in zip(marks, ends, strict=True):
        fields.setdefault(name, []).append(text[begin:end])
    opening = _unlabelled(text[: marks[0][0]])
    behind = _trailing(fields)
    return Byline(
        source=next((s for value in fields.get("source", ()) if (s := clean_source(value))), None),
        authors=_people(fields.get("author", ())) or _reporters(text) or opening.authors,
        editors=_people(fields.get("editor", ())),
        dates=(*fields.get("date", ()), *opening.dates, *(text for line in behind for text in line.dates)),
        modified=(
            *fields.get("modified", ()),
            *opening.modified,
            *(text for line in behind for text in line.modified),
        ),
        labels=(*fields, *opening.labels),
        rest=opening.rest,
    )


def _find_labels(text: str) -> list[tuple[int, int, str]]:
    """(start of the label, start of its value, field) of every label in front of a colon.

    Chinese labels may be glued to what stands before them; western ones begin a word.
    """
    found: list[tuple[int, int, str]] = []
    if ":" not in text and "：" not in text:
        return found
    for colon in _COLON.finditer(text):
        end = len(text[: colon.start()].rstrip())
        floor = found[-1][1] if found else 0
        for start in range(max(floor, end - _LONGEST_LABEL), end):
            label = text[start:end].lower()
            if label in _FIELD_OF and not _is_tail_of_word(label, text[max(0, start - 20) : start]):
                found.append((start, colon.end(), _FIELD_OF[label]))
                break
    return found


def _is_tail_of_word(label: str, before: str) -> bool:
    """Whether a label is only the end of a longer word or name: "datasource", "Event date", 会议时间."""
    last = before[-1:]
    if label[0].isascii():
        word = _LAST_WORD.search(before) if label in ("date", "time") else None
        named = word is not None and word[1].lower() not in words.BEFORE_DATE
        return (last.isascii() and last.isalpha()) or named
    return _FIELD_OF[label] in ("date", "modified") and bool(_HAN.match(last))


def _trailing(fields: dict[str, list[str]]) -> list[Byline]:
    """Values of other fields that have a day behind them: 来源：新华社 2020-02-29."""
    return [
        _unlabelled(value)
        for name in ("source", "author", "editor", "")
        for value in fields.get(name, ())
        if (places := _days_in(value)) and (name or places[0].start > 1)
    ]


def _days_in(text: str) -> Sequence[DatePlace | Span]:
    """Where a line says when: its days, or in a short one without them an age."""
    return dates_in(text) or (ages_in(text) if len(text) <= LONGEST_AGED else ())


def _unlabelled(text: str) -> Byline:
    """A line without labels: "By Jane Doe", a date, 本报记者 张三."""
    places = _days_in(text)
    if provided := _PROVIDED.match(text):
        end = places[0].start if places else len(text)
        dates = (text[end:],) if places else ()
        return Byline(
            source=text[provided.end() : end].strip(" \t|,·–—-") or None, dates=dates, labels=("source",)
        )
    if not places:
        return _with_names(Byline(rest=text.strip(_EDGE)), text.strip(_EDGE))
    ends = [0, *(place.end for place in places)]
    gaps = [text[end : place.start] for end, place in zip(ends, places, strict=False)]
    kinds = [_kind_of_date(gap[-30:]) for gap in gaps]
    starts = [0, *(place.start for place in places[1:]), len(text)]
    pieces = [text[max(0, start - 8 * (start > 0)) : end] for start, end in pairwise(starts)]
    named = zip(pieces, kinds, strict=True)
    bare = without_fillers(" ".join((*gaps, text[places[-1].end :])))
    found = Byline(
        dates=tuple(piece for piece, kind in zip(pieces, kinds, strict=True) if kind in ("", "date")),
        modified=tuple(piece for piece, kind in named if kind == "modified"),
        labels=("date",) if "date" in kinds else (),
        rest=bare,
    )
    if role := _OTHER_ROLE.search(text):
        names = (
            _western_names(without_fillers(text[role.end() :].partition(" | ")[0])) if role["editing"] else ()
        )
        return replace(found, editors=names, labels=(*found.labels, "editor"), rest="") if names else found
    return _with_names(_with_poster(found, gaps[0], text), bare)


_JOINING = frozenset(("on", "at", "um", "den", "date", "time"))


def is_alone(text: str) -> bool:
    """Whether a line is a date, whoever published it then, and nothing else.

    >>> is_alone("Published on 26 Sep 2024, 10:30"), is_alone("File photo from 12 March 2011")
    (True, False)
    """
    places = dates_in(text)
    starts, ends = [place.start for place in places], [place.end for place in places]
    around = " ".join(text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True))
    left = without_fillers(around)
    return bool(_BY.match(left)) or all(word.lower() in _JOINING for word in left.split())


def without_fillers(text: str) -> str:
    """A line, its dates taken out, without the times and words that go with dates."""
    if _DIGIT.search(text):
        text = _FILLERS.sub(" ", _TIME_OF_DAY.sub(" ", text))
    left = (word for word in text.split() if word.lower().strip(_EDGE) not in _FILLER_WORDS)
    return " ".join(left).strip(_EDGE)


def _with_poster(found: Byline, before: str, text: str) -> Byline:
    """`found` with the name in front of a date of posting: duscha 发表于 2005-03-15; 本帖由 duscha 于 … 发表."""
    poster = _POSTER.search(before[-30:]) if before.endswith(("于", "於", "于 ", "於 ")) else None
    if poster is None or not (poster["verb"] or (poster["by"] and _POSTS.search(text))):
        return found
    names = split_people(poster["name"])
    return replace(found, authors=names, labels=("author", "date"), rest="") if names else found


def _kind_of_date(before: str) -> str:
    """What the words before a date make of it: "date" (of publication), "modified", "today", "other"; else ""."""
    if not before.strip():
        return ""
    if _OF_SOMETHING_ELSE.search(before):
        return "other"
    kind = _kind_in_ascii(before) if before.isascii() else _kind_in_any(before)
    return kind or ("other" if before.rstrip().endswith((":", "：")) else "")


def _kind_in_ascii(before: str) -> str:
    """The same by the last words, which is quicker."""
    last = _LETTERS.findall(before.lower())[-4:]
    return next((kind for kind, told in _KINDS.items() if not told.isdisjoint(last)), "")


def _kind_in_any(before: str) -> str:
    patterns = {"today": _TODAY_BEFORE, "modified": _MODIFIED_BEFORE, "date": _PUBLISHED_BEFORE}
    return next((kind for kind, pattern in patterns.items() if pattern.search(before)), "")


def _with_names(found: Byline, bare: str) -> Byline:
    """`found` with the people that an opener without a colon names."""
    if found.authors:
        return found
    lower = bare.lower()
    first = lower.partition(" ")[0].rstrip(":：")
    if first in _EDITING and (opener := _EDITED.match(bare)):
        return replace(
            found, editors=split_people(bare[opener.end() :]), labels=(*found.labels, "editor"), rest=""
        )
    opens = first in _OPENING or first.startswith("by") or "by" in lower
    opener = _BY.search(bare) if opens else None
    if opener and _may_open(bare[: opener.start()], bool(found.dates or found.modified)):
        named = bare[opener.end() :].partition(" | ")[0]
        if names := _names_behind(opener[0].strip(" :：").lower(), named):
            rest = bare[: opener.start()].strip(_EDGE)
            return replace(found, authors=names, labels=(*found.labels, "author"), rest=rest)
    if names := _reporters(bare):
        return replace(
            found, authors=names, labels=(*found.labels, "author"), rest=_REPORTER.sub("", bare).strip(_EDGE)
        )
    bracket = _IN_BRACKETS.search(bare) if (found.dates or found.modified) and not bare.isascii() else None
    if bracket and (names := _surnamed(bracket[1])):
        return replace(found, authors=names, labels=(*found.labels, "author"))
    return found


def _names_behind(opener: str, named: str) -> tuple[str, ...]:
    """The names behind an opener; single words only behind one that cannot mean anything else."""
    names = _western_names(named) or (_handle(named) if opener.endswith("by") else ())
    whole = all(" " in name or _HAN.match(name) for name in names)
    return names if whole or opener not in words.WEAK_OPENERS else ()


def _may_open(before: str, dated: bool) -> bool:
    """Whether "by" behind these words names an author: in other lines it says who made or plays something."""
    if not before:
        return True
    last = before.lower().split()[-2:]
    return len(before) <= LONGEST_BEFORE_BY and (
        dated or (last[-1] in words.BEFORE_BY and last[0] not in words.PASSIVE)
    )


def _handle(text: str) -> tuple[str, ...]:
    """The name that somebody goes by, if it is all there is: "by duscha"."""
    text = text.strip(_EDGE + "〓※")
    return split_people(text) if _HANDLE.fullmatch(text) and not text.isdigit() else ()


def _surnamed(text: str) -> tuple[str, ...]:
    """Chinese names of two to four characters, if each begins with a surname: 常书香 马丹阳, and not 完 or 全文."""
    names = _split_chinese(_REPORTS.sub("", text)) if " " in text else text.split("、")
    return tuple(names) if names and all(map(is_chinese_name, names)) else ()


def is_chinese_name(text: str) -> bool:
    """Whether a text begins with a surname and is as long as a name.

    >>> is_chinese_name("王小明"), is_chinese_name("完")
    (True, False)
    """
    if text[:2] in words.LONG_SURNAMES:
        return 3 <= len(text) <= 4
    if text in words.NOT_CHINESE_NAMES:
        return False
    return 2 <= len(text) <= 3 and text[0] in words.SURNAMES and text[-1] not in "摄文图报网社电完等"


def _reporters(text: str) -> tuple[str, ...]:
    """The names behind 记者, 通讯员, 文/ in a line."""
    if text.isascii() or text.endswith(_ASKS):
        return ()
    found = [*_BRACKETED_REPORTER.finditer(text[:LONGEST_BYLINE]), *_REPORTER.finditer(text)]
    whole = None if found else _BRACKETED_REPORTER.fullmatch(f"（{text}）")
    if whole and all(map(is_chinese_name, split_people(whole["names"]))):
        found = [whole]
    return _unique(
        name
        for match in found
        for name in split_people(_REPORTS.sub("", match["names"].rstrip()))
        if len(name) <= LONGEST_CHINESE_NAME or "·" in name
    )


def read_lead(text: str) -> tuple[str, ...]:
    """Who reports by the brackets before the first words: 本报讯（记者 张三）, 【記者張三／台北報導】."""
    match = _BRACKETED_REPORTER.search(text[:LONGEST_LEAD])
    return split_people(match["names"]) if match else ()


def read_tail(text: str) -> Byline:
    """Authors and editors in brackets at the end of a paragraph or alone in the last line of an article."""
    tail = text[-120:]
    if match := _EDITOR_NOTE.search(tail):
        alone = match.start() == 0 and len(text) <= len(tail)
        return Byline(editors=split_people(match["names"]), labels=("editor",), rest="" if alone else text)
    if match := _TAIL_REPORTER.search(tail):
        return Byline(authors=split_people(match["names"]), labels=("author",), rest=text[: -len(match[0])])
    if len(text) <= LONGEST_TAIL_LINE and (names := _reporters(text) or _signed(text)):
        return Byline(authors=names, labels=("author",))
    if (match := _TAIL_NAMES.search(tail)) and (names := _surnamed(match[1].strip())):
        return Byline(authors=names, labels=("author",), rest=text[: -len(match[0])])
    return Byline(rest=text)


def _signed(text: str) -> tuple[str, ...]:
    """The Chinese names behind a label that is all a line has besides: 供稿：医务部 张三."""
    byline = read_byline(text)
    return byline.authors if not byline.rest and any(map(is_chinese_name, byline.authors)) else ()


def _western_names(text: str) -> tuple[str, ...]:
    """Names behind "By": refused unless every part begins with a capital, so that prose is no byline.

    A single word behind a full name is a place: "Eva Muster, Frankfurt".
    """
    names = split_people(_before_role(text))
    if not names or not all(map(_may_be_named, names)):
        return ()
    people = without_agencies(names)
    whole = " " in people[0]
    return (people[0], *(name for name in people[1:] if " " in name or not (whole and name.isalpha())))


def without_agencies(names: Sequence[str]) -> Sequence[str]:
    """The names that are no agency's, or all where there are no others."""
    return [name for name in names if name.lower() not in words.AGENCIES] or names


def _may_be_named(name: str) -> bool:
    """Whether a piece of a byline can be a name: it begins with a capital and holds no colon."""
    return ":" not in name and (name[:1].isupper() or name[:1] == "@" or bool(_HAN.match(name)))


def _before_role(text: str) -> str:
    """What stands before a preposition, a month or a role: "Jane Doe in Oncology", "Jane Doe Senior Editor".

    A role behind a single word is part of a desk's name: "Example Staff".
    """
    cut = _NAME_END.search(text)
    text = text[: cut.start()] if cut else text
    role = _ROLE_BEHIND.search(text)
    return text[: role.start()] if role and " " in text[: role.start()].strip() else text


def clean_source(text: str) -> str | None:
    """The outlet that a value names: cut before dates and tools, None for an empty or sentence-like value."""
    whole = " ".join(text.split())
    text = _cut_at_tools(_before_date(whole.strip(_EDGE)).split("|")[0]).strip(_EDGE)
    if reporter := _REPORTER.search(text):
        text = _REPORTER_ROLE.sub("", text[: reporter.start("names")].strip(_EDGE)).strip(_EDGE)
    if not text or len(text) > LONGEST_SOURCE or "。" in text or text.lower() in NO_SOURCES:
        return None
    return f"{text}." if _FORM.search(text) and f"{text}." in whole else text


def _cut_at_tools(text: str) -> str:
    """A value up to the tools and counters that follow it: 药报 2.1万阅读."""
    places = [at for word in words.TOOL_WORDS if (at := text.find(word)) > 0]
    return _COUNT.sub("", text[: min(places)]) if places else text


def _people(values: Iterable[str]) -> tuple[str, ...]:
    texts = (_cut_at_tools(_before_date(value)).split("|")[0] for value in values)
    return _unique(
        name for text in texts for name in split_people(_before_role(text) if text.isascii() else text)
    )


def _before_date(text: str) -> str:
    """A value up to the date that follows it."""
    places = dates_in(text) or [age for age in ages_in(text) if age.start]
    return _TIME_OF_DAY.split(text[: min(place.start for place in places)] if places else text)[0]


def split_people(text: str) -> tuple[str, ...]:
    """Single names out of a list of people: 张三、李四; "Jane Doe and John Roe, Staff Writers"."""
    text = squeeze(html.unescape(text[:300])) if "&" in text else text[:300]
    text = _without_address(text).strip(_EDGE)
    if not text.isascii():
        text = _REPORTING.sub("", text).strip(_EDGE)
    parts = [part for piece in _NAME_SEPARATORS.split(text) for part in _split_chinese(piece)]
    return _unique(name for part in _join_degrees(parts) if (name := clean_name(part)))


def _without_address(text: str) -> str:
    """A text without addresses of mail and of pages, which hold an @ or a stop."""
    return _ADDRESS.sub(" ", text) if "@" in text or "." in text else text


def _split_chinese(text: str) -> list[str]:
    """Names set apart by spaces, if all of it is Chinese: 张三 李四; a spaced name stays one: 李 明."""
    pieces = text.split()
    if not pieces or not all(_HAN.match(piece) and len(piece) <= 5 for piece in pieces):
        return [text]
    if len(pieces) == 2 and all(len(piece) == 1 for piece in pieces):
        return ["".join(pieces)]
    return pieces


_ROLES = words.ROLE_WORDS | {f"{word}s" for word in words.ROLE_WORDS}
_DEGREE = re.compile(r"(?=(?:[^A-Z]{0,7}[A-Z]){2}|Jr|Sr|Esq)(?:[A-Z][A-Za-z]{0,4}\.?\s?){1,5}®?")


def _join_degrees(parts: list[str]) -> list[str]:
    """Degrees behind a comma go back to their name: "Rebecca Lake", "CEPF"."""
    joined: list[str] = []
    for part in parts:
        if joined and _is_role(part):
            continue
        if joined and len(part) <= 8 and _is_degree(part.strip()):
            joined[-1] = f"{joined[-1]}, {part.strip()}"
        else:
            joined.append(part)
    return joined


def _is_degree(text: str) -> bool:
    """Whether a word is what somebody may put behind a name, and not an agency."""
    return " " not in text and bool(_DEGREE.fullmatch(text)) and text.lower() not in words.AGENCIES


def _is_role(text: str) -> bool:
    return any(word.strip(".").lower().removeprefix("co-") in _ROLES for word in text.split())


_BRACKETED = re.compile(r"\s?[（(][^（()）]{0,60}[)）]?")
_FOOTNOTE = re.compile(r"(?<=[a-z])\d(?:,\d)*$")
_NO_CHINESE_NAME = re.compile("转载|代表|网络|整理|综合|本站|观点|版权")
_TOOL = re.compile(r"(?:view|see|read|show|more|follow|about|sign|log|click)\s", re.IGNORECASE)
_NAME_EDGE = _EDGE.replace(".", "")


def clean_name(text: str) -> str | None:
    """One name without "By", brackets, addresses; None where no name is left."""
    text = _BY.sub("", text).strip()
    if not text.isascii():
        text = _REPORTING.sub("", text)
    if "(" in text or "（" in text:
        text = _BRACKETED.sub("", text)
    text = _FOOTNOTE.sub("", " ".join(text.split()).strip(_NAME_EDGE))
    if not text or len(text) > LONGEST_NAME or text.lower() in words.NOT_NAMES or _TOOL.match(text):
        return None
    if text > "\u2e7f" and (len(text) == 1 or _NO_CHINESE_NAME.search(text)):
        return None
    if not any(c.isalpha() for c in text) or sum(c.isdigit() for c in text) > 4 or len(text.split()) > 7:
        return None
    return text


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Names in order, the second of two that differ in case or spaces only left out."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault("".join(name.lower().split()), name)
    return tuple(seen.values())
