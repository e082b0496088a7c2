"""Pure: the text of Word documents (ISO/IEC 29500), content controls and tables included, as it
stands with all tracked changes accepted. What Word keeps apart is put in reading order: headers
first, text boxes behind their paragraph, footnotes last."""

import io
from collections.abc import Iterator

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree

from intake.understanding.files.refusals import Refusal, UnreadableDocument
from intake.understanding.files.word_runs import W, paragraph_lines, text_boxes
from intake.understanding.texts.rows import lay_table

MAX_PARAGRAPHS = 20_000
MAX_DEPTH = 40
"""Tables and content controls within one another; people's forms have three or four."""
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_MAX_NOTES = 200


def read_docx(content: bytes) -> Iterator[str]:
    """The lines of a Word document. Raises UnreadableDocument, and what its parsers raise of a
    damaged one."""
    document = Document(io.BytesIO(content))
    body = document.element.body
    if sum(1 for _ in body.iter(f"{W}p")) > MAX_PARAGRAPHS:
        raise UnreadableDocument(Refusal.TOO_LONG)
    yield from _headers(document.part)
    yield from _blocks(body, 0)
    yield from _footnotes(document.part)


def _headers(part: Part) -> Iterator[str]:
    """What stands at the head of pages, each text once."""
    told: set[str] = set()
    for root in _related(part, RELATIONSHIP_TYPE.HEADER):
        lines = [line for line in _blocks(root, 0) if line.strip()]
        yield from (line for line in lines if line not in told)
        told.update(lines)
    if told:
        yield ""


def _footnotes(part: Part) -> Iterator[str]:
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for root in _related(part, kind):
            for note in list(root)[:_MAX_NOTES]:
                if note.get(f"{W}type") in (None, "normal"):
                    yield from _blocks(note, 0)


def _related(part: Part, kind: str) -> Iterator[etree._Element]:
    """The XML of the parts of this kind that belong to the document."""
    for relationship in part.rels.values():
        if relationship.reltype == kind and not relationship.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            yield etree.fromstring(relationship.target_part.blob, parser)


def _blocks(parent: etree._Element, depth: int) -> Iterator[str]:
    """Paragraphs and table rows in order, those within content controls included."""
    if depth > MAX_DEPTH:
        raise UnreadableDocument(Refusal.TOO_DEEP)
    for child in parent:
        if child.tag == f"{W}p":
            yield from paragraph_lines(child)
            yield ""
            for box in text_boxes(child):
                yield from _blocks(box, depth + 1)
        elif child.tag == f"{W}tbl":
            yield from lay_table(
                [_cell(cell, depth) for cell in _children(row, "tc", depth)]
                for row in _children(child, "tr", depth)
                if row.find(f"{W}trPr/{W}del") is None
            )
            yield ""
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, depth + 1)


def _children(parent: etree._Element, name: str, depth: int) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, not those of tables within it."""
    if depth > MAX_DEPTH:
        raise UnreadableDocument(Refusal.TOO_DEEP)
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name, depth + 1)


def _cell(cell: etree._Element, depth: int) -> list[str]:
    return [line.strip() for line in _blocks(cell, depth + 1) if line.strip()]
