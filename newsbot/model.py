"""What moves between the steps: one frozen dataclass per stage.

Unknown is `None`, never an empty string. Times are aware `datetime`s; a date without a time
stays a `date`. The publisher's own words are kept beside what was understood of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from newsbot.dedupe.fingerprint import Fingerprints


class Role(StrEnum):
    """What a fetched page is for."""

    ARTICLE = "article"
    LIST = "list"
    FEED = "feed"
    SITEMAP = "sitemap"


class BlockKind(StrEnum):
    """What a block of the body is, so that a reader can have some kinds or not."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    QUOTE = "quote"
    CAPTION = "caption"
    CODE = "code"


class Section(StrEnum):
    """What part of a press release a block belongs to; all of other articles is body."""

    BODY = "body"
    ABOUT = "about"
    FORWARD_LOOKING = "forward-looking statements"
    SAFETY = "safety information"
    CONTACTS = "contacts"


class Zone(StrEnum):
    """Where the zone of a time comes from."""

    STATED = "stated"
    ASSUMED = "assumed"


class Rejection(StrEnum):
    """Why a fetched page did not become an article."""

    HTTP_STATUS = "http status"
    UNREACHABLE = "unreachable"
    NOT_TEXT = "not text"
    EMPTY = "empty"
    NO_TITLE = "no title"
    LIST_PAGE = "list page"
    SECTION_PAGE = "section page"
    PRODUCT_PAGE = "product page"
    ERROR_PAGE = "error page"
    BLOCK_PAGE = "block page"
    LOGIN_PAGE = "login page"
    EXTRACTION_FAILED = "extraction failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article was published, and in whose words.

    `zone` is None exactly when `when` is a date without a time.
    """

    when: datetime | date
    text: str
    zone: Zone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed, sitemap or list said of a page before it was fetched."""

    title: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlace:
    """Where the response lies in the WARC files: file name relative to the archive folder, byte offset."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One response as it came from the network or a file. Nothing in it is cleaned.

    `url` is where the bytes came from after redirects; `requested_url` what was asked for.
    `zone` is the IANA time zone to assume where the page states none, `fields` the CSS selectors by which the source
    points at fields of its articles.
    """

    url: str
    body: bytes
    fetched: datetime
    content_type: str | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    requested_url: str | None = None
    role: Role = Role.ARTICLE
    source: str | None = None
    zone: str | None = None
    publisher: str | None = None
    hints: Hints = Hints()
    failure: str | None = None
    place: ArchivePlace | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph-like piece of a body. `level` is 1 to 6 for headings, else None."""

    kind: BlockKind
    text: str
    level: int | None = None
    section: Section = Section.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A piece of text that a rule took out of the article."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFact:
    """A fact about the site, found in a footer: kind is one of `SITE_FACT_KINDS`."""

    kind: str
    value: str


SITE_FACT_KINDS = (
    "company",
    "icp",
    "icp_licence",
    "police",
    "drug_information_licence",
    "other_licence",
    "phone",
    "fax",
    "email",
    "address",
    "postcode",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A clean record, read out of one page.

    `origins` says for each field that is known where it came from, e.g.
    {"title": "h1", "published": "json-ld"}. `dateline` is place and date as printed before the first words,
    `wire` the news agency or newswire named there, `correction` what the publisher says it has put right.
    """

    url: str
    title: str | None
    published: Published | None
    source: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    category: tuple[str, ...]
    blocks: tuple[Block, ...]
    language: str | None
    lead_image: str | None
    links: tuple[str, ...]
    publisher: str | None
    origins: dict[str, str] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    dateline: str | None = None
    wire: str | None = None
    correction: str | None = None

    @property
    def text(self) -> str:
        """All that was kept, as plain text, one block a line."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def news(self) -> str:
        """The news itself: the text without what a press release says of its company, risks and contacts."""
        return "\n".join(block.text for block in self.blocks if block.section is Section.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What one page shows of being an article or something else; counts are of characters or elements."""

    text_length: int = 0
    link_text_length: int = 0
    linked_items: int = 0
    entries: int = 0
    declared_type: str | None = None
    visible_text: str = ""


class Piece(NamedTuple):
    """A block as a site's memory knows it.

    `print` is equal for equal texts in equal places, and fits a 64-bit integer; `size` is in Western
    characters; `text` (its beginning) and `place` are for people; `inside`: it stands in the article's body.
    """

    print: int
    size: int
    inside: bool
    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What a page shows to its site's memory: the fingerprint of its title, 0 for none, and its pieces."""

    title: int = 0
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMemory:
    """What a site, of which `count` pages were seen, repeats: by fingerprint, on how many pages a piece was seen.

    `often` are those that stand on a good part of them.
    """

    count: int = 0
    pieces: Mapping[int, int] = field(default_factory=dict)
    often: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was read out of one page.

    `bare` is the text of the body as it would be if nothing were known of the site; None if it is the same.
    """

    article: Article
    facts: tuple[SiteFact, ...] = ()
    signals: Signals = Signals()
    canonical: str | None = None
    encoding: str | None = None
    sighting: Sighting = Sighting()
    bare: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The decision that a page is no article: the reason and, where it helps, the evidence."""

    reason: Rejection
    detail: str | None = None

    def __str__(self) -> str:
        """The reason with its evidence; an HTTP status speaks for itself."""
        if self.reason is Rejection.HTTP_STATUS and self.detail:
            return self.detail
        return f"{self.reason} ({self.detail})" if self.detail else str(self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """A page on its way into the store: what was read out of it and, for what is no article, why not.

    `extraction` is None for lists, feeds, unchanged answers and failures. `prints` is None unless
    the page became an article.
    """

    page: Page
    extraction: Extraction | None = None
    refusal: Refusal | None = None
    prints: Fingerprints | None = None
