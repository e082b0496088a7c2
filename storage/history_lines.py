"""The lines of the history that organisers are told of, with what the messages in them are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlmodel import Session, col

from storage.domain.message import MessageKind
from storage.domain.overview import HistoryLine
from storage.events import POSTROOM
from storage.facts import known_id
from storage.rows import CaseRow, EventRow, MessageRow, PersonRow
from storage.serialising import load_detail, load_understanding
from storage.upserts import chunks

TOLD = (
    "case_opened",
    "case_changed",
    "likely_duplicate",
    "case_extended",
    "round_extended",
    "pack_published",
    "pack_reissued",
    "decided",
    "outcome_released",
    "outcome_answered",
    "answered_by_hand",
    "answer_written",
    "handed_over",
    "panel_assigned",
    "assessed",
    "letter_skipped",
    "letter_discarded",
    "message_settled",
    "breaker_tripped",
    "trouble_noticed",
    "trouble_over",
    "messages_gone",
    "render_failed",
)
"""What organisers are told of, beside messages."""

_UNTOLD = (MessageKind.EXPRESSION, MessageKind.NOMINATION, MessageKind.FOLLOW_UP)
"""Messages that are only told where their answer is held: what they open or change is told."""


_NOTHING: Mapping[str, str] = {}


def lines_after(session: Session, slug: str, floor: int) -> tuple[HistoryLine, ...]:
    """Those of the programme behind the line `floor`, in order. A bounce whose case its message
    does not name belongs to the newest case of an address in it."""
    lines = list(_load(session, slug, floor))
    lost = [line for line in lines if line.bounced and line.case_id is None]
    if not lost:
        return tuple(lines)
    owners = _owners(session, slug, {email for line in lost for email in line.bounced})
    return tuple(_with_owner(line, owners) for line in lines)


def _load(session: Session, slug: str, floor: int) -> Iterator[HistoryLine]:
    """What is long in a message's row is only asked for where it is needed."""
    kind = col(MessageRow.kind)
    found = (
        select(
            col(EventRow.id),
            col(EventRow.at),
            col(EventRow.actor),
            col(EventRow.what),
            col(EventRow.case_id),
            col(EventRow.message_id),
            col(EventRow.letter_id),
            col(EventRow.detail),
            kind,
            col(MessageRow.received_at),
            case((kind == MessageKind.BOUNCE, col(MessageRow.understanding)), else_=None),
        )
        .outerjoin(MessageRow, _tells_of_message())
        .where(col(EventRow.id) > floor, _is_of(slug), _is_told())
        .order_by(col(EventRow.id))
    )
    for row in session.execute(found):
        id, at, actor, what, case_id, message_id, letter_id, detail, kind_told, *of_message = row
        received_at, understanding = of_message
        yield HistoryLine(
            id=known_id(id),
            at=at,
            actor=actor if actor != POSTROOM else None,
            what=what,
            case_id=case_id,
            message_id=message_id,
            letter_id=letter_id,
            detail=load_detail(detail) if what != "case_opened" else _NOTHING,
            kind=MessageKind(kind_told) if kind_told else None,
            received_at=received_at,
            bounced=load_understanding(understanding).bounced if understanding else (),
        )


def _tells_of_message() -> ColumnElement[bool]:
    is_recorded = col(EventRow.what) == "message_recorded"
    return and_(is_recorded, col(MessageRow.id) == col(EventRow.message_id))


def _is_of(slug: str) -> ColumnElement[bool]:
    """What belongs to no programme concerns them all."""
    return or_(col(EventRow.programme) == slug, col(EventRow.programme).is_(None))


def _is_told() -> ColumnElement[bool]:
    is_news = or_(col(MessageRow.kind).not_in(_UNTOLD), col(MessageRow.hold).is_not(None))
    return or_(col(EventRow.what).in_(TOLD), is_news)


def _owners(session: Session, slug: str, emails: Iterable[str]) -> Mapping[str, int]:
    """The newest case of each of these addresses, by the address."""
    owners: dict[str, int] = {}
    for some in chunks(sorted(emails)):
        found = (
            select(col(PersonRow.email), col(PersonRow.case_id))
            .join(CaseRow, col(CaseRow.id) == col(PersonRow.case_id))
            .where(col(CaseRow.programme) == slug, col(PersonRow.email).in_(some))
            .order_by(col(PersonRow.case_id))
        )
        owners |= dict(session.execute(found).all())
    return owners


def _with_owner(line: HistoryLine, owners: Mapping[str, int]) -> HistoryLine:
    if line.case_id is not None or not line.bounced:
        return line
    found = [owners[email] for email in line.bounced if email in owners]
    return replace(line, case_id=max(found, default=None))
