"""Pure: says which names were noted, and what is missing for each. One letter a message, written
where all the cases the message opened are in view."""

from responders.kinds.base import (
    Kind,
    Value,
    Values,
    answer,
    answered_message,
    opens_later,
    unanswered,
    window_now,
    window_of,
)
from responders.kinds.basics import LONGEST_NAME, answer_by, basics
from responders.wording import checked
from storage.domain.case import Case
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.people import Nominee
from storage.domain.programme import Window
from storage.domain.situation import Situation

MOST_SHOWN = 60
"""Names in one letter; a person looks at the others."""

TOLD_BEFORE = frozenset({LetterKind.NOT_YET_OPEN})
"""What a nomination from before the opening was told: its receipt still follows."""


def due(s: Situation) -> tuple[Due, ...]:
    return tuple(
        answer(s, LetterKind.NOMINATION_RECEIPT, message)
        for message in unanswered(s, MessageKind.NOMINATION, despite=TOLD_BEFORE)
        if window_of(s, message) is not Window.AFTER
        and window_now(s) is not Window.BEFORE
        and _is_whole(s, message)
    )


def values(s: Situation, due: Due) -> Values:
    message = answered_message(s, due)
    nominees = message.understanding.nominees
    fit = [nominee for nominee in nominees if checked(nominee.name, LONGEST_NAME)]
    shown = [_nominee(s, nominee) for nominee in fit[:MOST_SHOWN]]
    return basics(s, due) | {
        "nominees": shown,
        "unread": len(nominees) - len(shown),
        "team": checked(message.understanding.team),
        "cohort": {"starts_at": _next_cohort(s)},
        "answer_by": answer_by(s, message),
    }


def _cases(s: Situation) -> tuple[Case, ...]:
    return s.nominees + ((s.case,) if s.case is not None else ())


def _is_whole(s: Situation, message: RecordedMessage) -> bool:
    """Whether all is in view that the message did; whom it names again is in view elsewhere."""
    return s.case is None or set(message.case_ids) <= {s.case.id}


def _nominee(s: Situation, nominee: Nominee) -> Value:
    told = {
        "email address": nominee.email,
        "job title": nominee.role,
        "organisation": nominee.organisation,
    }
    return {
        "name": checked(nominee.name, LONGEST_NAME),
        "reference": _reference(s, nominee),
        "missing": [word for word, value in told.items() if not value],
    }


def _reference(s: Situation, nominee: Nominee) -> str | None:
    return next((c.reference for c in _cases(s) if c.contact.name == nominee.name), None)


def _next_cohort(s: Situation) -> str | None:
    starts = sorted(c.starts_at for c in s.programme.cohorts if c.starts_at > s.now)
    return starts[0].astimezone(s.programme.zone).isoformat() if starts else None


KIND = Kind(LetterKind.NOMINATION_RECEIPT, due, values, wakes_at=opens_later)
