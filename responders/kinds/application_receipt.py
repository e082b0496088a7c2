"""Pure: the completed form came back in time."""

from responders.kinds.base import (
    Kind,
    Values,
    answer,
    answered_message,
    unanswered,
    window_of,
)
from responders.kinds.basics import basics
from responders.kinds.files import kept_files, refused_files
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.programme import Window
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    return tuple(
        answer(s, LetterKind.APPLICATION_RECEIPT, message)
        for message in unanswered(s, MessageKind.APPLICATION)
        if window_of(s, message) is not Window.AFTER
    )


def values(s: Situation, due: Due) -> Values:
    message = answered_message(s, due)
    return basics(s, due) | {
        "files": kept_files(message),
        "refused": refused_files(message),
    }


KIND = Kind(LetterKind.APPLICATION_RECEIPT, due, values)
