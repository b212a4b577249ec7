"""The words that dates are written with: months, zones, fillers, ages. Tables only."""

from __future__ import annotations

from datetime import timedelta

# One row a language: the names of a month separated by "|", short and inflected forms included.
MONTHS_BY_LANGUAGE: dict[str, tuple[str, ...]] = {
    "en": (
        "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul",
        "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec",
    ),
    "de": (
        "januar|jänner|jan", "februar|feber|feb", "märz|maerz|mär|mrz", "april|apr", "mai", "juni|jun",
        "juli|jul", "august|aug", "september|sept|sep", "oktober|okt", "november|nov", "dezember|dez",
    ),
    "fr": (
        "janvier|janv|jan", "février|fevrier|févr|fév", "mars", "avril|avr", "mai", "juin", "juillet|juil",
        "août|aout", "septembre|sept", "octobre|oct", "novembre|nov", "décembre|decembre|déc",
    ),
    "es": (
        "enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo|may", "junio|jun", "julio|jul",
        "agosto|ago", "septiembre|setiembre|sep|set", "octubre|oct", "noviembre|nov", "diciembre|dic",
    ),
    "it": (
        "gennaio|gen", "febbraio|feb", "marzo|mar", "aprile|apr", "maggio|mag", "giugno|giu", "luglio|lug",
        "agosto|ago", "settembre|set", "ottobre|ott", "novembre|nov", "dicembre|dic",
    ),
    "pt": (
        "janeiro|jan", "fevereiro|fev", "março|marco|mar", "abril|abr", "maio|mai", "junho|jun", "julho|jul",
        "agosto|ago", "setembro|set", "outubro|out", "novembro|nov", "dezembro|dez",
    ),
    "nl": (
        "januari|jan", "februari|feb", "maart|mrt", "april|apr", "mei", "juni|jun", "juli|jul",
        "augustus|aug", "september|sep", "oktober|okt", "november|nov", "december|dec",
    ),
    "sv": (
        "januari|jan", "februari|feb", "mars|mar", "april|apr", "maj", "juni|jun", "juli|jul",
        "augusti|aug", "september|sept|sep", "oktober|okt", "november|nov", "december|dec",
    ),
    "da": (
        "januar|jan", "februar|feb", "marts|mar", "april|apr", "maj", "juni|jun", "juli|jul",
        "august|aug", "september|sept|sep", "oktober|okt", "november|nov", "december|dec",
    ),
    "no": (
        "januar|jan", "februar|feb", "mars|mar", "april|apr", "mai", "juni|jun", "juli|jul",
        "august|aug", "september|sept|sep", "oktober|okt", "november|nov", "desember|des",
    ),
    "pl": (
        "stycznia|styczeń|sty", "lutego|luty|lut", "marca|marzec|mar", "kwietnia|kwiecień|kwi", "maja|maj",
        "czerwca|czerwiec|cze", "lipca|lipiec|lip", "sierpnia|sierpień|sie", "września|wrzesień|wrz",
        "października|październik|paź", "listopada|listopad|lis", "grudnia|grudzień|gru",
    ),
    "tr": (
        "ocak|oca", "şubat|şub", "mart", "nisan|nis", "mayıs", "haziran|haz", "temmuz|tem",
        "ağustos|ağu", "eylül|eyl", "ekim|eki", "kasım|kas", "aralık|ara",
    ),
}  # fmt: skip


def _month_table() -> dict[str, int]:
    """Every month name to its number; a name that two languages share means the same month in both."""
    return {
        name: number
        for months in MONTHS_BY_LANGUAGE.values()
        for number, names in enumerate(months, start=1)
        for name in names.split("|")
    }


MONTHS = _month_table()

CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "О": 0, "O": 0}

# Zone abbreviations by their common reading in news bylines. ET/CT/MT/PT follow summer time, so they are
# IANA names; the others are fixed offsets in hours. IST is India's and BST Britain's, as in the press.
ZONE_NAMES: dict[str, str | float] = {
    "Z": 0, "GMT": 0, "UTC": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "WIB": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BRT": -3, "ART": -3,
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "北京时间": "Asia/Shanghai", "北京時間": "Asia/Shanghai",
}  # fmt: skip
# CST is China's in China and Chicago's elsewhere.
CHINESE_CST = 8.0
AMERICAN_CST = -6.0

AFTERNOON = frozenset({"pm", "p.m.", "p.m", "下午", "晚上", "晚", "午後", "午后", "오후", "傍晚"})
MORNING = frozenset({"am", "a.m.", "a.m", "上午", "早上", "凌晨", "清晨", "早晨", "午前", "오전"})
NOON = frozenset({"中午"})

# What may stand between a date and its time.
TIME_FILLERS = (
    "at", "um", "à", "às", "as", "a las", "las", "alle ore", "alle", "ore", "klokken", "klo", "kl.", "kl", "uhr",
    "om", "o godz.", "godz.", "saat", "den", "on", "ab", "zeit", "time", "时间", "時間", "h",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
    "samstag", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so",
    "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "星期天",
    "周一", "周二", "周三", "周四", "周五", "周六", "周日",
    "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日", "月", "火", "水", "木", "金", "土", "日",
    "월", "화", "수", "목", "금", "토", "일",
)  # fmt: skip

# Ages that still name a day. Weeks, months and years do not: the day would be invented.
AGE_UNITS: dict[str, timedelta] = {
    "秒": timedelta(seconds=1), "分钟": timedelta(minutes=1), "分鐘": timedelta(minutes=1), "分": timedelta(minutes=1),
    "小时": timedelta(hours=1), "小時": timedelta(hours=1), "個小時": timedelta(hours=1),
    "个小时": timedelta(hours=1), "时间": timedelta(hours=1), "時間": timedelta(hours=1), "시간": timedelta(hours=1),
    "天": timedelta(days=1), "日": timedelta(days=1), "일": timedelta(days=1), "분": timedelta(minutes=1),
    "second": timedelta(seconds=1), "sec": timedelta(seconds=1), "minute": timedelta(minutes=1),
    "min": timedelta(minutes=1), "hour": timedelta(hours=1), "hr": timedelta(hours=1), "day": timedelta(days=1),
    "minuten": timedelta(minutes=1), "stunde": timedelta(hours=1), "stunden": timedelta(hours=1),
    "tag": timedelta(days=1), "tagen": timedelta(days=1),
}  # fmt: skip
NAMED_DAYS: dict[str, int] = {
    "今天": 0, "今日": 0, "today": 0, "heute": 0, "오늘": 0,
    "昨天": 1, "昨日": 1, "yesterday": 1, "gestern": 1, "어제": 1, "前天": 2,
}  # fmt: skip
