"""Pure: header fields of untrusted messages: unfolded, decoded within limits, cleaned.

The standard library's decoders take minutes and gigabytes on crafted fields, so encoded words
(RFC 2047) and parameters (RFC 2231) are decoded here, linearly and capped. Addresses are read
from the undecoded field, so that nothing encoded can turn into structure.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from intake.understanding.mime.charsets import clean_line, decode_bytes
from storage.domain.people import Address

_MAX_WORDS = 500
_MAX_NAME = 200
# Its text may have question marks that ought to be encoded, but no other word's beginning.
ENCODED_WORD = re.compile(
    r"=\?([^?\s]{1,60})\?([bBqQ])\?((?:[^?=\r\n]|=(?!\?(?!=))|\?(?!=)){0,2000})\?="
)
EMAIL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9_-]{1,63}\.){1,10}[A-Za-z0-9-]{2,63}"
_ADDR_SPEC = re.compile(EMAIL)
_ANY_ADDRESS = re.compile(
    rf'(?:"((?:[^"\\]|\\.){{0,200}})"|([^"<>,;:@]{{0,100}}))\s?<\s?({EMAIL})\s?>|({EMAIL})'
)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
_PARAMETER = re.compile(
    r"""[;\s]\s{0,20}([A-Za-z0-9_.-]{1,40})(\*\d{1,3})?(\*)?\s{0,20}=\s{0,20}"""
    r"""(?:"((?:[^"\\]|\\.){0,4000})"|"?([^;"\s][^;]{0,1000}))"""
)
_FOLD = re.compile(r"\r?\n(?=[ \t])|\r(?=[ \t])")
_RECIPIENT_FIELDS = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
    "Apparently-To",
    "Resent-To",
    "To",
    "Cc",
)


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in their order, as (name, value), still folded and encoded."""

    fields: tuple[tuple[str, str], ...]
    _by_name: dict[str, list[str]] = field(init=False, repr=False, compare=False)  # still folded

    def __post_init__(self) -> None:
        by_name: dict[str, list[str]] = {}
        for name, value in self.fields:
            by_name.setdefault(name.lower(), []).append(value)
        object.__setattr__(self, "_by_name", by_name)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_name

    @property
    def names(self) -> Iterable[str]:
        """The names of all fields, lower case, each once."""
        return self._by_name.keys()

    def get(self, name: str) -> str | None:
        """The first field of this name in any letter case, decoded and clean; None: absent."""
        found = self._by_name.get(name.lower())
        return decode_words(unfold(found[0])) if found else None

    def get_all(self, name: str) -> tuple[str, ...]:
        """All fields of this name, decoded and clean, in their order."""
        return tuple(map(decode_words, self.get_raw(name)))

    def get_raw(self, name: str) -> tuple[str, ...]:
        """All fields of this name, unfolded but not decoded: what has structure of its own."""
        return tuple(map(unfold, self._by_name.get(name.lower(), ())))


def make_headers(items: Iterable[tuple[str, object]]) -> Headers:
    """Headers from the raw fields of a compat32 message (surrogates stand for 8-bit bytes)."""
    return Headers(tuple((name, str(value)) for name, value in items))


def unfold(value: str) -> str:
    """One line of `value` with its 8-bit bytes decoded; encoded words untouched."""
    if "\n" in value or "\r" in value:
        value = _FOLD.sub("", value)
    if not value.isascii():
        value = decode_bytes(value.encode("utf-8", "surrogateescape"), None)
    return value


def decode_words(value: str) -> str:
    """`value` with its encoded words decoded, as one clean line. The first 500 words count."""
    if "=?" not in value:
        return clean_line(value)
    pieces: list[str] = []
    pending: list[tuple[str, bytes]] = []  # adjacent words: a character may be split over two
    end = 0
    for count, found in enumerate(ENCODED_WORD.finditer(value)):
        if count >= _MAX_WORDS:
            break
        between = value[end : found.start()]
        if between.strip() or not pending:
            pieces += [_join_words(pending), between]
            pending = []
        pending.append((found[1].partition("*")[0].lower(), _word_bytes(*found.groups())))
        end = found.end()
    pieces += [_join_words(pending), value[end:]]
    return clean_line("".join(pieces))


def without_comments(value: str) -> str:
    """`value` without its comments (RFC 5322 section 3.2.2), nested ones included. A bracket that
    is never closed, or never opened, is a blank."""
    kept: list[str] = []
    opened: list[int] = []  # how much had been kept where each open comment began
    for piece in re.split(r"(\\.|[()])", value):
        if piece == "(":
            opened.append(len(kept))
        if piece == ")" and opened:
            del kept[opened.pop() :]
        kept.append(" " if piece in ("(", ")") else piece)
    return "".join(kept).strip()


def parse_parameters(value: str) -> tuple[str, dict[str, str]]:
    """A field such as Content-Type: its main value and its parameters, lower-case names.

    Continuations and character sets of RFC 2231, encoded words where they don't belong, and
    values without quotes are all read. Never raises.
    """
    main, _, rest = value.partition(";")
    if not rest:
        return main.strip().lower(), {}
    pieces: dict[str, dict[tuple[bool, int], tuple[bool, str]]] = {}
    for name, part, extended, quoted, plain in _PARAMETER.findall(";" + rest[:20_000]):
        text = re.sub(r'\\(["\\])', r"\1", quoted) if quoted else plain.strip()
        place = (bool(part or extended), int(part[1:]) if part else 0)
        pieces.setdefault(name.lower(), {}).setdefault(place, (bool(extended), text))
    return main.strip().lower(), {name: _join_parameter(told) for name, told in pieces.items()}


def _join_parameter(told: dict[tuple[bool, int], tuple[bool, str]]) -> str:
    """One value of its pieces, by whether they are of RFC 2231 and their number. A value without
    an asterisk beside them is for readers that know none."""
    if not any(is_modern for is_modern, _ in told):
        return decode_words(told[False, 0][1])
    parts = [told[place] for place in sorted(told) if place[0]]
    if not any(extended for extended, _ in parts):
        return decode_words("".join(text for _, text in parts))
    charset, data = "", b""
    for index, (extended, text) in enumerate(parts):
        if extended and index == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if extended else text.encode("utf-8", "replace")
    return clean_line(decode_bytes(data, charset))


def parse_addresses(value: str) -> tuple[Address, ...]:
    """Every address that an address field may mean, leniently: for routing, never for authority."""
    found = (
        Address((named or bare).lower(), _display_name(quoted or plain or ""))
        for quoted, plain, named, bare in _ANY_ADDRESS.findall(value)
    )
    return tuple(dict.fromkeys(found))


def find_addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Everything in these fields that looks like an address, lower case, each once."""
    found = (email.lower() for value in values for email in _ADDR_SPEC.findall(value))
    return tuple(dict.fromkeys(found))


