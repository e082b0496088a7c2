"""Letters of the outbox → the transport: claimed (commit), handed over, marked (commit).

No transaction is open while a server is spoken to. A process may die anywhere: a letter that is
found claimed later may have left, and is resolved by `resolve_doubts`."""

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from responders.budgets import DeliverySettings, count_allowed, find_refusal
from responders.retry import DOUBT_PAUSE, OUTAGE_PAUSE, next_attempt
from responders.transports.base import (
    InDoubt,
    PermanentFailure,
    TemporaryFailure,
    Transport,
    TransportUnavailable,
)
from responders.workers import is_gone, name_worker
from storage import outbox
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import Letter
from storage.domain.programme import Programme
from storage.errors import ArchiveDamaged, ArchiveUnavailable, Conflict

__all__ = ["Delivered", "DeliverySettings", "deliver", "resolve_doubts"]

log = structlog.get_logger(__name__)

GAVE_UP = "gave_up"
REFUSED = "refused"
ENCLOSURE_LOST = "enclosure_lost"
"""The rules under which delivery itself holds or fails a letter."""

LEASE = timedelta(minutes=30)
"""How long a claim is believed: longer than any server may take over one letter (ten minutes),
so that a letter in doubt is never in the hands of a living process."""

CLAIM_LIFE = timedelta(minutes=5)
"""How old a claim may grow before its letter's turn comes; an older one is given back."""

PATIENCE = 5
"""Failures in a row after which a transport is left alone until the next round."""

Transports = Callable[[str], Transport]
"""The transport of a programme, by its slug."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a round did, in numbers of letters; `doubted` may have left, and are sent once more or
    held. `transport_errors` has the server's words for each programme whose transport was left
    alone."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    held: int = 0
    doubted: int = 0
    transport_errors: Mapping[str, str] = field(default_factory=dict)


def deliver(
    database: Database,
    archive: Archive,
    transports: Transports,
    *,
    programmes: Mapping[str, Programme],
    now: datetime | Clock,
    settings: DeliverySettings,
    limit: int = 500,
) -> Delivered:
    """Hand over up to `limit` letters whose turn has come, oldest first.

    `now` is an instant for short rounds, a clock for rounds that may take minutes. Letters of
    programmes that are not in `programmes` stay where they are. A letter that fails never stops
    the others; a transport that is down stops only its own programme's letters. Raises
    LedgerUnavailable; what was under way then is resolved later by `resolve_doubts`.
    """
    clock = now if callable(now) else lambda: now
    delivery = _Round(database, archive, transports, programmes, settings=settings, clock=clock)
    return delivery.run(limit)


def resolve_doubts(
    database: Database, now: datetime, *, before: datetime | None = None
) -> tuple[Letter, ...]:
    """Decide about letters that were claimed and never marked, because their process died: they
    may have left. Each goes back into the queue once, with the same bytes and Message-ID; one
    that is in doubt again is held for a person (`in_doubt`). Returns them as they were.

    A process is dead when it can be seen to be, and in any case when its claim is from before
    `before` (None: LEASE ago). To be called where a tick begins.
    """
    with database.writing() as session:
        gone = [worker for worker in outbox.workers_sending(session) if is_gone(worker)]
        oldest = now - LEASE if before is None else before
        letters = outbox.in_doubt(session, oldest, workers=gone)
        for letter in letters:
            log.warning("letter in doubt", letter=letter.id, attempts=letter.attempts)
            outbox.requeue_in_doubt(session, letter.id, now)
    return letters


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A letter in our hands, since `at`. `content` is all but its enclosure."""

    letter: Letter
    content: bytes
    enclosure_sha256: str | None
    at: datetime


