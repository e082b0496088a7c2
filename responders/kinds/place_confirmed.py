"""Pure: the place is theirs. It answers the message that took it, unless that asks something, and
is written anew where the cohort begins before it has left."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from responders.kinds.base import Kind, Values, answerable, its_case
from responders.kinds.places import THROUGH, cohort_of, is_new, place_values, tell_nominee
from responders.mime import PackFile
from responders.pack.dates import cohort_file
from storage.domain.case import CaseState
from storage.domain.letter import UNCERTAIN, Due, Letter, LetterKind, LetterState
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.people import Address
from storage.domain.situation import Situation

_ANEW = "/started"
_WAITING = (LetterState.QUEUED, LetterState.DEFERRED, LetterState.HELD)


def due(s: Situation) -> tuple[Due, ...]:
    if cohort_of(s, CaseState.CONFIRMED) is None:
        return ()
    dues = (_as_true_now(s, due) for due in _confirmations(s))
    return tuple(due for due in dues if is_new(s, due))


def wakes_at(s: Situation) -> datetime | None:
    cohort = cohort_of(s, CaseState.CONFIRMED)
    return cohort.starts_at if cohort is not None and s.now < cohort.starts_at else None


def key_anew(key: str) -> str:
    """The key of the letter that takes the place of one which the start overtook."""
    through = THROUGH if key.endswith(THROUGH) else ""
    return key.removesuffix(through) + _ANEW + through


def _confirmations(s: Situation) -> Iterator[Due]:
    confirmed, message = tell_nominee(s, LetterKind.PLACE_CONFIRMED), _message_that_took_it(s)
    if message is None:
        if confirmed is not None:
            yield confirmed
        return
    writer = message.understanding.answer_to
    assert writer is not None
    if confirmed is not None and confirmed.recipient.email == writer.email:
        yield replace(confirmed, cause=message.id, hold=message.understanding.verdict.hold)
        return
    if confirmed is not None:
        yield confirmed
    yield _answer(s, message, writer)


def _as_true_now(s: Situation, due: Due) -> Due:
    """What still waits and was written before the start tells of a letter that will not come."""
    if any(x.key == due.key and _is_overtaken(s, x) for x in s.letters):
        return replace(due, key=key_anew(due.key))
    return due


def _is_overtaken(s: Situation, letter: Letter) -> bool:
    cohort = cohort_of(s, CaseState.CONFIRMED)
    if cohort is None or not letter.created_at < cohort.starts_at <= s.now:
        return False
    return letter.state in _WAITING and letter.rule not in UNCERTAIN


def _answer(s: Situation, message: RecordedMessage, writer: Address) -> Due:
    """To somebody who took it for the nominee."""
    case = its_case(s)
    key = f"{LetterKind.PLACE_CONFIRMED}/case:{case.id}/{s.placements[-1].id}{THROUGH}"
    hold = message.understanding.verdict.hold
    return Due(LetterKind.PLACE_CONFIRMED, key, writer, case.id, message.id, hold)


def values(s: Situation, due: Due) -> Values:
    cohort, message = cohort_of(s, *CaseState), _message_that_took_it(s)
    is_late = cohort is not None and message is not None and message.received_at >= cohort.starts_at
    return place_values(s, due) | {"has_started": _has_started(s), "is_late": is_late}


def files(s: Situation, _due: Due) -> tuple[PackFile, ...]:
    cohort = cohort_of(s, *CaseState)
    return (cohort_file(s.programme, cohort),) if cohort and not _has_started(s) else ()


def _has_started(s: Situation) -> bool:
    cohort = cohort_of(s, *CaseState)
    return cohort is not None and s.now >= cohort.starts_at


def _message_that_took_it(s: Situation) -> RecordedMessage | None:
    taking = [m for m in answerable(s, MessageKind.FOLLOW_UP) if "state" in m.changed]
    since = [m for m in taking if m.received_at >= s.placements[-1].at]
    return since[-1] if since else None


KIND = Kind(LetterKind.PLACE_CONFIRMED, due, values, wakes_at=wakes_at, files=files)
