"""R4: hostile messages among good ones, read by children that may be killed: each good one is
answered, each hostile one is put aside with the reason."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from intake.app import App
from intake.mailboxes.base import FolderAccount
from storage import quarantine
from tests.faults.board import Figure, Measured, Size, exactly, none_of
from tests.support.bombs import REFUSED
from tests.support.expressions import expression
from tests.support.installations import Servers, make_installation
from tests.support.smtp_recorder import SmtpRecorder

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
MOST_SECONDS = 45.0


def measure(size: Size) -> Measured:
    count = size.pick(full=60, small=6)
    hostile = list(islice(_hostile(), count))
    good = [expression(number) for number in range(1, count + 1)]
    with tempfile.TemporaryDirectory() as name, SmtpRecorder() as recorder:
        folder = Path(name)
        inbox = folder / "inbox"
        inbox.mkdir()
        for number, pair in enumerate(zip(hostile, good, strict=True)):
            for place, raw in enumerate(pair):
                (inbox / f"{number:03d}-{place}.eml").write_bytes(raw)
        installation = make_installation(folder, Servers(1, recorder.port, "nobody", "nothing"))
        mailboxes = {"ace": FolderAccount("inbox", inbox)}
        started = time.monotonic()
        with App(replace(installation, mailboxes=mailboxes)) as app:
            report = app.tick(NOON)
            seconds = time.monotonic() - started
            with app.database.reading() as session:
                aside = quarantine.list_quarantined(session)
        readers = {wire.recipients[0] for wire in recorder.received}
    reasons = Counter(item.reason for item in aside)
    return Measured(
        (
            exactly("good and answered", len(readers), count),
            exactly("hostile and put aside", report.intake.quarantined, count),
            none_of("put aside without a reason", reasons[""]),
            Figure("different reasons", len(reasons), least=size.pick(full=9, small=4)),
            Figure("seconds", seconds, most=MOST_SECONDS),
        ),
        tuple(f"{count} × {reason}" for reason, count in reasons.most_common()),
    )


def _hostile() -> Iterator[bytes]:
    """Messages that are refused, of every kind in turn, and no two alike."""
    for number, build in enumerate(cycle(REFUSED.values())):
        yield build(number)
