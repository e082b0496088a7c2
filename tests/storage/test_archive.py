import hashlib
import os
import threading
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.errors import ArchiveDamaged, ArchiveUnavailable

LETTER = b"From: amina@riverside.example\r\n\r\nOur project\r\n"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "var" / "archive")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_put_gives_the_hash_under_which_the_bytes_come_back(archive: Archive) -> None:
    sha256 = archive.put(LETTER)

    assert sha256 == hashlib.sha256(LETTER).hexdigest()
    assert archive.get(sha256) == LETTER
    assert archive.has(sha256)


def test_put_twice_keeps_one_untouched_file(archive: Archive, tmp_path: Path) -> None:
    archive.put(LETTER)
    before = [(path, path.stat().st_ino) for path in files_in(tmp_path)]

    archive.put(LETTER)

    assert [(path, path.stat().st_ino) for path in files_in(tmp_path)] == before


def test_put_all_keeps_order_and_stores_equal_contents_once(
    archive: Archive, tmp_path: Path
) -> None:
    contents = [b"one", b"", b"two", b"one"]

    hashes = archive.put_all(contents)

    assert [archive.get(sha256) for sha256 in hashes] == contents
    assert len(files_in(tmp_path)) == 3


def test_files_are_for_the_owner_only(archive: Archive, tmp_path: Path) -> None:
    archive.put(LETTER)

    (path,) = files_in(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_half_written_file_is_never_visible(archive: Archive, tmp_path: Path) -> None:
    """A process that dies while it writes leaves a part; the whole can still be stored."""
    sha256 = hashlib.sha256(LETTER).hexdigest()
    child = os.fork()
    if child == 0:
        os.fsync = lambda _handle: os._exit(7)  # the power goes before the bytes are on the disk
        archive.put(LETTER)
        os._exit(1)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 7
    assert not archive.has(sha256)
    with pytest.raises(ArchiveDamaged):
        archive.get(sha256)
    archive.put(LETTER)
    assert archive.get(sha256) == LETTER
    assert len([path for path in files_in(tmp_path) if path.name == sha256]) == 1


def test_failed_write_leaves_nothing_behind(archive: Archive, tmp_path: Path) -> None:
    """A folder stands where the file should go, so that the last step fails."""
    sha256 = hashlib.sha256(LETTER).hexdigest()
    (tmp_path / "var" / "archive" / sha256[:2] / sha256 / "in the way").mkdir(parents=True)

    with pytest.raises(ArchiveUnavailable):
        archive.put(LETTER)

    assert files_in(tmp_path) == []


def test_altered_file_is_detected_and_healed_by_the_next_put(
    archive: Archive, tmp_path: Path
) -> None:
    sha256 = archive.put(LETTER)
    (path,) = files_in(tmp_path)
    path.write_bytes(LETTER[:-3])

    with pytest.raises(ArchiveDamaged, match=sha256):
        archive.get(sha256)

    archive.put(LETTER)
    assert archive.get(sha256) == LETTER


def test_missing_file_is_damage_not_an_empty_message(archive: Archive) -> None:
    with pytest.raises(ArchiveDamaged, match="missing"):
        archive.get("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_names_a_file(archive: Archive, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        archive.get(name)


def test_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file, not a folder")

    with pytest.raises(ArchiveUnavailable):
        Archive(tmp_path / "archive").put(LETTER)


def test_threads_put_the_same_bytes_at_once(archive: Archive) -> None:
    contents = [bytes([number]) * 1_000 for number in range(20)]
    threads = [threading.Thread(target=archive.put_all, args=(contents,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [archive.get(sha256) for sha256 in archive.put_all(contents)] == contents
