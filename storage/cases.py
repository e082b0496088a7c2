"""Verbs over cases: opened, changed, found. Who a sender is, is put together in
`storage.acquainting`; what the letter kinds see of a case, in `storage.situations`."""

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import Integer, bindparam, insert
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, or_, select, update

from storage import duplicates, events
from storage.acquainting import acquaint
from storage.columns import UtcDateTime
from storage.database import can_lock
from storage.domain.case import Case, CaseState, NewCase, make_reference
from storage.domain.people import Contact
from storage.errors import Conflict, NotFound
from storage.facts import known_id, name_key, to_case
from storage.loading import CASES, fetch, load_cases
from storage.rows import CaseRow, PersonRow, table_of
from storage.serialising import dump_contact, dump_detail, dump_texts
from storage.upserts import next_number

__all__ = [
    "acquaint",
    "find_by_reference",
    "get",
    "get_by_reference",
    "list_cases",
    "of_round",
    "open_case",
    "references_of",
    "save",
    "set_attention",
    "want_attention",
    "want_attention_of",
    "wanting_attention",
]

_BY_ID = CASES.where(col(CaseRow.id) == bindparam("this"))
_OF_ROUND = CASES.where(
    col(CaseRow.programme) == bindparam("programme"), col(CaseRow.round) == bindparam("round")
)
_OPEN = insert(table_of(CaseRow)).returning(*table_of(CaseRow).c)
_CHANGE = update(table_of(CaseRow)).where(col(CaseRow.id) == bindparam("this"))
_BELONGS = insert(table_of(PersonRow))
_SET_ATTENTION = (
    update(CaseRow)
    .where(col(CaseRow.id) == bindparam("this"))
    .values(attention_at=bindparam("at", type_=UtcDateTime))
)
_WANT_ATTENTION = (
    update(CaseRow)
    .where(
        col(CaseRow.id).in_(bindparam("these", expanding=True)),
        or_(
            col(CaseRow.attention_at).is_(None),
            col(CaseRow.attention_at) > bindparam("at", type_=UtcDateTime),
        ),
    )
    .values(attention_at=bindparam("at", type_=UtcDateTime))
)
_WANTING_ATTENTION = (
    sql_select(col(CaseRow.id), col(CaseRow.programme))
    .where(col(CaseRow.attention_at) <= bindparam("now", type_=UtcDateTime))
    .order_by(col(CaseRow.attention_at), col(CaseRow.id))
    .limit(bindparam("limit", type_=Integer))
)


def open_case(
    session: Session, new: NewCase, *, opened_by: int, opened_at: datetime, now: datetime
) -> Case:
    """Open a case with the next reference of its programme. `opened_by` is the message that does
    it, `opened_at` its time of receipt."""
    number = next_number(session, f"cases/{new.programme}")
    values = {
        "reference": make_reference(new.prefix, number),
        "programme": new.programme,
        "opened_at": opened_at,
        "opened_by": opened_by,
        "version": 1,
        **_told(new),
    }
    row = session.connection().execute(_OPEN, values).one()
    case = to_case(row, _lower(new.people))
    _add_people(session, case.id, case.people)
    duplicates.keep_marks(session, case)
    events.append(
        session,
        at=now,
        what="case_opened",
        programme=new.programme,
        case_id=case.id,
        message_id=opened_by,
        detail={"reference": case.reference, "state": new.state},
    )
    return case


def save(session: Session, case: Case, now: datetime, *, actor: str = events.POSTROOM) -> Case:
    """Write a changed case down and give it with its next version. The earlier of the two
    `attention_at` stands, so that nobody's wish to be looked at is lost.

    Raises NotFound, and Conflict when somebody changed it since `case` was read.
    """
    before = _get(session, case.id, locked=True)
    if before.version != case.version:
        raise Conflict(f"case {case.reference} was changed meanwhile")
    after = replace(
        case,
        people=_lower(case.people),
        attention_at=_earlier(before.attention_at, case.attention_at),
        version=before.version + 1,
    )
    kept = {"attention_at": after.attention_at, "version": after.version}
    session.connection().execute(_CHANGE, {"this": case.id, **_told(after), **kept})
    _remove_people(session, case.id, before.people - after.people)
    _add_people(session, case.id, after.people - before.people)
    duplicates.keep_marks(session, after, before=before)
    events.append(
        session,
        at=now,
        actor=actor,
        what="case_changed",
        programme=case.programme,
        case_id=case.id,
        detail={"changed": " ".join(_changed_fields(before, after))},
    )
    return after


def set_attention(session: Session, case_id: int, at: datetime | None) -> None:
    """When the letter kinds are to look at this case again; None: not before a new fact."""
    session.connection().execute(_SET_ATTENTION, {"this": case_id, "at": at})


