"""Pure: something is wrong with Postroom itself. Every organiser is told once, and of the same sort
of trouble once a day; that letters can't leave is only told when they can again."""

from datetime import datetime

from responders.kinds.base import Kind
from responders.kinds.organisers.alarms import (
    QUIET,
    alarm_to,
    alarm_values,
    emails_of,
    is_sending,
    is_told,
    told_at,
    troubles_of,
)
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation
from storage.domain.watch import Trouble, TroubleKind


def due(s: Situation) -> tuple[Due, ...]:
    if not is_sending(s):
        return ()
    return tuple(one for one, may_come_at in _owed(s) if may_come_at <= s.now)


def wakes_at(s: Situation) -> datetime | None:
    if not is_sending(s):
        return None
    return min((may_come_at for _, may_come_at in _owed(s)), default=None)


def _owed(s: Situation) -> list[tuple[Due, datetime]]:
    """What nobody was told of yet, and from when on they may be."""
    owed = []
    for trouble in troubles_of(s):
        if trouble.ended_at is not None or trouble.kind is TroubleKind.SENDING_STOPPED:
            continue
        for email in emails_of(s):
            notice = alarm_to(LetterKind.WATCH_NOTICE, email, trouble)
            if not is_told(s.letters, notice):
                owed.append((notice, _may_come_at(s, email, trouble)))
    return owed


def _may_come_at(s: Situation, email: str, trouble: Trouble) -> datetime:
    last = told_at(s, LetterKind.WATCH_NOTICE, email, trouble.kind)
    return trouble.noticed_at if last is None else max(trouble.noticed_at, last + QUIET)


KIND = Kind(LetterKind.WATCH_NOTICE, due, alarm_values, wakes_at=wakes_at)
