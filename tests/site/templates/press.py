"""Trade magazines: boxes in the middle of the text, share bars, comments, disclaimers behind it."""

from __future__ import annotations

import json
from html import escape

from tests.site.content import Section, Story
from tests.site.markup import Piece, body_html
from tests.site.templates.parts import (
    Listing,
    anchor,
    headline,
    iso,
    items,
    lines,
    menu,
    neighbours,
    side_links,
    stamp,
    teaser,
)

RELATED_AFTER = 2
NEWSLETTER_AFTER = 4
"""Behind which block of the text the boxes stand."""

# the English magazine


def english_article(section: Section, story: Story, edition: int, base: str) -> str:
    """A story of the English magazine."""
    content = f"""<article id="post-{_number(story)}" class="post type-post status-publish">
<header class="entry-header"><span class="cat-links">{anchor(section.root, story.category or "")}</span>
<h1 class="entry-title">{escape(story.title)}</h1>
<div class="entry-meta">{_byline(story)}{_posted(story)}</div></header>
<div class="sharedaddy">{lines(section, "share", "a")}</div>
<div class="entry-content">
{_body(section, story, edition)}
</div>
<footer class="entry-footer"><span class="tags-links">Tagged {_tags(section, story)}</span></footer>
</article>
<div id="comments" class="comments-area">{lines(section, "comments")}</div>"""
    return _english_frame(section, story.title, _head(section, story, base), content, story)


def _byline(story: Story) -> str:
    if story.authors:
        names = " and ".join(anchor("/press/", name, ' rel="author"') for name in story.authors)
        return f'<span class="byline">By {names}</span> '
    return f'<span class="source">Source: {escape(story.source)}</span> ' if story.source else ""


def _posted(story: Story) -> str:
    if not story.published:
        return ""
    shown = stamp(story.published, "%B %d, %Y at %I:%M %p ET")
    return f'<time class="entry-date published" datetime="{iso(story.published)}">{shown}</time>'


def _tags(section: Section, story: Story) -> str:
    return " ".join(anchor(section.root, tag, ' rel="tag"') for tag in story.tags)


def _number(story: Story) -> int:
    return 1000 + sum(story.path.encode()) % 9000


def _body(section: Section, story: Story, edition: int) -> str:
    """The text with a box of related stories and one for the newsletter between its blocks."""
    blocks = story.blocks(edition)
    related = neighbours(section, story, 3)
    boxes = (
        f'<div class="related-box"><h4>{section.words("related_title")[0]}</h4><ul>'
        f"{items(anchor(other.path, other.title) for other in related)}</ul></div>",
        f'<div class="newsletter-signup">{lines(section, "newsletter")}</div>',
    )
    parts = (blocks[:RELATED_AFTER], blocks[RELATED_AFTER:NEWSLETTER_AFTER], blocks[NEWSLETTER_AFTER:])
    return f"{_html(parts[0])}\n{boxes[0]}\n{_html(parts[1])}\n{boxes[1]}\n{_html(parts[2])}"


def _html(blocks: tuple[Piece, ...]) -> str:
    return body_html(blocks, heading="<h2>{}</h2>")


def _head(section: Section, story: Story, base: str) -> str:
    meta = {
        "og:type": "article",
        "og:site_name": section.name,
        "og:title": story.title,
        "og:url": base + story.path,
        "og:description": teaser(story),
        "article:published_time": iso(story.published),
    }
    tags = "\n".join(
        f'<meta property="{name}" content="{escape(value)}">' for name, value in meta.items() if value
    )
    facts = {
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": iso(story.published),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
    }
    site = {"@type": "WebSite", "name": section.name, "url": base + section.root}
    known = {name: value for name, value in facts.items() if value}
    graph = json.dumps({"@context": "https://schema.org", "@graph": [site, known]})
    return (
        f'<link rel="canonical" href="{base}{story.path}">\n{tags}\n'
        f'<script type="application/ld+json">{graph}</script>'
    )


def english_list(section: Section, listing: Listing) -> str:
    """One page of the list; the pages are called /press/page/2/ and so on."""
    cards = "\n".join(
        f'<article class="post-card"><h2 class="entry-title">{anchor(entry.path, headline(entry))}</h2>'
        f"<time>{stamp(entry.published, '%B %d, %Y')}</time><p>{escape(teaser(entry))}</p></article>"
        for entry in listing.entries
    )
    older = (
        f'<a class="next page-numbers" href="/press/page/{listing.number + 1}/">Older stories</a>'
        if listing.number < listing.total
        else ""
    )
    content = f'<div class="archive">\n{cards}\n</div>\n<nav class="pagination">{older}</nav>'
    return _english_frame(section, section.name, "", content, None)


