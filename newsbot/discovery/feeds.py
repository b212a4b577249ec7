"""Links out of RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, and JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from newsbot.discovery import Link
from newsbot.discovery.addresses import absolute, without_repeats
from newsbot.discovery.dates import read_date
from newsbot.discovery.trees import MIB, decode, local_name, namespace_of, parse_xml
from newsbot.errors import FeedError
from newsbot.model import Hints

MAX_FEED = 16 * MIB
MAX_WORDS = 2000
MAX_AUTHORS = 20

MAX_PREAMBLE = 4096
"""Some sites print warnings of their programs before the feed."""

FEED_START = re.compile(r"^<|<(?:\?xml|rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
FEED_ROOTS = frozenset(("rss", "rdf", "feed", "channel"))
ENTRY_NAMES = frozenset(("item", "entry"))
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism:",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
}
"""Namespaces whose elements mean something here; the root's own namespace counts as none."""

TITLES = ("title", "dc:title", "atom:title")
PUBLISHED = ("pubdate", "published", "issued", "created", "atom:published", "dcterms:issued", "dc:date",
             "prism:publicationdate", "dcterms:created")  # fmt: skip
MODIFIED = ("updated", "modified", "atom:updated", "dcterms:modified")
AUTHORS = ("author", "dc:creator", "atom:author")
IDS = ("guid", "id", "atom:id", "dc:identifier")
LANGUAGES = ("language", "dc:language")

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
MARKUP = re.compile(r"<(?:[A-Za-z/][^<>]{0,1000}|!--[^<>]{0,1000}--)>")
MAILBOX = re.compile(r"^\S{1,100}@\S{1,100}\s{1,3}\((.{1,200})\)$")
JSON_VERSION = re.compile(r"https?://jsonfeed\.org/version/")

Fields = dict[str, list[etree._Element]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed lists. `next_url` is where its older entries are, if it says so."""

    title: str | None
    links: tuple[Link, ...]
    next_url: str | None = None


def read_feed(body: bytes, url: str, content_type: str | None = None, zone: str | None = None) -> Feed:
    """The feed in the bytes fetched from `url`, in whatever encoding they are.

    `zone` is the IANA zone of times that state none. A feed that breaks off gives the entries before
    that. Raises FeedError for what is no feed.
    """
    if len(body) > MAX_FEED:
        raise FeedError(url, f"is larger than {MAX_FEED // MIB} MiB")
    text = decode(body, content_type).strip("\ufeff\0 \t\r\n")
    if not text:
        raise FeedError(url, "is empty, where a feed should be")
    if text.startswith(("{", "[")):
        return _read_json(text, url, zone)
    start = FEED_START.search(text, 0, MAX_PREAMBLE)
    if start is None:
        raise FeedError(url, "is no feed: it begins with neither '<' nor '{'")
    return feed_of_tree(parse_xml(text[start.start() :], url), url, zone)


def feed_of_tree(root: etree._Element, url: str, zone: str | None = None) -> Feed:
    """The feed whose root element is given. Raises FeedError if the root is no feed's."""
    name = local_name(root)
    if name not in FEED_ROOTS:
        kind = "an HTML page" if name in ("html", "head", "body") else f"a <{name[:40]}> document"
        raise FeedError(url, f"is {kind}, not a feed")
    head = _head(root)
    base = _site(head, url) if name != "feed" else url
    spoken = _language(root, head)
    links = (_entry_link(entry, base, zone, spoken) for entry in _entries(root))
    return Feed(
        title=_title(head),
        links=without_repeats(link for link in links if link is not None),
        next_url=_next(head, url),
    )


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter(etree.Element) if local_name(element) in ENTRY_NAMES)


def _head(root: etree._Element) -> Fields:
    """The fields of the feed itself: those of the root and of its channel."""
    head = _fields(root)
    for channel in head.get("channel", [])[:1]:
        for name, elements in _fields(channel).items():
            head.setdefault(name, []).extend(elements)
    return head


