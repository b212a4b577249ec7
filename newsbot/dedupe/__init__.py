"""Is this article new, seen before, changed, or a copy? Pure decisions; the store asks and acts."""

from newsbot.dedupe.decide import Decision, Known, Twin, Verdict, decide
from newsbot.dedupe.fingerprint import Fingerprints, fingerprints

__all__ = ["Decision", "Fingerprints", "Known", "Twin", "Verdict", "decide", "fingerprints"]
