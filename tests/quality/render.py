"""An article as the plainest page that shows it: a headline and its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from newsbot.model import Article, Block, BlockKind

TAGS = {
    BlockKind.PARAGRAPH: "<p>{}</p>",
    BlockKind.QUOTE: "<blockquote><p>{}</p></blockquote>",
    BlockKind.CAPTION: "<figure><figcaption>{}</figcaption></figure>",
    BlockKind.CODE: "<pre>{}</pre>",
}


def render(article: Article) -> bytes:
    """The article's title and blocks as a page of their own."""
    title = escape(article.title or "")
    body = "\n".join(pieces(article.blocks))
    head = f'<meta charset="utf-8"><title>{title}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="{article.language or ""}"><head>{head}</head>\n'
        f"<body><article><h1>{title}</h1>\n{body}\n</article></body></html>"
    ).encode()


def pieces(blocks: Iterable[Block]) -> Iterator[str]:
    """Each block's markup; neighbouring items are one list, neighbouring rows one table."""
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        texts = [(escape(block.text), block.level or 2) for block in run]
        if kind is BlockKind.LIST_ITEM:
            yield "<ul>" + "".join(f"<li>{text}</li>" for text, _ in texts) + "</ul>"
        elif kind is BlockKind.TABLE_ROW:
            rows = ("".join(f"<td>{cell}</td>" for cell in text.split(" | ")) for text, _ in texts)
            yield "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
        elif kind is BlockKind.HEADING:
            yield from (f"<h{level}>{text}</h{level}>" for text, level in texts)
        else:
            yield from (TAGS[kind].format(text) for text, _ in texts)
