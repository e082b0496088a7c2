"""A process that forks off others, each of which walks one tick and kills itself at a failpoint, as
a power cut would.

Run as `python -m tests.support.mortal FOLDER IMAP_PORT SMTP_PORT USERNAME PASSWORD DATABASE_URL`.
For each line `POINT<tab>NTH<tab>NOW` it answers with the exit status of the child. Nothing of this
is in the product: failpoints are wrapped from here, so a normal run has none."""

import gc
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.orm import SessionTransaction

import intake.pipeline
import responders.transports.smtp
import storage.archive
from intake.app import App
from intake.config import Configuration
from intake.mailboxes.imap import ImapMailbox
from intake.pipeline import Pipeline
from responders.budgets import Caps, DeliverySettings
from responders.rendering import Renderer
from responders.transports.smtp import SmtpTransport
from storage import cases, messages, outbox
from storage.archive import Archive
from storage.database import Database
from tests.support.installations import Servers, make_installation
from tests.support.reading import HereReader

POINTS: dict[str, tuple[Any, str, str]] = {
    "before archiving": (Archive, "put_all", "before"),
    "archived, folder not written": (storage.archive, "_write_whole", "after"),
    "archived": (Archive, "put_all", "after"),
    "remembered, uncommitted": (messages, "remember", "after"),
    "remembered": (Pipeline, "collect", "after"),
    "understood": (HereReader, "read", "after"),
    "case opened, uncommitted": (cases, "open_case", "after"),
    "between two records": (intake.pipeline, "record_message", "before"),
    "recorded, uncommitted": (intake.pipeline, "record_message", "after"),
    "recorded": (Pipeline, "understand", "after"),
    "moved, unmarked": (ImapMailbox, "file", "after"),
    "filed": (Pipeline, "file", "after"),
    "enqueued, uncommitted": (outbox, "enqueue", "after"),
    "planned": (App, "plan", "after"),
    "claimed, uncommitted": (outbox, "claim", "after"),
    "claimed": (SmtpTransport, "send", "before"),
    "end of the letter not sent": (SmtpTransport, "_finish", "before"),
    "answer not read": (responders.transports.smtp, "read_reply", "before"),
    "handed over": (SmtpTransport, "send", "after"),
    "marked, uncommitted": (outbox, "mark_sent", "after"),
    "committing": (SessionTransaction, "commit", "before"),
    "committed": (SessionTransaction, "commit", "after"),
}
"""Name → what is wrapped, and whether the process dies before or after the nth call of it."""

PLENTY = Caps(*[10**6] * 5)
"""What is counted here is not what the caps allow."""

NEVER = "never"
"""The point of a walk that ends by itself."""

COPIES_MAY_APPEAR = ("answer not read", "handed over", "marked, uncommitted", "committing")
"""Points that lie between the server's acceptance and our commit, or may: the only ones that a
second copy may come from."""


def die_at(point: str, nth: int) -> None:
    """Wrap `point` so that its `nth` call (from 1) is the last thing this process does."""
    owner, name, when = POINTS[point]
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def mortal(*args: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if when == "before" and calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **named)
        if when == "after" and calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, mortal)


def main(folder: str, imap: str, smtp: str, username: str, password: str, url: str) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    servers = Servers(int(imap), int(smtp), username, password)
    installation = make_installation(Path(folder), servers, database_url=url)
    known = _Known(replace(installation, delivery=DeliverySettings(caps=PLENTY)))
    for line in sys.stdin:
        point, nth, instant = line.rstrip("\n").split("\t")
        now = datetime.fromisoformat(instant)
        if known.renderer is None:
            known.learn(now)
        child = os.fork()
        if child == 0:
            _walk(known, now, point=point, nth=int(nth))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


class _Known:
    """What every walk needs and none changes: the packs, and all that is read, imported or compiled
    once. No connection is open while processes fork."""

    def __init__(self, installation: Configuration) -> None:
        self.installation = installation
        self.database = Database(installation.database_url)
        self.database.migrate()
        self.renderer: Renderer | None = None

    def learn(self, now: datetime) -> None:
        """The first walk, in this process."""
        with self.make_app() as application:
            self.renderer = application.renderer(now)
            application.tick(now)
        gc.collect()
        gc.freeze()

    def make_app(self) -> App:
        application = App(self.installation)
        if self.renderer is not None:
            application._make_renderer = lambda *_: self.renderer  # type: ignore
        reader = HereReader(self.installation.programmes, application.archive)
        application.__dict__ |= {"reader": reader, "database": self.database}
        return application


def _walk(known: _Known, now: datetime, *, point: str, nth: int) -> None:
    """One tick in this process, which ends with it."""
    try:
        if point != NEVER:
            die_at(point, nth)
        with known.make_app() as application:
            report = application.tick(now)
        os._exit(1 if report.mailbox_errors else 0)
    except BaseException:  # noqa: BLE001  a forked process must not go on in its parent's code
        traceback.print_exc()
        os._exit(2)


if __name__ == "__main__":
    main(*sys.argv[1:])
