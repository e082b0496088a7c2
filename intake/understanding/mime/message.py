"""Pure: raw bytes → Message, the frozen value everything else reads.

The standard library's compat32 parser finds the parts; fields, text and names are decoded by our
own capped readers. Broken MIME is tolerated: only `Unreadable` is ever raised.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from intake.understanding.mime import limits
from intake.understanding.mime.headers import (
    Headers,
    find_addresses,
    find_message_ids,
    find_recipients,
    make_headers,
    parse_parameters,
)
from intake.understanding.mime.limits import Unreadable
from intake.understanding.mime.parts import Node, Part, parse_nodes, raw_items
from intake.understanding.mime.senders import find_sender
from intake.understanding.mime.text import best_text, read_plain
from intake.understanding.mime.walk import Walk, check_count
from storage.domain.message import Head

# What the standard library's parser has been seen to raise on hostile or broken messages.
_PARSER_ERRORS = (
    AssertionError,
    AttributeError,
    IndexError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_LONGEST_HEAD = 65_536
"""Bytes within which the name of a field must say that fields are what the message opens with."""
_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r")
_FIELD = re.compile(
    rb"(?:\A|[\r\n])(?:from|to|cc|date|subject|received|sender|[a-z]{1,20}-[a-z\d-]{1,60})[ \t]*:",
    re.I,
)
_MAX_REFERENCES = 50
_MAX_SUBJECT = 1_000
_LONGEST_NOTE = 120
"""Words above an enclosed message that pass it on; more are a message of their own."""


@dataclass(frozen=True, slots=True)
class Message:
    """A parsed message.

    `text` is the whole readable body, new and quoted, of plain text or HTML: LF lines, flowed
    lines joined, NFC, no control characters; behind `own_length` characters stands the text of
    an enclosed message that it passes on. `texts` are the parts it was read from. `reports` are
    the machine-readable parts of multipart/report, `enclosed` the messages within it, `reply_to`
    addresses in lower case.
    """

    headers: Headers
    head: Head
    text: str
    html: str | None = None
    attachments: tuple[Part, ...] = ()
    reports: tuple[Part, ...] = ()
    enclosed: tuple["Message", ...] = ()
    reply_to: tuple[str, ...] = ()
    media_type: str = "text/plain"
    report_type: str | None = None
    raw_size: int = 0
    texts: tuple[Part, ...] = ()
    own_length: int | None = None

    @property
    def own_text(self) -> str:
        """The text without that of an enclosed message."""
        return self.text[: self.own_length]

    @property
    def is_report(self) -> bool:
        """Whether a machine wrote it about another message, as it says itself."""
        return self.media_type == "multipart/report" or bool(self.reports)


def parse_message(raw: bytes) -> Message:
    """The message that `raw` is. Raises Unreadable, whose `reason` says why."""
    limits.check_bytes(raw)
    try:
        return _read_tree(parse_nodes(raw if _has_fields(raw) else b"\n" + raw), len(raw))
    except _PARSER_ERRORS as error:
        raise Unreadable(f"the parser failed: {type(error).__name__}") from error


def _has_fields(raw: bytes) -> bool:
    """Whether a message opens with fields, rather than with text that has a colon in it."""
    head = _BLANK_LINE.split(raw[:_LONGEST_HEAD], maxsplit=1)[0]
    return _FIELD.search(head) is not None


def _read_tree(root: Node, size: int) -> Message:
    headers = make_headers(raw_items(root))
    walk = Walk()
    walk.walk(root)
    texts = [best_text(body.plain, body.html) for body in walk.bodies]
    if not any(texts):
        texts += _read_inline_files(walk.attachments)
    if not any(texts):
        texts += [best_text(body.plain, body.html) for body in walk.spare]
    _, parameters = parse_parameters(_first(headers, "Content-Type"))
    message = Message(
        headers=headers,
        head=_read_head(headers),
        text="\n\n".join(text for text in texts if text),
        html=next((body.html for body in walk.bodies if body.html is not None), None),
        attachments=tuple(walk.attachments),
        reports=tuple(walk.reports),
        enclosed=tuple(_read_tree(node, 0) for node in walk.enclosed),
        reply_to=find_addresses(headers.get_raw("Reply-To")),
        media_type=root.get_content_type(),
        report_type=parameters.get("report-type", "").lower() or None,
        raw_size=size,
        texts=tuple(walk.texts),
    )
    return message if message.is_report else _pass_on(message)


def _pass_on(message: Message) -> Message:
    """The message with the files of those that it encloses; where it says little itself, it
    passes the first of them on, and its text goes on with that one's as if it stood below."""
    if not message.enclosed:
        return message
    first = len(message.attachments) + len(message.texts)
    inner = (part for enclosed in message.enclosed for part in enclosed.attachments)
    files = (replace(part, index=index) for index, part in enumerate(inner, start=first))
    attachments = [*message.attachments, *files]
    check_count(attachments)
    passed = next((enclosed for enclosed in message.enclosed if enclosed.text.strip()), None)
    text, length = message.text, None
    if passed is not None and len(text.split()) <= _LONGEST_NOTE:
        length = len(text)
        text = f"{text}\n\n{_forwarded_header(passed)}\n\n{passed.text}".lstrip("\n")
    return replace(message, text=text, own_length=length, attachments=tuple(attachments))


def _forwarded_header(passed: Message) -> str:
    """What mail programs write above a message that they forward within the text."""
    fields = ("From", "Date", "Subject", "To")
    told = ((name, passed.headers.get(name)) for name in fields)
    lines = (f"{name}: {value[:_MAX_SUBJECT]}" for name, value in told if value)
    return "\n".join(("---------- Forwarded message ----------", *lines))


def _read_head(headers: Headers) -> Head:
    message_ids = find_message_ids(headers.get_raw("Message-ID"))
    return Head(
        sender=find_sender(headers),
        subject=(headers.get("Subject") or "")[:_MAX_SUBJECT],
        message_id=message_ids[0] if message_ids else None,
        in_reply_to=find_message_ids(headers.get_raw("In-Reply-To"))[:_MAX_REFERENCES],
        references=find_message_ids(headers.get_raw("References"))[-_MAX_REFERENCES:],
        recipients=find_recipients(headers),
        date=_parse_date(headers.get("Date")),
    )


def _parse_date(value: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime((value or "")[:100])
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _first(headers: Headers, name: str) -> str:
    values = headers.get_raw(name)
    return values[0] if values else ""


def _read_inline_files(parts: list[Part]) -> list[str]:
    """The text of named text parts that were meant to be shown, where there is no other body."""
    shown = [part for part in parts if part.disposition != "attachment"]
    return [
        read_plain(part.content, part.charset, flowed=False, delsp=False)
        for part in shown
        if part.media_type == "text/plain"
    ]
