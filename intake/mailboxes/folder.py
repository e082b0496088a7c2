"""Saved messages to import: a folder of `.eml` files, one such file, or an mbox (RFC 4155)."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from pathlib import Path

from intake.mailboxes.base import (
    Destination,
    FetchedMessage,
    FolderAccount,
    MailboxRefused,
    Resting,
    header_block,
)

MOST_HEADER_BYTES = 256 * 2**10
"""Bytes of a header block that are searched for a time; no honest header is longer."""

LONGEST_STAMP = 200
"""Characters of a header that may hold a time; the parser's work grows with what it is given."""

_SEPARATOR = re.compile(rb"From \S.* \d{4}\s*$")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def received_at_of(raw: bytes) -> datetime | None:
    """When a saved message was received, in UTC: the time of the topmost Received header that has
    one (the last server's), else its Date. None when it has neither."""
    block = header_block(raw[:MOST_HEADER_BYTES])
    headers = BytesHeaderParser(policy=compat32).parsebytes(block)
    stamps = [str(value).rpartition(";")[2] for value in headers.get_all("Received", [])]
    stamps += [str(value) for value in headers.get_all("Date", [])]
    return next((time for time in map(_parse_time, stamps) if time), None)


@dataclass(frozen=True, slots=True)
class _Saved:
    """Where a message lies: a whole file, or bytes `start` to `end` of an mbox."""

    place: str
    path: Path
    start: int = 0
    end: int | None = None

    @property
    def size(self) -> int:
        return (self.path.stat().st_size if self.end is None else self.end) - self.start

    def key(self) -> str:
        """Its place, and enough to tell it from another message in that place."""
        digest = hashlib.sha256(self.read(MOST_HEADER_BYTES)).hexdigest()
        return f"{self.place}/{self.size}/{digest[:16]}"

    def read(self, limit: int) -> bytes:
        """The first `limit` bytes, without the quoting that an mbox needs."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            raw = file.read(min(limit, self.size))
        return raw if self.end is None else _QUOTED.sub(rb"\1", raw)


class FolderMailbox:
    """Implements Mailbox for importing: nothing is moved, and nothing new is waited for.

    A key tells the contents apart as well as the place, so that another message that is later
    saved under the same name is another message. The time of receipt is that of the message's
    own headers, else that of the file; and `moved_by` later.
    """

    def __init__(self, account: FolderAccount, *, moved_by: timedelta = timedelta(0)) -> None:
        self.name = account.name
        self._moved_by = moved_by
        self._account = account
        self._found: dict[str, _Saved] = {}

    def keys(self) -> list[str]:
        with _translated(self.name):
            found = {saved.key(): saved for saved in _find(self._account.path)}
            received = {key: self._received_at(saved) for key, saved in found.items()}
        self._found = found
        return sorted(found, key=lambda key: received[key])

    def fetch(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        if not self._found:
            self.keys()
        for key in keys:
            if key in self._found:
                with _translated(self.name):
                    fetched = self._read(key, self._found[key])
                yield fetched

    def file(self, keys: Sequence[str], destination: Destination) -> set[str]:  # noqa: ARG002
        """Nothing is moved: all count as filed."""
        return set(keys)

    def survey(self) -> list[Resting]:
        found = [(key, self._found[key]) for key in self.keys()]
        with _translated(self.name):
            return [
                Resting(key, None, self._received_at(saved), saved.size) for key, saved in found
            ]

    def recall(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        return self.fetch(keys)

    def refile(self, keys: Sequence[str], destination: Destination) -> int:  # noqa: ARG002
        """Nothing is moved."""
        return 0

    def wait(self, timeout: timedelta) -> bool:  # noqa: ARG002
        """Nothing more comes."""
        return False

    def check(self) -> None:
        with _translated(self.name):
            _find(self._account.path)

    def close(self) -> None:
        """Nothing is kept open."""

    def _read(self, key: str, saved: _Saved) -> FetchedMessage:
        size, limit = saved.size, self._account.max_bytes
        is_too_big = size > limit
        raw = header_block(saved.read(MOST_HEADER_BYTES)) if is_too_big else saved.read(limit)
        return FetchedMessage(key, raw, self._received_at(saved), size, is_too_big)

    def _received_at(self, saved: _Saved) -> datetime:
        told = received_at_of(saved.read(MOST_HEADER_BYTES))
        at = told or datetime.fromtimestamp(saved.path.stat().st_mtime, UTC)
        try:
            return at + self._moved_by
        except OverflowError:  # a header may say the year 9999
            return at


def _find(path: Path) -> list[_Saved]:
    if path.is_dir():
        return [_Saved(str(file.relative_to(path)), file) for file in sorted(path.rglob("*.eml"))]
    with path.open("rb") as file:
        is_mbox = _SEPARATOR.match(file.readline()) is not None
    return list(_split_mbox(path)) if is_mbox else [_Saved(path.name, path)]


def _split_mbox(path: Path) -> Iterator[_Saved]:
    """A message starts after a line `From …` with a year that follows an empty line or nothing;
    the empty line belongs to neither message."""
    number, start, offset, empty = 0, 0, 0, b"\n"
    with path.open("rb") as file:
        for line in file:
            if empty and _SEPARATOR.match(line):
                if offset:
                    yield _Saved(str(number), path, start, offset - len(empty))
                number, start = number + 1, offset + len(line)
            offset += len(line)
            empty = line if line in (b"\n", b"\r\n") else b""
    yield _Saved(str(number), path, start, offset - len(empty))


@contextmanager
def _translated(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MailboxRefused(f"{name}: {error.strerror}: {error.filename}") from error


def _parse_time(stamp: str) -> datetime | None:
    """The time of a header in UTC. Without a zone it is taken for UTC (RFC 5322 section 3.3)."""
    try:
        time = parsedate_to_datetime(stamp.strip()[:LONGEST_STAMP])
        aware = time if time.tzinfo else time.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
