"""Texts that are built alike: notices, filings, tenders, recalls and price lists, as forms with slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

Slots = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A title and a text with slots in braces; paragraphs are joined by a line break."""

    title: str
    text: str

    def fill(self, slots: Slots) -> tuple[str, str]:
        """Title and text with these words in their slots."""
        return self.title.format_map(slots), self.text.format_map(slots)


NAMES = {
    "firm": {
        "en": "Alderbrook Pharma|Corvidia Labs|Ostra Medicines|Hartwell Biologics|Lindmoor Generics|Sorrel"
        " Therapeutics|Pellmont Health|Tarnwick Biosciences|Quillan Pharma|Brackwater"
        " Medicines|Evenhall Labs|Juniper Reach Biotech",
        "zh": "海棠药业|临溪医药|云庭细胞|松岚制药|北川康泰制药|澜舟生物|南桥普济药业|禾景生物|望舟"
        "华宁制药|宁川医药科技|泽远生物|砚山制药",
    },
    "drug": {
        "en": "Zelmorin|Cartanide|Boltivex|Ferrolan|Quintafen|Merapril|Dovalgin|Sunitrel|Asperfine"
        "|Velomycin|Trisonal|Hexadorm",
        "zh": "瑞舒平片|双清颗粒|阿洛昔林胶囊|奥美兰注射液|复方丹芪片|格列瑞特片|头孢维辛胶囊|利康唑"
        "片|布洛舒混悬液|银翘止咳颗粒|氨普洛尔片|维洛沙坦片",
    },
    "place": {
        "en": "Ostervik|Maarheim|Port Ellery|Lillesand|Brennhavn|Kingsmoor|Dunfell|Aldgate Bay",
        "zh": "东澜|临溪|北川|南桥|望舟|松岚|青湾|鹤城",
    },
    "person": {
        "en": "Ines Maddox|Paul Trevane|Sigrid Holm|Amos Kettering|Dana Wulff|Rory Blackmore|Lea"
        " Sandoval|Nils Ekdahl",
        "zh": "许知远|白若琳|高以恒|陆青禾|沈嘉木|韩予安|秦书遥|顾北辰",
    },
    "fault": {
        "en": "the tablets may dissolve too slowly|some bottles were closed with a loose cap|a label"
        " shows the wrong strength|traces of an impurity were found above the limit|the"
        " content falls short of the specification at the end of shelf life",
        "zh": "溶出度不符合规定|含量测定不符合规定|标签规格印刷有误|有关物质超出限度|密封性检查不符合规定",
    },
}
"""What the slots of a name may hold, for each language."""

PRODUCTS = {
    "en": "Paracetamol|Ibuprofen|Amoxicillin|Metformin|Aspirin|Caffeine|Vitamin C|Heparin|Lysine|Folic acid",
    "zh": "对乙酰氨基酚|布洛芬|阿莫西林|二甲双胍|阿司匹林|咖啡因|维生素C|肝素钠|赖氨酸|叶酸",
}

SHORT_NOTICES = {
    "en": (
        Form(
            title="Licensing desk in {place} closed for some days",
            text="The licensing desk of the agency in {place} will be closed from {day} to {later}."
            " Urgent applications may be sent by e-mail and will be answered by {person} on"
            " the next working day.",
        ),
        Form(
            title="{drug}: supply interrupted",
            text="{firm} has told the agency that {drug} will not be available from {day}."
            " Deliveries are expected to begin again on {later}. Until then, pharmacists are"
            " asked to dispense another product with the same active substance.",
        ),
        Form(
            title="Committee to discuss {drug}",
            text="The advisory committee will meet in {place} on {later} to discuss {drug} of "
            "{firm}. Written comments are accepted until {day} and should be addressed to "
            "{person}. The agenda will be published on this page.",
        ),
        Form(
            title="{firm} asks for a trading halt",
            text="{firm} asked the exchange on {day} to halt trading in its shares until news about"
            " {drug} has been released. The company expects to make its announcement before"
            " the market opens on {later}.",
        ),
    ),
    "zh": (
        Form(
            title="{place}药品审批窗口暂停办理业务的通知",
            text="因系统升级，{place}市药品审批窗口{day}至{later}暂停办理业务。紧急事项请与值班人员"
            "{person}联系，由此带来的不便敬请谅解。",
        ),
        Form(
            title="{drug}暂停供应",
            text="{firm}报告，{drug}因生产线改造自{day}起暂停供应，预计{later}恢复发货。请各医疗机"
            "构提前做好替代用药安排。",
        ),
        Form(
            title="关于召开{drug}专家咨询会的通知",
            text="我中心定于{later}在{place}召开{firm}{drug}专家咨询会，书面意见请于{day}前反馈，联"
            "系人{person}，会议议程另行公布。",
        ),
        Form(
            title="{firm}股票停牌",
            text="{firm}{day}公告，因筹划{drug}相关重大事项，公司股票当日起停牌，预计不晚于{later}"
            "复牌，请投资者注意风险。",
        ),
    ),
}
"""Notices of 25-45 words, or 40-90 characters."""

