"""A ledger put back on PostgreSQL whose letters can't be held is taken away again, or the command
says that it stands there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from intake.cli import app
from storage.archive import Archive
from storage.backups import opened, restore_ledger, write_backup
from storage.database import Database
from storage.ledger_copies import holds_tables, or_taken_away
from tests.support.configurations import GRANT, write_configuration
from tests.support.empty_ledgers import open_empty_ledger
from tests.support.ledger import enqueue, make_draft
from tests.support.postgres import Postgres

NOW = datetime(2021, 8, 20, 12, tzinfo=UTC)

NO_LETTER_CHANGES = (
    "CREATE FUNCTION no_place() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$",
    "CREATE TRIGGER no_place BEFORE UPDATE ON letters FOR EACH ROW EXECUTE FUNCTION no_place()",
)
"""What comes along in the backup, as a disk that is full at that moment."""

NOTHING_IS_DROPPED = (
    "CREATE FUNCTION no_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$",
    "CREATE EVENT TRIGGER no_drop ON sql_drop EXECUTE FUNCTION no_drop()",
)


def test_ledger_whose_letters_can_not_be_held_is_taken_away(
    postgres: Postgres, postgres_url: str, tmp_path: Path
) -> None:
    told = _restored(_backup(postgres, tmp_path, NO_LETTER_CHANGES), postgres_url, tmp_path)

    assert told.exit_code == 1
    assert told.stderr.splitlines()[-1].startswith("Nothing was put back: ")
    assert not holds_tables(postgres_url)


def test_ledger_that_can_not_be_taken_away_is_said_to_stand_there(
    postgres: Postgres, postgres_url: str, tmp_path: Path
) -> None:
    odd = (*NO_LETTER_CHANGES, *NOTHING_IS_DROPPED)
    told = _restored(_backup(postgres, tmp_path, odd), postgres_url, tmp_path)

    assert told.exit_code == 1
    assert "Nothing was put back" not in told.output
    assert "The ledger was put back, but its letters are not held" in told.stderr
    assert "Don't start Postroom" in told.stderr
    assert holds_tables(postgres_url)


def test_ledger_that_was_taken_away_is_put_back_again(
    postgres: Postgres, postgres_url: str, tmp_path: Path
) -> None:
    with opened(_backup(postgres, tmp_path)) as contents:
        restore_ledger(contents, postgres_url)
        with pytest.raises(KeyboardInterrupt), or_taken_away(postgres_url):
            raise KeyboardInterrupt
        restore_ledger(contents, postgres_url)

    database = Database(postgres_url)
    database.check()
    database.close()


def _backup(postgres: Postgres, folder: Path, odd: tuple[str, ...] = ()) -> Path:
    """Of a ledger with one letter that is about to leave, and what is `odd` in its database."""
    url = postgres.url(postgres.create_database())
    database = open_empty_ledger(url)
    with database.writing() as session:
        enqueue(session, make_draft())
        for statement in odd:
            session.connection().execute(text(statement))
    database.close()
    archive = Archive(folder / "archive")
    archive.put(b"one")
    path = folder / "backup.tar.gz"
    write_backup(path, database_url=url, archive=archive, secret=b"x", settings={}, now=NOW)
    return path


def _restored(backup: Path, url: str, folder: Path) -> Result:
    settings = f'data_folder = "data"\ndatabase_url = "{url}"\n' + GRANT
    path = write_configuration(folder, settings)
    path.chmod(0o600)
    return CliRunner().invoke(app, ["restore", str(backup), "--config", str(path)])
