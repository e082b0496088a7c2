"""Truths from folders, and what Postroom reads in their messages, with the time it takes."""

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake.commands.predictions import NO_PIECES, Prediction, predict, refuse, tell_pieces
from intake.understanding.anatomy import dissect
from intake.understanding.mime.bodies import message_of_body
from intake.understanding.mime.limits import Unreadable
from intake.understanding.understand import understand
from storage.domain.message import MessageKind
from storage.domain.programme import Programme

TRUTH = "truth.jsonl"
_WHOLE_KINDS = frozenset(
    (
        *("mime", "delay", "feedback", "not_bounce", "plain"),
        *(str(kind) for kind in MessageKind),
    )
)
"""Kinds of truth that are about whole messages; others may come as bare texts."""
_FIELD = re.compile(rb"([!-9;-~]{1,80}):")
_MESSAGE_FIELDS = frozenset(
    (
        *(b"received", b"return-path", b"message-id", b"mime-version", b"content-type"),
        *(b"delivered-to", b"dkim-signature", b"x-mailer", b"user-agent", b"in-reply-to"),
    )
)
"""What stands above a message, but in no text that quotes another."""
_SLOW_SECONDS = 0.05
"""From here a message is measured again: the machine may have been busy with other things."""
_TRIES = 3
_LONG_SECONDS = 0.5
"""From here it is not: so long it is not by chance."""


class NothingToMeasure(Exception):
    """A folder has not the form that is asked for, or nothing readable in it. The message says
    what is missing; give another folder or mend this one."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One line of a truth file and the file that it is about; `corpus` is its folder's name."""

    corpus: str
    row: dict[str, Any]
    path: Path


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one file: its JSON line, None where there is no such file, the seconds of
    processor time that understanding took, None where it was refused, and the error that it
    ended with where it crashed."""

    truth: Truth
    prediction: Prediction | None
    seconds: float | None = None
    crash: str | None = None


def find_corpus(folder: Path) -> list[Truth]:
    """The truths of a folder with a truth file of its own. Raises NothingToMeasure."""
    return list(_truths(folder, folder.resolve().name))


def find_collection(folder: Path) -> list[Truth]:
    """The truths of every folder in `folder` that has a truth file. Raises NothingToMeasure."""
    places = sorted(path.parent for path in folder.glob(f"*/{TRUTH}"))
    if not places:
        raise NothingToMeasure(f"{folder} has no folder with a {TRUTH} in it")
    truths = [truth for place in places for truth in _truths(place, place.name)]
    strange = [truth for truth in truths if not isinstance(truth.row.get("expect"), dict)]
    if strange:
        raise NothingToMeasure(
            f"a line of the truth in {folder / strange[0].corpus} has no `expect`"
        )
    return truths


def _truths(folder: Path, corpus: str) -> Iterator[Truth]:
    source = folder / TRUTH
    try:
        lines = source.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise NothingToMeasure(f"{source} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NothingToMeasure(f"{source} is not UTF-8") from error
    if not any(lines):
        raise NothingToMeasure(f"{source} is empty")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            row = _row(line, f"{source} line {number}")
            yield Truth(corpus, row, _place(folder, row["file"]))


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise NothingToMeasure(f"{where} is no JSON") from error
    if not isinstance(row, dict) or not isinstance(row.get("file"), str):
        raise NothingToMeasure(f"{where} names no `file`")
    return row


def _place(folder: Path, file: str) -> Path:
    """Where the file is: below the folder, or in its `messages`."""
    there, inner = folder / file, folder / "messages" / file
    return inner if inner.is_file() and not there.is_file() else there


def read_all(truths: Sequence[Truth], programmes: Sequence[Programme]) -> list[Read]:
    """Each file understood and cut into its pieces, in their order."""
    understand(b"Subject: first\n\nwarms up what is loaded late", programmes=programmes)
    return [_read(truth, programmes) for truth in truths]


def _read(truth: Truth, programmes: Sequence[Programme]) -> Read:
    if not truth.path.is_file():
        return Read(truth, None)
    content = truth.path.read_bytes()
    file = truth.row["file"]
    raw = content if is_message(content, truth.row.get("kind")) else message_of_body(content)
    try:
        seconds = measure_seconds(raw, programmes)
        told = understand(raw, programmes=programmes)
        anatomy = dissect(raw, told.understanding.verdict.kind)
    except Unreadable as refused:
        return Read(truth, refuse(file, refused.reason) | NO_PIECES)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is being counted
        crash = f"{type(error).__name__}: {error}"[:200]
        return Read(truth, refuse(file, crash) | NO_PIECES, crash=crash)
    line = predict(file, told.understanding, programme=told.programme)
    return Read(truth, line | tell_pieces(anatomy), seconds)


def measure_seconds(raw: bytes, programmes: Sequence[Programme]) -> float:
    """Processor time of understanding `raw`, the least of three where it is long. Raises
    Unreadable."""
    taken: list[float] = []
    while len(taken) < _TRIES:
        started = time.process_time()
        understand(raw, programmes=programmes)
        taken.append(time.process_time() - started)
        if not _SLOW_SECONDS < taken[-1] < _LONG_SECONDS:
            break
    return min(taken)


def is_message(content: bytes, kind: object = None) -> bool:
    """Whether a file is a whole message rather than a bare text. A truth's `kind` tells where it
    is about whole messages; else a block of fields that no text quotes does."""
    if kind in _WHOLE_KINDS:
        return True
    head = re.split(rb"\r?\n\r?\n", content.lstrip(b"\r\n\xef\xbb\xbf")[:65_536], maxsplit=1)[0]
    lines = head.splitlines()
    if lines and lines[0].startswith(b"From "):
        del lines[0]
    names: set[bytes] = set()
    for at, line in enumerate(lines):
        found = _FIELD.match(line)
        if found is None and (at == 0 or line[:1] not in (b" ", b"\t")):
            return False
        if found is not None:
            names.add(found[1].lower())
    return not names.isdisjoint(_MESSAGE_FIELDS)
