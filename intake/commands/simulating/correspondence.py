"""The letters that arrived in a simulated year, as their readers' mail servers got them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message

from intake.commands.simulating.envelopes import Answered, Enclosure
from intake.commands.staging.wire import WireMessage


@dataclass(frozen=True, slots=True)
class Arrival:
    """One letter that reached somebody, and when. `recipients` are lower case; `text` is its plain
    text, the lines ended by LF."""

    at: datetime
    recipients: tuple[str, ...]
    message_id: str
    subject: str
    text: str = field(repr=False)
    raw: bytes = field(repr=False)

    @property
    def answered(self) -> Answered:
        return Answered(self.message_id, self.subject)


class Letterbox:
    """Everything that has arrived, in order. A copy is an arrival of its own."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self._known: set[str] = set()

    def take(self, wire: WireMessage, at: datetime) -> tuple[Arrival, bool]:
        """Note one letter; the flag is True when it is no copy of one that came before."""
        message = message_from_bytes(wire.raw)  # by the old policy, which is the faster one
        arrival = Arrival(
            at,
            tuple(recipient.lower() for recipient in wire.recipients),
            str(message["Message-ID"]),
            "".join(str(make_header(decode_header(message["Subject"]))).splitlines()),
            _text_of(message),
            wire.raw,
        )
        self.arrivals.append(arrival)
        is_new = arrival.message_id not in self._known
        self._known.add(arrival.message_id)
        return arrival, is_new

    def has(self, message_id: str) -> bool:
        """Whether the letter with this Message-ID has arrived."""
        return message_id in self._known

    def newest(self, addresses: Collection[str]) -> Arrival | None:
        """The last letter to any of these addresses, None for none."""
        return next(self._to(addresses), None)

    def pack(self, addresses: Collection[str]) -> tuple[Arrival, Enclosure] | None:
        """The last letter to any of these addresses that brought an application form, with the
        form; None where none did."""
        for arrival in self._to(addresses):
            for file in files_of(arrival.raw) if b".docx" in arrival.raw else ():
                if "form" in file.name.lower() and file.name.endswith(".docx"):
                    return arrival, file
        return None

    def _to(self, addresses: Collection[str]) -> Iterator[Arrival]:
        wanted = set(addresses)
        return (a for a in reversed(self.arrivals) if wanted.intersection(a.recipients))


def files_of(raw: bytes) -> Iterator[Enclosure]:
    """The files that came with a letter."""
    for part in _parsed(raw).iter_attachments():
        content = part.get_payload(decode=True)
        name = part.get_filename()
        if name and isinstance(content, bytes):
            yield Enclosure(name, part.get_content_type(), content)


def _text_of(message: Message) -> str:
    """Of the first part that is plain text; empty where there is none."""
    part = next((part for part in message.walk() if part.get_content_type() == "text/plain"), None)
    content = part.get_payload(decode=True) if part is not None else None
    return "\n".join(content.decode().splitlines()) if isinstance(content, bytes) else ""


def _parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
