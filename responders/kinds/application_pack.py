"""Pure: the application pack. An expression of interest came, says what it is about, and the
round is open. What came before the opening gets its pack on the day."""

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
    if case.state is not CaseState.EXPRESSED or not case.summary:
        return ()
    if s.programme.round.window(case.opened_at) is Window.AFTER or window_now(s) is not Window.OPEN:
        return ()
    if s.has_letter(LetterKind.APPLICATION_PACK):
        return ()
    return (answer_case(s, LetterKind.APPLICATION_PACK, message),)


def values(s: Situation, due: Due) -> Values:
    case = its_case(s)
    return basics(s, due) | {
        "noted": noted(s, case),
        "missing": missing_words(case),
        "pack": {"link": s.programme.pack_link},
    }


KIND = Kind(LetterKind.APPLICATION_PACK, due, values, wakes_at=opens_later, encloses_pack=True)
