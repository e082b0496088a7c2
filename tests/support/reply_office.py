"""A ledger, what reads messages and what writes letters, in one process and without a server: for
tests of what people answer."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from intake.recording import record_message
from intake.understanding.understand import understand
from responders.planner import plan
from responders.rendering import Renderer
from storage import cases, decisions, messages, outbox
from storage.archive import Archive
from storage.database import Database
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import RecordedMessage
from storage.domain.people import Contact
from storage.domain.programme import Programme
from storage.programmes import watch
from tests.support.empty_ledgers import empty_ledger
from tests.support.ledger import open_case
from tests.support.programmes import ACE

ROOT = Path(__file__).parents[2]
SECRET = b"a test's own secret"
TRUSTED = "mx2.leadership.nhs.example"
ROSALIND = "rosalind.okoro@leadership.nhs.example"
PASS = f"{TRUSTED}; dmarc=pass header.from=leadership.nhs.example"


class ReplyOffice:
    """The grant call in the week after its outcomes; `now` moves on with each message."""

    def __init__(
        self,
        folder: Path,
        programme: Programme = ACE,
        *,
        now: datetime = datetime(2021, 9, 27, 9, 0, tzinfo=UTC),
        ledger: bytes | None = None,
    ) -> None:
        self.programme = programme
        self.now = now
        (folder / "ledger.db").write_bytes(ledger or empty_ledger())
        self.database = Database(f"sqlite:///{folder / 'ledger.db'}")
        self._archive = Archive(folder / "archive")
        self._renderer = Renderer(
            ROOT / "templates", archive=self._archive, secret=SECRET, packs={}
        )
        self.number = 100
        self.step = timedelta(minutes=30)

    def receive(
        self,
        text: str,
        *fields: str,
        sender: str,
        subject: str = "ACE",
        to: str | None = None,
        content_type: str = "text/plain; charset=utf-8",
        message_id: str | None = None,
    ) -> RecordedMessage:
        """A message comes in, is read and recorded, and the letters that are due are written."""
        self.number += 1
        head = (
            *fields,
            f"From: {sender}",
            f"To: {to or self.programme.inbox}",
            f"Subject: {subject}",
            f"Message-ID: {message_id or f'<{self.number}@people.example>'}",
            "MIME-Version: 1.0",
            f"Content-Type: {content_type}",
        )
        body = text.replace("\r\n", "\n").replace("\n", "\r\n")
        return self.take("\r\n".join(head).encode() + b"\r\n\r\n" + body.encode())

    def take(self, raw: bytes) -> RecordedMessage:
        """The same with the bytes of a whole message."""
        self.now += self.step
        understood = understand(
            raw, programmes=[self.programme], trusted_authserv_ids=frozenset({TRUSTED})
        )
        arrival = messages.Arrival(
            "inbox", f"{self.now}", hashlib.sha256(raw).hexdigest(), len(raw), self.now, "ace"
        )
        with self.database.writing() as session:
            messages.remember(session, [arrival], self.now)
            (item,) = messages.waiting(session, 10)
            recorded = record_message(
                session,
                item,
                programme=self.programme,
                understanding=understood.understanding,
                secret=SECRET,
                now=self.now,
            )
        self.plan()
        return recorded

    def plan(self) -> tuple[Letter, ...]:
        """The letters that are due now are written."""
        with self.database.writing() as session:
            watch(session, self.programme, self.now)
        configured = {self.programme.slug: self.programme}
        planned = plan(self.database, configured=configured, renderer=self._renderer, now=self.now)
        assert planned.unwritten == ()
        return planned.enqueued

    def send(self) -> None:
        """What waits in the outbox leaves."""
        with self.database.writing() as session:
            for letter in outbox.claim(session, self.now, 1000, "test"):
                outbox.mark_sent(session, letter.id, self.now, "250 OK")

    def tell_outcomes(self, *outcomes: Outcome) -> list[Case]:
        """A case for each outcome, its applicant told."""
        with self.database.writing() as session:
            opened = [self._apply(session, number) for number in range(1, len(outcomes) + 1)]
            for case, outcome in zip(opened, outcomes, strict=True):
                decision = decisions.decide(
                    session, case, Ruling(outcome), reason="So.", by=ROSALIND, now=self.now
                )
                decisions.release(
                    session, [(case, decision)], by=ROSALIND, now=self.now, not_before=self.now
                )
        self.plan()
        self.send()
        return opened

    def _apply(self, session: Session, number: int) -> Case:
        email = f"lead{number}@trust{number}.example"
        contact = Contact(f"Lead Number{number}", email, "+447700900101", "Manager", "A Trust")
        return open_case(session, number, contact=contact, state=CaseState.APPLIED)

    def case(self, id: int) -> Case:
        with self.database.reading() as session:
            return cases.get(session, id)

    def letters(self, *kinds: LetterKind) -> list[Letter]:
        """Those of these kinds, or all, in order of writing."""
        with self.database.reading() as session:
            found = outbox.list_letters(session, limit=500)
        return [x for x in reversed(found) if not kinds or x.kind in kinds]

    def letter_to(self, case: Case, *kinds: LetterKind) -> Letter:
        """The newest one of these kinds about a case."""
        return next(x for x in reversed(self.letters(*kinds)) if x.case_id == case.id)

    def wire(self, letter: Letter) -> bytes:
        with self.database.reading() as session:
            return outbox.wire_parts(session, letter.id)[0]


def leaving(letters: Iterable[Letter]) -> list[LetterKind]:
    """The kinds of those that a person need not let go first."""
    return [x.kind for x in letters if x.state in (LetterState.QUEUED, LetterState.SENT)]


def run_by(*emails: str, programme: Programme = ACE) -> Programme:
    """The programme with only these of its organisers."""
    kept = tuple(one for one in programme.organisers if one.address.email in emails)
    return replace(programme, organisers=kept)
