"""Letters of the outbox → the transport: claimed (commit), handed over, marked (commit).

No transaction is open while a server is spoken to. A process may die anywhere: the letter that is
found claimed later may have left, and is resolved by `responders.doubts`."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlmodel import Session

from responders import fates
from responders.budgets import DeliverySettings, find_refusal, may_claim
from responders.errors import place_of
from responders.fates import Fate, Unmarked
from responders.staleness import find_staleness
from responders.transports.base import (
    InDoubt,
    PermanentFailure,
    TemporaryFailure,
    Transport,
    TransportUnavailable,
)
from responders.workers import name_worker
from storage import outbox
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import Letter
from storage.domain.programme import Programme
from storage.errors import ArchiveDamaged, ArchiveUnavailable, Conflict, LedgerUnavailable

__all__ = ["Delivered", "DeliverySettings", "deliver"]

log = structlog.get_logger(__name__)

PATIENCE = 5
"""Failures in a row after which a transport is left alone until the next round."""

Transports = Callable[[str], Transport]
"""The transport of a programme, by its slug."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a round did, in numbers of letters; `doubted` may have left, and are sent once more or
    held. `is_limited`: letters wait only because no more may leave in this minute or this
    round. `transport_errors` has the server's words for each programme whose transport was left
    alone, `served` are the programmes whose transport took a letter; rounds are compared by what
    they did to letters, whichever transports served them. In a sum `is_limited` is the later
    round's: what waited after the earlier one may have left since."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    held: int = 0
    doubted: int = 0
    is_limited: bool = False
    transport_errors: Mapping[str, str] = field(default_factory=dict)
    served: frozenset[str] = field(default=frozenset(), compare=False)

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(
            self.sent + other.sent,
            self.deferred + other.deferred,
            self.failed + other.failed,
            self.held + other.held,
            self.doubted + other.doubted,
            other.is_limited,
            {**self.transport_errors, **other.transport_errors},
            self.served | other.served,
        )


def deliver(
    database: Database,
    archive: Archive,
    transports: Transports,
    *,
    programmes: Mapping[str, Programme],
    now: datetime | Clock,
    settings: DeliverySettings,
    limit: int = 500,
    unmarked: Unmarked | None = None,
) -> Delivered:
    """Hand over letters whose turn has come, oldest first; of `limit` some may be held instead.

    `now` is an instant for short rounds, a clock for rounds that may take minutes. Letters of
    programmes that are not in `programmes` stay where they are. A letter that fails never stops
    the others; a transport that is down stops only its own programme's letters. Raises
    LedgerUnavailable; what became of the letter in hand is then kept in `unmarked` for the next
    round of the same process, else it is resolved later by `resolve_doubts`.
    """
    clock = now if callable(now) else lambda: now
    delivery = _Round(
        database,
        archive,
        transports,
        programmes,
        settings=settings,
        clock=clock,
        limit=limit,
        unmarked=unmarked or Unmarked(),
    )
    return delivery.run()


@dataclass(frozen=True, slots=True)
class _Claimed:
    """The letter in hand. `content` is all but its enclosure."""

    letter: Letter
    content: bytes
    enclosure_sha256: str | None


