"""Killed at random points of the walk: nothing lost, nothing stored twice, nothing sent twice
but what was in the server's hands already."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from intake.app import App
from storage import cases, outbox
from storage.domain.letter import LetterState
from tests.support.dovecot import Dovecot
from tests.support.installations import Servers, make_installation
from tests.support.mortal import COPIES_MAY_APPEAR, POINTS
from tests.support.smtp_recorder import SmtpRecorder

KILLS = int(os.environ.get("FAULT_KILLS", "16" if os.environ.get("CI") else "5"))
"""Kills of one run; each costs about three seconds. The build server kills at every point once,
`FAULT_KILLS=60` goes on; fewer are spread over the points."""

MESSAGES_A_KILL = 3
NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)

EXPRESSION = """\
Return-Path: <{name}@project{n}.example>
Received: from relay.example by mx.leadership.nhs.example; Mon, 12 Jul 2021 10:00:00 +0100
From: {name} Okafor <{name}@project{n}.example>
To: ace@leadership.nhs.example
Subject: Expression of interest {n}
Message-ID: <{n}@project{n}.example>
Date: Mon, 12 Jul 2021 10:00:00 +0100
Content-Type: text/plain; charset=utf-8

Name: {name} Okafor
Organisation: Project {n} Trust
Telephone: 07700 900{n:03d}
ICS: North East London

Summary:

Carers on estate {n} wait weeks for a call that nobody thinks is theirs to make. We would like
nurses, carers and the housing team to plan together, and to see after six months whether fewer
people go to hospital on a Friday night for want of somebody to ask.
"""


def test_killed_at_every_point_nothing_is_lost_and_nothing_done_twice(
    dovecot: Dovecot, smtp_recorder: SmtpRecorder, tmp_path: Path
) -> None:
    user, chance = dovecot.new_user(), random.Random(20210712)
    servers = Servers(dovecot.port, smtp_recorder.port, user, dovecot.password)
    points = list(POINTS)[:: max(1, len(POINTS) // KILLS)]
    died: Counter[str] = Counter()
    delivered = 0
    for kill in range(KILLS):
        for _ in range(MESSAGES_A_KILL):
            delivered += 1
            dovecot.deliver(user, expression(delivered), NOON)
        point = points[kill % len(points)]
        process = walk(tmp_path, servers, kill, point, chance.randint(1, 2))
        died[point] += process.returncode == -signal.SIGKILL
    for later in range(KILLS, KILLS + 3):
        process = walk(tmp_path, servers, later, "never", 0)
        assert process.returncode == 0, process.stderr.decode()

    assert sum(died.values()) >= KILLS * 0.8, died
    assert_all_answered_once(tmp_path, servers, smtp_recorder, delivered, died)
    inbox = dovecot.maildir(user)
    assert not [*(inbox / "new").iterdir(), *(inbox / "cur").iterdir()]
    assert len(list((inbox / ".Postroom.Processed").glob("[cn]*/*"))) == delivered


def expression(n: int) -> bytes:
    name = ("Ada", "Bola", "Cleo", "Dele", "Ezra")[n % 5]
    return EXPRESSION.format(n=n, name=name).replace("\n", "\r\n").encode()


def walk(
    folder: Path, servers: Servers, hour: int, point: str, nth: int
) -> subprocess.CompletedProcess[bytes]:
    """One process, an hour after the one before it: back-offs are over."""
    now = NOON + timedelta(hours=hour)
    command = [sys.executable, "-m", "tests.support.mortal", str(folder)]
    command += [str(servers.imap_port), str(servers.smtp_port), servers.username]
    command += [servers.password, now.isoformat(), point, str(nth)]
    return subprocess.run(command, check=False, capture_output=True, timeout=60)


def assert_all_answered_once(
    folder: Path, servers: Servers, recorder: SmtpRecorder, delivered: int, died: Counter[str]
) -> None:
    """One case and one pack each; copies are the same bytes, at most two, and explained."""
    installation = make_installation(folder, servers)
    with App(installation) as application, application.database.reading() as session:
        opened = cases.list_cases(session, limit=10_000)
        letters = outbox.list_letters(session, limit=10_000)
    assert len(opened) == delivered
    assert len({case.contact.email for case in opened}) == delivered
    assert Counter(letter.state for letter in letters) == {LetterState.SENT: delivered}
    copies: dict[str, list[bytes]] = {}
    for letter in recorder.received:
        identity = str(message_from_bytes(letter.raw)["Message-ID"])
        copies.setdefault(identity, []).append(letter.raw)
    assert len(copies) == delivered
    assert all(len(same) <= 2 and len(set(same)) == 1 for same in copies.values())
    twice = sum(len(same) - 1 for same in copies.values())
    assert twice <= sum(died[point] for point in COPIES_MAY_APPEAR)
