"""winmail.dat files as Outlook writes them, attribute by attribute (MS-OXTNEF)."""

import struct

_BODY, _MESSAGE, _RENDERING = 0x0002800C, 0x00069003, 0x00069002
_TITLE, _DATA, _FILE = 0x00018010, 0x0006800F, 0x00069005


def write_winmail(
    *files: tuple[str, bytes],
    text: str = "",
    html: bytes = b"",
    rtf: bytes = b"",
    codepage: int = 1252,
) -> bytes:
    """The bytes of a winmail.dat with this text and these files by name."""
    chunks = [struct.pack("<IH", 0x223E9F78, 1)]
    chunks.append(_attribute(0x00069007, struct.pack("<II", codepage, 0)))
    if text:
        chunks.append(_attribute(_BODY, text.encode(f"cp{codepage}") + b"\x00"))
    told = [(0x10130102, html)] if html else []
    told += [(0x10090102, rtf)] if rtf else []
    chunks.append(_attribute(_MESSAGE, _properties([(0x00170003, 1), *told])))
    for name, content in files:
        chunks.append(_attribute(_RENDERING, bytes(14)))
        chunks.append(_attribute(_TITLE, name.encode("ascii", "replace")[:12] + b"\x00"))
        chunks.append(_attribute(_DATA, content))
        chunks.append(_attribute(_FILE, _properties([(0x3707001F, name)])))
    return b"".join(chunks)


def compress_rtf(rtf: bytes) -> bytes:
    """RTF as a property holds it, every byte told for itself."""
    groups = (b"\x00" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    body = b"".join(groups)
    return struct.pack("<IIII", len(body) + 12, len(rtf), 0x75465A4C, 0) + body


def _attribute(tag: int, value: bytes) -> bytes:
    level = 2 if tag & 0xFFFF in (0x9002, 0x8010, 0x800F, 0x9005) else 1
    checksum = sum(value) & 0xFFFF
    return struct.pack("<BII", level, tag, len(value)) + value + struct.pack("<H", checksum)


def _properties(told: list[tuple[int, int | bytes | str]]) -> bytes:
    block = struct.pack("<I", len(told))
    for tag, value in told:
        kind, number = tag & 0xFFFF, tag >> 16
        block += struct.pack("<HH", kind, number)
        if isinstance(value, int):
            block += struct.pack("<I", value)
            continue
        content = (value + "\x00").encode("utf-16-le") if isinstance(value, str) else value
        block += struct.pack("<II", 1, len(content)) + content + bytes(-len(content) % 4)
    return block
