"""Pure: somebody asked who leads the nominations. The answer is held until an organiser lets it go,
unless the configuration lets all of them go; a held one takes nobody's place in the queue of what
a person must read."""

from dataclasses import replace

from responders.kinds.base import (
    Kind,
    Value,
    Values,
    answer,
    answerable,
    answered_message,
    is_grant,
)
from responders.kinds.basics import basics
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.programme import Area
from storage.domain.situation import Situation

NOT_AGREED = "answers_not_agreed"
"""The rule that holds an answer which no organiser has agreed to give without a person."""


def due(s: Situation) -> tuple[Due, ...]:
    if is_grant(s) or not _led_areas(s):
        return ()
    asked = [m for m in answerable(s, MessageKind.QUESTION) if m.understanding.asks_for_lead]
    dues = (answer(s, LetterKind.LEAD_ANSWER, message) for message in asked)
    known = {letter.key for letter in s.letters}
    hold = None if s.programme.placing.tells_leads else NOT_AGREED
    return tuple(replace(due, hold=due.hold or hold) for due in dues if due.key not in known)


def answers_now(s: Situation) -> tuple[Due, ...]:
    """Those of them that leave without a person: nothing else has to be said."""
    return tuple(due for due in due(s) if due.hold is None)


def held_kinds(s: Situation) -> frozenset[LetterKind]:
    """This kind where a person must let it go first: until then nobody has been answered."""
    return frozenset() if s.programme.placing.tells_leads else frozenset({LetterKind.LEAD_ANSWER})


def values(s: Situation, due: Due) -> Values:
    led = _led_areas(s)
    meant = _area_meant(s, answered_message(s, due))
    shown = [area for area in led if area == meant] or led
    leads: list[Value] = [
        {"area": area.name, "name": lead.name or lead.email, "email": lead.email}
        for area in shown
        if (lead := area.nomination_lead) is not None
    ]
    return basics(s, due) | {"leads": leads, "is_sure": len(leads) == 1}


def _led_areas(s: Situation) -> tuple[Area, ...]:
    return tuple(area for area in s.programme.areas if area.nomination_lead is not None)


def _area_meant(s: Situation, message: RecordedMessage) -> Area | None:
    """The area that the message names, by its writer's address or organisation where need be, else
    that of the case that it is about."""
    told = message.understanding.area
    return s.programme.area(told or (s.case.area if s.case is not None else None))


KIND = Kind(LetterKind.LEAD_ANSWER, due, values)
