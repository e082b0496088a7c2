"""The nominees of a cohort programme with their places, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from storage import places
from storage.case_lines import heard_by_case
from storage.domain.case import CaseState
from storage.domain.letter import LetterKind, LetterState
from storage.domain.overview import PlaceLine
from storage.domain.programme import Programme
from storage.facts import PlainRow
from storage.loading import fetch
from storage.rows import CaseRow, LetterRow

_OFFERS = (LetterKind.PLACE_INVITATION, LetterKind.PLACE_OFFER)
_CASES = (
    select(
        col(CaseRow.id),
        col(CaseRow.reference),
        col(CaseRow.contact_name),
        col(CaseRow.area),
        col(CaseRow.state),
    )
    .where(col(CaseRow.programme) == bindparam("slug"), col(CaseRow.round) == bindparam("round"))
    .order_by(col(CaseRow.id))
)
_OFFERED = (
    select(col(LetterRow.key), col(LetterRow.sent_at))
    .where(
        col(LetterRow.programme) == bindparam("slug"),
        col(LetterRow.kind).in_(_OFFERS),
        col(LetterRow.state) == LetterState.SENT,
    )
    .order_by(col(LetterRow.id))
)


def place_lines(session: Session, programme: Programme) -> tuple[PlaceLine, ...]:
    """The nominees of the programme's round in the order of their cases; none without cohorts."""
    if not programme.cohorts:
        return ()
    standing = places.standing(session, programme.slug, programme.round.key)
    offered, heard = _offered(session, programme.slug), heard_by_case(session, programme.slug)
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


def _cases(session: Session, programme: Programme) -> Sequence[PlainRow]:
    return fetch(session, _CASES, slug=programme.slug, round=programme.round.key)


def _offered(session: Session, slug: str) -> Mapping[str, datetime]:
    """When each offer left, by the case and placement that its key names."""
    rows = fetch(session, _OFFERED, slug=slug)
    return {"/".join(key.split("/")[1:3]): sent_at for key, sent_at in rows if sent_at}
