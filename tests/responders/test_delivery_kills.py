"""Delivery killed with SIGKILL: nothing is lost, and a second copy has the same bytes."""

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.support.post_office import open_post_office
from tests.support.smtp_recorder import SmtpRecorder

LETTERS = 20
KILLS = (("before", 2), ("after", 3), ("before", 4), ("after", 5), ("after", 2))
"""Before and after the server took a letter; the first is the one that the last left in doubt."""


def test_killed_delivery_loses_nothing_and_sends_no_third_copy(
    smtp_recorder: SmtpRecorder, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/ledger.db"
    with open_post_office(url, tmp_path) as office:
        office.enqueue_many(LETTERS)
        statuses = [walk(url, tmp_path, smtp_recorder, *kill) for kill in (*KILLS, ("never", 0))]
        assert statuses == [-signal.SIGKILL] * len(KILLS) + [0]
        assert office.states() == ["sent"] * LETTERS

    copies = Counter(wire.raw for wire in smtp_recorder.received)
    accepted_then_killed = sum(1 for when, _ in KILLS if when == "after")
    assert len(copies) == LETTERS
    assert sorted(copies.values())[-accepted_then_killed:] == [2] * accepted_then_killed
    assert sum(copies.values()) == LETTERS + accepted_then_killed


def walk(url: str, folder: Path, recorder: SmtpRecorder, when: str, nth: int) -> int:
    """The exit status of one delivering process."""
    arguments = [url, str(folder), str(recorder.port), when, str(nth)]
    return subprocess.run(
        [sys.executable, "-m", "tests.support.doomed", *arguments], check=False, timeout=60
    ).returncode
