"""Texts shaped to make a reader of mail try every way to read them, at any length."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.reading import measure_seconds
from intake.understanding.mime.limits import Unreadable
from storage.domain.programme import Programme

SHORT, LONG = 100_000, 1_000_000
"""Bytes; the longer may take no more than in step with its length."""
_HEAD = "From: Sam Hill <sam@actonadvice.example>\r\nSubject: Expression of interest\r\n"
_HTML = "Content-Type: text/html\r\n\r\n<html><body>"
_FLOWED = "Content-Type: text/plain; format=flowed\r\n\r\n"
_NESTED = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'

SHAPES: dict[str, tuple[str, str, str]] = {
    "blanks": ("\r\n", " ", "x"),
    "line ends": ("\r\n", "\n", "x"),
    "one-letter lines": ("\r\n", "a\n", ""),
    "dots behind a valediction": ("\r\nRegards,\n", ".", "x"),
    "dashes": ("\r\n", "-", "x"),
    "quote marks": ("\r\n", ">", "x"),
    "quote marks with blanks": ("\r\n", "> ", "x"),
    "attributions": ("\r\nYes.\n\n", "On Mon, 2 Aug 2021 at 11:12, ACE wrote:\n", ""),
    "half an attribution": ("\r\n", "On Mon, 2 Aug 2021 ", "x"),
    "header blocks": ("\r\nFwd\n\n", "From: a\nSent: b\nTo: c\nSubject: d\n", "x"),
    "names with a label": ("\r\nName: ", "Ada Okafor, ", ""),
    "signatures": ("\r\nName: ", "Ada Okafor\nDirector\n07700 900123\n", ""),
    "capitals": ("\r\nWe would work with partners such as the ", "North East ", "x"),
    "nominees": ("\r\nWe nominate ", "Ada Okafor, Chair at ", "x"),
    "digits": ("\r\n", "0", "x"),
    "numbers": ("\r\n", "07700 900", "x"),
    "at signs": ("\r\n", "@", "x"),
    "half an address": ("\r\n", "a.", "@"),
    "angle brackets": ("\r\n", "<", "x"),
    "brackets": ("\r\nKind regards\n", "(", "Ada"),
    "links": ("\r\n", "x <https://", "y"),
    "words without end": ("\r\n", "lorem ipsum ", "."),
    "one word": ("\r\n", "a", "."),
    "letters beyond ASCII": ("\r\n", "é̀", "x"),
    "flowed lines": (_FLOWED, "> a \r\n", "x"),
    "opened tags": (_HTML, "<div>", "x"),
    "opened quotes in HTML": (_HTML, "<blockquote>", "x"),
    "tables in tables": (_HTML, "<table><tr><td>", "x"),
    "attributes": (_HTML + "<p ", "a=b ", ">x"),
    "entities": (_HTML, "&amp;", "x"),
    "comments": (_HTML, "<!--", "x"),
    "styles": (_HTML + "<style>", "p.MsoNormal{", "</style>x"),
    "boundary lines": (_NESTED, "--b", "\r\n\r\nx"),
    "parts that never open": (_NESTED, "\r\n--c", "x"),
}
"""Each shape: how the text begins behind the fields, what is repeated, how it ends."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Processor seconds of a shape at both lengths."""

    shape: str
    short: float
    long: float

    @property
    def factor(self) -> float:
        """How many times longer the longer took; of the least that can be told apart."""
        return self.long / max(self.short, 0.002)


def make_message(shape: str, size: int) -> bytes:
    """A message of about `size` bytes of this shape."""
    before, unit, behind = SHAPES[shape]
    times = max(1, (size - len(_HEAD) - len(before)) // len(unit.encode()))
    return f"{_HEAD}{before}{unit * times}{behind}".encode()


def measure_growth(programmes: Sequence[Programme]) -> list[Growth]:
    """How every shape grows from SHORT to LONG."""
    return [
        Growth(shape, *(_seconds(make_message(shape, n), programmes) for n in (SHORT, LONG)))
        for shape in SHAPES
    ]


def _seconds(raw: bytes, programmes: Sequence[Programme]) -> float:
    """Refused messages take their time too; nothing of it can be told apart."""
    try:
        return measure_seconds(raw, programmes)
    except Unreadable:
        return 0.0
