"""What a site has for a crawl to begin with, found from its address alone: feeds, sitemaps, lists of news.

Nothing here fetches: the caller brings a function that does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from newsbot.discovery import Link
from newsbot.discovery.choosing import (
    Channel,
    carries_news,
    groups_of,
    has_posts,
    pattern_for,
    sample_of,
    says_posts,
    without_covered,
)
from newsbot.discovery.feeds import read_feed
from newsbot.discovery.homepage import (
    FEED_PATHS,
    SITEMAP_PATHS,
    Section,
    declared_feeds,
    language_of,
    sections,
    site_name,
)
from newsbot.discovery.lists import read_list
from newsbot.discovery.naming import Name, name_of_address
from newsbot.discovery.sitemaps import Sitemap, read_sitemap, sitemaps_in_robots
from newsbot.errors import FeedError, FetchError
from newsbot.extraction.decode import decode
from newsbot.extraction.tree import parse
from newsbot.model import Page, Processed, Role
from newsbot.outcome import Trouble, trouble_of
from newsbot.processing import process
from newsbot.times import sortable
from newsbot.urls import canonicalise

MOST_FETCHED = 120
"""Pages that one survey asks for."""
MOST_NAMED = 20
MOST_UNNAMED = 14
"""Sections looked at whose name says news, and whose name says nothing."""
DEEPEST = 3
SAMPLE = 3
SHOWN = 10
MOST_FEEDS = 8
MOST_SITEMAPS = 6
MOST_GROUPS = 8
MOST_TITLES = 12

Fetch: TypeAlias = Callable[[str, Role], Awaitable[Page]]
"""Gives the page at an address; one that did not come carries `failure`."""
Say: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found at `url`. `articles` are the newest that a crawl would collect, at most ten, and pages that would
    be refused. `language` is None where the pages do not tell.
    """

    url: str
    title: str | None
    language: str | None
    channels: tuple[Channel, ...] = ()
    articles: tuple[Processed, ...] = field(default=(), repr=False)
    fetched: int = 0
    note: str | None = None

    def addresses(self, role: Role) -> tuple[str, ...]:
        """Where the channels of that kind are."""
        return tuple(dict.fromkeys(each.url for each in self.channels if each.role is role))

    @property
    def include(self) -> tuple[str, ...]:
        """The patterns of the articles' addresses; none if every link counts."""
        if not all(each.include for each in self.channels):
            return ()
        return tuple(dict.fromkeys(pattern for each in self.channels for pattern in each.include))


async def survey(url: str, fetch: Fetch, say: Say) -> Survey:
    """Look at the site at an address. Raises FetchError if the address itself cannot be read."""
    surveyor = Surveyor(fetch, say)
    first = await surveyor.get(url, Role.LIST)
    problem = problem_of(first)
    if first is None or problem is not None:
        raise FetchError(url, problem or "not asked for")
    tree = parse(text_of_page(first))
    channels = await surveyor.itself(first) or await surveyor.site(first)
    articles = await surveyor.newest(channels)
    return Survey(
        url=first.url,
        title=site_name(surveyor.texts()),
        language=spoken(articles) or language_of(tree),
        channels=tuple(channels),
        articles=articles,
        fetched=surveyor.fetched,
        note=None if channels else surveyor.why_nothing(first),
    )


