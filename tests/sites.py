"""Small whole sites of different build, with news and with much that is none, for finding sources by address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.newsroom import Story
from tests.serving import Answer

FEED_TYPE = "application/rss+xml; charset=utf-8"
XML_TYPE = "application/xml; charset=utf-8"
NEWEST = date(2026, 11, 20)
PRODUCTS = (
    "Quelsotinib tablets",
    "Tamorvimab infusion",
    "Lisorvan cream",
    "Emvarra inhaler",
    "Corvane drops",
)
PEOPLE = ("Aldona Brisk", "Tiberius Vale", "Imre Solvang", "Petra Lindqvist")
ENGLISH_FILLER = (
    "It is made in Brennhavn under the supervision of two agencies, and is supplied to hospitals in nine regions.",
    "Before that, eleven years were spent with the development of formulations for children and for the elderly.",
    "Questions on dosing are answered by the medical information desk, which can be reached on working days.",
    "The team of forty works in three buildings, of which the oldest was put up for the dairy that stood here.",
)
CHINESE_FIRMS = ("朗禾药业", "沁元生物", "泊川制药", "铭岚医药", "序川生物")
CHINESE_EVENTS = (
    "三期临床达到主要终点",
    "新厂房正式投产",
    "获批开展二期临床试验",
    "主动召回一批注射液",
    "与高校共建研发中心",
)
CHINESE_AREAS = ("肝病", "肺癌", "肾病", "银屑病", "心衰", "罕见病", "阿尔茨海默病")
CHINESE_SENTENCES = (
    "{firm}今天表示，这项面向{area}患者的研究在{m}家医院入组了{n}名受试者，随访仍在继续。",
    "研究负责人介绍说，给药组有{m}名患者因不良反应退出，多数发生在用药后的头几周之内。",
    "公司预计将在下半年向监管部门递交资料，并已为此备好{n}页的申报文件和{m}批工艺验证数据。",
    "业内人士认为，{area}领域目前仍缺少口服药物，同类产品里进展最快的也还停留在临床阶段。",
    "按照计划，生产线每年可以供应{n}万支，第一批产品将先供给北方的{m}家定点医疗机构使用。",
    "财报显示，{firm}前三季度研发投入约{n}万元，其中近一半用在了{area}方向的两个在研项目上。",
)
MENU = "".join(
    f"<li><a href='{path}'>{label}</a></li>"
    for path, label in (("/", "首页"), ("/gywm/", "关于我们"), ("/cpzx/", "产品中心"), ("/xwzx/", "新闻中心"),
                        ("/zjtd/", "专家团队"), ("/rczp/", "招聘信息"), ("/lxwm/", "联系我们"))
)  # fmt: skip
CHINESE_FOOT = "<div class='footer'>版权所有 朗禾药业有限公司 沪ICP备20261234号 电话：021-5550 1234</div>"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """A site: what each path answers, and which paths are its news articles."""

    pages: Mapping[str, Answer]
    news: frozenset[str]
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> Answer:
        """For `tests.serving.serving`."""
        return self.pages.get(path, Answer(status=404, body="<h1>Not found</h1>"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An article anywhere."""

    path: str
    title: str
    paragraphs: tuple[str, ...]
    day: date


def english(count: int, path: Callable[[Story], str]) -> list[Post]:
    """So many posts, the newest first, some days apart."""
    stories = [Story(number=number, day=NEWEST - timedelta(days=3 * number)) for number in range(count)]
    return [
        Post(path=path(each), title=each.title, paragraphs=tuple(each.paragraphs), day=each.day)
        for each in stories
    ]


def chinese(count: int, path: Callable[[int, date], str]) -> list[Post]:
    """So many Chinese posts, the newest first."""
    return [_chinese(number, path) for number in range(count)]


def _chinese(number: int, path: Callable[[int, date], str]) -> Post:
    day = NEWEST - timedelta(days=4 * number)
    firm, area = CHINESE_FIRMS[number % 5], CHINESE_AREAS[number % 7]
    facts = {"firm": firm, "area": area, "n": 120 + 37 * number, "m": 11 + 5 * number}
    turned = CHINESE_SENTENCES[number % 6 :] + CHINESE_SENTENCES[: number % 6]
    return Post(
        path=path(number, day),
        title=f"{firm}{area}项目第{number + 1}次进展：{CHINESE_EVENTS[number % 5]}",
        paragraphs=tuple(sentence.format(**facts) for sentence in turned),
        day=day,
    )


# pages


