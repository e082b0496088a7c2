"""Pure: the decision sheet, as organisers get it to fill in."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from responders.sheets.book import Cell, Column, Table, write_book
from storage.domain.case import Case, CaseState
from storage.domain.deciding import Standing
from storage.domain.decision_sheet import (
    ORIGIN_SHEET,
    OUTCOME_WORDS,
    SHEET,
    Origin,
    OriginField,
    SheetColumn,
    row_version,
)
from storage.domain.money import money
from storage.domain.programme import Programme

LATE = "late"
_MONEY = "#,##0"


def write_decision_sheet(
    standing: Standing, late: Collection[int], *, secret: bytes, now: datetime
) -> bytes:
    """A workbook with a row for each case that applied, by reference; what is decided so far
    stands in it to be changed. `late` are the ids of the cases whose form came too late."""
    programme = standing.programme
    cases = sorted(
        (case for case in standing.cases if case.state is CaseState.APPLIED),
        key=lambda case: case.reference,
    )
    rows = [_row(case, standing, is_late=case.id in late) for case in cases]
    origin = Origin(
        programme=programme.slug,
        round=programme.round.key,
        made_at=now,
        rows=tuple((str(row[0]), str(row[1])) for row in rows),
    )
    signed = replace(origin, token=origin.make_token(secret))
    tables = (Table(SHEET, _columns(programme), rows), _origin_table(signed))
    return write_book(tables, made_at=now, zone=programme.zone)


def _columns(programme: Programme) -> tuple[Column, ...]:
    return (
        Column(SheetColumn.REFERENCE, 11),
        Column(SheetColumn.VERSION, 10),
        Column(SheetColumn.TITLE, 34, wraps=True),
        Column(SheetColumn.ORGANISATION, 26, wraps=True),
        Column(SheetColumn.AREA, 22, wraps=True),
        Column(SheetColumn.LATE, 7),
        Column(SheetColumn.MERIT, 8, is_open=True),
        Column(SheetColumn.DECIDED, 11),
        Column(SheetColumn.DECIDED_AMOUNT, 11, style=_MONEY),
        *_open_columns(programme),
    )


def _open_columns(programme: Programme) -> Iterator[Column]:
    """What is read when the sheet comes back."""
    words = tuple(OUTCOME_WORDS.values())
    told = f"{', '.join(words[:-1])} or {words[-1]}. Empty: the case is left as it is."
    yield Column(SheetColumn.DECISION, 12, is_open=True, choices=words, hint=told)
    usual = f"Empty: {money(programme.amount, programme.currency)}." if programme.amount else ""
    told = f"Only for a funded case, in whole {programme.currency}. {usual}".strip()
    amount = Column(SheetColumn.AMOUNT, 11, is_open=True, most=programme.amount, hint=told)
    yield replace(amount, style=_MONEY)
    told = "Stands in the outcome letter as you write it."
    yield Column(SheetColumn.FEEDBACK, 60, is_open=True, wraps=True, hint=told)
    told = "Kept with the decision; no applicant sees it."
    yield Column(SheetColumn.REASON, 40, is_open=True, wraps=True, hint=told)


def _row(case: Case, standing: Standing, *, is_late: bool) -> list[Cell]:
    area = standing.programme.area(case.area)
    decision = standing.decision(case.id)
    words = OUTCOME_WORDS[decision.ruling.outcome] if decision else None
    amount = decision.ruling.amount if decision else None
    return [
        case.reference,
        row_version(case, decision),
        case.title,
        case.contact.organisation,
        area.name if area else case.area,
        LATE if is_late else None,
        None,
        words,
        amount,
        words,
        amount,
        decision.ruling.feedback if decision else None,
        decision.reason if decision else None,
    ]


def _origin_table(origin: Origin) -> Table:
    """What Postroom needs to know the workbook again when it comes back."""
    return Table(
        ORIGIN_SHEET,
        (Column("This sheet is for Postroom: leave it", 40), Column("as it is", 40)),
        [list(row) for row in _origin_rows(origin)],
        is_hidden=True,
    )


def _origin_rows(origin: Origin) -> Iterator[tuple[str, str]]:
    yield OriginField.PROGRAMME, origin.programme
    yield OriginField.ROUND, origin.round
    yield OriginField.MADE_AT, origin.made_at.isoformat()
    yield OriginField.TOKEN, origin.token
    yield from origin.rows
