"""Why nothing came, in words."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

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


def explain_failure(failure: Failure) -> str:
    """One phrase for why nothing came."""
    error = failure.value
    if isinstance(error, IgnoreRequest):
        return "forbidden by robots.txt" if "robots" in str(error).lower() else str(error) or "not allowed"
    kind = type(error).__name__
    for sign, meaning in FAILURES:
        if sign in kind:
            return meaning
    return f"{kind}: {str(error)[:200]}" if str(error) else kind
