"""Words of the generated archive: common ones as they are, thousands more built from syllables and characters."""

from __future__ import annotations

from itertools import product
from random import Random

SEED = 20_261_123
"""The vocabulary is the same in every run, whatever the seed of the articles."""


def listed(words: str) -> list[str]:
    """The words one by one."""
    return words.split()


EN_TOP = (
    ("the", 62),
    ("of", 33),
    ("and", 29),
    ("in", 27),
    ("to", 26),
    ("a", 22),
    ("for", 12),
    ("with", 11),
    ("that", 9),
    ("is", 8),
    ("was", 7),
    ("on", 7),
    ("by", 7),
    ("as", 7),
    ("from", 6),
    ("at", 5),
    ("said", 5),
    ("were", 5),
    ("it", 5),
    ("be", 5),
    ("an", 4),
    ("are", 4),
    ("has", 4),
    ("this", 4),
    ("its", 4),
    ("or", 4),
    ("which", 3),
    ("not", 3),
    ("have", 3),
    ("will", 3),
)
"""In a thousand words of running text, roughly."""

EN_FUNCTION = listed("""
been after than also more who had their but may other one two new first all during between through into over
they would can about up when could three most some these there we our out no if per each both those while
only under before such before four against among since against what he she his her them then so just because
however where still around did do does being very any many much few several later early last next next year
years month months week weeks day days now today yesterday earlier recently already yet further least less
half part five six seven eight nine ten second third another same different using used based including
according within without across until despite although whether either neither nor though once again almost
about nearly even ever never always often sometimes soon far near above below along behind beyond upon
toward how why whose whom itself themselves us you your my me him made make take taken given give get got
show shown
""")

EN_PHARMA = listed("""
trial patients phase approval FDA drug treatment study data clinical company therapy disease cancer results
dose safety efficacy endpoint placebo treated agency regulator vaccine cohort arm survival response rate
risk medicine medicines antibody cell gene tumour tumor oncology immunotherapy inhibitor receptor protein
molecule compound candidate pipeline biotech pharma pharmaceutical biopharmaceutical market sales revenue
billion million shares stock investors deal agreement licence license royalty milestone upfront payment
acquisition merger buyout offering funding round venture partner partnership collaboration rights territory
launch label labeling indication orphan designation breakthrough fast track priority review advisory
committee panel vote application submission filing complete response letter rejection hold recall warning
inspection plant manufacturing supply shortage batch quality impurity generic biosimilar patent exclusivity
litigation court settlement price pricing reimbursement insurer payer Medicare hospital physician doctor
nurse pharmacy prescription injection tablet capsule infusion subcutaneous oral intravenous weekly daily
monthly dosing adverse events serious toxicity liver cardiac kidney lung breast prostate colorectal
pancreatic ovarian gastric lymphoma leukemia myeloma melanoma glioblastoma diabetes obesity insulin glucagon
peptide hypertension stroke asthma psoriasis lupus arthritis eczema Alzheimer Parkinson epilepsy migraine
depression schizophrenia pain opioid infection antibiotic antiviral hepatitis influenza malaria tuberculosis
RSV HIV COVID mRNA CRISPR CAR-T PD-1 HER2 EGFR KRAS GLP-1 ADC biomarker diagnostic assay screening mutation
relapse remission progression refractory metastatic advanced recurrent adjuvant maintenance combination
monotherapy chemotherapy radiation surgery transplant enrollment enrolled randomized double-blind open-label
multicentre centres sites baseline follow-up median interim analysis significant statistically confidence
interval hazard ratio primary secondary objective durable tolerability profile discontinued guidance quarter
earnings forecast analysts executive chief officer president founder director board research scientists
laboratory university institute center EMA NMPA MHRA CDC WHO NIH European Commission Japan China Europe
Germany Switzerland Boston Shanghai Beijing statement announced reported presented published conference
abstract journal regulators guidelines policy tariff
""")

