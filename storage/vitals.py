"""What the ledger says of how Postroom is, in a fixed number of queries: for whoever watches over
it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from storage import outbox, quarantine, reconciliations, watches
from storage.domain.letter import LetterState
from storage.domain.reconciling import Reconciliation
from storage.domain.watch import Pulse, Trouble
from storage.rows import EventRow, LetterRow, MessageRow, MessageState
from storage.watch_rows import ReconciliationRow

LONG_IN_HAND = timedelta(minutes=30)
"""A letter that is being sent for longer may have left, or not: no server takes as long."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """`letters` and `messages` count by state, `quarantined` what nobody ticked off yet.
    `oldest_waiting_at` is when the longest waiting letter was written, None where none waits;
    `uncertain` letters may have left or not. `newest_event_at` is None before the first line of the
    history."""

    pulses: Mapping[str, Pulse] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    reconciled: tuple[Reconciliation, ...] = ()
    letters: Mapping[str, int] = field(default_factory=dict)
    messages: Mapping[str, int] = field(default_factory=dict)
    quarantined: int = 0
    uncertain: int = 0
    oldest_waiting_at: datetime | None = None
    last_sent_at: datetime | None = None
    is_breaker_open: bool = False
    newest_event_at: datetime | None = None


def vitals_of(session: Session, now: datetime, *, breaker_rule: str) -> Vitals:
    """How it is at `now`."""
    state = col(LetterRow.state)
    in_hand = and_(state == LetterState.SENDING, col(LetterRow.claimed_at) < now - LONG_IN_HAND)
    held = and_(state == LetterState.HELD, col(LetterRow.rule) == outbox.IN_DOUBT)
    oldest = select(func.min(col(LetterRow.created_at)))
    waits = state.in_((LetterState.QUEUED, LetterState.DEFERRED))
    mailboxes = session.execute(
        select(col(ReconciliationRow.mailbox)).order_by(col(ReconciliationRow.mailbox))
    ).scalars()
    found = (reconciliations.find(session, mailbox) for mailbox in mailboxes.all())
    return Vitals(
        pulses=watches.pulses(session),
        troubles=watches.open_troubles(session),
        reconciled=tuple(one for one in found if one is not None),
        letters=_by_state(session, LetterRow, LetterState),
        messages=_by_state(session, MessageRow, MessageState),
        quarantined=len(quarantine.list_quarantined(session)),
        uncertain=_scalar(session, select(func.count()).where(or_(in_hand, held))),
        oldest_waiting_at=_scalar(session, oldest.where(waits)),
        last_sent_at=_scalar(session, select(func.max(col(LetterRow.sent_at)))),
        is_breaker_open=outbox.has_held(session, breaker_rule),
        newest_event_at=_scalar(
            session, select(col(EventRow.at)).order_by(col(EventRow.id).desc()).limit(1)
        ),
    )


def _by_state(session: Session, row: Any, states: Iterable[str]) -> dict[str, int]:
    """How many there are in each state, those in none included."""
    counted = select(col(row.state), func.count()).group_by(col(row.state))
    return dict.fromkeys(map(str, states), 0) | dict(session.execute(counted).all())


def _scalar(session: Session, statement: Any) -> Any:
    return session.execute(statement).scalar()
