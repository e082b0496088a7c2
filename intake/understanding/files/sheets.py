"""Pure: the rows of spreadsheets: Excel's (ISO/IEC 29500) and OpenDocument's (ISO/IEC 26300).

The reader lays a sheet out as a full rectangle around all cells that hold something, so that one
far cell or a repeated one is enough to exhaust memory: the rectangle is measured first.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree
from python_calamine import CalamineWorkbook

from intake.understanding.files.refusals import Refusal, UnreadableDocument
from intake.understanding.texts.rows import CELL_BREAK

MAX_SHEETS = 10
MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_AREA = 1_000_000
"""Cells of the rectangle that is laid out, about 50 bytes each."""
MAX_REPEATED_TEXT = 50_000_000
"""Characters of all cells, a text that many of them share counted each time."""
_LONGEST_CELL = 4_000
CELL_REFERENCE = re.compile(r"([A-Za-z]{0,3})(\d{1,7})")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_sheets(content: bytes) -> Iterator[str]:
    """The rows of the first sheets, a blank line behind each sheet. Raises UnreadableDocument,
    and what its parsers raise of a damaged file."""
    measured = measure(content)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(measured))
    for name in workbook.sheet_names[:MAX_SHEETS]:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is None or sheet.width > MAX_COLUMNS:
            continue
        for row in sheet.to_python(nrows=MAX_ROWS):
            cells = [cell_text(cell) for cell in row]
            yield CELL_BREAK.join(cells).rstrip(" |") if any(cells) else ""
        yield ""


def cell_text(cell: object) -> str:
    """What a cell shows, on one line."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("|", "/").split())[:_LONGEST_CELL]


def measure(content: bytes) -> bytes:
    """The same workbook, unpacked, after all its sheets were found to be of a usual size. The
    entries are packed anew since an archive may declare other sizes than its entries have. Raises
    UnreadableDocument."""
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    shared = _shared_lengths(entries.get("xl/sharedStrings.xml", b""))
    for data in entries.values():
        if b"sheetData" in data:
            _check_excel(data, shared)
        elif b"table-row" in data:
            _check_opendocument(data)
    with zipfile.ZipFile(plain, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return plain.getvalue()


def elements(data: bytes, *names: str) -> Iterator[etree._Element]:
    """The elements of these local names when they end, emptied afterwards."""
    tags = tuple(f"{{*}}{name}" for name in names)
    parsed = etree.iterparse(io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True)
    for _, element in parsed:
        yield element
        element.clear()


def _shared_lengths(data: bytes) -> list[int]:
    if not data:
        return []
    return [sum(len(str(text)) for text in si.itertext()) for si in elements(data, "si")]


def _check_excel(data: bytes, shared: list[int]) -> None:
    """Cells that hold nothing but a format don't count: whole columns often have one. A place that
    is none is refused: the reader would make room up to it."""
    bottom = right = characters = row = column = 0
    for event, element in etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        tag=("{*}row", "{*}c"),
        resolve_entities=False,
        no_network=True,
    ):
        is_row = element.tag.rpartition("}")[2] == "row"
        if event == "start":
            place = CELL_REFERENCE.fullmatch(element.get("r", ""))
            if place is None and element.get("r"):
                raise UnreadableDocument(Refusal.DAMAGED)
            if is_row:
                row, column = int(place[2]) if place else row + 1, 0
            else:
                column = column_number(place[1]) if place else column + 1
                row = max(row, int(place[2])) if place else row
            continue
        if not is_row and len(element):
            bottom, right = max(bottom, row), max(right, column)
            if element.get("t") == "s":
                characters += _shared_length(element, shared)
        element.clear()
        if bottom * right > MAX_AREA or characters > MAX_REPEATED_TEXT:
            raise UnreadableDocument(Refusal.TOO_WIDE)


def column_number(letters: str) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _shared_length(cell: etree._Element, shared: list[int]) -> int:
    at = "".join(str(text) for text in cell.itertext()).strip()
    return shared[int(at)] if at.isdecimal() and int(at) < len(shared) else 0


def _check_opendocument(data: bytes) -> None:
    """Empty cells at the end of a row and empty rows at the end don't count."""
    bottom = rows = right = characters = 0
    for row in elements(data, "table-row"):
        width = filled = length = 0
        for cell in row.iterchildren():
            repeated = _repeated(cell, "columns")
            width += repeated
            texts = sum(len(str(text)) for text in cell.itertext())
            if texts or any(name.endswith("}value-type") for name in cell.attrib):
                filled, length = width, length + texts * repeated
        times = _repeated(row, "rows")
        rows += times
        if filled:
            bottom, right = rows, max(right, filled)
            characters += length * times
        if bottom * right > MAX_AREA or characters > MAX_REPEATED_TEXT:
            raise UnreadableDocument(Refusal.TOO_WIDE)


def _repeated(element: etree._Element, what: str) -> int:
    times = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(times) if times.isdecimal() and len(times) < 9 else 1
