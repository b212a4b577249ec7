"""Base texts of the labelled pairs: articles about invented companies, second reports of the same events, tables.

Most articles are those of the demonstration site under `tests/site/content/`; the others are written here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent.parent / "tests" / "site" / "content"
FILES = ("en_company", "en_regulator", "press", "wire", "zh_company", "zh_press", "zh_regulator")
HAN = re.compile(r"[\u4e00-\u9fff]")
SIGNS = re.compile(r"^(?:## |- |> |\| )|\s\|$")
TAIL = re.compile(r"^## (?:About|Forward)")
LEAST = {"en": 138, "zh": 240}
"""Words (en) or characters with their signs (zh) of an article that is long enough to be cut and edited."""

WANTED = 18
"""Articles of each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One article; paragraphs are joined by a line break."""

    title: str
    text: str
    language: str


def length_of(text: str, language: str) -> int:
    """The words of an English text, the characters of a Chinese one."""
    return len(text.split()) if language == "en" else len(text)


@cache
def bases(language: str) -> tuple[Base, ...]:
    """The articles of a language: all of our own and the longest of the site's, in a fixed order."""
    own = OWN[language]
    site = {base.text: base for base in reversed(tuple(_site())) if base.language == language}
    fit = [base for base in site.values() if length_of(base.text, language) >= LEAST[language]]
    fit.sort(key=lambda base: (-length_of(base.text, language), base.title))
    return (*own, *fit[: WANTED - len(own)])


def titled(language: str, start: str) -> Base:
    """The article whose title begins like this."""
    return next(base for base in bases(language) if base.title.startswith(start))


def _site() -> Iterator[Base]:
    shared = {name: text["body"] for name, text in _load("shared")["texts"].items()}
    for name in FILES:
        for entry in _load(name)["article"]:
            body = shared[entry["text"]] if "text" in entry else entry["body"]
            text = "\n".join(_lines(body))
            yield Base(title=entry["title"], text=text, language="zh" if HAN.search(text) else "en")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text("utf-8"))


def _lines(body: str) -> Iterator[str]:
    """The paragraphs without the signs of the markup, up to what a release says of its company."""
    for line in filter(None, map(str.strip, body.splitlines())):
        if TAIL.match(line):
            return
        yield SIGNS.sub("", line)


def _base(language: str, title: str, *paragraphs: str) -> Base:
    return Base(title=title, text="\n".join(paragraphs), language=language)


