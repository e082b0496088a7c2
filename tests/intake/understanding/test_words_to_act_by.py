"""What organisers write behind a word is taken whole, and for the item that it stands below."""

import textwrap

import pytest

from intake.understanding.texts.instructed import NO_COLON
from intake.understanding.texts.instructions import (
    BELOW_SIGNATURE,
    OTHER_WORDS,
    read_instructions,
)
from storage.domain.acting import Instruction, Verb
from storage.domain.people import Address

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


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ("1-3 release", ("1", "2", "3")),
        ("1 – 3: release", ("1", "2", "3")),
        ("release 2-3, 5", ("2", "3", "5")),
        ("ACE-0042 and 1-2 release", ("ACE-0042", "1", "2")),
    ],
)
def test_range_names_each_of_its_numbers(line: str, targets: tuple[str, ...]) -> None:
    found = _only(line)

    assert (found.verb, found.targets, found.problem) == (Verb.RELEASE, targets, None)


@pytest.mark.parametrize("span", ["3-1", "1-99", "2-2"])
def test_range_that_is_none_is_told(span: str) -> None:
    assert _only(f"{span} release").problem == f"“{span}” is no range of numbers, such as 1-3"


@pytest.mark.parametrize("line", ["extend ACE-0042 to 27-8", "ACE-0042 extend to 1-9"])
def test_day_is_no_range(line: str) -> None:
    assert (_only(line).targets, _only(line).problem) == (("ACE-0042",), None)


@pytest.mark.parametrize("text", ["1-3 August: hold the room.", "The 2-3 who asked may come."])
def test_prose_about_several_is_no_word(text: str) -> None:
    assert not read_instructions(text, "ACE").found


@pytest.mark.parametrize("line", ["2 answer Yes", "answer 2 Yes, you may.", "ACE-0042 answer no"])
def test_answer_without_a_colon_is_not_sent_and_told(line: str) -> None:
    assert _only(f"{line}\nBoth of you.").problem == NO_COLON


def test_line_of_an_answer_that_begins_with_the_word_is_of_its_text() -> None:
    found = _only("2 answer: Two things:\n3. Answer each question\n")

    assert (found.words, found.problem) == ("Two things:\n3. Answer each question", None)


SIGNATURES = (
    "-- \nRosalind Okoro",
    "Thanks\n\nRosalind Okoro\nProgramme Lead",
    "Kind regards,\nRosalind Okoro\nHead of Programme, NHS\n020 7946 0123",
)


@pytest.mark.parametrize("signature", SIGNATURES)
def test_word_below_a_signature_is_not_followed_and_told(signature: str) -> None:
    rosalind = Address("rosalind.okoro@leadership.nhs.example", "Rosalind Okoro")

    told = read_instructions(f"1 release\n\n{signature}\n2 discard\n", "ACE", rosalind).found

    assert [(one.targets, one.problem) for one in told] == [
        (("1",), None),
        (("2",), BELOW_SIGNATURE),
    ]


def test_address_in_a_signature_is_no_word() -> None:
    assert not read_instructions("Thank you.\n\n-- \nRosalind\n1 Hold Street\n", "ACE").found


def test_wide_gap_in_a_line_is_read_at_once() -> None:
    assert _only(f"1 release{' ' * 100_000}\n").verb is Verb.RELEASE
    assert not read_instructions(f"so{' ' * 100_000}it goes\n", "ACE").found


EXTENDED = "ACE-0012 extend to 27 November because the lead was ill"
LEFT_OUT = "Thanks for doing this, Bob is off sick by the way"


@pytest.mark.parametrize("line", ["ACE-0045 discrad", "ACE-0045 please ring them", "3 relase"])
@pytest.mark.parametrize("above", [EXTENDED, "2 discard: told", "2 assign to Idris", "2 release"])
def test_line_that_names_something_is_its_own_whatever_it_says(above: str, line: str) -> None:
    told = read_instructions(f"{above}\n{line}\n\nRosalind", "ACE")

    assert told.found == read_instructions(above, "ACE").found
    assert [(one.targets, one.line) for one in told.unread] == [((line.split()[0],), line)]


@pytest.mark.parametrize(
    "above", [EXTENDED, "2 discard: told", "2 assign to Idris", "2 arrived: x"]
)
@pytest.mark.parametrize("line", [LEFT_OUT, "Bob is off sick.", "she told nobody"])
def test_line_below_a_reason_or_a_name_is_left_for_a_person(above: str, line: str) -> None:
    told = read_instructions(f"{above}\n{line}\nand so on", "ACE")

    assert told.found == read_instructions(above, "ACE").found
    assert told.says_more


