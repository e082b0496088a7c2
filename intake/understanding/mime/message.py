"""Pure: raw bytes → Message, the frozen value everything else reads.

The standard library's compat32 parser finds the parts; fields, text and names are decoded by our
own capped readers. Broken MIME is tolerated: only `Unreadable` is ever raised.
"""

from dataclasses import dataclass
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
from intake.understanding.mime.limits import TooMuch, Unreadable
from intake.understanding.mime.parts import (
    Node,
    decode_content,
    decode_enclosed,
    flatten,
    mend,
    parse_nodes,
    raw_items,
)
from intake.understanding.mime.senders import find_sender
from intake.understanding.mime.text import best_text, read_html, read_plain
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
_MAX_REFERENCES = 50
_MAX_SUBJECT = 1_000
_MAX_NAME = 250
_READABLE = frozenset({"text/plain", "text/html", "text/enriched"})


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the message. `index` counts the leaves from 0, `name` is untrusted text on one
    line, `content` is decoded, `content_id` is set on what HTML shows inline."""

    index: int
    media_type: str
    name: str | None
    content: bytes
    disposition: str | None = None
    charset: str | None = None
    content_id: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A parsed message.

    `text` is the whole readable body, new and quoted, of plain text or HTML: LF lines, flowed
    lines joined, NFC, no control characters. `reports` are the machine-readable parts of
    multipart/report, `enclosed` the messages within it, `reply_to` addresses in lower case.
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


def parse_message(raw: bytes) -> Message:
    """The message that `raw` is. Raises Unreadable, whose `reason` says why."""
    limits.check_bytes(raw)
    try:
        return _read_tree(parse_nodes(raw), len(raw))
    except _PARSER_ERRORS as error:
        raise Unreadable(f"the parser failed: {type(error).__name__}") from error


@dataclass(slots=True)
class _Body:
    """One readable stretch: alternatives of the same text."""

    plain: str | None = None
    html: str | None = None


class _Reading:
    """What a walk over the parts has gathered."""

    def __init__(self) -> None:
        self.bodies: list[_Body] = []
        self.attachments: list[Part] = []
        self.reports: list[Part] = []
        self.enclosed: list[Message] = []
        self.index = 0

    def walk(self, node: Node) -> None:
        media_type = node.get_content_type()
        if media_type.startswith("message/"):
            self._enclose(node, media_type)
        elif node.is_multipart():
            start = len(self.bodies)
            for child in node.children:
                self.walk(child)
            if media_type == "multipart/alternative":
                self.bodies[start:] = _merge_alternatives(self.bodies[start:])
        elif media_type.startswith("multipart/") and (found := mend(node)) is not None:
            self.walk(found)
        else:
            self._leaf(node, media_type)

    def _leaf(self, node: Node, media_type: str) -> None:
        if media_type.startswith("multipart/"):
            media_type = "text/plain"
        fields = make_headers(raw_items(node, "content-"))
        _, parameters = parse_parameters(_first(fields, "Content-Type"))
        disposition, placing = parse_parameters(_first(fields, "Content-Disposition"))
        name = (placing.get("filename") or parameters.get("name") or "")[:_MAX_NAME] or None
        content = decode_content(node, _first(fields, "Content-Transfer-Encoding"))
        index, self.index = self.index, self.index + 1
        charset = parameters.get("charset")
        if media_type == "text/rfc822-headers":
            self.reports.append(Part(index, media_type, name, content, None, charset))
        elif media_type in _READABLE and disposition != "attachment" and name is None:
            self._read(media_type, content, parameters)
        else:
            content_id = _first(fields, "Content-ID").strip("<> ") or None
            self._attach(
                Part(index, media_type, name, content, disposition or None, charset, content_id)
            )

    def _read(self, media_type: str, content: bytes, parameters: dict[str, str]) -> None:
        charset = parameters.get("charset")
        if media_type != "text/plain":  # text/enriched has tags that say as little to us
            html = read_html(content, charset)
            is_html = media_type == "text/html"
            self.bodies.append(_Body(html=html if is_html else f"<pre>{html}</pre>"))
            return
        flowed = parameters.get("format", "").lower() == "flowed"
        delsp = parameters.get("delsp", "").lower() == "yes"
        self.bodies.append(_Body(plain=read_plain(content, charset, flowed=flowed, delsp=delsp)))

    def _attach(self, part: Part) -> None:
        self.attachments.append(part)
        if (
            sum(1 for other in self.attachments if other.content_id is None)
            > limits.MAX_ATTACHMENTS
        ):
            raise TooMuch("more than 25 attachments")

    def _enclose(self, node: Node, media_type: str) -> None:
        index, self.index = self.index, self.index + 1
        if media_type not in ("message/rfc822", "message/global", "message/news"):
            self.reports.append(Part(index, media_type, None, flatten(node)))
            return
        for child in node.children:
            self.enclosed.append(_read_tree(decode_enclosed(node, child), 0))


def _read_tree(root: Node, size: int) -> Message:
    headers = make_headers(raw_items(root))
    reading = _Reading()
    reading.walk(root)
    texts = [best_text(body.plain, body.html) for body in reading.bodies]
    if not any(texts):
        texts += _read_inline_files(reading.attachments)
    _, parameters = parse_parameters(_first(headers, "Content-Type"))
    return Message(
        headers=headers,
        head=_read_head(headers),
        text="\n\n".join(text for text in texts if text),
        html=next((body.html for body in reading.bodies if body.html is not None), None),
        attachments=tuple(reading.attachments),
        reports=tuple(reading.reports),
        enclosed=tuple(reading.enclosed),
        reply_to=find_addresses(headers.get_raw("Reply-To")),
        media_type=root.get_content_type(),
        report_type=parameters.get("report-type", "").lower() or None,
        raw_size=size,
    )


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


def _merge_alternatives(bodies: list[_Body]) -> list[_Body]:
    plain = [body.plain for body in bodies if body.plain is not None]
    html = [body.html for body in bodies if body.html is not None]
    if not plain and not html:
        return []
    return [_Body("\n\n".join(plain) if plain else None, "\n".join(html) if html else None)]


def _read_inline_files(parts: list[Part]) -> list[str]:
    """The text of named text parts that were meant to be shown, where there is no other body."""
    shown = [part for part in parts if part.disposition != "attachment"]
    return [
        read_plain(part.content, part.charset, flowed=False, delsp=False)
        for part in shown
        if part.media_type == "text/plain"
    ]
