"""S/MIME messages whose text stands inside their signature, in DER and in old senders' BER."""

_SIGNED, _DATA = (bytes.fromhex(f"06092a864886f70d0107{n}") for n in ("02", "01"))


def wrap_der(content: bytes) -> bytes:
    """A signed-data of `content`, every length told."""
    inner = _tlv(0x30, _DATA + _tlv(0xA0, _tlv(0x04, content)))
    signed = _tlv(0x30, _tlv(0x02, b"\x01") + _tlv(0x31, b"") + inner + _tlv(0x31, b""))
    return _tlv(0x30, _SIGNED + _tlv(0xA0, signed))


def wrap_ber(content: bytes, *, piece: int = 100) -> bytes:
    """The same with lengths told by their ends, the content in pieces."""
    pieces = b"".join(_tlv(0x04, content[at : at + piece]) for at in range(0, len(content), piece))
    inner = _open(0x30, _DATA + _open(0xA0, _open(0x24, pieces)))
    signed = _open(0x30, _tlv(0x02, b"\x01") + _open(0x31, b"") + inner + _tlv(0x31, b""))
    return _open(0x30, _SIGNED + _open(0xA0, signed))


def _tlv(tag: int, value: bytes) -> bytes:
    if len(value) < 0x80:
        return bytes((tag, len(value))) + value
    length = len(value).to_bytes((len(value).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + value


def _open(tag: int, value: bytes) -> bytes:
    return bytes((tag, 0x80)) + value + b"\x00\x00"
