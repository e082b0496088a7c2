"""Pure: the paths of what Graph has in a mailbox, and its JSON of messages as facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

_SIZE = "LONG 0x0E08"
"""The size of a message in the store (PidTagMessageSizeExtended); a message has none by itself."""

FACTS = {
    "$select": "id,receivedDateTime,createdDateTime,lastModifiedDateTime",
    "$expand": f"singleValueExtendedProperties($filter=id eq '{_SIZE}')",
}
"""What to ask about a message, so that `read_facts` can tell."""

_TIMES = ("receivedDateTime", "createdDateTime", "lastModifiedDateTime")

OLDEST_FIRST = {"$orderby": "receivedDateTime"}

IN_EVERY_MAILBOX = frozenset({"inbox", "sentitems", "deleteditems", "drafts"})
_WELL_KNOWN = IN_EVERY_MAILBOX | {"archive", "junkemail"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What Graph tells of a message before it is read. `size` is that in its store, in bytes, from
    which that of the message itself differs; 0: it tells none."""

    received_at: datetime
    size: int


def well_known(name: str) -> str | None:
    """Graph's own name of a folder that Exchange makes, in whatever language: `inbox` for INBOX,
    `sentitems` for Sent Items. None for any other."""
    short = name.lower().replace(" ", "")
    return short if short in _WELL_KNOWN else None


def folder_path(folder: str) -> str:
    """`folder` is an id or a well-known name."""
    return f"/mailFolders/{quote(folder, safe='')}"


def message_path(key: str) -> str:
    """Of a message wherever it lies."""
    return f"/messages/{quote(key, safe='')}"


def equals(field: str, text: str) -> dict[str, str]:
    """A filter for things whose field is exactly this text."""
    return {"$filter": f"{field} eq '{text.replace(chr(39), chr(39) * 2)}'"}


def entries(page: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The things in one page of a list."""
    listed = page.get("value")
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, Mapping):
            yield entry


def link(page: Mapping[str, object], name: str) -> str | None:
    """A link to the next page (`nextLink`), or to what changes from now on (`deltaLink`)."""
    found = page.get(f"@odata.{name}")
    return found if isinstance(found, str) else None


def text(entry: Mapping[str, object], field: str) -> str:
    """A field that holds text, empty where it holds none."""
    found = entry.get(field)
    return found if isinstance(found, str) else ""


def read_facts(entry: Mapping[str, object]) -> Facts | None:
    """None where it has no time at all: neither of its receipt nor, in its stead, of when the store
    made or changed it."""
    time = next(filter(None, (_time(text(entry, name)) for name in _TIMES)), None)
    if time is None:
        return None
    properties = entries({"value": entry.get("singleValueExtendedProperties")})
    told = next((text(one, "value") for one in properties), "")  # only the size was asked for
    size = int(told) if told.isascii() and told.isdigit() else 0
    return Facts(time, size)


def _time(written: str) -> datetime | None:
    """In UTC; None for what is no time with a zone."""
    try:
        time = datetime.fromisoformat(written)
        return time.astimezone(UTC) if time.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def addresses(entry: Mapping[str, object]) -> frozenset[str]:
    """Everybody a message is from or to, in lower case."""
    people = [entry.get("from"), entry.get("sender")]
    for field in ("toRecipients", "ccRecipients", "bccRecipients"):
        people += entries({"value": entry.get(field)})
    named = (person.get("emailAddress") for person in people if isinstance(person, Mapping))
    return frozenset(text(one, "address").lower() for one in named if isinstance(one, Mapping))
