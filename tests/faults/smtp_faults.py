"""The submission server fails at any stage, in any way, once or twice: what becomes of letters."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from responders.budgets import Caps, DeliverySettings
from responders.transports.base import SmtpAccount
from responders.transports.smtp import SmtpTransport
from tests.support.certificates import Certificate, make_certificate
from tests.support.ledger import MONDAY
from tests.support.post_office import PostOffice, account_of, open_post_office
from tests.support.smtp_recorder import (
    ACCEPT_THEN_DROP,
    DROP,
    STALL,
    SmtpOptions,
    SmtpRecorder,
)

ANSWERS = (
    "421 4.3.2 Busy",
    "451 4.3.0 Later",
    "550 5.1.1 No",
    "554 5.7.1 No",
    "hello",
    DROP,
    STALL,
)
ONCE_A_CONNECTION = ("connect", "ehlo")
OF_A_LETTER = ("mail", "rcpt", "data", "end")
BEFORE_THE_END = ("mail", "rcpt", "data")
LETTERS = 3
"""Letters of a scenario: the fault may strike the first, or a later one on a kept connection."""

LATER = timedelta(minutes=20)
ROUNDS = 12
A_MOMENT = timedelta(milliseconds=400)
LONG = timedelta(seconds=20)
ROOM = 10**6
PLENTY = DeliverySettings(caps=Caps(ROOM, ROOM, ROOM, ROOM, ROOM))
PASSWORD = "correct-horse"


@dataclass(frozen=True)
class Fault:
    """What the server says, so many times from the nth time on that it comes to a stage."""

    stage: str
    nth: int
    answer: str
    times: int = 1

    @property
    def is_final(self) -> bool:
        """The server refuses one letter for good."""
        return self.stage in OF_A_LETTER and self.answer.startswith("5")


@dataclass
class Found:
    """What the scenarios came to. `copies` are acceptances of a letter beyond its first."""

    scenarios: int = 0
    struck: int = 0
    letters: int = 0
    lost: int = 0
    refused_for_good: int = 0
    failed: int = 0
    accepted_then_dropped: int = 0
    copies: int = 0
    other_bytes: int = 0
    answers: Counter[str] = field(default_factory=Counter)


def every_fault() -> Iterator[Fault]:
    for answer in ANSWERS:
        for stage in ONCE_A_CONNECTION:
            yield Fault(stage, 1, answer)
            yield Fault(stage, 1, answer, times=2)
        for nth in range(1, LETTERS + 1):
            for stage in OF_A_LETTER:
                yield Fault(stage, nth, answer)
            if not answer.startswith("5"):
                for stage in BEFORE_THE_END:
                    yield Fault(stage, nth, answer, times=2)
    for nth in range(1, LETTERS + 1):
        yield Fault("end", nth, ACCEPT_THEN_DROP)


def every_fault_of_a_log_in() -> Iterator[Fault]:
    for answer in ANSWERS:
        for stage in ("connect", "starttls", "auth", "ehlo"):
            yield Fault(stage, 1, answer)
        yield Fault("ehlo", 2, answer)


def measure_smtp(every: int) -> Found:
    """Every `every`th fault, each on letters and a connection of its own."""
    found = Found()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        certificate = make_certificate(folder / "tls", "127.0.0.1")
        with open_post_office(f"sqlite:///{folder}/ledger.db", folder) as office:
            bench = _Bench(office, found)
            with SmtpRecorder() as plain:
                for fault in list(every_fault())[::every]:
                    bench.strike(plain, account_of(plain.port), fault)
            with SmtpRecorder(_encrypted(certificate)) as encrypted:
                account = _logging_in(encrypted, certificate)
                for fault in list(every_fault_of_a_log_in())[::every]:
                    bench.strike(encrypted, account, fault)
    return found


def _encrypted(certificate: Certificate) -> SmtpOptions:
    return SmtpOptions(
        security="starttls", certificate=certificate, passwords={"postroom": PASSWORD}
    )


def _logging_in(recorder: SmtpRecorder, certificate: Certificate) -> SmtpAccount:
    return replace(
        account_of(recorder.port),
        security="starttls",
        cafile=certificate.cafile,
        username="postroom",
        password=PASSWORD,
    )


def _waiting(account: SmtpAccount, patience: timedelta) -> SmtpTransport:
    return SmtpTransport(replace(account, timeout=patience, final_timeout=patience))


class _Bench:
    """One outbox and a clock that only goes on."""

    def __init__(self, office: PostOffice, found: Found) -> None:
        self._office = office
        self._found = found
        self._now: datetime = MONDAY
        self._number = 0

    def strike(self, recorder: SmtpRecorder, account: SmtpAccount, fault: Fault) -> None:
        """Send a few letters while the server fails; then see what came of them."""
        office, found = self._office, self._found
        office.transports["ace"] = _waiting(account, A_MOMENT if fault.answer == STALL else LONG)
        ids = [office.enqueue(self._number + n) for n in range(1, LETTERS + 1)]
        self._number += LETTERS
        struck = self._fail(recorder, fault)
        before = len(recorder.received)
        for _ in range(ROUNDS):
            self._now += LATER
            office.deliver(self._now, PLENTY)
            if all(office.letter(id).state.value in ("sent", "failed") for id in ids):
                break
            if struck and fault.answer == STALL:  # a busy machine answers late as well
                office.close()
                office.transports["ace"] = _waiting(account, LONG)
        office.close()
        found.scenarios += 1
        found.struck += bool(struck)
        found.letters += LETTERS
        found.answers[fault.answer.strip("<>")] += 1
        self._judge(ids, [wire.raw for wire in recorder.received[before:]], fault)

    def _judge(self, ids: list[int], wires: list[bytes], fault: Fault) -> None:
        found, states = self._found, [self._office.letter(id).state.value for id in ids]
        copies = Counter(wires)
        found.failed += states.count("failed")
        found.refused_for_good += fault.is_final
        found.accepted_then_dropped += fault.answer == ACCEPT_THEN_DROP
        found.copies += len(wires) - len(copies)
        found.other_bytes += max(len(copies) - LETTERS, 0)
        found.lost += LETTERS - states.count("failed") - min(states.count("sent"), len(copies))

    def _fail(self, recorder: SmtpRecorder, fault: Fault) -> list[int]:
        """Let the server fail; gives the times at which it did."""
        heard: Counter[str] = Counter()
        struck: list[int] = []

        def reply(stage: str, _argument: str) -> str | None:
            heard[stage] += 1
            if stage != fault.stage or not fault.nth <= heard[stage] < fault.nth + fault.times:
                return None
            struck.append(heard[stage])
            return fault.answer

        recorder.options = replace(recorder.options, replies=reply)
        return struck
