"""The archive as an RSS 2.0 feed. What came from a page is escaped text; nothing in it runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO

from newsbot.export.atom import feed_id
from newsbot.export.xml_text import heading, link_of, name_of, people, rfc822, xml, xml_safe
from newsbot.store import StoredArticle

CREATORS = "http://purl.org/dc/elements/1.1/"
"""RSS's own <author> must be an address of mail; dc:creator is a name."""


def write_rss(
    articles: Iterable[StoredArticle], out: TextIO, *, title: str = "newsbot", key: str = ""
) -> int:
    """An RSS 2.0 feed with this title; the number of items written.

    An archive has no website, where RSS wants the address of one: it gets the name of the feed.
    """
    out.write(f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="{CREATORS}"><channel>\n')
    out.write(f"<title>{xml(title)}</title><link>{feed_id(key)}</link><description>Articles</description>\n")
    out.write(f"<generator>newsbot</generator><lastBuildDate>{rfc822(datetime.now(UTC))}</lastBuildDate>\n")
    count = 0
    for article in articles:
        count += 1
        out.write(rss_item(article))
    out.write("</channel></rss>\n")
    return count


def rss_item(article: StoredArticle) -> str:
    """One item. Readers take a description for HTML, so that the text in it is escaped twice."""
    published = f"<pubDate>{rfc822(article.published)}</pubDate>" if article.published else ""
    paragraphs = "".join(f"<p>{xml(line)}</p>" for line in article.body.split("\n"))
    categories = [name for name in map(xml_safe, article.category) if name.strip()]
    return (
        f"<item><title>{xml(heading(article))}</title>{_address(article)}{published}"
        + "".join(f"<dc:creator>{xml(name)}</dc:creator>" for name in people(article))
        + "".join(f"<category>{xml(name)}</category>" for name in categories)
        + f"<description>{xml(paragraphs)}</description></item>\n"
    )


def _address(article: StoredArticle) -> str:
    """Where it stands and its guid: the address itself, or for what is not on the web a name."""
    link = link_of(article)
    if link is None:
        return f'<guid isPermaLink="false">{name_of(article)}</guid>'
    return f'<link>{xml(link)}</link><guid isPermaLink="true">{xml(link)}</guid>'