def test_thanks_below_a_reason_are_nothing_to_be_read() -> None:
    assert not read_instructions(f"{EXTENDED}\nThanks", "ACE").says_more


@pytest.mark.parametrize("width", [65, 72, 76, 78])
def test_line_that_the_mail_program_broke_is_whole(width: int) -> None:
    typed = f"{EXTENDED} and had to be in hospital for two weeks, as her colleague has told us"
    told = read_instructions(textwrap.fill(typed, width), "ACE")

    assert [f"ACE-0012 extend to {one.words}" for one in told.found] == [typed]
    assert not told.says_more


@pytest.mark.parametrize("line", [LEFT_OUT, "Hello everybody"])
def test_greeting_below_a_long_line_is_not_of_it(line: str) -> None:
    above = f"{EXTENDED} for longer than"
    told = read_instructions(f"{above}\n{line}", "ACE")

    assert told.found == read_instructions(above, "ACE").found
    assert told.says_more == (line == LEFT_OUT)


@pytest.mark.parametrize("line", ["Bob is off sick", "10 days and is away"])
def test_long_line_is_not_followed_where_the_next_may_be_of_it(line: str) -> None:
    (found,) = read_instructions(f"{EXTENDED} for longer than\n{line}", "ACE").found

    assert f"can't tell whether “{line}” belongs to it" in (found.problem or "")


def test_sentence_below_a_long_one_that_has_ended_is_left_for_a_person() -> None:
    told = read_instructions(f"{EXTENDED} for a week.\nBob is off sick by the way", "ACE")

    assert [one.words for one in told.found] == ["27 November because the lead was ill for a week."]
    assert told.says_more


@pytest.mark.parametrize("line", ["ACE-0045 discrad", "3 relase", "ACE-0045 please ring them"])
def test_answer_ends_where_a_line_names_something(line: str) -> None:
    told = read_instructions(f"2 answer: Yes.\n\nBoth of you.\n{line}\nBob is off sick", "ACE")

    assert [one.words for one in told.found] == ["Yes.\n\nBoth of you."]
    assert [one.line for one in told.unread] == [line]
    assert told.says_more


def test_list_in_an_answer_is_of_its_text() -> None:
    (found,) = read_instructions("2 answer: Either:\n1. ring us\n2) write to us", "ACE").found

    assert (found.words, found.problem) == ("Either:\n1. ring us\n2) write to us", None)


def test_number_in_the_middle_of_a_paragraph_names_nothing() -> None:
    assert not read_instructions("We met on\n3 October in Woking.", "ACE").unread


@pytest.mark.parametrize(
    ("line", "is_left"),
    [
        ("Thanks for doing this", False),
        ("Many thanks, Rosalind Okoro", False),
        ("Kind regards, Rosalind Okoro (she/her)", False),
        ("Dear all,", False),
        ("OK, thanks!", False),
        ("Best wishes to everybody", False),
        ("Thanks, Bob is off sick", True),
        ("Thanks please ring Bob", True),
        ("Thanks for all but one", True),
        ("Dear all, the lead is away", True),
        ("Best to wait", True),
    ],
)
def test_thanks_that_go_on_are_left_for_a_person(line: str, is_left: bool) -> None:
    assert read_instructions(f"{EXTENDED}\n\n{line}", "ACE").says_more == is_left


@pytest.mark.parametrize("line", ["Yes but only on Monday", "OK, wait for my call"])
def test_yes_that_goes_on_is_no_courtesy_below_a_word(line: str) -> None:
    assert _only(f"2 release\n{line}").problem == OTHER_WORDS


@pytest.mark.parametrize(
    "line",
    [
        "1 arrived - not yet",
        "1 arrived: no, it never came",
        "1 arrived (not sure, ask them)",
        "1 arrived: it didn’t, I think",
        "1 arrived: has it?",
        "discard 1-3 (except 2)",
        "discard 1-3 (not 2)",
        "discard 1-3 - except number 2",
        "arrived 2-4 (not 3)",
        "1 discard: is that for us?",
    ],
)
def test_word_that_is_taken_back_behind_it_is_not_followed(line: str) -> None:
    assert _only(line).problem is not None


@pytest.mark.parametrize(
    "line",
    ["1 discard: not for us", "1 discard: no longer needed", "1 arrived: she rang to say so"],
)
def test_reason_with_a_no_in_it_is_a_reason(line: str) -> None:
    assert _only(line).problem is None
