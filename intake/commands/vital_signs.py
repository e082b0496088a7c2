"""What `postroom health` looks at, and what it makes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from intake.config import Configuration
from intake.watching import disk_free
from responders.budgets import BREAKER
from storage import watches
from storage.database import Database
from storage.domain.letter import LetterState
from storage.domain.watch import Pulse
from storage.errors import LedgerMismatch, StorageError
from storage.vitals import Vitals, vitals_of

LONGEST_WAIT = timedelta(hours=2)
"""A letter that waits longer deserves a look; most leave within a minute."""

CLOCK_SLACK = timedelta(minutes=2)
"""By how much two machines' clocks may differ."""


class Level(StrEnum):
    """OK; LOOK: something waits for a person; BAD: something that must work does not."""

    OK = "ok"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at. `programme` None: the whole."""

    name: str
    level: Level
    found: str
    programme: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Everything that was looked at; `vitals` is None where the ledger can't be asked."""

    at: datetime
    signs: tuple[Sign, ...]
    vitals: Vitals | None = None

    @property
    def is_well(self) -> bool:
        """True where all that must work does."""
        return all(sign.level is not Level.BAD for sign in self.signs)


def examine(configuration: Configuration, now: datetime) -> Health:
    """How an installation is. Connects to nothing but the ledger, and changes nothing there."""
    disk = _disk(configuration)
    database = Database(configuration.database_url)
    try:
        try:
            database.check()
        except LedgerMismatch as error:
            return Health(now, (_OPENS, Sign("schema", Level.BAD, str(error)), disk))
        with database.reading() as session:
            vitals = vitals_of(session, now, breaker_rule=BREAKER)
    except StorageError as error:
        return Health(now, (Sign("database", Level.BAD, str(error)), disk))
    finally:
        database.close()
    signs = (
        _OPENS,
        Sign("schema", Level.OK, "up to date"),
        disk,
        *_judged(configuration, vitals, now),
    )
    return Health(now, signs, vitals)


_OPENS = Sign("database", Level.OK, "answers")


def _judged(configuration: Configuration, vitals: Vitals, now: datetime) -> Iterator[Sign]:
    yield _clock(vitals, now)
    reading = watches.of_programmes(vitals.pulses, watches.READING)
    longest = configuration.watch.reading_stopped_after + 2 * configuration.poll
    for slug in configuration.mailboxes:
        yield _reading(slug, reading.get(slug), longest, now)
    sending = watches.of_programmes(vitals.pulses, watches.SENDING)
    for slug in configuration.transports:
        yield _sending(slug, sending.get(slug), configuration, now)
    yield _waiting(vitals, now)
    yield _counted("uncertain letters", vitals.uncertain, "may have left or not: letter show ID")
    yield _counted("quarantine", vitals.quarantined, "could not be read: postroom quarantine list")
    if vitals.is_breaker_open:
        held = vitals.letters.get(LetterState.HELD, 0)
        yield Sign("breaker", Level.BAD, f"tripped; {held} letters are held: outbox --state held")
    else:
        yield Sign("breaker", Level.OK, "closed")
    for told in vitals.reconciled:
        level = Level.LOOK if told.lasting else Level.OK
        found = f"{told.in_mailbox} in the mailbox, {told.in_ledger} of it in the ledger"
        yield Sign("reconciled", level, f"{found}, {ago(told.at, now)}", told.programme)


def _reading(slug: str, pulse: Pulse | None, longest: timedelta, now: datetime) -> Sign:
    if pulse is None:
        return Sign("last read", Level.LOOK, "never yet", slug)
    told = ago(pulse.well_at, now) if pulse.well_at else "never yet"
    if pulse.failing_since is not None:
        told += f"; fails since {ago(pulse.failing_since, now)}: {pulse.reason}"
    begun = pulse.well_at or pulse.failing_since or now
    return Sign("last read", Level.BAD if now - begun > longest else Level.OK, told, slug)


def _sending(slug: str, pulse: Pulse | None, configuration: Configuration, now: datetime) -> Sign:
    told = ago(pulse.well_at, now) if pulse and pulse.well_at else "never yet"
    since = pulse.failing_since if pulse else None
    if pulse is None or since is None:
        return Sign("last sent", Level.OK, told, slug)
    is_long = now - since >= configuration.watch.sending_stopped_after
    told += f"; fails since {ago(since, now)}: {pulse.reason}"
    return Sign("last sent", Level.BAD if is_long else Level.OK, told, slug)


def _waiting(vitals: Vitals, now: datetime) -> Sign:
    oldest = vitals.oldest_waiting_at
    if oldest is None:
        return Sign("oldest waiting letter", Level.OK, "none waits")
    level = Level.LOOK if now - oldest > LONGEST_WAIT else Level.OK
    return Sign("oldest waiting letter", level, f"written {ago(oldest, now)}")


def _counted(name: str, number: int, what: str) -> Sign:
    return Sign(name, Level.LOOK, f"{number} {what}") if number else Sign(name, Level.OK, "none")


def _disk(configuration: Configuration) -> Sign:
    free = disk_free(configuration.data_folder)
    if free is None:
        return Sign("disk", Level.BAD, f"{configuration.data_folder} can't be looked at")
    level = Level.BAD if free < configuration.watch.disk_free else Level.OK
    return Sign("disk", level, f"{free // 2**20:,} MB free")


def _clock(vitals: Vitals, now: datetime) -> Sign:
    """A clock that was set back puts new facts before old ones, and reminders off."""
    newest = vitals.newest_event_at
    if newest is not None and newest - now > CLOCK_SLACK:
        behind = int((newest - now).total_seconds() // 60)
        return Sign("clock", Level.BAD, f"{behind} minutes behind the ledger's newest line")
    return Sign("clock", Level.OK, f"{now:%d %b %Y %H:%M} UTC")


def ago(at: datetime, now: datetime) -> str:
    """`12 minutes ago`; what lies in the future by a little is now."""
    seconds = max(0, int((now - at).total_seconds()))
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            number = seconds // size
            return f"{number} {name}{'s' if number != 1 else ''} ago"
    return "just now"
