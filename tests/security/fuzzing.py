"""S9: messages bent in every way that a case number tells: none may break the reader or hang it."""

import base64
import random
import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from intake.understanding.mime.limits import Unreadable
from intake.understanding.understand import understand
from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.decisions import hostile_sheet
from tests.support.files import make_docx, make_pdf, show
from tests.support.hostile_texts import IN_A_LETTER
from tests.support.incoming import write_message
from tests.support.programmes import PROGRAMMES

CORPUS = Path(__file__).parents[1] / "corpus"
MOST_SECONDS = 10
"""For one message; a usual one takes a hundredth of a second."""
LARGEST = 60_000
PROCESSES = 2


class Hang(Exception):
    """A message took too long."""


@dataclass(frozen=True)
class Bent:
    """What became of some cases."""

    cases: int
    refused: int
    longest: float
    crashes: tuple[str, ...]


def measure(size: Size) -> Measured:
    least, seconds = size.pick(full=5_000, small=120), size.pick(full=60, small=0)
    if size is Size.SMALL:
        found = [bend_all(0, 1, least, seconds)]
    else:
        lots = [(first, PROCESSES, least // PROCESSES, seconds) for first in range(PROCESSES)]
        with get_context("spawn").Pool(PROCESSES) as pool:
            found = pool.starmap(bend_all, lots)
    crashes = [crash for one in found for crash in one.crashes]
    hangs = sum("Hang" in crash for crash in crashes)
    return Measured(
        (
            Figure("cases", sum(one.cases for one in found), least=least),
            Figure("of them refused", sum(one.refused for one in found)),
            none_of("crashes", len(crashes) - hangs),
            none_of("hangs", hangs),
            Figure("s for the longest", max(one.longest for one in found), most=MOST_SECONDS),
        ),
        tuple(crashes[:20]),
    )


def bend_all(first: int, step: int, least: int, seconds: int) -> Bent:
    """Every `step`th case from `first` on, so many at least and for so long at least."""
    crashes: list[str] = []
    refused, longest, case = 0, 0.0, first
    before = signal.signal(signal.SIGALRM, _ring)
    started = time.monotonic()
    while (case - first) // step < least or time.monotonic() - started < seconds:
        raw, begun = bend(case), time.monotonic()
        signal.alarm(MOST_SECONDS)
        try:
            understand(raw, programmes=PROGRAMMES)
        except Unreadable:
            refused += 1
        except Exception as error:  # noqa: BLE001  a crash is what is counted
            crashes.append(f"case {case}: {type(error).__name__}: {str(error)[:60]}")
        finally:
            signal.alarm(0)
        longest = max(longest, time.monotonic() - begun)
        case += step
    signal.signal(signal.SIGALRM, before)
    return Bent((case - first) // step, refused, longest, tuple(crashes))


def bend(case: int) -> bytes:
    """The message of this number: one of a corpus, or with a file of some kind, and up to four
    things done to it. The same number gives the same message."""
    chance = random.Random(case)
    raw = _with_file(chance) if case % 8 == 0 else chance.choice(_seeds())
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice(_WAYS)(raw, chance)[:LARGEST]
    return raw


@cache
def _seeds() -> tuple[bytes, ...]:
    paths = [*sorted(CORPUS.glob("*.eml")), *sorted(CORPUS.glob("*/messages/*.eml"))[::4]]
    paths += sorted(CORPUS.glob("machines/*.eml"))
    return tuple(path.read_bytes() for path in paths if path.stat().st_size < LARGEST)


@cache
def _files() -> tuple[tuple[str, bytes], ...]:
    pdf = make_pdf(show("We express our interest and would plan together"))
    return (
        ("docx", make_docx()),
        ("pdf", pdf),
        ("xlsx", hostile_sheet()),
        ("csv", b"Name,Ada\r\n" * 9),
    )


def _with_file(chance: random.Random) -> bytes:
    """Its file is bent, not what it is wrapped in."""
    extension, content = chance.choice(_files())
    for _ in range(chance.randint(0, 3)):
        content = chance.choice((_flip, _cut, _double, _splice))(content, chance)
    body = (
        "--b\r\n\r\nPlease find our form.\r\n--b\r\n"
        f"Content-Type: application/octet-stream; name=form.{extension}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(content).decode()}\r\n--b--"
    )
    return write_message(body, content_type="multipart/mixed; boundary=b")


def _flip(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw or b"x")
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _double(raw: bytes, chance: random.Random) -> bytes:
    """A piece stands there again, some times."""
    start = chance.randrange(len(raw) + 1)
    piece = raw[start : start + chance.randint(1, 400)]
    return raw[:start] + piece * chance.choice((1, 2, 50)) + raw[start:]


def _splice(raw: bytes, chance: random.Random) -> bytes:
    """The beginning of one, the end of another."""
    other = chance.choice(_seeds())
    return raw[: chance.randrange(len(raw) + 1)] + other[chance.randrange(len(other)) :]


def _lose_a_line(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _shuffle_lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    start = chance.randrange(len(lines))
    piece = lines[start : start + 8]
    chance.shuffle(piece)
    return b"\n".join([*lines[:start], *piece, *lines[start + 8 :]])


def _change_a_header(raw: bytes, chance: random.Random) -> bytes:
    name = chance.choice((b"From", b"Subject", b"Content-Type", b"Date", b"Message-ID", b"To"))
    value = chance.choice(IN_A_LETTER).encode("utf-8", "replace")
    return re.sub(rb"(?mi)^" + name + rb":[^\n]*", lambda _: name + b": " + value, raw, count=1)


def _relabel(raw: bytes, chance: random.Random) -> bytes:
    """Another character set, encoding or kind than it has."""
    old = chance.choice((b"utf-8", b"quoted-printable", b"base64", b"text/plain", b"multipart/"))
    choices = (b"utf-7", b"utf-16", b"x-unknown", b"8bit", b"uuencode", b"text/html", b"message/")
    return raw.replace(old, chance.choice(choices), chance.randint(1, 3))


def _say(raw: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(raw) + 1)
    return raw[:place] + chance.choice(IN_A_LETTER).encode("utf-8", "replace") + raw[place:]


def _change_line_ends(raw: bytes, chance: random.Random) -> bytes:
    return raw.replace(b"\r\n", chance.choice((b"\n", b"\r", b"\r\r\n", b"\n\n", b"\x85")))


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _cut, _double, _splice, _lose_a_line, _shuffle_lines, _change_a_header),
    *(_relabel, _say, _change_line_ends),
)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise Hang
