"""Saved searches: what is new is told once, and nothing is lost on the way."""

from __future__ import annotations

import json
import os
import signal
import socketserver
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newsbot.config import Config, default_config
from newsbot.delivering import LONGEST_BODY, deliver, digest, key_of, payload
from newsbot.errors import InputError
from newsbot.store import Database
from newsbot.store.watches import MOST, Delivery, Watch
from tests.builders import LONG, about, accepted, later


def told(db: Database, name: str = "cells", hour: float = 0) -> list[str]:
    """The titles that a run of the watch has to tell, which are then told."""
    db.look(name, later(hour))
    titles = []
    while delivery := db.claim_delivery(name, later(hour)):
        titles += [article.title or "" for article in delivery.articles]
        db.settle_delivery(delivery.id, None, later(hour))
    return titles


def put(db: Database, number: int, text: str | None = None) -> None:
    db.record(accepted(f"https://h{number}.test/", text or f"{about(number)} cell", f"Title {number}"))


def test_only_what_is_new_is_told_and_once(db: Database) -> None:
    put(db, 1)
    db.add_watch(Watch(name="cells", query="cell"), later(0))
    assert told(db) == []
    put(db, 2)
    put(db, 3, about(30))
    assert told(db) == ["Title 2"]
    assert told(db) == []
    put(db, 4)
    assert told(db) == ["Title 4"]


def test_the_past_is_told_when_asked_for(db: Database) -> None:
    put(db, 1)
    db.add_watch(Watch(name="cells", query="cell"), later(0), past=True)
    assert told(db) == ["Title 1"]


def test_a_story_is_told_once_its_copies_and_versions_are_not(db: Database) -> None:
    db.add_watch(Watch(name="cells", query="cell"), later(0))
    db.add_watch(Watch(name="all", query="cell copies:all"), later(0))
    put(db, 1, LONG)
    assert told(db) == ["Title 1"]
    put(db, 2, LONG + " Copied.")
    put(db, 1, LONG + " Corrected.")
    assert told(db) == []
    assert told(db, "all") == ["Title 2", "Title 1"] or told(db, "all") == []


def test_a_watch_without_words_tells_by_its_filters(db: Database) -> None:
    db.add_watch(Watch(name="cells", query="site:h2.test"), later(0))
    put(db, 1)
    put(db, 2)
    assert told(db) == ["Title 2"]


def test_what_was_not_delivered_waits(db: Database) -> None:
    db.add_watch(Watch(name="cells", query="cell", command="false"), later(0))
    put(db, 1)
    db.look("cells", later(1))
    first = claimed(db, later(1))
    db.settle_delivery(first.id, "no route", later(1))
    put(db, 2)
    db.look("cells", later(2))
    again, second = claimed(db, later(2)), claimed(db, later(2))
    assert (again.id, again.tries, again.articles[0].title) == (first.id, 1, "Title 1")
    assert second.articles[0].title == "Title 2"
    assert db.watches()[0].waiting == 2


def claimed(
    db: Database, now: datetime, name: str = "cells", dead: Sequence[tuple[str, str]] = ()
) -> Delivery:
    delivery = db.claim_delivery(name, now, dead)
    assert delivery is not None
    return delivery


def test_who_delivers_is_alone_with_it_for_a_while(db: Database) -> None:
    db.add_watch(Watch(name="cells", query="cell"), later(0))
    put(db, 1)
    db.look("cells", later(1))
    first = claimed(db, later(1))
    assert db.claim_delivery("cells", later(1.1)) is None
    assert claimed(db, later(2)) == first


def test_what_was_there_before_the_watch_is_not_new(db: Database) -> None:
    put(db, 1, f"{LONG} cell")
    put(db, 2, about(2))
    db.add_watch(Watch(name="cells", query="cell"), later(0))
    put(db, 1, f"{LONG} cell Corrected.")
    put(db, 3, f"{LONG} cell Copied.")
    put(db, 2, f"{about(2)} cell")
    assert told(db) == ["Title 2"]


def test_what_others_had_before_is_new_where_one_asks_for_a_site(db: Database) -> None:
    put(db, 1, f"{LONG} cell")
    put(db, 2)
    db.add_watch(Watch(name="cells", query="cell site:h2.test OR site:h3.test"), later(0))
    put(db, 3, f"{LONG} cell")
    put(db, 2, f"{about(2)} cell Corrected.")
    assert told(db) == ["Title 3"]


def test_what_was_made_stays_made(db: Database) -> None:
    db.add_watch(Watch(name="cells", query="cell"), later(0))
    put(db, 1)
    db.look("cells", later(1))
    slow, quick = claimed(db, later(1)), claimed(db, later(2))
    db.settle_delivery(quick.id, None, later(2))
    db.settle_delivery(slow.id, "no answer", later(2))
    assert db.claim_delivery("cells", later(3)) is None


