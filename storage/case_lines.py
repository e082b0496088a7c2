"""How far each case of a round has come, in a fixed number of queries that leave out all that
applicants wrote: a hundred thousand cases take seconds and no more memory than their lines."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from storage import extensions, outcome_answers
from storage.domain.case import CaseState
from storage.domain.decision import Outcome
from storage.domain.extension import extended
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.overview import CaseLine
from storage.domain.programme import Programme, Round, Window
from storage.facts import known_id
from storage.lateness import first_forms
from storage.round_rows import DecisionRow, ReleasedOutcomeRow
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow

_PEOPLE = tuple(kind for kind in MessageKind if kind.is_outsiders)
_OUTCOMES = tuple(kind for kind in LetterKind if kind.is_outcome)


def case_lines(session: Session, programme: Programme) -> tuple[CaseLine, ...]:
    """The cases of the programme's round, whose closing is that which holds for everybody, in the
    order of their opening."""
    forms = first_forms(session, programme.slug)
    packs = _sent(session, programme.slug, (LetterKind.APPLICATION_PACK,))
    told = _sent(session, programme.slug, _OUTCOMES)
    decided = _newest_outcomes(session, programme, DecisionRow)
    released = _newest_outcomes(session, programme, ReleasedOutcomeRow)
    heard = _heard(session, programme.slug) if told else {}
    answers = outcome_answers.of_round(session, programme.slug, programme.round.key)
    own = _own_rounds(session, programme)
    return tuple(
        CaseLine(
            id=id,
            reference=reference,
            state=CaseState(state),
            area=area,
            organisation=organisation,
            title=title,
            opened_at=opened_at,
            closes_at=own.get(id, programme.round).closes_at,
            pack_sent_at=packs.get(id),
            form_at=forms.get(id),
            is_late=_is_late(own.get(id, programme.round), forms.get(id)),
            decision=decided.get(id),
            outcome=released.get(id),
            told_at=told.get(id),
            heard_at=heard.get(id),
            reply=answers[id].reply if id in answers else None,
        )
        for id, reference, state, area, organisation, title, opened_at in _cases(session, programme)
    )


_Case = tuple[int, str, str, str | None, str | None, str | None, datetime]


def _cases(session: Session, programme: Programme) -> Iterable[_Case]:
    found = (
        select(
            col(CaseRow.id),
            col(CaseRow.reference),
            col(CaseRow.state),
            col(CaseRow.area),
            col(CaseRow.contact_organisation),
            col(CaseRow.title),
            col(CaseRow.opened_at),
        )
        .where(*_of_round(programme))
        .order_by(col(CaseRow.id))
    )
    return ((known_id(id), *rest) for id, *rest in session.execute(found))


def _of_round(programme: Programme) -> tuple[ColumnElement[bool], ...]:
    return (
        col(CaseRow.programme) == programme.slug,
        col(CaseRow.round) == programme.round.key,
    )


def _sent(session: Session, slug: str, kinds: tuple[LetterKind, ...]) -> dict[int, datetime]:
    """When the newest letter of these kinds left, by the case's id."""
    case_id = col(LetterRow.case_id)
    found = select(case_id, func.max(col(LetterRow.sent_at))).where(
        col(LetterRow.programme) == slug,
        col(LetterRow.state) == LetterState.SENT,
        col(LetterRow.kind).in_(kinds),
        case_id.is_not(None),
    )
    return dict(session.execute(found.group_by(case_id)).all())


def _newest_outcomes(
    session: Session, programme: Programme, table: type[DecisionRow] | type[ReleasedOutcomeRow]
) -> dict[int, Outcome]:
    found = (
        select(col(table.case_id), col(table.outcome))
        .join(CaseRow, col(CaseRow.id) == col(table.case_id))
        .where(*_of_round(programme))
        .order_by(col(table.id))
    )
    return {case_id: Outcome(outcome) for case_id, outcome in session.execute(found)}


def _heard(session: Session, slug: str) -> dict[int, datetime]:
    """When somebody last wrote for each case, by its id."""
    case_id = col(MessageCaseRow.case_id)
    found = (
        select(case_id, func.max(col(MessageRow.received_at)))
        .join(MessageRow, col(MessageRow.id) == col(MessageCaseRow.message_id))
        .where(col(MessageRow.programme) == slug, col(MessageRow.kind).in_(_PEOPLE))
    )
    return dict(session.execute(found.group_by(case_id)).all())


def _own_rounds(session: Session, programme: Programme) -> dict[int, Round]:
    """The round as it holds for the cases that were given more time, by their ids."""
    rounds: dict[int, Round] = {}
    for extension in extensions.of_programme(session, programme.slug):
        if extension.case_id is not None:
            before = rounds.get(extension.case_id, programme.round)
            rounds[extension.case_id] = extended(before, [extension])
    return rounds


def _is_late(its_round: Round, form_at: datetime | None) -> bool:
    return form_at is not None and its_round.window(form_at) is Window.AFTER
