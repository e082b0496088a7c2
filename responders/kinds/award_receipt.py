"""Pure: somebody told who receives the award: what was understood, value by value, and what is
still missing, asked for once again."""

from responders.kinds.awards import asked_details, award_values, facts_of, noted_details
from responders.kinds.base import PEOPLE, Kind, Values, answer, answered_message, unanswered
from responders.kinds.basics import answer_by
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.situation import Situation

TOLD = "award.details"
"""What a message is recorded to have changed that told any."""


def due(s: Situation) -> tuple[Due, ...]:
    if s.award is None or s.programme.award is None:
        return ()
    return tuple(
        answer(s, LetterKind.AWARD_RECEIPT, message)
        for message in unanswered(s, *PEOPLE, despite=(LetterKind.MOU_RECEIPT,))
        if TOLD in message.changed
    )


def values(s: Situation, due: Due) -> Values:
    award, facts = facts_of(s)
    message = answered_message(s, due)
    reply = message.understanding.award
    labels = {one.key: one.label for one in award.asked}
    return award_values(s, due) | {
        "noted": noted_details(s),
        "missing": asked_details(facts.missing(award)),
        "unread": [labels[key] for key in (reply.unread if reply else ()) if key in labels],
        "has_bank_details": reply is not None and reply.has_bank_details,
        "is_question": message.understanding.verdict.kind is MessageKind.QUESTION,
        "answer_by": answer_by(s, message),
    }


KIND = Kind(LetterKind.AWARD_RECEIPT, due, values)
