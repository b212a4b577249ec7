"""A generated news site on loopback, fast enough not to be what is measured.

    python -m benchmarks.site --pages 2000 --port 8100     serve until interrupted
    python -m benchmarks.site --measure                    how many requests a second it answers

The pages are the same for the same seed: English and Chinese by turns, 15 to 40 KB each, with the
menus, side bars, scripts and footers of real sites round 8 to 20 paragraphs. Three in a hundred are
exact copies of another page's text under another address and byline.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import blake2b
from html import escape
from random import Random

from benchmarks.texts import PEOPLE, ZH_NAMES, Text, family_name, make_text

PAGES = 2_000
SEED = 20_261_120
COPY_SHARE = 0.03
LATEST = datetime(2026, 11, 19, 18, 0, tzinfo=timezone(timedelta(hours=8)))
SPAN_MINUTES = 60 * 24 * 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One page to be: a text, its address, when it appeared, and who signed it."""

    path: str
    text: Text
    published: datetime
    author: str


# what stands on it


def make_items(count: int, seed: int = SEED) -> list[Item]:
    """All pages of the site, newest first."""
    random = Random(seed)
    copies = int(count * COPY_SHARE)
    texts = [make_text(number, seed) for number in range(count - copies)]
    texts += random.sample(texts, copies)
    times = sorted((LATEST - timedelta(minutes=random.randrange(SPAN_MINUTES)) for _ in texts), reverse=True)
    random.shuffle(texts)
    return [
        _item(number, text, when, random)
        for number, (text, when) in enumerate(zip(texts, times, strict=True))
    ]


def _item(number: int, text: Text, when: datetime, random: Random) -> Item:
    if text.chinese:
        path, author = f"/zh/{when:%Y%m%d}/a{100_000 + number}.html", random.choice(ZH_NAMES) + "编"
    else:
        path = f"/news/{when:%Y/%m/%d}/{_slug(text.title)}-{10_000 + number}"
        author = f"{random.choice(PEOPLE)} {family_name(random)}"
    return Item(path=path, text=text, published=when, author=author)


def _slug(title: str) -> str:
    kept = "".join(sign if sign.isalnum() else " " for sign in title.lower())
    return "-".join(kept.split()[:7])


# pages


def _links(words: tuple[str, ...], count: int, kind: str) -> str:
    lines = (
        f'<li class="{kind}-item {kind}-item-{number}"><a href="/{kind}/{number}/" data-track="{kind}:{number}">'
        f"{words[number % len(words)]}{number // len(words) or ''}</a></li>"
        for number in range(count)
    )
    return f'<ul class="{kind}">\n' + "\n".join(lines) + "\n</ul>"


def _script(units: int) -> str:
    lines = (
        f'window.layer.push({{"slot": "unit-{n}", "sizes": [[300, 250], [728, {n}]], "group": "g{n % 7}"}});'
        for n in range(units)
    )
    return "window.layer = window.layer || [];\n" + "\n".join(lines)


def _style(rules: int) -> str:
    return "\n".join(
        f".c{n} .inner > li:nth-child({n}) {{ margin: {n}px auto; padding: 0 {n % 9}px; color: #{n:03d}; }}"
        for n in range(rules)
    )


HEADS = tuple(
    f"<style>{_style(units)}</style>\n<script>{_script(units)}</script>" for units in (10, 40, 80, 130)
)
"""Pages carry more or less script and style, as those of a grown site do."""

EN_MENU = (
    "Biotech",
    "Pharma",
    "Devices",
    "Regulation",
    "Policy",
    "Trials",
    "Deals",
    "Events",
    "Webinars",
    "Jobs",
)
ZH_MENU = ("首页", "快讯", "新药", "器械", "政策", "临床", "投融资", "会议", "招聘", "数据", "专栏", "视频")
EN_FOOT = (
    "About us",
    "Contact",
    "Advertise",
    "Terms of use",
    "Privacy policy",
    "Cookie settings",
    "Newsletters",
)
ZH_FOOT = ("关于我们", "联系我们", "广告服务", "版权声明", "隐私政策", "网站地图", "友情链接", "意见反馈")
ZH_FILINGS = (
    "Copyright © 2016-2026 药谷观察 版权所有　沪ICP备00000009号-3　沪公网安备 31000000000009号<br>"
    "互联网药品信息服务资格证书编号：(沪)-非经营性-2020-0009　地址：上海市示例路1号 邮编：200000 电话：021-55500190"
)


