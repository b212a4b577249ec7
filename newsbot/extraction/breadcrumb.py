"""Reads the path of sections that leads to an article: the breadcrumb line, its list elements, or what is declared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsbot.extraction.blocks import RawBlock
from newsbot.extraction.structured import Declared, Node, text_at, types_of

LONGEST_CRUMB = 60
MOST_CRUMBS = 8

_LABEL = re.compile(
    r"^[\s>]{0,3}(?:your\s(?:current\s)?(?:location|position)(?:\sis)?|current\s(?:location|position)|"
    r"you\sare\s(?:now\s)?here|"
    r"location|position|您?(?:当前|目前|现在)?的?(?:所在|当前|目前|现在)?的?位置(?:是|为)?|您当前的位置|"
    r"您现在的位置是?|当前栏目|"
    r"当前页|sie\ssind\shier|vous\sêtes\sici|usted\sestá\saquí|estás\saquí|現在位置|目前位置)\s?[:：>]\s?",
    re.IGNORECASE,
)
_WEAK_LABEL = re.compile(r"[\s>]{0,3}(?:location|position|位置)\s?[:：]", re.IGNORECASE)
_ARROWS = re.compile(r"\s?(?:>{1,3}|»|›|→|＞|≫|⟩|/{2}|→|▶|►|〉|&gt;)\s?")
_WEAK_ARROWS = re.compile(r"\s?(?:>{1,3}|»|›|→|＞|≫|/|\\|\||·|-|–|—|::|：：|→|▶|►|〉|•)\s?")
_ARROW_SIGNS = re.compile("[»›→＞≫⟩▶►〉]")
_LABEL_STARTS = frozenset("YyCcLlPpSsVvUuEe您当目现所的位 >")
_HOMES = re.compile(
    r"(?:.{0,12}(?:首页|首頁|主页|主頁)|home\s?page|home|start(?:seite)?|accueil|inicio|início|正文|内容|"
    r"文章正文|详情|main\spage|front\spage"
    r"|body|ホーム|top|homepage|详细内容|中文(?:简体|版)?|简体中文|english|文章内容|\.{3}|…|홈)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadcrumb:
    """The path without the home page and the article itself, where it was found, and the blocks it covers."""

    path: tuple[str, ...] = ()
    origin: str | None = None
    blocks: tuple[int, ...] = ()


def read_breadcrumb(blocks: Sequence[RawBlock], declared: Declared, title: str | None) -> Breadcrumb:
    """The page's line first, then JSON-LD, then elements of the class, then a declared section."""
    for found in (
        _from_line(blocks, title),
        _from_json_ld(declared.nodes, title),
        _from_marks(blocks, title),
    ):
        if found.path or found.blocks:
            return found
    return Breadcrumb()


def split_path(text: str, title: str | None = None) -> tuple[str, ...]:
    """ "Home > News > Industry News" -> ("News", "Industry News")."""
    text = _LABEL.sub("", text)
    pattern = _ARROWS if _ARROWS.search(text.strip(" >»›/")) else _WEAK_ARROWS
    return clean_path(pattern.split(text), title)


def clean_path(parts: Sequence[str], title: str | None) -> tuple[str, ...]:
    """Parts without home pages, empty ones, over-long ones and the article's own title."""
    names = (" ".join(part.split()).strip(" >»›/|:：-·") for part in parts[:30])
    kept = [name for name in names if name and len(name) <= LONGEST_CRUMB and not _HOMES.fullmatch(name)]
    if kept and title and _same(kept[-1], title):
        kept.pop()
    return tuple(dict.fromkeys(kept))[:MOST_CRUMBS]


def _same(crumb: str, title: str) -> bool:
    """Whether a crumb is the title, or the beginning of it that had room."""
    short = crumb.rstrip(".… ").casefold()
    return title.casefold() == short or (len(short) > 12 and title.casefold().startswith(short))


def _from_line(blocks: Sequence[RawBlock], title: str | None) -> Breadcrumb:
    """A line with the label, or one that starts at the home page and has arrows."""
    for block in blocks[:400]:
        text = block.text
        if not 5 <= len(text) <= 250 or not (_has_arrow(text) or _may_have_label(text)):
            continue
        if (text[0] in _LABEL_STARTS and _is_labelled(text)) or _starts_at_home(text):
            return Breadcrumb(path=split_path(text, title), origin="breadcrumb", blocks=(block.index,))
    return Breadcrumb()


def _is_labelled(text: str) -> bool:
    """Whether a line begins with the label of a path; words that label other things too need an arrow behind them."""
    return bool(_LABEL.match(text)) and (_has_arrow(text) or not _WEAK_LABEL.match(text))


def _has_arrow(text: str) -> bool:
    """Whether a line has a sign that sets the parts of a path apart."""
    return ">" in text or "//" in text or (not text.isascii() and _ARROW_SIGNS.search(text) is not None)


def _may_have_label(text: str) -> bool:
    """Whether a line may begin with a label: a colon near its beginning."""
    return text[0] in _LABEL_STARTS and (":" in text[:40] or "：" in text[:40])


def _starts_at_home(text: str) -> bool:
    """Whether the first of several parts is the home page."""
    return bool(_ARROWS.search(text)) and bool(_HOMES.fullmatch(_ARROWS.split(text, maxsplit=1)[0].strip()))


def _from_json_ld(nodes: Sequence[Node], title: str | None) -> Breadcrumb:
    for node in nodes:
        if "breadcrumblist" in types_of(node) and isinstance(items := node.get("itemListElement"), list):
            names = [name for item in items[:12] if isinstance(item, dict) and (name := _crumb_name(item))]
            if path := clean_path(names, title):
                return Breadcrumb(path=path, origin="json-ld")
    return Breadcrumb()


def _crumb_name(item: Node) -> str | None:
    inner = item.get("item")
    return text_at(item, "name") or (text_at(inner, "name") if isinstance(inner, dict) else None)


def _is_prose(text: str) -> bool:
    """Whether a block in an element of a breadcrumb class is a sentence, so that more than the path is in there."""
    return len(text) > LONGEST_CRUMB and text.endswith((".", "。", "!", "！")) and not _ARROWS.search(text)


def _from_marks(blocks: Sequence[RawBlock], title: str | None) -> Breadcrumb:
    """The first run of blocks inside an element of a breadcrumb class."""
    run: list[RawBlock] = []
    for block in blocks:
        if "breadcrumb" in block.marks and len(block.text) <= 250:
            run.append(block)
        elif run:
            break
    if not run or len(run) > 12 or (len(run) > 1 and any(_is_prose(block.text) for block in run)):
        return Breadcrumb()
    parts = [
        part
        for block in run
        for part in (_ARROWS.split(_LABEL.sub("", block.text)) if len(run) > 1 else split_path(block.text))
    ]
    return Breadcrumb(
        path=clean_path(parts, title), origin="breadcrumb", blocks=tuple(block.index for block in run)
    )
