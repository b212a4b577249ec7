"""The labels that bylines are written with, as tables: which field each of them opens."""

from __future__ import annotations

# Field -> labels that open it, a colon behind them. "" is a field nobody asked for: it only ends the one before.
COLON_LABELS: dict[str, str] = {
    "source": "信息来源|文章来源|新闻来源|稿件来源|资料来源|内容来源|来源|稿源|出处|转自|摘自|转载自|來源|"
    "文章來源|出典|"
    "Article source|News source|Sources|Source|Quelle|Fuente|Fonte|Источник|Джерело|Źródło|Zdroj|Kaynak|Bron|Källa|"
    "Kilde|출처",
    "author": "文章作者|原作者|作者|撰稿人|撰稿|撰文|撰写|执笔人|执笔|本报记者|本网记者|特约记者|记者|記者|"
    "通讯员|供稿人|供稿|采写|"
    "发布者|发布人|发表人|Written by|Story by|Words by|Text by|Posted by|Published by|Authors|Author|Reporter|By|"
    "Autoren|Autorin|Autor|Auteur|Autore",
    "editor": "责任编辑|責任編輯|值班编辑|本文编辑|本期编辑|编辑|編輯|责编|責編|编审|编校|审核|审校|校对|主编|"
    "初审|复审|终审|"
    "终审编辑|监制|Edited by|Editors|Editor|Reviewed by|Medically reviewed by|Fact checked by|Fact-checked by|"
    "Clinically reviewed by|Redakteur|Redaktion",
    "date": "发布时间|发布日期|发表时间|发表日期|发表于|发布于|发文时间|发文日期|刊发时间|录入时间|添加时间|"
    "添加日期|加入时间|"
    "上传时间|创建时间|编辑时间|公布时间|公开日期|公布日期|时间|日期|時間|日付|発表日|公開日|掲載日|등록|입력|"
    "Release time|Release date|Publish time|Publish date|Published date|Publication date|Published on|Published|"
    "Date published|Date posted|Date published|Post date|Posted on|Posted|Add time|Addtime|Pub date|PubTime|"
    "Time|Date|"
    "Veröffentlicht am|Veröffentlicht|Erstellt am|Datum|Publié le|Publicado el|Publicado em|Publicado|Fecha|"
    "Pubblicato il",
    "modified": "更新时间|更新日期|最后更新|最近更新|修改时间|修改日期|更新于|更新|最終更新日|更新日|수정|"
    "Last updated on|Last updated|Last update|Last modified|Last reviewed|Update time|Updated on|Updated|Modified|"
    "Aktualisiert am|Aktualisiert|Zuletzt aktualisiert|Stand|Mis à jour le|Modifié le|Actualizado|"
    "Atualizado em|Aggiornato",
    "": "浏览次数|浏览量|浏览数|浏览|访问次数|访问量|点击次数|点击数|点击率|点击量|点击|阅读次数|阅读量|阅读数|"
    "阅读|人气|查看次数|"
    "查看|评论数|评论|字号|字体大小|字体|分享到|分享|摄影|图片来源|图源|图片|标签|关键词|关键字|栏目|类别|分类|"
    "所属栏目|文号|索引号|"
    "发布机构|发布单位|发布部门|发文机关|主题分类|有效性|联系人|联系电话|电话|邮箱|地址|字数|用时|时长|"
    "Views|View|Visits|Hits|Clicks|Click|Popularity|Browse|Reads|Font size|Font|Share|Tags|Tag|Category|Categories|"
    "Comments|Reading time|Read time|Photo|Photos|Photo by|Image|Keywords|Topic|Topics|Location|Contact",
}  # fmt: skip

# Words of tools beside a byline that end a value without a colon.
TOOL_WORDS = (
    "字号", "字体", "打印", "浏览", "阅读", "点击", "评论", "分享", "收藏", "举报", "关闭", "我要", "纠错",
    "参与", "大中小",
    "订阅", "次预览", "扫一扫", "出自", "选自", "摘自", "放大", "缩小", "【", "[", "（", "(", "第1页", "T |",
)  # fmt: skip

# Openers of a line that need no colon.
LINE_OPENERS = (
    "written by", "story by", "words by", "by", "von", "par", "por", "di", "door", "av", "af", "autor", "text", "tekst",
    "posted by", "published by", "reported by", "from", "contributed by", "author", "autorin/autor", "autorin",
    "auteur", "autore", "autora", "oleh", "penulis", "yazan", "автор", "od", "napsal", "napsala", "forfatter",
)  # fmt: skip

