"""A Maildir on this machine, shared with whatever delivers into it and whoever reads it."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake.mailboxes.base import (
    Destination,
    FetchedMessage,
    MailboxRefused,
    MailboxUnavailable,
    MaildirAccount,
    Resting,
    header_block,
)

PAUSE_BETWEEN_LOOKS = 0.5
"""Seconds between two looks at the folder while waiting."""

LARGEST_HEADER = 2**20
"""Bytes read of a message too big to be read whole: more than the reader takes of any header."""

_PLACES = ("new", "cur")
_TRASHED = "T"


class MaildirMailbox:
    """Implements Mailbox. A key is a file's name without its flags, which readers change; the
    time of receipt is that of the file, as delivery agents and IMAP servers agree."""

    def __init__(self, account: MaildirAccount) -> None:
        self.name = account.name
        self._account = account
        self._seen: frozenset[str] | None = None

    def keys(self) -> list[str]:
        with _translated(self.name):
            files = self._files()
            self._seen = frozenset(files)
            received = {key: _received_ns(path) for key, path in files.items()}
        return sorted(files, key=lambda key: (received[key], key))

    def fetch(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        files: dict[str, Path] = {}
        for key in keys:
            with _translated(self.name):
                fetched = self._read(key, files.get(key))
                if fetched is None:  # somebody read it, and so renamed it, or took it away
                    files = self._files()
                    fetched = self._read(key, files.get(key))
            if fetched is not None:
                yield fetched

    def file(self, keys: Sequence[str], destination: Destination) -> set[str]:
        wanted = set(keys)
        with _translated(self.name):
            paths = [path for key, path in self._files().items() if key in wanted]
            if paths:
                folder = self._folder(destination)
                for path in paths:
                    _move(path, folder)
            return wanted - self._files().keys()

    def survey(self) -> list[Resting]:
        """A file keeps its name where it is filed."""
        found = []
        for place in (None, *Destination):
            with _translated(self.name):
                for key, path in self._files_in(place).items():
                    if (state := _state_of(path)) is not None:
                        received_at = datetime.fromtimestamp(state.st_mtime, UTC)
                        found.append(Resting(key, place, received_at, state.st_size))
        return found

    def recall(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        with _translated(self.name):
            files = dict[str, Path]()
            for place in (*Destination, None):
                files |= self._files_in(place)
        for key in keys:
            with _translated(self.name):
                fetched = self._read(key, files.get(key))
            if fetched is not None:
                yield fetched

    def refile(self, keys: Sequence[str], destination: Destination) -> int:
        with _translated(self.name):
            folder = self._folder(destination)
            filed = dict[str, Path]()
            for place in Destination:
                if place is not destination:
                    filed |= self._files_in(place)
            found = [filed[key] for key in keys if key in filed]
            for path in found:
                _move(path, folder)
        return len(found)

    def wait(self, timeout: timedelta) -> bool:
        give_up_at = time.monotonic() + timeout.total_seconds()
        while True:
            with _translated(self.name):
                found = frozenset(self._files())
            is_news = self._seen is None or bool(found - self._seen)
            self._seen = found
            left = give_up_at - time.monotonic()
            if is_news or left <= 0:
                return is_news
            time.sleep(min(left, PAUSE_BETWEEN_LOOKS))

    def check(self) -> None:
        with _translated(self.name):
            self._files()
            for destination in Destination:
                self._folder(destination)

    def close(self) -> None:
        """Nothing is kept open."""

    def _files(self) -> dict[str, Path]:
        """The messages of the inbox by key, without those that a reader has marked as deleted."""
        return _files_below(self._account.path)

    def _files_in(self, place: Destination | None) -> dict[str, Path]:
        """The same of a folder that may not be there yet; None is the inbox."""
        if place is None:
            return self._files()
        folder = self._path_of(place)
        return _files_below(folder) if folder.is_dir() else {}

    def _read(self, key: str, path: Path | None) -> FetchedMessage | None:
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                state = os.fstat(file.fileno())
                is_too_big = state.st_size > self._account.max_bytes
                raw = header_block(file.read(LARGEST_HEADER)) if is_too_big else file.read()
        except FileNotFoundError:
            return None
        received_at = datetime.fromtimestamp(state.st_mtime, UTC)
        return FetchedMessage(key, raw, received_at, state.st_size, is_too_big)

    def _path_of(self, destination: Destination) -> Path:
        """A Maildir++ subfolder: `A/B` is `.A.B`."""
        names = {
            Destination.PROCESSED: self._account.processed,
            Destination.QUARANTINE: self._account.quarantine,
        }
        return self._account.path / ("." + names[destination].replace("/", "."))

    def _folder(self, destination: Destination) -> Path:
        """The same, made when missing."""
        folder = self._path_of(destination)
        for place in ("tmp", *_PLACES):
            (folder / place).mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "maildirfolder").touch()
        return folder


def _files_below(folder: Path) -> dict[str, Path]:
    files = {}
    for place in _PLACES:
        with os.scandir(folder / place) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".")]
        for name in names:
            key, _, flags = name.partition(":2,")
            if _TRASHED not in flags:
                files[key] = folder / place / name
    return files


def _state_of(path: Path) -> os.stat_result | None:
    """None for a file that was renamed or taken away meanwhile."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _move(path: Path, folder: Path) -> None:
    try:
        path.rename(folder / path.parent.name / path.name)
    except FileNotFoundError:  # renamed or taken away meanwhile: the caller looks again
        return


def _received_ns(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@contextmanager
def _translated(name: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise MailboxRefused(f"{name}: {error.strerror}: {error.filename}") from error
    except OSError as error:
        raise MailboxUnavailable(f"{name}: {error.strerror}") from error
