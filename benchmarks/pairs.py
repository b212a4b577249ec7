"""Does newsbot tell copies from look-alikes? Labelled pairs of texts of our own, through the real store.

    python -m benchmarks.pairs                 # every kind, both languages, with precision and recall
    python -m benchmarks.pairs --show-wrong

Base texts are the hand-written articles of `tests/site/content`, whose order and shape nobody tuned for this. Each pair goes
into a database of its own; it counts as one story if both articles have one `story_id`. Ends with 1 if a look-alike
was merged.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from opencc import OpenCC

from newsbot.model import Article, Block, BlockKind, Extraction, Page, Processed, Published
from newsbot.processing import fingerprint
from newsbot.store import Database
from newsbot.store.connection import Access
from tests.site.content import sections

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEAST = {"en": 110, "zh": 200}
"""Words or characters of a base text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One article as a pair has it: paragraphs are lines of the text."""

    title: str
    text: str
    language: str
    day: date | None = date(2026, 11, 18)
    host: str = "one.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles, and whether they are one story."""

    kind: str
    same: bool
    left: Version
    right: Version


@cache
def bases() -> tuple[Version, ...]:
    """The texts that pairs are made of, each once."""
    found = {}
    for section in sections().values():
        for story in section.stories:
            text = "\n".join(piece.text for piece in story.blocks(1) if piece.text)
            size = len(text) if section.language == "zh" else len(text.split())
            if size >= LEAST[section.language] and text not in found:
                found[text] = Version(title=story.title, text=text, language=section.language)
    return tuple(found.values())


# changes that leave the story the same


def units(text: str, language: str) -> list[str]:
    """A text in pieces that can be changed: words with what follows them, or one or two Chinese characters."""
    pattern = r"[一-鿿]{1,2}|[^一-鿿]" if language == "zh" else r"\S+\s*"
    return re.findall(pattern, text)


SPARE = {
    "en": "however report group plan later under major local figure review early change office strong point".split(),
    "zh": "然而 报道 计划 后来 主要 当地 数字 评估 早期 变化 部门 明显 方面 情况 工作".split(),
}


def edited(base: Version, random: Random, share: float) -> Version:
    """Such a share of its words replaced, left out, or with another beside them."""
    gap = "" if base.language == "zh" else " "
    said = []
    for unit in units(base.text, base.language):
        chance = random.random()
        if chance >= share or not unit.strip():
            said.append(unit)
        elif chance < share * 0.6:
            said.append(random.choice(SPARE[base.language]) + gap)
        elif chance < share * 0.8:
            said.append(unit + random.choice(SPARE[base.language]) + gap)
    return replace(base, text="".join(said))


def sentences(text: str) -> list[str]:
    """The sentences of a text with what ends them."""
    return re.findall(r"[^.!?。！？\n]+[.!?。！？\n]*\s*", text)


def cut(base: Version, share: float, start: float = 0.0) -> Version:
    """Whole sentences from a place on, until there is such a share of the text."""
    whole, said, place = len(base.text), "", 0
    for sentence in sentences(base.text):
        if place >= start * whole and len(said) < share * whole:
            said += sentence
        place += len(sentence)
    return replace(base, text=said)


WRAPS = {
    "en": (
        "LISBON (Example Wire) — Here is what our desk has gathered this morning from the sector, with the reactions"
        " that reached us before noon and a look at what the week may still bring.",
        "Readers may write to the desk with remarks. The next bulletin will come out in the evening, with more on"
        " prices, people and places, and a short list of meetings to which the public is invited.",
    ),
    "zh": (
        "示例通讯社里斯本讯：本台今早汇总了行业内的最新动向，并附上午前收到的各方反应，以及对本周后续日程的展望。",
        "读者如有意见可致函编辑部。下一期简报将于傍晚发布，内容包括价格、人事与地方消息，并列出若干对公众开放的会议。",
    ),
}