class Surveyor:
    """One look round a site: what it has fetched, and what it made of it."""

    def __init__(self, fetch: Fetch, say: Say) -> None:
        self.fetch = fetch
        self.say = say
        self.fetched = 0
        self.refused: str | None = None
        self.pages: dict[str, Page] = {}
        self.read: dict[str, Processed] = {}

    async def get(self, url: str, role: Role) -> Page | None:
        """The page, each once; None when as many were fetched as may be."""
        if url not in self.pages:
            if self.fetched >= MOST_FETCHED:
                return None
            self.fetched += 1
            self.say(f"{self.fetched}: {url}")
            self.pages[url] = await self.fetch(url, role)
        return self.pages[url]

    async def get_good(self, url: str, role: Role) -> Page | None:
        """The page if it came as it should."""
        page = await self.get(url, role)
        problem = problem_of(page)
        if problem is not None:
            self.refused = self.refused or f"{url}: {problem}"
        return page if problem is None else None

    def texts(self) -> list[str]:
        """The articles and sections that came, as text."""
        html = [page for page in self.pages.values() if problem_of(page) is None and is_html(page)]
        return [text_of_page(page) for page in html[:MOST_TITLES]]

    # what an address is

    async def itself(self, page: Page) -> list[Channel]:
        """The channels that the address given is itself: a feed, a sitemap, or a list below the root."""
        if (feed := await self.feed(page)) is not None:
            return [feed]
        if (sitemap := sitemap_of(page)) is not None:
            return await self.in_sitemap(page.url, sitemap)
        if urlsplit(page.url).path in ("", "/"):
            return []
        found = await self.list_at(page, Name.NEWS)
        if found is None or not carries_news(found):
            return []
        feeds = [each for each in await self.feeds([page]) if each.addresses & found.addresses]
        return [*feeds, found]

    async def site(self, page: Page) -> list[Channel]:
        """The channels of the site that an address belongs to."""
        feeds = await self.feeds([page])
        home = await self.list_at(page, Name.SILENT)
        lists = [home] if home is not None and carries_news(home) else []
        lists += await self.roam(page, found_already=bool(feeds or lists))
        if not feeds:
            feeds = await self.feeds([self.pages[each.url] for each in lists if each.url in self.pages])
        feeds = feeds or await self.usual_feeds(page.url)
        channels = without_covered(feeds) + without_covered(lists)
        if not lists:
            channels += await self.sitemaps(page.url)
        return channels

    # feeds

    async def feed(self, page: Page) -> Channel | None:
        """The feed that a page is."""
        try:
            feed = read_feed(page.body, page.url, page.content_type)
        except FeedError:
            return None
        return await self.sampled(Channel(role=Role.FEED, url=page.url, links=feed.links))

    async def feeds(self, pages: Iterable[Page]) -> list[Channel]:
        """The feeds that pages name and that carry articles."""
        named = [url for page in pages for url in declared_feeds(parse(text_of_page(page)), page.url)]
        return await self.feeds_at(url for url in dict.fromkeys(named) if not is_other_feed(url))

    async def usual_feeds(self, url: str) -> list[Channel]:
        """The first feed where feeds lie when no page names them."""
        for path in FEED_PATHS:
            if found := await self.feeds_at([urljoin(url, f"/{path}")]):
                return found
        return []

    async def feeds_at(self, urls: Iterable[str]) -> list[Channel]:
        """The feeds at these addresses that carry articles."""
        found: list[Channel] = []
        for url in list(urls)[:MOST_FEEDS]:
            page = await self.get_good(url, Role.FEED)
            feed = await self.feed(page) if page is not None else None
            if feed is not None and carries_news(feed):
                found.append(feed)
        return found

    # lists

    async def roam(self, home: Page, *, found_already: bool) -> list[Channel]:
        """The lists of news below a page, the likeliest sections first; unnamed ones only while nothing is found."""
        walk = Walk(home)
        lists: list[Channel] = []
        while (step := walk.next(unnamed=not lists and not found_already)) is not None:
            depth, section = step
            if is_archive_of(section.url, lists):
                continue
            page = await self.get_good(section.url, Role.LIST)
            if page is None:
                continue
            found = await self.list_at(page, section.name)
            if found is not None and carries_news(found):
                lists.append(found)
            walk.add(page, depth + 1)
        return lists

    async def list_at(self, page: Page, name: Name) -> Channel | None:
        """The list that a page holds, with a sample read; None if it holds none."""
        found = read_list(parse(text_of_page(page)), page.url)
        if not found.links:
            return None
        channel = Channel(
            role=Role.LIST, url=page.url, links=found.links, name=name, paged=bool(found.next_pages)
        )
        return await self.sampled(channel)

    # sitemaps

    async def sitemaps(self, url: str) -> list[Channel]:
        """The channels in the site's sitemaps."""
        robots = await self.get(urljoin(url, "/robots.txt"), Role.SITEMAP)
        named = sitemaps_in_robots(robots.body) if robots is not None and robots.status == 200 else ()
        for address in (*named[:MOST_SITEMAPS], *(urljoin(url, f"/{path}") for path in SITEMAP_PATHS)):
            page = await self.get_good(address, Role.SITEMAP)
            sitemap = sitemap_of(page) if page is not None else None
            if sitemap is not None and (found := await self.in_sitemap(address, sitemap)):
                return found
        return []

    async def in_sitemap(self, url: str, sitemap: Sitemap) -> list[Channel]:
        """The channels of one sitemap: those of its folders that carry articles, or of the sitemaps in it."""
        if not sitemap.children:
            return await self.folders(url, sitemap.links)
        found: list[Channel] = []
        children = sorted(sitemap.children, key=lambda each: not says_posts(each.url))
        for child in [each for each in children if has_posts(each.url)][:MOST_SITEMAPS]:
            page = await self.get_good(child.url, Role.SITEMAP)
            inner = sitemap_of(page) if page is not None else None
            found += await self.folders(child.url, inner.links) if inner is not None else []
        return found

    async def folders(self, url: str, links: Sequence[Link]) -> list[Channel]:
        """The folders of a sitemap that carry articles: all of it, or some by pattern."""
        groups = groups_of(links)
        ranked = sorted(groups, key=lambda folder: (-name_of_address(folder), -len(groups[folder])))
        found: list[Channel] = []
        for folder in ranked[:MOST_GROUPS]:
            named = name_of_address(folder)
            if named is Name.SILENT and any(each.name is Name.NEWS for each in found):
                break
            include = () if folder == "/" else (pattern_for(groups[folder][0].url, folder),)
            links_of = tuple(newest_first(groups[folder]))
            channel = await self.sampled(
                Channel(role=Role.SITEMAP, url=url, links=links_of, name=named, include=include)
            )
            found += [channel] if carries_news(channel) else []
        return found

    # articles

    async def sampled(self, channel: Channel) -> Channel:
        """The channel with a sample of what it leads to, read."""
        return replace(channel, sample=await self.articles(sample_of(channel.links, SAMPLE)))

    async def articles(self, links: Iterable[Link]) -> tuple[Processed, ...]:
        """What is read of these links; pages that did not come are refused."""
        found: list[Processed] = []
        for link in links:
            key = canonicalise(link.url)
            if key not in self.read and (page := await self.get(link.url, Role.ARTICLE)) is not None:
                self.read[key] = process(replace(page, role=Role.ARTICLE, hints=link.hints))
            if key in self.read:
                found.append(self.read[key])
        return tuple(found)

    async def newest(self, channels: Sequence[Channel]) -> tuple[Processed, ...]:
        """The newest articles of the channels, a few of each, and no page twice."""
        links: dict[str, Link] = {}
        for place in range(SHOWN):
            for channel in channels:
                for link in channel.links[place : place + 1]:
                    links.setdefault(canonicalise(link.url), link)
        found = await self.articles(list(links.values())[:SHOWN])
        return tuple(sorted(found, key=time_of_article, reverse=True))

    def why_nothing(self, home: Page) -> str:
        """What may be the reason that nothing was found."""
        if self.refused is not None:
            return f"The first page that did not come: {self.refused}."
        scripts = home.body[:500_000].lower().count(b"<script")
        anchors = home.body[:500_000].lower().count(b"<a ")
        if scripts and anchors < LEAST_LINKS:
            return "Its page has hardly any links; scripts may make them, which takes a browser (browser = true)."
        return "Give the address of its page of news, or of its feed."


