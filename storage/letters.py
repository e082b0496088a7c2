"""Letters of the outbox, looked up and counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache

from sqlalchemy import Integer, Select, bindparam, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from storage.columns import UtcDateTime
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.errors import NotFound
from storage.loading import LETTERS, Query, fetch, load_letters
from storage.rows import LetterContentRow, LetterRow, table_of

_BY_ID = LETTERS.where(col(LetterRow.id) == bindparam("this"))
_BY_KEY = LETTERS.where(col(LetterRow.key) == bindparam("key"))
_OF_CASE = LETTERS.where(col(LetterRow.case_id) == bindparam("case_id"))
_HELD_BY = (
    sql_select(col(LetterRow.id))
    .where(col(LetterRow.state) == LetterState.HELD, col(LetterRow.rule) == bindparam("rule"))
    .limit(1)
)
_WIRE_PARTS = sql_select(
    col(LetterContentRow.content), col(LetterContentRow.enclosure_sha256)
).where(col(LetterContentRow.letter_id) == bindparam("this"))


def get(session: Session, id: int) -> Letter:
    """Raises NotFound."""
    found = load_letters(session, _BY_ID, this=id)
    if not found:
        raise NotFound(f"no letter {id}")
    return found[0]


def get_by_key(session: Session, key: str) -> Letter:
    """Raises NotFound."""
    found = load_letters(session, _BY_KEY, key=key)
    if not found:
        raise NotFound("no letter with this key")
    return found[0]


def find_by_message_id(session: Session, rfc_message_id: str) -> Letter | None:
    """The letter with this Message-ID, angle brackets included; None when it is none of ours."""
    found = load_letters(session, LETTERS.where(col(LetterRow.message_id) == rfc_message_id))
    return found[0] if found else None


def list_answers(session: Session, message_id: int) -> tuple[Letter, ...]:
    """The letters that a message caused, in order of creation."""
    return load_letters(session, LETTERS.where(col(LetterRow.cause) == message_id))


def list_letters(
    session: Session,
    programme: str | None = None,
    state: LetterState | None = None,
    kind: LetterKind | None = None,
    *,
    limit: int = 1000,
) -> tuple[Letter, ...]:
    """The newest `limit` letters, newest first."""
    told = {"programme": programme, "state": state, "kind": kind}
    given = {name: value for name, value in told.items() if value is not None}
    return load_letters(session, _newest(*given), limit=limit, **given)


@cache
def _newest(*names: str) -> Query:
    """The query for the newest letters that have given values in these columns."""
    columns = table_of(LetterRow).c
    found = LETTERS.order_by(None).order_by(columns.id.desc())
    these = (columns[name] == bindparam(name) for name in names)
    return found.where(*these).limit(bindparam("limit", type_=Integer))


def of_case(session: Session, case_id: int) -> tuple[Letter, ...]:
    """All letters about a case, in order of creation."""
    return load_letters(session, _OF_CASE, case_id=case_id)


def list_unsent(session: Session, case_id: int) -> tuple[Letter, ...]:
    """The letters about a case that were written, have not left and are not discarded."""
    gone = (LetterState.SENT, LetterState.SENDING, LetterState.DISCARDED)
    state = col(LetterRow.state).not_in(gone)
    return load_letters(session, _OF_CASE.where(state), case_id=case_id)


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
    return bool(fetch(session, _HELD_BY, rule=rule))


@dataclass(frozen=True, slots=True)
class Scope:
    """Letters that count together: those since this instant to one address, to one domain, about
    one case, or where none of the three is given all."""

    since: datetime
    recipient: str | None = None
    domain: str | None = None
    case_id: int | None = None


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
    return sent_counts(session, [Scope(since, recipient, domain, case_id)])[0]


def sent_counts(session: Session, scopes: Sequence[Scope]) -> tuple[int, ...]:
    """The same for each of some scopes, in one query."""
    shape = tuple(
        (scope.recipient is not None, scope.domain is not None, scope.case_id is not None)
        for scope in scopes
    )
    these: dict[str, object] = {"oldest": min(scope.since for scope in scopes)}
    for number, scope in enumerate(scopes):
        told = {f"{field.name}_{number}": getattr(scope, field.name) for field in fields(scope)}
        these |= {name: value for name, value in told.items() if value is not None}
    return tuple(session.connection().execute(_counting(shape), these).one())


@cache
def _counting(shape: tuple[tuple[bool, bool, bool], ...]) -> Select[*tuple[int, ...]]:
    """The statement that counts, for scopes that name an address, a domain, a case or not."""
    named = (LetterRow.recipient_email, LetterRow.recipient_domain, LetterRow.case_id)
    parameters = ("recipient", "domain", "case_id")
    claimed_at = col(LetterRow.claimed_at)
    gone = col(LetterRow.state).in_((LetterState.SENT, LetterState.SENDING))
    counts = []
    for number, is_named in enumerate(shape):
        within = [gone, claimed_at >= bindparam(f"since_{number}", type_=UtcDateTime)]
        for column, parameter, is_given in zip(named, parameters, is_named, strict=True):
            if is_given:
                within.append(col(column) == bindparam(f"{parameter}_{number}"))
        counts.append(func.count().filter(*within))
    since = claimed_at >= bindparam("oldest", type_=UtcDateTime)
    return sql_select(*counts).where(since)  # by time alone: SQLite would look at all ever sent


def workers_sending(session: Session) -> frozenset[str]:
    """The names of the workers that have letters in sending."""
    found = select(LetterRow.claimed_by).where(LetterRow.state == LetterState.SENDING).distinct()
    return frozenset(worker for worker in session.exec(found) if worker is not None)


def wire_parts(session: Session, letter_id: int) -> tuple[bytes, str | None]:
    """The frozen bytes of a letter and the SHA-256 of the archived enclosure that follows them.
    Raises NotFound."""
    rows = fetch(session, _WIRE_PARTS, this=letter_id)
    if not rows:
        raise NotFound(f"no letter {letter_id}")
    return rows[0].content, rows[0].enclosure_sha256
