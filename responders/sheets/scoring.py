"""Pure: the scoring sheet, as a member of the panel gets it to fill in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from responders.sheets.book import Cell, Column, Table, write_book
from responders.wording import percentages
from storage.domain.assessment import HIGHEST, LOWEST, Assessment, Assignment, Stance
from storage.domain.case import Case
from storage.domain.decision_sheet import ORIGIN_SHEET
from storage.domain.programme import Programme
from storage.domain.scoring import PanelStanding
from storage.domain.scoring_sheet import (
    CRITERIA_SHEET,
    SHEET,
    YES,
    ScoringColumn,
    ScoringField,
    ScoringOrigin,
    criterion_headings,
    row_version,
)

SCALE = "1: not there. 2: in parts. 3: solid. 4: beyond solid. 5: strong."
"""The scale in words, for those who score and those who read of it."""

_NUMBERS = tuple(str(number) for number in range(LOWEST, HIGHEST + 1))


def write_scoring_sheet(
    standing: PanelStanding, member: str, *, secret: bytes, now: datetime
) -> bytes:
    """A workbook with a row for each application that the member (by address) is asked to read;
    what they said so far stands in it to be changed, and nothing that others said."""
    programme = standing.programme
    asked = standing.assigned_to(member)
    rows = [
        _row(case, one, standing.assessments.get((member, case.id)), programme)
        for case, one in asked
    ]
    origin = ScoringOrigin(
        programme=programme.slug,
        round=programme.round.key,
        member=member,
        criteria=tuple(criterion.key for criterion in programme.criteria),
        made_at=now,
        rows=tuple((case.reference, row_version(one)) for case, one in asked),
    )
    signed = replace(origin, token=origin.make_token(secret))
    tables = (
        Table(SHEET, tuple(_columns(programme)), rows),
        _criteria_table(programme),
        _origin_table(signed),
    )
    return write_book(tables, made_at=now, zone=programme.zone)


def _columns(programme: Programme) -> Iterator[Column]:
    yield Column(ScoringColumn.REFERENCE, 11)
    yield Column(ScoringColumn.VERSION, 8)
    yield Column(ScoringColumn.TITLE, 30, wraps=True)
    yield Column(ScoringColumn.ORGANISATION, 24, wraps=True)
    yield Column(ScoringColumn.AREA, 18, wraps=True)
    headings = criterion_headings(criterion.name for criterion in programme.criteria)
    for heading, criterion in zip(headings, programme.criteria, strict=True):
        hint = f"3, solid: {criterion.solid} 5, strong: {criterion.strong}"
        yield Column(heading, 12, is_open=True, choices=_NUMBERS, hint=hint)
    why = "Choose yes, and leave the scores of this row empty."
    yield Column(ScoringColumn.CONFLICT, 11, is_open=True, choices=(YES,), hint=why)
    yield Column(ScoringColumn.ABSTAIN, 9, is_open=True, choices=(YES,), hint=why)
    told = "Why you don't score it, if you like to say."
    yield Column(ScoringColumn.REASON, 26, is_open=True, wraps=True, hint=told)
    told = "For the organisers and the panel's meeting; no applicant is sent it as it is."
    yield Column(ScoringColumn.COMMENT, 46, is_open=True, wraps=True, hint=told)


def _row(
    case: Case, assignment: Assignment, known: Assessment | None, programme: Programme
) -> list[Cell]:
    area = programme.area(case.area)
    said = known.scoring if known is not None else None
    scores = dict(said.scores) if said is not None else {}
    stance = said.stance if said is not None else None
    return [
        case.reference,
        row_version(assignment),
        case.title,
        case.contact.organisation,
        area.name if area else case.area,
        *(scores.get(criterion.key) for criterion in programme.criteria),
        YES if stance is Stance.CONFLICT else None,
        YES if stance is Stance.ABSTAINED else None,
        said.reason if said is not None else None,
        said.comment if said is not None else None,
    ]


def _criteria_table(programme: Programme) -> Table:
    shares = percentages([criterion.weight for criterion in programme.criteria])
    headings = criterion_headings(criterion.name for criterion in programme.criteria)
    rows: list[list[Cell]] = [
        [heading, f"{share}%", criterion.solid, criterion.strong]
        for heading, share, criterion in zip(headings, shares, programme.criteria, strict=True)
    ]
    rows.append(["The scale", None, SCALE, None])
    columns = (
        Column("Criterion", 28, wraps=True),
        Column("Share of the whole", 12),
        Column("3, solid", 60, wraps=True),
        Column("5, strong", 60, wraps=True),
    )
    return Table(CRITERIA_SHEET, columns, rows)


def _origin_table(origin: ScoringOrigin) -> Table:
    """What Postroom needs to know the workbook again when it comes back."""
    return Table(
        ORIGIN_SHEET,
        (Column("This sheet is for Postroom: leave it", 40), Column("as it is", 40)),
        [list(row) for row in _origin_rows(origin)],
        is_hidden=True,
    )


def _origin_rows(origin: ScoringOrigin) -> Iterator[tuple[str, str]]:
    yield ScoringField.PROGRAMME, origin.programme
    yield ScoringField.ROUND, origin.round
    yield ScoringField.MEMBER, origin.member
    yield ScoringField.CRITERIA, " ".join(origin.criteria)
    yield ScoringField.MADE_AT, origin.made_at.isoformat()
    yield ScoringField.TOKEN, origin.token
    yield from origin.rows
