"""Pure: funded projects that agreed are introduced to each other from a day on; who agrees later is
introduced then. Nobody is named who did not agree."""

from datetime import datetime

from responders.kinds.awards import NOT_SHOWN, award_of, award_values, facts_of, is_new
from responders.kinds.base import Kind, Value, Values, tell_case
from responders.wording import checked
from storage.domain.award import Fellow
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation

MOST_FELLOWS = 40
"""Projects that one letter tells; the others come in the next."""


def due(s: Situation) -> tuple[Due, ...]:
    found = award_of(s)
    if found is None or found[1].introduces is None:
        return ()
    at, new = found[0].introductions_at, _new_fellows(s, _told(s))
    if at is None or s.now < at or not new:
        return ()
    told = tell_case(s, LetterKind.INTRODUCTION, f"/{_told(s)}-{new[-1].agreed_by}")
    return (told,) if told is not None and is_new(s, told) else ()


def wakes_at(s: Situation) -> datetime | None:
    found = award_of(s)
    return found[0].introductions_at if found is not None else None


def values(s: Situation, due: Due) -> Values:
    before = int(due.key.rpartition("/")[2].partition("-")[0])
    return award_values(s, due) | {
        "fellows": [_fellow(one) for one in _new_fellows(s, before)],
        "is_again": before > 0,
    }


def _new_fellows(s: Situation, told: int) -> tuple[Fellow, ...]:
    """Those who agreed since."""
    _, facts = facts_of(s)
    return tuple(one for one in facts.fellows if one.agreed_by > told)[:MOST_FELLOWS]


def _told(s: Situation) -> int:
    """Up to whose agreement earlier letters told; they end `/<before>-<last>`."""
    ours = [one.key for one in s.letters if one.kind is LetterKind.INTRODUCTION]
    return max((int(key.rpartition("-")[2]) for key in ours), default=0)


def _fellow(fellow: Fellow) -> Value:
    return {
        "name": checked(fellow.name) or NOT_SHOWN,
        "organisation": checked(fellow.organisation),
        "title": checked(fellow.title),
        "email": fellow.email,
    }


KIND = Kind(LetterKind.INTRODUCTION, due, values, wakes_at=wakes_at)
