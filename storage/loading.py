"""Facts that stand on several tables, loaded with a fixed number of queries however many."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from storage.domain.case import Case
from storage.domain.letter import Letter
from storage.domain.message import RecordedMessage
from storage.facts import known_id, to_case, to_letter, to_message
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow, PersonRow

_FRESH = {"populate_existing": True}
"""What the database says now, not what this session read before somebody else changed it."""


def load_cases(
    session: Session,
    *conditions: ColumnElement[bool],
    limit: int | None = None,
    newest_first: bool = False,
    locked: bool = False,
) -> tuple[Case, ...]:
    """The cases that meet all conditions, in the order of their opening or against it. Two
    queries. `locked` makes others who want to change them wait for the end of this transaction."""
    order = col(CaseRow.id).desc() if newest_first else col(CaseRow.id)
    found = select(CaseRow).where(*conditions).order_by(order).limit(limit)
    if locked:
        found = found.with_for_update()
    rows = session.exec(found, execution_options=_FRESH).all()
    people = load_people(session, [known_id(row.id) for row in rows])
    return tuple(to_case(row, people.get(known_id(row.id), ())) for row in rows)


def load_people(session: Session, case_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """The addresses that belong to each of these cases. One query, none for no cases."""
    people: dict[int, set[str]] = defaultdict(set)
    if case_ids:
        found = select(PersonRow.case_id, PersonRow.email).where(
            col(PersonRow.case_id).in_(case_ids)
        )
        for case_id, email in session.exec(found):
            people[case_id].add(email)
    return {case_id: frozenset(emails) for case_id, emails in people.items()}


def load_messages(
    session: Session, *conditions: ColumnElement[bool], locked: bool = False
) -> tuple[RecordedMessage, ...]:
    """The recorded messages that meet all conditions, in order of receipt. Two queries."""
    found = (
        select(MessageRow)
        .where(*conditions, col(MessageRow.understanding).is_not(None))
        .order_by(col(MessageRow.received_at), col(MessageRow.id))
    )
    if locked:
        found = found.with_for_update()
    rows = session.exec(found, execution_options=_FRESH).all()
    case_ids = load_case_ids(session, [known_id(row.id) for row in rows])
    return tuple(to_message(row, case_ids.get(known_id(row.id), ())) for row in rows)


def load_letters(
    session: Session, *conditions: ColumnElement[bool], limit: int | None = None
) -> tuple[Letter, ...]:
    """The letters that meet all conditions, in order of creation. One query."""
    found = select(LetterRow).where(*conditions).order_by(col(LetterRow.id)).limit(limit)
    rows = session.exec(found, execution_options=_FRESH)
    return tuple(to_letter(row) for row in rows)


def load_case_ids(session: Session, message_ids: Sequence[int]) -> dict[int, list[int]]:
    """The cases that each of these messages belongs to. One query, none for no messages."""
    case_ids: dict[int, list[int]] = defaultdict(list)
    if message_ids:
        found = select(MessageCaseRow.message_id, MessageCaseRow.case_id).where(
            col(MessageCaseRow.message_id).in_(message_ids)
        )
        for message_id, case_id in session.exec(found):
            case_ids[message_id].append(case_id)
    return case_ids
