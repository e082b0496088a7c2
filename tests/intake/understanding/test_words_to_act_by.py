"""What organisers write behind a word is taken whole, and for the item that it stands below."""

import pytest

from intake.understanding.texts.instructions import read_instructions
from storage.domain.acting import Instruction, Verb

BELOW_ITEM_2 = "> [1] ACE-0003: a letter is held\n> [2] a question waits\n\n"
LONG = " ".join(f"word{number}" for number in range(200))


def _only(text: str) -> Instruction:
    (found,) = read_instructions(text, "ACE").found
    return found


@pytest.mark.parametrize("typed", [f"2 answer: {LONG}", f"2 discard: {LONG}"])
def test_words_in_one_long_line_are_taken_whole(typed: str) -> None:
    assert _only(typed).words == LONG


@pytest.mark.parametrize(
    "said", ["1 - yes, one lead is fine.", "10 October is fine.", "1: yes", "3 leads may sign."]
)
def test_number_with_which_an_answer_begins_names_no_other_item(said: str) -> None:
    found = _only(f"{BELOW_ITEM_2}answer: {said}\n")

    assert (found.verb, found.targets, found.words) == (Verb.ANSWER, ("2",), said)


def test_number_before_the_colon_names_the_item() -> None:
    found = _only("answer 2: yes")

    assert (found.targets, found.words) == (("2",), "yes")


@pytest.mark.parametrize(
    "line", ["1. Extend your project into spring.", "3) Hold a meeting.", "3 assign roles"]
)
def test_line_that_may_be_of_an_answer_is_not_followed_and_nor_is_the_answer(line: str) -> None:
    told = read_instructions(f"2 answer: There are two ways:\n{line}\n", "ACE").found

    assert [(one.targets, one.problem is None) for one in told] == [
        (("2",), False),
        ((line[0],), False),
    ]


def test_word_below_an_answer_is_followed_where_it_is_clear() -> None:
    text = "2 answer: Yes.\nACE-0042 extend to 27 August\n1 release\n3 assign to Idris Bello"
    told = read_instructions(text, "ACE").found

    assert [one.problem for one in told] == [None] * 4


def test_wide_gap_in_a_line_is_read_at_once() -> None:
    assert _only(f"1 release{' ' * 100_000}\n").verb is Verb.RELEASE
    assert not read_instructions(f"so{' ' * 100_000}it goes\n", "ACE").found