def test_targets_may_be_left_out(db: Database) -> None:
    db.add_watch(Watch(name="cells", query="cell", command="a b", mail="b@c.test"), later(0))
    put(db, 1)
    db.look("cells", later(1))
    assert claimed(db, later(1), dead=[("command", "a b")]).action == "mail"
    assert db.claim_delivery("cells", later(1.1), [("command", "a b")]) is None


def test_an_old_article_that_only_now_has_the_word_is_new(db: Database) -> None:
    put(db, 1, about(1))
    put(db, 2, about(2))
    db.add_watch(Watch(name="cells", query="cell OR site:h2.test"), later(0))
    put(db, 1, f"{about(1)} cell")
    put(db, 2, f"{about(2)} cell")
    assert told(db) == ["Title 1"]


def test_more_than_fit_one_delivery_are_counted_and_told_once(db: Database) -> None:
    db.add_watch(Watch(name="cells", query="cell"), later(0))
    for number in range(MOST + 5):
        put(db, number)
    db.look("cells", later(1))
    delivery = claimed(db, later(1))
    assert (len(delivery.articles), delivery.left_out) == (MOST, 5)
    db.settle_delivery(delivery.id, None, later(1))
    put(db, 0, f"{about(0)} cell again")
    assert told(db) == []


def test_names(db: Database) -> None:
    db.add_watch(Watch(name="cells", query="cell"), later(0))
    with pytest.raises(InputError, match="already"):
        db.add_watch(Watch(name="cells", query="x"), later(0))
    with pytest.raises(InputError, match="no watch named 'none'"):
        db.look("none", later(0))
    db.remove_watch("cells")
    with pytest.raises(InputError, match="there are: none"):
        db.remove_watch("cells")


# delivering


