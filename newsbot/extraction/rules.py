"""What is known of the furniture round articles, as tables: class names, phrases, and where they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

CLASS_WORDS: dict[str, str] = {
    word: mark
    for mark, words in {
        "nav": "nav navbar navigation navi menu submenu topmenu megamenu topnav subnav leftnav daohang caidan "
        "toolbar topbar masthead "
        "skiplink",
        "breadcrumb": "breadcrumb breadcrumbs crumb crumbs bread weizhi mianbaoxie dqwz curpos",
        "footer": "footer foot bottom dibu copyright colophon",
        "sidebar": "sidebar sidebars aside rail rightrail leftbar rightbar sidecol sidepanel cebian",
        "related": "related relates recommend recommended recommendation recommendations readmore xiangguan "
        "tuijian morelink morelinks "
        "moreon suggested suggestions trending popular mostread latest teaser teasers outbrain taboola onward "
        "upnext crosslinks readnext seealso similar hotnews relate",
        "share": "share sharing sharebar shares social socials sociallinks socialmedia addthis sharethis "
        "addtoany bshare bdshare "
        "jiathis fenxiang bdsharebuttonbox sharedaddy",
        "comments": "comment comments commentlist disqus respond pinglun discussion livefyre reply replies "
        "commentform trackback",
        "newsletter": "newsletter newsletters subscribe subscription signup optin mailchimp dingyue mailinglist",
        "advert": "ad ads adv advert advertisement advertising advertorial adsense adbox adslot sponsor "
        "sponsored promo "
        "promotion promobox banner guanggao dfp mpu adcontainer",
        "tags": "tags taglist tagcloud hashtags keywords topics biaoqian tagged",
        "author_bio": "authorbox authorbio bio authorinfo",
        "consent": "cookie cookies consent gdpr onetrust ccpa cookiebar cookiebanner",
        "paywall": "regwall piano",
        "pager": "pager pagination pagenav prevnext pagelist paging prev previous shangyipian fenye nextprev",
        "tools": "tools toolbox utilities print actions fontsize counter breakingnews ticker",
        "modal": "modal popup popover lightbox overlay dialog tooltip dropdown",
        "login": "login signin register",
        "hidden": "visuallyhidden screenreader offscreen",
        "byline": "byline author authors dateline meta articleinfo postmeta laiyuan xinxi timestamp",
        "caption": "caption captions imagecaption photocredit credit",
        "body": "articlebody storybody postbody entrybody bodytext maintext articletext storytext zhengwen "
        "neirong trs contenttext "
        "articlecontent postcontent entrycontent maincontent storycontent newscontent newstext newsbody artibody",
        "content": "article content story post entry main news detail wenzhang text",
        "disclaimer": "disclaimer shengming mianze",
        "search": "search searchbox searchform sousuo",
    }.items()
    for word in words.split()
}
"""Words of class and id attributes, as content systems of East and West use them, and what they say."""

CLASS_PAIRS: dict[tuple[str, str], str] = {
    ("article", "body"): "body",
    ("article", "content"): "body",
    ("article", "text"): "body",
    ("story", "body"): "body",
    ("story", "text"): "body",
    ("post", "body"): "body",
    ("post", "content"): "body",
    ("entry", "content"): "body",
    ("entry", "body"): "body",
    ("news", "content"): "body",
    ("news", "text"): "body",
    ("content", "body"): "body",
    ("content", "text"): "body",
    ("detail", "content"): "body",
    ("js", "content"): "body",
    ("rich", "text"): "body",
    ("author", "bio"): "author_bio",
    ("author", "box"): "author_bio",
    ("author", "info"): "author_bio",
    ("about", "author"): "author_bio",
    ("most", "read"): "related",
    ("most", "popular"): "related",
    ("read", "more"): "related",
    ("read", "next"): "related",
    ("up", "next"): "related",
    ("more", "news"): "related",
    ("more", "stories"): "related",
    ("more", "from"): "related",
    ("see", "also"): "related",
    ("also", "like"): "related",
    ("screen", "reader"): "hidden",
    ("sr", "only"): "hidden",
    ("skip", "link"): "nav",
    ("skip", "links"): "nav",
    ("skip", "to"): "nav",
    ("skip", "nav"): "nav",
    ("skip", "navigation"): "nav",
    ("skip", "content"): "nav",
    ("visually", "hidden"): "hidden",
    ("tag", "list"): "tags",
    ("post", "tags"): "tags",
    ("mailing", "list"): "newsletter",
    ("sign", "up"): "newsletter",
    ("side", "bar"): "sidebar",
    ("right", "rail"): "sidebar",
    ("cookie", "banner"): "consent",
}
"""Two words that stand side by side and mean more than each alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """How much prose may stand under a mark for it to be believed: a share of the page's, and Western characters."""

    share: float = 0.35
    length: float = 1e9


LABELS = ("nav", "breadcrumb", "share", "tags", "pager", "tools", "login", "search")
BOXES = (
    "sidebar",
    "aside",
    "newsletter",
    "advert",
    "author_bio",
    "consent",
    "modal",
    "disclaimer",
    "paywall",
)
FURNITURE: dict[str, Belief] = {
    **dict.fromkeys(LABELS, Belief(length=500)),
    **dict.fromkeys(BOXES, Belief()),
    "hidden": Belief(share=0.08),
    "form": Belief(share=0.1, length=1500),
    "related": Belief(share=0.6),
    "footer": Belief(share=0.8, length=4000),
    "comments": Belief(share=0.97),
}
FURNITURE_MARKS = frozenset(FURNITURE)
"""Marks whose blocks are not the article: labels hold few words, boxes a minor part, comments as much as they like."""

WORD = re.compile(r"[A-Z]*+[a-z]+|[A-Z]+")
"""A word of a name, also of one in CamelCase."""

DIGITS = re.compile(r"\d")
SCRAMBLED = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9a-f]*\d[a-f]+\d)[0-9a-f]{6,64})(?![0-9A-Za-z])"
    r"|(?<=\d)[A-Za-z]{1,3}(?=\d)"
)
"""Numbers that machines give, in which "ad" means nothing: component_1ad269af0d."""

PAIR_STARTS = frozenset(first for first, _ in CLASS_PAIRS)
NOTHING: frozenset[str] = frozenset()


def mark_words(names: str) -> frozenset[str]:
    """What the words of class and id say.

    >>> sorted(mark_words("c-related_links ArticleBody"))
    ['body', 'content', 'related']
    >>> sorted(mark_words("part_1ad269af0d")), sorted(mark_words("ad300x250"))
    ([], ['advert'])
    """
    if DIGITS.search(names):
        names = SCRAMBLED.sub(" ", names)
    words = [word.lower() for word in WORD.findall(names)]
    marks = [CLASS_WORDS[word] for word in words if word in CLASS_WORDS]
    if not PAIR_STARTS.isdisjoint(words):
        marks += [CLASS_PAIRS[pair] for pair in pairwise(words) if pair in CLASS_PAIRS]
    return frozenset(marks) if marks else NOTHING
