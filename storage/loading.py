"""Facts that stand on several tables, loaded with a fixed number of queries however many. They are
read as plain rows: what the database says now, whatever the session read before."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session, col

from storage.domain.case import Case
from storage.domain.letter import Letter
from storage.domain.message import RecordedMessage
from storage.facts import PlainRow, to_case, to_letter, to_message
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow, PersonRow, table_of

Query = Select[*tuple[Any, ...]]
"""A query for plain rows. One that is asked often is kept, and given its parameters each time:
building it costs several times what asking it does."""

CASES = select(table_of(CaseRow)).order_by(col(CaseRow.id))
"""All cases, in the order of their opening."""

MESSAGES = (
    select(table_of(MessageRow))
    .where(col(MessageRow.understanding).is_not(None))
    .order_by(col(MessageRow.received_at), col(MessageRow.id))
)
"""All recorded messages, in order of receipt."""

LETTERS = select(table_of(LetterRow)).order_by(col(LetterRow.id))
"""All letters, in order of creation."""

_PEOPLE = select(col(PersonRow.case_id), col(PersonRow.email)).where(
    col(PersonRow.case_id).in_(bindparam("these", expanding=True))
)
_CASE_IDS = select(col(MessageCaseRow.message_id), col(MessageCaseRow.case_id)).where(
    col(MessageCaseRow.message_id).in_(bindparam("these", expanding=True))
)


_KEPT_AT_MOST = 32
"""Queries of which the one that locks is kept as well: there are about ten."""


def load_cases(
    session: Session, found: Query, *, locked: bool = False, **parameters: object
) -> tuple[Case, ...]:
    """The cases that a query over `CASES` finds, in its order. Two queries. `locked` makes others
    who want to change them wait for the end of this transaction."""
    rows = fetch(session, _locking(found) if locked else found, **parameters)
    people = load_people(session, [row.id for row in rows])
    return tuple(to_case(row, people.get(row.id, ())) for row in rows)


def load_people(session: Session, case_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """The addresses that belong to each of these cases. One query, none for no cases."""
    people: dict[int, set[str]] = defaultdict(set)
    if case_ids:
        for case_id, email in fetch(session, _PEOPLE, these=list(case_ids)):
            people[case_id].add(email)
    return {case_id: frozenset(emails) for case_id, emails in people.items()}


def load_messages(
    session: Session, found: Query, *, locked: bool = False, **parameters: object
) -> tuple[RecordedMessage, ...]:
    """The recorded messages that a query over `MESSAGES` finds, in its order. Two queries."""
    rows = fetch(session, _locking(found) if locked else found, **parameters)
    case_ids = load_case_ids(session, [row.id for row in rows])
    return tuple(to_message(row, case_ids.get(row.id, ())) for row in rows)


def load_letters(session: Session, found: Query, **parameters: object) -> tuple[Letter, ...]:
    """The letters that a query over `LETTERS` finds, in its order. One query."""
    return tuple(to_letter(row) for row in fetch(session, found, **parameters))


def load_case_ids(session: Session, message_ids: Sequence[int]) -> dict[int, list[int]]:
    """The cases that each of these messages belongs to. One query, none for no messages."""
    case_ids: dict[int, list[int]] = defaultdict(list)
    if message_ids:
        for message_id, case_id in fetch(session, _CASE_IDS, these=list(message_ids)):
            case_ids[message_id].append(case_id)
    return case_ids


@lru_cache(_KEPT_AT_MOST)
def _locking(found: Query) -> Query:
    """The query that locks the rows it finds."""
    return found.with_for_update()


def fetch(session: Session, found: Query, **parameters: object) -> Sequence[PlainRow]:
    """The plain rows that a query finds, after all that the session has yet to write."""
    session.flush()
    return session.connection().execute(found, parameters).all()
