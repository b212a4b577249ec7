"""Bylines: labels and values, glued, empty, letter-spaced; people without their roles; notes at the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.extraction.byline import clean_source, read_byline, read_tail, split_people

SOURCES = [
    ("March 3, 2025 07:00 ET | Source: Acme Bio, Inc.", "Acme Bio, Inc."),
    ("Source: The Health Wire.", "The Health Wire"),
    ("发布时间：2024-03-12 来源：本站", None),
    ("来源：药报2.1万阅读", "药报"),
    ("来源：药报 · 3天前", "药报"),
    ("来源 | 药报", "药报"),
    ("Source: TODAY", "TODAY"),
    ("Источник: Вестник", "Вестник"),
    ("Time:2024-09-26 15:56:19  Source:  Author:", None),
    ("日期：2016-5-1来源:某某医药科技", "某某医药科技"),
    ("2019-09-26 12:11来源：证券日报网作者：李在林", "证券日报网"),
    ("来 源：健康报 2020年3月1日", "健康报"),
    ("作者：来源： 农业部新闻办公室 点击：", "农业部新闻办公室"),
    ("发布时间：2018-11-12浏览次数：", None),
    ("信息来源：省药监局 浏览次数：12 字号：大 中 小", "省药监局"),
    ("2021-01-02 10:00 来源：[ 人民日报 ] 责编：王五", "人民日报"),
    ("稿源：新华社 | 分享到", "新华社"),
    ("Source: Example Wire | Author: Jane Roe", "Example Wire"),
    ("Quelle: dpa", "dpa"),
    ("来源：中国医药报 记者 张三", "中国医药报"),
    ("来源：网络", None),
    ("来源：", None),
    ("本品来源于天然植物，具有良好的效果。", None),
]

AUTHORS = [
    ("Medically reviewed by Ann Lee on May 3, 2024", ()),
    ("3 May 2024 | Photo by Ann Lee", ()),
    ("Approved 3 May 2024 by European Commission", ()),
    ("（记者 张三 李四）", ("张三", "李四")),
    ("（记者张三、李四）", ("张三", "李四")),
    ("【記者張三／台北報導】", ("張三",)),
    ("作者｜张三 李四", ("张三", "李四")),
    ("文｜张三", ("张三",)),
    ("供稿：张三", ("张三",)),
    ("作者：药报记者 张三", ("张三",)),
    ("记者：这个药什么时候上市？", ()),
    ("Time:2024-09-26 15:56:19  Source:  Author:", ()),
    ("2019-09-26 12:11来源：证券日报网作者：李在林", ("李在林",)),
    ("作者：张三、李四 发布时间：2020-01-01", ("张三", "李四")),
    ("作者：张三 李四", ("张三", "李四")),
    ("作者：李 明", ("李明",)),
    ("本报记者 张三 通讯员 李四", ("张三", "李四")),
    ("文/王小明", ("王小明",)),
    ("作者：佚名", ()),
    ("By Jane Doe", ("Jane Doe",)),
    ("By Jane Doe and John Q. Roe | Sept. 26, 2024", ("Jane Doe", "John Q. Roe")),
    ("By Jane Doe, Senior Writer", ("Jane Doe",)),
    ("By Jane Doe in Oncology", ("Jane Doe",)),
    ("BY JANE DOE, MD", ("JANE DOE, MD",)),
    ("Published on March 3, 2024 by Jane Doe", ("Jane Doe",)),
    ("Von Eva Muster und Jörg Beispiel", ("Eva Muster", "Jörg Beispiel")),
    ("Written by Ana van der Berg", ("Ana van der Berg",)),
    ("By Jane Doe, CNN", ("Jane Doe",)),
    ("By Jane Doe Yesterday", ("Jane Doe",)),
    ("Par Jeanne Exemple Envoyée spéciale à Lyon", ("Jeanne Exemple",)),
    ("Par Jeanne Exemple et Paul Modèle, envoyés spéciaux à Lyon", ("Jeanne Exemple", "Paul Modèle")),
    ("Por Ana Ejemplo, Juan Muestra Enviados especiales", ("Ana Ejemplo", "Juan Muestra")),
    ("Author: Jane Doe jane@example.org", ("Jane Doe",)),
    ("By Jane Doe, Co-Founder & COO", ("Jane Doe",)),
    ("Von Eva Muster, Frankfurt", ("Eva Muster",)),
    ("Von Eva Muster und Jörg Beispiel, Nairobi", ("Eva Muster", "Jörg Beispiel")),
    ("By EXN, in News, Business · 31 Jan 2025, 20:02 · 0 Comments", ("EXN",)),
    ("by ibbo", ("ibbo",)),
    ("from ibbo", ()),
    ("By Jane DoeUpdated: Dec 19, 2025 1:06 PM EST", ("Jane Doe",)),
    ("Written byJane Doe", ("Jane Doe",)),
    ("Opinion by Jane Doe", ("Jane Doe",)),
    ("Profiles by Jane Doe", ()),
    ("Last updated March 3, 2025 by Jane Doe", ("Jane Doe",)),
    ("oleh Budi Contoh | 3 Mei 2024", ("Budi Contoh",)),
    ("作者：赵婕 出自[某某出版社]", ("赵婕",)),
    ("某某报记者 彭冲 山东某县报道", ("彭冲",)),
    ("某某网 2004年7月16日08:19 [ 黄宇 ]", ("黄宇",)),
    ("某某网 2004年7月16日08:19 [ 完 ]", ()),
    ("某某网 2004年7月16日08:19 [ 图文 ]", ()),
    ("duscho 发表于 2005-9-15 11:46:00", ("duscho",)),
    ("本帖由大山于2005年8月12日16:12:21在〖某版〗发表", ("大山",)),
    ("本文发表于 2005-9-15", ()),
    ("会议于2005年8月12日召开", ()),
    ("by the way, this is prose", ()),
    ("A third of code is written by AI without help", ()),
    ("By 2030 the market will double", ()),
]

EDITORS = [
    ("Medically reviewed by Ann Lee on May 3, 2024", ("Ann Lee",)),
    ("3 May 2024 | Photo by Ann Lee", ()),
    ("【责任编辑:王五】", ("王五",)),
    ("责任编辑：王五 校对：赵六", ("王五", "赵六")),
    ("Reviewed by Jane Doe, PharmD", ("Jane Doe, PharmD",)),
    ("Edited by Jane Doe", ("Jane Doe",)),
    ("Medically reviewed by Jane Doe, MD", ("Jane Doe, MD",)),
    ("Author: A. Roe Editor: B. Poe", ("B. Poe",)),
]


@pytest.mark.parametrize(("text", "source"), SOURCES)
def test_source(text: str, source: str | None) -> None:
    assert read_byline(text).source == source


@pytest.mark.parametrize(("text", "authors"), AUTHORS)
def test_authors(text: str, authors: tuple[str, ...]) -> None:
    assert read_byline(text).authors == authors


@pytest.mark.parametrize(("text", "editors"), EDITORS)
def test_editors(text: str, editors: tuple[str, ...]) -> None:
    assert read_byline(text).editors == editors


def test_an_updated_date_is_kept_apart() -> None:
    byline = read_byline("Published 3 May 2024 · Updated 2 June 2024")

    assert len(byline.dates) == 1
    assert "3 May 2024" in byline.dates[0]
    assert "2 June 2024" in byline.modified[0]


@pytest.mark.parametrize(
    ("text", "published", "modified"),
    [
        ("Publié le 30 août 2023 à 14h52, modifié le 31 août 2023", "30 août", "31 août"),
        ("Aggiornato il 5 maggio 2024. Pubblicato il 4 maggio 2024", "4 maggio", "5 maggio"),
        ("05.04.2025 - Güncelleme : 06.04.2025", "05.04.2025", "06.04.2025"),
        ("Опубликовано 4 мая 2024, обновлено 5 мая 2024", "4 мая", "5 мая"),
        ("Author: Jane Doe Updated Sep 17, 2025, published Sep 16, 2025", "Sep 16", "Sep 17"),
    ],
)
def test_updates_in_other_languages(text: str, published: str, modified: str) -> None:
    byline = read_byline(text)

    assert [published in date for date in byline.dates] == [True]
    assert [modified in date for date in byline.modified] == [True]


def test_a_line_that_is_all_byline_leaves_nothing_unexplained() -> None:
    assert read_byline("发布时间：2018-11-12 来源：健康报 浏览次数：12").rest == ""
    assert read_byline("By Jane Doe | 26 September 2024 | 5 min read").rest == ""


def test_prose_stays_unexplained() -> None:
    text = "On 26 September 2024 the agency approved the drug for adults."

    assert len(read_byline(text).rest) > 30


@pytest.mark.parametrize(
    ("text", "authors", "editors", "rest"),
    [
        ("（责编：张三、李四）", (), ("张三", "李四"), ""),
        ("（ 责任编辑：王五 ）", (), ("王五",), ""),
        ("编辑:李楠", (), ("李楠",), ""),
        ("该药已获批上市。（记者 张三 李四）", ("张三", "李四"), (), "该药已获批上市。"),
        ("某日报记者 徐明", ("徐明",), (), ""),
        ("该药已获批上市。（江苏）", (), (), "该药已获批上市。（江苏）"),
        ("（供稿：张三）", ("张三",), (), ""),
        ("供稿：医务部 张三", ("医务部", "张三"), (), ""),
        ("记者：这个药什么时候上市？", (), (), "记者：这个药什么时候上市？"),
        ("记者：我们看到公司在增长。", (), (), "记者：我们看到公司在增长。"),
        ("研究由两家医院共同完成。", (), (), "研究由两家医院共同完成。"),
    ],
)
def test_notes_at_the_end(text: str, authors: tuple[str, ...], editors: tuple[str, ...], rest: str) -> None:
    tail = read_tail(text)

    assert (tail.authors, tail.editors, tail.rest) == (authors, editors, rest)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe; John Roe", ("Jane Doe", "John Roe")),
        ("Jane Doe, CFP®", ("Jane Doe, CFP®",)),
        ("Jane Doe, Staff Writers", ("Jane Doe",)),
        ("Jane &amp; John", ("Jane", "John")),
        ("https://example.org/jane", ()),
        ("Jane Doe, Jane Doe", ("Jane Doe",)),
        ("admin", ()),
        ("记者：王五", ("王五",)),
    ],
)
def test_people_are_taken_apart(text: str, names: tuple[str, ...]) -> None:
    assert split_people(text) == names


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    byline = read_byline(text)
    read_tail(text)

    assert all(name.strip() for name in (*byline.authors, *byline.editors))
    assert clean_source(text) != ""