OWN = {
    "en": (
        _base(
            "en",
            "Veldrina halves bleeding days in a study of women with fibroids",
            "Taking Veldrina once a day halved the number of days with heavy bleeding in women"
            " with fibroids, Marrowfield Pharma reported on Wednesday. The tablet did better"
            " than placebo on all five measures that had been named in advance.",
            "The study followed 486 women between 24 and 50 years at 38 clinics for a year."
            " Those who were given Veldrina had 3.1 days of heavy bleeding in the last month,"
            " compared with 6.4 days in the other group.",
            "Bone density, which fell in users of older medicines, had dropped by 0.7% after"
            " twelve months. A gynaecologist who was not part of the study, Yvonne Karst,"
            " called that figure reassuring but asked for a second year.",
            "Hot flushes were reported by 11% of participants and led 9 of them to stop. There"
            " were no blood clots.",
            "Marrowfield will send the data to regulators in Europe before April and hopes to"
            " sell Veldrina from 2028. It has not decided whether to look for a partner in the"
            " United States.",
        ),
        _base(
            "en",
            "Insulin pens run short after a fire in a Maarheim warehouse",
            "A fire that destroyed a warehouse in Maarheim on Friday night will leave"
            " pharmacies in four countries without Sollevin insulin pens until the middle of"
            " next month, the wholesaler Nordquay said.",
            "About 310,000 packs were lost, roughly five weeks of supply. Nobody was hurt."
            " Police believe that a faulty charger of a forklift truck started the blaze, and"
            " do not suspect a crime.",
            "Sollevin is used by 84,000 people in the region. Doctors have been asked to move"
            " patients to the same insulin in vials, of which 120,000 are in stock, and to"
            " start nobody new on the pen.",
            "The maker, Hartwell Biologics, has put on a third shift at its plant and will fly"
            " in 60,000 packs from Canada. Those carry a label in English and French; a"
            " leaflet in the local language is to be handed out with them.",
            "Patients should not change their dose on their own, the diabetes association"
            " warned. Its telephone line has taken 2,700 calls since Saturday, three times as"
            " many as in a normal month.",
        ),
        _base(
            "en",
            "Court strikes out the last patent on Pirastol, opening the way to copies",
            "The last patent that kept copies of the asthma tablet Pirastol off the market is"
            " void, the commercial court in Ostervik ruled on Thursday. Two makers of generics"
            " said that they would deliver within weeks.",
            "The patent described a coating by which the tablet dissolves in eight hours. The"
            " judges found that a student had set down the same recipe in a thesis of 1998,"
            " eleven years before Corlane Laboratories applied.",
            "Pirastol brought Corlane €640 million last year, a third of its sales. The"
            " company will appeal, but the court refused to put off the effect of its"
            " judgment, and the shares lost 17% before trading was halted.",
            "Health insurers expect to save some €90 million a year. The price of a month's"
            " supply, now €58, usually falls by two thirds when a third supplier arrives.",
            "Brennhavn Generics has stored 400,000 packs since the summer. Its rival Ostra"
            " Medicines received approval for Pirastol copies in June and had been waiting for"
            " the judgment.",
        ),
        _base(
            "en",
            "Malaria vaccine Tavimune reaches its millionth child ahead of the rains",
            "Health workers in the river districts gave the millionth child a first dose of"
            " Tavimune on Tuesday, four weeks before the rains that bring malaria are due, the"
            " Lake States Vaccine Fund announced.",
            "The campaign began in February at 1,460 posts, some of them boats. Three doses"
            " are given a month apart and a fourth after a year; 88% of the children who had"
            " the first dose have come back for the second.",
            "In the trial on which approval rested, Tavimune prevented 71% of cases in the"
            " first season and 55% in the next. Fever on the evening after the injection was"
            " common, and seizures were seen in one child of 9,000.",
            "Keeping the doses cold is the hardest part. The fund has bought 2,300 boxes that"
            " hold ice for nine days, and drivers report the temperature of each by telephone"
            " every morning.",
            "The maker sells the vaccine for $3.20 a dose. Money for 2027 is promised, said"
            " the director of the fund, Amadi Okoro-Lind, but for the two years after that"
            " $140 million is missing.",
        ),
    ),
    "zh": (
        _base(
            "zh",
            "澜舟生物恩罗西单抗治疗重度哮喘Ⅲ期研究达到终点",
            "11月16日，澜舟生物宣布，其自主研发的恩罗西单抗注射液治疗重度嗜酸粒细胞性哮喘的Ⅲ"
            "期临床研究达到主要终点。公司计划于2027年第一季度递交上市申请。",
            "该研究在全国52家医院开展，共入组396例成人患者，按2比1随机接受恩罗西单抗或安慰剂治"
            "疗，每四周皮下注射一次，疗程52周。",
            "结果显示，恩罗西单抗组年化急性发作率为0.48次，安慰剂组为1.37次，降幅达65%。第一秒"
            "用力呼气容积平均改善210毫升，口服激素的日剂量中位数由10毫克降至2.5毫克。",
            "不良反应以注射部位红肿和咽痛为主，发生率分别为8.6%和6.2%，未见过敏性休克病例。两"
            "组因不良反应停药的比例相近。",
            "牵头研究者、临溪市第一医院呼吸科主任贺兰舟说，国内重度哮喘患者长期依赖口服激素，"
            "骨质疏松和感染问题突出，新的选择能让一部分人把激素停下来。他同时提醒，研究没有纳"
            "入十八岁以下的患者，儿童用药仍需等待后续数据。",
        ),
        _base(
            "zh",
            "望舟一家药包材企业发生火情 多地预灌封注射器供应趋紧",
            "10月30日凌晨，望舟市开发区一家药用玻璃企业的退火车间起火，明火于当日上午被扑灭，没有人员伤亡。"
            "该企业为国内三十多家药企供应预灌封注射器，年产能约1.8亿支。",
            "企业负责人介绍，两条生产线受损，占总产能的四成，修复至少需要十周。目前库存约900万"
            "支，按合同优先保障疫苗和胰岛素类产品。",
            "受此影响，已有三家疫苗企业下调了四季度的批签发计划。南桥一家生产肝素制剂的公司表"
            "示，手里的包材只够用到12月初，正在联系境外供应商。",
            "更换包材并不是换一个供货商那么简单。按照规定，直接接触药品的包装材料变更需要做相"
            "容性研究和稳定性考察，即使走备案路径，也要数月时间。",
            "一位从事供应链管理二十年的业内人士说，行业里对独家供应的风险谈了很多年，真正建立"
            "第二供应商的企业不到三成。这一次，账单送到了门口。",
        ),
        _base(
            "zh",
            "松岚制药子公司洛替芬片通过一致性评价 为该品种第三家",
            "松岚制药11月9日晚公告，全资子公司松岚宁远收到国家药监部门核准签发的补充申请批准通"
            "知书，洛替芬片（规格25毫克）通过仿制药质量和疗效一致性评价，为国内该品种第三家过"
            "评企业。",
            "洛替芬片用于缓解类风湿关节炎和强直性脊柱炎引起的疼痛，属于国家医保乙类品种。行业"
            "数据库显示，2025年该品种在城市公立医院的销售额约为5.7亿元，同比下降3.2%。",
            "公告称，公司对洛替芬片一致性评价累计投入研发费用1136万元。生物等效性试验在北川市"
            "第二人民医院完成，餐前、餐后两项试验共纳入64名健康受试者。",
            "按照现行规则，同品种达到一定数量的企业过评后，未通过的品种将不再选用。公司认为，"
            "洛替芬片过评有利于参加后续的药品集中采购，对当期业绩没有重大影响。",
            "公司同时提示，药品销售容易受到政策、招标和市场环境变化的影响，存在不确定性，请投"
            "资者谨慎决策，注意防范投资风险。",
        ),
        _base(
            "zh",
            "东澜试点慢病长处方“一方六十天” 首月开出四万张",
            "从10月起，东澜省在九个市试点把慢性病长处方的时限由三十天延长到六十天。省卫生健康"
            "部门昨日公布，首月共开出六十天处方4.1万张，涉及患者3.6万人。",
            "试点覆盖高血压、糖尿病、慢性阻塞性肺病等12个病种，病情稳定满半年、两次复诊指标没"
            "有明显波动的患者可以申请。麻醉药品、精神药品和抗菌药物不在范围之内。",
            "在临溪市城南社区卫生服务中心，全科医生白晓峰算了一笔账：原来一位老病人一年要来开"
            "十二次药，现在六次，省下来的门诊时间用于电话随访。",
            "药师的担心在另一头。六十天的药拿回家，胰岛素要冷藏，片剂要防潮，换药之后旧药怎么"
            "处理都要讲清楚。试点要求药房首次发药时当面指导，并在第三十天回访一次。",
            "医保部门表示，长处方费用不计入次均费用考核，基层机构不必担心超标。试点到明年9月结"
            "束，届时将评估浪费情况和血压、血糖的控制率。",
        ),
        _base(
            "zh",
            "细胞治疗产品赛安仑赛开出首张处方 定价九十八万元",
            "11月13日，首张赛安仑赛注射液的处方在东澜医科大学附属肿瘤医院开出，患者是一位五十"
            "七岁的多发性骨髓瘤患者，此前已接受过四线治疗。这是国内第七款获批的细胞治疗产品。",
            "生产企业云庭细胞公布的价格为每例98万元，比已上市的同类产品低约两成。公司称，降价"
            "主要来自病毒载体自产和制备周期缩短，从采血到回输平均需要19天。",
            "支撑上市的单臂研究纳入112例患者，总缓解率为91%，其中完全缓解率64%，中位随访15.8个"
            "月时仍有七成患者维持缓解。三级以上细胞因子释放综合征的发生率为5.4%。",
            "支付仍是最大的门槛。赛安仑赛目前未纳入医保，已有46个城市的普惠型商业保险将其列入"
            "特药目录，报销比例从三成到七成不等。公司另与两家保险机构推出按疗效付费方案，用药"
            "三个月未缓解的患者可退回一半药费。",
            "全国具备回输资质的医院目前有28家，公司计划年内增加到40家，重点补上西部地区的空白。",
        ),
        _base(
            "zh",
            "北川港口扣下一批涉嫌掺假的鹿茸片 抽样检出牛皮胶成分",
            "北川海关与当地药品监管部门近日联合查获一批涉嫌掺假的鹿茸片，共计214公斤，货值约360万元。"
            "抽取的18份样品中，有11份检出牛皮源性成分。",
            "据介绍，这批货物由一家注册不足半年的贸易公司申报进口，单证上的产地与包装标签不一"
            "致，引起查验人员注意。样品送检后，实验室用基因条形码方法比对，两天内给出结果。",
            "药材专家韦若川解释，把皮胶压成薄片再染色，外观可以做到九分像，靠眼看手摸很难分辨。"
            "鹿茸片价格近三年涨了六成，利润驱使下造假手段也在翻新。",
            "目前，货物已全部封存，涉事公司负责人被立案调查。监管部门同时对辖区内57家中药材经"
            "营户开展排查，未发现同批货物流入药店。",
            "监管部门提醒，消费者购买贵细药材应当选择有资质的经营企业，保留票据，不要轻信网络"
            "直播间里的低价货源。",
        ),
        _base(
            "zh",
            "穗安医疗连续血糖监测仪获批 传感器可佩戴二十一天",
            "11月6日，穗安医疗宣布其第二代连续葡萄糖监测系统“糖迹二代”获批上市。传感器贴在上"
            "臂后侧，可连续佩戴21天，每三分钟上传一次读数，无需指血校准。",
            "临床试验在8家医院进行，共有286名糖尿病患者参加。与静脉血检测结果相比，平均绝对相"
            "对偏差为8.3%，低血糖区间的报警准确率为92%。",
            "穗安医疗首席执行官罗屿介绍，“糖迹二代”的电池和芯片全部由国内供应商提供，单枚传"
            "感器成本下降四成，零售价定为268元。第一代产品将于明年6月停产，已售设备继续提供服"
            "务。",
            "国内使用连续血糖监测的患者约有三百万人，渗透率不到3%。内分泌科医生普遍认为，价格"
            "之外，医生有没有时间看懂曲线同样关键，公司为此开发了供门诊使用的一页式报告。",
            "数据安全也受到关注。公司表示，用户数据保存在境内服务器，未经本人同意不向第三方提供。",
        ),
        _base(
            "zh",
            "流感疫苗接种进度过半 南桥多家门诊周末不打烊",
            "南桥市疾控中心昨日通报，截至11月15日，全市本季累计接种流感疫苗72.6万剂，完成计划"
            "的58%，比去年同期快了9个百分点。",
            "六十岁以上老人和在校学生仍可免费接种三价灭活疫苗，其他人群自费，四价疫苗每剂128元，"
            "鼻喷减毒活疫苗每剂319元，后者适用于3至17岁人群。",
            "为方便上班族，全市有43家接种门诊在周末开放，预约平台每晚八点放号。记者上周六在青"
            "石巷门诊看到，从登记到留观结束大约需要五十分钟。",
            "监测显示，南桥近两周流感样病例占门诊总数的4.7%，略高于前三年同期，流行株以甲型"
            "H3N2亚型为主，与疫苗组分匹配良好。专家预计，高峰将在元旦前后到来。",
            "疾控中心提示，接种后约两周才能产生足够的抗体，发热或慢性病急性发作期间应暂缓接种，"
            "对疫苗成分有严重过敏史的人不宜接种。",
        ),
    ),
}