def _fields(element: etree._Element) -> Fields:
    """The children by name, with the prefixes of PREFIXES or, undeclared, as they were written."""
    own = namespace_of(element.getroottree().getroot())
    fields: Fields = {}
    for child in element.iterchildren(etree.Element):
        namespace = namespace_of(child)
        prefix = "" if namespace in ("", own) else PREFIXES.get(namespace.lower(), "?:")
        name = str(child.tag).rpartition("}")[2].lower()
        fields.setdefault(prefix + name, []).append(child)
    return fields


def _site(head: Fields, url: str) -> str:
    """What the addresses of RSS items are relative to: the channel's link, or where the feed was."""
    link = _first_text(head, ("link",))
    return absolute(link, url) or url


def _entry_link(entry: etree._Element, base: str, zone: str | None, spoken: str | None) -> Link | None:
    fields = _fields(entry)
    address = _address(entry, fields, base)
    if address is None:
        return None
    modified = _first_date(fields, MODIFIED, zone)
    hints = Hints(
        title=_title(fields),
        published=_first_date(fields, PUBLISHED, zone),
        authors=_authors(fields),
        source=_source(fields),
        language=_language(entry, fields) or spoken,
    )
    return Link(
        url=address, hints=hints, modified=modified.when if modified else None, id=_first_text(fields, IDS)
    )


def _address(entry: etree._Element, fields: Fields, base: str) -> str | None:
    """Where the entry's page is: its original link, its link, its permanent guid, its RDF name."""
    for address in _addresses(entry, fields):
        if (found := absolute(address[0], _base(address[1], base))) is not None:
            return found
    return None


def _addresses(entry: etree._Element, fields: Fields) -> Iterator[tuple[str | None, etree._Element]]:
    yield from ((element.text, element) for element in fields.get("feedburner:origlink", []))
    hrefs = [link for name in ("link", "atom:link") for link in fields.get(name, []) if link.get("href")]
    for wanted in _is_html_page, _is_alternate:
        yield from ((link.get("href"), link) for link in hrefs if wanted(link))
    yield from ((link.text, link) for link in fields.get("link", []) if not link.get("href"))
    for guid in fields.get("guid", []):
        if (guid.get("isPermaLink") or guid.get("ispermalink") or "true").lower() != "false" and _is_url(
            guid.text
        ):
            yield guid.text, guid
    yield entry.get(RDF_ABOUT), entry


def _is_alternate(link: etree._Element) -> bool:
    return (link.get("rel") or "alternate").lower() == "alternate"


def _is_html_page(link: etree._Element) -> bool:
    return _is_alternate(link) and (link.get("type") or "text/html").lower() in (
        "text/html",
        "application/xhtml+xml",
    )


def _is_url(text: str | None) -> bool:
    return (text or "").strip().lower().startswith(("http://", "https://"))


def _base(element: etree._Element, base: str) -> str:
    """The base of the element's address: the `xml:base` round it, if any, against the feed's."""
    try:
        own = element.base
    except ValueError:
        return base
    return (absolute(own, base) if own else None) or base


def _next(head: Fields, url: str) -> str | None:
    """The feed's next page (RFC 5005)."""
    for link in head.get("link", []) + head.get("atom:link", []):
        if (link.get("rel") or "").lower() == "next" and (found := absolute(link.get("href"), url)) != url:
            return found
    return None


def _title(fields: Fields) -> str | None:
    for name in TITLES:
        for element in fields.get(name, []):
            if title := _words(_content(element)):
                return title
    return None


def _content(element: etree._Element) -> str:
    """The element's text; escaped HTML stays escaped only where Atom calls it plain text."""
    text = _all_text(element)
    in_atom = "atom" in namespace_of(element).lower()
    is_plain = in_atom and (element.get("type") or "text").lower() in ("text", "text/plain", "xhtml")
    return text if is_plain and (element.get("mode") or "") != "escaped" else unmarked(text)


def _all_text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def unmarked(text: str) -> str:
    """Text out of a piece of HTML: tags dropped, entities read.

    >>> unmarked("Phase&nbsp;3: p &lt; 0.05 in <i>EGFR</i>")
    'Phase\\xa03: p < 0.05 in EGFR'
    """
    return html.unescape(MARKUP.sub("", text[: 10 * MAX_WORDS]))


