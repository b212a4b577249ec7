"""One walk over a page: its text in paragraph-like blocks, in reading order, with what its ancestors say of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

from newsbot.extraction.decode import squeeze
from newsbot.extraction.rules import mark_words
from newsbot.model import BlockKind

NOTHING: frozenset[str] = frozenset()


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


SKIPPED = words(
    "title script style noscript template svg iframe object select datalist button textarea input canvas video "
    "audio map applet math amp-analytics"
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
REGIONS = words(
    "html body div section article main header footer aside nav ul ol dl table tbody tr td th form fieldset "
    "figure figcaption blockquote center details frameset"
)
LANDMARKS = words("article main header footer aside nav form figure table")
OWN_NAMES = {tag: frozenset((tag,)) for tag in LANDMARKS}
PIECES = words("p li dt dd caption address summary hr pre thead tfoot legend title option") | HEADINGS.keys()
EMPTY = words("area base basefont col frame img input isindex link meta param")
"""Tags in which the parser never leaves anything. (In `source`, `wbr` and `embed` it leaves what follows them.)"""

VOID, SKIP, PLAIN, LINK, BREAK, PIECE, REGION = range(7)
ROLES: dict[str, int] = {
    **dict.fromkeys(PIECES, PIECE),
    **dict.fromkeys(REGIONS, REGION),
    **dict.fromkeys(EMPTY, VOID),
    **dict.fromkeys(SKIPPED, SKIP),
    "sup": SKIP,
    "a": LINK,
    "br": BREAK,
}
"""What the walk does at a tag. Any other changes nothing, but one with a dash is a page's own kind of box."""

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

Shape = tuple[int, BlockKind | None, int | None]
"""What a tag does to the walk, and the kind and level of the blocks in it."""

SHAPES: dict[str, Shape] = {tag: (role, KINDS.get(tag), HEADINGS.get(tag)) for tag, role in ROLES.items()}
INLINE: Shape = (PLAIN, None, None)
CUSTOM: Shape = (PIECE, None, None)

ROW_TAGS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "caption"))
CELL_TAGS = frozenset(("td", "th"))
TABLE_ROW = BlockKind.TABLE_ROW
TABLE_KINDS = {"caption": BlockKind.CAPTION}
HIDDEN = frozenset(("hidden",))
BODY = frozenset(("body",))
RARE = frozenset(("hidden", "style", "itemprop"))
SLUG_DASHES = 3
ALWAYS_SKIPPED = words("script style title textarea datalist input iframe amp-analytics")
PROSE_NEEDED = {"noscript": 3, "video": 3, "audio": 3}
"""Paragraphs in an element that show that it holds a part of the page; with fewer they stand in for what it shows."""

SHORTEST_PROSE = 60
SHORTEST_QUESTION, FEW_TEXTS = 15, 8
LONGEST_NOTE = 8
MOST_ATTRIBUTES = 200
LONGEST_CLASS = 300
LONGEST_CELL = 300
LARGEST_CELL = 300
"""A table with a cell of more characters or elements is there for the layout, not for data."""


@dataclass(slots=True)
class Region:
    """An element that holds blocks: those from `first` up to, without, `end`; `parent` is its region's index or -1."""

    index: int
    parent: int
    tag: str
    marks: frozenset[str] = NOTHING
    own: frozenset[str] = NOTHING
    first: int = 0
    end: int = 0


@dataclass(slots=True)
class RawBlock:
    """One paragraph-like piece of a page. (Not frozen only because a page has hundreds, and freezing costs.)

    `marks` are the landmark tags (nav, aside, footer, table ...) and the meanings of class names (see
    `rules.CLASS_WORDS`) of all its ancestors; `region` the index of the innermost region round it;
    `link_length` how many characters of `text` are links; `hrefs` where these lead, as written.
    `element` is None in plain text.
    """

    index: int
    kind: BlockKind
    text: str
    element: etree._Element | None = None
    link_length: int = 0
    level: int | None = None
    marks: frozenset[str] = NOTHING
    region: int = 0
    hrefs: tuple[str, ...] = ()


Outer = tuple[etree._Element | None, BlockKind, int | None, frozenset[str], int]
"""Element, kind, level, marks and region that hold again when the element inside ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All blocks of a page and the regions they stand in; regions[0] is the whole page."""

    blocks: list[RawBlock]
    regions: list[Region]


