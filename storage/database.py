"""The ledger's database: SQLite by default, PostgreSQL by URL. Sessions begin and end here, and
the errors of both drivers become those of `storage.errors`."""

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    Pool,
    create_engine,
    event,
    exc,
    inspect,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from storage.errors import Conflict, LedgerDamaged, LedgerError, LedgerMismatch, LedgerUnavailable
from storage.rows import SCHEMA

BUSY_SECONDS = 10
"""How long a writer waits for its turn before it gives up until the next tick."""

_SWITCH_PAUSE_SECONDS = 0.02
_WRITES = "postroom_writes"
_MIGRATION_LOCK = 7_065_737_201
"""Any number: the advisory lock that PostgreSQL gives to one migrating process at a time."""

_migrating = threading.Lock()


class Database:
    """The ledger behind `url`, `sqlite:////path` or `postgresql+psycopg://…`.

    Safe to share by threads; a process that was forked off gets connections of its own. Nothing
    is opened before the first session. Raises LedgerMismatch for another kind of database.
    """

    def __init__(self, url: str) -> None:
        self._url = _known_url(url)
        engine = _make_engine(self._url)
        self._writer = engine.execution_options(**{_WRITES: True})
        self._reader = _reader_of(engine, self._url)
        self._inherited: list[Pool] = []
        itself = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _leave_to_parent(itself()))

    def migrate(self) -> None:
        """Bring the schema up to date; cheap when it is, safe when several start at once.

        Raises LedgerMismatch when a newer version made the ledger, LedgerUnavailable.
        """
        with _migrating, _translated():
            found = self._schema()
            if found == SCHEMA:
                return
            _refuse_newer(found)
            if found is None:
                _keep_private(self._url)
            self._upgrade()

    def check(self) -> None:
        """Raise the LedgerError that keeps this ledger from being used, if there is one."""
        with _translated():
            found = self._schema()
        if found is None:
            raise LedgerMismatch("the database holds no ledger yet: migrate it first")
        _refuse_newer(found)
        if found != SCHEMA:
            raise LedgerMismatch(f"the ledger's schema is {found}, {SCHEMA} is needed: migrate it")

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that may write: committed at the end, rolled back by any error. On SQLite
        it waits for its turn at the first statement, so that it never fails half-way."""
        with _translated(), Session(self._writer) as session, session.begin():
            session.info[_WRITES] = True
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one moment of the ledger and can't write."""
        with _translated(), Session(self._reader) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close all connections; a later session opens new ones."""
        for engine in (self._writer, self._reader):
            engine.dispose()

    def forget_connections(self) -> None:
        """In a process forked off: leave the connections to the parent, open or closed there. One
        that crosses a fork loses committed rows silently."""
        for engine in (self._writer, self._reader):
            self._inherited.append(engine.pool)
            engine.dispose(close=False)

    def _schema(self) -> str | None:
        with self._reader.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return None if found is None else str(found)

    def _upgrade(self) -> None:
        from storage.migrations import upgrade  # slow, and rarely needed

        engine = _make_engine(self._url, migrates=True)
        with engine.execution_options(**{_WRITES: True}).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            upgrade(connection)


def can_lock(session: Session) -> bool:
    """True in a session that writes: it may hold rows until its end."""
    return bool(session.info.get(_WRITES))


def _leave_to_parent(database: Database | None) -> None:
    if database is not None:
        database.forget_connections()


def _known_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise LedgerMismatch("the database URL can't be read") from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise LedgerMismatch(f"no ledger can be kept in {parsed.drivername}")
    return parsed


def _reader_of(engine: Engine, url: URL) -> Engine:
    """On SQLite with connections of its own, else with those of `engine`."""
    if url.get_backend_name() == "sqlite":
        return _make_engine(url, reads=True)
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.execution_options(**options)


def _make_engine(url: URL, *, migrates: bool = False, reads: bool = False) -> Engine:
    """`migrates` gives connections that are not kept and, on SQLite, leave foreign keys alone:
    a table that is rebuilt must not take its children along. `reads` gives connections that can't
    write, on SQLite only."""
    pool = {"poolclass": NullPool} if migrates else {}
    try:
        if url.get_backend_name() == "sqlite":
            if url.database and url.database != ":memory:":
                Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            engine = create_engine(url, hide_parameters=True, **pool)
        else:
            arguments = {"connect_timeout": BUSY_SECONDS, "application_name": "postroom"}
            ping = {} if migrates else {"pool_pre_ping": True}
            engine = create_engine(
                url, hide_parameters=True, connect_args=arguments, **pool, **ping
            )
    except ModuleNotFoundError as error:
        raise LedgerMismatch(
            "PostgreSQL needs the extra: pip install 'postroom[postgres]'"
        ) from error
    except OSError as error:
        raise LedgerUnavailable("the ledger's folder can't be made") from error
    return _with_listeners(engine, foreign_keys=not migrates, reads=reads)


def _with_listeners(engine: Engine, *, foreign_keys: bool, reads: bool) -> Engine:
    def opened(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        if isinstance(connection, sqlite3.Connection):
            _prepare_sqlite(connection, foreign_keys=foreign_keys)
            connection.execute(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
        else:
            _prepare_postgres(connection)

    event.listen(engine, "connect", opened)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_private(url: URL) -> None:
    """A new ledger's file is for its owner only, and so are those that SQLite sets beside it."""
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        for suffix in ("", "-wal", "-shm"):
            file = Path(url.database + suffix)
            if file.exists():
                file.chmod(0o600)


