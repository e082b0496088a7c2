"""Documents made to exhaust their readers, or damaged: the message around them is still read."""

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from docx import Document

from intake.understanding.files.documents import read_document
from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.understand import understand
from tests.support.programmes import ACE

_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "{}</w:body></w:document>"
)
_OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>{}'
    "</office:body></office:document-content>"
)
_EXCEL = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}'
    "</sheetData></worksheet>"
)


def _with_part(content: bytes, name: str, xml: str) -> bytes:
    """The same document with another content of one of its parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, xml)
    return stream.getvalue()


_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}"/></Relationships>'
)
_WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def _docx(text: str = "Hello") -> bytes:
    document = Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _xlsx(rows: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _RELATIONSHIPS.format("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", _WORKBOOK)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _RELATIONSHIPS.format("worksheet", "worksheets/1.xml")
        )
        archive.writestr("xl/worksheets/1.xml", _EXCEL.format(rows))
    return stream.getvalue()


def _odf(xml: str, kind: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", _OPEN.format(xml))
    return stream.getvalue()


def _nested(depth: int, opened: str, text: str, closed: str) -> str:
    return opened * depth + text + closed * depth


def _word_tables(depth: int) -> bytes:
    tables = _nested(
        depth,
        "<w:tbl><w:tr><w:tc>",
        "<w:p><w:r><w:t>deep</w:t></w:r></w:p>",
        "</w:tc></w:tr></w:tbl>",
    )
    return _with_part(_docx(), "word/document.xml", _WORD.format(tables))


def _open_tables(depth: int) -> bytes:
    tables = _nested(
        depth,
        "<table:table><table:table-row><table:table-cell>",
        "<text:p>deep</text:p>",
        "</table:table-cell></table:table-row></table:table>",
    )
    return _odf(f"<office:text>{tables}</office:text>", "text")


@pytest.mark.parametrize(
    ("extension", "build", "deepest", "too_deep"),
    [("docx", _word_tables, 20, 60), ("odt", _open_tables, 18, 60)],
)
def test_read_document_reads_tables_within_tables_once(
    extension: str, build: Callable[[int], bytes], deepest: int, too_deep: int
) -> None:
    assert read_document(extension, build(deepest)).split() == ["deep"]
    with pytest.raises(UnreadableDocument, match="nested too deep"):
        read_document(extension, build(too_deep))


_FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"{}</row>'
_REPEATED = (
    '<office:spreadsheet><table:table table:name="A"><table:table-row{rows}>'
    '<table:table-cell office:value-type="string"{columns}><text:p>Ada</text:p></table:table-cell>'
    '</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell'
    ' table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet>'
)


def test_read_document_reads_sheets_with_formats_far_away() -> None:
    assert read_document("xlsx", _xlsx(_FAR.format(' s="1"/>'))).strip() == "1"
    assert read_document("ods", _odf(_REPEATED.format(rows="", columns=""), "spreadsheet")).strip()


def test_read_document_refuses_sheets_that_grow() -> None:
    rows = ' table:number-rows-repeated="1048575"'
    columns = ' table:number-columns-repeated="16384"'
    for content in (
        _odf(_REPEATED.format(rows=rows, columns=""), "spreadsheet"),
        _odf(_REPEATED.format(rows=rows, columns=columns), "spreadsheet"),
    ):
        with pytest.raises(UnreadableDocument, match="too large"):
            read_document("ods", content)
    with pytest.raises(UnreadableDocument, match="too large"):
        read_document("xlsx", _xlsx(_FAR.format("><v>2</v></c>")))
    unnumbered = f'<row r="1048576">{"<c/>" * 500}<c><v>2</v></c></row>'
    with pytest.raises(UnreadableDocument, match="too large"):
        read_document("xlsx", _xlsx(f'<row r="1"><c><v>1</v></c></row>{unnumbered}'))


def _flip(content: bytes, name: bytes) -> bytes:
    """The same archive with one entry's packed data spoilt."""
    spoilt = bytearray(content)
    at = content.find(name) + len(name)
    spoilt[at + 40 : at + 80] = bytes(40)
    return bytes(spoilt)


def _with_method(content: bytes) -> bytes:
    """The same archive, as if packed in a way that nothing here unpacks."""
    spoilt = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.find(signature)
        while at >= 0:
            spoilt[at + offset] = 99
            at = content.find(signature, at + 1)
    return bytes(spoilt)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.docx", _flip(_docx("Hello" * 50), b"word/document.xml")),
        ("form.docx", _with_method(_docx("Hello"))),
        ("form.odt", _flip(_open_tables(3), b"content.xml")),
        ("form.odt", _with_method(_open_tables(3))),
        ("form.xlsx", _flip(_xlsx(_FAR.format("/>")), b"xl/worksheets/1.xml")),
        ("form.docx", _with_part(_docx(), "word/document.xml", "<w:document")),
        ("form.docx", _with_part(_docx(), "word/document.xml", "<document/>")),
        ("form.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1"),
    ],
)
def test_a_damaged_attachment_never_stops_a_message(name: str, content: bytes) -> None:
    envelope = EmailMessage()
    envelope["From"], envelope["To"] = "Ada Bell <ada@bell.example>", ACE.inbox
    envelope["Subject"] = "Expression of interest"
    envelope.set_content("We would like to express our interest.\n\nKind regards\nAda Bell\n")
    envelope.add_attachment(content, "application", "octet-stream", filename=name)

    understanding = understand(envelope.as_bytes(), programmes=[ACE]).understanding

    assert understanding.contact.name == "Ada Bell"
    assert [file.problem for file in understanding.attachments] == ["it is damaged"]