def wrapped(base: Version) -> Version:
    """Another lead before it and another tail after it."""
    before, after = WRAPS[base.language]
    return replace(base, title=new_title(base), text=f"{before}\n{base.text}\n{after}")


def new_title(base: Version) -> str:
    """A headline that says nothing of it."""
    return "今日行业简讯汇总" if base.language == "zh" else "What our desk noted this morning"


PINYIN = {
    "的": "de",
    "药": "yào",
    "中": "zhōng",
    "国": "guó",
    "是": "shì",
    "在": "zài",
    "人": "rén",
    "年": "nián",
}


def with_pinyin(base: Version) -> Version:
    """The reading of some characters in brackets behind them, in traditional script, as copying sites have it."""
    text = re.sub("|".join(PINYIN), lambda match: f"{match[0]}({PINYIN[match[0]]})", base.text)
    return replace(base, text=OpenCC("s2t").convert(text))


def other_form(base: Version) -> Version:
    """The same in full width, with other quotes and spaces."""
    wide = {code: chr(code + 0xFEE0) for code in range(ord("0"), ord("9") + 1)}
    text = (
        base.text.translate(wide) if base.language == "zh" else base.text.replace("'", "’").replace(" ", "  ")
    )
    return replace(base, text=text.replace(", ", " , "), title=base.title.upper())


def reordered(base: Version, random: Random) -> Version:
    """Its paragraphs in another order."""
    lines = base.text.split("\n")
    random.shuffle(lines)
    return replace(base, text="\n".join(lines))


# changes that make it another story


def other_numbers(base: Version, random: Random) -> Version:
    """Every figure another one."""
    digits = lambda match: "".join(random.choice("123456789") for _ in match[0])  # noqa: E731
    return replace(base, text=re.sub(r"\d+", digits, base.text), title=re.sub(r"\d+", digits, base.title))


NAMES = {"en": ("Zelvorix", "Quorexa", "Brenmalin"), "zh": ("替雷曲泊", "海松维利", "澜宁普芬")}


def other_name(base: Version, random: Random) -> Version | None:
    """The name that stands in title and text, another one throughout; None where no name does."""
    pattern = (
        r"[一-鿿]{3,4}(?=片|胶囊|注射液|单抗|替尼|疫苗)"
        if base.language == "zh"
        else r"\b[A-Z]?[a-z]{5,}(?:ib|mab|an|in|or|ol|el)\b"
    )
    names = [name for name in re.findall(pattern, base.title) if base.text.count(name) > 1]
    if not names:
        return None
    other = random.choice(NAMES[base.language])
    return replace(base, title=base.title.replace(names[0], other), text=base.text.replace(names[0], other))