class _Round:
    """One round of delivery, and who is left alone until the next."""

    def __init__(
        self,
        database: Database,
        archive: Archive,
        transports: Transports,
        programmes: Mapping[str, Programme],
        *,
        settings: DeliverySettings,
        clock: Clock,
    ) -> None:
        self._database = database
        self._archive = archive
        self._transports = transports
        self._programmes = programmes
        self._settings = settings
        self._clock = clock
        self._worker = name_worker()
        self._in_hand: deque[_Claimed] = deque()
        self._enclosures: dict[str, bytes] = {}
        self._failures: Counter[str] = Counter()
        self._left_alone: set[str] = set()
        self._errors: dict[str, str] = {}
        self._done: Counter[str] = Counter()

    def run(self, limit: int) -> Delivered:
        try:
            while limit > 0 and (claims := self._claim(limit)):
                limit -= claims
                while self._in_hand:
                    claimed = self._in_hand.popleft()
                    self._one(claimed)
        finally:
            for claimed in self._in_hand:
                self._give_back(claimed.letter)
        done = self._done
        return Delivered(
            sent=done["sent"],
            deferred=done["deferred"],
            failed=done["failed"],
            held=done["held"],
            doubted=done["doubted"],
            transport_errors=self._errors,
        )

    def _claim(self, limit: int) -> int:
        """Take a few letters in hand; how many were claimed, those held at once included."""
        now = self._clock()
        open_to = [slug for slug in self._programmes if slug not in self._left_alone]
        taken: list[_Claimed] = []
        with self._database.writing() as session:
            room = min(limit, count_allowed(session, now, settings=self._settings))
            if room <= 0 or not open_to:
                return 0
            letters = outbox.claim(session, now, room, self._worker, programmes=open_to)
            for place, letter in enumerate(letters):
                if not self._is_held(session, letter, now, letters[place + 1 :]):
                    taken.append(_Claimed(letter, *outbox.wire_parts(session, letter.id), now))
        self._in_hand.extend(taken)
        self._done["held"] += len(letters) - len(taken)
        return len(letters)

    def _is_held(
        self, session: Session, letter: Letter, now: datetime, beside: Sequence[Letter]
    ) -> bool:
        rule = find_refusal(session, letter, now, settings=self._settings, beside=beside)
        if rule is None:
            return False
        outbox.hold(session, letter.id, rule, now)
        log.info("letter held", letter=letter.id, rule=rule)
        return True

    def _one(self, claimed: _Claimed) -> None:
        """Hand one letter over and mark what became of it."""
        letter, slug = claimed.letter, claimed.letter.programme
        if slug in self._left_alone:
            self._give_back(letter, pause=OUTAGE_PAUSE)
            return
        if self._clock() - claimed.at > CLAIM_LIFE:
            self._give_back(letter)
            return
        try:
            content = claimed.content + self._enclosure(claimed.enclosure_sha256)
            sender = self._programmes[slug].inbox
            reply = self._transports(slug).send(sender, letter.recipient.email, content)
        except TransportUnavailable as failure:
            self._errors[slug] = failure.reply
            self._left_alone.add(slug)
            self._give_back(letter, failure.reply, pause=OUTAGE_PAUSE)
        except TemporaryFailure as failure:
            self._defer(letter, failure.reply)
        except PermanentFailure as failure:
            self._fail(letter, REFUSED, failure.reply)
        except ArchiveUnavailable as failure:
            self._defer(letter, str(failure))
        except ArchiveDamaged:
            self._hold(letter, ENCLOSURE_LOST)
        except InDoubt as failure:
            self._doubt(letter, failure.reply)
        except Exception as error:  # one bad letter never stops the rest
            log.exception("letter not handed over", letter=letter.id)
            self._doubt(letter, type(error).__name__)
        else:
            self._sent(letter, reply)

    def _enclosure(self, sha256: str | None) -> bytes:
        """The bytes of a pack, read once a round. Raises ArchiveError."""
        if sha256 is None:
            return b""
        if sha256 not in self._enclosures:
            self._enclosures[sha256] = self._archive.get(sha256)
        return self._enclosures[sha256]

    def _sent(self, letter: Letter, reply: str) -> None:
        self._failures[letter.programme] = 0
        self._mark(letter, "sent", lambda s, now: outbox.mark_sent(s, letter.id, now, reply))

    def _defer(self, letter: Letter, reply: str) -> None:
        """Back into the queue with back-off; failed after two days of it."""
        at = next_attempt(letter.attempts, self._clock())
        if at is None:
            self._fail(letter, GAVE_UP, reply)
            return
        self._lose_patience(letter.programme, reply)
        mark = outbox.mark_deferred
        self._mark(letter, "deferred", lambda s, now: mark(s, letter.id, at, reply, now))

    def _fail(self, letter: Letter, rule: str, reply: str) -> None:
        self._lose_patience(letter.programme, reply)
        mark = outbox.mark_failed
        self._mark(letter, "failed", lambda s, now: mark(s, letter.id, rule, reply, now))

    def _hold(self, letter: Letter, rule: str) -> None:
        self._mark(letter, "held", lambda s, now: outbox.hold(s, letter.id, rule, now))

    def _doubt(self, letter: Letter, reply: str) -> None:
        """It may have left: once more, the same bytes; the second time a person decides."""
        self._lose_patience(letter.programme, reply)
        at, mark = self._clock() + DOUBT_PAUSE, outbox.requeue_in_doubt
        self._mark(letter, "doubted", lambda s, now: mark(s, letter.id, now, not_before=at))

    def _give_back(
        self, letter: Letter, reply: str = "not tried", *, pause: timedelta = timedelta(0)
    ) -> None:
        """Into the queue as if it had never been claimed, to wait this long."""
        at, mark = self._clock() + pause, outbox.mark_deferred
        self._mark(
            letter,
            "deferred",
            lambda s, now: mark(s, letter.id, at, reply, now, attempted=False),
        )

    def _mark(
        self, letter: Letter, outcome: str, verb: Callable[[Session, datetime], object]
    ) -> None:
        """Commit what became of a letter."""
        try:
            with self._database.writing() as session:
                verb(session, self._clock())
        except Conflict:
            log.error("letter changed while it was sent", letter=letter.id, outcome=outcome)
            return
        self._done[outcome] += 1
        log.info("letter handled", letter=letter.id, programme=letter.programme, outcome=outcome)

    def _lose_patience(self, slug: str, reply: str) -> None:
        """Leave a transport alone that has failed too often in a row: it may be in trouble as a
        whole, and what is not tried has lost nothing."""
        self._failures[slug] += 1
        if self._failures[slug] >= PATIENCE:
            self._left_alone.add(slug)
            self._errors[slug] = reply
