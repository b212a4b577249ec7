"""What is known of the furniture round articles, as tables: class names, phrases, and where they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

CLASS_WORDS: dict[str, str] = {
    word: mark
    for mark, words in {
        "nav": "nav navbar navigation navi menu submenu topmenu megamenu topnav subnav leftnav daohang caidan toolbar topbar masthead "
        "skip skiplink",
        "breadcrumb": "breadcrumb breadcrumbs crumb crumbs bread weizhi mianbaoxie dqwz curpos",
        "footer": "footer foot bottom dibu copyright colophon",
        "sidebar": "sidebar sidebars aside rail rightrail leftbar rightbar sidecol sidepanel cebian",
        "related": "related relates recommend recommended recommendation recommendations readmore xiangguan tuijian morelink morelinks "
        "moreon suggested suggestions trending popular mostread latest teaser teasers outbrain taboola onward "
        "upnext crosslinks readnext seealso similar hotnews relate",
        "share": "share sharing sharebar shares social socials sociallinks socialmedia addthis sharethis addtoany bshare bdshare "
        "jiathis fenxiang bdsharebuttonbox sharedaddy",
        "comments": "comment comments commentlist disqus respond pinglun discussion livefyre reply replies commentform trackback",
        "newsletter": "newsletter newsletters subscribe subscription signup optin mailchimp dingyue mailinglist",
        "advert": "ad ads adv advert advertisement advertising advertorial adsense adbox adslot sponsor sponsored promo "
        "promotion promobox banner guanggao dfp mpu adcontainer",
        "tags": "tags taglist tagcloud hashtags keywords topics biaoqian tagged",
        "author_bio": "authorbox authorbio bio authorinfo",
        "consent": "cookie cookies consent gdpr onetrust ccpa cookiebar cookiebanner",
        "paywall": "paywall regwall piano",
        "pager": "pager pagination pagenav prevnext pagelist paging prev previous shangyipian fenye nextprev",
        "tools": "tools toolbox utilities print actions fontsize counter breakingnews ticker",
        "modal": "modal popup popover lightbox overlay dialog tooltip dropdown",
        "login": "login signin register",
        "hidden": "visuallyhidden screenreader offscreen",
        "byline": "byline author authors dateline meta articleinfo postmeta laiyuan xinxi timestamp",
        "gallery": "gallery slideshow carousel slider swiper lightbox",
        "caption": "caption captions imagecaption photocredit credit wp-caption-text",
        "body": "articlebody storybody postbody entrybody bodytext maintext articletext storytext zhengwen neirong trs contenttext "
        "articlecontent postcontent entrycontent maincontent storycontent newscontent newstext newsbody artibody",
        "content": "article content story post entry main news detail wenzhang text",
        "infobox": "infobox factbox",
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

FURNITURE: dict[str, float] = {
    **dict.fromkeys(
        (
            "nav",
            "breadcrumb",
            "sidebar",
            "aside",
            "share",
            "newsletter",
            "advert",
            "tags",
            "author_bio",
            "consent",
            "pager",
            "tools",
            "modal",
            "login",
            "search",
            "disclaimer",
            "paywall",
        ),
        0.35,
    ),
    "hidden": 0.08,
    "related": 0.6,
    "footer": 0.8,
    "comments": 0.97,
}
"""Marks whose blocks are not the article, and the share of a page's prose beyond which that is not believed."""

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=8192)
def mark_words(names: str) -> frozenset[str]:
    """What the words of class and id say.

    >>> sorted(mark_words("c-related_links ArticleBody"))
    ['body', 'content', 'related']
    """
    words = WORD.findall(CAMEL.sub(" ", names).lower())
    marks = {CLASS_WORDS[word] for word in words if word in CLASS_WORDS}
    marks.update(mark for pair in pairwise(words) if (mark := CLASS_PAIRS.get(pair)))
    return frozenset(marks)


