"""A disk that is full while a backup is put back is told as that disk's fault, not the backup's."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.cli import app
from storage.archive import Archive
from storage.backups import opened, restore_ledger, write_backup
from storage.database import Database
from storage.ledger_copies import NoPlace
from tests.support.configurations import GRANT, write_configuration
from tests.support.ledger import enqueue, make_draft

NOW = datetime(2021, 8, 20, 12, tzinfo=UTC)
ROOM = 16_384
"""Bytes that a file may have: less than a ledger."""


@contextmanager
def _no_room(room: int = ROOM) -> Iterator[None]:
    """No file grows beyond `room` meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _backup(folder: Path, *archived: bytes, letters: int = 0) -> Path:
    url = f"sqlite:///{folder}/ledger.db"
    database = Database(url)
    database.migrate()
    with database.writing() as session:
        for number in range(letters):
            enqueue(session, make_draft(f"application_pack/case:{number}"))
    database.close()
    archive = Archive(folder / "archive")
    archive.put_all([b"one", *archived])
    path = folder / "backup.tar.gz"
    write_backup(path, database_url=url, archive=archive, secret=b"x", settings={}, now=NOW)
    return path


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _backup(tmp_path_factory.mktemp("full"))


def test_ledger_that_has_no_room_leaves_nothing_behind(backup: Path, tmp_path: Path) -> None:
    place = tmp_path / "data"
    with opened(backup) as contents, _no_room(), pytest.raises(NoPlace) as refused:
        restore_ledger(contents, f"sqlite:///{place}/ledger.db")

    assert str(refused.value) == f"{place} can't be written: File too large"
    assert [*place.iterdir()] == []


def test_ledger_that_can_not_be_unpacked_is_the_places_fault(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with _no_room(), pytest.raises(NoPlace, match=str(tmp_path)), opened(backup):
        pass


def _into_the_ledger(folder: Path) -> Path:
    return _backup(folder)


def _into_the_archive(folder: Path) -> Path:
    """The ledger has room, an archived file has none."""
    return _backup(folder, bytes(4_000_000))


@pytest.mark.parametrize(
    ("make", "room"), [(_into_the_ledger, ROOM), (_into_the_archive, 3_000_000)]
)
def test_command_names_the_place_and_not_the_backup(
    make: Callable[[Path], Path], room: int, tmp_path: Path
) -> None:
    backup = make(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = write_configuration(elsewhere, 'data_folder = "data"\n' + GRANT)
    path.chmod(0o600)

    with _no_room(room):
        told = CliRunner().invoke(app, ["restore", str(backup), "--config", str(path)])

    assert told.exit_code == 1
    last = told.stderr.splitlines()[-1]
    assert last.startswith("Nothing was put back: ")
    assert "File too large. That is where it was to go; no fault was found in the" in last
    assert str(backup) not in last
    assert not (elsewhere / "data" / "ledger.db").exists()


def test_held_letters_that_have_no_room_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy has room as it came, and none for what is written into it: SQLite says nothing
    where it can't take its log in."""
    backup = _backup(tmp_path, letters=20)
    unpacking, elsewhere = tmp_path / "unpacking", tmp_path / "elsewhere"
    unpacking.mkdir()
    elsewhere.mkdir()
    path = write_configuration(elsewhere, 'data_folder = "data"\n' + GRANT)
    path.chmod(0o600)
    with opened(backup) as contents:
        size = contents.ledger.stat().st_size
    monkeypatch.setattr("tempfile.tempdir", str(unpacking))

    with _no_room(size):
        told = CliRunner().invoke(app, ["restore", str(backup), "--config", str(path)])

    assert told.exit_code == 1
    last = told.stderr.splitlines()[-1]
    assert last.startswith(f"Nothing was put back: {unpacking}")
    assert "no fault was found in the backup. Make room" in last
    assert not (elsewhere / "data" / "ledger.db").exists()
    assert [*unpacking.iterdir()] == []
