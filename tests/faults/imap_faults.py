"""The mailbox's server fails at any command, in any way: what becomes of the messages."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import func
from sqlmodel import select

from intake.mailboxes.base import ImapAccount, MailboxError
from intake.mailboxes.imap import ImapMailbox
from intake.pipeline import Pipeline
from storage.archive import Archive
from storage.rows import MessageRow, MessageState
from tests.support.dovecot import Dovecot
from tests.support.empty_ledgers import open_empty_ledger
from tests.support.expressions import expression
from tests.support.programmes import PROGRAMMES
from tests.support.reading import HereReader
from tests.support.tap import CUT, FREEZE, Tap

KINDS = ("NO", "BAD", "BYE", "drop", "answer lost", "half an answer", "stall")
TRIES = 4
"""Ticks until all must be well: the one that is struck, and those after it."""
PATIENCE_SECONDS = 0.4
LONG_SECONDS = 20.0
NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)


@dataclass
class Found:
    """What the scenarios came to."""

    scenarios: int = 0
    commands: set[str] = field(default_factory=set)
    messages: int = 0
    lost: int = 0
    stored_twice: int = 0
    left_in_inbox: int = 0
    lost_from_mailbox: int = 0
    errors: Counter[str] = field(default_factory=Counter)


class _Fault:
    """Strikes at the nth command (0: at the greeting) of a line that is tapped."""

    def __init__(self, tap: Tap, nth: int, kind: str) -> None:
        self.struck: str | None = None
        self._left, self._kind = nth, kind
        self._spoils_next = nth == 0
        tap.interrupt, tap.spoil = self._hear, self._answer

    def _hear(self, line: str) -> Iterable[bytes] | None:
        self._left -= 1
        if self._left != 0:
            return None
        tag, _, rest = line.partition(" ")
        self.struck = " ".join(rest.upper().split()[: 2 if rest.upper().startswith("UID") else 1])
        match self._kind:
            case "NO" | "BAD":
                return (f"{tag} {self._kind} not now\r\n".encode(),)
            case "BYE":
                return (b"* BYE going down\r\n", CUT)
            case "drop":
                return (CUT,)
            case "stall":
                return (FREEZE,)
        self._spoils_next = True
        return None

    def _answer(self, data: bytes) -> Iterable[bytes]:
        if not self._spoils_next:
            return (data,)
        self._spoils_next, self.struck = False, self.struck or "greeting"
        match self._kind:
            case "NO" | "BAD" | "BYE":
                return (b"* BYE not now\r\n", CUT)
            case "stall":
                return (FREEZE,)
            case "half an answer":
                return (data[: len(data) // 2], CUT)
        return (CUT,)


def measure_imap(dovecot: Dovecot, every: int) -> Found:
    """Every `every`th fault, on a server that can MOVE and on one that can't."""
    found = Found()
    with tempfile.TemporaryDirectory() as name:
        for place, lacks in enumerate((b"", b" MOVE")):
            folder = Path(name) / str(place)
            folder.mkdir()
            _Bench(dovecot, folder, lacks, found).run(every, first=place * 10_000)
    return found


class _Bench:
    """One mailbox and one ledger, which all faults of one kind of server befall."""

    def __init__(self, dovecot: Dovecot, folder: Path, lacks: bytes, found: Found) -> None:
        self._dovecot, self._lacks, self._found = dovecot, lacks, found
        self._user = dovecot.new_user()
        self._database = open_empty_ledger(f"sqlite:///{folder}/ledger.db")
        archive = Archive(folder / "archive")
        self._pipeline = Pipeline(
            database=self._database,
            archive=archive,
            reader=HereReader(PROGRAMMES, archive),
            programmes={programme.slug: programme for programme in PROGRAMMES},
            secret=b"a test's own secret",
        )
        self._delivered = 0

    def run(self, every: int, *, first: int) -> None:
        faults = ((nth, kind) for nth in count() for kind in KINDS)
        for place, (nth, kind) in enumerate(faults):
            if place % every:
                continue
            self._delivered += 1
            self._dovecot.deliver(self._user, expression(first + self._delivered), NOON)
            if not self._strike(nth, kind):
                break
        self._judge()
        self._database.close()

    def _strike(self, nth: int, kind: str) -> bool:
        """Tick until all is well; False when the fault found no command to strike."""
        with Tap(self._dovecot.port) as tap:
            fault = _Fault(tap, nth, kind)
            spoil = fault._answer
            tap.spoil = lambda data: spoil(data.replace(self._lacks, b""))
            mailbox = self._open(tap, PATIENCE_SECONDS if kind == "stall" else LONG_SECONDS)
            for turn in range(TRIES):
                self._tick(mailbox)
                if kind == "stall":  # a busy machine answers late as well
                    mailbox.close()
                    mailbox = self._open(tap, LONG_SECONDS)
                if turn and not self._waiting():
                    break
            mailbox.close()
        if fault.struck is None:
            return False
        self._found.scenarios += 1
        self._found.commands.add(fault.struck)
        return True

    def _open(self, tap: Tap, timeout: float) -> ImapMailbox:
        account = ImapAccount(
            "ace",
            "127.0.0.1",
            tap.port,
            self._user,
            self._dovecot.password,
            security="plain",
            timeout=timeout,
        )
        return ImapMailbox(account)

    def _tick(self, mailbox: ImapMailbox) -> None:
        """As App walks it: what fails is left to the next tick."""
        try:
            self._pipeline.collect(mailbox, "ace", NOON)
            self._pipeline.understand_all(NOON)
            self._pipeline.file(mailbox, NOON)
        except MailboxError as error:
            self._found.errors[type(error).__name__] += 1

    def _waiting(self) -> int:
        """Messages in the inbox."""
        inbox = self._dovecot.maildir(self._user)
        return len([*(inbox / "new").iterdir(), *(inbox / "cur").iterdir()])

    def _judge(self) -> None:
        found = self._found
        with self._database.reading() as session:
            state = select(func.count()).select_from(MessageRow)
            stored = session.exec(state).one()
            recorded = session.exec(state.where(MessageRow.state == MessageState.RECORDED)).one()
        inbox = self._dovecot.maildir(self._user)
        filed = {path.read_bytes() for path in (inbox / ".Postroom.Processed").glob("[cn]*/*")}
        found.messages += self._delivered
        found.lost += self._delivered - min(recorded, stored)
        found.stored_twice += max(stored - self._delivered, 0)
        found.left_in_inbox += self._waiting()
        found.lost_from_mailbox += self._delivered - len(filed)
