"""What the ledger knows that tells a machine without marks from a person."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from storage.domain.acquaintance import Echoes
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import Understanding
from storage.rows import LetterRow, MessageRow

ACKNOWLEDGED_WITHIN = timedelta(days=7)
"""How long one acknowledgement stands for all: a person was promised an answer already."""

SAME_TEXT_WITHIN = timedelta(days=1)


def find_echoes(session: Session, understanding: Understanding, at: datetime) -> Echoes:
    """The signs around a message that was received `at` and is not recorded yet."""
    answer_to = understanding.answer_to
    if answer_to is None:
        return Echoes()
    acknowledged = session.exec(
        select(LetterRow.id)
        .where(
            col(LetterRow.recipient_email) == answer_to.email,
            col(LetterRow.kind) == LetterKind.ACKNOWLEDGEMENT,
            col(LetterRow.state) != LetterState.DISCARDED,
            col(LetterRow.created_at) > at - ACKNOWLEDGED_WITHIN,
        )
        .limit(1)
    ).first()
    return Echoes(acknowledged is not None, _count_same_text(session, understanding, at))


def _count_same_text(session: Session, understanding: Understanding, at: datetime) -> int:
    sender = understanding.head.sender
    if understanding.fingerprint is None or sender is None:
        return 0
    senders = select(func.count(func.distinct(col(MessageRow.sender_email)))).where(
        col(MessageRow.fingerprint) == understanding.fingerprint,
        col(MessageRow.sender_email) != sender.email,
        col(MessageRow.received_at) > at - SAME_TEXT_WITHIN,
    )
    return session.exec(senders).one()
