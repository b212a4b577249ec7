"""The site on loopback: conditional requests, editions that can be switched, a log, and misbehaviour to order."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.site.pages import HTML, Resource, build

CHUNK = b"x" * 65_536


@dataclass(slots=True)
class Site:
    """A running site. Setting `edition` changes what it answers from then on; `log` holds (path, status)."""

    base_url: str
    edition: int = 1
    log: list[tuple[str, int]] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)

    host: str | None = None

    @contextmanager
    def hosting(self, host: str) -> Iterator[None]:
        """While it lasts, the pages name their addresses on another host."""
        self.host = host
        try:
            yield
        finally:
            self.host = None

    @contextmanager
    def failing(self, path: str, status: int) -> Iterator[None]:
        """While it lasts, a path is answered with this status."""
        self.failures[path] = status
        try:
            yield
        finally:
            del self.failures[path]

    def paths(self, status: int | None = None) -> list[str]:
        """The paths that were asked for, in order; only those answered with `status` if that is given."""
        return [path for path, answered in self.log if status in (None, answered)]


class SiteServer(ThreadingHTTPServer):
    """Serves one `Site`, and can cut all its connections."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.site = site
        self.connections: set[socket.socket] = set()
        super().__init__(address, Handler)
        site.base_url = f"http://127.0.0.1:{self.server_port}"

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        self.connections.add(request)
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are part of the tests."""

    def cut(self) -> None:
        """Close what is still open, so that waiting threads end."""
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class Handler(BaseHTTPRequestHandler):
    """Answers from the edition that the site is set to."""

    server: SiteServer
    protocol_version = "HTTP/1.1"
    server_version = "tests"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 65_536
    timeout = 30

    def do_GET(self) -> None:
        """Answer, and note what was answered."""
        path, _, query = self.path.partition("?")
        words = path.strip("/").split("/")
        hook = HOOKS.get(words[0])
        if hook is not None:
            hook(self, words[1:], {name: values[0] for name, values in parse_qs(query).items()})
            return
        if path in self.server.site.failures:
            self.answer(self.server.site.failures[path], MISSING)
            return
        pages = build(self.server.site.edition, self.base)
        found = pages.get(self.path) or (pages.get(path) if not query else None)
        if found is None:
            self.answer(404, MISSING)
        else:
            self.answer_if_changed(found)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    @property
    def base(self) -> str:
        """Scheme and host as the client sees them."""
        return f"http://{self.server.site.host or self.headers.get('Host', 'localhost')}"

    def answer_if_changed(self, resource: Resource) -> None:
        """200 with validators, or 304 when the client has it already."""
        etag = f'"{blake2b(resource.body, digest_size=8).hexdigest()}"'
        headers = {"ETag": etag, "Last-Modified": format_datetime(as_gmt(resource.modified), usegmt=True)}
        if self.has(etag, resource.modified):
            self.answer(304, None, headers)
        else:
            self.answer(200, resource, headers)

    def has(self, etag: str, modified: datetime) -> bool:
        """Whether the request's conditions say so; If-None-Match outweighs If-Modified-Since (RFC 9110)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return etag in tags or tags.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False

    def answer(self, status: int, resource: Resource | None, headers: dict[str, str] | None = None) -> None:
        """Send one answer in one piece."""
        self.begin(status, headers or {})
        if resource is not None:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Content-Length", str(len(resource.body)))
        elif status != 304:
            self.send_header("Content-Length", "0")
        self.end_headers()
        if resource is not None and self.command != "HEAD":
            self.wfile.write(resource.body)

    def begin(self, status: int, headers: dict[str, str]) -> None:
        """Log the answer and send its first headers."""
        self.server.site.log.append((self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)

    def log_message(self, *args: object) -> None:
        """Nothing on the terminal; the site's log has it all."""


def as_gmt(when: datetime) -> datetime:
    """The time as HTTP headers want it."""
    return when.astimezone(UTC).replace(microsecond=0)


MISSING = Resource(
    body=b"<!doctype html><title>Not found</title><h1>Not found</h1><p>There is no such page.</p>"
)
ARTICLE = Resource(
    body=b"<!doctype html><title>A page that took its time</title><h1>A page that took its time</h1>"
    + b"<p>"
    + b"It was asked for, and here it is at last, with a sentence or two to read. " * 8
    + b"</p>",
    content_type=HTML,
)

# misbehaviour to order

Query = dict[str, str]


def slow(handler: Handler, words: list[str], query: Query) -> None:
    """/slow?seconds=2: silence, then a page."""
    time.sleep(float(query.get("seconds", "1")))
    handler.answer(200, ARTICLE)


def drip(handler: Handler, words: list[str], query: Query) -> None:
    """/drip?seconds=5: a byte every tenth of a second."""
    total = int(float(query.get("seconds", "5")) * 10)
    handler.begin(200, {"Content-Type": HTML, "Content-Length": str(total)})
    handler.end_headers()
    for _ in range(total):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def status(handler: Handler, words: list[str], query: Query) -> None:
    """/status/503: that status, with a page that says so."""
    code = int(words[0])
    handler.answer(code, Resource(body=f"<title>{code}</title><h1>Status {code}</h1>".encode()))


def redirect(handler: Handler, words: list[str], query: Query) -> None:
    """/redirect/3: three hops to the front page. /redirect/to?url=...: one hop there. /redirect/loop: for ever."""
    step = words[0] if words else "1"
    if step == "to":
        target = query["url"]
    elif step == "loop":
        target = "/redirect/loop"
    else:
        target = f"/redirect/{int(step) - 1}" if int(step) > 1 else "/"
    handler.answer(int(query.get("status", "302")), None, {"Location": target})


def big(handler: Handler, words: list[str], query: Query) -> None:
    """/big?bytes=20000000: that many bytes; with length=no they are not announced."""
    total = int(query.get("bytes", "20000000"))
    announced = query.get("length") != "no"
    length = {"Content-Length": str(total)} if announced else {"Connection": "close"}
    handler.begin(200, {"Content-Type": HTML, **length})
    handler.end_headers()
    for start in range(0, total, len(CHUNK)):
        handler.wfile.write(CHUNK[: total - start])


def gone(handler: Handler, words: list[str], query: Query) -> None:
    """/gone: 410."""
    handler.answer(410, MISSING)


def private(handler: Handler, words: list[str], query: Query) -> None:
    """/private/...: pages that robots.txt forbids."""
    handler.answer(200, ARTICLE)


HOOKS: dict[str, Callable[[Handler, list[str], Query], None]] = {
    "slow": slow,
    "drip": drip,
    "status": status,
    "redirect": redirect,
    "big": big,
    "gone": gone,
    "private": private,
}


@contextmanager
def serve(edition: int = 1, port: int = 0) -> Iterator[Site]:
    """The site, running on 127.0.0.1 for as long as the block lasts; port 0 takes any that is free."""
    site = Site(base_url="", edition=edition)
    server = SiteServer(("127.0.0.1", port), site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.cut()
        server.server_close()
        thread.join(5)
