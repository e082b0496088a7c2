"""What the ledger knows about the sender of a new message and the thread it names."""

from collections.abc import Sequence

from sqlmodel import Session, col, or_, select

from storage.domain.acquaintance import Acquaintance
from storage.domain.case import Case
from storage.domain.letter import LetterKind
from storage.domain.message import Understanding
from storage.domain.people import Nominee
from storage.facts import name_key
from storage.loading import load_cases
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow, PersonRow

NAMED_AT_MOST = 100
"""Message-IDs of a thread that are looked up, the nearest: a hostile header names thousands."""


def acquaint(
    session: Session,
    programme: str,
    understanding: Understanding,
    *,
    references: Sequence[str] = (),
) -> Acquaintance:
    """What bears on a message of this programme that is not recorded yet. `references` are the
    case references its subject names. A fixed number of queries."""
    named = named_ids(understanding)
    letters = session.exec(
        select(LetterRow.kind, LetterRow.case_id)
        .where(col(LetterRow.message_id).in_(named))
        .order_by(col(LetterRow.id).desc())
    ).all()
    earlier = set(
        session.exec(
            select(MessageCaseRow.case_id)
            .join(MessageRow, col(MessageRow.id) == col(MessageCaseRow.message_id))
            .where(col(MessageRow.rfc_message_id).in_(named))
        )
    )
    of_people = set(
        session.exec(
            select(PersonRow.case_id).where(col(PersonRow.email).in_(_emails(understanding)))
        )
    )
    of_letters = [case_id for _, case_id in letters if case_id is not None]
    known = _load_known(session, programme, {*of_letters, *earlier, *of_people}, references)
    newest_first = sorted(known.values(), key=lambda case: case.id, reverse=True)
    by_reference = {case.reference: case for case in newest_first}
    return Acquaintance(
        answered=tuple(dict.fromkeys(LetterKind(kind) for kind, _ in letters)),
        by_letter=next((known[id] for id in of_letters if id in known), None),
        by_message=tuple(case for case in newest_first if case.id in earlier),
        by_reference=next((by_reference[r] for r in references if r in by_reference), None),
        of_people=tuple(case for case in newest_first if case.id in of_people),
        repeats=_find_repeated(session, programme, understanding.head.message_id),
        nominated=_find_nominated(session, programme, understanding),
    )


def named_ids(understanding: Understanding) -> list[str]:
    """The Message-IDs a message names: the letters that came back, then those of its thread, the
    nearest first."""
    head = understanding.head
    nearest_first = (*head.in_reply_to, *reversed(head.references))
    return list(dict.fromkeys((*understanding.bounced_letters, *nearest_first)))[:NAMED_AT_MOST]


def _emails(understanding: Understanding) -> set[str]:
    """Who writes, and whom the message names as its contact."""
    sender = understanding.head.sender
    emails = (sender.email if sender else None, understanding.contact.email)
    return {email.lower() for email in emails if email}


def _load_known(
    session: Session, programme: str, case_ids: set[int], references: Sequence[str]
) -> dict[int, Case]:
    these = or_(col(CaseRow.id).in_(case_ids), col(CaseRow.reference).in_(references))
    found = load_cases(session, col(CaseRow.programme) == programme, these)
    return {case.id: case for case in found}


def _find_repeated(session: Session, programme: str, message_id: str | None) -> int | None:
    if message_id is None:
        return None
    same = (col(MessageRow.rfc_message_id) == message_id, col(MessageRow.programme) == programme)
    return session.exec(select(MessageRow.id).where(*same).order_by(col(MessageRow.id))).first()


def _find_nominated(
    session: Session, programme: str, understanding: Understanding
) -> tuple[tuple[int, Case], ...]:
    """Cases of the nominees, by place. The same address is the same person; where one of the two
    is unknown, the same name put forward by the same people or in the same organisation is."""
    nominees = understanding.nominees
    if not nominees:
        return ()
    emails = {nominee.email.lower() for nominee in nominees if nominee.email}
    names = {key for nominee in nominees if (key := name_key(nominee.name))}
    these = or_(col(CaseRow.contact_email).in_(emails), col(CaseRow.name_key).in_(names))
    candidates = load_cases(session, col(CaseRow.programme) == programme, these)
    nominators = _emails(understanding)
    return tuple(
        (place, case)
        for place, nominee in enumerate(nominees)
        if (case := _same_person(nominee, candidates, nominators)) is not None
    )


def _same_person(nominee: Nominee, candidates: Sequence[Case], nominators: set[str]) -> Case | None:
    for case in candidates:
        known = case.contact
        if nominee.email and known.email:
            if nominee.email.lower() == known.email:
                return case
            continue
        if name_key(nominee.name) != name_key(known.name):
            continue
        organisation = name_key(nominee.organisation)
        if nominators & case.people or (
            organisation is not None and organisation == name_key(known.organisation)
        ):
            return case
    return None
