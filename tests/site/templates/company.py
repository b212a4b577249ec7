"""Company sites and the newswire: releases with a byline of which half is empty, and a long footer."""

from __future__ import annotations

from html import escape

from tests.site.content import Section, Story
from tests.site.markup import Piece, body_html
from tests.site.templates.parts import (
    Listing,
    anchor,
    day,
    headline,
    items,
    lines,
    menu,
    neighbours,
    side_links,
    stamp,
    teaser,
)

MORE = ' class="more"'
STRONG = "<p><strong>{}</strong></p>"
PADDED = "<p>&nbsp;</p>\n<p>&nbsp;&nbsp;{}</p>"


def tail(section: Section, story: Story) -> tuple[Piece, ...]:
    """What ends a release behind its text: About, forward-looking statements, contact, or the source line."""
    if not story.tail:
        return ()
    if section.tail.get("source_line"):
        return _paragraphs("# # #", f"SOURCE {story.source}")
    return (
        Piece(kind="heading", text=f"About {section.name}"),
        *_paragraphs(section.tail["about"]),
        Piece(kind="heading", text="Forward-looking statements"),
        *_paragraphs(section.tail["looking_forward"], *section.tail["contact"]),
    )


def _paragraphs(*texts: str) -> tuple[Piece, ...]:
    return tuple(Piece(kind="paragraph", text=text) for text in texts)


# the English company


def english_article(section: Section, story: Story, edition: int) -> str:
    """A release of the English company."""
    byline = (
        f"Time:{stamp(story.published, '%Y-%m-%d %H:%M:%S')}&nbsp;&nbsp;Source:{escape(story.source or '')}"
        f"&nbsp;&nbsp;Author:{escape(', '.join(story.authors))}"
    )
    body = body_html(story.blocks(edition), paragraph=PADDED, heading=STRONG)
    end = body_html(tail(section, story), heading=STRONG)
    return _english_frame(
        section,
        story.title,
        f"""<div class="newsDetail">
<h1>{escape(story.title)}</h1>
<div class="newsInfo">{byline}</div>
<div class="newsContent">
{body}
{end}
<p>&nbsp;</p>
</div>
<div class="tools">{lines(section, "share", "span")}</div>
</div>""",
        story,
    )


def english_list(section: Section, listing: Listing) -> str:
    """One page of the list: cards, and numbers below them."""
    cards = "\n".join(
        f'<div class="card"><div class="date">{day(entry.published)}</div>'
        f"<h3>{anchor(entry.path, headline(entry))}</h3><p>{escape(teaser(entry))}</p>"
        f"{anchor(entry.path, 'Read more', MORE)}</div>"
        for entry in listing.entries
    )
    numbers = " ".join(
        f"<span>{n}</span>" if n == listing.number else anchor(f"?page={n}", str(n))
        for n in range(1, listing.total + 1)
    )
    following = anchor(f"?page={listing.number + 1}", "Next") if listing.number < listing.total else ""
    content = (
        f'<div class="newsList">\n{cards}\n</div>\n<div class="pages">{numbers} {following}</div>\n'
        f'<p class="more">{anchor("/en/company/contact.html", "Questions? Contact our press office")}</p>'
    )
    return _english_frame(section, "Press Releases", content, None)


def english_contact(section: Section) -> str:
    """The contact page, linked from every menu."""
    rows = "".join(f"<li>{escape(line)}</li>" for line in section.words("footer")[2:])
    content = f'<div class="contact"><h1>Contact us</h1><ul>{rows}</ul><form><input name="mail"></form></div>'
    return _english_frame(section, "Contact us", content, None)


def _english_frame(section: Section, title: str, content: str, story: Story | None) -> str:
    crumbs = section.words("breadcrumb")[0].replace("Home", '<a href="/en/company/">Home</a>', 1)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)} - {section.name}</title>