EN_LEADS = (
    "in patients with",
    "in adults with",
    "people living with",
    "for the treatment of",
    "in the treatment of",
    "adults and children with",
    "a new option for",
    "in a trial of",
)
EN_GROUPS = (
    "advanced disease",
    "solid tumours",
    "type 2 diabetes",
    "chronic kidney disease",
    "breast cancer",
    "lung cancer",
    "multiple myeloma",
    "heart failure",
    "high blood pressure",
    "atopic dermatitis",
    "severe asthma",
    "ulcerative colitis",
    "rare genetic disorders",
    "early Alzheimer's disease",
    "plaque psoriasis",
    "chronic hepatitis B",
)
EN_BODIES = ("the company", "the agency", "the regulator", "the board", "the two companies", "a spokesperson")
EN_ACTS = (
    "said in a statement",
    "said on Monday",
    "said on Thursday",
    "declined to comment",
    "is expected to decide",
    "did not disclose financial terms",
    "plans to file for approval",
    "expects results next year",
    "has agreed to pay",
    "will present the data",
    "raised its full-year guidance",
    "cut its full-year guidance",
)
EN_SAYINGS = (
    "according to a statement",
    "according to people familiar with the matter",
    "met its primary endpoint",
    "failed to meet its primary endpoint",
    "a statistically significant improvement",
    "compared with placebo",
    "progression-free survival and overall survival",
    "the most common side effects were",
    "no new safety signals were seen",
    "the Food and Drug Administration",
    "the European Medicines Agency",
    "the National Medical Products Administration",
    "a complete response letter",
    "granted breakthrough therapy designation",
    "accepted for priority review",
    "in the first half of the year",
    "in the third quarter of the year",
    "by the end of the year",
    "an upfront payment of",
    "milestones and tiered royalties",
    "the exclusive rights to develop",
    "outside of mainland China",
    "a late-stage clinical trial",
    "a randomized double-blind study",
    "the data monitoring committee",
    "shares rose in early trading",
    "shares fell in early trading",
    "chief executive officer said",
    "chief medical officer said",
    "on track to report",
    "well tolerated at all doses",
    "the standard of care",
    "an unmet medical need",
    "at the annual meeting of",
    "results were published in",
    "more than half of the patients",
)

