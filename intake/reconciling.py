"""A mailbox held against the ledger: what is missing is read, what is lost is stored again, what
neither heals is named."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from intake.mailboxes.base import Destination, FetchedMessage, Mailbox, MessageFailed
from intake.pipeline import Intake, Pipeline
from storage import messages, reconciliations
from storage.archive import Archive
from storage.database import Database
from storage.domain.reconciling import Comparison, Known, Lying, Reconciliation, compare

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=1)
"""How old a comparison is when it is made anew."""

MOST_IDENTIFIED = 50
"""Messages that are read in one go, because nothing else tells what they are or because they are
lost; the others come in an hour."""


@dataclass(frozen=True, slots=True)
class Healed:
    """What was put right, in numbers of messages: read from the inbox, filed where they belong,
    stored again, taken in on a person's word."""

    read: int = 0
    filed: int = 0
    restored: int = 0
    taken_in: int = 0


class Reconciler:
    """Compares the mailboxes of one installation. Its methods raise MailboxError and StorageError;
    what was healed before stays. One message that a mailbox can't give or move stops nothing: it
    counts as what it is then, unread or unfiled."""

    def __init__(self, database: Database, archive: Archive, pipeline: Pipeline) -> None:
        self._database = database
        self._archive = archive
        self._pipeline = pipeline

    def is_due(self, mailbox_name: str, now: datetime) -> bool:
        """True where the newest comparison is old, or there is none."""
        with self._database.reading() as session:
            last = reconciliations.find(session, mailbox_name)
        return last is None or now - last.at >= EVERY

    def look(self, mailbox: Mailbox, slug: str, now: datetime) -> Reconciliation:
        """How they stand; nothing changes, and no message is read."""
        with self._database.reading() as session:
            last = reconciliations.find(session, mailbox.name)
        survey = self._survey(mailbox, last.strays if last else ())
        return self._told(survey, mailbox, slug, now)

    def reconcile(
        self, mailbox: Mailbox, slug: str, now: datetime, *, takes_in: bool = False
    ) -> tuple[Reconciliation, Healed]:
        """Heal what can be healed safely, then write down how they stand. `takes_in`: what lies
        where messages are filed and was never stored is read as if it had just come; it is
        answered."""
        with self._database.reading() as session:
            last = reconciliations.find(session, mailbox.name)
        did: list[Intake] = []
        with suppress(MessageFailed):
            self._pipeline.collect(mailbox, slug, now, told=did.append)
        with suppress(MessageFailed):
            self._pipeline.file(mailbox, now, told=did.append)
        healed = sum(did, Intake())
        survey = self._survey(mailbox, last.strays if last else ())
        filed = healed.filed + mailbox.refile(survey.compared.misfiled, Destination.PROCESSED)
        restored = self._restore(mailbox, survey)
        strays, taken_in = self._identify(mailbox, survey, slug, now, takes_in=takes_in)
        survey = self._survey(mailbox, strays)
        told = self._told(survey, mailbox, slug, now)
        with self._database.writing() as session:
            reconciliations.note(session, told, survey.compared)
        log.info("reconciled", programme=slug, agrees=told.agrees, restored=restored)
        return told, Healed(healed.new, filed, restored, taken_in)

    def _survey(self, mailbox: Mailbox, strays: Collection[str]) -> "_Survey":
        lying = [
            Lying(
                one.key,
                is_inbox=one.place is None,
                received_at=one.received_at,
                size=one.size,
                is_aside=one.place is Destination.QUARANTINE,
            )
            for one in mailbox.survey()
        ]
        with self._database.reading() as session:
            known = reconciliations.known_places(session, mailbox.name)
        return _Survey(known, compare(lying, known, strays=strays), frozenset(strays))

    def _told(
        self, survey: "_Survey", mailbox: Mailbox, slug: str, now: datetime
    ) -> Reconciliation:
        compared = survey.compared
        return Reconciliation(
            mailbox=mailbox.name,
            programme=slug,
            at=now,
            in_mailbox=compared.in_mailbox,
            in_ledger=compared.in_ledger,
            unread=len(compared.unread),
            unfiled=len(compared.unfiled),
            gone=len(compared.gone),
            lost_bytes=len(self._lost(survey)),
            strays=compared.unknown,
        )

    def _identify(
        self, mailbox: Mailbox, survey: "_Survey", slug: str, now: datetime, *, takes_in: bool
    ) -> tuple[frozenset[str], int]:
        """Read what nothing else tells: the keys of what is none of ours, and how many of it were
        taken in."""
        here = set(survey.compared.unknown)
        strays = survey.strays & here
        wanted = sorted(here if takes_in else here - strays)[:MOST_IDENTIFIED]
        taken_in = 0
        for fetched in _recalled(mailbox, wanted):
            sha256 = hashlib.sha256(fetched.raw).hexdigest()
            if self._note_known(mailbox.name, fetched, sha256, now):
                continue
            if takes_in:
                taken_in += self._remember(mailbox.name, fetched, slug, now)
            else:
                strays |= {fetched.key}
        return strays, taken_in

    def _note_known(
        self, mailbox_name: str, fetched: FetchedMessage, sha256: str, now: datetime
    ) -> bool:
        """Remember where a message lies that the ledger knows; False where it knows none."""
        with self._database.writing() as session:
            message_id = reconciliations.find_known(session, sha256)
            if message_id is not None:
                reconciliations.note_place(
                    session,
                    mailbox_name,
                    fetched.key,
                    message_id,
                    received_at=fetched.received_at,
                    now=now,
                )
        return message_id is not None

    def _remember(
        self, mailbox_name: str, fetched: FetchedMessage, slug: str, now: datetime
    ) -> int:
        """Store a message as if it had just come; the next tick understands it."""
        arrival = messages.Arrival(
            mailbox=mailbox_name,
            key=fetched.key,
            sha256=self._archive.put(fetched.raw),
            size=fetched.size,
            received_at=fetched.received_at,
            programme=slug,
            too_big=fetched.too_big,
        )
        with self._database.writing() as session:
            return messages.remember(session, [arrival], now)

    def _restore(self, mailbox: Mailbox, survey: "_Survey") -> int:
        """Store the bytes again that were lost, from the mailbox that still has them."""
        wanted = self._lost(survey)
        keys = [survey.compared.found[id] for id in wanted if id in survey.compared.found]
        restored = 0
        for fetched in _recalled(mailbox, keys[:MOST_IDENTIFIED]):
            if hashlib.sha256(fetched.raw).hexdigest() in wanted.values():
                self._archive.put(fetched.raw)
                restored += 1
        return restored

    def _lost(self, survey: "_Survey") -> dict[int, str]:
        """Hashes of what the archive should hold and doesn't, by message. What was erased stays
        so."""
        held = {one.message_id: one.sha256 for one in survey.known if not one.is_erased}
        return {id: sha256 for id, sha256 in held.items() if not self._archive.has(sha256)}


def _recalled(mailbox: Mailbox, keys: Sequence[str]) -> Iterator[FetchedMessage]:
    """Those of these messages that the mailbox can give."""
    with suppress(MessageFailed):
        yield from mailbox.recall(keys)


@dataclass(frozen=True, slots=True)
class _Survey:
    """What the ledger knows of a mailbox, held against what lies there; `strays` were read before
    and are none of ours."""

    known: tuple[Known, ...]
    compared: Comparison
    strays: frozenset[str]
