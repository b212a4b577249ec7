"""The steps before the store: which pages are read, refused, or passed through."""

from __future__ import annotations

import pytest

from newsbot.model import Page, Rejection, Role
from newsbot.processing import process
from tests.builders import page


@pytest.mark.parametrize(
    "where",
    [
        page(role=Role.LIST),
        page(role=Role.FEED),
        page(role=Role.SITEMAP),
        page(status=304, body=b""),
        page(failure="timeout", body=b"", status=0),
    ],
    ids=["list", "feed", "sitemap", "not modified", "failure"],
)
def test_what_holds_no_article_passes_through(where: Page) -> None:
    item = process(where)
    assert (item.page, item.extraction, item.refusal, item.prints) == (where, None, None, None)


@pytest.mark.parametrize("status", [100, 301, 403, 404, 410, 500, 503, 999])
@pytest.mark.parametrize("role", [Role.ARTICLE, Role.LIST])
def test_an_error_is_refused_with_its_status(status: int, role: Role) -> None:
    item = process(page(status=status, role=role))
    assert item.refusal is not None
    assert (item.refusal.reason, item.refusal.detail) == (Rejection.HTTP_STATUS, f"HTTP {status}")
    assert item.extraction is None


@pytest.mark.parametrize("body", [b"", b"\0" * 999, b"\xff\xfe", b"%PDF-1.7 \x80\x81", b"<html></html>"])
def test_what_is_no_article_is_refused_with_a_reason(body: bytes) -> None:
    item = process(page(body=body, content_type=None))
    assert item.refusal is not None
    assert item.prints is None


COUNTED = """<html><head><title>国产新药获批上市 - 新闻中心</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news">新闻</a></div><h1>国产新药获批上市</h1>
<p class="info">发布时间：2026-09-26 15:56 浏览次数：{views} 次 点击：{views}</p>
<div class="content"><p>国家药品监督管理局批准了本公司自主研发的新药上市申请，用于治疗既往接受过系统治疗的成人患者。</p>
<p>该药三期临床研究共入组四百例患者，主要终点达到预设标准，安全性与既往研究一致，未见新的风险信号。</p></div>
<div class="tools">{age} 更新 | 打印 | 关闭 | 在线 {views} 人</div><p class="share">赞({views}) 分享到 微信 微博</p>
<div class="footer">版权所有 Copyright © 2026 页面执行时间 0.{views} 秒 沪ICP备00000001号-1</div></body></html>"""


def test_counters_and_times_of_the_page_make_no_new_version() -> None:
    first, later = (
        process(page(body=COUNTED.format(views=views, age=age).encode()))
        for views, age in ((17, "5分钟前"), (2048, "3小时前"))
    )
    assert first.prints is not None
    assert later.prints is not None
    assert first.prints.version == later.prints.version
