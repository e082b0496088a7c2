"""Pure: what was wrong with Postroom itself is over. Told to whoever was told that it was wrong,
and to every organiser where letters could not leave, once a day at most."""

from collections.abc import Iterator

from responders.kinds.base import Kind, Values
from responders.kinds.basics import local
from responders.kinds.organisers.alarms import (
    QUIET,
    alarm_to,
    alarm_values,
    emails_of,
    is_sending,
    is_told,
    told_at,
    trouble_of,
    troubles_of,
)
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation
from storage.domain.watch import Trouble, TroubleKind


def due(s: Situation) -> tuple[Due, ...]:
    if not is_sending(s):
        return ()
    clears = (
        alarm_to(LetterKind.WATCH_ALL_CLEAR, email, trouble)
        for trouble in troubles_of(s)
        for email in _concerned(s, trouble)
    )
    return tuple(clear for clear in clears if not is_told(s.letters, clear))


def _concerned(s: Situation, trouble: Trouble) -> Iterator[str]:
    if trouble.ended_at is None or s.now - trouble.ended_at > QUIET:
        return
    for email in emails_of(s):
        if trouble.kind is TroubleKind.SENDING_STOPPED:
            last = told_at(s, LetterKind.WATCH_ALL_CLEAR, email, trouble.kind)
            if last is None or trouble.ended_at - last >= QUIET:
                yield email
        elif is_told(s.letters, alarm_to(LetterKind.WATCH_NOTICE, email, trouble)):
            yield email


def values(s: Situation, due: Due) -> Values:
    return alarm_values(s, due) | {"until": local(s, trouble_of(s, due).ended_at or s.now)}


KIND = Kind(LetterKind.WATCH_ALL_CLEAR, due, values)
