"""One batch of fetched messages: archived, understood, recorded, then filed in the mailbox.

Each step commits before the next begins, so the process may die between any two of them: what
is not stored is still in the mailbox, what is stored is never stored again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

import structlog

from intake.isolation import Failure, Reader
from intake.mailboxes.base import Destination, FetchedMessage, Mailbox
from intake.recording import record_message
from storage import messages
from storage.archive import Archive
from storage.database import Database
from storage.domain.message import RecordedMessage
from storage.domain.programme import Programme
from storage.errors import LedgerUnavailable

log = structlog.get_logger(__name__)

FETCH_BATCH = 100
"""Messages a fetch: few round trips, and never more than these in memory."""

READ_BATCH = 50
"""Messages handed to the parser at once, so that its children stay busy."""

FILE_BATCH = 500
"""Messages moved with one command."""

TOO_BIG = "too_big"

Recorded = Callable[[RecordedMessage], None]
"""Called after each message that was recorded."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Intake:
    """What a run of the pipeline did, in numbers. `new` are the messages nobody had seen."""

    fetched: int = 0
    new: int = 0
    recorded: int = 0
    quarantined: int = 0
    filed: int = 0

    def __add__(self, other: "Intake") -> "Intake":
        return Intake(
            self.fetched + other.fetched,
            self.new + other.new,
            self.recorded + other.recorded,
            self.quarantined + other.quarantined,
            self.filed + other.filed,
        )


class Pipeline:
    """The walk of messages from a mailbox into the ledger."""

    def __init__(
        self,
        *,
        database: Database,
        archive: Archive,
        reader: Reader,
        programmes: Mapping[str, Programme],
    ) -> None:
        self._database = database
        self._archive = archive
        self._reader = reader
        self._programmes = programmes

    def collect(self, mailbox: Mailbox, slug: str | None, now: datetime) -> Intake:
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
            done += Intake(fetched=len(batch), new=new)
        return done

    def understand(
        self, now: datetime, *, recorded: Recorded | None = None, at_receipt: bool = False
    ) -> Intake:
        """Understand and record all that is remembered; quarantine what can't be understood.

        `at_receipt` records each message as of its own receipt: the clock of a rehearsal.
        """
        done = self._quarantine_exhausted(now)
        while waiting := self._waiting():
            readable = [item for item in waiting if not item.too_big]
            for item in waiting:
                if item.too_big:
                    self._quarantine(item, TOO_BIG, now)
            count = 0
            for message in self._read_and_record(readable, None if at_receipt else now):
                count += 1
                if recorded:
                    recorded(message)
            done += Intake(recorded=count)
            done += self._quarantine_exhausted(now)
        return done

    def file(self, mailbox: Mailbox, now: datetime) -> Intake:
        """Move what is recorded out of the inbox; what is still there is tried again next time.

        Raises MailboxError when the mailbox fails.
        """
        with self._database.reading() as session:
            sightings = messages.to_file(session, mailbox.name, FILE_BATCH)
        filed = 0
        for destination in Destination:
            is_quarantine = destination is Destination.QUARANTINE
            ids = {s.key: s.id for s in sightings if s.quarantined is is_quarantine}
            gone = mailbox.file(list(ids), destination) if ids else set()
            with self._database.writing() as session:
                messages.mark_filed(session, [ids[key] for key in gone], now)
            filed += len(gone)
        return Intake(filed=filed)

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

    def _waiting(self) -> tuple[messages.Waiting, ...]:
        with self._database.reading() as session:
            return messages.waiting(session, READ_BATCH)

    def _quarantine_exhausted(self, now: datetime) -> Intake:
        with self._database.reading() as session:
            exhausted = messages.exhausted(session)
        for item in exhausted:
            self._quarantine(item, "tried too often", now)
        return Intake(quarantined=len(exhausted))

    def _quarantine(self, item: messages.Waiting, reason: str, now: datetime) -> None:
        log.warning("message quarantined", message=item.id, reason=reason)
        with self._database.writing() as session:
            messages.quarantine(session, item.id, reason, now)

    def _read_and_record(
        self, waiting: list[messages.Waiting], now: datetime | None
    ) -> Iterator[RecordedMessage]:
        raws = [(self._archive.get(item.sha256), item.programme) for item in waiting]
        for item, result in zip(waiting, self._reader.read(raws), strict=True):
            instant = now or item.received_at
            if isinstance(result, Failure):
                self._quarantine(item, result.reason, instant)
                continue
            try:
                with self._database.writing() as session:
                    message = record_message(
                        session,
                        item,
                        programme=self._programmes[result.programme],
                        understanding=result.understanding,
                        now=instant,
                    )
            except LedgerUnavailable:
                raise
            except Exception as error:  # noqa: BLE001  one bad message never stops the rest
                log.error("message not recorded", message=item.id, **_where(error))
                self._count_failure(item)
                continue
            yield message

    def _count_failure(self, item: messages.Waiting) -> None:
        with self._database.writing() as session:
            messages.count_failure(session, item.id)


def _where(error: Exception) -> dict[str, str]:
    """What failed and where, never in the error's own words: they may quote an applicant."""
    last = extract_tb(error.__traceback__)[-1]
    return {"error": type(error).__name__, "place": f"{Path(last.filename).name}:{last.lineno}"}


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
