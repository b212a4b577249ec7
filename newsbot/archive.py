"""WARC files: every response as it came, so that all history can be read again without the network."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from newsbot.errors import ArchiveError
from newsbot.model import ArchivePlace, Page
from newsbot.urls import is_web

DROPPED_HEADERS = frozenset(("content-encoding", "transfer-encoding", "content-length", "connection"))
"""Headers that no longer hold: bodies are kept decoded."""

COMPRESSION = 5
PAGES = WarcRecordType.response | WarcRecordType.resource
MAX_BODY = 64 * 1024 * 1024
"""Bytes of one record's body beyond which a WARC file from elsewhere is not believed."""


def archive_folder(db: Path) -> Path:
    """The folder of WARC files that goes with a database: `news.db` has `news-warc` beside it."""
    return db.with_name(f"{db.stem}-warc")


class ArchiveWriter:
    """Appends responses to WARC files of its own in a folder; a new file when one grows past `max_bytes`.

    Each process and run writes its own file, so that no two ever write to one.
    """

    def __init__(self, folder: Path, max_bytes: int = 512 * 1024 * 1024) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self._file: io.BufferedWriter | None = None
        self._name = ""

    def write(self, page: Page) -> ArchivePlace:
        """Keep a page's response and return its place. It is with the operating system when this returns.

        Raises OSError when it cannot be written.
        """
        data = _compressed(_record(page))
        file = self._open()
        place = ArchivePlace(file=self._name, offset=file.tell())
        file.write(data)
        file.flush()
        return place

    def close(self) -> None:
        """Put everything on the disk and close the file."""
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def _open(self) -> io.BufferedWriter:
        if self._file is not None and self._file.tell() > self.max_bytes:
            self.close()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{os.getpid()}.warc.gz"
            self._file = (self.folder / self._name).open("xb")
        return self._file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _record(page: Page) -> WarcRecord:
    """A response record for what came by http, a resource record for a file."""
    record = WarcRecord()
    web = is_web(page.url)
    record.init_headers(WarcRecordType.response if web else WarcRecordType.resource)
    record.record_date = page.fetched
    record.headers["WARC-Target-URI"] = page.url
    if not web:
        record.headers["Content-Type"] = page.content_type or "application/octet-stream"
        record.set_bytes_content(page.body)
        return record
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(_http_head(page) + page.body)
    return record


def _http_head(page: Page) -> bytes:
    lines = [f"HTTP/1.1 {page.status}"]
    lines += [
        _line(f"{name}: {value}") for name, value in page.headers if name.lower() not in DROPPED_HEADERS
    ]
    lines.append(f"content-length: {len(page.body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace")


def _line(text: str) -> str:
    """The text on one line, so that no header's value can begin another header."""
    return "".join(sign if sign.isprintable() or sign == "\t" else " " for sign in text)


def _compressed(record: WarcRecord) -> bytes:
    buffer = io.BytesIO()
    writer = GzipWriter(buffer, compression_level=COMPRESSION)
    record.write(writer)
    writer.finish()
    return buffer.getvalue()


def read_page(folder: Path, place: ArchivePlace) -> Page:
    """The page kept at a place. Raises ArchiveError when it is not there or torn."""
    file = folder / place.file
    try:
        with file.open("rb") as stream:
            stream.seek(place.offset)
            for record in ArchiveIterator(stream, parse_http=False):
                page = _page(record, datetime.now(UTC))
                if page is not None:
                    return page
                break
    except FileNotFoundError:
        raise ArchiveError(file, "this WARC file is gone") from None
    except OSError as error:
        raise ArchiveError(file, f"cannot be read at byte {place.offset}: {error}") from error
    raise ArchiveError(file, f"holds no whole record at byte {place.offset}")


def read_warc(file: Path) -> Iterator[Page]:
    """The pages in a WARC file, plain or gzipped, one for each whole response or resource record, in order.

    A record without a date has that of the file. Raises ArchiveError for a file that is no WARC file.
    """
    try:
        with file.open("rb") as stream:
            undated = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            for record in ArchiveIterator(stream, record_types=PAGES, parse_http=False):
                page = _page(record, undated)
                if page is not None:
                    yield page
    except OSError as error:
        raise ArchiveError(file, f"this is not a WARC file, or a damaged one ({error})") from error


def _page(record: WarcRecord, undated: datetime) -> Page | None:
    """The page in a record; None for one that is torn, too large, or no page."""
    url = record.headers.get("WARC-Target-URI")
    if not url or record.content_length > MAX_BODY:
        return None
    web, size, fetched = record.is_http, record.content_length, record.record_date
    content_type = record.headers.get("Content-Type")
    body = record.reader.read(size)
    if len(body) < size:
        return None
    plain = Page(url=url.strip("<>"), body=body, fetched=fetched or undated, content_type=content_type)
    return _http_page(plain) if web else plain


def _http_page(raw: Page) -> Page:
    """The page in an HTTP message, its transfer and content encodings undone if they can be."""
    try:
        record, body = _message(raw.body, "all")
    except OSError:
        record, body = _message(raw.body, "none")
    headers = tuple(
        (_decoded(name).lower(), _decoded(value)) for name, value in record.http_headers.items_bytes()
    )
    return replace(
        raw,
        body=body,
        content_type=dict(headers).get("content-type"),
        status=record.http_headers.status_code or 0,
        headers=headers,
    )


def _message(content: bytes, decode: Literal["all", "none"]) -> tuple[WarcRecord, bytes]:
    """The parsed head and the body of an HTTP message. Raises OSError when the body is not as its head says."""
    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.is_http = True
    record.set_bytes_content(content)
    record.parse_http(auto_decode=decode, strict_mode=False)
    return record, record.reader.read(MAX_BODY)


def _decoded(text: bytes) -> str:
    """A header's text: UTF-8 as we and most write it, else Latin-1 as the old standard has it."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")
