"""One walk over a page: its text in paragraph-like blocks, in reading order, with what its ancestors say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from newsbot.extraction.decode import squeeze
from newsbot.extraction.rules import mark_words
from newsbot.model import BlockKind


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


SKIPPED = words(
    "title script style noscript template svg iframe object embed select datalist button textarea input canvas video "
    "audio map applet frameset math amp-analytics"
)
HEADING = BlockKind.HEADING
HEADINGS = {f"h{level}": level for level in range(1, 7)}
REGIONS = words(
    "html body div section article main header footer aside nav ul ol dl table tbody tr td th form fieldset "
    "figure figcaption blockquote center details"
)
LANDMARKS = words("article main header footer aside nav form figure table")
PIECES = words("p li dt dd caption address summary hr pre thead tfoot legend title option") | HEADINGS.keys()
BLOCK_TAGS = REGIONS | PIECES
PLAIN_TAGS = frozenset(
    (
        "span",
        "b",
        "i",
        "em",
        "strong",
        "font",
        "u",
        "sup",
        "sub",
        "small",
        "img",
        "input",
        "time",
        "label",
        "cite",
    )
)
"""The commonest tags that change nothing."""

KINDS = {
    "li": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "pre": BlockKind.CODE,
    **dict.fromkeys(HEADINGS, BlockKind.HEADING),
    **dict.fromkeys(("body", "article", "section", "main", "td", "th", "table"), BlockKind.PARAGRAPH),
}
"""Kinds by tag; any other tag has the kind of what it stands in."""

ROW_TAGS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "caption"))
LONGEST_CELL = 300
"""A table with a longer cell is there for the layout, not for data."""


@dataclass(slots=True, kw_only=True)
class Region:
    """An element that holds blocks: those from `first` up to, without, `end`; `parent` is its region's index or -1."""

    index: int
    parent: int
    tag: str
    element: HtmlElement | None
    marks: frozenset[str]
    own: frozenset[str]
    first: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlock:
    """One paragraph-like piece of a page.

    `marks` are the landmark tags (nav, aside, footer, table ...) and the meanings of class names (see
    `rules.CLASS_WORDS`) of all its ancestors; `region` the index of the innermost region round it;
    `link_length` how many characters of `text` are links; `hrefs` where these lead, as written.
    `element` is None in plain text.
    """

    index: int
    kind: BlockKind
    text: str
    element: HtmlElement | None = None
    link_length: int = 0
    level: int | None = None
    marks: frozenset[str] = frozenset()
    region: int = 0
    hrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All blocks of a page and the regions they stand in; regions[0] is the whole page."""

    blocks: list[RawBlock]
    regions: list[Region]


def read_blocks(tree: HtmlElement) -> list[RawBlock]:
    """The page's text in paragraph-like pieces, in reading order."""
    return read_page(tree).blocks


def read_page(tree: HtmlElement) -> Reading:
    """Blocks and regions of a page, by one walk."""
    reader = Reader(tree)
    walker = etree.iterwalk(tree, events=("start", "end", "comment"))
    for event, element in walker:
        if event == "start":
            tag = element.tag
            if tag in SKIPPED and not reader.wanted(tag):
                walker.skip_subtree()
                reader.skipped = element
            else:
                reader.start(element, tag)
        elif event == "end" and element is not reader.skipped:
            reader.end(element)
        elif element.tail:
            reader.add(element.tail)
    reader.flush()
    for region in reader.open_regions:
        region.end = len(reader.blocks)
    return Reading(blocks=reader.blocks, regions=reader.regions)