SECOND = {
    "en": {
        "Quelsotinib Meets": (
            "A few more months for people with bile duct tumours",
            "There has been little good news about tumours of the bile ducts since"
            " chemotherapy became standard. Now a tablet from China may change that. Added to"
            " the usual drip, Chengxu's quelsotinib kept patients alive for close to seventeen"
            " months, nearly five longer than the drip alone.",
            "More than six hundred people on three continents took part. Blood counts suffered"
            " in almost one out of five, though few gave up because of it, and much of the"
            " care could be given outside hospital.",
            "Filing in Beijing is planned for early next year. What American reviewers will"
            " make of it is open: they tend to ask for more patients of their own, says a"
            " consultant who advises rival firms.",
        ),
        "Recall of Lisorvan": (
            "Check your blood pressure pills: pink ones may be twice as strong",
            "People in Norland who take a common tablet for high blood pressure should have a"
            " look into the box tonight. In some strips made by Brennhavn, the stronger sort"
            " has slipped in among the weaker.",
            "Colour gives it away. White is right, pink is wrong, and whoever swallowed the"
            " wrong one could turn giddy on getting out of bed. Chemists swap the box free of"
            " charge, and nobody ought to quit the treatment without asking first.",
            "Fewer than ten thousand boxes left the wholesaler this autumn, all marked BH6114."
            " How the mix-up came about is being examined; the packing line had been rebuilt"
            " in August, one employee recalls.",
        ),
        "Agency approves dorvacept": (
            "Norland clears Fjordane's monthly shot for aching joints",
            "Fjordane Pharma won its first marketing authorisation for Emvarra on Friday."
            " Adults whose rheumatism does not yield to methotrexate may now have the"
            " injection, which is needed just once every month.",
            "Half of the patients in the pivotal trials felt markedly better by the sixth"
            " month, twice as many as on dummy shots, and their joints looked healthier on"
            " pictures taken later on.",
            "Colds and sore skin were the price. Carriers of tuberculosis are excluded, so a"
            " test comes first. Brussels is next to decide; investors lifted the shares by"
            " four per cent in the afternoon.",
        ),
        "Fjordane Pharma Completes": (
            "Kestrel takes over cough drops and plasters in €410 million deal",
            "It is done: the household goods group Kestrel owns the vitamins, lozenges and"
            " sticking plasters that were sold under the Fjordane name for sixty years."
            " Payment came in full on Thursday.",
            "More than five hundred workers, most of them in Lillesand, change employer"
            " without losing pay or pension. Their union had feared for the site until Kestrel"
            " promised to keep it going for at least six years.",
            "For the seller, cash matters more than lozenges. Debt taken on last winter will"
            " be cleared, and trials of an arthritis antibody are paid for. Bankers reckon a"
            " takeover of the slimmed-down firm is now likelier.",
        ),
        "FDA turns away": (
            "No American licence yet for ear gene treatment",
            "Hopes that deaf children in the United States could soon be treated with Ushelvec"
            " were dashed this week. Washington's regulator wants problems at a supplier in"
            " Port Ellery put right before it looks again.",
            "Among other things, inspectors found that an alarm on a cold store had been off"
            " for more than a week and that paperwork was missing. Nothing in the rejection"
            " concerns how well the treatment works.",
            "For Corvane, whose market value shrank by almost a third overnight, recruitment"
            " is frozen. Families in Europe are unaffected, since material for them is"
            " produced elsewhere.",
        ),
        "Insulin pens run short": (
            "Blaze at Nordquay depot: what people with diabetes need to know",
            "Flames took an entire drug depot at the edge of town last weekend, and with it"
            " one brand of pre-filled insulin. Customers of pharmacies as far as the coast"
            " will feel it for weeks.",
            "Hartwell is working around the clock to replace what burned, and a cargo plane"
            " from Toronto is expected on Thursday. Until stocks recover, syringes and small"
            " bottles have to do; nurses offer practice sessions at every district hospital.",
            "A battery being loaded beside a wooden pallet seems to have been the cause,"
            " firefighters say. Nordquay's insurer puts the loss at nine million euros.",
        ),
    },
    "zh": {
        "砚池药业杏参替尼片": (
            "胆管癌患者等来国产靶向药，专家：别忘了先做基因检测",
            "手术机会不多、化疗失败后几乎无药可换，这是肝内胆管癌病人过去的处境。本周，一款由"
            "江苏企业研制的口服小分子药拿到了“准生证”。",
            "数据来自国内四十多家医院。吃药的病人肿瘤稳住的时间接近七个月，没吃药的还不到三个"
            "月；三分之一以上的人病灶明显缩小。血磷升高最常见，少吃高磷食物、配合药物多能控制。",
            "不过，并非人人适用。只有携带特定融合基因的患者才可能获益，这类人大约占一成半。多"
            "位肿瘤科医生建议，确诊时就把检测做完，以免耽误。药房预计下月到货，价格尚未公布。",
        ),
        "第十二批国家集采": (
            "新一轮带量采购放出风声：低于均价太多要写“说明书”",
            "又到药企算账的时候。接近政策制定的人士透露，下一批集中带量采购的文件草案已经发到"
            "企业手中，意见收集到本月二十日结束。",
            "最受关注的是不再鼓励“地板价”。谁的报价明显偏离同行，谁就得解释原料、人工各花了"
            "多少。另一处改动是把选厂家的权力部分交还给医院，量报给谁就归谁。",
            "质量上也加了一道闸：近两年被抽检出问题的，要先证明整改到位。为防断供，每个地区备"
            "选厂家从一家变成两家。有券商据此判断，价格降幅会比上一批温和。",
        ),
        "东澜省药品监督管理局关于发布": (
            "五批药抽检不过关，东澜康禾一家占了两个",
            "含量不够、水分超标、针剂里有异物……东澜药监部门周一晒出最新一期“黑榜”，四家生产单位上榜。",
            "值得注意的是，本地企业康禾制药的片剂和口服液双双被点名，前者正是一周前宣布召回的"
            "那个批次。两家饮片厂的问题则出在山楂和陈皮上，其中南桥那家本月初刚被责令停产。",
            "监管人员说，问题产品已经下架封存，案件另行处理，企业须在下月中旬之前交出整改报告。"
            "市民家中若有同批号药品，可联系购药的药店办理退货。",
        ),
        "澜舟生物恩罗西单抗": (
            "打一针管四周，国产哮喘生物药交出大考成绩单",
            "对许多喘得厉害的病人来说，激素是救命药，也是包袱。一款国产抗体药的最终阶段试验给"
            "出了答案：发作次数少了近三分之二，激素用量减到原来的四分之一。",
            "参加试验的近四百名成年人来自五十多家医院，观察时间整整一年。肺功能也有改善，打针"
            "处发红、嗓子疼是最多的抱怨，没有人出现严重过敏。",
            "东家澜舟表示，明年开春就去排队报批。同一靶点的进口药已有两款在国内销售，年费用都"
            "在五万元以上。分析师认为，价格战会在2028年前后打响，孩子能不能用则要另做试验。",
        ),
        "望舟一家药包材企业": (
            "一场火烧出供应链短板：注射器成了紧俏货",
            "没有人想到，卡住疫苗出货的会是一支小小的玻璃管。月底那场车间火灾之后，国内不少药"
            "厂的采购经理开始满世界找货。",
            "失火的是望舟当地的龙头，出事的产线差不多占了它产量的一半，恢复要等到明年一月以后。"
            "仓库里剩下的先给打疫苗的和糖尿病人用，其余客户只能排队。",
            "换一家行不行？难。玻璃、胶塞和药液合不合得来，要做长时间试验，监管审查也不能省。"
            "欧洲的两家大厂已经接到询价，报价涨了两成，交货期最快也要到春天。",
        ),
        "细胞治疗产品赛安仑赛": (
            "不到百万的“抗癌针”来了，普通人用得起吗",
            "又一款把病人自己的免疫细胞改造后再输回去的药进入医院。上周五，东澜一名骨髓瘤病人"
            "成为它上市后的第一位使用者，他之前的四种方案都失败了。",
            "云庭细胞把价格压到百万元以内，靠的是自己造载体，等待时间也压缩到不足三周。公开的"
            "试验里，一百多人中九成有效，六成多查不到病灶，严重的炎症风暴约二十人中有一例。",
            "钱从哪里来？国家医保暂时不管，各地惠民保能出一部分，多的七成，少的三成。还有一种"
            "玩法是没效果退一半。有医生提醒，能做这种治疗的医院全国只有二十多家，路费和住院费"
            "也要算进去。",
        ),
    },
}
"""Second reports of the same events in wholly other words, title first, by how the article's title begins."""