LEAST_LINKS = 5


class Walk:
    """The sections still to be looked at: those named news first, then by depth, then as they stand on the page."""

    def __init__(self, home: Page) -> None:
        self.order = count()
        self.queue: list[tuple[int, int, int, Section]] = []
        self.met = {canonicalise(home.url)}
        self.looked: Counter[Name] = Counter()
        self.add(home, 1)

    def add(self, page: Page, depth: int) -> None:
        """Take the sections that a page links to."""
        if depth > DEEPEST:
            return
        for section in sections(parse(text_of_page(page)), page.url):
            if section.name is not Name.OTHER and canonicalise(section.url) not in self.met:
                self.met.add(canonicalise(section.url))
                heappush(self.queue, (-section.name, depth, next(self.order), section))

    def next(self, *, unnamed: bool) -> tuple[int, Section] | None:
        """The next section and its depth, None at the end or at the bounds."""
        while self.queue:
            _, depth, _, section = heappop(self.queue)
            bound = MOST_NAMED if section.name is Name.NEWS else MOST_UNNAMED * unnamed
            if self.looked[section.name] < bound:
                self.looked[section.name] += 1
                return depth, section
        return None


def problem_of(page: Page | None) -> str | None:
    """Why a page is of no use, in words; None if it is."""
    if page is None:
        return "not asked for: as many pages were fetched as a survey may"
    if page.failure is not None:
        return page.failure
    trouble = trouble_of(page.status, page.url, dict(page.headers))
    if trouble is Trouble.BLOCKED:
        return f"HTTP {page.status}, the site lets no robots in"
    return f"HTTP {page.status}" if trouble is not None or not 200 <= page.status < 300 else None


