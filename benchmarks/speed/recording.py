"""What was understood of a message, recorded durably: beside SQLModel with a commit each, and
beside sqlite3 that writes the same rows."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.speed.mail import RECEIVED_AT, message, numbers
from benchmarks.speed.measure import Figure, Measure, Size, faster, no_longer, take_turns
from benchmarks.speed.office import Office, open_office
from benchmarks.speed.script import Entry
from intake.app import App
from intake.recording import record_message
from intake.understanding.understand import understand
from storage import messages
from storage.domain.message import Understanding
from storage.messages import Arrival
from tests.support.empty_ledgers import put_empty_ledger

Rows = dict[str, list[Sequence[Any]]]


def measure(size: Size) -> Iterator[Figure]:
    count, rounds = size.pick(full=100, small=5), size.pick(full=4, small=1)
    with open_office() as office:
        user = office.dovecot.new_user()
        script, runs = office.open_script(user), numbers()
        with office.open_app(user) as app:

            def ours() -> float:
                return _record(app, first=next(runs), count=count)

            def theirs() -> float:
                entries = [_entry(n) for n in range(count)]
                started = time.perf_counter()
                for entry in entries:
                    script.save(entry)
                return (time.perf_counter() - started) / count

            take_turns(1, ours, theirs)
            beside_model = take_turns(rounds, ours, theirs)
            rows, recorded = _rows(app), (len(beside_model.ours) + 1) * count
            at_once = take_turns(
                rounds, ours, lambda: _write_plainly(office, rows, recorded, commits=1)
            )
            one_by_one = take_turns(
                rounds, ours, lambda: _write_plainly(office, rows, recorded, commits=recorded)
            )
        script.close()
    yield faster("messages recorded, beside SQLModel", beside_model, least=10)
    yield no_longer("time, beside sqlite3 with one commit for all", at_once, most=2.5)
    yield no_longer("time, beside sqlite3 with a commit a message", one_by_one)


def _record(app: App, *, first: int, count: int) -> float:
    """Seconds a message, each in its own transaction."""
    programme, secret = app.programmes["ace"], app.configuration.secret
    told: dict[str, Understanding] = {}
    arrivals = []
    for n in range(first, first + count):
        sha256 = f"{n:064x}"
        told[sha256] = understand(message(n), programmes=[programme]).understanding
        arrivals.append(Arrival("ace", f"INBOX/1/{n}", sha256, 3_400, RECEIVED_AT, "ace"))
    with app.database.writing() as session:
        messages.remember(session, arrivals, RECEIVED_AT)
    with app.database.reading() as session:
        waiting = messages.waiting(session, count)
    started = time.perf_counter()
    for item in waiting:
        with app.database.writing() as session:
            record_message(
                session,
                item,
                programme=programme,
                understanding=told[item.sha256],
                secret=secret,
                now=RECEIVED_AT,
            )
    return (time.perf_counter() - started) / count


def _entry(n: int) -> Entry:
    text = message(n).decode()
    return Entry(
        message_id=f"<{n}@project{n}.example>",
        sender=f"Ada Okafor <ada@project{n}.example>",
        name="Ada Okafor",
        subject=f"Expression of interest {n}",
        body=text[:1_000],
        received_at=datetime.now(UTC),
    )


def _rows(app: App) -> Rows:
    """Every row of the ledger, by table."""
    connection = sqlite3.connect(app.configuration.data_folder / "ledger.db")
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    tables = [name for (name,) in names if not name.startswith(("sqlite_", "alembic"))]
    rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    connection.close()
    return {name: found for name, found in rows.items() if found}


def _write_plainly(office: Office, rows: Rows, recorded: int, *, commits: int) -> float:
    """Seconds a message; the rows are spread over so many transactions."""
    path: Path = office.new_folder() / "ledger.db"
    put_empty_ledger(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    statements = {
        name: f'INSERT OR REPLACE INTO "{name}" VALUES ({", ".join("?" * len(found[0]))})'
        for name, found in rows.items()
    }
    started = time.perf_counter()
    for part in range(commits):
        connection.execute("BEGIN IMMEDIATE")
        for name, found in rows.items():
            connection.executemany(statements[name], found[part::commits])
        connection.execute("COMMIT")
    seconds = (time.perf_counter() - started) / recorded
    connection.close()
    return seconds


MEASURE = Measure(6, "recording", measure)