ZH_TOP = (
    ("的", 60),
    ("在", 15),
    ("和", 14),
    ("了", 11),
    ("为", 10),
    ("是", 10),
    ("与", 9),
    ("将", 8),
    ("对", 8),
    ("等", 8),
    ("中", 7),
    ("年", 7),
    ("及", 6),
    ("月", 6),
    ("日", 6),
    ("有", 6),
    ("一", 5),
    ("也", 5),
    ("并", 5),
    ("其", 5),
)
ZH_FUNCTION = listed("""
或 以 于 不 由 上 下 从 到 向 被 把 可 已 均 该 此 这 那 个 种 项 家 例 名 次 位 更 最 还 又 就 都 而 但 且
则 若 如 因 所 之 以及 通过 进行 其中 目前 同时 此外 因此 由于 对于 关于 根据 按照 随着 为了 可以 可能 能够
已经 正在 仍然 尤其 包括 主要 相关 我们 他们 自己 一个 这些 那些 没有 不是 如果 虽然 然而 不过 另外 之后
之前 期间 以来 左右 超过 不足 约为 达到 成为 表示 认为 指出 显示 介绍 提出 要求 需要 开展 完成 实现 提高
降低 增加 减少 推动 加强 促进 支持 影响 作用 方面 情况 问题 工作 方式 今年 去年 近日 日前 今日 昨日 未来
当前 首次 首个 全球 国内 国际 我国 中国 美国 欧洲 日本 北京 上海 深圳 广州 苏州 杭州 成都 武汉
""")
ZH_PHARMA = listed("""
患者 药物 治疗 临床 试验 药品 批准 上市 研究 公司 疾病 肿瘤 癌症 疫苗 抗体 细胞 基因 蛋白 受体 靶点 抑制剂
激动剂 单抗 双抗 疗效 安全性 有效性 剂量 终点 对照 安慰剂 随机 双盲 多中心 入组 随访 中位 生存期 缓解率
不良反应 副作用 毒性 耐药 复发 转移 晚期 早期 一线 二线 联合 单药 化疗 放疗 免疫 靶向 手术 移植 诊断 检测
筛查 标志物 突变 肺癌 肝癌 胃癌 乳腺癌 结直肠癌 白血病 淋巴瘤 骨髓瘤 黑色素瘤 糖尿病 肥胖 高血压 心衰 中风
哮喘 银屑病 红斑狼疮 关节炎 湿疹 特应性皮炎 阿尔茨海默病 帕金森 癫痫 抑郁 肝炎 流感 新冠 结核 疟疾 艾滋病
感染 抗生素 抗病毒 胰岛素 减重 多肽 小分子 核酸 干细胞 仿制药 创新药 原研药 生物类似药 中药 中成药 中药材
原料药 制剂 注射液 片剂 胶囊 颗粒 口服 皮下 静脉 医院 医生 医师 护士 药店 药房 处方 医保 集采 目录 谈判 价格
支付 报销 采购 中标 招标 配送 流通 监管 审评 审批 受理 申请 注册 备案 许可 优先审评 突破性疗法 孤儿药 附条件
说明书 适应症 召回 检查 飞检 处罚 整改 质量 生产 工厂 产能 车间 批次 杂质 标准 药典 专利 诉讼 和解 授权 引进
合作 协议 首付款 里程碑 销售额 分成 收购 并购 融资 上市公司 股份 股票 股价 投资者 投资 基金 估值 市场 营收
净利润 同比 增长 下降 季度 半年报 年报 业绩 预告 公告 董事会 股东 总经理 董事长 首席 执行官 研发 管线 平台
技术 产业 企业 园区 政策 意见 办法 通知 条例 规定 方案 试点 改革 器械 耗材 试剂 影像 数字 人工智能 数据 论文
期刊 大会 年会 专家 教授 院士 大学 研究所 实验室 团队 发布 宣布 获得 获批 启动 推进 布局 出海 国产 进口
""")
ZH_BODIES = listed("""
国家药品监督管理局 国家医疗保障局 国家卫生健康委员会 药品审评中心 美国食品药品监督管理局 欧洲药品管理局
省药品监督管理局 上海证券交易所 深圳证券交易所 香港联合交易所
""")
ZH_ACTS = listed("""
发布公告称 近日发布通知 正式批准上市 受理上市申请 授予突破性疗法认定 纳入优先审评 公开征求意见
同意开展临床试验 组织开展专项检查
""")
ZH_GROUPS = listed("""
晚期非小细胞肺癌 复发难治性多发性骨髓瘤 中重度斑块状银屑病 2型糖尿病 慢性肾脏病 慢性乙型肝炎 转移性乳腺癌
系统性红斑狼疮 中重度特应性皮炎 原发性高血压 轻度认知障碍 弥漫大B细胞淋巴瘤
""")
ZH_ENDS = listed("""
患者的治疗 患者的总生存期 患者的临床研究 领域的新药研发 的发病率逐年上升 适应症获得批准 人群的用药需求
的三期临床试验
""")
ZH_SAYINGS = listed("""
股份有限公司 有限责任公司 生物医药产业 达到主要研究终点 具有统计学显著性差异 总体安全性良好
未发现新的安全性信号 一类创新药 药品上市许可持有人 国家医保药品目录 带量采购中选结果 临床试验默示许可
随机双盲安慰剂对照 归属于上市公司股东的净利润 较上年同期增长 本次交易金额 不构成投资建议
敬请广大投资者注意投资风险 药品生产质量管理规范 仿制药质量和疗效一致性评价 首付款和里程碑付款
大中华区独家权益 抗体偶联药物 细胞与基因治疗 真实世界研究 高质量发展 产业链供应链 公立医院改革 医疗机构
""")

SYLLABLES = tuple(
    "".join(pair) for pair in product(listed("b c d f g l m n p r s t v z br dr pl st tr"), "aeiou")
)
CODAS = ("", "", "n", "r", "l", "s", "x", "ct", "nt", "m")
DRUG_ENDS = ("tamib", "lisant", "vorel", "quinor", "zumet", "pargin", "mavex", "cirone")
FIRM_ENDS = ("Therapeutics", "Biosciences", "Pharma", "Medicines", "Biologics", "Laboratories")
ZH_DRUG_ENDS = ("单抗", "片", "胶囊", "注射液", "替尼", "颗粒")
ZH_FIRM_ENDS = ("生物", "医药", "制药", "药业", "医疗", "基因")
MONTHS = listed("January February March April May June July August September October November December")

