"""Pure: nobody has answered a letter that says funded or reserve. A short nudge, some working days
after it; after a time of standstill only the last of those that came due is sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from responders.kinds.base import Kind, Values, its_case, tell_case
from responders.kinds.basics import basics
from responders.kinds.outcomes import award_amount, has_answered, outcome_letter
from storage.domain.calendar import A_DAY, working_days_after
from storage.domain.case import CaseState
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.situation import Situation

OVERTAKEN = "overtaken"
"""The rule by which a nudge is left out when a later one is due as well."""

_UNSENT = (LetterState.QUEUED, LetterState.SENDING, LetterState.DEFERRED, LetterState.HELD)


def due(s: Situation) -> tuple[Due, ...]:
    letter = unanswered_letter(s)
    if letter is None:
        return ()
    come = [days for days, at in _instants(s, letter) if at <= s.now]
    told = (tell_case(s, LetterKind.OUTCOME_CHASE, f"/{letter.kind}/{days}") for days in come)
    dues = [due for due in told if due is not None]
    dues[:-1] = [replace(due, skip=OVERTAKEN) for due in dues[:-1]]
    known = {letter.key for letter in s.letters}
    return tuple(due for due in dues if due.key not in known)


def wakes_at(s: Situation) -> datetime | None:
    if _is_leaving(s):
        return s.now + A_DAY  # its days are counted once it has left
    letter = unanswered_letter(s)
    coming = (at for _, at in _instants(s, letter) if at > s.now) if letter is not None else ()
    return min(coming, default=None)


def values(s: Situation, due: Due) -> Values:
    letter = outcome_letter(s)
    is_funded = letter is not None and letter.kind is LetterKind.OUTCOME_FUNDED
    return basics(s, due) | {
        "is_funded": is_funded,
        "amount": award_amount(s) if is_funded else None,
    }


def unanswered_letter(s: Situation) -> Letter | None:
    """The letter that is to be confirmed and has not been."""
    if s.case is None or its_case(s).state is CaseState.WITHDRAWN:
        return None
    letter = outcome_letter(s)
    if letter is None or letter.kind is LetterKind.OUTCOME_NOT_FUNDED or has_answered(s, letter):
        return None
    return letter


def _is_leaving(s: Situation) -> bool:
    """True while a letter about the outcome still waits for its turn, or for a person."""
    return any(letter.kind.is_outcome and letter.state in _UNSENT for letter in s.letters)


def _instants(s: Situation, letter: Letter) -> Iterator[tuple[int, datetime]]:
    """How many working days after the letter, and when that is, in order."""
    if letter.sent_at is None:
        return
    sent_at = letter.sent_at.astimezone(s.programme.zone)
    for days in sorted(s.programme.chase_after_days):
        yield days, working_days_after(sent_at, days, s.programme.holidays)


KIND = Kind(LetterKind.OUTCOME_CHASE, due, values, wakes_at=wakes_at)