LONG_NOTICES = {
    "en": (
        Form(
            title="Training course on pharmacovigilance in {place}",
            text="The agency holds a course for people who are responsible for drug safety in small"
            " companies. It takes place in {place} from {day} to {later}, in the large hall of"
            " the agency's building.\n"
            "Subjects are the reporting of side effects, the signal procedure, and what"
            " inspectors look for. There is room for eighty people, who will be admitted in"
            " the order in which they register.\n"
            "Please register with {person} by {early}. The course is free of charge; travel"
            " and lodging are not paid for. Those who cannot come are asked to let us know in"
            " good time so that others may take their place.",
        ),
        Form(
            title="Submission portal: maintenance work",
            text="The portal for electronic submissions will be taken out of service for"
            " maintenance. It will stop on {day} in the evening and should be back by the"
            " morning of {later}.\n"
            "Drafts that have been saved before will be kept. Files that are being sent when"
            " the portal stops will be lost and must be sent again. Time limits that end"
            " during the work are extended by two working days.\n"
            "Applicants who have to report a serious side effect while the portal is down may"
            " do so by telephone. {person}, who is in charge of the portal, answers questions"
            " until {early}.",
        ),
    ),
    "zh": (
        Form(
            title="关于举办药物警戒培训班的通知",
            text="各有关单位：\n"
            "为提高中小企业药物警戒工作水平，我局定于{day}至{later}在{place}市举办药物警戒培训"
            "班，现将有关事项通知如下。\n"
            "培训内容包括不良反应报告要求、信号识别与评价、检查常见问题等，由省级检查员授课并"
            "安排现场答疑。\n"
            "请参加人员于{early}前将报名回执发送至培训邮箱，联系人{person}。培训不收取费用，食"
            "宿自理，名额有限，按报名先后顺序确认。",
        ),
        Form(
            title="关于药品注册电子申报系统停机维护的公告",
            text="为提升系统运行稳定性，药品注册电子申报系统将进行停机维护，维护时间为{day}晚至"
            "{later}早。\n"
            "停机前已保存的草稿不受影响，正在上传的资料可能丢失，需要重新提交。停机期间到期的"
            "补正时限顺延两个工作日。\n"
            "如需报告严重不良反应，请通过电话方式办理。系统使用问题可在{early}前联系系统管理员"
            "{person}。",
        ),
    ),
}
"""Notices with more words, in which again little but the days is news."""

SHELLS = {
    "en": (
        Form(
            title="Current report of {firm}",
            text="Current report filed under number {file}. Date of the event reported: {day}. Name"
            " of the registrant as given in its charter: {firm}.\n"
            "Item 8.01, other events. On {day}, {firm} (the company) made public a press"
            " release about its business. The release is attached to this report as an exhibit"
            " and is incorporated here by reference.\n"
            "The information in this item is furnished and shall not be deemed to be filed,"
            " nor shall it be included in any registration statement unless that statement"
            " refers to it expressly.\n"
            "The registrant has caused this report to be signed on its behalf by the"
            " undersigned, who is duly authorised.",
        ),
        Form(
            title="Invitation to tender: {firm}",
            text="{firm} invites tenders for the supply and installation of cold storage equipment,"
            " procedure number {file}.\n"
            "Bidders must have been in business for three years and show that they have"
            " delivered equipment of the kind to at least two makers of medicines. Consortia"
            " are admitted if one member answers for all.\n"
            "The documents can be obtained free of charge from the purchasing department."
            " Tenders have to arrive in a sealed envelope no later than {day} and will be"
            " opened in public an hour afterwards.\n"
            "Price counts for half of the marks, technical merit for the rest. Tenders remain"
            " binding for ninety days.",
        ),
    ),
    "zh": (
        Form(
            title="{firm}关于获得政府补助的公告",
            text="公告编号：{file}\n"
            "本公司及董事会全体成员保证信息披露的内容真实、准确、完整，没有虚假记载、误导性陈"
            "述或重大遗漏。\n"
            "{firm}及下属子公司于{day}收到与收益相关的政府补助资金，款项已经全部到账。\n"
            "公司根据企业会计准则的有关规定确认上述补助并划分类型，具体会计处理以及对公司利润"
            "产生的影响以会计师审计确认后的结果为准，敬请广大投资者注意投资风险。\n"
            "特此公告。\n"
            "{firm}董事会\n"
            "{day}",
        ),
        Form(
            title="{firm}冷库设备采购项目招标公告",
            text="{firm}就冷库设备采购及安装项目进行公开招标，项目编号{file}，欢迎合格的投标人参加。\n"
            "投标人应当具有独立承担民事责任的能力，近三年内完成过两个以上药品生产企业同类项目，"
            "没有重大违法记录，允许联合体投标。\n"
            "招标文件可在采购部门免费领取。投标文件应当密封，于{day}前送达，逾期送达的不予受理，"
            "开标在截止后一小时公开进行。\n"
            "评标采用综合评分法，价格分占五成，技术和商务分占五成，投标有效期九十天。",
        ),
    ),
}
"""Filings and tender notices in which only the company, the date and the number of the file are its own."""

