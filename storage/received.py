"""Messages as a person looks through them: everything that came, whatever has become of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from storage.domain.case import Case
from storage.domain.letter import Letter, LetterState
from storage.domain.message import MessageKind, RecordedMessage
from storage.errors import NotFound
from storage.facts import known_id, to_message
from storage.loading import CASES, LETTERS, load_case_ids, load_cases, load_letters
from storage.rows import CaseRow, LetterRow, MessageRow, MessageState
from storage.serialising import NOTHING

ANSWERED_BY_A_PERSON = (MessageKind.QUESTION, MessageKind.UNCLEAR)
"""Kinds to which Postroom only promises an answer."""

_MACHINES = tuple(kind for kind in MessageKind if kind.is_machine)
_STUCK = (LetterState.HELD, LetterState.FAILED)


@dataclass(frozen=True, slots=True)
class Received:
    """A message that came, the cases it belongs to and the letters that answer it.

    `message` is None while it waits to be understood, and where it could not be: then `reason`
    says why; and once it was erased at `erased_at`. `programme` is None where that is not known
    yet. `settled_at` is when `settled_by`
    ticked it off, None: nobody has; `settled_note` is what they said of it.
    """

    id: int
    sha256: str
    programme: str | None
    received_at: datetime
    message: RecordedMessage | None = None
    reason: str | None = None
    cases: tuple[Case, ...] = ()
    letters: tuple[Letter, ...] = ()
    erased_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    settled_note: str | None = None

    @property
    def stuck(self) -> tuple[Letter, ...]:
        """The letters that a person must release or discard."""
        return tuple(letter for letter in self.letters if letter.state in _STUCK)

    @property
    def is_to_be_answered(self) -> bool:
        """True for what only a person can answer. A decision sheet that was taken is answered, and
        so are the scores of a member of the panel."""
        if self.message is None or self.message.results or self.message.scores:
            return False
        return self.message.understanding.verdict.kind in ANSWERED_BY_A_PERSON

    @property
    def is_unanswered(self) -> bool:
        """True where its answer was held, and no letter could be written that a person might
        release."""
        if self.message is None or self.letters:
            return False
        verdict = self.message.understanding.verdict
        return verdict.hold is not None and not verdict.kind.is_machine

    @property
    def is_open(self) -> bool:
        """True where a person has to deal with it itself, and nobody has ticked it off."""
        is_refused = self.reason is not None
        is_persons = is_refused or self.is_to_be_answered or self.is_unanswered
        return is_persons and self.settled_at is None

    @property
    def wants_a_person(self) -> bool:
        """True where somebody has to do something about it, or about its letters."""
        return self.is_open or bool(self.stuck)


def get_received(session: Session, id: int) -> Received:
    """Raises NotFound."""
    found = _load(session, col(MessageRow.id) == id, limit=1)
    if not found:
        raise NotFound(f"no message {id}")
    return found[0]


def list_received(
    session: Session,
    programme: str | None = None,
    kind: MessageKind | None = None,
    *,
    only_for_a_person: bool = False,
    limit: int = 1000,
) -> tuple[Received, ...]:
    """The newest messages, the last received first; `only_for_a_person`: those that want one. A
    fixed number of queries."""
    conditions = []
    if programme is not None:
        conditions.append(col(MessageRow.programme) == programme)
    if kind is not None:
        conditions.append(col(MessageRow.kind) == kind)
    if only_for_a_person:
        conditions.append(_wants_a_person())
    return _load(session, *conditions, limit=limit)


def wants_answer_of_a_person() -> ColumnElement[bool]:
    """For the database: what `Received.wants_a_person` says, letters that did not leave apart."""
    caused = select(LetterRow.cause).where(col(LetterRow.cause).is_not(None))
    is_unanswered = and_(
        col(MessageRow.hold).is_not(None),
        col(MessageRow.kind).not_in(_MACHINES),
        col(MessageRow.id).not_in(caused),
    )
    is_to_be_answered = and_(
        col(MessageRow.kind).in_(ANSWERED_BY_A_PERSON),
        col(MessageRow.results) == NOTHING,
        col(MessageRow.scores) == NOTHING,
    )
    is_refused = col(MessageRow.state) == MessageState.QUARANTINED
    return and_(
        col(MessageRow.settled_at).is_(None), or_(is_refused, is_to_be_answered, is_unanswered)
    )


def _wants_a_person() -> ColumnElement[bool]:
    """What `Received.wants_a_person` says, for the database."""
    caused = select(LetterRow.cause).where(col(LetterRow.cause).is_not(None))
    stuck = caused.where(col(LetterRow.state).in_(_STUCK))
    return or_(wants_answer_of_a_person(), col(MessageRow.id).in_(stuck))


def _load(session: Session, *conditions: ColumnElement[bool], limit: int) -> tuple[Received, ...]:
    newest = select(MessageRow).where(*conditions)
    newest = newest.order_by(col(MessageRow.received_at).desc(), col(MessageRow.id).desc())
    rows = session.exec(newest.limit(limit)).all()
    ids = [known_id(row.id) for row in rows]
    case_ids = load_case_ids(session, ids)
    wanted = {case_id for some in case_ids.values() for case_id in some}
    cases = load_cases(session, CASES.where(col(CaseRow.id).in_(wanted))) if wanted else ()
    letters = load_letters(session, LETTERS.where(col(LetterRow.cause).in_(ids))) if ids else ()
    return tuple(_received(row, case_ids.get(known_id(row.id), ()), cases, letters) for row in rows)


def _received(
    row: MessageRow, case_ids: Sequence[int], cases: Sequence[Case], letters: Sequence[Letter]
) -> Received:
    is_quarantined = row.state == MessageState.QUARANTINED
    return Received(
        id=known_id(row.id),
        sha256=row.sha256,
        programme=row.programme,
        received_at=row.received_at,
        message=to_message(row, case_ids) if row.understanding else None,
        reason=(row.reason or "") if is_quarantined else None,
        cases=tuple(case for case in cases if case.id in case_ids),
        letters=tuple(letter for letter in letters if letter.cause == row.id),
        erased_at=row.erased_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        settled_note=row.settled_note,
    )