<style type="text/css">.newsInfo {{ color: #888 }}</style>
<script type="text/javascript">var lang = "en"; function toTop() {{ window.scrollTo(0, 0); }}</script>
</head>
<body>
<div class="top"><div class="logo"><a href="/en/company/"><img src="/static/logo.png" alt="" /></a></div>
<ul class="mainNav">
{menu(section)}
</ul>
<form class="search" action="/en/company/"><input type="text" name="q" /><input type="submit" value="Search" /></form>
</div>
<div class="wrap">
<div class="leftBar"><h4>{section.words("side_title")[0]}</h4>
<ul>
{side_links(section, story, 4)}
</ul>
{lines(section, "side_lines")}
</div>
<div class="rightBar">
<div class="location">{crumbs.replace(" > ", " &gt; ")}</div>
{content}
</div>
</div>
<div class="footer">
{lines(section, "footer")}
</div>
</body>
</html>
"""


# the Chinese company


def chinese_article(section: Section, story: Story, edition: int) -> str:
    """An item of the Chinese company: the headline is an h2, the byline is glued together."""
    order = list(section.at(1))
    place = order.index(story)
    before = _neighbour("上一篇：", order[place - 1] if place else None)
    after = _neighbour("下一篇：", order[place + 1] if place + 1 < len(order) else None)
    info = (
        f"<small>时间：</small>{stamp(story.published)}<small>来源：</small>{escape(story.source or '')}"
        f"<small>作者：</small>{escape(' '.join(story.authors))}"
        f"<small>浏览次数：</small><script>document.write('1{place}7')</script>次"
    )
    tools = "".join(f'<a href="javascript:void(0)">{word}</a>' for word in section.words("tools")[1:])
    share = "".join(f'<a href="#">{word}</a>' for word in section.words("share")[1:])
    body = body_html(story.blocks(edition), paragraph="<p>　　{}</p>")
    return _chinese_frame(
        section,
        story.title,
        f"""<div class="viewbox">
<div class="title"><h2>{escape(story.title)}</h2></div>
<div class="info">{info}</div>
<div class="content"><table width="100%"><tr><td>
{body}
</td></tr></table></div>
<div class="handle"><div class="tools">{tools}</div><div class="bdshare">{section.words("share")[0]}{share}</div>
<ul class="context"><li>{before}</li><li>{after}</li></ul></div>
</div>""",
        story,
    )


def _neighbour(label: str, story: Story | None) -> str:
    return label + (anchor(story.path, story.title) if story else "没有了")


def chinese_list(section: Section, listing: Listing) -> str:
    """One page of the list; the pages are called list_3_1.html and so on."""
    rows = items(
        f"<span>{day(entry.published)}</span>{anchor(entry.path, headline(entry))}"
        for entry in listing.entries
    )
    numbers = items(
        f"<span>{n}</span>" if n == listing.number else anchor(f"list_3_{n}.html", str(n))
        for n in range(1, listing.total + 1)
    )
    following = (
        f"<li>{anchor(f'list_3_{listing.number + 1}.html', '下一页')}</li>"
        if listing.number < listing.total
        else ""
    )
    last = f"<li>{anchor(f'list_3_{listing.total}.html', '末页')}</li>"
    content = (
        f'<div class="listbox"><ul class="e2">\n{rows}\n</ul></div>\n'
        f'<div class="dede_pages"><ul class="pagelist">{numbers}{following}{last}'
        f"<li>共 <strong>{listing.total}</strong>页</li></ul></div>"
    )
    return _chinese_frame(section, "公司新闻", content, None)


def chinese_not_found(section: Section) -> str:
    """What the site answers, with status 200, for a page that is gone."""
    content = (
        '<div class="msg"><h2>提示信息</h2><p>对不起，您访问的页面不存在或已被删除！</p>'
        f"<p>{anchor(section.root, '返回首页')} 系统将在3秒后自动跳转</p></div>"
    )
    return _chinese_frame(section, "404 页面不存在", content, None)


def _chinese_frame(section: Section, title: str, content: str, story: Story | None) -> str:
    side = items(anchor(other.path, other.title) for other in neighbours(section, story, 4))
    friends = " ".join(anchor("#", word) for word in section.words("friends")[1:])
    return f"""<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{escape(title)}_公司新闻_{section.name}</title>
<meta name="keywords" content="砚池药业,公司新闻">
<link href="/static/style.css" rel="stylesheet">
</head>
<body class="articleview">
<div class="header"><img src="/static/logo.gif" alt="{section.name}">
<div id="navMenu"><ul>
{menu(section)}
</ul></div></div>
<div class="w960">
<div class="pleft">
<div class="place"><strong>{section.words("breadcrumb")[0].replace(">", "&gt;")}</strong></div>
{content}
</div>
<div class="pright"><dl class="tbox"><dt>{section.words("side_title")[0]}</dt><dd><ul>
{side}
</ul></dd></dl>
{lines(section, "side_lines")}
</div>
</div>
<div class="flink"><b>{section.words("friends")[0]}</b>{friends}</div>
<div class="footer">
{lines(section, "footer")}
</div>
</body>
</html>
"""


# the newswire


def wire_article(section: Section, story: Story, edition: int) -> str:
    """A release on the wire."""
    shown = stamp(story.published, "%b %d, %Y, %I:%M %p ET")
    blocks = (*story.blocks(edition), *tail(section, story))
    return _wire_frame(
        section,
        story.title,
        f"""<article class="release">
<h1>{escape(story.title)}</h1>
<div class="release-meta"><span class="provider">News provided by</span>
<a class="issuer" href="/wire/">{escape(story.source or "")}</a> <span class="time">{shown}</span></div>
<div class="share-bar">{lines(section, "share", "button")}</div>
<div class="release-body">
{body_html(blocks, heading="<p><b>{}</b></p>")}
</div>
</article>""",
        story,
    )


def wire_list(section: Section, listing: Listing) -> str:
    """All releases on one page."""
    rows = "\n".join(
        f'<div class="row"><h3><small>{stamp(entry.published, "%H:%M ET")}</small> '
        f"{anchor(entry.path, headline(entry))}</h3><p>{escape(teaser(entry, 160))}</p></div>"
        for entry in listing.entries
    )
    return _wire_frame(section, "Health releases", f'<div class="releases">\n{rows}\n</div>', None)


def _wire_frame(section: Section, title: str, content: str, story: Story | None) -> str:
    return f"""<!doctype html>
<html lang="en-US">
<head><meta charset="utf-8"><title>{escape(title)}</title>
<link rel="alternate" type="application/feed+json" href="/wire/feed.json" title="{section.name}">
</head>
<body>
<header><a class="brand" href="/wire/">{section.name}</a><nav><ul>
{menu(section)}
</ul></nav></header>
<main>
{content}
<aside class="more-from"><h2>{section.words("side_title")[0]}</h2><ul>
{side_links(section, story, 3)}
</ul>{lines(section, "side_lines")}</aside>
</main>
<footer>
{lines(section, "footer")}
</footer>
</body>
</html>
"""


PAGES = {"contact": english_contact, "not-found": chinese_not_found}
"""Pages that are no article, by kind."""
