"""Processes that walk one tick each and die where they are told to, driven from a test."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType

from tests.support.dovecot import Dovecot
from tests.support.mortal import NEVER
from tests.support.smtp_recorder import SmtpRecorder


class Mortals:
    """One installation in `folder`, as a context manager: each walk is a process of its own."""

    def __init__(
        self, folder: Path, dovecot: Dovecot, user: str, recorder: SmtpRecorder, url: str
    ) -> None:
        arguments = [folder, dovecot.port, recorder.port, user, dovecot.password, url]
        self._command = [sys.executable, "-m", "tests.support.mortal", *map(str, arguments)]

    def __enter__(self) -> "Mortals":
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def walk(self, now: datetime, point: str = NEVER, nth: int = 1) -> int:
        """Walk a tick and die at the nth call of `point`; gives the exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{point}\t{nth}\t{now.isoformat()}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())
