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
    "cs": (
        "ledna|leden|led", "února|únor|úno", "března|březen|bře", "dubna|duben|dub", "května|květen|kvě",
        "června|červen|čvn", "července|červenec|čvc", "srpna|srpen|srp", "září|zář", "října|říjen|říj",
        "listopadu|listopad", "prosince|prosinec|pro",
    ),
    "sk": (
        "januára|január", "februára|február", "marca|marec", "apríla|apríl", "mája|máj", "júna|jún",
        "júla|júl", "augusta|august", "septembra|september", "októbra|október", "novembra|november",
        "decembra|december",
    ),
    "sl": (
        "januarja|januar", "februarja|februar", "marca|marec", "aprila|april", "maja|maj", "junija|junij",
        "julija|julij", "avgusta|avgust|avg", "septembra|september", "oktobra|oktober", "novembra|november",
        "decembra|december",
    ),
    "hr": (  # the tenth month is left out: its name is that of the eleventh in Polish and Czech
        "siječnja|siječanj", "veljače|veljača", "ožujka|ožujak", "travnja|travanj", "svibnja|svibanj",
        "lipnja|lipanj", "srpnja|srpanj", "kolovoza|kolovoz", "rujna|rujan", "", "studenoga|studenog|studeni",
        "prosinca|prosinac",
    ),
    "sr": (
        "januara|januar|јануара|јануар|јан", "februara|februar|фебруара|фебруар|феб", "marta|mart|марта|март",
        "aprila|april|априла|април", "maja|maj|маја|мај", "juna|jun|јуна|јун", "jula|jul|јула|јул",
        "avgusta|avgust|августа|август", "septembra|septembar|септембра|септембар",
        "oktobra|oktobar|октобра|октобар", "novembra|novembar|новембра|новембар",
        "decembra|decembar|децембра|децембар",
    ),
    "hu": (
        "január|jan", "február|febr|feb", "március|márc", "április|ápr", "május|máj", "június|jún", "július|júl",
        "augusztus|aug", "szeptember|szept", "október|okt", "november|nov", "december|dec",
    ),
    "ro": (
        "ianuarie|ian", "februarie|feb", "martie|mar", "aprilie|apr", "mai", "iunie|iun", "iulie|iul",
        "august|aug", "septembrie|sept", "octombrie|oct", "noiembrie|noi", "decembrie|dec",
    ),
    "ca": (
        "gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre", "novembre",
        "desembre",
    ),
    "fi": (
        "tammikuuta|tammikuu", "helmikuuta|helmikuu", "maaliskuuta|maaliskuu", "huhtikuuta|huhtikuu",
        "toukokuuta|toukokuu", "kesäkuuta|kesäkuu", "heinäkuuta|heinäkuu", "elokuuta|elokuu",
        "syyskuuta|syyskuu", "lokakuuta|lokakuu", "marraskuuta|marraskuu", "joulukuuta|joulukuu",
    ),
    "et": (
        "jaanuar", "veebruar", "märts", "aprill", "mai", "juuni", "juuli", "august", "september", "oktoober",
        "november", "detsember",
    ),
    "lv": (
        "janvāris|janvārī", "februāris|februārī", "marts|martā", "aprīlis|aprīlī", "maijs|maijā", "jūnijs|jūnijā",
        "jūlijs|jūlijā", "augusts|augustā", "septembris|septembrī", "oktobris|oktobrī", "novembris|novembrī",
        "decembris|decembrī",
    ),
    "lt": (
        "sausio|sausis", "vasario|vasaris", "kovo|kovas", "balandžio|balandis", "gegužės|gegužė",
        "birželio|birželis", "liepos|liepa", "rugpjūčio|rugpjūtis", "rugsėjo|rugsėjis", "spalio|spalis",
        "lapkričio|lapkritis", "gruodžio|gruodis",
    ),
    "is": (
        "janúar", "febrúar", "mars", "apríl", "maí", "júní", "júlí", "ágúst", "september", "október", "nóvember",
        "desember",
    ),
    "lb": ("januar", "februar", "mäerz", "abrëll", "mee", "juni", "juli", "august", "", "", "", ""),
    "af": (
        "januarie", "februarie", "maart", "april", "mei", "junie", "julie", "augustus", "september", "oktober",
        "november", "desember",
    ),
    "sq": (
        "janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor",
        "dhjetor",
    ),
    "az": (
        "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr",
        "dekabr",
    ),
    "el": (
        "ιανουαρίου|ιανουάριος|ιαν", "φεβρουαρίου|φεβρουάριος|φεβ", "μαρτίου|μάρτιος|μαρ",
        "απριλίου|απρίλιος|απρ", "μαΐου|μαΐος|μάιος|μαϊ", "ιουνίου|ιούνιος|ιουν", "ιουλίου|ιούλιος|ιουλ",
        "αυγούστου|αύγουστος|αυγ", "σεπτεμβρίου|σεπτέμβριος|σεπ", "οκτωβρίου|οκτώβριος|οκτ",
        "νοεμβρίου|νοέμβριος|νοε", "δεκεμβρίου|δεκέμβριος|δεκ",
    ),
    "ru": (
        "января|январь|янв", "февраля|февраль|фев", "марта|март|мар", "апреля|апрель|апр", "мая|май",
        "июня|июнь|июн", "июля|июль|июл", "августа|август|авг", "сентября|сентябрь|сент|сен",
        "октября|октябрь|окт", "ноября|ноябрь|нояб|ноя", "декабря|декабрь|дек",
    ),
    "uk": (
        "січня|січень|січ", "лютого|лютий|лют", "березня|березень|бер", "квітня|квітень|кві",
        "травня|травень|тра", "червня|червень|чер", "липня|липень|лип", "серпня|серпень|сер",
        "вересня|вересень|вер", "жовтня|жовтень|жов", "листопада|листопад|лис", "грудня|грудень|гру",
    ),
    "bg": (
        "януари|яну", "февруари|фев", "март|мар", "април|апр", "май", "юни", "юли", "август|авг",
        "септември|сеп", "октомври|окт", "ноември|ное", "декември|дек",
    ),
    "he": (
        "בינואר|ינואר", "בפברואר|פברואר", "במרץ|מרץ|במרס|מרס", "באפריל|אפריל", "במאי|מאי", "ביוני|יוני",
        "ביולי|יולי", "באוגוסט|אוגוסט", "בספטמבר|ספטמבר", "באוקטובר|אוקטובר", "בנובמבר|נובמבר",
        "בדצמבר|דצמבר",
    ),
    "ar": (
        "يناير", "فبراير|شباط", "مارس|آذار", "أبريل|ابريل|إبريل|نيسان", "مايو|أيار", "يونيو|يونيه|حزيران",
        "يوليو|يوليه|تموز", "أغسطس|اغسطس", "سبتمبر|أيلول", "أكتوبر|اكتوبر", "نوفمبر", "ديسمبر",
    ),
    "hi": (
        "जनवरी", "फरवरी|फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर|सितम्बर",
        "अक्टूबर|अक्तूबर", "नवंबर|नवम्बर", "दिसंबर|दिसम्बर",
    ),
    "bn": (
        "জানুয়ারি|জানুয়ারী", "ফেব্রুয়ারি|ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট",
        "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
    ),
    "th": (
        "มกราคม|ม.ค", "กุมภาพันธ์|ก.พ", "มีนาคม|มี.ค", "เมษายน|เม.ย", "พฤษภาคม|พ.ค", "มิถุนายน|มิ.ย",
        "กรกฎาคม|ก.ค", "สิงหาคม|ส.ค", "กันยายน|ก.ย", "ตุลาคม|ต.ค", "พฤศจิกายน|พ.ย", "ธันวาคม|ธ.ค",
    ),
    "id": (
        "januari|jan", "februari|pebruari|feb", "maret|mar", "april|apr", "mei", "juni|jun", "juli|jul",
        "agustus|agu|agt", "september|sep", "oktober|okt", "november|nopember|nov|nop", "desember|des",
    ),
    "ms": (
        "januari", "februari", "mac", "april", "mei", "jun", "julai", "ogos|ogo", "september", "oktober",
        "november", "disember|dis",
    ),
    "sw": (
        "januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba", "oktoba",
        "novemba", "desemba",
    ),
}  # fmt: skip


