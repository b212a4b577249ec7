"""Finds the headline: what the page shows and what it declares vote, the site's own name is taken off.

Company and hospital sites put the section or the company in <title> and the headline in a p, div or h2; there the
block above the byline is the headline.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from newsbot.extraction.blocks import RawBlock

LONGEST_TITLE = 300
LONGEST_LINE = 80
FURNITURE = frozenset(
    {
        "nav",
        "footer",
        "breadcrumb",
        "sidebar",
        "related",
        "comments",
        "consent",
        "modal",
        "hidden",
        "advert",
        "login",
    }
)

# How much a statement counts when statements differ; those that say the same are added up. The page's one h1 is
# seen by readers; og:title and <title> are often written for search and sharing.
WEIGHTS: dict[str, float] = {
    "meta:ArticleTitle": 4.0,
    "h1": 3.0,
    "json-ld": 2.4,
    "microdata": 2.0,
    "og": 1.6,
    "block": 1.5,
    "meta": 1.4,
    "title": 1.0,
    "twitter": 0.5,
}
PREFIX_SHARE = 0.5

_SEPARATOR = re.compile(
    r"\s{1,3}[|\-–—―:»·•_/<~]\s{1,3}|\s?[|｜‖»_＿]{1,4}\s?|\s?(?:--|——|－|::|：：|–\s|\s–)\s?"
)
_TIGHT = re.compile(r"(?<=[\u3400-\u9fff）)”？！?!\d])[-–](?=[\u3400-\u9fff])")
_NOT_LETTERS = re.compile(r"[\W_]+")
_GENERIC = re.compile(
    r"(?:新闻|资讯|文章|公告|动态|内容|信息|产品|通知|详细|查看)?(?:详情|详细|内容|正文|中心|资讯|动态|列表|"
    r"详细页|内容页|详细信息|详情页)"
    r"|新闻|首页|无标题(?:文档)?|网站首页|untitled(?: document)?|home(?: ?page)?|news(?: ?(?:details?|center|"
    r"room|detail page))?|index"
    r"|details?|articles?|blog|press releases?|document|page|\d{1,4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The headline, which statement its words are from, and the blocks that show it."""

    text: str | None = None
    origin: str | None = None
    blocks: tuple[int, ...] = ()


@lru_cache(maxsize=1024)
def squash(text: str) -> str:
    """Letters and digits only, in lower case: what two statements of one title have in common."""
    return text.lower() if text.isalnum() else _NOT_LETTERS.sub("", text).lower()


def host_name(url: str) -> str:
    """The telling label of a host: www.example.co.uk -> example."""
    labels = [
        label for label in (urlsplit(url).hostname or "").split(".") if label not in ("www", "m", "amp")
    ]
    return max(labels[:-1] or labels, key=len, default="")


def is_generic(text: str) -> bool:
    """Whether a title names a section or a kind of page and no article."""
    return bool(_GENERIC.fullmatch(text.strip()))


def strip_site(text: str, sites: Iterable[str], host: str = "") -> str:
    """A title without the site's name behind or before it, where the name is known.

    >>> strip_site("Trial meets its goal | Example News", ["Example News"])
    'Trial meets its goal'
    """
    names = {squash(site) for site in sites} - {""}
    while (cuts := list(_SEPARATOR.finditer(text))) or (cuts := list(_TIGHT.finditer(text))):
        head, tail = text[: cuts[-1].start()].strip(), text[cuts[-1].end() :].strip()
        if head and _is_site(tail, names, host):
            text = head
            continue
        head, tail = text[: cuts[0].start()].strip(), text[cuts[0].end() :].strip()
        if tail and _is_site(head, names, host):
            text = tail
            continue
        break
    return text


def _is_site(part: str, names: set[str], host: str) -> bool:
    """Whether a part of a title is a name of the site, or of its host spelt out."""
    flat = squash(part)
    if not flat or flat in names:
        return True
    if any(
        len(name) > 3 and (flat.startswith(name) or flat.endswith(name)) and len(flat) < len(name) * 2.5
        for name in names
    ):
        return True
    return (
        len(host) > 3
        and len(flat) > 3
        and (flat in squash(host) or (squash(host) in flat and len(flat) < 3 * len(host)))
    )


