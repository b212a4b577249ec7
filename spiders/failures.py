"""Why nothing came, in words."""

from __future__ import annotations

import re

from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

from newsbot.outcome import Trouble

FAILURES = (
    ("DNSLookupError", "the host name is not known"),
    ("CannotResolveHostError", "the host name is not known"),
    ("ConnectionRefused", "the connection was refused"),
    ("Timeout", "no answer in time"),
    ("ResponseDataLoss", "the answer was cut off"),
    ("TLS", "no safe connection"),
    ("SSL", "no safe connection"),
    ("Cancelled", "the page is larger than is allowed"),
    ("ConnectionLost", "the connection was lost"),
    ("TargetClosed", "the browser was closed"),
)

BROWSER_ERROR = re.compile(r"\bERR_[A-Z_]{3,60}")
BROWSER_WORDS = {
    "ERR_NAME_NOT_RESOLVED": "the host name is not known",
    "ERR_CONNECTION_REFUSED": "the connection was refused",
    "ERR_CONNECTION_RESET": "the connection was lost",
    "ERR_TIMED_OUT": "no answer in time",
}

FORBIDDEN = "forbidden by robots.txt"

STOPPED = "the run is being stopped"
"""Why a request that was still waiting is not made any more."""


def trouble_behind(failure: Failure) -> Trouble:
    """What kind of trouble a failure is."""
    forbidden = isinstance(failure.value, IgnoreRequest) and str(failure.value) == FORBIDDEN
    return Trouble.ROBOTS if forbidden else Trouble.UNREACHABLE


def explain_failure(failure: Failure) -> str:
    """One phrase for why nothing came."""
    assert failure.value is not None
    return words_for(failure.value)


def words_for(error: BaseException) -> str:
    """One phrase for an error."""
    if isinstance(error, IgnoreRequest):
        return str(error) or "not allowed"
    if code := BROWSER_ERROR.search(str(error)[:500]):
        return BROWSER_WORDS.get(code[0], f"the browser says {code[0]}")
    if str(error).startswith("BrowserType.launch"):
        return "the browser does not start"
    kind = type(error).__name__
    for sign, meaning in FAILURES:
        if sign in kind:
            return meaning
    return f"{kind}: {str(error)[:200]}" if str(error) else kind
