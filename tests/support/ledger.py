"""Things put into a ledger in one line each, and a count of the queries that something takes."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import event
from sqlmodel import Session

from storage import cases, messages, outbox
from storage.domain.case import Case, CaseState, NewCase
from storage.domain.letter import Due, Letter, LetterDraft, LetterKind
from storage.domain.message import RecordedMessage, Understanding
from storage.domain.people import Address, Contact
from storage.messages import Arrival
from tests.support.understandings import AMINA, make_understanding

MONDAY = datetime(2021, 7, 5, 9, 0, tzinfo=UTC)
MAILBOX = "ace@leadership.nhs.example"


def make_arrival(number: int = 1, *, mailbox: str = MAILBOX, **told: object) -> Arrival:
    """Message `number`, received so many minutes after Monday nine o'clock."""
    base = Arrival(
        mailbox=mailbox,
        key=f"INBOX/1/{number}",
        sha256=make_hash(number),
        size=2_000,
        received_at=MONDAY + timedelta(minutes=number),
        programme="ace",
    )
    return replace(base, **told)  # type: ignore[arg-type]


def make_hash(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def remember(session: Session, number: int = 1, **told: object) -> int:
    """The id of message `number`, which now waits."""
    arrival = make_arrival(number, **told)
    messages.remember(session, [arrival], MONDAY)
    return next(w.id for w in messages.waiting(session, 10_000) if w.sha256 == arrival.sha256)


def record(
    session: Session,
    number: int = 1,
    *,
    understanding: Understanding | None = None,
    case_ids: tuple[int, ...] = (),
    attention_at: datetime | None = None,
    programme: str = "ace",
) -> RecordedMessage:
    """Message `number`, recorded as Amina's expression unless told otherwise."""
    return messages.record(
        session,
        remember(session, number),
        programme=programme,
        understanding=understanding or with_id(make_understanding(), f"<{number}@x.example>"),
        placement_rule="test",
        case_ids=case_ids,
        changed=(),
        attention_at=attention_at,
        now=MONDAY,
    )


def with_id(understanding: Understanding, message_id: str) -> Understanding:
    return replace(understanding, head=replace(understanding.head, message_id=message_id))


def open_case(
    session: Session,
    number: int = 1,
    *,
    contact: Contact = AMINA,
    people: frozenset[str] | None = None,
    programme: str = "ace",
    state: CaseState = CaseState.EXPRESSED,
    understanding: Understanding | None = None,
) -> Case:
    """A case opened by message `number`, which is recorded with it."""
    told = understanding or with_id(make_understanding(), f"<{number}@x.example>")
    message_id = remember(session, number)
    new = NewCase(
        programme=programme,
        round="2021",
        prefix=programme.upper(),
        state=state,
        contact=contact,
        people=people if people is not None else frozenset({contact.email or ""} - {""}),
    )
    case = cases.open_case(session, new, opened_by=message_id, opened_at=MONDAY, now=MONDAY)
    messages.record(
        session,
        message_id,
        programme=programme,
        understanding=told,
        placement_rule="test",
        case_ids=(case.id,),
        changed=(),
        attention_at=None,
        now=MONDAY,
    )
    return case


def make_draft(
    key: str = "application_pack/case:1",
    *,
    kind: LetterKind = LetterKind.APPLICATION_PACK,
    recipient: str = "amina@riverside.example",
    case_id: int | None = None,
    cause: int | None = None,
    hold: str | None = None,
    content: bytes = b"Subject: ACE\r\n\r\nDear Amina\r\n",
) -> LetterDraft:
    due = Due(kind, key, Address(recipient, "Amina Okonjo"), case_id, cause, hold)
    return LetterDraft(
        due=due,
        programme="ace",
        message_id=f"<{hashlib.sha256(key.encode()).hexdigest()[:20]}@postroom.example>",
        subject="ACE-0001",
        content=content,
        template_version="1",
    )


def enqueue(session: Session, draft: LetterDraft | None = None) -> Letter:
    """A letter that was not in the outbox before."""
    letter = outbox.enqueue(session, draft or make_draft(), MONDAY)
    assert letter is not None
    return letter


@contextmanager
def count_queries(session: Session) -> Iterator[list[str]]:
    """Collects the statements that reach the database meanwhile."""
    statements: list[str] = []
    connection = session.connection()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield statements
    event.remove(connection, "before_cursor_execute", note)
