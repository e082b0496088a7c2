"""Letters that a process claimed and never marked, because it died: they may have left. Where a
server keeps copies of what it sent, it is asked first."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from responders.workers import is_gone
from storage import outbox
from storage.database import Database
from storage.domain.letter import Letter, LetterState
from storage.errors import Conflict
from storage.outbox import Doubt

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=30)
"""How long a claim of a process that can't be seen is believed: longer than any server may take
over one letter (ten minutes), so that a letter in doubt is in no living hands."""

SETTLING = timedelta(minutes=2)
"""How long after it was handed over a copy may take to appear in the Sent folder."""

SEARCHED_FOR = timedelta(hours=2)
"""How long a letter is looked for; a copy that has not appeared by then never will."""


class SentFolder(Protocol):
    """Where a server keeps copies of the letters that it sent."""

    name: str

    def find(self, message_ids: Sequence[str]) -> Mapping[str, bool] | None:
        """Those of these letters of which there is a copy: True where it has left, False where it
        is on its way out. None when nobody can tell just now."""
        ...


_TO_BE_SENT = (LetterState.QUEUED, LetterState.DEFERRED)

SentFolders = Callable[[str], SentFolder | None]
"""The Sent folder of a programme, by its slug; None where there is none."""


def no_sent_folders(_slug: str) -> SentFolder | None:
    return None


def resolve_doubts(
    database: Database,
    now: datetime,
    *,
    before: datetime | None = None,
    sent_folders: SentFolders = no_sent_folders,
) -> tuple[Letter, ...]:
    """Decide about letters that were claimed and never marked, because their process died: they
    may have left. One whose Message-ID stands in the Sent folder has. Any other goes back into the
    queue once, with the same bytes and Message-ID; one that is in doubt again, and any outcome, is
    held for a person (`in_doubt`). Returns those decided about, as they were.

    A process is dead when it can be seen to be, and in any case when its claim is from before
    `before` (None: LEASE ago). While a copy may still appear in the Sent folder, or is on its way
    there, or that can't be searched, the letter stays as it is until its LEASE is over; one that
    is to be sent once more by now is put off. To be called where a tick begins.
    """
    oldest = now - LEASE if before is None else before
    with database.reading() as session:
        if not outbox.is_any_in_doubt(session):
            return ()
        gone = [worker for worker in outbox.workers_sending(session) if is_gone(worker)]
        since = now - SEARCHED_FOR
        doubts = outbox.doubted(session, now, since=since, before=oldest, workers=gone)
        stuck = outbox.in_doubt(session, oldest, workers=gone)
        expired = {x.id for x in outbox.in_doubt(session, oldest)} if stuck else set()
    found, undecided = _search(doubts, sent_folders, now)
    known = {letter.id for letter, _ in found}
    again = [x for x in stuck if x.id not in known and (x.id in expired or x.id not in undecided)]
    _put_off(database, [d for d in doubts if d.letter.id in undecided], now)
    return _mark_found(database, found, now) + _requeue(database, again, now)


def _search(
    doubts: Collection[Doubt], sent_folders: SentFolders, now: datetime
) -> tuple[list[tuple[Letter, SentFolder]], frozenset[int]]:
    """The letters that have left, and the ids of those about which nobody can tell yet."""
    of_programme: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        of_programme[doubt.letter.programme].append(doubt)
    found: list[tuple[Letter, SentFolder]] = []
    undecided: set[int] = set()
    for slug, some in of_programme.items():
        folder = sent_folders(slug)
        if folder is None:
            continue
        copies = folder.find([doubt.letter.message_id for doubt in some])
        for doubt in some:
            copy = copies.get(doubt.letter.message_id) if copies is not None else False
            if copy:
                found.append((doubt.letter, folder))
            elif copy is False or now - doubt.claimed_at < SETTLING:
                undecided.add(doubt.letter.id)
    return found, frozenset(undecided)


def _put_off(database: Database, doubts: Collection[Doubt], now: datetime) -> None:
    """Let nobody send those once more yet that wait in the queue for it."""
    waiting = [
        doubt.letter.id
        for doubt in doubts
        if doubt.letter.state in _TO_BE_SENT and now - doubt.claimed_at < LEASE
    ]
    if waiting:
        with database.writing() as session:
            outbox.put_off(session, waiting, now + SETTLING)


def _mark_found(
    database: Database, found: Collection[tuple[Letter, SentFolder]], now: datetime
) -> tuple[Letter, ...]:
    """Those that were marked as sent: another process may have been faster."""
    marked = []
    for letter, folder in found:
        try:
            with database.writing() as session:
                outbox.mark_found(session, letter.id, f"a copy is in {folder.name}", now)
        except Conflict:
            log.info("letter left to another process", letter=letter.id)
            continue
        log.info("letter in doubt has left", letter=letter.id)
        marked.append(letter)
    return tuple(marked)


def _requeue(database: Database, letters: Collection[Letter], now: datetime) -> tuple[Letter, ...]:
    """Those that went back into the queue or are held."""
    decided = []
    for letter in letters:
        log.warning("letter in doubt", letter=letter.id, attempts=letter.attempts)
        try:
            with database.writing() as session:
                outbox.requeue_in_doubt(session, letter.id, now)
        except Conflict:
            log.info("letter left to another process", letter=letter.id)
            continue
        decided.append(letter)
    return tuple(decided)
