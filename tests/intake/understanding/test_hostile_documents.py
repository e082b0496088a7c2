"""Documents made to cost: their reading stays within two seconds and little memory."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from intake.understanding.files.documents import read_document
from intake.understanding.files.filetypes import find_type
from intake.understanding.files.packages import check_package
from intake.understanding.files.refusals import UnreadableDocument
from tests.support.files import OLE, docx_of, make_docx, make_pdf, make_zip, show, with_entries

_SECONDS = 4.0
_BYTES = 200 * 2**20

_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_ENTITIES = f'<!DOCTYPE a [<!ENTITY a0 "ha">{_LAUGHS}]>'
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _pdf_of_much_text() -> bytes:
    return make_pdf(*[b"BT /F1 12 Tf 10 700 Td (Hello there) Tj ET\n" * 40_000] * 10)


def _pdf_of_many_pages() -> bytes:
    return make_pdf(*[show("a page with some words on it")] * 400)


def _pdf_that_unpacks() -> bytes:
    return make_pdf(b" " * 60_000_000)


def _pdf_of_many_fields() -> bytes:
    return make_pdf(
        show("five words on a page"),
        fields=[{"/FT": "/Tx", "/T": f"f{n}", "/V": "x"} for n in range(3_000)],
    )


def _word_of_entities() -> bytes:
    return with_entries(make_docx(), {"word/document.xml": f"{_ENTITIES}<document>&a9;</document>"})


def _open_of_entities() -> bytes:
    return make_zip({"content.xml": f"{_ENTITIES}<a>&a9;</a>"})


def _sheet_of_entities() -> bytes:
    rows = '<row r="1"><c r="A1"><v>&a9;</v></c></row>'
    sheet = f'{_ENTITIES}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    return make_zip({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet})


def _word_of_deep_runs() -> bytes:
    return docx_of(f"<w:p>{'<w:smartTag>' * 200}<w:r/>{'</w:smartTag>' * 200}</w:p>")


def _word_of_deep_boxes() -> bytes:
    opened, closed = "<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"
    return docx_of(f"{opened * 60}{closed * 60}")


def _word_of_many_controls() -> bytes:
    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
    return docx_of(f"<w:p>{control * 30_000}</w:p>")


def _open_of_deep_spans() -> bytes:
    names = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    spans = f"{'<text:span>' * 200}x{'</text:span>' * 200}"
    return make_zip({"content.xml": f"<a {names}><text:p>{spans}</text:p></a>"})


@pytest.mark.parametrize(
    ("extension", "build"),
    [
        ("pdf", _pdf_of_much_text),
        ("pdf", _pdf_of_many_pages),
        ("pdf", _pdf_that_unpacks),
        ("pdf", _pdf_of_many_fields),
        ("docx", _word_of_entities),
        ("odt", _open_of_entities),
        ("xlsx", _sheet_of_entities),
        ("docx", _word_of_deep_runs),
        ("docx", _word_of_deep_boxes),
        ("docx", _word_of_many_controls),
        ("odt", _open_of_deep_spans),
        ("rtf", lambda: b"{\\rtf1 " + b"{" * 300_000),
        ("csv", lambda: b";" * 3_000_000),
        ("txt", lambda: b"\n" * 3_000_000),
    ],
)
def test_costly_documents_are_read_in_bounded_time(
    extension: str, build: Callable[[], bytes]
) -> None:
    content = build()

    started = time.process_time()
    text = _read(extension, content)

    assert time.process_time() - started < _SECONDS
    assert len(text) < 500_000


@pytest.mark.parametrize(
    ("extension", "build"),
    [("pdf", _pdf_that_unpacks), ("docx", _word_of_entities), ("xlsx", _sheet_of_entities)],
)
def test_costly_documents_take_bounded_memory(extension: str, build: Callable[[], bytes]) -> None:
    content = build()

    tracemalloc.start()
    _read(extension, content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < _BYTES


def test_a_pdf_is_read_as_far_as_it_goes() -> None:
    heavy = b"BT (x) Tj ET\n" * 300_000
    content = make_pdf(show("the words of the first page"), heavy, show("the words of the last"))

    assert read_document("pdf", content).split() == ["the", "words", "of", "the", "first", "page"]


def test_a_huge_list_of_entries_is_refused_without_unpacking() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(2_000):
            archive.writestr(f"word/{number}.xml", "")

    with pytest.raises(UnreadableDocument, match="too big"):
        check_package(stream.getvalue())


@pytest.mark.parametrize("place", ["A99999999999", "AAAAAAA1", "A-1", "1A", "é1"])
def test_a_cell_at_no_place_of_a_sheet_is_refused(place: str) -> None:
    cells = f'<row r="1"><c r="{place}"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>'
    content = make_zip({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet})

    with pytest.raises(UnreadableDocument, match="damaged"):
        read_document("xlsx", content)


def test_telling_a_type_takes_no_time_on_large_files() -> None:
    started = time.process_time()
    for content in (OLE + b"E\x00n\x00" * 5_000_000, b"%" * 20_000_000, b"PK\x03\x04" * 4_000_000):
        find_type("form.docx", "application/octet-stream", content)

    assert time.process_time() - started < 5


def _read(extension: str, content: bytes) -> str:
    try:
        return read_document(extension, content)
    except UnreadableDocument as refused:
        return refused.reason
