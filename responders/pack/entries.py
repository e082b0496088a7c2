"""Pure: zip archives whose entries are compressed once and joined often, the same bytes each time.

The standard library compresses an entry whenever it writes one. A form that is filled in for each
case changes in one entry only. PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_DEFLATED = 8
_NEEDED = 20
"""Version 2.0: deflate."""
_UTF8 = 0x0800
_FIRST_DAY = (1 << 5) | 1
"""1 January 1980, the earliest date an entry can have: every entry's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One compressed file of an archive; `size` is that of the content."""

    name: str
    deflated: bytes
    crc: int
    size: int


def deflate(name: str, content: bytes) -> Entry:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    deflated = compressor.compress(content) + compressor.flush()
    return Entry(name, deflated, zlib.crc32(content), len(content))


def join_entries(entries: Iterable[Entry]) -> bytes:
    """The archive with these entries in this order."""
    files, directory, count = bytearray(), bytearray(), 0
    for entry in entries:
        count += 1
        name = entry.name.encode()
        shared = struct.pack(
            "<HHHHHIIIHH",
            _NEEDED,
            _UTF8,
            _DEFLATED,
            0,
            _FIRST_DAY,
            entry.crc,
            len(entry.deflated),
            entry.size,
            len(name),
            0,
        )
        place = struct.pack("<HHHII", 0, 0, 0, 0, len(files))
        directory += b"PK\x01\x02" + struct.pack("<H", _NEEDED) + shared + place + name
        files += b"PK\x03\x04" + shared + name + entry.deflated
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(files), 0)
    return bytes(files + directory + b"PK\x05\x06" + end)
