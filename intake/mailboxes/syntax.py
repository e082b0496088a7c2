"""Pure: how IMAP writes sets of messages, times, and what it fetched (RFC 9051)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

FetchData = Sequence[bytes | tuple[bytes, bytes] | None]
"""What imaplib gathers from FETCH responses: `(text up to a literal, the literal)` for each
literal, and the text after the last one, which also ends the response, alone."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE_TIME = re.compile(
    r" ?(?P<day>\d{1,2})-(?P<month>[A-Za-z]{3})-(?P<year>\d{4})"
    r" (?P<clock>\d\d:\d\d:\d\d) (?P<sign>[+-])(?P<hours>\d\d)(?P<minutes>\d\d)"
)
_FLAGS = re.compile(rb"FLAGS \([^)]*\)", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_RECEIVED = re.compile(rb'\bINTERNALDATE "([^"]+)"', re.IGNORECASE)
_BODY = re.compile(rb"\bBODY\[(?:HEADER)?\] *(?P<inline>NIL|\"(?:[^\"\\]|\\.)*\")?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a server knows of a message before it is fetched: bytes, and when it came (UTC)."""

    size: int
    received_at: datetime


def format_set(uids: Iterable[int]) -> str:
    """The shortest set that names exactly these messages: `1:3,7` (section 9, sequence-set)."""
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and runs[-1][1] == uid - 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(a) if a == b else f"{a}:{b}" for a, b in runs)


def parse_date_time(text: str) -> datetime:
    """An INTERNALDATE (section 9, date-time) in UTC, whatever this machine's language.

    Raises ValueError when it is none.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None or match["month"].title() not in _MONTHS:
        raise ValueError("not a date-time of IMAP")
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
    hour, minute, second = (int(part) for part in match["clock"].split(":"))
    return datetime(
        int(match["year"]),
        _MONTHS.index(match["month"].title()) + 1,
        int(match["day"]),
        hour,
        minute,
        min(second, 59),  # a leap second is allowed there, but not here
        tzinfo=timezone(-offset if match["sign"] == "-" else offset),
    ).astimezone(UTC)


def parse_facts(data: FetchData) -> dict[int, Facts]:
    """Facts by uid. Responses that lack one of them, or are about something else, are left out;
    raises ValueError for a time that is none."""
    facts = {}
    for text, _ in _responses(data):
        uid, size, received = (p.search(text) for p in (_UID, _SIZE, _RECEIVED))
        if uid and size and received:
            received_at = parse_date_time(received[1].decode("ascii", "replace"))
            facts[int(uid[1])] = Facts(int(size[1]), received_at)
    return facts


def parse_bodies(data: FetchData) -> dict[int, bytes]:
    """The one body section of each response, by uid. Responses without any, such as flags that
    somebody changed meanwhile, are left out."""
    bodies = {}
    for text, literals in _responses(data):
        uid, body = _UID.search(text), _BODY.search(text)
        if uid and body:
            bodies[int(uid[1])] = literals[0] if literals else _unquoted(body["inline"] or b"")
    return bodies


def _responses(data: FetchData) -> Iterator[tuple[bytes, list[bytes]]]:
    """Each FETCH response: its text without flags and literals, and its literals."""
    text, literals = b"", list[bytes]()
    for item in data:
        if isinstance(item, tuple):
            text += item[0]
            literals.append(item[1])
        elif item is not None:
            yield _FLAGS.sub(b"", text + item), literals
            text, literals = b"", []


def _unquoted(value: bytes) -> bytes:
    if not value.startswith(b'"'):
        return b""
    return re.sub(rb"\\(.)", rb"\1", value[1:-1])