DRUGS = {
    "en": (
        (("quelsotinib", "CXB-118"), (("meldarutib", "HVT-402"), ("orbecitinib", "RKN-733"))),
        (("tamorvimab",), (("selbatuzumab",), ("irvokibart",))),
        (("Lisorvan",), (("Cardolen",), ("Pentaril",))),
        (("dorvacept", "Emvarra"), (("fenlubart", "Joyvanta"), ("mirzolept", "Alquesta"))),
        (("Ushelvec",), (("Cochlanto",), ("Audigenta",))),
        (("Veldrina",), (("Myolessa",), ("Femarisol",))),
        (("Sollevin",), (("Glucanta",), ("Insudore",))),
        (("Pirastol",), (("Airvexa",), ("Bronclear",))),
        (("Tavimune",), (("Malprevio",), ("Parasafe",))),
    ),
    "zh": (
        (("杏参替尼",), (("盐酸沃伦替尼",), ("桑洛替尼",), ("匹米替尼",))),
        (("恩罗西单抗",), (("维曲奇单抗",), ("泰莫瑞单抗",), ("舒洛利单抗",))),
        (("洛替芬",), (("双美辛",), ("依托罗昔",), ("萘丁酮",))),
        (("赛安仑赛",), (("瑞奇仑赛",), ("泽沃基奥仑赛",), ("安可仑赛",))),
        (("鹿茸片",), (("海马粉",), ("西红花",), ("麝香仁",))),
    ),
}
"""Names of medicines in the articles, and others that may stand in their place."""

