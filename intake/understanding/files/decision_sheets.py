"""Pure: a decision sheet that came back, whichever program saved it, read row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from intake.understanding.files.returned_tables import (
    LARGEST_WHOLE,
    TypedRow,
    UnusableTable,
    as_text,
    find_rows,
    formula_problem,
    open_workbook,
    read_pairs,
    shown,
)
from intake.understanding.files.workbooks import Cell, Sheet
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

_SHOWN = 40
_AMOUNT = re.compile(r"[£€$]? ?(\d{1,12}|\d{1,3}(?:[, ]\d{3}){1,3})(?:\.00?)?")


class NotADecisionSheet(Exception):
    """The file can't be read as a decision sheet; its text is why, for the person who sent it."""


def read_decision_sheet(content: bytes) -> DecisionSheet:
    """The rows of a sheet that was exported, filled in and saved, in the order they have now.

    Columns and rows may be moved, hidden, filtered and added to. What can't be taken from a row
    stands in its `problems`. Raises NotADecisionSheet where nothing can be read at all.
    """
    try:
        sheets = open_workbook(content)
        origin = _read_origin(sheets)
        typed = [row for row in find_rows(sheets, NEEDED, name=SHEET) if not _is_blank(row)]
    except UnusableTable as error:
        raise NotADecisionSheet(str(error)) from error
    return DecisionSheet(origin, _known_once([_read_row(row, origin) for row in typed]))


def _is_blank(typed: TypedRow) -> bool:
    wanted = (SheetColumn.REFERENCE, *FILLED_IN)
    return not typed.formulas and not any(typed.text(column) for column in wanted)


def _read_row(typed: TypedRow, origin: Origin) -> SheetRow:
    reference = typed.text(SheetColumn.REFERENCE).upper()
    read = SheetRow(
        line=typed.line,
        reference=reference,
        version=typed.text(SheetColumn.VERSION),
        reason=typed.text(SheetColumn.REASON),
    )
    if typed.formulas:
        return replace(read, problems=(formula_problem(typed),))
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
        yield f"{shown(read.reference)} is no case of this sheet"
    elif exported[read.reference] != read.version:
        yield f"its row version is not that of {read.reference} in this sheet: export it again"


def _read_ruling(typed: TypedRow) -> tuple[Ruling | None, tuple[str, ...]]:
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
    if isinstance(cell, str) and not as_text(cell):
        return None, None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        amount = int(cell) if cell == cell // 1 and abs(cell) <= LARGEST_WHOLE else None
    else:
        match = _AMOUNT.fullmatch(as_text(cell)[:_SHOWN])
        amount = int(re.sub("[, ]", "", match[1])) if match else None
    if amount is None:
        return None, f"the amount {shown(as_text(cell))} is no whole number"
    return (amount, None) if amount > 0 else (None, f"the amount {amount} is not above 0")


def _unknown_word(words: str) -> str:
    known = ", ".join(OUTCOME_WORDS.values())
    nearest = nearest_word(words)
    told = f"; did you mean {nearest}?" if nearest else ""
    return f"the decision {shown(words)} is none of {known}{told}"


def _known_once(rows: Sequence[SheetRow]) -> tuple[SheetRow, ...]:
    """The rows, each that names a case another one names with a problem."""
    lines: dict[str, list[int]] = {}
    for row in rows:
        lines.setdefault(row.reference, []).append(row.line)
    return tuple(_with_twins(row, lines[row.reference]) for row in rows)


def _with_twins(row: SheetRow, lines: Sequence[int]) -> SheetRow:
    if len(lines) == 1 or not row.reference:
        return row
    told = f"{shown(row.reference)} stands in rows {', '.join(map(str, lines))}: keep one of them"
    return replace(row, ruling=None, problems=(*row.problems, told))


def _read_origin(sheets: Sequence[Sheet]) -> Origin:
    """What the hidden sheet says, found by its name."""
    pairs = read_pairs(sheets, ORIGIN_SHEET)
    if pairs is None:
        raise NotADecisionSheet(
            f"its hidden sheet “{ORIGIN_SHEET}” is gone: export the decisions again"
        )
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
