"""Pure: the cells of an Excel workbook (ISO/IEC 29500) that came back filled in, and which of them
hold a formula: what such a cell shows is not what somebody typed."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from lxml import etree
from python_calamine import CalamineWorkbook, PasswordError

from intake.understanding.files.documents import DAMAGE
from intake.understanding.files.packages import check_package, find_package_type
from intake.understanding.files.refusals import Refusal, UnreadableDocument
from intake.understanding.files.sheets import (
    CELL_REFERENCE,
    MAX_AREA,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    column_number,
    elements,
    measure,
)

Cell = str | float | bool | date | datetime | time | timedelta
"""What a cell holds; "" where it holds nothing, numbers as floats."""

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the first one on, all of the same length, and the places, row and
    column from 0, of the cells whose content is worked out by a formula."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    formulas: frozenset[tuple[int, int]]


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The first sheets of an .xlsx file, hidden ones, rows and columns as well.

    Raises UnreadableDocument where it is another file, broken, encrypted, has macros or is too
    big.
    """
    if find_package_type(content) != "xlsx":
        raise UnreadableDocument(Refusal.WRONG_TYPE)
    check_package(content)
    try:
        measured = measure(content)
        paths = _sheet_paths(measured)
        with CalamineWorkbook.from_filelike(io.BytesIO(measured)) as book:
            names = book.sheet_names[:MAX_SHEETS]
            return tuple(_read_sheet(book, name, measured, paths.get(name)) for name in names)
    except PasswordError as error:
        raise UnreadableDocument(Refusal.PASSWORD) from error
    except MemoryError as error:
        raise UnreadableDocument(Refusal.TOO_BIG) from error
    except DAMAGE as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error


def _read_sheet(book: CalamineWorkbook, name: str, content: bytes, path: str | None) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return Sheet(name, (), frozenset())
    if sheet.end is not None and (sheet.end[0] >= MAX_ROWS or sheet.end[1] >= MAX_COLUMNS):
        raise UnreadableDocument(Refusal.TOO_WIDE)
    rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))
    if path is None:
        raise UnreadableDocument(Refusal.DAMAGED)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return Sheet(name, rows, _formulas(archive.read(path)))


def _sheet_paths(content: bytes) -> dict[str, str]:
    """Name of a sheet → the entry of the archive that it is in."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        related = archive.read("xl/_rels/workbook.xml.rels")
        sheets = archive.read("xl/workbook.xml")
    targets = {e.get("Id"): e.get("Target", "") for e in elements(related, "Relationship")}
    found = {}
    for sheet in elements(sheets, "sheet"):
        target = targets.get(sheet.get(f"{_OFFICE}id") or sheet.get(f"{_STRICT}id"))
        if target:
            found[sheet.get("name", "")] = posixpath.normpath(_from_root(target))
    return found


def _from_root(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _formulas(data: bytes) -> frozenset[tuple[int, int]]:
    """The places of the cells with a formula, their own or one that covers a range."""
    found = list(islice(_formula_places(data), MAX_AREA + 1))
    if len(found) > MAX_AREA:
        raise UnreadableDocument(Refusal.TOO_WIDE)
    return frozenset(found)


def _formula_places(data: bytes) -> Iterator[tuple[int, int]]:
    row = column = 0
    events = ("start", "end")
    tags = ("{*}row", "{*}c", "{*}f")
    for event, element in etree.iterparse(
        io.BytesIO(data), events=events, tag=tags, resolve_entities=False, no_network=True
    ):
        kind = element.tag.rpartition("}")[2]
        place = CELL_REFERENCE.fullmatch(element.get("r", "")) if kind != "f" else None
        if event == "start" and kind == "row":
            row, column = int(place[2]) if place else row + 1, 0
        elif event == "start" and kind == "c":
            column = column_number(place[1]) if place else column + 1
            row = int(place[2]) if place else row
        elif event == "end" and kind == "f":
            yield row - 1, column - 1
            yield from _range(element.get("ref", ""))
        elif event == "end" and kind == "row":
            element.clear()


def _range(written: str) -> Iterator[tuple[int, int]]:
    """The places of a range as `B2:C9` names it; of one beyond all bounds, the first ones."""
    first, _, last = written.partition(":")
    corners = [CELL_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
    if not all(corners):
        return
    top, bottom = sorted(int(corner[2]) for corner in corners if corner)
    left, right = sorted(column_number(corner[1]) for corner in corners if corner)
    left, right = min(left, MAX_COLUMNS), min(right, MAX_COLUMNS)
    for row in range(min(top, MAX_ROWS), min(bottom, MAX_ROWS) + 1):
        for column in range(left, right + 1):
            yield row - 1, column - 1
