"""Verbs over what organisers answer to applicants from their own mail client: found where it
belongs, and what it answers waits for nobody any more."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage import events, outbox, settling
from storage.acquainting import NAMED_AT_MOST
from storage.domain.case import Case, CaseState, find_references
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import Head
from storage.domain.programme import Programme
from storage.facts import known_id
from storage.loading import CASES, load_cases
from storage.received import wants_answer_of_a_person
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow, PersonRow

BY_HAND = "answered by an organiser"
"""Why the letter is discarded that promised an answer, and how the question was dealt with."""


def settle_answered(
    session: Session,
    programme: Programme,
    head: Head,
    *,
    message_id: int,
    by: str,
    received_at: datetime,
    now: datetime,
) -> tuple[int, ...] | None:
    """The case to which an organiser's message to an applicant belongs, by its thread, the
    reference in its subject or the one applicant it goes to; what waited for a person there is
    settled. Empty where it answers a message that has no case; None: it answers nobody."""
    outside = _outsiders(programme, head.recipients)
    named = _named(head)
    alone = _questions(session, programme.slug, named, outside)
    case = _find_case(session, programme, head.subject, named, outside)
    if case is None and not alone:
        return None
    waiting = settling.waiting_in_case(session, case.id, before=received_at) if case else ()
    settled = tuple(dict.fromkeys((*waiting, *alone)))
    for question in settled:
        settling.settle(session, question, by=by, now=now, note=BY_HAND)
    _discard_promises(session, settled, by=by, now=now)
    events.append(
        session,
        at=now,
        actor=by,
        what="answered_by_hand",
        programme=programme.slug,
        case_id=case.id if case is not None else None,
        message_id=message_id,
    )
    session.flush()
    return (case.id,) if case is not None else ()


def _outsiders(programme: Programme, recipients: Collection[str]) -> frozenset[str]:
    """Whom a message goes to beside the inbox and those who run the programme."""
    ours = {programme.inbox, *(one.address.email for one in programme.organisers)}
    return frozenset(recipients) - ours


def _named(head: Head) -> list[str]:
    return list(dict.fromkeys((*head.in_reply_to, *reversed(head.references))))[:NAMED_AT_MOST]


def _find_case(
    session: Session,
    programme: Programme,
    subject: str,
    named: Sequence[str],
    outside: Collection[str],
) -> Case | None:
    """Of the cases of those whom it goes to the one of its thread, else the one in its subject,
    else the only one."""
    of_people = select(PersonRow.case_id).where(col(PersonRow.email).in_(outside))
    these = (col(CaseRow.programme) == programme.slug, col(CaseRow.id).in_(of_people))
    found = load_cases(session, CASES.where(*these))
    threads = _threads(session, named)
    references = find_references(subject, programme.reference_prefix)
    is_open = [case for case in found if case.state is not CaseState.WITHDRAWN]
    for some in (
        [case for case in found if case.id in threads],
        [case for case in found if case.reference in references],
        is_open,
    ):
        if some:
            return some[0] if len(some) == 1 else None
    return found[0] if len(found) == 1 else None


def _threads(session: Session, named: Sequence[str]) -> set[int]:
    """The cases of the letters and messages with these Message-IDs."""
    letters = select(LetterRow.case_id).where(col(LetterRow.message_id).in_(named))
    messages = (
        select(MessageCaseRow.case_id)
        .join(MessageRow, col(MessageRow.id) == col(MessageCaseRow.message_id))
        .where(col(MessageRow.rfc_message_id).in_(named))
    )
    of_letters = {id for id in session.exec(letters) if id is not None}
    return of_letters | set(session.exec(messages))


def _questions(
    session: Session, slug: str, named: Sequence[str], outside: Collection[str]
) -> tuple[int, ...]:
    """The messages of its thread that wait for a person, and came from whom it goes to."""
    found = select(MessageRow.id).where(
        col(MessageRow.rfc_message_id).in_(named),
        col(MessageRow.programme) == slug,
        col(MessageRow.sender_email).in_(outside),
        wants_answer_of_a_person(),
    )
    return tuple(known_id(id) for id in session.exec(found))


def _discard_promises(
    session: Session, message_ids: Sequence[int], *, by: str, now: datetime
) -> None:
    """Held letters that promise what has been done."""
    held = select(LetterRow.id).where(
        col(LetterRow.cause).in_(message_ids),
        col(LetterRow.kind) == LetterKind.ACKNOWLEDGEMENT,
        col(LetterRow.state) == LetterState.HELD,
    )
    for letter_id in session.exec(held).all():
        outbox.discard(session, known_id(letter_id), now, by, BY_HAND)
