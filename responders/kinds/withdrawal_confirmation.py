"""Pure: it is withdrawn, and how to undo it."""

from responders.kinds.base import Kind, Values, answer, unanswered
from responders.kinds.basics import basics
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    if s.case is None or s.case.state is not CaseState.WITHDRAWN:
        return ()
    return tuple(
        answer(s, LetterKind.WITHDRAWAL_CONFIRMATION, message)
        for message in unanswered(s, MessageKind.WITHDRAWAL)
    )


def values(s: Situation, due: Due) -> Values:
    return basics(s, due)


KIND = Kind(LetterKind.WITHDRAWAL_CONFIRMATION, due, values)
