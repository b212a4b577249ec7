"""A site is rebuilt so that it is not read any more; what is kept of before and after tells how to read it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsbot.store import Database
from tests.crawl.test_adding import newsbot
from tests.newsroom import Story, article_page, list_page
from tests.serving import Answer, serving

STORIES = [Story(number=number, day=date(2026, 11, 20) - timedelta(days=number)) for number in range(14)]


class Site:
    """A newsroom that can be rebuilt: the list goes where menus are, and the texts of articles say no date."""

    def __init__(self) -> None:
        self.rebuilt: set[str] = set()
        self.stories = STORIES[4:]

    def answer(self, path: str) -> Answer:
        pages = {story.path: story for story in self.stories}
        if path == "/news/":
            return Answer(body=self.list() if "list" in self.rebuilt else list_page(self.stories))
        if path not in pages:
            return Answer(status=404)
        return Answer(
            body=self.article(pages[path]) if "articles" in self.rebuilt else article_page(pages[path])
        )

    def list(self) -> str:
        tiles = "".join(
            f"<div class='tile t{number}'><a href='{each.path}'><b>{each.title}</b></a></div>"
            for number, each in enumerate(self.stories)
        )
        menu = "".join(
            f"<div class='entry'><a href='/p{number}.html'>Product {number}</a></div>" for number in range(9)
        )
        return f"<!doctype html><title>News</title><div class='menu nav'><div class='fly'>{tiles}{menu}</div></div>"

    def article(self, story: Story) -> str:
        body = "".join(f"<p>{text}</p>" for text in story.paragraphs)
        return (
            f"<!doctype html><html lang='en'><title>{story.title} - Newsroom</title><div class='wrap'>"
            f"<h1>{story.title}</h1><div class='text'>{body}</div>"
            f"<div class='bottom'><i class='rev'>Rev. {story.day:%Y.%m.%d} / {story.number}</i></div></div></html>"
        )


def dates(folder: Path) -> dict[str, str | None]:
    with Database(folder / "news.db") as database:
        rows = database.query("select title, published from articles_latest").rows
    return {str(title): published for title, published in rows}


def test_what_was_rebuilt_is_read_again_with_what_is_proposed(tmp_path: Path) -> None:
    site = Site()
    with serving(site.answer) as served:
        newsbot(tmp_path, "sources", "add", f"{served.base_url}/news/", "--as", "list", "--name", "room")
        assert newsbot(tmp_path, "crawl", "room")[0] == 0
        code, _, said = newsbot(tmp_path, "sources", "repair", "room")
        assert code == 1
        assert "Nothing to repair" in said
        site.rebuilt, site.stories = {"list"}, STORIES
        code, printed, _ = newsbot(tmp_path, "crawl", "room", "--json")
        assert json.loads(printed)[0]["outcome"] == "layout changed"
        code, printed, said = newsbot(tmp_path, "sources", "repair", "room", "--write")
        assert code == 0, said
        assert "selectors = {item = " in printed
        assert newsbot(tmp_path, "crawl", "room")[0] == 0
    assert set(dates(tmp_path)) == {story.title for story in STORIES}


def test_a_list_that_a_spider_starts_with_is_repaired_too(tmp_path: Path) -> None:
    site = Site()
    with serving(site.answer) as served:
        (tmp_path / "sources.toml").write_text(
            f"# ours\n[sources.room]  # since spring\ntitle = 'Newsroom'\nkind = 'company'\nlanguage = 'en'\n"
            f"country = 'US'\nspider = 'listing'\nstart = '{served.base_url}/news/'\nlocal = true  # at home\n"
        )
        assert newsbot(tmp_path, "crawl", "room")[0] == 0
        site.rebuilt, site.stories = {"list"}, STORIES
        newsbot(tmp_path, "crawl", "room")
        code, printed, said = newsbot(tmp_path, "sources", "repair", "room", "--write")
        assert code == 0, said
        assert 'selectors = {item = "div.tile"}' in printed
        assert newsbot(tmp_path, "crawl", "room")[0] == 0
    assert set(dates(tmp_path)) == {story.title for story in STORIES}
    written = (tmp_path / "sources.toml").read_text()
    assert all(each in written for each in ("# ours", "# since spring", "# at home"))


def test_a_kept_page_that_is_torn_does_not_mix_up_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site()
    with serving(site.answer) as served:
        newsbot(tmp_path, "sources", "add", f"{served.base_url}/news/", "--as", "list", "--name", "room")
        monkeypatch.setenv("NEWSBOT_NOW", "2026-11-21T08:00:00+00:00")
        newsbot(tmp_path, "crawl", "room")
        site.rebuilt = {"articles"}
        monkeypatch.setenv("NEWSBOT_NOW", "2026-11-24T08:00:00+00:00")
        newsbot(tmp_path, "crawl", "room")
    with Database(tmp_path / "news.db") as database:
        twice = [pair for pair in database.first_and_last("room") if pair[0].fetch != pair[1].fetch]
        archive = database.archive
    assert len(twice) > 2
    with (archive / twice[0][1].place.file).open("r+b") as file:
        file.seek(twice[0][1].place.offset)
        file.write(bytes(40))
    code, printed, said = newsbot(tmp_path, "sources", "repair", "room", "--json")
    assert code == 0, said
    told = json.loads(printed)
    assert told["lost"] == {"published": len(twice) - 1}
    assert told["proposals"]["published"]["found"] == len(twice) - 1


def test_a_field_that_fell_empty_is_found_by_what_it_said_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site()
    with serving(site.answer) as served:
        newsbot(tmp_path, "sources", "add", f"{served.base_url}/news/", "--as", "list", "--name", "room")
        monkeypatch.setenv("NEWSBOT_NOW", "2026-11-21T08:00:00+00:00")
        newsbot(tmp_path, "crawl", "room")
        site.rebuilt = {"articles"}
        monkeypatch.setenv("NEWSBOT_NOW", "2026-11-24T08:00:00+00:00")
        newsbot(tmp_path, "crawl", "room")
    code, printed, said = newsbot(tmp_path, "sources", "repair", "room", "--write")
    assert code == 0, said
    assert 'fields = {published = "i.rev"}' in printed
    site.stories = STORIES
    monkeypatch.setenv("NEWSBOT_NOW", "2026-11-25T08:00:00+00:00")
    with serving(site.answer, int(served.base_url.rpartition(":")[2])) as served:
        assert newsbot(tmp_path, "crawl", "room")[0] == 0
    assert dates(tmp_path) == {story.title: str(story.day) for story in STORIES}
    code, printed, said = newsbot(tmp_path, "reclean", "--source", "room", "--json")
    assert code == 0, said
    assert set(json.loads(printed)["pages"]) == {"same"}
