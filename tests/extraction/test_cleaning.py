"""Furniture inside the article goes, by a named rule; what only looks like it stays."""

from __future__ import annotations

import time

import pytest

from newsbot.extraction.blocks import RawBlock, Reading, read_page
from newsbot.extraction.body import choose_body, prose, weigh
from newsbot.extraction.cleaning import clean_body, match, phrased
from newsbot.extraction.phrases import GLANCES, LONGEST_PHRASE, PHRASES, candidates
from newsbot.extraction.plaintext import read_lines
from newsbot.extraction.tree import parse
from newsbot.model import BlockKind

TEXT = "这是一段正文，说明公司本次临床试验的设计、进展和下一步计划，以及管理层对结果的看法，篇幅足够长。"


def taken(blocks: list[RawBlock]) -> dict[int, str]:
    return phrased(blocks, [prose(block, weigh(block.text)) for block in blocks])


def rule_of(text: str, position: float = 0.9) -> str | None:
    found = match(RawBlock(index=0, kind=BlockKind.PARAGRAPH, text=text), position)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("沪ICP备00000000号-1", "icp"),
        ("京 ICP 备 00000000 号 - 1", "icp"),
        ("苏ICP00000000", "icp"),
        ("ICP备********号", "icp"),
        ("京ICP证000000号", "icp"),
        ("沪公网安备 31000000000000号", "icp"),
        ("公安备案：川公网安备00000000000000", "icp"),
        ("互联网药品信息服务资格证书编号：（浙)-经营性-2000-0000", "icp"),
        ("增值电信业务经营许可证：粤B2-00000000", "icp"),
        ("Copyright © 2002-2011 某某公司 版权所有", "copyright"),
        ("某 某 网 版 权 所 有", "copyright"),
        ("© 2024 Example Ltd. All rights reserved.", "copyright"),
        ("技术支持：某某网络", "copyright"),
        ("浏览次数：328", "counter"),
        ("500 次预览", "counter"),
        ("赞(5)", "counter"),
        ("字号 大 中 小", "tools"),
        ("【打印】【关闭】", "tools"),
        ("Print Article", "tools"),
        ("Email a Friend", "tools"),
        ("分享到： 微信 微博", "share"),
        ("扫一扫关注我们", "share"),
        ("Share this:", "share"),
        ("# # #", "end mark"),
        ("###", "end mark"),
        ("-30-", "end mark"),
        ("上一篇：某公司乔迁新址", "neighbours"),
        ("下一篇：没有了", "neighbours"),
        ("延伸阅读", "related"),
        ("相关推荐", "related"),
        ("Related articles", "related"),
        ("Read more: Another company fails", "related"),
        ("Lesen Sie auch: Noch ein Artikel", "related"),
        ("声明：本文不构成投资建议。", "disclaimer"),
        ("(本文来自某某网，更多原创资讯请下载客户端)", "disclaimer"),
        ("转载请注明出处", "disclaimer"),
        ("Sign up for our daily newsletter", "newsletter"),
        ("Leave a comment", "comments"),
        ("12 Comments", "comments"),
        ("已有12条评论", "comments"),
        ("Already a subscriber? Log in", "paywall"),
        ("ADVERTISEMENT", "advert"),
        ("We use cookies to improve your experience.", "consent"),
        ("标签：生物 医药", "tags"),
        ("人气：1280", "counter"),
        ("2 / 3", "counter"),
        ("点击上方蓝字，设为星标", "share"),
        ("加入社群，和同行讨论", "share"),
        ("订阅周报", "share"),
        ("商务合作：bd@example.com", "advert"),
        ("广告 | 秋季博览会报名", "advert"),
        ("来源：某某晨报", "byline"),
        ("（责任编辑：王某）", "byline"),
        ("转自《某某科技报》", "byline"),
        ("发表于 2004年12月27日 12:40", "date"),
        ("上一章 | 下一章", "neighbours"),
        ("返回目录", "tools"),
        ("分享让更多人看到", "share"),
        ("4 minute read", "counter"),
        ("Lesedauer: 3 Minuten", "counter"),
        ("Temps de lecture : 5 min", "counter"),
        ("Last updated 6 hours ago", "date"),
        ("Aktualisiert am 07.01.2026 - 18:50 Uhr", "date"),
        ("This article may contain affiliate links.", "disclosure"),
        ("We may earn a small commission when you buy through our site.", "disclosure"),
        ("If you found this useful, please consider a donation to our newsroom.", "support us"),
        ("Hat Ihnen dieser Artikel gefallen? Empfehlen Sie ihn weiter.", "support us"),
        ("Abonnieren Sie jetzt unseren Newsletter", "newsletter"),
        ("Inscrivez-vous à notre lettre du matin", "newsletter"),
        ("Sie können sich jederzeit abmelden.", "newsletter"),
        ("For more stories like this, sign up for our weekly newsletter.", "newsletter"),
        ("By signing up you agree to our terms.", "newsletter"),
        ("Il vous reste 61% de cet article à lire.", "paywall"),
        ("この記事は有料記事です。", "paywall"),
        ("This article is available to subscribers only", "paywall"),
        ("An dieser Stelle finden Sie einen externen Inhalt.", "embed"),
        ("View this post on Instagram", "embed"),
        ("Baca juga: Perusahaan lain gagal", "related"),
        ("Ann B. Example is a senior staff writer who covers biotech.", "author_bio"),
        ("About the author", "author_bio"),
        ("展开剩余0%", "tools"),
        ("点击查看全文>>", "tools"),
        ("广告 | 秋季医疗器械博览会，报名开始", "advert"),
        ("每周二，把值得看的数据发到你的邮箱", "newsletter"),
        ("Scroll for more", "tools"),
        ("Listen on the go", "tools"),
        ("Check price", "tools"),
        ("Try our app: long reads, offline", "tools"),
        ("16.05 EDT", "date"),
        ("Follow Jane Doe on Twitter.", "share"),
        ("Follow Jane Doe on the road to approval", None),
        ("Find the hospital on Facebook, Twitter and Instagram", "share"),
        ("Suivez-nous sur les réseaux", "share"),
        ("Folgen Sie der Redaktion auf LinkedIn", "share"),
        ("Síguenos en Facebook", "share"),
        ("Twitter:", "share"),
    ],
)
def test_furniture_is_known_by_its_phrase(text: str, rule: str) -> None:
    assert rule_of(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "联系人：王女士 电话：021-55550100",
        "编者按：本文作者长期关注该领域。",
        "新华社北京3月17日电（记者 某某）记者从有关部门获悉。",
        "示例生物医药有限公司",
        "2023年5月18日",
        "The share price rose nine percent in early trading.",
        "Next year the company will start a larger study.",
        "Comments from regulators are expected in June, the company said.",
        "More than 400 patients took part in the trial.",
        "Advertising of prescription drugs is banned in most countries.",
        "Trending upward since May, sales reached a record.",
        "声明称，公司将继续推进该项目。",
        "返回舱成功着陆，任务取得圆满成功，参加任务的三名航天员身体状态良好，现场搜救人员已经展开后续的工作，相关单位表示祝贺并将继续研究。",
        "BASEL, Switzerland, Sept. 26, 2024 (GLOBE NEWSWIRE) -- Example said today",
        "Photo: Example Pictures",
        "图为签约仪式现场。",
        "Published in The Journal in 2019, the study followed 400 patients for three years and more.",
        "The company supports journalism students with a yearly grant.",
        "The drug was approved in 2021 and is available to patients only.",
        "The commission earned praise for its report.",
        "全年最具人气的药企名单公布。",
        "作者：您好，请问这个药什么时候上市？",
        "来源广泛的资金正在进入这一行业。",
        "编辑部的同事都知道，这份名单发布于2004年，此后再也没有更新过。",
        "摘自临床报告的数据显示，疗效良好。",
        "广告法修订草案今日公布。",
        "展开全文数据库的建设工作。",
        "10:35 the panel resumed its session.",
        "Check prices before you order, the agency said.",
        "Listen to the patients.",
    ],
)
def test_content_is_not_taken_for_furniture(text: str) -> None:
    assert rule_of(text) is None


