"""Pure: a letter as the bytes on the wire (RFC 5322, RFC 2045), and what keeps its header ours.

Lines end in CRLF, every byte is 7-bit, and the same letter gives the same bytes. A letter that
encloses the pack is left open at its end: the encoded enclosure, shared by all letters, closes it.
"""

import base64
import binascii
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import Header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import format_datetime, quote
from urllib.parse import quote as percent_encoded

from responders.errors import HeaderRefused
from storage.domain.marks import LOOP_HEADER
from storage.domain.people import Address

PACK_BOUNDARY = "=_postroom-pack"
"""`=_` can stand in no quoted-printable or base64 line (RFC 2045 section 6.7), and no other part
of our letters uses this one, so one boundary serves every letter and every enclosure."""

LONGEST_SUBJECT = 200
MOST_REFERENCES = 20
"""A long thread keeps its first Message-ID and the newest ones (RFC 5322 section 3.6.4)."""

_TEXT_BOUNDARY = "=_postroom-text"
_TEXT_OPENING = f'Content-Type: multipart/alternative; boundary="{_TEXT_BOUNDARY}"\r\n'.encode()
_TEXT_CLOSING = f"--{_TEXT_BOUNDARY}--\r\n".encode()
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_DISPLAY_SPECIALS = re.compile(r'[][\\()<>@,:;".]')
_SUBJECT_FIELD = re.compile(rb"^Subject: [^\r]*\r\n(?:[ \t][^\r]*\r\n)*", re.MULTILINE)
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file that goes out with a letter."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header of one letter says. `answers` is the Message-ID of the message answered
    and `references` those before it, None and empty where the letter answers nothing."""

    sender: Address
    recipient: str
    subject: str
    message_id: str
    date: datetime
    loop: str
    answers: str | None = None
    references: tuple[str, ...] = ()
    is_reply: bool = True


def make_message_id(secret: bytes, key: str, domain: str, reference: str | None = None) -> str:
    """The Message-ID of the letter with this key: the same each time, and not to be guessed."""
    digest = hmac.new(secret, key.encode(), hashlib.sha256).digest()[:20]
    token = base64.b32encode(digest).decode("ascii").lower()
    return f"<{(reference or 'letter').lower()}.{token}@{domain}>"


def compose(
    heading: Heading,
    *,
    text: str,
    html: str,
    files: Sequence[PackFile] = (),
    is_open: bool = False,
) -> bytes:
    """The whole letter; with `is_open`, up to where `encode_enclosure` goes on. Raises
    HeaderRefused where a value would not stand in the header as itself."""
    fields = _fields(heading)
    body = _alternative(text, html)
    if files or is_open:
        parts = [body, *(_encode_file(file) for file in files)]
        closing = b"" if is_open else _line(f"--{PACK_BOUNDARY}--")
        opening = _line(f'Content-Type: multipart/mixed; boundary="{PACK_BOUNDARY}"')
        delimiter = _line(f"--{PACK_BOUNDARY}")
        body = opening + _line("") + b"".join(delimiter + part for part in parts) + closing
    content = b"".join(_line(f"{name}: {value}") for name, value in fields) + body
    _prove(content, [name for name, _ in fields])
    return content


def recompose(content: bytes, *, subject: str, text: str, html: str) -> bytes:
    """A letter that `compose` made with another subject and text; every other byte stays, up to the
    Date and the names of its files. Raises HeaderRefused."""
    before, opening, rest = content.partition(_TEXT_OPENING)
    _, closing, after = rest.partition(_TEXT_CLOSING)
    header = before.partition(b"\r\n\r\n")[0]
    subjects = [found.span() for found in _SUBJECT_FIELD.finditer(header)]
    if len(subjects) != 1 or not opening or not closing:
        raise HeaderRefused("the letter is not made as ours are")
    ((start, end),) = subjects
    named = before[:start] + _line(f"Subject: {_subject(subject)}") + before[end:]
    changed = named + _alternative(text, html) + after
    names = [*BytesHeaderParser().parsebytes(content.partition(b"\r\n\r\n")[0])]
    _prove(changed, [name for name in names if name != "Content-Type"])
    return changed


def encode_enclosure(files: Sequence[PackFile]) -> bytes:
    """The end of every letter that encloses these files."""
    delimiter = _line(f"--{PACK_BOUNDARY}")
    parts = b"".join(delimiter + _encode_file(file) for file in files)
    return parts + _line(f"--{PACK_BOUNDARY}--")


def decode_enclosure(enclosure: bytes) -> Mapping[str, bytes]:
    """The files that `encode_enclosure` encoded, each by its name."""
    head = f'Content-Type: multipart/mixed; boundary="{PACK_BOUNDARY}"\r\n\r\n'.encode()
    whole = message_from_bytes(head + enclosure, _class=EmailMessage, policy=default)
    files = {}
    for part in whole.iter_parts():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            files[part.get_filename() or ""] = content
    return files


def _fields(heading: Heading) -> list[tuple[str, str]]:
    """The header in order. RFC 3834 section 5 for the automatic ones; Exchange heeds the other."""
    fields = [
        ("Date", format_datetime(heading.date)),
        ("From", _mailbox(heading.sender)),
        ("To", f"<{_address(heading.recipient)}>"),
        ("Message-ID", _message_id(heading.message_id)),
        ("Subject", _subject(heading.subject)),
    ]
    answers = _MESSAGE_ID.fullmatch(heading.answers or "")
    if answers and "=?" not in answers.group():
        fields.append(("In-Reply-To", answers.group()))
        fields.append(("References", "\r\n ".join(_thread(heading.references, answers.group()))))
    fields += [
        ("Auto-Submitted", "auto-replied" if heading.is_reply else "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        (LOOP_HEADER, _address(heading.loop)),
        ("Content-Language", "en-GB"),
        ("MIME-Version", "1.0"),
    ]
    return fields


def _thread(references: Sequence[str], answers: str) -> list[str]:
    fit = [x for x in references if _MESSAGE_ID.fullmatch(x) and "=?" not in x and x != answers]
    fit = list(dict.fromkeys(fit))
    if len(fit) >= MOST_REFERENCES:
        fit = [fit[0], *fit[2 - MOST_REFERENCES :]]
    return [*fit, answers]


def _refuse_unsafe(value: str) -> str:
    if "=?" in value or any(unicodedata.category(character) in _HIDDEN for character in value):
        raise HeaderRefused("a value for the header holds control characters or an encoded word")
    return value


def _subject(value: str) -> str:
    if not value or len(value) > LONGEST_SUBJECT:
        raise HeaderRefused("a subject is empty or too long")
    return _encoded(_refuse_unsafe(value), "Subject")


def _mailbox(address: Address) -> str:
    email = f"<{_address(address.email)}>"
    name = _refuse_unsafe(address.name)
    if not name:
        return email
    if not name.isascii():
        return f"{_encoded(name, 'From')}\r\n {email}"
    shown = f'"{quote(name)}"' if _DISPLAY_SPECIALS.search(name) else name
    return f"{shown} {email}"


def _address(email: str) -> str:
    """The address in ASCII; a domain of other letters as RFC 5890 writes it."""
    local, _, domain = _refuse_unsafe(email).rpartition("@")
    try:
        written = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise HeaderRefused("an address has a domain that can't be written") from error
    if not _ADDRESS.fullmatch(written):
        raise HeaderRefused("an address can't be written in a header")
    return written


def _message_id(value: str) -> str:
    if not _MESSAGE_ID.fullmatch(value):
        raise HeaderRefused("a Message-ID is not of the form of RFC 5322 section 3.6.4")
    return value


def _encoded(value: str, name: str) -> str:
    """Folded, and as encoded words (RFC 2047) where it isn't ASCII."""
    charset = "us-ascii" if value.isascii() else "utf-8"
    return Header(value, charset, header_name=name, maxlinelen=76).encode(linesep="\r\n")


