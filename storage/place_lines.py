"""The nominees of a cohort programme with their places, in a fixed number of queries."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage import places
from storage.domain.case import CaseState
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.overview import PlaceLine
from storage.domain.programme import Programme
from storage.facts import known_id
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow

_OFFERS = (LetterKind.PLACE_INVITATION, LetterKind.PLACE_OFFER)
_PEOPLE = tuple(kind for kind in MessageKind if kind.is_outsiders)


def place_lines(session: Session, programme: Programme) -> tuple[PlaceLine, ...]:
    """The nominees of the programme's round in the order of their cases; none without cohorts."""
    if not programme.cohorts:
        return ()
    standing = places.standing(session, programme.slug, programme.round.key)
    offered, heard = _offered(session, programme.slug), _heard(session, programme.slug)
    lines = []
    for id, reference, name, area, state in _cases(session, programme):
        placement = standing.get(id)
        mark = f"case:{id}/{placement.id}" if placement is not None else ""
        lines.append(
            PlaceLine(
                case_id=id,
                reference=reference,
                name=name,
                area=area,
                state=CaseState(state),
                cohort=placement.cohort if placement is not None else None,
                is_waiting=placement is not None and placement.cohort is None,
                offered_at=offered.get(mark),
                heard_at=heard.get(id),
            )
        )
    return tuple(lines)


def _cases(
    session: Session, programme: Programme
) -> list[tuple[int, str, str | None, str | None, str]]:
    found = (
        select(
            col(CaseRow.id),
            col(CaseRow.reference),
            col(CaseRow.contact_name),
            col(CaseRow.area),
            col(CaseRow.state),
        )
        .where(
            col(CaseRow.programme) == programme.slug,
            col(CaseRow.round) == programme.round.key,
        )
        .order_by(col(CaseRow.id))
    )
    return [(known_id(id), *rest) for id, *rest in session.execute(found)]


def _offered(session: Session, slug: str) -> Mapping[str, datetime]:
    """When each offer left, by the case and placement that its key names."""
    found = (
        select(col(LetterRow.key), col(LetterRow.sent_at))
        .where(
            col(LetterRow.programme) == slug,
            col(LetterRow.kind).in_(_OFFERS),
            col(LetterRow.state) == LetterState.SENT,
        )
        .order_by(col(LetterRow.id))
    )
    rows = session.execute(found)
    return {"/".join(key.split("/")[1:3]): sent_at for key, sent_at in rows if sent_at}


def _heard(session: Session, slug: str) -> Mapping[int, datetime]:
    """When somebody last wrote for each case, by its id."""
    case_id = col(MessageCaseRow.case_id)
    found = (
        select(case_id, func.max(col(MessageRow.received_at)))
        .join(MessageRow, col(MessageRow.id) == col(MessageCaseRow.message_id))
        .where(col(MessageRow.programme) == slug, col(MessageRow.kind).in_(_PEOPLE))
    )
    return dict(session.execute(found.group_by(case_id)).all())