def _teasers(items: list[Item]) -> str:
    return "\n".join(
        f'<div class="teaser"><a href="{item.path}"><img src="/img/{number}-320x180.jpg" '
        f'srcset="/img/{number}-640x360.jpg 2x" loading="lazy" alt=""><h4>{escape(item.text.title)}</h4></a>'
        f"<p>{escape(item.text.paragraphs[0][:90])}...</p><time>{item.published:%Y-%m-%d}</time></div>"
        for number, item in enumerate(items)
    )


def _page(item: Item, side: str, related: list[Item]) -> bytes:
    body = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in item.text.paragraphs)
    box = "\n".join(f'<li><a href="{other.path}">{escape(other.text.title)}</a></li>' for other in related)
    write = _chinese_page if item.text.chinese else _english_page
    return write(item, body, box, side).encode()


def _english_page(item: Item, body: str, box: str, side: str) -> str:
    title = escape(item.text.title)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.text.title,
        "datePublished": item.published.isoformat(),
        "author": {"@type": "Person", "name": item.author},
    }
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Dispensary Review</title>
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<script type="application/ld+json">{json.dumps(facts)}</script>
{HEADS[len(item.text.title) % len(HEADS)]}</head>
<body class="single">
<header class="site-header"><a href="/">The Dispensary Review</a><nav>{_links(EN_MENU, 30, "menu")}</nav></header>
<main><article class="post"><h1>{title}</h1>
<div class="byline">By <a rel="author" href="/authors/">{item.author}</a>
<time datetime="{item.published.isoformat()}">{item.published:%B %d, %Y}</time></div>
<div class="share"><a href="#">Share on X</a> <a href="#">Share on LinkedIn</a> <a href="#">Email</a></div>
<div class="entry-content">
{body}
</div>
<section class="related"><h3>Related stories</h3><ul>
{box}
</ul></section></article>
<aside class="sidebar"><h3>Latest news</h3>
{side}
</aside></main>
<footer class="site-footer">{_links(EN_FOOT, 24, "foot")}
<p>© 2026 The Dispensary Review. All rights reserved.</p></footer>
</body></html>
"""


def _chinese_page(item: Item, body: str, box: str, side: str) -> str:
    title = escape(item.text.title)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_药谷观察</title>
{HEADS[len(item.text.title) % len(HEADS)]}</head>
<body>
<div class="header"><div class="nav">{_links(ZH_MENU, 30, "nav")}</div></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zh/">新闻</a> &gt; 正文</div>
<div class="main"><div class="article"><h1>{title}</h1>
<div class="info">时间：{item.published:%Y-%m-%d %H:%M}　来源：药谷观察　作者：{item.author}　浏览次数：128</div>
<div class="content">
{body}
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="related"><h3>延伸阅读</h3><ul>
{box}
</ul></div></div>
<div class="side"><h3>热门文章</h3>
{side}
</div></div>
<div class="footer">{_links(ZH_FOOT, 24, "foot")}<p>{ZH_FILINGS}</p></div>
</body></html>
"""


