"""Which paragraphs of a message tell its matter, by weight and not by phrase alone."""

import pytest

from intake.understanding.finders.area import gazetteer_of
from intake.understanding.finders.matter import Known, is_business
from intake.understanding.finders.summary import find_summary, read_section
from intake.understanding.texts.labels import is_labelled
from intake.understanding.texts.lines import split_lines
from tests.support.programmes import ACE

ISSUE = (
    "There is one warm pool left between Kew and Hampton, and it is open to the public for four "
    "hours a week. When the course of six sessions ends, people are discharged with a sheet of "
    "exercises for the land."
)
IDEA = (
    "We wish to bring the clinics, the pool engineers and the swimmers together around the "
    "question of what a course of treatment would be if it did not stop."
)
KNOWN = Known(
    gazetteer_of(ACE.areas).names,
    people=("ada bell", "colin baird"),
    partners=("kew swimmers",),
    names=("warm water", "kew baths trust"),
)


def _summary(text: str) -> str | None:
    found = find_summary(split_lines(text), stands_alone=is_labelled, known=KNOWN)
    return found.text if found else None


@pytest.mark.parametrize(
    "aside",
    [
        "We are putting this in for South West London.",
        "The five areas are new to me but I believe that SWL is the right one for us.",
        "Particulars are on the sheet. The substance is here:",
        "I wish to enter our baths for your ACE programme. My particulars are in the PDF.",
        "Colin Baird, who chairs the board, has said that he will sponsor it.",
        "Kew Swimmers and the council are with us.",
        "The project would be called Warm Water, and you may ring me at any time of the day.",
        "PS Our mayor came to the pool at Christmas and said it was the best swim of her life.",
    ],
)
def test_what_stands_around_the_matter_is_no_summary(aside: str) -> None:
    assert _summary(f"Dear ACE,\n\n{aside}\n\n{ISSUE}\n\n{IDEA}") == f"{ISSUE}\n\n{IDEA}"
    assert _summary(f"Dear ACE,\n\n{ISSUE}\n\n{IDEA}\n\n{aside}") == f"{ISSUE}\n\n{IDEA}"


def test_a_long_sentence_at_the_end_stays_though_it_holds_a_phrase_of_business() -> None:
    idea = (
        f"{IDEA} We'd like to plan the next year with them, the surgeries and the bus company, "
        "and we have a name for it already, which is Warm Water."
    )

    assert _summary(f"Dear ACE,\n\n{ISSUE}\n\n{idea}") == f"{ISSUE}\n\n{idea}"


def test_one_paragraph_that_says_everything_is_cut_at_both_ends() -> None:
    text = (
        f"Hi, please register us. I'm Ada Bell, 07700 900123. {ISSUE} Do ring if you need more. Ada"
    )

    assert _summary(text) == ISSUE


def test_a_promised_summary_is_not_the_chat_around_the_promise() -> None:
    chat = (
        "What a lovely thing to read about on a wet Wednesday. I was saying to my colleague only "
        "yesterday that it is high time that somebody paid people to talk to each other."
    )

    assert _summary(f"Hello!\n\n{chat}\n\nI'll write it up for you next week.") is None


def test_quotation_marks_around_the_whole_summary_are_dropped() -> None:
    assert _summary(f'Ada says this:\n\n"{ISSUE}\n\n{IDEA}"') == f"{ISSUE}\n\n{IDEA}"


def test_a_section_under_a_heading_is_kept_for_what_it_is() -> None:
    section = "Get the wardens to agree on one place and one hour in which the form is filled in."

    found = read_section(split_lines(section))

    assert found is not None
    assert found.text == section
    assert read_section(split_lines("To follow once my board has signed it off in July.")) is None


@pytest.mark.parametrize(
    ("question", "is_sending"),
    [
        ("Is it too late to put something in?", True),
        ("Could you send us the pack?", True),
        ("Could nurses and girls design one question that somebody has time to ask?", False),
        ("What would happen if the waiting were somewhere else?", False),
    ],
)
def test_a_question_is_business_where_it_asks_the_organisers(
    question: str, is_sending: bool
) -> None:
    assert is_business(question) is is_sending


def test_a_long_answer_among_numbered_ones_is_the_summary() -> None:
    text = f"1. Ada Bell\n2. Kew Baths\n3. 01632 960306\n4. {ISSUE} {IDEA}\n5. Not yet."

    assert _summary(text) == f"{ISSUE} {IDEA}"
