"""The sources that newsbot brings along, and a user's file over them."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from newsbot.catalogue import (
    Kind,
    Source,
    add_source,
    check_file,
    load_catalogue,
    make_source,
    set_enabled,
    slug_for,
)
from newsbot.catalogue.describe import describe
from newsbot.catalogue.source import SPIDERS, project_spiders
from newsbot.discovery.lists import ListSelectors
from newsbot.errors import ConfigError, InputError, UnknownSourceError

ACME = """# my own
[sources.acme-news]
title = "Acme news"  # the firm next door
kind = "company"
language = "en"
country = "US"
spider = "listing"
start = "https://www.acme.example/news/"
"""


@pytest.fixture
def user_file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "sources.toml"


def write(user_file: Path, text: str) -> Path:
    user_file.parent.mkdir(exist_ok=True)
    user_file.write_text(text, encoding="utf-8")
    return user_file


def test_seventy_sources_come_along() -> None:
    catalogue = load_catalogue()
    assert len(catalogue) == 70
    assert {source.kind for source in catalogue.values()} == set(Kind)
    assert {source.spider for source in catalogue.values()} == {"site"}


@pytest.mark.parametrize("source", load_catalogue().values(), ids=lambda source: source.name)
def test_what_comes_along_is_sound(source: Source) -> None:
    assert ZoneInfo(source.zone or "")
    hosts = source.allowed_hosts
    for url in (*source.starts, *([source.home] if source.home else [])):
        host = urlsplit(url).hostname or ""
        assert any(host == allowed or host.endswith(f".{allowed}") for allowed in hosts)
    assert source.access
    assert not source.local
    assert source.verify_tls


CLOSED = re.compile(r"refuses|challenge|subscribers|login|account|not seen|403|discontinued", re.IGNORECASE)


def test_switched_on_is_only_what_was_seen_and_is_open() -> None:
    enabled = load_catalogue().enabled()
    assert 10 <= len(enabled) <= 20
    for source in enabled:
        assert not CLOSED.search(source.access or "")
        assert source.seen_live or "seen answering" in (source.access or "")


def test_zones_follow_the_country() -> None:
    catalogue = load_catalogue()
    zones = {name: catalogue[name].zone for name in ("nmpa-english", "fda-press", "ema-news", "pmda-english")}
    assert zones == {
        "nmpa-english": "Asia/Shanghai",
        "fda-press": "America/New_York",
        "ema-news": "Europe/Amsterdam",
        "pmda-english": "Asia/Tokyo",
    }


def test_find_names_the_likely() -> None:
    catalogue = load_catalogue()
    assert catalogue.find("ema-news").title == "EMA news"
    with pytest.raises(UnknownSourceError, match="Did you mean ema-news") as caught:
        catalogue.find("ema-newss")
    assert caught.value.similar[0] == "ema-news"
    with pytest.raises(UnknownSourceError) as caught:
        catalogue.find("swissmedic")
    assert caught.value.similar == ("swissmedic-news",)
    with pytest.raises(UnknownSourceError):
        catalogue.find("")


def test_a_users_file_adds_a_source_in_six_lines(user_file: Path) -> None:
    catalogue = load_catalogue(write(user_file, ACME))
    acme = catalogue["acme-news"]
    assert len(catalogue) == 71
    assert acme.start == ("https://www.acme.example/news/",)
    assert acme.allowed_hosts == ("acme.example",)
    assert (acme.zone, acme.enabled, acme.delay) == ("America/New_York", True, None)
    assert acme.list_selectors is None


def test_a_users_file_changes_field_by_field(user_file: Path) -> None:
    text = '[sources.ema-news]\ndelay = 5\nselectors = {item = "li", date = "time"}\nexclude = ["/de/", "/fr/"]\n'
    before, after = load_catalogue()["ema-news"], load_catalogue(write(user_file, text))["ema-news"]
    assert (after.delay, after.exclude) == (5.0, ("/de/", "/fr/"))
    assert after.list_selectors == ListSelectors(item="li", date="time")
    assert (after.title, after.start, after.enabled) == (before.title, before.start, before.enabled)


def test_no_file_changes_nothing(user_file: Path) -> None:
    assert dict(load_catalogue(user_file)) == dict(load_catalogue())
    assert dict(load_catalogue(write(user_file, "\ufeff# nothing yet\n"))) == dict(load_catalogue())


def test_a_spider_of_ones_own(user_file: Path) -> None:
    write(user_file, ACME.replace('"listing"', '"acme"'))
    assert load_catalogue(user_file, (*SPIDERS, "acme"))["acme-news"].spider == "acme"


def test_the_spiders_of_a_project_are_known_by_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project_spiders() == SPIDERS
    package = tmp_path / "spiders"
    package.mkdir()
    for name in ("__init__", "base", "feed", "acme"):
        (package / f"{name}.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "spiders", raising=False)
    assert project_spiders() == (*SPIDERS, "acme")


BAD = [
    # what is put in the place of what; the line; what the sentence says
    ("[sources.acme-news]", "[sources.acme-news", 2, "is no TOML"),
    ('"listing"\n', '"listing"\nstrat = 1\n', 8, "unknown field 'strat'; did you mean 'start'?"),
    ("[sources.", "[source.", 2, "unknown key 'source'"),
    ("acme-news", '"Acme News"', 2, "'Acme News' is no source name"),
    ('country = "US"\n', "", 2, "has no 'country'"),
    ('"US"', '"usa"', 6, "country = 'usa': it takes a country code"),
    ('"US"', '"ZZ"', 6, "add a 'zone'"),
    ('"US"', '"US"\nzone = "Asia/Bejing"', 7, "there is no such time zone"),
    ('"US"', '"US"\nzone = "../../etc/passwd"', 7, "there is no such time zone"),
    ('"company"', '"firm"', 4, "it takes one of regulator, trade press"),
    ('"en"', '"English"', 5, "a language code"),
    ('"listing"', '"lister"', 7, "there is no spider 'lister'; there are site, feed, sitemap, listing, page"),
    ('"https:', '"ftp:', 8, "it takes an http or https address"),
    ('"https://www.acme.example/news/"', "[]", 8, "at least one address"),
    ('"https://www.acme.example/news/"', '["https://a.example", 5]', 8, "a text"),
    ('"Acme news"', '""', 3, "a text of one line"),
    ('"Acme news"', '"a\\u001b[31m"', 3, "a text of one line"),
    ('"US"', '"US"\ninclude = "("', 7, "is no regular expression"),
    ('"US"', '"US"\nexclude = ["a", "*"]', 7, "is no regular expression"),
    ('"US"', '"US"\nenabled = "yes"', 7, "it takes true or false"),
    ('"US"', '"US"\ndelay = -1', 7, "a number of seconds"),
    ('"US"', '"US"\ndelay = true', 7, "a number of seconds"),
    ('"US"', '"US"\nseen_live = "2026-09-27"', 7, "a date like 2026-09-27"),
    ('"US"', '"US"\nallowed_hosts = "https://a.example/"', 7, "a host name"),
    ('"US"', '"US"\nselectors = "li"', 7, "it takes a table"),
    ('"US"', '"US"\nselectors = {items = "li"}', 7, "there is no selector 'items'"),
    ('"US"', '"US"\nselectors = {item = "li["}', 7, "is no CSS selector"),
    ("[sources.acme-news]", "sources.acme-news = 3\n[x]", 2, "takes a table"),
]


@pytest.mark.parametrize(("old", "new", "line", "problem"), BAD, ids=[f"{row[2]}: {row[3]}" for row in BAD])
def test_a_bad_field_is_named_with_file_and_line(
    user_file: Path, old: str, new: str, line: int, problem: str
) -> None:
    text = ACME.replace(old, new, 1)
    if "[x]" in new:
        text = text[: text.index("[x]")]
    with pytest.raises(ConfigError) as caught:
        load_catalogue(write(user_file, text))
    assert str(caught.value).startswith(f"{user_file}:{line}: ")
    assert problem in str(caught.value)


def test_files_that_cannot_be_read(user_file: Path) -> None:
    user_file.parent.mkdir()
    user_file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="is no UTF-8 text"):
        load_catalogue(user_file)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_catalogue(user_file.parent)
    with pytest.raises(ConfigError, match=r"nested too deep|is no TOML"):
        load_catalogue(write(user_file, "a=" + "[" * 100_000))


def acme() -> Source:
    return make_source(
        "acme-two",
        {
            "title": 'The "second" one\\',
            "kind": "trade press",
            "language": "zh",
            "country": "CN",
            "spider": "listing",
            "start": ["https://two.example/a", "https://two.example/b"],
            "selectors": {"item": "li.x", "date": "time"},
            "exclude": r"/\d+/$",
            "seen_live": date(2026, 9, 1),
            "enabled": False,
        },
        SPIDERS,
    )


def test_adding_a_source_keeps_what_stands_in_the_file(user_file: Path) -> None:
    write(user_file, ACME)
    add_source(user_file, acme())
    text = user_file.read_text(encoding="utf-8")
    assert text.startswith(ACME)
    assert "zone" not in text
    assert "allowed_hosts" not in text
    assert load_catalogue(user_file)["acme-two"] == acme()
    with pytest.raises(InputError, match="'acme-two' already"):
        add_source(user_file, acme())


def test_the_first_source_makes_the_file(user_file: Path) -> None:
    add_source(user_file, acme())
    assert load_catalogue(user_file)["acme-two"] == acme()
    assert [path.name for path in user_file.parent.iterdir()] == [user_file.name]


def test_switching_on_and_off_keeps_comments(user_file: Path) -> None:
    write(user_file, ACME + "\n# the end\n")
    set_enabled(user_file, "acme-news", False)
    set_enabled(user_file, "fda-press", True)
    set_enabled(user_file, "who-news", True)
    catalogue = load_catalogue(user_file)
    assert (catalogue["acme-news"].enabled, catalogue["fda-press"].enabled) == (False, True)
    text = user_file.read_text(encoding="utf-8")
    assert all(words in text for words in ("# my own", "# the firm next door", "# the end"))
    assert "who-news" not in text
    set_enabled(user_file, "acme-news", True)
    set_enabled(user_file, "fda-press", False)
    catalogue = load_catalogue(user_file)
    assert (catalogue["acme-news"].enabled, catalogue["fda-press"].enabled) == (True, False)
    with pytest.raises(UnknownSourceError):
        set_enabled(user_file, "acme", False)


FORMS = {
    "dotted keys": 'sources.who-news.title = "WHO"\nsources.who-news.delay = 3\nsources.ema-news.delay = 4\n',
    "inline tables": 'sources = {who-news = {title = "WHO"}, ema-news = {delay = 4}}\n',
    "sub-tables apart": '[sources.who-news]\ntitle = "WHO"\n[sources.ema-news]\ndelay = 4\n'
    '[sources.who-news.selectors]\nitem = "li"\n',
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_switching_off_works_however_the_file_is_written(user_file: Path, text: str) -> None:
    write(user_file, text)
    set_enabled(user_file, "who-news", False)
    catalogue = load_catalogue(user_file)
    assert (catalogue["who-news"].enabled, catalogue["who-news"].title) == (False, "WHO")
    assert catalogue["ema-news"].delay == 4.0


def test_a_bad_file_is_not_touched(user_file: Path) -> None:
    write(user_file, "[sources.who-news\n")
    with pytest.raises(ConfigError):
        set_enabled(user_file, "who-news", False)
    with pytest.raises(ConfigError):
        add_source(user_file, acme())
    assert user_file.read_text(encoding="utf-8") == "[sources.who-news\n"


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError):
        add_source(tmp_path / "file" / "sources.toml", acme())


def test_a_link_to_the_file_stays_a_link(tmp_path: Path, user_file: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(write(user_file, ACME))
    set_enabled(link, "acme-news", False)
    assert link.is_symlink()
    assert "enabled = false" in user_file.read_text(encoding="utf-8")


SLUGS = {
    "https://www.ema.europa.eu/en/news.xml": "ema-europa-news",
    "https://www.example.com.cn/": "example",
    "https://www.example.co.uk/rss/index.xml": "example",
    "http://127.0.0.1:8000/a/news/": "127-0-0-1-a-news",
    "https://EXAMPLE.org/News/Feed": "example-news",
    "https://xn--fiqs8s.cn/": "xn-fiqs8s",
    "http://[::1]/": "1",
    "nonsense": "nonsense",
    "http://[": "source",
    "": "source",
}


@pytest.mark.parametrize(("url", "slug"), SLUGS.items())
def test_slugs(url: str, slug: str) -> None:
    assert slug_for(url) == slug


def test_the_page_of_sources_says_what_the_catalogue_is() -> None:
    page = Path(__file__).parents[2] / "docs" / "sources.md"
    assert page.read_text(encoding="utf-8") == describe()


def test_all_errors_of_a_file_are_found_with_their_lines(user_file: Path) -> None:
    text = (
        '[sources.a]\ntitle = "A"\nkind = "shop"\nlanguage = "en"\ncountry = "CN"\nlists = "ftp://a.example/"\n'
        'colour = "red"\n\n[sources.ema-news]\ndelay = "fast"\n\n[sources.b]\ntitle = "B"\nkind = "company"\n'
        'language = "en"\ncountry = "CN"\nlists = "https://b.example/"\ninclude = "(a+)+$"\n'
    )
    errors = check_file(write(user_file, text))
    lines = [int(error.path.rpartition(":")[2]) for error in errors]
    assert lines == [3, 6, 7, 10, 18]
    assert "did you mean" in errors[2].problem or "unknown field 'colour'" in errors[2].problem
    with pytest.raises(ConfigError):
        load_catalogue(user_file)


def test_a_file_without_errors_has_none_and_one_that_is_no_toml_has_one(user_file: Path) -> None:
    assert check_file(write(user_file, "[sources.ema-news]\nenabled = false\n")) == []
    assert [error.path.rpartition(":")[2] for error in check_file(write(user_file, "[sources.a\n"))] == ["1"]


def test_a_start_on_another_host_than_the_allowed_ones_is_an_error(user_file: Path) -> None:
    write(user_file, '[sources.ema-news]\nallowed_hosts = "ema.example"\n')
    with pytest.raises(ConfigError, match="not among the allowed_hosts"):
        load_catalogue(user_file)
