"""Letters of the outbox, looked up and counted."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.domain.letter import Letter, LetterKind, LetterState
from storage.errors import NotFound
from storage.facts import to_letter
from storage.loading import load_letters
from storage.rows import LetterContentRow, LetterRow


def get(session: Session, id: int) -> Letter:
    """Raises NotFound."""
    found = load_letters(session, col(LetterRow.id) == id)
    if not found:
        raise NotFound(f"no letter {id}")
    return found[0]


def get_by_key(session: Session, key: str) -> Letter:
    """Raises NotFound."""
    found = load_letters(session, col(LetterRow.key) == key)
    if not found:
        raise NotFound("no letter with this key")
    return found[0]


def find_by_message_id(session: Session, rfc_message_id: str) -> Letter | None:
    """The letter with this Message-ID, angle brackets included; None when it is none of ours."""
    found = load_letters(session, col(LetterRow.message_id) == rfc_message_id)
    return found[0] if found else None


def list_answers(session: Session, message_id: int) -> tuple[Letter, ...]:
    """The letters that a message caused, in order of creation."""
    return load_letters(session, col(LetterRow.cause) == message_id)


def list_letters(
    session: Session,
    programme: str | None = None,
    state: LetterState | None = None,
    kind: LetterKind | None = None,
    *,
    limit: int = 1000,
) -> tuple[Letter, ...]:
    """The newest `limit` letters, newest first."""
    found = select(LetterRow).order_by(col(LetterRow.id).desc()).limit(limit)
    if programme is not None:
        found = found.where(LetterRow.programme == programme)
    if state is not None:
        found = found.where(LetterRow.state == state)
    if kind is not None:
        found = found.where(LetterRow.kind == kind)
    return tuple(to_letter(row) for row in session.exec(found))


def has_waiting(session: Session, now: datetime, programmes: Collection[str]) -> bool:
    """True while a letter of these programmes could leave now."""
    these = (
        col(LetterRow.state).in_((LetterState.QUEUED, LetterState.DEFERRED)),
        col(LetterRow.not_before) <= now,
        col(LetterRow.programme).in_(programmes),
    )
    return session.exec(select(LetterRow.id).where(*these).limit(1)).first() is not None


def has_held(session: Session, rule: str) -> bool:
    """True while a letter waits for a person by this rule."""
    these = (LetterRow.state == LetterState.HELD, LetterRow.rule == rule)
    return session.exec(select(LetterRow.id).where(*these).limit(1)).first() is not None


def sent_count(
    session: Session,
    *,
    recipient: str | None = None,
    domain: str | None = None,
    case_id: int | None = None,
    since: datetime,
) -> int:
    """Letters sent or being sent since this instant, of all programmes: to one address, to one
    domain, about one case, or in all."""
    gone = col(LetterRow.state).in_((LetterState.SENT, LetterState.SENDING))
    found = select(func.count()).where(gone, col(LetterRow.claimed_at) >= since)
    if recipient is not None:
        found = found.where(LetterRow.recipient_email == recipient)
    if domain is not None:
        found = found.where(LetterRow.recipient_domain == domain)
    if case_id is not None:
        found = found.where(LetterRow.case_id == case_id)
    return session.exec(found).one()


def workers_sending(session: Session) -> frozenset[str]:
    """The names of the workers that have letters in sending."""
    found = select(LetterRow.claimed_by).where(LetterRow.state == LetterState.SENDING).distinct()
    return frozenset(worker for worker in session.exec(found) if worker is not None)


def wire_parts(session: Session, letter_id: int) -> tuple[bytes, str | None]:
    """The frozen bytes of a letter and the SHA-256 of the archived enclosure that follows them.
    Raises NotFound."""
    row = session.get(LetterContentRow, letter_id)
    if row is None:
        raise NotFound(f"no letter {letter_id}")
    return row.content, row.enclosure_sha256
