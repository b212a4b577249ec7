"""Finds the headline: what the page shows and what it declares vote, the names of site and section are taken off.

Company and hospital sites put the section or the company in <title> and the headline in a p, div or h2; there the
block above the byline is the headline.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.byline import read_byline
from newsbot.extraction.decode import squeeze
from newsbot.extraction.names import are_people

LONGEST_TITLE = 300
LONGEST_LINE = 80
SHORTEST_HEADLINE, SHORTEST_CHINESE = 15, 6
"""Letters of a headline that is told from a kicker or from the end of another by its length."""

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
# seen by readers; og:title and <title> are often written for search and sharing. "~" marks a weak form: an h1
# without a word of what is declared; JSON-LD of no news site, which plug-ins for search make of the same field
# as og:title and <title>.
WEIGHTS: dict[str, float] = {
    "h1": 4.6,
    "meta:ArticleTitle": 4.0,
    "h1~": 3.0,
    "json-ld": 2.4,
    "microdata": 2.0,
    "og": 1.6,
    "block": 1.5,
    "meta": 1.4,
    "json-ld~": 1.0,
    "title": 1.0,
    "twitter": 0.5,
}
PREFIX_SHARE = 0.5
SHOUTING = 0.1
"""What capitals cost: of equal statements the one in small letters is taken."""

MOST_LOGO_SPACES = 4
HEADLINE_DEPTH, CRUMBS_DEPTH = 8, 60
"""How many blocks below an h1 made for search the headline proper may stand, and if that h1 is one of the crumbs."""

LIKENESS = 1 / 3
STEM = 5

_SEPARATOR = re.compile(
    r"\s{1,3}[|\-–—―:»·•_/<~]\s{1,3}|\s?[|｜‖»_＿]{1,4}\s?|\s?(?:--|——|－|::|：：|–\s|\s–)\s?"
)
_MAY_SEPARATE = re.compile(r"(?<![A-Za-z\d])[-|–—―:»·•_/<~｜‖＿－：]|[|｜‖»_＿－：–]|--|——|::")
_TIGHT = re.compile(r"(?<=[\u3400-\u9fff）)”？！?!\d])[-–](?=[\u3400-\u9fff])")
_DASHES = {ord(sign): None for sign in "-_+"}
_NOT_LETTERS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"[^\W_]{3,40}")
_CHINESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_COUNTER = re.compile(r"\s?(?:\([^()]{1,40}\)\s?)?(?!(?:19|20)\d\d$)\d{1,6}")
_GENERIC = re.compile(
    r"(?:新闻|资讯|文章|公告|动态|内容|信息|产品|通知|详细|查看)?(?:详情|详细|内容|正文|中心|资讯|动态|列表|"
    r"详细页|内容页|详细信息|详情页)"
    r"|新闻|首页|无标题(?:文档)?|网站首页|untitled(?: document)?|home(?: ?page)?|news(?: ?(?:details?|center|"
    r"room|detail page))?|index"
    r"|details?|articles?|blog|press releases?|document|page|\d{1,4}|[\d\s()+\-]{5,30}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The headline, which statement its words are from, and the blocks that show it."""

    text: str | None = None
    origin: str | None = None
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What may stand beside a headline: the site's names and sections, squashed, the label of its host, its host."""

    names: frozenset[str]
    host: str = ""
    sections: frozenset[str] = frozenset()
    address: str = ""


@lru_cache(maxsize=1024)
def squash(text: str) -> str:
    """Letters and digits only, in lower case: what two statements of one title have in common."""
    return text.lower() if text.isalnum() else _NOT_LETTERS.sub("", text).lower()


def _telling_label(host: str) -> str:
    """The longest label of a host before its last one: example.co.uk -> example."""
    labels = [label for label in host.split(".") if label not in ("www", "m", "amp")]
    return max(labels[:-1] or labels, key=len, default="")


