"""What organisers did by words in a reply, as the letters about it see it."""

from dataclasses import replace
from datetime import datetime, timedelta

from responders.kinds import letters_due
from storage.domain.acting import UNDO_WITHIN, Act, Acted, ActEffect, OrganiserAnswer, Verb
from storage.domain.case import Case
from storage.domain.letter import LetterKind, Task
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.situation import Situation
from tests.support.organising import ROSALIND
from tests.support.situations import JULY, a_case, a_message, a_situation, after

TASKS = (Task(1, 3, None, 31), Task(2, None, 46, None), Task(3, 9, 47, 33))
SOON = JULY + UNDO_WITHIN
SAID = "Yes, you may name two leads.\n\nPlease tell us:\n- who writes to us\n- who signs"


def _acted(*acts: Act, says_more: bool = False) -> Situation:
    message = replace(
        a_message(MessageKind.ORGANISER, answer_to=ROSALIND, case_ids=()),
        acted=Acted(900, acts, TASKS, says_more),
    )
    return a_situation(message, now=JULY + timedelta(seconds=20))


def some_of_it() -> Situation:
    """A letter is let go, a question answered, and the rest could not be done."""
    return _acted(
        Act(
            Verb.RELEASE,
            "1 (ACE-0003)",
            ActEffect.DONE,
            number=1,
            case_id=3,
            letter_id=31,
            letter_kind=LetterKind.APPLICATION_PACK,
            at=SOON,
            undo_until=SOON,
        ),
        Act(
            Verb.ANSWER,
            "2",
            ActEffect.DONE,
            number=2,
            message_id=46,
            answer_id=5,
            at=SOON,
            text=SAID,
            undo_until=SOON,
        ),
        Act(Verb.EXTEND, "ACE-0042", ActEffect.DONE, case_id=42, at=_moment(27)),
        Act(Verb.HOLD, "7", ActEffect.REFUSED, "the letter has no number 7"),
        says_more=True,
    )


def taken_back() -> Situation:
    """What was let go is held again; for the answer it was too late."""
    return _acted(
        Act(
            Verb.RELEASE,
            "1 (ACE-0003)",
            ActEffect.UNDONE,
            number=1,
            letter_id=31,
            letter_kind=LetterKind.APPLICATION_PACK,
        ),
        Act(Verb.ANSWER, "2", ActEffect.REFUSED, "it is too late to take that back", number=2),
    )


def nothing_of_it() -> Situation:
    """Several things were listed, and the word names none."""
    problem = "the letter lists 3 things: write a number or a reference before the word"
    return _acted(Act(Verb.DISCARD, "", ActEffect.REFUSED, problem))


def an_answer() -> Situation:
    """To somebody's question, which belongs to no case."""
    question = a_message(MessageKind.QUESTION, case_ids=(), hold="stranger")
    return replace(_answered(question), written=(_written(question=question.id),))


def an_answer_about_a_case() -> Situation:
    s = _answered(a_message(MessageKind.EXPRESSION), case=a_case())
    return replace(s, written=(_written(case_id=42),))


def _answered(message: RecordedMessage, case: Case | None = None) -> Situation:
    """What was written by itself has been."""
    s = a_situation(message, case=case, now=SOON)
    return after(s, *letters_due(s))


def _written(*, case_id: int | None = None, question: int | None = None) -> OrganiserAnswer:
    return OrganiserAnswer(
        id=5,
        case_id=case_id,
        question=question,
        message_id=60,
        text=SAID,
        by=ROSALIND.email,
        at=JULY,
        leaves_at=SOON,
    )


def _moment(day: int) -> datetime:
    return datetime(2021, 8, day, 16, tzinfo=JULY.tzinfo)
