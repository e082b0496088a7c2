"""A migrated ledger on SQLite and on PostgreSQL: what holds on one must hold on the other."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.rows import Row
from tests.support.ledger_workers import Crew
from tests.support.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that holds nothing yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ledger.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated ledger without a row. Its schema is to be left alone: migrating
    costs more than most tests, so it is done once."""
    if request.param == "postgresql":
        return emptied(request.getfixturevalue("migrated_postgres_url"))
    path = tmp_path / "ledger.db"
    shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A ledger without a row."""
    ledger = Database(database_url)
    yield ledger
    ledger.close()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "ledger.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres: Postgres) -> str:
    url = postgres.url(postgres.create_database())
    migrate(url)
    return url


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Four processes that work on one ledger at the same time."""
    with Crew() as processes:
        yield processes


def migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


def emptied(url: str) -> str:
    """The ledger at this address, once no table of it has a row."""
    database = Database(url)
    with database.writing() as session:
        tables = ", ".join(Row.metadata.tables)
        session.connection().execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    database.close()
    return url
