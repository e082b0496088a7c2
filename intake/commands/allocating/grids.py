"""Pure: where in a spreadsheet, .xlsx or .csv, the columns stand that somebody named or that go by
a usual name."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.files.workbooks import Cell, read_workbook


class Wanted(StrEnum):
    """What is looked for in the sheet. The amount may be missing."""

    REFERENCE = "reference"
    MERIT = "merit"
    AMOUNT = "amount"


HEADINGS: Mapping[Wanted, tuple[str, ...]] = {
    Wanted.REFERENCE: ("reference", "case", "ref", "case reference", "case ref", "application"),
    Wanted.MERIT: (
        *("merit", "score", "total", "total score", "average", "average score", "mean"),
        *("mean score", "weighted score", "overall score", "final score", "points"),
    ),
    Wanted.AMOUNT: ("amount", "amount asked", "amount requested", "asks", "grant requested"),
}
"""Headings that are known without being named. The first of each wins over the others, which must
not stand beside each other."""

HEADING_ROWS = 20
"""Among so many rows at the top the headings are looked for."""
LARGEST_FILE = 10_000_000
"""Bytes."""
_LONGEST_SHOWN = 40
_MOST_SHOWN = 12
_DELIMITERS = ",;\t|"

Rows = Sequence[Sequence[Cell]]


class UnusableSheet(Exception):
    """Nothing can be read from the file; its text is why, for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which sheet and columns somebody named; what is not named is recognised."""

    sheet: str | None = None
    columns: Mapping[Wanted, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet from its first one on, which of them has the headings, counted from 0,
    in which column what is wanted stands, and the places, row and column, of formulas."""

    rows: Rows
    heading: int
    places: Mapping[Wanted, int]
    formulas: frozenset[tuple[int, int]] = frozenset()


def find_grid(content: bytes, *, suffix: str, layout: Layout) -> Grid:
    """The sheet of a file with this `suffix`, .xlsx or .csv, that has the columns. Raises
    UnusableSheet."""
    if len(content) > LARGEST_FILE:
        raise UnusableSheet("it is too big for a list of cases")
    match suffix.lower():
        case ".csv":
            return _find_in_text(content, layout)
        case ".xlsx":
            return _find_in_book(content, layout)
        case _:
            raise UnusableSheet("it is neither .xlsx nor .csv: save it as one of these")


def as_text(cell: Cell) -> str:
    """What was typed into a cell, on one line."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def shown(text: str) -> str:
    """`text` in quotation marks, cut where it is long."""
    kept = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return f"“{kept}”"


def _find_in_book(content: bytes, layout: Layout) -> Grid:
    try:
        sheets = read_workbook(content)
    except UnreadableDocument as error:
        raise UnusableSheet(f"it can't be read as .xlsx: {error.reason}") from error
    named = [sheet for sheet in sheets if layout.sheet in (None, sheet.name)]
    if not named:
        names = ", ".join(shown(sheet.name) for sheet in sheets)
        raise UnusableSheet(f"it has no sheet {shown(layout.sheet or '')}, but {names}")
    found = [(s, grid) for s in named if (grid := _find_in_rows(s.rows, layout)) is not None]
    if len(found) > 1:
        names = " and ".join(shown(sheet.name) for sheet, _ in found)
        raise UnusableSheet(f"its sheets {names} have such columns: name one with --sheet")
    if not found:
        raise UnusableSheet(_no_headings([row for s in named for row in s.rows[:1]], layout))
    sheet, grid = found[0]
    return replace(grid, formulas=sheet.formulas)


def _find_in_text(content: bytes, layout: Layout) -> Grid:
    text = _decoded(content)
    first: list[Sequence[Cell]] = []
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise UnusableSheet(f"it can't be read as .csv: {error}") from error
        grid = _find_in_rows(rows, layout)
        if grid is not None:
            return grid
        first = max(first, list(rows[:1]), key=lambda found: sum(map(len, found)))
    raise UnusableSheet(_no_headings(first, layout))


def _decoded(content: bytes) -> str:
    """The text of a .csv: UTF-8, UTF-16 where it says so, else what Excel writes on Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _find_in_rows(rows: Rows, layout: Layout) -> Grid | None:
    for number, row in enumerate(rows[:HEADING_ROWS]):
        places = _places(row, layout)
        if places is not None:
            return Grid(rows, number, places)
    return None


def _places(row: Sequence[Cell], layout: Layout) -> dict[Wanted, int] | None:
    """In which column what is wanted stands; None where this is no row of headings."""
    headings = [_plain(cell) for cell in row]
    if _place(headings, Wanted.REFERENCE, layout) is None:
        return None
    found = {wanted: _place(headings, wanted, layout) for wanted in Wanted}
    places = {wanted: place for wanted, place in found.items() if place is not None}
    needed = {Wanted.REFERENCE, Wanted.MERIT} | set(layout.columns)
    return places if needed <= places.keys() else None


def _place(headings: Sequence[str], wanted: Wanted, layout: Layout) -> int | None:
    named = layout.columns.get(wanted)
    known = HEADINGS[wanted] if named is None else (_plain(named),)
    found = [place for place, heading in enumerate(headings) if heading in known]
    first = [place for place in found if headings[place] == known[0]]
    if len(first or found) > 1:
        names = " and ".join(shown(headings[place]) for place in first or found)
        raise UnusableSheet(
            f"its columns {names} may both be the {wanted}: name one with --{wanted}-column"
        )
    return next(iter(first or found), None)


def _no_headings(rows: Rows, layout: Layout) -> str:
    cells = [as_text(cell) for row in rows for cell in row[:_MOST_SHOWN]]
    seen = [shown(text) for text in cells if text]
    named = [f"{shown(name)} for the {wanted}" for wanted, name in layout.columns.items()]
    usual = [f"a {wanted}" for wanted in (Wanted.REFERENCE, Wanted.MERIT)]
    told = " and ".join(named or usual)
    return f"no row has the headings {told}; it begins with {', '.join(seen) or 'nothing'}"


def _plain(cell: Cell) -> str:
    return as_text(cell).casefold() if isinstance(cell, str) else ""
