"""Agencies: the English one with JSON-LD and sitemaps, the Chinese one with meta tags and signature units."""

from __future__ import annotations

import json
from html import escape

from tests.site.content import STANDING, Section, Story
from tests.site.markup import Piece, body_html
from tests.site.templates.parts import (
    Listing,
    anchor,
    day,
    headline,
    iso,
    items,
    lines,
    menu,
    side_links,
    stamp,
)

STANDING_AFTER = 2
"""Behind which block of the text the standing paragraph is set."""

# the English agency


def english_article(section: Section, story: Story, edition: int, base: str) -> str:
    """A notice of the English agency."""
    changed = story.changed(edition)
    dates = "".join(
        f'<p class="{name}">{label} <time datetime="{iso(when)}">{when.strftime("%d %B %Y")}</time></p>'
        for name, label, when in (
            ("published", "Published", story.published),
            ("updated", "Last updated", changed),
        )
        if when
    )
    byline = f'<p class="contact-person">Written by {escape(" and ".join(story.authors))}</p>' * bool(
        story.authors
    )
    head = (
        f'<link rel="canonical" href="{base}{story.path}">\n'
        f'<meta property="og:type" content="article">\n'
        f'<script type="application/ld+json">{_json_ld(section, story, edition, base)}</script>'
    )
    content = f"""<article>
<h1>{escape(story.title)}</h1>
<div class="page-info">{dates}{byline}</div>
<div class="body">
{_body(section, story.blocks(edition))}
</div>
</article>
<div class="page-actions"><ul>{lines(section, "share", "li")}</ul></div>"""
    return _english_frame(section, story.title, head, content, story)


def _body(section: Section, blocks: tuple[Piece, ...]) -> str:
    """The text with the paragraph in it that stands in every notice."""
    text, rest = (_html(part) for part in (blocks[:STANDING_AFTER], blocks[STANDING_AFTER:]))
    return f"{text}\n<div>{lines(section, STANDING)}</div>\n{rest}"


def _html(blocks: tuple[Piece, ...]) -> str:
    return body_html(blocks, heading="<h2>{}</h2>")


def _json_ld(section: Section, story: Story, edition: int, base: str) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "url": base + story.path,
        "datePublished": iso(story.published),
        "dateModified": iso(story.changed(edition) or story.published),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "GovernmentOrganization", "name": section.name},
    }
    return json.dumps({name: value for name, value in facts.items() if value})


def english_list(section: Section, listing: Listing) -> str:
    """All notices on one page."""
    rows = items(
        f"{anchor(entry.path, headline(entry))} <span>{stamp(entry.published, '%d %B %Y')}</span>"
        for entry in listing.entries
    )
    content = f'<h1>News and notices</h1>\n<ul class="notices">\n{rows}\n</ul>'
    return _english_frame(section, "News and notices", "", content, None)


def _english_frame(section: Section, title: str, head: str, content: str, story: Story | None) -> str:
    crumbs = section.words("breadcrumb")[0].split(" > ")
    return f"""<!doctype html>
<html lang="en" class="no-js">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(title)} | {section.name}</title>
{head}
</head>
<body>
<a class="skip-link" href="#content">Skip to content</a>
<header class="site-header"><a href="{section.root}">{section.name}</a>
<nav aria-label="Main"><ul>
{menu(section)}
</ul></nav></header>
<nav class="breadcrumb" aria-label="Breadcrumb"><ol>{items(anchor(section.root, crumb) for crumb in crumbs)}</ol></nav>
<main id="content">
{content}
<aside class="related"><h2>{section.words("side_title")[0]}</h2><ul>
{side_links(section, story, 3)}
</ul>{lines(section, "side_lines")}</aside>
</main>
<footer class="site-footer">
{lines(section, "footer")}
</footer>
</body>
</html>
"""


# the Chinese agency


def chinese_article(section: Section, story: Story, edition: int) -> str:
    """A notice of the Chinese agency."""
    named = {
        "SiteName": section.name,
        "ColumnName": "通知公告",
        "ArticleTitle": story.title,
        "PubDate": stamp(story.published),
        "ContentSource": story.source,
        "Author": " ".join(story.authors),
    }
    head = "\n".join(
        f'<meta name="{name}" content="{escape(value)}">' for name, value in named.items() if value
    )
    sizes = "".join(f'<a href="#">{word}</a> ' for word in section.words("tools")[1:])
    share = " ".join(f'<a href="#">{word}</a>' for word in section.words("share")[1:])
    info = (
        f"发布时间：{stamp(story.published)}　信息来源：{story.source or ''}　作者：{' '.join(story.authors)}"
    )
    content = f"""<div class="article">
<div class="article-title">{escape(story.title)}</div>
<div class="article-info"><span>{info}</span>　<span>浏览次数：<em id="hits"></em></span>
<span class="size">{section.words("tools")[0]}{sizes}</span></div>
<div class="article-content TRS_Editor">
{body_html(story.blocks(edition), paragraph='<p style="text-indent: 2em">{}</p>', heading="<p><strong>{}</strong></p>")}
</div>
<div class="article-tools">{section.words("share")[0]}{share}</div>
</div>"""
    return _chinese_frame(section, f"{story.title}_{section.name}", head, content, story)


def chinese_list(section: Section, listing: Listing) -> str:
    """All notices on one page."""
    rows = items(
        f'{anchor(entry.path, headline(entry), " target=_blank")}<span class="date">{day(entry.published)}</span>'
        for entry in listing.entries
    )
    content = f'<ul class="list">\n{rows}\n</ul>\n<div class="page">共 {listing.total} 页</div>'
    return _chinese_frame(section, f"通知公告_{section.name}", "", content, None)


def empty(section: Section) -> str:
    """A page on which nothing stands."""
    return f"<!doctype html>\n<html lang={section.language}><head><meta charset=utf-8></head><body>\n</body></html>\n"


def _chinese_frame(section: Section, title: str, head: str, content: str, story: Story | None) -> str:
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8">
<title>{escape(title)}</title>
{head}
</head>
<body>
<div class="top-bar"><span>欢迎访问{section.name}网站！</span></div>
<div class="nav"><ul>
{menu(section)}
</ul></div>
<div class="main">
<div class="position">{section.words("breadcrumb")[0].replace(">", "&gt;")}</div>
{content}
<div class="side"><div class="side-title">{section.words("side_title")[0]}</div><ul>
{side_links(section, story, 4)}
</ul>{lines(section, "side_lines")}</div>
</div>
<div class="foot">
{lines(section, "footer")}
</div>
</body>
</html>
"""


PAGES = {"empty": empty}
"""Pages that are no article, by kind."""