FORMS = {
    "en": (
        (
            "monthly recall",
            "Recall of {drug} {strength} mg tablets, batch {batch}",
            "The agency tells pharmacies and wholesalers that the holder of the licence is taking back {drug} {strength} mg"
            " tablets. The batch number is {batch} and the expiry date is {month} {day}, 20{year}. A check of stored samples"
            " found {found} percent of what the label states. Nobody has been harmed as far as is known. Pharmacies shall"
            " stop supplying the batch, put what they have aside, and send it back through their wholesaler by {month} {late}."
            " Patients need not stop their medicine; they can ask in any pharmacy for another pack. Questions: {phone}.",
        ),
        (
            "price list",
            "Daily prices of raw materials",
            "Prices at the close, in dollars per kilogram: paracetamol {a}.{b}, ibuprofen {c}.{d}, metformin {e}.{f},"
            " amoxicillin {g}.{h}, vitamin C {i}.{j}. Volumes came to {k} tonnes, against {l} tonnes on the day before."
            " Traders said demand was steady and stocks in the ports were as usual for the season. The next list will"
            " come out on the following working day at the same hour; all prices are without tax and freight.",
        ),
        (
            "other company",
            "{firm}: current report",
            "{firm} filed a current report with the commission on {month} {day}, 20{year}. Under item {item} the company"
            " furnishes a press release about its results; it is not deemed filed for the purposes of the act. Commission"
            " file number {file}. The registrant has caused this report to be signed on its behalf by the undersigned, who"
            " is duly authorised. The exhibit is attached and the cover page is in the form that the rules prescribe.",
        ),
    ),
    "zh": (
        (
            "monthly recall",
            "关于召回{drug}（批号{batch}）的公告",
            "药品监督管理局通报：{firm}生产的{drug}，规格{strength}毫克，批号{batch}，有效期至20{year}年{month}月{day}日，经抽检含量为标示量的{found}%，"
            "不符合规定。企业已决定主动召回该批次产品。各经营使用单位应立即停止销售和使用，封存库存，并于{month}月{late}日前通过原渠道退回。"
            "目前未收到与该批次有关的不良反应报告。患者无需停药，可到就近药店更换。咨询电话：{phone}。",
        ),
        (
            "price list",
            "原料药每日价格行情",
            "今日收盘价（元/千克）：对乙酰氨基酚{a}.{b}，布洛芬{c}.{d}，二甲双胍{e}.{f}，阿莫西林{g}.{h}，维生素C{i}.{j}。全天成交{k}吨，前一交易日为{l}吨。"
            "贸易商表示需求平稳，港口库存与往年同期相当。下一期行情将于下一个工作日同一时间发布，以上价格均不含税和运费，仅供参考。",
        ),
        (
            "other company",
            "{firm}关于召开股东大会的通知",
            "{firm}董事会决定于20{year}年{month}月{day}日召开第{item}次临时股东大会，会议文号{file}。本次会议采取现场表决与网络投票相结合的方式。"
            "股东可亲自出席，也可委托代理人出席并参加表决。会议登记办法、联系方式及授权委托书格式见附件。本公司及董事会全体成员保证公告内容真实、准确、完整。",
        ),
    ),
}
DRUGS = {
    "en": ("Lisorvan", "Tramivex", "Calodine", "Pergotan", "Nivosel"),
    "zh": ("瑞达片", "普利胶囊", "维诺颗粒", "曲泊缓释片", "舒恩分散片"),
}
FIRMS = {
    "en": ("Halvern Biosciences", "Ostervik Pharma", "Maarheim Labs", "Corvane Inc"),
    "zh": ("云澜药业", "北川制药", "望舟生物", "松岚医药"),
}
MONTHS = "January February March April May June July August September October November December".split()


def filled(form: str, language: str, random: Random) -> str:
    """A form with names, days and figures of its own."""
    month = random.randint(1, 11)
    values: dict[str, object] = {letter: random.randint(10, 99) for letter in "abcdefghijkl"}
    values |= {
        "drug": random.choice(DRUGS[language]),
        "firm": random.choice(FIRMS[language]),
        "strength": random.choice((5, 10, 20, 40, 80)),
        "batch": f"{random.choice('ABCDEFGH')}{random.choice('HJKLMN')}{random.randint(1000, 9999)}",
        "month": MONTHS[month] if language == "en" else month,
        "day": random.randint(1, 28),
        "late": random.randint(1, 28),
        "year": random.randint(24, 29),
        "found": random.randint(81, 94),
        "phone": f"{random.randint(200, 899)}-{random.randint(1000000, 9999999)}",
        "item": random.randint(2, 9),
        "file": f"0{random.randint(10, 99)}-{random.randint(10000, 99999)}",
    }
    return form.format(**values)


def of_form(title: str, form: str, language: str, seed: str) -> Version:
    """An article made from a form; equal seeds give equal names in title and text."""
    text = filled(form, language, Random(seed))
    return Version(title=filled(title, language, Random(seed)), text=text, language=language)


