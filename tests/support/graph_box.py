"""What lies in one mailbox of the stand-in for Microsoft Graph: folders, messages, changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.utils import getaddresses, parseaddr
from itertools import count

WELL_KNOWN = {
    "inbox": "Posteingang",
    "drafts": "Entwürfe",
    "sentitems": "Gesendete Elemente",
    "deleteditems": "Gelöschte Elemente",
}
"""Their display names are another language's: a mailbox in English may not be counted on."""

OVERHEAD = 2_317
"""Bytes that the store needs beyond those of the message itself."""


@dataclass
class Folder:
    """A container; its id never changes, whatever a request prefers."""

    id: str
    name: str
    parent: str | None


@dataclass
class Stored:
    """A message. Its plain id is another one after each move, the immutable one is not. `untold`
    are the fields that the store has no value for."""

    number: int
    raw: bytes
    received_at: datetime
    folder: str
    moves: int = 0
    is_read: bool = False
    is_draft: bool = False
    untold: frozenset[str] = frozenset()

    def id(self, *, immutable: bool) -> str:
        return f"AAkAL+/{self.number}=" if immutable else f"AAMk{self.number}-{self.moves}="

    @property
    def message_id(self) -> str:
        return str(message_from_bytes(self.raw)["Message-ID"] or "")

    def resource(self, *, immutable: bool) -> dict[str, object]:
        """All that a request may select."""
        parsed = message_from_bytes(self.raw)
        time = f"{self.received_at:%Y-%m-%dT%H:%M:%SZ}"
        told = {
            "id": self.id(immutable=immutable),
            "receivedDateTime": time,
            "createdDateTime": time,
            "lastModifiedDateTime": time,
            "internetMessageId": self.message_id,
            "parentFolderId": self.folder,
            "isRead": self.is_read,
            "isDraft": self.is_draft,
            "from": _person(*parseaddr(str(parsed["From"] or ""))),
            "sender": _person(*parseaddr(str(parsed["From"] or ""))),
            **{
                f"{name}Recipients": [
                    _person(*pair) for pair in getaddresses(parsed.get_all(name, []))
                ]
                for name in ("to", "cc", "bcc")
            },
        }
        return {name: None if name in self.untold else value for name, value in told.items()}


@dataclass
class Box:
    """One mailbox. `changes` are (folder, message number, whether it went away), in order."""

    folders: dict[str, Folder] = field(default_factory=dict)
    messages: dict[int, Stored] = field(default_factory=dict)
    changes: list[tuple[str, int, bool]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        for name, shown in WELL_KNOWN.items():
            self.folders[name] = Folder(f"AQMk-{name}=", shown, None)

    def folder(self, named: str) -> Folder | None:
        """By its id or well-known name."""
        if named in self.folders:
            return self.folders[named]
        return next((one for one in self.folders.values() if one.id == named), None)

    def at(self, path: str) -> Folder | None:
        """By the names that people see, as its owner would look for it; INBOX is the inbox."""
        found, parent = None, None
        for name in path.split("/"):
            short = name.lower().replace(" ", "")
            found = self.folders.get(short) or self.child(parent, name)
            if found is None:
                return None
            parent = found.id
        return found

    def child(self, parent: str | None, name: str) -> Folder | None:
        folders = self.folders.values()
        return next((one for one in folders if (one.parent, one.name) == (parent, name)), None)

    def make(self, parent: str | None, name: str) -> Folder:
        made = Folder(f"AQMk{next(self._numbers)}+/=", name, parent)
        self.folders[made.id] = made
        return made

    def throw_away(self, folder: Folder) -> None:
        """As people do it: the folder lies among the deleted ones and keeps its id."""
        folder.parent = self.folders["deleteditems"].id

    def put(self, folder: str, raw: bytes, received_at: datetime) -> Stored:
        number = next(self._numbers)
        stored = Stored(number, raw, received_at, self._id(folder))
        self.messages[number] = stored
        self.changes.append((stored.folder, number, False))
        return stored

    def find(self, id: str) -> Stored | None:
        return next(
            (
                one
                for one in self.messages.values()
                if id in (one.id(immutable=True), one.id(immutable=False))
            ),
            None,
        )

    def move(self, stored: Stored, folder: Folder) -> None:
        self.changes += [(stored.folder, stored.number, True), (folder.id, stored.number, False)]
        stored.folder, stored.moves = folder.id, stored.moves + 1

    def remove(self, stored: Stored) -> None:
        self.changes.append((stored.folder, stored.number, True))
        del self.messages[stored.number]

    def lying(self, folder: str) -> list[Stored]:
        """What is in a folder, in the order it was put there."""
        return [one for one in self.messages.values() if one.folder == self._id(folder)]

    def _id(self, folder: str) -> str:
        found = self.folder(folder)
        assert found is not None, folder
        return found.id


def _person(name: str, address: str) -> dict[str, object]:
    return {"emailAddress": {"name": name, "address": address}}
