"""What organisers are told of: the whole of a programme, put together once a digest is due, in a
fixed number of queries."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, or_, select
from sqlmodel import Session, col

from storage import reconciliations
from storage.award_lines import award_lines
from storage.case_lines import case_lines
from storage.columns import UtcDateTime
from storage.domain.digest_days import digests_to, rhythms_of
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.overview import Overview, PersonsMessage, WaitingLetter
from storage.domain.programme import Programme
from storage.domain.telling import untold
from storage.history_lines import lines_after
from storage.loading import fetch
from storage.place_lines import place_lines
from storage.received import wants_answer_of_a_person
from storage.rows import EventRow, LetterRow, MessageCaseRow, MessageRow, MessageState
from storage.watches import recent_troubles

LATELY = timedelta(days=7)
"""How long a trouble that is over is still spoken of."""

_GONE = (LetterState.FAILED, LetterState.DISCARDED)
_TRIED = (LetterState.DEFERRED, LetterState.SENDING)
_FOR_A_PERSON = (LetterState.HELD, LetterState.FAILED)

_LONG_AGO = bindparam("long_ago", type_=UtcDateTime)
_LAST_EVENT = select(func.max(col(EventRow.id)).label("id"))
_FIRST_EVENT = (
    select(col(EventRow.at))
    .where(col(EventRow.programme) == bindparam("slug"))
    .order_by(col(EventRow.id))
    .limit(1)
)
_IS_UNTRIED = and_(
    col(LetterRow.state) == LetterState.QUEUED, col(LetterRow.not_before) < _LONG_AGO
)
_IS_TRIED = and_(col(LetterRow.state).in_(_TRIED), col(LetterRow.created_at) < _LONG_AGO)
_WAITING_LETTERS = (
    select(
        col(LetterRow.id),
        col(LetterRow.kind),
        col(LetterRow.state),
        col(LetterRow.rule),
        col(LetterRow.case_id),
        col(LetterRow.cause),
        col(LetterRow.recipient_email),
        col(LetterRow.created_at),
    )
    .where(
        col(LetterRow.programme) == bindparam("slug"),
        or_(col(LetterRow.state).in_(_FOR_A_PERSON), _IS_UNTRIED, _IS_TRIED),
    )
    .order_by(col(LetterRow.id))
)
_OF_PROGRAMME_OR_NONE = or_(
    col(MessageRow.programme) == bindparam("slug"), col(MessageRow.programme).is_(None)
)
"""Messages whose programme nobody could tell are everybody's."""

_PERSONS_MESSAGES = (
    select(
        col(MessageRow.id),
        col(MessageRow.received_at),
        col(MessageRow.kind),
        col(MessageRow.hold),
        col(MessageRow.reason),
        col(MessageRow.sender_email),
        func.min(col(MessageCaseRow.case_id)),
    )
    .outerjoin(MessageCaseRow, col(MessageCaseRow.message_id) == col(MessageRow.id))
    .where(_OF_PROGRAMME_OR_NONE, wants_answer_of_a_person())
    .group_by(col(MessageRow.id))
    .order_by(col(MessageRow.id))
)
_UNREAD = select(func.count().label("unread")).where(
    col(MessageRow.state) == MessageState.WAITING,
    col(MessageRow.remembered_at) < _LONG_AGO,
    _OF_PROGRAMME_OR_NONE,
)


def look_over(
    session: Session, programme: Programme, letters: Sequence[Letter], now: datetime
) -> Overview:
    """The programme as it stands at `now`. `letters` are those to its organisers: they say up to
    which line of the history each has been told."""
    long_ago = now - programme.digests.stuck_after
    last_event = fetch(session, _LAST_EVENT)[0].id or 0
    withdrawn = _withdrawn(session, letters)
    floor = _floor(programme, letters, withdrawn=withdrawn, last_event=last_event)
    return Overview(
        cases=case_lines(session, programme),
        letters=_waiting_letters(session, programme.slug, long_ago),
        messages=_persons_messages(session, programme.slug),
        lines=lines_after(session, programme.slug, floor),
        last_event=last_event,
        begins_at=_begins_at(session, programme.slug),
        withdrawn=withdrawn,
        unread=_unread(session, programme.slug, long_ago),
        places=place_lines(session, programme),
        reconciled=reconciliations.of_programme(session, programme.slug),
        troubles=recent_troubles(session, programme.slug, now - LATELY),
        awards=award_lines(session, programme),
    )


def _withdrawn(session: Session, letters: Sequence[Letter]) -> dict[int, int]:
    """At which line each digest that told something came to nothing, by its letter's id."""
    ids = [
        letter.id for letter in letters if letter.told_until is not None and letter.state in _GONE
    ]
    if not ids:
        return {}
    whats = [f"letter_{state}" for state in _GONE]
    found = select(col(EventRow.letter_id), func.max(col(EventRow.id))).where(
        col(EventRow.letter_id).in_(ids), col(EventRow.what).in_(whats)
    )
    return dict(session.execute(found.group_by(col(EventRow.letter_id))).all())


def _floor(
    programme: Programme,
    letters: Sequence[Letter],
    *,
    withdrawn: dict[int, int],
    last_event: int,
) -> int:
    """The line up to which every organiser has been told."""
    floor = last_event
    for organiser in programme.organisers:
        for rhythm in rhythms_of(organiser):
            digests = digests_to(letters, organiser.address.email, rhythm)
            told = [letter for _, letter in digests]
            gaps = untold(told, withdrawn, last_event)
            floor = min([floor, *(gap.after for gap in gaps)])
    return floor


def _begins_at(session: Session, slug: str) -> datetime | None:
    rows = fetch(session, _FIRST_EVENT, slug=slug)
    return rows[0].at if rows else None


def _waiting_letters(session: Session, slug: str, long_ago: datetime) -> tuple[WaitingLetter, ...]:
    rows = fetch(session, _WAITING_LETTERS, slug=slug, long_ago=long_ago)
    return tuple(
        WaitingLetter(id, LetterKind(kind), LetterState(state), *rest)
        for id, kind, state, *rest in rows
    )


def _persons_messages(session: Session, slug: str) -> tuple[PersonsMessage, ...]:
    return tuple(
        PersonsMessage(id, at, MessageKind(kind) if kind else None, *rest)
        for id, at, kind, *rest in fetch(session, _PERSONS_MESSAGES, slug=slug)
    )


def _unread(session: Session, slug: str, long_ago: datetime) -> int:
    return int(fetch(session, _UNREAD, slug=slug, long_ago=long_ago)[0].unread)