WEAK_OPENERS = frozenset(("text", "tekst", "from", "author", "autor", "auteur", "autore", "autora", "od"))
"""Openers that are common words too: behind them only full names are believed."""

AGENCIES = frozenset(
    ("associated press", "the associated press", "ap", "associated press writer", "reuters", "afp", "dpa", "apa", "efe",
     "ansa", "agence france-presse", "canadian press", "the canadian press", "press association", "bloomberg",
     "bloomberg news", "staff", "cnn", "bbc", "bbc news", "npr", "cnbc", "nbc news", "abc news", "cbs news",
     "usa today", "upi", "pti", "ians", "ani", "tass", "xinhua", "kyodo", "yonhap", "healthday")
)  # fmt: skip
"""Names that are left out behind those of people, in lower case."""

# What may stand between the first word of a line and "by", where no date is in it: "Words by", "Opinion by".
BEFORE_BY = frozenset(
    ("posted", "published", "written", "reported", "reporting", "article", "articles", "story", "stories", "words",
     "text", "post", "report", "review", "opinion", "analysis", "commentary", "column", "essay", "guest",
     "contributed", "created", "submitted", "authored", "compiled", "updated", "shared", "interview", "blog")
)  # fmt: skip
PASSIVE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
"""In front of "written by" they make a sentence of a line."""

EDITOR_OPENERS = ("medically reviewed by", "clinically reviewed by", "reviewed by", "edited by", "fact checked by",
                  "fact-checked by", "editor")  # fmt: skip

# What may stand where a name should be, and is none.
NOT_NAMES = frozenset(
    [
        "admin",
        "administrator",
        "editor",
        "editors",
        "webmaster",
        "管理员",
        "佚名",
        "未知",
        "网络",
        "匿名",
        "系统管理员",
        "超级管理员",
        "本站",
        "原创",
        "转载",
        "none",
        "null",
        "n/a",
        "记者",
        "通讯员",
        "实习生",
        "编辑",
        "摄影",
        "报道",
        "摄影报道",
        "整合",
        "综合",
        "编译",
        "整理",
        "责编",
        "图",
        "文",
        "摄",
        "unknown",
        "author",
        "staff",
        "小编",
        "作者",
        "互联网",
        "本网",
        "本站原创",
        "undefined",
        "nan",
        "default",
        "anonymous",
        "redaktion",
        "本文",
        "首次",
        "文章",
        "原文",
        "最后",
        "最近",
        "最早",
        "本帖",
        "该文",
        "博客",
        "原帖",
        "已经",
    ]
)

ROLE_WORDS = frozenset(
    [
        "writer",
        "reporter",
        "editor",
        "correspondent",
        "staff",
        "contributor",
        "columnist",
        "journalist",
        "director",
        "manager",
        "analyst",
        "chief",
        "bureau",
        "producer",
        "columnist",
        "author",
        "specialist",
        "founder",
        "ceo",
        "president",
        "professor",
        "senior",
        "associate",
        "assistant",
        "redakteur",
        "redakteurin",
        "korrespondent",
        "korrespondentin",
        "chefredakteur",
        "journaliste",
        "reporterin",
        "coo",
        "cto",
        "cfo",
        "cmo",
        "vp",
        "partner",
        "consultant",
        "strategist",
        "redaktör",
        "chefredakteurin",
        "volontär",
        "volontärin",
    ]
)
JOINERS = ("and", "und", "et", "y", "e", "en", "och", "og", "with", "mit", "i", "&")

