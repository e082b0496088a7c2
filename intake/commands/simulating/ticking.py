"""The application that ticks through a simulated year: in this process, or in a child that is
killed at random moments and started again.

Run as `python -m intake.commands.simulating.ticking CONFIG` this is the child: it reads instants,
one a line, and answers each with a line when its tick is done.
"""

import os
import select
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from time import monotonic
from types import TracebackType
from typing import IO

from intake.app import App
from intake.config import Configuration, load_configuration
from intake.logging import configure_logging

Tick = Callable[[datetime], object]

FIRST_TICK = 0.3
"""Seconds that a tick may take before any was measured."""

REMEMBERED = 12
"""Ticks whose duration tells how long the next one may take: a child is killed within that time,
and where it was faster, in a later tick."""

PATIENCE = 120
"""Seconds after which a child that says nothing is given up."""


LAST_WORDS = "ticking.log"
"""The file beside the configuration for what children write on standard error."""


class ChildLost(Exception):
    """The process that ticks has ended by itself, or says nothing any more; the end of ticking.log
    in the folder of the simulation may say why."""


@dataclass(frozen=True, slots=True)
class Ticking:
    """What ticks, and how often it has been killed so far."""

    tick: Tick
    kills: Callable[[], int]


@contextmanager
def open_ticking(
    configuration: Configuration, *, moments: Iterable[datetime], chance: Random
) -> Iterator[Ticking]:
    """The application, in this process where it is never killed, else in a child that is killed
    once for each of `moments`."""
    killed_at = list(moments)
    if not killed_at:
        with App(configuration) as application:
            yield Ticking(application.tick, lambda: 0)
        return
    with MortalApp(configuration.path, moments=killed_at, chance=chance) as mortal:
        yield Ticking(mortal.tick, lambda: mortal.kills)


class MortalApp(AbstractContextManager["MortalApp"]):
    """Ticks in a child process, which is killed once for each of `moments` at the first tick from
    there on, some way into it. `kills` is how often that has happened."""

    def __init__(self, configuration: Path, *, moments: Iterable[datetime], chance: Random) -> None:
        self.kills = 0
        self._command = (sys.executable, "-m", "intake.commands.simulating.ticking")
        self._configuration = configuration
        self._moments = sorted(moments, reverse=True)
        self._chance = chance
        self._durations = deque([FIRST_TICK], maxlen=REMEMBERED)
        self._child: subprocess.Popen[bytes] | None = None

    def tick(self, now: datetime) -> None:
        """One whole tick at this instant, however many children it takes."""
        while True:
            child = self._child or self._start()
            _tell(child.stdin, now.isoformat())
            is_marked = bool(self._moments) and self._moments[-1] <= now
            pause = self._chance.random() * max(self._durations)
            started = monotonic()
            if _hear(child, pause if is_marked else PATIENCE, or_none=is_marked):
                self._durations.append(monotonic() - started)
                return
            self._kill(child)
            self._moments.pop()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        child = self._child
        if child is not None:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.close()
            child.wait(timeout=PATIENCE)
            child.stdout.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        pipe = subprocess.PIPE
        command = [*self._command, str(self._configuration)]
        with self._configuration.with_name(LAST_WORDS).open("ab") as words:
            self._child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=words)
        _hear(self._child, PATIENCE)
        return self._child

    def _kill(self, child: "subprocess.Popen[bytes]") -> None:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        for end in (child.stdin, child.stdout):
            assert end is not None
            end.close()
        self._child = None
        self.kills += 1


def _tell(stream: IO[bytes] | None, line: str) -> None:
    assert stream is not None
    stream.write(line.encode() + b"\n")
    stream.flush()


def _hear(child: "subprocess.Popen[bytes]", seconds: float, *, or_none: bool = False) -> bool:
    """Wait for a line; False where none came in time and that is no error. Raises ChildLost."""
    assert child.stdout is not None
    ready, _, _ = select.select([child.stdout], [], [], seconds)
    if not ready and or_none:
        return False
    if not ready or not child.stdout.readline():
        raise ChildLost(f"process {child.pid}")
    return True


def main(configuration: str) -> None:
    """The child: ticks at each instant it is told, until its input ends."""
    configure_logging("critical")
    with App(load_configuration(Path(configuration))) as application:
        application.database  # noqa: B018  the schema is there before the first instant
        _tell(sys.stdout.buffer, "ready")
        for line in sys.stdin:
            application.tick(datetime.fromisoformat(line.strip()))
            _tell(sys.stdout.buffer, "done")


if __name__ == "__main__":
    main(*sys.argv[1:])
