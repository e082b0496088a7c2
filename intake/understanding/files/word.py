"""Pure: the text of Word documents (ISO/IEC 29500), content controls and tables included."""

import io
import re
from collections.abc import Iterator

from docx import Document
from lxml import etree

from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.texts.rows import lay_row

MAX_PARAGRAPHS = 20_000
MAX_DEPTH = 40
"""Tables and content controls within one another; people's forms have three or four."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "smartTag")
)
_PLACEHOLDER = re.compile(
    r"(?:click|tap)(?: or tap| here|ing)?.{0,30}\b(?:enter|choose|select)\b.{0,40}$", re.I
)


def read_docx(content: bytes) -> Iterator[str]:
    """The lines of a Word document. Raises UnreadableDocument, and what its parsers raise of a
    damaged one."""
    body = Document(io.BytesIO(content)).element.body
    if sum(1 for _ in body.iter(f"{_W}p")) > MAX_PARAGRAPHS:
        raise UnreadableDocument("it is too long")
    yield from _blocks(body, 0)


def _blocks(parent: etree._Element, depth: int) -> Iterator[str]:
    """Paragraphs and table rows in order, those within content controls included."""
    if depth > MAX_DEPTH:
        raise UnreadableDocument("its tables are nested too deep")
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
            yield ""
        elif child.tag == f"{_W}tbl":
            for row in _children(child, "tr", depth):
                yield from lay_row([_cell(cell, depth) for cell in _children(row, "tc", depth)])
            yield ""
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, depth + 1)


def _children(parent: etree._Element, name: str, depth: int) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, not those of tables within it."""
    if depth > MAX_DEPTH:
        raise UnreadableDocument("its tables are nested too deep")
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name, depth + 1)


def _cell(cell: etree._Element, depth: int) -> list[str]:
    return [line.strip() for line in _blocks(cell, depth + 1) if line.strip()]


def _paragraph(paragraph: etree._Element) -> list[str]:
    """The lines of a paragraph; a placeholder that nobody replaced is no text."""
    outer = paragraph.getparent()
    if outer is not None and outer.tag == f"{_W}sdtContent" and _is_placeholder(outer.getparent()):
        return []
    hidden = {
        run
        for control in paragraph.iterdescendants(f"{_W}sdt")
        if _is_placeholder(control)
        for run in control.iterfind(f"{_W}sdtContent/{_W}r")
    }
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if node.getparent() in hidden:
            continue
        parts.append({f"{_W}t": node.text or "", f"{_W}tab": "\t"}.get(node.tag, "\n"))
    text = "".join(parts)
    is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None and text.strip()
    lines = [line for line in text.split("\n") if not _PLACEHOLDER.match(line.strip())]
    return [f"- {line}" if is_item and at == 0 else line for at, line in enumerate(lines)]


def _is_placeholder(control: etree._Element | None) -> bool:
    """Whether a content control still shows what it asks for."""
    return control is not None and control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
