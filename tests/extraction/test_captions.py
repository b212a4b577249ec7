from __future__ import annotations

from collections.abc import Sequence

import pytest

from newsbot.extraction.blocks import read_blocks
from newsbot.extraction.captions import MOST_BOXES, in_picture_boxes
from newsbot.extraction.tree import parse

CAPTION = "The old wing of the laboratory in spring"


def boxed(*boxes: str) -> list[str]:
    """The texts that are taken for captions by their place."""
    text = "<p>The laboratory moves next year, and the old wing will be a library.</p>"
    blocks: Sequence = read_blocks(parse(f"<body><div>{text}{text.join(boxes)}{text}</div></body>".encode()))
    found = in_picture_boxes(blocks)
    return [block.text for block in blocks if block.index in found]


@pytest.mark.parametrize(
    ("box", "is_caption"),
    [
        (f"<div><img src=a><p>{CAPTION}</p></div>", True),
        (f"<div><p>{CAPTION}</p><picture><img src=a></picture></div>", True),
        (f"<div><div><img src=a></div><div><p>{CAPTION}</p></div></div>", True),
        (f"<div><p>{CAPTION}</p></div>", False),
        (f"<img src=a><p>{CAPTION}</p>", False),
        (f"<div><img src=a><p>{CAPTION}</p><p>{CAPTION} again</p></div>", False),
        ("<div><img src=a><p>How long will stocks last?</p></div>", False),
        ("<div><img src=a><p>Pros</p></div>", False),
        (f"<div><img src=a><p>{CAPTION}</p>{'<i></i>' * 20}</div>", False),
    ],
)
def test_a_box_of_a_picture_and_a_text(box: str, is_caption: bool) -> None:
    assert boxed(box) == [CAPTION] * is_caption


def test_many_boxes_are_the_article() -> None:
    boxes = [
        f"<div><img src=a><p>Step {number} of the method, in a few words</p></div>" for number in range(9)
    ]
    assert len(boxed(*boxes[:MOST_BOXES])) == MOST_BOXES
    assert boxed(*boxes) == []
