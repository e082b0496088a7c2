"""What became of a letter that was handed over, and the verb that writes it down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from responders.retry import DOUBT_PAUSE, OUTAGE_PAUSE, next_attempt
from storage import outbox
from storage.domain.letter import Letter

GAVE_UP = "gave_up"
REFUSED = "refused"
ENCLOSURE_LOST = "enclosure_lost"
"""The rules under which delivery itself holds or fails a letter."""

KEPT_FOR = timedelta(minutes=20)
"""How long an outcome is kept that could not be written down: less than anybody waits before the
letter counts as in doubt."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a letter, and the verb that writes it down."""

    letter: Letter
    name: str
    mark: Callable[[Session, datetime], object]


class Unmarked:
    """What became of the letter in hand when the ledger went away: known to this process alone, so
    that its next round writes it down and nothing is sent twice for want of it."""

    def __init__(self) -> None:
        self._fate: Fate | None = None
        self._known_at: datetime | None = None

    def keep(self, fate: Fate | None, now: datetime) -> None:
        """Remember it; None: no letter was in hand, and what is remembered stays."""
        if fate is not None:
            self._fate, self._known_at = fate, now

    def get(self, now: datetime) -> Fate | None:
        """What is to be written down; None where it is nothing, or too old to be believed."""
        if self._known_at is None or now - self._known_at >= KEPT_FOR:
            return None
        return self._fate

    def forget(self) -> None:
        """It is written down."""
        self._fate = self._known_at = None


def sent(letter: Letter, reply: str) -> Fate:
    return Fate(letter, "sent", lambda s, now: outbox.mark_sent(s, letter.id, now, reply))


def deferred(letter: Letter, reply: str, now: datetime) -> Fate:
    """Back into the queue with back-off; failed after two days of it."""
    at = next_attempt(letter.attempts, now)
    if at is None:
        return failed(letter, GAVE_UP, reply)
    mark = outbox.mark_deferred
    return Fate(letter, "deferred", lambda s, now: mark(s, letter.id, at, reply, now))


def given_back(letter: Letter, reply: str) -> Fate:
    """Into the queue as if it had never been claimed, to wait a little."""
    mark = outbox.mark_deferred
    return Fate(
        letter,
        "deferred",
        lambda s, now: mark(s, letter.id, now + OUTAGE_PAUSE, reply, now, attempted=False),
    )


def failed(letter: Letter, rule: str, reply: str) -> Fate:
    mark = outbox.mark_failed
    return Fate(letter, "failed", lambda s, now: mark(s, letter.id, rule, reply, now))


def held(letter: Letter, rule: str) -> Fate:
    return Fate(letter, "held", lambda s, now: outbox.hold(s, letter.id, rule, now))


def dropped(letter: Letter, rule: str) -> Fate:
    return Fate(letter, "dropped", lambda s, now: outbox.drop(s, letter.id, rule, now))


def doubted(letter: Letter) -> Fate:
    """It may have left: once more, the same bytes; the second time a person decides."""
    mark = outbox.requeue_in_doubt
    return Fate(
        letter,
        "doubted",
        lambda s, now: mark(s, letter.id, now, not_before=now + DOUBT_PAUSE),
    )
