"""A process that walks ticks and kills itself at a chosen point, as a power cut would.

Run as `python -m tests.support.mortal FOLDER IMAP_PORT SMTP_PORT USERNAME PASSWORD NOW POINT NTH`;
POINT `never` walks to the end. Nothing of this is in the product: points are wrapped from here.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import intake.pipeline
from intake.app import App
from intake.isolation import Reader
from intake.mailboxes.imap import ImapMailbox
from intake.pipeline import Pipeline
from responders.transports.smtp import SmtpTransport
from storage import messages, outbox
from storage.archive import Archive
from tests.support.installations import Servers, make_installation

POINTS: dict[str, tuple[Any, str, str]] = {
    "before archiving": (Archive, "put_all", "before"),
    "archived": (Archive, "put_all", "after"),
    "remembered, uncommitted": (messages, "remember", "after"),
    "remembered": (Pipeline, "collect", "after"),
    "understood": (Reader, "read", "after"),
    "recorded, uncommitted": (intake.pipeline, "record_message", "after"),
    "between two records": (intake.pipeline, "record_message", "before"),
    "recorded": (Pipeline, "understand", "after"),
    "moved, unmarked": (ImapMailbox, "file", "after"),
    "filed": (Pipeline, "file", "after"),
    "enqueued, uncommitted": (outbox, "enqueue", "after"),
    "planned": (App, "plan", "after"),
    "claimed, uncommitted": (outbox, "claim", "after"),
    "claimed": (SmtpTransport, "send", "before"),
    "handed over": (SmtpTransport, "send", "after"),
    "marked, uncommitted": (outbox, "mark_sent", "after"),
}
"""Name → what is wrapped, and whether the process dies before or after the nth call of it."""

COPIES_MAY_APPEAR = ("handed over", "marked, uncommitted")
"""Points between the server's acceptance and our commit: the only ones with a second copy."""


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


def main(folder: str, imap: str, smtp: str, *rest: str) -> None:
    """Walk two ticks: the second takes up what a dead process before left in doubt."""
    username, password, instant, point, nth = rest
    if point != "never":
        die_at(point, int(nth))
    servers = Servers(int(imap), int(smtp), username, password)
    with App(make_installation(Path(folder), servers)) as application:
        now = datetime.fromisoformat(instant)
        application.tick(now)
        application.tick(now)


if __name__ == "__main__":
    main(*sys.argv[1:])
