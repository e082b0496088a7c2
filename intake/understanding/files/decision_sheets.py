"""Pure: a decision sheet that came back, whichever program saved it, read row by row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.files.workbooks import Cell, Sheet, read_workbook
from storage.domain.cells import cell_text
from storage.domain.decision import Outcome, Ruling
from storage.domain.decision_sheet import (
    ORIGIN_SHEET,
    OUTCOME_WORDS,
    SHEET,
    DecisionSheet,
    Origin,
    OriginField,
    SheetColumn,
    SheetRow,
    find_outcome,
    nearest_word,
)

FILLED_IN = (
    SheetColumn.DECISION,
    SheetColumn.AMOUNT,
    SheetColumn.FEEDBACK,
    SheetColumn.REASON,
)
"""The columns that organisers fill in."""

NEEDED = (SheetColumn.REFERENCE, SheetColumn.VERSION, *FILLED_IN)
"""Without these nothing can be read; any other column may be missing, and more may stand beside."""

HEADING_ROWS = 20
"""Among so many rows at the top the headings are looked for."""

LARGEST_AMOUNT = 10**12
_SHOWN = 40
_AMOUNT = re.compile(r"[£€$]? ?(\d{1,12}|\d{1,3}(?:[, ]\d{3}){1,3})(?:\.00?)?")


class NotADecisionSheet(Exception):
    """The file can't be read as a decision sheet; its text is why, for the person who sent it."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """The cells of one row by their column, as they were typed."""

    line: int
    cells: Mapping[SheetColumn, Cell]
    formulas: tuple[SheetColumn, ...]

    def text(self, column: SheetColumn) -> str:
        return _as_text(self.cells[column])

    @property
    def is_blank(self) -> bool:
        wanted = (SheetColumn.REFERENCE, *FILLED_IN)
        return not self.formulas and not any(self.text(column) for column in wanted)


def read_decision_sheet(content: bytes) -> DecisionSheet:
    """The rows of a sheet that was exported, filled in and saved, in the order they have now.

    Columns and rows may be moved, hidden, filtered and added to. What can't be taken from a row
    stands in its `problems`. Raises NotADecisionSheet where nothing can be read at all.
    """
    try:
        sheets = read_workbook(content)
    except UnreadableDocument as error:
        raise NotADecisionSheet(f"the file can't be read: {error.reason}") from error
    origin = _read_origin(sheets)
    sheet, heading = _find_table(sheets)
    typed = [row for row in _typed_rows(sheet, heading) if not row.is_blank]
    return DecisionSheet(origin, _known_once([_read_row(row, origin) for row in typed]))


def _find_table(sheets: Sequence[Sheet]) -> tuple[Sheet, int]:
    """The sheet with the decisions and the row of its headings, by its name where several have
    such headings."""
    found = [(sheet, row) for sheet in sheets if (row := _heading_row(sheet)) is not None]
    named = [(sheet, row) for sheet, row in found if sheet.name == SHEET]
    if len(named or found) == 1:
        return (named or found)[0]
    if found:
        raise NotADecisionSheet(f"several sheets look alike: call the right one “{SHEET}”")
    needed = ", ".join(f"“{column}”" for column in NEEDED)
    raise NotADecisionSheet(f"no sheet has the headings {needed} in one row")


def _heading_row(sheet: Sheet) -> int | None:
    for number, row in enumerate(sheet.rows[:HEADING_ROWS]):
        headings = [_as_heading(cell) for cell in row]
        if all(_as_heading(column) in headings for column in NEEDED):
            twice = next((c for c in NEEDED if headings.count(_as_heading(c)) > 1), None)
            if twice:
                raise NotADecisionSheet(f"the heading “{twice}” stands there twice")
            return number
    return None


def _typed_rows(sheet: Sheet, heading: int) -> Iterator[_Typed]:
    headings = [_as_heading(cell) for cell in sheet.rows[heading]]
    places = {column: headings.index(_as_heading(column)) for column in NEEDED}
    for number in range(heading + 1, len(sheet.rows)):
        row = sheet.rows[number]
        yield _Typed(
            line=number + 1,
            cells={column: row[place] for column, place in places.items()},
            formulas=tuple(c for c, place in places.items() if (number, place) in sheet.formulas),
        )


def _read_row(typed: _Typed, origin: Origin) -> SheetRow:
    reference = typed.text(SheetColumn.REFERENCE).upper()
    read = SheetRow(
        line=typed.line,
        reference=reference,
        version=typed.text(SheetColumn.VERSION),
        reason=typed.text(SheetColumn.REASON),
    )
    if typed.formulas:
        told = " and ".join(f"“{column}”" for column in typed.formulas)
        return replace(read, problems=(f"{told} holds a formula: type what it shows",))
    ruling, problems = _read_ruling(typed)
    return replace(
        read,
        ruling=None if problems else ruling,
        problems=(*_identity_problems(read, origin), *problems),
    )