def site_of(sites: Iterable[str], url: str) -> Site:
    """The site by its names and an address of it: the folders of the address are likely names of sections."""
    rest = url.partition("://")[2].partition("#")[0].partition("?")[0].lower()
    host, _, path = rest.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].removeprefix("www.")
    path = path.translate(_DASHES).strip("/")
    folders = [part for part in path.split("/")[:-1][:8] if 2 < len(part) < 40]
    return Site(
        names=frozenset(map(squash, (*sites, host))) - {""},
        host=squash(_telling_label(host)),
        sections=frozenset(name for folder in folders for name in (folder, f"{folder}news")),
        address=host,
    )


def is_generic(text: str) -> bool:
    """Whether a title names a section or a kind of page and no article."""
    return bool(_GENERIC.fullmatch(text.strip()))


def strip_site(text: str, sites: Iterable[str], host: str = "") -> str:
    """A title without the site's name behind or before it, where the name is known.

    >>> strip_site("Trial meets its goal | Example News", ["Example News"])
    'Trial meets its goal'
    """
    return _strip(text, Site(frozenset(map(squash, sites)) - {""}, squash(host)))


def _strip(text: str, site: Site, *, from_end: bool = False) -> str:
    """A title without names of site and section, or dates, set apart from it by separators; `from_end` only there.

    A headline that is shown may begin with the name: Example - a merger is agreed.
    """
    while cuts := _cuts(text):
        head, tail = text[: cuts[-1].start()].strip(), text[cuts[-1].end() :].strip()
        if head and (_is_site(tail, site) or _DATE.fullmatch(tail)):
            text = head
            continue
        head, tail = text[: cuts[0].start()].strip(), text[cuts[0].end() :].strip()
        if tail and not from_end and (_is_site(head, site) or _DATE.fullmatch(head)):
            text = tail
            continue
        break
    return text


def _cuts(text: str) -> list[re.Match[str]]:
    """The separators in a title; inside Chinese a dash alone is one where there is no other."""
    if not _MAY_SEPARATE.search(text):
        return []
    return list(_SEPARATOR.finditer(text)) or ([] if text.isascii() else list(_TIGHT.finditer(text)))


def _is_site(part: str, site: Site) -> bool:
    """Whether a part of a title is a name of the site, of a section, or of its host spelt out."""
    flat, host = squash(part), site.host
    if not flat or flat in site.names or flat in site.sections or flat == host:
        return True
    if any(
        len(name) > 3 and (flat.startswith(name) or flat.endswith(name)) and len(flat) < len(name) * 2.5
        for name in site.names
    ):
        return True
    return len(host) > 3 and len(flat) > 3 and (flat in host or (host in flat and len(flat) < 3 * len(host)))


def cut_tail(text: str) -> str:
    """A <title> without its last part, where the parts are set apart by a separator and the first is the longest.

    Chinese pages chain headline_section_site.
    """
    cuts = _cuts(text)
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
            if theirs == mine or (len(mine) > 8 and other[:2] != "h1" and theirs.startswith(mine))
        )
        if candidates[origin].isupper():
            score -= SHOUTING
        if best is None or score > best[0]:
            best = score, origin
    return (best[1], candidates[best[1]]) if best else None