EVERYDAY = {
    "en": "however certain other recent early later nearly often again still local public large small broad clear"
    " simple common usual whole further around toward during among across beyond people group work year month"
    " place point matter reason result change effort record number view team start turn hold keep bring give"
    " show find make take seem remain follow reach allow offer expect suggest consider indeed perhaps moreover",
    "zh": "目前 已经 进行 部分 相关 其他 情况 方面 进一步 同时 此外 因此 可能 需要 提供 继续 主要 一般 通常"
    " 认为 之后 之前 以及 对于 关于 左右 不断 得到 发现 出现 影响 过程 重要 明显 有关 整体 一些 这些"
    " 那么 也 还 又 就 都 将 被 把 从 在 向",
}
GENERAL = {language: words.split() for language, words in EVERYDAY.items()}
"""Everyday words that edits put in."""

LEADS = {
    "en": (
        "GENEVA (Harbour Health Desk), Thursday -- It was another busy day for makers of medicines."
        " Here is one of the announcements that our readers asked about.",
        "PORT ELLERY | Staff report -- Drug makers and their regulators seldom rest in autumn."
        " The following reached our newsroom before noon.",
        "LONDON (Pillbox News) -- Shares in the health sector opened a little higher."
        " One item stood out among the morning's releases, and we pass it on below.",
        "BASEL, from our correspondent -- Every week brings dozens of notices from industry."
        " We have picked this one because of the interest it is likely to raise among hospital pharmacists.",
    ),
    "zh": (
        "【晨间药讯】本网北京消息 医药行业本周消息不断，编辑部为您选出其中值得留意的一条，全文如下。",
        "（记者 何晓棠 发自南京）秋冬之交，药企与监管部门都进入忙碌期，以下内容来自有关方面今天上午的通报。",
        "药界早参上海讯：近来读者多次来信询问这一领域的进展，小编整理了最新信息，供大家参考。",
        "健康周报综合消息 每逢年底，医药圈的大事小情总是格外多，今天我们一起来看看下面这则新闻。",
    ),
}
"""What another outlet puts before a text."""

