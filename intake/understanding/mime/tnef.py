"""Pure: winmail.dat, in which Outlook wraps text and files for other Outlooks (MS-OXTNEF).

A stream of attributes with their lengths, among them blocks of MAPI properties. Every length is
checked against what is left, so that hostile ones cost nothing.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.understanding.mime.charsets import clean_line, clean_text, decode_bytes
from intake.understanding.mime.lzfu import BrokenRtf, unpack_rtf

_SIGNATURE = b"\x78\x9f\x3e\x22"
_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SHORTEST = 6 + 9 + 2  # signature and key, then one attribute
_MOST_PROPERTIES = 2_000
_MOST_FILES = 100

_BODY, _CODEPAGE, _MESSAGE_PROPERTIES = 0x800C, 0x9007, 0x9003
_ATTACH, _TITLE, _DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005

_TEXT, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3707, 0x3704, 0x3001
_CONTENT, _MEDIA_TYPE = 0x3701, 0x370E
_STRING8, _UNICODE, _BINARY, _OBJECT = 0x001E, 0x001F, 0x0102, 0x000D
_SIZES = {
    0x0002: 2, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 2,
    0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip
"""Bytes of the property types of fixed length; each is padded to four."""


class BrokenTnef(Exception):
    """The file ends within an attribute or is none of this kind. It is kept as it came."""


@dataclass(slots=True)
class WinmailFile:
    """A file in it; an untrusted name on one line."""

    name: str = ""
    content: bytes = b""
    media_type: str = "application/octet-stream"


@dataclass(slots=True)
class Winmail:
    """What a winmail.dat holds. Text that is there as RTF only comes as a file of its own."""

    plain: str | None = None
    html: str | None = None
    files: list[WinmailFile] = field(default_factory=list)


def is_tnef(media_type: str, content: bytes) -> bool:
    """Whether a part is a winmail.dat, by its label or by how it begins."""
    return media_type in _TYPES or content.startswith(_SIGNATURE)


def unpack_tnef(content: bytes) -> Winmail:
    """The text and the files in a winmail.dat. Linear; raises BrokenTnef."""
    if not content.startswith(_SIGNATURE) or len(content) < _SHORTEST:
        raise BrokenTnef
    held, codepage, rtf = Winmail(), "cp1252", b""
    for kind, value in _attributes(content):
        if kind == _CODEPAGE and len(value) >= 4:
            codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif kind == _ATTACH:
            held.files.append(WinmailFile())
        elif kind == _BODY:
            held.plain = _text(value, codepage)
        elif kind == _MESSAGE_PROPERTIES:
            rtf = _read_message(held, dict(_properties(value, codepage))) or rtf
        elif held.files:
            _read_file(held.files[-1], kind, value, codepage)
        if len(held.files) > _MOST_FILES:
            raise BrokenTnef
    held.files = [file for file in held.files if file.content or file.name]
    if rtf and not held.plain and not held.html:
        held.files.append(WinmailFile("message.rtf", rtf, "application/rtf"))
    return held


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes behind signature and key: level, tag, type, length, value, checksum."""
    at = 6
    while at < len(content):
        if len(content) - at < 9:
            raise BrokenTnef
        _, kind, _, length = struct.unpack_from("<BHHI", content, at)
        at += 9
        if length > len(content) - at:
            raise BrokenTnef
        yield kind, content[at : at + length]
        at += length + 2


def _read_message(held: Winmail, told: dict[int, object]) -> bytes:
    """Take the text of the message; the RTF, should it be all there is."""
    plain, html, rtf = told.get(_TEXT), told.get(_HTML), told.get(_RTF)
    held.plain = held.plain or (clean_text(plain) if isinstance(plain, str) else None)
    if isinstance(html, bytes):
        html = decode_bytes(html, None)
    held.html = clean_text(html) if isinstance(html, str) else held.html
    try:
        return unpack_rtf(rtf) if isinstance(rtf, bytes) else b""
    except BrokenRtf:
        return b""


def _read_file(file: WinmailFile, kind: int, value: bytes, codepage: str) -> None:
    if kind == _TITLE:
        file.name = file.name or clean_line(_text(value, codepage))
    elif kind == _DATA:
        file.content = value
    elif kind == _FILE_PROPERTIES:
        told = dict(_properties(value, codepage))
        names = (told.get(key) for key in (_LONG_NAME, _DISPLAY_NAME, _SHORT_NAME))
        name = next((name for name in names if isinstance(name, str) and name), file.name)
        file.name = clean_line(name)
        content, media_type = told.get(_CONTENT), told.get(_MEDIA_TYPE)
        if isinstance(content, bytes) and not file.content:
            file.content = content
        if isinstance(media_type, str) and "/" in media_type:
            file.media_type = clean_line(media_type).lower()[:100]


def _properties(block: bytes, codepage: str) -> Iterator[tuple[int, object]]:
    """The MAPI properties of a block, by their ids: texts and bytes; numbers are passed over."""
    at = 4
    for _ in range(min(_take(block, 0, "<I"), _MOST_PROPERTIES)):
        kind, tag = _take(block, at, "<H"), _take(block, at + 2, "<H")
        at += 4
        if tag & 0x8000:
            at = _after_name(block, at)
        is_many, kind = bool(kind & 0x1000), kind & 0xEFFF
        count = 1
        if is_many or kind in (_STRING8, _UNICODE, _BINARY, _OBJECT):
            count = _take(block, at, "<I")
            at += 4
        for _ in range(min(count, _MOST_PROPERTIES)):
            value, at = _value(block, at, kind)
            if value is not None and not tag & 0x8000:
                yield tag, _told(value, kind, codepage)


def _value(block: bytes, at: int, kind: int) -> tuple[bytes | None, int]:
    """One value and where the next begins; None for a value that is no text and no bytes."""
    if kind in _SIZES:
        return None, at + max(4, _SIZES[kind])
    if kind not in (_STRING8, _UNICODE, _BINARY, _OBJECT):
        raise BrokenTnef
    length = _take(block, at, "<I")
    at += 4
    if length > len(block) - at:
        raise BrokenTnef
    return block[at : at + length], at + _padded(length)


def _told(value: bytes, kind: int, codepage: str) -> object:
    if kind == _UNICODE:
        return value.decode("utf-16-le", "replace").rstrip("\x00")
    if kind == _STRING8:
        return _text(value, codepage)
    return value[16:] if kind == _OBJECT else value  # an object begins with its interface's id


def _after_name(block: bytes, at: int) -> int:
    """Where a property's value begins behind its set's id and its own number or name."""
    by_name = _take(block, at + 16, "<I")
    at += 20
    return at + 4 + _padded(_take(block, at, "<I")) if by_name else at + 4


def _take(block: bytes, at: int, form: str) -> int:
    try:
        return int(struct.unpack_from(form, block, at)[0])
    except struct.error as error:
        raise BrokenTnef from error


def _padded(length: int) -> int:
    return (length + 3) & ~3


def _text(value: bytes, codepage: str) -> str:
    return clean_text(decode_bytes(value.rstrip(b"\x00"), codepage))
