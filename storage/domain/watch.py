"""Pure: what is watched, and when something counts as trouble: reading or sending has stopped, the
breaker has tripped, a token is near its end, the disk is nearly full."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

RELIEF = 1.2
"""How much more than the limit must be free before the disk counts as well again: a number that
swings about the limit is one trouble, not many."""


class TroubleKind(StrEnum):
    READING_STOPPED = "reading_stopped"
    SENDING_STOPPED = "sending_stopped"
    BREAKER_TRIPPED = "breaker_tripped"
    TOKEN_ENDING = "token_ending"
    DISK_NEARLY_FULL = "disk_nearly_full"


@dataclass(frozen=True, slots=True)
class Pulse:
    """Something that is done again and again: when it went well last, None for never, and since
    when it fails, with the reason, None while it doesn't."""

    well_at: datetime | None = None
    failing_since: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """When something counts as trouble. `disk_free` is in bytes."""

    reading_stopped_after: timedelta = timedelta(minutes=15)
    sending_stopped_after: timedelta = timedelta(minutes=15)
    token_ends_within: timedelta = timedelta(minutes=10)
    disk_free: int = 500 * 2**20


@dataclass(frozen=True, slots=True)
class Observation:
    """What is there to be seen at one instant. `reading` and `sending` are by programme, as is
    `tokens`: when each ends. `disk_free` is in bytes, None where nobody can tell."""

    reading: Mapping[str, Pulse] = field(default_factory=dict)
    sending: Mapping[str, Pulse] = field(default_factory=dict)
    tokens: Mapping[str, datetime] = field(default_factory=dict)
    is_breaker_open: bool = False
    disk_free: int | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that is wrong now, and since when. `programme` None: it concerns them all."""

    kind: TroubleKind
    programme: str | None
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A sign as the ledger knows it: noticed once, ended once."""

    id: int
    kind: TroubleKind
    programme: str | None
    began_at: datetime
    noticed_at: datetime
    reason: str
    ended_at: datetime | None = None


def signs_of(
    seen: Observation, limits: Limits, now: datetime, *, known: Collection[TroubleKind] = ()
) -> tuple[Sign, ...]:
    """What counts as trouble now; `known` are the kinds that were trouble just before."""
    return (
        *_failing(seen.reading, TroubleKind.READING_STOPPED, limits.reading_stopped_after, now=now),
        *_failing(seen.sending, TroubleKind.SENDING_STOPPED, limits.sending_stopped_after, now=now),
        *_tokens(seen.tokens, limits, now),
        *_whole(seen, limits, now, known),
    )


def _failing(
    pulses: Mapping[str, Pulse], kind: TroubleKind, after: timedelta, *, now: datetime
) -> Iterator[Sign]:
    for slug, pulse in pulses.items():
        since = pulse.failing_since
        if since is not None and now - since >= after:
            yield Sign(kind, slug, since, pulse.reason or "no reason known")


def _tokens(tokens: Mapping[str, datetime], limits: Limits, now: datetime) -> Iterator[Sign]:
    for slug, ends_at in tokens.items():
        if ends_at - now < limits.token_ends_within:
            verb = "ended" if ends_at <= now else "ends"
            reason = f"the access token {verb} at {ends_at:%d %b %Y %H:%M} UTC"
            yield Sign(TroubleKind.TOKEN_ENDING, slug, min(now, ends_at), reason)


def _whole(
    seen: Observation, limits: Limits, now: datetime, known: Collection[TroubleKind]
) -> Iterator[Sign]:
    """What concerns the whole installation."""
    if seen.is_breaker_open:
        reason = "more letters were due within an hour than may leave"
        yield Sign(TroubleKind.BREAKER_TRIPPED, None, now, reason)
    needed = limits.disk_free
    if TroubleKind.DISK_NEARLY_FULL in known:
        needed = int(needed * RELIEF)
    if seen.disk_free is not None and seen.disk_free < needed:
        reason = f"{seen.disk_free // 2**20} MB are free where the ledger is kept"
        yield Sign(TroubleKind.DISK_NEARLY_FULL, None, now, reason)
