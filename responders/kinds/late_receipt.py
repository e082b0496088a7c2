"""Pure: the completed form came after the closing time and its grace. It is kept, and said so."""

from responders.kinds.base import (
    Kind,
    Values,
    answer,
    answered_message,
    unanswered,
    window_of,
)
from responders.kinds.basics import basics, is_just_late
from responders.kinds.files import kept_files
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.programme import Window
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    return tuple(
        answer(s, LetterKind.LATE_RECEIPT, message)
        for message in unanswered(s, MessageKind.APPLICATION)
        if window_of(s, message) is Window.AFTER and not message.understanding.is_unreadable
    )


def values(s: Situation, due: Due) -> Values:
    message = answered_message(s, due)
    return basics(s, due) | {
        "is_just_late": is_just_late(s, message),
        "files": kept_files(message),
    }


KIND = Kind(LetterKind.LATE_RECEIPT, due, values)
