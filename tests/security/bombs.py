"""S3: what costs a reader much and its sender nothing: seconds and memory of the child that reads
it, and whether the trimming of text takes time in step with its length."""

import base64
import itertools
import multiprocessing
import time
from collections.abc import Iterator
from pathlib import Path

from intake.isolation import MEMORY_BYTES, WALL_SECONDS, Failure, Reader
from intake.understanding.understand import understand
from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.bombs import DOCUMENTS, PACKAGES, REFUSED, SHAPES
from tests.support.incoming import write_message
from tests.support.programmes import ACE, PROGRAMMES, SURREY

MOST_SECONDS = WALL_SECONDS + 1
"""A message that takes longer is given up, which takes a moment as well."""
MEGABYTE = 2**20
SIZES = (20_000, 40_000, 80_000)
TOO_SHORT = 0.5
"""Processor seconds below which a time says nothing of how it grows."""
DOUBLED = 3.0
"""How many times longer twice the text may take."""


def measure(size: Size) -> Measured:
    bombs = list(_bombs())[:: size.pick(full=1, small=6)]
    shapes = list(SHAPES)[:: size.pick(full=1, small=6)]
    reader = Reader(PROGRAMMES, archive_folder=None, workers=1)
    try:
        idle = _warm(reader)
        worst, most, notes, verdicts = 0.0, 0, [], 0
        for name, raw in bombs:
            seconds, verdict = _read(reader, raw)
            peak = _peak_bytes() - idle
            worst, most = max(worst, seconds), max(most, peak)
            verdicts += bool(verdict)
            notes.append(f"{seconds:5.2f} s {peak / MEGABYTE:4.0f} MB  {name}: {verdict}")
    finally:
        reader.close()
    crooked = [shape for shape in shapes if not is_in_step(shape)]
    return Measured(
        (
            Figure("bombs", len(bombs), least=size.pick(full=30, small=5)),
            Figure("s for the longest", worst, most=MOST_SECONDS),
            Figure("MB for the largest", most / MEGABYTE, most=MEMORY_BYTES / MEGABYTE),
            none_of("without a verdict", len(bombs) - verdicts),
            Figure("shapes of text", len(shapes), least=size.pick(full=10, small=2)),
            none_of("not read in step with their length", len(crooked)),
        ),
        (*notes, *crooked),
    )


def _bombs() -> Iterator[tuple[str, bytes]]:
    """Each as a whole message."""
    for name, build in REFUSED.items():
        yield name, build(0)
    for name, (extension, make) in {**DOCUMENTS, **PACKAGES}.items():
        yield name, _attached(extension, make())
    yield (
        "html of two million elements",
        write_message("<b>x</b>" * 2_000_000, content_type="text/html"),
    )
    yield "html a million deep", write_message("<div>" * 1_000_000, content_type="text/html")
    yield "twenty megabytes of one line", write_message("x" * 20_000_000)


def _attached(extension: str, content: bytes) -> bytes:
    encoded = base64.encodebytes(content).decode()
    body = (
        "--b\r\n\r\nPlease accept our expression of interest.\r\n--b\r\n"
        f"Content-Type: application/octet-stream; name=form.{extension}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b--"
    )
    return write_message(body, content_type="multipart/mixed; boundary=b")


def _warm(reader: Reader) -> int:
    """The memory of a child that has read something usual, in bytes."""
    reader.read([(write_message("Please accept our expression of interest."), "ace")])
    return _peak_bytes()


def _read(reader: Reader, raw: bytes) -> tuple[float, str]:
    started = time.monotonic()
    (result,) = reader.read([(raw, "ace")])
    seconds = time.monotonic() - started
    if isinstance(result, Failure):
        return seconds, result.reason
    return seconds, result.understanding.verdict.kind.value


def _peak_bytes() -> int:
    """The most memory that any child of ours has had in its life."""
    peaks = [0]
    for child in multiprocessing.active_children():
        status = Path(f"/proc/{child.pid}/status").read_text()
        peaks += [int(line.split()[1]) * 1024 for line in status.splitlines() if "VmHWM" in line]
    return max(peaks)


def is_in_step(shape: str) -> bool:
    """Measured again where it isn't, at most twice: what else a machine does takes time too."""
    before, unit, behind = SHAPES[shape]
    texts = [before + (unit * (n // len(unit)))[:n] + behind for n in SIZES]
    taken = [_cpu_seconds(text) for text in texts]
    for _ in range(2):
        if not _grows_too_fast(taken):
            return True
        taken = [min(known, _cpu_seconds(t)) for known, t in zip(taken, texts, strict=True)]
    return not _grows_too_fast(taken)


def _grows_too_fast(taken: list[float]) -> bool:
    pairs = itertools.pairwise(taken)
    return any(longer >= max(DOUBLED * shorter, TOO_SHORT) for shorter, longer in pairs)


def _cpu_seconds(text: str) -> float:
    head = "From: Sam Hill <sam@actonadvice.example>\r\nSubject: Expression of interest\r\n\r\n"
    started = time.process_time()
    understand(f"{head}{text}".encode(), programmes=(ACE, SURREY))
    return time.process_time() - started
