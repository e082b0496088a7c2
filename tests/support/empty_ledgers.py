"""Ledgers without a row: migrated once in a process and copied after, for what each migration does
takes longer than most tests."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from storage.database import Database


@cache
def empty_ledger() -> bytes:
    """The file of one on SQLite."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        database = Database(f"sqlite:///{path}")
        database.migrate()
        database.close()
        return path.read_bytes()


def put_empty_ledger(path: Path) -> None:
    """A new ledger at `path`, for its owner only, as a migration leaves it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(empty_ledger())
    path.chmod(0o600)


def open_empty_ledger(url: str) -> Database:
    """A new ledger at `url`, where nothing is yet."""
    file = make_url(url).database
    if url.startswith("sqlite:") and file is not None:
        put_empty_ledger(Path(file))
    database = Database(url)
    database.migrate()
    return database
