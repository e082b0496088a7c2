"""Pure: the limits a message must keep before anything parses it.

Everything is counted on the raw bytes in linear time, since the parsers themselves are what
hostile messages exhaust. `Unreadable` is the one error of reading a message:

    Unreadable
    └── TooMuch     a limit is exceeded
"""

import re

MAX_MESSAGE = 25 * 2**20
MAX_HEADER_BLOCK = 256 * 1024
MAX_HEADER_LINES = 1_000
MAX_HEADER = 64 * 1024
MAX_SHORT_HEADER = 8 * 1024
MAX_BOUNDARY_LINES = 500
MAX_NESTING = 20
MAX_PARTS = 200
MAX_LINES = 500_000  # 25 MB of base64 has fewer; many more empty ones exhaust the parser's memory
MAX_ATTACHMENTS = 25
MAX_TEXT = 100_000  # characters of one body; the rest of a longer one is kept raw but not read

_SHORT_HEADERS = frozenset({b"from", b"subject"})
_ENDS_OF_HEADERS = (b"\r\n\r\n", b"\n\n", b"\r\r", b"\n\r\n")
_LINE_END = re.compile(rb"\r\n|\n|\r")
# What opens, separates and closes parts, in the order in which it stands in the message.
_STRUCTURE = re.compile(
    rb"(?:^|(?<=[\r\n]))--(?P<line>[^\r\n]{1,250})"
    rb"|boundary(?:\*\d{0,3}\*?)?[ \t]*=(?:\r?\n)?[ \t]*"
    rb"(?:\"(?P<quoted>[^\"\r\n]{1,200})\"|(?P<plain>[^\s;\"]{1,200}))"
    rb"|(?P<enclosed>(?:^|(?<=[\r\n]))content-type:[ \t]*(?:\r?\n[ \t]+)?message/)",
    re.IGNORECASE,
)


class Unreadable(Exception):
    """This message can't be read. It is kept raw and quarantined with `reason`; a person must
    look at it, and running it again helps only after Postroom itself has changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooMuch(Unreadable):
    """The message exceeds a limit that `reason` names. It is kept raw and quarantined; raising
    the limit is seldom right, asking the sender for a simpler message is."""


def check_bytes(raw: bytes) -> None:
    """Pass messages that are safe to parse. Linear; raises TooMuch."""
    if len(raw) > MAX_MESSAGE:
        raise TooMuch("message larger than 25 MB")
    if raw.count(b"\n") + raw.count(b"\r\r") > MAX_LINES:
        raise TooMuch("more than 500,000 lines")
    _check_headers(header_block(raw))
    _check_structure(raw)


def header_block(raw: bytes) -> bytes:
    """The bytes before the first empty line, the whole when there is none."""
    end = len(raw)
    for mark in _ENDS_OF_HEADERS:
        found = raw.find(mark, 0, end + len(mark))
        end = found if found >= 0 else end
    return raw[:end]


def _check_headers(block: bytes) -> None:
    if len(block) > MAX_HEADER_BLOCK:
        raise TooMuch("header block larger than 256 kB")
    lines = _LINE_END.split(block, MAX_HEADER_LINES)
    if len(lines) > MAX_HEADER_LINES:
        raise TooMuch("more than 1,000 header lines")
    name, size = b"", 0
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            size += len(line)
        else:
            name, size = line.partition(b":")[0].strip().lower(), len(line)
        if size > MAX_HEADER:
            raise TooMuch("a header larger than 64 kB")
        if size > MAX_SHORT_HEADER and name in _SHORT_HEADERS:
            raise TooMuch(f"{name.decode().title()} larger than 8 kB")


def _is_plainly_small(raw: bytes) -> bool:
    """Too few boundaries and lines like theirs for any limit, wherever they stand: nearly all
    messages, in a fraction of the time of the exact count."""
    lower = raw.lower()
    opened = lower.count(b"boundary") + lower.count(b"message/")
    return opened <= MAX_NESTING and raw.count(b"\n--") + raw.count(b"\r--") < MAX_PARTS


def _check_structure(raw: bytes) -> None:
    """Counts boundary lines, parts and depth as a parser would meet them."""
    if _is_plainly_small(raw):
        return
    open_boundaries: list[bytes] = []
    depth_of: dict[bytes, int] = {}
    lines = parts = 0
    for found in _STRUCTURE.finditer(raw):
        boundary = found["quoted"] or found["plain"]
        if boundary is not None or found["enclosed"] is not None:
            open_boundaries.append(boundary or b"")
            depth_of[boundary or b""] = len(open_boundaries)
            if len(open_boundaries) > MAX_NESTING:
                raise TooMuch("parts nested more than 20 deep")
            continue
        line = found["line"].rstrip()
        closes = line not in depth_of and line.endswith(b"--")
        depth = depth_of.get(line[:-2] if closes else line)
        if depth is None:
            continue
        lines += 1
        parts += not closes
        if lines > MAX_BOUNDARY_LINES:
            raise TooMuch("more than 500 boundary lines")
        if parts > MAX_PARTS:
            raise TooMuch("more than 200 parts")
        for gone in open_boundaries[depth - closes :]:
            depth_of.pop(gone, None)
        del open_boundaries[depth - closes :]
