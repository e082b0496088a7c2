"""Verbs over likely duplicates: found when a case is opened, written into the history of both,
for a person to judge. Nothing is merged."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, func, insert, select

from storage import events
from storage.domain.case import Case
from storage.domain.likeness import Likeness, Reason, find_alike, marks_of
from storage.loading import CASES, fetch, load_cases
from storage.rows import CaseMarkRow, CaseRow, EventRow, table_of
from storage.serialising import load_detail

LIKELY_DUPLICATE = "likely_duplicate"
_SHARED = 2
"""Marks that two cases have in common at the least if they are alike."""
_CANDIDATES = 10
"""Cases that are compared in full, those with most marks in common."""

_MARKED = insert(table_of(CaseMarkRow))
_ALIKE = (
    sql_select(col(CaseMarkRow.case_id))
    .where(
        col(CaseMarkRow.mark).in_(bindparam("marks", expanding=True)),
        col(CaseMarkRow.case_id) != bindparam("this"),
    )
    .group_by(col(CaseMarkRow.case_id))
    .having(func.count() >= _SHARED)
    .order_by(func.count().desc(), col(CaseMarkRow.case_id))
    .limit(_CANDIDATES)
)


def keep_marks(session: Session, case: Case, *, before: Case | None = None) -> None:
    """Write down by what a new case, or a changed one, will be found."""
    old = marks_of(before) if before is not None else frozenset()
    new = marks_of(case)
    if old - new:
        these = (col(CaseMarkRow.case_id) == case.id, col(CaseMarkRow.mark).in_(old - new))
        session.exec(delete(CaseMarkRow).where(*these))
    lines = [{"case_id": case.id, "mark": mark} for mark in sorted(new - old)]
    if lines:
        session.connection().execute(_MARKED, lines)


def flag(session: Session, case: Case, *, message_id: int, now: datetime) -> tuple[Likeness, ...]:
    """Compare a case that `message_id` has just opened with those of its round, and write what
    it is like into the history of both. Three queries, whatever the ledger holds."""
    found = find_alike(case, _candidates(session, case))
    for other, reasons in found:
        for one, two in ((case, other), (other, case)):
            events.append(
                session,
                at=now,
                what=LIKELY_DUPLICATE,
                programme=one.programme,
                case_id=one.id,
                message_id=message_id,
                detail={"case": two.reference, "reasons": " ".join(reasons)},
            )
    return tuple(Likeness(other.reference, reasons) for other, reasons in found)


def of_cases(session: Session, case_ids: Collection[int]) -> Mapping[int, tuple[Likeness, ...]]:
    """What each of these cases was found to be like, the first found first; cases that are like
    no other are left out. One query."""
    told: dict[int, list[Likeness]] = defaultdict(list)
    these = (col(EventRow.case_id).in_(case_ids), col(EventRow.what) == LIKELY_DUPLICATE)
    found = select(EventRow.case_id, EventRow.detail).where(*these).order_by(col(EventRow.id))
    for case_id, text in session.exec(found):
        detail = load_detail(text)
        reasons = tuple(Reason(name) for name in detail["reasons"].split())
        if case_id is not None:
            told[case_id].append(Likeness(detail["case"], reasons))
    return {case_id: tuple(likenesses) for case_id, likenesses in told.items()}


def _candidates(session: Session, case: Case) -> tuple[Case, ...]:
    found = fetch(session, _ALIKE, marks=list(marks_of(case)), this=case.id)
    ids = [row.case_id for row in found]
    return load_cases(session, CASES.where(col(CaseRow.id).in_(ids))) if ids else ()
