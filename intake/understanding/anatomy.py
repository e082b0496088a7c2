"""Pure: the pieces of one message as any reader of mail names them, whatever it is about.

For looking at what was read, and for measuring it beside other programs: nothing decides on it.
"""

from dataclasses import dataclass

from intake.understanding.mime.literal import literal_sender, literal_subject, literal_text
from intake.understanding.mime.message import Message, parse_message
from intake.understanding.mime.senders import find_answerable
from intake.understanding.texts.forwards import Forward, find_enclosed, is_forwarded
from intake.understanding.texts.lines import join_text, part_read, split_lines
from intake.understanding.texts.pieces import kinds_of, merge, new_text, signature_text
from intake.understanding.triage.bounces import find_bounce
from storage.domain.message import MessageKind
from storage.domain.people import Address


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A message that another one passes on: `sender` is an address in lower case, None where it
    gives none; so is `subject`."""

    sender: str | None
    subject: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What stands where in one message.

    `sender` is the address that From shows, None without any; `text` the whole text; both
    and `subject` are told literally, by their labels alone. `reply` is what is new in the text,
    `signature` what follows that, None where nothing does; `attachments` are the names of the
    files. `bounced` are the addresses a bounce is about, those of a delay too.
    """

    subject: str = ""
    sender: str | None = None
    text: str = ""
    reply: str = ""
    signature: str | None = None
    forward: Forwarded | None = None
    attachments: tuple[str, ...] = ()
    is_bounce: bool = False
    bounced: tuple[str, ...] = ()
    is_auto_reply: bool = False


def dissect(raw: bytes, kind: MessageKind) -> Anatomy:
    """The pieces of the message `raw`, which was understood to be of this kind. Raises
    Unreadable."""
    message = parse_message(raw)
    bounce = find_bounce(message, raw)
    text = part_read(message.text)
    lines = split_lines(text)
    writer = message.head.sender or Address("")
    kinds = kinds_of(lines, names=[writer.name] if writer.name else [], email=writer.email)
    pieces = merge(lines, kinds, len(text))
    reply = new_text(text, pieces)
    return Anatomy(
        subject=literal_subject(message),
        sender=literal_sender(message),
        text=literal_text(message),
        reply=reply,
        signature=signature_text(text, pieces) or None,
        forward=_forward(message, find_enclosed(lines, kinds), reply),
        attachments=tuple(part.name for part in message.attachments if part.name),
        is_bounce=bounce is not None,
        bounced=bounce.addresses if bounce else (),
        is_auto_reply=kind is MessageKind.AUTO_REPLY,
    )


def _forward(message: Message, enclosed: Forward | None, cover: str) -> Forwarded | None:
    """The message that is passed on, as a part of its own or below `cover` in the text."""
    if message.enclosed and message.report_type is None:
        inner = message.enclosed[0]
        sender = find_answerable(inner.headers)
        return Forwarded(sender.email if sender else None, inner.head.subject or None, inner.text)
    if enclosed is None or not is_forwarded(enclosed, message.head, cover=cover, ours=()):
        return None
    address = enclosed.sender.email if enclosed.sender else ""
    return Forwarded(address or None, enclosed.subject, join_text(enclosed.lines).strip())
