"""Letters that a process claimed and never marked, because it died: they may have left."""

from datetime import datetime, timedelta

import structlog

from responders.workers import is_gone
from storage import outbox
from storage.database import Database
from storage.domain.letter import Letter

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=30)
"""How long a claim of a process that can't be seen is believed: longer than any server may take
over one letter (ten minutes), so that a letter in doubt is in no living hands."""


def resolve_doubts(
    database: Database, now: datetime, *, before: datetime | None = None
) -> tuple[Letter, ...]:
    """Decide about letters that were claimed and never marked, because their process died: they
    may have left. Each goes back into the queue once, with the same bytes and Message-ID; one
    that is in doubt again is held for a person (`in_doubt`). Returns them as they were.

    A process is dead when it can be seen to be, and in any case when its claim is from before
    `before` (None: LEASE ago). To be called where a tick begins.
    """
    with database.writing() as session:
        gone = [worker for worker in outbox.workers_sending(session) if is_gone(worker)]
        oldest = now - LEASE if before is None else before
        letters = outbox.in_doubt(session, oldest, workers=gone)
        for letter in letters:
            log.warning("letter in doubt", letter=letter.id, attempts=letter.attempts)
            outbox.requeue_in_doubt(session, letter.id, now)
    return letters
