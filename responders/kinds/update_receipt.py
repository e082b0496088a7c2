"""Pure: says what a message changed and what stands now. Where a message makes the pack due, the
pack's letter says it instead."""

from responders.kinds import (
    application_pack,
    award_receipt,
    details_request,
    mou_receipt,
    place_confirmed,
)
from responders.kinds.base import (
    TELLING,
    Kind,
    Values,
    answer,
    answered_message,
    is_of_award,
    its_case,
    opened_the_case,
    unanswered,
)
from responders.kinds.basics import answer_by, basics, changed_words, has_pack, missing_words, noted
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    if s.case is None:
        return ()
    about_the_case = application_pack.due(s) + details_request.due(s) + place_confirmed.due(s)
    about_the_case += award_receipt.due(s) + mou_receipt.due(s)
    return tuple(
        answer(s, LetterKind.UPDATE_RECEIPT, message)
        for message in unanswered(s, *TELLING, beside=about_the_case)
        if any(not is_of_award(name) for name in message.changed)
        and not opened_the_case(s, message)
    )


def values(s: Situation, due: Due) -> Values:
    message, case = answered_message(s, due), its_case(s)
    return basics(s, due) | {
        "changed": changed_words(s, message),
        "noted": noted(s, case),
        "missing": missing_words(case),
        "has_summary": bool(case.summary),
        "has_pack": has_pack(s),
        "answer_by": answer_by(s, message),
    }


KIND = Kind(LetterKind.UPDATE_RECEIPT, due, values)
