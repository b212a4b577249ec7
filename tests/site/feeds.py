"""The machine-readable side of the site: RSS, Atom, JSON feed, sitemaps, robots.txt.

Links in these are absolute: `base` is scheme and host as the client asked for them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.site.content import Other, Section, Story, newest_first
from tests.site.templates.parts import headline, iso, teaser

SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
NEWS_SINCE = date(2026, 11, 8)
SITEMAPS = ("/en/regulator/sitemap-recalls.xml.gz", "/en/regulator/sitemap-approvals.xml")


def entries(section: Section, edition: int) -> list[Story | Other]:
    """What a section's feeds name, newest first: its stories, and what stands among them in the lists."""
    others = [other for other in section.others if other.listed]
    return newest_first([*section.at(edition), *others])


def _when(entry: Story | Other, edition: int) -> datetime | date | None:
    changed = entry.changed(edition) if isinstance(entry, Story) else None
    return changed or entry.published


def _tag(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def rss(section: Section, edition: int, base: str) -> bytes:
    """An RSS 2.0 feed with authors and categories."""
    body = "\n".join(_rss_item(entry, base) for entry in entries(section, edition))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{section.name}</title>
<link>{base}{section.root}</link>
<description>{section.name}</description>
<language>{section.language}</language>
{body}
</channel>
</rss>
""".encode()


def _rss_item(entry: Story | Other, base: str) -> str:
    published = entry.published
    timed = format_datetime(published) if isinstance(published, datetime) else None
    people = entry.authors if isinstance(entry, Story) else ()
    tags = entry.tags if isinstance(entry, Story) else ()
    return "\n".join(
        (
            "<item>",
            _tag("title", headline(entry)),
            _tag("link", base + entry.path),
            f'<guid isPermaLink="true">{base}{entry.path}</guid>',
            _tag("pubDate", timed),
            *(_tag("dc:creator", name) for name in people),
            *(_tag("category", tag) for tag in tags),
            _tag("description", teaser(entry)),
            "</item>",
        )
    )


def atom(section: Section, edition: int, base: str) -> bytes:
    """An Atom feed; every entry must have a time, so those without one are left out."""
    timed = [entry for entry in entries(section, edition) if isinstance(entry.published, datetime)]
    body = "\n".join(
        f"<entry>{_tag('title', headline(entry))}<id>{base}{entry.path}</id>"
        f'<link rel="alternate" href="{base}{entry.path}"/>'
        f"<published>{iso(entry.published)}</published><updated>{iso(_when(entry, edition))}</updated>"
        f"{_tag('summary', teaser(entry))}</entry>"
        for entry in timed
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{section.name}</title>
<id>{base}{section.root}</id>
<link href="{base}{section.root}"/>
<updated>{iso(_when(timed[0], edition))}</updated>
{body}
</feed>
""".encode()


def json_feed(section: Section, edition: int, base: str) -> bytes:
    """A JSON feed."""
    found = [
        {
            "id": base + entry.path,
            "url": base + entry.path,
            "title": headline(entry),
            "date_published": iso(entry.published),
            "authors": [{"name": name} for name in entry.authors] if isinstance(entry, Story) else None,
            "summary": teaser(entry),
        }
        for entry in entries(section, edition)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": section.name,
        "home_page_url": base + section.root,
        "items": [{name: value for name, value in item.items() if value} for item in found],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def sitemap(found: Iterable[Story | Other], edition: int, base: str) -> bytes:
    """A sitemap with the times of the last change where they are known."""
    body = "\n".join(
        f"<url><loc>{base}{entry.path}</loc>{_tag('lastmod', iso(_when(entry, edition)))}</url>"
        for entry in found
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SITEMAP}>\n{body}\n</urlset>\n'.encode()


def of_category(section: Section, category: str, edition: int) -> list[Story]:
    """The stories of one category."""
    return [story for story in section.at(edition) if story.category == category]


def news_sitemap(section: Section, edition: int, base: str) -> bytes:
    """A news sitemap of the latest stories."""
    body = "\n".join(
        f"<url><loc>{base}{story.path}</loc><news:news><news:publication><news:name>{section.name}</news:name>"
        f"<news:language>{section.language}</news:language></news:publication>"
        f"<news:publication_date>{iso(story.published)}</news:publication_date>"
        f"{_tag('news:title', story.title)}</news:news></url>"
        for story in section.at(edition)
        if isinstance(story.published, datetime) and story.published.date() >= NEWS_SINCE
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SITEMAP} {NEWS}>\n{body}\n</urlset>\n'.encode()


def index(changes: Mapping[str, datetime], base: str) -> bytes:
    """A sitemap of sitemaps, with the time of each one's last change."""
    body = "\n".join(
        f"<sitemap><loc>{base}{path}</loc>{_tag('lastmod', iso(when))}</sitemap>"
        for path, when in changes.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {SITEMAP}>\n{body}\n</sitemapindex>\n'.encode()


def zipped(content: bytes) -> bytes:
    """The same bytes for the same content at any time."""
    return gzip.compress(content, mtime=0)


def robots(base: str) -> bytes:
    """Everything is allowed but /private/."""
    return f"User-agent: *\nDisallow: /private/\n\nSitemap: {base}/sitemap.xml\n".encode()
