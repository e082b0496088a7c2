"""Pure: S/MIME messages whose text stands inside their signature (RFC 8551 section 3.5.2).

The signature is not checked: it is taken off, so that the text can be read. DER and the BER of
older senders, with lengths that are told only by their end, are both walked without recursion.
"""

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SEQUENCE, _SET, _INTEGER, _OCTETS, _EXPLICIT = 0x30, 0x31, 0x02, 0x04, 0xA0
_CONSTRUCTED = 0x20
_MOST_PIECES = 100_000


def unwrap_signed(content: bytes) -> bytes | None:
    """The MIME entity that a PKCS #7 signed-data holds; None where it is something else, holds
    none (the text stands beside it), or is broken."""
    try:
        at = _enter(content, 0, _SEQUENCE)
        at = _expect(content, at, _SIGNED_DATA)
        at = _enter(content, at, _EXPLICIT)
        at = _enter(content, at, _SEQUENCE)
        at = _skip(content, at, _INTEGER)
        at = _skip(content, at, _SET)
        at = _enter(content, at, _SEQUENCE)
        at = _expect(content, at, _DATA)
        at = _enter(content, at, _EXPLICIT)
        return _read_octets(content, at)
    except (IndexError, ValueError):
        return None


def _header(content: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, where its value begins, its length; None: it ends with two empty bytes. Raises
    IndexError, ValueError."""
    tag, first = content[at], content[at + 1]
    if first == 0x80:
        return tag, at + 2, None
    if first < 0x80:
        length, start = first, at + 2
    else:
        count = first & 0x7F
        start = at + 2 + count
        length = int.from_bytes(content[at + 2 : start], "big")
        if count > 8:
            raise ValueError("a length beyond reason")
    if length > len(content) - start:
        raise ValueError("cut short")
    return tag, start, length


def _enter(content: bytes, at: int, tag: int) -> int:
    found, start, _ = _header(content, at)
    if found != tag:
        raise ValueError("another structure")
    return start


def _expect(content: bytes, at: int, told: bytes) -> int:
    if not content.startswith(told, at):
        raise ValueError("another kind of content")
    return at + len(told)


def _skip(content: bytes, at: int, tag: int) -> int:
    """Where the value of this tag ends."""
    found, start, length = _header(content, at)
    if found != tag:
        raise ValueError("another structure")
    return start + length if length is not None else _end_of(content, start)


def _end_of(content: bytes, at: int) -> int:
    """Behind the two empty bytes that end a value of unknown length, nested ones included."""
    depth = 1
    for _ in range(_MOST_PIECES):
        if content.startswith(b"\x00\x00", at):
            at, depth = at + 2, depth - 1
            if depth == 0:
                return at
            continue
        _, start, length = _header(content, at)
        depth += length is None
        at = start if length is None else start + length
    raise ValueError("too many pieces")


def _read_octets(content: bytes, at: int) -> bytes:
    """An octet string, whole or in pieces."""
    tag, start, length = _header(content, at)
    if tag == _OCTETS and length is not None:
        return content[start : start + length]
    if tag != _OCTETS | _CONSTRUCTED:
        raise ValueError("another structure")
    end = None if length is None else start + length
    pieces: list[bytes] = []
    at = start
    for _ in range(_MOST_PIECES):
        if at == end or (end is None and content.startswith(b"\x00\x00", at)):
            return b"".join(pieces)
        tag, start, length = _header(content, at)
        if tag != _OCTETS or length is None:
            raise ValueError("another structure")
        pieces.append(content[start : start + length])
        at = start + length
    raise ValueError("too many pieces")
