"""Documents made to cost: their reading stays within two seconds and little memory."""

import time
import tracemalloc
from collections.abc import Callable

import pytest

from intake.understanding.files.documents import read_document
from intake.understanding.files.filetypes import find_type
from intake.understanding.files.packages import check_package
from intake.understanding.files.refusals import UnreadableDocument
from tests.support.bombs import (
    DOCUMENTS,
    SHEET,
    many_entries,
    pdf_that_unpacks,
    sheet_of_entities,
    word_of_entities,
)
from tests.support.files import OLE, make_pdf, make_zip, show
from tests.support.slow import slow_among

_SECONDS = 4.0
_BYTES = 200 * 2**20


@pytest.mark.parametrize("name", slow_among(DOCUMENTS, ["pdf of much text"]))
def test_costly_documents_are_read_in_bounded_time(name: str) -> None:
    extension, build = DOCUMENTS[name]
    content = build()

    started = time.process_time()
    text = _read(extension, content)

    assert time.process_time() - started < _SECONDS
    assert len(text) < 500_000


@pytest.mark.parametrize(
    ("extension", "build"),
    [("pdf", pdf_that_unpacks), ("docx", word_of_entities), ("xlsx", sheet_of_entities)],
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
    with pytest.raises(UnreadableDocument, match="too big"):
        check_package(many_entries())


@pytest.mark.parametrize("place", ["A99999999999", "AAAAAAA1", "A-1", "1A", "é1"])
def test_a_cell_at_no_place_of_a_sheet_is_refused(place: str) -> None:
    cells = f'<row r="1"><c r="{place}"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>'
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