# Words in front of a date that say of what it is, in lower case.
MODIFIED_WORDS = (
    "updated", "update", "modified", "revised", "reviewed", "aktualisiert", "stand", "geändert", "mis à jour",
    "modifié", "actualizado", "actualizada", "atualizado", "atualizada", "aggiornato", "bijgewerkt", "güncelleme",
    "güncellenme", "güncellendi",
    "oppdatert", "uppdaterad", "opdateret", "päivitetty", "muokattu", "aktualizováno", "aktualizované",
    "aktualizacja", "zaktualizowano", "frissítve", "actualizat", "ažurirano", "обновлено", "изменено", "оновлено",
    "обновена", "ενημέρωση", "ενημερώθηκε", "עודכן", "تحديث", "diperbarui", "diperbaharui", "cập nhật", "अपडेटेड", "수정",
    "업데이트", "更新", "修改", "最終更新",
)  # fmt: skip
PUBLISHED_WORDS = (
    "published", "posted", "released", "created", "veröffentlicht", "erschienen", "publié", "publicado", "publicada",
    "pubblicato", "gepubliceerd", "geplaatst", "publicerad", "publisert", "publiceret", "udgivet", "julkaistu",
    "publikováno", "publikované", "vydáno", "opublikowano", "objavljeno", "objavljen", "publicat", "közzétéve",
    "megjelent", "yayınlanma", "yayınlandı", "giriş", "опубликовано", "опубліковано", "публикувана", "δημοσίευση",
    "δημοσιεύθηκε", "פורסם", "نشر", "diterbitkan", "dipublikasikan", "terbit", "đăng", "प्रकाशित", "입력", "등록",
    "发表于", "发表", "发布于", "发布", "发布时间", "发表时间", "发布日期",
    "發表於", "發佈於", "發佈", "發布", "投稿", "公開", "掲載",
)  # fmt: skip

# The hundred and more commonest Chinese surnames, and those of two characters: they tell 张三 from 完 and 图.
SURNAMES = frozenset(
    "惠王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦"
    "申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋甘景薄单包司柏宁"
    "柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦"
    "迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺張劉陳楊趙黃吳孫馬羅鄭謝韓馮"
    "蕭鄧許呂蘇盧蔣賈葉閻餘鍾薑範譚鄒陸顧龍萬錢湯賴龔龐蘭顏嚴溫蘆魯葛韋畢聶叢齊莊塗時關淩費紀歐項陽衛單寧閔強華車邊饒"
)
BEFORE_DATE = frozenset(
    ("published", "publish", "publication", "posted", "post", "release", "released", "issue", "issued", "article",
     "news", "press", "update", "updated", "add", "added", "upload", "submitted", "author", "editor", "source", "by")
)  # fmt: skip
"""Words in front of the label "date" that leave it the article's; with others it is an event's, a record's."""

NOT_CHINESE_NAMES = frozenset((
    "江苏", "江西", "石家庄", "安徽", "安阳", "安庆", "温州", "广州", "徐州", "常州", "常熟",
    "郑州", "成都", "武汉", "沈阳", "洛阳", "泰州", "江南", "江北", "周一", "周二", "周三",
    "周四", "周五", "周六", "周日", "周末", "明天", "明年", "夏天", "白天", "高清", "连载",
    "金融界", "马上评", "时评", "时报", "全文", "应急部", "公安部", "卫健委", "计划", "高考", "高铁",
    "高速", "向上", "方法", "金额", "万元", "贺词", "关注", "温馨", "安全", "明确", "包括",
    "于是", "常见", "常委", "党委", "解读", "解放", "胡同",
))  # fmt: skip
"""Words that begin like names: provinces, towns, days, parts of newspapers."""

LONG_SURNAMES = frozenset(
    (
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "上官",
        "诸葛",
        "諸葛",
        "尉迟",
        "皇甫",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "端木",
    )
)
SPEECH = (
    "您", "你", "吗", "嗎", "呢", "请问", "請問", "请谈", "請談", "请介绍", "請介紹", "谢谢", "謝謝",
    "什么", "什麼", "怎么", "怎麼", "怎样", "如何", "为何", "為何", "有何", "哪些", "哪里", "是否", "能否",
    "ますか", "ですか", "でしょうか", "ください",
)  # fmt: skip
"""Words of a spoken question, which no name holds."""
KINDS_OF_TEXT = frozenset(
    ("プレスリリース", "ニュースリリース", "リリース", "お知らせ", "보도자료", "新闻稿", "新聞稿", "press release",
     "news release", "media release", "pressemitteilung", "pressemeldung", "medienmitteilung",
     "communiqué de presse", "comunicado de prensa", "comunicato stampa", "persbericht", "pressmeddelande",
     "pressemeddelelse", "pressemelding", "пресс-релиз", "tisková zpráva", "komunikat prasowy", "basın bülteni")
)  # fmt: skip
"""What press offices call their texts beside the date, in lower case."""
BESIDE_DATES = (
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche "
    "le à el em am pm a.m p.m reading read time lesezeit ● ⋅ et est edt gmt utc ist cet cest mez mesz pt pst pdt ct "
    "mt wib uhr last son "
    "zuletzt ore kl klo pukul ngày "
    "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日"
)
"""Other words that go with dates, in lower case."""
