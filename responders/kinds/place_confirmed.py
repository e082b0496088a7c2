"""Pure: the place is theirs. It answers the message that took it, unless that asks something."""

from dataclasses import replace

from responders.kinds.base import Kind, Values, answerable, its_case
from responders.kinds.places import THROUGH, cohort_of, is_new, place_values, tell_nominee
from responders.mime import PackFile
from responders.pack.dates import cohort_file
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.people import Address
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    if cohort_of(s, CaseState.CONFIRMED) is None:
        return ()
    confirmed, message = tell_nominee(s, LetterKind.PLACE_CONFIRMED), _message_that_took_it(s)
    if message is None:
        return (confirmed,) if confirmed is not None and is_new(s, confirmed) else ()
    writer = message.understanding.answer_to
    assert writer is not None
    hold = message.understanding.verdict.hold
    if confirmed is not None and confirmed.recipient.email == writer.email:
        dues = [replace(confirmed, cause=message.id, hold=hold)]
    else:
        dues = [confirmed] if confirmed is not None else []
        dues.append(_answer(s, message, writer))
    return tuple(due for due in dues if is_new(s, due))


def _answer(s: Situation, message: RecordedMessage, writer: Address) -> Due:
    """To somebody who took it for the nominee."""
    case = its_case(s)
    key = f"{LetterKind.PLACE_CONFIRMED}/case:{case.id}/{s.placements[-1].id}{THROUGH}"
    hold = message.understanding.verdict.hold
    return Due(LetterKind.PLACE_CONFIRMED, key, writer, case.id, message.id, hold)


def values(s: Situation, due: Due) -> Values:
    return place_values(s, due) | {"has_started": _has_started(s)}


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


KIND = Kind(LetterKind.PLACE_CONFIRMED, due, values, files=files)
