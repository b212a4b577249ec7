"""WARC files: what was written comes back, what is torn is said, what others wrote is read."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsbot.archive import MAX_BODY, ArchiveWriter, archive_folder, read_page, read_warc
from newsbot.errors import ArchiveError
from newsbot.model import ArchivePlace, Page
from tests.builders import NOON, page

HEADERS = (
    ("content-type", "text/html; charset=gbk"),
    ("etag", '"1"'),
    ("x-title", "国家药监局"),
    ("set-cookie", "a=1"),
    ("set-cookie", "b=2"),
)


def kept(folder: Path, *pages: Page) -> list[ArchivePlace]:
    with ArchiveWriter(folder) as writer:
        return [writer.write(each) for each in pages]


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_the_folder_lies_beside_the_database() -> None:
    assert archive_folder(Path("/data/news.db")) == Path("/data/news-warc")


def test_a_response_comes_back_as_it_was(tmp_path: Path) -> None:
    body = bytes(range(256)) * 10 + b"\r\n\r\n" + "药".encode("gbk")
    plain = page(body=body, headers=HEADERS, status=203, content_type="text/html; charset=gbk")
    (place,) = kept(tmp_path, plain)
    back = read_page(tmp_path, place)
    assert (back.url, back.body, back.status, back.fetched) == (plain.url, body, 203, NOON)
    assert back.content_type == "text/html; charset=gbk"
    assert [pair for pair in back.headers if pair[0] != "content-length"] == list(HEADERS)


def test_bodies_are_kept_decoded(tmp_path: Path) -> None:
    headers = (("content-encoding", "gzip"), ("transfer-encoding", "chunked"), ("content-length", "3"))
    (place,) = kept(tmp_path, page(body=b"plain text", headers=headers))
    back = read_page(tmp_path, place)
    assert back.body == b"plain text"
    assert back.headers == (("content-length", "10"),)


@pytest.mark.parametrize("url", ["file:///home/me/Seed%20file.txt", "about:blank"])
def test_a_file_comes_back_as_it_was(tmp_path: Path, url: str) -> None:
    (place,) = kept(tmp_path, page(url, body=b"HTTP/1.1 200 OK\r\n\r\nx", content_type="text/plain"))
    back = read_page(tmp_path, place)
    assert (back.url, back.body, back.content_type) == (url, b"HTTP/1.1 200 OK\r\n\r\nx", "text/plain")


def test_several_lie_at_their_places_and_in_order(tmp_path: Path) -> None:
    pages = [page(f"https://news.test/{n}", body=str(n).encode() * n) for n in range(5)]
    places = kept(tmp_path, *pages)
    for place, each in reversed(list(zip(places, pages, strict=True))):
        assert read_page(tmp_path, place).body == each.body
    assert [each.url for each in read_warc(only_file(tmp_path))] == [each.url for each in pages]


@given(st.binary(max_size=400), st.text(max_size=40), st.integers(100, 599))
@example(b"", "a\r\nx-injected: b\r\n\r\nbody", 200)
@example(b"", "\ud800", 200)
@example(b"", " ", 200)
def test_any_body_comes_back_whatever_the_header_says(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, value: str, status: int
) -> None:
    folder = tmp_path_factory.mktemp("warc")
    (place,) = kept(folder, page(body=body, headers=(("x-note", value), ("x-end", "1")), status=status))
    back = read_page(folder, place)
    assert (back.body, back.status) == (body, status)
    assert ("x-end", "1") in back.headers
    assert "x-injected" not in dict(back.headers)


def test_a_new_file_begins_when_one_is_full(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, max_bytes=300) as writer:
        places = [writer.write(page(body=b"%d" % n)) for n in range(6)]
        assert [read_page(tmp_path, place).body for place in places] == [b"%d" % n for n in range(6)]
    assert len({place.file for place in places}) > 1
    assert {place.file for place in places} == {file.name for file in tmp_path.iterdir()}


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path) as one, ArchiveWriter(tmp_path) as other:
        assert one.write(page()).file != other.write(page()).file


def test_a_writer_without_pages_leaves_nothing(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path / "warc"):
        pass
    assert not (tmp_path / "warc").exists()


@pytest.mark.parametrize("cut", [1, 9, 20, 40, 100, 200])
def test_a_torn_tail_is_said_and_never_read_in_part(tmp_path: Path, cut: int) -> None:
    body = bytes(n * 7919 % 251 for n in range(400))
    first, last = kept(tmp_path, page(body=b"first"), page(body=body))
    file = only_file(tmp_path)
    file.write_bytes(file.read_bytes()[:-cut])
    assert read_page(tmp_path, first).body == b"first"
    assert bodies(file)[0] == b"first"
    assert set(bodies(file)[1:]) <= {body}
    if cut > 9:  # what is cut off before is only gzip's own end
        assert bodies(file) == [b"first"]
        with pytest.raises(ArchiveError) as caught:
            read_page(tmp_path, last)
        assert "\n" not in str(caught.value)


def bodies(file: Path) -> list[bytes]:
    """The bodies that can be read from a file until something is wrong with it."""
    found = []
    with suppress(ArchiveError):
        for each in read_warc(file):
            found.append(each.body)
    return found


def test_a_place_that_is_none(tmp_path: Path) -> None:
    (place,) = kept(tmp_path, page())
    for offset in (place.offset + 1, 10**9):
        with pytest.raises(ArchiveError):
            read_page(tmp_path, ArchivePlace(file=place.file, offset=offset))
    with pytest.raises(ArchiveError, match="gone"):
        read_page(tmp_path, ArchivePlace(file="lost.warc.gz", offset=0))
    (tmp_path / "folder").mkdir()
    with pytest.raises(ArchiveError):
        read_page(tmp_path, ArchivePlace(file="folder", offset=0))


@pytest.mark.parametrize(
    "content",
    [
        b"These are notes.\n" * 50,
        b"\x1f\x8b\x08 broken",
        gzip.compress(b"notes " * 99, mtime=0),
        b"WARC/1.0\r\n",
        b"\0" * 999,
    ],
)
def test_what_is_no_warc_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.warc.gz"
    file.write_bytes(content)
    assert bodies(file) == []


def record(
    content: bytes, *, kind: str = "response", date: str = "2020-02-03T04:05:06Z", **more: str
) -> bytes:
    """A WARC record as another program writes it."""
    kind_of_content = "application/http; msgtype=response" if kind == "response" else "text/plain"
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:12345678-1234-1234-1234-123456789012>",
        "WARC-Date": date,
        "WARC-Target-URI": "<https://old.test/a>",
        "Content-Type": kind_of_content,
        "Content-Length": str(len(content)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + content + b"\r\n\r\n"


def http(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    return "\r\n".join([status, *headers, "", ""]).encode() + body


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (body[:7], body[7:])) + b"0\r\n\r\n"


def read(tmp_path: Path, content: bytes) -> list[Page]:
    file = tmp_path / "foreign.warc"
    file.write_bytes(content)
    return list(read_warc(file))


TEXT = "<p>国家药监局批准</p>".encode()


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ((), TEXT),
        (("Content-Encoding: gzip",), gzip.compress(TEXT, mtime=0)),
        (("Content-Encoding: deflate",), zlib.compress(TEXT)),
        (("Transfer-Encoding: chunked",), chunked(TEXT)),
        (("Transfer-Encoding: chunked", "Content-Encoding: gzip"), chunked(gzip.compress(TEXT, mtime=0))),
    ],
    ids=["plain", "gzip", "deflate", "chunked", "chunked gzip"],
)
def test_the_encodings_of_others_are_undone(tmp_path: Path, headers: tuple[str, ...], sent: bytes) -> None:
    (back,) = read(tmp_path, record(http(sent, "Content-Type: text/html", *headers)))
    assert (back.url, back.body, back.status) == ("https://old.test/a", TEXT, 200)
    assert back.fetched == datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert back.content_type == "text/html"


def test_only_pages_are_read_and_gzip_by_record_too(tmp_path: Path) -> None:
    records = [
        record(b"software: x\r\n", kind="warcinfo"),
        record(
            http(b"", status="GET / HTTP/1.1"),
            kind="request",
            Content_Type="application/http; msgtype=request",
        ),
        record(http(b"one")),
        record(b"two", kind="resource"),
        record(b"meta", kind="metadata"),
        record(http(b"three", status="HTTP/1.0 404 Not Found")),
    ]
    plain = read(tmp_path, b"".join(records))
    assert [(each.body, each.status) for each in plain] == [(b"one", 200), (b"two", 200), (b"three", 404)]
    assert read(tmp_path, b"".join(map(gzip.compress, records))) == plain
    assert read(tmp_path, gzip.compress(b"".join(records))) == plain


@pytest.mark.parametrize(
    "content",
    [
        record(http(b"x"), date=""),
        record(http(b"x"), date="long ago"),
        record(b""),
        record(b"no http at all"),
        record(b"\0\xff" * 100),
        record(http(b"x", "Content-Encoding: gzip")),
        record(http(b"x", "Transfer-Encoding: chunked")),
        record(http(b"x", "Content-Encoding: br")),
        record(http(b"x", "no colon here", ": empty", "a" * 5000 + ": b")),
        record(http(b"x", status="HTTP/1.1 abc")),
        record(http(b"x"), WARC_Target_URI=""),
    ],
    ids=lambda content: content[-40:-4].decode("latin-1").encode("unicode_escape").decode(),
)
def test_broken_records_stop_nothing_but_themselves(tmp_path: Path, content: bytes) -> None:
    found = read(tmp_path, content + record(http(b"after")))
    assert found[-1].body == b"after"
    assert all(each.fetched.tzinfo for each in found)


@pytest.mark.parametrize("length", ["-1", "many", ""])
def test_a_record_without_length_ends_the_file_with_an_error(tmp_path: Path, length: str) -> None:
    file = tmp_path / "x.warc"
    file.write_bytes(
        record(http(b"before")) + record(http(b"x"), Content_Length=length) + record(http(b"after"))
    )
    assert b"before" in bodies(file)


def test_a_body_that_cannot_be_decoded_is_kept_as_it_was_sent(tmp_path: Path) -> None:
    (back,) = read(tmp_path, record(http(b"no gzip", "Content-Encoding: gzip")))
    assert back.body == b"no gzip"


def test_headers_in_an_old_encoding_are_read(tmp_path: Path) -> None:
    (back,) = read(tmp_path, record(b"HTTP/1.1 200 OK\r\nX-Name: caf\xe9\r\n\r\nx"))
    assert dict(back.headers)["x-name"] == "caf\u00e9"


def test_a_record_beyond_belief_is_left_out(tmp_path: Path) -> None:
    huge = http(b"a" * (MAX_BODY + 1))
    file = tmp_path / "huge.warc.gz"
    with file.open("wb") as out:
        out.write(gzip.compress(record(huge), 1))
        out.write(gzip.compress(record(http(b"after"))))
    assert [each.body for each in read_warc(file)] == [b"after"]


def test_a_small_record_that_unpacks_beyond_belief_is_cut(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (MAX_BODY + 1000))
    (back,) = read(tmp_path, record(http(bomb, "Content-Encoding: gzip")))
    assert len(back.body) <= MAX_BODY