def find_title(
    declared: Mapping[str, str], blocks: Sequence[RawBlock], sites: Sequence[str], url: str
) -> Title:
    """The headline by vote of `declared` (origin -> text as written, see `WEIGHTS`) and of the blocks."""
    site = site_of(sites, url)
    written = {origin: clean_title(text) for origin, text in declared.items()}
    headings = [block for block in blocks if block.level]
    links = _link_texts(blocks, headings)
    headlines = frozenset(squash(block.text) for block in headings if block.level == 1)
    candidates = _declared_candidates(written, site, links, headlines)
    shown = _main_heading(headings, written, site)
    tag = written.get("title", "")
    if (not shown or not tag.startswith(shown[1].text)) and (block := _block_in_title(tag, blocks, links)):
        candidates["block"] = candidates["title"] = _strip(block, site)
    if shown:
        if below := _headline_below(shown[1], headings, candidates):
            text, origin, also = below
            return Title(text=text, origin=origin, blocks=_showing(blocks, text, also))
        candidates = {shown[0]: _heading_text(shown[1], candidates, site), **candidates}
    if candidates.get("title") == tag:
        candidates["title"] = _agreeing_head(tag, candidates)
    chosen = vote(_lengthened(candidates))
    if chosen is None or (set(candidates) <= {"title"} and is_generic(chosen[1])):
        return _above_byline(blocks, links) or _last_resort(written, blocks)
    if set(candidates) == {"title"} and _SITE_LIKE.search(tag) and not _cuts(tag):
        return _shown_or_above(chosen[1], blocks, links)
    also = (shown[1].index,) if shown and chosen[0] == shown[0] else ()
    return Title(text=chosen[1], origin=chosen[0].rstrip("~"), blocks=_showing(blocks, chosen[1], also))


def _shown_or_above(tag: str, blocks: Sequence[RawBlock], links: set[str]) -> Title:
    """A <title> that ends like the name of a company or a site: believed where the page shows it as a line."""
    shown = _showing(blocks, tag)
    above = None if shown else _above_byline(blocks, links)
    return above or Title(text=tag, origin="title", blocks=shown)


def _declared(text: str, site: Site, headlines: AbstractSet[str]) -> str:
    """A declared title without the site's name; what stands before the headline is none where it is shown with it."""
    behind = _strip(text, site, from_end=True)
    return behind if squash(behind) in headlines else _strip(text, site)


def clean_title(text: str) -> str:
    """A title with entities read and white space squeezed; nothing in it that no reader should meet."""
    return squeeze(html.unescape(text[:LONGEST_TITLE]) if "&" in text else text[:LONGEST_TITLE])