def slug(title: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


def english_page(
    title: str, body: str, menu: Iterable[tuple[str, str]], site: str = "Varnholt Pharma", head: str = ""
) -> Answer:
    links = "".join(f"<li><a href='{path}'>{label}</a></li>" for path, label in menu)
    return Answer(
        body=f"<!doctype html><html lang='en'><head><title>{title} | {site}</title>{head}</head><body>"
        f"<header><nav><ul class='menu'>{links}</ul></nav></header><main>{body}</main>"
        f"<footer><p>© 2026 {site}. All rights reserved.</p><a href='/privacy/'>Privacy</a></footer></body></html>"
    )


def article(post: Post, *, dated: bool = True) -> str:
    day = f"<p class='date'>{post.day:%B %d, %Y}</p>" if dated else ""
    return f"<article><h1>{post.title}</h1>{day}{_paragraphs(post.paragraphs)}</article>"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def cards(posts: Sequence[Post]) -> str:
    return "".join(
        f"<div class='card'><h3><a href='{each.path}'>{each.title}</a></h3><time>{each.day:%d %b %Y}</time></div>"
        for each in posts
    )


def other_pages(make: Callable[[str, str], Answer]) -> dict[str, Answer]:
    """Products, people, jobs and the rest: texts like articles, and no news."""
    pages = {
        "/privacy/": make("Privacy", _paragraphs(ENGLISH_FILLER[2:])),
        "/contact/": make("Contact", "<p>Brennhavn 4, Norland</p>"),
        "/careers/": make(
            "Careers", "<ul><li><a href='/careers/chemist/'>Analytical chemist (m/f)</a></li></ul>"
        ),
        "/careers/chemist/": make("Analytical chemist", _paragraphs(ENGLISH_FILLER)),
    }
    for folder, names in (("products", PRODUCTS), ("leadership", PEOPLE)):
        paths = {f"/{folder}/{slug(name)}/": name for name in names}
        items = "".join(
            f"<li class='item'><h3><a href='{path}'>{name}</a></h3></li>" for path, name in paths.items()
        )
        pages[f"/{folder}/"] = make(folder.title(), f"<ul class='grid'>{items}</ul>")
        for path, name in paths.items():
            text = _paragraphs(f"{name}: {sentence}" for sentence in ENGLISH_FILLER)
            pages[path] = make(name, f"<h1>{name}</h1>{text}")
    return pages


def rss(posts: Sequence[Post]) -> str:
    items = "".join(
        f"<item><title>{each.title}</title><link>{each.path}</link><guid>{each.path}</guid>"
        f"<pubDate>{each.day:%a, %d %b %Y} 08:00:00 GMT</pubDate></item>"
        for each in posts
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><link>/</link>{items}</channel></rss>"


def urlset(paths: Iterable[str]) -> str:
    urls = "".join(f"<url><loc>{path}</loc></url>" for path in paths)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"


COMPANY_MENU = (
    ("/", "Home"), ("/products/", "Products"), ("/leadership/", "Leadership"), ("/careers/", "Careers"),
    ("/contact/", "Contact"),
)  # fmt: skip


# the sites


def feed_only() -> BuiltSite:
    """A home page that scripts build, and a feed that it declares."""
    posts = english(14, lambda story: f"/n/{slug(story.title)}")
    shell = "<!doctype html><title>Varnholt</title><link rel='alternate' type='application/rss+xml' href='/rss/all'>"
    pages = {
        "/": Answer(
            body=f"{shell}<div id='root'></div><script src='/app.js'></script><script>run()</script>"
        ),
        "/rss/all": Answer(body=rss(posts), content_type=FEED_TYPE),
        **other_pages(lambda title, body: english_page(title, body, COMPANY_MENU)),
        **{each.path: english_page(each.title, article(each), COMPANY_MENU) for each in posts},
    }
    return BuiltSite(pages=pages, news=frozenset(each.path for each in posts))


def sitemap_only() -> BuiltSite:
    """Stories that no page links to; robots.txt names an index of sitemaps of posts, pages and products."""
    posts = english(15, lambda story: f"/stories/{slug(story.title)}/")
    others = other_pages(lambda title, body: english_page(title, body, COMPANY_MENU))
    parts = {
        "/pages-sitemap.xml": [path for path in others if "products" not in path],
        "/products-sitemap.xml": [path for path in others if "products" in path],
        "/posts-sitemap.xml": [each.path for each in posts],
    }
    index = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in parts)
    pages = {
        "/": english_page("Home", "<h1>Medicines for all of Norland</h1>", COMPANY_MENU),
        "/robots.txt": Answer(body="User-agent: *\nSitemap: /sitemap_index.xml\n", content_type="text/plain"),
        "/sitemap_index.xml": Answer(body=f"<sitemapindex>{index}</sitemapindex>", content_type=XML_TYPE),
        **{path: Answer(body=urlset(listed), content_type=XML_TYPE) for path, listed in parts.items()},
        **others,
        **{each.path: english_page(each.title, article(each), COMPANY_MENU) for each in posts},
    }
    return BuiltSite(pages=pages, news=frozenset(each.path for each in posts))


def chinese_lists(*, encoding: str = "gbk", dated: bool = True) -> BuiltSite:
    """A company's site as DedeCMS makes it: paged lists without a feed, products and experts in lists alike."""
    news = chinese(23, lambda number, day: f"/xwzx/{day.year}/{day:%m%d}/{1200 + number}.html")
    shown = news[:3]
    pages = {
        "/": _chinese_page("朗禾药业有限公司", _chinese_items(shown, dated=dated), encoding),
        **_chinese_list("/xwzx/", "list_3_", "新闻中心", news, encoding, dated=dated),
    }
    for folder, label, names in (
        (
            "/cpzx/",
            "产品中心",
            ("奎索替尼片（规格十毫克）", "塔莫维单抗注射液两支装", "丽索凡乳膏二十克家庭装", "恩瓦拉吸入剂"),
        ),
        ("/zjtd/", "专家团队", ("李景行教授肿瘤内科", "王若澜主任药师团队", "周以宁研究员简介")),
    ):
        items = [
            Post(
                path=f"{folder}{number + 31}.html",
                title=name,
                paragraphs=tuple(f"{name}：{text}" for text in CHINESE_ABOUT),
                day=NEWEST,
            )
            for number, name in enumerate(names)
        ]
        pages |= _chinese_list(folder, "list_5_", label, items, encoding, dated=False)
    for path, label in (("/gywm/", "关于我们"), ("/rczp/", "招聘信息"), ("/lxwm/", "联系我们")):
        pages[path] = _chinese_page(label, _paragraphs(CHINESE_ABOUT), encoding)
    return BuiltSite(pages=pages, news=frozenset(each.path for each in news))


CHINESE_ABOUT = (
    "本品由公司自有工厂生产，经过十一年的工艺改进，现供应九个省份的医院和药房使用。",
    "团队四十余人分布在三座楼内，其中最早的一座原是当地的乳品厂，改建时保留了旧的外墙。",
    "有关用法用量的问题请在工作日致电医学信息部，我们会在一个工作日之内给予书面答复。",
)
ON_A_PAGE = 8


def _chinese_list(
    folder: str, file: str, label: str, posts: Sequence[Post], encoding: str, *, dated: bool
) -> dict[str, Answer]:
    """The pages of a list, the first of them at the folder itself, too, and what they lead to."""
    pages: dict[str, Answer] = {}
    last = -(-len(posts) // ON_A_PAGE)
    for number in range(1, last + 1):
        part = posts[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        turn = "".join(
            f"<a href='{file}{page}.html'>{page}</a>" for page in range(1, last + 1) if page != number
        )
        following = f"<a href='{file}{number + 1}.html'>下一页</a>" if number < last else ""
        body = f"{_chinese_items(part, dated=dated)}<div class='pagelist'>{turn}{following}</div>"
        pages[f"{folder}{file}{number}.html"] = _chinese_page(label, body, encoding)
    pages[folder] = pages[f"{folder}{file}1.html"]
    for post in posts:
        day = f"<div class='info'>发布时间：{post.day}　点击：{post.day.day}</div>" if dated else ""
        text = (
            f"<h2 class='tit'>{post.title}</h2>{day}<div class='content'>{_paragraphs(post.paragraphs)}</div>"
        )
        pages[post.path] = _chinese_page(post.title, text, encoding)
    return pages


def _chinese_items(posts: Sequence[Post], *, dated: bool) -> str:
    days = [f"<span>{each.day}</span>" if dated else "" for each in posts]
    items = "".join(
        f"<li><a href='{each.path}' title='{each.title}'>{each.title}</a>{day}</li>"
        for each, day in zip(posts, days, strict=True)
    )
    return f"<ul class='newslist'>{items}</ul>"


def _chinese_page(title: str, body: str, encoding: str) -> Answer:
    text = (
        f"<html><head><meta charset='{encoding}'><title>{title}_朗禾药业</title></head><body>"
        f"<div class='top'><ul class='nav'>{MENU}</ul></div><div class='main'>{body}</div>{CHINESE_FOOT}</body></html>"
    )
    return Answer(body=text.encode(encoding), content_type="text/html")


def numbered_list() -> BuiltSite:
    """A company whose newsroom lies below "About" and goes on at ?page=2."""
    posts = english(22, lambda story: f"/about/newsroom/{slug(story.title)}")
    menu = (*COMPANY_MENU, ("/about/", "About us"), ("/events/", "Events"))

    def make(title: str, body: str) -> Answer:
        return english_page(title, body, menu)

    pages = {
        "/": make("Home", "<h1>Medicines</h1><a href='/about/newsroom'>Read our news</a>"),
        "/about/": make("About us", _paragraphs(ENGLISH_FILLER) + "<a href='/about/newsroom'>Newsroom</a>"),
        "/events/": make(
            "Events", "<ul><li><a href='/events/fair-2027'>Norland fair for makers, 3 May 2027</a></li></ul>"
        ),
        "/events/fair-2027": make("Fair", _paragraphs(ENGLISH_FILLER)),
        **other_pages(make),
        **{each.path: make(each.title, article(each)) for each in posts},
    }
    for number in (1, 2, 3):
        part = posts[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        following = f"<a rel='next' href='?page={number + 1}'>Next</a>" if number < 3 else ""
        path = "/about/newsroom" + (f"?page={number}" if number > 1 else "")
        pages[path] = make("Newsroom", f"<h1>Newsroom</h1>{cards(part)}<div class='pager'>{following}</div>")
    return BuiltSite(pages=pages, news=frozenset(each.path for each in posts))


def wordpress() -> BuiltSite:
    """A blog with a feed of posts and one of comments, categories, authors, and older pages."""
    posts = english(16, lambda story: f"/{story.day:%Y/%m}/{slug(story.title)}/")
    menu = (
        *COMPANY_MENU,
        ("/blog/", "Blog"),
        ("/category/science/", "Science"),
        ("/author/aldona/", "Aldona"),
    )
    feeds = (
        "<link rel='alternate' type='application/rss+xml' title='Varnholt Feed' href='/feed/'>"
        "<link rel='alternate' type='application/rss+xml' title='Varnholt Comments Feed' href='/comments/feed/'>"
    )

    def make(title: str, body: str) -> Answer:
        return english_page(title, body, menu, head=feeds)

    pages = {
        "/": make("Home", f"<h1>Welcome</h1>{cards(posts[:3])}"),
        "/blog/": make("Blog", f"{cards(posts[:10])}<a class='next' href='/blog/page/2/'>Older posts</a>"),
        "/blog/page/2/": make("Blog", cards(posts[10:])),
        "/category/science/": make("Science", cards(posts[::2][:6])),
        "/author/aldona/": make("Aldona", cards(posts[:5])),
        "/feed/": Answer(body=rss(posts[:10]), content_type=FEED_TYPE),
        "/comments/feed/": Answer(body=rss(posts[5:7]), content_type=FEED_TYPE),
        **other_pages(make),
        **{each.path: make(each.title, article(each)) for each in posts},
    }
    return BuiltSite(pages=pages, news=frozenset(each.path for each in posts))


def json_feed() -> BuiltSite:
    """A JSON feed that no page names, where such feeds lie."""
    posts = english(12, lambda story: f"/read/{slug(story.title)}")
    items = [
        {"id": each.path, "url": each.path, "title": each.title, "date_published": f"{each.day}T08:00:00Z"}
        for each in posts
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Varnholt", "items": items}
    pages = {
        "/": english_page("Home", "<h1>Medicines for all of Norland</h1>", COMPANY_MENU),
        "/feed.json": Answer(body=json.dumps(feed), content_type="application/feed+json"),
        **other_pages(lambda title, body: english_page(title, body, COMPANY_MENU)),
        **{each.path: english_page(each.title, article(each), COMPANY_MENU) for each in posts},
    }
    return BuiltSite(pages=pages, news=frozenset(each.path for each in posts))


def years() -> BuiltSite:
    """Press releases two levels below "Media", by year, the newest year shown first."""
    posts = [
        Post(
            path=f"/media/press-releases/{each.path[1:]}",
            title=each.title,
            paragraphs=each.paragraphs,
            day=each.day,
        )
        for each in english(30, lambda story: f"/{story.day.year - story.number // 10}/{slug(story.title)}")
    ]
    menu = (*COMPANY_MENU, ("/media/", "Media"))

    def make(title: str, body: str) -> Answer:
        return english_page(title, body, menu)

    by_year = {year: [each for each in posts if f"/{year}/" in each.path] for year in (2026, 2025, 2024)}
    tabs = "".join(f"<a href='/media/press-releases/{year}/'>{year}</a> " for year in by_year)
    pages = {
        "/": make("Home", "<h1>Medicines</h1>"),
        "/media/": make(
            "Media",
            "<a href='/media/press-releases/'>Press releases</a><a href='/media/library/'>Pictures</a>",
        ),
        "/media/library/": make("Pictures", "<img src='/a.png'>"),
        "/media/press-releases/": make("Press releases", f"{tabs}{cards(by_year[2026])}"),
        **{
            f"/media/press-releases/{year}/": make(str(year), f"{tabs}{cards(part)}")
            for year, part in by_year.items()
        },
        **other_pages(make),
        **{each.path: make(each.title, article(each)) for each in posts},
    }
    return BuiltSite(pages=pages, news=frozenset(each.path for each in by_year[2026]))


def home_is_the_list() -> BuiltSite:
    """Trade press: the home page is the list, with sections that bring parts of it."""
    posts = english(
        18,
        lambda story: (
            f"/{('pharma', 'biotech', 'people')[story.number % 3]}/{slug(story.title)}-{7000 + story.number}"
        ),
    )
    menu = (
        ("/", "Home"),
        ("/pharma", "Pharma"),
        ("/biotech", "Biotech"),
        ("/people", "People"),
        ("/contact/", "Contact"),
    )

    def make(title: str, body: str) -> Answer:
        return english_page(title, body, menu, site="Brennhavn Ledger")

    pages = {
        "/": make("Home", cards(posts)),
        **{f"/{name}": make(name.title(), cards([each for each in posts if each.path.startswith(f"/{name}/")]))
           for name in ("pharma", "biotech", "people")},
        "/contact/": make("Contact", _paragraphs(ENGLISH_FILLER)),
        **{each.path: make(each.title, article(each)) for each in posts},
    }  # fmt: skip
    return BuiltSite(pages=pages, news=frozenset(each.path for each in posts))


def regulator() -> BuiltSite:
    """An agency with alerts and announcements in tables, and guidance that is no news."""
    alerts = english(10, lambda story: f"/safety-alerts/{slug(story.title)}")
    press = [
        Post(path=f"/press-announcements/{2000 + number}", title=f"Agency statement: {each.title}",
             paragraphs=each.paragraphs[1:], day=each.day - timedelta(days=60))
        for number, each in enumerate(english(9, lambda story: ""))
    ]  # fmt: skip
    menu = (("/", "Home"), ("/safety-alerts", "Safety alerts"), ("/press-announcements", "Press announcements"),
            ("/guidance", "Guidance documents"), ("/about-us", "About the agency"))  # fmt: skip

    def make(title: str, body: str) -> Answer:
        return english_page(title, body, menu, site="Norland Medicines Agency")

    def table(rows: Sequence[Post]) -> str:
        cells = "".join(
            f"<tr><td>{each.day:%m/%d/%Y}</td><td><a href='{each.path}'>{each.title}</a></td><td>Drugs</td></tr>"
            for each in rows
        )
        return f"<table><tr><th>Date</th><th>Subject</th><th>Type</th></tr>{cells}</table>"

    guidance = {
        f"/guidance/{slug(name)}-labelling": f"Labelling of {name}: questions and answers"
        for name in PRODUCTS
    }
    rows = "".join(f"<tr><td><a href='{path}'>{title}</a></td></tr>" for path, title in guidance.items())
    pages = {
        "/": make("Home", "<h1>Medicines that are safe</h1>"),
        "/safety-alerts": make("Safety alerts", table(alerts)),
        "/press-announcements": make("Press announcements", table(press)),
        "/guidance": make("Guidance", f"<table>{rows}</table>"),
        "/about-us": make("About", _paragraphs(ENGLISH_FILLER)),
        **{
            path: make(title, f"<h1>{title}</h1>{_paragraphs(ENGLISH_FILLER)}")
            for path, title in guidance.items()
        },
        **{each.path: make(each.title, article(each)) for each in (*alerts, *press)},
    }
    return BuiltSite(pages=pages, news=frozenset(each.path for each in (*alerts, *press)))


def without_news() -> BuiltSite:
    """Products and people, and nothing else."""

    def make(title: str, body: str) -> Answer:
        return english_page(title, body, COMPANY_MENU)

    return BuiltSite(pages={"/": make("Home", "<h1>Medicines</h1>"), **other_pages(make)}, news=frozenset())


SITES: dict[str, Callable[[], BuiltSite]] = {
    "feed only": feed_only,
    "sitemap only": sitemap_only,
    "Chinese lists": chinese_lists,
    "Chinese lists without dates": lambda: chinese_lists(encoding="utf-8", dated=False),
    "numbered list": numbered_list,
    "WordPress": wordpress,
    "JSON feed": json_feed,
    "years": years,
    "home is the list": home_is_the_list,
    "regulator": regulator,
}
