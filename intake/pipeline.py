"""One batch of fetched messages: archived, understood, recorded, then filed in the mailbox.

Each step commits before the next begins, so the process may die between any two of them: what
is not stored is still in the mailbox, what is stored is never stored again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

import structlog

from intake.isolation import Failure, Reader, Result, UnderstoodMessage
from intake.mailboxes.base import (
    Destination,
    FetchedMessage,
    Mailbox,
    MailboxError,
    MessageFailed,
)
from intake.recording import record_message
from storage import messages, quarantine
from storage.archive import Archive
from storage.database import Database
from storage.domain.message import RecordedMessage
from storage.domain.programme import Programme
from storage.errors import ArchiveDamaged, Conflict, LedgerUnavailable
from storage.quarantine import Quarantined

log = structlog.get_logger(__name__)

FETCH_BATCH = 100
"""Messages a fetch: few round trips, and never more than these in memory."""

READ_BATCH = 20
"""Messages understood before their letters leave: enough to keep the children busy, few enough
that a hostile one among them delays few."""

FILE_BATCH = 500
"""Messages moved with one command."""

ARCHIVE_DAMAGED = "its stored bytes are damaged"
"""Why a message is quarantined without having been read."""

Recorded = Callable[[RecordedMessage], None]
"""Called after each message that was recorded."""

Told = Callable[["Intake"], None]
"""Called with what each batch did, once it is committed: what comes after may fail."""

Item = TypeVar("Item")
Kept = TypeVar("Kept", messages.Waiting, Quarantined)


@dataclass(frozen=True, slots=True)
class Intake:
    """What a run of the pipeline did, in numbers. `new` are the messages nobody had seen.
    `is_limited`: as many were read as may be at once, and more may wait; not where all of them
    failed, so that none is tried again at once. In a sum it is the later run's."""

    fetched: int = 0
    new: int = 0
    recorded: int = 0
    quarantined: int = 0
    filed: int = 0
    is_limited: bool = False

    def __add__(self, other: "Intake") -> "Intake":
        return Intake(
            self.fetched + other.fetched,
            self.new + other.new,
            self.recorded + other.recorded,
            self.quarantined + other.quarantined,
            self.filed + other.filed,
            other.is_limited,
        )