def test_a_phrase_counts_only_in_its_place() -> None:
    assert rule_of("免责声明是合同的一部分。", position=0.4) is None
    assert rule_of("免责声明是合同的一部分。", position=0.9) == "disclaimer"


def test_a_box_of_teasers_goes_with_its_heading_and_the_text_behind_it_stays() -> None:
    blocks = read_lines(
        "\n".join([TEXT, TEXT, "相关阅读：", "另一家公司获批", "又一家公司融资", TEXT])
    ).blocks
    assert taken(blocks) == {2: "related", 3: "related", 4: "related"}


def page(body: str) -> Reading:
    return read_page(parse(f"<html><body><h1>A title</h1><div>{body}</div></body></html>"))


def kept(body: str, authors: tuple[str, ...] = ()) -> list[str]:
    reading = page(body)
    return [block.text for block in clean_body(reading, choose_body(reading), {}, authors).kept]


PROSE = "The company said on Monday that the trial met its main goal in all four hundred patients. " * 3


def test_links_that_are_part_of_the_text_stay() -> None:
    chapter = '<h3><a href="/p">The first product</a></h3>'
    reference = '<ul><li>A report on the trial</li><li><a href="/r">The registry</a></li></ul>'
    address = '<p><a href="http://example.com/x">http://example.com/x</a></p>'
    contents = "<ul>" + "".join(f'<li><a href="#{n}">Part {n}</a></li>' for n in range(12)) + "</ul>"
    texts = kept(
        f"<p>{PROSE}</p>{contents}<p>{PROSE}</p>{chapter}<p>{PROSE}</p>{reference}{address}<p>{PROSE}</p>"
    )
    assert {"The first product", "The registry", "http://example.com/x", "Part 7"} <= set(texts)


def test_links_that_lead_elsewhere_go() -> None:
    teaser = '<p><a href="/other">Another company fails its trial</a></p>'
    assert kept(f"<p>{PROSE}</p>{teaser}<p>{PROSE}</p>{teaser}") == [PROSE.strip()] * 2


