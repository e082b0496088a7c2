"""A backup: one file with the ledger, the archive, the secret and the settings, taken while
Postroom runs. The ledger is copied first and the archive after it: what a ledger names was
archived before, and archived files never change."""

import gzip
import hashlib
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from storage.archive import Archive
from storage.errors import StorageError
from storage.ledger_copies import copy_ledger, engine_of, holds_tables, placing, put_back
from storage.rows import SCHEMA

FORM = 1
"""The form of the file that this version writes, and the newest that it reads."""

LEDGER, MANIFEST, SECRET = "ledger", "manifest.json", "secret"

_COMPRESSION = 3
_CHUNK = 1 << 20
_ARCHIVED = re.compile("archive/([0-9a-f]{64})")

Progress = Callable[[int, int], object]
"""Called with how many files are done and how many there are."""


class BackupRefused(StorageError):
    """A backup can't be read, is damaged, or can't be put back here; it says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `engine` is the kind of database, `schema` its migration, `sha256` that
    of the ledger's copy; `archived` counts the files of the archive."""

    form: int
    taken_at: datetime
    engine: str
    schema: str
    sha256: str
    archived: int


@dataclass(frozen=True, slots=True)
class Contents:
    """A backup that was read to its end and found sound. `ledger` is the copy, unpacked."""

    manifest: Manifest
    ledger: Path
    secret: bytes


def write_backup(
    target: Path,
    *,
    database_url: str,
    archive: Archive,
    secret: bytes,
    settings: Mapping[str, Path],
    now: datetime,
    progress: Progress = lambda *_: None,
) -> Manifest:
    """Write a backup to `target`, for its owner only; it appears whole or not at all. `settings`
    are files to take along, by the name they get under `settings/`. Raises CopyFailed,
    ArchiveError, OSError."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        copy, beside = Path(folder, LEDGER), Path(folder, target.name)
        copy_ledger(database_url, copy)
        names = archive.names()
        manifest = Manifest(
            FORM, now, engine_of(database_url), SCHEMA, _sha256(copy), archived=len(names)
        )
        with _writing(beside) as tar:
            _add(tar, MANIFEST, _dump(manifest))
            _add(tar, SECRET, secret)
            tar.add(copy, LEDGER)
            for name, path in settings.items():
                tar.add(path, f"settings/{name}", recursive=False)
            for count, sha256 in enumerate(names, 1):
                _add(tar, f"archive/{sha256}", archive.get(sha256))
                progress(count, len(names))
        beside.replace(target)
    return manifest


@contextmanager
def opened(
    backup: Path, *, archive: Archive | None = None, progress: Progress = lambda *_: None
) -> Iterator[Contents]:
    """The contents of a backup once every byte of it was checked. With an `archive`, its files
    are put there meanwhile. Raises BackupRefused, NoPlace, ArchiveError, OSError."""
    with tempfile.TemporaryDirectory(prefix="postroom-restore-") as folder:
        ledger = Path(folder, LEDGER)
        try:
            with tarfile.open(backup, mode="r|gz") as tar:
                manifest, secret = _read(tar, ledger, archive, progress)
        except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
            raise BackupRefused(f"{backup} is no whole backup: {error}") from error
        yield Contents(manifest, ledger, secret)


def restore_ledger(contents: Contents, database_url: str) -> None:
    """Put the ledger back where there is none. Raises BackupRefused, CopyFailed, NoPlace."""
    require_fitting(contents.manifest, database_url)
    put_back(database_url, contents.ledger)


def require_fitting(manifest: Manifest, database_url: str) -> None:
    """Raise BackupRefused where this ledger can't be put back to that address."""
    if manifest.schema > SCHEMA:
        told = f"a newer version wrote it: its ledger is {manifest.schema}, this one's {SCHEMA}"
        raise BackupRefused(told)
    engine = engine_of(database_url)
    if manifest.engine != engine:
        raise BackupRefused(f"its ledger is one of {manifest.engine}, this one is to be {engine}")
    if holds_tables(database_url):
        raise BackupRefused("there is a ledger here already: move it away, or name another folder")


def _read(
    tar: tarfile.TarFile, ledger: Path, archive: Archive | None, progress: Progress
) -> tuple[Manifest, bytes]:
    """Take the members in the order they were written. Nothing is unpacked by its own name."""
    manifest, secret, archived = None, b"", 0
    for member in tar:
        file = tar.extractfile(member)
        if file is None or member.name.startswith("settings/"):
            continue
        if member.name == MANIFEST:
            manifest = _load(file.read(_CHUNK))
        elif manifest is None:
            break
        elif member.name == SECRET:
            secret = file.read(_CHUNK)
        elif member.name == LEDGER:
            _unpack(file, ledger, manifest.sha256)
        elif found := _ARCHIVED.fullmatch(member.name):
            _keep(file.read(), found[1], archive)
            archived += 1
            progress(archived, manifest.archived)
    if manifest is None:
        raise BackupRefused("it is no backup of Postroom: it has no manifest")
    if not ledger.exists():
        raise BackupRefused("it holds no ledger: it was cut off")
    if archived != manifest.archived:
        told = f"it holds {archived} archived files of {manifest.archived}: it was cut off"
        raise BackupRefused(told)
    return manifest, secret


def _keep(content: bytes, sha256: str, archive: Archive | None) -> None:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BackupRefused(f"the archived file {sha256} in it is damaged")
    if archive is not None:
        archive.put(content)


def _unpack(file: IO[bytes], target: Path, sha256: str) -> None:
    running = hashlib.sha256()
    with target.open("wb", buffering=0) as out:  # what can't be written is known at once
        while chunk := file.read(_CHUNK):
            running.update(chunk)
            with placing(target.parent):
                while chunk:
                    chunk = chunk[out.write(chunk) :]
    if running.hexdigest() != sha256:
        raise BackupRefused("the ledger in it is damaged")


@contextmanager
def _writing(path: Path) -> Iterator[tarfile.TarFile]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as file:  # noqa: PTH123  the handle carries the mode
        with (
            gzip.GzipFile(
                filename="", fileobj=file, mode="wb", compresslevel=_COMPRESSION
            ) as zipped,
            tarfile.open(fileobj=zipped, mode="w|") as tar,
        ):
            yield tar
        file.flush()
        os.fsync(file.fileno())


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, BytesIO(content))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(manifest: Manifest) -> bytes:
    told = {**asdict(manifest), "taken_at": manifest.taken_at.isoformat()}
    return json.dumps(told, indent=2).encode()


def _load(content: bytes) -> Manifest:
    """Raises BackupRefused."""
    try:
        told = json.loads(content)
        if told["form"] > FORM:
            raise BackupRefused(f"its form {told['form']} is newer than this version's {FORM}")
        return Manifest(**{**told, "taken_at": datetime.fromisoformat(told["taken_at"])})
    except (ValueError, TypeError, KeyError) as error:
        raise BackupRefused("its manifest can't be read") from error
