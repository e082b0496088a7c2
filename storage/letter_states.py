"""A letter moved to another state with its line of the history: what every verb over the outbox
does. In one statement where nothing of it has to be looked at before, else locked and moved."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, select, update

from storage import events
from storage.domain.letter import LetterState
from storage.errors import Conflict, NotFound
from storage.facts import to_letter
from storage.posting import note
from storage.rows import LetterRow, table_of


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


def change(
    session: Session,
    letter_id: int,
    states: Collection[LetterState],
    state: LetterState,
    *,
    at: datetime,
    is_untried: bool = False,
    **values: object,
) -> None:
    """Bring a letter from one of `states` into another, with these values in its columns; the line
    of the history names its rule. `is_untried`: its claim does not count as an attempt. Raises
    NotFound and Conflict."""
    session.flush()
    told = {f"new_{name}": value for name, value in values.items()}
    told |= {"this": letter_id, "states": list(states), "new_state": state}
    changing = _changing(tuple(values), is_untried=is_untried)
    row = session.connection().execute(changing, told).one_or_none()
    if row is None:
        get_locked(session, letter_id, states)
        raise Conflict(f"letter {letter_id} was changed meanwhile")
    letter = to_letter(row)
    note(session, letter, at=at, what=f"letter_{state}", rule=letter.rule)


@cache
def _changing(names: tuple[str, ...], *, is_untried: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    """The statement that gives a letter another state and these columns."""
    table = table_of(LetterRow).c
    values: dict[str, object] = {
        name: bindparam(f"new_{name}", type_=table[name].type) for name in ("state", *names)
    }
    if is_untried:
        values["attempts"] = table.attempts - 1
    these = (
        table.id == bindparam("this"),
        table.state.in_(bindparam("states", expanding=True)),
    )
    return update(LetterRow).where(*these).values(values).returning(*table)
