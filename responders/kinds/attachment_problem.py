"""Pure: what came can't be read by anybody: a message too big, an application whose files are all
refused. What can't be read in any other message is said in the letter that answers it."""

from responders.kinds.base import PEOPLE, Kind, Values, answer, answered_message, unanswered
from responders.kinds.basics import basics
from storage.domain.letter import Due, LetterKind
from storage.domain.message import TOO_BIG
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    return tuple(
        answer(s, LetterKind.ATTACHMENT_PROBLEM, message)
        for message in unanswered(s, *PEOPLE)
        if message.understanding.is_unreadable
    )


def values(s: Situation, due: Due) -> Values:
    message = answered_message(s, due)
    return basics(s, due) | {"is_too_big": message.understanding.verdict.rule == TOO_BIG}


KIND = Kind(LetterKind.ATTACHMENT_PROBLEM, due, values)
