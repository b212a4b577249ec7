"""Crawls that meet trouble: dead hosts, sites that fail, two at once, a kill, a full disk."""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from newsbot.errors import StoreError
from newsbot.query import Query
from tests.crawl.conftest import Crawl
from tests.site.sources import SOURCES


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_dead_host_is_named_and_the_run_failed(crawl: Crawl) -> None:
    done = crawl.newsbot("crawl", f"http://127.0.0.1:{free_port()}/news/")
    assert done.returncode == 1
    assert "the connection was refused" in done.stderr
    assert "Traceback" not in done.stderr
    (run,) = crawl.json("runs")
    assert run["outcome"] == "unreachable"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/status/503", "HTTP 503"),
        ("/gone", "HTTP 4"),
        ("/private/x", "robots.txt"),
        ("/redirect/loop", "redirect"),
        ("/zh/regulator/202609/t20260908_4280.html", "no links to articles"),
    ],
)
def test_a_start_page_that_fails_is_said(crawl: Crawl, path: str, said: str) -> None:
    done = crawl.newsbot("crawl", crawl.site.base_url + path, "--spider", "listing")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_no_feed_is_said(crawl: Crawl) -> None:
    done = crawl.newsbot("crawl", f"{crawl.site.base_url}/en/company/", "--spider", "feed")
    assert done.returncode == 1
    assert "feed" in done.stderr


def test_a_spider_that_cannot_begin_is_one_sentence(crawl: Crawl) -> None:
    done = crawl.newsbot("crawl", crawl.site.base_url, "--spider", "site")
    assert done.returncode == 1
    assert "nothing for the site spider to begin with" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failed_page_is_fetched_again_when_the_site_is_well(crawl: Crawl) -> None:
    url = f"{crawl.site.base_url}/en/company/news/112.html"
    with crawl.site.failing("/en/company/news/112.html", 503):
        crawl.newsbot("crawl", "demo-company")
    assert url not in {article["url"] for article in crawl.json("latest", "--limit", "100", "--copies")}
    assert crawl.newsbot("crawl", "demo-company").returncode == 0
    assert url in {article["url"] for article in crawl.json("latest", "--limit", "100", "--copies")}


def test_a_page_that_failed_keeps_its_article(crawl: Crawl) -> None:
    assert crawl.newsbot("crawl", "demo-company").returncode == 0
    before = crawl.json("latest", "--limit", "100")
    with crawl.site.failing("/en/company/news/112.html", 404):
        crawl.newsbot("crawl", "demo-company")
    assert [a["id"] for a in crawl.json("latest", "--limit", "100")] == [a["id"] for a in before]


def test_the_second_of_two_runs_of_a_source_leaves_cleanly(crawl: Crawl) -> None:
    url = f"{crawl.site.base_url}/slow?seconds=15"
    first = crawl.start("newsbot", "crawl", url, "--spider", "page")
    wait_for(lambda: is_running(crawl))
    second = crawl.newsbot("crawl", url, "--spider", "page")
    assert second.returncode == 1
    assert f"process {first.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    first.wait(timeout=60)


def is_running(crawl: Crawl) -> bool:
    """Whether the database knows of a run that goes on."""
    if not crawl.db.exists():
        return False
    try:
        with crawl.open() as database:
            return any(run.finished is None for run in database.runs())
    except StoreError:
        return False


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def test_a_killed_crawl_goes_on_where_it_stood(crawl: Crawl) -> None:
    process = crawl.start("newsbot", "crawl", *SOURCES)
    wait_for(lambda: len(crawl.site.paths(200)) > 15)
    process.send_signal(signal.SIGKILL)
    process.wait()
    crawl.site.log.clear()
    assert crawl.newsbot("crawl", *SOURCES).returncode == 0
    assert crawl.newsbot("db", "check").returncode == 0
    with crawl.open() as database:
        urls = [article.url for article in database.every(Query(copies=True))]
    assert len(urls) == len(set(urls)) == 53
    assert {run["outcome"] for run in crawl.json("runs")} <= {"ok", "nothing published", "crashed"}


def test_a_store_that_fails_stops_the_run(crawl: Crawl) -> None:
    crawl.db.with_name("news-warc").write_text("in the way")
    done = crawl.newsbot("crawl", "demo-wire")
    assert done.returncode == 1
    assert "the archive cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_dry_run_leaves_no_trace(crawl: Crawl) -> None:
    done = crawl.newsbot("crawl", "demo-wire", "--dry-run", "--limit", "2")
    assert done.returncode == 0, done.stderr
    assert "Dry run: 2 articles read, nothing kept." in done.stderr
    assert sorted(path.name for path in crawl.folder.iterdir()) == ["sources.toml"]


def test_limit_and_since(crawl: Crawl) -> None:
    assert crawl.newsbot("crawl", "demo-press", "--limit", "3").returncode == 0
    assert len(crawl.json("latest")) + len(crawl.json("rejected")) == 3
    (run,) = crawl.json("runs")
    assert run["outcome"] == "limited"
    assert crawl.newsbot("crawl", "demo-agency", "--since", "2026-11-10").returncode == 0
    dates = [
        each["published"] for each in crawl.json("latest", "--source", "demo-agency") if each["published"]
    ]
    assert dates
    assert min(dates) >= "2026-11-10"


