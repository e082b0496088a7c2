"""What the ledger knows that tells a machine without marks from a person."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, func, select
from sqlmodel import Session, col

from storage.columns import UtcDateTime
from storage.domain.acquaintance import Echoes
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import Understanding
from storage.loading import fetch
from storage.rows import LetterRow, MessageRow

ACKNOWLEDGED_WITHIN = timedelta(days=7)
"""How long one acknowledgement stands for all: a person was promised an answer already."""

SAME_TEXT_WITHIN = timedelta(days=1)

_ACKNOWLEDGED = exists().where(
    col(LetterRow.recipient_email) == bindparam("recipient"),
    col(LetterRow.kind) == LetterKind.ACKNOWLEDGEMENT,
    col(LetterRow.state) != LetterState.DISCARDED,
    col(LetterRow.created_at) > bindparam("acknowledged_since", type_=UtcDateTime),
)
_SENDERS_OF_SAME_TEXT = (
    select(func.count(func.distinct(col(MessageRow.sender_email))))
    .where(
        col(MessageRow.fingerprint) == bindparam("fingerprint"),
        col(MessageRow.sender_email) != bindparam("sender"),
        col(MessageRow.received_at) > bindparam("same_text_since", type_=UtcDateTime),
    )
    .scalar_subquery()
)
_ECHOES = select(
    _ACKNOWLEDGED.label("is_acknowledged"), _SENDERS_OF_SAME_TEXT.label("senders_of_same_text")
)


def find_echoes(session: Session, understanding: Understanding, at: datetime) -> Echoes:
    """The signs around a message that was received `at` and is not recorded yet."""
    answer_to = understanding.answer_to
    if answer_to is None:
        return Echoes()
    sender = understanding.head.sender
    (found,) = fetch(
        session,
        _ECHOES,
        recipient=answer_to.email,
        acknowledged_since=at - ACKNOWLEDGED_WITHIN,
        fingerprint=understanding.fingerprint,
        sender=sender.email if sender else None,
        same_text_since=at - SAME_TEXT_WITHIN,
    )
    return Echoes(bool(found.is_acknowledged), found.senders_of_same_text)
