"""A waiting message written down with what it says and where it belongs."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select, update

from storage import events
from storage.domain.acting import Acted
from storage.domain.message import RecordedMessage, Understanding
from storage.domain.returned_sheet import ScoringResult, SheetResult
from storage.errors import Conflict, NotFound
from storage.facts import PlainRow
from storage.rows import MessageCaseRow, MessageRow, MessageState, table_of
from storage.serialising import (
    dump_acted,
    dump_results,
    dump_scores,
    dump_texts,
    dump_understanding,
)

_OTHERS = table_of(MessageRow).alias("others").c
_SAME_MESSAGE_ID = (
    sql_select(func.min(_OTHERS.id))
    .where(_OTHERS.rfc_message_id == bindparam("named"), _OTHERS.id != bindparam("this"))
    .scalar_subquery()
)
_RECORD = (
    update(table_of(MessageRow))
    .where(col(MessageRow.id) == bindparam("this"), col(MessageRow.state) == MessageState.WAITING)
    .returning(col(MessageRow.sha256), col(MessageRow.received_at), _SAME_MESSAGE_ID.label("same"))
)
_BELONGS = insert(table_of(MessageCaseRow))


def record(
    session: Session,
    message_id: int,
    *,
    programme: str,
    understanding: Understanding,
    placement_rule: str,
    case_ids: Collection[int],
    changed: Sequence[str],
    attention_at: datetime | None,
    now: datetime,
    results: tuple[SheetResult, ...] = (),
    scores: tuple[ScoringResult, ...] = (),
    acted: Acted | None = None,
) -> RecordedMessage:
    """Write down what a waiting message says and which cases it opened or belongs to.

    Raises NotFound, and Conflict when it is recorded or quarantined already.
    """
    belongs = sorted(set(case_ids))
    told = {
        **_told(understanding),
        "state": MessageState.RECORDED,
        "recorded_at": now,
        "programme": programme,
        "placement_rule": placement_rule,
        "changed": dump_texts(tuple(changed)),
        "results": dump_results(results),
        "scores": dump_scores(scores),
        "actions": dump_acted(acted),
        "attention_at": attention_at,
    }
    row = _change_waiting(session, message_id, told)
    if belongs:
        lines = [{"message_id": message_id, "case_id": case_id} for case_id in belongs]
        session.connection().execute(_BELONGS, lines)
    recorded = RecordedMessage(
        id=message_id,
        sha256=row.sha256,
        programme=programme,
        received_at=row.received_at,
        understanding=understanding,
        case_ids=tuple(belongs),
        changed=tuple(changed),
        results=results,
        scores=scores,
        acted=acted,
    )
    _note_recorded(session, recorded, placement_rule, now)
    if row.same is not None:
        _note_same_message_id(session, recorded, row.same, now)
    return recorded


def get_locked(session: Session, message_id: int) -> MessageRow:
    """The row of a message, for the verbs that change it. Raises NotFound."""
    found = select(MessageRow).where(MessageRow.id == message_id).with_for_update()
    row = session.exec(found, execution_options={"populate_existing": True}).first()
    if row is None:
        raise NotFound(f"no message {message_id}")
    return row


def get_waiting(session: Session, message_id: int) -> MessageRow:
    """The same of a message that waits to be understood. Raises NotFound and Conflict."""
    row = get_locked(session, message_id)
    if row.state != MessageState.WAITING:
        raise Conflict(f"message {message_id} is {row.state}")
    return row


def _told(understanding: Understanding) -> dict[str, object]:
    """What was understood, in the columns of a message."""
    head, verdict = understanding.head, understanding.verdict
    return {
        "rfc_message_id": head.message_id,
        "sender_email": head.sender.email if head.sender else None,
        "fingerprint": understanding.fingerprint,
        "kind": verdict.kind,
        "rule": verdict.rule,
        "hold": verdict.hold,
        "understanding": dump_understanding(understanding),
    }


def _change_waiting(session: Session, message_id: int, told: dict[str, object]) -> PlainRow:
    """Give a waiting message what it is recorded with; `same` of what comes back is another with
    its Message-ID, or None."""
    session.flush()
    these = {"this": message_id, "named": told["rfc_message_id"]}
    row = session.connection().execute(_RECORD, {**these, **told}).one_or_none()
    if row is None:
        get_waiting(session, message_id)
        raise Conflict(f"message {message_id} was changed meanwhile")
    return row


def _note_recorded(
    session: Session, message: RecordedMessage, placement_rule: str, now: datetime
) -> None:
    verdict = message.understanding.verdict
    events.append(
        session,
        at=now,
        what="message_recorded",
        programme=message.programme,
        case_id=message.case_ids[0] if len(message.case_ids) == 1 else None,
        message_id=message.id,
        detail={
            "kind": verdict.kind,
            "rule": verdict.rule,
            "hold": verdict.hold,
            "placement": placement_rule,
        },
    )


def _note_same_message_id(
    session: Session, message: RecordedMessage, other: int, now: datetime
) -> None:
    events.append(
        session,
        at=now,
        what="same_message_id",
        programme=message.programme,
        message_id=message.id,
        detail={"message": str(other)},
    )
