"""Catalogue entries for the sections of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

SOURCES: Mapping[str, Mapping[str, Any]] = {
    "demo-company": {
        "section": "en_company",
        "title": "Chengxu Biopharma",
        "kind": "company",
        "language": "en",
        "country": "CN",
        "zone": "Asia/Shanghai",
        "spider": "listing",
        "start": ["/en/company/"],
        "include": [r"/en/company/news/\d+\.html$"],
    },
    "demo-company-zh": {
        "section": "zh_company",
        "title": "砚池药业",
        "kind": "company",
        "language": "zh",
        "country": "CN",
        "zone": "Asia/Shanghai",
        "spider": "listing",
        "start": ["/zh/company/list_3_1.html"],
        "include": [r"/zh/company/a/\d+/\d+\.html$"],
    },
    "demo-agency": {
        "section": "en_regulator",
        "title": "Norland Medicines Agency",
        "kind": "regulator",
        "language": "en",
        "country": "NO",
        "zone": "Europe/Oslo",
        "spider": "sitemap",
        "start": ["/en/regulator/sitemap_index.xml"],
    },
    "demo-agency-zh": {
        "section": "zh_regulator",
        "title": "东澜省药品监督管理局",
        "kind": "regulator",
        "language": "zh",
        "country": "CN",
        "zone": "Asia/Shanghai",
        "spider": "sitemap",
        "start": ["/zh/regulator/sitemap.xml"],
    },
    "demo-press": {
        "section": "press",
        "title": "The Capsule Ledger",
        "kind": "trade press",
        "language": "en",
        "country": "US",
        "zone": "America/New_York",
        "spider": "feed",
        "start": ["/press/feed.xml"],
    },
    "demo-press-zh": {
        "section": "zh_press",
        "title": "药闻夜航",
        "kind": "trade press",
        "language": "zh",
        "country": "CN",
        "zone": "Asia/Shanghai",
        "spider": "feed",
        "start": ["/zh/press/rss.xml"],
    },
    "demo-wire": {
        "section": "wire",
        "title": "Meridian Presswire",
        "kind": "newswire",
        "language": "en",
        "country": "US",
        "zone": "America/New_York",
        "spider": "feed",
        "start": ["/wire/feed.json"],
    },
}
"""One source for each section; `start` is relative to the site, and `section` is for the tests alone."""

ALWAYS = {"enabled": True, "local": True, "delay": 0}


def sources_toml(base_url: str) -> str:
    """A sources file for the site at `base_url`."""
    return "\n".join(_entry(name, source, base_url) for name, source in SOURCES.items())


def _entry(name: str, source: Mapping[str, Any], base_url: str) -> str:
    fields = {key: value for key, value in source.items() if key != "section"} | ALWAYS
    fields["start"] = [base_url + path for path in source["start"]]
    return "\n".join((f"[sources.{name}]", *_lines(fields), ""))


def _lines(fields: Mapping[str, Any]) -> Iterator[str]:
    """TOML writes strings, numbers, lists and truth values as JSON does."""
    for key, value in fields.items():
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}"
