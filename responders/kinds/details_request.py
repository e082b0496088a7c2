"""Pure: asks what the project is about. An expression came in an open round without a summary."""

from responders.kinds.base import (
    Kind,
    Values,
    answer_case,
    is_grant,
    its_case,
    newest_telling,
    opens_later,
    window_now,
)
from responders.kinds.basics import basics, missing_words, noted
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.programme import Window
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    case, message = s.case, newest_telling(s)
    if case is None or message is None or not is_grant(s):
        return ()
    if case.state is not CaseState.EXPRESSED or case.summary:
        return ()
    if s.programme.round.window(case.opened_at) is Window.AFTER or window_now(s) is not Window.OPEN:
        return ()
    if s.has_letter(LetterKind.DETAILS_REQUEST) or s.has_letter(LetterKind.APPLICATION_PACK):
        return ()
    return (answer_case(s, LetterKind.DETAILS_REQUEST, message),)


def values(s: Situation, due: Due) -> Values:
    """`missing` is what is missing beside the summary."""
    case = its_case(s)
    return basics(s, due) | {
        "noted": noted(s, case),
        "missing": missing_words(case)[:-1],
    }


KIND = Kind(LetterKind.DETAILS_REQUEST, due, values, wakes_at=opens_later)