def look_alikes(language: str, count: int) -> Iterator[Pair]:
    """Texts that are built alike and tell of other things."""
    for kind, title, form in FORMS[language]:
        for number in range(count):
            left, right = (of_form(title, form, language, f"{kind}{number}{side}") for side in "lr")
            yield Pair(kind=kind, same=False, left=left, right=replace(right, day=date(2026, 11, 19)))
    _, title, form = FORMS[language][0]
    for number in range(count):
        left = of_form(title, form, language, f"dates{number}")
        yield Pair(kind="other dates", same=False, left=left, right=other_days(left, Random(number)))


def other_days(base: Version, random: Random) -> Version:
    """Only its days of the calendar others."""
    if base.language == "zh":
        days = lambda match: f"{random.randint(1, 12)}月{random.randint(1, 28)}日"  # noqa: E731
        return replace(base, text=re.sub(r"\d{1,2}月\d{1,2}日", days, base.text))
    days = lambda match: f"{random.choice(MONTHS)} {random.randint(1, 28)}"  # noqa: E731
    return replace(base, text=re.sub(rf"({'|'.join(MONTHS)}) \d{{1,2}}", days, base.text))


def notices(language: str, count: int) -> Iterator[Pair]:
    """Short notices: copied elsewhere the same day, and the same said of something else, or again on another day."""
    forms = {
        "en": ("Supply of {drug} {strength} mg", "The supplier of {drug} {strength} mg tells us that packs will be short until further notice. Doctors may turn to other strengths. See the list for details."),
        "zh": ("{drug}供应信息", "据供应商通报，{drug}{strength}毫克规格近期供应紧张，恢复时间另行通知。医生可考虑其他规格，详见附表。"),
    }  # fmt: skip
    title, form = forms[language]
    for number in range(count):
        left = of_form(title, form, language, f"notice{number}")
        yield Pair(kind="short notice copied", same=True, left=left, right=replace(left, host="two.example"))
        other = of_form(title, form, language, f"other{number}")
        if other.text != left.text:
            yield Pair(kind="short notice, other subject", same=False, left=left, right=other)
        later = replace(left, day=date(2026, 12, 18))
        yield Pair(kind="short notice, other day", same=False, left=left, right=later)


Change = Callable[[Version, Random], Version | None]
SAME: dict[str, Change] = {
    "identical": lambda base, _: base,
    "edits 5%": lambda base, random: edited(base, random, 0.05),
    "edits 10%": lambda base, random: edited(base, random, 0.10),
    "edits 25%": lambda base, random: edited(base, random, 0.25),
    "cut to 40%, beginning": lambda base, _: cut(base, 0.4),
    "cut to 40%, middle": lambda base, _: cut(base, 0.4, 0.3),
    "wrapped": lambda base, _: wrapped(base),
    "cut and wrapped": lambda base, _: wrapped(cut(base, 0.5)),
    "retitled": lambda base, _: replace(base, title=new_title(base)),
    "other form": lambda base, _: other_form(base),
    "reordered": reordered,
}
CHINESE: dict[str, Change] = {
    "script converted": lambda base, _: replace(
        base, title=OpenCC("s2t").convert(base.title), text=OpenCC("s2t").convert(base.text)
    ),
    "pinyin inserted": lambda base, _: with_pinyin(base),
}
OTHER: dict[str, Change] = {"other numbers": other_numbers, "other name": other_name}


def pairs(seed: int = 1) -> list[Pair]:
    """All pairs; the same for the same seed."""
    random = Random(seed)
    made: list[Pair] = []
    for language in ("en", "zh"):
        texts = [base for base in bases() if base.language == language]
        made += _changed(texts, {**SAME, **(CHINESE if language == "zh" else {})}, True, random)
        made += _changed(
            [base for base in texts if len(re.findall(r"\d+", base.text)) > 2], OTHER, False, random
        )
        made += [
            Pair(kind="another article", same=False, left=one, right=replace(other, host="two.example"))
            for one, other in pairwise(texts)
        ]
        made += look_alikes(language, 12)
        made += notices(language, 12)
    return made


