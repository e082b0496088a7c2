"""Verbs over decisions: recorded quietly, then released to the applicants. Both are only ever
added to; the newest decision of a case stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from storage import cases, events
from storage.domain.case import Case
from storage.domain.decision import Decision, Outcome, ReleasedOutcome, Ruling
from storage.facts import PlainRow, known_id
from storage.loading import fetch
from storage.round_rows import DecisionRow, ReleasedOutcomeRow
from storage.rows import CaseRow, table_of

_RELEASED = (
    sql_select(table_of(ReleasedOutcomeRow))
    .where(col(ReleasedOutcomeRow.case_id).in_(bindparam("these", expanding=True)))
    .order_by(col(ReleasedOutcomeRow.id))
)


def decide(
    session: Session,
    case: Case,
    ruling: Ruling,
    *,
    reason: str,
    by: str,
    now: datetime,
    lifted: str | None = None,
) -> Decision:
    """Record what is decided about a case. Nobody is told. `lifted` is why it may break the limits
    of the awards, None where it keeps them."""
    row = DecisionRow(
        case_id=case.id,
        outcome=ruling.outcome,
        amount=ruling.amount,
        feedback=ruling.feedback,
        reason=reason,
        lifted=lifted,
        actor=by,
        at=now,
    )
    session.add(row)
    detail = {"outcome": ruling.outcome.value, "limits": "lifted" if lifted else None}
    _append(session, case, at=now, by=by, what="decided", detail=detail)
    session.flush()
    return _to_decision(row)


def current(session: Session, programme: str, round_key: str) -> dict[int, Decision]:
    """The decision that stands for each case of a round that has one, by the case's id."""
    return {one.case_id: one for one in of_round(session, programme, round_key)}


def of_round(session: Session, programme: str, round_key: str) -> tuple[Decision, ...]:
    """All decisions about the cases of a round, oldest first."""
    return _load(session, *_of_round(programme, round_key))


def history(session: Session, case_id: int) -> tuple[Decision, ...]:
    """All decisions about a case, oldest first."""
    return _load(session, col(DecisionRow.case_id) == case_id)


def release(
    session: Session,
    decided: Sequence[tuple[Case, Decision]],
    *,
    by: str,
    now: datetime,
    not_before: datetime,
) -> tuple[ReleasedOutcome, ...]:
    """Approve what the applicants of these cases are told, as it stands now, from `not_before` on.
    A case that was told the same already is left alone."""
    before = {one.case_id: one for one in released_of(session, [case.id for case, _ in decided])}
    rows = []
    for case, decision in decided:
        known = before.get(case.id)
        if known is not None and known.ruling.outcome is decision.ruling.outcome:
            continue
        row = ReleasedOutcomeRow(
            case_id=case.id,
            outcome=decision.ruling.outcome,
            amount=decision.ruling.amount,
            feedback=decision.ruling.feedback,
            not_before=not_before,
            actor=by,
            at=now,
        )
        session.add(row)
        rows.append(row)
        detail = {"outcome": decision.ruling.outcome.value, "not_before": not_before.isoformat()}
        _append(session, case, at=now, by=by, what="outcome_released", detail=detail)
    session.flush()
    cases.want_attention_of(session, [row.case_id for row in rows], not_before)
    return tuple(_to_outcome(row) for row in rows)


def released(session: Session, programme: str, round_key: str) -> tuple[ReleasedOutcome, ...]:
    """Every outcome released in a round, in order of approval."""
    found = (
        select(ReleasedOutcomeRow)
        .join(CaseRow, col(CaseRow.id) == col(ReleasedOutcomeRow.case_id))
        .where(*_of_round(programme, round_key))
        .order_by(col(ReleasedOutcomeRow.id))
    )
    return tuple(_to_outcome(row) for row in session.exec(found))


def released_of(session: Session, case_ids: Iterable[int]) -> tuple[ReleasedOutcome, ...]:
    """What was released to the applicants of these cases, in order of approval."""
    return tuple(_to_outcome(row) for row in fetch(session, _RELEASED, these=list(case_ids)))


def _of_round(programme: str, round_key: str) -> tuple[ColumnElement[bool], ...]:
    return col(CaseRow.programme) == programme, col(CaseRow.round) == round_key


def _load(session: Session, *conditions: ColumnElement[bool]) -> tuple[Decision, ...]:
    found = select(DecisionRow).join(CaseRow, col(CaseRow.id) == col(DecisionRow.case_id))
    rows = session.exec(found.where(*conditions).order_by(col(DecisionRow.id)))
    return tuple(_to_decision(row) for row in rows)


def _append(
    session: Session,
    case: Case,
    *,
    at: datetime,
    by: str,
    what: str,
    detail: dict[str, str | None] | dict[str, str],
) -> None:
    events.append(
        session,
        at=at,
        actor=by,
        what=what,
        programme=case.programme,
        case_id=case.id,
        detail=detail,
    )


def _to_decision(row: DecisionRow) -> Decision:
    return Decision(
        id=known_id(row.id),
        case_id=row.case_id,
        ruling=Ruling(Outcome(row.outcome), row.amount, row.feedback),
        reason=row.reason,
        by=row.actor,
        at=row.at,
        lifted=row.lifted,
    )


def _to_outcome(row: ReleasedOutcomeRow | PlainRow) -> ReleasedOutcome:
    return ReleasedOutcome(
        id=known_id(row.id),
        case_id=row.case_id,
        ruling=Ruling(Outcome(row.outcome), row.amount, row.feedback),
        by=row.actor,
        at=row.at,
        not_before=row.not_before,
    )