def want_attention(
    session: Session, programme: str, at: datetime, *, actor: str = events.POSTROOM
) -> int:
    """Have all cases of a programme looked at by `at`, because its dates or texts changed.
    Returns how many would have been looked at later or not at all."""
    attention_at = col(CaseRow.attention_at)
    later = or_(attention_at.is_(None), attention_at > at)
    wanted = update(CaseRow).where(col(CaseRow.programme) == programme, later)
    count = session.exec(wanted.values(attention_at=at)).rowcount
    events.append(session, at=at, actor=actor, what="attention_wanted", programme=programme)
    session.flush()
    return count


def want_attention_of(session: Session, case_ids: Iterable[int], at: datetime) -> None:
    """Have these cases looked at by `at`, unless they are sooner."""
    session.connection().execute(_WANT_ATTENTION, {"these": list(case_ids), "at": at})


def wanting_attention(session: Session, now: datetime, limit: int) -> tuple[tuple[int, str], ...]:
    """Id and programme of the cases to be looked at by now, longest waiting first."""
    rows = fetch(session, _WANTING_ATTENTION, now=now, limit=limit)
    return tuple((row.id, row.programme) for row in rows)


def get(session: Session, id: int) -> Case:
    """Raises NotFound."""
    return _get(session, id)


def find_by_reference(session: Session, reference: str) -> Case | None:
    """The case with this public reference, None when there is none."""
    found = load_cases(session, CASES.where(col(CaseRow.reference) == reference))
    return found[0] if found else None


def get_by_reference(session: Session, reference: str) -> Case:
    """Raises NotFound."""
    case = find_by_reference(session, reference)
    if case is None:
        raise NotFound(f"no case {reference}")
    return case


def list_cases(
    session: Session,
    programme: str | None = None,
    state: CaseState | None = None,
    *,
    limit: int = 1000,
) -> tuple[Case, ...]:
    """The newest cases, the last opened first."""
    found = CASES.order_by(None).order_by(col(CaseRow.id).desc()).limit(limit)
    if programme is not None:
        found = found.where(col(CaseRow.programme) == programme)
    if state is not None:
        found = found.where(col(CaseRow.state) == state)
    return load_cases(session, found)


def references_of(session: Session, case_ids: Collection[int]) -> dict[int, str]:
    """The references of these cases, by id."""
    found = select(CaseRow.id, CaseRow.reference).where(col(CaseRow.id).in_(case_ids))
    return {known_id(id): reference for id, reference in session.exec(found)}


def of_round(session: Session, programme: str, round_key: str) -> tuple[Case, ...]:
    """All cases of a round, in order of opening. In a session that writes, whoever else wants to
    change one waits for its end."""
    these = {"programme": programme, "round": round_key}
    return load_cases(session, _OF_ROUND, locked=can_lock(session), **these)


def _get(session: Session, id: int, *, locked: bool = False) -> Case:
    found = load_cases(session, _BY_ID, locked=locked, this=id)
    if not found:
        raise NotFound(f"no case {id}")
    return found[0]


def _told(case: Case | NewCase) -> dict[str, object]:
    """What may change of a case by what applicants tell, in its columns."""
    contact = case.contact
    return {
        "round": case.round,
        "state": case.state,
        "contact_name": contact.name,
        "contact_email": contact.email,
        "contact_phone": contact.phone,
        "contact_role": contact.role,
        "contact_organisation": contact.organisation,
        "name_key": name_key(contact.name),
        "title": case.title,
        "summary": case.summary,
        "area": case.area,
        "senior_leader": case.senior_leader,
        "partners": dump_texts(case.partners),
        "team": case.team,
        "custom": dump_detail(dict(case.custom)),
        "nominated_by": dump_contact(case.nominated_by),
    }


def _lower(emails: Iterable[str]) -> frozenset[str]:
    return frozenset(email.lower() for email in emails)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _remove_people(session: Session, case_id: int, emails: Collection[str]) -> None:
    if emails:
        these = (col(PersonRow.case_id) == case_id, col(PersonRow.email).in_(emails))
        session.exec(delete(PersonRow).where(*these))


def _add_people(session: Session, case_id: int, emails: Collection[str]) -> None:
    if emails:
        lines = [{"case_id": case_id, "email": email} for email in sorted(emails)]
        session.connection().execute(_BELONGS, lines)


def _changed_fields(before: Case, after: Case) -> list[str]:
    """Names of the fields that differ, contact details as `contact.<field>`."""
    told = ("round", "state", "title", "summary", "area", "senior_leader", "partners", "team")
    plain = (*told, "custom", "nominated_by", "people")
    names = [name for name in plain if getattr(before, name) != getattr(after, name)]
    return names + [
        f"contact.{f.name}"
        for f in fields(Contact)
        if getattr(before.contact, f.name) != getattr(after.contact, f.name)
    ]
