"""What a watch found, to a program, an address on the web, or a mailbox. Bounded in time and size.

At least once: a delivery whose answer is lost is made again. What takes it knows it by its key (`Idempotency-Key`,
`Message-ID`).
"""

from __future__ import annotations

import json
import os
import re
import shlex
import smtplib
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from newsbot import __version__
from newsbot.config import Config
from newsbot.export import markdown
from newsbot.store import StoredArticle, as_json
from newsbot.store.watches import Delivery
from newsbot.urls import is_web

SECONDS = 20
"""How long one attempt may take; a command three times as long."""

PAUSES = (0.0, 1.0, 4.0)
"""Seconds before each attempt of one run; what fails then is tried again by the next run."""

LONGEST_BODY = 2_000
"""Characters of each text that are sent; the whole lies in the database and at its address."""

LONGEST_ERROR = 200
"""Bytes from the end of what a program that failed said."""


def payload(delivery: Delivery) -> dict[str, Any]:
    """What a program gets: the watch, its query, and the articles, bounded."""
    return {
        "watch": delivery.watch,
        "query": delivery.query,
        "delivery": delivery.id,
        "made": delivery.made,
        "left_out": delivery.left_out,
        "articles": [as_json(shortened(article)) for article in delivery.articles],
    }


def shortened(article: StoredArticle) -> StoredArticle:
    """The article with no more of its text than is sent."""
    body = article.body[:LONGEST_BODY]
    sections = article.sections[: body.count("\n") + 1] if article.sections else None
    return replace(article, body=body, sections=sections)


def key_of(delivery: Delivery) -> str:
    """By which a receiver knows a delivery that comes again."""
    made = delivery.made.replace(":", "")
    return f"{delivery.watch}-{delivery.id}-{made}".encode("ascii", "replace").decode()


def digest(delivery: Delivery) -> str:
    """What a person gets: the articles as Markdown."""
    head = f"# {delivery.watch}: {delivery.count} new\n\nQuery: `{delivery.query.replace('`', ' ')}`\n\n"
    more = f"\n… and {delivery.left_out} more.\n" if delivery.left_out else ""
    return head + "\n".join(markdown(shortened(article)) for article in delivery.articles) + more


def deliver(delivery: Delivery, config: Config, wait: Callable[[float], None] = time.sleep) -> str | None:
    """Deliver; None when it was taken, else what went wrong, in one sentence, after some attempts."""
    problem: str | None = None
    for pause in PAUSES:
        wait(pause)
        problem = WAYS[delivery.action](delivery, config)
        if problem is None:
            return None
    return problem


class _NoRedirect(HTTPRedirectHandler):
    """Other addresses than the one that was given are not written to."""

    def redirect_request(self, *_: Any) -> None:
        """No request."""
        return


def _post(delivery: Delivery, _config: Config) -> str | None:
    if not is_web(delivery.target):
        return f"{delivery.target} is no web address"
    body = json.dumps(payload(delivery), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"newsbot/{__version__}",
        "Idempotency-Key": key_of(delivery),
    }
    request = Request(delivery.target, data=body, headers=headers, method="POST")  # noqa: S310 - http(s) only
    try:
        with build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            return None if 200 <= answer.status < 300 else f"{delivery.target} answered {answer.status}"
    except HTTPError as error:
        moved = "; redirects are not followed" if 300 <= error.code < 400 else ""
        return f"{delivery.target}: answered {error.code}{moved}"
    except URLError as error:
        return f"{delivery.target}: {error.reason}"
    except (OSError, ValueError, HTTPException) as error:
        return f"{delivery.target}: {str(error) or type(error).__name__}"


def _run(delivery: Delivery, _config: Config) -> str | None:
    """Errors go to a file: whoever the program leaves running may hold a pipe for ever."""
    body = json.dumps(payload(delivery), ensure_ascii=False).encode()
    with tempfile.TemporaryFile() as errors:
        try:
            code = subprocess.run(  # noqa: S603 - the user's own command
                command_words(delivery.target),
                input=body,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                timeout=3 * SECONDS,
                check=False,
            ).returncode
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            return f"{delivery.target}: {error}"
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - LONGEST_ERROR))
        said = " ".join(errors.read().decode("utf-8", "replace").split())
    return None if code == 0 else f"{delivery.target}: exit code {code} {said}".strip()


def command_words(command: str) -> list[str]:
    """The program and its arguments, as a shell would part them. Raises ValueError where there is none."""
    words = shlex.split(command)
    if not words:
        raise ValueError("names no program")
    return words


def _mail(delivery: Delivery, config: Config) -> str | None:
    problem = mail_problem(config)
    if problem:
        return problem
    if not ADDRESS.fullmatch(delivery.target):
        return f"{delivery.target} is no mail address"
    message = EmailMessage()
    message["Subject"] = f"{' '.join(delivery.watch.split())}: {delivery.count} new"
    message["From"] = config.mail_from or config.contact
    message["To"] = delivery.target
    message["Message-ID"] = f"<newsbot-{key_of(delivery)}@{config.smtp_host}>"
    message.set_content(digest(delivery))
    try:
        return _send(message, config)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        return f"{config.smtp_host}: {error}"


def _send(message: EmailMessage, config: Config) -> str | None:
    assert config.smtp_host is not None
    with smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=SECONDS) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        elif config.smtp_user and config.smtp_host not in LOOPBACK:
            return f"{config.smtp_host}: offers no STARTTLS, so that the password was not sent"
        if config.smtp_user:
            server.login(config.smtp_user, config.smtp_password or "")
        server.send_message(message)
    return None


LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+")
"""A bare mail address (RFC 5322's atoms), without a name before it."""


def mail_problem(config: Config) -> str | None:
    """Why no mail can be sent with these settings, if so."""
    if not config.smtp_host:
        return 'to send mail, set smtp_host = "mail.example.org" and mail_from in newsbot.toml'
    if not ADDRESS.fullmatch(config.mail_from or config.contact or ""):
        return 'to send mail, set mail_from = "newsbot@example.org" in newsbot.toml'
    return None


WAYS: dict[str, Callable[[Delivery, Config], str | None]] = {"webhook": _post, "command": _run, "mail": _mail}
