"""Bytes to articles: decoding, blocks, body, metadata; pure functions."""
