"""Texts for generated pages: English and Chinese sentences about invented companies and medicines."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

ONSETS = (
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "qu",
    "r",
    "s",
    "t",
    "tr",
    "v",
    "z",
)
MIDDLES = ("a", "e", "i", "o", "u", "ae", "io", "ara", "ele", "ivo", "ona", "uri")
DRUG_ENDS = ("tamib", "lisant", "vorel", "quinor", "zumet", "pargin")
FIRM_ENDS = ("Therapeutics", "Biosciences", "Pharma", "Medicines", "Biologics", "Laboratories")
DISEASES = ("asthma", "lupus", "psoriasis", "heart failure", "gastric cancer", "migraine", "epilepsy", "gout")
PLACES = ("Ostervik", "Port Ellery", "Suzhou", "Maarheim", "Lillesand", "Hefei", "Brennhavn", "Nanjing")
PEOPLE = ("Ada", "Bram", "Chiara", "Dagny", "Emil", "Freya", "Goran", "Hanne", "Imre", "Jonna")
ZH_NAMES = "云北南临望澄砚岚松溪泽川宁远庆和景安禾棠"
ZH_DRUGS = "瑞达普利替维诺奥曲泊芬格林舒恩西莫罗"
ZH_DISEASES = ("哮喘", "银屑病", "胃癌", "心力衰竭", "偏头痛", "痛风", "癫痫", "系统性红斑狼疮")
ZH_PLACES = ("东澜", "临溪", "北川", "南桥", "望舟", "松岚")

SENTENCES = (
    "{firm} said on {day} that {drug} lowered the rate of relapse by {share}% in {count} patients with {disease}.",
    "The study was run at {sites} centres and compared {drug} with {other} over {weeks} weeks.",
    "Side effects of grade 3 or higher were seen in {low}% of patients, most often in the first {weeks} days.",
    "Analysts in {place} had expected sales of ${money} million, and the shares of {firm} moved by {low}%.",
    '"We asked {sites} doctors what they need, and {drug} was built on their answers," said {person} {family}.',
    "A plant in {place} will make {count} kilograms a year once the inspection of its {sites} lines has ended.",
    "The agreement gives {firm} ${money} million now and a share of {low}% in what {drug} may earn later.",
    "Regulators have asked for {weeks} more weeks of data on {disease} before they decide on {drug}.",
    "In a smaller group of {count} people who had been given {other} before, the gain was {share} points.",
    "{person} {family}, who follows {firm}, called the price of ${money} a month for {drug} hard to defend.",
    "Hospitals around {place} treat some {count} people with {disease} each year, and {share}% come back.",
    "Deliveries from {place} stopped for {weeks} days, which left {sites} pharmacies without {drug}.",
)
ZH_SENTENCES = (
    "{firm}{day}宣布，{drug}治疗{disease}的研究共入组{count}例患者，复发风险降低{share}%。",
    "该研究在{sites}家中心开展，以{other}为对照，随访{weeks}周。",
    "三级及以上不良反应发生率为{low}%，多数出现在用药后的前{weeks}天。",
    "{place}的分析人士此前预计销售额为{money}万元，公告次日{firm}股价变动{low}%。",
    "“我们走访了{sites}位医生，{drug}的设计来自他们的需求。”项目负责人{person}说。",
    "{place}的新工厂验收后，每年可生产原料药{count}公斤，共有{sites}条生产线。",
    "根据协议，{firm}将获得首付款{money}万元，并按{low}%的比例分享{drug}的销售收入。",
    "监管部门要求补充{weeks}周的{disease}安全性数据，再对{drug}作出决定。",
    "在曾经使用过{other}的{count}例患者中，评分改善{share}分，差异有统计学意义。",
    "{person}长期关注{firm}，认为{drug}每月{money}元的价格仍有下降空间。",
    "{place}周边医院每年收治{disease}患者约{count}人，其中{share}%需要再次住院。",
    "受运输影响，{place}的供货中断{weeks}天，{sites}家药房一度缺少{drug}。",
)
TITLES = (
    "{drug} cuts relapse in {disease} by {share}%, {firm} says",
    "{firm} pays ${money} million for rights to {drug}",
    "{place} plant of {firm} to make {count} kilograms of {drug}",
    "Regulators want {weeks} more weeks of data on {drug} in {disease}",
)
ZH_TITLES = (
    "{firm}{drug}治疗{disease}达到终点 复发风险降低{share}%",
    "{firm}以{money}万元引进{drug}权益",
    "{firm}{place}工厂年产{count}公斤{drug}",
    "{drug}用于{disease}需补充{weeks}周数据",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What one page tells: the text without anything round it."""

    title: str
    paragraphs: tuple[str, ...]
    chinese: bool


def make_text(number: int, seed: int) -> Text:
    """The text with this number. Odd ones are Chinese."""
    random = Random(f"{seed}/{number}")
    chinese = number % 2 == 1
    facts = _chinese_names(random) if chinese else _english_names(random)
    titles, sentences, space = (ZH_TITLES, ZH_SENTENCES, "") if chinese else (TITLES, SENTENCES, " ")
    paragraphs = []
    for _ in range(random.randint(8, 20)):
        chosen = random.sample(sentences, random.randint(3, 5))
        paragraphs.append(space.join(sentence.format(**facts, **_figures(random)) for sentence in chosen))
    title = random.choice(titles).format(**facts, **_figures(random))
    return Text(title=title, paragraphs=tuple(paragraphs), chinese=chinese)


def _english_names(random: Random) -> dict[str, str]:
    return {
        "firm": f"{_word(random, 2).title()} {random.choice(FIRM_ENDS)}",
        "drug": _word(random, 2) + random.choice(DRUG_ENDS),
        "other": _word(random, 1) + random.choice(DRUG_ENDS),
        "family": family_name(random),
        "person": random.choice(PEOPLE),
        "place": random.choice(PLACES),
        "disease": random.choice(DISEASES),
        "day": random.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
    }


def _chinese_names(random: Random) -> dict[str, str]:
    return {
        "firm": "".join(random.sample(ZH_NAMES, 2)) + random.choice(("药业", "生物", "医药", "制药")),
        "drug": "".join(random.sample(ZH_DRUGS, 3)) + random.choice(("片", "单抗", "胶囊", "注射液")),
        "other": "".join(random.sample(ZH_DRUGS, 3)) + "片",
        "person": random.choice("沈顾陆程许苏") + "".join(random.sample(ZH_NAMES, 2)),
        "place": random.choice(ZH_PLACES),
        "disease": random.choice(ZH_DISEASES),
        "day": f"{random.randint(1, 28)}日",
    }


def family_name(random: Random) -> str:
    """An invented family name."""
    return _word(random, 2).title()


def _word(random: Random, syllables: int) -> str:
    return "".join(random.choice(ONSETS) + random.choice(MIDDLES) for _ in range(syllables))


def _figures(random: Random) -> dict[str, object]:
    return {
        "share": round(random.uniform(5, 80), 1),
        "low": round(random.uniform(0.5, 19), 1),
        "count": random.randint(20, 9_000),
        "sites": random.randint(3, 220),
        "weeks": random.randint(2, 104),
        "money": random.randint(12, 4_000),
    }
