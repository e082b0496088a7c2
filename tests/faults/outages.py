"""R5: the disk is full, the ledger is locked, PostgreSQL is stopped at once: nothing is lost, and
all goes on without a restart."""

import itertools
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import intake.pipeline
import storage.database
from intake.app import App
from responders.transports.smtp import SmtpTransport
from storage import messages, outbox
from storage.archive import Archive
from storage.domain.letter import LetterKind, LetterState
from tests.faults.board import Figure, Measured, Size, exactly, none_of
from tests.support.cramped import NOON, STEP, open_house, tick
from tests.support.expressions import expression
from tests.support.postgres import Postgres, find_programs
from tests.support.smtp_recorder import SmtpRecorder

MESSAGES = 3
"""Of each outage."""

STOPS: tuple[tuple[Any, str, str], ...] = (
    (Archive, "put_all", "after"),
    (messages, "remember", "after"),
    (intake.pipeline, "record_message", "after"),
    (outbox, "enqueue", "after"),
    (SmtpTransport, "send", "before"),
    (SmtpTransport, "send", "after"),
    (outbox, "mark_sent", "after"),
)
"""In the middle of what PostgreSQL is stopped: nothing of it is committed yet, or something of it
that nobody can tell."""


@dataclass
class Toll:
    """What all outages together came to."""

    outages: int = 0
    given_up: int = 0
    delivered: int = 0
    lost: int = 0
    copies: int = 0
    strangers: int = 0

    def count(self, app: App, recorder: SmtpRecorder, delivered: int) -> None:
        """Every message is a case with one pack that was sent; copies on the wire are counted."""
        with app.database.reading() as session:
            letters = outbox.list_letters(session, kind=LetterKind.APPLICATION_PACK, limit=10_000)
        sent = sum(letter.state is LetterState.SENT for letter in letters)
        wires = Counter(wire.raw for wire in recorder.received)
        self.delivered += delivered
        self.lost += max(0, delivered - sent)
        self.strangers += max(0, len(letters) - delivered)
        self.copies += sum(wires.values()) - len(wires)


def measure(size: Size) -> Measured:
    """Each sort of outage so many times, in one ledger each, the process alive throughout."""
    toll = Toll()
    times = size.pick(full=6, small=1)
    _disk_full(toll, times)
    _ledger_locked(toll, times)
    _postgres_stopped(toll, STOPS if size is Size.FULL else STOPS[2::3])
    return Measured(
        (
            Figure("outages", toll.outages, least=size.pick(full=19, small=4)),
            exactly("messages answered", toll.delivered - toll.lost, toll.delivered),
            none_of("lost", toll.lost),
            none_of("cases too many", toll.strangers),
            none_of("copies", toll.copies),
        ),
        (f"{toll.given_up} ticks were given up, and no process was started again",),
    )


def _disk_full(toll: Toll, times: int) -> None:
    """No file grows beyond a limit that another step of the work meets each time."""
    for limit in itertools.islice(itertools.cycle((0, 512, 4_096, 20_000, 60_000, 200_000)), times):
        with _house() as (folder, recorder):
            with open_house(folder, recorder.port) as app:
                app.tick(NOON - STEP)
            _put(folder, range(MESSAGES))
            command = [sys.executable, "-m", "tests.support.cramped"]
            command += [str(folder), str(recorder.port), "2", str(limit)]
            ran = subprocess.run(command, check=True, capture_output=True, timeout=120)
            done = ran.stdout.decode().split()
            toll.outages += 1
            toll.given_up += done.count("given-up")
            with open_house(folder, recorder.port) as app:
                toll.count(app, recorder, MESSAGES)


def _ledger_locked(toll: Toll, times: int) -> None:
    """Another program holds the ledger's lock for longer than anybody waits."""
    with (
        patch.object(storage.database, "BUSY_SECONDS", 1),
        _house() as (folder, recorder),
        open_house(folder, recorder.port) as app,
    ):
        app.tick(NOON)
        for number in range(times):
            _put(folder, range(number * MESSAGES, (number + 1) * MESSAGES))
            now = NOON + (2 * number + 1) * STEP
            other = sqlite3.connect(folder / "data" / "ledger.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            toll.given_up += not tick(app, now)
            other.execute("ROLLBACK")
            other.close()
            toll.outages += 1
            tick(app, now + STEP)
        toll.count(app, recorder, times * MESSAGES)


def _postgres_stopped(toll: Toll, stops: tuple[tuple[Any, str, str], ...]) -> None:
    programs = find_programs()
    if programs is None:
        return
    with Postgres(programs) as server, _house() as (folder, recorder):
        url = server.url(server.create_database())
        with open_house(folder, recorder.port, url=url) as app:
            app.tick(NOON)
            for number, stop in enumerate(stops):
                _put(folder, range(number * MESSAGES, (number + 1) * MESSAGES))
                now = NOON + (4 * number + 1) * STEP
                with _stopping(server, *stop):
                    toll.given_up += not tick(app, now)
                toll.given_up += not tick(app, now + STEP)
                server.start()
                toll.outages += 1
                for later in (2, 3):
                    toll.given_up += not tick(app, now + later * STEP)
            toll.count(app, recorder, len(stops) * MESSAGES)


@contextmanager
def _stopping(server: Postgres, owner: Any, name: str, when: str) -> Iterator[None]:
    """The server is stopped at once before or after the next call of this."""
    original: Callable[..., Any] = getattr(owner, name)
    left = [1]

    def stop() -> None:
        if left and left.pop():
            server.stop()

    def stopping(*args: Any, **named: Any) -> Any:
        if when == "before":
            stop()
        result = original(*args, **named)
        if when == "after":
            stop()
        return result

    setattr(owner, name, stopping)
    try:
        yield
    finally:
        setattr(owner, name, original)
        if left:  # never reached: the outage comes all the same
            server.stop()


@contextmanager
def _house() -> Iterator[tuple[Path, SmtpRecorder]]:
    """A folder with an empty Maildir, and a server that takes every letter."""
    with tempfile.TemporaryDirectory() as name, SmtpRecorder() as recorder:
        for place in ("tmp", "new", "cur"):
            (Path(name) / "ace" / place).mkdir(parents=True)
        yield Path(name), recorder


def _put(folder: Path, numbers: range) -> None:
    for number in numbers:
        path = folder / "ace" / "new" / f"{number}.here"
        path.write_bytes(expression(number + 1))
        _date(path, NOON)


def _date(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))
