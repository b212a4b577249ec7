"""Whether a fetched page is an article, and if not, what it is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsbot.model import Extraction, Page, Refusal, Rejection

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP or Office"),
    (b"\xd0\xcf\x11\xe0", "Office"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"ID3", "MP3"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
)
"""How files begin that hold no page."""

NEVER_IN_TEXT = bytes(set(range(0x20)) - set(b"\t\n\f\r\x1b")) + b"\x7f"
CONTROL_SHARE = 0.05
UNREADABLE_SHARE = 0.2
"""Bytes of text have next to no control characters; a page in an encoding nobody knows is mostly unreadable."""

BINARY_TYPES = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/msword",
)

SHORT_PAGE = 1200
"""Phrases of errors and blocks are believed on pages with less text than this, in Western characters."""

BLOCKED = re.compile(
    r"just a moment\b|checking your browser|attention required! \| cloudflare|verify(?:ing)? (?:that )?you are "
    r"(?:a )?human|"
    r"enable javascript and cookies to continue|pardon our interruption|request unsuccessful\. incapsula|"
    r"unusual traffic from your|"
    r"are you a robot|complete the captcha|access to this page has been denied|you have been blocked|access denied|"
    r"ddos protection by|bot verification|安全验证|人机验证|请完成.{0,6}验证|滑动.{0,6}验证|访问过于频繁|"
    r"您的访问被(?:拦截|阻断|拒绝)|"
    r"访问被拒绝|请求存在异常|您的请求带有不合法|浏览器安全检查",
    re.IGNORECASE,
)
ERROR = re.compile(
    r"\b(?:404|410|500|502|503)\b.{0,20}(?:not found|error|gone|unavailable)|page (?:you .{0,40})?(?:not found|"
    r"cannot be found|"
    r"could not be found|does not exist|no longer exists|doesn.t exist|is unavailable)|(?:error|"
    r"错误)\s?[:：]?\s?404|404\s?(?:错误|页面)|"
    r"internal server error|bad gateway|service (?:temporarily )?unavailable|we.re sorry.{0,60}(?:page|error|"
    r"unavailable)|"
    r"something went wrong|"
    r"页面(?:不存在|未找到|找不到|走丢|已删除|已被删除)|(?:无法|未)找到.{0,10}页面|您(?:访问|查找|请求|"
    r"要找)的(?:页面|内容|网页|文章).{0,12}(?:不存在|未找到|已删除|被删除)|"
    r"(?:内容|文章|信息)(?:不存在|已删除|已被删除)|系统(?:错误|维护|繁忙)|网站维护中",
    re.IGNORECASE,
)
LOGIN = re.compile(
    r"(?:please )?(?:log|sign) ?in to (?:continue|view|read|your account)|you must (?:be logged|log) in|"
    r"forgot(?:ten)? (?:your )?password|"
    r"请(?:先)?登录|用户登录|登录后(?:查看|阅读)|忘记密码",
    re.IGNORECASE,
)
PHRASES: tuple[tuple[Rejection, re.Pattern[str], int], ...] = (
    (Rejection.BLOCK_PAGE, BLOCKED, SHORT_PAGE),
    (Rejection.ERROR_PAGE, ERROR, 500),
    (Rejection.LOGIN_PAGE, LOGIN, 300),
)
"""What a page says of itself, and up to how much text of its own it is believed."""

LEAST_DATED = 250
"""Western characters with which a dated page is an article, even one on access denied."""

SECTION_TITLE = re.compile(
    r"(?:about(?: us)?|contact(?: us)?|our (?:team|services|products|company)|team|services|products?(?: list| "
    r"center)?|careers?|jobs|"
    r"privacy(?: policy)?|terms(?: (?:of|and) .{0,20})?|site ?map|search(?: results)?|faqs?|inquiry|feedback|"
    r"home|news(?: list| center)?|"
    r"关于(?:我们|本站|公司)|公司简介|企业简介|公司概况|联系我们|联系方式|加入我们|人才招聘|诚聘英才|招贤纳士|"
    r"产品中心|产品展示|产品列表|"
    r"服务项目|新闻中心|新闻动态|新闻资讯|公司新闻|企业新闻|行业新闻|行业资讯|院内新闻|专家团队|团队介绍|"
    r"团队成员|在线留言|在线咨询|网站地图|首页|"
    r"企业文化|组织机构|发展历程|资质荣誉|荣誉资质|技术支持|客户案例|成功案例|常见问题)",
    re.IGNORECASE,
)
SECTION_PATH = re.compile(
    r"/(?:about|about-?us|contact|contact-?us|contacts|team|our-team|people|leadership|careers?|jobs|products?|"
    r"services?|search|tags?|category|"
    r"categories|author|authors|login|signin|register|privacy|privacy-policy|terms|sitemap|keshi|fuwu|"
    r"fuwuxiangmu|tuandui|lianxi|lianxiwomen|"
    r"guanyu|guanyuwomen|gongsijianjie|chanpin|zhaopin)(?:/|\.\w{2,5}$|$)",
    re.IGNORECASE,
)
LIST_PATH = re.compile(
    r"/(?:list|liebiao)(?:[_-]\d{1,4}){0,3}(?:\.\w{2,5})?$|/page/\d{1,5}/?$", re.IGNORECASE
)
FRONT_PATH = re.compile(r"/?(?:index|default|home)?(?:\.\w{2,5})?", re.IGNORECASE)
TITLE_PART = re.compile(r"\s*(?:[>/|_»›]|\s[-–—]\s|(?<=[\u4e00-\u9fff])[-–—](?=[\u4e00-\u9fff]))\s*")
PATH_STEP = re.compile(r"\s*[>/»›]\s*")
ARTICLE_TYPES = re.compile(r"article|blogposting|report|newsitem|pressrelease", re.IGNORECASE)

EXCUSE_PATH = re.compile(
    r"(?:apology|abuse-detection|not-?found|page-?error|error-?page|/errors?/|/404(?:\b|$)|/blocked?(?:\b|$)|captcha)",
    re.IGNORECASE,
)
"""Where sites send whom they do not serve."""

PRODUCT_TYPES = re.compile(
    r"^(?:og:)?product\b|^product(?:\.item|group|model)?$|^individualproduct$", re.IGNORECASE
)
PRODUCT_WORDS = re.compile(
    r"\bCAS\s?(?:No\.?|number|RN|号)?\s?[:：#]?\s?\d{2,7}-\d{2}-\d|"
    r"\b(?:MOQ|min\.? order|minimum order|add to (?:cart|basket|inquiry)|"
    r"in stock|unit price|request a quote|inquire now|send inquiry|purity\s?[:：]|package\s?[:：]|supply ability|"
    r"storage (?:condition|temperature)s?\s?[:：]|molecular (?:formula|weight)\s?[:：])|"
    r"(?:产品(?:名称|编号|型号|规格|价格)|商品(?:编号|价格)|规格型号|起订量|供应商|库存|分子(?:式|量)|纯度|储存条件)\s?[:：]|"
    r"加入(?:购物车|询价)|立即(?:询价|购买|咨询)|在线询价",
    re.IGNORECASE,
)
FEWEST_PRODUCT_WORDS = 4
"""A page that names so many different facts of an offer, and no date, offers something."""

FEWEST_ITEMS = 5
TEXT_PER_ITEM = 20
TEXT_PER_ITEM_OF_ARTICLE = 3
"""A page with less text of its own per linked item than this is a list; one with a date has credit."""


def judge(page: Page, extraction: Extraction) -> Refusal | None:
    """Why a page is no article, or None when it is one."""
    return failed(page, extraction) or unreadable(page, extraction) or unlike_article(page, extraction)


def failed(page: Page, extraction: Extraction) -> Refusal | None:
    """A page that did not come, or came with an error."""
    if page.failure is not None:
        return Refusal(reason=Rejection.UNREACHABLE, detail=page.failure)
    if not 200 <= page.status < 300:
        if page.status in (403, 412, 429, 503) and BLOCKED.search(visible(extraction)):
            return Refusal(reason=Rejection.BLOCK_PAGE, detail=f"status {page.status}")
        return Refusal(reason=Rejection.HTTP_STATUS, detail=str(page.status))
    return None


def unreadable(page: Page, extraction: Extraction) -> Refusal | None:
    """A page without text."""
    kind = binary_kind(page)
    if kind is not None:
        return Refusal(reason=Rejection.NOT_TEXT, detail=kind)
    text = extraction.signals.visible_text
    if not text.strip():
        return Refusal(reason=Rejection.EMPTY)
    if text.count("\ufffd") > UNREADABLE_SHARE * len(text):
        return Refusal(reason=Rejection.NOT_TEXT, detail="unreadable characters")
    return None


def binary_kind(page: Page) -> str | None:
    """What sort of file the bytes are, None for text."""
    for magic, kind in MAGIC:
        if page.body.startswith(magic):
            return kind
    head = page.body[:4096]
    declared = (page.content_type or "").lower()
    controls = len(head) - len(head.translate(None, NEVER_IN_TEXT))
    if controls > CONTROL_SHARE * len(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return declared if declared.startswith(BINARY_TYPES) and not head.lstrip().startswith(b"<") else None


def unlike_article(page: Page, extraction: Extraction) -> Refusal | None:
    """A page with text that is no article."""
    said = self_description(extraction)
    if said is not None:
        return said
    title = extraction.article.title
    if extraction.signals.text_length == 0:
        return Refusal(reason=Rejection.LIST_PAGE if extraction.signals.linked_items else Rejection.EMPTY)
    if not title:
        return Refusal(reason=Rejection.NO_TITLE)
    return (
        excuse(page, extraction)
        or product_page(extraction)
        or list_page(page, extraction)
        or section_page(page, extraction, title)
    )


def excuse(page: Page, extraction: Extraction) -> Refusal | None:
    """A page to which we were sent instead of the one that we asked for, and whose address says why."""
    if page.requested_url in (None, page.url) or extraction.article.published is not None:
        return None
    found = EXCUSE_PATH.search(urlsplit(page.url).path)
    return Refusal(reason=Rejection.BLOCK_PAGE, detail=f"sent to {page.url}") if found else None


def product_page(extraction: Extraction) -> Refusal | None:
    """An offer: declared as a product, or with the facts of one and no date."""
    if extraction.article.published is not None or is_declared(extraction):
        return None
    declared = extraction.signals.declared_type
    if declared and PRODUCT_TYPES.search(declared):
        return Refusal(reason=Rejection.PRODUCT_PAGE, detail=declared)
    words = {word.casefold()[:6] for word in PRODUCT_WORDS.findall(extraction.signals.visible_text)}
    if len(words) >= FEWEST_PRODUCT_WORDS:
        return Refusal(reason=Rejection.PRODUCT_PAGE, detail=", ".join(sorted(words)))
    return None


def visible(extraction: Extraction) -> str:
    return f"{extraction.article.title or ''}\n{extraction.signals.visible_text}"[:2000]


def self_description(extraction: Extraction) -> Refusal | None:
    """An error, a challenge or a login form that says so, where there is not much text besides."""
    is_article = extraction.article.published is not None and extraction.signals.text_length >= LEAST_DATED
    for reason, phrase, most in PHRASES:
        if is_article and reason is Rejection.BLOCK_PAGE:
            continue
        found = phrase.search(visible(extraction)) if extraction.signals.text_length <= most else None
        if found is not None:
            return Refusal(reason=reason, detail=found.group(0))
    return None


def list_page(page: Page, extraction: Extraction) -> Refusal | None:
    """A page of links to other pages: an address that says so, or many entries and little text of its own."""
    if is_declared(extraction):
        return None
    signals = extraction.signals
    address = urlsplit(page.url)
    if LIST_PATH.search(address.path):
        return Refusal(reason=Rejection.LIST_PAGE, detail=address.path)
    if signals.entries:
        return Refusal(reason=Rejection.LIST_PAGE, detail=f"{signals.entries} entries")
    dated = extraction.article.published is not None
    if not dated and not address.query and FRONT_PATH.fullmatch(address.path):
        return Refusal(reason=Rejection.LIST_PAGE, detail="front page")
    least = (TEXT_PER_ITEM_OF_ARTICLE if dated else TEXT_PER_ITEM) * signals.linked_items
    if signals.linked_items >= FEWEST_ITEMS and signals.text_length < least:
        return Refusal(reason=Rejection.LIST_PAGE, detail=f"{signals.linked_items} links")
    return None


def is_declared(extraction: Extraction) -> bool:
    """Whether a page declares itself an article."""
    declared = extraction.signals.declared_type
    return bool(declared and ARTICLE_TYPES.search(declared))


def section_page(page: Page, extraction: Extraction, title: str) -> Refusal | None:
    """A page about the company, its people or products, or the entrance to a section, by its title or address."""
    if is_declared(extraction) or extraction.article.published is not None:
        return None
    if is_section_title(title):
        return Refusal(reason=Rejection.SECTION_PAGE, detail=title)
    address = urlsplit(page.url)
    found = None if address.query else SECTION_PATH.search(address.path)
    return Refusal(reason=Rejection.SECTION_PAGE, detail=found.group(0)) if found else None


def is_section_title(title: str) -> bool:
    """Whether a title names a section: with its first words, or anywhere in what reads like a path.

    >>> is_section_title("Contact us - Example"), is_section_title("Home / News / Company news")
    (True, True)
    >>> is_section_title("关于我们-示例公司")
    True
    >>> is_section_title("News from the trial - Example")
    False
    """
    first = TITLE_PART.split(title.strip(), maxsplit=1)[0]
    steps = PATH_STEP.split(title.strip())
    return any(SECTION_TITLE.fullmatch(part) for part in (first, *(steps[:-1] if len(steps) > 2 else ())))
