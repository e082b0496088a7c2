"""Tells systemd how the service is (sd_notify): ready, alive, stopping. Does nothing elsewhere."""

import os
import socket
import time
from collections.abc import Callable, Mapping

MICROSECONDS = 1_000_000


class Supervisor:
    """The supervisor that started this process, if one did. `environment` is that of the process;
    `monotonic` gives seconds."""

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._monotonic = monotonic
        self._told_at: float | None = None
        watched = environment.get("WATCHDOG_USEC", "")
        is_ours = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self._every = int(watched) / MICROSECONDS / 2 if watched.isdigit() and is_ours else None

    def ready(self) -> None:
        """The service has started."""
        self._tell("READY=1")

    def alive(self) -> None:
        """The service does its work; told as often as the watchdog wants to hear it."""
        now = self._monotonic()
        if self._every is None or (self._told_at and now - self._told_at < self._every):
            return
        self._told_at = now
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """The service ends by itself or was asked to."""
        self._tell("STOPPING=1")

    def _tell(self, what: str) -> None:
        """A supervisor that doesn't listen is no reason to stop working."""
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address[0] == "@" else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
                channel.connect(address)
                channel.send(what.encode())
        except OSError:
            return
