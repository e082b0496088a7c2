"""A process that runs out of disk in the middle of its work and goes on when there is room again.

Run as `python -m tests.support.cramped FOLDER SMTP_PORT TICKS BYTES`: no file may grow beyond BYTES
during the first TICKS. Prints for each tick whether it was done or given up."""

import resource
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake.app import App
from intake.mailboxes.base import MaildirAccount
from responders.errors import ResponderError
from storage.errors import StorageError
from tests.support.installations import Servers, make_installation

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
STEP = timedelta(minutes=6)
"""Between two ticks: back-offs are over."""


def open_house(folder: Path, smtp_port: int, *, url: str | None = None) -> App:
    """ACE on the Maildir `folder/ace`."""
    data = folder / "data"
    base = make_installation(data, Servers(0, smtp_port, "", "x"), database_url=url)
    account = MaildirAccount(name=base.programmes[0].inbox, path=folder / "ace")
    return App(replace(base, mailboxes={"ace": account}))


def tick(app: App, now: datetime) -> bool:
    """Whether the tick went through; what the heartbeat leaves to the next one is no end."""
    try:
        app.tick(now)
    except (StorageError, ResponderError):
        return False
    return True


def main(folder: str, smtp_port: str, cramped_ticks: str, limit: str) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with open_house(Path(folder), int(smtp_port)) as app:
        app.database.check()
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), hard))
        done = [tick(app, NOON + n * STEP) for n in range(int(cramped_ticks))]
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        begun = int(cramped_ticks)
        done += [tick(app, NOON + (begun + n) * STEP) for n in range(3)]
    sys.stdout.write(" ".join("done" if one else "given-up" for one in done) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