RECALLS = {
    "en": (
        Form(
            title="Recall of {drug}, one batch",
            text="{firm} is recalling one batch of {drug} because {fault}. The batch number is "
            "{batch} and the expiry date is {expiry}. The batch was sent to pharmacies from "
            "{day} on.\n"
            "Pharmacies and wholesalers should stop supplying this batch at once, keep what"
            " remains of it apart, and return it to the supplier within ten working days.\n"
            "Patients who have packs of this batch at home should take them back to a"
            " pharmacy, where they will be replaced. They should not stop their treatment"
            " without speaking to a doctor. Side effects may be reported to the agency through"
            " its website.",
        ),
        Form(
            title="Medicines recall: {drug}",
            text="Product: {drug}. Marketing authorisation holder: {firm}. Batch: {batch}. Expiry: "
            "{expiry}. First distributed: {day}. Class of the recall: 2, to be acted on within"
            " two days.\n"
            "Reason: {fault}. There is no report of harm so far, and the recall is a"
            " precaution.\n"
            "Advice for health professionals: check the stock, put packs of this batch in"
            " quarantine, and contact the holder for a replacement. Advice for patients: no"
            " action is needed unless the number on the box is that given above.",
        ),
    ),
    "zh": (
        Form(
            title="关于{firm}召回{drug}的公告",
            text="{firm}报告，因{fault}，该公司决定对批号为{batch}、有效期至{expiry}的{drug}实施主"
            "动召回，召回级别为二级。\n"
            "请药品经营企业和使用单位立即停止销售和使用上述批次药品，做好库存清点和下架封存，"
            "并配合生产企业完成召回工作。\n"
            "消费者如持有上述批次药品，可到原购买单位办理退货。我局将对召回情况进行监督检查，"
            "处理结果及时向社会公布。\n"
            "特此公告。\n"
            "{day}",
        ),
        Form(
            title="{drug}召回信息",
            text="产品名称：{drug}；生产企业：{firm}；产品批号：{batch}；有效期至：{expiry}；召回级"
            "别：三级；启动日期：{day}。\n"
            "召回原因：{fault}。截至目前未收到与该批次产品相关的不良反应报告，本次召回为预防性"
            "措施。\n"
            "处理要求：有关单位应当自查库存，将涉及批次单独存放并做好标识，按照规定时限退回供"
            "货单位，召回记录保存备查。",
        ),
    ),
}
"""Recalls as an agency publishes them month after month."""


def make_slots(random: Random, language: str, day: date) -> dict[str, str]:
    """Words for all slots; the days begin with the given one."""
    names = {slot: random.choice(words[language].split("|")) for slot, words in NAMES.items()}
    expiry = date(day.year + random.randint(1, 3), random.randint(1, 12), 1)
    return {
        **names,
        **make_days(random, language, day),
        "file": make_file(random, language, day),
        "batch": f"{random.choice('ABDHKLT')}{random.randint(10_000, 99_999)}",
        "expiry": f"{expiry:%m/%Y}" if language == "en" else f"{expiry.year}年{expiry.month}月",
    }


def make_days(random: Random, language: str, day: date) -> dict[str, str]:
    """The days of a notice, from the earliest to the last."""
    gaps = random.randint(2, 5), random.randint(6, 12), random.randint(13, 26)
    early, middle, later = (day + timedelta(days=gap) for gap in gaps)
    return {"early": spell(early, language), "day": spell(middle, language), "later": spell(later, language)}


def make_file(random: Random, language: str, day: date) -> str:
    """The number of a file."""
    number = random.randint(100, 999)
    return (
        f"{random.randint(10, 99)}-{number}{random.randint(10, 99)}"
        if language == "en"
        else f"{day.year}-{number}"
    )


def spell(day: date, language: str) -> str:
    """A day as notices write it."""
    return f"{day:%B} {day.day}, {day.year}" if language == "en" else f"{day.year}年{day.month}月{day.day}日"


def make_prices(
    language: str, day: date, prices: Sequence[float], before: Sequence[float]
) -> tuple[str, str]:
    """The title and text of one day's list of prices; `before` are those of the day before."""
    products = PRODUCTS[language].split("|")
    lines = [_price(language, *told) for told in zip(products, prices, before, strict=True)]
    if language == "en":
        head = "Prices of raw materials at the close in Ostervik, in dollars a kilogram."
        return f"Raw material prices, {spell(day, language)}", "\n".join([head, *lines])
    head = "东澜原料药市场收盘报价，单位为元每公斤，仅供参考。"
    return f"{day.month}月{day.day}日原料药价格行情", "\n".join([head, *lines])


def move_prices(random: Random, prices: Sequence[float]) -> list[float]:
    """The prices a day later: most go up or down a little, some stay."""
    return [price if random.random() < 0.2 else price * random.uniform(0.97, 1.03) for price in prices]


def _price(language: str, product: str, price: float, before: float) -> str:
    change = 100 * (price / before - 1)
    if language == "en":
        return f"{product}: {price:.2f}, {'down' if change < 0 else 'up'} {abs(change):.2f}% from the day before."
    return f"{product}：{price:.2f}，较前一日{'下跌' if change < 0 else '上涨'}{abs(change):.2f}%。"
