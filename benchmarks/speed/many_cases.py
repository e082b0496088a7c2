"""A ledger of 100,000 cases that want nothing, made of fifty real ones by copying."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.speed.mail import RECEIVED_AT, message
from benchmarks.speed.office import Office
from intake.app import App
from intake.config import Configuration

REAL = 50
LATER = RECEIVED_AT + timedelta(hours=1)
"""When the packs are out and nothing is due."""

IDS = {
    "messages": ("id",),
    "sightings": ("id", "message_id"),
    "cases": ("id", "opened_by"),
    "people": ("case_id",),
    "case_marks": ("case_id",),
    "message_cases": ("message_id", "case_id"),
    "letters": ("id", "case_id", "cause"),
    "letter_contents": ("letter_id",),
    "events": ("id", "case_id", "message_id", "letter_id"),
}
"""Tables that are copied, and their columns that hold an id of one of them."""

TEXTS = {
    "messages": ("sha256", "rfc_message_id", "sender_email", "fingerprint"),
    "sightings": ("key",),
    "cases": ("reference", "contact_email"),
    "people": ("email",),
    "letters": ("key", "message_id", "recipient_email", "recipient_domain"),
}
"""Their columns that no two rows have in common: a number goes before what stands there."""


@dataclass(frozen=True)
class Ledger:
    """An installation whose ledger holds so many cases."""

    configuration: Configuration
    cases: int


@contextmanager
def open_ledgers(office: Office, *counts: int) -> Iterator[list[Ledger]]:
    """Ledgers of about so many cases, all of the same real ones; at least those."""
    user = office.dovecot.new_user()
    office.deliver(user, (message(n) for n in range(1, REAL + 1)))
    ledgers = []
    for count in counts:
        configuration = office.install(user)
        ledgers.append(Ledger(configuration, max(count // REAL, 1) * REAL))
    first = ledgers[0].configuration
    with App(first) as app:
        assert app.tick(RECEIVED_AT).delivered.sent == REAL
        app.tick(LATER)
    path = first.data_folder / "ledger.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    content = path.read_bytes()
    for ledger in ledgers:
        target = ledger.configuration.data_folder / "ledger.db"
        target.write_bytes(content)
        _multiply(target, ledger.cases // REAL)
    yield ledgers


def _multiply(path: Path, times: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.execute("CREATE TEMP TABLE copies (number INTEGER)")
    numbers = ((number,) for number in range(1, times))
    connection.executemany("INSERT INTO copies VALUES (?)", numbers)
    most = connection.execute("SELECT max(id) FROM events").fetchone()[0]
    for table in IDS:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(_copied(table, column, most + 1) for column in columns)
        connection.execute(f"INSERT INTO {table} SELECT {values} FROM copies, {table} AS old")
    _seal(connection)
    connection.execute("COMMIT")
    connection.close()


def _seal(connection: sqlite3.Connection) -> None:
    """One more seal, up to the end: else the first tick would seal the history of all copies."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(seals)")]
    others = {"id": "id + 1", "event_id": "(SELECT max(id) FROM events)"}
    values = ", ".join(others.get(column, column) for column in columns)
    connection.execute(f"INSERT INTO seals SELECT {values} FROM seals ORDER BY id DESC LIMIT 1")


def _copied(table: str, column: str, step: int) -> str:
    if column in IDS[table]:
        return f"old.{column} + copies.number * {step}"
    if column in TEXTS.get(table, ()):
        return f"copies.number || '-' || old.{column}"
    if column == "content":
        return "x''"  # a letter's bytes are read when it is sent, and these have left
    return f"old.{column}"
