"""Pure: the round has not opened. The message is kept, and its own answer follows on the day."""

from responders.kinds.base import (
    Kind,
    Values,
    answer,
    answered_message,
    is_grant,
    unanswered,
    window_now,
)
from responders.kinds.basics import basics, missing_words
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.programme import Window
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    if window_now(s) is not Window.BEFORE:
        return ()
    return tuple(
        answer(s, LetterKind.NOT_YET_OPEN, message)
        for message in unanswered(s, MessageKind.EXPRESSION, MessageKind.NOMINATION)
    )


def values(s: Situation, due: Due) -> Values:
    """`missing` is what is missing beside the summary."""
    message = answered_message(s, due)
    is_nomination = message.understanding.verdict.kind is MessageKind.NOMINATION
    missing = missing_words(s.case) if s.case and not is_nomination else []
    has_summary = s.case is not None and bool(s.case.summary)
    return basics(s, due) | {
        "is_nomination": is_nomination,
        "pack_follows": is_grant(s) and s.case is not None,
        "has_summary": has_summary,
        "missing": missing if has_summary else missing[:-1],
    }


KIND = Kind(LetterKind.NOT_YET_OPEN, due, values)