class Hook(BaseHTTPRequestHandler):
    """Answers as it is told to, and keeps what came."""

    answers: list[int]
    came: list[dict[str, Any]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.came.append(json.loads(body))
        self.send_response(self.answers.pop(0) if self.answers else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[tuple[type[Hook], str]]:
    handler = type("Hooked", (Hook,), {"answers": [], "came": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield handler, f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs."""

    letters: list[str]

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            if line.upper() == "DATA":
                self.say("354 go on")
                self.letters.append(self.letter())
                self.say("250 kept")
            else:
                self.say("221 bye" if line.upper() == "QUIT" else "250 fine")

    def letter(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def delivery(db: Database) -> Delivery:
    db.add_watch(Watch(name="cells", query="cell <b>", command="true"), later(0))
    db.add_watch(Watch(name="some", query="cell"), later(0))
    put(db, 1, "A <script>cell</script> text that is about nothing.")
    db.look("some", later(1))
    return claimed(db, later(1), "some")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return replace(default_config(), db=tmp_path / "n.db")


def no_wait(_seconds: float) -> None:
    pass


def test_a_webhook_gets_the_articles(
    delivery: Delivery, hook: tuple[type[Hook], str], config: Config
) -> None:
    handler, url = hook
    assert deliver(replace(delivery, action="webhook", target=url), config, no_wait) is None
    (came,) = handler.came
    assert (came["watch"], came["articles"][0]["title"]) == ("some", "Title 1")
    assert came == json.loads(json.dumps(payload(delivery)))


def test_a_webhook_is_tried_again_a_few_times(
    delivery: Delivery, hook: tuple[type[Hook], str], config: Config
) -> None:
    handler, url = hook
    handler.answers[:] = [503, 302]
    assert deliver(replace(delivery, action="webhook", target=url), config, no_wait) is None
    assert len(handler.came) == 3
    handler.answers[:] = [500] * 9
    problem = deliver(replace(delivery, action="webhook", target=url), config, no_wait)
    assert problem == f"{url}: answered 500"
    assert len(handler.came) == 6


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "file:///etc/passwd", "http://nowhere.invalid/"])
def test_a_webhook_that_cannot_be_reached_is_a_sentence(
    delivery: Delivery, config: Config, target: str
) -> None:
    problem = deliver(replace(delivery, action="webhook", target=target), config, no_wait)
    assert problem is not None
    assert "\n" not in problem


def test_a_command_gets_the_articles(delivery: Delivery, config: Config, tmp_path: Path) -> None:
    file = tmp_path / "came.json"
    code = f"import sys, pathlib; pathlib.Path({str(file)!r}).write_bytes(sys.stdin.buffer.read())"
    command = f'{sys.executable} -c "{code}"'
    assert deliver(replace(delivery, action="command", target=command), config, no_wait) is None
    assert json.loads(file.read_text("utf-8"))["articles"][0]["title"] == "Title 1"
    for wrong in ("false", "no-such-program", '"', " "):
        assert deliver(replace(delivery, action="command", target=wrong), config, no_wait)
    problem = deliver(
        replace(delivery, action="command", target="sh -c 'echo one; echo two >&2; exit 3'"), config, no_wait
    )
    assert str(problem).endswith("exit code 3 two")


def test_a_command_may_leave_a_program_running(delivery: Delivery, config: Config, tmp_path: Path) -> None:
    file = tmp_path / "pid"
    command = f"sh -c 'sleep 300 & echo $! > {file}'"
    assert deliver(replace(delivery, action="command", target=command), config, no_wait) is None
    os.kill(int(file.read_text("utf-8")), signal.SIGTERM)


def test_mail(delivery: Delivery, config: Config) -> None:
    handler = type("Mailed", (Mailbox,), {"letters": []})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mailing = replace(
            config, smtp_host="127.0.0.1", smtp_port=server.server_address[1], mail_from="n@b.test"
        )
        to = replace(delivery, action="mail", target="me@example.test")
        assert deliver(to, mailing, no_wait) is None
        server.shutdown()
    assert "Subject: some: 1 new" in handler.letters[0]
    assert "set smtp_host" in (deliver(to, config, no_wait) or "")
    assert "set mail_from" in (
        deliver(to, replace(mailing, mail_from=None, contact="https://b.test/"), no_wait) or ""
    )
    assert "127.0.0.1: " in (deliver(to, replace(mailing, smtp_port=1), no_wait) or "")
    assert "no mail address" in (deliver(replace(to, target='"a, <@b.test'), mailing, no_wait) or "")


def test_a_password_goes_nowhere_without_encryption(delivery: Delivery, config: Config) -> None:
    handler = type("Mailed", (Mailbox,), {"letters": []})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mailing = replace(
            config,
            smtp_host="0.0.0.0",  # this machine, under a name that is not known to be
            smtp_port=server.server_address[1],
            smtp_user="me",
            smtp_password="secret",
            mail_from="n@b.test",
        )
        to = replace(delivery, action="mail", target="me@example.test")
        assert "offers no STARTTLS" in (deliver(to, mailing, no_wait) or "")
        server.shutdown()
    assert handler.letters == []


class Offering(socketserver.StreamRequestHandler):
    """A mail server that offers STARTTLS, and keeps what comes after it was asked for that."""

    came: list[bytes]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line[:4].upper() == b"EHLO":
                self.wfile.write(b"250-here\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n")
            elif line.strip().upper() == b"STARTTLS":
                self.wfile.write(b"220 go on\r\n")
                self.came.append(self.rfile.read(1))
                return
            else:
                self.came.append(line)
                self.wfile.write(b"250 ok\r\n")


def test_mail_and_password_go_encrypted_where_that_is_offered(delivery: Delivery, config: Config) -> None:
    handler = type("Offered", (Offering,), {"came": []})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mailing = replace(
            config,
            smtp_host="127.0.0.1",
            smtp_port=server.server_address[1],
            smtp_user="me",
            smtp_password="secret",
            mail_from="n@b.test",
        )
        assert deliver(replace(delivery, action="mail", target="me@example.test"), mailing, no_wait)
        server.shutdown()
    assert set(handler.came) == {b"\x16"}  # the beginning of a TLS handshake


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/", "http://127.0.0.1:{port}/a b"])
def test_a_webhook_that_answers_nonsense_is_a_sentence(
    delivery: Delivery, config: Config, target: str
) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = target.format(port=server.server_address[1])
        assert deliver(replace(delivery, action="webhook", target=url), config, no_wait)
        server.shutdown()


def test_a_delivery_has_a_key_of_its_own(delivery: Delivery) -> None:
    assert key_of(replace(delivery, tries=2)) == key_of(delivery)
    assert key_of(replace(delivery, made="2026-11-20T12:00:01Z")) != key_of(delivery)
    assert key_of(replace(delivery, watch="药")).isascii()


def test_texts_are_cut(delivery: Delivery) -> None:
    long = replace(delivery.articles[0], body="\n".join(["word " * 50] * 100), sections="b" * 100)
    sent = replace(delivery, articles=(long,))
    assert len(payload(sent)["articles"][0]["body"]) == LONGEST_BODY
    assert len(digest(sent)) < LONGEST_BODY * 1.5


def test_a_digest_holds_no_markup(delivery: Delivery) -> None:
    text = digest(delivery)
    assert "<script>" not in text
    assert "Title 1" in text
