"""One performance of the demo: a server, an inbox, the real application, simulated instants.

The programmes ran in 2019 and 2021, so the demo's clock is each message's own time of receipt.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from itertools import groupby
from pathlib import Path

from intake.app import App, TickReport
from intake.commands.staging.mailserver import MailServer
from intake.commands.staging.setting import make_password, write_setting
from intake.config import Configuration, example_path, load_configuration
from intake.mailboxes.folder import received_at_of

INBOX = Path(__file__).with_name("inbox")

Progress = Callable[[str, int], None]
"""Called with what is being done and how many messages have been dealt with."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the sample inbox: its file name, its bytes, which account gets it and when."""

    name: str
    address: str
    received_at: datetime
    raw: bytes


def read_inbox(folder: Path = INBOX) -> tuple[Posted, ...]:
    """The sample messages in order of receipt."""
    found = [_posted(path) for path in sorted(folder.glob("*.eml"))]
    return tuple(sorted(found, key=lambda posted: posted.received_at))


def accounts_of(inbox: Iterable[Posted]) -> dict[str, str]:
    """A mail account for each address that gets a message, all with one fresh password."""
    password = make_password()
    return {posted.address: password for posted in inbox}


def configure(folder: Path, server: MailServer, password: str) -> Configuration:
    """Write the demo's configuration into `folder` and load it."""
    path = write_setting(
        folder,
        example_path().read_text(encoding="utf-8"),
        imap_port=server.imap_port,
        smtp_port=server.smtp_port,
        password=password,
    )
    return load_configuration(path)


def play(
    application: App, server: MailServer, inbox: Iterable[Posted], progress: Progress
) -> Iterator[TickReport]:
    """Deliver the messages instant by instant, with one tick at each; yields what each tick did."""
    done = 0
    for now, group in groupby(inbox, key=lambda posted: posted.received_at):
        posted = list(group)
        for message in posted:
            server.deliver(message.address, message.raw, message.received_at)

        def step(name: str, now: datetime = now, done: int = done) -> None:
            progress(f"{now:%d %b %Y}: {name}", done)

        yield application.tick(now, step=step)
        done += len(posted)
    progress("done", done)


def _posted(path: Path) -> Posted:
    raw = path.read_bytes()
    received_at = received_at_of(raw)
    address = message_from_bytes(raw)["Delivered-To"]
    if received_at is None or not address:
        raise ValueError(f"{path.name} has no Received or no Delivered-To header")
    return Posted(path.name, str(address), received_at, raw)
