"""What the ledger knows about the sender of a new message and the thread it names."""

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlmodel import Session, col

from storage.domain.acquaintance import Acquaintance
from storage.domain.case import Case
from storage.domain.letter import LetterKind
from storage.domain.message import Understanding
from storage.domain.people import Nominee
from storage.facts import name_key
from storage.loading import CASES, Query, fetch, load_cases
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow, PersonRow

_NAMED: BindParameter[str] = bindparam("named", expanding=True)
_LETTERS_NAMED = (
    select(col(LetterRow.kind), col(LetterRow.case_id))
    .where(col(LetterRow.message_id).in_(_NAMED))
    .order_by(col(LetterRow.id).desc())
)
_CASES_OF_MESSAGES_NAMED = (
    select(col(MessageCaseRow.case_id))
    .join(MessageRow, col(MessageRow.id) == col(MessageCaseRow.message_id))
    .where(col(MessageRow.rfc_message_id).in_(_NAMED))
)
_CASES_OF_PEOPLE = select(col(PersonRow.case_id)).where(
    col(PersonRow.email).in_(bindparam("emails", expanding=True))
)
_OF_PROGRAMME = CASES.where(col(CaseRow.programme) == bindparam("programme"))
_KNOWN = _OF_PROGRAMME.where(
    or_(
        col(CaseRow.id).in_(bindparam("ids", expanding=True)),
        col(CaseRow.reference).in_(bindparam("references", expanding=True)),
    )
)
_OF_NOMINEES = _OF_PROGRAMME.where(
    or_(
        col(CaseRow.contact_email).in_(bindparam("emails", expanding=True)),
        col(CaseRow.name_key).in_(bindparam("names", expanding=True)),
    )
)
_REPEATED = (
    select(col(MessageRow.id))
    .where(
        col(MessageRow.rfc_message_id) == bindparam("message_id"),
        col(MessageRow.programme) == bindparam("programme"),
    )
    .order_by(col(MessageRow.id))
    .limit(1)
)

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
    case references its subject names. A fixed number of queries, fewer for one that names
    nothing."""
    named, emails = named_ids(understanding), _emails(understanding)
    letters = fetch(session, _LETTERS_NAMED, named=named) if named else ()
    earlier = set(_case_ids(session, _CASES_OF_MESSAGES_NAMED, named=named))
    of_people = set(_case_ids(session, _CASES_OF_PEOPLE, emails=emails))
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


def _emails(understanding: Understanding) -> list[str]:
    """Who writes, and whom the message names as its contact."""
    sender = understanding.head.sender
    emails = (sender.email if sender else None, understanding.contact.email)
    return list(dict.fromkeys(email.lower() for email in emails if email))


def _case_ids(session: Session, found: Query, **named: list[str]) -> list[int]:
    """The cases that a query finds by such names; no query without any."""
    return [row.case_id for row in fetch(session, found, **named)] if any(named.values()) else []


def _load_known(
    session: Session, programme: str, case_ids: set[int], references: Sequence[str]
) -> dict[int, Case]:
    if not case_ids and not references:
        return {}
    found = load_cases(
        session, _KNOWN, programme=programme, ids=list(case_ids), references=list(references)
    )
    return {case.id: case for case in found}


def _find_repeated(session: Session, programme: str, message_id: str | None) -> int | None:
    if message_id is None:
        return None
    found = fetch(session, _REPEATED, message_id=message_id, programme=programme)
    return found[0].id if found else None


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
    candidates = load_cases(
        session, _OF_NOMINEES, programme=programme, emails=list(emails), names=list(names)
    )
    nominators = set(_emails(understanding))
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
