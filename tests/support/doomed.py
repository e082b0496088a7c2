"""A process that delivers the letters of an outbox and dies in the middle of it.

Run as `python -m tests.support.doomed DATABASE_URL FOLDER PORT WHEN NTH`: SIGKILL `before` or
`after` the nth hand-over (from 1), and again and again, or `never`."""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from responders.doubts import resolve_doubts
from responders.transports.smtp import SmtpTransport
from storage.database import Database
from tests.support.ledger import MONDAY
from tests.support.post_office import PostOffice, account_of


class DoomedTransport(SmtpTransport):
    """Dies where it is told to."""

    when = "never"
    left = 0

    def send(self, sender: str, recipient: str, content: bytes) -> str:
        self.left -= 1
        if self.left == 0 and self.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        reply = super().send(sender, recipient, content)
        if self.left == 0 and self.when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return reply


def main(url: str, folder: str, port: str, when: str, nth: str) -> None:
    transport = DoomedTransport(account_of(int(port)))
    transport.when, transport.left = when, int(nth)
    database = Database(url)
    office = PostOffice(database, Path(folder))
    office.transports["ace"] = transport
    resolve_doubts(database, MONDAY + timedelta(seconds=1))
    office.deliver(MONDAY + timedelta(seconds=1))
    office.close()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
