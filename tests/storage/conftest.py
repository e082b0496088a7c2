"""A migrated ledger on SQLite and on PostgreSQL: what holds on one must hold on the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.empty_ledgers import open_empty_ledger, put_empty_ledger
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
    put_empty_ledger(path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A ledger without a row."""
    ledger = Database(database_url)
    yield ledger
    ledger.close()


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres: Postgres) -> str:
    url = postgres.url(postgres.create_database())
    open_empty_ledger(url).close()
    return url


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Four processes that work on one ledger at the same time."""
    with Crew() as processes:
        yield processes


def emptied(url: str) -> str:
    """The ledger at this address, once no table of it has a row."""
    database = Database(url)
    with database.writing() as session:
        session.connection().exec_driver_sql(_EMPTYING)
    database.close()
    return url


_EMPTYING = """
DO $$
DECLARE place regclass;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR place IN SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname <> 'alembic_version'
    LOOP
        EXECUTE 'DELETE FROM ' || place;
    END LOOP;
    PERFORM setval(oid, 1, false) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
END $$
"""
"""In any order: no foreign key is looked at. TRUNCATE would make a new file for each table, which
takes longer than most tests."""
