"""Rows, plain or of the tables' own kinds, to the frozen facts that leave this package."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from storage.domain.case import Case, CaseState
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import RecordedMessage
from storage.domain.people import Address, Contact
from storage.errors import NotFound
from storage.rows import CaseRow, LetterRow, MessageRow
from storage.serialising import (
    load_acted,
    load_contact,
    load_detail,
    load_results,
    load_scores,
    load_tasks,
    load_texts,
    load_understanding,
)

PlainRow = Row[*tuple[Any, ...]]
"""A row of a query, with the columns of a table as its attributes."""

SKIPPED = "skipped:"
"""How the Message-ID of a letter that was left out begins, in the row: none has one."""


def known_id(id: int | None) -> int:
    """The id of a row that the database has seen: there it is never None."""
    assert id is not None
    return id


def to_message(row: MessageRow | PlainRow, case_ids: Iterable[int]) -> RecordedMessage:
    """Raises NotFound for a message that is not recorded yet."""
    if row.understanding is None or row.programme is None:
        raise NotFound(f"message {row.id} is not recorded")
    return RecordedMessage(
        id=known_id(row.id),
        sha256=row.sha256,
        programme=row.programme,
        received_at=row.received_at,
        understanding=load_understanding(row.understanding),
        case_ids=tuple(sorted(case_ids)),
        changed=load_texts(row.changed),
        results=load_results(row.results),
        scores=load_scores(row.scores),
        acted=load_acted(row.actions),
    )


def to_case(row: CaseRow | PlainRow, people: Iterable[str]) -> Case:
    return Case(
        id=known_id(row.id),
        reference=row.reference,
        programme=row.programme,
        round=row.round,
        state=CaseState(row.state),
        contact=Contact(
            name=row.contact_name,
            email=row.contact_email,
            phone=row.contact_phone,
            role=row.contact_role,
            organisation=row.contact_organisation,
        ),
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        title=row.title,
        summary=row.summary,
        area=row.area,
        senior_leader=row.senior_leader,
        partners=load_texts(row.partners),
        team=row.team,
        custom=tuple(load_detail(row.custom).items()),
        nominated_by=load_contact(row.nominated_by),
        people=frozenset(people),
        attention_at=row.attention_at,
        version=row.version,
    )


def to_letter(row: LetterRow | PlainRow) -> Letter:
    return Letter(
        id=known_id(row.id),
        key=row.key,
        kind=LetterKind(row.kind),
        programme=row.programme,
        case_id=row.case_id,
        cause=row.cause,
        recipient=Address(row.recipient_email, row.recipient_name),
        message_id="" if row.message_id.startswith(SKIPPED) else row.message_id,
        subject=row.subject,
        state=LetterState(row.state),
        created_at=row.created_at,
        not_before=row.not_before,
        attempts=row.attempts,
        sent_at=row.sent_at,
        rule=row.rule,
        server_reply=row.server_reply,
        template_version=row.template_version,
        pack_version=row.pack_version,
        told_until=row.told_until,
        edited_by=row.edited_by,
        tasks=load_tasks(row.tasks),
        spent_by=row.spent_by,
    )


def name_key(name: str | None) -> str | None:
    """A name as it is compared with others: letter case and spacing apart."""
    return " ".join(name.casefold().split()) if name else None