def login(section: Section) -> str:
    """The page that asks for a password."""
    content = """<div class="login-box"><h1>Log in</h1>
<form method="post" action="/press/login/"><label>E-mail <input type="email" name="log"></label>
<label>Password <input type="password" name="pwd"></label><button>Log in</button></form>
<p><a href="/press/login/">Forgot your password?</a></p></div>"""
    return _english_frame(section, "Log in", "", content, None)


def block(section: Section) -> str:
    """What a shield in front of a site shows to what it takes for a robot."""
    return f"""<!DOCTYPE html>
<html lang="{section.language}"><head><title>Just a moment...</title>
<meta http-equiv="refresh" content="390"><meta name="robots" content="noindex,nofollow"></head>
<body><div class="main-wrapper"><h1>ledger.example</h1>
<h2>Checking your browser before you can go on</h2>
<noscript>Enable JavaScript and cookies to continue</noscript>
<form id="challenge-form" action="" method="post"><input type="hidden" name="md" value="x"></form>
<div class="ray">Ray ID: 000000000000</div></div></body></html>
"""


def _english_frame(section: Section, title: str, head: str, content: str, story: Story | None) -> str:
    return f"""<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="UTF-8">
<title>{escape(title)} | {section.name}</title>
<link rel="alternate" type="application/rss+xml" title="{section.name}" href="/press/feed.xml">
{head}
</head>
<body class="single">
<div id="cookie-banner" role="dialog">{lines(section, "cookies")}</div>
<header id="masthead" class="site-header"><p class="site-title"><a href="/press/">{section.name}</a></p>
<nav id="site-navigation"><ul class="menu">
{menu(section)}
</ul></nav></header>
<div id="primary" class="content-area">
{content}
</div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>{section.words("side_title")[0]}</h2><ol>
{side_links(section, story, 5)}
</ol></section>{lines(section, "side_lines")}</aside>
<footer id="colophon" class="site-footer">
{lines(section, "footer")}
</footer>
</body>
</html>
"""


# the Chinese magazine


def chinese_article(section: Section, story: Story, edition: int) -> str:
    """A story of the Chinese magazine."""
    facts = (
        ("", stamp(story.published)),
        ("来源：", story.source or ""),
        ("作者：", "、".join(story.authors)),
    )
    byline = " ".join(f"<span>{label}{escape(value)}</span>" for label, value in facts if value)
    editors = f'<p class="editor">（责编：{"、".join(story.editors)}）</p>' if story.editors else ""
    share = "".join(f'<a href="#">{word}</a>' for word in section.words("share")[1:])
    tags = " ".join(anchor(section.root, tag) for tag in story.tags)
    content = f"""<div class="post-main">
<h1 class="post-title">{escape(story.title)}</h1>
<div class="post-meta">{byline}</div>
<div class="post-content">
{body_html(story.blocks(edition))}
{editors}
{lines(section, "disclaimers")}
</div>
<div class="post-tags">标签：{tags}</div>
<div class="post-share">{section.words("share")[0]}{share}</div>
<div class="post-related"><h3>{section.words("related_title")[0]}</h3><ul>
{side_links(section, story, 3)}
</ul></div>
</div>"""
    return _chinese_frame(section, f"{story.title} - {section.name}", content, story)


def chinese_list(section: Section, listing: Listing) -> str:
    """All stories on one page."""
    rows = "\n".join(
        f'<div class="item"><h2>{anchor(entry.path, headline(entry))}</h2><p>{escape(teaser(entry, 60))}</p>'
        f"<span>{stamp(entry.published)}</span></div>"
        for entry in listing.entries
    )
    return _chinese_frame(section, section.name, f'<div class="stream">\n{rows}\n</div>', None)


def _chinese_frame(section: Section, title: str, content: str, story: Story | None) -> str:
    return f"""<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{escape(title)}</title>
<link rel="alternate" type="application/rss+xml" href="/zh/press/rss.xml">
</head>
<body>
<header class="header"><ul class="nav">
{menu(section)}
</ul></header>
<div class="crumbs">{section.words("breadcrumb")[0]}</div>
<div class="container">
{content}
<div class="sidebar"><h3>{section.words("side_title")[0]}</h3><ul class="hot">
{side_links(section, story, 4)}
</ul>{lines(section, "side_lines")}</div>
</div>
<footer class="footer">
{lines(section, "footer")}
</footer>
</body>
</html>
"""


PAGES = {"login": login, "block": block}
"""Pages that are no article, by kind."""