class Reader:
    """Collects text while the walk goes on, and cuts it into blocks where block elements begin and end."""

    def __init__(self, tree: HtmlElement) -> None:
        page = Region(
            index=0, parent=-1, tag="html", element=tree, marks=frozenset(), own=frozenset(), first=0, end=0
        )
        self.blocks: list[RawBlock] = []
        self.regions = [page]
        self.open_regions = [page]
        self.open_pieces: list[tuple[HtmlElement, BlockKind, int | None]] = [
            (tree, BlockKind.PARAGRAPH, None)
        ]
        self.parts: list[str] = []
        self.links: list[str] = []
        self.hrefs: list[str] = []
        self.link: HtmlElement | None = None
        self.data_table: HtmlElement | None = None
        self.skipped: HtmlElement | None = None

    def wanted(self, tag: str) -> bool:
        """Whether a tag that is skipped elsewhere counts here: a button that is all there is of a heading."""
        return tag == "button" and self.open_pieces[-1][2] is not None

    def start(self, element: HtmlElement, tag: str) -> None:
        if tag not in PLAIN_TAGS:
            if tag == "a":
                self.start_link(element)
            elif self.data_table is not None:
                self.start_in_table(tag)
            elif tag == "br":
                self.line_break()
            elif tag in BLOCK_TAGS or "-" in tag:
                self.start_piece(element, tag)
        if text := element.text:
            self.add(text)

    def start_piece(self, element: HtmlElement, tag: str) -> None:
        self.flush()
        _, kind, level = self.open_pieces[-1]
        kind = KINDS.get(tag, kind)
        self.open_pieces.append((element, kind, HEADINGS.get(tag, level if kind is HEADING else None)))
        if tag in REGIONS or element.keys():
            self.open_region(element, tag)
        if tag == "table" and is_data_table(element):
            self.data_table = element

    def start_in_table(self, tag: str) -> None:
        if tag in ROW_TAGS:
            self.flush()
            self.open_pieces[-1] = (
                *self.open_pieces[-1][:1],
                TABLE_KINDS.get(tag, BlockKind.TABLE_ROW),
                None,
            )
        elif tag in ("td", "th") and self.parts:
            self.parts.append(" | ")
        elif tag == "br" or tag in PIECES or tag in REGIONS:
            self.parts.append(" ")

    def start_link(self, element: HtmlElement) -> None:
        self.link = element
        href = element.get("href")
        if href:
            self.hrefs.append(href)

    def open_region(self, element: HtmlElement, tag: str) -> None:
        parent = self.open_regions[-1]
        own = own_marks(tag, element.get("class"), element.get("id"), element.get("itemprop"))
        style = element.get("style")
        if element.get("hidden") is not None or (style and is_hiding(style)):
            own |= {"hidden"}
        marks = parent.marks | own if own else parent.marks
        here = len(self.blocks)
        index = len(self.regions)
        region = Region(
            index=index,
            parent=parent.index,
            tag=tag,
            element=element,
            marks=marks,
            own=own,
            first=here,
            end=here,
        )
        self.regions.append(region)
        self.open_regions.append(region)

    def end(self, element: HtmlElement) -> None:
        if element is self.open_pieces[-1][0]:
            self.end_piece(element)
        elif element is self.link:
            self.link = None
        elif self.data_table is not None and element.tag == "tr":
            self.flush()
        if tail := element.tail:
            self.add(tail)

    def end_piece(self, element: HtmlElement) -> None:
        self.flush()
        if len(self.open_pieces) > 1:
            self.open_pieces.pop()
        if element is self.data_table:
            self.data_table = None
        if element is self.open_regions[-1].element and len(self.open_regions) > 1:
            self.open_regions.pop().end = len(self.blocks)

    def add(self, text: str) -> None:
        if text.isspace():
            if not self.parts:
                return
            text = " "
        self.parts.append(text)
        if self.link is not None:
            self.links.append(text)

    def line_break(self) -> None:
        """A `br` ends a block, but only breaks the line of a heading."""
        if self.open_pieces[-1][2] is None:
            self.flush()
        else:
            self.parts.append(" ")

    def flush(self) -> None:
        """Makes a block of what was collected, if it is more than white space."""
        if not self.parts:
            return
        text = squeeze("".join(self.parts))
        self.parts.clear()
        if text.strip("| "):
            self.blocks.append(self.block(text))
            self.hrefs.clear()
        self.links.clear()

    def block(self, text: str) -> RawBlock:
        element, kind, level = self.open_pieces[-1]
        region = self.open_regions[-1]
        return RawBlock(
            index=len(self.blocks),
            kind=kind,
            text=text.strip("| ") if kind == BlockKind.TABLE_ROW else text,
            element=element,
            link_length=len(squeeze("".join(self.links))) if self.links else 0,
            level=level,
            marks=region.marks,
            region=region.index,
            hrefs=tuple(self.hrefs),
        )


TABLE_KINDS = {"caption": BlockKind.CAPTION}


def is_hiding(style: str) -> bool:
    """Whether an inline style hides the element.

    >>> is_hiding("color:red; Display : None")
    True
    """
    compact = style[:500].replace(" ", "").lower()
    return "display:none" in compact or "visibility:hidden" in compact


@lru_cache(maxsize=4096)
def own_marks(tag: str, classes: str | None, identifier: str | None, itemprop: str | None) -> frozenset[str]:
    """What tag, class, id and itemprop of an element say of what is in it."""
    marks = mark_words(f"{classes or ''} {identifier or ''}"[:300])
    if itemprop and itemprop.lower() == "articlebody":
        marks |= {"body"}
    return marks | {tag} if tag in LANDMARKS else marks


def is_data_table(table: HtmlElement) -> bool:
    """Whether a table holds data: two rows and columns at least, short cells, nothing nested, no form."""
    rows = columns = 0
    for element in table.iterdescendants("table", "form", "tr", "td", "th", "h1", "h2", "article"):
        tag = element.tag
        if tag == "tr":
            rows += 1
            columns = max(columns, len(element))
        elif tag not in ("td", "th") or is_long(element):
            return False
    return rows > 1 and columns > 1


def is_long(cell: HtmlElement) -> bool:
    """Whether a cell holds more text than a cell of data."""
    length = 0
    for text in text_pieces(cell):
        length += len(text)
        if length > LONGEST_CELL:
            return True
    return False


def text_pieces(element: HtmlElement) -> Iterator[str]:
    """The words below an element, scripts left out, cheaply enough to stop early."""
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in SKIPPED and node.text:
            yield node.text.strip()
        if node.tail and node is not element:
            yield node.tail.strip()
