"""Pure: whoever nominated others is told what became of them, once, when it is known of all. It
says nothing else of them."""

from responders.kinds.base import (
    Kind,
    Value,
    Values,
    answer,
    answerable,
    answered_message,
    is_grant,
)
from responders.kinds.basics import LONGEST_NAME, basics
from responders.wording import checked
from storage.domain.case import Case, CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.placement import Placement, standing_placements
from storage.domain.situation import Situation

MOST_SHOWN = 60
"""Names in one letter."""


def due(s: Situation) -> tuple[Due, ...]:
    if s.case is not None or is_grant(s) or s.has_letter(LetterKind.NOMINATION_OUTCOME):
        return ()
    return tuple(
        answer(s, LetterKind.NOMINATION_OUTCOME, message)
        for message in answerable(s, MessageKind.NOMINATION)
        if _others(s, message) and all(_fate(s, case) for case in _others(s, message))
    )


def values(s: Situation, due: Due) -> Values:
    others = _others(s, answered_message(s, due))
    fit = [case for case in others if checked(case.contact.name, LONGEST_NAME)]
    nominees: list[Value] = [
        {
            "name": checked(case.contact.name, LONGEST_NAME),
            "reference": case.reference,
            "fate": _fate(s, case),
        }
        for case in fit[:MOST_SHOWN]
    ]
    return basics(s, due) | {"nominees": nominees, "untold": len(others) - len(nominees)}


def _others(s: Situation, message: RecordedMessage) -> tuple[Case, ...]:
    """Those whom the message put forward, but for its writer."""
    writer = message.understanding.answer_to
    return tuple(
        case for case in s.nominees if writer is None or case.contact.email != writer.email
    )


def _fate(s: Situation, case: Case) -> str | None:
    """What became of a nominee, in words; None: that is not known yet."""
    placement: Placement | None = standing_placements(s.placements).get(case.id)
    if case.state is CaseState.WITHDRAWN:
        return "is not taking part"
    if placement is None:
        return None
    if placement.cohort is None:
        return "is on the waiting list"
    is_taken = case.state is CaseState.CONFIRMED
    return f"has a place in cohort {placement.cohort}" if is_taken else None


KIND = Kind(LetterKind.NOMINATION_OUTCOME, due, values)