def _prepare_sqlite(connection: sqlite3.Connection, *, foreign_keys: bool) -> None:
    """The driver must not begin transactions on its own; FULL loses nothing to a power cut."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """The file remembers it. The busy timeout does not cover the first switch, so processes that
    start together on a new file try again for as long."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_SWITCH_PAUSE_SECONDS)


def _prepare_postgres(connection: DBAPIConnection) -> None:
    """What is committed must outlive a crash, whatever the server's default says."""
    cursor = connection.cursor()
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'"
    )
    cursor.execute("SET TIME ZONE 'UTC'")
    cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    cursor.close()
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that read first could not get it any more."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_newer(found: str | None) -> None:
    if found is not None and found > SCHEMA:
        raise LedgerMismatch(f"the ledger's schema is {found}, this version knows {SCHEMA}")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except exc.IntegrityError as error:
        raise Conflict("the ledger holds another row in this place") from error
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        if _names_unknown_table(error):
            raise LedgerMismatch("the database's schema is another one: migrate it") from error
        raise LedgerUnavailable(f"the ledger can't be used now{_reason(error)}") from error
    except exc.ProgrammingError as error:
        if _names_unknown_table(error):
            raise LedgerMismatch("the database's schema is another one: migrate it") from error
        raise LedgerError("the database refused a statement") from error
    except exc.DBAPIError as error:
        if isinstance(error.orig, sqlite3.DatabaseError) and type(error) is exc.DatabaseError:
            raise LedgerDamaged("the database file is broken") from error
        raise LedgerError("the database refused a statement") from error


_REASONS = {
    "readonly database": ": its file or its folder is read-only for this user",
    "unable to open database file": ": this user may not open its file, or the folder is gone",
    "database is locked": ": another process is writing to it",
    "database or disk is full": ": the disk is full",
}
"""What SQLite says → what it means for whoever runs the command."""


def _reason(error: exc.SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", ""))
    return next((words for known, words in _REASONS.items() if known in said), "")


def _names_unknown_table(error: exc.SQLAlchemyError) -> bool:
    orig = getattr(error, "orig", None)
    sqlite_says = isinstance(orig, sqlite3.OperationalError) and (
        str(orig).startswith(("no such table", "no such column")) or "has no column" in str(orig)
    )
    return sqlite_says or getattr(orig, "sqlstate", None) in ("42P01", "42703")
