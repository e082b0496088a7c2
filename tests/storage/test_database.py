import os
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from storage import cases
from storage.database import Database
from storage.errors import (
    Conflict,
    LedgerDamaged,
    LedgerError,
    LedgerMismatch,
    LedgerUnavailable,
)
from storage.rows import CounterRow, PersonRow
from storage.upserts import next_number
from tests.support.ledger import open_case
from tests.support.postgres import Postgres


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    """A migrated ledger on SQLite that nobody has open."""
    path = tmp_path / "deep" / "down" / "ledger.db"
    ledger = Database(f"sqlite:///{path}")
    ledger.migrate()
    ledger.close()
    return path


def pragma(database: Database, name: str) -> object:
    with database.writing() as session:
        return session.connection().scalar(text(f"PRAGMA {name}"))


def test_sqlite_connections_are_durable_and_strict(sqlite_path: Path) -> None:
    database = Database(f"sqlite:///{sqlite_path}")

    found = {
        name: pragma(database, name)
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }

    database.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


def test_writing_commits_at_the_end(database: Database) -> None:
    with database.writing() as session:
        next_number(session, "test")

    with database.reading() as session:
        assert session.exec(select(CounterRow.value)).all() == [1]


def test_writing_rolls_back_on_any_error(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        next_number(session, "test")
        raise ZeroDivisionError

    with database.reading() as session:
        assert session.exec(select(CounterRow.value)).all() == []


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(LedgerError), database.reading() as session:
        next_number(session, "test")

    with database.writing() as session:
        assert next_number(session, "test") == 1


def test_reading_sees_one_moment(database: Database) -> None:
    with database.writing() as session:
        next_number(session, "test")
    values = select(CounterRow.value)

    with database.reading() as reader:
        before = reader.exec(values).one()
        with database.writing() as writer:
            next_number(writer, "test")
        assert reader.exec(values).one() == before

    with database.reading() as reader:
        assert reader.exec(values).one() == before + 1


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(Conflict), database.writing() as session:
        session.add(PersonRow(case_id=404, email="nobody@riverside.example"))


def test_threads_share_one_database(database: Database) -> None:
    """Read-modify-write by four threads at once: none fails, none is lost."""
    given: list[int] = []

    def work() -> None:
        for _ in range(25):
            with database.writing() as session:
                given.append(next_number(session, "test"))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(given) == list(range(1, 101))


def test_forked_process_gets_connections_of_its_own(database: Database) -> None:
    with database.writing() as session:
        next_number(session, "test")

    child = os.fork()
    if child == 0:
        with database.writing() as session:
            next_number(session, "test")
        os._exit(0)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    with database.writing() as session:
        assert next_number(session, "test") == 3


def test_locked_ledger_is_unavailable(sqlite_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0)
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = Database(f"sqlite:///{sqlite_path}")

    with pytest.raises(LedgerUnavailable), database.writing() as session:
        next_number(session, "test")
    other.execute("ROLLBACK")
    with database.writing() as session:
        assert next_number(session, "test") == 1

    other.close()
    database.close()


def test_broken_file_is_damage(sqlite_path: Path) -> None:
    sqlite_path.write_bytes(b"not a database at all" * 1000)
    database = Database(f"sqlite:///{sqlite_path}")

    with pytest.raises(LedgerDamaged):
        database.check()
    database.close()


def test_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(LedgerUnavailable):
        Database(f"sqlite:///{tmp_path}/file/ledger.db")


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "", "sqlite+aiosqlite:///x.db"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(LedgerMismatch):
        Database(url)


def test_plain_postgresql_url_means_the_driver_we_have(postgres_url: str) -> None:
    database = Database(postgres_url.replace("+psycopg", ""))
    database.migrate()
    database.check()
    database.close()


def test_ledger_without_tables_is_a_mismatch(empty_url: str) -> None:
    database = Database(empty_url)

    with pytest.raises(LedgerMismatch, match="no ledger yet"):
        database.check()
    with pytest.raises(LedgerMismatch), database.reading() as session:
        cases.list_cases(session)
    database.close()


def test_postgresql_that_went_away_comes_back_without_a_restart(postgres: Postgres) -> None:
    name = postgres.create_database()
    database = Database(postgres.url(name))
    database.migrate()
    with database.writing() as session:
        case = open_case(session)

    postgres.stop()
    try:
        with pytest.raises(LedgerUnavailable), database.reading() as session:
            cases.get(session, case.id)
    finally:
        postgres.start()

    with database.reading() as session:
        assert cases.get(session, case.id) == case
    database.close()
    postgres.drop_database(name)


def test_connection_lost_in_a_transaction_is_unavailable(postgres: Postgres) -> None:
    name = postgres.create_database()
    database = Database(postgres.url(name))
    database.migrate()

    with pytest.raises(LedgerUnavailable), database.writing() as session:
        pid = session.connection().scalar(text("SELECT pg_backend_pid()"))
        with database.writing() as other:
            other.connection().execute(text(f"SELECT pg_terminate_backend({pid})"))
        next_number(session, "test")

    with database.writing() as session:
        assert next_number(session, "test") == 1
    database.close()
    postgres.drop_database(name)


def test_ledger_that_can_not_be_written_says_why(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/ledger.db")
    database.migrate()
    with (
        pytest.raises(LedgerUnavailable, match="its file or its folder is read-only for this user"),
        database.reading() as session,
    ):
        session.connection().execute(text("DELETE FROM counters"))
    database.close()
