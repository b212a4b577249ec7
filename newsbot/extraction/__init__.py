"""Bytes to articles: decoding, blocks, body, metadata; pure functions."""

from newsbot.extraction.extract import extract
from newsbot.extraction.verdict import judge

__all__ = ["extract", "judge"]
