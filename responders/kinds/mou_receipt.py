"""Pure: a signed copy of the agreement came back."""

from responders.kinds.awards import award_values, facts_of
from responders.kinds.base import PEOPLE, Kind, Values, answer, answered_message, unanswered
from responders.kinds.basics import answer_by
from storage.domain.award import AgreementStage
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.situation import Situation

SIGNED = "award.signed"
"""What a message is recorded to have changed that brought one."""


def due(s: Situation) -> tuple[Due, ...]:
    if s.award is None or s.programme.award is None:
        return ()
    return tuple(
        answer(s, LetterKind.MOU_RECEIPT, message)
        for message in unanswered(s, *PEOPLE, despite=(LetterKind.AWARD_RECEIPT,))
        if SIGNED in message.changed
    )


def values(s: Situation, due: Due) -> Values:
    award, facts = facts_of(s)
    message = answered_message(s, due)
    files = facts.files(AgreementStage.RETURNED)
    return award_values(s, due) | {
        "files": len([one for one in files if one.message_id == message.id]),
        "signatory": award.signatory or None,
        "is_question": message.understanding.verdict.kind is MessageKind.QUESTION,
        "answer_by": answer_by(s, message),
    }


KIND = Kind(LetterKind.MOU_RECEIPT, due, values)
