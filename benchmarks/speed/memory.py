"""The most memory that reading needs while many messages wait, beside few, and beside imap-tools
that fetches all at once. Each reader is a process of its own."""

import sys
from collections.abc import Iterator
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from benchmarks.speed.mail import RECEIVED_AT, mixed_mail
from benchmarks.speed.measure import Figure, Measure, Size
from benchmarks.speed.office import Office, open_office
from benchmarks.speed.peaks import run_and_watch
from benchmarks.speed.sink import ROOT
from intake.app import App
from tests.support.installations import Servers, make_installation

AT_ONCE = 500
"""Messages laid into the inbox at a time, so that we need little memory ourselves."""


def measure(size: Size) -> Iterator[Figure]:
    with open_office() as office:
        few, many = (
            _wait(office, count)
            for count in (size.pick(full=1_000, small=20), size.pick(full=10_000, small=60))
        )
        ours_few, ours_many = (_peak(office, "postroom", user) for user in (few, many))
        theirs_few, theirs_many = (_peak(office, "bulk", user) for user in (few, many))
    name = "memory with 10,000 waiting, beside 1,000"
    if size is Size.SMALL:
        name = "memory with 60 waiting, beside 20"
    yield Figure(name, ours_many / ours_few, most=1.15, ours=ours_many, theirs=ours_few, of="MB")
    yield Figure(
        "the same, of imap-tools in bulk",
        theirs_many / theirs_few,
        ours=theirs_many,
        theirs=theirs_few,
        of="MB",
    )


def _wait(office: Office, count: int) -> str:
    """An account in whose inbox so many messages wait."""
    user = office.dovecot.new_user()
    for first in range(1, count + 1, AT_ONCE):
        office.deliver(user, mixed_mail(min(AT_ONCE, count + 1 - first), first=first))
    return user


def _peak(office: Office, reader: str, user: str) -> float:
    """Megabytes."""
    words = [sys.executable, "-m", "benchmarks.speed.memory", reader, str(office.dovecot.port)]
    words += [user, office.dovecot.password, str(office.new_folder())]
    return run_and_watch(words, folder=ROOT)[1] / 2**20


def _read(reader: str, port: int, user: str, password: str, folder: Path) -> None:
    """What the processes do."""
    if reader == "bulk":
        with MailBoxUnencrypted("127.0.0.1", port).login(user, password) as mailbox:
            for _ in mailbox.fetch(mark_seen=False, bulk=True):
                pass
        return
    with App(make_installation(folder, Servers(port, 1, user, password)), sends=False) as app:
        app.pipeline.collect(app.mailbox("ace"), "ace", RECEIVED_AT)


MEASURE = Measure(10, "memory", measure)

if __name__ == "__main__":
    _read(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], Path(sys.argv[5]))
