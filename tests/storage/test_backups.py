"""A backup is the ledger of one moment with everything it names, or is refused."""

import json
import tarfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import func, select

from storage import events
from storage.archive import Archive
from storage.backups import (
    BackupRefused,
    Manifest,
    opened,
    require_fitting,
    restore_ledger,
    write_backup,
)
from storage.database import Database
from storage.errors import StorageError
from storage.ledger_copies import CopyFailed
from storage.rows import EventRow

NOW = datetime(2021, 8, 20, 12, tzinfo=UTC)
SECRET = b"the secret"


on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive")
    archive.put_all([b"one", b"two"])
    return archive


@pytest.fixture
def backup(tmp_path: Path, database: Database, database_url: str, archive: Archive) -> Path:
    """A backup of a ledger with three lines of history and two archived files."""
    with database.writing() as session:
        for _ in range(3):
            events.append(session, at=NOW, what="case_opened")
    path = tmp_path / "backup.tar.gz"
    _write(path, database_url, archive)
    return path


@on_one_database
def test_broken_ledger_is_no_backup(
    backup: Path, tmp_path: Path, database_url: str, archive: Archive
) -> None:
    ledger = Path(database_url.removeprefix("sqlite:///"))
    broken = tmp_path / "broken.db"
    content = bytearray(ledger.read_bytes())
    content[20_000:60_000] = b"\xa5" * 40_000
    broken.write_bytes(content)
    backup.unlink()

    with pytest.raises(CopyFailed, match="is broken"):
        _write(backup, f"sqlite:///{broken}", archive)

    assert not backup.exists()


def test_everything_comes_back(backup: Path, tmp_path: Path, fresh_url: str) -> None:
    elsewhere = Archive(tmp_path / "elsewhere")
    with opened(backup, archive=elsewhere) as contents:
        restore_ledger(contents, fresh_url)
        assert contents.secret == SECRET

    assert _lines(fresh_url) == 3
    assert elsewhere.names() == Archive(tmp_path / "archive").names()
    assert backup.stat().st_mode & 0o777 == 0o600


def test_ledger_that_is_written_meanwhile_is_that_of_one_moment(
    database: Database, database_url: str, tmp_path: Path, archive: Archive, fresh_url: str
) -> None:
    """Ten lines a transaction: a copy that saw half of one would not count in tens."""
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            with database.writing() as session:
                for _ in range(10):
                    events.append(session, at=NOW, what="case_opened")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        _write(tmp_path / "backup.tar.gz", database_url, archive)
    finally:
        stop.set()
        writer.join()
    with opened(tmp_path / "backup.tar.gz") as contents:
        restore_ledger(contents, fresh_url)

    assert _lines(fresh_url) % 10 == 0


def test_backup_is_never_put_over_a_ledger(
    backup: Path, database: Database, database_url: str
) -> None:
    with opened(backup) as contents, pytest.raises(BackupRefused, match="a ledger here already"):
        restore_ledger(contents, database_url)
    with database.reading() as session:
        assert session.exec(select(func.count()).select_from(EventRow)).one() == 3


def test_backup_of_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    manifest = Manifest(1, NOW, "postgresql", "0007", "", 0)
    with pytest.raises(BackupRefused, match="one of postgresql, this one is to be sqlite"):
        require_fitting(manifest, f"sqlite:///{tmp_path}/ledger.db")


def test_backup_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    manifest = Manifest(1, NOW, "sqlite", "9999", "", 0)
    with pytest.raises(BackupRefused, match="a newer version wrote it"):
        require_fitting(manifest, f"sqlite:///{tmp_path}/ledger.db")


@on_one_database
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_backup_that_was_cut_off_is_refused(backup: Path, share: float) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(BackupRefused), opened(backup):
        pytest.fail("it was taken for whole")


@on_one_database
@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("ledger", "the ledger in it is damaged"),
        ("archive", "the archived file .* in it is damaged"),
        ("manifest.json", "its manifest can't be read"),
    ],
)
def test_backup_that_was_altered_is_refused(backup: Path, member: str, told: str) -> None:
    _rewrite(backup, lambda name, content: b"x" if name.startswith(member) else content)

    with pytest.raises(BackupRefused, match=told), opened(backup):
        pytest.fail("it was taken for sound")


@on_one_database
def test_backup_that_lacks_a_file_is_refused(backup: Path) -> None:
    first = next(name for name in _members(backup) if name.startswith("archive/"))
    _rewrite(backup, lambda name, content: None if name == first else content)

    with pytest.raises(BackupRefused, match="1 archived files of 2"), opened(backup):
        pytest.fail("it was taken for whole")


@on_one_database
def test_form_of_a_newer_version_is_refused(backup: Path) -> None:
    def newer(name: str, content: bytes) -> bytes:
        return (
            json.dumps({**json.loads(content), "form": 2}).encode() if "json" in name else content
        )

    _rewrite(backup, newer)
    with pytest.raises(BackupRefused, match="form 2 is newer"), opened(backup):
        pytest.fail("it was taken for ours")


@on_one_database
def test_names_that_lead_elsewhere_are_not_followed(backup: Path, tmp_path: Path) -> None:
    with tarfile.open(backup) as tar:
        members = [(m, (tar.extractfile(m) or BytesIO()).read()) for m in tar.getmembers()]
    with tarfile.open(backup, "w:gz") as tar:
        for member, content in members:
            tar.addfile(member, BytesIO(content))
        evil = tarfile.TarInfo(f"../{tmp_path.name}-evil")
        tar.addfile(evil, BytesIO(b""))

    with opened(backup) as contents:
        assert contents.manifest.archived == 2
    assert not list(tmp_path.parent.glob("*-evil"))


def test_text_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK\x03\x04 and so on")

    with pytest.raises(BackupRefused, match="no whole backup"), opened(path):
        pytest.fail("it was taken for one")


def test_ledger_that_can_not_be_read_is_told(tmp_path: Path, archive: Archive) -> None:
    with pytest.raises(StorageError, match="can't be copied"):
        _write(tmp_path / "backup.tar.gz", f"sqlite:///{tmp_path}/missing.db", archive)
    assert not (tmp_path / "backup.tar.gz").exists()


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """Where no ledger is yet, in a database of the same kind."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/fresh/ledger.db"
    return str(request.getfixturevalue("postgres_url"))


def _write(path: Path, url: str, archive: Archive) -> Manifest:
    return write_backup(
        path, database_url=url, archive=archive, secret=SECRET, settings={}, now=NOW
    )


def _lines(url: str) -> int:
    database = Database(url)
    database.check()
    with database.reading() as session:
        count = session.exec(select(func.count()).select_from(EventRow)).one()
    database.close()
    return count


def _members(backup: Path) -> list[str]:
    with tarfile.open(backup) as tar:
        return tar.getnames()


def _rewrite(backup: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The same backup with the content of its members changed, None: left out."""
    with tarfile.open(backup) as tar:
        held = [(m.name, (tar.extractfile(m) or BytesIO()).read()) for m in tar.getmembers()]
    with tarfile.open(backup, "w:gz") as tar:
        for name, content in held:
            changed = change(name, content)
            if changed is not None:
                member = tarfile.TarInfo(name)
                member.size = len(changed)
                tar.addfile(member, BytesIO(changed))
