"""Pure: the text of OpenDocument texts (ISO/IEC 26300)."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from intake.understanding.files.refusals import Refusal, UnreadableDocument
from intake.understanding.texts.rows import lay_row

MAX_DEPTH = 40
"""Sections, lists and tables within one another; people's texts have three or four."""
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_LEFT_OUT = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_OFFICE}forms"})
_NOT_IN_LINE = frozenset(
    {f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note", f"{_DRAW}frame"}
)
_BESIDE = (f"{_TEXT}note-body", f"{_DRAW}text-box")
"""What hangs on a paragraph and is read behind it."""
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST_SPACES = 100


def read_odt(content: bytes) -> Iterator[str]:
    """The lines of an OpenDocument text. Raises UnreadableDocument, and what its parsers raise of
    a damaged one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(archive.read("content.xml"), parser)
    yield from _blocks(root, 0)


def _blocks(parent: etree._Element, depth: int) -> Iterator[str]:
    """Paragraphs and table rows in order; a row of a table within a cell is part of the cell."""
    if depth > MAX_DEPTH:
        raise UnreadableDocument(Refusal.TOO_DEEP)
    for child in parent:
        if child.tag in _PARAGRAPHS:
            yield from "".join(_pieces(child, 0)).split("\n")
            yield ""
            for beside in child.iter(*_BESIDE):
                if next(beside.iterancestors(*_PARAGRAPHS)) is child:
                    yield from _blocks(beside, depth + 1)
        elif child.tag == f"{_TABLE}table-row":
            cells = child.iterchildren(f"{_TABLE}table-cell")
            yield from lay_row([_cell(cell, depth) for cell in cells])
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child, depth + 1)


def _pieces(parent: etree._Element, depth: int) -> Iterator[str]:
    """The text of a line with its spaces, tabs and breaks, without remarks at the margin."""
    if depth > MAX_DEPTH:
        return
    yield parent.text or ""
    for child in parent:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * (min(int(count), _MOST_SPACES) if count.isdecimal() else 1)
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _NOT_IN_LINE and isinstance(child.tag, str):
            yield from _pieces(child, depth + 1)
        yield child.tail or ""


def _cell(cell: etree._Element, depth: int) -> list[str]:
    return [line.strip() for line in _blocks(cell, depth + 1) if line.strip()]
