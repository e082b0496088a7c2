"""The heartbeat: a tick at an interval, and at once when a mailbox says that something came.

APScheduler is only the heartbeat. What is due stands in the ledger, so a late, a double or a
missed beat changes nothing but the minute at which a letter leaves.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from intake.mailboxes.base import Mailbox, MailboxError

log = structlog.get_logger(__name__)

JOB = "tick"

LONGEST_TICK = timedelta(minutes=30)
"""A tick that takes longer hangs: no server may take as long over one letter or message."""

ONE_AT_WORK_ONE_WAITING = 2
"""A beat asked for during a tick waits for its end: what came meanwhile is not overlooked."""

WATCH = timedelta(minutes=1)
"""How long a mailbox is watched before it is asked again: servers forget idle connections."""

SIGNAL_SECONDS = 1
"""How long a stop may go unnoticed: a signal that comes in the instant before a wait begins is
handled by Python only when that wait ends."""

PAUSE_AFTER_ERROR = timedelta(seconds=30)
"""How long a watcher whose mailbox failed leaves it alone; the interval goes on meanwhile."""


class Heartbeat:
    """Runs `tick` every `interval` and whenever one of the watched mailboxes wakes it.

    `watchers` open one mailbox each, apart from those the tick reads: a connection that idles
    can't be used for anything else.
    """

    def __init__(
        self,
        tick: Callable[[], None],
        *,
        interval: timedelta,
        watchers: Iterable[Callable[[], Mailbox]] = (),
        alive: Callable[[], None] | None = None,
    ) -> None:
        """`alive` is called every second while no tick hangs."""
        self._watchers = tuple(watchers)
        self._tick = tick
        self._alive = alive
        self._began: float | None = None
        self._beating = threading.Lock()
        self._stopping = threading.Event()
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._beat,
            "interval",
            seconds=interval.total_seconds(),
            id=JOB,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=ONE_AT_WORK_ONE_WAITING,
            misfire_grace_time=None,
        )

    def run(self) -> None:
        """Beat until SIGTERM or SIGINT; the tick under way is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        threads = [
            threading.Thread(target=self._watch, args=(opens,), daemon=True, name=f"watch-{n}")
            for n, opens in enumerate(self._watchers)
        ]
        for thread in threads:
            thread.start()
        self._scheduler.start()
        while not self._stopping.wait(SIGNAL_SECONDS):
            if self._alive is not None and not self.hangs():
                self._alive()
        self._scheduler.shutdown()

    def hangs(self) -> bool:
        """True while a tick takes longer than any may."""
        began = self._began
        return began is not None and time.monotonic() - began > LONGEST_TICK.total_seconds()

    def stop(self) -> None:
        """Ask the heartbeat to end once its tick is done."""
        self._stopping.set()

    def _beat(self) -> None:
        with self._beating:
            if not self._stopping.is_set():
                self._began = time.monotonic()
                try:
                    self._tick()
                finally:
                    self._began = None

    def _watch(self, opens: Callable[[], Mailbox]) -> None:
        mailbox: Mailbox | None = None
        while not self._stopping.is_set():
            try:
                mailbox = mailbox or opens()
                if mailbox.wait(WATCH) and not self._stopping.is_set():
                    self._scheduler.modify_job(JOB, next_run_time=datetime.now(UTC))
            except MailboxError as error:
                log.warning("mailbox not watched", error=type(error).__name__)
                mailbox = None
                self._stopping.wait(PAUSE_AFTER_ERROR.total_seconds())
        if mailbox is not None:
            mailbox.close()
