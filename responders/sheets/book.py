"""A workbook of a few tables to read or to fill in, as .xlsx (ISO/IEC 29500).

Every text is written as text: nothing an applicant wrote becomes a formula, a link or a number.
Large tables that are only read are written by `responders.sheets.stream`.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from storage.domain.cells import cell_text

Cell = str | int | float | date | datetime | None
"""What a cell may hold; an instant is shown by the clock of the workbook's zone."""

MOST_ROWS = 1_048_576
"""Of a sheet, its heading included."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_DAY, _MOMENT = "ddd d mmm yyyy", "ddd d mmm yyyy hh:mm"
_ALLOWED = {
    "autofilter": True,
    "sort": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}
"""What may be done to a sheet of which only some columns may be typed in."""

_LINE, _MOST_LINES = 15, 20
"""Points of a line, and the lines of the highest row."""

_LONGEST_CHOICES = 255
"""Characters of a drop-down's list, its commas included."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, `width` characters wide. Where a table is to be filled in, only what
    `is_open` may be typed in: one of `choices`, or a whole number up to `most`, where they are
    given. `hint` is shown at an open cell, `wraps` shows long text on several lines, and `style`
    is a number format of Excel's."""

    heading: str
    width: int = 14
    is_open: bool = False
    choices: tuple[str, ...] = ()
    most: int | None = None
    hint: str = ""
    wraps: bool = False
    is_hidden: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its columns and its rows. One that `is_hidden` is for Postroom to read again; it
    must not be the first."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    is_hidden: bool = False

    @property
    def is_to_be_filled_in(self) -> bool:
        return any(column.is_open for column in self.columns)


def write_book(tables: Iterable[Table], *, made_at: datetime, zone: ZoneInfo) -> bytes:
    """The workbook's bytes, the same for the same tables and `made_at`.

    Raises ValueError where a table has more rows or a drop-down more text than Excel allows.
    """
    buffer = io.BytesIO()
    with Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"created": made_at.astimezone(zone).replace(tzinfo=None)})
        for table in tables:
            _Sheet(book, table, zone).write()
    return buffer.getvalue()


class _Sheet:
    """One table on its way into a workbook."""

    def __init__(self, book: Workbook, table: Table, zone: ZoneInfo) -> None:
        if len(table.rows) >= MOST_ROWS:
            raise ValueError(f"{table.name} has more rows than a sheet may have")
        self._book, self._table, self._zone = book, table, zone
        self._sheet = book.add_worksheet(table.name)

    def write(self) -> None:
        heading = self._book.add_format(
            {"bold": True, "bg_color": "#E7EDF3", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        for place, column in enumerate(self._table.columns):
            self._sheet.write_string(0, place, _inert(column.heading), heading)
            self._set_column(place, column)
        self._sheet.set_row(0, _height([(c.heading, c.width) for c in self._table.columns]))
        self._write_rows()
        self._sheet.freeze_panes(1, 1)
        last = max(len(self._table.rows), 1)
        self._sheet.autofilter(0, 0, last, len(self._table.columns) - 1)
        if self._table.is_to_be_filled_in:
            self._sheet.protect("", _ALLOWED)
        if self._table.is_hidden:
            self._sheet.hide()
        self._set_paper()

    def _set_paper(self) -> None:
        """On A4 paper it is as wide as the page, the headings on each."""
        self._sheet.set_paper(9)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)

    def _set_column(self, place: int, column: Column) -> None:
        options = {"hidden": True} if column.is_hidden else {}
        self._sheet.set_column(place, place, column.width, None, options)
        if column.is_open and self._table.rows:
            rule = _validation(column)
            self._sheet.data_validation(1, place, len(self._table.rows), place, rule)

    def _write_rows(self) -> None:
        shapes = [_Shapes(self._book, column) for column in self._table.columns]
        columns = self._table.columns
        for number, row in enumerate(self._table.rows, start=1):
            told = zip(row, columns, strict=True)
            self._sheet.set_row(
                number, _height([(str(c), column.width) for c, column in told if column.wraps])
            )
            for place, cell in enumerate(row):
                self._write_cell(number, place, cell, shapes[place])

    def _write_cell(self, row: int, place: int, cell: Cell, shapes: "_Shapes") -> None:
        match cell:
            case None | "":
                self._sheet.write_blank(row, place, None, shapes.usual)
            case str():
                self._sheet.write_string(row, place, _inert(cell), shapes.usual)
            case datetime():
                moment = cell.astimezone(self._zone).replace(tzinfo=None)
                self._sheet.write_datetime(row, place, moment, shapes.moment)
            case date():
                self._sheet.write_datetime(row, place, cell, shapes.day)
            case _:
                self._sheet.write_number(row, place, cell, shapes.usual)


class _Shapes:
    """How the cells of a column look, by what they hold."""

    def __init__(self, book: Workbook, column: Column) -> None:
        told: dict[str, object] = {"valign": "top", "text_wrap": column.wraps}
        if column.is_open:
            told |= {"locked": False, "bg_color": "#FFF9E5", "border": 4, "border_color": "#BFBFBF"}
        style = {"num_format": column.style} if column.style else {}
        self.usual: Any = book.add_format(told | style)
        self.day: Any = book.add_format(told | {"num_format": _DAY})
        self.moment: Any = book.add_format(told | {"num_format": _MOMENT})


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """The points that a row needs to show these texts whole, each in so many characters of width.
    Excel would find out by itself; other programs believe the file."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return _LINE * min(lines, _MOST_LINES)


def _lines(text: str, width: int) -> int:
    """A little more than is needed, where words don't end at the edge."""
    return sum(1 + len(line) * 10 // (9 * width + 1) for line in text.split("\n"))


def _inert(text: str) -> str:
    """`text` as the library writes it as itself: what begins and ends as its own marked-up text
    does, it would put into the file as XML."""
    shown = cell_text(text)
    return f" {shown}" if shown.startswith("<r>") and shown.endswith("</r>") else shown


def _validation(column: Column) -> dict[str, object]:
    """The rule of an open cell; where the column has none, a hint alone."""
    rule: dict[str, object] = {"validate": "any"}
    if column.choices:
        if len(",".join(column.choices)) > _LONGEST_CHOICES:
            raise ValueError(f"the choices of {column.heading} are too long for a drop-down")
        rule = {"validate": "list", "source": list(column.choices)}
        rule["error_message"] = f"One of: {', '.join(column.choices)}."[:255]
    elif column.most is not None:
        rule = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": column.most}
        rule["error_message"] = f"A whole number from 1 to {column.most:,}."
    if column.hint:
        rule |= {"input_title": column.heading[:32], "input_message": column.hint[:255]}
    return rule
