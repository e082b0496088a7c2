"""Pure: the merit of cases as somebody wrote it into a spreadsheet, read row by row.

What can't be taken from a row is told with what to write instead; nothing is guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from intake.commands.allocating.grids import Grid, Wanted, as_text, shown
from intake.understanding.files.workbooks import Cell
from storage.domain.case import make_reference

_NUMBER = re.compile(r"[-+]?[0-9]{1,12}(?:\.[0-9]{1,12})?")
_AMOUNT = re.compile(r"[£€$]? ?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.00?)?")
_DASHES = r"[ \-‐‑–]{0,3}"


@dataclass(frozen=True, slots=True)
class Merit:
    """What one row says of a case; `merit` None: it is not scored, `amount` None: the usual one."""

    line: int
    reference: str
    merit: Decimal | None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row that can't be taken: what was found, and what to write."""

    line: int
    found: str
    write: str


@dataclass(frozen=True, slots=True)
class MeritSheet:
    """The rows of a sheet in their order, those that can't be taken apart from the others."""

    rows: tuple[Merit, ...]
    unusable: tuple[Unusable, ...] = ()


def read_merit(grid: Grid, prefix: str) -> MeritSheet:
    """The merits that the rows below the headings tell of cases whose references begin with
    `prefix`; rows without any of it are passed over."""
    read = list(_read_rows(grid, prefix))
    merits = [one for one in read if isinstance(one, Merit)]
    refused = [one for one in read if isinstance(one, Unusable)]
    refused += _told_twice(merits)
    return MeritSheet(tuple(merits), tuple(sorted(refused, key=lambda one: one.line)))


def _read_rows(grid: Grid, prefix: str) -> Iterator[Merit | Unusable]:
    for number in range(grid.heading + 1, len(grid.rows)):
        row = grid.rows[number]
        cells = {wanted: row[place] for wanted, place in grid.places.items() if place < len(row)}
        formulas = {w for w, place in grid.places.items() if (number, place) in grid.formulas}
        empty = [wanted for wanted in sorted(formulas) if not as_text(cells.get(wanted, ""))]
        if empty:
            told = f"the {empty[0]} is a formula that nobody has worked out"
            yield Unusable(number + 1, told, "the number, or open and save the file in Excel")
        elif any(as_text(cell) for cell in cells.values()):
            yield _read_row(number + 1, cells, prefix)


def _read_row(line: int, cells: Mapping[Wanted, Cell], prefix: str) -> Merit | Unusable:
    reference = _find_reference(cells.get(Wanted.REFERENCE, ""), prefix)
    merit, amount = cells.get(Wanted.MERIT, ""), cells.get(Wanted.AMOUNT, "")
    if reference is None:
        found = as_text(cells.get(Wanted.REFERENCE, ""))
        told = f"the reference is {shown(found)}" if found else "there is no reference"
        return Unusable(line, told, f"one like {_suggested(found, prefix)}, or empty the row")
    score, asked = _find_number(merit), _find_amount(amount)
    if score is None and as_text(merit):
        told = f"the merit of {reference} is {shown(as_text(merit))}"
        return Unusable(line, told, "a number such as 7.5, or nothing where it is not scored")
    if asked is None and as_text(amount):
        told = f"the amount of {reference} is {shown(as_text(amount))}"
        return Unusable(line, told, "a whole number such as 20000, or nothing for the usual amount")
    return Merit(line, reference, score, asked)


def _told_twice(rows: Sequence[Merit]) -> Iterator[Unusable]:
    first: dict[str, int] = {}
    for row in rows:
        if row.reference in first:
            told = f"{row.reference} stands in row {first[row.reference]} already"
            yield Unusable(row.line, told, "each case once")
        first.setdefault(row.reference, row.line)


def _find_reference(cell: Cell, prefix: str) -> str | None:
    """`ACE-0042`, however its dash and its noughts are written."""
    pattern = rf"{re.escape(prefix)}{_DASHES}([0-9]{{1,7}})"
    match = re.fullmatch(pattern, as_text(cell)[:100], flags=re.IGNORECASE)
    return make_reference(prefix, int(match[1])) if match else None


def _suggested(found: str, prefix: str) -> str:
    return make_reference(prefix, int(found) if re.fullmatch(r"[0-9]{1,7}", found) else 1)


def _find_number(cell: Cell) -> Decimal | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return Decimal(str(cell))
    match = _NUMBER.fullmatch(as_text(cell))
    return Decimal(match[0]) if match and isinstance(cell, str) else None


def _find_amount(cell: Cell) -> int | None:
    match = _AMOUNT.fullmatch(as_text(cell))
    amount = int(match[1].replace(",", "")) if match else 0
    return amount or None
