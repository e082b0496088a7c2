"""Pure: compressed RTF as Outlook keeps it (MS-OXRTFCP): LZ77 over a dictionary of 4 kB."""

import struct

_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096
_FIRST = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss "
    b"\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl"
    b"\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the dictionary holds at first, by the specification."""
_MOST_BYTES = 2_000_000


class BrokenRtf(Exception):
    """The bytes are no compressed RTF. What they were part of may be read without them."""


def unpack_rtf(content: bytes) -> bytes:
    """The RTF that `content` holds; what follows a break in it is lost. Linear, at most 2 MB;
    raises BrokenRtf."""
    if len(content) < 16:
        raise BrokenRtf
    _, size, kind, _ = struct.unpack_from("<IIII", content)
    if kind == _PLAIN:
        return content[16 : 16 + min(size, _MOST_BYTES)]
    if kind != _COMPRESSED:
        raise BrokenRtf
    return _inflate(content, min(size, _MOST_BYTES))


def _inflate(content: bytes, size: int) -> bytes:
    """The text as it is told, a flag byte for eight items: a character, or an earlier stretch
    given by its place in the dictionary (12 bits) and its length less two (4 bits)."""
    text = bytearray(_FIRST)
    at, start = 16, len(_FIRST)
    while at < len(content) and len(text) - start < size:
        flags, at = content[at], at + 1
        for bit in range(8):
            if at >= len(content):
                break
            if not flags >> bit & 1:
                text.append(content[at])
                at += 1
                continue
            if at + 1 >= len(content):
                break
            place, length = _reference(content, at)
            at += 2
            behind = (len(text) - place) % _WINDOW
            if behind == 0:  # a reference to where the next byte goes is the end
                return bytes(text[start : start + size])
            if behind > len(text):
                return bytes(text[start : start + size])
            for _ in range(length):
                text.append(text[-behind])
    return bytes(text[start : start + size])


def _reference(content: bytes, at: int) -> tuple[int, int]:
    told = content[at] << 8 | content[at + 1]
    return told >> 4, (told & 0xF) + 2