def read_blocks(tree: etree._Element) -> list[RawBlock]:
    """The page's text in paragraph-like pieces, in reading order."""
    return read_page(tree).blocks


def read_page(tree: etree._Element) -> Reading:  # noqa: PLR0912, PLR0915
    """Blocks and regions of a page, by one walk.

    One long loop over local variables, as every element of every page goes through it: with a method for each
    case it took twice as long, and most of the time is Python's own, so that every look at an element counts.
    `parts` collects the text of the next block, `links` what of it is links, `hrefs` where these lead; an open
    `link` began at part `start`. `piece`, `kind`, `level`, `marks` and `region` are of the innermost open element,
    `outer` those of the element round it that this one hides; `open_elements` holds all that have children.
    """
    blocks: list[RawBlock] = []
    regions = [Region(0, -1, "html")]
    parts: list[str] = []
    links: list[str] = []
    hrefs: list[str] = []
    open_elements: list[tuple[etree._Element, Outer | None]] = []
    piece: etree._Element | None = None
    kind = BlockKind.PARAGRAPH
    level: int | None = None
    marks, region = NOTHING, 0
    outer: Outer | None
    link: etree._Element | None = None
    table: etree._Element | None = None
    start = 0
    shape_of = SHAPES.get

    def cut() -> None:
        """Makes a block of what was collected, if it is more than white space."""
        nonlocal start
        if link is not None:
            links.extend(parts[start:])
            start = 0
        text = " ".join((parts[0] if len(parts) == 1 else "".join(parts)).split())
        if not text.isprintable():
            text = squeeze(text)
        if kind is TABLE_ROW:
            text = text.strip("| ")
        if text and (text[0] != "|" or text.strip("| ")):
            linked = 0
            if links:
                linked = len(text) if len(links) == len(parts) else len(squeeze("".join(links)))
            leads = tuple(hrefs) if hrefs else ()
            blocks.append(RawBlock(len(blocks), kind, text, piece, linked, level, marks, region, leads))
            hrefs.clear()
        parts.clear()
        links.clear()

    element = tree
    while True:
        tag = element.tag
        role, own_kind, own_level = shape_of(tag) or (CUSTOM if "-" in tag else INLINE)
        outer = None
        if role == SKIP and tag not in ALWAYS_SKIPPED:
            # A button may be all there is of a heading; a raised figure is a unit's or a power's.
            if (tag == "button" and level is not None) or (tag == "sup" and not is_note(element)):
                role = PLAIN
            elif holds_text(tag, element):
                role, own_kind, own_level = CUSTOM
        if role > SKIP:
            text, inner = element.text, len(element)
            if role >= PIECE and table is None:
                if parts:
                    cut()
                if inner or (text and not text.isspace()):
                    # The stubs allow bytes; attributes of a page are text.
                    items: list[tuple[str, str]] = (
                        element.items() if len(element.attrib) <= MOST_ATTRIBUTES else []  # type: ignore[assignment]
                    )
                    own = element_marks(tag, items) if items else OWN_NAMES.get(tag, NOTHING)
                    outer = piece, kind, level, marks, region
                    piece = element
                    if own_kind is not None:
                        kind, level = own_kind, own_level
                        if tag == "table" and is_data_table(element):
                            table = element
                    if own or role == REGION:
                        if own:
                            marks = marks | own
                        regions.append(Region(len(regions), region, tag, marks, own, len(blocks)))
                        region = len(regions) - 1
                else:
                    text = None
            elif role == LINK:
                if link is not None:
                    links += parts[start:]
                link, start = element, len(parts)
                if href := element.get("href"):
                    hrefs.append(href)
            elif role == PLAIN:
                pass
            elif table is not None:
                if tag in ROW_TAGS:
                    if parts:
                        cut()
                    kind, level = TABLE_KINDS.get(tag, TABLE_ROW), None
                elif parts:
                    parts.append(" | " if tag in CELL_TAGS else " ")
            elif role == BREAK and parts:
                # It ends a block, but only breaks the line of a heading.
                if level is None:
                    cut()
                else:
                    parts.append(" ")
            if text and (parts or not text.isspace()):
                parts.append(text)
            if inner:
                open_elements.append((element, outer))
                element = element[0]
                continue
        while True:
            if outer is not None:
                if parts:
                    cut()
                if link is None:
                    hrefs.clear()  # Of a picture: it leads nowhere that the next block is about.
                ended = region
                piece, kind, level, marks, region = outer
                if ended != region:
                    regions[ended].end = len(blocks)
                if element is table:
                    table = None
            elif element is link:
                links += parts[start:]
                link = None
            elif table is not None and parts and element.tag == "tr":
                cut()
            if not open_elements:
                regions[0].end = len(blocks)
                return Reading(blocks=blocks, regions=regions)
            text = element.tail
            if text and (parts or not text.isspace()):
                parts.append(text)
            following = element.getnext()
            if following is not None:
                element = following
                break
            element, outer = open_elements.pop()