def _link_texts(blocks: Sequence[RawBlock], headings: Sequence[RawBlock]) -> set[str]:
    """The texts of short links, most of them names of sections; a headline may be a link to itself."""
    found = {block.text for block in blocks if block.link_length and len(block.text) < LONGEST_LINE // 2}
    own = (b.text for b in headings if len(b.text) >= SHORTEST_HEADLINE and not b.marks & FURNITURE)
    return found.difference(own)


def _declared_candidates(
    written: Mapping[str, str], site: Site, links: set[str], headlines: AbstractSet[str]
) -> dict[str, str]:
    """What is declared, without the site's name; no names of sections or of kinds of pages.

    `headlines` are the main headings that the page shows, as `squash` makes them.
    """
    short = {text: _declared(text, site, headlines) for text in set(written.values())}
    found = {origin: short[text] for origin, text in written.items()}
    return {
        origin: text for origin, text in found.items() if text and text not in links and not is_generic(text)
    }


def _lengthened(candidates: Mapping[str, str]) -> dict[str, str]:
    """The candidates, one that ends in dots for want of room replaced by one that says the rest too."""
    cut = {origin: text for origin, text in candidates.items() if text.endswith(("…", "...", ".."))}
    found = dict(candidates)
    for origin, text in cut.items():
        flat = squash(text)
        longer = (other for other in candidates.values() if len(other) > len(text))
        if len(flat) > 8 and (whole := next((o for o in longer if squash(o).startswith(flat)), None)):
            found[origin] = whole
    return found


def _agreeing_head(tag: str, candidates: Mapping[str, str]) -> str:
    """The part of <title> that another statement says too, else the part before the site's likely name."""
    parts = [tag[: cut.start()].strip() for cut in _SEPARATOR.finditer(tag)]
    others = {squash(text) for origin, text in candidates.items() if origin != "title"}
    return next((part for part in parts if squash(part) in others), None) or cut_tail(tag)


def _main_heading(
    headings: Sequence[RawBlock], written: Mapping[str, str], site: Site
) -> tuple[str, RawBlock] | None:
    """The h1 that is the headline: one that a declared title begins with, the likest, else the only free one."""
    shown = [
        b
        for b in headings
        if b.level == 1 and 2 < len(b.text) <= LONGEST_TITLE and not _is_logo(b.text, site)
    ]
    said = [flat for text in set(written.values()) if (flat := squash(text))]
    for block in shown:
        flat = squash(block.text)
        least = 2 * len(flat) if block.marks & FURNITURE else LONGEST_TITLE
        if flat and any(
            (text.startswith(flat) and len(text) <= least) or flat.startswith(text) for text in said
        ):
            return "h1", block
    if shown and (block_alike := _likest(shown, set(written.values()))):
        return "h1", block_alike
    free = [b for b in shown if not b.marks & FURNITURE]
    if not free or is_generic(free[0].text) or (said and (len(free) > 1 or _is_label(free[0].text))):
        return None
    return "h1~" if said else "h1", free[0]


def _is_logo(text: str, site: Site) -> bool:
    """Whether an h1 is a name of the site, perhaps with its address: Example News example.com."""
    flat = squash(text)
    if flat in site.names or flat in site.sections:
        return True
    return len(site.address) > 4 and text.count(" ") < MOST_LOGO_SPACES and site.address in text.lower()


def _is_label(text: str) -> bool:
    """Whether an h1 that nobody else says is too short for a headline: the name of a section."""
    return len(squash(text)) < (SHORTEST_HEADLINE if text.isascii() else SHORTEST_CHINESE)


def _likest(shown: Sequence[RawBlock], said: Iterable[str]) -> RawBlock | None:
    """The h1, in whatever box, that shares two words and a third of all with a declared title."""
    said = list(said)
    wanted = [words for text in said if (words := _words(text))]
    best: tuple[float, RawBlock] | None = None
    for block in shown[:40]:
        flat = squash(block.text)
        if block.marks & FURNITURE and any(squash(text).endswith(flat) for text in said):
            continue  # The site's name in its header or footer, as behind the title.
        mine = _words(block.text)
        for words in wanted:
            common = len(mine & words)
            likeness = common / min(len(mine), len(words)) if common > 1 else 0
            if likeness >= LIKENESS and (best is None or likeness > best[0]):
                best = likeness, block
    return best[1] if best else None


def _words(text: str) -> set[str]:
    """The beginnings of a text's words, as endings change; pairs of characters in Chinese, Japanese, Korean."""
    if not text.isascii() and _CHINESE.search(text):
        flat = squash(text)
        return {flat[n : n + 2] for n in range(len(flat) - 1)}
    return {word[:STEM] for word in _WORDS.findall(text.lower())}


def _headline_below(
    h1: RawBlock, headings: Sequence[RawBlock], candidates: Mapping[str, str]
) -> tuple[str, str, tuple[int, ...]] | None:
    """(text, origin, blocks) of the headline under an h1 for search: a heading that says what else is declared.

    Publishers put such an h1 into the crumbs; the headline is the h2 below, with a kicker before it, or declared
    with one: of the two the shorter counts.
    """
    top = squash(h1.text)
    depth = CRUMBS_DEPTH if h1.marks & {"nav", "breadcrumb"} else HEADLINE_DEPTH
    for heading in headings:
        if not h1.index < heading.index <= h1.index + depth or heading.level not in (2, 3):
            continue
        flat = squash(heading.text[:LONGEST_TITLE])
        for origin, text in candidates.items():
            said = squash(text)
            if min(len(said), len(flat)) < SHORTEST_HEADLINE or said.startswith(top):
                continue
            if flat.endswith(said):
                return text, origin.rstrip("~"), (h1.index, heading.index)
            if said.endswith(flat):
                return clean_title(heading.text), f"h{heading.level}", (h1.index, heading.index)
    return None


def _heading_text(heading: RawBlock, candidates: Mapping[str, str], site: Site) -> str:
    """The words of an h1 without a counter behind, and without a kicker before, what is declared."""
    shown = _strip(clean_title(heading.text), site, from_end=True)
    said = list(candidates.values())
    if shown[-1:].isdigit():
        heads = [text[: cut.start()] for text in said if (cut := _SEPARATOR.search(text))]
        shown = next((text for text in (*said, *heads) if _COUNTER.fullmatch(_rest(shown, text))), shown)
    flat = squash(shown)
    whole = sum(squash(text) == flat for text in said)
    alone = [text for text in said if _is_end(squash(text), flat)]
    return alone[0] if len(alone) > 1 and not whole else shown


def _rest(text: str, beginning: str) -> str:
    """What a text says behind its beginning; nothing if it begins otherwise."""
    return text[len(beginning) :] if text.startswith(beginning) else ""


def _is_end(said: str, flat: str) -> bool:
    """Whether a statement is the greater part of a longer one, at its end."""
    return SHORTEST_HEADLINE < len(said) < len(flat) < 2 * len(said) and flat.endswith(said)


def _block_in_title(tag: str, blocks: Sequence[RawBlock], links: set[str]) -> str | None:
    """The longest block that <title> begins with, else ends with; one that is also a link is a section's name."""
    first, size = tag[:1], len(tag)
    found = [
        block.text
        for block in blocks[:400]
        if 5 < len(block.text) <= size
        and block.text[0] == first
        and tag.startswith(block.text)
        and block.text not in links
        and _ends_at_separator(tag, len(block.text))
    ]
    return max(found, key=len, default=None) or _block_ending_title(tag, blocks, links)


def _block_ending_title(tag: str, blocks: Sequence[RawBlock], links: set[str]) -> str | None:
    """The longest block that is what <title> says behind one of its separators: "Site - Section - Headline"."""
    tails = {tag[cut.end() :].strip() for cut in _cuts(tag)}
    tails = {tail for tail in tails if len(tail) > 9 and not _SITE_LIKE.search(tail)} - links
    if not tails:
        return None
    free = [block.text for block in blocks[:400] if not block.link_length and not block.marks & FURNITURE]
    return max(tails.intersection(free), key=len, default=None)


def _ends_at_separator(tag: str, end: int) -> bool:
    """Whether the title goes on, after its first `end` characters, with nothing or with a separator."""
    if end == len(tag) or _SEPARATOR.match(tag, end):
        return True
    following = tag[end + 1 :].lstrip()[:1]
    return tag[end] in "-–—|_ " and not following.islower() and following not in "([（"


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
    lines = [b for b in free[:prose] if b.text[-1] not in "/:：。" and not _is_byline(b.text)]
    if len(blocks) == 1:
        lines = []
    if found := next((b for b in lines if b.level), lines[-1] if lines else None):
        return Title(text=clean_title(found.text), origin="block", blocks=(found.index,))
    text = written.get("title")
    return Title(text=text, origin="title") if text else Title()


def _is_byline(text: str) -> bool:
    """Whether a line says who and when, and nothing else.

    >>> _is_byline("By Ann Lee, 3 November 2026"), _is_byline("Plant opens on 3 November 2026")
    (True, False)
    """
    byline = read_byline(text)
    if not (byline.dates or byline.modified or byline.authors or byline.source):
        return False
    return not byline.rest or are_people(byline.rest)


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
        and not is_generic(b.text) and b.text[-1] not in ":：。" and "。" not in b.text and not _is_byline(b.text)
    ]  # fmt: skip
    return max(fits, key=lambda b: (b.level is not None, b.index), default=None)


def _showing(blocks: Sequence[RawBlock], title: str, also: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The blocks that are the headline and nothing else, and these others."""
    flat = squash(title)
    least, most = max(1, len(flat)), 2 * len(title) + 20
    first = {title[:1], title[:1].lower(), title[:1].upper()}
    any_first = not title[:1].isalnum()
    found = [
        block.index
        for block in blocks
        if least <= len(text := block.text) <= most
        and (any_first or text[0] in first or not text[0].isalnum())
        and (text == title or squash(text) == flat)
    ]
    return tuple(sorted({*found, *also}))
