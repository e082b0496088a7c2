"""A programme whose Postroom is in trouble, for tests of the letters about it."""

from dataclasses import replace
from datetime import datetime, timedelta

from responders.kinds import watch_notice
from storage.domain.letter import LetterState
from storage.domain.situation import Situation
from storage.domain.watch import Trouble, TroubleKind
from tests.support.organising import BUSY_MORNING, a_digest, a_quiet_morning
from tests.support.situations import a_letter

BEGAN = BUSY_MORNING + timedelta(minutes=13)
NOTICED = BEGAN + timedelta(minutes=15)
REASONS = {
    TroubleKind.READING_STOPPED: "no answer in time",
    TroubleKind.SENDING_STOPPED: "421 4.3.2 Busy",
    TroubleKind.BREAKER_TRIPPED: "more letters were due within an hour than may leave",
    TroubleKind.TOKEN_ENDING: "the access token ends at 13 Aug 2021 07:48 UTC",
    TroubleKind.DISK_NEARLY_FULL: "312 MB are free where the ledger is kept",
}


def a_trouble(
    kind: TroubleKind = TroubleKind.READING_STOPPED,
    *,
    id: int = 7,
    began_at: datetime = BEGAN,
    ended_at: datetime | None = None,
) -> Trouble:
    """Noticed a quarter of an hour after it began; that of one programme, or of all."""
    whole = (TroubleKind.BREAKER_TRIPPED, TroubleKind.DISK_NEARLY_FULL)
    return Trouble(
        id=id,
        kind=kind,
        programme=None if kind in whole else "ace",
        began_at=began_at,
        noticed_at=began_at + timedelta(minutes=15),
        reason=REASONS[kind],
        ended_at=ended_at,
    )


def a_watch(*troubles: Trouble, now: datetime = NOTICED) -> Situation:
    """A quiet programme, run by Rosalind, with these troubles; today's digest has left."""
    quiet = a_quiet_morning()
    assert quiet.overview is not None
    told = replace(quiet.overview, troubles=troubles)
    return replace(quiet, now=now, overview=told, letters=(a_digest(now, told_until=100),))


def troubled(kind: TroubleKind) -> Situation:
    """Just noticed."""
    return a_watch(a_trouble(kind))


def relieved(kind: TroubleKind) -> Situation:
    """Over after two hours; Rosalind was told of it where she could be."""
    during = troubled(kind)
    later = NOTICED + timedelta(hours=2)
    notices = tuple(
        replace(a_letter(due, id=950, state=LetterState.SENT), created_at=NOTICED)
        for due in watch_notice.due(during)
    )
    after = a_watch(a_trouble(kind, ended_at=later), now=later)
    return replace(after, letters=(*after.letters, *notices))
