"""A receipt never says that all is there where something could not be read."""

from dataclasses import replace

from responders.kinds.application_receipt import KIND
from responders.kinds.base import Values
from storage.domain.answers import Answer
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from tests.support.situations import a_case, a_message, a_situation


def _values(*answers: Answer) -> Values:
    message = a_message(MessageKind.APPLICATION)
    told = replace(message, understanding=replace(message.understanding, answers=answers))
    situation = a_situation(told, case=a_case(state=CaseState.APPLIED))
    (due,) = KIND.due(situation)
    assert isinstance(due, Due) and due.kind is LetterKind.APPLICATION_RECEIPT
    return KIND.values(situation, due)


def test_a_question_whose_heading_is_gone_is_told_as_blank() -> None:
    values = _values(
        Answer("issue", "Nobody asks."), Answer("people", "We."), Answer("plan", "May.")
    )

    told = {answer["question"]: answer["is_blank"] for answer in values["answers"]}
    assert list(told.values()) == [False, False, False, True]
    assert values["needs_more"]


def test_a_form_of_which_no_question_was_read_is_not_called_complete() -> None:
    values = _values()

    assert values["answers"] == []
    assert not values["needs_more"]
