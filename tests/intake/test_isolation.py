"""Messages are understood in children: what one of them does to its child harms no other."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from intake.isolation import Failure, Reader, UnderstoodMessage
from storage.archive import Archive
from storage.domain.message import MessageKind
from storage.errors import StorageError
from tests.support.incoming import STORY, write_message
from tests.support.programmes import ACE, PROGRAMMES, SURREY

_PREPARING = """
import os, pathlib, sys
from intake.isolation import Reader

Reader([], archive_folder=pathlib.Path(sys.argv[1])).prepare()
for child in pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
    lines = pathlib.Path(f"/proc/{child}/status").read_text().splitlines()
    signals = dict(line.split(":") for line in lines if line.startswith(("SigBlk", "SigIgn")))
    print(f"{int(signals['SigBlk'], 16) | int(signals['SigIgn'], 16):x}")
"""
"""Prints for each child of a process that has prepared which signals it does not hear."""

EXPRESSION = write_message(f"Please accept our expression of interest.\n\n{STORY}")


@pytest.fixture(scope="module")
def archive_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archive")


@pytest.fixture(scope="module")
def reader(archive_folder: Path) -> Iterator[Reader]:
    reader = Reader(PROGRAMMES, archive_folder=archive_folder, workers=1)
    yield reader
    reader.close()


def kinds(results: list[UnderstoodMessage | Failure]) -> list[MessageKind | str]:
    return [
        result.reason if isinstance(result, Failure) else result.understanding.verdict.kind
        for result in results
    ]


def test_messages_are_understood_in_their_order(reader: Reader) -> None:
    question = write_message("When does the call close?", recipient=SURREY.inbox)

    results = reader.read([(EXPRESSION, "ace"), (question, None), (EXPRESSION, None)])

    assert kinds(results) == [MessageKind.EXPRESSION, MessageKind.QUESTION, MessageKind.EXPRESSION]
    assert [r.programme for r in results if isinstance(r, UnderstoodMessage)] == [
        ACE.slug,
        SURREY.slug,
        ACE.slug,
    ]


def test_nothing_to_read_starts_no_child(tmp_path: Path) -> None:
    assert Reader(PROGRAMMES, archive_folder=tmp_path).read([]) == []


def test_a_refused_message_says_why_and_stops_no_other(reader: Reader) -> None:
    bomb = b"Subject: " + b"x" * 10_000 + b"\r\n\r\n"

    results = reader.read([(bomb, "ace"), (EXPRESSION, "ace")])

    assert kinds(results) == ["Subject larger than 8 kB", MessageKind.EXPRESSION]


def test_attachments_are_archived(reader: Reader, archive_folder: Path) -> None:
    body = (
        "--b\r\n\r\nPlease see attached.\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQ=\r\n--b--"
    )
    raw = write_message(body, content_type="multipart/mixed; boundary=b")

    (result,) = reader.read([(raw, "ace")])

    assert isinstance(result, UnderstoodMessage)
    (attachment,) = result.understanding.attachments
    assert Archive(archive_folder).get(attachment.sha256) == b"%PDF-1.4"


def test_a_slow_message_is_given_up_and_the_next_one_read(archive_folder: Path) -> None:
    slow = write_message("x", content_type="text/html") + b"<b>x</b>" * 2_000_000
    reader = Reader(PROGRAMMES, archive_folder=archive_folder, workers=1, wall_seconds=0.2)
    try:
        warm = kinds(reader.read([(EXPRESSION, "ace")]))
        started = time.monotonic()
        results = kinds(reader.read([(slow, "ace"), (EXPRESSION, "ace")]))
    finally:
        reader.close()

    assert warm == [MessageKind.EXPRESSION]
    assert results == ["took more than 0.2 s", MessageKind.EXPRESSION]
    assert time.monotonic() - started < 20


def test_a_message_that_needs_too_much_memory_is_refused(archive_folder: Path) -> None:
    greedy = write_message("x" * 20_000_000)
    reader = Reader(PROGRAMMES, archive_folder=archive_folder, workers=1, memory_bytes=100 * 2**20)
    try:
        results = kinds(reader.read([(greedy, "ace"), (EXPRESSION, "ace")]))
    finally:
        reader.close()

    assert results == ["needed more memory than a message may", MessageKind.EXPRESSION]


def test_a_child_that_dies_is_replaced_and_its_message_tried_again(archive_folder: Path) -> None:
    others = _children()
    reader = Reader(PROGRAMMES, archive_folder=archive_folder, workers=1)
    reader.read([(EXPRESSION, "ace")])
    (child,) = _children() - others

    os.kill(child, signal.SIGKILL)
    results = reader.read([(EXPRESSION, "ace")])

    assert kinds(results) == [MessageKind.EXPRESSION]
    assert child not in _children()
    reader.close()


def test_no_child_is_forked_off_this_process(archive_folder: Path) -> None:
    """It would carry over the connections of the ledger."""
    others = _children()
    reader = Reader(PROGRAMMES, archive_folder=archive_folder, workers=2)
    reader.read([(EXPRESSION, "ace")])

    parents = [_parent(child) for child in _children() - others]
    reader.close()

    assert len(parents) == 2
    assert len({*parents, os.getpid()}) == 2


def test_children_are_forked_off_a_process_that_asks_for_it(archive_folder: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=_fork_and_read, args=(archive_folder, theirs))
    process.start()
    theirs.close()

    assert ours.recv() == ([process.pid, process.pid], [MessageKind.EXPRESSION])
    process.join()


def test_a_reader_that_was_prepared_reads(archive_folder: Path) -> None:
    reader = Reader(PROGRAMMES, archive_folder=archive_folder, workers=1)
    reader.prepare()

    results = reader.read([(EXPRESSION, "ace")])
    reader.close()

    assert kinds(results) == [MessageKind.EXPRESSION]


def test_ctrl_c_is_left_to_the_process_that_prepares(archive_folder: Path) -> None:
    command = [sys.executable, "-c", _PREPARING, str(archive_folder)]
    told = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60)

    unheard = [int(line, 16) & 1 << (signal.SIGINT - 1) for line in told.stdout.split()]
    assert len(unheard) == 2  # the server, and what cleans up behind it
    assert all(unheard)


def test_a_closed_reader_starts_anew(archive_folder: Path) -> None:
    reader = Reader(PROGRAMMES, archive_folder=archive_folder, workers=1)
    reader.read([(EXPRESSION, "ace")])

    reader.close()
    results = reader.read([(EXPRESSION, "ace")])
    reader.close()

    assert kinds(results) == [MessageKind.EXPRESSION]


def test_an_archive_that_fails_is_no_fault_of_the_message(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("in the way", encoding="utf-8")
    body = "--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n--b--"
    raw = write_message(body, content_type="multipart/mixed; boundary=b")
    reader = Reader(PROGRAMMES, archive_folder=tmp_path / "archive", workers=1)
    try:
        with pytest.raises(StorageError):
            reader.read([(raw, "ace")])
    finally:
        reader.close()


def _fork_and_read(archive_folder: Path, told: Connection) -> None:
    reader = Reader(PROGRAMMES, archive_folder=archive_folder, workers=2)
    reader.fork()
    parents = [_parent(child) for child in _children()]
    told.send((parents, kinds(reader.read([(EXPRESSION, "ace")]))))
    reader.close()


def _children() -> set[int]:
    """The living children of this process, by their numbers."""
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


def _parent(process: int) -> int:
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    return int(stat.rpartition(")")[2].split()[1])
