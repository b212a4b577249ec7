"""Copies, extracts and texts that are only built alike: pairs whose verdict is plain to a reader."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.dedupe import Content, Rule, compare, may_share
from newsbot.folding import one_form
from tests.builders import LONG, about

RECALL = (
    "The agency tells pharmacies that the holder of the licence is taking back {drug} {strength} mg tablets. The batch"
    " number is {batch} and the expiry date is {day}. A check of stored samples found less of the active substance than"
    " the label states. Nobody has been harmed as far as is known. Pharmacies shall stop supplying the batch, put what"
    " they have aside and send it back through their wholesaler. Patients can ask in any pharmacy for another pack."
)
ZH = (
    "药品监督管理局通报，{firm}生产的{drug}批号{batch}经抽检含量不符合规定，企业已决定主动召回该批次产品。各经营使用单位应立即停止销售和使用，"
    "封存库存，并于{day}前通过原渠道退回。目前未收到与该批次有关的不良反应报告，患者无需停药，可到就近药店更换。"
)


def recall(**values: str) -> str:
    return RECALL.format(
        **{"drug": "Lisorvan", "strength": "10", "batch": "BH6114", "day": "August 3"} | values
    )


def zh(**values: str) -> str:
    return ZH.format(**{"firm": "云澜药业", "drug": "瑞达片", "batch": "A6114", "day": "8月3日"} | values)


def verdict(left: str, right: str, titles: tuple[str, str] = ("", ""), **fields: object) -> Rule:
    ours = Content(titles[0], left, **fields)  # type: ignore[arg-type]  # day and site, by name
    return compare(ours, Content(titles[1], right, **fields)).rule  # type: ignore[arg-type]


LEAD = "Our desk has gathered what was told this morning, with the reactions that reached us until noon. "
HALF = LONG[: len(LONG) // 2]


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        (LONG, LONG, Rule.EQUAL),
        (LONG, LONG.upper().replace(",", " -"), Rule.EQUAL),
        (LONG, LONG.replace("Monday", "Tuesday"), Rule.NEAR),
        (LONG, f"{LEAD}\n{LONG}", Rule.NEAR),
        (f"{LONG} {about(1)} {about(2)}", LONG, Rule.EXTRACT),
        (LONG, about(1), Rule.LITTLE),
        (recall(), recall(batch="BK7200", day="May 9"), Rule.NUMBERS),
        (recall(), recall(day="May 9"), Rule.DATES),
        (recall(), recall(day="August 13"), Rule.DATES),
        (recall(), recall(drug="Tramivex"), Rule.NAMES),
        (recall(), recall().replace("pharmacies", "chemists"), Rule.NEAR),
        (zh(), zh(batch="A7200", day="9月4日"), Rule.NUMBERS),
        (zh(), zh(day="9月4日"), Rule.DATES),
        (zh(), zh(drug="普利胶囊", firm="北川制药"), Rule.NAMES),
        (zh(), zh().replace("目前", "迄今"), Rule.NEAR),
        (zh(), zh().replace("药品", "藥品").replace("产", "產"), Rule.EQUAL),
        (zh(), zh().replace("药", "药(yào)"), Rule.EQUAL),
    ],
)
def test_verdict(left: str, right: str, rule: Rule) -> None:
    titles = (
        ("", "")
        if "Lisorvan" not in left
        else ("Recall of Lisorvan", f"Recall of {right.split(' back ')[1].split(maxsplit=1)[0]}")
    )
    if "瑞达片" in left:
        titles = (left[10:18], right[10:18])
    assert verdict(left, right, titles) is rule
    assert verdict(right, left, titles[::-1]) is rule


SHORT = "Packs will be short until further notice. See the list for details."


@pytest.mark.parametrize(
    ("titles", "days", "sites", "rule"),
    [
        (("Supply of Lisorvan", "Supply of Lisorvan"), (1, 1), "ab", Rule.EQUAL),
        (("Supply of Lisorvan", "Supply of Lisorvan"), (1, 5), "ab", Rule.EQUAL),
        (("Supply of Lisorvan", "Supply of Lisorvan"), (1, 20), "ab", Rule.DAY),
        (("Supply of Lisorvan", "Supply of Lisorvan"), (1, 2), "aa", Rule.DAY),
        (("Supply of Lisorvan", "Supply of Lisorvan"), (None, 20), "ab", Rule.EQUAL),
        (("Supply of Lisorvan", "Supply of Tramivex"), (1, 1), "ab", Rule.NAMES),
        (("Supply of Lisorvan 10", "Supply of Lisorvan 20"), (1, 1), "ab", Rule.NUMBERS),
    ],
)
def test_notices_of_few_words(
    titles: tuple[str, str], days: tuple[int | None, int], sites: str, rule: Rule
) -> None:
    left, right = (
        Content(title, SHORT, date(2026, 9, day) if day else None, site)
        for title, day, site in zip(titles, days, sites, strict=True)
    )
    assert compare(left, right).rule is rule


def test_what_stands_against_what_is_shown() -> None:
    found = compare(Content("", recall()), Content("", recall(batch="BK7200", strength="20")))
    assert dict(found.against) == {"10": "20", "bh6114": "bk7200"}
    turned = compare(Content("", recall(batch="BK7200", strength="20")), Content("", recall()))
    assert dict(turned.against) == {"20": "10", "bk7200": "bh6114"}


@pytest.mark.parametrize("other", [LONG, LEAD + LONG, HALF, LONG.replace("Monday", "Tuesday")])
def test_a_quick_look_leaves_no_copy_out(other: str) -> None:
    assert may_share(Content("", LONG), other)


WORDS = st.lists(st.sampled_from(["a", "bb", "cell", "17", "药", "五", "May", "3"]), max_size=80).map(
    " ".join
)


@given(WORDS, WORDS)
def test_either_way_round_it_is_the_same(left: str, right: str) -> None:
    ours, theirs = Content("t", left), Content("t", right)
    found, turned = compare(ours, theirs), compare(theirs, ours)
    assert (found.rule, found.left, found.right) == (turned.rule, turned.right, turned.left)


@given(st.text(max_size=300))
def test_a_text_is_equal_to_itself(text: str) -> None:
    content = Content(text[:20], text)
    assert compare(content, content).rule in (Rule.EQUAL, Rule.LITTLE)
    assert compare(content, content).same or not content.words


FIGURES = (
    "Objective response rate was 45.2% (95% CI, 38.1-52.4) with the combination vs. 21.7% (95% CI, 16.0-28.4);"
    " median PFS: 11.1 mo. (HR=0.62; P<0.001). Grade 3/4 AEs: 31.4%/12.8%."
)
TRADITIONAL = (
    "該公司昨日宣佈，其細胞療法於三期試驗達到主要終點，計劃明年遞交申請；安全監察委員會未見異常訊號。"
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (FIGURES * 3, FIGURES.replace("combination", "pair") * 3),
        (TRADITIONAL * 3, (one_form(TRADITIONAL) * 3).replace("昨日", "今日")),
        (LONG, LONG.replace(" ", "\u00a0").replace("Monday", "Tuesday")),
        (LONG, LONG.replace(" ", "  ")),
    ],
)
def test_the_quick_look_does_not_mind_how_words_are_written(left: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        assert compare(Content("", one), Content("", other)).same
        assert may_share(Content("", one), other)