def cut_tail(text: str) -> str:
    """A <title> without its last part, where the parts are set apart by a separator and the first is the longest.

    Chinese pages chain headline_section_site.
    """
    cuts = list(_SEPARATOR.finditer(text)) or list(_TIGHT.finditer(text))
    for cut in (*cuts[:1], *cuts[-1:]):
        head, tail = text[: cut.start()].strip(), text[cut.end() :].strip()
        if is_generic(head) or len(head) < 4:
            continue
        if (
            _SITE_LIKE.search(tail)
            or (len(head) >= 8 and len(head) >= 0.6 * len(tail))
            or len(head) >= 2 * len(tail)
        ):
            return head
    return text


def vote(candidates: Mapping[str, str]) -> tuple[str, str] | None:
    """(origin, text) of the statement with the most weight behind it; one that begins with another lends it half."""
    flat = {origin: squash(text) for origin, text in candidates.items()}
    best: tuple[float, str] | None = None
    for origin, mine in flat.items():
        if not mine:
            continue
        score = sum(
            WEIGHTS[other] * (1.0 if theirs == mine else PREFIX_SHARE)
            for other, theirs in flat.items()
            if theirs == mine or (len(mine) > 8 and other != "h1" and theirs.startswith(mine))
        )
        if best is None or score > best[0]:
            best = score, origin
    return (best[1], candidates[best[1]]) if best else None


def find_title(
    declared: Mapping[str, str], blocks: Sequence[RawBlock], sites: Sequence[str], url: str
) -> Title:
    """The headline by vote of `declared` (origin -> text as written) and of the blocks."""
    host = host_name(url)
    written = {origin: clean_title(text) for origin, text in declared.items()}
    links = {block.text for block in blocks if block.link_length and len(block.text) < 40}
    candidates: dict[str, str] = {}
    if shown := _heading(blocks, written, sites):
        candidates["h1"] = strip_site(shown, sites)
    for origin, text in written.items():
        short = strip_site(text, sites, host if origin in ("title", "og", "twitter") else "")
        if short and not is_generic(short) and short not in links:
            candidates[origin] = short
    tag = written.get("title", "")
    if block := _block_in_title(tag, blocks, links):
        candidates["block"] = candidates["title"] = block
    elif "title" in candidates and candidates["title"] == tag:
        candidates["title"] = _agreeing_head(tag, candidates)
    chosen = vote(candidates)
    if chosen is None or (set(candidates) <= {"title"} and is_generic(chosen[1])):
        return _above_byline(blocks, links) or _last_resort(written, blocks)
    return Title(text=chosen[1], origin=chosen[0], blocks=_showing(blocks, chosen[1]))


def clean_title(text: str) -> str:
    """A title with entities read and white space squeezed; soft hyphens and zero-width characters out."""
    text = html.unescape(text) if "&" in text else text
    return " ".join(re.sub("[\u00ad\u200b-\u200f\ufeff]", "", text[:LONGEST_TITLE]).split())


def _agreeing_head(tag: str, candidates: Mapping[str, str]) -> str:
    """The part of <title> that another statement says too, else the part before the site's likely name."""
    parts = [tag[: cut.start()].strip() for cut in _SEPARATOR.finditer(tag)]
    others = {squash(text) for origin, text in candidates.items() if origin != "title"}
    return next((part for part in parts if squash(part) in others), None) or cut_tail(tag)


def _heading(blocks: Sequence[RawBlock], written: Mapping[str, str], sites: Sequence[str]) -> str | None:
    """The h1 that is the headline: one that a declared title begins with, else the only one outside furniture."""
    names = {squash(site) for site in sites}
    shown = [
        b for b in blocks if b.level == 1 and 2 < len(b.text) <= LONGEST_TITLE and squash(b.text) not in names
    ]
    said = [squash(text) for text in written.values()]
    for block in shown:
        flat = squash(block.text)
        if flat and any(text.startswith(flat) or flat.startswith(text) for text in said if text):
            return clean_title(block.text)
    free = [b for b in shown if not b.marks & FURNITURE]
    if not free or is_generic(free[0].text) or (len(free) > 1 and said):
        return None
    return clean_title(free[0].text)