def find_recipients(headers: Headers) -> tuple[str, ...]:
    """The delivery headers' addresses, then those of To and Cc: lower case, each once."""
    return find_addresses(value for name in _RECIPIENT_FIELDS for value in headers.get_raw(name))


def find_message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Message-IDs with their angle brackets, in order, each once (RFC 5322 section 3.6.4)."""
    ids = (message_id for value in values for message_id in _MESSAGE_ID.findall(value))
    return tuple(dict.fromkeys(ids))


def _display_name(raw: str) -> str:
    return decode_words(raw).strip("'\" ")[:_MAX_NAME]


def _word_bytes(charset: str, encoding: str, payload: str) -> bytes:
    try:
        data = payload.encode(charset.partition("*")[0] if not payload.isascii() else "ascii")
    except (LookupError, UnicodeError, ValueError):
        data = payload.encode("utf-8", "replace")
    if encoding in "qQ":
        return quopri.decodestring(data.replace(b"_", b"=20"), header=True)
    return decode_base64(data)


def decode_base64(data: bytes) -> bytes:
    """Base64 as it comes: foreign characters, missing padding, a cut end. Never raises."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        digits = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        digits = digits[: len(digits) - (len(digits) % 4 == 1)]
        return base64.b64decode(digits + b"=" * (-len(digits) % 4))


def _join_words(words: list[tuple[str, bytes]]) -> str:
    """Adjacent words of one character set are decoded as one."""
    texts: list[str] = []
    index = 0
    while index < len(words):
        charset, data = words[index]
        run = [data]
        while index + 1 < len(words) and words[index + 1][0] == charset:
            index += 1
            run.append(words[index][1])
        texts.append(decode_bytes(b"".join(run), charset))
        index += 1
    return "".join(texts)
