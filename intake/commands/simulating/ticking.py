"""The application that ticks through a simulated year: in this process, or in a child that is
killed at random moments and started again."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from time import monotonic
from types import TracebackType

from intake.app import App
from intake.config import Configuration, load_configuration
from intake.isolation import IMPORTED_ONCE
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

UNSAID = "ignore:resource_tracker:UserWarning"
"""The warning, on this process's standard error, of what children leave behind that are killed."""


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
            application.reader.prepare()
            yield Ticking(application.tick, lambda: 0)
        return
    with MortalApp(configuration.path, moments=killed_at, chance=chance) as mortal:
        yield Ticking(mortal.tick, lambda: mortal.kills)


class MortalApp(AbstractContextManager["MortalApp"]):
    """Ticks in a child process, which is killed once for each of `moments` at the first tick from
    there on, some way into it. `kills` is how often that has happened. Children are forked off a
    process that has imported everything and opened nothing."""

    def __init__(self, configuration: Path, *, moments: Iterable[datetime], chance: Random) -> None:
        self.kills = 0
        self._configuration = configuration
        self._moments = sorted(moments, reverse=True)
        self._chance = chance
        self._durations = deque([FIRST_TICK], maxlen=REMEMBERED)
        self._context = make_context()
        self._child: _Child | None = None

    def tick(self, now: datetime) -> None:
        """One whole tick at this instant, however many children it takes."""
        while True:
            child = self._child or self._start()
            is_marked = bool(self._moments) and self._moments[-1] <= now
            pause = self._chance.random() * max(self._durations)
            started = monotonic()
            if child.tick(now, pause if is_marked else PATIENCE, or_none=is_marked):
                self._durations.append(monotonic() - started)
                return
            child.kill()
            self._child = None
            self.kills += 1
            self._moments.pop()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child is not None:
            self._child.end()

    def _start(self) -> "_Child":
        self._child = _Child(self._context, self._configuration)
        return self._child


class _Child:
    """A process with the application in it, ready to tick. Raises ChildLost, as do its verbs."""

    def __init__(self, context: ForkServerContext, configuration: Path) -> None:
        self._ours, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_live, args=(configuration, theirs))
        self._process.start()
        theirs.close()
        self._hear(PATIENCE, or_none=False)

    def tick(self, now: datetime, seconds: float, *, or_none: bool) -> bool:
        """False where the tick was not done within so many seconds, and that is no error."""
        with suppress(BrokenPipeError):  # what became of it is heard
            self._ours.send(now)
        return self._hear(seconds, or_none=or_none)

    def kill(self) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join()
        self._ours.close()

    def end(self) -> None:
        """Let it close what it has open."""
        self._ours.close()
        self._process.join(PATIENCE)

    def _hear(self, seconds: float, *, or_none: bool) -> bool:
        try:
            if self._ours.poll(seconds):
                self._ours.recv()
                return True
        except (EOFError, ConnectionResetError):
            raise ChildLost(f"process {self._process.pid}") from None
        if or_none:
            return False
        raise ChildLost(f"process {self._process.pid}")


def make_context() -> ForkServerContext:
    """Whose server has imported what children need, and theirs. What killed children had open is
    cleaned up in silence."""
    with _with_warnings(UNSAID):
        resource_tracker.ensure_running()
    context = get_context("forkserver")
    context.set_forkserver_preload([*IMPORTED_ONCE, __name__])
    return context


@contextmanager
def _with_warnings(filters: str) -> Iterator[None]:
    """Processes that start meanwhile have these filters of warnings too."""
    before = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = f"{before},{filters}" if before else filters
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONWARNINGS"]
        else:
            os.environ["PYTHONWARNINGS"] = before


def _live(configuration: Path, told: Connection) -> None:
    """The child: ticks at each instant that it is told, until nothing more comes."""
    words = os.open(configuration.with_name(LAST_WORDS), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(words, sys.stderr.fileno())
    configure_logging("critical")
    with App(load_configuration(configuration)) as application, suppress(EOFError):
        application.reader.fork()
        application.database  # noqa: B018  the schema is there before the first instant
        told.send("ready")
        while True:
            application.tick(told.recv())
            told.send("done")
