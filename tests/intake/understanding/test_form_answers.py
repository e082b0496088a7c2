"""The form read back: from Word, from text however it was copied, from a PDF's broken lines."""

from dataclasses import replace
from pathlib import Path

import pytest

from intake.understanding.files.documents import read_document
from intake.understanding.files.form_answers import fullest, read_answers
from responders.pack.form import FormTemplate, known_values
from responders.packs import build_pack
from storage.domain.answers import Answer
from storage.domain.form import question_tag
from storage.domain.programme import Question
from tests.support.programmes import ACE
from tests.support.situations import SUMMARY, a_case

TEMPLATES = Path(__file__).parents[3] / "templates"
ISSUE, PEOPLE, PLAN, MONEY = (question.text for question in ACE.questions[1:])

TEXT = f"""Application form
1. Your details
Project lead: Amina
2. {ISSUE}
What the work is about. Up to 400 words.
Nobody asks the fathers.

We would.
3. {PEOPLE}
Agencies, senior leader, people. Up to 300 words.
Click here and write
4. {PLAN}
We start in September
and end in March.
5. {MONEY}
Before you send it
Is every question answered?
"""


def told(answers: tuple[Answer, ...]) -> dict[str, str]:
    return {answer.question: answer.text for answer in answers}


@pytest.fixture(scope="module")
def form() -> FormTemplate:
    return FormTemplate(build_pack(ACE, TEMPLATES).form)


def test_answers_stand_between_the_headings() -> None:
    assert told(read_answers(TEXT, ACE)) == {
        "issue": "Nobody asks the fathers.\n\nWe would.",
        "people": "",
        "plan": "We start in September and end in March.",
        "money": "",
    }


def test_the_form_that_is_sent_out_is_read_back(form: FormTemplate) -> None:
    values = known_values(ACE, a_case()) | {question_tag("plan"): "In September.\nAnd monthly."}
    answers = read_answers(read_document("docx", form.fill(values)), ACE)

    assert told(answers) == {
        "issue": SUMMARY,
        "people": "",
        "plan": "In September.\n\nAnd monthly.",
        "money": "",
    }


def test_a_form_nobody_filled_in_has_no_answers(form: FormTemplate) -> None:
    answers = read_answers(read_document("docx", form.fill({})), ACE)

    assert [answer.words for answer in answers] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        f"{ISSUE.upper()}:\nNobody asks the fathers.",
        f"Question 2. {ISSUE}\n\nNobody asks the fathers.",
        f"**{ISSUE}**\nNobody asks the fathers.",
        f"{ISSUE} | Nobody asks the fathers.",
        "issue | Nobody asks the fathers.",
        "2. The issue and\nyour idea\nWhat the work is\nabout. Up to 400\nwords.\nNobody "
        "asks the fathers.",
    ],
    ids=["capitals", "number", "bold", "table", "field of a PDF", "broken lines"],
)
def test_a_heading_is_known_in_any_shape(text: str) -> None:
    assert told(read_answers(text, ACE)) == {"issue": "Nobody asks the fathers."}


def test_a_foot_of_a_page_is_no_answer() -> None:
    foot = f"{ACE.name}: application form, edition ab12. Page 1"
    text = TEXT.replace("and end", f"{foot}\nand end")

    assert told(read_answers(text, ACE))["plan"] == "We start in September and end in March."


def test_a_word_of_an_answer_is_no_heading() -> None:
    text = TEXT.replace("We would.", "money\n\nWe would.")

    assert (
        told(read_answers(text, ACE))["issue"] == "Nobody asks the fathers.\n\nmoney\n\nWe would."
    )


def test_what_is_no_form_has_no_answers() -> None:
    assert read_answers("We would like to take part.\nWhen do you close?", ACE) == ()


def test_a_question_without_a_hint_keeps_its_first_line() -> None:
    programme = replace(ACE, questions=(Question("why", "Why now?"),))

    assert told(read_answers("1. Why now?\nBecause.", programme)) == {"why": "Because."}


def test_the_fullest_reading_counts() -> None:
    short, long = (Answer("a", ""), Answer("b", "x")), (Answer("a", "y"), Answer("b", "x"))

    assert fullest([short, long, ()]) == long
    assert fullest([]) == ()


def test_a_form_without_any_answer_counts_before_no_form() -> None:
    blank = (Answer("a", ""), Answer("b", ""))

    assert fullest([(), blank]) == blank