TAILS = {
    "en": (
        "Readers who wish to comment can write to the desk; letters may be shortened. Our next"
        " bulletin appears on Monday morning.",
        "This item was edited for our pages by the night shift. Prices of shares are those of"
        " the close, and we hold no stake in any firm named here.",
        "For background, see our dossier on how medicines are tested, licensed and paid for, which is updated"
        " every quarter by a panel of volunteers.",
    ),
    "zh": (
        "想了解更多行业动态，欢迎关注本刊每周五的专栏。读者来信请寄编辑部，来稿一经采用即付稿酬。",
        "本文由夜班编辑整理，文中观点不代表本网立场，股价以收盘时为准，市场有风险，投资须谨慎。",
        "延伸背景：有关药品研发、审评和支付的常见问题，可查阅本网知识库，由志愿者每季度更新一次。",
    ),
}
"""What another outlet puts after a text."""

HEADLINES = {
    "en": (
        "In brief: news from the industry",
        "What happened in health today",
        "Morning bulletin, first item",
        "One to watch for hospital pharmacists",
        "From the wires: what was announced",
        "The story everybody is talking about",
    ),
    "zh": (
        "医药圈又有大消息",
        "行业快报：今天值得关注的一件事",
        "刚刚公布，业内人士这样看",
        "一文读懂最新进展",
        "健康早班车第一条",
        "编辑精选：药界要闻",
    ),
}
"""Titles that another outlet may give to any text."""

SOUNDS = {
    "的": "de",
    "当": "dāng",
    "行": "xíng",
    "重": "zhòng",
    "为": "wéi",
    "分": "fēn",
    "产": "chǎn",
    "药": "yào",
    "期": "qī",
    "者": "zhě",
    "中": "zhōng",
    "上": "shàng",
    "品": "pǐn",
    "用": "yòng",
    "应": "yīng",
    "家": "jiā",
    "公": "gōng",
    "司": "sī",
    "示": "shì",
    "要": "yào",
    "疗": "liáo",
    "治": "zhì",
    "能": "néng",
    "已": "yǐ",
    "发": "fā",
    "得": "dé",
}
"""How characters sound, as copying sites write it in brackets behind them."""
