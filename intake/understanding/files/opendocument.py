"""Pure: the text of OpenDocument texts (ISO/IEC 26300)."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.texts.rows import lay_row

MAX_DEPTH = 40
"""Sections, lists and tables within one another; people's texts have three or four."""
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_LEFT_OUT = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls"})


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
        raise UnreadableDocument("its tables are nested too deep")
    for child in parent:
        if child.tag in _PARAGRAPHS:
            yield "".join(str(text) for text in child.itertext())
            yield ""
        elif child.tag == f"{_TABLE}table-row":
            cells = child.iterchildren(f"{_TABLE}table-cell")
            yield from lay_row([_cell(cell, depth) for cell in cells])
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child, depth + 1)


def _cell(cell: etree._Element, depth: int) -> list[str]:
    return [line.strip() for line in _blocks(cell, depth + 1) if line.strip()]
