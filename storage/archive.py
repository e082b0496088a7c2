"""The archive of raw bytes: each file is named by the SHA-256 of its content, appears whole or
not at all, and is never changed, only removed where a person is erased."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from storage.errors import ArchiveDamaged, ArchiveUnavailable

_PART = ".part-"
"""How a file begins that is still being written; nothing reads those."""


class Archive:
    """The archive in `folder`, which is made when it is first written to. 256 folders below it
    share the files. Safe to use by several threads and processes at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Store `content`, on the disk when this returns, and give its SHA-256 in hex. What is
        there already stays; a damaged copy is replaced. Raises ArchiveUnavailable."""
        return self.put_all([content])[0]

    def put_all(self, contents: Sequence[bytes]) -> list[str]:
        """Store many at once: the same promise, with fewer waits for the disk."""
        hashes = [hashlib.sha256(content).hexdigest() for content in contents]
        with _translated():
            missing = {
                sha256: content
                for sha256, content in zip(hashes, contents, strict=True)
                if not self._holds(sha256, content)
            }
            folders = {self.path_of(sha256).parent for sha256 in missing}
            _make_folders(folders)
            for sha256, content in missing.items():
                _write_whole(self.path_of(sha256), content)
            _sync_folders(folders)
        return hashes

    def get(self, sha256: str) -> bytes:
        """The bytes stored under this hash. Raises ArchiveDamaged when they are missing or are
        no longer what was stored, ArchiveUnavailable when they can't be read."""
        with _translated():
            try:
                content = self.path_of(sha256).read_bytes()
            except FileNotFoundError as error:
                raise ArchiveDamaged(f"{sha256} is missing from the archive") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ArchiveDamaged(f"{sha256} is not what was stored")
        return content

    def has(self, sha256: str) -> bool:
        """True when something is stored under this hash; `get` tells whether it is sound."""
        return self.path_of(sha256).is_file()

    def path_of(self, sha256: str) -> Path:
        """Where what has this hash lies, or would lie. Raises ValueError for what is no hash."""
        if not _HASH.fullmatch(sha256):
            raise ValueError("not a SHA-256 in hex")
        return self._folder / sha256[:2] / sha256

    def names(self) -> list[str]:
        """The SHA-256 of everything that is stored, sorted; one being written may be missing."""
        with _translated():
            return sorted(p.name for p in self._folder.glob("??/*") if _HASH.fullmatch(p.name))

    def remove(self, hashes: Iterable[str]) -> None:
        """Let go of files for good; what is not there is no error. Raises ArchiveUnavailable."""
        with _translated():
            paths = [self.path_of(sha256) for sha256 in hashes]
            for path in paths:
                path.unlink(missing_ok=True)
            _sync_folders({path.parent for path in paths if path.parent.is_dir()})

    def _holds(self, sha256: str, content: bytes) -> bool:
        path = self.path_of(sha256)
        return path.is_file() and path.read_bytes() == content


_HASH = re.compile("[0-9a-f]{64}")


def _make_folders(folders: Iterable[Path]) -> None:
    """Make them and everything above, and write down that they exist."""
    made = set()
    for folder in folders:
        for step in (*reversed(folder.parents), folder):
            if not step.is_dir():
                step.mkdir(mode=0o700, exist_ok=True)
                made.add(step.parent)
    _sync_folders(made)


def _write_whole(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=_PART, dir=path.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123  mkstemp gives a handle, not a path
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sync_folders(folders: Iterable[Path]) -> None:
    """A new name is on the disk only once its folder is."""
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = f": {error.strerror}" if error.strerror else ""
        raise ArchiveUnavailable(f"the archive can't be used now{reason}") from error
