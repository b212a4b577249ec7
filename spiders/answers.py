"""A response, or its absence, as the `Page` that the pipelines take."""

from __future__ import annotations

from datetime import datetime

from scrapy import Request
from scrapy.http import Response

from newsbot.catalogue import Source
from newsbot.model import Hints, Page, Role
from newsbot.revisit import KnownPage


def page_of(
    response: Response, role: Role, source: Source, now: datetime, hints: Hints | None = None
) -> Page:
    """The response as the pipelines take it."""
    headers = tuple(
        (name.decode("latin-1").lower(), b", ".join(values).decode("latin-1"))
        for name, values in response.headers.items()
    )
    asked = response.request.meta.get("redirect_urls", [None])[0] if response.request else None
    return Page(
        url=response.url,
        body=response.body,
        fetched=now,
        content_type=dict(headers).get("content-type"),
        status=response.status,
        headers=headers,
        requested_url=asked,
        role=role,
        source=source.name,
        zone=source.zone,
        publisher=source.title if source.kind else None,
        hints=hints or Hints(),
        fields=source.fields,
    )


def failure_page(request: Request | None, source: Source, now: datetime, why: str) -> Page:
    """A page that stands for an answer that did not come, or may not be used."""
    assert request is not None
    return Page(
        url=request.meta.get("redirect_urls", [request.url])[0],
        body=b"",
        fetched=now,
        status=0,
        role=request.cb_kwargs.get("role", Role.ARTICLE),
        source=source.name,
        zone=source.zone,
        hints=request.cb_kwargs.get("hints", Hints()),
        failure=why,
    )


def conditions(known: KnownPage | None) -> dict[str, str]:
    """The headers that ask for a page only if it changed."""
    if known is None:
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value}