def holds_text(tag: str, element: etree._Element) -> bool:
    """Whether an element that shows no text of a page does here: it was never closed, or is used as a box.

    A question on a button opens its answer; a template with a shadow root is shown.
    """
    if tag == "button":
        text = "".join(str(part) for part in islice(element.itertext(), FEW_TEXTS)).strip()
        if len(text) >= SHORTEST_QUESTION and text.endswith(("?", "？")):
            return True
    if tag == "template":
        return element.get("shadowrootmode") is not None
    needed = PROSE_NEEDED.get(tag, 1)
    prose = (1 for inner in element.iter("p") if len((inner.text or "").strip()) >= SHORTEST_PROSE)
    return sum(islice(prose, needed)) == needed


def is_note(raised: etree._Element) -> bool:
    """Whether raised text is the number of a note, linked to it, and no part of the sentence."""
    around = raised.getparent()
    links = [
        *islice(raised.iterchildren("a"), 3),
        *([around] if around is not None and around.tag == "a" else []),
    ]
    length = 0
    for text in raised.itertext():
        length += len(text)
        if length > LONGEST_NOTE:
            return False
    return any("#" in (link.get("href") or "") for link in links)


def element_marks(tag: str, items: list[tuple[str, str]]) -> frozenset[str]:
    """What an element with these attributes says of what is in it."""
    if len(items) == 1 and items[0][0] == "class":
        return own_marks(tag, items[0][1][:LONGEST_CLASS])
    found = dict(items)
    own = own_marks(tag, found.get("class", "")[:LONGEST_CLASS], found.get("id", "")[:LONGEST_CLASS])
    if RARE.isdisjoint(found):
        return own
    if found.get("itemprop", "").lower() == "articlebody":
        own |= BODY
    return own | HIDDEN if "hidden" in found or is_hiding(found.get("style", "")) else own


def is_hiding(style: str) -> bool:
    """Whether an inline style hides the element.

    >>> is_hiding("color:red; Display : None")
    True
    """
    compact = style[:500].replace(" ", "").lower()
    return "display:none" in compact or "visibility:hidden" in compact


@lru_cache(maxsize=16384)
def own_marks(tag: str, classes: str, identifier: str = "") -> frozenset[str]:
    """What tag, class and id of an element say of what is in it."""
    if identifier and is_slug(identifier):
        identifier = ""
    marks = mark_words(f"{classes} {identifier}"[:LONGEST_CLASS]) if classes or identifier else NOTHING
    return marks | OWN_NAMES[tag] if tag in LANDMARKS else marks


def is_slug(identifier: str) -> bool:
    """Whether an id is made of the words of a heading, to jump to: they say what the text is about.

    >>> is_slug("essential-tools-and-best-practices"), is_slug("related-articles")
    (True, False)
    """
    return identifier.count("-") >= SLUG_DASHES or identifier.count("_") >= SLUG_DASHES


def is_data_table(table: etree._Element) -> bool:
    """Whether a table holds data: two rows and columns at least, short cells, nothing nested, no form."""
    rows = columns = 0
    for element in table.iterdescendants("table", "form", "tr", "td", "th", "h1", "h2", "article"):
        tag = element.tag
        if tag == "tr":
            rows += 1
            columns = max(columns, len(element))
        elif tag not in CELL_TAGS or is_long(element):
            return False
    return rows > 1 and columns > 1


def is_long(cell: etree._Element) -> bool:
    """Whether a cell holds more text, scripts left out, or more elements than a cell of data."""
    length = len(cell.text.strip()) if cell.text else 0
    for count, node in enumerate(cell.iterdescendants()):
        if isinstance(node.tag, str) and node.tag not in SKIPPED and node.text:
            length += len(node.text.strip())
        if node.tail:
            length += len(node.tail.strip())
        if length > LONGEST_CELL or count > LARGEST_CELL:
            return True
    return length > LONGEST_CELL