def sitemap_of(page: Page) -> Sitemap | None:
    """The sitemap that a page is, None if it is something else."""
    if urlsplit(page.url).path == "/robots.txt":
        return Sitemap(children=tuple(Link(url=each) for each in sitemaps_in_robots(page.body)))
    if not page.body.lstrip()[:1].startswith((b"<", b"\x1f", b"\xef", b"h")):
        return None
    try:
        return read_sitemap(page.body, page.url)
    except FeedError:
        return None


def is_html(page: Page) -> bool:
    """Whether a page says that it is one for people."""
    return "html" in (page.content_type or "").lower()


def text_of_page(page: Page) -> str:
    """The page's text in its own encoding."""
    return decode(page.body, page.content_type).text


def is_other_feed(url: str) -> bool:
    """Whether a feed's address says that it carries something else than news: events, jobs, products."""
    return name_of_address(url) is Name.OTHER


def is_archive_of(url: str, lists: Iterable[Channel]) -> bool:
    """Whether an address is a year or a numbered part of a list that is found already."""
    folder, _, last = url.rstrip("/").rpartition("/")
    return last.isdigit() and any(f"{folder}/".startswith(each.url.rpartition("/")[0]) for each in lists)


def newest_first(links: Iterable[Link]) -> Iterator[Link]:
    """The links by what is said of their time; those without come last."""

    def time_of(link: Link) -> str:
        when = link.hints.published.when if link.hints.published else link.modified
        return sortable(when) if when else ""

    return iter(sorted(links, key=time_of, reverse=True))


def time_of_article(item: Processed) -> str:
    """When an article was published, as text that sorts; "" for what is none or has no date."""
    published = item.extraction.article.published if item.extraction and item.refusal is None else None
    return sortable(published.when) if published else ""


def spoken(articles: Iterable[Processed]) -> str | None:
    """The language of most articles."""
    languages = Counter(
        item.extraction.article.language for item in articles if item.extraction and item.refusal is None
    )
    del languages[None]
    return next((language for language, _ in languages.most_common(1)), None)
