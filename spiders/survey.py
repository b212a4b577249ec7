"""A look round a site, to find what a crawl of it can begin with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from newsbot.catalogue import Source, source_for_urls
from newsbot.contact import check_contact
from newsbot.errors import NewsbotError
from newsbot.model import Page, Role
from newsbot.times import clock_from
from spiders.answers import failure_page, page_of
from spiders.failures import words_for

if TYPE_CHECKING:
    from newsbot.surveying import Survey


class SurveySpider(Spider):
    """Fetches as politely as every spider, keeps nothing, and tells `done` what it found: for `sources add`."""

    name = "survey"
    custom_settings = {"ITEM_PIPELINES": {}}  # noqa: RUF012 (Scrapy's own form)

    def __init__(
        self,
        url: str,
        say: Callable[[str], None] = lambda _: None,
        done: Callable[[Survey | NewsbotError], None] = lambda _: None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.url = url
        self.say = say
        self.done = done
        self.now = clock_from(None)
        self.source: Source = source_for_urls((url,), self.name)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, once it is known whom the site may write to."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        check_contact(crawler.settings["NEWSBOT_CONTACT"], [spider.url])
        if spider.source.delay is not None:
            crawler.settings.set("DOWNLOAD_DELAY", spider.source.delay, priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The survey; it yields nothing."""
        from newsbot.surveying import survey  # it brings extraction along, which takes a second to load

        try:
            self.done(await survey(self.url, self.fetch, self.say))
        except NewsbotError as error:
            self.done(error)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def fetch(self, url: str, role: Role) -> Page:
        """The page at an address, or why it did not come."""
        assert self.crawler
        assert self.crawler.engine
        request = Request(url, cb_kwargs={"role": role}, dont_filter=True)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 (whatever a downloader raises is why the page did not come)
            return failure_page(request, self.source, self.now(), words_for(error))
        return page_of(response, role, self.source, self.now())