def _changed(
    texts: Sequence[Version], changes: dict[str, Change], same: bool, random: Random
) -> Iterator[Pair]:
    for kind, change in changes.items():
        for base in texts:
            right = change(base, random)
            if right is not None and (same or right.text != base.text):
                yield Pair(kind=kind, same=same, left=base, right=replace(right, host="two.example"))


# the verdict of the store


def item_of(version: Version, number: int) -> Processed:
    """The article as if it had been fetched and read."""
    url = f"https://{version.host}/{number}.html"
    published = version.day and Published(when=version.day, text=version.day.isoformat())
    article = Article(
        url=url,
        title=version.title,
        published=published,
        source=None,
        authors=(),
        editors=(),
        category=(),
        blocks=tuple(
            Block(kind=BlockKind.PARAGRAPH, text=line.strip())
            for line in version.text.split("\n")
            if line.strip()
        ),
        language=version.language,
        lead_image=None,
        links=(),
        publisher=None,
    )
    page = Page(url=url, body=b"", fetched=NOON + timedelta(minutes=number))
    return fingerprint(Processed(page=page, extraction=Extraction(article=article)))


def are_one(pair: Pair, folder: Path, template: bytes) -> bool:
    """Whether the store takes both for one story."""
    path = folder / "pair.db"
    path.write_bytes(template)
    with Database(path, Access.WRITE) as database:
        database.record(item_of(pair.left, 1))
        database.record(item_of(pair.right, 2))
        return database.query("select count(distinct story_id) from articles").rows == ((1,),)


def judge(all_pairs: Sequence[Pair]) -> list[bool]:
    """For each pair whether the store is right."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Database(folder / "empty.db", Access.WRITE) as database:
            database.vacuum()
        template = (folder / "empty.db").read_bytes()
        return [are_one(pair, folder, template) is pair.same for pair in all_pairs]


def report(all_pairs: Sequence[Pair], right: Sequence[bool]) -> str:
    """The verdicts by kind and language, and what they come to, as Markdown."""
    counts: dict[tuple[bool, str], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for pair, is_right in zip(all_pairs, right, strict=True):
        counts[not pair.same, pair.kind][pair.left.language].append(is_right)
    lines = ["| pair | one story? | en: right of | zh: right of |", "|---|---|---:|---:|"]
    for (other, kind), languages in sorted(counts.items(), key=lambda entry: entry[0][0]):
        cells = [
            f"{sum(languages[key])} of {len(languages[key])}" if languages[key] else ""
            for key in ("en", "zh")
        ]
        lines.append(f"| {kind} | {'no' if other else 'yes'} | {cells[0]} | {cells[1]} |")
    merged = sum(not good for pair, good in zip(all_pairs, right, strict=True) if not pair.same)
    found = sum(good for pair, good in zip(all_pairs, right, strict=True) if pair.same)
    wanted = sum(pair.same for pair in all_pairs)
    lines.append(
        f"\n{len(all_pairs)} pairs: precision {found / max(1, found + merged):.4f}, recall {found / wanted:.4f},"
        f" look-alikes merged {merged} of {len(all_pairs) - wanted}"
    )
    return "\n".join(lines)


def main() -> int:
    """Judge all pairs and print the table; 1 if what is not one story was merged."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show-wrong", action="store_true", help="list the pairs that were taken wrongly")
    options = parser.parse_args()
    all_pairs = pairs(options.seed)
    right = judge(all_pairs)
    print(report(all_pairs, right))
    for pair, good in zip(all_pairs, right, strict=True):
        if options.show_wrong and not good:
            print(
                f"\n{pair.kind} ({pair.left.language})\n  {pair.left.title}: {pair.left.text[:200]!r}\n  {pair.right.title}: {pair.right.text[:200]!r}"
            )
    return int(any(not good for pair, good in zip(all_pairs, right, strict=True) if not pair.same))


if __name__ == "__main__":
    sys.exit(main())
