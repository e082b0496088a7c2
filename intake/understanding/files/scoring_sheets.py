"""Pure: a scoring sheet that a member of the panel sent back, read row by row."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from intake.understanding.files.returned_tables import (
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
from storage.domain.assessment import HIGHEST, LOWEST, Scoring, Stance
from storage.domain.decision_sheet import ORIGIN_SHEET
from storage.domain.programme import Criterion, Programme
from storage.domain.scoring_sheet import (
    SHEET,
    ReturnedScores,
    ScoringColumn,
    ScoringField,
    ScoringOrigin,
    ScoringRow,
    criterion_headings,
)

_YES = frozenset(("yes", "y", "x", "✓", "✔", "true", "1"))
_NO = frozenset(("", "no", "n", "-", "false", "0"))
_SCORE = re.compile("[0-9]{1,3}")
_CHOICES = (ScoringColumn.CONFLICT, ScoringColumn.ABSTAIN)
_TEXTS = (ScoringColumn.REASON, ScoringColumn.COMMENT)


def is_scoring_sheet(content: bytes) -> bool:
    """True for a workbook that has the page for the scores, whatever became of it."""
    try:
        return any(sheet.name == SHEET for sheet in open_workbook(content))
    except UnusableTable:
        return False


def read_scoring_sheet(content: bytes, programme: Programme) -> ReturnedScores:
    """The rows of a sheet that was filled in, in the order they have now, but for blank ones. What
    can't be taken from a row stands in its `problems`. Raises UnusableTable where nothing can be
    read at all."""
    sheets = open_workbook(content)
    origin = _read_origin(sheets)
    headings = criterion_headings(criterion.name for criterion in programme.criteria)
    filled_in = (*headings, *_CHOICES, *_TEXTS)
    needed = (ScoringColumn.REFERENCE, ScoringColumn.VERSION, *filled_in)
    typed = [
        row
        for row in find_rows(sheets, needed, name=SHEET)
        if row.formulas or any(row.text(column) for column in filled_in)
    ]
    criteria = dict(zip(headings, programme.criteria, strict=True))
    rows = tuple(_read_row(row, origin, tuple(criteria.items())) for row in typed)
    return ReturnedScores(rows, origin)


Criteria = Sequence[tuple[str, Criterion]]
"""The criteria, each behind its heading."""


def _read_row(typed: TypedRow, origin: ScoringOrigin, criteria: Criteria) -> ScoringRow:
    reference = typed.text(ScoringColumn.REFERENCE).upper()
    version = typed.text(ScoringColumn.VERSION)
    problems = tuple(_problems(typed, criteria, origin, reference, version))
    scoring = None if problems else _read_scoring(typed, criteria)
    return ScoringRow(typed.line, reference, version, scoring, problems)


def _problems(
    typed: TypedRow, criteria: Criteria, origin: ScoringOrigin, reference: str, version: str
) -> Iterator[str]:
    made_with = dict(origin.rows)
    if not reference:
        yield "it names no case"
    elif reference not in made_with:
        yield f"{shown(reference)} is no case of this sheet"
    elif made_with[reference] != version:
        yield f"its row version is not that of {reference} in this sheet: put it back"
    if typed.formulas:
        yield formula_problem(typed)
        return
    for column in _CHOICES:
        if _read_choice(typed, column) is None:
            yield f"“{column}” says {shown(typed.text(column))}, neither yes nor no"
    yield from _scores_problems(typed, criteria)


def _scores_problems(typed: TypedRow, criteria: Criteria) -> Iterator[str]:
    refrains = [column for column in _CHOICES if _read_choice(typed, column)]
    filled = [heading for heading, _ in criteria if typed.text(heading)]
    if len(refrains) > 1:
        yield "it says a conflict and abstains as well: keep one of them"
    if refrains:
        if filled:
            yield f"it has scores and “{refrains[0]}” as well: empty one of the two"
        return
    wrong = [heading for heading in filled if _read_score(typed.cells[heading]) is None]
    for heading in wrong:
        told = shown(typed.text(heading))
        yield f"{told} for {_name(heading, criteria)} is no whole number from {LOWEST} to {HIGHEST}"
    missing = [name.name for heading, name in criteria if heading not in filled]
    if not filled:
        if any(typed.text(column) for column in _TEXTS):
            yield "it has words but no scores"
    elif missing:
        yield f"there is no score for {', '.join(missing)}"


def _read_scoring(typed: TypedRow, criteria: Criteria) -> Scoring | None:
    """What a row without problems says; None where it says nothing."""
    reason, comment = (typed.text(column) for column in _TEXTS)
    if _read_choice(typed, ScoringColumn.CONFLICT):
        return Scoring(Stance.CONFLICT, (), reason, comment)
    if _read_choice(typed, ScoringColumn.ABSTAIN):
        return Scoring(Stance.ABSTAINED, (), reason, comment)
    read = ((one.key, _read_score(typed.cells[heading])) for heading, one in criteria)
    scores = tuple((key, score) for key, score in read if score is not None)
    return Scoring(Stance.SCORED, scores, reason, comment) if scores else None


def _read_choice(typed: TypedRow, column: str) -> bool | None:
    told = typed.text(column).casefold()
    return True if told in _YES else False if told in _NO else None


def _read_score(cell: Cell) -> int | None:
    """A score of the scale; None for anything else."""
    if isinstance(cell, bool) or not isinstance(cell, float | int | str):
        return None
    told = as_text(cell)
    score = int(told) if _SCORE.fullmatch(told) else 0
    return score if LOWEST <= score <= HIGHEST else None


def _name(heading: str, criteria: Criteria) -> str:
    return dict(criteria)[heading].name


def _read_origin(sheets: Sequence[Sheet]) -> ScoringOrigin:
    """What the hidden sheet says, found by its name."""
    pairs = read_pairs(sheets, ORIGIN_SHEET)
    if pairs is None:
        raise UnusableTable(
            f"its hidden page “{ORIGIN_SHEET}” is gone: use the sheet from our letter"
        )
    fields = dict(reversed(pairs))
    try:
        return ScoringOrigin(
            programme=fields[ScoringField.PROGRAMME],
            round=fields[ScoringField.ROUND],
            member=fields[ScoringField.MEMBER],
            criteria=tuple(fields[ScoringField.CRITERIA].split()),
            made_at=datetime.fromisoformat(fields[ScoringField.MADE_AT]),
            rows=tuple(pair for pair in pairs[len(ScoringField) + 1 :] if all(pair)),
            token=fields[ScoringField.TOKEN],
        )
    except (KeyError, ValueError) as error:
        told = f"its hidden page “{ORIGIN_SHEET}” was changed: use the sheet from our letter"
        raise UnusableTable(told) from error