class _Round:
    """One round of delivery. A letter is claimed in the transaction that marks the one before:
    one commit a letter, and never more than one in doubt."""

    def __init__(
        self,
        database: Database,
        archive: Archive,
        transports: Transports,
        programmes: Mapping[str, Programme],
        *,
        settings: DeliverySettings,
        clock: Clock,
        limit: int,
        unmarked: Unmarked,
    ) -> None:
        self._database = database
        self._unmarked = unmarked
        self._archive = archive
        self._transports = transports
        self._programmes = programmes
        self._settings = settings
        self._clock = clock
        self._left = limit
        self._is_limited = False
        self._worker = name_worker()
        self._enclosures: dict[str, bytes] = {}
        self._failures: Counter[str] = Counter()
        self._left_alone: dict[str, str] = {}
        self._served: set[str] = set()
        self._done: Counter[str] = Counter()

    def run(self) -> Delivered:
        self._write_unmarked()
        outcome: Fate | None = None
        while True:
            try:
                with self._database.writing() as session:
                    now = self._clock()
                    if outcome is not None:
                        self._mark(session, outcome, now)
                    claimed = self._claim(session, now)
            except LedgerUnavailable:
                self._unmarked.keep(outcome, self._clock())
                raise
            if claimed is None:
                break
            outcome = self._hand_over(claimed)
        done = self._done
        return Delivered(
            sent=done["sent"],
            deferred=done["deferred"],
            failed=done["failed"],
            held=done["held"],
            doubted=done["doubted"],
            is_limited=self._is_limited,
            transport_errors=self._left_alone,
            served=frozenset(self._served),
        )

    def _write_unmarked(self) -> None:
        """Write down what the last round could not."""
        outcome = self._unmarked.get(self._clock())
        if outcome is not None:
            with self._database.writing() as session:
                self._mark(session, outcome, self._clock())
            self._unmarked.forget()

    def _claim(self, session: Session, now: datetime) -> _Claimed | None:
        """The next letter that may leave; of those before it some are held, and those that are no
        longer true are dropped."""
        open_to = [slug for slug in self._programmes if slug not in self._left_alone]
        while open_to:
            if self._left <= 0 or not may_claim(session, now, settings=self._settings):
                self._is_limited = outbox.has_waiting(session, now, open_to)
                return None
            letters = outbox.claim(session, now, 1, self._worker, programmes=open_to)
            if not letters:
                return None
            self._left -= 1
            letter = letters[0]
            stale = find_staleness(session, letter, self._programmes[letter.programme], now)
            rule = stale or find_refusal(session, letter, now, settings=self._settings)
            if rule is None:
                return _Claimed(letter, *outbox.wire_parts(session, letter.id))
            outcome = fates.dropped(letter, rule) if stale else fates.held(letter, rule)
            self._mark(session, outcome, now)
        return None

    def _mark(self, session: Session, outcome: Fate, now: datetime) -> None:
        letter = outcome.letter
        try:
            outcome.mark(session, now)
        except Conflict:
            log.error("letter changed while it was sent", letter=letter.id, outcome=outcome.name)
            return
        self._done[outcome.name] += 1
        log.info(
            "letter handled", letter=letter.id, programme=letter.programme, outcome=outcome.name
        )

    def _hand_over(self, claimed: _Claimed) -> Fate:
        """Speak to the server about one letter; what became of it."""
        letter, slug = claimed.letter, claimed.letter.programme
        try:
            content = claimed.content + self._enclosure(claimed.enclosure_sha256)
            sender = self._programmes[slug].inbox
            reply = self._transports(slug).send(sender, letter.recipient.email, content)
        except TransportUnavailable as failure:
            self._left_alone[slug] = failure.reply
            return fates.given_back(letter, failure.reply)
        except TemporaryFailure as failure:
            self._lose_patience(slug, failure.reply)
            return fates.deferred(letter, failure.reply, self._clock())
        except PermanentFailure as failure:
            self._lose_patience(slug, failure.reply)
            return fates.failed(letter, fates.REFUSED, failure.reply)
        except ArchiveUnavailable as failure:
            return fates.deferred(letter, str(failure), self._clock())
        except ArchiveDamaged:
            return fates.held(letter, fates.ENCLOSURE_LOST)
        except InDoubt as failure:
            self._lose_patience(slug, failure.reply)
            return fates.doubted(letter)
        except Exception as error:  # noqa: BLE001  one bad letter never stops the rest
            name, where = type(error).__name__, place_of(error)
            log.error("letter not handed over", letter=letter.id, error=name, where=where)
            self._lose_patience(slug, name)
            return fates.doubted(letter)
        self._failures[slug] = 0
        self._served.add(slug)
        return fates.sent(letter, reply)

    def _enclosure(self, sha256: str | None) -> bytes:
        """The bytes of a pack, read once a round. Raises ArchiveError."""
        if sha256 is None:
            return b""
        if sha256 not in self._enclosures:
            self._enclosures[sha256] = self._archive.get(sha256)
        return self._enclosures[sha256]

    def _lose_patience(self, slug: str, reply: str) -> None:
        """Leave a transport alone that has failed too often in a row: it may be in trouble as a
        whole, and what is not tried has lost nothing."""
        self._failures[slug] += 1
        if self._failures[slug] >= PATIENCE:
            self._left_alone[slug] = reply
