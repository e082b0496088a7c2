"""Pure: a person will answer, and when. For questions, for what we are not sure of, and for what
says nothing that we could note or do by ourselves."""

from responders.kinds import (
    application_pack,
    award_receipt,
    details_request,
    lead_answer,
    mou_receipt,
    place_confirmed,
)
from responders.kinds.base import (
    Kind,
    Values,
    answer,
    answered_message,
    is_grant,
    told_something,
    unanswered,
    window_now,
    window_of,
)
from responders.kinds.basics import answer_by, basics
from responders.kinds.outcomes import is_answer
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.message import INSTRUCTIONS, MessageKind, RecordedMessage
from storage.domain.programme import Window
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    about_the_case = application_pack.due(s) + details_request.due(s) + place_confirmed.due(s)
    of_award = award_receipt.due(s) + mou_receipt.due(s)
    beside = about_the_case + of_award + lead_answer.answers_now(s)
    return tuple(
        answer(s, LetterKind.ACKNOWLEDGEMENT, message)
        for message in unanswered(s, *WANTED, beside=beside, despite=lead_answer.held_kinds(s))
        if WANTED[message.understanding.verdict.kind](s, message)
        and not message.understanding.is_unreadable
        and not message.results
        and not message.scores
        and message.understanding.verdict.rule != INSTRUCTIONS
    )


def _always(_s: Situation, _message: RecordedMessage) -> bool:
    return True


def _told_nothing(s: Situation, message: RecordedMessage) -> bool:
    """What says yes or no to an outcome is read by organisers, and wants no letter."""
    return s.case is None or not (message.changed or is_answer(s, message))


def _opens_nothing(s: Situation, message: RecordedMessage) -> bool:
    """An expression that gets no pack: it is held, was told before, or the programme has none."""
    if window_of(s, message) is Window.AFTER or window_now(s) is not Window.OPEN:
        return False
    if s.case is None or not is_grant(s):
        return True
    return not told_something(s, message)


def _is_not_done(s: Situation, _message: RecordedMessage) -> bool:
    """A withdrawal that withdrew nothing: we don't know from what, or whether we may."""
    return s.case is None or s.case.state is not CaseState.WITHDRAWN


WANTED = {
    MessageKind.QUESTION: _always,
    MessageKind.UNCLEAR: _always,
    MessageKind.FOLLOW_UP: _told_nothing,
    MessageKind.EXPRESSION: _opens_nothing,
    MessageKind.WITHDRAWAL: _is_not_done,
}


def values(s: Situation, due: Due) -> Values:
    message = answered_message(s, due)
    return basics(s, due) | {
        "is_question": message.understanding.verdict.kind is MessageKind.QUESTION,
        "answer_by": answer_by(s, message),
    }


KIND = Kind(LetterKind.ACKNOWLEDGEMENT, due, values)
