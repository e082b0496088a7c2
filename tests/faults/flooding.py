"""Forged senders by the thousand, one text from many addresses, one victim for many texts."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake.mailboxes.base import FolderAccount
from responders.budgets import Caps, DeliverySettings
from storage import events, outbox
from storage.domain.letter import LetterState
from tests.support.expressions import expression
from tests.support.installations import Servers, make_installation
from tests.support.smtp_recorder import SmtpRecorder
from tests.support.worlds import make_app

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)


NEXT_MORNING = NOON + timedelta(hours=21)
PROJECT_EVERY = 5
"""One in so many forged messages proposes a project and is sent the pack."""


@dataclass(frozen=True)
class Flood:
    """What came of a flood: letters on the wire, and what kept the others back. `alarms` are
    letters that told an organiser of it by the next morning."""

    messages: int
    letters: int
    most_to_one: int
    tripped: int
    held: Counter[str | None]
    alarms: int


def flood(folder: Path, messages: Sequence[bytes], *, breaker: int) -> Flood:
    """All of `messages` wait in one inbox when the process comes to it."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    for number, raw in enumerate(messages):
        (inbox / f"{number:05d}.eml").write_bytes(raw)
    with SmtpRecorder() as recorder:
        installation = make_installation(folder, Servers(1, recorder.port, "nobody", "nothing"))
        installation = replace(
            installation,
            mailboxes={"ace": FolderAccount("inbox", inbox)},
            delivery=DeliverySettings(caps=Caps(breaker_an_hour=breaker)),
        )
        organisers = {one.address.email for one in installation.programmes[0].organisers}
        with make_app(installation) as app:
            app.tick(NOON)
            app.tick(NEXT_MORNING)
            with app.database.reading() as session:
                held = outbox.list_letters(session, state=LetterState.HELD, limit=10**6)
                history = events.recent(session, limit=10**6)
    readers = Counter(wire.recipients[0] for wire in recorder.received)
    told = sum(readers.pop(organiser, 0) for organiser in organisers)
    return Flood(
        messages=len(messages),
        letters=sum(readers.values()),
        most_to_one=max(readers.values()),
        tripped=sum(event.what == "breaker_tripped" for event in history),
        held=Counter(letter.rule for letter in held),
        alarms=told,
    )


def forged_senders(count: int) -> list[bytes]:
    """Each in the name of somebody else: a question of its own, or now and then a project."""
    return [
        _question(expression(number)) if number % PROJECT_EVERY else expression(number)
        for number in range(1, count + 1)
    ]


def _question(raw: bytes) -> bytes:
    """Asks something about the same project."""
    head, _, _ = raw.partition(b"\r\n\r\n")
    head = head.replace(b"Expression of interest", b"Question")
    number = head.partition(b"Question ")[2].split()[0]
    return head + b"\r\n\r\nMay trust number %s apply together with another one?\r\n" % number


def one_text_of_many(count: int) -> list[bytes]:
    """One text from one address after the other."""
    first = expression(1)
    return [
        first.replace(b"@project1.", b"@project%d." % number).replace(b"<1@", b"<%d@" % number)
        for number in range(1, count + 1)
    ]


def many_texts_of_one(count: int) -> list[bytes]:
    """One victim, in whose name many projects are proposed."""
    victim = b"victim@elsewhere.example"
    return [
        re.sub(rb"[A-Z][a-z]+@project\d+\.example>\r\nTo", victim + b">\r\nTo", expression(number))
        for number in range(1, count + 1)
    ]
