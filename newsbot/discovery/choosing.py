"""Which feeds, lists and sitemaps of a site are its news: by their names and by samples of what they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newsbot.discovery import Link
from newsbot.discovery.naming import Name, name_of_address, name_of_folder
from newsbot.model import Processed, Role
from newsbot.urls import canonicalise

MOST_CHANNELS = 8
"""Lists and feeds that one source is given; a site with more is several sources."""

LEAST_GROUP = 2
NO_POSTS = re.compile(r"(?:^|[/_-])(?:page|categor|tag|author|taxonom|image|video|product|attachment)", re.I)
"""What the files are called in which a site's sitemap keeps its other pages."""
POSTS = re.compile(r"news|post|article|press|release|blog", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed, list or sitemap that may carry news: where it leads, and what was read of a sample of that.

    `include` are the patterns of the addresses that count; none means all. `paged` lists go on elsewhere.
    """

    role: Role
    url: str
    links: tuple[Link, ...]
    name: Name = Name.SILENT
    paged: bool = False
    include: tuple[str, ...] = ()
    sample: tuple[Processed, ...] = field(default=(), repr=False)

    @property
    def addresses(self) -> frozenset[str]:
        """The pages it leads to."""
        return frozenset(canonicalise(link.url) for link in self.links)


def carries_news(channel: Channel) -> bool:
    """Whether what was read of a channel are articles.

    Half of them are enough where the name says news, or for a feed; elsewhere most must be dated, too: products
    and people have texts and titles like articles, but no dates.
    """
    if not channel.sample or channel.name is Name.OTHER:
        return False
    read = [item for item in channel.sample if item.extraction is not None and item.refusal is None]
    if channel.name is Name.NEWS or channel.role is Role.FEED:
        return 2 * len(read) >= len(channel.sample)
    dated = [item for item in read if item.extraction and item.extraction.article.published]
    return 5 * len(dated) >= 3 * len(channel.sample)


def sample_of(links: Sequence[Link], size: int) -> tuple[Link, ...]:
    """Links from the beginning, the middle and the end.

    >>> [link.url[-1] for link in sample_of([Link(url=f"https://a.test/{n}") for n in range(9)], 3)]
    ['0', '4', '8']
    """
    if len(links) <= size:
        return tuple(links)
    step = (len(links) - 1) / (size - 1)
    return tuple(links[round(number * step)] for number in range(size))


def without_covered(channels: Iterable[Channel]) -> list[Channel]:
    """The channels that bring something of their own, at most MOST_CHANNELS, in their order.

    A list is covered by the others if all that it shows is in them, or by a longer one that can be followed to its
    end and shows the first of it.
    """
    ordered = list(channels)
    kept: list[Channel] = []
    for channel in sorted(ordered, key=lambda each: (not each.paged, -len(each.addresses))):
        if not _is_covered(channel, kept):
            kept.append(channel)
    return [channel for channel in ordered if channel in kept][:MOST_CHANNELS]


def _is_covered(channel: Channel, kept: Sequence[Channel]) -> bool:
    others = frozenset[str]().union(*(each.addresses for each in kept))
    if channel.addresses <= others:
        return True
    first = canonicalise(channel.links[0].url) if channel.links else None
    return any(each.paged and first in each.addresses for each in kept)


def folder_of(url: str) -> str:
    """The folder that an article's address counts to: down to the deepest that says news, else the first.

    >>> folder_of("https://a.test/en/news/2026/x.html"), folder_of("https://a.test/blog-post/")
    ('/en/news/', '/')
    """
    folders = urlsplit(url).path.split("/")[1:-1]
    if url.endswith("/") and folders:
        folders.pop()
    named = [place for place, folder in enumerate(folders) if name_of_folder(folder) is Name.NEWS]
    depth = named[-1] + 1 if named else min(1, len(folders))
    return "/".join(["", *folders[:depth], ""])


def groups_of(links: Iterable[Link]) -> dict[str, list[Link]]:
    """The links of a sitemap by folder; single pages and folders of other things are left out."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        folder = folder_of(link.url)
        if name_of_address(folder) is not Name.OTHER:
            groups.setdefault(folder, []).append(link)
    return {folder: members for folder, members in groups.items() if len(members) >= LEAST_GROUP}


def has_posts(url: str) -> bool:
    """Whether a sitemap's own address allows that it lists articles.

    >>> has_posts("https://a.test/post-sitemap.xml"), has_posts("https://a.test/category-sitemap.xml")
    (True, False)
    """
    return NO_POSTS.search(urlsplit(url).path.rpartition("/")[2]) is None


def says_posts(url: str) -> bool:
    """Whether a sitemap's own address says that it lists articles."""
    return POSTS.search(urlsplit(url).path.rpartition("/")[2]) is not None


def pattern_for(url: str, folder: str) -> str:
    """The `include` pattern for a folder of the site at `url`.

    >>> pattern_for("https://a.test/sitemap.xml", "/en/news/")
    '//a\\\\.test/en/news/'
    """
    return f"//{re.escape(urlsplit(url).netloc)}{re.escape(folder)}".replace("\\-", "-")
