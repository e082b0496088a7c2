import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from storage.database import Database
from storage.errors import LedgerMismatch
from storage.migrations import make_config, upgrade
from storage.rows import SCHEMA, Row

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own_database(empty_url: str) -> Iterator[Database]:
    """A migrated ledger whose schema may be spoilt."""
    ledger = Database(empty_url)
    ledger.migrate()
    yield ledger
    ledger.close()


@pytest.mark.usefixtures("database")
def test_migrations_make_exactly_the_rows_tables(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Row.metadata)
    engine.dispose()

    assert differences == []


def test_comparison_would_notice_a_missing_index(own_database: Database, empty_url: str) -> None:
    with own_database.writing() as session:
        session.connection().execute(text("DROP INDEX ix_cases_attention_at"))
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Row.metadata)
    engine.dispose()

    assert [difference[0] for difference in differences] == ["add_index"]


def test_rows_say_which_migration_they_are_at() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(make_config(connection))
    engine.dispose()
    revisions = [script.revision for script in scripts.walk_revisions()]

    assert scripts.get_current_head() == SCHEMA
    assert all(len(revision) == 4 and revision.isdecimal() for revision in revisions)
    assert revisions == sorted(revisions, reverse=True)


@pytest.mark.usefixtures("database")
def test_every_constraint_and_index_has_the_name_of_the_convention(database_url: str) -> None:
    """Without names a later migration could not change them on SQLite."""
    engine = create_engine(database_url)
    inspector = inspect(engine)
    tables = [name for name in inspector.get_table_names() if name != "alembic_version"]
    names = [
        constraint["name"]
        for table in tables
        for constraint in (
            *inspector.get_foreign_keys(table),
            *inspector.get_unique_constraints(table),
            *inspector.get_indexes(table),
        )
    ]
    engine.dispose()

    assert set(tables) == set(Row.metadata.tables)
    assert all(name and name.startswith(("fk_", "uq_", "ix_")) for name in names)


def test_ledger_of_a_newer_version_is_refused(own_database: Database) -> None:
    with own_database.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(LedgerMismatch, match="9999"):
        own_database.check()
    with pytest.raises(LedgerMismatch, match="9999"):
        own_database.migrate()


def test_ledger_of_an_older_version_wants_migrating(own_database: Database) -> None:
    with own_database.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '0000'"))

    with pytest.raises(LedgerMismatch, match="migrate it"):
        own_database.check()


def test_migrating_in_a_transaction_that_fails_leaves_no_half(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/ledger.db")
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        upgrade(session.connection())
        raise ZeroDivisionError

    with pytest.raises(LedgerMismatch, match="no ledger yet"):
        database.check()
    database.migrate()
    database.check()
    database.close()


def test_installed_wheel_migrates_too(tmp_path: Path) -> None:
    """The migrations travel inside the package, wherever it is run from."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    program = (
        "import storage, sys; from storage.database import Database\n"
        "database = Database(sys.argv[1]); database.migrate(); database.check(); database.close()\n"
        "print(storage.__file__)"
    )

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, f"sqlite:///{tmp_path}/ledger.db"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.strip() == str(tmp_path / "installed" / "storage" / "__init__.py")
