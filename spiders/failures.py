"""Why nothing came, in words."""

from __future__ import annotations

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
)

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
    kind = type(error).__name__
    for sign, meaning in FAILURES:
        if sign in kind:
            return meaning
    return f"{kind}: {str(error)[:200]}" if str(error) else kind