def _alternative(text: str, html: str) -> bytes:
    """The text and its HTML, the better form last (RFC 2046 section 5.1.4)."""
    return (
        _TEXT_OPENING
        + _line("")
        + _line(f"--{_TEXT_BOUNDARY}")
        + _encode_text("plain", text)
        + _line(f"--{_TEXT_BOUNDARY}")
        + _encode_text("html", html)
        + _TEXT_CLOSING
    )


def _encode_text(subtype: str, text: str) -> bytes:
    """Quoted-printable with CRLF lines (RFC 2045 section 6.7)."""
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    heading = _line(f'Content-Type: text/{subtype}; charset="utf-8"') + _line(
        "Content-Transfer-Encoding: quoted-printable"
    )
    return heading + _line("") + binascii.b2a_qp(lines.encode(), istext=True) + _line("")


def _encode_file(file: PackFile) -> bytes:
    encoded = base64.b64encode(file.content)
    lines = b"\r\n".join(encoded[at : at + 76] for at in range(0, len(encoded), 76))
    heading = (
        _line(f"Content-Type: {file.media_type}")
        + _line(f"Content-Disposition: attachment;\r\n {_file_name(file.name)}")
        + _line("Content-Transfer-Encoding: base64")
    )
    return heading + _line("") + lines + _line("")


def _file_name(name: str) -> str:
    """RFC 2183, and RFC 2231 for names that aren't ASCII."""
    _refuse_unsafe(name)
    if name.isascii():
        return f'filename="{quote(name)}"'
    return f"filename*=utf-8''{percent_encoded(name, safe='')}"


def _line(line: str) -> bytes:
    return line.encode("ascii") + b"\r\n"


def _prove(content: bytes, names: list[str]) -> None:
    """The finished bytes, read again, have the header that was meant and are fit for the wire."""
    header = content.partition(b"\r\n\r\n")[0]
    parsed = BytesHeaderParser().parsebytes(header)
    own = [*names, "Content-Type"]
    if parsed.keys() != own or not content.isascii() or b"\n" in content.replace(b"\r\n", b""):
        raise HeaderRefused("the finished letter has another header than was meant")
