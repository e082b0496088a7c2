import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from intake.mailboxes import MaildirAccount, open_mailbox
from intake.mailboxes.base import Mailbox, MailboxUnavailable
from intake.scheduler import Heartbeat

LONG = timedelta(hours=1)
MESSAGE = b"From: a@x.example\r\nSubject: ACE\r\n\r\nhello\r\n"


def make_maildir(folder: Path) -> Path:
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(parents=True)
    return folder


def open_maildir(folder: Path) -> Mailbox:
    return open_mailbox(MaildirAccount("maildir", folder))


def test_heart_beats_at_once_and_at_its_interval() -> None:
    beats = []

    def tick() -> None:
        beats.append(1)
        if len(beats) == 3:
            heartbeat.stop()

    heartbeat = Heartbeat(tick, interval=timedelta(milliseconds=20))
    heartbeat.run()

    assert len(beats) == 3


def test_message_in_a_watched_mailbox_wakes_it_long_before_the_interval(tmp_path: Path) -> None:
    folder, seen = make_maildir(tmp_path / "mail"), []

    def tick() -> None:
        seen.append(len(list((folder / "new").iterdir())))
        if seen[-1]:
            heartbeat.stop()
        elif len(seen) == 1:
            threading.Timer(0.2, (folder / "new" / "1.test").write_bytes, [MESSAGE]).start()

    heartbeat = Heartbeat(tick, interval=LONG, watchers=[lambda: open_maildir(folder)])
    heartbeat.run()

    assert seen[-1] == 1


def test_beat_asked_for_during_a_tick_is_not_lost(tmp_path: Path) -> None:
    """The message comes while the first tick is at work, and no other comes after it."""
    folder, seen = make_maildir(tmp_path / "mail"), []
    woken = threading.Event()

    def open_and_tell() -> Mailbox:
        mailbox = open_maildir(folder)
        woken.set()
        return mailbox

    def tick() -> None:
        before = len(list((folder / "new").iterdir()))
        seen.append(before)
        if before:
            heartbeat.stop()
            return
        assert woken.wait(10)
        (folder / "new" / "1.test").write_bytes(MESSAGE)

    heartbeat = Heartbeat(tick, interval=LONG, watchers=[open_and_tell])
    heartbeat.run()

    assert seen[-1] == 1


def test_mailbox_that_fails_does_not_stop_the_heart() -> None:
    beats = []

    def unavailable() -> Mailbox:
        raise MailboxUnavailable("gone")

    def tick() -> None:
        beats.append(1)
        if len(beats) == 3:
            heartbeat.stop()

    interval = timedelta(milliseconds=20)
    heartbeat = Heartbeat(tick, interval=interval, watchers=[unavailable])
    heartbeat.run()

    assert len(beats) == 3


def test_sigterm_lets_the_tick_under_way_finish() -> None:
    script = (
        "import sys, time\n"
        "from datetime import timedelta\n"
        "from intake.scheduler import Heartbeat\n"
        "def tick():\n"
        "    print('begun', flush=True)\n"
        "    time.sleep(0.5)\n"
        "    print('finished', flush=True)\n"
        "Heartbeat(tick, interval=timedelta(hours=1)).run()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path())
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    os.kill(process.pid, signal.SIGTERM)
    rest = process.stdout.read()
    process.stdout.close()

    assert (rest, process.wait(10)) == (b"finished\n", 0)


def test_it_says_that_it_lives_while_no_tick_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.scheduler.SIGNAL_SECONDS", 0.01)
    alive, told_in_tick = threading.Event(), []

    def tick() -> None:
        told_in_tick.append((alive.wait(10), heartbeat.hangs()))
        monkeypatch.setattr("intake.scheduler.LONGEST_TICK", timedelta(0))
        told_in_tick.append((True, heartbeat.hangs()))
        heartbeat.stop()

    heartbeat = Heartbeat(tick, interval=LONG, alive=alive.set)
    heartbeat.run()

    assert told_in_tick == [(True, False), (True, True)]
    assert not heartbeat.hangs()