def _words(text: str | None) -> str | None:
    """One line of visible characters, or None."""
    visible = "".join(" " if c.isspace() else c for c in (text or "")[: 5 * MAX_WORDS] if _is_visible(c))
    return " ".join(visible.split())[:MAX_WORDS] or None


def _is_visible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")


def _first_text(fields: Fields, names: Iterable[str]) -> str | None:
    texts = (_words(element.text) for name in names for element in fields.get(name, []))
    return next((text for text in texts if text), None)


def _first_date(fields: Fields, names: Iterable[str], zone: str | None) -> Any:
    dates = (read_date(element.text, zone) for name in names for element in fields.get(name, []))
    return next((date for date in dates if date), None)


def _authors(fields: Fields) -> tuple[str, ...]:
    names = (_author(element) for name in AUTHORS for element in fields.get(name, [])[:MAX_AUTHORS])
    return _distinct(names)


def _author(element: etree._Element) -> str | None:
    """An author's name: Atom's <name>, the bracketed part of `mail@host (Name)`, or the text."""
    named = [child for child in element.iterchildren(etree.Element) if local_name(child) == "name"]
    words = _words(unmarked(_all_text(named[0] if named else element)))
    return person(words)


def person(words: str | None) -> str | None:
    """The name in an author field, without the mail address.

    >>> person("desk@example.com (Li Wei)"), person("desk@example.com")
    ('Li Wei', None)
    """
    if words and (match := MAILBOX.match(words)):
        return match[1].strip() or None
    return None if not words or "@" in words else words


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_AUTHORS]


def _source(fields: Fields) -> str | None:
    """Where the entry was taken from: RSS's <source> text or the title in Atom's."""
    for element in fields.get("source", []):
        title = _fields(element).get("title")
        if words := _words(unmarked(_all_text(title[0] if title else element))):
            return words if title or not len(element) else None
    return None


def _language(element: etree._Element, fields: Fields) -> str | None:
    return language_tag(element.get(XML_LANG)) or language_tag(_first_text(fields, LANGUAGES))


def language_tag(text: str | None) -> str | None:
    """A language tag in lower case, or None for anything else.

    >>> language_tag("zh_CN")
    'zh-cn'
    """
    words = (text or "").strip()
    return words.lower().replace("_", "-") if len(words) < 40 and LANGUAGE.fullmatch(words) else None


def _read_json(text: str, url: str, zone: str | None) -> Feed:
    """A JSON Feed (jsonfeed.org, versions 1.0 and 1.1)."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError(url, "is JSON that breaks off or has a fault") from None
    if not isinstance(feed, dict) or not _is_json_feed(feed):
        raise FeedError(url, "is JSON, but no JSON Feed")
    spoken = language_tag(_string(feed.get("language")))
    items = (_json_link(item, url, zone, spoken) for item in feed["items"] if isinstance(item, dict))
    return Feed(
        title=_words(_string(feed.get("title"))),
        links=without_repeats(link for link in items if link is not None),
        next_url=absolute(_string(feed.get("next_url")), url),
    )


def _is_json_feed(feed: dict[str, Any]) -> bool:
    return isinstance(feed.get("items"), list) and bool(
        JSON_VERSION.match(_string(feed.get("version")) or "")
    )


def _json_link(item: dict[str, Any], url: str, zone: str | None, spoken: str | None) -> Link | None:
    address = absolute(_string(item.get("url")), url) or absolute(_string(item.get("external_url")), url)
    if address is None:
        return None
    modified = read_date(_string(item.get("date_modified")), zone)
    hints = Hints(
        title=_words(_string(item.get("title"))),
        published=read_date(_string(item.get("date_published")), zone),
        authors=_json_authors(item),
        language=language_tag(_string(item.get("language"))) or spoken,
    )
    identity = item.get("id")
    return Link(
        url=address,
        hints=hints,
        modified=modified.when if modified else None,
        id=_words(str(identity)) if isinstance(identity, str | int) else None,
    )


def _json_authors(item: dict[str, Any]) -> tuple[str, ...]:
    listed = item.get("authors")
    people = [*(listed if isinstance(listed, list) else []), item.get("author")]
    return _distinct(person(_words(_string(p.get("name")))) for p in people if isinstance(p, dict))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
