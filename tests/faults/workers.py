"""R6: four processes that read and send from one ledger at the same time, on SQLite and on
PostgreSQL."""

import tempfile
from collections.abc import Callable, Iterator

from sqlalchemy import func
from sqlmodel import select

from storage.database import Database
from storage.domain.letter import LetterState
from storage.errors import StorageError
from storage.rows import CaseRow, LetterRow, MessageRow, MessageState
from tests.faults.board import Figure, Measured, Size, exactly, none_of
from tests.faults.kills import run_postgres
from tests.support.ledger import enqueue, make_draft
from tests.support.ledger_workers import Crew, record_all, remember_all, send_all

WORKERS = 4
"""As many as a crew has."""


def measure(size: Size) -> Measured:
    count = size.pick(full=1_000, small=60)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, run_postgres() as server, Crew() as crew:
        urls = {
            "SQLite": f"sqlite:///{folder}/ledger.db",
            "PostgreSQL": server.url(server.create_database()),
        }
        for name, url in urls.items():
            figures += _measure(name, url, crew, count)
    return Measured((Figure("workers", WORKERS, least=4), *figures))


def _measure(name: str, url: str, crew: Crew, count: int) -> Iterator[Figure]:
    """The same messages come to all four; then all four read, then all four send."""
    database = Database(url)
    database.migrate()
    errors = 0

    def work(job: Callable[..., object], *arguments: tuple[object, ...]) -> list[object]:
        nonlocal errors
        try:
            return crew.run(job, arguments)
        except StorageError:
            errors += 1
            return []

    work(remember_all, *((url, f"mailbox {n}", count, n % 2 == 0) for n in range(WORKERS)))
    work(record_all, *((url, n) for n in range(WORKERS)))
    with database.writing() as session:
        for number in range(count):
            enqueue(session, make_draft(f"acknowledgement/message:{number}"))
    sent = work(send_all, *((url, f"worker {n}") for n in range(WORKERS)))
    ids = [letter for mine in sent for letter in mine]  # type: ignore[attr-defined]
    with database.reading() as session:
        stored = session.exec(select(func.count()).select_from(MessageRow)).one()
        recorded = select(func.count()).where(MessageRow.state == MessageState.RECORDED)
        read = session.exec(recorded).one()
        opened = session.exec(select(func.count()).select_from(CaseRow)).one()
        left = select(func.count()).where(LetterRow.state == LetterState.SENT)
        marked = session.exec(left).one()
    database.close()
    yield exactly(f"messages on {name}", stored, count)
    yield none_of("stored or read twice", opened + read - 2 * count)
    yield none_of("sent twice", len(ids) - len(set(ids)))
    yield exactly("letters sent", marked, count)
    yield none_of("lock errors surfaced", errors)