def test_a_limited_run_does_not_hide_the_rest(crawl: Crawl) -> None:
    crawl.newsbot("crawl", "demo-press", "--limit", "2")
    crawl.newsbot("crawl", "demo-press")
    assert len(crawl.json("latest", "--source", "demo-press")) == 9


def test_fetch_prints_a_record_and_stores_nothing(crawl: Crawl) -> None:
    record = crawl.json("fetch", f"{crawl.site.base_url}/en/company/news/112.html")
    assert record["title"].startswith("Quelsotinib")
    assert record["published"] == "2026-11-03T09:30:00+08:00"
    assert not crawl.db.exists()
    refused = crawl.newsbot("fetch", f"{crawl.site.base_url}/gone")
    assert refused.returncode == 1
    assert "no article: HTTP 410" in refused.stderr


def test_scrapy_commands_work_from_the_root(crawl: Crawl, tmp_path: Path) -> None:
    listed = crawl.run("scrapy", "list").stdout.split()
    assert {"feed", "listing", "page", "sitemap"} <= set(listed)
    assert crawl.run("scrapy", "check").returncode == 0
    out = tmp_path / "out.jsonl"
    url = f"{crawl.site.base_url}/en/company/"
    done = crawl.run(
        "scrapy", "crawl", "listing", "-a", f"url={url}", "-O", str(out), "-s", "LOG_LEVEL=ERROR"
    )
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(records) == 9
    assert all(record["title"] and record["body"] for record in records)


def test_links_to_other_hosts_are_said_and_not_lost_in_silence(crawl: Crawl) -> None:
    with (crawl.folder / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[sources.elsewhere]\ntitle = "E"\nkind = "news"\nlanguage = "en"\ncountry = "US"\nspider = "feed"\n'
            f'start = "{crawl.site.base_url}/press/feed.xml"\nallowed_hosts = ["127.0.0.1"]\n'
        )
    with crawl.site.hosting("articles.test"):
        done = crawl.newsbot("crawl", "elsewhere")
    assert done.returncode == 1
    assert "links lead to other hosts, such as articles.test" in done.stderr


@pytest.mark.parametrize("path", ["/redirect/loop", "/redirect/to?url=http://localhost.invalid/", "/gone"])
def test_a_page_that_leads_nowhere_is_recorded(crawl: Crawl, path: str) -> None:
    done = crawl.newsbot("crawl", crawl.site.base_url + path, "--spider", "page")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(crawl.json("rejected")) == 1


def test_a_sitemap_inside_an_index_that_failed_once_is_read_the_next_time(crawl: Crawl) -> None:
    with (
        crawl.site.failing("/en/regulator/sitemap-news.xml", 503),
        crawl.site.failing(child_sitemap(crawl), 503),
    ):
        first = crawl.newsbot("crawl", "demo-agency")
    assert first.returncode == 1
    assert "partial" in first.stdout
    assert crawl.newsbot("crawl", "demo-agency").returncode == 0
    assert len(crawl.json("latest", "--source", "demo-agency", "--limit", "50")) == 8


def child_sitemap(crawl: Crawl) -> str:
    """The first sitemap that the agency's index names."""
    with urlopen(f"{crawl.site.base_url}/en/regulator/sitemap_index.xml") as answer:
        text = answer.read().decode()
    return urlsplit(text.partition("<loc>")[2].partition("</loc>")[0]).path


def test_other_patterns_read_an_unchanged_list_again(crawl: Crawl) -> None:
    sources = crawl.folder / "sources.toml"
    whole = sources.read_text(encoding="utf-8")
    sources.write_text(whole.replace(r"/en/company/news/\\d+", r"/en/company/news/112"), encoding="utf-8")
    assert crawl.newsbot("crawl", "demo-company").returncode == 0
    assert len(crawl.json("latest", "--limit", "50")) == 1
    sources.write_text(whole, encoding="utf-8")
    assert crawl.newsbot("crawl", "demo-company").returncode == 0
    assert len(crawl.json("latest", "--limit", "50")) == 9


def test_a_known_page_can_be_fetched_and_printed(crawl: Crawl) -> None:
    crawl.newsbot("crawl", "demo-wire")
    url = crawl.json("latest")[0]["url"]
    assert crawl.json("fetch", url)["title"]


def test_a_dry_run_of_what_does_not_answer_fails(crawl: Crawl) -> None:
    done = crawl.newsbot("crawl", f"{crawl.site.base_url}/status/503", "--spider", "listing", "--dry-run")
    assert done.returncode == 1
    assert "HTTP 503" in done.stderr


def test_two_addresses_of_one_host_are_one_run(crawl: Crawl) -> None:
    base = crawl.site.base_url
    done = crawl.newsbot("crawl", f"{base}/press/feed.xml", f"{base}/wire/feed.json")
    assert done.returncode == 0, done.stderr
    assert len(crawl.json("runs")) == 1
