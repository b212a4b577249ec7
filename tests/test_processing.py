"""The steps before the store: which pages are read, refused, or passed through."""

from __future__ import annotations

import pytest

from newsbot.model import Page, Rejection, Role
from newsbot.processing import process
from tests.builders import page


@pytest.mark.parametrize(
    "where",
    [
        page(role=Role.LIST),
        page(role=Role.FEED),
        page(role=Role.SITEMAP),
        page(status=304, body=b""),
        page(failure="timeout", body=b"", status=0),
    ],
    ids=["list", "feed", "sitemap", "not modified", "failure"],
)
def test_what_holds_no_article_passes_through(where: Page) -> None:
    item = process(where)
    assert (item.page, item.extraction, item.refusal, item.prints) == (where, None, None, None)


@pytest.mark.parametrize("status", [100, 301, 403, 404, 410, 500, 503, 999])
@pytest.mark.parametrize("role", [Role.ARTICLE, Role.LIST])
def test_an_error_is_refused_with_its_status(status: int, role: Role) -> None:
    item = process(page(status=status, role=role))
    assert item.refusal is not None
    assert (item.refusal.reason, item.refusal.detail) == (Rejection.HTTP_STATUS, f"HTTP {status}")
    assert item.extraction is None


@pytest.mark.parametrize("body", [b"", b"\0" * 999, b"\xff\xfe", b"%PDF-1.7 \x80\x81", b"<html></html>"])
def test_what_is_no_article_is_refused_with_a_reason(body: bytes) -> None:
    item = process(page(body=body, content_type=None))
    assert item.refusal is not None
    assert item.prints is None
