"""What worker processes do to one ledger at the same time. They are spawned, so all they get is
addresses and paths."""

import multiprocessing
import os
import random
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlmodel import Session

from storage import cases, messages, outbox, packs
from storage.archive import Archive
from storage.database import Database
from storage.domain.case import CaseState, NewCase
from storage.domain.people import Contact
from storage.errors import Conflict
from tests.support.ledger import MONDAY, make_arrival, open_case, with_id
from tests.support.understandings import make_understanding

Result = TypeVar("Result")

WAIT_SECONDS = 240


class Crew:
    """Four processes that are started once and do what they are asked at the same moment."""

    def __enter__(self) -> "Crew":
        context = multiprocessing.get_context("spawn")
        self._manager = context.Manager()
        self._pool = context.Pool(4)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.close()
        self._pool.join()
        self._manager.shutdown()

    def run(
        self, work: Callable[..., Result], arguments: Sequence[tuple[object, ...]]
    ) -> list[Result]:
        """The results of `work`, one process for each of up to four arguments."""
        barrier = self._manager.Barrier(len(arguments))
        started = [self._pool.apply_async(_meet, (barrier, work, given)) for given in arguments]
        return [result.get(WAIT_SECONDS) for result in started]


def _meet(
    barrier: threading.Barrier, work: Callable[..., Result], given: tuple[object, ...]
) -> Result:
    barrier.wait(WAIT_SECONDS)
    return work(*given)


def migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


def remember_all(url: str, mailbox: str, count: int, backwards: bool) -> int:
    """How many of the first `count` messages were new to this process."""
    arrivals = [make_arrival(number, mailbox=mailbox) for number in range(count)]
    database = Database(url)
    new = 0
    for start in range(0, count, 10):
        batch = arrivals[start : start + 10]
        with database.writing() as session:
            given = list(reversed(batch)) if backwards else batch
            new += messages.remember(session, given, MONDAY)
    database.close()
    return new


def record_all(url: str, seed: int) -> tuple[int, int]:
    """How many of the waiting messages this process recorded, each as an expression of somebody
    else, and how often another was faster. In an order of its own."""
    database, order = Database(url), random.Random(seed)
    mine, lost = 0, 0
    while True:
        with database.reading() as session:
            waiting = list(messages.waiting(session, 200))
        if not waiting:
            database.close()
            return mine, lost
        for item in order.sample(waiting, min(len(waiting), 10)):
            try:
                with database.writing() as session:
                    _record(session, item)
                mine += 1
            except Conflict:
                lost += 1


def _record(session: Session, item: messages.Waiting) -> None:
    sender = f"reader{item.id}@place{item.id}.example"
    new = NewCase(
        programme="ace",
        round="2021",
        prefix="ACE",
        state=CaseState.EXPRESSED,
        contact=Contact(name=f"Reader {item.id}", email=sender),
        people=frozenset({sender}),
    )
    case = cases.open_case(session, new, opened_by=item.id, opened_at=MONDAY, now=MONDAY)
    messages.record(
        session,
        item.id,
        programme="ace",
        understanding=with_id(make_understanding(sender=sender), f"<{item.id}@x.example>"),
        placement_rule="test",
        case_ids=(case.id,),
        changed=(),
        attention_at=None,
        now=MONDAY,
    )


def send_all(url: str, worker: str) -> list[int]:
    """The letters this process got and marked as sent, one by one until none is left."""
    database, mine = Database(url), list[int]()
    while True:
        with database.writing() as session:
            lot = outbox.claim(session, MONDAY, 1, worker)
        if not lot:
            database.close()
            return mine
        with database.writing() as session:
            outbox.mark_sent(session, lot[0].id, MONDAY, "250 OK")
        mine.append(lot[0].id)


def claim_all(url: str, worker: str) -> list[int]:
    """The letters this process got, in small lots until none is left."""
    database = Database(url)
    mine: list[int] = []
    while True:
        with database.writing() as session:
            lot = outbox.claim(session, MONDAY, 7, worker)
        mine += [letter.id for letter in lot]
        if not lot:
            database.close()
            return mine


def open_cases(url: str, first: int, count: int) -> list[str]:
    """The references this process was given, one transaction each."""
    database = Database(url)
    references = []
    for number in range(first, first + count):
        with database.writing() as session:
            references.append(open_case(session, number).reference)
    database.close()
    return references


def publish(url: str, sha256: str) -> int:
    database = Database(url)
    with database.writing() as session:
        pack = packs.publish(
            session, programme="ace", sha256=sha256, size=1, files=("form.docx",), now=MONDAY
        )
    database.close()
    return pack.version


def archive_and_die(folder: Path, content: bytes) -> None:
    """The power goes between the archive and the ledger."""
    Archive(folder).put(content)
    os._exit(9)
