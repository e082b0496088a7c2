"""A row of the scoreboard measured in a process of its own: none can harm another, or hang the
rest."""

import os
import signal
import sys
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess

from intake.isolation import IMPORTED_ONCE
from tests.faults.board import ROWS, Figure, Measured, Result, Size, run

LIMIT_SECONDS = 900
"""A row that takes longer is stopped and misses: ten times what the slowest takes."""


def measure_apart(key: str, *, size: Size) -> Result:
    """What the row showed; that it was not measured, and why, where its process died."""
    started = time.monotonic()
    context = _make_context()
    ours, theirs = context.Pipe(duplex=False)
    with tempfile.NamedTemporaryFile() as words, ours:
        process = context.Process(target=_measure, args=(key, size, theirs, words.name))
        process.start()
        theirs.close()
        try:
            told = ours.recv() if ours.poll(LIMIT_SECONDS) else None
        except EOFError:
            last = words.read().decode(errors="replace").strip().splitlines()[-1:]
            return _failed(key, "".join(last) or "died", time.monotonic() - started)
        if told is None:
            _stop(process)
            return _failed(key, f"stopped after {LIMIT_SECONDS} s", time.monotonic() - started)
        process.join(LIMIT_SECONDS)
    result: Result = told
    verdict = "good" if result.measured.is_good else "MISS"
    print(f"{key}: {verdict}, {result.seconds:.0f} s", file=sys.stderr)  # noqa: T201
    return result


def _make_context() -> ForkServerContext:
    """Whose server has imported once what every row needs, and what readers of messages do."""
    context = get_context("forkserver")
    context.set_forkserver_preload([*IMPORTED_ONCE, *(row.module for row in ROWS)])
    return context


def _measure(key: str, size: Size, told: Connection, words: str) -> None:
    """In the process of a row, whose words go into a file of that name."""
    file = os.open(words, os.O_WRONLY | os.O_APPEND)
    os.dup2(file, sys.stdout.fileno())
    os.dup2(file, sys.stderr.fileno())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and its servers with it
    told.send(run(key, size))


def _stop(process: BaseProcess) -> None:
    """With the servers it has started, if that takes no longer than a minute."""
    process.terminate()
    process.join(60)
    if process.exitcode is None:
        process.kill()
        process.join()


def _failed(key: str, why: str, seconds: float) -> Result:
    figures = (Figure("not measured", 1, most=0),)
    return Result(key, Measured(figures, (why,)), seconds, 0.0)