NAMES = 100_000
"""How many different medicines, firms and persons there are in each language."""


def gb2312(first: int, last: int) -> list[str]:
    """The characters in these rows of the Chinese character set: 0xB0-0xD7 are the common ones."""
    places = [bytes((row, cell)) for row in range(first, last + 1) for cell in range(0xA1, 0xFF)]
    return [sign for place in places if (sign := place.decode("gb2312", "ignore"))]


def en_coined(count: int) -> list[str]:
    """Words that are no words, all different."""
    random = Random(SEED)
    found: dict[str, None] = {}
    while len(found) < count:
        word = "".join(random.choices(SYLLABLES, k=random.choice((2, 2, 3, 3, 4)))) + random.choice(CODAS)
        found[word] = None
    return list(found)


def zh_coined(count: int) -> list[str]:
    """Words of one to four characters, a few hundred of the characters much more often than the others."""
    random = Random(SEED)
    signs = gb2312(0xB0, 0xD7)
    random.shuffle(signs)
    weights = [1 / (rank + 20) for rank in range(len(signs))]
    found: dict[str, None] = dict.fromkeys(signs[: count // 8])
    while len(found) < count:
        size = random.choice((2, 2, 2, 2, 3, 4))
        found["".join(random.choices(signs, weights, k=size))] = None
    return list(found)


def en_name(number: int) -> str:
    """A name of three syllables and an end of its own for each number below NAMES."""
    mixed = number * 48_271 % 857_375
    first, second, third = mixed // 9_025, mixed // 95 % 95, mixed % 95
    return SYLLABLES[first] + SYLLABLES[second] + SYLLABLES[third]


ZH_NAME_SIGNS = gb2312(0xB0, 0xD7)[::40]


def zh_name(number: int) -> str:
    """A name of three characters."""
    base = len(ZH_NAME_SIGNS)
    mixed = number * 48_271 % base**3
    return "".join(ZH_NAME_SIGNS[place] for place in (mixed // base**2, mixed // base % base, mixed % base))


def en_figures() -> list[str]:
    """Numbers, shares, sums and dates as they stand in English news."""
    random = Random(SEED)
    made = [str(random.randint(2, 2_000)) for _ in range(500)]
    made += [f"{random.uniform(0.1, 99):.1f}%" for _ in range(500)]
    made += [f"${random.randint(1, 900)} million" for _ in range(300)]
    made += [f"{random.choice(MONTHS)} {random.randint(1, 28)}" for _ in range(250)]
    made += [f"{random.choice(MONTHS)} {random.randint(2019, 2027)}" for _ in range(80)]
    return made + [f"{random.randint(1, 40):,},{random.randint(0, 999):03d}" for _ in range(200)]


def zh_figures() -> list[str]:
    """Numbers, shares, sums and dates as they stand in Chinese news."""
    random = Random(SEED)
    made = [str(random.randint(2, 2_000)) for _ in range(400)]
    made += [f"{random.uniform(0.1, 99):.2f}%" for _ in range(400)]
    made += [f"{random.uniform(0.1, 99):.2f}亿元" for _ in range(300)]
    made += [f"{random.randint(1, 9_000)}万元" for _ in range(200)]
    made += [f"{random.randint(1, 12)}月{random.randint(1, 28)}日" for _ in range(250)]
    return made + [f"{random.randint(2015, 2027)}年" for _ in range(40)]


def en_phrases() -> list[str]:
    """Word sequences of three to seven words that come again and again, the commonest first."""
    made = [f"{lead} {group}" for lead, group in product(EN_LEADS, EN_GROUPS)]
    made += [f"{body} {act}" for body, act in product(EN_BODIES, EN_ACTS)]
    Random(SEED).shuffle(made)
    return [*EN_SAYINGS, *made]


def zh_phrases() -> list[str]:
    """The same in Chinese."""
    made = [body + act for body, act in product(ZH_BODIES, ZH_ACTS)]
    made += [group + end for group, end in product(ZH_GROUPS, ZH_ENDS)]
    Random(SEED).shuffle(made)
    return [*ZH_SAYINGS, *ZH_BODIES, *made]
