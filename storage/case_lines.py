"""How far each case of a round has come, in a fixed number of queries that leave out all that
applicants wrote: a hundred thousand cases take seconds and no more memory than their lines."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from storage import extensions, outcome_answers
from storage.domain.case import CaseState
from storage.domain.decision import Outcome
from storage.domain.extension import extended
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.overview import CaseLine
from storage.domain.programme import Programme, Round, Window
from storage.facts import PlainRow
from storage.lateness import first_forms
from storage.loading import Query, fetch
from storage.round_rows import DecisionRow, ReleasedOutcomeRow
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow

_PEOPLE = tuple(kind for kind in MessageKind if kind.is_outsiders)
_OUTCOMES = tuple(kind for kind in LetterKind if kind.is_outcome)

_OF_ROUND = (
    col(CaseRow.programme) == bindparam("slug"),
    col(CaseRow.round) == bindparam("round"),
)
_CASES = (
    select(
        col(CaseRow.id),
        col(CaseRow.reference),
        col(CaseRow.state),
        col(CaseRow.area),
        col(CaseRow.contact_organisation),
        col(CaseRow.title),
        col(CaseRow.opened_at),
    )
    .where(*_OF_ROUND)
    .order_by(col(CaseRow.id))
)
_SENT = (
    select(col(LetterRow.case_id), func.max(col(LetterRow.sent_at)))
    .where(
        col(LetterRow.programme) == bindparam("slug"),
        col(LetterRow.state) == LetterState.SENT,
        col(LetterRow.kind).in_(bindparam("kinds", expanding=True)),
        col(LetterRow.case_id).is_not(None),
    )
    .group_by(col(LetterRow.case_id))
)
_DECIDED, _RELEASED = (
    select(col(table.case_id), col(table.outcome))
    .join(CaseRow, col(CaseRow.id) == col(table.case_id))
    .where(*_OF_ROUND)
    .order_by(col(table.id))
    for table in (DecisionRow, ReleasedOutcomeRow)
)
_HEARD = (
    select(col(MessageCaseRow.case_id), func.max(col(MessageRow.received_at)))
    .join(MessageRow, col(MessageRow.id) == col(MessageCaseRow.message_id))
    .where(col(MessageRow.programme) == bindparam("slug"), col(MessageRow.kind).in_(_PEOPLE))
    .group_by(col(MessageCaseRow.case_id))
)


def case_lines(session: Session, programme: Programme) -> tuple[CaseLine, ...]:
    """The cases of the programme's round, whose closing is that which holds for everybody, in the
    order of their opening."""
    forms = first_forms(session, programme.slug)
    packs = _sent(session, programme.slug, (LetterKind.APPLICATION_PACK,))
    told = _sent(session, programme.slug, _OUTCOMES)
    decided = _newest_outcomes(session, programme, _DECIDED)
    released = _newest_outcomes(session, programme, _RELEASED)
    heard = heard_by_case(session, programme.slug) if told else {}
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


def heard_by_case(session: Session, slug: str) -> dict[int, datetime]:
    """When somebody last wrote for each case of a programme, by its id. One query."""
    return dict(fetch(session, _HEARD, slug=slug))


def _cases(session: Session, programme: Programme) -> Sequence[PlainRow]:
    return fetch(session, _CASES, slug=programme.slug, round=programme.round.key)


def _sent(session: Session, slug: str, kinds: Sequence[LetterKind]) -> dict[int, datetime]:
    """When the newest letter of these kinds left, by the case's id."""
    return dict(fetch(session, _SENT, slug=slug, kinds=list(kinds)))


def _newest_outcomes(session: Session, programme: Programme, found: Query) -> dict[int, Outcome]:
    rows = fetch(session, found, slug=programme.slug, round=programme.round.key)
    return {case_id: Outcome(outcome) for case_id, outcome in rows}


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