def render(items: list[Item]) -> dict[str, bytes]:
    """The page of every item by path."""
    latest = {kind: [item for item in items if item.text.chinese is kind] for kind in (True, False)}
    sides = {kind: _teasers(found[:10]) for kind, found in latest.items()}
    return {
        item.path: _page(item, sides[item.text.chinese], _related(latest[item.text.chinese], number // 2))
        for number, item in enumerate(items)
    }


def _related(items: list[Item], near: int) -> list[Item]:
    start = near % max(1, len(items) - 5)
    return items[start : start + 5]


def sitemap(items: list[Item], base: str) -> bytes:
    """The one sitemap, with the time of each page."""
    lines = "\n".join(
        f"<url><loc>{base}{item.path}</loc><lastmod>{item.published.isoformat()}</lastmod></url>"
        for item in items
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return f"{head}\n{lines}\n</urlset>\n".encode()


# the server


@dataclass(slots=True)
class Store:
    """Ready answers by path: the whole response, and the 304 for who has it. `first` is a monotonic time."""

    answers: dict[bytes, tuple[bytes, bytes, bytes]] = field(default_factory=dict)
    requests: int = 0
    first: float | None = None

    def add(self, path: str, body: bytes, kind: str) -> None:
        """Prepare the answers for one path."""
        tag = b'"' + blake2b(body, digest_size=8).hexdigest().encode() + b'"'
        head = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nETag: ".encode() + tag
        full = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + body
        same = b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
        self.answers[path.encode()] = (full, same, tag)

    def answer(self, head: bytes) -> bytes:
        """The response to one request head."""
        path = head.split(b" ", 2)[1]
        if path.startswith(b"/_"):
            return self.control(path)
        if self.first is None:
            self.first = time.monotonic()
        self.requests += 1
        found = self.answers.get(path)
        if found is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        full, same, tag = found
        return same if b"one-match:" in head.lower() and tag in head else full

    def control(self, path: bytes) -> bytes:
        """/_stats: requests so far and when the first came; /_reset: count anew."""
        if path == b"/_reset":
            self.requests, self.first = 0, None
        body = json.dumps({"requests": self.requests, "first": self.first}).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


class Connection(asyncio.Protocol):
    """One client: heads in, ready answers out."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.WriteTransport = transport  # type: ignore[assignment]  # a socket's is one

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head, self.buffer = self.buffer[:end], self.buffer[end + 4 :]
            self.transport.write(self.store.answer(head))


async def serve(pages: Mapping[str, bytes], items: list[Item], port: int, host: str = "127.0.0.1") -> None:
    """Serve on loopback until cancelled; the base address is the one line on standard output."""
    store = Store()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(store), host, port, backlog=256)
    base = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    for path, page in pages.items():
        store.add(path, page, "text/html; charset=utf-8")
    store.add("/sitemap.xml", sitemap(items, base), "application/xml")
    store.add("/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode(), "text/plain")
    print(base, flush=True)
    await server.serve_forever()


# how fast it is


async def _load(port: int, paths: list[str], requests: int) -> int:
    """Ask for pages one after the other on one connection; how many bytes came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received = 0
    for number in range(requests):
        writer.write(f"GET {paths[number % len(paths)]} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.split(b"Content-Length: ", 1)[1].split(b"\r\n", 1)[0])
        received += len(await reader.readexactly(length))
    writer.close()
    return received


def measure(count: int, connections: int = 8, requests: int = 1_500) -> None:
    """Print how many requests a second the server answers to several connections from another process."""
    items = make_items(count)
    pages = render(items)
    port = 8_199
    server = multiprocessing.Process(target=_serve_here, args=(pages, items, port), daemon=True)
    server.start()
    time.sleep(2)

    async def all_at_once() -> list[int]:
        paths = list(pages)
        return await asyncio.gather(
            *(_load(port, paths[n * 50 :] + paths[: n * 50], requests) for n in range(connections))
        )

    began = time.monotonic()
    received = sum(asyncio.run(all_at_once()))
    took = time.monotonic() - began
    server.terminate()
    sizes = sorted(len(page) for page in pages.values())
    print(f"{len(pages)} pages of {sizes[0]:,} to {sizes[-1]:,} bytes, median {sizes[len(sizes) // 2]:,}")
    print(
        f"{connections * requests / took:,.0f} requests/s, {received / took / 1e6:,.0f} MB/s, {connections} connections"
    )


def _serve_here(pages: Mapping[str, bytes], items: list[Item], port: int) -> None:
    asyncio.run(serve(pages, items, port))


def main() -> None:
    """Serve, or measure."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site", description="Serve a generated news site."
    )
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--host", default="127.0.0.1", help="an address of this machine")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--measure", action="store_true", help="print how fast it answers, and end")
    options = parser.parse_args()
    if options.measure:
        measure(options.pages)
        return
    items = make_items(options.pages, options.seed)
    try:
        asyncio.run(serve(render(items), items, options.port, options.host))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
