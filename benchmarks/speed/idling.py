"""From the delivery of a message to its reply at the server that takes letters, with `postroom run`
watching the mailbox (IMAP IDLE); beside a client that only waits for the word."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from benchmarks.speed.mail import message
from benchmarks.speed.measure import Figure, Measure, NotMeasured, Size
from benchmarks.speed.office import Office, open_office
from tests.support.configurations import GRANT, servers, write_configuration

PATIENCE = 30
"""Seconds after which a reply is not waited for any longer."""

INBOX = "ace@leadership.nhs.example"


def measure(size: Size) -> Iterator[Figure]:
    count = size.pick(full=20, small=2)
    with open_office() as office:
        bare = _bare(office, count)
        with _running(office):
            _reply(office, 1)  # the first waits for much to be loaded
            taken = [_reply(office, n) for n in range(2, count + 2)]
    yield Figure(
        f"delivery to reply on IDLE, 95th percentile of {count}",
        _late(taken),
        "s",
        most=2,
        ours=1000 * _late(taken),
        theirs=1000 * _late(bare),
        of="ms",
    )


def _late(seconds: list[float]) -> float:
    """The 95th percentile, by nearest rank."""
    return sorted(seconds)[-(-95 * len(seconds) // 100) - 1]


def _reply(office: Office, n: int) -> float:
    """Seconds until the reply to message `n` was taken."""
    before = len(office.sink.taken)
    delivered = time.monotonic()
    office.dovecot.deliver(INBOX, message(n))
    if not office.sink.wait_for(before + 1, seconds=PATIENCE):
        raise NotMeasured(f"no reply within {PATIENCE} seconds")
    return office.sink.taken[before].at - delivered


def _bare(office: Office, count: int) -> list[float]:
    """Seconds until a client hears of each message."""
    user, heard = office.dovecot.new_user(), []
    office.dovecot.maildir(user)
    with MailBoxUnencrypted("127.0.0.1", office.dovecot.port).login(
        user, office.dovecot.password
    ) as mailbox:
        for n in range(count):
            mailbox.idle.start()  # type: ignore[no-untyped-call]
            delivered = time.monotonic()
            office.dovecot.deliver(user, message(n))
            mailbox.idle.poll(timeout=PATIENCE)
            heard.append(time.monotonic() - delivered)
            mailbox.idle.stop()  # type: ignore[no-untyped-call]
    return heard


@contextmanager
def _running(office: Office) -> Iterator[None]:
    """The poller, on a call that is open today."""
    office.dovecot.maildir(INBOX)
    postroom = str(Path(sys.executable).parent / "postroom")
    process = subprocess.Popen(
        [postroom, "--config", str(_configure(office)), "run"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _configure(office: Office) -> Path:
    today = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    text = GRANT.replace("2021-07-05T09:00:00", (today - timedelta(days=2)).isoformat())
    text = text.replace("2021-08-20T17:00:00", (today + timedelta(days=60)).isoformat())
    folder = office.new_folder()
    account = servers(
        "ace",
        imap_port=office.dovecot.port,
        smtp_port=office.sink.port,
        password=office.dovecot.password,
    )
    return write_configuration(folder, f'data_folder = "{folder}"\n' + text + account)


MEASURE = Measure(12, "from delivery to reply", measure)