class Pipeline:
    """The walk of messages from a mailbox into the ledger. By `secret` a decision sheet that comes
    back is known as ours."""

    def __init__(
        self,
        *,
        database: Database,
        archive: Archive,
        reader: Reader,
        programmes: Mapping[str, Programme],
        secret: bytes,
    ) -> None:
        self._database = database
        self._archive = archive
        self._reader = reader
        self._programmes = programmes
        self._secret = secret

    def collect(
        self, mailbox: Mailbox, slug: str | None, now: datetime, *, told: Told | None = None
    ) -> Intake:
        """Archive and remember every message that the mailbox shows and the ledger has not seen.

        `slug` is the programme the mailbox belongs to, None where the messages' own recipients
        decide. Raises MailboxError when the mailbox fails; what was remembered before stays.
        """
        with self._database.reading() as session:
            keys = messages.unseen_keys(session, mailbox.name, mailbox.keys())
        done = Intake()
        for batch in _batches(mailbox.fetch(keys), FETCH_BATCH):
            arrivals = self._archived(batch, mailbox.name, slug)
            with self._database.writing() as session:
                new = messages.remember(session, arrivals, now)
            did = Intake(fetched=len(batch), new=new)
            done += did
            if told:
                told(did)
        return done

    def understand(
        self, now: datetime, *, recorded: Recorded | None = None, at_receipt: bool = False
    ) -> Intake:
        """Understand and record the next few messages that are remembered, those received first
        first; quarantine what can't be understood.

        `at_receipt` records each message as of its own receipt: the clock of a rehearsal.
        """
        with self._database.reading() as session:
            tried_enough = messages.exhausted(session)
            waiting = messages.waiting(session, READ_BATCH)
        for item in tried_enough:
            self._quarantine(item, "tried too often", now)
        done = self._take(waiting, now, recorded=recorded, at_receipt=at_receipt)
        is_limited = len(waiting) == READ_BATCH and done.recorded + done.quarantined > 0
        return done + Intake(quarantined=len(tried_enough), is_limited=is_limited)

    def retry(self, message_ids: Collection[int], now: datetime, *, actor: str) -> Intake:
        """Let these messages out of quarantine, on the word of `actor`, and understand them as if
        they had just come; those that fail again are back in it. Others are left alone."""
        with self._database.writing() as session:
            for item in quarantine.list_quarantined(session, only=message_ids):
                quarantine.requeue(session, item.id, now, actor=actor)
            waiting = messages.waiting(session, len(message_ids), only=message_ids)
        return self._take(waiting, now)

    def read_again(self, held: Sequence[Quarantined]) -> list[tuple[Quarantined, Result]]:
        """What each of these messages says, or why it can't be understood; nothing changes."""
        return self._read(held)

    def _take(
        self,
        waiting: Sequence[messages.Waiting],
        now: datetime,
        *,
        recorded: Recorded | None = None,
        at_receipt: bool = False,
    ) -> Intake:
        """Understand these messages and record them, or quarantine them."""
        count, quarantined = 0, 0
        for item, result in self._read(waiting):
            instant = item.received_at if at_receipt else now
            if isinstance(result, Failure):
                self._quarantine(item, result.reason, instant)
                quarantined += 1
            elif message := self._record(item, result, instant):
                count += 1
                if recorded:
                    recorded(message)
        return Intake(recorded=count, quarantined=quarantined)

    def understand_all(
        self, now: datetime, *, recorded: Recorded | None = None, at_receipt: bool = False
    ) -> Intake:
        """`understand` until nothing waits but what was tried."""
        done = self.understand(now, recorded=recorded, at_receipt=at_receipt)
        while done.is_limited:
            done += self.understand(now, recorded=recorded, at_receipt=at_receipt)
        return done

    def file(self, mailbox: Mailbox, now: datetime, *, told: Told | None = None) -> Intake:
        """Move what is recorded out of the inbox; what is still there is tried again next time.

        Raises MailboxError when the mailbox fails, and after everything else where it can't move
        one message.
        """
        with self._database.reading() as session:
            sightings = messages.to_file(session, mailbox.name, FILE_BATCH)
        done, failed = Intake(), None
        for destination in Destination:
            is_quarantine = destination is Destination.QUARANTINE
            ids = {s.key: s.id for s in sightings if s.quarantined is is_quarantine}
            try:
                gone = mailbox.file(list(ids), destination) if ids else set()
            except MessageFailed as error:
                failed = error
                continue
            with self._database.writing() as session:
                messages.mark_filed(session, [ids[key] for key in gone], now)
            did = Intake(filed=len(gone))
            done += did
            if told:
                told(did)
        if failed is not None:
            raise failed
        return done

    def _archived(
        self, batch: list[FetchedMessage], mailbox: str, slug: str | None
    ) -> list[messages.Arrival]:
        hashes = self._archive.put_all([fetched.raw for fetched in batch])
        return [
            messages.Arrival(
                mailbox=mailbox,
                key=fetched.key,
                sha256=sha256,
                size=fetched.size,
                received_at=fetched.received_at,
                programme=slug,
                too_big=fetched.too_big,
            )
            for fetched, sha256 in zip(batch, hashes, strict=True)
        ]

    def _read(self, waiting: Sequence[Kept]) -> list[tuple[Kept, Result]]:
        """What each message says, or why it can't be understood, in their order."""
        refused: dict[int, Failure] = {}
        raws = {}
        for item in waiting:
            try:
                raws[item.id] = (self._archive.get(item.sha256), item.programme)
            except ArchiveDamaged:
                refused[item.id] = Failure(ARCHIVE_DAMAGED)
        too_big = {item.id for item in waiting if item.too_big}
        heads = {place for place, item_id in enumerate(raws) if item_id in too_big}
        results = self._reader.read(list(raws.values()), heads=heads)
        understood = dict(zip(raws, results, strict=True))
        return [(item, refused.get(item.id) or understood[item.id]) for item in waiting]

    def _record(
        self, item: messages.Waiting, result: UnderstoodMessage, now: datetime
    ) -> RecordedMessage | None:
        """The message as recorded; None when that failed, which counts as a try."""
        try:
            with self._database.writing() as session:
                return record_message(
                    session,
                    item,
                    programme=self._programmes[result.programme],
                    understanding=result.understanding,
                    secret=self._secret,
                    now=now,
                )
        except LedgerUnavailable:
            raise
        except Conflict:
            log.info("message left to another process", message=item.id)
        except Exception as error:  # noqa: BLE001  one bad message never stops the rest
            log.error("message not recorded", message=item.id, **_where(error))
        with self._database.writing() as session:
            messages.count_failure(session, item.id)
        return None

    def _quarantine(self, item: messages.Waiting, reason: str, now: datetime) -> None:
        log.warning("message quarantined", message=item.id, reason=reason)
        try:
            with self._database.writing() as session:
                messages.quarantine(session, item.id, reason, now)
        except Conflict:
            log.info("message left to another process", message=item.id)


def _where(error: Exception) -> dict[str, str]:
    """What failed and where, never in the error's own words: they may quote an applicant."""
    last = extract_tb(error.__traceback__)[-1]
    return {"error": type(error).__name__, "place": f"{Path(last.filename).name}:{last.lineno}"}


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """What came before a mailbox failed is given before its error."""
    batch: list[Item] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
    except MailboxError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
