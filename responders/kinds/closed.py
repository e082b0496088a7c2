"""Pure: the round has closed. For what came after the closing time, and for what came in time but
was not read before it: that one a person takes up."""

from responders.kinds.base import (
    Kind,
    Values,
    answer,
    answered_message,
    unanswered,
    window_now,
    window_of,
)
from responders.kinds.basics import answer_by, basics, is_just_late
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.programme import Window
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    return tuple(
        answer(s, LetterKind.CLOSED, message)
        for message in unanswered(s, MessageKind.EXPRESSION, MessageKind.NOMINATION)
        if window_of(s, message) is Window.AFTER or _missed_its_pack(s, message)
    )


def _missed_its_pack(s: Situation, message: RecordedMessage) -> bool:
    is_expression = message.understanding.verdict.kind is MessageKind.EXPRESSION
    has_no_pack = s.case is None or s.case.state is CaseState.EXPRESSED
    return window_now(s) is Window.AFTER and is_expression and has_no_pack


def values(s: Situation, due: Due) -> Values:
    message = answered_message(s, due)
    return basics(s, due) | {
        "came_in_time": window_of(s, message) is not Window.AFTER,
        "is_just_late": is_just_late(s, message),
        "answer_by": answer_by(s, message),
    }


KIND = Kind(LetterKind.CLOSED, due, values)
