"""Pure: the table of a sheet that was sent out to be filled in, found again in what came back,
whichever program saved it. Columns and rows may be moved, hidden, filtered and added to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.understanding.files.refusals import Refusal, UnreadableDocument
from intake.understanding.files.workbooks import Cell, Sheet, read_workbook
from storage.domain.cells import cell_text

HEADING_ROWS = 20
"""Among so many rows at the top the headings are looked for."""

LARGEST_WHOLE = 10**12
"""Numbers up to this are shown without a decimal point where they have no decimals."""

_SHOWN = 40


class UnusableTable(Exception):
    """Nothing can be read from the file; its text is why, for the person who sent it."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """The cells of one row by their heading, as they were typed. `line` is its number in the
    sheet, `formulas` the headings below which a formula stands."""

    line: int
    cells: Mapping[str, Cell]
    formulas: tuple[str, ...]

    def text(self, heading: str) -> str:
        return as_text(self.cells[heading])


def open_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx file. Raises UnusableTable."""
    try:
        return read_workbook(content)
    except UnreadableDocument as error:
        is_other = error.reason is Refusal.WRONG_TYPE
        why = "it is no Excel workbook: save it as .xlsx" if is_other else error.reason
        raise UnusableTable(f"the file can't be read: {why}") from error


def find_rows(sheets: Sequence[Sheet], needed: Sequence[str], *, name: str) -> Iterator[TypedRow]:
    """The rows below the `needed` headings, in the order they have now: of the sheet of this name
    where several have such headings. Raises UnusableTable."""
    sheet, heading = _find_table(sheets, needed, name)
    headings = [as_heading(cell) for cell in sheet.rows[heading]]
    places = {column: headings.index(as_heading(column)) for column in needed}
    return (
        TypedRow(
            line=number + 1,
            cells={column: sheet.rows[number][place] for column, place in places.items()},
            formulas=tuple(c for c, place in places.items() if (number, place) in sheet.formulas),
        )
        for number in range(heading + 1, len(sheet.rows))
    )


def read_pairs(sheets: Sequence[Sheet], name: str) -> list[tuple[str, str]] | None:
    """What stands in the first two columns of the sheet of this name; None where there is none."""
    sheet = next((sheet for sheet in sheets if sheet.name == name), None)
    if sheet is None:
        return None
    return [(as_text(row[0]), as_text(row[1])) for row in sheet.rows if len(row) > 1]


def formula_problem(row: TypedRow) -> str:
    """That a row holds formulas, which show what nobody typed."""
    told = " and ".join(f"“{column}”" for column in row.formulas)
    return f"{told} holds a formula: type what it shows"


def as_text(cell: Cell) -> str:
    """What was typed into a cell, with its lines."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= LARGEST_WHOLE:
        cell = int(cell)
    return cell_text(str(cell)).strip()


def as_heading(cell: Cell) -> str:
    return " ".join(as_text(cell).casefold().split())


def shown(text: str) -> str:
    """What somebody typed, in a sentence: on one line, not too long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}”"


def _find_table(sheets: Sequence[Sheet], needed: Sequence[str], name: str) -> tuple[Sheet, int]:
    """The sheet with the table and the row of its headings."""
    found = [(s, row) for s in sheets if (row := _heading_row(s, needed)) is not None]
    named = [(sheet, row) for sheet, row in found if sheet.name == name]
    if len(named or found) == 1:
        return (named or found)[0]
    if found:
        raise UnusableTable(f"several sheets look alike: call the right one “{name}”")
    told = ", ".join(f"“{column}”" for column in needed)
    raise UnusableTable(f"no sheet has the headings {told} in one row")


def _heading_row(sheet: Sheet, needed: Sequence[str]) -> int | None:
    for number, row in enumerate(sheet.rows[:HEADING_ROWS]):
        headings = [as_heading(cell) for cell in row]
        if all(as_heading(column) in headings for column in needed):
            twice = next((c for c in needed if headings.count(as_heading(c)) > 1), None)
            if twice:
                raise UnusableTable(f"the heading “{twice}” stands there twice")
            return number
    return None
