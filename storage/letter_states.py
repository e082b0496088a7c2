"""A letter's row, locked and moved to another state with its line of the history: what every verb
over the outbox begins and ends with."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from storage import events
from storage.domain.letter import LetterState
from storage.errors import Conflict, NotFound
from storage.facts import to_letter
from storage.posting import note
from storage.rows import LetterRow


def get_locked(
    session: Session, letter_id: int, states: Collection[LetterState] | None = None
) -> LetterRow:
    """The row as it is now, in one of these states (None: in any). Raises NotFound and Conflict."""
    found = select(LetterRow).where(LetterRow.id == letter_id).with_for_update()
    row = session.exec(found, execution_options={"populate_existing": True}).first()
    if row is None:
        raise NotFound(f"no letter {letter_id}")
    if states is not None and row.state not in states:
        raise Conflict(f"letter {letter_id} is {row.state}")
    return row


def move(
    session: Session,
    row: LetterRow,
    state: LetterState,
    *,
    at: datetime,
    what: str | None = None,
    actor: str = events.POSTROOM,
    names_rule: bool = True,
) -> None:
    """Bring a letter into a state; `what` is the line of the history, None: `letter_` and it."""
    row.state = state
    session.flush()
    rule = row.rule if names_rule else None
    what = what or f"letter_{state}"
    note(session, to_letter(row), at=at, what=what, actor=actor, rule=rule)
    session.flush()
