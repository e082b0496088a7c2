"""An outbox with letters in it and a real server to hand them to, for tests of delivery."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from responders.delivery import Delivered, DeliverySettings, deliver
from responders.transports.base import SmtpAccount, Transport
from responders.transports.smtp import SmtpTransport
from storage import events, outbox
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import Letter, LetterDraft
from storage.domain.programme import Programme
from tests.support.empty_ledgers import open_empty_ledger
from tests.support.ledger import MONDAY, enqueue, make_draft
from tests.support.programmes import ACE, SURREY
from tests.support.smtp_recorder import SmtpRecorder

PROGRAMMES: Mapping[str, Programme] = {"ace": ACE, "surrey500": SURREY}
ANYTHING_GOES = DeliverySettings()


class Played:
    """A transport that plays a part: `act` is given each recipient and gives the reply."""

    def __init__(self, act: Callable[[str], str]) -> None:
        self.act = act
        self.offered: list[tuple[str, str, bytes]] = []

    def send(self, sender: str, recipient: str, content: bytes) -> str:
        self.offered.append((sender, recipient, content))
        return self.act(recipient)

    def close(self) -> None:
        """Nothing is open."""


class PostOffice:
    """The outbox of a ledger. Letters go to `transports`, by programme."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.archive = Archive(folder / "archive")
        self.transports: dict[str, Transport] = {}

    def enqueue(self, number: int = 1, **told: Any) -> int:
        """The id of letter `number`, to a reader of its own unless told otherwise; `told` are
        arguments of `draft`."""
        return self._enqueue([self.draft(number, **told)])[0]

    def enqueue_many(self, count: int) -> list[int]:
        return self._enqueue([self.draft(number) for number in range(1, count + 1)])

    def draft(
        self,
        number: int,
        *,
        recipient: str | None = None,
        programme: str = "ace",
        case_id: int | None = None,
        enclosure: bytes | None = None,
    ) -> LetterDraft:
        draft = make_draft(
            f"acknowledgement/message:{number}",
            recipient=recipient or f"reader{number}@place{number}.example",
            case_id=case_id,
            content=b"Subject: Letter %d\r\n\r\nGood morning\r\n" % number,
        )
        sha256 = self.archive.put(enclosure) if enclosure is not None else None
        return replace(draft, programme=programme, enclosure_sha256=sha256)

    def _enqueue(self, drafts: list[LetterDraft]) -> list[int]:
        with self.database.writing() as session:
            return [enqueue(session, draft).id for draft in drafts]

    def deliver(
        self,
        now: datetime | Callable[[], datetime] = MONDAY,
        settings: DeliverySettings = ANYTHING_GOES,
        *,
        limit: int = 500,
    ) -> Delivered:
        return deliver(
            self.database,
            self.archive,
            self.transports.__getitem__,
            programmes=PROGRAMMES,
            now=now,
            settings=settings,
            limit=limit,
        )

    def letter(self, letter_id: int) -> Letter:
        with self.database.reading() as session:
            return outbox.get(session, letter_id)

    def states(self) -> list[str]:
        """The state of each letter, in order of creation."""
        with self.database.reading() as session:
            return [letter.state.value for letter in reversed(outbox.list_letters(session))]

    def rules(self) -> list[str | None]:
        """The rule of each letter, in order of creation."""
        with self.database.reading() as session:
            return [letter.rule for letter in reversed(outbox.list_letters(session))]

    def release(self, letter_id: int, now: datetime = MONDAY) -> None:
        with self.database.writing() as session:
            outbox.release(session, letter_id, now, "Priya Raman")

    def history(self, what: str) -> int:
        """How often this stands in the history."""
        with self.database.reading() as session:
            return sum(event.what == what for event in events.recent(session, limit=100_000))

    def connect(self, recorder: SmtpRecorder, *slugs: str) -> None:
        """Hand the letters of these programmes (none: of all) to `recorder`."""
        for slug in slugs or PROGRAMMES:
            self.transports[slug] = SmtpTransport(account_of(recorder.port))

    def close(self) -> None:
        for transport in self.transports.values():
            transport.close()


def account_of(port: int) -> SmtpAccount:
    short = timedelta(seconds=5)
    return SmtpAccount("127.0.0.1", port, "plain", timeout=short, final_timeout=short)


@contextmanager
def open_post_office(database_url: str, folder: Path) -> Iterator[PostOffice]:
    """A post office on a new ledger at `database_url`."""
    database = open_empty_ledger(database_url)
    office = PostOffice(database, folder)
    yield office
    office.close()
    database.close()
