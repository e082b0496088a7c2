"""Where messages are read from: one small protocol, its values and its errors.

MailboxError
├── MailboxUnavailable   try again later
│   └── MessageFailed    that message; the others can be read and filed
└── MailboxRefused       a person must act
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Literal, Protocol

from intake.graph.access import GraphAccess

LARGEST_MESSAGE = 25 * 2**20
"""Bytes of a whole message that is still read; the limit most mail servers set themselves."""

_END_OF_HEADER = re.compile(rb"(?:\A|\n)\r?\n")


class MailboxError(Exception):
    """A mailbox could not be read or filed. No text of it holds a password or a token."""


class MailboxUnavailable(MailboxError):
    """The mailbox can't be reached or used just now. Nothing is lost: it is tried again."""


class MessageFailed(MailboxUnavailable):
    """The server can't give or move a message of the inbox, while the others may be read and filed.
    Move it to another folder by hand if that lasts."""


class MailboxRefused(MailboxError):
    """The server refuses the log-in, or the settings can't work. A person must correct them."""


class Destination(StrEnum):
    """Where a message goes once the ledger holds it."""

    PROCESSED = "processed"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class FetchedMessage:
    """Raw bytes as they lie in the mailbox.

    `key` is the mailbox's own name for it, opaque and unique within the mailbox. `raw` is the
    whole message, or only its header block when it is `too_big`. `received_at` is the server's
    time (INTERNALDATE, RFC 9051 section 2.3.3), aware, UTC. `size` is that of the whole, in bytes.
    """

    key: str
    raw: bytes = field(repr=False)
    received_at: datetime
    size: int
    too_big: bool = False


@dataclass(frozen=True, slots=True)
class Resting:
    """A message that lies in the mailbox, as far as it is known without being read. `key` is
    opaque and unique within the mailbox, that of `keys` where it lies in the inbox; `place` is
    None there, else the folder it was filed in. `received_at` as of FetchedMessage, and `size`
    too, unless a message keeps its key wherever it lies: then it is that of the store."""

    key: str
    place: Destination | None
    received_at: datetime
    size: int


def header_block(raw: bytes) -> bytes:
    """`raw` up to and with the empty line that ends its header; all of it when there is none."""
    end = _END_OF_HEADER.search(raw)
    return raw[: end.end()] if end else raw


class Mailbox(Protocol):
    """A mailbox that people may be using as well. Not for use by two threads at once."""

    name: str

    def keys(self) -> list[str]:
        """What waits in the inbox, read or unread, oldest first. Raises MailboxError."""
        ...

    def fetch(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        """The messages of `keys`, in their order, unmarked; those that are gone are left out, and
        those that failed before may come last. Raises MessageFailed, after the others, where one
        can't be given."""
        ...

    def file(self, keys: Sequence[str], destination: Destination) -> set[str]:
        """Move messages out of the inbox; gives the keys that are no longer in it, those that
        were gone before included. Asking twice is harmless. Raises MessageFailed where one can't
        be moved and nothing else was to be."""
        ...

    def survey(self) -> list[Resting]:
        """Everything that lies in the inbox and where messages are filed; no message is read.
        Raises MailboxError."""
        ...

    def recall(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        """As `fetch`, of keys that `survey` gave, wherever they lie."""
        ...

    def refile(self, keys: Sequence[str], destination: Destination) -> int:
        """Move messages of `survey` from where they were filed to `destination`; how many were
        moved. Those that are gone are left out."""
        ...

    def wait(self, timeout: timedelta) -> bool:
        """Wait until something may have come (True) or `timeout` is over (False)."""
        ...

    def check(self) -> None:
        """Make the folders that messages are filed in. Raises MailboxError when messages could
        not be read or filed."""
        ...

    def close(self) -> None:
        """Let go of the connection. The mailbox may still be used: it opens another."""
        ...


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """How to reach a mailbox over IMAP.

    One of `password` and `token` is given; `token` is asked for a fresh access token at each
    log-in (XOAUTH2). `security` is `plain` on the loopback only. `cafile` replaces the
    system's certificate authorities. `timeout` is in seconds and holds for each exchange,
    `chunk` is the number of messages asked for at once, `max_bytes` the largest read whole.
    Folder names are written with `/`, whatever the server's own delimiter is. `sent` is where the
    server keeps copies of what it sends, None where it keeps none.
    """

    name: str
    host: str
    port: int
    username: str
    password: str | None = field(default=None, repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)
    security: Literal["tls", "starttls", "plain"] = "tls"
    cafile: Path | None = None
    folder: str = "INBOX"
    processed: str = "Postroom/Processed"
    quarantine: str = "Postroom/Quarantine"
    sent: str | None = None
    max_bytes: int = LARGEST_MESSAGE
    timeout: float = 60.0
    chunk: int = 100


@dataclass(frozen=True, slots=True)
class GraphAccount:
    """A mailbox of Microsoft 365. Folder names are written with `/`; the English names of folders
    that every mailbox has are known in any language. `look_every` is in seconds: how often it is
    asked for news while somebody waits for it."""

    name: str
    access: GraphAccess
    folder: str = "INBOX"
    processed: str = "Postroom/Processed"
    quarantine: str = "Postroom/Quarantine"
    sent: str = "Sent Items"
    max_bytes: int = LARGEST_MESSAGE
    look_every: float = 5.0


@dataclass(frozen=True, slots=True)
class MaildirAccount:
    """A Maildir on this machine; its folders are Maildir++ subfolders."""

    name: str
    path: Path
    processed: str = "Postroom/Processed"
    quarantine: str = "Postroom/Quarantine"
    max_bytes: int = LARGEST_MESSAGE


@dataclass(frozen=True, slots=True)
class FolderAccount:
    """Saved messages to import: a folder of `.eml` files (searched deeply), one such file, or an
    mbox. Nothing is ever moved in it."""

    name: str
    path: Path
    max_bytes: int = LARGEST_MESSAGE
