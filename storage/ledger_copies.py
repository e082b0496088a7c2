"""A whole copy of the ledger's database, taken while others work in it, and put back: by SQLite's
own online backup, or by PostgreSQL's pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import StorageError

_SECONDS = 3600


class CopyFailed(StorageError):
    """The ledger could not be copied, or the copy not be put back; it says why."""


class NoPlace(StorageError):
    """What is put back can't be written, as the disk is full or not ours to write to; it says
    where. The backup is not at fault."""


class LeftStanding(StorageError):
    """A ledger was put back whose letters are not held, and could not be taken away again."""


@contextmanager
def placing(folder: Path) -> Iterator[None]:
    """What the system refuses while something is written to `folder` is that place's fault. Raises
    NoPlace."""
    try:
        yield
    except OSError as error:
        raise NoPlace(f"{folder} can't be written: {error.strerror or error}") from error


def engine_of(url: str) -> str:
    """`sqlite` or `postgresql`: a copy of one can't be put back into the other."""
    return make_url(url).get_backend_name()


def copy_ledger(url: str, target: Path) -> None:
    """Write the ledger as it is at this moment to the file `target`; nobody has to wait. Raises
    CopyFailed."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _copy_sqlite(_file_of(parsed), target)
    else:
        _run(parsed, "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")


def holds_tables(url: str) -> bool:
    """True where a ledger, or anything else, is there already. Raises CopyFailed when it can't
    be told."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not _file_of(parsed).exists():
        return False
    engine = create_engine(parsed.set(drivername=_driver(parsed)), hide_parameters=True)
    try:
        return bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()


@contextmanager
def or_taken_away(url: str) -> Iterator[None]:
    """Whatever ends this early, the ledger that was put back on PostgreSQL is taken away again.
    Raises LeftStanding where that fails too."""
    is_done = False
    try:
        yield
        is_done = True
    finally:
        if not is_done:
            _take_away(make_url(url))


def put_back(url: str, copy: Path) -> None:
    """Make the ledger from a copy, where none is yet; it appears whole or not at all. Raises
    CopyFailed, NoPlace."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _put_back_sqlite(_file_of(parsed), copy)
    else:
        flags = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-acl")
        _run(parsed, "pg_restore", *flags, str(copy))


def _take_away(url: URL) -> None:
    """Drop every table, as none was there before, and what our migrations set beside them."""
    engine = create_engine(url.set(drivername=_driver(url)), hide_parameters=True)
    try:
        with engine.begin() as connection:
            quoted = connection.dialect.identifier_preparer.quote
            for table in inspect(connection).get_table_names():
                connection.execute(text(f"DROP TABLE {quoted(table)} CASCADE"))
            connection.execute(text("DROP FUNCTION IF EXISTS postroom_only_added()"))
    except SQLAlchemyError as error:
        raise LeftStanding(f"the ledger can't be taken away: {type(error).__name__}") from error
    finally:
        engine.dispose()


def _driver(url: URL) -> str:
    return "sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"


def _file_of(url: URL) -> Path:
    if not url.database:
        raise CopyFailed("a ledger that is only in memory can't be copied")
    return Path(url.database)


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        uri = f"{source.absolute().as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(uri, uri=True)) as ledger,
            closing(sqlite3.connect(target)) as copy,
        ):
            ledger.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise CopyFailed(f"the ledger {source} can't be copied: {error}") from error
    _require_sound(target, f"the ledger {source} is broken")


def _require_sound(ledger: Path, told: str) -> None:
    """Raise CopyFailed with what is told where SQLite finds a fault in the file."""
    try:
        with closing(sqlite3.connect(ledger)) as opened:
            (verdict,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise CopyFailed(f"{told}: {error}") from error
    if verdict != "ok":
        raise CopyFailed(f"{told}: {verdict}")


def _settle(copy: Path) -> None:
    """Take what stands beside the copy, in its write-ahead log, into its one file: SQLite does so
    when the last connection closes, and says nothing where it can't. Raises NoPlace."""
    try:
        with closing(sqlite3.connect(copy)) as opened:
            (mode,) = opened.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        raise NoPlace(f"{copy.parent} can't be written: {error}") from error
    if mode != "delete":
        raise NoPlace(f"{copy.parent} can't be written: the copy in it is still in use")


def _put_back_sqlite(target: Path, copy: Path) -> None:
    _require_sound(copy, "the ledger in the backup is broken")
    _settle(copy)
    beside = target.with_name(f".{target.name}.restoring")
    with placing(target.parent):
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.touch(mode=0o600)
            shutil.copyfile(copy, beside)
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            _require_sound(beside, f"the ledger written to {target.parent} is broken")
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def _run(url: URL, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database; the password goes by the environment."""
    password = {"PGPASSWORD": url.password} if url.password else {}
    where = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    try:
        done = subprocess.run(
            [program, "--no-password", f"--dbname={where}", *arguments],
            env={**os.environ, **password},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        told = f"{program} is not installed: it comes with PostgreSQL's client programs"
        raise CopyFailed(told) from error
    except subprocess.TimeoutExpired as error:
        raise CopyFailed(f"{program} took more than an hour") from error
    if done.returncode:
        raise CopyFailed(f"{program}: {done.stderr.strip() or done.returncode}")