def test_a_series_of_teasers_behind_the_article_goes() -> None:
    series = "".join(
        f'<h2><a href="/{n}">Story number {n}</a></h2><p>What it is about, in one sentence of some length.</p>'
        for n in range(4)
    )
    assert kept(f"<p>{PROSE}</p><p>{PROSE}</p>{series}") == [PROSE.strip()] * 2


def test_a_list_of_products_is_no_series_of_teasers() -> None:
    products = "".join(f'<h2><a href="/{n}">Product {n}</a></h2><p>{PROSE}</p>' for n in range(4))
    assert len(kept(f"<p>{PROSE}</p>{products}")) == 9


def test_what_the_end_says_of_the_author_goes() -> None:
    bio = "<p>Ann Example has covered the industry since 2010.</p><p>She lives in Leeds.</p>"
    assert kept(f"<p>{PROSE}</p><p>{PROSE}</p>{bio}", ("Ann Example",)) == [PROSE.strip()] * 2
    assert len(kept(f"<p>{PROSE}</p><p>{PROSE}</p>{bio}")) == 4


ASKS = "<p>We and our partners store and access information on a device, such as cookies, for many ends.</p>"


def test_a_dialog_that_asks_for_consent_is_no_article_however_long() -> None:
    dialog = f'<div class="sp-x"><div>{ASKS}</div><div>{ASKS * 6}</div></div>'
    html = f"<body>{dialog}<div><h1>A title</h1><p>{PROSE}</p><p>{PROSE}</p></div></body>"
    reading = read_page(parse(html))
    title = next(block.index for block in reading.blocks if block.text == "A title")
    choice = choose_body(reading, title)
    texts = [block.text for block in clean_body(reading, choice, {title: "title"}).kept]
    assert texts == [PROSE.strip()] * 2


def test_an_article_about_cookies_is_an_article() -> None:
    lines = [
        f"Regulators want cookies to be switched off where nobody asked for them, case {n}." for n in range(4)
    ]
    assert len(kept("".join(f"<p>{line}</p>" for line in lines))) >= 4


REMARK = "<p>{name}</p><p>I have taken this for years and it did nothing for me at all.</p><p>{reply}</p>"


@pytest.mark.parametrize("reply", ["Reply · 2 days ago", "upvote · Reply · 3 hours ago", "支持(3) 回复"])
def test_readers_remarks_go_without_a_heading_of_theirs(reply: str) -> None:
    remarks = "".join(REMARK.format(name=name, reply=reply) for name in ("ann", "ben", "cem", "dan"))
    assert kept(f"<p>{PROSE}</p><p>{PROSE}</p>{remarks}") == [PROSE.strip()] * 2


def test_all_behind_the_next_article_goes() -> None:
    assert (
        kept(f"<p>{PROSE}</p><p>{PROSE}</p><p>加载下一篇</p><h2>Another</h2><p>{PROSE}</p>")
        == [PROSE.strip()] * 2
    )


def test_an_author_who_is_the_subject_stays() -> None:
    texts = kept(f"<p>Ann Example has won.</p><p>{PROSE}</p><p>{PROSE}</p>", ("Ann Example",))
    assert texts[0] == "Ann Example has won."


def test_comments_end_the_article() -> None:
    blocks = read_lines("\n".join([TEXT] * 4 + ["网友评论", TEXT, TEXT])).blocks
    assert taken(blocks) == {4: "comments", 5: "comments", 6: "comments"}


def test_a_comment_count_above_the_article_does_not_end_it() -> None:
    assert taken(read_lines("\n".join(["3 comments", TEXT, TEXT])).blocks) == {}


@pytest.mark.parametrize("seed", ["版", "a ", "Copyright", "ICP", "(", "more in ", "\u3000", "1", "网"])
def test_no_phrase_takes_long_on_a_megabyte(seed: str) -> None:
    text = seed * (1_000_000 // len(seed))
    for pattern in [*GLANCES, *(rule.pattern for rule in PHRASES)]:
        started = time.process_time()
        pattern.match(text)
        assert time.process_time() - started < 1.0
    assert LONGEST_PHRASE < 1_000


@pytest.mark.parametrize(
    "text",
    [
        "COPYRIGHT AND TRADE MARK",
        "See also: a story",
        "Last Updated: 3 May 2024",
        "2000-2024 X All Rights Reserved",
        "X Corp. © 2024",
        "京 ICP 备 00000000 号 - 1",
        "川公网安备00000000000000",
        "本页阅读数：3",
        "微信扫一扫，分享到朋友圈",
        "We may earn a small commission, at no cost to you.",
        "Dieser Text enthält Affiliate-Links.",
        "If you like our work, please consider a donation to us.",
        "News of the week? Sign up for our free weekly newsletter",
    ],
)
def test_the_first_look_overlooks_no_rule(text: str) -> None:
    falling = [rule for rule in PHRASES if len(text) <= rule.longest and rule.pattern.match(text)]
    assert falling
    assert all(rule in candidates(text) for rule in falling)


def test_the_first_look_passes_prose_by() -> None:
    assert not candidates("The drug was approved in March, the company said.")
    assert not candidates(TEXT)
