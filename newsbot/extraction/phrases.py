"""Phrases of furniture, as a table: how a block begins that is no part of the article, and where that counts.

All of them look at the beginning of a short block with bounded repeats, so that none takes long on anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where in an article a phrase counts."""

    ANYWHERE = "anywhere"
    HEAD = "head"
    TAIL = "tail"
    EDGE = "head or tail"


class Reach(StrEnum):
    """What goes when a phrase is met: its block, or with it what follows."""

    BLOCK = "block"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A phrase at the start of a block of at most `longest` characters, with `after` characters of prose before it.

    `opening` is the pattern without what may begin anywhere, if `signs` are given: words of which one is in every
    block that begins so, in lower case.
    """

    name: str
    language: str
    pattern: re.Pattern[str]
    place: Place
    longest: int
    reach: Reach
    after: int
    opening: str
    signs: tuple[str, ...]


def rule(  # noqa: PLR0913  # a row of the table
    name: str,
    language: str,
    *alternatives: str,
    place: Place = Place.ANYWHERE,
    longest: int = 120,
    reach: Reach = Reach.BLOCK,
    after: int = 0,
    ending: str = "",
    signs: tuple[str, ...] = (),
) -> Rule:
    """A rule whose phrase is any of the alternatives, each followed by `ending`."""
    fixed = [one for one in alternatives if not (signs and one.startswith(ANYWHERE))]
    return Rule(
        name=name,
        language=language,
        pattern=re.compile(f"(?:{'|'.join(alternatives)}){ending}", re.IGNORECASE),
        place=place,
        longest=longest,
        reach=reach,
        after=after,
        opening=f"(?:{'|'.join(fixed)}){ending}" if fixed else "",
        signs=signs,
    )


ANYWHERE = ".{0,"
"""How an alternative begins that may stand behind other words: slow, so that its rule should name signs of it."""

ALONE = r"\W{0,4}$"
"""Nothing behind the phrase but punctuation."""

PHRASES: tuple[Rule, ...] = (
    # Filings and owners: the footer of every Chinese company page, sometimes inside the article's box.
    rule(
        "icp",
        "zh",
        r".{0,80}?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?ICP\s?[备证]?\s?[\d*:：]",
        r".{0,60}?ICP\s?备",
        r".{0,60}?公\s?网\s?安\s?备",
        r".{0,60}?互联网药品(?:信息|交易)服务(?:资格证|许可)",
        r".{0,60}?增值电信业务经营许可证",
        r".{0,30}?网信算备",
        ending=r"(?!.{12,300}。$)",
        signs=("icp", "网", "信"),
        longest=400,
    ),
    rule(
        "copyright",
        "any",
        r".{0,60}?copyright\s?(?:©|\(c\)|\d{4})",
        r".{0,35}?(?:©|\(c\))\s?(?:copyright|\d{4})",
        r".{0,60}?版\s?权\s?所\s?有",
        r".{0,80}?all rights reserved",
        r"技术支持\s?[:：]",
        r"power(?:ed)? by\s?[:：]?",
        r"copyright and trade ?mark",
        place=Place.EDGE,
        signs=("copyright", "©", "(c)", "版", "reserved"),
        longest=300,
    ),
    # Counters and tools.
    rule(
        "counter",
        "zh",
        r".{0,30}?(?:浏览次数|浏览量|阅读次数|阅读数|阅读量|点击次数|点击数|点击率|次预览)\s?[:：]?\s?\d{0,9}",
        r".{0,30}?人气\s?[:：]\s?\d",
        r"\d{1,3}\s?/\s?\d{1,3}$",
        r"(?:点击|浏览|阅读|评论|赞|收藏)\s?[:：(（]?\s?\d{0,9}\s?[)）次]?$",
        signs=("览", "读", "点击", "人气"),
        longest=60,
    ),
    rule(
        "counter",
        "en",
        r"\d{1,6}\s?(?:views?|shares?|likes?|min(?:ute)?s? read|min\. read)",
        ending=ALONE,
        longest=40,
    ),
    # Who wrote and edited, where it was printed first: fields of the record, often once more at the end.
    rule(
        "byline",
        "zh",
        r"[（(【\[]?\s?(?:(?:文章|信息|新闻|本文|图文|资料|消息)?(?:来源|出处)|稿源|转自|摘自|转载自|来自|作者|供稿|编辑|责编|责任编辑|"
        r"校对|审核|初审|复审|终审|审校|监制|编审|(?:值班|见习|实习|本期)编辑|制图|摄影|通讯员)\s?[:：|丨]\s?[^。！？]{0,40}$",
        r"(?:转自|摘自|原载)[《“]?[^。！？]{2,20}$",
        place=Place.EDGE,
        longest=60,
    ),
    rule(
        "date",
        "zh",
        r"[（(【\[]?(?:本文)?(?:发表|发布|刊登|上传|更新|提交)(?:于|时间|日期)\s?[:：]?[^。！？]{0,30}\d[^。！？]{0,40}$",
        place=Place.EDGE,
        longest=70,
    ),
    rule(
        "counter",
        "other",
        r"(?:estimated )?(?:reading|read) time\s?:?\s?\d",
        r"\d{1,3}[\s-]?(?:min(?:ute|uten|uti|utos)?s?\.?)\s(?:de lecture|de lectura|de leitura|"
        r"di lettura|lesezeit|lesetid|leestijd|czytania|read|reading)",
        r"(?:lesedauer|lesezeit|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|"
        r"leestijd|czas czytania|"
        r"lästid|lesetid|время чтения)\s?:?\s?(?:ca\.?\s?)?\d",
        longest=60,
    ),
    # When the page was made: the dates are fields of the record.
    rule(
        "date",
        "any",
        r"(?:(?:first |originally )?(?:published|posted|updated|last updated|modified)|publiziert|"
        r"veröffentlicht|aktualisiert|stand|"
        r"erstellt|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|"
        r"opublikowano|aktualizacja|publicerad|uppdaterad|publisert|oppdatert|julkaistu|päivitetty|"
        r"publikováno|aktualizováno)"
        r"\s?(?:am|on|at|le|el|em|il|op|den)?\s?:?\s.{0,24}\d.{0,70}",
        ending=r"(?<![.!?])$",
        place=Place.EDGE,
        longest=75,
    ),
    rule(
        "tools",
        "zh",
        r"(?:很)?抱歉.{0,12}(?:播放失败|无法播放)|错误代码\s?[:：]",
        r"[【\[]{0,2}\s?(?:字号|字体|打印|关闭|收藏|返回|回到顶部|加入收藏|我要纠错|页面功能|大字|责任编辑)",
        longest=60,
    ),
    rule(
        "tools",
        "en",
        r"(?:print|e-?mail|save|bookmark|listen|download)(?: this)?(?: (?:article|page|story|pdf))?",
        r"text size",
        r"font size",
        r"email a friend",
        r"(?:media playback|this slideshow|your browser).{0,80}",
        r"we apologize, but this video.{0,80}",
        r"(?:please )?try refreshing (?:your|the) (?:browser|page).{0,40}",
        r"(?:latest|more|related) videos?(?: from.{0,40})?",
        r"(?:image \d{1,3} of \d{1,3}|close|caption|play video|watch video|loading\.{0,3}|"
        r"(?:table of )?contents(?: hide)?|in this (?:article|story)|on this page|jump to|listen to this article|"
        r"summari[sz]e this article(?: with)?)",
        r"scroll(?: down| up)?(?: (?:to|for) .{1,30})?",
        r"(?:tap|swipe|click) (?:to|for) .{1,30}",
        r"listen (?:on the go|on .{0,20}(?:podcasts?|spotify|radio))",
        r"listen to (?:this|the) (?:story|podcast|episode|interview)",
        r"check (?:the )?(?:latest )?price(?: (?:at|on) .{1,30})?",
        r"editor.s rating:?\s?[\d./]{0,6}",
        ending=ALONE,
        longest=90,
    ),
    rule(
        "tools",
        "en",
        r"(?:try|get|download|install) (?:our|the) (?:new |free |mobile )?app\b.{0,60}$",
        r"(?:this|the) (?:conversation|interview|episode|story) is also (?:available )?.{0,30}podcast",
        longest=110,
    ),
    # Times of a running report stand before its entries.
    rule(
        "date",
        "any",
        r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\s?(?:[ap]\.?m\.?|uhr|h)?\s?(?:[a-z]{2,4})?$",
        longest=14,
    ),
    rule(
        "tools",
        "zh",
        r"[（(]?(?:展开|收起|查看|阅读|点击展开|点击查看|点击阅读)(?:剩余|全文|全部|更多|原文)(?:内容)?\s?(?:\d{1,3}\s?[%％])?[>》）)…]{0,3}$",
        longest=24,
    ),
    # Adverts say so in front.
    rule("advert", "zh", r"[【\[]?\s?(?:广告|廣告|推广|赞助)\s?[|｜·\]】]", longest=120),
    rule(
        "advert",
        "zh",
        r"广告\s?[:：]",
        r"(?:商务合作|广告合作|寻求报道|投稿(?:及|与|邮箱|爆料)|爆料邮箱|媒体合作)[^。]{0,10}[:：]",
        place=Place.EDGE,
        longest=120,
    ),
    # Sharing.
    rule(
        "share",
        "zh",
        r".{0,10}?(?:分享到|分享至|分享让更多人|扫一扫|扫描二维码|微信扫|长按二维码|转发到|点击分享)",
        r"(?:欢迎|请)?关注(?:我们|.{0,12}公众号)",
        r".{0,20}?(?:设为星标|点击(?:上方|下方)蓝字|点(?:击|个|一下)?[“\"]?在看|长按识别|扫描(?:下方|上方)|加入.{0,6}(?:社群|交流群|读者群))",
        r"(?:免费)?订阅(?:周报|日报|邮件|我们|简报)",
        signs=("分享", "扫", "二维码", "转发到", "星标", "蓝字", "在看", "长按", "加入"),
        longest=80,
    ),
    rule(
        "share",
        "en",
        r"share(?: this| on| via|:|$)",
        r"follow (?:us|@|our)\b",
        r"like us on",
        r"like this (?:story|article|post)\?",
        r"(?:tweet|facebook|twitter|linkedin|whatsapp|reddit|pinterest|copy link)\s?:?$",
        longest=100,
    ),
    rule(
        "share",
        "any",
        r"(?:(?:follow|find|join|get|connect with|like) .{1,40} on|folgen sie .{1,30} (?:auf|bei)|"
        r"suivez[- ].{1,30} sur|devenez fan|s[íi]gue(?:nos|me|los)? .{0,20}en|seguici su|volg ons op|siga.{1,20} no) "
        r"(?:twitter|facebook|instagram|linkedin|x|threads|bluesky|youtube|tiktok|telegram|whatsapp|mastodon|google\+?)\b",
        r"(?:devenez fan sur|suivez[- ]nous|rejoignez[- ]nous|retrouvez[- ]nous|folgen sie uns|s[íi]guenos|seguici)\b",
        place=Place.EDGE,
        longest=140,
    ),
    # The articles before and behind this one.
    rule(
        "neighbours",
        "zh",
        r"[【\[<«/]{0,2}\s?(?:上一篇|下一篇|上一条|下一条|上一则|下一则|上一页|下一页|前一篇|后一篇|上篇|"
        r"下篇)\s?[:：】\]>]?",
        r"/?阅读下一篇",
        r"[【\[<«]{0,2}\s?(?:上一?章|下一?章|返回?目录|回目录|返回(?:首页|列表|上级))\s?[】\]>»]{0,2}\s?"
        r"(?:[|/]?\s?(?:上一?章|下一?章|目录))?$",
        longest=200,
    ),
    rule(
        "neighbours",
        "en",
        r"[<«‹]?\s?(?:previous|next)(?: (?:article|post|story|page))?\s?[:»›>]?$",
        r"previous\s?:.{0,100}next\s?:",
        r"continued\s.{0,20}next",
        longest=200,
    ),
    # Boxes of other articles.
    rule(
        "related",
        "zh",
        r"[【\[■]{0,2}\s?(?:相关阅读|相关新闻|相关文章|相关推荐|相关链接|相关报道|相关资讯|相关专题|延伸阅读|"
        r"推荐阅读|推荐文章|推荐新闻|为您推荐|"
        r"猜你喜欢|热门推荐|热门文章|热点新闻|更多精彩|友情链接|其他人也在看|新闻排行|阅读排行|相關新聞|"
        r"相關文章|延伸閱讀|推薦閱讀|関連記事|관련기사)",
        longest=40,
        reach=Reach.REST,
    ),
    rule(
        "related",
        "en",
        r"related(?: (?:articles?|stories|news|posts?|content|topics|links?|coverage|reading|industry news))?",
        r"(?:read|see) also",
        r"more (?:from|on|stories|news|in) .{1,40}",
        r"more (?:stories|news)",
        r"(?:other|latest|top|popular|trending|featured) (?:stories|news|posts|articles|headlines)",
        r"you (?:may|might) (?:also )?(?:like|be interested in).{0,20}",
        r"recommended(?: for you| reading| stories| videos?| articles?)?",
        r"most (?:read|popular|viewed|emailed|shared)",
        r"trending(?: now)?",
        r"(?:up|read|watch) next",
        r"editor.s (?:choice|picks?)",
        r"also (?:on|in) .{1,30}",
        r"don.t miss",
        r"(?:this|these) (?:might|may) (?:also )?(?:interest|be interesting to) you",
        r"also in the news",
        r"news list",
        ending=r"\s?[:.>»]{0,2}$",
        longest=60,
        reach=Reach.REST,
    ),
    rule(
        "related",
        "en",
        r"(?:read more|also read|see also|read also|related(?: (?:story|stories|post|article|reading))?|recommended|"
        r"you (?:might|may) also like|"
        r"more|watch|read|don.t miss)"
        r"\s?[:|]\s?\S",
        r"click here (?:for|to)\b",
        r"read more\W{0,3}$",
        longest=160,
    ),
    rule(
        "related",
        "other",
        r"(?:lesen sie|lies) (?:auch|hier|dazu)",
        r"mehr (?:zum thema|dazu)",
        r"(?:à lire|lire) aussi",
        r"(?:lea|leer|lee) también",
        r"te puede interesar",
        r"(?:leggi|guarda) anche",
        r"leia (?:também|mais)",
        r"читайте также",
        r"czytaj (?:też|także)",
        r"läs (?:också|även|mer)",
        r"les (?:også|mer)",
        r"lue (?:myös|lisää)",
        r"lees ook",
        r"(?:articles? (?:liés|associés)|à voir aussi|sur le même (?:sujet|thème))",
        r"(?:lesetipps?|das könnte sie auch interessieren|auch interessant|weitere (?:artikel|"
        r"nachrichten|themen)|mehr (?:von|über|aus))\s?:?",
        r"(?:noticias relacionadas|artículos relacionados|notícias relacionadas|articoli correlati|"
        r"potrebbe interessarti|baca juga|baca pula)",
        r"(?:ilgili haberler|diğer haberler|ayrıca bakınız)",
        longest=160,
    ),
    # Agencies that a publisher names at the end.
    rule(
        "byline",
        "other",
        r"(?:©\s?)?(?:dpa|afp|apa|sda|ots)(?:-infocom)?[,/:\s][^.!?]{0,50}$",
        r"(?:quellen?|source|fuente|fonte|kilde|källa|kaynak|zdroj|źródło)\s?:\s?[^.!?]{2,50}$",
        place=Place.TAIL,
        longest=70,
    ),
    # Where a release ends: # # #, ###, -30-.
    rule(
        "end mark",
        "any",
        r"#\s?#(?:\s?#)?",
        r"[-–—]\s?(?:30|end|ends)\s?[-–—]",
        ending=r"\s?$",
        longest=12,
    ),
    # What the publisher says of its own text.
    rule(
        "disclaimer",
        "zh",
        r"[【\[（(*]{0,2}\s?(?:免责声明|版权声明|特别声明|郑\s?重\s?声\s?明|本[站网]声明|声明\s?[:：])",
        place=Place.EDGE,
        longest=500,
    ),
    rule(
        "disclaimer",
        "zh",
        r"[（(]?(?:本文(?:来自|来源|转载自|系转载)|更多原创资讯|转载请注明|未经(?:授权|许可).{0,10}(?:不得|禁止|严禁))",
        place=Place.EDGE,
        longest=300,
    ),
    rule(
        "disclaimer",
        "en",
        r"disclaimer\s?:",
        r"notice: the content above",
        r"this (?:material|article) may not be (?:published|reproduced)",
        r"please read our terms",
        place=Place.TAIL,
        longest=500,
    ),
    rule(
        "newsletter",
        "en",
        r"sign up (?:for|to|here|now)\b",
        r"subscribe (?:to|now|here|for)\b",
        r"get (?:the|our) .{0,40}newsletter",
        r"get .{0,40}(?:in|to) your inbox",
        r"join our (?:newsletter|mailing list)",
        r"join [\d,.]{1,12}\+? (?:subscribers|readers)",
        r"enter your email",
        r"newsletter sign",
        r"thank you! your submission",
        r"oops! something went wrong",
        r".{0,160}?\b(?:sign(?:ing)? up (?:for|to) (?:our|the) (?:free |daily |"
        r"weekly )?.{0,20}(?:newsletter|alert)|subscrib(?:e|ing) to our "
        r".{0,20}(?:newsletter|alert|channel))",
        r"(?:follow|add) .{1,40}(?:on|as a preferred source (?:in|on)) google(?: news)?",
        r"(?:stay (?:informed|up to date|connected)|keep up) with (?:our|the)\b",
        r"(?:by signing up|by subscribing|by entering your email|by submitting)\b.{0,60}you (?:agree|consent|accept)",
        r"i (?:would like|want|agree) to (?:be emailed|receive)",
        r"(?:like|enjoy(?:ed|ing)?) (?:this (?:article|post|story)|what you.re reading)\?",
        r"stay (?:connected|in touch|up to date)$",
        signs=("newsletter", "alert", "channel"),
        longest=260,
    ),
    rule(
        "newsletter",
        "zh",
        r".{0,40}?(?:发|送|寄)(?:送)?(?:到|至)(?:你|您)的(?:邮箱|信箱|收件箱)",
        signs=("邮箱", "信箱", "收件箱"),
        longest=80,
    ),
    rule(
        "newsletter",
        "other",
        r"(?:jetzt|hier)? ?(?:den |unseren |zum |für den )?.{0,24}newsletter (?:abonnieren|bestellen|anmelden)",
        r"(?:abonnieren|bestellen) sie .{0,40}newsletter",
        r"(?:der|unser) (?:\w{1,20} )?newsletter (?:für|aus|von|der)\b",
        r"sie können sich jederzeit (?:wieder )?abmelden",
        r"(?:melden sie sich|melde dich) .{0,40}newsletter",
        r"(?:inscrivez|abonnez)[- ]vous (?:à|gratuitement|ici)",
        r"recevez (?:chaque|gratuitement|toute|notre|nos)\b.{0,60}",
        r"(?:suscríbe(?:te|se)|recibe (?:nuestr|cada)|apúntate)\b",
        r"(?:inscreva-se|assine (?:a|nossa)|receba (?:as|nossa))\b",
        r"(?:iscriviti|ricevi (?:la|le|ogni))\b",
        r"(?:schrijf je in|meld je aan|ontvang (?:onze|elke))\b",
        r"(?:подпи(?:шитесь|сывайтесь))",
        r"(?:zapisz się|dołącz do)",
        longest=220,
    ),
    rule(
        "author_bio",
        "en",
        r"(?:[\w.’'-]{1,20} ){2,4}(?:is|was|has been) (?:an?|the|"
        r"our) (?:[\w,&’'-]{1,20} ){0,5}(?:writer|journalist|reporter|editor|"
        r"correspondent|columnist|contributor|freelancer|blogger|producer)\b",
        r"(?:about the author|about the writer|written by)\b.{0,60}$",
        place=Place.TAIL,
        longest=700,
    ),
    # Who pays: affiliate links, funding, requests for support.
    rule(
        "disclosure",
        "en",
        r".{0,160}?\b(?:affiliate (?:links?|commissions?)|(?:earns?|receive|make) (?:a |"
        r"an )?(?:small |affiliate |referral )?commissions?|"
        r"earn from qualifying purchases|may be compensated|(?:a|at no) (?:additional|extra) cost to you)",
        r"(?:this|our) (?:post|article|page|site|story) (?:may )?contains? (?:affiliate|sponsored|paid)",
        r"our editors independently (?:select|choose)",
        signs=("affiliate ", "commission", "qualifying purchases", "compensated", " cost to you"),
        longest=420,
    ),
    rule(
        "disclosure",
        "other",
        r".{0,120}?(?:affiliate-?links?|provisions-links?|liens? d.affiliation|enlaces? de afiliad)",
        signs=("affiliat", "provisions", "afiliad"),
        longest=420,
    ),
    rule(
        "support us",
        "en",
        r"(?:support|donate to|become a (?:member|patron|supporter))\b.{0,60}(?:journalism|reporting|"
        r"newsroom|us\b|patreon|today)",
        r".{0,60}?(?:please (?:consider|support)|help us) .{0,60}(?:donat|contribut|support|pitching in|journalism)",
        r"(?:this (?:story|article) is funded by readers)",
        r"we have a small favou?r to ask",
        place=Place.EDGE,
        signs=("please ", "help us "),
        longest=400,
    ),
    rule(
        "support us",
        "other",
        r"hat ihnen dieser artikel gefallen",
        r"(?:unterstützen sie uns|soutenez-nous|apóyanos|sostienici|steun ons)\b",
        place=Place.EDGE,
        longest=300,
    ),
    # What readers say.
    rule(
        "comments",
        "en",
        r"\d{0,5}\s?(?:reader )?comments?(?: ?\(\d{1,5}\))?",
        r"(?:leave|post|add|write) (?:a |your )?(?:comments?|reply)",
        r"join the (?:conversation|discussion)(?:\s?\(\d{1,5}\))?(?: sort by.{0,20})?",
        r"(?:sort by|sorted by) (?:newest|oldest|best|top|most).{0,20}",
        r"(?:view|show|read)(?: all)? (?:\d{1,5} )?comments",
        r"comments are (?:now )?closed.{0,20}",
        r"(?:have your say|reader reactions?)",
        r"r e a d e r c o m m e n t s",
        r"comments are limited.{0,40}",
        r"here.s a sample of the latest views.{0,80}",
        ending=ALONE,
        longest=110,
        reach=Reach.REST,
        after=120,
    ),
    # Asked of readers behind an article, but also of people in interviews: nothing behind it goes.
    rule(
        "comments",
        "en",
        r"(?:what do you think\?|tell us what you think)",
        ending=ALONE,
        place=Place.TAIL,
        longest=60,
    ),
    rule(
        "comments",
        "zh",
        r"(?:发表评论|网友评论|最新评论|用户评论|我来说两句|我要评论|评论列表|精彩评论|已有\d{0,6}条评论|"
        r"新闻表情|您此时的心情)",
        longest=60,
        reach=Reach.REST,
        after=120,
    ),
    # Pages that go on with the next article: all behind it is another one.
    rule(
        "next article",
        "any",
        r"(?:加载|正在加载|继续阅读|自动加载)下一篇(?:文章)?",
        r"(?:loading|load|read) (?:the )?next (?:article|story)",
        r"next (?:article|story) loading",
        ending=ALONE,
        longest=60,
        reach=Reach.REST,
        after=120,
    ),
    rule(
        "paywall",
        "en",
        r"already a (?:subscriber|member)",
        r"are you (?:already )?a subscriber",
        r"continue reading with\b",
        r"choose your (?:plan|subscription)",
        r"get unlimited (?:digital )?access to",
        r"subscribe to (?:continue|read|unlock)",
        r"to continue reading",
        r"this (?:article|content) is for subscribers",
        r"log in to (?:read|continue)",
        r"this (?:article|content|story) is (?:reserved|only|available) (?:for|to) (?:our )?(?:subscribers|members)",
        r"unlimited (?:online|digital) access to",
        r"(?:subscribe|register|sign in)(?: (?:/|or) (?:subscribe|register|sign in))? to unlock\b",
        r"this article is free to read\b",
        r"(?:create an account or sign in|sign in or create an account|enjoy additional articles|"
        r"share your thoughts and join)",
        r"(?:subscribe|register|sign in) (?:now )?(?:to|and) (?:read|unlock|continue|access|enjoy|get)\b",
        longest=200,
    ),
    rule(
        "paywall",
        "other",
        r"(?:il vous reste \d|(?:cet |article )?(?:article )?(?:est )?réservé (?:aux|à nos) abonnés|"
        r"la suite est réservée)",
        r"(?:sie haben bereits ein|weiterlesen mit|dieser artikel ist (?:nur )?(?:für abonnenten|"
        r"kostenpflichtig)|jetzt abonnieren und)",
        r"(?:contenido exclusivo para suscriptores|sólo para suscriptores|conteúdo exclusivo para assinantes)",
        r"(?:contenuto riservato agli abbonati|questo articolo è riservato)",
        r"(?:【.{0,30})?(?:この記事は有料|有料会員|有料記事|会員限定|会員登録|残り\d{1,5}文字|続きを読む)",
        r"(?:本文为付费|付费阅读|登录后(?:查看|阅读)|开通会员|剩余\d{1,3}%)",
        longest=200,
    ),
    rule(
        "advert",
        "any",
        r"(?:advert(?:isement)?s?|advertising|sponsored(?: content| links?)?|ad|广告|推广|anzeige|werbung|"
        r"publicidad|publicité|pubblicità|"
        r"publicidade|реклама|iklan|reklama|annons|annonse|mainos)",
        ending=ALONE,
        longest=40,
    ),
    rule(
        "advert",
        "en",
        r"(?:advertisement\W{1,3})?(?:story|article)? ?continues? (?:reading )?(?:below|after)",
        longest=60,
    ),
    rule(
        "consent",
        "en",
        r"we use cookies",
        r"this (?:site|website) uses cookies",
        r"by (?:using|continuing).{0,40}cookies",
        longest=600,
    ),
    # In place of a video or post that waits for consent.
    rule(
        "embed",
        "any",
        r"an dieser stelle (?:finden sie|findest du|steht).{0,80}(?:inhalt|video)",
        r"ich bin damit einverstanden, dass mir",
        r"personenbezogene daten (?:können|werden) an",
        r"(?:empfohlener|externer) (?:redaktioneller )?inhalt",
        r"ce contenu (?:est bloqué|n.est pas disponible)",
        r"(?:allow|view|open) (?:this )?(?:content|post|tweet|video) (?:from|on|in)\b",
        r"to display this content from",
        r"this (?:content|video|post) (?:is hosted|is not available|can.?t be (?:displayed|loaded))",
        r"a post shared by\b",
        r"view this post on instagram",
        longest=320,
    ),
    rule(
        "tags",
        "any",
        r"(?:tags?|filed under|topics?|keywords|标签|关键词|关键字|tagged(?: with)?)\s?[:：]",
        place=Place.EDGE,
        longest=200,
    ),
    rule(
        "tags",
        "zh",
        r"(?:文章|相关)?标签\s?[:：]",
        longest=80,
    ),
)
"""In the order in which they are tried. Source: company, regulator, hospital and press sites, Chinese and Western."""

LONGEST_PHRASE = max(found.longest for found in PHRASES)
LENGTHS = sorted({found.longest for found in PHRASES})


def glance(length: int) -> re.Pattern[str]:
    """What a block of so many characters can begin with, in lower case: without folding it is twice as fast."""
    openings = [found.opening for found in PHRASES if found.longest >= length and found.opening]
    pattern = "|".join(f"(?:{opening})" for opening in openings)
    return re.compile(re.sub(r"\\.|[A-Z]", lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), pattern))


GLANCES = [glance(length) for length in LENGTHS]
SIGNED = [
    [(sign, found) for found in PHRASES if found.longest >= length for sign in found.signs]
    for length in LENGTHS
]
ASCII_SIGNED = [
    [(sign, found) for sign, found in signed if sign.isascii() and found.language != "zh"]
    for signed in SIGNED
]


def candidates(text: str) -> Sequence[Rule]:
    """The rules that a block may fall under, in order: by one quick look, for most blocks none. Some may come twice."""
    if len(text) > LONGEST_PHRASE:
        return ()
    low = text.lower()
    room = bisect_left(LENGTHS, len(text))
    if GLANCES[room].match(low):
        return PHRASES
    return [found for sign, found in (ASCII_SIGNED if low.isascii() else SIGNED)[room] if sign in low]
