"""Workbooks as some other program would save them: read, changed, written anew."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import xlsxwriter
from python_calamine import CalamineWorkbook

Rows = list[list[object]]


@dataclass(frozen=True)
class Formula:
    """A cell that is worked out, and what it shows."""

    text: str
    shows: object = 0


def tables_of(content: bytes) -> dict[str, Rows]:
    """The rows of each sheet, by its name."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: [list(row) for row in rows] for name, rows in sheets.items()}


def workbook_of(tables: dict[str, Rows]) -> bytes:
    """A workbook of these rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, Formula):
                        sheet.write_formula(number, place, cell.text, None, cell.shows)
                    elif isinstance(cell, str):
                        sheet.write_string(number, place, cell)
                    else:
                        sheet.write(number, place, cell)
    return buffer.getvalue()


def saved_again(content: bytes, change: Callable[[dict[str, Rows]], object]) -> bytes:
    """The workbook once somebody did `change` to its tables."""
    tables = tables_of(content)
    change(tables)
    return workbook_of(tables)
