"""The labels that bylines are written with, as tables: which field each of them opens."""

from __future__ import annotations

# Field -> labels that open it, a colon behind them. "" is a field nobody asked for: it only ends the one before.
COLON_LABELS: dict[str, str] = {
    "source": "信息来源|文章来源|新闻来源|稿件来源|资料来源|内容来源|来源|稿源|出处|转自|摘自|转载自|來源|"
    "文章來源|出典|"
    "Article source|News source|Sources|Source|Quelle|Fuente|Fonte",
    "author": "文章作者|原作者|作者|撰稿人|撰稿|撰文|撰写|执笔人|执笔|本报记者|本网记者|特约记者|记者|記者|"
    "通讯员|供稿人|"
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
    "订阅", "次预览", "扫一扫", "放大", "缩小", "【", "[", "（", "(", "第1页", "T |",
)  # fmt: skip

# Openers of a line that need no colon.
LINE_OPENERS = (
    "written by", "story by", "words by", "by", "von", "par", "por", "di", "door", "av", "af", "autor", "text", "tekst",
    "posted by", "published by", "reported by", "from", "contributed by",
)  # fmt: skip
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
    ]
)
JOINERS = ("and", "und", "et", "y", "e", "en", "och", "og", "with", "mit", "i", "&")