def _block_in_title(tag: str, blocks: Sequence[RawBlock], links: set[str]) -> str | None:
    """The longest block that <title> begins with; a block that is also a link is a section's name."""
    found = [
        block.text
        for block in blocks[:400]
        if 5 < len(block.text) <= len(tag)
        and tag.startswith(block.text)
        and block.text not in links
        and _ends_at_separator(tag, len(block.text))
    ]
    return max(found, key=len, default=None)


def _ends_at_separator(tag: str, end: int) -> bool:
    """Whether the title goes on, after its first `end` characters, with nothing or with a separator."""
    if end == len(tag) or _SEPARATOR.match(tag, end):
        return True
    return tag[end] in "-–—|_ " and not tag[end + 1 :].lstrip()[:1].islower()


_SITE_LIKE = re.compile(
    r"(?:网|网站|公司|集团|医院|官网|平台|频道|门户|机构|在线|研究院|研究所|大学|学院|协会|委员会|政府|局|报|社)$"
)
_BYLINE_SIGN = re.compile(
    r"(?:来\s?源|时\s?间|日\s?期|作\s?者|发布|发表|Time|Source|Date|Published)\s?[:：]|(?:19|"
    r"20)\d\d[-/.年]\d{1,2}[-/.月]\d"
)


def _last_resort(written: Mapping[str, str], blocks: Sequence[RawBlock]) -> Title:
    """What a page without a headline can be called: its <title>, og:title, a heading or line above the text."""
    for origin in ("title", "og"):
        if (text := written.get(origin)) and not is_generic(text):
            return Title(text=text, origin=origin, blocks=_showing(blocks, text))
    free = [b for b in blocks if not b.link_length and not b.marks & FURNITURE]
    prose = next((n for n, b in enumerate(free) if len(b.text) > LONGEST_LINE), len(free))
    lines = [b for b in free[:prose] if b.text[-1] not in "/:：。"] if len(blocks) > 1 else []
    if found := next((b for b in lines if b.level), lines[-1] if lines else None):
        return Title(text=clean_title(found.text), origin="block", blocks=(found.index,))
    text = written.get("title")
    return Title(text=text, origin="title") if text else Title()


def _above_byline(blocks: Sequence[RawBlock], links: set[str]) -> Title | None:
    """The nearest line above the first byline that could be a headline, else the first free heading."""
    for position, block in enumerate(blocks):
        if (
            len(block.text) < 200
            and block.link_length * 2 < len(block.text)
            and _BYLINE_SIGN.search(block.text)
        ):
            if found := _last_headline(blocks[max(0, position - 4) : position], links):
                return Title(text=clean_title(found.text), origin="block", blocks=(found.index,))
            return None
    headings = [
        b
        for b in blocks
        if b.level and b.level < 4 and not b.marks & FURNITURE and b.text not in links and not b.link_length
    ]
    if headings and not is_generic(headings[0].text):
        return Title(
            text=clean_title(headings[0].text), origin=f"h{headings[0].level}", blocks=(headings[0].index,)
        )
    return None


def _last_headline(blocks: Sequence[RawBlock], links: set[str]) -> RawBlock | None:
    fits = [
        b for b in blocks
        if 4 < len(b.text) <= 120 and not b.link_length and b.text not in links and not b.marks & FURNITURE
        and not is_generic(b.text) and b.text[-1] not in ":：。"
    ]  # fmt: skip
    return max(fits, key=lambda b: (b.level is not None, b.index), default=None)


def _showing(blocks: Sequence[RawBlock], title: str) -> tuple[int, ...]:
    """The blocks that are the headline and nothing else."""
    flat, size, first = squash(title), len(title), title[:1].lower()
    return tuple(
        b.index
        for b in blocks
        if size // 2 <= len(b.text) <= 2 * size + 20
        and (b.text[0].lower() == first or not (b.text[0].isalnum() and first.isalnum()))
        and squash(b.text) == flat
    )