class Place(StrEnum):
    """Where in an article a phrase counts."""

    ANYWHERE = "anywhere"
    HEAD = "head"
    TAIL = "tail"
    EDGE = "head or tail"


class Reach(StrEnum):
    """What goes when a phrase is met: its block, or everything from there on."""

    BLOCK = "block"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A phrase at the start of a block, no longer than `longest` characters, that is furniture."""

    name: str
    pattern: re.Pattern[str]
    place: Place = Place.ANYWHERE
    longest: int = 120
    reach: Reach = Reach.BLOCK
    language: str = "any"


def rule(
    name: str,
    language: str,
    pattern: str,
    place: Place = Place.ANYWHERE,
    longest: int = 120,
    reach: Reach = Reach.BLOCK,
) -> Rule:
    return Rule(
        name=name,
        pattern=re.compile(pattern, re.IGNORECASE),
        place=place,
        longest=longest,
        reach=reach,
        language=language,
    )


PHRASES: tuple[Rule, ...] = (
    rule(
        "icp",
        "zh",
        r".{0,80}?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?ICP\s?[备证]?",
        longest=400,
    ),
    rule(
        "icp",
        "zh",
        r".{0,60}?(?:ICP\s?备|公网安备|互联网药品(?:信息|交易)服务|增值电信业务经营许可证)",
        longest=400,
    ),
    rule(
        "copyright",
        "any",
        r".{0,60}?(?:copyright\s?(?:©|\(c\)|&copy|\d{4})|©\s?(?:\d{4}|copyright)|版\s?权\s?所\s?有)",
        Place.TAIL,
        300,
    ),
    rule("copyright", "en", r".{0,80}?all rights reserved", Place.EDGE, 300),
    rule("copyright", "zh", r"(?:技术支持|power(?:ed)? by)\s?[:：]?", Place.EDGE),
    rule(
        "counter",
        "zh",
        r".{0,30}?(?:浏览次数|浏览量|阅读次数|阅读数|阅读量|点击次数|点击数|点击率|次预览|人气)\s?[:：]?\s?\d{0,9}",
        longest=60,
    ),
    rule("counter", "zh", r"(?:点击|浏览|阅读|评论|赞|收藏)\s?[:：(（]?\s?\d{0,9}\s?[)）次]?$", longest=30),
    rule(
        "tools",
        "zh",
        r"[【\[]?(?:字号|字体|打印|关闭|收藏|返回|回到顶部|加入收藏|我要评论|我要纠错)",
        longest=40,
    ),
    rule(
        "tools",
        "en",
        r"(?:print|e-?mail|save|bookmark|text size|font size|listen|download pdf|email a friend|print article)"
        r"(?: this)?(?: (?:article|page|story))?\W{0,3}$",
        longest=40,
    ),
    rule(
        "share",
        "zh",
        r".{0,10}?(?:分享到|分享至|扫一扫|扫描二维码|微信扫|关注我们|长按二维码|转发到|点击分享)",
        longest=80,
    ),
    rule(
        "share",
        "en",
        r"(?:share(?: this| on| via|:|$)|follow us|follow @|like us on|tweet$|facebook$|twitter$|linkedin$|whatsapp$|"
        r"reddit$|pinterest$|copy link)",
        longest=60,
    ),
    rule(
        "neighbours",
        "zh",
        r"[【\[<«]{0,2}\s?(?:上一篇|下一篇|上一条|下一条|上一则|下一则|上一页|下一页|前一篇|后一篇)",
        longest=200,
    ),
    rule(
        "neighbours",
        "en",
        r"[<«‹]?\s?(?:previous|next)(?: (?:article|post|story|page))?\s?[:»›>]?$",
        longest=40,
    ),
    rule(
        "related",
        "zh",
        r"[【\[]?\s?(?:相关阅读|相关新闻|相关文章|相关推荐|相关链接|相关报道|相关资讯|延伸阅读|推荐阅读|推荐文章|为您推荐|"
        r"猜你喜欢|热门推荐|热门文章|更多精彩|相关专题|友情链接)",
        longest=40,
        reach=Reach.REST,
    ),
    rule(
        "related",
        "en",
        r"(?:related(?: (?:articles?|stories|news|posts?|content|topics|links?|coverage|reading))?|(?:read|see) also|"
        r"more (?:from|on|stories|news|in)\b.{0,40}|you (?:may|might) (?:also )?(?:like|be interested in).{0,20}|recommended(?: for you)?|"
        r"most (?:read|popular|viewed)|trending(?: now)?|up next|read next|don't miss|top stories|latest (?:news|stories)|"
        r"popular (?:posts|stories))\s?[:.]?$",
        longest=60,
        reach=Reach.REST,
    ),
    rule(
        "related",
        "en",
        r"(?:read more|also read|see also|read also|related|recommended|more|watch|read|don't miss)\s?[:|]\s?\S",
        longest=160,
    ),
    rule(
        "disclaimer",
        "zh",
        r"[【\[（(*]{0,2}\s?(?:免责声明|版权声明|特别声明|郑重声明|本[站网]声明|声明\s?[:：])",
        Place.EDGE,
        500,
    ),
    rule(
        "disclaimer",
        "zh",
        r"[（(]?(?:本文(?:来自|来源|转载自|系转载)|更多原创资讯|转载请注明|未经(?:授权|许可).{0,10}(?:不得|禁止|严禁))",
        Place.EDGE,
        300,
    ),
    rule(
        "disclaimer",
        "en",
        r"(?:disclaimer\s?:|this (?:material|article) may not be (?:published|reproduced))",
        Place.TAIL,
        500,
    ),
    rule(
        "newsletter",
        "en",
        r"(?:sign up (?:for|to|here)|subscribe (?:to|now|here|for)|get (?:the|our) .{0,40}newsletter|"
        r"get .{0,40}(?:in|to) your inbox|join our (?:newsletter|mailing list)|enter your email|newsletter sign)",
        longest=200,
    ),
    rule(
        "comments",
        "en",
        r"(?:\d{0,5}\s?comments?(?: \(\d{1,5}\))?|leave a (?:comment|reply)|post a comment|add a comment|join the (?:conversation|"
        r"discussion)|view comments|show comments|comments are closed)\W{0,3}$",
        Place.TAIL,
        60,
        Reach.REST,
    ),
    rule(
        "comments",
        "zh",
        r"(?:发表评论|网友评论|最新评论|用户评论|我来说两句|我要评论|评论列表|精彩评论|已有\d{0,6}条评论)",
        Place.TAIL,
        60,
        Reach.REST,
    ),
    rule(
        "paywall",
        "en",
        r"(?:already a (?:subscriber|member)|subscribe to (?:continue|read|unlock)|to continue reading|this (?:article|content) is for "
        r"subscribers|log in to (?:read|continue))",
        longest=200,
    ),
    rule(
        "advert",
        "any",
        r"(?:advertisements?|advertising|sponsored(?: content)?|ad|广告|推广|anzeige|publicidad|publicité|реклама)\W{0,3}$",
        longest=40,
    ),
    rule("advert", "en", r"(?:story|article) continues (?:below|after)", longest=60),
    rule(
        "consent",
        "en",
        r"(?:we use cookies|this (?:site|website) uses cookies|by (?:using|continuing).{0,40}cookies)",
        longest=600,
    ),
    rule(
        "tags",
        "any",
        r"(?:tags?|filed under|topics?|keywords|标签|关键词|关键字|tagged(?: with)?)\s?[:：]",
        Place.EDGE,
        200,
    ),
)
"""Phrases of furniture. Where they stand on real pages: company, regulator and press sites, Chinese and Western."""

LONGEST_PHRASE = max(found.longest for found in PHRASES)
ANY_PHRASE = re.compile("|".join(f"(?:{found.pattern.pattern})" for found in PHRASES), re.IGNORECASE)
"""Whether any of the phrases is there: one quick look that most blocks pass by."""
