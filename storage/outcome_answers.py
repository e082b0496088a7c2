"""Verbs over what applicants answer to the outcome that they were told. Only ever added to; the
newest answer of a case stands."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from storage import decisions, events
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome, OutcomeAnswer, ReleasedOutcome
from storage.domain.letter import LetterKind, LetterState
from storage.domain.placement import Reply
from storage.facts import PlainRow, known_id
from storage.loading import fetch
from storage.reply_rows import OutcomeAnswerRow
from storage.round_rows import ReleasedOutcomeRow
from storage.rows import CaseRow, LetterRow, table_of

_ANSWERS = (
    sql_select(table_of(OutcomeAnswerRow))
    .join(table_of(CaseRow), col(CaseRow.id) == col(OutcomeAnswerRow.case_id))
    .order_by(col(OutcomeAnswerRow.id))
)

_ASKS = {
    Outcome.FUNDED: LetterKind.OUTCOME_FUNDED,
    Outcome.RESERVE: LetterKind.OUTCOME_RESERVE,
}
"""Outcomes whose letter asks for an answer."""


def find_unanswered(session: Session, case: Case) -> ReleasedOutcome | None:
    """The outcome that the case was written about, that asks for an answer, and that nobody has
    clearly taken or declined; None: there is none, so a yes or a no means something else."""
    if case.state is CaseState.WITHDRAWN:
        return None
    told = decisions.released_of(session, [case.id])
    if not told or told[-1].ruling.outcome not in _ASKS:
        return None
    outcome = told[-1]
    written = select(LetterRow.id).where(
        col(LetterRow.case_id) == case.id,
        col(LetterRow.kind) == _ASKS[outcome.ruling.outcome],
        col(LetterRow.state).in_((LetterState.SENT, LetterState.SENDING)),
    )
    if session.exec(written.limit(1)).first() is None:
        return None
    answers = of_cases(session, [case.id])
    is_settled = any(one.is_clear and one.outcome_id == outcome.id for one in answers)
    return None if is_settled else outcome


def record(
    session: Session,
    case: Case,
    outcome: ReleasedOutcome,
    reply: Reply,
    *,
    message_id: int,
    received_at: datetime,
    now: datetime,
) -> OutcomeAnswer:
    """Write down what this message of the case's people says to their outcome."""
    row = OutcomeAnswerRow(
        case_id=case.id,
        outcome_id=outcome.id,
        message_id=message_id,
        reply=reply,
        at=received_at,
    )
    session.add(row)
    events.append(
        session,
        at=now,
        what="outcome_answered",
        programme=case.programme,
        case_id=case.id,
        message_id=message_id,
        detail={"reply": reply, "outcome": outcome.ruling.outcome},
    )
    session.flush()
    return _to_answer(row)


def of_cases(session: Session, case_ids: Collection[int]) -> tuple[OutcomeAnswer, ...]:
    """What the people of these cases answered, in order of recording."""
    return _load(session, col(OutcomeAnswerRow.case_id).in_(case_ids))


def of_round(session: Session, programme: str, round_key: str) -> dict[int, OutcomeAnswer]:
    """The answer that stands to the newest outcome of each case of a round that has one, by the
    case's id."""
    ours = (col(CaseRow.programme) == programme, col(CaseRow.round) == round_key)
    told = select(func.max(col(ReleasedOutcomeRow.id))).group_by(col(ReleasedOutcomeRow.case_id))
    newest = col(OutcomeAnswerRow.outcome_id).in_(told)
    return {one.case_id: one for one in _load(session, *ours, newest)}


def _load(session: Session, *conditions: ColumnElement[bool]) -> tuple[OutcomeAnswer, ...]:
    return tuple(_to_answer(row) for row in fetch(session, _ANSWERS.where(*conditions)))


def _to_answer(row: OutcomeAnswerRow | PlainRow) -> OutcomeAnswer:
    return OutcomeAnswer(
        id=known_id(row.id),
        case_id=row.case_id,
        outcome_id=row.outcome_id,
        message_id=row.message_id,
        reply=Reply(row.reply),
        at=row.at,
    )
