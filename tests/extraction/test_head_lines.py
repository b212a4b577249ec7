"""Which lines round a headline are its bylines, and which are text, entries of a report or today's date."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newsbot.extraction.blocks import read_blocks
from newsbot.extraction.metadata import Metadata, read_metadata
from newsbot.extraction.tree import parse
from newsbot.model import Page

LONG = (
    "<p>The company said on Monday that the trial in adults had met its main goal, and shares rose. The data "
    "are to be shown at a meeting in the autumn, and it expects to file for approval before the end of the year.</p>"
)
SHORT = "<p>The market opened higher and the maker of the drug rose by three per cent before noon.</p>"
CHINESE = (
    "<p>该公司周一宣布，这项在成人中进行的临床试验达到了主要终点，详细数据将在秋季的学术会议上公布，"
    "公司计划在年底之前递交上市申请。</p>"
)


def read(above: str = "", below: str = "", text: str = LONG * 2) -> Metadata:
    """Metadata of a page with these lines above and below its headline."""
    markup = (
        f"<html><body><div>{above}<h1>A drug was approved</h1>{below}</div><div>{text}</div></body></html>"
    )
    tree = parse(markup)
    page = Page(url="https://example.org/a", body=markup.encode(), fetched=datetime(2026, 1, 10, tzinfo=UTC))
    return read_metadata(tree, read_blocks(tree), page)


@pytest.mark.parametrize(
    "question",
    [
        "记者：您认为疗效如何？",
        "记者：未来有何打算",
        "记者 张教授您好",
        "本报记者：请介绍一下情况",
        "記者：価格はどうなりますか",
    ],
)
def test_what_an_interviewer_asks_is_text_and_names_nobody(question: str) -> None:
    for text in (f"<p>{question}</p>{CHINESE}{CHINESE}", f"{CHINESE}{CHINESE}<p>{question}</p>"):
        metadata = read(text=text)

        assert metadata.authors == ()
        assert "byline" not in metadata.consumed.values()


def test_a_reporter_behind_the_same_label_is_named() -> None:
    assert read(below="<p>记者：张三</p>", text=CHINESE * 2).authors == ("张三",)


@pytest.mark.parametrize(
    "above",
    [
        "<p>2024年5月1日 プレスリリース</p>",
        "<p>2024年5月1日 プレスリリース</p><p>株式会社例示</p><p>証券コード 4999</p>",
        "<p>2024年5月1日</p><p>プレスリリース</p><p>株式会社例示</p>",
        "<p>1 May 2024</p><p>Press release</p><p>Example Pharma</p>",
    ],
)
def test_a_release_is_dated_above_its_headline(above: str) -> None:
    published = read(above).published

    assert published is not None
    assert published.when == date(2024, 5, 1)


def test_a_bare_date_far_above_the_headline_is_todays() -> None:
    menu = "<p>1 May 2024</p><p><a href='/p'>Press release</a></p><p>Example Pharma</p>"

    assert read(menu).published is None


def test_the_entries_of_a_running_report_do_not_date_it() -> None:
    entries = "".join(
        f"<div><time datetime='2024-05-02T{at}'>{at}</time></div>{SHORT}"
        for at in ("10:35", "09:50", "09:35")
    )
    dated = read(below="<p>3 May 2024</p>", text=SHORT + entries).published

    assert read(text=entries).published is None
    assert dated is not None
    assert dated.when == date(2024, 5, 3)


@pytest.mark.parametrize("line", ["Three men were hurt 3 days ago.", "yesterday at 10:20"])
def test_an_age_in_the_text_does_not_date_it(line: str) -> None:
    assert read(text=f"{SHORT}<p>{line}</p>{SHORT}").published is None
