"""What a newer form says otherwise, word by word."""

from storage.domain.answer_changes import (
    Change,
    ComparedAnswer,
    Run,
    compare_answers,
    compare_words,
)
from storage.domain.answers import Answer

_KEPT, _REMOVED, _ADDED = Change.KEPT, Change.REMOVED, Change.ADDED


def test_words_that_were_replaced_stand_beside_each_other() -> None:
    assert compare_words("We visit six families a week.", "We visit  ten families\na week.") == (
        Run(_KEPT, "We visit"),
        Run(_REMOVED, "six"),
        Run(_ADDED, "ten"),
        Run(_KEPT, "families a week."),
    )


def test_a_new_paragraph_is_a_change() -> None:
    assert compare_words("One. Two.", "One.\n\nTwo.") == (
        Run(_KEPT, "One."),
        Run(_ADDED, "\n\n"),
        Run(_KEPT, "Two."),
    )


def test_answers_are_compared_in_the_order_of_the_newest_form() -> None:
    newest = (Answer("plan", "Ten visits."), Answer("budget", ""))
    before = (Answer("budget", "£300"), Answer("team", "Ada"))

    compared = compare_answers(newest, before)

    assert compared == (
        ComparedAnswer(newest[0], "", (Run(_ADDED, "Ten visits."),)),
        ComparedAnswer(newest[1], "£300", (Run(_REMOVED, "£300"),)),
        ComparedAnswer(Answer("team", ""), "Ada", (Run(_REMOVED, "Ada"),)),
    )
    assert [answer.is_changed for answer in compared] == [True, True, True]


def test_only_words_change_an_answer() -> None:
    (compared,) = compare_answers((Answer("a", "One\n\ntwo"),), (Answer("a", "One  two"),))

    assert not compared.is_changed


def test_the_first_form_has_no_changes() -> None:
    (compared,) = compare_answers((Answer("plan", "One.\n\nTwo."),))

    assert compared.runs == (Run(_KEPT, "One.\n\nTwo."),)
    assert not compared.is_changed


def test_very_long_answers_are_compared_at_once() -> None:
    before, after = "so so " * 3_000, "no so " * 3_000

    assert compare_words(before, after)