def _month_table() -> dict[str, int]:
    """Every month name to its number; a name that two languages share means the same month in both."""
    return {
        name: number
        for months in MONTHS_BY_LANGUAGE.values()
        for number, names in enumerate(months, start=1)
        for name in names.split("|")
        if name
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
_UNIT_WORDS: dict[timedelta, str] = {
    timedelta(seconds=1): "秒|second|sec|sekunden|sekunde|secondes|seconde|segundos|segundo|secondi",
    timedelta(
        minutes=1
    ): "分钟|分鐘|分|분|minute|min|minuten|minuti|minuto|minutos|minuter|minut|minuty|minutter|"
    "minuut|dakika|минут|минуты|минуту|хвилин|хвилини|menit|phút|minuuttia",
    timedelta(
        hours=1
    ): "小时|小時|個小時|个小时|时间|時間|시간|hour|hr|stunden|stunde|heure|hora|ora|ore|uur|timer|"
    "timmar|timme|time|saat|godziny|godzin|часов|часа|час|години|годин|jam|giờ|tuntia",
    timedelta(days=1): "天|日|일|day|tagen|tag|jour|día|dia|giorni|giorno|dagen|dager|dagar|dage|dag|gün|dni|"
    "dzień|дней|дня|день|днів|дні|hari|ngày|päivää",
}
AGE_UNITS: dict[str, timedelta] = {
    word: unit for unit, words in _UNIT_WORDS.items() for word in words.split("|")
}
AGE_BEHIND = ("前", "전", "ago", "fa", "geleden", "siden", "sedan", "önce", "назад", "тому", "temu", "yang lalu",
              "lalu", "trước", "sitten")  # fmt: skip
"""Words behind an amount of time that make it an age."""
AGE_BEFORE = ("vor", "il y a", "hace", "há")
"""Words in front of an amount of time that make it an age."""
ONE = frozenset({"a", "an", "one", "eine", "einer", "einem", "une", "un", "una", "um", "uma", "en", "et"})
NAMED_DAYS: dict[str, int] = {
    "今天": 0, "今日": 0, "today": 0, "heute": 0, "오늘": 0, "hoy": 0, "oggi": 0, "vandaag": 0,
    "昨天": 1, "昨日": 1, "yesterday": 1, "gestern": 1, "어제": 1, "ayer": 1, "ieri": 1, "gisteren": 1,
    "前天": 2,
}  # fmt: skip
