"""R1: the walk of a message killed with SIGKILL at named points, on SQLite and on PostgreSQL,
between a real mailbox and a real wire."""

import random
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from itertools import cycle
from pathlib import Path

from sqlalchemy import func
from sqlmodel import select

from storage import cases, outbox
from storage.database import Database
from storage.domain.letter import LetterKind, LetterState
from storage.rows import MessageRow
from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.dovecot import Dovecot
from tests.support.expressions import expression
from tests.support.mortal import COPIES_MAY_APPEAR, NEVER, POINTS
from tests.support.mortals import Mortals
from tests.support.postgres import Postgres, find_programs
from tests.support.smtp_recorder import SmtpRecorder

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
STEP = timedelta(minutes=6)
"""Between two walks: back-offs are over."""
MOST_WALKS = 3
"""A walk whose point is never reached kills nobody; for each kill there may be so many walks."""
LAST_WALKS = 3


@dataclass
class Lane:
    """One ledger, one mailbox, and what was done to them."""

    url: str
    folder: Path
    dovecot: Dovecot
    user: str
    recorder: SmtpRecorder
    first: int
    points: Sequence[str]
    delivered: int = 0
    walks: int = 0
    died: Counter[str] = field(default_factory=Counter)
    deaths: list[tuple[str, int]] = field(default_factory=list)
    """For each kill its point, and how many letters the server had accepted by then."""

    def deliver(self, count: int) -> None:
        for _ in range(count):
            self.delivered += 1
            self.dovecot.deliver(self.user, expression(self.first + self.delivered), NOON)


def measure(size: Size) -> Measured:
    half = list(POINTS)[::2], list(POINTS)[1::2]
    kills = size.pick(full=1_000, small=len(POINTS))
    with tempfile.TemporaryDirectory() as folder, Dovecot() as dovecot, run_postgres() as server:
        urls = (f"sqlite:///{folder}/0/ledger.db", server.url(server.create_database()))
        with SmtpRecorder() as one, SmtpRecorder() as other:
            lanes = [
                Lane(
                    url=url,
                    folder=Path(folder) / str(n),
                    dovecot=dovecot,
                    user=dovecot.new_user(),
                    recorder=recorder,
                    first=10_000 * n,
                    points=[*half[n], *half[1 - n]],
                )
                for n, (url, recorder) in enumerate(zip(urls, (one, other), strict=True))
            ]
            with ThreadPoolExecutor(len(lanes)) as pool:
                list(pool.map(lambda lane: _kill(lane, kills // len(lanes)), lanes))
            return _judge(lanes, kills)


@contextmanager
def run_postgres() -> Iterator[Postgres]:
    programs = find_programs()
    assert programs is not None, "PostgreSQL is not installed on this machine"
    with Postgres(programs) as server:
        yield server


def _kill(lane: Lane, kills: int) -> None:
    """Walk until so many processes have died, then to the end."""
    chance = random.Random(lane.first)
    lane.folder.mkdir()
    with Mortals(lane.folder, lane.dovecot, lane.user, lane.recorder, lane.url) as process:
        for point in cycle(lane.points):
            if sum(lane.died.values()) >= kills or lane.walks >= kills * MOST_WALKS:
                break
            lane.deliver(1)
            nth = chance.randint(1, 9) if point.startswith("commit") else 1
            if _walk(lane, process, point, nth) == -signal.SIGKILL:
                lane.died[point] += 1
                lane.deaths.append((point, len(lane.recorder.received)))
        for _ in range(LAST_WALKS):
            status = _walk(lane, process, NEVER, 0)
            assert status == 0, f"a walk that nobody killed ended with {status}"


def _walk(lane: Lane, process: Mortals, point: str, nth: int) -> int:
    now = NOON + STEP * lane.walks
    lane.walks += 1
    return process.walk(now, point, nth)


@dataclass
class _Found:
    """What a lane's ledger, mailbox and wire hold in the end."""

    lost: int = 0
    stored_twice: int = 0
    unsent: int = 0
    copies: int = 0
    unexplained: int = 0
    more_than_two: int = 0
    other_bytes: int = 0
    left_in_inbox: int = 0


def _judge(lanes: list[Lane], kills: int) -> Measured:
    found = _Found()
    for lane in lanes:
        _judge_ledger(lane, found)
        _judge_wire(lane, found)
    died = sum((lane.died for lane in lanes), Counter[str]())
    return Measured(
        (
            Figure("points", len(died), least=len(POINTS)),
            Figure("kills", sum(died.values()), least=kills),
            Figure("messages", sum(lane.delivered for lane in lanes)),
            none_of("lost", found.lost),
            none_of("stored twice", found.stored_twice),
            none_of("without its letter", found.unsent),
            none_of("left in the inbox", found.left_in_inbox),
            Figure("second copies", found.copies),
            none_of("not explained by a kill after acceptance", found.unexplained),
            none_of("third copies", found.more_than_two),
            none_of("copies of other bytes", found.other_bytes),
        ),
        tuple(f"{count:4} × {point}" for point, count in died.items()),
    )


def _judge_ledger(lane: Lane, found: _Found) -> None:
    database = Database(lane.url)
    with database.reading() as session:
        opened = cases.list_cases(session, limit=100_000)
        letters = outbox.list_letters(session, limit=100_000)
        stored = session.exec(select(func.count()).select_from(MessageRow)).one()
    database.close()
    senders = {case.contact.email for case in opened}
    sent = Counter(letter.state for letter in letters)[LetterState.SENT]
    packs = {
        letter.case_id
        for letter in letters
        if letter.kind is LetterKind.APPLICATION_PACK and letter.state is LetterState.SENT
    }
    inbox = lane.dovecot.maildir(lane.user)
    found.lost += lane.delivered - len(senders)
    found.stored_twice += len(opened) - len(senders) + stored - lane.delivered
    found.unsent += lane.delivered - len(packs) + len(letters) - sent
    found.left_in_inbox += len([*(inbox / "new").iterdir(), *(inbox / "cur").iterdir()])


def _judge_wire(lane: Lane, found: _Found) -> None:
    """Copies are the same bytes; each is there because a process died after the first one."""
    seen: dict[str, list[tuple[int, bytes]]] = {}
    for place, letter in enumerate(lane.recorder.received):
        identity = str(message_from_bytes(letter.raw)["Message-ID"])
        seen.setdefault(identity, []).append((place, letter.raw))
    deadly = {accepted - 1 for point, accepted in lane.deaths if point in COPIES_MAY_APPEAR}
    for same in seen.values():
        found.copies += len(same) - 1
        found.more_than_two += len(same) > 2
        found.other_bytes += len({raw for _, raw in same}) - 1
        found.unexplained += len(same) > 1 and same[0][0] not in deadly
