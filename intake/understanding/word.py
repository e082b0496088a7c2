"""Pure: the text of Word documents (ISO/IEC 29500), content controls and tables included."""

import io
import re
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from intake.understanding.refusals import UnreadableDocument
from intake.understanding.rows import lay_row

MAX_PARAGRAPHS = 20_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACEHOLDER = re.compile(
    r"(?:click|tap)(?: or tap| here|ing)?.{0,30}\b(?:enter|choose|select)\b.{0,40}$", re.I
)


def read_docx(content: bytes) -> Iterator[str]:
    try:
        document = Document(io.BytesIO(content))
        body = document.element.body
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        OSError,
        etree.LxmlError,
        zipfile.BadZipFile,
    ) as error:
        raise UnreadableDocument("it is damaged") from error
    if sum(1 for _ in body.iter(f"{_W}p")) > MAX_PARAGRAPHS:
        raise UnreadableDocument("it is too long")
    yield from _docx_blocks(body)


def _docx_blocks(parent: etree._Element) -> Iterator[str]:
    """Paragraphs and table rows in order, those within content controls included."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _docx_paragraph(child)
            yield ""
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield from lay_row([_docx_cell(cell) for cell in _children(row, "tc")])
            yield ""
        elif child.tag in (
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}customXml",
            f"{_W}ins",
            f"{_W}smartTag",
        ):
            yield from _docx_blocks(child)


def _children(row: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _children(child, name)


def _docx_cell(cell: etree._Element) -> list[str]:
    return [line.strip() for line in _docx_blocks(cell) if line.strip()]


def _docx_paragraph(paragraph: etree._Element) -> list[str]:
    """The lines of a paragraph; a placeholder that nobody replaced is no text."""
    parts: list[str] = []
    hidden = {
        run
        for control in paragraph.iter(f"{_W}sdt")
        if control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
        for run in control.iter(f"{_W}r")
    }
    outer = paragraph.getparent()
    is_placeholder = (
        outer is not None
        and outer.tag == f"{_W}sdtContent"
        and outer.getparent().find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
    )
    if is_placeholder:
        return []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if node.getparent() in hidden:
            continue
        parts.append({f"{_W}t": node.text or "", f"{_W}tab": "\t"}.get(node.tag, "\n"))
    text = "".join(parts)
    is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None and text.strip()
    lines = [line for line in text.split("\n") if not _PLACEHOLDER.match(line.strip())]
    return [f"- {line}" if is_item and at == 0 else line for at, line in enumerate(lines)]
