"""Pure: the HTML part of one of our letters → its headings, paragraphs, lists and rows as text.

A page shows a letter as its reader sees it, and still puts nothing but escaped text on itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import html as lxml_html
from lxml.html import HtmlElement


class BlockKind(StrEnum):
    """What a block of a letter is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    NUMBERED = "numbered"
    BULLETED = "bulleted"
    ROWS = "rows"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, weighty or not."""

    text: str
    is_strong: bool = False


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block with its lines: the items of a list; the rows of a table, a span for each cell, all
    of them strong where the row is one of headings."""

    kind: BlockKind
    lines: tuple[Line, ...] = ()


KINDS = {
    "h2": BlockKind.HEADING,
    "h3": BlockKind.HEADING,
    "p": BlockKind.PARAGRAPH,
    "ol": BlockKind.NUMBERED,
    "ul": BlockKind.BULLETED,
    "table": BlockKind.ROWS,
    "hr": BlockKind.RULE,
}


def read_blocks(html: str) -> tuple[Block, ...]:
    """The blocks of the letter in `html`, in order; empty where there is none."""
    letter = lxml_html.fromstring(html).find('.//td[@class="letter"]')
    children = letter if letter is not None else ()
    return tuple(_block(KINDS[child.tag], child) for child in children if child.tag in KINDS)


def _block(kind: BlockKind, element: HtmlElement) -> Block:
    match kind:
        case BlockKind.RULE:
            return Block(kind)
        case BlockKind.NUMBERED | BlockKind.BULLETED:
            return Block(kind, tuple(tuple(_spans(item)) for item in element.iter("li")))
        case BlockKind.ROWS:
            return Block(kind, tuple(tuple(_cells(row)) for row in element.iter("tr")))
        case _:
            return Block(kind, (tuple(_spans(element)),))


def _cells(row: HtmlElement) -> Iterator[Span]:
    for place, cell in enumerate(row):
        text = " ".join(cell.text_content().split())
        yield Span(text, is_strong=place == 0 or cell.tag == "th")


def _spans(element: HtmlElement, *, is_strong: bool = False) -> Iterator[Span]:
    """The text of an element, its line breaks kept, as runs."""
    yield from _run(element.text, is_strong)
    for child in element:
        if child.tag == "br":
            yield Span("\n")
        else:
            yield from _spans(child, is_strong=is_strong or child.tag in ("strong", "b"))
        yield from _run(child.tail, is_strong)


def _run(text: str | None, is_strong: bool) -> Iterator[Span]:
    words = re.sub(r"\s+", " ", text or "")
    if words.strip():
        yield Span(words, is_strong)