def _identity_problems(read: SheetRow, origin: Origin) -> Iterator[str]:
    exported = dict(origin.rows)
    if not read.reference:
        yield "it names no case"
    elif read.reference not in exported:
        yield f"{_shown(read.reference)} is no case of this sheet"
    elif exported[read.reference] != read.version:
        yield f"its row version is not that of {read.reference} in this sheet: export it again"


def _read_ruling(typed: _Typed) -> tuple[Ruling | None, tuple[str, ...]]:
    """What the row decides, None where it decides nothing, and what is wrong with it."""
    words, feedback = typed.text(SheetColumn.DECISION), typed.text(SheetColumn.FEEDBACK)
    amount, wrong_amount = _read_amount(typed.cells[SheetColumn.AMOUNT])
    outcome = find_outcome(words)
    if not words:
        is_more = feedback or amount is not None or wrong_amount or typed.text(SheetColumn.REASON)
        told = "it says more but has no decision: choose one, or empty the whole row"
        return None, (told,) if is_more else ()
    problems = [wrong_amount] if wrong_amount else []
    if outcome is None:
        problems.insert(0, _unknown_word(words))
    elif outcome is not Outcome.FUNDED and (amount is not None or wrong_amount):
        problems = [f"only a funded case has an amount, and this one is {OUTCOME_WORDS[outcome]}"]
    if outcome is None or problems:
        return None, tuple(problems)
    return Ruling(outcome, amount, feedback), ()


def _read_amount(cell: Cell) -> tuple[int | None, str | None]:
    """A whole number of at least 1, None for an empty cell, and what is wrong with any other."""
    if isinstance(cell, str) and not _as_text(cell):
        return None, None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        amount = int(cell) if cell == cell // 1 and abs(cell) <= LARGEST_AMOUNT else None
    else:
        match = _AMOUNT.fullmatch(_as_text(cell)[:_SHOWN])
        amount = int(re.sub("[, ]", "", match[1])) if match else None
    if amount is None:
        return None, f"the amount {_shown(_as_text(cell))} is no whole number"
    return (amount, None) if amount > 0 else (None, f"the amount {amount} is not above 0")


def _unknown_word(words: str) -> str:
    known = ", ".join(OUTCOME_WORDS.values())
    nearest = nearest_word(words)
    told = f"; did you mean {nearest}?" if nearest else ""
    return f"the decision {_shown(words)} is none of {known}{told}"


def _known_once(rows: Sequence[SheetRow]) -> tuple[SheetRow, ...]:
    """The rows, each that names a case another one names with a problem."""
    lines: dict[str, list[int]] = {}
    for row in rows:
        lines.setdefault(row.reference, []).append(row.line)
    return tuple(_with_twins(row, lines[row.reference]) for row in rows)


def _with_twins(row: SheetRow, lines: Sequence[int]) -> SheetRow:
    if len(lines) == 1 or not row.reference:
        return row
    told = f"{_shown(row.reference)} stands in rows {', '.join(map(str, lines))}: keep one of them"
    return replace(row, ruling=None, problems=(*row.problems, told))


def _read_origin(sheets: Sequence[Sheet]) -> Origin:
    """What the hidden sheet says, found by its name."""
    sheet = next((sheet for sheet in sheets if sheet.name == ORIGIN_SHEET), None)
    if sheet is None:
        raise NotADecisionSheet(
            f"its hidden sheet “{ORIGIN_SHEET}” is gone: export the decisions again"
        )
    pairs = [(_as_text(row[0]), _as_text(row[1])) for row in sheet.rows if len(row) > 1]
    fields = dict(reversed(pairs))
    count = len(OriginField)
    try:
        return Origin(
            programme=fields[OriginField.PROGRAMME],
            round=fields[OriginField.ROUND],
            made_at=datetime.fromisoformat(fields[OriginField.MADE_AT]),
            rows=tuple(pair for pair in pairs[count + 1 :] if all(pair)),
            token=fields[OriginField.TOKEN],
        )
    except (KeyError, ValueError) as error:
        told = f"its hidden sheet “{ORIGIN_SHEET}” was changed: export the decisions again"
        raise NotADecisionSheet(told) from error


def _as_heading(cell: Cell) -> str:
    return " ".join(_as_text(cell).casefold().split())


def _as_text(cell: Cell) -> str:
    """What was typed into a cell, with its lines."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= LARGEST_AMOUNT:
        cell = int(cell)
    return cell_text(str(cell)).strip()


def _shown(text: str) -> str:
    """What somebody typed, in a sentence: on one line, not too long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}”"
