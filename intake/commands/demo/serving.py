"""The demo after its end: the server stays, and whoever writes to it is answered."""

import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from intake.app import App
from intake.commands.printing import console
from intake.commands.staging.mailserver import MailServer

OPEN_DAY = datetime(2021, 8, 12, 9, tzinfo=UTC)
"""A day on which the grant call is open, so that an expression of interest gets its pack."""

BEAT = timedelta(seconds=2)


class DemoClock:
    """A clock that stood at the open day when it was made and has gone on since."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def __call__(self) -> datetime:
        return OPEN_DAY + timedelta(seconds=time.monotonic() - self._started)


def keep_serving(
    application: App, server: MailServer, accounts: Mapping[str, str], clock: DemoClock
) -> None:
    """Answer what is sent to the server until SIGINT or SIGTERM; what is being answered then is
    answered first."""
    out = console()
    out.print(f"\nIt is {clock():%A %-d %B %Y} in here, and the server goes on until Ctrl-C.")
    out.print(
        f"SMTP {server.host}:{server.smtp_port}, no log-in. Write to {' or '.join(accounts)}."
    )
    out.print(f"IMAP {server.host}:{server.imap_port}, no encryption, users as above,")
    out.print(f"password {next(iter(accounts.values()))}")
    told = len(server.delivered)
    with _asked_to_stop() as stopping:
        while not stopping.is_set():
            application.tick(clock())
            for letter in server.delivered[told:]:
                out.print(f"A letter of {len(letter.raw):,} bytes went to {letter.recipients[0]}.")
            told = len(server.delivered)
            stopping.wait(BEAT.total_seconds())
    out.print("Good night.")


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C and by SIGTERM while the block lasts."""
    stopping = threading.Event()
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stopping.set()) for number in numbers]
    try:
        yield stopping
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
