"""A migrated ledger on SQLite and on PostgreSQL: what holds on one must hold on the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.ledger_workers import Crew


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that holds nothing yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ledger.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty ledger."""
    ledger = Database(database_url)
    ledger.migrate()
    yield ledger
    ledger.close()


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Four processes that work on one ledger at the same time."""
    with Crew() as processes:
        yield processes
