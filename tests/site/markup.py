"""The light markup of the content files: paragraphs apart by blank lines, `## `, `- `, `> `, `| a | b |`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

SIGNS = (("## ", "heading"), ("- ", "list_item"), ("> ", "quote"), ("| ", "table_row"))
CELLS = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One block of a text. A table row's text has its cells parted by ` | `."""

    kind: str
    text: str


def pieces(body: str) -> tuple[Piece, ...]:
    """The blocks of a text, in reading order."""
    return tuple(_piece(line.strip()) for line in body.splitlines() if line.strip())


def _piece(line: str) -> Piece:
    for sign, kind in SIGNS:
        if line.startswith(sign):
            return Piece(kind=kind, text=line.removeprefix(sign).removesuffix("|").strip())
    return Piece(kind="paragraph", text=line)


def body_html(blocks: tuple[Piece, ...], paragraph: str = "<p>{}</p>", heading: str = "<h3>{}</h3>") -> str:
    """The blocks as HTML, one a line; `paragraph` and `heading` are how the site writes these."""
    forms = {"paragraph": paragraph, "heading": heading}
    groups = groupby(blocks, key=lambda block: block.kind)
    return "\n".join(line for kind, group in groups for line in _lines(kind, tuple(group), forms))


def _lines(kind: str, blocks: tuple[Piece, ...], forms: dict[str, str]) -> Iterator[str]:
    if kind == "list_item":
        yield "<ul>" + "".join(f"<li>{escape(block.text)}</li>" for block in blocks) + "</ul>"
    elif kind == "table_row":
        yield _table(blocks)
    elif kind == "quote":
        yield from (f"<blockquote><p>{escape(block.text)}</p></blockquote>" for block in blocks)
    else:
        yield from (forms[kind].format(escape(block.text, quote=False)) for block in blocks)


def _table(rows: tuple[Piece, ...]) -> str:
    lines = [
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.text.split(CELLS)) + "</tr>"
        for row in rows
    ]
    return '<table border="1">\n' + "\n".join(lines) + "\n</table>"
