"""The demo after its end: the server stays, and whoever writes to it is answered."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from intake.app import App
from intake.commands.demo.mailserver import MailServer
from intake.commands.printing import console

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
    """Answer what is sent to the server until somebody interrupts it."""
    out = console()
    out.print(f"\nIt is {clock():%A %-d %B %Y} in here, and the server goes on until Ctrl-C.")
    out.print(
        f"SMTP {server.host}:{server.smtp_port}, no log-in. Write to {' or '.join(accounts)}."
    )
    out.print(f"IMAP {server.host}:{server.imap_port}, no encryption, users as above,")
    out.print(f"password {next(iter(accounts.values()))}")
    told = len(server.delivered)
    try:
        while True:
            application.tick(clock())
            for letter in server.delivered[told:]:
                out.print(f"A letter of {len(letter.raw):,} bytes went to {letter.recipients[0]}.")
            told = len(server.delivered)
            time.sleep(BEAT.total_seconds())
    except KeyboardInterrupt:
        out.print("Good night.")
