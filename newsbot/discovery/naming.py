"""What the name of a section says of what is in it: news, or something else. Tables for English, Chinese and pinyin."""

from __future__ import annotations

import re
from enum import IntEnum
from urllib.parse import unquote, urlsplit


class Name(IntEnum):
    """What a name says; the greater, the likelier news."""

    OTHER = -1
    SILENT = 0
    NEWS = 1


NEWS_WORDS = frozenset(
    (
        "news", "newsroom", "press", "pressroom", "pressreleases", "media", "mediacentre", "mediacenter",
        "release", "releases", "announcement", "announcements", "update", "updates", "blog", "stories",
        "articles", "bulletin", "bulletins", "notices", "alerts", "recalls", "approvals", "statements",
        "headlines", "latest", "presse", "nachrichten", "aktuelles", "actualites", "noticias", "insights",
        "xw", "xwzx", "xwdt", "xwgg", "zx", "zxzx", "zxdt", "gsdt", "gsxw", "hyxw", "hydt", "hyzx", "ynxw", "ywxw",
        "qyxw", "qydt", "gg", "tzgg", "ggtz", "mtbd", "mtjj", "mtgz", "gzdt", "yw", "kx", "tongzhi", "baodao",
        "kuaixun", "yaowen",
    )
)  # fmt: skip
"""Words of addresses and of English labels; the short ones are how Chinese editors abbreviate section names."""

NEWS_PARTS = ("news", "xinwen", "zixun", "dongtai", "gonggao", "press-release", "pressrelease", "media-cent")
"""What says news inside longer words of an address, too."""

OTHER_WORDS = frozenset(
    (
        "team", "teams", "people", "leadership", "management", "board", "staff", "directors", "experts", "doctors",
        "product", "products", "pipeline", "service", "services", "solution", "solutions", "technology", "science",
        "about", "aboutus", "company", "profile", "history", "contact", "contacts", "career", "careers", "job", "jobs",
        "event", "events", "calendar", "webinar", "webinars", "conference", "conferences", "training", "courses",
        "faq", "faqs", "legal", "privacy", "terms", "cookies", "imprint", "impressum", "sitemap", "tag", "tags",
        "author", "authors", "support", "download", "downloads", "gallery", "video", "videos", "podcast", "podcasts",
        "cart", "shop", "store", "login", "register", "account", "search", "subscribe", "newsletter", "advertise",
        "partners", "customers", "cases", "certificates", "honor", "honors", "patients", "clinical", "trials",
        "comments", "investors", "governance", "sustainability", "locations",
        "chanpin", "fuwu", "lianxi", "guanyu", "jianjie", "tuandui", "zhuanjia", "keshi", "zhaopin", "rencai",
        "wenhua", "rongyu", "zizhi", "anli", "zjjs", "zjtd", "cpzx", "lxwm", "gywm", "rczp",
    )
)  # fmt: skip

NEWS_SIGNS = re.compile(
    "新闻|资讯|动态|公告|通知|快讯|报道|要闻|头条|速递|通告|通报|媒体|公示|新聞|資訊|動態|快訊|報導"
)
OTHER_SIGNS = re.compile(
    "团队|专家|产品|服务|关于|简介|联系|招聘|人才|文化|荣誉|资质|案例|视频|下载|科室|医生|项目|合作|课程|留言|会员|登录|"
    "领导|机构|历程|特色|專家|產品|服務|關於|聯繫"
)
WORD = re.compile(r"[a-z0-9]{1,40}")


def name_of_label(label: str) -> Name:
    """What the words of a link or title say of where it leads.

    >>> name_of_label("News & Events"), name_of_label("专家团队"), name_of_label("2025")
    (<Name.NEWS: 1>, <Name.OTHER: -1>, <Name.SILENT: 0>)
    """
    text = label[:200].lower()
    words = set(WORD.findall(text))
    if NEWS_SIGNS.search(text) or words & NEWS_WORDS or {"what", "new"} <= words:
        return Name.NEWS
    return Name.OTHER if OTHER_SIGNS.search(text) or words & OTHER_WORDS else Name.SILENT


def name_of_address(url: str) -> Name:
    """What the deepest telling folder of an address says; its last word counts unless that names a file.

    >>> name_of_address("https://a.test/investors/news/2026/"), name_of_address("https://a.test/news/events/")
    (<Name.NEWS: 1>, <Name.OTHER: -1>)
    """
    folders = [unquote(part).lower() for part in urlsplit(url[:2000]).path.split("/") if part]
    return next((name for folder in reversed(folders) if (name := name_of_folder(folder))), Name.SILENT)


def name_of_folder(folder: str) -> Name:
    """What one part of an address says."""
    words = set(WORD.findall(folder))
    if words & NEWS_WORDS or any(part in folder for part in NEWS_PARTS) or NEWS_SIGNS.search(folder):
        return Name.NEWS
    return Name.OTHER if words & OTHER_WORDS or OTHER_SIGNS.search(folder) else Name.SILENT


def name_of_section(url: str, label: str | None) -> Name:
    """What a section's link says: its words first, then its address."""
    said = name_of_label(label) if label else Name.SILENT
    return said or name_of_address(url)
