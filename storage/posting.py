"""Letters put into the outbox, each once by its key: written, or left out for good."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, insert

from storage import events
from storage.domain.letter import Due, Letter, LetterDraft, LetterState
from storage.facts import SKIPPED, to_letter
from storage.rows import LetterContentRow, LetterRow, table_of
from storage.serialising import dump_tasks
from storage.upserts import dialect_of, insert_for

_CONTENT = insert(LetterContentRow)


def enqueue(
    session: Session, draft: LetterDraft, now: datetime, *, hold: str | None = None
) -> Letter | None:
    """Put a letter into the outbox; None when its key is there already. A rule in `hold` or in
    what is due makes it wait for a person."""
    rule = hold or draft.due.hold
    values = {
        **_values(draft.due, draft.programme, now),
        "message_id": draft.message_id,
        "subject": draft.subject,
        "state": LetterState.HELD if rule else LetterState.QUEUED,
        "rule": rule,
        "template_version": draft.template_version,
        "pack_version": draft.pack_version,
    }
    letter = _insert(session, values)
    if letter is None:
        return None
    content = {
        "letter_id": letter.id,
        "content": draft.content,
        "enclosure_sha256": draft.enclosure_sha256,
        "source": draft.source,
    }
    session.connection().execute(_CONTENT, content)
    note(session, letter, at=now, what="letter_held" if rule else "letter_queued", rule=rule)
    return letter


def skip(session: Session, due: Due, programme: str, now: datetime) -> Letter | None:
    """Write down that a letter is left out for good, by the rule in its `skip`: it has no bytes
    and never leaves. None when its key is there already."""
    values = {
        **_values(due, programme, now),
        "message_id": SKIPPED + due.key,
        "subject": "",
        "state": LetterState.DISCARDED,
        "rule": due.skip,
        "template_version": "",
    }
    letter = _insert(session, values)
    if letter is not None:
        note(session, letter, at=now, what="letter_skipped", rule=due.skip)
    return letter


def _values(due: Due, programme: str, now: datetime) -> dict[str, object]:
    """What the row of a new letter has, whatever becomes of it."""
    return {
        "key": due.key,
        "kind": due.kind,
        "programme": programme,
        "case_id": due.case_id,
        "cause": due.cause,
        "recipient_email": due.recipient.email,
        "recipient_name": due.recipient.name,
        "recipient_domain": due.recipient.domain,
        "created_at": now,
        "not_before": now,
        "attempts": 0,
        "doubts": 0,
        "told_until": due.told_until,
        "tasks": dump_tasks(due.tasks),
    }


def _insert(session: Session, values: dict[str, object]) -> Letter | None:
    """The new letter; None when its key is there already."""
    session.flush()
    row = session.connection().execute(_inserting(dialect_of(session)), values).one_or_none()
    return None if row is None else to_letter(row)


@cache
def _inserting(dialect: str) -> ReturningInsert[*tuple[Any, ...]]:
    """The statement that adds a letter whose key is not there yet."""
    statement = insert_for(dialect, LetterRow).on_conflict_do_nothing(index_elements=["key"])
    return statement.returning(*table_of(LetterRow).c)


def note(
    session: Session,
    letter: Letter,
    *,
    at: datetime,
    what: str,
    actor: str = events.POSTROOM,
    rule: str | None = None,
    detail: dict[str, str] | None = None,
) -> None:
    """Add a line about a letter to the history."""
    events.append(
        session,
        at=at,
        actor=actor,
        what=what,
        programme=letter.programme,
        case_id=letter.case_id,
        message_id=letter.cause,
        letter_id=letter.id,
        detail={"kind": letter.kind, "rule": rule, **(detail or {})},
    )
